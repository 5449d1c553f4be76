"""The automatic comment of a criterion: what was earned and why, in words for the student."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..judging.report import TOP, Score
from ..judging.score import HARM
from .assignment import weights
from .submission import Verdict


def comment(criterion: str, verdict: Verdict) -> str:
    """A paragraph on one criterion of a verdict."""
    return " ".join(sentences(criterion, verdict))


def sentences(criterion: str, verdict: Verdict) -> Iterator[str]:
    worth = weights()[criterion]
    if verdict.report is None:
        yield f"0 of {worth} points."
        yield from (note.text for note in verdict.notes if note.weight == "zero")
        return
    score = next(score for score in verdict.report.criteria if score.id == criterion)
    yield f"Level {score.level} of {TOP}, {score.points} of {worth} points."
    yield from _earned(score)
    if score.points < worth * score.level // TOP:
        yield from _spoilt(verdict)
    if score.decisions:
        yield f"Look at {_at(score.decisions)} in the review."


def _earned(score: Score) -> Iterator[str]:
    before = f"Level {score.earned} was reached: " if score.losses else ""
    yield f"{before}{score.anchor}"
    for loss in score.losses:
        levels = "One level was" if loss.levels == 1 else f"{loss.levels} levels were"
        yield f"{levels} taken off for {loss.reason} ({_at(loss.decisions)})."


def _spoilt(verdict: Verdict) -> Iterator[str]:
    """Why the points are fewer than the level is worth."""
    assert verdict.report is not None
    if verdict.report.harm:
        yield f"Every harmful decision takes {HARM} points off the total, which is shared out over the criteria."
    yield from (cap.reason for cap in verdict.report.caps)


def _at(decisions: Sequence[int]) -> str:
    listed = ", ".join(map(str, decisions[:-1]))
    return f"decisions {listed} and {decisions[-1]}" if listed else f"decision {decisions[0]}"
