"""What a judged mediation is: plain values, the same for the room, the page, the grade and the tests.

Nothing here knows how a judgement is made. Ids are those of the dispute and the catalogue; texts are ready to
be read. A report is a pure function of a transcript: judged twice, it is equal to the last byte.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from .finding import Finding

TOP = 4
"""The highest level of a criterion."""

MET, MISSED, WORSE = "met", "missed", "worse"
OUTCOMES = (MET, MISSED, WORSE)
"""What became of an occasion."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision that was possible: its text as a move, its name in words, and the label it would have had."""

    move: str
    name: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Look:
    """A side as the mediator last saw it, levels 0..3 (see `model.levels.MOODS`); `now` if it is in the room."""

    heat: int
    trust: int
    strain: int
    suspicion: int
    now: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, judged on what could be known before it.

    `room` is before, joint or caucus, `party` the side in the caucus, both as they were when it was taken;
    `day` counts from 1, `minutes` into it. `knowable` are sentences: what could be known then.
    `findings` has at least one, the one that gives the label first. `better` are the possible choices with a
    better label, or with the same one where there is none better; all of them. `looks` are the two sides after it,
    None if never seen.
    """

    number: int
    move: str
    name: str
    words: str
    room: str
    party: str
    topic: str
    day: int
    minutes: int
    label: str
    criterion: str
    reason: str
    sources: tuple[str, ...]
    findings: tuple[Finding, ...]
    knowable: tuple[str, ...]
    better: tuple[Choice, ...]
    looks: tuple[Look | None, Look | None]
    waiting: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that called for a decision, and what became of it: met, missed or made worse.

    `since` is the decision whose answer raised it, 0 what stood from the beginning; `decisions` met it, or made it
    worse. `earned` of `weight` counts for the criterion.
    """

    id: str
    criterion: str
    party: str
    since: int
    text: str
    outcome: str
    decisions: tuple[int, ...]
    weight: int
    earned: int


@dataclass(frozen=True, slots=True)
class Score:
    """One of the nine criteria, judged by its occasions.

    `earned` of `called` is the share of what called for a decision that was met; `weak` and `harmful` decisions, which
    stand beside the occasions, are part of what it is held against. `level` is the word for that share, None where
    nothing put it to the test: its weight goes to the others. `anchor` describes the level; `points` of `weight` count
    for the total, caps included. `decisions` are all that count for or against it.
    """

    id: str
    number: int
    name: str
    gate: bool
    weight: int
    called: int
    earned: int
    level: int | None
    points: int
    anchor: str
    occasions: tuple[Occasion, ...]
    weak: tuple[int, ...]
    harmful: tuple[int, ...]
    decisions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cap:
    """The most the total can be because of something that was done; `criterion` an id."""

    total: int
    criterion: str
    reason: str
    decisions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FactHistory:
    """A fact the mediator came to know of: whose, and at which decision (0: never) it took each step of its life.

    `breached` is the decision that passed it on without consent, 0 if none did.
    """

    id: str
    party: str
    text: str
    confided: int
    cleared: int
    shared: int
    breached: int


@dataclass(frozen=True, slots=True)
class CauseHistory:
    """Something that stood in a side's way and was found: the decision that found it and the one that answered it."""

    id: str
    party: str
    issue: str
    cause: str
    text: str
    found: int
    answered: int


@dataclass(frozen=True, slots=True)
class Gap:
    """How an issue closed. `positions` are where the two sides stood.

    `steps` has one value a decision: 4 positions only, 3 one side's interest known, 2 both, 1 options
    developed, 0 agreed. `offers` are (decision, option text, answers in words). `agreed` is a text or "".
    """

    issue: str
    name: str
    positions: tuple[str, str]
    steps: tuple[int, ...]
    offers: tuple[tuple[int, str, str], ...]
    agreed: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """What nobody had told the mediator by the end: a cause (its name and what it was) or a fact."""

    kind: str
    party: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended and what was true: only in the report of a mediation that is over. It earns no points."""

    id: str
    title: str
    text: str
    agreed: tuple[str, ...]
    holds: bool | None
    case: str
    truth: str
    hidden: tuple[Hidden, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A mediation judged: every decision, nine criteria, and once it is over a total out of 100.

    `parent` is the attempt this one branched from, 0 if none, `kept` how many of its decisions were kept.
    `edition` is that of the rules it was played under, `judge_edition` that of the judge.
    `harm` are points that harmful decisions take off the sum; with the caps it gives the total. `ending` is None while
    the mediation lasts: it has no total then, and no points.
    """

    dispute: str
    title: str
    content: str
    edition: int
    judge_edition: int
    case: str
    player: str
    attempt: int
    attempts: int
    parent: int
    kept: int
    hints: tuple[tuple[int, int], ...]
    parties: tuple[tuple[str, str], tuple[str, str]]
    starts: int
    decisions: tuple[Decision, ...]
    criteria: tuple[Score, ...]
    caps: tuple[Cap, ...]
    harm: int
    total: int | None
    causes: tuple[CauseHistory, ...]
    facts: tuple[FactHistory, ...]
    gaps: tuple[Gap, ...]
    ending: Ending | None
    notices: tuple[str, ...]

    def as_json(self) -> str:
        """The whole report as JSON text, the same to the byte for the same transcript."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)
