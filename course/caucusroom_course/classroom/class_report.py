"""How a class did: static pages for the instructor, and one for each student to hand out."""

from __future__ import annotations

import hashlib
import re
import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import chdir, suppress
from pathlib import Path

from caucusroom_grading.handin.assignment import Assignment
from caucusroom_grading.handin.files import Unfit, read_file
from caucusroom_grading.handin.notebook import Notebook, is_of_this_edition, read_notebook
from caucusroom_grading.handin.submission import JOURNAL_LIMIT, Note, Verdict, read_submission
from caucusroom_grading.judging.judge import replay
from rich.console import Console
from rich.progress import track

from .alike import Play, decision_times
from .class_pages import index_page
from .coursefolder import lightly
from .marks import find_assignment, gradebook_of
from .sections import Work

with lightly():
    from caucusroom_grading.nbgrader.feedback import feedback_page, read_marks
    from caucusroom_grading.nbgrader.gradebook import find_handout
    from nbgrader.api import Gradebook
    from nbgrader.coursedir import CourseDirectory

INDEX = "index.html"
OUTDATED = "The marks were made under another edition of the rules or of the judge: grade it again."
_OURS = b'<meta name="generator" content="caucusroom class-report">'
_PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,60}", re.ASCII)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # names that are no files on Windows


def report_class(name: str, folder: Path, output: Path) -> None:
    """Write the report on an assignment into `output`, over an earlier one but over nothing else."""
    _must_be_ours(output)
    with gradebook_of(folder) as (course, gradebook), chdir(folder):
        assignment = find_assignment(gradebook, name)
        handed = next(filter(None, (find_handout(gradebook, name, one.name) for one in assignment.notebooks)), None)
        if handed is None:
            raise ValueError(f"“{name}” is no assignment of the course: only a graded mediation has a report.")
        work, notebooks = _read(course, gradebook, handed.assignment, name)
        absent = sorted({student.id for student in gradebook.students} - {one.marks.student for one in work})
    if not work:
        raise ValueError(f"Nothing of “{name}” is graded yet: grade it first.")
    students = output / "students"
    students.mkdir(parents=True, exist_ok=True)
    for old in students.glob("*.html"):
        old.unlink()
    for one, notebook in zip(work, notebooks, strict=True):
        (students / one.page).write_text(feedback_page(one.marks, notebook), encoding="utf-8")
    (output / INDEX).write_text(index_page(name, work, absent), encoding="utf-8")
    print(f"{output / INDEX} is written, and a page for each of {len(work)} students beside it.")


def _must_be_ours(output: Path) -> None:
    """ValueError if there is something else than an earlier report."""
    if output.exists() and not output.is_dir():
        raise ValueError(f"{output} is a file: name a folder for the report.")
    index = output / INDEX
    if output.exists() and any(output.iterdir()) and not (index.is_file() and _OURS in index.read_bytes()[:2000]):
        raise ValueError(f"{output} holds something else than a class report: name another folder.")


def _read(
    course: CourseDirectory, gradebook: Gradebook, assignment: Assignment, name: str
) -> tuple[list[Work], list[Notebook]]:
    """All graded work, in the order of the students' ids, and the notebooks that were graded."""
    graded = {}
    for submitted in gradebook.notebook_submissions(assignment.notebook.removesuffix(".ipynb"), name):
        student = submitted.assignment.student_id
        notebook = read_notebook(_place(course, course.autograded_directory, student, name) / assignment.notebook)
        if not isinstance(notebook, Note) and "caucusroom" in notebook.get("metadata", {}):
            graded[student] = (read_marks(submitted), notebook)
    students = sorted(graded)
    folders = [_place(course, course.submitted_directory, student, name) for student in students]
    # Ctrl-C is for the process that asked, which ends the others.
    with ProcessPoolExecutor(initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)) as pool:
        read = pool.map(read_submission, folders, [assignment] * len(students), students, chunksize=4)
        verdicts = list(track(read, "judging", len(students), console=Console(stderr=True), transient=True))
    work = []
    for student, folder, verdict in zip(students, folders, verdicts, strict=True):
        marks, notebook = graded[student]
        notes = tuple(Note(**note) for note in notebook["metadata"]["caucusroom"]["notes"])
        if not is_of_this_edition(notebook):
            notes = (*notes, Note("another-edition", "look", OUTDATED))
        notes += tuple(note for note in verdict.notes if note.weight == "failed")
        play = _play(verdict, folder / assignment.journal)
        work.append(Work(marks, verdict, notes, play, file_name(student)))
    return work, [graded[student][1] for student in students]


def _place(course: CourseDirectory, step: str, student: str, name: str) -> Path:
    return Path(course.format_path(step, student, name))


def _play(verdict: Verdict, journal: Path) -> Play | None:
    """The play of a journal that could be read, whoever played it."""
    if verdict.transcript is None:
        return None
    first = verdict.transcript.attempts[0]
    moves = first.moves[: _played(verdict)]
    try:
        times = decision_times(read_file(journal, JOURNAL_LIMIT), len(moves))
    except Unfit:
        times = ()
    return Play(verdict.student, first.case, moves, times)


def _played(verdict: Verdict) -> int:
    """How many decisions of the attempt that counts could be played; what a journal claims beyond is nobody's play."""
    if verdict.report is not None:
        return len(verdict.report.decisions)
    with suppress(Exception):  # nothing was judged, and why has been said
        return len(replay(verdict.transcript, 1).turns) if verdict.transcript else 0
    return 0


def file_name(student: str) -> str:
    """A name for a student's page that every file system takes and no two students share."""
    if _PLAIN.fullmatch(student) and not _RESERVED.fullmatch(student):
        return f"{student}.html"
    plain = re.sub(r"[^a-z0-9]+", "-", student.lower(), flags=re.ASCII).strip("-")[:40] or "student"
    return f"{plain}~{hashlib.sha256(student.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}.html"
