"""What the author's checker looks at, and what good play could ever bring about in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import NamedTuple

from ...laws.apply import carry_out, initial
from ...laws.events import GAINS
from ...laws.legality import legal_moves
from ...laws.remedy import BROUGHT_BY_WORK
from ...laws.state import Flag, State
from ...laws.techniques import law_of
from ...model.dispute import Barrier, Case, Dispute
from ...model.gathering import CAUCUS, EVERYBODY, NOBODY
from ...model.truths import drawn, read_id
from ..compile import Written
from ..source import Problem

SAMPLE = 60
"""Truths drawn to look for what is never told or answered."""
MOST_DRAWN = 1_000
"""Draws in which what is true in none of them yet is still looked for."""

HELPFUL = GAINS - {"agreed"} | {"developed", "eased"}
"""The kinds of events that may bring somebody further who wants to know and to answer."""


class Finding(NamedTuple):
    """What a rule found: in which file and line, what it is and what to do."""

    file: Path
    line: int
    what: str


@dataclass(frozen=True)
class Subject:
    """A dispute whose shape and names are sound: as it was written, and as it will be played."""

    written: Written
    dispute: Dispute

    def fault(self, what: str, *where: str | int) -> Finding:
        """A finding about the thing at this path of keys in scenario.yaml."""
        return Finding(self.written.scenario.path, self.written.scenario.line(*where), what)

    def line_fault(self, what: str, *where: str | int) -> Finding:
        """A finding about the thing at this path of places and keys in lines.yaml."""
        return Finding(self.written.lines.path, self.written.lines.line(*where), what)

    @cached_property
    def named(self) -> tuple[Case, ...]:
        """The cases that have a name."""
        return tuple(map(self.dispute.case, self.dispute.cases))

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """These, and a sample of all that may be true, the same each time: so many, and what has something new."""
        seen: set[tuple[int, int, int]] = set()
        ids: dict[str, None] = {}
        for number in range(MOST_DRAWN):
            id = drawn(self.dispute, f"check {number}")
            choices = read_id(self.dispute, id) or ()
            new = {(side, *one) for side, choice in enumerate(choices) for one in enumerate(choice)}
            if number < SAMPLE or not new <= seen:
                ids[id] = None
            seen |= new
        return (*self.named, *map(self.dispute.case, ids))

    @cached_property
    def reach(self) -> Mapping[str, State]:
        """By case, all that good play could bring about (see `reach`)."""
        return {case.id: reach(case) for case in self.cases}

    def having(self, barrier: Barrier) -> Iterator[tuple[Case, int]]:
        """The truths in which a barrier is real, with its bit."""
        return ((case, bit) for case in self.cases for bit, real in case.real if real.id == barrier.id)


Rule = Callable[[Subject], Iterator[Finding]]
"""One thing that can be wrong with a dispute."""


def named(rule: Callable[..., Iterator[Finding]], findings: Iterable[Finding]) -> Iterator[Problem]:
    """Findings as problems of a rule; its name is its function's, as in barrier-never-found."""
    return (Problem(one.file, one.line, rule.__name__.replace("_", "-"), one.what) for one in findings)


def reach(case: Case) -> State:
    """All that could ever be found, answered, told, shared and developed in a case, and the most trust.

    Every move is tried in every room, on every issue, in the best of moods and with everything gained that
    any other move gains. By the law that better moods never hurt no play gets further: what is not in it can
    never come about.
    """
    clock, issues = case.dispute.clock, range(len(case.dispute.issues))
    some_option = tuple(
        next((place for place, option in enumerate(case.dispute.options) if option.issue == issue), -1)
        for issue in issues
    )
    days = clock.most_sittings - 1
    best = initial(case)._replace(heat=(0, 0), strain=(0, 0), suspicion=(0, 0), flags=Flag.EXPLAINED, days=days)
    helpful = {technique for technique in case.techniques if _may_help(case, technique)}
    while True:
        gained = best
        for gathered, topic in product((NOBODY, EVERYBODY, *CAUCUS), issues):
            agreed = tuple(option if issue != topic else -1 for issue, option in enumerate(some_option))
            state = best._replace(gathered=gathered, topic=topic, agreed=agreed)
            for move in legal_moves(case, state):
                if move.technique in helpful:
                    gained = _with_gains(gained, carry_out(case, state, move)[0])
        if gained == best:
            return best
        best = gained


def _may_help(case: Case, technique: str) -> bool:
    """Whether it answers something that is in the way, or brings up more than answering does."""
    its = case.techniques[technique]
    if its.kind == "temptation":
        return False
    more = law_of(technique).brings & HELPFUL - BROUGHT_BY_WORK
    return bool(more) or any(barrier.cause in its.answers for _, barrier in case.real)


def _with_gains(state: State, after: State) -> State:
    return state._replace(
        trust=(max(state.trust[0], after.trust[0]), max(state.trust[1], after.trust[1])),
        heard=state.heard | after.heard,
        found=state.found | after.found,
        answered=state.answered | after.answered,
        known=state.known | after.known,
        confided=state.confided | after.confided,
        cleared=state.cleared | after.cleared,
        shared=state.shared | after.shared,
        developed=state.developed | after.developed,
    )
