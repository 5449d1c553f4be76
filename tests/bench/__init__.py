"""How fast it is, beside what it is compared with: `make bench`, or `python -m tests.bench engine` for one part.

Nothing here is a test: the figures depend on the machine, so only figures taken in the same run compare.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median


def side_by_side(runs: int, *measures: Callable[[], Sequence[float]]) -> list[list[float]]:
    """The medians of what each measure gives, over so many runs, taken in turn so that a busy moment meets all."""
    taken = [[measure() for measure in measures] for _ in range(runs)]
    return [[median(figure) for figure in zip(*column, strict=True)] for column in zip(*taken, strict=True)]


def heading(what: str, ours: str, theirs: str, last: str = "ratio") -> None:
    print(f"\n{what}", flush=True)
    row("", ours, theirs, last)


def row(what: str, ours: str, theirs: str = "", last: str = "") -> None:
    print(f"  {what:<44}{ours:>16}{theirs:>22}{last:>9}", flush=True)
