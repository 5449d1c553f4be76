"""The automatic comment of a criterion: what was earned and why, in words for the student."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..judging.report import TOP, Report
from ..judging.score import HARM
from ..words import en
from .submission import Verdict


def comment(criterion: str, verdict: Verdict, worth: float) -> str:
    """A paragraph on one criterion of a verdict, whose cell is worth so many points."""
    return " ".join(sentences(criterion, verdict, worth))


def sentences(criterion: str, verdict: Verdict, worth: float) -> Iterator[str]:
    report, points = verdict.report, f"{verdict.earned(criterion, worth):g} of {worth:g} points."
    if report is None:
        yield points
        yield from (note.text for note in verdict.notes if note.weight == "zero")
        return
    score = next(score for score in report.criteria if score.id == criterion)
    level = "No level" if score.level is None else f"Level {score.level} of {TOP}"
    yield f"{level}, {points}"
    if report.total is None:
        yield en.NOT_ENDED
    yield score.anchor
    yield from (one.text for one in score.occasions if one.earned < one.weight)
    for numbers, word in ((score.harmful, "harmful"), (score.weak, "weak")):
        if numbers:
            yield f"Against it counts what was {word}: {_at(numbers)}."
    if report.total is not None and (report.harm or report.caps):
        yield from _spoilt(report)
    if score.decisions:
        yield f"Look at {_at(score.decisions)} in the review."


def _spoilt(report: Report) -> Iterator[str]:
    """Why the points are fewer than the level is worth."""
    if report.harm:
        yield f"Every harmful decision takes {HARM} points off the total, which is shared out over the criteria."
    yield from (cap.reason for cap in report.caps)


def _at(decisions: Sequence[int]) -> str:
    listed = ", ".join(map(str, decisions[:-1]))
    return f"decisions {listed} and {decisions[-1]}" if listed else f"decision {decisions[0]}"
