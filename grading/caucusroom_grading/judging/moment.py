"""What a mediator can know when a decision is due: the only thing that rules of judgement see.

A moment is made of what was perceived (moves, events, views) and of the cases that fit all of it. Two plays
that looked the same so far give equal moments, whatever case was played: so nothing can be judged by
hindsight. A side is a `Side`; moods are levels 0..3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from caucusroom import Move, Turn, View
from caucusroom.laws.apply import apply
from caucusroom.laws.events import NEWS, Event
from caucusroom.laws.state import State
from caucusroom.model.catalogue import Cause, Technique
from caucusroom.model.dispute import Barrier, Case, Dispute, Fact, Option
from caucusroom.model.levels import HOT, TABLE, WORN
from caucusroom.model.sides import SIDES, Side
from caucusroom.seen.view import Mood


class Moment:
    """One moment before a decision: `past` turns, the `view` now, and the states that fit, by case id."""

    def __init__(self, dispute: Dispute, past: tuple[Turn, ...], view: View, fitting: Mapping[str, State]) -> None:
        self.dispute = dispute
        self.past = past
        self.view = view
        self.fitting = fitting

    # who and where

    @cached_property
    def joint(self) -> bool:
        return self.view.room == "joint"

    @cached_property
    def before(self) -> bool:
        return self.view.room == "before"

    @cached_property
    def present(self) -> tuple[Side, ...]:
        """The sides in the room with the mediator."""
        if self.before:
            return ()
        return SIDES if self.joint else (self.side(self.view.caucus),)

    @cached_property
    def alone(self) -> Side | None:
        """The side in the caucus; None outside one."""
        return self.present[0] if len(self.present) == 1 else None

    @cached_property
    def heard_by(self) -> tuple[Side, ...]:
        """The sides that hear what the mediator says; before the session both, one after the other."""
        return self.present or SIDES

    @cached_property
    def settled(self) -> bool:
        """Whether the issue on the table is agreed."""
        return self.view.topic in dict(self.view.agreed)

    @cached_property
    def topic(self) -> int:
        return self.index("issue", self.view.topic)

    def index(self, kind: str, id: str) -> int:
        return self.dispute.index[kind][id]

    def side(self, id: str) -> Side:
        return self.dispute.side(id)

    def cause(self, barrier: Barrier) -> Cause:
        return self.dispute.catalogue.causes[barrier.cause]

    def name(self, party: int) -> str:
        return self.dispute.parties[party].name

    def technique(self, move: Move) -> Technique:
        return self.dispute.catalogue.techniques[move.technique]

    # how people are

    @cached_property
    def looks(self) -> tuple[Mood | None, Mood | None]:
        """Each side as it was last seen; None if it never was."""
        seen = list(self.view.moods)
        for step in reversed(self.past):
            if None not in seen:
                break
            seen = [now or then for now, then in zip(seen, step.after.moods, strict=True)]
        return seen[0], seen[1]

    def heat(self, party: int) -> int:
        """The heat last seen. Before anybody has met it is what the dispute says of itself."""
        look = self.looks[party]
        return look.heat if look else 0

    def level(self, party: int, mood: str) -> int:
        look = self.looks[party]
        return int(getattr(look, mood)) if look else {"trust": 1}.get(mood, 0)

    @cached_property
    def hot(self) -> tuple[Side, ...]:
        """The sides in the room that are hot or boiling."""
        return tuple(party for party in self.present if self.heat(party) >= HOT)

    @cached_property
    def tired(self) -> tuple[Side, ...]:
        return tuple(party for party in self.present if self.level(party, "strain") >= WORN)

    # what is known

    @cached_property
    def standing(self) -> tuple[Barrier, ...]:
        """What was found to stand in a side's way, on any issue, and is not answered."""
        known = set(self.view.found) - set(self.view.answered)
        return tuple(barrier for barrier in self.dispute.barriers if barrier.id in known)

    def in_the_way(self, party: int) -> tuple[Barrier, ...]:
        """What is known to stand in a side's way on the issue on the table."""
        return self._in_the_way[party]

    @cached_property
    def _in_the_way(self) -> tuple[tuple[Barrier, ...], tuple[Barrier, ...]]:
        here = [barrier for barrier in self.standing if barrier.issue in (self.topic, TABLE)]
        return tuple(b for b in here if b.party == 0), tuple(b for b in here if b.party == 1)

    def fits(self, technique: Technique, party: int, anywhere: bool = False) -> tuple[Barrier, ...]:
        """The known causes of a side that this technique answers."""
        known = self.standing if anywhere else self.in_the_way(party)
        return tuple(b for b in known if b.party == party and b.cause in technique.answers)

    @cached_property
    def _hidden(self) -> tuple[tuple[tuple[Barrier, ...], ...], ...]:
        """For each side, what may stand hidden in its way on this issue: one tuple for each case that fits."""
        return tuple(
            tuple(
                tuple(
                    barrier
                    for bit, barrier in case.real
                    if case.on[party][self.topic] & ~(state.found | state.answered) & bit
                )
                for case, state in self._cases
            )
            for party in SIDES
        )

    @cached_property
    def _cases(self) -> tuple[tuple[Case, State], ...]:
        return tuple((self.dispute.case(id), state) for id, state in self.fitting.items())

    def possible(self, party: int) -> frozenset[str]:
        """The causes that may still stand hidden in a side's way on this issue."""
        return frozenset(barrier.cause for hidden in self._hidden[party] for barrier in hidden)

    def surely(self, party: int, causes: Iterable[str]) -> bool:
        """Whether one of these causes stands hidden in a side's way in every case that fits."""
        wanted = set(causes)
        return all(any(barrier.cause in wanted for barrier in hidden) for hidden in self._hidden[party])

    def may_hide(self, party: int) -> bool:
        return any(self._hidden[party])

    def knows_interest(self, party: int, issue: int | None = None) -> bool:
        topic = self.view.topic if issue is None else self.dispute.issues[issue].id
        return (self.dispute.parties[party].id, topic) in self.view.interests

    @cached_property
    def interests_known(self) -> bool:
        return self.knows_interest(0) and self.knows_interest(1)

    @cached_property
    def developed(self) -> bool:
        return self.view.topic in self.view.developed

    def facts(self, standing: str, party: int | None = None, here: bool = False) -> tuple[Fact, ...]:
        """The facts that are confided, cleared or shared; of one side, of the issue on the table if `here`."""
        now = dict(self.view.standing)
        return tuple(
            fact
            for fact in self.dispute.facts
            if now.get(fact.id) == standing
            and (party is None or fact.party == party)
            and (not here or fact.issue == self.topic)
        )

    def option(self, move: Move) -> Option:
        return self.dispute.options[self.index("option", move.target)]

    def learns(self, move: Move) -> bool:
        """Whether a move could tell the mediator anything new in some case that fits."""
        outcomes = (apply(case, state, move)[1] for case, state in self._cases)
        return any(event.kind in NEWS for events in outcomes for event in events)

    # what has been done

    def events(self, kind: str) -> Iterator[tuple[Turn, Event]]:
        """The events of a kind so far, the last first."""
        for step in reversed(self.past):
            for event in step.events:
                if event.kind == kind:
                    yield step, event

    def done(self, technique: str, target: str | None = None) -> int:
        """How often a technique has been used (on this target)."""
        return sum(
            step.move.technique == technique and (target is None or step.move.target == target) for step in self.past
        )

    @cached_property
    def caucuses(self) -> tuple[int, int]:
        """How often each side has been taken aside."""
        counts = [0, 0]
        for step in self.past:
            if step.after.caucus and step.after.caucus != step.before.caucus:
                counts[self.side(step.after.caucus)] += 1
        return counts[0], counts[1]

    def in_vain(self, move: Move, party: int) -> bool:
        """Whether this met nothing in this side on this issue, and nothing has been learnt of the side since."""
        id = self.dispute.parties[party].id
        for step in reversed(self.past):
            if any(event.party == id and event.kind in (*NEWS, "helped") for event in step.events):
                return False
            same = step.move == move and step.before.topic == self.view.topic
            if same and any(event.party == id and event.kind == "missed" for event in step.events):
                return True
        return False

    def cues(self, party: int) -> tuple[str, ...]:
        """The names of the cues heard from a side, each once, the latest first."""
        id = self.dispute.parties[party].id
        return tuple(dict.fromkeys(event.about for _, event in self.events("cue") if event.party == id))
