"""Questions: what lies under a position, what was meant by what was heard, and what somebody needs.

A question has an aim: an issue, a sign that showed, a person. Nobody tells all the first time, so one question brings
one thing; and whoever asks without anything to follow is fishing.
"""

from __future__ import annotations

from ...model.catalogue import Technique
from ...model.dispute import Dispute
from ...model.levels import HOT
from ...model.sides import Side
from ..draft import Draft
from ..ground import Ground
from ..law import law
from ..reasons import Reason
from ..remedy import confide, work_on

FOLLOWED = 1
"""How much more somebody tells in private whose own words are followed up."""


@law("look_deeper", brings="wall cue interest confided nothing_more")
def look_deeper(draft: Draft, technique: Technique, target: str) -> None:
    """Under the position: the interest, and how it sounds when something else is in the way. It is not said yet."""
    unasked = [side for side in draft.present if _is_closed(draft, side) or not draft.knows_interest(side)]
    for side in unasked or draft.present:
        if _is_closed(draft, side):
            draft.emit("wall", side)
            draft.show_cue(side)
            continue
        if not draft.knows_interest(side):
            draft.known |= 1 << (side * len(draft.agreed) + draft.topic)
            draft.emit("interest", side, draft.case.dispute.issues[draft.topic].id)
            draft.show_cue(side)
        elif not _confides(draft, side):
            _nothing_new(draft, side, technique)


@law("follow_up", brings="wall cue found nothing_more misheard")
def follow_up(draft: Draft, technique: Technique, target: str) -> None:
    """After what was heard. In private it opens more than any other question; at the table it opens less.

    Whoever gave the sign answers for themself: whether the other has something to say of it, they cannot know.
    """
    following = [side for side in draft.present if draft.heard & draft.thread(side, target)]
    for side in following:
        behind = draft.behind(side, target)
        if draft.heat[side] > HOT:
            draft.emit("wall", side)
        elif behind is None:
            draft.followed |= draft.thread(side, target)
            _nothing_there(draft, side, technique)
        elif behind[1].depth <= draft.trusts(side) + (-1 if draft.joint else FOLLOWED):
            draft.find(*behind)
        else:
            draft.emit("wall", side)
            draft.show(side, target)
    for side in () if following else draft.present:
        draft.lose_trust(side)
        draft.emit("misheard", side, target)


@law("ask_need", brings="found helped early resisted confided wall cue nothing_more")
def ask_need(draft: Draft, technique: Technique, target: str) -> None:
    """A person, in private: what is in their way, on this issue or on none. What was found may find its answer."""
    (side,) = draft.present
    if _is_closed(draft, side):
        draft.emit("wall", side)
        return
    case, reach = draft.case, draft.trusts(side)
    hidden = case.on[side][draft.topic] & ~(draft.found | draft.answered)
    mine = sorted(
        ((bit, barrier) for bit, barrier in case.real if barrier.who == target and hidden & bit),
        key=lambda one: one[1].depth,
    )
    near = next((one for one in mine if one[1].depth <= reach), None)
    if near is not None:
        draft.find(*near)
    answered = work_on(draft, side, technique)
    if near is not None or answered:
        return
    if mine:
        draft.emit("wall", side)
        draft.show(side, case.cue(mine[0][1]))
    elif not _confides(draft, side, target):
        _nothing_new(draft, side, technique)


@ask_need.unless
def somebody_in_the_room(dispute: Dispute, ground: Ground, target: str) -> Reason | None:
    person = dispute.people[target]
    away = ground.alone is None or dispute.side(person.party) != ground.alone
    return Reason("not_in_the_room", person.name) if away else None


def _is_closed(draft: Draft, side: Side) -> bool:
    """Whether a side answers every question with a wall, whatever is behind it."""
    return draft.trusts(side) < 1 or draft.heat[side] > HOT


def _confides(draft: Draft, side: Side, person: str = "") -> bool:
    """In private something may be told instead; and how it sounds when something else is in the way."""
    told = not draft.joint and confide(draft, side, person)
    if told:
        draft.show_cue(side)
    return told


def _nothing_new(draft: Draft, side: Side, technique: Technique) -> None:
    """There was nothing to be told. Where nothing heard or found had called for the question, it was fishing."""
    if not (draft.is_open(side) or draft.standing(side) & draft.found):
        draft.lose_trust(side)
    _nothing_there(draft, side, technique)


def _nothing_there(draft: Draft, side: Side, technique: Technique) -> None:
    """Whoever hides something says less than they could, and it shows; whoever does not says so."""
    if draft.hidden(side) is None:
        draft.emit("nothing_more", side, technique.id)
    else:
        draft.emit("wall", side)
        draft.show_cue(side)
