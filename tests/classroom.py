"""A class for the tests: an instructor's course folder, an exchange, and students who play, write and submit.

nbgrader's commands are run as they are, most of them in this process, for starting Python takes longer than they do.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager, suppress
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from caucusroom import Session, load
from caucusroom.model.sides import SIDES
from caucusroom.record.transcript import CAUSES
from caucusroom.session import draw_case
from caucusroom_course.classroom.folder import make_course
from caucusroom_grading.judging.moment import Moment
from caucusroom_grading.strategies import chair, shortcuts
from caucusroom_grading.strategies.adaptive import adaptive
from caucusroom_widgets.desk import Desk

ASSIGNMENT = "labor-strike"
NOTEBOOK = f"{ASSIGNMENT}.ipynb"
JOURNAL = f"{ASSIGNMENT}.jsonl"
QUIET = {"JUPYTER_PLATFORM_DIRS": "1", "NO_COLOR": "1"}


class Classroom:
    """A course in `folder`, its exchange beside it, and a home for each student; made, or `copied` from another."""

    def __init__(self, folder: Path, copied: Path | None = None) -> None:
        self.folder = folder / "course"
        self.homes = folder / "homes"
        exchange = folder / "exchange"
        self.place = f'\nc.Exchange.root = "{exchange}"\n'
        if copied is not None:
            shutil.copytree(copied, folder, dirs_exist_ok=True)
            settings = self.folder / "nbgrader_config.py"
            settings.write_text(settings.read_text().replace(str(copied), str(folder)))
            return
        exchange.mkdir(parents=True)
        exchange.chmod(0o777)
        make_course(self.folder)
        with (self.folder / "nbgrader_config.py").open("a") as config:
            config.write(self.place)

    def home(self, student: str) -> Path:
        """A student's own folder; made when it is asked for."""
        home = self.homes / student
        if not home.exists():
            home.mkdir(parents=True)
            (home / "nbgrader_config.py").write_text(
                f'c = get_config()\nc.CourseDirectory.course_id = "mediation"{self.place}'
                f'c.Exchange.cache = "{home / "cache"}"\n'
            )
        return home

    def instructor(self, *command: str) -> None:
        run(self.folder, *command)

    def command(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command of the instructor in a process of its own, as one types it."""
        return subprocess.run(
            [Path(sys.executable).with_name("nbgrader"), *command],
            cwd=self.folder,
            env=os.environ | QUIET,
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )

    def submitted(self, student: str) -> Path:
        return self.folder / "submitted" / student / ASSIGNMENT

    def hand_in(self, student: str, source: Path) -> None:
        """Put work where nbgrader puts what it collects, with the time of its submission."""
        shutil.copytree(source, self.submitted(student))
        (self.submitted(student) / "timestamp.txt").write_text("2026-03-04 10:00:00.000000 UTC")


def run(folder: Path, *command: str) -> None:
    """Run a command of nbgrader in this process, in `folder`; RuntimeError if it fails."""
    from jupyter_core.application import NoStart
    from nbgrader.apps.nbgraderapp import NbGraderApp

    with chdir(folder), suppress(NoStart):  # which says that the subcommand has done it all
        app = NbGraderApp.instance()
        try:
            app.initialize(list(command))
            app.log_level = app.subapp.log_level = logging.ERROR
            app.start()
        except SystemExit as left:
            if left.code:
                raise RuntimeError(f"nbgrader {' '.join(command)} left with status {left.code}") from None
        finally:
            app.subapp.clear_instance()
            NbGraderApp.clear_instance()


def play(folder: Path, student: str, moves: Sequence[str]) -> None:
    """Play in the room, by the messages that its page sends; the journal is kept in `folder`."""
    session = Session(load(ASSIGNMENT), journal=folder / JOURNAL, player=student, assignment=ASSIGNMENT)
    desk = Desk(session, "assessment")
    for number, move in enumerate(moves):
        if number == len(moves) - 1:
            for side, causes in thoughts(session).items():  # asked for before the end
                note = {"side": side, "causes": causes, "heard": []}
                desk.answer({"id": f"{student}-{side}", "seq": number, "note": note})
        snapshot = desk.answer({"id": f"{student}-{number}", "seq": number, "move": move})
        assert snapshot["answer"] and snapshot["answer"]["ok"], snapshot["answer"]
    session.close()


def write(notebook: Path, answers: Mapping[str, str]) -> None:
    """Write the answers into a notebook, as a student does it."""
    edit(notebook, lambda cells: [cell.update(source=answers[id]) for cell in cells if (id := id_of(cell)) in answers])


def edit(notebook: Path, change: Callable[[list[dict[str, Any]]], object]) -> None:
    """Change the cells of a notebook's file."""
    said = json.loads(notebook.read_text(encoding="utf-8"))
    change(said["cells"])
    notebook.write_text(json.dumps(said), encoding="utf-8")


def id_of(cell: Mapping[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def thoughts(session: Session) -> dict[str, list[str]]:
    """What somebody who listened thinks stands in the way of each side."""
    dispute = session.dispute
    moment = Moment(dispute, session.turns[0].before if session.turns else session.view)
    for turn in session.turns:
        moment = moment.after(turn)
    thought = {}
    for party, side in zip(dispute.parties, SIDES, strict=True):
        told = [one.cause for one in dispute.barriers if one.party == side and one.id in session.view.found]
        thought[party.id] = list(dict.fromkeys([*told, *sorted(moment.possible(side))]))[:CAUSES] or ["anger"]
    return thought


def drawn(student: str) -> str:
    """The truth that the assignment draws for a student, by its id."""
    return draw_case(load(ASSIGNMENT), student, 1, ASSIGNMENT)


@cache
def skilled(student: str) -> tuple[str, ...]:
    """A skilled line of play in the student's truth."""
    return played_by(adaptive, student)


def played_by(player: chair.Player, student: str) -> tuple[str, ...]:
    """What a player does in the student's truth; the same every time."""
    return chair.play(load(ASSIGNMENT).case(drawn(student)), player, Random(student))


def somebody(name: str, player: chair.Player, deed: str) -> str:
    """Somebody of about this name, for whom a truth is drawn in which a player comes to a deed."""
    names = (f"{name}{number or ''}" for number in range(100))
    return next(one for one in names if any(move.split()[0] == deed for move in played_by(player, one)))


def recited(line: Sequence[str], student: str) -> tuple[str, ...]:
    """Somebody else's line in the student's truth, as far as it can be played."""
    return chair.play(load(ASSIGNMENT).case(drawn(student)), shortcuts.reciting, Random(student), line)


@contextmanager
def apart(folder: Path) -> Iterator[None]:
    """Whatever settings this machine has for Jupyter have no say in it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "DATA", "RUNTIME"):
            patch.setenv(f"JUPYTER_{name}_DIR", str(folder / "jupyter" / name.lower()))
        for name, value in QUIET.items():
            patch.setenv(name, value)
        yield
