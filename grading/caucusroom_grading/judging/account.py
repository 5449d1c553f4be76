"""The account of a mediation beside its judgement: what was found and told when, how the gaps closed, the end.

Only here is the hidden truth looked at, and only once the mediation is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from caucusroom import Turn
from caucusroom.laws.outcome import outcome
from caucusroom.laws.state import State
from caucusroom.model.dispute import Case, Dispute
from caucusroom.voice.naming import ENDINGS

from .report import CauseHistory, Ending, FactHistory, Gap, Hidden

_SAID = {
    "accepts": "{party} said yes",
    "refuses": "{party} said no",
    "open_to": "{party} could see it",
    "not_open_to": "{party} could not see it",
    "pressed": "{party} gave in",
}


class Account(NamedTuple):
    causes: tuple[CauseHistory, ...]
    facts: tuple[FactHistory, ...]
    gaps: tuple[Gap, ...]
    ending: Ending | None


def account(dispute: Dispute, case: Case, steps: tuple[Turn, ...], state: State) -> Account:
    """What happened, in the dispute's order; `state` is the last one."""
    return Account(
        tuple(_causes(dispute, steps)),
        tuple(_facts(dispute, steps)),
        tuple(_gap(dispute, place, steps) for place in range(len(dispute.issues))),
        _ending(dispute, case, state),
    )


def _first(steps: tuple[Turn, ...], kind: str, about: str) -> int:
    """The decision in which an event first happened, 0 if it never did."""
    for number, step in enumerate(steps, 1):
        if any(event.kind == kind and event.about == about for event in step.events):
            return number
    return 0


def _causes(dispute: Dispute, steps: tuple[Turn, ...]) -> Iterator[CauseHistory]:
    for barrier in dispute.barriers:
        found = next((n for n, step in enumerate(steps, 1) if barrier.id in step.after.found), 0)
        if found:
            answered = next((n for n, step in enumerate(steps, 1) if barrier.id in step.after.answered), 0)
            issue = dispute.issues[barrier.issue].id if barrier.issue >= 0 else ""
            cause = str(dispute.catalogue.causes[barrier.cause]["name"])
            party = dispute.parties[barrier.party].id
            yield CauseHistory(barrier.id, party, issue, cause, barrier.found, found, answered)


def _facts(dispute: Dispute, steps: tuple[Turn, ...]) -> Iterator[FactHistory]:
    for fact in dispute.facts:
        confided, shared = _first(steps, "confided", fact.id), _first(steps, "shared", fact.id)
        told = (n for n, step in enumerate(steps, 1) if step.move.technique == "tell" and step.move.target == fact.id)
        breached = next(told, 0)
        if confided or shared:
            cleared = _first(steps, "cleared", fact.id)
            text = fact.carried_as if shared else fact.text
            party = dispute.parties[fact.party].id
            yield FactHistory(fact.id, party, text, confided, cleared, shared, breached)


def _gap(dispute: Dispute, place: int, steps: tuple[Turn, ...]) -> Gap:
    issue = dispute.issues[place]
    first, second = (issue.positions[party.id] for party in dispute.parties)
    options = {option.id: option.text for option in dispute.options if option.issue == place}
    names = {party.id: party.name for party in dispute.parties}
    offers = []
    for number, step in enumerate(steps, 1):
        if step.move.target in options:
            said = [_SAID[e.kind].format(party=names[e.party]) for e in step.events if e.kind in _SAID]
            offers.append((number, options[step.move.target], "; ".join(said)))
    agreed = dict(steps[-1].after.agreed).get(issue.id, "") if steps else ""
    return Gap(
        issue.id,
        issue.name,
        (first, second),
        tuple(_apart(dispute, issue.id, step) for step in steps),
        tuple(offers),
        options.get(agreed, ""),
    )


def _apart(dispute: Dispute, issue: str, step: Turn) -> int:
    """How far apart the sides are on an issue, 4 to 0 (see `Gap.steps`)."""
    if issue in dict(step.after.agreed):
        return 0
    if issue in step.after.developed:
        return 1
    return 4 - sum((party.id, issue) in step.after.interests for party in dispute.parties)


def _ending(dispute: Dispute, case: Case, state: State) -> Ending | None:
    end = outcome(case, state)
    if end is None:
        return None
    options = {option.id: option.text for option in dispute.options}
    issues = {issue.id: issue.name for issue in dispute.issues}
    return Ending(
        id=end.ending,
        title=ENDINGS[end.ending],
        text=end.text,
        agreed=tuple(f"{issues[issue]}: {options[option]}" for issue, option in end.agreed),
        holds=end.holds,
        case=case.truth.title,
        truth=end.truth,
        hidden=tuple(_hidden(dispute, case, state)),
    )


def _hidden(dispute: Dispute, case: Case, state: State) -> Iterator[Hidden]:
    for bit, barrier in case.real:
        if not state.found & bit:
            cause = str(dispute.catalogue.causes[barrier.cause]["name"])
            yield Hidden("cause", dispute.parties[barrier.party].id, cause, barrier.found)
    for bit, fact in case.real_facts:
        if not (state.confided | state.shared) & bit:
            yield Hidden("fact", dispute.parties[fact.party].id, "", fact.text)
