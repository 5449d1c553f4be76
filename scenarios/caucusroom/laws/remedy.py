"""The first law of the model: a technique works only on the cause it answers, once that cause is found."""

from __future__ import annotations

from ..model.catalogue import Technique
from ..model.dispute import Barrier
from .draft import Draft


def try_remedy(draft: Draft, technique: Technique) -> bool:
    """Use a technique on everybody present; True if it met a cause that had been found.

    Where it met none it was a remedy before a diagnosis, and that costs what the catalogue says.
    """
    met = [work_on(draft, party, technique) for party in draft.present]
    if any(met):
        return True
    for party in draft.present:
        miss(draft, party, technique)
    return False


def work_on(
    draft: Draft,
    party: int,
    technique: Technique,
    finds: int = 0,
    anywhere: bool = False,
    say: str = "helped",
) -> bool:
    """Use a technique on one side's barriers on the topic (`anywhere`: on every topic).

    Barriers up to depth `finds` are found on the way. True if there was one for it to work on, even if
    it came too early: then it only costs strain, and the barrier stands.
    """
    case = draft.case
    mask = (case.anywhere[party] if anywhere else case.on[party][draft.topic]) & ~draft.answered
    met = False
    for bit, barrier in case.real:
        if not mask & bit or technique.id not in barrier.answered_by:
            continue
        if not draft.found & bit:
            if barrier.depth > finds:
                continue
            draft.find(bit, barrier)
        met = True
        lacking = _lacking(draft, barrier, technique)
        if lacking:
            draft.tire(party)
            draft.tell("early", party, technique.id, lacking)
        else:
            draft.answer(bit, barrier)
            about, why = (technique.id, barrier.id) if say == "helped" else (barrier.id, technique.id)
            draft.tell(say, party, about, why)
    return met


def miss(draft: Draft, party: int, technique: Technique) -> None:
    if technique.miss == "trust":
        draft.lose_trust(party)
    elif technique.miss == "strain":
        draft.tire(party)
    draft.tell("missed", party, technique.id)
    draft.show_cue(party)


def _lacking(draft: Draft, barrier: Barrier, technique: Technique) -> str:
    """Which need of the technique is not met, or ""."""
    needs, party = technique.needs, barrier.party
    if draft.trusts(party) < needs.trust:
        return "trust"
    if draft.heat[party] > needs.heat:
        return "heat"
    if needs.heard and barrier.cause not in ("anger", "escalation") and not draft.heard(party):
        return "heard"
    return ""


def confide(draft: Draft, party: int) -> bool:
    """In private a side tells what it trusts the mediator with on this topic; True if it told anything."""
    told = False
    for bit, fact in draft.case.real_facts:
        mine = fact.party == party and fact.issue == draft.topic
        if mine and not (draft.confided | draft.shared) & bit and draft.trusts(party) >= fact.guard:
            draft.confided |= bit
            draft.tell("confided", party, fact.id)
            told = True
    return told
