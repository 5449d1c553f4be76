"""Plays to judge, and the same plays with one decision more or another one in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from caucusroom import Move
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.legality import legal_moves
from caucusroom.model.dispute import Case
from caucusroom_grading.judging.judge import Replay
from caucusroom_grading.judging.report import HARMFUL, SOUND
from caucusroom_grading.judging.rules import findings
from caucusroom_grading.judging.scale import Judged

from tests.golden.plays import golden_plays
from tests.judging.judged import played
from tests.plays import CASES, RASH, random_play, straying_play


class Varied(NamedTuple):
    """A play, and the same with its decision `number` put in or replaced."""

    play: Replay
    varied: Replay
    number: int


def some_play(case: Case, random: Random) -> list[Move]:
    """A random, a straying or the skilled play of a case; one in three is broken off somewhere."""
    line = _line(case, random)
    return line[: random.randrange(len(line) + 1)] if random.random() < 0.33 else line


def _line(case: Case, random: Random) -> list[Move]:
    kind = random.randrange(5)
    if kind == 4:
        return list(map(Move.of, golden_plays()[f"{case.dispute.id}-{case.id}.txt"][2]))
    avoided = RASH if kind % 2 else frozenset[str]()
    return [step.move for step in (random_play if kind < 2 else straying_play)(case, random, avoided)]


def inserted_harm(plays: int, tries: int = 8) -> Iterator[Varied]:
    """Plays into which one harmful decision was put, where all the others can still be made."""
    for number in range(plays):
        random, case = Random(number), CASES[number % len(CASES)]
        line = some_play(case, random)
        play = played(case.dispute, case.id, line)
        for _ in range(tries):
            place = random.randrange(len(line) + 1)
            harmful = _labelled(case, _moment(play, place), HARMFUL)
            if harmful:
                new = [*line[:place], random.choice(harmful), *line[place:]]
                if _possible(case, new):
                    yield Varied(play, played(case.dispute, case.id, new), place + 1)


def replaced_sound(plays: int, tries: int = 8) -> Iterator[Varied]:
    """Plays in which one sound decision gave way to another sound one, where all the others can still be made."""
    for number in range(plays):
        random, case = Random(number), CASES[number % len(CASES)]
        line = some_play(case, random)
        play = played(case.dispute, case.id, line)
        for place in random.sample(range(len(line)), min(tries, len(line))):
            one = play.judged[place]
            others = [move for move in _labelled(case, one, SOUND) if move != one.move]
            if one.findings[0].label == SOUND and others:
                new = [*line[:place], random.choice(others), *line[place + 1 :]]
                if _possible(case, new):
                    yield Varied(play, played(case.dispute, case.id, new), place + 1)


def _moment(play: Replay, place: int) -> Judged:
    """The moment before a decision, or the one after the last."""
    if place < len(play.judged):
        return play.judged[place]
    return Judged(place + 1, play.moment, Move(""), ())


def _labelled(case: Case, now: Judged, label: str) -> list[Move]:
    legal = legal_moves(case, now.moment.fitting[case.id])
    return [move for move in legal if findings(now.moment, move)[0].label == label]


def _possible(case: Case, line: Sequence[Move]) -> bool:
    state = initial(case)
    for move in line:
        if move not in legal_moves(case, state):
            return False
        state, _ = apply(case, state, move)
    return True
