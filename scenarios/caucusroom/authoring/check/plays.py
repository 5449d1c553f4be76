"""The author's checker: walkthroughs hold, every named case can end well, and no button wins alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from ...laws.apply import initial
from ...laws.outcome import holds
from ...laws.state import Ending, State
from ...model.dispute import Case, Dispute
from ...playing import Playing
from ...search import solve
from ...search.bound import most
from ..searches import Searches
from ..source import Problem
from ..walkthrough import End, Walkthrough, follow, misnamed
from .matter import closed_issues
from .subject import Finding, Subject, named

TRIES = 60_000
"""Moves tried in looking for the best end of one case: about a second. A proof can take a hundred times as many."""

TRIES_ALONE = 4_000
"""Moves tried in looking for the best end of one case by one technique alone."""


class Best(NamedTuple):
    """The best end of a case that is known, and whether it is proven that there is none better."""

    end: End
    proven: bool


@dataclass(frozen=True)
class Played:
    """A walkthrough with the end that it comes to."""

    walkthrough: Walkthrough
    end: End


class Plays:
    """How a dispute plays. `thorough` proves what is otherwise looked for within a number of tries.

    `progress` is told what is being looked at, and `note` what an author should know although it is no problem.
    """

    def __init__(
        self,
        subject: Subject,
        searches: Searches,
        thorough: bool = False,
        progress: Callable[[str], None] = lambda doing: None,
        note: Callable[[str], None] = lambda what: None,
    ) -> None:
        self._subject = subject
        self._searches = searches
        self._progress, self._note = progress, note
        self._tries, self._tries_alone = (solve.TRIES, solve.TRIES) if thorough else (TRIES, TRIES_ALONE)

    def check(self, walkthroughs: list[Walkthrough], unread: Collection[str] = ()) -> Iterator[Problem]:
        """Every problem of play. `unread` are the cases of walkthroughs that could not be read.

        Nothing is searched for in a case while there are slips of the pen in its walkthroughs.
        """
        subject, problems, played, waiting = self._subject, list[Problem](), list[Played](), set(unread)
        for one in walkthroughs:
            slips = misnamed(one, subject.dispute)
            problems += slips
            end = follow(one, subject.dispute, problems)
            if slips:
                waiting |= {one.parts.case} & set(subject.dispute.cases) or set(subject.dispute.cases)
            if end is not None:
                played.append(Played(one, end))
        yield from problems
        yield from named(case_without_walkthrough, case_without_walkthrough(subject, {*waiting, *_shown(walkthroughs)}))
        best = self._best_ends(played, waiting)
        yield from self._judge(played, best)
        for id, its in best.items():
            self._progress(f"case {id}: trying one technique alone")
            case = subject.dispute.case(id)
            lost = list(no_good_end(subject, case, its))
            yield from named(no_good_end, lost)
            if not lost:
                yield from named(self.one_button_wins, self.one_button_wins(case, its))

    def _best_ends(self, played: list[Played], waiting: Collection[str]) -> dict[str, Best]:
        best: dict[str, Best] = {}
        for case in self._subject.named:
            if case.id not in waiting:
                self._progress(f"case {case.id}: looking for its best end")
                known = [one.end for one in played if one.walkthrough.parts.case == case.id]
                best[case.id] = self._best_end(case, max(known, key=lambda end: end.worth, default=None))
        unproven = [id for id, its in best.items() if not its.proven]
        if waiting:
            self._note(
                f"{_cases(sorted(waiting))}: nothing was searched for, because of the slips in the walkthroughs; "
                "mend them and check again"
            )
        if unproven:
            more = "--thorough proves it" if self._tries < solve.TRIES else "that there is none is not proven"
            self._note(f"{_cases(unproven)}: no better end was found in {self._tries:,} tries; {more}")
        return best

    def _best_end(self, case: Case, known: End | None) -> Best:
        """The best end of a case: a known one, or a better one if the search finds it."""
        if known and known.worth >= most(case, initial(case)):
            return Best(known, True)
        search = self._searches.best(case, self._tries, known.worth if known else -1)
        if known and not search.line:
            return Best(known, search.proven)
        playing = Playing(case)
        for move in search.moves:
            playing.play(move)
        return Best(End(search.worth, playing.now.state, search.moves), search.proven)

    def _judge(self, played: list[Played], best: dict[str, Best]) -> Iterator[Problem]:
        """A skilled line that ends badly where its case can end well, or a mistake that ends as well as can be."""
        for one in played:
            parts, its = one.walkthrough.parts, best.get(one.walkthrough.parts.case)
            if its is None:
                continue
            case = self._subject.dispute.case(parts.case)
            if parts.kind == "skilled" and not ends_well(case, one.end.state) and ends_well(case, its.end.state):
                better = "; ".join(map(str, its.end.line))
                what = f"a skilled line must end well in case {parts.case}, as this one does: {better}"
                yield one.walkthrough.problem("walkthrough-ends-badly", what, "kind")
            if parts.kind == "mistake" and one.end.worth >= its.end.worth:
                this = "this is the best end" if its.proven else "no better end than this was found"
                what = f"a mistake must cost something, but {this} of case {parts.case}; change its steps"
                yield one.walkthrough.problem("mistake-without-cost", what, "kind")

    def one_button_wins(self, case: Case, best: Best) -> Iterator[Finding]:
        """The best end must not be within reach of one technique, however often, and the process around it."""
        techniques = self._subject.dispute.catalogue.techniques
        for technique in sorted(id for id, one in techniques.items() if not one.frame):
            alone = only(self._subject.dispute, technique).case(case.id)
            if most(alone, initial(alone)) < best.end.worth:
                continue
            if self._searches.best(alone, self._tries_alone, best.end.worth - 1, technique).line:
                what = f"case {case.id} is won with {technique} alone; give it a barrier that takes something else"
                yield self._subject.fault(what, "cases", case.id)
                return


def _cases(ids: list[str]) -> str:
    return f"case {ids[0]}" if len(ids) == 1 else f"cases {', '.join(ids[:-1])} and {ids[-1]}"


def _shown(walkthroughs: list[Walkthrough]) -> Iterator[str]:
    return (one.parts.case for one in walkthroughs if one.parts.kind == "skilled")


def case_without_walkthrough(subject: Subject, shown: Collection[str]) -> Iterator[Finding]:
    for case in subject.named:
        if case.id not in shown:
            what = f"no walkthrough shows how case {case.id} can end well; add one to walkthroughs/, kind: skilled"
            yield subject.fault(what, "cases", case.id)


def no_good_end(subject: Subject, case: Case, best: Best) -> Iterator[Finding]:
    """A case must be able to end well. Where it is not proven that it cannot, that no better end was found is noted."""
    if ends_well(case, best.end.state) or not best.proven:
        return
    unready = [barrier.id for bit, barrier in case.real if case.unready & bit]
    if not unready and closed_issues(case, subject.reach[case.id]):
        return  # barrier_never_answered, issue_never_settled
    why = f"nobody can come to know of {unready[0]} in time" if unready else "no settlement in it holds"
    yield subject.fault(f"case {case.id} cannot end well: {why}; give it more time or fewer barriers", "cases", case.id)


def ends_well(case: Case, state: State) -> bool:
    """In a settlement that holds or, where somebody is not ready, in an end that respects it."""
    if state.ending == Ending.SETTLEMENT and holds(state):
        return True
    known = bool(case.unready) and not case.unready & ~state.found
    return known and state.ending in (Ending.STOPPED, Ending.ADJOURNED)


def only(dispute: Dispute, technique: str) -> Dispute:
    """The dispute for a mediator who knows one technique and the process around it."""
    catalogue = dispute.catalogue
    kept = {technique, *(one.id for one in catalogue.techniques.values() if one.frame)}
    return replace(
        dispute,
        catalogue=replace(catalogue, techniques={id: one for id, one in catalogue.techniques.items() if id in kept}),
    )
