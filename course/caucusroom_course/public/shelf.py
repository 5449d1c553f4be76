"""What the public is shown: every page there is, worked out from the library, so that a new dispute shows by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from caucusroom import load, scenarios
from caucusroom.model.dispute import Dispute

from ..lessons import lessons
from .words import words

Kind: TypeAlias = Literal["gallery", "scene", "play", "lesson", "work", "judge"]
"""The last two are the site's only."""
IN_NOTEBOOKS = "notebook"
"""The tag of a cell that only makes sense in a notebook."""


class Page(NamedTuple):
    """A page.

    `path` is its address below the root, with a slash at its end ("" is the gallery); `title` and `description` are
    what a search engine or a message that names the page shows of it; `about` is the id of what it shows: a dispute,
    a scene of that dispute, a lesson, or an assignment.
    """

    path: str
    kind: Kind
    title: str
    description: str
    dispute: str = ""
    about: str = ""

    @property
    def root(self) -> str:
        """The way from this page back to the gallery."""
        return "../" * self.path.count("/") or "./"


class Lesson(NamedTuple):
    """A lesson as a page: its name, its heading, what it begins with, and the Markdown of its cells."""

    name: str
    title: str
    lead: str
    cells: tuple[str, ...]


def pages() -> tuple[Page, ...]:
    """Every page, the gallery first."""
    return (gallery(), *_of_disputes(), *map(_of_lesson, read_lessons()))


def gallery() -> Page:
    say = words()
    return Page("", "gallery", say["gallery.title"], say["gallery.description"])


def shown_disputes() -> tuple[Dispute, ...]:
    """The disputes of the library, in the order in which they are shown."""
    return tuple(load(id) for id in scenarios())


def _of_disputes() -> Iterator[Page]:
    say = words()
    for dispute in shown_disputes():
        summary = " ".join(dispute.summary.split())
        yield Page(f"play/{dispute.id}/", "play", say["play.title"].format(title=dispute.title), summary, dispute.id)
        for scene in dispute.scenes:
            title = say["scene.title"].format(title=scene.title)
            path = f"scene/{dispute.id}/{scene.id}/"
            yield Page(path, "scene", title, " ".join(scene.asks.split()), dispute.id, scene.id)


def _of_lesson(lesson: Lesson) -> Page:
    title = words()["lesson.title"].format(title=lesson.title)
    return Page(f"lesson/{lesson.name}/", "lesson", title, words()["lesson.description"], "", lesson.name)


@cache
def read_lessons() -> tuple[Lesson, ...]:
    """The lessons of the course, without what only makes sense in a notebook."""
    return tuple(map(_read_lesson, lessons()))


def _read_lesson(notebook: Path) -> Lesson:
    cells: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    texts = [
        "".join(cell["source"])
        for cell in cells
        if cell["cell_type"] == "markdown" and IN_NOTEBOOKS not in cell["metadata"].get("tags", ())
    ]
    heading, _, lead = texts[0].partition("\n")
    return Lesson(notebook.stem, heading.lstrip("# "), lead.strip(), tuple(texts[1:]))
