"""The first law of the model: a technique works only on the cause it answers, once that cause is found."""

from __future__ import annotations

from ..model.catalogue import Technique
from ..model.dispute import Barrier
from ..model.sides import Side
from .draft import Draft

BROUGHT_BY_WORK = frozenset({"found", "helped", "early"})
"""What working on causes may bring up."""
BROUGHT_BY_REMEDIES = BROUGHT_BY_WORK | {"missed", "cue"}
"""What a remedy may bring up."""


def try_remedy(draft: Draft, technique: Technique) -> bool:
    """Use a technique on everybody present; True if it met a cause that had been found.

    Where it met none it was a remedy before a diagnosis, and that costs what the catalogue says.
    """
    met = [work_on(draft, side, technique) for side in draft.present]
    if any(met):
        return True
    for side in draft.present:
        miss(draft, side, technique)
    return False


def work_on(draft: Draft, side: Side, technique: Technique, anywhere: bool = False, say: str = "helped") -> bool:
    """Use a technique on one side's barriers on the topic (`anywhere`: on every topic).

    Barriers that the technique finds by itself are found on the way. True if there was one for it to work on, even
    if it came too early: then it only costs strain, and the barrier stands.
    """
    case = draft.case
    mask = (case.anywhere[side] if anywhere else case.on[side][draft.topic]) & ~draft.answered
    met = False
    for bit, barrier in case.real:
        if not mask & bit or technique.id not in barrier.answered_by:
            continue
        if not draft.found & bit:
            if barrier.depth > technique.finds:
                continue
            draft.find(bit, barrier)
        met = True
        lacking = _lacking(draft, barrier, technique)
        if lacking:
            draft.tire(side)
            draft.emit("early", side, technique.id, lacking)
        else:
            draft.answer(bit, barrier)
            about, why = (technique.id, barrier.id) if say == "helped" else (barrier.id, technique.id)
            draft.emit(say, side, about, why)
    return met


def miss(draft: Draft, side: Side, technique: Technique) -> None:
    if technique.miss == "trust":
        draft.lose_trust(side)
    elif technique.miss == "strain":
        draft.tire(side)
    draft.emit("missed", side, technique.id)
    draft.show_cue(side)


def _lacking(draft: Draft, barrier: Barrier, technique: Technique) -> str:
    """Which need of the technique is not met, or ""."""
    needs, side = technique.needs, barrier.party
    if draft.trusts(side) < needs.trust:
        return "trust"
    if draft.heat[side] > needs.heat:
        return "heat"
    anger = draft.case.dispute.catalogue.causes[barrier.cause].anger
    if needs.heard and not anger and not draft.heard(side):
        return "heard"
    return ""


def confide(draft: Draft, side: Side) -> bool:
    """In private a side tells what it trusts the mediator with on this topic; True if it told anything."""
    told = False
    for bit, fact in draft.case.real_facts:
        mine = fact.party == side and fact.issue == draft.topic
        if mine and not (draft.confided | draft.shared) & bit and draft.trusts(side) >= fact.guard:
            draft.confided |= bit
            draft.emit("confided", side, fact.id)
            told = True
    return told
