"""Sharing: what may leave a room, what it does when it arrives, and the temptation not to ask."""

from __future__ import annotations

from ...model import answers
from ...model.catalogue import Technique
from ...model.dispute import Dispute
from ...model.sides import SIDES
from ..draft import Draft
from ..ground import Ground
from ..law import law
from ..reasons import Reason
from ..remedy import BROUGHT_BY_REMEDIES, try_remedy, work_on
from ..state import Taint
from .aims import cannot_be_said


@law("allay_sharing", brings=" ".join(BROUGHT_BY_REMEDIES | {"cleared"}))
def allay_sharing(draft: Draft, technique: Technique, target: str) -> None:
    """Ask what may be carried, and how. Only what was confided can be cleared."""
    (side,) = draft.present
    met = work_on(draft, side, technique)
    for bit, fact in draft.case.real_facts:
        if fact.party == side and fact.issue == draft.topic and draft.confided & ~draft.cleared & bit:
            met = True
            if draft.trusts(side) >= technique.needs.trust:
                draft.cleared |= bit
                draft.emit("cleared", side, fact.id)
            else:
                draft.tire(side)
                draft.emit("early", side, technique.id, "trust")
    if not met:
        try_remedy(draft, technique)


@law("share", brings="shared found helped")
def share(draft: Draft, technique: Technique, target: str) -> None:
    """Cleared information on the table, or carried into the other room. Who feared to show it has shown it."""
    place = draft.case.index["fact"][target]
    _learn(draft, place)
    fact = draft.case.dispute.facts[place]
    for bit, barrier in draft.case.real:
        own = barrier.party == fact.party and not draft.answered & bit
        if own and answers.told(draft.case.dispute.catalogue, barrier, fact):
            draft.answer(bit, barrier)
            draft.emit("helped", fact.party, technique.id, barrier.id)


@share.unless
def not_to_be_shared(dispute: Dispute, ground: Ground, target: str) -> Reason | None:
    cleared = ground.cleared >> dispute.index["fact"][target] & 1
    return cannot_be_said(dispute, ground, target) or (None if cleared else Reason("not_cleared"))


@law("tell", brings="shared found helped breach")
def tell(draft: Draft, technique: Technique, target: str) -> None:
    """A confidence passed on. It may even help for an hour; nothing built on it lasts."""
    place = draft.case.index["fact"][target]
    holder = draft.case.dispute.facts[place].party
    draft.taint |= Taint.BREACH
    _learn(draft, place)
    if draft.joint:
        draft.trust[holder] = 0
        draft.warm(holder)
        draft.emit("breach", holder, target)
    else:
        draft.doubt(holder.other)
        draft.emit("breach", holder.other, target)


@tell.unless
def not_to_be_told(dispute: Dispute, ground: Ground, target: str) -> Reason | None:
    cleared = ground.cleared >> dispute.index["fact"][target] & 1
    return cannot_be_said(dispute, ground, target) or (Reason("cleared") if cleared else None)


def _learn(draft: Draft, place: int) -> None:
    """The six things an exchange of information can do to the side that learns of it."""
    case, fact = draft.case, draft.case.dispute.facts[place]
    receiver, bit = fact.party.other, 1 << place
    draft.confided |= bit
    draft.shared |= bit
    for effect in sorted(fact.effects):
        draft.emit("shared", receiver, fact.id, effect)
        if effect == "empathy":
            draft.cool(receiver)
        elif effect == "dialogue":
            for side in SIDES:
                draft.rest(side)
                draft.cool(side)
        elif effect == "trust":
            draft.doubt(receiver, -1)
    # credence and critical facts need nothing done: willingness and legality look at what is shared
    for one, barrier in case.real:
        if barrier.party != receiver or draft.answered & one:
            continue
        if answers.told(case.dispute.catalogue, barrier, fact):
            if not draft.found & one:
                draft.find(one, barrier)
            draft.answer(one, barrier)
            draft.emit("helped", receiver, "share", barrier.id)
