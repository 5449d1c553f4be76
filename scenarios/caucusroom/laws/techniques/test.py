"""Testing: what a position is worth beside its alternatives, and the temptation to be the one who says so."""

from __future__ import annotations

from collections.abc import Sequence

from ...model.catalogue import Technique
from ...model.levels import HOT, OPEN
from ...model.sides import Side
from ..draft import Draft, Feeling
from ..law import Law, law
from .aims import not_in_the_room

reality_test = Law(technique="reality_test")
cost_of_no_deal = Law(technique="cost_of_no_deal")
human_cost = Law(technique="human_cost")


@reality_test.in_front_of_the_other
@cost_of_no_deal.in_front_of_the_other
@human_cost.in_front_of_the_other
def shame(draft: Draft, side: Side) -> None:
    """To give way in front of the other side costs face; it is heard there as a threat."""
    draft.warm(side)
    draft.lose_trust(side)


@cost_of_no_deal.does_no_harm_if
def asked_with_care(feelings: Sequence[Feeling]) -> bool:
    """What not settling costs both can be asked of both, by somebody whom both trust, while nobody is hot."""
    return all(one.trust >= OPEN and one.heat < HOT for one in feelings)


@law("rule", brings="ruled")
def rule(draft: Draft, technique: Technique, target: str) -> None:
    """The mediator turns judge: the side that is wrong turns away, the side that is right digs in."""
    favoured = draft.case.side(target)
    if draft.joint:
        draft.lose_trust(favoured.other, 2)
        draft.warm(favoured.other)
        draft.doubt(favoured.other)
    else:
        draft.warm(favoured)
        draft.doubt(favoured.other)
    for side in draft.present:
        draft.emit("ruled", side, technique.id)


rule.unless(not_in_the_room)
