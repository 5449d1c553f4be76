"""Walkthroughs: lines of play that a teacher writes down and the engine confirms, decision by decision.

Author time only: needs pydantic and PyYAML. A walkthrough says what is offered, what is not and why,
what is chosen, what follows and how it ends; `play` names everything that does not hold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Literal

from pydantic import Field, model_validator

from ..laws.events import KINDS, Event
from ..laws.legality import legal_moves, why_not
from ..laws.outcome import outcome, worth
from ..laws.state import Ending, State
from ..model.dispute import Case, Dispute
from ..model.levels import MOODS
from ..model.moves import Move
from ..playing import Playing
from ..seen.view import view
from ..voice.voice import about
from .fit import read_shape
from .shapes import Prose, Shape, Text
from .source import Problem, Source, nearest, read_yaml


class StepShape(Shape):
    """One step: `choose` (with `follows`), `offered`, `not offered` (with `because`) or `ends`."""

    choose: Text | None = None
    follows: list[Text] = Field(default=[])
    offered: list[Text] | None = None
    not_offered: Text | None = Field(default=None, alias="not offered")
    because: Text | None = None
    ends: Text | None = None
    why: Text | None = None

    @model_validator(mode="after")
    def _is_one_step(self) -> StepShape:
        kinds = [self.choose, self.offered, self.not_offered, self.ends]
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("write exactly one of choose, offered, not offered and ends in a step")
        if (self.because is None) != (self.not_offered is None):
            raise ValueError("write because, with the reason, beside not offered, and beside nothing else")
        if self.follows and self.choose is None:
            raise ValueError("only a choice has something that follows; write it in the step that has choose")
        return self


class WalkthroughShape(Shape):
    title: Text
    case: str
    kind: Literal["skilled", "mistake"]
    about: Prose
    steps: list[StepShape] = Field(min_length=1)


@dataclass(frozen=True)
class Walkthrough:
    """A walkthrough as its author wrote it, with the file it stands in."""

    source: Source
    parts: WalkthroughShape

    def problem(self, rule: str, what: str, *where: str | int) -> Problem:
        return Problem(self.source.path, self.source.line(*where), rule, what)


def read_walkthrough(path: Path, problems: list[Problem]) -> Walkthrough | None:
    """Read one file, noting every problem of shape; None if there was one."""
    source = read_yaml(path, problems)
    if source is None:
        return None
    parts = read_shape(source, WalkthroughShape, source.data, (), problems)
    return None if parts is None else Walkthrough(source, parts)


def case_named_in(path: Path) -> str:
    """The case that a walkthrough of unsound shape seems to be about; "" if that cannot be told."""
    source = read_yaml(path, [])
    case = source.data.get("case") if source and isinstance(source.data, dict) else None
    return case if isinstance(case, str) else ""


@dataclass(frozen=True)
class End:
    """How a line of moves ends: its worth, the last state, and the moves."""

    worth: int
    state: State
    line: tuple[Move, ...]


def play(walkthrough: Walkthrough, dispute: Dispute, problems: list[Problem]) -> End | None:
    """The end that a walkthrough comes to, whatever else does not hold; None if it comes to none.

    Everything that does not hold is noted: first the names, then what the play itself shows.
    """
    problems += misnamed(walkthrough, dispute)
    return follow(walkthrough, dispute, problems)


# names


def misnamed(walkthrough: Walkthrough, dispute: Dispute) -> list[Problem]:
    """Everything in a walkthrough that is the name of nothing. Nothing is played."""
    parts, problems = walkthrough.parts, list[Problem]()
    moves, statements = set(map(str, dispute.moves)), _everything_that_can_be_said(dispute)
    if parts.case not in dispute.cases:
        what = f"“{parts.case}” is no case of this dispute{nearest(parts.case, dispute.cases)}"
        problems.append(walkthrough.problem("unknown-case", what, "case"))
    for place, step in enumerate(parts.steps):
        for text, *where in _moves_named(step):
            if text not in moves:
                what = f"“{text}” is no move of this dispute{nearest(text, moves)}"
                problems.append(walkthrough.problem("unknown-move", what, "steps", place, *where))
        for item, text in enumerate(step.follows):
            if text not in statements:
                what = f"“{text}” is nothing that can follow in this dispute{nearest(text, statements)}"
                problems.append(walkthrough.problem("unknown-statement", what, "steps", place, "follows", item))
        if step.ends is not None and not _is_ending(step.ends):
            what = (
                f"“{step.ends}” is no ending{nearest(step.ends.partition(', ')[0], ENDINGS)} "
                "(a settlement can be followed by “, unwound”)"
            )
            problems.append(walkthrough.problem("unknown-ending", what, "steps", place, "ends"))
    return problems


def _moves_named(step: StepShape) -> list[tuple[str, *tuple[str | int, ...]]]:
    """The moves that a step speaks of, each with the keys it stands under."""
    named: list[tuple[str, *tuple[str | int, ...]]] = []
    if step.choose is not None:
        named.append((step.choose, "choose"))
    if step.not_offered is not None:
        named.append((step.not_offered, "not offered"))
    return [*named, *((text, "offered", item) for item, text in enumerate(step.offered or []))]


MOST_AIMS = 6
"""So many moves of one technique are all named where it is said what is possible."""

ENDINGS = tuple(ending.name.lower() for ending in Ending if ending)


def _is_ending(text: str) -> bool:
    name, _, tail = text.partition(", ")
    return name in ENDINGS and tail in ("", "unwound")


# what the play shows


def follow(walkthrough: Walkthrough, dispute: Dispute, problems: list[Problem]) -> End | None:
    """Play a walkthrough, noting every step that does not hold; names that are none are passed over.

    A choice that cannot be made, or is no move, ends it: what would have followed nobody knows.
    """
    parts = walkthrough.parts
    if parts.steps[-1].ends is None:
        what = "this does not say how it ends; make its last step, for example, “- ends: settlement”"
        problems.append(walkthrough.problem("walkthrough-open", what, "steps", len(parts.steps) - 1))
    if parts.case not in dispute.cases:
        return None
    case = dispute.case(parts.case)
    statements = _everything_that_can_be_said(dispute)
    playing = Playing(case)
    for place, step in enumerate(parts.steps):
        fault = _Fault(walkthrough, case, playing.now.state, place)
        problems += fault.of_what_is_offered(dispute.by_text)
        if step.choose is not None:
            move = dispute.by_text.get(step.choose)
            if move is None or move not in playing.now.moves:
                return None
            turn = playing.play(move)
            problems += _Fault(walkthrough, case, playing.now.state, place).of_what_follows(turn.events, statements)
        problems += fault.of_the_end()
    return end_of(playing)


def end_of(playing: Playing) -> End | None:
    """The end that a play has come to; None if it goes on."""
    state = playing.now.state
    return End(worth(playing.case, state), state, tuple(turn.move for turn in playing.turns)) if state.ending else None


def possible_now(case: Case, state: State) -> str:
    """What can be done, to stand after a sentence that says what cannot; "" at the end."""
    by_technique: dict[str, list[str]] = {}
    for move in legal_moves(case, state):
        by_technique.setdefault(move.technique, []).append(str(move))
    now = [", ".join(some) if len(some) <= MOST_AIMS else f"{technique} …" for technique, some in by_technique.items()]
    return f" Possible now: {', '.join(now)}." if now else ""


@dataclass(frozen=True)
class _Fault:
    """What is wrong with one step at one moment."""

    walkthrough: Walkthrough
    case: Case
    state: State
    place: int

    @property
    def step(self) -> StepShape:
        return self.walkthrough.parts.steps[self.place]

    def _problem(self, rule: str, what: str, *where: str | int) -> Problem:
        return self.walkthrough.problem(rule, what, "steps", self.place, *where)

    def of_what_is_offered(self, by_text: Mapping[str, Move]) -> Iterator[Problem]:
        """What is chosen or offered must be possible; what is not offered must not be, for the reason given."""
        because = self.step.because
        for text, *where in _moves_named(self.step):
            if text not in by_text:
                continue
            reason = why_not(self.case, self.state, by_text[text])
            if reason and not because:
                what = f"“{text}” should be offered here, but: {reason}{possible_now(self.case, self.state)}"
                yield self._problem("walkthrough-not-offered", what, *where)
            elif because and not reason:
                yield self._problem("walkthrough-offered", f"“{text}” should not be offered here, but it is", *where)
            elif reason and because and because.replace(" ", "_") != reason.key:
                given = reason.key.replace("_", " ")
                what = f"“{text}” is not offered, but not because: {because}; write because: {given} ({reason})"
                yield self._problem("walkthrough-because", what, "because")

    def of_what_follows(self, events: tuple[Event, ...], statements: Collection[str]) -> Iterator[Problem]:
        happened = _happened(self.case, self.state, events)
        so = _so(self.case, self.state)
        for item, text in enumerate(self.step.follows):
            if text in happened or text in so or text not in statements:
                continue
            subject = ["room"] if text.startswith("room ") else text.split()[:2]
            alike = [one for one in so if one.split()[: len(subject)] == subject]
            instead = ", ".join(alike or happened) or "nothing of the kind"
            what = f"“{text}” should follow from “{self.step.choose}”; what followed: {instead}"
            yield self._problem("walkthrough-follows", what, "follows", item)

    def of_the_end(self) -> Iterator[Problem]:
        expected = self.step.ends
        if expected is None or not _is_ending(expected):
            return
        end = outcome(self.case, self.state)
        actual = end and end.ending + (", unwound" if end.holds is False else "")
        if actual != expected:
            instead = f"it ends as “{actual}”" if actual else f"it goes on.{possible_now(self.case, self.state)}"
            yield self._problem("walkthrough-ends", f"it should end here as “{expected}”, but {instead}", "ends")


# statements about what follows


def _happened(case: Case, state: State, events: tuple[Event, ...]) -> list[str]:
    """The statements about events that are true of a move."""
    now, told = view(case, state), [event for event in events if KINDS[event.kind].statement]
    said = [KINDS[event.kind].statement.format(**about(case.dispute, event, now)) for event in told]
    return list(dict.fromkeys(said))


def _so(case: Case, state: State) -> list[str]:
    """The statements about moods and rooms that are true of a state; moods as the side itself feels them."""
    now = view(case, state)
    so = [f"room {now.room} {now.caucus}".rstrip()]
    for side, party in enumerate(case.dispute.parties):
        mood = view(case, state, party.id).moods[side]
        so += [f"{party.id} {name} {words[getattr(mood, name)]}" for name, words in MOODS.items()]
    return so


def _everything_that_can_be_said(dispute: Dispute) -> set[str]:
    names = {kind: list(places) for kind, places in dispute.index.items()}
    names["cue"] = list(dispute.catalogue.cues)
    statements = {"room before", "room joint", *(f"room caucus {party}" for party in names["party"])}
    for party, (mood, words) in product(names["party"], MOODS.items()):
        statements |= {f"{party} {mood} {word}" for word in words}
    for form in filter(None, (kind.statement for kind in KINDS.values())):
        slots = [slot for _, slot, _, _ in Formatter().parse(form) if slot]
        for chosen in product(*(names[slot] for slot in slots)):
            statements.add(form.format(**dict(zip(slots, chosen, strict=True))))
    return statements
