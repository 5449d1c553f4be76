"""From the folder that a student handed in to a verdict: points, report, and what an instructor should know.

Nothing of the student is run or trusted: one file is read, the journal, and its decisions are judged by replay.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from caucusroom import JournalError, JournalOutdated, Transcript, load
from caucusroom.record.names import same_person
from caucusroom.record.transcript import parse, unborn
from caucusroom.session import draw_case

from ..judging.judge import judge
from ..judging.report import Report
from ..words import en
from .assignment import Assignment, weights
from .files import Unfit, read_file, shown

JOURNAL_LIMIT = 5_000_000
"""Bytes, as many as the room writes."""

Weight: TypeAlias = Literal["failed", "zero", "look", "info"]


class Note(NamedTuple):
    """What an instructor should know of a submission, as a sentence; `kind` is a name for it that stays.

    `weight`: failed, it is why nothing could be judged here, of which no mark may come; zero, it is why nothing was
    earned; look, somebody should have a look; info, nobody needs to.
    """

    kind: str
    weight: Weight
    text: str


@dataclass(frozen=True)
class Verdict:
    """What a submission earns. `points` has a float for each criterion, from 0.0 to what it is worth.

    `transcript` is there if the journal could be read, `report` if it was judged. The first attempt counts. Where
    `failure` says something, the points are none that anybody earned.
    """

    assignment: Assignment
    student: str
    points: Mapping[str, float]
    notes: tuple[Note, ...]
    transcript: Transcript | None = None
    report: Report | None = None

    @property
    def total(self) -> float:
        return sum(self.points.values())

    def earned(self, criterion: str, worth: float) -> float:
        """The points for a criterion whose cell is worth so much: an instructor may have given it another weight."""
        return round(self.points[criterion] * worth / weights()[criterion], 2)

    @property
    def failure(self) -> str:
        """Why it could not be judged here, a sentence: for want of this version or by a defect of ours; else ""."""
        return next((note.text for note in self.notes if note.weight == "failed"), "")

    @property
    def gaps(self) -> tuple[Note, ...]:
        """What keeps the mediation from being whole: somebody who hands it in should see to it, if they still can."""
        return tuple(note for note in self.notes if note.weight in ("failed", "zero") or note.kind in _GAPS)

    @property
    def attempts(self) -> int:
        return len(self.transcript.attempts) if self.transcript else 0

    @property
    def hints(self) -> int:
        """Hints asked for, in all attempts."""
        return sum(len(attempt.hints) for attempt in self.transcript.attempts) if self.transcript else 0


_GAPS = ("damaged", "cannot-be-played")


class _Nothing(Exception):
    """Why a submission earns nothing, or cannot be judged here."""

    def __init__(self, kind: str, text: str, weight: Weight = "zero") -> None:
        super().__init__(text)
        self.note = Note(kind, weight, text)


def read_submission(folder: Path, assignment: Assignment, student: str | None) -> Verdict:
    """Judge the journal in `folder`. Never raises for whatever lies there; the notes say what was wrong with it.

    `student` is who handed it in; None where that is not known, and then anybody may have played.
    """
    transcript, report = None, None
    notes: list[Note] = []
    try:
        transcript = _read(folder / assignment.journal)
        _must_be_theirs(transcript, assignment, student)
        report = _judge(transcript)
        notes += _remarks(transcript, report)
    except _Nothing as nothing:
        notes = [nothing.note, *_elsewhere(folder, assignment, transcript)]
    points = dict.fromkeys(weights(), 0.0)
    if report is not None:
        points |= {score.id: float(score.points) for score in report.criteria}
    return Verdict(assignment, student or "", points, tuple(notes), transcript, report)


def of_another_version(folder: Path, assignment: Assignment, student: str) -> str:
    """Why the journal in `folder` cannot be judged by what is installed here, a sentence; "" if it can be, or if there
    is nothing to judge. Nothing is judged."""
    try:
        _must_be_theirs(_read(folder / assignment.journal), assignment, student)
    except _Nothing as nothing:
        return nothing.note.text if nothing.note.weight == "failed" else ""
    return ""


def _read(path: Path) -> Transcript:
    try:
        data = read_file(path, JOURNAL_LIMIT)
    except Unfit as unfit:
        if unfit.kind == "missing":
            raise _Nothing(
                "no-journal", f"There is no journal {path.name} in what was handed in, so there is nothing to judge."
            ) from None
        raise _Nothing(unfit.kind, f"The journal {path.name} {unfit.words}, so nothing was judged.") from None
    if unborn(data):
        raise _Nothing("no-decision", f"The journal {path.name} is empty: no decision was ever recorded in it.")
    try:
        return parse(data, Path(path.name))[0]
    except JournalOutdated as error:
        raise _Nothing("another-version", str(error), "failed") from None
    except JournalError as error:
        raise _Nothing("unreadable", str(error)) from None


def _must_be_theirs(transcript: Transcript, assignment: Assignment, student: str | None) -> None:
    """_Nothing unless this is the journal of that student, in that assignment, in the truth drawn for them."""
    header = transcript.header
    player, first = shown(header.player), transcript.attempts[0]
    try:
        dispute = load(assignment.dispute)
    except ValueError as error:
        raise _Nothing("another-version", f"This assignment cannot be judged here: {error}", "failed") from None
    if student is not None and not same_person(header.player, student):
        raise _Nothing(
            "another-player",
            f"The journal was played by “{player}”{_unlike(player, student)}, and “{student}” handed it in.",
        )
    if header.dispute != dispute.id:
        raise _Nothing(
            "another-dispute", f"The journal is of the dispute “{shown(header.dispute)}”, not of {dispute.id}."
        )
    if header.assignment != assignment.name:
        other = f"the assignment “{shown(header.assignment)}”" if header.assignment else "practice"
        raise _Nothing("another-assignment", f"The journal is of {other}, not of {assignment.name}.")
    if unlike := header.unlike(dispute.content):
        raise _Nothing(
            "another-version", f"The journal {unlike} here: grade it with the caucusroom it was played with.", "failed"
        )
    if first.case != draw_case(dispute, header.player, 1, assignment.name):
        raise _Nothing(
            "another-case",
            f"The journal is not of the truth that {assignment.name} draws for “{player}”: it was not played in the "
            "room of this assignment.",
        )
    if not first.moves:
        raise _Nothing("no-decision", "The room was opened, and no decision was made in it.")


def _unlike(player: str, student: str) -> str:
    """Names the letters by which two names differ that may look alike, the first three of them."""
    strange = sorted({letter for letter in player if not letter.isascii() and letter not in student})[:3]
    names = ", ".join(unicodedata.name(letter, "a strange letter") for letter in strange)
    return f" (written with {names})" if names else ""


def _judge(transcript: Transcript) -> Report:
    try:
        return judge(transcript, 1)
    except Exception as error:  # a defect of ours, which must not stop the marking of a class
        raise _Nothing(
            "not-judged", f"The journal could not be judged ({type(error).__name__}: {error}).", "failed"
        ) from error


def _remarks(transcript: Transcript, report: Report) -> Iterator[Note]:
    if transcript.damage:
        yield Note("damaged", "look", f"{transcript.notices[-1]} What comes before it was judged.")
    for notice in report.notices[len(transcript.notices) :]:
        yield Note("cannot-be-played", "look", f"{shown(notice, 1000)} What comes before it was judged.")
    if report.ending is None:
        made = len(report.decisions)
        yield Note("not-finished", "zero", f"{en.NOT_ENDED} It stands at decision {made}.")
    attempts = transcript.attempts
    if len(attempts) > 1:
        yield Note("several-attempts", "info", f"There are {len(attempts)} attempts, and the first of them counts.")
    branches, hints = sum(one.parent > 0 for one in attempts), sum(len(one.hints) for one in attempts)
    if branches or hints:
        yield Note(
            "practice",
            "look",
            f"The journal was also opened for practice (decisions taken back: {branches}, hints asked for: {hints}, "
            f"of these in the attempt that counts: {len(attempts[0].hints)}).",
        )


def _elsewhere(folder: Path, assignment: Assignment, transcript: Transcript | None) -> Iterator[Note]:
    """A journal that goes by another name is not judged, and should not go unseen."""
    names: list[str] = []
    with suppress(OSError):
        names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".jsonl"))
    others = [shown(name) for name in names if name != assignment.journal]
    if others and transcript is None:
        yield Note(
            "another-name",
            "look",
            f"There is also {', '.join(others[:3])}: if that is the journal, rename it to {assignment.journal} "
            "and grade again.",
        )
