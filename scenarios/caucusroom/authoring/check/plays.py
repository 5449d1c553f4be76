"""The author's checker: walkthroughs hold, every case can end well, and no button wins alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ...laws.apply import initial
from ...laws.outcome import holds
from ...laws.state import Ending
from ...model.dispute import Case, Dispute
from ...search.bound import most
from ...search.solve import solve
from ..source import Problem
from ..walkthrough import TRIES, End, Walkthrough, best_end, judge, play
from .subject import Finding, Subject, named


def check_play(subject: Subject, walkthroughs: list[Walkthrough], progress: Callable[[str], None]) -> Iterator[Problem]:
    """Every problem of play. Slow for a case whose best end has to be searched for."""
    problems: list[Problem] = []
    played = [(one, end) for one in walkthroughs if (end := play(one, subject.dispute, problems))]
    best: dict[str, End] = {}
    for case in subject.cases:
        progress(f"case {case.id}: looking for its best end")
        known = [end for one, end in played if one.parts.case == case.id]
        best[case.id] = best_end(case, max(known, key=lambda end: end.worth, default=None))
    for one, end in played:
        judge(one, end, best[one.parts.case], problems)
    yield from problems
    yield from named(case_without_walkthrough, case_without_walkthrough(subject, walkthroughs))
    for case in subject.cases:
        progress(f"case {case.id}: trying one technique alone")
        lost = list(no_good_end(subject, case, best[case.id]))
        yield from named(no_good_end, lost)
        if not lost:
            yield from named(one_button_wins, one_button_wins(subject, case, best[case.id]))


def case_without_walkthrough(subject: Subject, walkthroughs: list[Walkthrough]) -> Iterator[Finding]:
    shown = {one.parts.case for one in walkthroughs if one.parts.kind == "skilled"}
    for case in subject.cases:
        if case.id not in shown:
            what = f"no walkthrough shows case {case.id} at its best; add one to walkthroughs/, kind: skilled"
            yield subject.fault(what, "cases", case.id)


def no_good_end(subject: Subject, case: Case, best: End) -> Iterator[Finding]:
    """A case must be able to end in a settlement that holds or, where somebody is not ready, in a stop that
    respects it."""
    if best.state.ending == Ending.SETTLEMENT and holds(best.state):
        return
    unready = [(bit, barrier.id) for bit, barrier in case.real if barrier.cause == "not_ready"]
    if unready and best.state.ending == Ending.STOPPED and all(best.state.found & bit for bit, _ in unready):
        return
    issues = [issue.id for place, issue in enumerate(subject.dispute.issues) if case.best_option[place] < 0]
    if unready:
        why = f"nobody can come to know of {unready[0][1]} in time; lower its depth"
    elif issues:
        why = f"nothing on {', '.join(issues)} can be agreed to by both; lower a floor or add an option"
    else:
        why = "no settlement that holds was found; give it more time or fewer barriers"
    yield subject.fault(f"case {case.id} cannot end well: {why}", "cases", case.id)


def one_button_wins(subject: Subject, case: Case, best: End) -> Iterator[Finding]:
    """The best end must not be within reach of one technique, however often, and the process around it."""
    catalogue = subject.dispute.catalogue
    for technique in (one.id for one in sorted(catalogue.techniques.values(), key=lambda one: one.id) if not one.frame):
        alone = only(subject.dispute, technique).case(case.id)
        if most(alone, initial(alone)) >= best.worth and solve(alone, tries=TRIES).worth >= best.worth:
            what = f"case {case.id} is won with {technique} alone; give it a barrier that takes something else"
            yield subject.fault(what, "cases", case.id)
            return


def only(dispute: Dispute, technique: str) -> Dispute:
    """The dispute for a mediator who knows one technique and the process around it."""
    catalogue = dispute.catalogue
    kept = {technique, *(one.id for one in catalogue.techniques.values() if one.frame)}
    return replace(
        dispute,
        catalogue=replace(catalogue, techniques={id: one for id, one in catalogue.techniques.items() if id in kept}),
        barriers=tuple(replace(barrier, answered_by=barrier.answered_by & kept) for barrier in dispute.barriers),
    )
