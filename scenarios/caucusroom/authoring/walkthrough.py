"""Walkthroughs: lines of play that a teacher writes down and the engine confirms, decision by decision.

Author time only: needs pydantic and PyYAML. A walkthrough says what is offered, what is not and why,
what is chosen, what follows and how it ends; `run` names the first thing that does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Literal

from pydantic import Field, model_validator

from ..laws.apply import apply, initial, legal_moves, why_not
from ..laws.events import Event
from ..laws.outcome import outcome, worth
from ..laws.state import Ending, State
from ..model.dispute import Case, Dispute
from ..model.levels import MOODS
from ..model.moves import Move
from ..search.bound import most
from ..search.solve import solve
from ..seen.view import view
from ..voice.voice import about
from .fit import read_shape
from .shapes import Prose, Shape, Text
from .source import Problem, Source, nearest, read_yaml

TRIES = 40_000
"""Moves tried, at most, in searching for the best end of a case."""


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
            raise ValueError("write because, with words of the reason, beside not offered, and beside nothing else")
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


@dataclass(frozen=True)
class End:
    """How a line of moves ends: its worth, the last state, and the moves."""

    worth: int
    state: State
    line: tuple[Move, ...]


def run(walkthrough: Walkthrough, scenario: Dispute, best: End | None = None) -> list[Problem]:
    """Play a walkthrough: [] if everything holds, else the first thing that does not.

    `best` is the best end of its case where that is known already; otherwise it is searched for.
    """
    problems: list[Problem] = []
    end = play(walkthrough, scenario, problems)
    if end is not None:
        best = best or best_end(scenario.case(walkthrough.parts.case), end)
        judge(walkthrough, end, best, problems)
    return problems


def play(walkthrough: Walkthrough, scenario: Dispute, problems: list[Problem]) -> End | None:
    """The end that a walkthrough comes to; None after noting the first step that does not hold."""
    parts = walkthrough.parts
    if parts.case not in scenario.truths:
        what = f"“{parts.case}” is no case of this dispute{nearest(parts.case, scenario.cases)}"
        problems.append(walkthrough.problem("unknown-case", what, "case"))
        return None
    case = scenario.case(parts.case)
    state, line = initial(case), []
    for place, step in enumerate(parts.steps):
        problem = _not_as_offered(walkthrough, case, state, place)
        if problem is None and step.choose is not None:
            line.append(Move.of(step.choose))
            state, events = apply(case, state, line[-1])
            problem = _not_as_followed(walkthrough, case, state, events, place)
        if problem is None and step.ends is not None:
            problem = _not_as_ended(walkthrough, case, state, place)
        if problem is not None:
            problems.append(problem)
            return None
    if parts.steps[-1].ends is None:
        what = "this does not say how it ends; make its last step, for example, “- ends: settlement”"
        problems.append(walkthrough.problem("walkthrough-open", what, "steps", len(parts.steps) - 1))
        return None
    return End(worth(case, state), state, tuple(line))


def best_end(case: Case, known: End | None = None) -> End:
    """The best end of a case: a known one, or a better one if the search finds it."""
    if known and known.worth >= most(case, initial(case)):
        return known
    solution = solve(case, tries=TRIES)
    if known and known.worth >= solution.worth:
        return known
    state = initial(case)
    for move in solution.line:
        state, _ = apply(case, state, move)
    return End(solution.worth, state, solution.line)


def judge(walkthrough: Walkthrough, end: End, best: End, problems: list[Problem]) -> None:
    """Note a skilled line that misses the best end of its case, or a mistake that reaches it."""
    parts = walkthrough.parts
    if parts.kind == "skilled" and end.worth < best.worth:
        better = "; ".join(map(str, best.line))
        what = f"a skilled line must reach the best end of case {parts.case}; this one does: {better}"
        problems.append(walkthrough.problem("walkthrough-not-best", what, "kind"))
    if parts.kind == "mistake" and end.worth >= best.worth:
        what = f"a mistake must cost something, but this is the best end of case {parts.case}; change its steps"
        problems.append(walkthrough.problem("mistake-without-cost", what, "kind"))


# one step


def _not_as_offered(walkthrough: Walkthrough, case: Case, state: State, place: int) -> Problem | None:
    """What is chosen or offered must be possible; what is not offered must not be, for the reason given."""
    step = walkthrough.parts.steps[place]
    by_text = {str(move): move for move in case.dispute.moves}
    named: list[tuple[str | None, tuple[str | int, ...]]] = [
        (step.choose, ("choose",)),
        (step.not_offered, ("not offered",)),
        *((text, ("offered", item)) for item, text in enumerate(step.offered or [])),
    ]
    for text, where in named:
        if text is None:
            continue
        if text not in by_text:
            rule, what = "unknown-move", f"“{text}” is no move of this dispute{nearest(text, by_text)}"
            return walkthrough.problem(rule, what, "steps", place, *where)
        reason = why_not(case, state, by_text[text])
        if reason and not step.because:
            rule = "walkthrough-not-offered"
            what = f"“{text}” should be offered here, but: {reason}{_possible(case, state)}"
        elif step.because and not reason:
            rule, what = "walkthrough-offered", f"“{text}” should not be offered here, but it is"
        elif step.because and step.because.lower() not in reason.lower():
            rule, where = "walkthrough-because", ("because",)
            what = f"“{text}” is not offered, but not because “{step.because}”; the reason given is: {reason}"
        else:
            continue
        return walkthrough.problem(rule, what, "steps", place, *where)
    return None


def _possible(case: Case, state: State) -> str:
    now = ", ".join(map(str, legal_moves(case, state)))
    return f" Possible now: {now}." if now else ""


def _not_as_followed(
    walkthrough: Walkthrough, case: Case, state: State, events: tuple[Event, ...], place: int
) -> Problem | None:
    step = walkthrough.parts.steps[place]
    happened = _happened(case, state, events)
    so = _so(case, state)
    known = _everything_that_can_be_said(case.dispute)
    for item, text in enumerate(step.follows):
        if text in happened or text in so:
            continue
        if text not in known:
            rule = "unknown-statement"
            what = f"“{text}” is nothing that can follow in this dispute{nearest(text, known)}"
        else:
            subject = ["room"] if text.startswith("room ") else text.split()[:2]
            alike = [one for one in so if one.split()[: len(subject)] == subject]
            instead = ", ".join(alike or happened) or "nothing of the kind"
            rule = "walkthrough-follows"
            what = f"“{text}” should follow from “{step.choose}”; what followed: {instead}"
        return walkthrough.problem(rule, what, "steps", place, "follows", item)
    return None


def _not_as_ended(walkthrough: Walkthrough, case: Case, state: State, place: int) -> Problem | None:
    expected = walkthrough.parts.steps[place].ends or ""
    endings = [ending.name.lower() for ending in Ending if ending]
    name, _, tail = expected.partition(", ")
    if name not in endings or tail not in ("", "unwound"):
        what = f"“{expected}” is no ending{nearest(name, endings)} (a settlement can be followed by “, unwound”)"
        return walkthrough.problem("unknown-ending", what, "steps", place, "ends")
    end = outcome(case, state)
    actual = end and end.ending + (", unwound" if end.holds is False else "")
    if actual == expected:
        return None
    instead = f"it ends as “{actual}”" if actual else f"it goes on.{_possible(case, state)}"
    what = f"it should end here as “{expected}”, but {instead}"
    return walkthrough.problem("walkthrough-ends", what, "steps", place, "ends")


# statements about what follows

_EVENTS = {
    "found": "found {barrier}",
    "helped": "answered {barrier}",
    "homework": "answered {barrier}",
    "cue": "cue {cue} from {party}",
    "interest": "interest {party} {issue}",
    "confided": "confided {fact}",
    "cleared": "cleared {fact}",
    "shared": "shared {fact}",
    "developed": "developed {issue}",
    "accepts": "{party} accepts {option}",
    "refuses": "{party} refuses {option}",
    "agreed": "agreed {issue}",
    "wall": "wall {party}",
    "missed": "missed {party}",
    "early": "early {party}",
    "hurt": "hurt {party}",
    "walked_out": "walked out {party}",
    "breach": "breach",
}
"""How each kind of event is written in `follows`; the names in it are those of `voice.about`."""


def _happened(case: Case, state: State, events: tuple[Event, ...]) -> list[str]:
    """The statements about events that are true of a move."""
    now, told = view(case, state), [event for event in events if event.kind in _EVENTS]
    said = [_EVENTS[event.kind].format(**about(case.dispute, event, now)) for event in told]
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
    for form in _EVENTS.values():
        slots = [slot for _, slot, _, _ in Formatter().parse(form) if slot]
        for chosen in product(*(names[slot] for slot in slots)):
            statements.add(form.format(**dict(zip(slots, chosen, strict=True))))
    return statements
