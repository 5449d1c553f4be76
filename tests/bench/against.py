"""This checkout beside another one, in one run and in turn: `python -m tests.bench.against OTHER [RUNS]`.

Two figures of a busy machine do not compare; each figure here has its neighbour, the ratio is taken pair by pair, and
times are those of the processor.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median

from tests.golden.plays import golden_plays
from tests.house import FOLDERS, ROOT

PACE = Path(__file__).with_name("pace.py")
COMPILED = tempfile.TemporaryDirectory(prefix="bench-")
RUNS = 15
MEASURES = {
    "engine": "random mediations, moves a second",
    "mediation": "a whole skilled mediation, ms",
    "judging": "its report, ms",
    "snapshot": "a snapshot, ms a decision",
    "click": "message to answer, ms a decision",
    "size": "the answer, bytes a decision",
}
IMPORTS = ("caucusroom", "caucusroom_grading", "caucusroom_widgets.desk", "caucusroom_widgets.room")


def environment(checkout: Path) -> dict[str, str]:
    """With the packages of a checkout before all that are installed, and all of it compiled."""
    folders = [str((checkout / folder).parent) for folder in FOLDERS.values()]
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": COMPILED.name}
    return os.environ | compiled | {"PYTHONPATH": os.pathsep.join(folders)}


class Pacer:
    """A process that measures one checkout."""

    def __init__(self, checkout: Path, line: Sequence[object], closing: ExitStack) -> None:
        self._process = closing.enter_context(
            subprocess.Popen(
                [sys.executable, str(PACE), json.dumps(line)],
                cwd=checkout, env=environment(checkout), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
        )  # fmt: skip

    def take(self, measure: str) -> float:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{measure}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


def importing(checkout: Path, module: str) -> float:
    """Milliseconds of the processor for a process that imports a module and ends."""
    name = "caucusroom_widgets" if module.endswith(".room") else module
    code = f"import {name}" + ("; caucusroom_widgets.room" if module.endswith(".room") else "")
    began = spent()
    subprocess.run([sys.executable, "-c", code], cwd=checkout, env=environment(checkout), check=True)
    return 1e3 * (spent() - began)


def spent() -> float:
    """Seconds of the processor that finished processes took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def compare(what: str, runs: int, here: Callable[[], float], there: Callable[[], float]) -> None:
    here(), there()  # warm
    pairs = [(here(), there()) for _ in range(runs)]
    ours, theirs = (median(column) for column in zip(*pairs, strict=True))
    ratios = sorted(one / other for one, other in pairs)
    spread = f"{ratios[0]:.2f} / {median(ratios):.2f} / {ratios[-1]:.2f}"
    print(f"  {what:<44}{ours:>12,.2f}{theirs:>12,.2f}{spread:>24}", flush=True)


def main(other: Path, runs: int) -> None:
    play = max(golden_plays().values(), key=lambda play: len(play[2]))
    with ExitStack() as closing:
        pacers = [Pacer(checkout, play, closing) for checkout in (ROOT, other)]
        totals = [pacer.take("total") for pacer in pacers]
        print(f"{ROOT} beside {other}: {runs} pairs, medians; ratios min / median / max.")
        print(f"  {'':<44}{'here':>12}{'there':>12}{'here / there':>24}")
        for measure, what in MEASURES.items():
            compare(what, runs, *(partial(pacer.take, measure) for pacer in pacers))
        for module in IMPORTS:
            each = (partial(importing, checkout, module) for checkout in (ROOT, other))
            compare(f"import {module.removeprefix('caucusroom_')}, whole process, ms", runs, *each)
        print(f"  the mark of the skilled mediation: {totals[0]:.0f} here, {totals[1]:.0f} there")


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit("Name the folder of another checkout: python -m tests.bench.against OTHER [RUNS]")
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if sys.argv[2:] else RUNS)
