"""What makes a notebook an assignment of the course: known from its source, never from what was handed in."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import NamedTuple

from caucusroom import catalogue

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
    try:
        nodes = list(ast.walk(ast.parse(sources.get(ROOM, ""))))
    except (SyntaxError, ValueError):
        return None
    for node in nodes:
        match node:
            case ast.Call(func=ast.Name(id="room"), args=[ast.Constant(value=str(dispute)), *_], keywords=given):
                for keyword in given:
                    match keyword:
                        case ast.keyword(arg="assignment", value=ast.Constant(value=str(name))) if name:
                            return Assignment(name, dispute)
    return None
