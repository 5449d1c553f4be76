"""A mediation as the scores look at it: every decision with its moment and findings, and the moment after the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from caucusroom import Move, Turn
from caucusroom.laws.events import Event
from caucusroom.model.answers import SHARING
from caucusroom.model.catalogue import NOT_READY, Technique
from caucusroom.model.dispute import Barrier, Dispute
from caucusroom.model.sides import Side
from caucusroom.record.transcript import Belief

from .finding import HARMFUL, SOUND, WEAK, Finding
from .moment import Moment
from .rules import closing, confidentiality, forum, honesty
from .rules.book import Rule

SPOILING = frozenset(
    {confidentiality.passed_on_a_confidence.id, honesty.said_who_is_right.id, closing.pushed_for_a_yes.id}
)
"""The rules that speak of what a mediator never does."""
SHORTLY = 8
"""Decisions in which what has come up may still wait."""
_WAITING = forum.kept_the_other_waiting.id
"""What is weak about a decision because of those who wait next door says nothing of what it meets in the room."""


@dataclass(frozen=True)
class Judged:
    """A decision on the scales: when it was taken, what it was and what the rules said of it."""

    number: int
    moment: Moment
    move: Move
    findings: tuple[Finding, ...]

    @property
    def technique(self) -> Technique:
        return self.moment.technique(self.move)

    @property
    def label(self) -> str:
        return self.findings[0].label

    def is_sound(self, *criteria: str) -> bool:
        """Whether something sound was said of it (for one of these criteria) and there nothing graver."""
        said = [one.label for one in self.findings if not criteria or one.criterion in criteria]
        return SOUND in said and not {WEAK, HARMFUL} & set(said)


class Play:
    """Everything the scores look at. `beliefs` is what the mediator wrote down."""

    def __init__(
        self, dispute: Dispute, judged: tuple[Judged, ...], last: Moment, beliefs: Sequence[Belief] = ()
    ) -> None:
        self.dispute = dispute
        self.judged = judged
        self.last = last
        self.beliefs = beliefs

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """`moments[n]` is the one after n decisions; the last counts like every other."""
        return (*(one.moment for one in self.judged), self.last)

    @property
    def last_chance(self) -> Moment:
        """The last moment at which anything could be done: before the decision that ended it, or now."""
        return self.moments[-2] if self.ending else self.last

    @property
    def turns(self) -> tuple[Turn, ...]:
        return self.last.past

    @property
    def ending(self) -> str:
        """How it ended, or "" while it lasts."""
        return self.last.view.ending

    def name(self, party: int) -> str:
        return self.last.name(party)

    def where(self, *rules: Rule) -> tuple[int, ...]:
        """The decisions of which one of these rules spoke."""
        ids = {rule.id for rule in rules}
        return tuple(one.number for one in self.judged if any(found.rule in ids for found in one.findings))

    def labelled(self, criterion: str, label: str) -> tuple[int, ...]:
        return tuple(
            one.number
            for one in self.judged
            if any(found.criterion == criterion and found.label == label for found in one.findings)
        )

    def used(self, *techniques: str) -> tuple[int, ...]:
        return tuple(one.number for one in self.judged if one.move.technique in techniques)

    def events(self, *kinds: str) -> Iterator[tuple[int, Event]]:
        """The events of some kinds, each with its decision, the first first."""
        for turn in self.turns:
            for event in turn.events:
                if event.kind in kinds:
                    yield turn.number, event

    def side(self, id: str) -> Side:
        return self.dispute.side(id)

    @cached_property
    def found(self) -> tuple[tuple[int, Barrier], ...]:
        """What was found, each with its decision."""
        return tuple(
            (number, self.dispute.barriers[self.dispute.index["barrier"][event.about]])
            for number, event in self.events("found")
        )

    @cached_property
    def answered(self) -> dict[str, int]:
        """What gave way, by its id, with the decision that did it."""
        done: dict[str, int] = {}
        for number, event in self.events("helped", "homework"):
            done.setdefault(event.why if event.kind == "helped" else event.about, number)
        return done

    def tries(self, barrier: Barrier, since: int) -> tuple[int, ...]:
        """The decisions from `since` on that met a known cause with what may answer it, in time."""
        id = self.dispute.parties[barrier.party].id
        return tuple(
            one.number
            for one in self.answers_to(barrier, since)
            if any(f.label == SOUND and f.party == id for f in one.findings)
            and not any(f.label in (WEAK, HARMFUL) and f.rule != _WAITING for f in one.findings)
        )

    def answers_to(self, barrier: Barrier, since: int) -> Iterator[Judged]:
        """The decisions from `since` on that were an answer to a known cause, in time or not."""
        for one in self.judged[since:]:
            here = barrier.party in one.moment.heard_by or one.move.technique in (SHARING, "adjourn")
            if here and any(b.id == barrier.id for b in one.moment.fits(one.move, barrier.party, anywhere=True)):
                yield one

    def met(self, barrier: Barrier, since: int) -> tuple[int, ...]:
        """The tries at a known cause from `since` on, and after them what made it give way."""
        gave_way = self.answered.get(barrier.id)
        return (*self.tries(barrier, since), *([gave_way] if gave_way else []))

    def opened(self, issue: int) -> int | None:
        """After how many decisions an issue was first on the table; None if it never was."""
        return next((n for n, one in enumerate(self.moments) if one.present and one.topic == issue), None)

    @cached_property
    def stopped_unready(self) -> bool:
        """Whether it was stopped for somebody who was known not to be ready."""
        ends = self.judged and self.judged[-1].technique.ends
        return bool(ends and self.ending and self.judged[-1].moment.unready)

    def excused(self, since: int) -> bool:
        """Whether what stood open since then may be left: it came up shortly before somebody was known not to be ready,
        or after, and it was stopped for that."""
        known = next((number for number, barrier in self.found if barrier.cause == NOT_READY), 0)
        return self.stopped_unready and since >= known - SHORTLY

    @cached_property
    def spoiling(self) -> frozenset[int]:
        """The decisions that did what a mediator never does; what came of them is to nobody's credit."""
        return frozenset(one.number for one in self.judged if SPOILING & {found.rule for found in one.findings})
