"""Grading a class: processes that judge, and one that writes what they found into the gradebook, a batch at a time.

A submission is done when its marks are in the gradebook and then its folder is in `autograded`. Stopped at any moment,
the next run finds what is not done, and does it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from glob import escape, glob
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Literal, NamedTuple

from caucusroom_grading.handin.files import Unfit, journals_in
from caucusroom_grading.handin.notebook import Handout
from caucusroom_grading.handin.submission import Note

from .coursefolder import lightly, open_course
from .paper import Graded, Job, Kept, Paper, Unjudged, begin, files_in, grade_paper, put_in_place, share
from .rows import Autograde, Rows, Standing, open_gradebook, patiently

with lightly():
    from caucusroom_grading.nbgrader.gradebook import find_handout
    from nbgrader.api import Gradebook, MissingEntry
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.utils import parse_utc
    from sqlalchemy.exc import ArgumentError, DBAPIError
    from traitlets.config import Config

BATCH = 16
SECONDS = 2.0
"""So many submissions, or those of so long, are saved at once."""


class Outcome(NamedTuple):
    """What came of a submission. The notes of one that failed are the one sentence that says why."""

    student: str
    state: Literal["graded", "kept", "failed"]
    notes: tuple[Note, ...]


class Batch:
    """An assignment of a course that is about to be graded."""

    def __init__(self, rows: Rows, job: Job, papers: list[Paper]) -> None:
        self.papers = papers
        self._rows = rows
        self._job = job

    def outcomes(self, workers: int) -> Iterator[Outcome]:
        """Grade what is to be graded; what came of each submission, as it comes."""
        standings = patiently(self._rows.standings)
        papers = [paper._replace(marked=_marked(standings.get(paper.student))) for paper in self.papers]
        waiting: list[tuple[Graded, datetime | None]] = []
        saved = time.monotonic()
        for paper, found in _spread(partial(grade_paper, self._job), papers, min(workers, len(papers))):
            if isinstance(found, Kept):
                yield Outcome(paper.student, "kept", found.notes + standings[paper.student].notes)
            elif isinstance(found, Graded):
                try:
                    waiting.append((found, parse_utc(found.timestamp or None)))
                except Exception:  # whatever a reader of dates makes of what is none
                    yield _failed(paper, "Its timestamp.txt does not say a time: write the time of submission there.")
            else:
                yield _failed(paper, _words(found), found.kind if isinstance(found, Unjudged) else "not-graded")
            if len(waiting) >= BATCH or time.monotonic() > saved + SECONDS:
                yield from self._save(waiting)
                waiting, saved = [], time.monotonic()
        yield from self._save(waiting)

    def _save(self, waiting: list[tuple[Graded, datetime | None]]) -> Iterator[Outcome]:
        if not waiting:
            return
        try:
            standings = self._rows.save(waiting)
        except DBAPIError as error:
            for graded, _ in waiting:
                yield _failed(graded.paper, f"The gradebook could not be written ({error.orig}): run this again.")
        except Exception as error:  # of one of them, as of a rule for late work that somebody wrote
            if len(waiting) > 1:
                for one in waiting:
                    yield from self._save([one])
            else:
                yield _failed(waiting[0][0].paper, _words(error))
        else:
            for graded, _ in waiting:
                yield self._finish(graded, standings[graded.paper.student])

    def _finish(self, graded: Graded, standing: Standing) -> Outcome:
        try:
            put_in_place(graded.paper)
        except OSError as error:
            return _failed(graded.paper, _words(error))
        return Outcome(graded.paper.student, "graded", graded.notes + standing.notes)


@contextmanager
def open_batch(folder: Path, assignment: str, students: Iterable[str], force: bool) -> Iterator[Batch]:
    """The submissions of an assignment, of these students or of all, and nobody else grades them meanwhile.

    ValueError for what cannot be graded here, with what to do instead.
    """
    course, settings = open_course(folder)
    _must_be_made(course, assignment)
    try:
        with open_gradebook(course.db_url, course.course_id) as gradebook:
            job = _job(course, settings, assignment, _handout(gradebook, assignment), force)
            papers = _papers(course, assignment, tuple(students))
            with _alone(Path(course.root, course.autograded_directory), course.groupshared):
                yield Batch(Rows(gradebook, assignment, settings), job, papers)
    except DBAPIError as error:
        raise ValueError(f"The gradebook cannot be used ({error.orig}): see to that, and run this again.") from error
    except ArgumentError as error:
        raise ValueError(f"The settings name a gradebook (CourseDirectory.db_url) that cannot be: {error}.") from error


def _must_be_made(course: CourseDirectory, assignment: str) -> None:
    """Nobody opens a gradebook in SQLite that is not there, for that would make it."""
    kind, _, path = course.db_url.partition(":///")
    if kind.startswith("sqlite") and not Path(path).is_file():
        raise ValueError(f"There is no gradebook {path}. {_advice(assignment)}")


def _advice(assignment: str) -> str:
    return (
        f'Make the assignment with nbgrader generate_assignment "{assignment}", or name the folder of its course with '
        "--course."
    )


def _handout(gradebook: Gradebook, assignment: str) -> tuple[str, Handout]:
    """The one notebook of an assignment of the course, and what is known of it."""
    try:
        names = [notebook.name for notebook in gradebook.find_assignment(assignment).notebooks]
    except MissingEntry:
        raise ValueError(f'This course has no assignment "{assignment}". {_advice(assignment)}') from None
    handout = find_handout(gradebook, assignment, names[0]) if len(names) == 1 else None
    if handout is None:
        raise ValueError(
            f'"{assignment}" is no assignment in which a mediation is judged: grade it with nbgrader autograde '
            f'"{assignment}".'
        )
    return names[0], handout


def _job(course: CourseDirectory, settings: Config, assignment: str, made: tuple[str, Handout], force: bool) -> Job:
    notebook, handout = made
    source = _unplayed(Path(course.format_path(course.source_directory, ".", assignment)))
    converter = Autograde(config=settings)
    theirs = {Path(name) for name in converter.exclude_overwriting.get(assignment, ())}
    return Job(
        handout=handout,
        notebook=f"{notebook}.ipynb",
        extras=tuple(file for file in files_in(source, (*course.ignore, "*.ipynb")) if file not in theirs),
        extras_from=source,
        ignored=tuple(course.ignore),
        permissions=int(str(converter.permissions or (664 if course.groupshared else 444)), 8),
        shared=course.groupshared,
        force=force,
    )


def _unplayed(source: Path) -> Path:
    left = journals_in(source)
    if left:
        raise ValueError(
            f"{left[0]} is the journal of somebody who played in the source, and would overwrite everybody's own: "
            "move it away, then run this again."
        )
    return source


def _papers(course: CourseDirectory, assignment: str, students: tuple[str, ...]) -> list[Paper]:
    def at(step: str, student: str) -> Path:
        return Path(course.format_path(step, student, assignment))

    here = Path(course.root)
    before, after = str(at(course.submitted_directory, "\0").relative_to(here)).split("\0")
    found = glob(f"{escape(before)}*{escape(after)}", root_dir=here)  # noqa: PTH207  # what is hidden is left out
    everybody = {path[len(before) : len(path) - len(after)] for path in found}
    missing = [student for student in students if student not in everybody]
    if missing:
        raise ValueError(
            f"{missing[0]} has not handed in {assignment}: there is no {at(course.submitted_directory, missing[0])}."
        )
    excluded = set(course.student_id_exclude.split(","))
    chosen = sorted((set(students) or everybody) - excluded)
    if not chosen:
        raise ValueError(
            f"Nobody has handed in {assignment}: there is no {at(course.submitted_directory, '*')}. "
            f'Collect the work with nbgrader collect "{assignment}".'
        )
    return [
        Paper(student, at(course.submitted_directory, student), at(course.autograded_directory, student), False)
        for student in chosen
    ]


@contextmanager
def _alone(folder: Path, shared: bool) -> Iterator[None]:
    """The lock of a course: whoever grades it holds it, and it goes when that process goes, however it goes."""
    import fcntl  # there is none on Windows, and no nbgrader either

    folder.mkdir(parents=True, exist_ok=True)
    if shared:
        with suppress(PermissionError):
            share(folder)
    held = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # where nothing can be locked, nothing is
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ValueError("This course is being graded already: wait until that is done.") from None
        yield
    finally:
        os.close(held)


def _marked(standing: Standing | None) -> bool:
    return standing is not None and standing.marked


def _spread(
    work: Callable[[Paper], Kept | Graded], papers: Iterable[Paper], workers: int
) -> Iterator[tuple[Paper, Kept | Graded | BaseException]]:
    """Have each paper worked on in some process; what came of it. A process that dies takes but its own paper along."""
    left = iter(papers)
    suspects: list[Paper] = []
    while given := list(islice(left, 3 * workers)):
        running: dict[Future[Kept | Graded], Paper] = {}
        try:
            with _pool(workers) as pool:
                while given or running:
                    running |= {pool.submit(work, paper): paper for paper in given}
                    given = []
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        found = future.exception() or future.result()
                        if isinstance(found, BrokenProcessPool):
                            raise found
                        yield running.pop(future), found
                    given = list(islice(left, 3 * workers - len(running)))
        except BrokenProcessPool:
            suspects += [*running.values(), *given]
    for paper in suspects:
        with _pool(1) as pool:
            future = pool.submit(work, paper)
            yield paper, future.exception() or future.result()


def _pool(workers: int) -> ProcessPoolExecutor:
    """Processes that start from nothing, for this one holds the gradebook open."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=begin)


def _failed(paper: Paper, sentence: str, kind: str = "not-graded") -> Outcome:
    return Outcome(paper.student, "failed", (Note(kind, "failed", sentence),))


def _words(error: BaseException) -> str:
    match error:
        case Unfit():
            return f"A file {error.words}."
        case OSError() if error.strerror:
            return f"{error.filename or 'A file'}: {error.strerror}."
        case BrokenProcessPool():
            return "The process that judged it was ended, perhaps because it needed too much memory."
        case ValueError():
            return f"{str(error).rstrip('.')}."
        case _:
            return f"It could not be graded ({type(error).__name__}: {error})."
