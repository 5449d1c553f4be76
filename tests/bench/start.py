"""How soon there is an answer: the command beside a Python that does nothing, the room beside a kernel's imports."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import heading, row, side_by_side
from tests.bench.against import environment
from tests.house import ROOT

RUNS = 21
COMMAND = str(Path(sys.executable).with_name("caucusroom"))
NOTHING = [sys.executable, "-c", "pass"]
KERNEL = [sys.executable, "-c", "import ipykernel.kernelapp"]
ROOM = [sys.executable, "-c", "import ipykernel.kernelapp, caucusroom_widgets; caucusroom_widgets.room"]


def running(command: list[str]) -> Callable[[], tuple[float]]:
    """Measures a whole process, in milliseconds; compiled, as it is where somebody installed it."""

    def run() -> tuple[float]:
        began = time.perf_counter()
        subprocess.run(command, env=environment(ROOT), stdout=subprocess.DEVNULL, check=True)
        return (1e3 * (time.perf_counter() - began),)

    run()  # compiles what is not
    return run


BESIDE = {
    "caucusroom --help; python -c pass": ([COMMAND, "--help"], NOTHING),
    "caucusroom list --plain; python -c pass": ([COMMAND, "list", "--plain"], NOTHING),
    "import caucusroom_widgets; a bare kernel": (ROOM, KERNEL),
}


def measure() -> None:
    heading("A whole process, ms", "caucusroom", "without it")
    for what, (with_it, without) in BESIDE.items():
        [ours], [theirs] = side_by_side(RUNS, running(with_it), running(without))
        row(what, f"{ours:.0f}", f"{theirs:.0f}", f"{ours / theirs:.2f}×")
