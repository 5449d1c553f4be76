"""A small dispute for case notes: Ada and Ben, a fence and some trees, and nothing in anybody's way unless said so."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from random import Random
from typing import Any, NamedTuple

from caucusroom import Move, catalogue
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.events import Event
from caucusroom.laws.state import State
from caucusroom.model.dispute import Barrier, Case, Clock, Dispute, Fact, Issue, Option, Party, Person, Truth
from caucusroom.model.gathering import CAUCUS, EVERYBODY, Gathering
from caucusroom.model.levels import TABLE
from caucusroom.model.plan import Plan
from caucusroom.model.sides import SIDES, Side

FENCE, TREES = 0, 1
ADA, BEN = SIDES
WITH_ADA, WITH_BEN = CAUCUS
DAY = 32
EFFECTS = ("corrected", "credence", "critical", "dialogue", "empathy", "trust")

OPTIONS = (
    Option("low_fence", FENCE, "A low fence.", (2, 2), True, 0),
    Option("hedge", FENCE, "A hedge.", (4, 4), False, 0),
    Option("gate", FENCE, "A fence with a gate.", (3, 3), True, 1),  # rests on the first fact
    Option("prune", TREES, "Prune every spring.", (2, 2), True, 0),
)


def barrier(
    cause: str, *by: str, party: Side = ADA, issue: int = FENCE, depth: int = 1, cue: str = "one_demand"
) -> Barrier:
    """One cause in one side's way, and the techniques that this person needs."""
    return Barrier(f"{cause}_{party}_{issue}", party, issue, cause, cue, depth, frozenset(by), f"It is {cause}.")


def fact(*effects: str, party: Side = ADA, issue: int = FENCE, guard: int = 1) -> Fact:
    """Something that one side knows, and what it does to the other side."""
    id = "_".join((*effects, str(party)))
    return Fact(id, party, issue, "The old map.", "An old map.", guard, frozenset(effects))


def case(
    *barriers: Barrier, facts: Iterable[Fact] = (), floors: tuple[tuple[int, int], tuple[int, int]] = ((2, 2), (2, 2))
) -> Case:
    """The dispute with these barriers and facts, all of them real."""
    facts = tuple(facts)
    truth = Truth("note", "Case note", "So it was.", (1 << len(barriers)) - 1, (1 << len(facts)) - 1, floors)
    return _dispute(barriers, facts, truth).case("note")


@cache
def _dispute(barriers: tuple[Barrier, ...], facts: tuple[Fact, ...], truth: Truth) -> Dispute:
    def side(id: str, name: str) -> Party:
        people = (Person(id, name, "neighbour", "decider", "plain", id),)
        return Party(id, name, people, {"perceived": "Go to court.", "real": "Wait for years."})

    def issue(id: str) -> Issue:
        both = {"ada": "More.", "ben": "Less."}
        return Issue(id, f"The {id}", both, both)

    endings = ("settlement", "part_settlement", "adjourned", "stopped", "walked_out", "out_of_time", "unwound")
    return Dispute(
        id="fence", title="The fence", summary="A fence.", opening="A fence.", content="0",
        clock=Clock(540, (Plan("days", 2, DAY, False), Plan("stages", 4, 12, True))),
        surface=(("",) * 3,) * 2,
        moods={"heat": (0, 0), "trust": (2, 2), "strain": (0, 0), "suspicion": (0, 0)},
        parties=(side("ada", "Ada"), side("ben", "Ben")), issues=(issue("fence"), issue("trees")),
        options=OPTIONS, facts=facts, barriers=barriers, truths={truth.id: truth},
        endings={ending: ending for ending in endings}, lines=(), catalogue=catalogue(),
    )  # fmt: skip


def made_up(random: Random) -> Case:
    """Some quarrel about a fence: any causes of the catalogue, some of their remedies, any facts, any floors."""
    barriers, facts = {}, {}
    for _ in range(random.randint(0, 5)):
        cause = random.choice(sorted(catalogue().causes))
        by = [one.id for one in catalogue().techniques.values() if cause in one.answers and random.random() < 0.6]
        party, issue = random.choice((ADA, BEN)), random.choice((FENCE, FENCE, TREES, TABLE))
        barriers[cause, party, issue] = barrier(cause, *by, party=party, issue=issue, depth=random.randint(1, 3))
    for _ in range(random.randint(0, 3)):
        effects = tuple(random.sample(EFFECTS, random.randint(1, 2)))
        party, issue = random.choice((ADA, BEN)), random.choice((FENCE, TREES))
        facts[effects, party] = fact(*effects, party=party, issue=issue, guard=random.randint(1, 3))
    floors = [(random.randint(0, 4), random.randint(0, 3)) for _ in (ADA, BEN)]
    return case(*barriers.values(), facts=facts.values(), floors=(floors[0], floors[1]))


def at(case: Case, gathered: Gathering = EVERYBODY, **fields: Any) -> State:
    """A moment of this case: calm, open and fresh people at the table in the morning, but for what is said."""
    return initial(case)._replace(gathered=gathered, **fields)


class After(NamedTuple):
    """What came of some moves: the state, and all that the mediator perceived on the way."""

    state: State
    events: tuple[Event, ...]

    def saw(self, kind: str, party: str = "", about: str = "", why: str = "") -> bool:
        """Whether there was such an event; what is left empty may be anything."""
        wanted = (party, about, why)
        return any(
            event.kind == kind and all(not want or want == got for want, got in zip(wanted, event[1:], strict=True))
            for event in self.events
        )


def do(case: Case, state: State, *moves: str) -> After:
    events: list[Event] = []
    for text in moves:
        state, more = apply(case, state, Move.of(text))
        events += more
    return After(state, tuple(events))


__all__ = [
    "ADA", "BEN", "DAY", "FENCE", "OPTIONS", "TABLE", "TREES", "WITH_ADA", "WITH_BEN", "After", "at", "barrier",
    "case", "do", "fact", "made_up",
]  # fmt: skip
