"""Grading a class: `caucusroom grade` beside `nbgrader autograde`, and whether their rows are the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests import postgres
from tests.bench import heading, row
from tests.classroom import ASSIGNMENT, QUIET, Classroom, apart, run
from tests.gradebooks import copy, hand_in_many, rows, url

CLASS = 200
SAMPLE = 20
"""So many nbgrader grades with its own settings, which takes seconds for each."""


class Run(NamedTuple):
    seconds: float
    megabytes: float


def command(course: Path, program: str, *arguments: str) -> Run:
    """How long it took, and the most memory that it and the processes it started had between them."""
    process = subprocess.Popen(
        [Path(sys.executable).with_name(program), *arguments],
        cwd=course,
        env=os.environ | QUIET,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    most = 0.0
    began = time.perf_counter()

    def watch() -> None:
        nonlocal most
        while process.returncode is None:
            most = max(most, sum(_resident(one) for one in _family(process.pid)))
            time.sleep(0.2)

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = process.wait()
    took = time.perf_counter() - began
    watcher.join()
    if status not in (0, 3):
        raise RuntimeError(f"{program} {' '.join(arguments)} left with status {status}")
    return Run(took, most)


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _resident(pid: int) -> float:
    """Megabytes of a process's own, and its share of what it shares."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0.0)


def stock(course: Path, to: Path) -> Path:
    """The first of the class in a course that nbgrader grades with its own settings."""
    copy(course, to)
    for folder in sorted((to / "submitted").iterdir())[SAMPLE:]:
        shutil.rmtree(folder)
    config = to / "nbgrader_config.py"
    settings = config.read_text()
    config.write_text(settings[: settings.index("# Grading by replay")])
    return to


def measure() -> None:
    with tempfile.TemporaryDirectory() as folder, apart(Path(folder)):
        here = Path(folder)
        room = Classroom(here)
        room.instructor("generate_assignment", ASSIGNMENT)
        hand_in_many(room, CLASS)
        course = room.folder
        ours, theirs = copy(course, here / "ours"), copy(course, here / "theirs")
        taken = {
            "caucusroom grade, SQLite": (command(ours, "caucusroom", "grade", ASSIGNMENT), CLASS),
            "caucusroom grade, when all is graded": (command(ours, "caucusroom", "grade", ASSIGNMENT), CLASS),
            "nbgrader autograde, our settings": (command(theirs, "nbgrader", "autograde", ASSIGNMENT), CLASS),
            "nbgrader autograde, its own settings": (
                command(stock(course, here / "stock"), "nbgrader", "autograde", ASSIGNMENT),
                SAMPLE,
            ),
        }
        same = rows(url(ours)) == rows(url(theirs))
        bin = postgres.programs()
        if bin is not None:
            with postgres.server(bin) as address:
                elsewhere = copy(course, here / "postgres")
                with (elsewhere / "nbgrader_config.py").open("a") as config:
                    config.write(f"c.CourseDirectory.db_url = {address!r}\n")
                run(elsewhere, "generate_assignment", ASSIGNMENT, "--force")
                taken["caucusroom grade, PostgreSQL"] = (command(elsewhere, "caucusroom", "grade", ASSIGNMENT), CLASS)
                same = same and rows(address) == rows(url(ours))
    heading(f"Grading a class of {CLASS}, {os.cpu_count()} processors, one run", "ms each", "most memory, MB", "faster")
    (seconds, _), count = taken["nbgrader autograde, its own settings"]
    for what, ((took, most), graded) in taken.items():
        each = took / graded
        row(f"{what} ({graded})", f"{1e3 * each:,.0f}", f"{most:,.0f}", f"{seconds / count / each:.1f}×")
    row("the same rows in the gradebook", "yes" if same else "NO")
    if bin is None:
        row(f"PostgreSQL was not measured. {postgres.MISSING}", "")
