"""Plays to judge, and the same plays with one decision more or another one in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from random import Random
from typing import NamedTuple

from caucusroom import Move, load
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.legality import legal_moves
from caucusroom.model.dispute import Case, Dispute
from caucusroom.model.truths import drawn
from caucusroom_grading.judging.finding import HARMFUL, SOUND
from caucusroom_grading.judging.judge import Replay
from caucusroom_grading.judging.rules import findings
from caucusroom_grading.strategies import scripts, thumbs
from caucusroom_grading.strategies.adaptive import adaptive
from caucusroom_grading.strategies.chair import Chair, Player, Wishes, play

from tests.judging.judged import played

STRIKE = load("labor-strike")


def straying(part: float, chair: Chair) -> Wishes:
    """The adaptive one, with any other move in between: gets further than chance alone."""
    for wish in adaptive(chair):
        if chair.chance(part):
            yield str(chair.random.choice(chair.legal))
        yield wish


def curious(chair: Chair) -> Wishes:
    """The adaptive one, who asks once more behind each door, and keeps what it is told there."""
    for wish in adaptive(chair):
        if wish != "allay_sharing":
            yield wish
        if wish.startswith("call_caucus"):
            yield "look_deeper"
            yield "look_deeper"


PLAYERS: tuple[Player, ...] = (
    adaptive,
    curious,
    *(partial(straying, part) for part in (0.05, 0.2, 0.5)),
    thumbs.always_caucus,
    thumbs.nice,
    thumbs.random_legal,
    *(strategy.players[0] for strategy in scripts.cards(STRIKE)),
)


class Varied(NamedTuple):
    """A play, and the same with its decision `number` put in or replaced."""

    play: Replay
    varied: Replay
    number: int


@cache
def line(number: int, dispute: Dispute = STRIKE) -> tuple[Case, tuple[Move, ...]]:
    """The nth play of all kinds of players, each time of another truth."""
    case = dispute.case(drawn(dispute, f"line {number}"))
    player = PLAYERS[number % len(PLAYERS)]
    return case, tuple(map(Move.of, play(case, player, Random(number))))


def inserted_harm(plays: int, tries: int = 6) -> Iterator[Varied]:
    """Plays into which one harmful decision was put, where all the others can still be made."""
    for number in range(plays):
        random, (case, moves) = Random(number), line(number)
        whole = played(case.dispute, case.id, moves)
        for _ in range(tries):
            place = random.randrange(len(moves) + 1)
            harmful = labelled(case, moves, place, HARMFUL)
            if harmful:
                kind = random.choice(sorted({move.technique for move in harmful}))
                put_in = random.choice([move for move in harmful if move.technique == kind])
                new = [*moves[:place], put_in, *moves[place:]]
                if possible(case, new):
                    yield Varied(whole, played(case.dispute, case.id, new), place + 1)


def replaced_sound(plays: int, tries: int = 8) -> Iterator[Varied]:
    """Plays in which one sound decision gave way to another sound one, where all the others can still be made."""
    for number in range(plays):
        random, (case, moves) = Random(number), line(number)
        whole = played(case.dispute, case.id, moves)
        for place in random.sample(range(len(moves)), min(tries, len(moves))):
            others = [move for move in labelled(case, moves, place, SOUND) if move != moves[place]]
            if whole.judged[place].label == SOUND and others:
                new = [*moves[:place], random.choice(others), *moves[place + 1 :]]
                if possible(case, new):
                    yield Varied(whole, played(case.dispute, case.id, new), place + 1)


def labelled(case: Case, moves: Sequence[Move], place: int, label: str) -> list[Move]:
    """The moves that would get a label after the first so many of a play."""
    now = played(case.dispute, case.id, moves[:place])
    return [move for move in legal_moves(case, now.state) if findings(now.moment, move)[0].label == label]


def possible(case: Case, moves: Sequence[Move]) -> bool:
    state = initial(case)
    for move in moves:
        if move not in legal_moves(case, state):
            return False
        state, _ = apply(case, state, move)
    return True
