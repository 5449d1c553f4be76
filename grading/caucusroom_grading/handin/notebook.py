"""The notebook that is graded: made anew from the source, with nothing of the student's but the text of the answers.

Notebooks are the JSON of their files here (nbformat 4.5), so that reading a class needs no Jupyter.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from caucusroom import EDITION

from ..judging.edition import JUDGE_EDITION
from ..review import review
from ..review.markup import Markup, join, tag
from ..words import en
from .assignment import ROOM, Assignment
from .comments import sentences
from .files import Unfit, read_file, shown
from .submission import Note, Verdict

Notebook: TypeAlias = dict[str, Any]

EDITIONS = {"edition": EDITION, "judge_edition": JUDGE_EDITION}
"""What a graded notebook says, under `caucusroom` in its metadata, of the rules and the judge it was graded by."""
NOTEBOOK_LIMIT = 20_000_000
"""Bytes: what was written and run in it, with a few pictures."""
ANSWER_LIMIT = 20_000
"""Characters of an answer, some eight printed pages."""
MARK_SCHEME = re.compile(
    r"^[^\n]*BEGIN MARK SCHEME[^\n]*\n(.*?)^[^\n]*END MARK SCHEME[^\n]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
"""A mark scheme in the text of a question, with the lines around it; its first group is what it says."""
_MEANS_MORE = re.compile(r"[&<#\[\]`~$=|\\]|:(?=//)|^[ \t>]*-[- \t]*$", re.MULTILINE)
"""What Markdown or a formula would make more of than a letter; a line of dashes makes a heading of the one before."""
_KEPT = "\n\t\u200c\u200d"
"""What is not printable and means something: ends of lines, and what parts or joins letters in Persian or Hindi."""
_INDENTED = re.compile(r"^(?: {4}|\t)[ \t]*(?![-*+\s]|\d+[.)])", re.MULTILINE)
"""Before what is no item of a list, where Markdown would make code of it."""


class Source(NamedTuple):
    """A cell as it was made, from the gradebook. `points` is None if it is none to be graded."""

    name: str
    cell_type: str
    text: str
    checksum: str | None
    points: float | None
    locked: bool

    @property
    def is_answer(self) -> bool:
        return not self.locked and self.points is not None


class Handout(NamedTuple):
    """An assignment as it was handed out: its cells in the order in which they are graded."""

    assignment: Assignment
    cells: tuple[Source, ...]
    kernelspec: Mapping[str, str]


class Cell(NamedTuple):
    """A cell of a notebook that somebody handed in. `flags`: whether it is graded, an answer, locked."""

    name: str | None
    cell_type: str
    text: str
    flags: tuple[bool, bool, bool]
    points: object
    editable: bool

    @property
    def is_answer(self) -> bool:
        return self.cell_type == "markdown" and self.flags == (True, True, False)


def read_notebook(path: Path) -> Notebook | Note:
    """A notebook that was handed in, or the note that says why it cannot be read. Never raises."""
    try:
        said = json.loads(read_file(path, NOTEBOOK_LIMIT).decode("utf-8-sig"))
    except Unfit as unfit:
        if unfit.kind == "missing":
            return Note("notebook-missing", "look", f"There is no notebook {path.name}{_instead(path)}.")
        return Note(
            "notebook-unreadable", "look", f"The notebook {path.name} {unfit.words}: only the journal was graded."
        )
    except (ValueError, RecursionError, MemoryError):
        said = None
    if not isinstance(said, dict) or not isinstance(said.get("cells"), list):
        return Note(
            "notebook-unreadable",
            "look",
            f"The file {path.name} is no notebook that can be read: only the journal was graded.",
        )
    return said


def _instead(path: Path) -> str:
    """What to do about a notebook that is missing, as the rest of a sentence."""
    with suppress(OSError):
        for other in sorted(path.parent.glob("*.ipynb")):
            return f", but there is {shown(other.name)}: if that is it, rename it, and grade again"
    return ": only the journal was graded"


def rebuild(handout: Handout, handed_in: Notebook | Note) -> tuple[Notebook, tuple[Note, ...]]:
    """The notebook that is graded in place of the one handed in, and what was wrong with that.

    Of what was handed in it holds the text of the answers, as text; the outputs are to be filled in.
    """
    if isinstance(handed_in, Note):
        found, notes = [], [handed_in]
    else:
        found = list(cells_of(handed_in))
        notes = list(_mangled(handout, found, handed_in))
    cells = []
    for source in handout.cells:
        text = source.text
        if source.is_answer:
            written = [cell.text for cell in found if cell.name == source.name]
            text, remarks = _answer(source, written)
            notes += [] if isinstance(handed_in, Note) else remarks
        cells.append(_cell(handout.assignment, source, text))
    name, dispute = handout.assignment
    metadata: dict[str, Any] = {
        "kernelspec": dict(handout.kernelspec),
        "caucusroom": {"name": name, "dispute": dispute, **EDITIONS, "notes": [note._asdict() for note in notes]},
    }
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, tuple(notes)


def is_of_this_edition(notebook: Notebook) -> bool:
    """Whether a graded notebook was graded by the rules and the judge that are installed."""
    own = notebook.get("metadata", {}).get("caucusroom", {})
    return all(own.get(name) == edition for name, edition in EDITIONS.items())


def fill(notebook: Notebook, verdict: Verdict) -> None:
    """Write the points and the review into a rebuilt notebook, and add the notes of the verdict to its metadata."""
    notebook["metadata"]["caucusroom"]["notes"] += [note._asdict() for note in verdict.notes]
    for cell in notebook["cells"]:
        name = cell["metadata"]["nbgrader"]["grade_id"]
        if name == ROOM:
            cell["outputs"] = list(_reviewed(verdict))
        elif name in verdict.points:
            worth = float(cell["metadata"]["nbgrader"]["points"])
            points = repr(verdict.earned(name, worth))
            shown_points = {"text/plain": points, "text/html": str(_part(name, verdict, worth))}
            cell["execution_count"] = 1
            cell["outputs"] = [
                {"output_type": "execute_result", "execution_count": 1, "data": shown_points, "metadata": {}}
            ]


def _reviewed(verdict: Verdict) -> Iterator[dict[str, Any]]:
    said = [note.text for note in verdict.notes if note.weight != "info"]
    if said:
        yield _display("\n".join(said), join(tag("p", tag("b", "Note. "), text) for text in said))
    if verdict.report is not None:
        total = verdict.report.total
        words = en.NOT_ENDED if total is None else f"{total} of 100 points."
        yield _display(words, Markup(review(verdict.report)))


def _part(criterion: str, verdict: Verdict, worth: float) -> Markup:
    said = (tag("p", text) for text in sentences(criterion, verdict, worth))
    return tag("div", *said, class_="caucusroom-comment")


def _display(text: str, html: Markup) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {"text/plain": text, "text/html": str(html)}, "metadata": {}}


def _cell(assignment: Assignment, source: Source, text: str) -> dict[str, Any]:
    graded = source.points is not None
    settings: dict[str, Any] = {
        "grade_id": source.name,
        "grade": graded,
        "solution": source.is_answer,
        "locked": source.locked,
        "task": False,
        "cell_type": source.cell_type,
        "checksum": source.checksum,
        "schema_version": 3,
    }
    cell: dict[str, Any] = {
        "cell_type": source.cell_type,
        "id": sha256(f"{assignment.name}\n{source.name}".encode()).hexdigest()[:12],
        "metadata": {"deletable": False, "nbgrader": settings | ({"points": source.points} if graded else {})},
        "source": text,
    }
    if source.locked:
        cell["metadata"]["editable"] = False
    return cell | ({"execution_count": None, "outputs": []} if source.cell_type == "code" else {})


def _answer(source: Source, written: list[str]) -> tuple[str, list[Note]]:
    """The text of an answer, found in one cell or several; where there is none, what stood there from the start."""
    kept = list(dict.fromkeys(text for text in written if text.strip() and text.strip() != source.text.strip()))
    if not kept:
        return source.text, [Note("no-answer", "look", f"{source.name} was left unanswered.")]
    text = "\n\n".join(kept)
    if len(text) <= ANSWER_LIMIT:
        return _as_text(text), []
    cut = f"{source.name} has {len(text):,} characters; it was cut after {ANSWER_LIMIT:,}."
    return _as_text(f"{text[:ANSWER_LIMIT]} …"), [Note("long-answer", "look", cut)]


def _as_text(written: str) -> str:
    """Markdown with paragraphs, lists, quotations and emphasis, and nothing else, so that reading it is all it does.

    No HTML, picture, address or formula (that is how two amounts in dollars would be shown), and no heading: those
    get an `id`, and Formgrader finds the boxes for the points by theirs.
    """
    plain = "".join(letter if letter.isprintable() or letter in _KEPT else " " for letter in written)
    spelled = _MEANS_MORE.sub(lambda found: "".join(map(_spelled, found[0])), _INDENTED.sub("", plain))
    return f'<div class="tex2jax_ignore mathjax_ignore">\n\n{spelled}\n\n</div>'


def _spelled(letter: str) -> str:
    return {"&": "&amp;", "<": "&lt;"}.get(letter, f"&#{ord(letter)};")


def cells_of(notebook: Notebook) -> Iterator[Cell]:
    """The cells of a notebook, whatever was put into it; what is no cell is left out."""
    for cell in notebook["cells"]:
        match cell:
            case {"cell_type": str(cell_type), "source": str() | list() as source}:
                lines = [source] if isinstance(source, str) else source
                metadata = cell.get("metadata")
                metadata = metadata if isinstance(metadata, dict) else {}
                own = metadata.get("nbgrader")
                own = own if isinstance(own, dict) else {}
                name = own.get("grade_id")
                yield Cell(
                    name if isinstance(name, str) else None,
                    cell_type,
                    "".join(line for line in lines if isinstance(line, str)),
                    (own.get("grade") is True, own.get("solution") is True, own.get("locked") is True),
                    own.get("points"),
                    metadata.get("editable") is not False,
                )


def _mangled(handout: Handout, found: list[Cell], notebook: Notebook) -> Iterator[Note]:
    known = {source.name: source for source in handout.cells}
    counts = Counter(cell.name for cell in found)
    missing = [name for name in known if not counts[name]]
    if missing:
        yield Note("cells-missing", "look", f"Cells are missing, and were put back: {_listed(missing)}.")
    twice = [name for name in known if counts[name] > 1]
    if twice:
        yield Note("cells-twice", "look", f"Cells are there more than once: {_listed(twice)}.")
    changed = [cell.name for cell in found if cell.name in known and _changed(cell, known[cell.name])]
    if changed:
        yield Note("cells-changed", "look", f"Locked cells were changed, and were put back: {_listed(changed)}.")
    code = sum(cell.name not in known and cell.cell_type != "markdown" for cell in found)
    text = sum(cell.name not in known and cell.cell_type == "markdown" and cell.editable for cell in found)
    if code or text:
        added = " and ".join(f"{count} of {kind}" for count, kind in ((text, "text"), (code, "code")) if count)
        yield Note(
            "cells-added", "look", f"Cells were added, {added}: they are not graded, and nothing in them was run."
        )
    metadata = notebook.get("metadata")
    spec = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    kernel = spec.get("name") if isinstance(spec, dict) else None
    if kernel != handout.kernelspec.get("name"):
        yield Note(
            "another-kernel", "info", f"The notebook asks for the kernel “{shown(str(kernel))}”; none was started."
        )


def _changed(cell: Cell, source: Source) -> bool:
    """Whether a cell is another than was handed out. What an answer says is the student's; the rest is not."""
    flags = (source.points is not None, source.is_answer, source.locked)
    points = source.points if source.points is not None else cell.points
    if cell.flags != flags or cell.points != points or cell.cell_type != source.cell_type:
        return True
    return source.locked and cell.text.strip() != MARK_SCHEME.sub("", source.text).strip()


def _listed(names: list[str | None] | list[str]) -> str:
    return ", ".join(dict.fromkeys(str(name) for name in names))
