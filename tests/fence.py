"""A small dispute for case notes: Ada and Ben, a fence and some trees, and nothing in anybody's way unless said so.

Ada comes with her brother Abel, Ben with his wife Bea; an aunt and an uncle can be reached by telephone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any, NamedTuple, TypeAlias

from caucusroom import Move, catalogue
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.events import Event
from caucusroom.laws.state import State
from caucusroom.model.dispute import Barrier, Case, Clock, Dispute, Fact, Issue, Named, Option, Party, Person
from caucusroom.model.gathering import CAUCUS, EVERYBODY, Gathering
from caucusroom.model.levels import TABLE
from caucusroom.model.plan import Plan
from caucusroom.model.sides import SIDES, Side
from caucusroom.model.truths import Alternative, Unknown, Unknowns

FENCE, TREES = 0, 1
ADA, BEN = SIDES
WITH_ADA, WITH_BEN = CAUCUS
DAY = 32
PEOPLE = (("ada", "abel", "aunt_agnes"), ("ben", "bea", "uncle_bob"))
SEATS = ("decider", "member", "remote")
ALL = "note"
"""The truth in which everything that may be real is."""
NOTHING = Alternative((), 0, 0, ())
Floors: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
Habits: TypeAlias = tuple[tuple[tuple[int, tuple[str, ...]], ...], tuple[tuple[int, tuple[str, ...]], ...]]
NONE: Habits = ((), ())
"""Nobody sounds like anything before they are asked."""
EFFECTS = ("corrected", "credence", "critical", "dialogue", "empathy", "trust")

OPTIONS = (
    Option("low_fence", FENCE, "A low fence.", (2, 2), True, 0),
    Option("hedge", FENCE, "A hedge.", (4, 4), False, 0),
    Option("gate", FENCE, "A fence with a gate.", (3, 3), True, 1),  # rests on the first fact
    Option("prune", TREES, "Prune every spring.", (2, 2), True, 0),
)


def barrier(
    cause: str, *resists: str, party: Side = ADA, issue: int = FENCE, depth: int = 1, who: str = "", cue: str = ""
) -> Barrier:
    """One cause in one side's way, and the techniques against it that do not reach this person.

    It shows by this cue, or by any of its cause's, the first where all is real.
    """
    return Barrier(
        f"{cause}_{party}_{issue}", party, issue, who or PEOPLE[party][0], f"the {cause}", cause,
        (cue,) if cue else tuple(catalogue().causes[cause]["cues"]), depth, {one: f"Not by {one}." for one in resists},
        f"It is {cause}.", f"It was {cause}.",
    )  # fmt: skip


def fact(*effects: str, party: Side = ADA, issue: int = FENCE, guard: int = 1, who: str = "") -> Fact:
    """Something that one side knows, and what it does to the other side."""
    id = "_".join((*effects, str(party), *([str(issue)] if issue else [])))
    return Fact(
        id, party, issue, who or PEOPLE[party][0], "the old map", "The old map.", "An old map.", guard,
        frozenset(effects), "There was an old map.",
    )  # fmt: skip


def case(*barriers: Barrier, facts: Iterable[Fact] = (), floors: Floors = ((2, 2), (2, 2))) -> Case:
    """The dispute with these barriers and facts, all of them real."""
    return quarrel(barriers, tuple(facts), floors).case(ALL)


def quarrel(
    barriers: Sequence[Barrier], facts: Sequence[Fact], floors: Floors = ((2, 2), (2, 2)), habits: Habits = NONE
) -> Dispute:
    """The dispute in which each of these barriers and facts may be real, or not."""

    def side(place: Side, id: str, name: str) -> Party:
        people = tuple(
            Person(who, who.replace("_", " ").title(), "neighbour", seat, "plain", id)
            for who, seat in zip(PEOPLE[place], SEATS, strict=True)
        )
        return Party(id, name, people, {"perceived": "Go to court.", "real": "Wait for years."})

    def issue(id: str) -> Issue:
        both = {"ada": "More.", "ben": "Less."}
        return Issue(id, f"The {id}", both, both)

    def unknowns(party: Side) -> Unknowns:
        alternatives = [
            *(Alternative((one.id,), 1 << place, 0, ()) for place, one in enumerate(barriers) if one.party == party),
            *(Alternative((one.id,), 0, 1 << place, ()) for place, one in enumerate(facts) if one.party == party),
        ]
        asked = tuple(Unknown(one.things[0], "Is it so?", (one, NOTHING)) for one in alternatives)
        signs = tuple((place, one.cues) for place, one in enumerate(barriers) if one.party == party)
        return Unknowns("So it was.", (0, 99), (0, 99), (), asked, signs, habits[party])

    both = unknowns(ADA), unknowns(BEN)
    endings = ("settlement", "part_settlement", "adjourned", "stopped", "walked_out", "out_of_time", "unwound")
    return Dispute(
        id="fence", title="The fence", summary="A fence.", opening="A fence.", content="0",
        clock=Clock(540, (Plan("days", 2, DAY, False), Plan("stages", 4, 12, True))),
        moods={"heat": (0, 0), "trust": (2, 2), "strain": (0, 0), "suspicion": (0, 0)},
        parties=(side(ADA, "ada", "Ada"), side(BEN, "ben", "Ben")), issues=(issue("fence"), issue("trees")),
        options=OPTIONS, facts=tuple(facts), barriers=tuple(barriers), floors=floors, limits=(), unknowns=both,
        named={ALL: Named("Case note", ((0,) * len(both[ADA].ways), (0,) * len(both[BEN].ways)))},
        endings={ending: ending for ending in endings}, lines=(), catalogue=catalogue(),
    )  # fmt: skip


def made_up(random: Random) -> Case:
    """Some quarrel about a fence: any causes of the catalogue, whoever resists whatever, any facts, floors, habits."""
    barriers, facts, curriculum = {}, {}, catalogue()
    for _ in range(random.randint(0, 5)):
        cause = random.choice(sorted(curriculum.causes))
        resists = [one.id for one in curriculum.techniques.values() if cause in one.answers and random.random() < 0.3]
        party, issue = random.choice(SIDES), random.choice((FENCE, FENCE, TREES, TABLE))
        cue = random.choice(("", *curriculum.causes[cause]["cues"]))
        barriers[cause, party, issue] = barrier(
            cause, *resists, party=party, issue=issue, depth=random.randint(1, 3),
            who=random.choice(PEOPLE[party][:2]), cue=cue,
        )  # fmt: skip
    for _ in range(random.randint(0, 3)):
        effects = tuple(random.sample(EFFECTS, random.randint(1, 2)))
        party, issue = random.choice(SIDES), random.choice((FENCE, TREES))
        facts[effects, party] = fact(*effects, party=party, issue=issue, guard=random.randint(1, 3))
    floors = [(random.randint(0, 4), random.randint(0, 3)) for _ in SIDES]
    habits = [
        tuple((place, tuple(random.sample([*curriculum.cues], 2))) for place in places if random.random() < 0.6)
        for places in ((FENCE, TREES, TABLE),) * len(SIDES)
    ]
    its = quarrel([*barriers.values()], [*facts.values()], (floors[0], floors[1]), (habits[0], habits[1]))
    return its.case(ALL)


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
    "ADA", "ALL", "BEN", "DAY", "FENCE", "OPTIONS", "PEOPLE", "TABLE", "TREES", "WITH_ADA", "WITH_BEN", "After", "at",
    "barrier", "case", "do", "fact", "made_up", "quarrel",
]  # fmt: skip
