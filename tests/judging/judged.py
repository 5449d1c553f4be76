"""Moments and scores of a few moves: what `judge` says, without the parts of a report that take longer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from caucusroom import Attempt, Move, Transcript
from caucusroom.model.dispute import Dispute
from caucusroom.record.transcript import Header
from caucusroom_grading import Report, judge
from caucusroom_grading.judging.judge import Replay
from caucusroom_grading.judging.score import scores, total_of


def transcript(dispute: Dispute, case: str, moves: Iterable[str | Move]) -> Transcript:
    header = Header(dispute.id, dispute.content, case, "ana", "")
    return Transcript(header, (Attempt(case, tuple(map(str, moves))),))


def report(dispute: Dispute, case: str, moves: Iterable[str | Move]) -> Report:
    return judge(transcript(dispute, case, moves), dispute=dispute)


def played(dispute: Dispute, case: str, moves: Iterable[str | Move]) -> Replay:
    """These moves played and judged; ValueError with the reason if one of them cannot be."""
    replay = Replay(dispute, 1, Attempt(case, ()), spoken=False)
    for number, move in enumerate(moves, 1):
        refusal = replay.follow(str(move))
        if refusal:
            raise ValueError(f"{number}. {move}: {refusal}")
    return replay


class Marks(NamedTuple):
    """The total, None while it lasts, and the level of each criterion, by its id."""

    total: int | None
    levels: dict[str, int | None]


def marks(replay: Replay) -> Marks:
    """What `judge` would give the play so far."""
    judged = scores(replay.play)
    return Marks(total_of(replay.play, judged), {score.id: score.level for score in judged})
