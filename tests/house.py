"""The parts of each package and the arrows between them: `python -m tests.house [CHECKOUT]` prints them in words.

A part is a folder or a module directly in a package; an arrow runs from a part to what it imports, be it within a
function. Parts are given from the ground up: what stands higher may know what is below it, and nothing else.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).parents[1]
FOLDERS = {
    "caucusroom": "scenarios/caucusroom",
    "caucusroom_grading": "grading/caucusroom_grading",
    "caucusroom_widgets": "widgets/caucusroom_widgets",
    "caucusroom_course": "course/caucusroom_course",
}
FRONT = "__init__"
"""The module that shows others what a package is for; it may know all of it, and none of it the front."""

MAY_KNOW = {
    "caucusroom": {
        "edition": "",
        "words": "",
        "model": "",
        "laws": "words model",
        "seen": "model laws",
        "voice": "model laws seen",
        "record": "edition model laws",
        "search": "model laws",
        "playing": "model laws seen voice",
        "authoring": "edition model laws seen voice playing search",
        "library": "model authoring",  # it compiles what an author has changed
        "noting": "words model seen record",
        "session": "edition model laws seen voice playing record library noting",
    },
    "caucusroom_grading": {
        "words": "",
        "judging": "words",
        "strategies": "judging",
        "review": "words judging",
        "handin": "words judging review",
        "cells": "judging handin",
        "nbgrader": "judging review handin",
    },
    "caucusroom_widgets": {
        "words": "",
        "desk": "words",
        "widget": "words desk",
    },
    "caucusroom_course": {
        "usage": "",
        "streams": "",
        "terminal": "streams",
        "lessons": "",
        "lab": "lessons",
        "judging": "streams terminal",
        "authoring": "terminal",
        "classroom": "streams lessons",
        "public": "lessons classroom",
        "commands": "usage terminal lessons lab judging authoring classroom public",
        "cli": "usage streams commands",
    },
}
"""For each part of a package, from the ground up, the parts of the same package that it may know."""

Arrows: TypeAlias = Mapping[tuple[str, str], list[str]]
"""From which part to which, and each place in the source where it is imported."""


def parts_of(folder: Path) -> set[str]:
    """The names of the parts of a package."""
    modules = {path.stem for path in folder.glob("*.py")} - {FRONT}
    return modules | {path.parent.name for path in folder.glob("*/__init__.py")}


def arrows_of(folder: Path) -> Arrows:
    """The arrows between the parts of the package in `folder`."""
    found: dict[tuple[str, str], list[str]] = {}
    parts = parts_of(folder)
    for path in sorted(folder.rglob("*.py")):
        here = path.relative_to(folder)
        part = here.parts[0].removesuffix(".py")
        for line, name in _imported(path, (folder.name, *here.with_suffix("").parts)):
            package, _, rest = name.partition(".")
            other = rest.partition(".")[0]
            if package == folder.name and part != (other := other if other in parts else FRONT):
                found.setdefault((part, other), []).append(f"{here}:{line}")
    return found


def _imported(path: Path, module: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """The line and the whole name of whatever a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = [*module[: len(module) - node.level]] if node.level else []
            base += [node.module] if node.module else []
            yield from ((node.lineno, ".".join([*base, alias.name])) for alias in node.names)


def wrong_arrows(folder: Path, may_know: Mapping[str, str]) -> list[str]:
    """Every import that the table does not allow."""
    return [
        f"{place}: {part} must not know {other}"
        for (part, other), places in arrows_of(folder).items()
        if part != FRONT and other not in may_know[part].split()
        for place in places
    ]


def circles(arrows: Arrows) -> list[set[str]]:
    """Sets of parts each of which knows, by way of the others, itself."""
    known: dict[str, set[str]] = {}
    for part, other in arrows:
        known.setdefault(part, set()).add(other)
    reached = {part: _reached(part, known) for part in known}
    found: list[set[str]] = []
    for part in sorted(known):
        circle = {other for other in reached[part] if part in reached.get(other, ())}
        if circle and circle not in found:
            found.append(circle)
    return found


def _reached(part: str, known: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [part]
    while waiting:
        new = known.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached


def in_words(root: Path) -> Iterator[str]:
    """The packages of a checkout, part by part, from the ground up."""
    for package, place in FOLDERS.items():
        folder = root / place
        arrows = arrows_of(folder)
        knows = {part: Counter[str]() for part in parts_of(folder)}
        for (part, other), places in arrows.items():
            if part != FRONT:
                knows[part][other] += len(places)
        count = sum(len(one) for one in knows.values())
        circle = circles(arrows)
        yield f"{package}: parts {len(knows)}, arrows between them {count}, circles {len(circle)}"
        yield from (f"  in a circle: {', '.join(sorted(one))}" for one in circle)
        heights = {part: len(_reached(part, {one: set(other) for one, other in knows.items()})) for part in knows}
        for part in sorted(knows, key=lambda part: (heights[part], part)):
            said = ", ".join(f"{other} ({times})" for other, times in sorted(knows[part].items()))
            yield f"  {part} knows {said or 'none of the others'}"


if __name__ == "__main__":
    print(*in_words(Path(sys.argv[1]) if sys.argv[1:] else ROOT), sep="\n")
