"""Journals of a class that are alike, by their line of decisions or by the clock: worth a look, never a proof."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from itertools import combinations, pairwise
from typing import NamedTuple

RUN = 14
"""So many decisions in the same order, beyond the opening, are worth a look: among 200 players that go by five rules of
thumb, 16 of the 19,900 pairs have that by chance."""
SECONDS = 3
"""So many equal decisions in the same second are worth a look; one or two are not where a class plays together."""
PAUSES = 5
"""So many equal pauses one after another, to the second, are worth a look."""
FEW = 0.05
"""A line that more than this part of the class has is common ground."""
AT_LEAST = 4
"""In a small class a line is common ground if more than so many have it."""


class Play(NamedTuple):
    """What a student decided in the attempt that counts; `times` in seconds, one a decision, or none if unknown."""

    student: str
    case: str
    moves: tuple[str, ...]
    times: tuple[float, ...]


class Likeness(NamedTuple):
    """Two plays and what they share: the longest run of equal decisions, and what the clock says.

    `first` and `second` are where the run begins in each, counted from 0. `opening` decisions of it are how many in
    the class begin. `same_seconds` equal decisions were made in the same second, `same_pauses` equal pauses follow
    one another in the run.
    """

    plays: tuple[Play, Play]
    first: int
    second: int
    length: int
    opening: int
    same_seconds: int
    same_pauses: int

    @property
    def same_case(self) -> bool:
        return self.plays[0].case == self.plays[1].case

    @property
    def clock(self) -> bool:
        return self.same_seconds >= SECONDS or self.same_pauses >= PAUSES


def decision_times(journal: bytes, count: int) -> tuple[float, ...]:
    """When the first `count` decisions of a journal's first attempt were made; none if that is not written there."""
    times: list[float] = []
    for line in journal.splitlines()[1:]:
        try:
            said = json.loads(line)
            if len(times) == count or "attempt" in said:
                break
            if "move" in said:
                times.append(datetime.fromisoformat(said["at"]).timestamp())
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            break
    return tuple(times) if len(times) == count else ()


def likenesses(plays: Sequence[Play]) -> list[Likeness]:
    """Every two plays that are worth a look, the most alike first."""
    common = max(AT_LEAST, round(len(plays) * FEW))
    openings = _openings(plays, common)
    pairs = {*_by_line(plays, openings, common), *_by_clock(plays)}
    found = (_compare(plays[one], plays[other], (openings[one], openings[other])) for one, other in sorted(pairs))
    worth = [like for like in found if like.clock or like.length - like.opening >= RUN]
    return sorted(worth, key=lambda like: (-like.same_seconds, -like.same_pauses, like.same_case, -like.length))


def _openings(plays: Sequence[Play], common: int) -> list[int]:
    """How many decisions from the beginning on each play has in common with more than `common` of the class."""
    begun = Counter(play.moves[:count] for play in plays for count in range(1, len(play.moves) + 1))
    return [
        next((count for count in range(len(play.moves), 0, -1) if begun[play.moves[:count]] > common), 0)
        for play in plays
    ]


def _by_line(plays: Sequence[Play], openings: Sequence[int], common: int) -> Iterator[tuple[int, int]]:
    """The pairs that share a run which few others have."""
    having: Mapping[tuple[str, ...], set[int]] = defaultdict(set)
    for number, (play, opening) in enumerate(zip(plays, openings, strict=True)):
        for start in range(opening, len(play.moves) - RUN + 1):
            having[play.moves[start : start + RUN]].add(number)
    return _pairs(numbers for numbers in having.values() if len(numbers) <= common)


def _by_clock(plays: Sequence[Play]) -> Iterator[tuple[int, int]]:
    """The pairs that share decisions in the same second, or one pause after another."""
    seconds: Mapping[tuple[str, float], set[int]] = defaultdict(set)
    pauses: Mapping[tuple[float, ...], set[int]] = defaultdict(set)
    for number, play in enumerate(plays):
        between = _pauses(play)
        for stamp in zip(play.moves, play.times, strict=False):
            seconds[stamp].add(number)
        for start in range(len(between) - PAUSES + 1):
            pauses[between[start : start + PAUSES]].add(number)
    shared = Counter(pair for numbers in seconds.values() for pair in combinations(sorted(numbers), 2))
    yield from (pair for pair, count in shared.items() if count >= SECONDS)
    yield from _pairs(pauses.values())


def _pairs(groups: Iterable[set[int]]) -> Iterator[tuple[int, int]]:
    for numbers in groups:
        yield from combinations(sorted(numbers), 2)


def _pauses(play: Play) -> tuple[float, ...]:
    return tuple(round(later - earlier) for earlier, later in pairwise(play.times))


def _compare(one: Play, other: Play, openings: tuple[int, int]) -> Likeness:
    match = SequenceMatcher(None, one.moves, other.moves, autojunk=False)
    run = match.find_longest_match()
    opening = max(0, min(run.size, max(openings[0] - run.a, openings[1] - run.b)))
    stamps = set(zip(one.moves, one.times, strict=False)) & set(zip(other.moves, other.times, strict=False))
    pauses = SequenceMatcher(None, _pauses(one), _pauses(other), autojunk=False).find_longest_match().size
    return Likeness((one, other), run.a, run.b, run.size, opening, len(stamps), pauses)
