"""The best end of a case, found exactly: every reachable state, the dominated ones pruned.

By the law that less heat, strain, suspicion or waiting and more trust or time never hurts, a state that is
no better than another in any of these, all else equal, cannot lead further; and a state in which a
confidence was broken or a yes was forced is worth less than simply stopping. Both are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from ..laws.apply import carry_out, initial
from ..laws.legality import legal_moves
from ..laws.outcome import worth
from ..laws.state import LESS, MORE, SITUATION, State, of_nature
from ..model.dispute import Case
from ..model.levels import Pair
from ..model.moves import Move
from .bound import distance, most

WIDTHS = (3, 10, 30, 200, 800)
"""States followed in each ply of the looks ahead: first a narrow one, and if that does not do, a wider one."""

TRIES = 5_000_000
"""Moves tried before a search gives up, unless it is told another number."""

Key: TypeAlias = tuple[object, ...]
Moods: TypeAlias = tuple[int, ...]

_SITUATION: Callable[[State], Key] = attrgetter(*of_nature(SITUATION))
_LESS, _MORE = attrgetter(*of_nature(LESS)), attrgetter(*of_nature(MORE))


@dataclass(frozen=True, slots=True)
class Solution:
    """The best end of a case: its worth, one line of moves that reaches it, and what the search took.

    `keys` counts the distinct situations (rooms, barriers, facts, issues), `states` the states kept in
    them (none dominated, each able to beat what was found before it), `applications` the moves tried.
    `proven` is False where the search was cut short, so that a better end may exist. Where an end was to be
    beaten and none better was met, `worth` is that end's and `line` is empty.
    """

    worth: int
    line: tuple[Move, ...]
    keys: int
    states: int
    applications: int
    proven: bool


def situation(state: State) -> Key:
    """Everything in a state but moods and time."""
    return _SITUATION(state)


def moods(state: State) -> Moods:
    """Moods and time as a vector in which less is better, every component by itself."""
    less, more = _LESS(state), _MORE(state)
    return (*chain.from_iterable(less), *(-level for level in chain.from_iterable(map(_levels, more))))


def _levels(value: int | Pair) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,)


def no_better(one: Moods, other: Moods) -> bool:
    """Whether `one` is at most as good as `other` in every mood and in time."""
    return all(a >= b for a, b in zip(one, other, strict=True))


class Front:
    """The states worth keeping: per situation those that no other one there is at least as good as.

    Where decisions are counted, having made fewer is one more thing in which a state can be better.
    """

    def __init__(self, counting: bool = False) -> None:
        self.kept: dict[Key, list[Moods]] = {}
        self._counting = counting

    def _mark(self, state: State, made: int) -> Moods:
        return (*moods(state), made) if self._counting else moods(state)

    def add(self, state: State, made: int) -> bool:
        """Keep a state, and drop what it dominates; False if it is itself dominated (or known)."""
        key, new = situation(state), self._mark(state, made)
        rivals = self.kept.get(key)
        if rivals is None:
            self.kept[key] = [new]
            return True
        for rival in rivals:
            if no_better(new, rival):
                return False
        rivals[:] = [rival for rival in rivals if not no_better(rival, new)]
        rivals.append(new)
        return True

    def keeps(self, state: State, made: int) -> bool:
        """Whether a state that was added has not been dominated since."""
        return self._mark(state, made) in self.kept[situation(state)]

    def __len__(self) -> int:
        return sum(map(len, self.kept.values()))


class Found(NamedTuple):
    """The best end met so far."""

    worth: int
    end: State


Trail = dict[State, "tuple[State, Move] | None"]


def solve(
    case: Case,
    start: State | None = None,
    decisions: int | None = None,
    tries: int = TRIES,
    progress: Callable[[int, int], None] | None = None,
    beat: int = -1,
) -> Solution:
    """The best end reachable from `start` (the beginning) within so many decisions (any number).

    Looks ahead, first narrow and then wider, find a good end; an exhaustive search then proves that there is
    none better, or finds it. All of them together try no more than `tries` moves. Only ends worth more than
    `beat` are looked for. `progress` is told, now and then, the states kept and the best worth found.
    """
    start = start or initial(case)
    trail: Trail = {start: None}
    bound = most(case, start, decisions)
    found, front, applications = Found(beat, start), Front(), 0
    for width in WIDTHS:
        if found.worth >= bound or applications >= tries:
            break
        found, front, used = _look_ahead(case, start, decisions, width, found, bound, tries - applications, trail)
        applications += used
    if found.worth >= bound:
        return Solution(found.worth, _line(trail, found.end), len(front.kept), len(front), applications, True)
    front = Front(decisions is not None)
    front.add(start, 0)
    number = 0
    waiting = [(-bound, 0.0, 0, 0, start)]
    while waiting and -waiting[0][0] > found.worth and applications < tries:
        _, _, _, made, state = heappop(waiting)
        if not front.keeps(state, made):
            continue
        for move in legal_moves(case, state):
            after, _ = carry_out(case, state, move)
            applications += 1
            if after.ending:
                found = _better(found, case, after, state, move, trail)
                continue
            if after.taint or decisions == made + 1:
                continue
            promise = most(case, after, None if decisions is None else decisions - made - 1)
            if promise > found.worth and front.add(after, made + 1):
                trail.setdefault(after, (state, move))
                number += 1
                heappush(waiting, (-promise, distance(case, after), -number, made + 1, after))
        if progress and applications % 4096 < len(case.dispute.moves):
            progress(len(front), found.worth)
    proven = not waiting or -waiting[0][0] <= found.worth
    return Solution(found.worth, _line(trail, found.end), len(front.kept), len(front), applications, proven)


def count_states(case: Case, decisions: int) -> int:
    """How many distinct states so many decisions reach from the beginning, dominated ones and endings left out."""
    layer, front = [initial(case)], Front()
    front.add(layer[0], 0)
    for _ in range(decisions):
        following: list[State] = []
        for state in layer:
            if front.keeps(state, 0):
                after_each = (carry_out(case, state, move)[0] for move in legal_moves(case, state))
                following += [
                    after for after in after_each if not after.ending and not after.taint and front.add(after, 0)
                ]
        layer = following
    return len(front)


def _look_ahead(
    case: Case, start: State, decisions: int | None, width: int, found: Found, bound: int, tries: int, trail: Trail
) -> tuple[Found, Front, int]:
    """Follow only the most promising states of every ply, until an end is as good as any could be.

    Gives the best end met (or the one found before), the states kept on the way and how many moves were tried.
    """
    applications, front = 0, Front()
    layer = [start]
    while layer and found.worth < bound and applications < tries and (decisions is None or decisions > 0):
        decisions = None if decisions is None else decisions - 1
        following: list[State] = []
        for state in layer:
            if applications >= tries:
                break
            for move in legal_moves(case, state):
                after, _ = carry_out(case, state, move)
                applications += 1
                if after.ending:
                    found = _better(found, case, after, state, move, trail)
                elif not after.taint and front.add(after, 0):
                    trail.setdefault(after, (state, move))
                    following.append(after)
        layer = sorted(following, key=lambda state: distance(case, state))[:width]
    return found, front, applications


def _better(found: Found, case: Case, after: State, state: State, move: Move, trail: Trail) -> Found:
    value = worth(case, after)
    if value <= found.worth:
        return found
    trail[after] = (state, move)
    return Found(value, after)


def _line(trail: Trail, end: State) -> tuple[Move, ...]:
    moves: list[Move] = []
    step = trail.get(end)
    while step:
        moves.append(step[1])
        step = trail[step[0]]
    return tuple(reversed(moves))
