"""`caucusroom grade`: a class is graded while a bar fills, then what needs a look is listed."""

from __future__ import annotations

import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from .batch import Outcome, open_batch

FAILED, LOOK = 1, 3
"""The status where something could not be graded; where all was, and some of it needs a look."""
SECONDS = 5.0
"""Between two lines where there is no terminal."""


def grade_class(folder: Path, assignment: str, students: Sequence[str], workers: int | None, force: bool) -> int:
    """Grade, say what needs a look and what came of it, and return the exit status."""
    with chdir(folder), open_batch(Path(), assignment, students, force) as batch:
        outcomes = list(_shown(batch.outcomes(workers or os.cpu_count() or 1), len(batch.papers)))
    failed = [one for one in outcomes if one.state == "failed"]
    look = _by_kind(one for one in outcomes if one.state != "failed")
    for kind, lines in look.items():
        print(f"{kind.replace('-', ' ').capitalize()} ({len(lines)}):")
        print(*(f"  {line}" for line in lines), sep="\n")
    for one in failed:
        print(f"Not graded: {one.student}: {one.notes[0].text}")
    if outcomes and {one.notes[0].kind for one in failed} == {"another-version"} and len(failed) == len(outcomes):
        print(
            "That is all of them: the caucusroom installed here is another than the students', and no fault of theirs."
        )
    counts = Counter(one.state for one in outcomes)
    print(f"Graded {counts['graded']}, skipped as already graded {counts['kept']}, failed {counts['failed']}.")
    return FAILED if failed else LOOK if look else 0


def _by_kind(outcomes: Iterable[Outcome]) -> dict[str, list[str]]:
    """The lines about what needs a look, by what it is."""
    lines = defaultdict(list)
    for one in sorted(outcomes):
        for note in one.notes:
            if note.weight != "info":
                lines[note.kind].append(f"{one.student}: {note.text}")
    return dict(sorted(lines.items()))


def _shown(outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
    console = Console(stderr=True)
    return _with_bar(outcomes, total, console) if console.is_terminal else _with_lines(outcomes, total, console)


class _Pace(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(_pace(int(task.completed), int(task.total or 0), task.elapsed or 0.0))


def _pace(done: int, total: int, seconds: float) -> str:
    """The rate since the beginning, for marks are saved many at once, and the time left."""
    if not done or not seconds:
        return ""
    return f"{done / seconds:.1f}/s, {timedelta(seconds=round((total - done) * seconds / done))} left"


def _with_bar(outcomes: Iterator[Outcome], total: int, console: Console) -> Iterator[Outcome]:
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), _Pace())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total)
        for outcome in outcomes:
            progress.advance(task)
            yield outcome


def _with_lines(outcomes: Iterator[Outcome], total: int, console: Console) -> Iterator[Outcome]:
    began = said = time.monotonic()
    for done, outcome in enumerate(outcomes, 1):
        yield outcome
        now = time.monotonic()
        if now > said + SECONDS and done < total:
            said = now
            console.print(f"{done} of {total} graded, {_pace(done, total, now - began)}", highlight=False)
