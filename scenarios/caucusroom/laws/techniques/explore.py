"""Questions: what lies under a position, and what stands in the way."""

from __future__ import annotations

from ...model.catalogue import Technique
from ...model.levels import HOT
from ...model.sides import Side
from ..draft import Draft
from ..law import law
from ..remedy import confide, work_on


@law("look_deeper", brings="wall cue interest found confided nothing_more")
def look_deeper(draft: Draft, technique: Technique, target: str) -> None:
    """Under the position: the interest, the cause if trust allows, and in private what is kept back."""
    for side in draft.present:
        reach = draft.trusts(side) - draft.joint
        if reach < (0 if draft.joint else 1) or draft.heat[side] > HOT:
            draft.emit("wall", side)
            draft.show_cue(side)
            continue
        news = not draft.knows_interest(side)
        if news:
            draft.known |= 1 << (side * len(draft.agreed) + draft.topic)
            draft.emit("interest", side, draft.case.dispute.issues[draft.topic].id)
        for bit, barrier in draft.case.real:
            on_topic = barrier.party == side and barrier.issue == draft.topic
            if on_topic and barrier.depth <= reach and not (draft.found | draft.answered) & bit:
                draft.find(bit, barrier)
                news = True
        news |= not draft.joint and confide(draft, side)
        _what_is_left(draft, side, technique, news)


@law("ask_need", brings="found helped early confided wall cue nothing_more")
def ask_need(draft: Draft, technique: Technique, target: str) -> None:
    """What stands in the way at all: also what concerns no single issue."""
    (side,) = draft.present
    reach = draft.trusts(side)
    before = draft.found
    for bit, barrier in draft.case.real:
        if draft.standing(side) & ~draft.found & bit and barrier.depth <= reach:
            draft.find(bit, barrier)
    news = draft.found != before
    news |= work_on(draft, side, technique)
    news |= reach > 0 and confide(draft, side)
    _what_is_left(draft, side, technique, news)


def _what_is_left(draft: Draft, side: Side, technique: Technique, news: bool) -> None:
    """What stays hidden shows its cue; where nothing does, and nothing was new, that is said."""
    if draft.hidden(side) is not None:
        draft.emit("wall", side)
        draft.show_cue(side)
    elif not news:
        draft.emit("nothing_more", side, technique.id)
