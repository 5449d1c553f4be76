"""The first law of the model: a technique works only on the cause it answers, once that cause is found."""

from __future__ import annotations

from ..model import answers
from ..model.catalogue import Technique
from ..model.dispute import Barrier
from ..model.sides import Side
from .draft import Draft

BROUGHT_BY_WORK = frozenset({"found", "helped", "early", "resisted"})
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
    if it came too early or does not reach this person: then it only costs strain, and the barrier stands.
    """
    case, catalogue = draft.case, draft.case.dispute.catalogue
    mask = (case.anywhere[side] if anywhere else case.on[side][draft.topic]) & ~draft.answered
    met = False
    for bit, barrier in case.real:
        if not mask & bit or not answers.by_the_book(catalogue, barrier.cause, technique.id):
            continue
        if not draft.found & bit:
            if barrier.depth > technique.finds or technique.id in barrier.resists:
                continue
            draft.find(bit, barrier)
        met = True
        lacking = _lacking(draft, barrier, technique)
        if lacking:
            draft.tire(side)
            draft.emit("early", side, technique.id, lacking)
            if lacking == "heard":
                _let_anger_show(draft, side)
        elif not answers.reaches(catalogue, barrier, technique.id):
            draft.tire(side)
            draft.emit("resisted", side, technique.id, barrier.id)
        else:
            draft.answer(bit, barrier)
            about, why = (technique.id, barrier.id) if say == "helped" else (barrier.id, technique.id)
            draft.emit(say, side, about, why)
    return met


def _let_anger_show(draft: Draft, side: Side) -> None:
    """Who is asked for reasons before being heard lets it be seen."""
    for bit, barrier in draft.case.real:
        if draft.case.angry[side][draft.topic] & ~(draft.answered | draft.found) & bit:
            draft.show(side, draft.case.cue(barrier))


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
    if needs.heard and not anger and not draft.is_heard(side):
        return "heard"
    return ""


def respect_unreadiness(draft: Draft, technique: Technique) -> bool:
    """An end that leaves them time is a kindness to those who are known not to be ready; True if somebody is.

    Whoever is there says so; of who is not, nobody speaks.
    """
    catalogue = draft.case.dispute.catalogue
    known = draft.found & draft.case.unready
    for barrier in (one for bit, one in draft.case.real if known & bit and one.party in draft.present):
        resisted = answers.resisted(catalogue, barrier, technique.id)
        draft.emit("resisted" if resisted else "helped", barrier.party, technique.id, barrier.id)
    return bool(known)


def confide(draft: Draft, side: Side, person: str = "") -> bool:
    """In private a side, or this person of it, tells one thing that it trusts the mediator with on this topic; True if
    it told one.

    What is guarded least comes first, so that more trust never brings something else out instead.
    """
    kept = [
        (bit, fact)
        for bit, fact in draft.case.real_facts
        if fact.party == side
        and fact.issue == draft.topic
        and not (draft.confided | draft.shared) & bit
        and person in ("", fact.who)
    ]
    bit, fact = min(kept, key=lambda one: one[1].guard, default=(0, None))
    if fact is None or draft.trusts(side) < fact.guard:
        return False
    draft.confided |= bit
    draft.emit("confided", side, fact.id)
    return True
