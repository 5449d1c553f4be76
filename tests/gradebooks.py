"""What stands in a gradebook and in `autograded`, in a form in which two of them can be compared; and a large class."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from caucusroom import load
from caucusroom.record.journal import Journal
from nbgrader.api import Comment, Grade, Gradebook, GradeCell, Student, SubmittedAssignment, SubmittedNotebook

from tests.classroom import ASSIGNMENT, JOURNAL, NOTEBOOK, Classroom, drawn, skilled, write


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in a gradebook that says something of a submission, by table. Ids are drawn at random."""
    with Gradebook(url) as gradebook:
        every = gradebook.db.query
        found: dict[str, list[tuple[Any, ...]]] = {
            "student": [(one.id, one.first_name, one.last_name, one.email, one.lms_user_id) for one in every(Student)],
            "submission": [
                (one.student_id, one.name, one.timestamp, one.extension, one.score, one.max_score)
                for one in every(SubmittedAssignment)
            ],
            "notebook": [
                (one.student.id, one.name, one.flagged, one.late_submission_penalty, one.score, one.needs_manual_grade)
                for one in every(SubmittedNotebook)
            ],
            "grade": [
                (*_place(one), one.auto_score, one.manual_score, one.extra_credit, one.needs_manual_grade)
                for one in every(Grade)
            ],
            "comment": [(*_place(one), one.auto_comment, one.manual_comment) for one in every(Comment)],
            "cell": [(one.name, one.max_score, one.cell_type) for one in every(GradeCell)],
        }
    return {table: sorted(some, key=repr) for table, some in found.items()}


def _place(row: Any) -> tuple[str, str, str, str]:
    return row.student.id, row.notebook.name, row.cell.name, row.cell.type


def url(course: Path) -> str:
    return f"sqlite:///{course / 'gradebook.db'}"


def folders(course: Path) -> dict[str, tuple[int, int, str]]:
    """Every file and folder in `autograded`: its mode, that of the folder it is in, and its text without our record."""
    return {
        str(path.relative_to(course)): (path.stat().st_mode, path.parent.stat().st_mode, _text(path))
        for path in (course / "autograded").rglob("*")
    }


def _text(path: Path) -> str:
    if path.is_dir():
        return ""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return text
    notebook = json.loads(text)
    notebook["metadata"]["caucusroom"].pop("graded", None)
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def hand_in_many(room: Classroom, count: int) -> None:
    """So many students, each with a skilled play of the truth that was drawn for them, ended sooner or later."""
    dispute = load(ASSIGNMENT)
    for number in range(count):
        student = f"student-{number:03}"
        room.hand_in(student, room.folder / "release" / ASSIGNMENT)
        folder = room.submitted(student)
        journal = Journal.open(
            folder / JOURNAL,
            dispute=dispute.id,
            content=dispute.content,
            default_case=drawn(student),
            default_player=student,
            assignment=ASSIGNMENT,
        )
        with journal:
            for move in (*skilled(student)[: 8 + number % 40], "close_open"):
                journal.record(move)
        write(folder / NOTEBOOK, {"reflection-1-answer": f"What {student} thinks.", "reflection-2-answer": "Much."})


def copy(course: Path, to: Path) -> Path:
    """A course with all that was handed in, to be graded on its own."""
    shutil.copytree(course, to, symlinks=True)
    return to
