"""Broken and hostile submissions: what each is, what it earns, and the sentences that the instructor sees.

Each is made from a whole submission by a function: its name is the name of the submission and of the student who
hands it in, its docstring says what it is, and its decorator what comes of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from caucusroom import Transcript, load
from caucusroom.record.transcript import Attempt, Header, hash_in, seal
from caucusroom_grading import judge

from tests.classroom import ASSIGNMENT, JOURNAL, NOTEBOOK, drawn, edit, id_of, skilled, write

ANSWERS = {"reflection-1-answer": "The first answer.", "reflection-2-answer": "The second answer."}


class Trap(NamedTuple):
    """What code of a student would do if it ran: leave a file, call a number, fork, write into the gradebook."""

    folder: Path
    port: int

    def code(self, student: str) -> str:
        return (
            f"import os, socket, sqlite3, subprocess; open({str(self.folder / student)!r}, 'w').close()\n"
            f"os.environ['CAUCUSROOM_TRAP'] = {student!r}\n"
            f"socket.create_connection(('127.0.0.1', {self.port}))\n"
            f"subprocess.Popen(['touch', {str(self.folder / f'{student}-process')!r}])\n"
            "sqlite3.connect('../../../gradebook.db').execute('UPDATE grade SET auto_score = 100')\n"
        )


class Work:
    """The folder that a student hands in: the notebook with both answers, and the journal of a skilled mediation."""

    def __init__(self, folder: Path, student: str, trap: Trap) -> None:
        self.folder = folder
        self.student = student
        self.trap = trap
        self.journal = folder / JOURNAL
        self.notebook = folder / NOTEBOOK
        self.play(skilled(student))
        write(self.notebook, ANSWERS)

    @cached_property
    def code(self) -> str:
        return self.trap.code(self.student)

    def play(self, moves: Iterable[str], **heading: str) -> None:
        """Make the journal one of these decisions, as the room writes it."""
        self.enter(({"move": move} for move in moves), **heading)

    def enter(self, entries: Iterable[Mapping[str, Any]], **heading: str) -> None:
        """Make the journal one of these entries, with every hash as it should be."""
        line = seal(heading_of(self.student).said() | heading)
        lines = [line]
        for number, entry in enumerate(entries, 1):
            line = seal({"seq": number, **entry, "at": "2026-03-04T10:00:00+01:00", "prev": hash_in(line)})
            lines.append(line)
        self.journal.write_bytes(b"\n".join(lines) + b"\n")

    def lines(self) -> list[str]:
        return self.journal.read_text(encoding="utf-8").splitlines(keepends=True)

    def rewrite(self, lines: Iterable[str]) -> None:
        self.journal.write_text("".join(lines), encoding="utf-8")

    def cells(self, change: Callable[[list[dict[str, Any]]], object]) -> None:
        edit(self.notebook, change)

    def cell(self, name: str, **values: Any) -> None:
        """Change what a cell of the notebook says."""
        self.cells(lambda cells: [one.update(values) for one in cells if id_of(one) == name])

    def settings(self, name: str, **values: Any) -> None:
        """Change what nbgrader has written down in a cell."""
        self.cells(lambda cells: [one["metadata"]["nbgrader"].update(values) for one in cells if id_of(one) == name])

    def whole(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Change the notebook itself."""
        said = json.loads(self.notebook.read_text(encoding="utf-8"))
        change(said)
        self.notebook.write_text(json.dumps(said), encoding="utf-8")

    def answer(self, text: str) -> None:
        write(self.notebook, {"reflection-1-answer": text})


def heading_of(student: str) -> Header:
    """The heading of a journal that the room begins for a student."""
    return Header(
        ASSIGNMENT, load(ASSIGNMENT).content, drawn(student), student, "2026-03-04T10:00:00+01:00", ASSIGNMENT
    )


@dataclass(frozen=True)
class Item:
    """A submission of the corpus.

    `moves`: for these decisions and no others it earns points; None where it cannot be graded at all. `sentences`:
    what the instructor sees, by kind. `page`: it aims at the browser of whoever reads it.
    """

    name: str
    what: str
    make: Callable[[Work], None]
    moves: Callable[[tuple[str, ...]], Sequence[str]] | None
    sentences: Mapping[str, str]
    page: bool

    @property
    def points(self) -> Mapping[str, float] | None:
        """What `judge` gives for the decisions that count, by criterion."""
        if self.moves is None:
            return None
        return earned(self.name, self.moves(skilled(self.name)))


def earned(student: str, moves: Sequence[str]) -> dict[str, float]:
    heading = heading_of(student)
    report = judge(Transcript(heading, (Attempt(heading.case, tuple(moves)),)))
    return {score.id: float(score.points) if moves else 0.0 for score in report.criteria}


ITEMS: dict[str, Item] = {}


def everything(moves: tuple[str, ...]) -> Sequence[str]:
    return moves


def nothing(moves: tuple[str, ...]) -> Sequence[str]:
    return ()


def first(count: int) -> Callable[[tuple[str, ...]], Sequence[str]]:
    return lambda moves: moves[:count]


def brief(count: int) -> Callable[[tuple[str, ...]], Sequence[str]]:
    """The first of them, and an end in words."""
    return lambda moves: (*moves[:count], "close_open")


def only(*moves: str) -> Callable[[tuple[str, ...]], Sequence[str]]:
    return lambda _: moves


def hostile(
    moves: Callable[[tuple[str, ...]], Sequence[str]] | None, page: bool = False, **sentences: str
) -> Callable[[Callable[[Work], None]], Callable[[Work], None]]:
    """Enter a submission into the corpus; kinds of notes are written with _ for -."""

    def enter(make: Callable[[Work], None]) -> Callable[[Work], None]:
        name = make.__name__.replace("_", "-")
        assert name not in ITEMS and make.__doc__
        said = {kind.replace("_", "-"): text for kind, text in sentences.items()}
        ITEMS[name] = Item(name, make.__doc__, make, moves, said, page)
        return make

    return enter


from tests.hostile import folders, journals, notebooks  # noqa: E402, F401  # which enter theirs
