"""How nbgrader comes to read what was handed in: for assignments of the course not at all, `Sanitize` does that."""

from __future__ import annotations

import re
from glob import glob
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import parse_utc

from ..handin.assignment import Assignment, disagreements
from ..handin.files import Unfit, journals_in, read_file, set_aside
from ..handin.notebook import cells_of, read_notebook
from ..handin.submission import Note, of_another_version
from .gradebook import find_handout
from .preprocessors import Sanitize

TIMESTAMP = "timestamp.txt"
"""Where nbgrader keeps the time of submission."""


class Reader(NotebookExporter):
    """The exporter of `nbgrader autograde`.

    nbgrader makes it when it has listed the submissions and has touched none. Those of an assignment of the course
    are made ready then; others are none of its business, and it is nbgrader's own exporter for them.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)  # type: ignore[no-untyped-call]
        if isinstance(self.parent, Autograde):
            _make_ready(self.parent)

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **settings: Any
    ) -> tuple[NotebookNode, dict[str, Any]]:
        for step in self._preprocessors:
            if resources is not None and isinstance(step, Sanitize) and step.handout(resources) is not None:
                path = Path(filename)
                resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
                return super().from_notebook_node(new_notebook(), resources, **settings)  # type: ignore[no-any-return,no-untyped-call]
        return super().from_filename(filename, resources, **settings)


class Source(NotebookExporter):
    """The exporter of `nbgrader generate_assignment`.

    It refuses a source or a release in which somebody has played, and a source whose names disagree.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)  # type: ignore[no-untyped-call]
        if isinstance(self.parent, GenerateAssignment):
            _must_be_unplayed(self.parent)
            _must_agree(self.parent)


def _make_ready(converter: Any) -> None:
    """Clear each submission of what is no file, and list the notebook that is graded even where it is missing."""
    course = converter.coursedir
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            names = [notebook.name for notebook in gradebook.find_assignment(course.assignment_id).notebooks]
        except MissingEntry:
            return
        known = {name: find_handout(gradebook, course.assignment_id, name) for name in names}
    ours = {name: handout for name, handout in known.items() if handout is not None}
    if not ours:
        return
    _must_be_unplayed(converter)
    assignment, refused = next(iter(ours.values())).assignment, False
    submitted = course.format_path(course.submitted_directory, course.student_id, course.assignment_id)
    for folder in glob(submitted):  # noqa: PTH207  # as nbgrader finds them
        try:
            _clear(Path(folder))
            _must_have_a_time(Path(folder))
            _must_be_of_this_version(Path(folder), assignment, _student(course, folder))
        except Unfit as unfit:  # at which nbgrader would stop, and grade nobody else
            converter.log.error("%s was not graded: %s.", Path(folder).relative_to(course.root), unfit.words)
            converter.assignments.pop(folder, None)
            refused = True
            continue
        if course.notebook_id == "*":
            listed = converter.assignments.get(folder, [])
            wanted = [str(Path(folder, f"{name}.ipynb")) for name in ours]
            converter.assignments[folder] = [*listed, *(path for path in wanted if path not in listed)]
    if refused:
        _fail_at_the_end(converter)


def _fail_at_the_end(converter: Any) -> None:
    """Let nbgrader grade the others, and then end with a status that says that not all is well."""
    convert = converter.convert_notebooks

    def convert_and_fail() -> None:
        convert()
        raise NbGraderException(
            "Not everything was graded: what was not is named above, and its marks are as they were."
        )

    converter.convert_notebooks = convert_and_fail


def _student(course: Any, folder: str) -> str:
    """Whose submission a folder is."""
    found = re.fullmatch(
        course.format_path(course.submitted_directory, "(?P<student>.*)", course.assignment_id, escape=True), folder
    )
    return found["student"] if found else ""


def _must_be_of_this_version(folder: Path, assignment: Assignment, student: str) -> None:
    """Unfit if the journal cannot be judged by what is installed: no mark may come of that."""
    refusal = of_another_version(folder, assignment, student)
    if refusal:
        raise Unfit("another-version", refusal.rstrip("."))


def _clear(folder: Path) -> None:
    try:
        set_aside(folder)
    except Unfit as unfit:
        raise Unfit(unfit.kind, f"a file {unfit.words}") from None


def _must_have_a_time(folder: Path) -> None:
    """Unfit if `timestamp.txt` is there and does not say when the work was handed in."""
    try:
        said = read_file(folder / TIMESTAMP, 1000).decode().strip()
        if said:
            parse_utc(said)
    except Unfit as unfit:
        if unfit.kind != "missing":
            raise Unfit(unfit.kind, f"its {TIMESTAMP} {unfit.words}") from None
    except Exception:  # whatever a reader of dates makes of what is none
        raise Unfit("unreadable", f"its {TIMESTAMP} does not say a time: write the time of submission there") from None


def _must_be_unplayed(converter: Any) -> None:
    """NbGraderException if a journal lies in the source, where it would overwrite everybody's own, or in a release that
    is about to be made."""
    course = converter.coursedir
    generating = isinstance(converter, GenerateAssignment)
    for place in (course.source_directory, *[course.release_directory] * generating):
        left = journals_in(Path(course.format_path(place, ".", course.assignment_id)))
        if left:
            _refuse(converter, f"{left[0]} is {PLAYED.format(place=place)}: move it away, then run this again.")


PLAYED = "the journal of somebody who played in the {place} folder, and would be handed out or overwrite others' own"


def _must_agree(converter: Any) -> None:
    """NbGraderException if folder, notebook, journal and cells do not call the assignment by one name."""
    course = converter.coursedir
    name = course.assignment_id
    folder = Path(course.format_path(course.source_directory, ".", name))
    for path in sorted(folder.glob("*.ipynb")):
        notebook = read_notebook(path)
        if not isinstance(notebook, Note):
            cells = [cell.text for cell in cells_of(notebook) if cell.cell_type == "code"]
            said = disagreements(name, path.name, cells)
            if said:
                _refuse(
                    converter,
                    f"The assignment in {folder} is called {name}, and {'; '.join(said)}. Write one name everywhere, "
                    "or what was played for another would count.",
                )


def _refuse(converter: Any, refusal: str) -> None:
    converter.log.error(refusal)
    raise NbGraderException(refusal)
