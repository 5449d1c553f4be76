"""Moments and scores of a few moves: what `judge` says, without the parts of a report that take longer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from caucusroom import Attempt, Move, Transcript
from caucusroom.model.dispute import Dispute
from caucusroom.record.transcript import Header
from caucusroom_grading import Report, judge
from caucusroom_grading.judging.judge import Replay
from caucusroom_grading.judging.scale import Play
from caucusroom_grading.judging.score import caps, scores


def transcript(dispute: Dispute, case: str, moves: Iterable[str | Move]) -> Transcript:
    header = Header(dispute.id, dispute.content, case, "ana", "")
    return Transcript(header, (Attempt(case, tuple(map(str, moves))),))


def report(dispute: Dispute, case: str, moves: Iterable[str | Move]) -> Report:
    return judge(transcript(dispute, case, moves), dispute=dispute)


def played(dispute: Dispute, case: str, moves: Iterable[str | Move]) -> Replay:
    """These moves played and judged; ValueError with the reason if one of them cannot be."""
    replay = Replay(dispute, 1, Attempt(case, ()))
    for number, move in enumerate(moves, 1):
        refusal = replay.follow(str(move))
        if refusal:
            raise ValueError(f"{number}. {move}: {refusal}")
    return replay


class Marks(NamedTuple):
    """The total and the level of each criterion, by its id."""

    total: int
    levels: dict[str, int]


def marks(replay: Replay) -> Marks:
    """What `judge` would give the play so far."""
    play = Play(replay.dispute, tuple(replay.judged), replay.moment)
    judged = scores(play, caps(play))
    return Marks(sum(score.points for score in judged), {score.id: score.level for score in judged})
