"""Closing: writing it up, stopping, and the temptation to push."""

from __future__ import annotations

from ...model.catalogue import Technique
from ...model.dispute import Dispute
from ...model.levels import WORN
from ...model.proposal import Proposal
from ...model.sides import SIDES
from ..bargaining import CALM, agree, unwilling
from ..draft import Draft
from ..ground import Ground
from ..law import law
from ..reasons import Reason
from ..remedy import respect_unreadiness
from ..state import Ending, Taint
from .aims import cannot_be_put


@law("conclude", brings="ended")
def conclude(draft: Draft, technique: Technique, target: str) -> None:
    draft.end(Ending.PART_SETTLEMENT if -1 in draft.agreed else Ending.SETTLEMENT)


@conclude.unless
def nothing_to_write_up(dispute: Dispute, ground: Ground, target: str) -> Reason | None:
    return Reason("nothing_agreed") if ground.nothing_agreed else None


@law("close_open", brings="helped resisted missed ended")
def close_open(draft: Draft, technique: Technique, target: str) -> None:
    """To somebody who is known not to be ready it is a kindness; to anybody else it may be too early."""
    if not respect_unreadiness(draft, technique):
        for side in draft.present:
            draft.emit("missed", side, technique.id)
    draft.end(Ending.STOPPED)


@law("press", brings="refuses pressed agreed")
def press(draft: Draft, technique: Technique, target: str) -> None:
    """Push for a yes. Worn people give one; it does not last."""
    proposal = Proposal.of(draft.case.dispute, target)
    pushed = True
    for side in SIDES:
        if unwilling(draft, side, proposal, CALM) and draft.strained(side) < WORN:
            pushed = False
            draft.warm(side)
            draft.lose_trust(side)
            draft.emit("refuses", side, target, "pressed")
        else:
            draft.emit("pressed", side, target)
    if pushed:
        draft.taint |= Taint.PRESSED
        agree(draft, proposal, face_to_face=True)


press.unless(cannot_be_put)
