"""What makes a notebook an assignment of the course: known from its source, never from what was handed in."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from caucusroom import catalogue, load

ROOM = "room"
"""The `grade_id` of the locked cell that opens the room."""


class Assignment(NamedTuple):
    """A graded mediation. Its name is that of the folder, the notebook and the journal, and goes into the draw."""

    name: str
    dispute: str

    @property
    def notebook(self) -> str:
        return f"{self.name}.ipynb"

    @property
    def journal(self) -> str:
        return f"{self.name}.jsonl"


def weights() -> dict[str, int]:
    """The nine criteria in their order, with the points that each is worth; each has a grade cell of its name."""
    return {id: int(entry["weight"]) for id, entry in catalogue().criteria.items()}


def assignment_of(sources: Mapping[str, str]) -> Assignment | None:
    """The assignment whose source has these cells (`grade_id` to text), None if it is none of the course.

    It is one if it has a grade cell for every criterion and its cell `room` calls
    `room("<dispute>", …, assignment="<name>")` with these two written out.
    """
    if not weights().keys() <= sources.keys():
        return None
    for call in _calls(sources.get(ROOM, "")):
        match call:
            case Call("room", [str(dispute), *_], {"assignment": str(name)}) if name:
                return Assignment(name, dispute)
    return None


def disagreements(folder: str, notebook: str, cells: Iterable[str]) -> list[str]:
    """Where the source of an assignment calls it otherwise than its folder, as parts of a sentence.

    `notebook` is the file's name, `cells` the texts of its code. Under an old name the journal that was played for
    that would count. Nothing is said of a notebook that opens no room for graded work.
    """
    calls = [call for text in cells for call in _calls(text)]
    rooms = [call for call in calls if call.name == "room" and call.given.get("assignment")]
    if not rooms:
        return []
    expected = Assignment(folder, str(next(iter(rooms[0].args), "")))
    said = [] if notebook == expected.notebook else [f"the notebook is called {notebook}"]
    for room in rooms:
        for what, given, wanted in (
            ("assignment", room.given["assignment"], folder),
            ("journal", room.given.get("journal"), expected.journal),
        ):
            if given != wanted:
                said.append(f"room(…) has {what}={given!r}")
    for call in calls:
        if call.name in ("points", "ready"):
            name, dispute = (*call.args[call.name == "points" :], "", "")[:2]
            if (name, dispute or call.given.get("dispute") or name) != (folder, expected.dispute):
                said.append(f"{call.name}({', '.join(map(repr, call.args))}) is of another")
    try:
        load(expected.dispute)
    except ValueError:
        said.append(f"there is no dispute “{expected.dispute}”")
    return list(dict.fromkeys(said))


class Call(NamedTuple):
    """A call in a cell by what is written out in it; None stands for what is not."""

    name: str
    args: list[object]
    given: dict[str, object]


def _calls(text: str) -> list[Call]:
    """The calls of a name in a cell; none if that is no Python."""
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError):
        return []
    return [
        Call(node.func.id, list(map(_said, node.args)), {one.arg or "**": _said(one.value) for one in node.keywords})
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]


def _said(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None
