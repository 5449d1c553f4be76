"""Marks out of nbgrader's gradebook: as a table for a learning platform or a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from caucusroom_grading.handin.notebook import is_of_this_edition, read_notebook
from caucusroom_grading.handin.submission import Note

from ..streams import put, remark
from .coursefolder import lightly, open_course

with lightly():
    from nbgrader.api import Gradebook
    from nbgrader.coursedir import CourseDirectory

Rows: TypeAlias = Iterable[Sequence[str]]

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for a formula, or skips before one, at the beginning of a cell (CWE-1236)."""
_NAMED = 10
"""So many students are named in a remark."""


class Line(NamedTuple):
    """What a student has in an assignment. `handed_in` is "" where there is nothing; points are None then."""

    assignment: Any
    student: Any
    handed_in: str
    points: float | None
    penalty: float
    waiting: bool

    @property
    def score(self) -> str:
        """The points less the penalty, never below 0; "" where nothing was handed in."""
        return "" if self.points is None else number(max(0.0, self.points - self.penalty))


@contextmanager
def gradebook_of(folder: Path) -> Iterator[tuple[CourseDirectory, Gradebook]]:
    """The course in a folder and its gradebook. ValueError if there is none."""
    course, _ = open_course(folder)
    kept = course.db_url.removeprefix("sqlite:///")
    if kept != course.db_url and not Path(course.root, kept).is_file():
        raise ValueError(f"There is no gradebook in {folder}: name the folder of a course in which work was graded.")
    with Gradebook(course.db_url, course.course_id) as gradebook:
        yield course, gradebook


def export_marks(names: Sequence[str], to: str, folder: Path, file: Path | None) -> None:
    """Write the marks of assignments (of all if none is named) in one of the FORMATS, or print them.

    What keeps a mark from being final is said on the error stream.
    """
    with gradebook_of(folder) as (course, gradebook):
        assignments = [find_assignment(gradebook, name) for name in names] or gradebook.assignments
        lines = [line for assignment in assignments for line in _lines(gradebook, assignment)]
        text = _written(FORMATS[to](lines))
        if file is None:
            put(text)
        else:
            _write(file, text, mark=to == "csv")
            print(f"{file} is written: {_counted(len({line.student.id for line in lines}), 'student')}.")
        for assignment in assignments:
            for one in _remarks(course, assignment, [line for line in lines if line.assignment is assignment]):
                remark(f"{assignment.name}: {one}")


def find_assignment(gradebook: Gradebook, name: str) -> Any:
    """An assignment in the gradebook; ValueError that names those there are."""
    known = {assignment.name: assignment for assignment in gradebook.assignments}
    if name not in known:
        there = f"There are: {', '.join(known)}." if known else "There is none yet."
        raise ValueError(f"There is no assignment “{name}” in the gradebook. {there}")
    return known[name]


def number(points: float) -> str:
    """7 for 7.0, and at most two decimals."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def _lines(gradebook: Gradebook, assignment: Any) -> Iterator[Line]:
    submitted = {one.student_id: one for one in assignment.submissions}
    for student in gradebook.students:
        one = submitted.get(student.id)
        if one is None:
            yield Line(assignment, student, "", None, 0.0, False)
        else:
            handed_in = str(one.timestamp or "without a time")
            penalty = float(one.late_submission_penalty or 0)
            yield Line(assignment, student, handed_in, float(one.score), penalty, bool(one.needs_manual_grade))


# The formats. A blank score leaves it to the platform what it does about work that was not handed in.


def _csv(lines: Sequence[Line]) -> Rows:
    """A line for each student and assignment; the columns of nbgrader's own export, and whether it is final."""
    yield (
        *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
        *("raw_score", "late_submission_penalty", "score", "max_score", "needs_manual_grade"),
    )
    for line in lines:
        who = line.student
        yield (
            *(_text(line.assignment.name), str(line.assignment.duedate or ""), line.handed_in),
            *(_text(who.id), _text(who.last_name), _text(who.first_name), _text(who.email)),
            "" if line.points is None else number(line.points),
            *(number(line.penalty), line.score, number(line.assignment.max_score), "yes" if line.waiting else "no"),
        )


def _canvas(lines: Sequence[Line]) -> Rows:
    """What Canvas imports into its gradebook.

    Columns and their order: Canvas Instructor Guide, “How do I import grades in the Gradebook?”. It finds a student
    by ID, the platform's own number, then by SIS Login ID, then by name; Section has to be there and may be empty.
    The second row says what each assignment is worth.
    """
    names, worth, students = _columns(lines)
    yield ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names)
    yield ("    Points Possible", "", "", "", "", *worth)
    for who, scores in students:
        name = ", ".join(filter(None, (who.last_name, who.first_name))) or who.id
        yield (_text(name), _text(who.lms_user_id), "", _text(who.id), "", *scores)


def _moodle(lines: Sequence[Line]) -> Rows:
    """What Moodle imports under Grades, Import, CSV file.

    MoodleDocs, “Grade import”: the names are those of its own export, and which column identifies a student is chosen
    when the file is read. Username comes first because that is what the form proposes, and is never empty; feedback
    is left out because importing it without a grade wipes the grade.
    """
    names, _, students = _columns(lines)
    yield ("Username", "First name", "Last name", "ID number", "Email address", *names)
    for who, scores in students:
        known = (who.id, who.first_name, who.last_name, who.lms_user_id, who.email)
        yield (*map(_text, known), *scores)


FORMATS: dict[str, Callable[[Sequence[Line]], Rows]] = {"csv": _csv, "canvas": _canvas, "moodle": _moodle}


def _columns(lines: Sequence[Line]) -> tuple[list[str], list[str], list[tuple[Any, list[str]]]]:
    """One column an assignment: their names, what they are worth, and each student with the scores."""
    assignments = list({line.assignment.name: line.assignment for line in lines}.values())
    students: dict[str, tuple[Any, list[str]]] = {}
    for line in lines:  # all students for the first assignment, then all for the next
        students.setdefault(line.student.id, (line.student, []))[1].append(line.score)
    names, worth = [_text(one.name) for one in assignments], [number(one.max_score) for one in assignments]
    return names, worth, list(students.values())


def _text(said: str | None) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{said}" if said and said.startswith(_FORMULAS) else said or ""


def _written(rows: Rows) -> str:
    table = io.StringIO(newline="")
    csv.writer(table).writerows(rows)
    return table.getvalue()


def _write(file: Path, text: str, mark: bool) -> None:
    """Write a file, over an earlier one of the kind but over nothing else; with the `mark` that spreadsheets need to
    read UTF-8 (and that the importers of learning platforms would take for a part of the first column's name)."""
    if file.exists() and not text.startswith(_first_column(file)):
        raise ValueError(f"{file} is there already and is no such table: name another file.")
    with file.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as table:
        table.write(text)


def _first_column(file: Path) -> str:
    with file.open("rb") as table:
        return table.readline(1000).removeprefix(BOM_UTF8).decode("utf-8", "replace").partition(",")[0] + ","


def _remarks(course: CourseDirectory, assignment: Any, lines: Sequence[Line]) -> Iterator[str]:
    waiting = [line.student.id for line in lines if line.waiting]
    if waiting:
        yield f"{_counted(len(waiting), 'submission')} with something still to be graded by hand: {named(waiting)}."
    graded = {line.student.id for line in lines if line.points is not None}
    ungraded = sorted(collected(course, assignment.name) - graded)
    if ungraded:
        yield f"{_counted(len(ungraded), 'submission')} collected and not graded yet: {named(ungraded)}."
    outdated = sorted(student for student in graded if not _is_present(course, assignment, student))
    if outdated:
        yield (
            f"{_counted(len(outdated), 'submission')} marked under another edition of the rules or of the judge, to be "
            f"graded again: {named(outdated)}."
        )
    absent = sorted({line.student.id for line in lines} - graded - set(ungraded))
    if absent:
        yield f"{_counted(len(absent), 'student')} without a submission, whose score is left empty: {named(absent)}."


def _is_present(course: CourseDirectory, assignment: Any, student: str) -> bool:
    """Whether marks were made under the editions installed; so are those of what is no mediation."""
    folder = Path(course.format_path(course.autograded_directory, student, assignment.name))
    graded = (read_notebook(folder / f"{notebook.name}.ipynb") for notebook in assignment.notebooks)
    return all(
        isinstance(one, Note) or "caucusroom" not in one.get("metadata", {}) or is_of_this_edition(one)
        for one in graded
    )


def collected(course: CourseDirectory, assignment: str) -> set[str]:
    """The students whose work lies in the course's folder of submissions."""
    submitted = course.submitted_directory
    name = re.compile(course.format_path(submitted, "(?P<student>.*)", assignment, escape=True))
    found = map(name.fullmatch, glob(course.format_path(submitted, "*", assignment)))  # noqa: PTH207
    return {match["student"] for match in found if match}


def named(students: Sequence[str]) -> str:
    """Some students, by name if they are few."""
    more = len(students) - _NAMED
    return ", ".join(students[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _counted(count: int, one: str) -> str:
    return f"{count} {one}{'s' * (count != 1)}"
