"""The working copy of a state while one move is carried out: read it, change it, note what is perceived.

Every change here is a monotone step: a side that was better off before it is never worse off after it.
"""

from __future__ import annotations

from operator import attrgetter
from typing import NamedTuple

from ..model.dispute import Barrier, Case
from ..model.gathering import EVERYBODY, alone_in, sides_in
from ..model.levels import DOUBTING, LATE, LONGEST_WAIT, MOST, TABLE, VERY_LATE
from ..model.plan import Plan
from ..model.sides import SIDES, Side
from .events import Event
from .state import PAIRS, Ending, State


class Feeling(NamedTuple):
    """How a side seems to everybody who sits with it."""

    heat: int
    trust: int
    suspicion: int


_ALL = attrgetter(*State._fields)
_PAIRS = tuple(place for place, name in enumerate(State._fields) if name in PAIRS)


def trusts(moment: State | Draft, side: Side) -> int:
    """Trust in the mediator as it works now: a side that doubts what goes on next door holds back."""
    return max(0, moment.trust[side] - (moment.suspicion[side] >= DOUBTING))


def strained(moment: State | Draft, follows: Plan, side: Side) -> int:
    """Strain as it works now: late in a long day everybody has less left."""
    late = 0 if follows.staged else (moment.clock <= LATE) + (moment.clock <= VERY_LATE)
    return min(MOST, moment.strain[side] + late)


class Draft:
    """A mutable state of one case, with the events that happen. Its fields are those of `State`, pairs as lists."""

    __slots__ = (*State._fields, "case", "events")

    def __init__(self, case: Case, state: State) -> None:
        self.case = case
        self.events: list[Event] = []
        # One by one, in the order of `State`: a draft is made for every move that a search tries.
        (
            self.gathered, self.topic, self.plan, self.days, self.clock,
            heat, trust, strain, suspicion, waiting,
            self.owed, self.flags, self.taint, self.heard, self.followed, self.found, self.answered, self.known,
            self.confided, self.cleared, self.shared, self.developed, self.agreed, self.ending,
        ) = state  # fmt: skip
        self.heat, self.trust, self.strain = list(heat), list(trust), list(strain)
        self.suspicion, self.waiting = list(suspicion), list(waiting)

    def freeze(self) -> State:
        values = list(_ALL(self))
        for place in _PAIRS:
            values[place] = tuple(values[place])
        return State._make(values)

    # what is so

    @property
    def joint(self) -> bool:
        return self.gathered == EVERYBODY

    @property
    def alone(self) -> Side | None:
        """The side that the mediator is alone with."""
        return alone_in(self.gathered)

    @property
    def present(self) -> tuple[Side, ...]:
        """The sides the mediator can talk to: both, except in a caucus."""
        return sides_in(self.gathered) or SIDES

    @property
    def follows(self) -> Plan:
        """The plan that the days follow."""
        return self.case.dispute.clock.plans[self.plan]

    def name(self, side: Side) -> str:
        return self.case.dispute.parties[side].id

    def trusts(self, side: Side) -> int:
        return trusts(self, side)

    def strained(self, side: Side) -> int:
        return strained(self, self.follows, side)

    def is_heard(self, side: Side) -> bool:
        """Whether this side's anger, if it has any on this topic, has been answered."""
        return not self.case.angry[side][self.topic] & ~self.answered

    @property
    def feelings(self) -> tuple[Feeling, Feeling]:
        first, second = (Feeling(self.heat[side], self.trusts(side), self.suspicion[side]) for side in SIDES)
        return first, second

    def standing(self, side: Side) -> int:
        """The mask of this side's barriers that stand in the way on the topic."""
        return self.case.on[side][self.topic] & ~self.answered

    def hidden(self, side: Side) -> Barrier | None:
        """The foremost barrier on the topic that has not been found: the one whose cue shows."""
        mask = self.case.on[side][self.topic] & ~self.found & ~self.answered
        own = [b for bit, b in self.case.real if mask & bit]
        return next((b for b in own if b.issue == self.topic), own[0] if own else None)

    def thread(self, side: Side, cue: str) -> int:
        """The bit of a cue that this side may show."""
        cues = self.case.index["cue"]
        return 1 << side * len(cues) + cues[cue]

    def is_open(self, side: Side) -> bool:
        """Whether this side has shown a cue that nobody has followed to its end."""
        number = len(self.case.index["cue"])
        return bool((self.heard & ~self.followed) >> side * number & (1 << number) - 1)

    def behind(self, side: Side, cue: str) -> tuple[int, Barrier] | None:
        """What lies behind a cue of this side, not found yet: on the topic first, then at the table, then elsewhere."""
        hidden = [
            (bit, b)
            for bit, b in self.case.real
            if b.party == side and self.case.cue(b) == cue and not (self.found | self.answered) & bit
        ]
        return min(hidden, key=lambda one: (one[1].issue != self.topic, one[1].issue != TABLE), default=None)

    def knows_interest(self, side: Side) -> bool:
        return bool(self.known >> (side * len(self.agreed) + self.topic) & 1)

    @property
    def nothing_agreed(self) -> bool:
        return self.agreed.count(-1) == len(self.agreed)

    # what changes

    def emit(self, kind: str, side: Side | None = None, about: str = "", why: str = "") -> None:
        """Note that something happened."""
        self.events.append(Event(kind, "" if side is None else self.name(side), about, why))

    def warm(self, side: Side, by: int = 1) -> None:
        self.heat[side] = max(0, min(MOST, self.heat[side] + by))

    def cool(self, side: Side, by: int = 1) -> None:
        self.warm(side, -by)

    def gain_trust(self, side: Side, by: int = 1) -> None:
        self.trust[side] = max(0, min(MOST, self.trust[side] + by))

    def lose_trust(self, side: Side, by: int = 1) -> None:
        self.gain_trust(side, -by)

    def tire(self, side: Side, by: int = 1) -> None:
        self.strain[side] = max(0, min(MOST, self.strain[side] + by))

    def rest(self, side: Side, by: int = 1) -> None:
        self.tire(side, -by)

    def doubt(self, side: Side, by: int = 1) -> None:
        self.suspicion[side] = max(0, min(MOST, self.suspicion[side] + by))

    def answer(self, bit: int, barrier: Barrier) -> None:
        """A barrier gives way, and the side it stood in trusts the mediator more for it."""
        self._reveal(bit, barrier)
        self.answered |= bit
        self.gain_trust(barrier.party)

    def find(self, bit: int, barrier: Barrier) -> None:
        self._reveal(bit, barrier)
        self.emit("found", barrier.party, barrier.id)

    def _reveal(self, bit: int, barrier: Barrier) -> None:
        """It is out, and its sign understood; where something else shows by the same sign, that is still to follow."""
        thread = self.thread(barrier.party, self.case.cue(barrier))
        self.found |= bit
        self.heard |= thread
        if self.behind(barrier.party, self.case.cue(barrier)) is None:
            self.followed |= thread

    def show(self, side: Side, cue: str) -> None:
        """A side lets a sign show that something stands in its way: a thread to follow."""
        self.heard |= self.thread(side, cue)
        self.emit("cue", side, cue)

    def show_cue(self, side: Side) -> None:
        barrier = self.hidden(side)
        if barrier is not None:
            self.show(side, self.case.cue(barrier))

    def show_surface(self, side: Side, issue: int) -> None:
        """How a side sounds before anybody asks: by habit, or on an issue by what it hides there."""
        habit = self.case.truth.habits[side][issue]
        barrier = self.hidden(side)
        if barrier is not None and (not habit or (barrier.issue == issue and issue != TABLE)):
            self.show(side, self.case.cue(barrier))
            return
        asked = issue != TABLE and self.knows_interest(side)
        if habit and not asked and not self.followed & self.thread(side, habit):
            self.show(side, habit)

    def end(self, ending: Ending) -> None:
        self.ending = int(ending)
        self.emit("ended", why=ending.name.lower())

    def pass_time(self, ticks: int) -> None:
        """The clock moves, and whoever is not in the room waits (nobody does between stages)."""
        self.clock -= ticks
        if self.alone is not None and not self.follows.staged:
            away = self.alone.other
            self.waiting[away] = min(LONGEST_WAIT, self.waiting[away] + ticks)
