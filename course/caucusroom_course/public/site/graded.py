"""Graded work that needs no installation: its text and questions, and the notebook that brings the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from caucusroom_grading.handin.assignment import ROOM, Assignment, assignment_of
from caucusroom_grading.handin.notebook import MARK_SCHEME

from ...classroom.folder import files, handouts
from ..shelf import IN_NOTEBOOKS, Page
from ..words import words


class Question(NamedTuple):
    """A question and the name of the cell that its answer goes into; `text` is Markdown."""

    answer: str
    text: str


class Work(NamedTuple):
    """An assignment as a page. `cells` are the Markdown before the room; `handout` is the notebook, as JSON, without
    what only an instructor sees."""

    assignment: Assignment
    title: str
    cells: tuple[str, ...]
    questions: tuple[Question, ...]
    handout: str

    @property
    def page(self) -> Page:
        title = words()["work.title"].format(title=self.title)
        name, dispute = self.assignment
        return Page(f"work/{name}/", "work", title, words()["work.description"], dispute, name)


def works() -> tuple[Work, ...]:
    """The graded work of the course."""
    folder = handouts()
    found = (_read(folder / file) for file in files() if file.suffix == ".ipynb")
    return tuple(work for work in found if work)


def _read(file: Path) -> Work | None:
    notebook: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    cells = notebook["cells"]
    for cell in cells:
        cell["source"] = MARK_SCHEME.sub("", "".join(cell["source"])).splitlines(keepends=True)
    assignment = assignment_of({_name(cell): "".join(cell["source"]) for cell in cells if _name(cell)})
    if assignment is None:
        return None
    room = next(place for place, cell in enumerate(cells) if _name(cell) == ROOM)
    heading, *told = ["".join(cell["source"]) for cell in cells[:room] if _is_for_pages(cell)]
    title, _, lead = heading.partition("\n")
    handout = json.dumps(notebook, ensure_ascii=False)
    return Work(assignment, title.lstrip("# "), (lead.strip(), *told), tuple(_questions(cells)), handout)


def _questions(cells: list[dict[str, Any]]) -> Iterator[Question]:
    """Each answer with what stands before it."""
    for before, cell in pairwise(cells):
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            yield Question(_name(cell), "".join(before["source"]))


def _name(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _is_for_pages(cell: dict[str, Any]) -> bool:
    return cell["cell_type"] == "markdown" and IN_NOTEBOOKS not in cell["metadata"].get("tags", ())
