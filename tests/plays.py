"""Plays and moments to test with: random ones that are the same at every run, and moods made worse or better."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Any, NamedTuple

from caucusroom import Move, load, scenarios
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.events import Event
from caucusroom.laws.legality import legal_moves
from caucusroom.laws.state import State
from caucusroom.model.dispute import Case
from caucusroom.model.levels import Pair
from caucusroom.model.truths import drawn

THOROUGH = bool(os.environ.get("CAUCUSROOM_THOROUGH"))
"""Set CAUCUSROOM_THOROUGH=1 for the full numbers; without it the tests are done within a minute or so."""

NAMED = tuple(load(dispute).case(case) for dispute in scenarios() for case in load(dispute).cases)
"""The truths that teachers speak of by a letter."""
DRAWN = tuple(
    dispute.case(drawn(dispute, f"player {number}"))
    for dispute in map(load, scenarios())
    for number in range(60 if THOROUGH else 9)
)
"""Truths as players draw them."""
CASES = NAMED + DRAWN

RASH = frozenset({"close_open", "conclude", "press", "tell", "rule"})
"""Moves that soon end a random play, or spoil it."""
COME_TO_MIND = 30
NOTHING_MADE: Mapping[Move, int] = {}
_WRITE_UP = Move("conclude")


class Step(NamedTuple):
    """One decision of a play, and what came of it."""

    before: State
    move: Move
    after: State
    events: tuple[Event, ...]


def follow(case: Case, line: Iterable[str | Move]) -> Iterator[Step]:
    """Play these moves from the beginning."""
    state = initial(case)
    for one in line:
        move = Move.of(str(one))
        after, events = apply(case, state, move)
        yield Step(state, move, after, events)
        state = after


def random_play(case: Case, random: Random, avoided: frozenset[str] = frozenset()) -> Iterator[Step]:
    """Any legal move after any other to the end; those that are avoided only where nothing else is left."""
    state = initial(case)
    while not state.ending:
        legal = legal_moves(case, state)
        move = random.choice([move for move in legal if move.technique not in avoided] or legal)
        after, events = apply(case, state, move)
        yield Step(state, move, after, events)
        state = after


def straying_play(case: Case, random: Random, avoided: frozenset[str] = frozenset()) -> Iterator[Step]:
    """Of a few moves that come to mind the one that gains most, now and then any other: gets further than chance."""
    state, straying, made = initial(case), random.choice((0.02, 0.1, 0.3)), Counter[Move]()
    while not state.ending:
        legal = legal_moves(case, state)
        minded = [move for move in legal if move.technique not in avoided] or legal
        if random.random() < straying:
            move = random.choice(minded)
        elif _WRITE_UP in legal and -1 not in state.agreed:
            move = _WRITE_UP
        else:
            move = ablest(case, state, minded, random, made)
        made[move] += 1
        after, events = apply(case, state, move)
        yield Step(state, move, after, events)
        state = after


def any_play(case: Case, random: Random, avoided: frozenset[str] = frozenset()) -> Iterator[Step]:
    """A play of one of the two kinds."""
    return (random_play if random.random() < 0.5 else straying_play)(case, random, avoided)


def ablest(
    case: Case, state: State, moves: Sequence[Move], random: Random, made: Mapping[Move, int] = NOTHING_MADE
) -> Move:
    """Of a few of these moves that come to mind the one that gains most, and was not made again and again."""
    few = random.sample(moves, min(COME_TO_MIND, len(moves)))
    return max(few, key=lambda one: _gained(apply(case, state, one)[0]) - 2 * made.get(one, 0))


def _gained(state: State) -> int:
    """What has been found, told, answered and agreed, and how people are."""
    learnt = (state.found, state.answered, state.confided, state.cleared, state.shared, state.known, state.developed)
    moods = sum(state.trust) - sum(state.heat) - sum(state.strain) - sum(state.suspicion)
    agreed = len(state.agreed) - state.agreed.count(-1)
    return 3 * sum(map(int.bit_count, learnt)) + 9 * agreed + moods - 20 * bool(state.ending or state.taint)


def moment(case: Case, random: Random) -> State:
    """A state in the midst of a play, random or straying, in which nothing is spoilt yet."""
    met = [initial(case)]
    for step in any_play(case, random, RASH):
        if step.after.ending or step.after.taint:
            break
        met.append(step.after)
    return random.choice(met)


def disturbed(case: Case, state: State, random: Random) -> State:
    """The same situation with some moods anywhere in 0..3, and some of the time anywhere in what there is."""

    def any_level(pair: Pair) -> Pair:
        first, second = (random.randint(0, 3) if random.random() < 0.3 else level for level in pair)
        return first, second

    return state._replace(
        heat=any_level(state.heat), trust=any_level(state.trust),
        strain=any_level(state.strain), suspicion=any_level(state.suspicion),
        clock=random.randint(0, _day(case, state)) if random.random() < 0.3 else state.clock,
        days=random.randint(0, _days(case, state)) if random.random() < 0.3 else state.days,
    )  # fmt: skip


def relieved(case: Case, state: State, random: Random) -> State:
    """The same situation with less heat, strain, suspicion or waiting, or with more trust or time."""
    better = state
    while better == state:
        for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
            mood = random.choice(("heat", "trust", "strain", "suspicion", "waiting", "clock", "days"))
            if mood == "clock":
                better = better._replace(clock=random.randint(better.clock, _day(case, state)))
            elif mood == "days":
                better = better._replace(days=random.randint(better.days, _days(case, state)))
            else:
                levels = list(getattr(better, mood))
                side = random.randrange(2)
                levels[side] = random.randint(levels[side], 3) if mood == "trust" else random.randint(0, levels[side])
                changed: dict[str, Any] = {mood: tuple(levels)}
                better = better._replace(**changed)
        if _best_of_all(case, state):
            break
    return better


def _best_of_all(case: Case, state: State) -> bool:
    calm = (state.heat, state.strain, state.suspicion, state.waiting) == ((0, 0),) * 4
    return calm and state.trust == (3, 3) and (state.clock, state.days) == (_day(case, state), _days(case, state))


def _day(case: Case, state: State) -> int:
    return max(state.clock, case.dispute.clock.plans[state.plan].length)


def _days(case: Case, state: State) -> int:
    return case.dispute.clock.plans[state.plan].sittings - 1
