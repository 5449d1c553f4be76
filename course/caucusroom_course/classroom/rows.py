"""Marks into nbgrader's gradebook: the rows that `nbgrader autograde` leaves there, for many students at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import random
from typing import Any, NamedTuple, TypeVar

from caucusroom_grading.handin.submission import Note
from traitlets import Bool, Dict, Integer, Type
from traitlets.config import Config, LoggingConfigurable

from .coursefolder import lightly
from .paper import Graded

with lightly():
    from nbformat import from_dict
    from nbgrader import utils
    from nbgrader.api import (
        Comment,
        Grade,
        Gradebook,
        GradeCell,
        SolutionCell,
        Student,
        SubmittedAssignment,
        SubmittedNotebook,
        TaskCell,
    )
    from nbgrader.plugins import BasePlugin, LateSubmissionPlugin
    from sqlalchemy.exc import IntegrityError, OperationalError
    from sqlalchemy.orm import selectinload

PAUSES = (0.2, 0.5, 1.0, 2.0)
"""Seconds, on average, between tries when the gradebook is in use; before each, SQLite itself waits for five."""

Result = TypeVar("Result")


class BaseConverter(LoggingConfigurable):
    """Settings of nbgrader, under its own name for them."""

    permissions = Integer(0).tag(config=True)


class Autograde(BaseConverter):
    """Settings of nbgrader, under its own name for them."""

    create_student = Bool(True).tag(config=True)
    exclude_overwriting = Dict().tag(config=True)


class AssignLatePenalties(LoggingConfigurable):
    """Settings of nbgrader, under its own name for them."""

    plugin_class = Type(LateSubmissionPlugin, klass=BasePlugin).tag(config=True)


class Standing(NamedTuple):
    """What the gradebook knows of a submission: whether it has all its marks, and how late it was handed in."""

    marked: bool
    seconds_late: float
    penalty: float | None

    @property
    def notes(self) -> tuple[Note, ...]:
        if self.seconds_late <= 0:
            return ()
        lost = f"; the penalty is {self.penalty:g} points" if self.penalty else ""
        return (Note("late", "look", f"Handed in {timedelta(seconds=int(self.seconds_late))} late{lost}."),)


class Rows:
    """The gradebook of a course, as far as one assignment goes that consists of one notebook."""

    def __init__(self, gradebook: Gradebook, assignment: str, settings: Config) -> None:
        self._db = gradebook.db
        self._config = settings
        self._creates = bool(Autograde(config=settings).create_student)
        with lightly():
            plugin = AssignLatePenalties(config=settings).plugin_class
        self._late = plugin(config=settings)
        found = gradebook.find_assignment(assignment)
        (notebook,) = found.notebooks
        self._assignment, self._notebook = found.id, notebook.id
        self._graded = _names(notebook.grade_cells)
        self._answers = _names(notebook.solution_cells)
        self._tasks = _names(notebook.task_cells)

    def standings(self) -> dict[str, Standing]:
        """What there is of each student who ever handed this in."""
        try:
            return {row.student_id: self._standing(row) for row in self._submissions()}
        finally:
            self._db.remove()

    def save(self, papers: Sequence[tuple[Graded, datetime | None]]) -> dict[str, Standing]:
        """Save these with the times they were handed in, all or none. Manual grades stay as they are.

        OperationalError or IntegrityError if others keep the gradebook in use; ValueError for an unknown student.
        """
        return patiently(lambda: self._save(papers))

    def _save(self, papers: Sequence[tuple[Graded, datetime | None]]) -> dict[str, Standing]:
        try:
            standings = self._write(papers)
            self._db.commit()
            return standings
        finally:
            self._db.remove()  # lets go of the gradebook; and next time, what others have saved meanwhile is seen

    def _write(self, papers: Sequence[tuple[Graded, datetime | None]]) -> dict[str, Standing]:
        students = [graded.paper.student for graded, _ in papers]
        there = {row.student_id: row for row in self._submissions(students)}
        for student in students:
            if student not in there:
                there[student] = self._add(student)
        self._db.flush()
        for graded, handed_in in papers:
            submission = there[graded.paper.student]
            if handed_in is not None:
                submission.timestamp = handed_in
            self._mark(self._of(submission), graded)
        self._db.flush()
        for submission in there.values():
            self._penalise(submission)
        return {student: self._standing(row) for student, row in there.items()}

    def _submissions(self, students: Sequence[str] | None = None) -> list[Any]:
        notebooks = selectinload(SubmittedAssignment.notebooks)
        rows = self._db.query(SubmittedAssignment).filter(SubmittedAssignment.assignment_id == self._assignment)
        if students is not None:
            rows = rows.filter(SubmittedAssignment.student_id.in_(students))
        wanted = (notebooks.selectinload(part) for part in (SubmittedNotebook.grades, SubmittedNotebook.comments))
        return list(rows.options(*wanted))

    def _add(self, student: str) -> Any:
        if self._db.get(Student, student) is None:
            if not self._creates:
                raise ValueError(
                    "There is no such student in the gradebook, and the settings (Autograde.create_student) "
                    "say not to add any."
                )
            self._db.add(Student(id=student))
            self._db.flush()
        submission = SubmittedAssignment(assignment_id=self._assignment, student_id=student)
        notebook = SubmittedNotebook(notebook_id=self._notebook, assignment=submission)
        notebook.grades = [Grade(cell_id=cell) for cell in (*self._graded, *self._tasks)]
        notebook.comments = [Comment(cell_id=cell) for cell in (*self._answers, *self._tasks)]
        self._db.add(submission)
        return submission

    def _of(self, submission: Any) -> Any:
        return next(notebook for notebook in submission.notebooks if notebook.notebook_id == self._notebook)

    def _mark(self, notebook: Any, graded: Graded) -> None:
        cells = {cell["metadata"]["nbgrader"]["grade_id"]: from_dict(cell) for cell in graded.cells}  # type: ignore[no-untyped-call]
        comments = {row.cell_id: row for row in notebook.comments}
        for grade in notebook.grades:
            name = self._graded.get(grade.cell_id)
            if name is None:
                continue
            grade.auto_score = utils.determine_grade(cells[name])[0]
            grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
            if name in graded.comments:  # nbgrader makes rows for comments on answers only
                if grade.cell_id not in comments:
                    comments[grade.cell_id] = Comment(cell_id=grade.cell_id)
                    notebook.comments.append(comments[grade.cell_id])
                comments[grade.cell_id].auto_comment = graded.comments[name]
        for id, name in self._answers.items():
            unanswered = cells[name].metadata.nbgrader.checksum == utils.compute_checksum(cells[name])
            comments[id].auto_comment = "No response." if unanswered else None

    def _penalise(self, submission: Any) -> None:
        notebook = self._of(submission)
        notebook.late_submission_penalty = None
        late = submission.total_seconds_late
        if late > 0:
            self._db.flush()
            self._db.refresh(notebook, ["score"])
            penalty = self._late.late_submission_penalty(submission.student_id, notebook.score, late)
            if penalty is not None:
                notebook.late_submission_penalty = min(max(penalty, 0), notebook.score)

    def _standing(self, submission: Any) -> Standing:
        notebooks = [notebook for notebook in submission.notebooks if notebook.notebook_id == self._notebook]
        grades = {self._graded.get(row.cell_id): row for notebook in notebooks for row in notebook.grades}
        marked = all(
            name in grades and (grades[name].auto_score is not None or name in self._answers.values())
            for name in self._graded.values()
        )
        penalty = notebooks[0].late_submission_penalty if notebooks else None
        return Standing(marked, submission.total_seconds_late, penalty)


def _names(cells: Sequence[GradeCell | SolutionCell | TaskCell]) -> Mapping[str, str]:
    return {cell.id: cell.name for cell in cells}


def open_gradebook(url: str, course: str) -> Gradebook:
    """nbgrader's gradebook, waited for while it is in use."""
    return patiently(lambda: Gradebook(url, course))


def patiently(work: Callable[[], Result]) -> Result:
    """Do it, and again after a pause while somebody else is in the way; if they stay there, the error is raised."""
    for pause in PAUSES:
        try:
            return work()
        except (OperationalError, IntegrityError):
            time.sleep(pause * (0.5 + random()))
    return work()
