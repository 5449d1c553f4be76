"""What a dispute is, and what may be true in it: data, compiled from an author's YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from . import answers
from .catalogue import NOT_READY, Catalogue
from .levels import TABLE
from .lines import Line, Shelf, shelved
from .moves import Move
from .plan import DAYS, STAGES, Plan
from .sides import SIDES, Side
from .truths import Choices, Truth, Unknowns, read_id, truth_of

CASES_KEPT = 64
"""Truths that are kept laid out, the latest."""


class Person(NamedTuple):
    id: str
    name: str
    role: str
    seat: str
    voice: str
    party: str


class Party(NamedTuple):
    id: str
    name: str
    people: tuple[Person, ...]
    alternatives: Mapping[str, str]
    """Its alternative to an agreement (the field says BATNA), as it sees it and as it is."""


class Issue(NamedTuple):
    id: str
    name: str
    positions: Mapping[str, str]
    interests: Mapping[str, str]


class Option(NamedTuple):
    """A way to resolve one issue; `worth` is 0..5 for each side, in the order of the parties."""

    id: str
    issue: int
    text: str
    worth: tuple[int, int]
    open: bool
    needs: int


class Fact(NamedTuple):
    """Something one side knows, and who of it. `guard` is the trust it takes to be told; `effects` are of the six."""

    id: str
    party: Side
    issue: int
    who: str
    name: str
    text: str
    carried_as: str
    guard: int
    effects: frozenset[str]
    story: str


class Barrier(NamedTuple):
    """One cause at work in one side, on one issue or (`issue == TABLE`) on the whole table.

    It is told by `who`, and shows by one of `cues`, the first in the cases that have a name. `resists` are techniques
    that the catalogue has against the cause and that do not reach this person, each with what is said when one is
    tried.
    """

    id: str
    party: Side
    issue: int
    who: str
    name: str
    cause: str
    cues: tuple[str, ...]
    depth: int
    resists: Mapping[str, str]
    found: str
    story: str


class Limit(NamedTuple):
    """How far a side can go where that differs from what it takes otherwise."""

    id: str
    party: Side
    name: str
    story: str


class Named(NamedTuple):
    """A truth that teachers speak of by a letter."""

    title: str
    choices: Choices


class Clock(NamedTuple):
    """When a day starts, in minutes after midnight, and the plans there are: see `plan.DAYS` and `plan.STAGES`."""

    starts: int
    plans: tuple[Plan, Plan]

    @property
    def longest(self) -> int:
        """The ticks of the longest sitting."""
        return max(plan.length for plan in self.plans)

    @property
    def most_sittings(self) -> int:
        return max(plan.sittings for plan in self.plans)

    @property
    def more_in_stages(self) -> int:
        """How many sittings more the stages are than the days they replace."""
        return self.plans[STAGES].sittings - self.plans[DAYS].sittings


class Scene(NamedTuple):
    """A few decisions in the middle of a case: what has happened before, and how many follow.

    `told` says where one is, `asks` what to try, and `after` what to look for in the decisions that were made.
    """

    id: str
    title: str
    case: str
    moves: tuple[str, ...]
    told: str
    asks: str
    decisions: int
    after: str


@dataclass(frozen=True)
class Dispute:
    """A dispute. `content` is the hash of everything in it that a replay depends on."""

    id: str
    title: str
    summary: str
    opening: str
    content: str
    clock: Clock
    moods: Mapping[str, tuple[int, int]]
    parties: tuple[Party, Party]
    issues: tuple[Issue, ...]
    options: tuple[Option, ...]
    facts: tuple[Fact, ...]
    barriers: tuple[Barrier, ...]
    floors: tuple[tuple[int, ...], tuple[int, ...]]
    """The least that each side takes on each issue, where no limit says otherwise."""
    limits: tuple[Limit, ...]
    unknowns: tuple[Unknowns, Unknowns]
    named: Mapping[str, Named]
    endings: Mapping[str, str]
    lines: tuple[Line, ...]
    catalogue: Catalogue = field(repr=False)
    scenes: tuple[Scene, ...] = ()

    @property
    def cases(self) -> tuple[str, ...]:
        """The ids of the truths that have a name, for teaching."""
        return tuple(self.named)

    @cached_property
    def truths(self) -> int:
        """How many there are, by what is real in them; by which signs it shows is drawn besides."""
        first, second = self.unknowns
        return first.how_many * second.how_many

    def case(self, id: str) -> Case:
        """The dispute with one of its truths, a named one or one that was drawn; ValueError for what is neither."""
        case = self._cases.get(id)
        if case is None:
            named = self.named.get(id)
            choices = named.choices if named else read_id(self, id)
            if choices is None:
                there_are = ", ".join(self.cases)
                raise ValueError(f"The dispute {self.id} has no case “{id}”. Its cases are: {there_are}.")
            case = Case(self, truth_of(self, choices, id, named.title if named else ""))
            while len(self._cases) >= CASES_KEPT:
                del self._cases[next(iter(self._cases))]
            self._cases[id] = case
        return case

    def scene(self, id: str) -> Scene:
        """One of its scenes; ValueError if there is none of that name."""
        for scene in self.scenes:
            if scene.id == id:
                return scene
        there_are = ", ".join(scene.id for scene in self.scenes) or "none"
        raise ValueError(f"The dispute {self.id} has no scene “{id}”. Its scenes are: {there_are}.")

    @cached_property
    def _cases(self) -> dict[str, Case]:
        return {}

    @cached_property
    def people(self) -> Mapping[str, Person]:
        return {person.id: person for party in self.parties for person in party.people}

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Every move this dispute knows, possible now or not, sorted."""
        targets = {
            "none": ("",),
            "party": tuple(party.id for party in self.parties),
            "person": tuple(person.id for person in self.people.values() if person.seat != "remote"),
            "cue": tuple(self.catalogue.cues),
            "issue": tuple(issue.id for issue in self.issues),
            "fact": tuple(fact.id for fact in self.facts),
            "option": tuple(option.id for option in self.options),
        }
        return tuple(
            sorted(
                Move(technique.id, target)
                for technique in self.catalogue.techniques.values()
                for target in targets[technique.target]
            )
        )

    @cached_property
    def by_text(self) -> Mapping[str, Move]:
        """The same by their text."""
        return {str(move): move for move in self.moves}

    @cached_property
    def places(self) -> Mapping[Move, int]:
        """The place of each in that order."""
        return {move: place for place, move in enumerate(self.moves)}

    def side(self, id: str) -> Side:
        """The side that a party's id names."""
        return SIDES[self.index["party"][id]]

    @cached_property
    def shelves(self) -> Mapping[tuple[str, str], Shelf]:
        """The lines by party ("" for the mediator) and occasion."""
        return shelved(self.lines, {id: person.party for id, person in self.people.items()})

    @cached_property
    def standings(self) -> dict[Any, Any]:
        """What `laws.legality` has already worked out, by all that it depends on."""
        return {}

    @cached_property
    def answers(self) -> tuple[frozenset[str], ...]:
        """For each barrier the techniques that answer it by themselves."""
        catalogue = self.catalogue
        return tuple(
            frozenset(one for one in catalogue.techniques if answers.reaches(catalogue, barrier, one))
            for barrier in self.barriers
        )

    @cached_property
    def credence(self) -> tuple[tuple[int, ...], ...]:
        """For each side and issue the mask of the other side's facts that, shown, let it take less."""
        return tuple(
            tuple(
                sum(
                    1 << place
                    for place, fact in enumerate(self.facts)
                    if fact.party != side and fact.issue == issue and "credence" in fact.effects
                )
                for issue in range(len(self.issues))
            )
            for side in SIDES
        )

    @cached_property
    def index(self) -> Mapping[str, Mapping[str, int]]:
        """`index["fact"]["some_id"]` is the place of a thing in the dispute's own order."""
        kinds: dict[str, tuple[Any, ...]] = {
            "party": self.parties,
            "person": tuple(self.people.values()),
            "cue": tuple(self.catalogue.cues.values()),
            "issue": self.issues,
            "option": self.options,
            "fact": self.facts,
            "barrier": self.barriers,
        }
        return {kind: {thing.id: place for place, thing in enumerate(things)} for kind, things in kinds.items()}


class Case:
    """A dispute together with one of its truths, laid out as the masks the rules look things up in.

    Masks are over the dispute's own order of barriers. `on[party][topic]` are the barriers that stand in
    that side's way when that issue is on the table (those of the whole table included).
    """

    def __init__(self, dispute: Dispute, truth: Truth) -> None:
        self.dispute = dispute
        self.id = truth.id
        self.truth = truth
        self.techniques = dispute.catalogue.techniques
        self.index = dispute.index
        self.real = tuple(
            (1 << place, barrier) for place, barrier in enumerate(dispute.barriers) if truth.barriers >> place & 1
        )
        issues = range(len(dispute.issues))
        self.on = tuple(
            tuple(self._mask(lambda b, p=p, i=i: b.party == p and b.issue in (i, TABLE)) for i in issues) for p in SIDES
        )
        self.angry = tuple(
            tuple(self.on[p][i] & self._mask(lambda b: dispute.catalogue.causes[b.cause].anger) for i in issues)
            for p in SIDES
        )
        self.unready = self._mask(lambda b: b.cause == NOT_READY)
        self.anywhere = tuple(self._mask(lambda b, p=p: b.party == p) for p in SIDES)
        self.real_facts = tuple(
            (1 << place, fact) for place, fact in enumerate(dispute.facts) if truth.facts >> place & 1
        )
        self.credence = dispute.credence
        self.ways = {bit: self._ways(barrier) for bit, barrier in self.real}
        self.best_option = tuple(self._best_option(i) for i in issues)
        self.best_value = tuple(sum(dispute.options[o].worth) if o >= 0 else -1 for o in self.best_option)

        self.side = dispute.side

    def cue(self, barrier: Barrier) -> str:
        """The sign by which it shows this time."""
        return self.truth.shows[self.index["barrier"][barrier.id]]

    def _mask(self, wanted: Any) -> int:
        return sum(bit for bit, barrier in self.real if wanted(barrier))

    def _ways(self, barrier: Barrier) -> frozenset[str]:
        """The techniques that answer a barrier, sharing among them if something that can be shared does."""
        own = self.dispute.answers[self.index["barrier"][barrier.id]]
        shared = any(answers.told(self.dispute.catalogue, barrier, fact) for _, fact in self.real_facts)
        return own | {answers.SHARING} if shared else own

    def _best_option(self, issue: int) -> int:
        """The option worth most to both together that both can ever accept, or -1."""
        dispute, real = self.dispute, self.truth.facts

        def acceptable(place: int) -> bool:
            option = dispute.options[place]
            return (
                option.issue == issue
                and not option.needs & ~real
                and all(
                    option.worth[p] >= self.truth.floors[p][issue] - (self.credence[p][issue] & real).bit_count()
                    and all(self.ways[bit] for bit, b in self.real if b.party == p and b.issue in (issue, TABLE))
                    for p in SIDES
                )
            )

        fitting = [place for place in range(len(dispute.options)) if acceptable(place)]
        return max(fitting, key=lambda place: sum(dispute.options[place].worth), default=-1)

    def __repr__(self) -> str:
        return f"<case {self.id} of {self.dispute.id}>"
