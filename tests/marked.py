"""A class of twelve whose work is in and graded, in known ways: some were late, some had the same journal.

Journals are written line by line, so that a test says when each decision was made.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from caucusroom import load
from caucusroom.record.transcript import Header, hash_in, seal
from caucusroom_grading.strategies import thumbs
from nbgrader.api import Gradebook

from tests.classroom import (
    ASSIGNMENT,
    JOURNAL,
    NOTEBOOK,
    Classroom,
    apart,
    drawn,
    played_by,
    recited,
    skilled,
    somebody,
    write,
)

BEGUN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DUE = "2026-03-04 10:30:00.000000 UTC"
LATE, SILENT, ABSENT, UNGRADED, MANGLED = "kit", "lea", "zoe", "yan", "jun"
"""Who came late, left a question open, handed in nothing, is not graded by hand, and has another's journal."""
ANSWERS = {
    "reflection-1-answer": "I closed the door at **decision 5**, as their voices <i>rose</i>.\n\n# Why\n\n- they\n- we",
    "reflection-2-answer": "They told me of a letter; it was theirs to show & I asked. <script>alert(1)</script>",
}
REMARK = 'Say *which* decision you mean: "5 < 6" is no answer, Ana.'


def pauses(student: str) -> Iterator[int]:
    """Seconds between the decisions of a student: somebody reads, and no two read alike."""
    random = Random(f"pauses {student}")
    while True:
        yield random.randint(15, 240)


def journal(
    player: str, moves: Sequence[str], begun: datetime = BEGUN, between: Iterator[int] | None = None, case: str = ""
) -> bytes:
    """A journal as the room keeps it."""
    dispute, at = load(ASSIGNMENT), begun
    header = Header(dispute.id, dispute.content, case or drawn(player), player, at.isoformat(), ASSIGNMENT)
    lines = [seal(header.said())]
    between = between or pauses(player)
    for number, move in enumerate(moves, 1):
        at += timedelta(seconds=next(between))
        said = {"seq": number, "move": move, "at": at.isoformat(), "prev": hash_in(lines[-1])}
        lines.append(seal(said))
    return b"\n".join(lines) + b"\n"


TELLS = somebody("finn", thumbs.skilled_but_tells, "tell")
TWIN, ECHO = "ria", "sam"
"""Both replayed ana's line: one at a pace of their own, one has her times, too."""


def lines() -> dict[str, bytes]:
    """Everybody's journal."""
    independent: dict[str, tuple[str, ...]] = {
        "ana": skilled("ana"),
        "ben": skilled("ben"),
        "dov": skilled("dov")[:9],
        TELLS: played_by(thumbs.skilled_but_tells, TELLS),
        "hana": played_by(thumbs.skilled_but_presses, "hana"),
        "ivo": played_by(thumbs.never_caucus, "ivo"),
        "kit": played_by(thumbs.always_caucus, "kit"),
        "lea": played_by(thumbs.nice, "lea"),
        UNGRADED: played_by(thumbs.positions_only, UNGRADED),
    }
    journals = {student: journal(student, moves, _begun(student)) for student, moves in independent.items()}
    journals[TWIN] = journal(TWIN, recited(skilled("ana"), TWIN), _begun(TWIN))
    journals[ECHO] = journal(ECHO, recited(skilled("ana"), ECHO), _begun("ana"), pauses("ana"))
    journals[MANGLED] = journals["ben"]
    return journals


def _begun(student: str) -> datetime:
    return BEGUN + timedelta(seconds=Random(f"begun {student}").randint(0, 90_000))


@contextmanager
def marked_class(name: str, folders: pytest.TempPathFactory) -> Iterator[Classroom]:
    """The class in a folder of its own: a copy of what the first who asked for it in this run of the tests has made."""
    own = folders.mktemp(name)
    whole_run = folders.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else folders.getbasetemp()
    made = whole_run / "marked-class"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the other worker may be at it
        if not made.with_suffix(".done").exists():
            shutil.rmtree(made, ignore_errors=True)
            make_marked_class(made)
            made.with_suffix(".done").touch()
    with apart(own):
        yield Classroom(own, copied=made)


def make_marked_class(folder: Path) -> None:
    """With everything graded that can be, and one who never handed in."""
    with apart(folder):
        room = Classroom(folder)
        room.instructor("generate_assignment", ASSIGNMENT)
        work = folder / "work"
        for student, said in lines().items():
            shutil.copytree(room.folder / "release" / ASSIGNMENT, work)
            (work / JOURNAL).write_bytes(said)
            left = "reflection-2-answer" if student == SILENT else ""
            write(work / NOTEBOOK, {id: text for id, text in ANSWERS.items() if id != left})
            room.hand_in(student, work)
            shutil.rmtree(work)
        (room.submitted(LATE) / "timestamp.txt").write_text("2026-03-05 11:30:00.000000 UTC")
        with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as gradebook:
            gradebook.update_or_create_assignment(ASSIGNMENT, duedate=DUE)
            gradebook.add_student("ana", first_name="Ana María", last_name='Weiß, "the" elder', lms_user_id="4711")
            gradebook.add_student("ben", first_name="=1+1", last_name="@ben\nJunior", email="ben@example.org")
            gradebook.add_student(ABSENT, first_name="Zoë")
        room.instructor("autograde", ASSIGNMENT)
        by_hand(room, _grade)


def _grade(submitted: Any) -> None:
    student = submitted.student.id
    for grade in submitted.grades:
        if grade.name in ANSWERS and student != UNGRADED:
            grade.manual_score, grade.needs_manual_grade = 6.5, False
    for comment in submitted.comments:
        if student == "ana" and comment.name == "reflection-1-answer":
            comment.manual_comment = REMARK
    if student == LATE:
        submitted.late_submission_penalty = 5


def by_hand(room: Classroom, change: Callable[[Any], None]) -> None:
    """What a grader does in Formgrader, to everybody's notebook."""
    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as gradebook:
        for submitted in gradebook.notebook_submissions(ASSIGNMENT, ASSIGNMENT):
            change(submitted)
        gradebook.db.commit()
