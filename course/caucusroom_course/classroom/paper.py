"""Grading one submission, in a process that knows of files and of judging, and nothing of nbgrader.

What it makes lies ready beside the place where it belongs, and is moved there when the marks are in the gradebook.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from hashlib import file_digest, sha256
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from caucusroom_grading.handin.comments import comment
from caucusroom_grading.handin.files import Unfit, read_file, set_aside
from caucusroom_grading.handin.notebook import (
    NOTEBOOK_LIMIT,
    Handout,
    Notebook,
    fill,
    is_of_this_edition,
    read_notebook,
    rebuild,
)
from caucusroom_grading.handin.submission import Note, read_submission

TIMESTAMP = "timestamp.txt"
_RECORD = "graded"
"""Where a graded notebook says, under `caucusroom` in its metadata, what was handed in."""


class Job(NamedTuple):
    """What all submissions of an assignment have in common. `extras` overwrite what was handed in under their names."""

    handout: Handout
    notebook: str
    extras: tuple[Path, ...]
    extras_from: Path
    ignored: tuple[str, ...]
    permissions: int
    shared: bool
    force: bool


class Paper(NamedTuple):
    """A submission: where it is, where it is to be when graded, and whether the gradebook has all its marks."""

    student: str
    submitted: Path
    autograded: Path
    marked: bool


class Kept(NamedTuple):
    """It was graded before, under the editions installed, and nothing else has been handed in since."""

    notes: tuple[Note, ...]


class Unjudged(ValueError):
    """Why something could not be judged here, in a sentence, and the kind of its note. Its marks stay as they are."""

    @property
    def kind(self) -> str:
        return str(self.args[1])

    def __str__(self) -> str:
        return str(self.args[0])


class Graded(NamedTuple):
    """What belongs in the gradebook. `cells` are those of the graded notebook, without what is only to be looked at."""

    paper: Paper
    timestamp: str
    cells: tuple[dict[str, Any], ...]
    comments: Mapping[str, str]
    notes: tuple[Note, ...]


def begin() -> None:
    """Be a process of somebody else's: Ctrl-C is for the one that asked, and when that is gone, so is this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def grade_paper(job: Job, paper: Paper) -> Kept | Graded:
    """Judge a submission and lay its graded folder ready; nothing of that if it has been done by the same judge.

    OSError, Unfit, Unjudged.
    """
    set_aside(paper.submitted)
    content = _fingerprint(paper.submitted)
    if paper.marked and not job.force:
        kept = _graded_before(job, paper, content)
        if kept is not None:
            return kept
    verdict = read_submission(paper.submitted, job.handout.assignment, paper.student)
    if verdict.failure:
        raise Unjudged(verdict.failure, next(note.kind for note in verdict.notes if note.weight == "failed"))
    notebook, _ = rebuild(job.handout, read_notebook(paper.submitted / job.notebook))
    fill(notebook, verdict)
    own = notebook["metadata"]["caucusroom"]
    own[_RECORD] = content
    _lay_ready(job, paper, notebook)
    return Graded(
        paper,
        _timestamp(paper.submitted),
        tuple(_gist(cell) for cell in notebook["cells"]),
        {
            cell.name: comment(cell.name, verdict, cell.points or 0)
            for cell in job.handout.cells
            if cell.name in verdict.points
        },
        _notes(own),
    )


def _fingerprint(folder: Path) -> str:
    """Tells one submission from another, by names and content. What is too large to be graded counts by its size."""
    whole = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        size = path.stat().st_size
        whole.update(os.fsencode(f"{path.relative_to(folder)}\0{size}\0"))
        if size <= NOTEBOOK_LIMIT:
            with path.open("rb") as file:
                whole.update(file_digest(file, "sha256").digest())
    return whole.hexdigest()


def _graded_before(job: Job, paper: Paper, content: str) -> Kept | None:
    notebook = read_notebook(paper.autograded / job.notebook)
    if isinstance(notebook, Note) or not is_of_this_edition(notebook):
        return None
    if not any(cell.get("outputs") for cell in notebook["cells"]):
        return None
    own = notebook["metadata"]["caucusroom"]
    if _RECORD in own:
        same = own[_RECORD] == content
    else:  # graded by nbgrader, which copies these
        copied = (TIMESTAMP, job.handout.assignment.journal)
        same = all(_content(paper.submitted / name) == _content(paper.autograded / name) for name in copied)
    return Kept(_notes(own)) if same else None


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _notes(own: Mapping[str, Any]) -> tuple[Note, ...]:
    return tuple(Note(**note) for note in own["notes"])


def _timestamp(submitted: Path) -> str:
    """When it was handed in, as nbgrader wrote it; empty if it did not."""
    try:
        return read_file(submitted / TIMESTAMP, 1000).decode().strip()
    except Unfit as unfit:
        if unfit.kind == "missing":
            return ""
        raise


def _gist(cell: Mapping[str, Any]) -> dict[str, Any]:
    outputs = [
        output | {"data": {"text/plain": output["data"]["text/plain"]}}
        for output in cell.get("outputs", ())
        if output["output_type"] == "execute_result"
    ]
    return dict(cell) | ({"outputs": outputs} if "outputs" in cell else {})


# The folder


def ready_at(paper: Paper) -> Path:
    """Where the graded folder lies until it is put in its place; nbgrader does not look at hidden folders."""
    return paper.autograded.with_name(f".{paper.autograded.name}.part")


def put_in_place(paper: Paper) -> None:
    """Let what lies ready be the graded folder, at once and whole."""
    replaced = _replaced(paper)
    if paper.autograded.exists():
        paper.autograded.rename(replaced)
    ready_at(paper).rename(paper.autograded)
    shutil.rmtree(replaced, ignore_errors=True)


def _replaced(paper: Paper) -> Path:
    return paper.autograded.with_name(f".{paper.autograded.name}.old")


def _lay_ready(job: Job, paper: Paper, notebook: Notebook) -> None:
    ready = ready_at(paper)
    for left in (ready, _replaced(paper)):  # by a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    ready.mkdir(parents=True)
    _copy(paper.submitted, files_in(paper.submitted, (*job.ignored, "*.ipynb")), ready)
    _copy(job.extras_from, job.extras, ready)
    (ready / job.notebook).write_text(_written(notebook), encoding="utf-8")
    for place, _, files in os.walk(ready):
        for name in files:
            Path(place, name).chmod(job.permissions)
        if job.shared:
            share(Path(place))


def share(folder: Path) -> None:
    """Let the group of the course write in a folder, as nbgrader does."""
    mode = folder.stat().st_mode
    if mode & 0o2770 != 0o2770:
        folder.chmod((mode | 0o2770) & 0o2777)


def files_in(folder: Path, ignored: Iterable[str]) -> Iterator[Path]:
    """The files in a folder and below, relative to it, that nbgrader would copy."""
    patterns = tuple(ignored)
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not _matches(name, patterns)]
        yield from (Path(place, name).relative_to(folder) for name in files if not _matches(name, patterns))


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    """As a shell would have it: a hidden file is matched by a pattern for hidden files only."""
    return any(fnmatch(name, pattern) and (pattern.startswith(".") or not name.startswith(".")) for pattern in patterns)


def _copy(source: Path, files: Iterable[Path], folder: Path) -> None:
    for file in files:
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        shutil.copy(source / file, target)


def _written(notebook: Notebook) -> str:
    """The text of a notebook's file as Jupyter writes it, with texts in lines."""
    cells = [
        cell
        | {"source": cell["source"].splitlines(keepends=True)}
        | ({"outputs": [_in_lines(output) for output in cell["outputs"]]} if "outputs" in cell else {})
        for cell in notebook["cells"]
    ]
    return json.dumps(notebook | {"cells": cells}, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _in_lines(output: Mapping[str, Any]) -> dict[str, Any]:
    return dict(output) | {"data": {kind: text.splitlines(keepends=True) for kind, text in output["data"].items()}}
