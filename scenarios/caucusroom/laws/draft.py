"""The working copy of a state while one move is carried out: read it, change it, note what is perceived.

Every change here is a monotone step: a side that was better off before it is never worse off after it.
"""

from __future__ import annotations

from ..model.dispute import Barrier, Case
from ..model.levels import LONGEST_WAIT, TABLE
from .events import Event
from .state import Ending, Flag, Room, State

LATE, VERY_LATE = 6, 2
"""Ticks left in the day from which everybody is one, then two levels more strained."""


class Draft:
    """A mutable state of one case, with the events the mediator perceives."""

    __slots__ = (
        "agreed", "answered", "case", "cleared", "clock", "confided", "days", "developed", "ending", "events",
        "flags", "found", "heat", "known", "owed", "room", "shared", "strain", "suspicion", "topic", "trust",
        "waiting",
    )  # fmt: skip

    def __init__(self, case: Case, state: State) -> None:
        self.case = case
        self.events: list[Event] = []
        self.room, self.topic, self.days, self.clock = state.room, state.topic, state.days, state.clock
        self.heat, self.trust = list(state.heat), list(state.trust)
        self.strain, self.suspicion = list(state.strain), list(state.suspicion)
        self.waiting = list(state.waiting)
        self.owed, self.flags, self.found, self.answered = (
            state.owed,
            state.flags,
            state.found,
            state.answered,
        )
        self.known, self.confided, self.cleared, self.shared = (
            state.known,
            state.confided,
            state.cleared,
            state.shared,
        )
        self.developed, self.agreed, self.ending = state.developed, state.agreed, state.ending

    def freeze(self) -> State:
        return State(
            self.room, self.topic, self.days, self.clock,
            (self.heat[0], self.heat[1]), (self.trust[0], self.trust[1]),
            (self.strain[0], self.strain[1]), (self.suspicion[0], self.suspicion[1]),
            (self.waiting[0], self.waiting[1]),
            self.owed, self.flags, self.found, self.answered, self.known, self.confided, self.cleared,
            self.shared, self.developed, self.agreed, self.ending,
        )  # fmt: skip

    # what is so

    @property
    def joint(self) -> bool:
        return self.room == Room.JOINT

    @property
    def present(self) -> tuple[int, ...]:
        """The sides the mediator can talk to: both, except in a caucus."""
        return (self.room - Room.CAUCUS_FIRST,) if self.room >= Room.CAUCUS_FIRST else (0, 1)

    def name(self, party: int) -> str:
        return self.case.dispute.parties[party].id

    def trusts(self, party: int) -> int:
        """Trust in the mediator as it works now: a side that doubts what goes on next door holds back."""
        return max(0, self.trust[party] - (self.suspicion[party] >= 2))

    def strained(self, party: int) -> int:
        """Strain as it works now: late in a long day everybody has less left."""
        late = 0 if self.flags & Flag.STAGED else (self.clock <= LATE) + (self.clock <= VERY_LATE)
        return min(3, self.strain[party] + late)

    def heard(self, party: int) -> bool:
        """Whether this side's anger, if it has any on this topic, has been answered."""
        return not self.case.angry[party][self.topic] & ~self.answered

    def standing(self, party: int) -> int:
        """The mask of this side's barriers that stand in the way on the topic."""
        return self.case.on[party][self.topic] & ~self.answered

    def hidden(self, party: int) -> Barrier | None:
        """The foremost barrier on the topic that has not been found: the one whose cue shows."""
        mask = self.case.on[party][self.topic] & ~self.found & ~self.answered
        own = [b for bit, b in self.case.real if mask & bit]
        return next((b for b in own if b.issue == self.topic), own[0] if own else None)

    def knows_interest(self, party: int) -> bool:
        return bool(self.known >> (party * len(self.agreed) + self.topic) & 1)

    # what changes

    def tell(self, kind: str, party: int | None = None, about: str = "", why: str = "") -> None:
        self.events.append(Event(kind, "" if party is None else self.name(party), about, why))

    def warm(self, party: int, by: int = 1) -> None:
        self.heat[party] = max(0, min(3, self.heat[party] + by))

    def cool(self, party: int, by: int = 1) -> None:
        self.warm(party, -by)

    def gain_trust(self, party: int, by: int = 1) -> None:
        self.trust[party] = max(0, min(3, self.trust[party] + by))

    def lose_trust(self, party: int, by: int = 1) -> None:
        self.gain_trust(party, -by)

    def tire(self, party: int, by: int = 1) -> None:
        self.strain[party] = max(0, min(3, self.strain[party] + by))

    def rest(self, party: int, by: int = 1) -> None:
        self.tire(party, -by)

    def doubt(self, party: int, by: int = 1) -> None:
        self.suspicion[party] = max(0, min(3, self.suspicion[party] + by))

    def answer(self, bit: int, barrier: Barrier) -> None:
        """A barrier gives way, and the side it stood in trusts the mediator more for it."""
        self.found |= bit
        self.answered |= bit
        self.gain_trust(barrier.party)

    def find(self, bit: int, barrier: Barrier) -> None:
        self.found |= bit
        self.tell("found", barrier.party, barrier.id)

    def show_cue(self, party: int) -> None:
        barrier = self.hidden(party)
        if barrier is not None:
            self.tell("cue", party, barrier.cue)

    def show_surface(self, party: int, issue: int) -> None:
        """How a side sounds before anybody asks: by habit, or on an issue by what it hides there."""
        habit = self.case.dispute.surface[party][issue]
        barrier = self.hidden(party)
        if barrier is not None and (not habit or (barrier.issue == issue and issue != TABLE)):
            self.tell("cue", party, barrier.cue)
        elif habit and (issue == TABLE or not self.knows_interest(party)):
            self.tell("cue", party, habit)

    def end(self, ending: Ending) -> None:
        self.ending = int(ending)
        self.tell("ended", why=ending.name.lower())

    def pass_time(self, ticks: int) -> None:
        """The clock moves, and whoever is not in the room waits (nobody does between stages)."""
        self.clock -= ticks
        if self.room >= Room.CAUCUS_FIRST and not self.flags & Flag.STAGED:
            away = 1 - self.present[0]
            self.waiting[away] = min(LONGEST_WAIT, self.waiting[away] + ticks)
