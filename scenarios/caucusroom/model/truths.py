"""What may be true in a dispute: for each side its unknowns, and a truth as one choice for each of them.

What holds back one side is chosen without a look at the other, so the truths of a dispute are all pairs of what may
be true of the first and of the second.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from .levels import TABLE
from .sides import SIDES, Side

if TYPE_CHECKING:
    from .dispute import Dispute

NOTHING = "nothing"
"""The alternative that there is nothing of the kind."""

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
TRIES = 100_000
"""Draws before it is given up to find choices that may go together."""

Choice: TypeAlias = tuple[int, ...]
"""The place of one alternative for each question of a side, and of one cue for each barrier and each habit."""


class Alternative(NamedTuple):
    """One answer to an unknown: things that are then real, as masks, and how far the side can go.

    `things` are the ids of barriers, facts and limits; () is nothing. `floors` are pairs of an issue and the least
    that the side then takes on it.
    """

    things: tuple[str, ...]
    barriers: int
    facts: int
    floors: tuple[tuple[int, int], ...]


class Tally(NamedTuple):
    """What some alternatives come to: how many barriers and facts, and which things."""

    barriers: int
    facts: int
    things: frozenset[str]


class Unknown(NamedTuple):
    """A question about a side that nobody across the table can answer, with what may be the answer to it."""

    id: str
    asks: str
    alternatives: tuple[Alternative, ...]


class Unknowns(NamedTuple):
    """All of a side. `barriers` and `facts` are the fewest and the most of them in a truth; `apart` what may not go
    together; `story` begins what is told of this side after the end. `signs` are the cues by which each barrier of the
    side may show, by its place, and `habits` those it may show by habit, by that of the issue, or `TABLE`."""

    story: str
    barriers: tuple[int, int]
    facts: tuple[int, int]
    apart: tuple[frozenset[str], ...]
    questions: tuple[Unknown, ...]
    signs: tuple[tuple[int, tuple[str, ...]], ...]
    habits: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def ways(self) -> list[int]:
        """How many ways there are for each place of a choice."""
        shown = [len(cues) for _, cues in (*self.signs, *self.habits)]
        return [*(len(unknown.alternatives) for unknown in self.questions), *shown]

    def chosen(self, choice: Choice) -> list[Alternative]:
        return [unknown.alternatives[place] for unknown, place in zip(self.questions, choice, strict=False)]

    def shown(self, choice: Choice) -> tuple[dict[int, str], dict[int, str]]:
        """By which cue each barrier shows, and each habit."""
        picked = iter(choice[len(self.questions) :])
        signs, habits = ({place: cues[next(picked)] for place, cues in kind} for kind in (self.signs, self.habits))
        return signs, habits

    def go_together(self, choice: Choice) -> bool:
        """Whether this is a truth of the side: neither too much nor too little, and nothing that excludes another."""
        tally = _tally(self.chosen(choice))
        return self._enough(tally) and not self._too_much(tally)

    def _enough(self, tally: Tally) -> bool:
        return tally.barriers >= self.barriers[0] and tally.facts >= self.facts[0]

    def _too_much(self, tally: Tally) -> bool:
        """Whether no more choices could make a truth of what was chosen."""
        if tally.barriers > self.barriers[1] or tally.facts > self.facts[1]:
            return True
        return any(apart <= tally.things for apart in self.apart)

    @property
    def how_many(self) -> int:
        """How many truths this side has, by what is real in them: as many as there are `choices`.

        Counted question by question; what was chosen alike, as far as the next questions care, is counted together.
        """
        excluding = frozenset().union(*self.apart)
        ways = Counter({_tally(()): 1})
        for unknown in self.questions:
            following: Counter[Tally] = Counter()
            for tally, many in ways.items():
                for barriers, facts, things in (_tally((one,)) for one in unknown.alternatives):
                    after = Tally(tally.barriers + barriers, tally.facts + facts, tally.things | things & excluding)
                    if not self._too_much(after):
                        following[after] += many
            ways = following
        return sum(many for tally, many in ways.items() if self._enough(tally))

    @property
    def choices(self) -> Iterator[Choice]:
        """Every truth of this side, showing by its first signs."""
        return map(self._plainly, self._completed(()))

    def _completed(self, begun: Choice) -> Iterator[Choice]:
        """Every choice for the questions that begins so and may go together."""
        if len(begun) == len(self.questions):
            yield from (begun,) if self.go_together(begun) else ()
        elif not self._too_much(_tally(self.chosen(begun))):
            for place in range(len(self.questions[len(begun)].alternatives)):
                yield from self._completed((*begun, place))

    def _plainly(self, chosen: Iterable[int]) -> Choice:
        """A choice for each question, showing by the first signs."""
        return (*chosen, *(0,) * (len(self.signs) + len(self.habits)))

    def choice(self, things: Iterable[str]) -> Choice | None:
        """The choice that makes just these things real; None if there is none."""
        wanted = set(things)
        choice = []
        for unknown in self.questions:
            fitting = [place for place, one in enumerate(unknown.alternatives) if wanted.issuperset(one.things)]
            if not fitting:
                return None
            choice.append(max(fitting, key=lambda place: len(unknown.alternatives[place].things)))
        made = {thing for one in self.chosen(tuple(choice)) for thing in one.things}
        return self._plainly(choice) if made == wanted else None

    def draw(self, lot: str) -> Choice:
        """The truth of this side that a lot falls on: the same for the same lot, each as likely as every other."""
        each = self.ways
        for attempt in range(TRIES):
            rest = int.from_bytes(hashlib.sha256(f"{lot}\n{attempt}".encode()).digest())
            choice = []
            for ways in each:
                rest, place = divmod(rest, ways)
                choice.append(place)
            if self.go_together(tuple(choice)):
                return tuple(choice)
        raise ValueError("No choice of the alternatives may go together: ask `caucusroom check` what is wrong.")

    def written(self, choice: Choice) -> str:
        """A choice as a short text, which says nothing to a reader."""
        number = 0
        for ways, place in zip(reversed(self.ways), reversed(choice), strict=True):
            number = number * ways + place
        text = ""
        while number or not text:
            number, digit = divmod(number, len(DIGITS))
            text = DIGITS[digit] + text
        return text

    def read(self, text: str) -> Choice | None:
        """The choice that was written so; None if it is none."""
        if not text or len(text) > len(DIGITS) or set(text) - set(DIGITS):
            return None
        number, choice = int(text, len(DIGITS)), []
        for ways in self.ways:
            number, place = divmod(number, ways)
            choice.append(place)
        sound = not number and self.written(tuple(choice)) == text and self.go_together(tuple(choice))
        return tuple(choice) if sound else None


def _tally(chosen: Sequence[Alternative]) -> Tally:
    return Tally(
        sum(one.barriers.bit_count() for one in chosen),
        sum(one.facts.bit_count() for one in chosen),
        frozenset(thing for one in chosen for thing in one.things),
    )


Choices: TypeAlias = tuple[Choice, Choice]


class Truth(NamedTuple):
    """What is true this time: which barriers and facts are real, how they show, and the least each side takes.

    `shows` are the cues by the place of the barrier, `habits` those that a side shows by habit: per issue, and last
    for the whole table; or "". `floors` are the reservation points, 0..5 for each side and issue, on the scale of
    `Option.worth`; `truth` is all of it told as a story, for after the end.
    """

    id: str
    title: str
    truth: str
    barriers: int
    facts: int
    floors: tuple[tuple[int, ...], tuple[int, ...]]
    shows: Mapping[int, str]
    habits: tuple[tuple[str, ...], tuple[str, ...]]
    choices: Choices


def drawn(dispute: Dispute, lot: str) -> str:
    """The id of the truth that a lot falls on, for each side by itself."""
    return _id(dispute, tuple(own.draw(f"{lot}\n{side}") for own, side in zip(dispute.unknowns, SIDES, strict=True)))


def read_id(dispute: Dispute, id: str) -> Choices | None:
    """The choices of a drawn truth; None if it is no id of one."""
    texts = id.split(".")
    if len(texts) != len(SIDES):
        return None
    first, second = (own.read(text) for own, text in zip(dispute.unknowns, texts, strict=True))
    return None if first is None or second is None else (first, second)


def choices_of(unknowns: Sequence[Unknowns], things: Iterable[str]) -> Choices | None:
    """The choices that make just these barriers, facts and limits real; None if that is no truth."""
    wanted, found = set(things), []
    for own in unknowns:
        its = {thing for unknown in own.questions for one in unknown.alternatives for thing in one.things} & wanted
        choice = own.choice(its)
        if choice is None or not own.go_together(choice):
            return None
        wanted -= its
        found.append(choice)
    return None if wanted else (found[0], found[1])


def with_things(dispute: Dispute, things: Iterable[str]) -> str:
    """The id of the truth in which just these barriers, facts and limits are real; ValueError if there is none."""
    named = sorted(things)
    choices = choices_of(dispute.unknowns, named)
    if choices is None:
        raise ValueError(f"No truth of {dispute.id} is made of just these: {', '.join(named)}.")
    return _id(dispute, choices)


def truth_of(dispute: Dispute, choices: Choices, id: str = "", title: str = "") -> Truth:
    """The truth that is made of these choices."""
    chosen = [one for own, choice in zip(dispute.unknowns, choices, strict=True) for one in own.chosen(choice)]
    barriers, facts = 0, 0
    for one in chosen:
        barriers |= one.barriers
        facts |= one.facts
    floors = [list(row) for row in dispute.floors]
    habits = [[""] * (len(dispute.issues) + 1) for _ in SIDES]
    shows: dict[int, str] = {}
    for side, own, choice in zip(SIDES, dispute.unknowns, choices, strict=True):
        for one in own.chosen(choice):
            for issue, least in one.floors:
                floors[side][issue] = least
        signs, own_habits = own.shown(choice)
        shows |= signs
        for place, cue in own_habits.items():
            habits[side][place] = cue
    story = "\n\n".join(_told(dispute, side, choices[side]) for side in SIDES)
    return Truth(
        id or _id(dispute, choices),
        title or "; ".join(filter(None, (_named(dispute, side, choices[side]) for side in SIDES))),
        story,
        barriers,
        facts,
        (tuple(floors[0]), tuple(floors[1])),
        shows,
        (tuple(habits[0]), tuple(habits[1])),
        choices,
    )


def _id(dispute: Dispute, choices: Sequence[Choice]) -> str:
    return ".".join(own.written(choice) for own, choice in zip(dispute.unknowns, choices, strict=True))


def _told(dispute: Dispute, side: Side, choice: Choice) -> str:
    """What was true of a side, in the order in which it makes sense: the table, each issue, how far it could go."""
    own = dispute.unknowns[side]
    things = {thing for one in own.chosen(choice) for thing in one.things}
    parts = [own.story]
    for place in (TABLE, *range(len(dispute.issues))):
        parts += [barrier.story for barrier in dispute.barriers if barrier.id in things and barrier.issue == place]
        parts += [fact.story for fact in dispute.facts if fact.id in things and fact.issue == place]
    parts += [limit.story for limit in dispute.limits if limit.id in things]
    return " ".join(filter(None, parts))


def _named(dispute: Dispute, side: Side, choice: Choice) -> str:
    """The names of what stood in a side's way, with its own; "" if nothing did."""
    things = {thing for one in dispute.unknowns[side].chosen(choice) for thing in one.things}
    names = [barrier.name for barrier in dispute.barriers if barrier.id in things]
    return f"{dispute.parties[side].name}: {', '.join(names)}" if names else ""
