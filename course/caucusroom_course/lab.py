"""Opening the course in JupyterLab."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from .lessons import lessons


def open_lab(folder: Path, browser: bool, port: int | None, arguments: Sequence[str]) -> None:
    """Serve the lessons in `folder` with JupyterLab until it is stopped.

    Raises ModuleNotFoundError where the `lab` extra is missing, before anything is written.
    """
    for needed in ("anywidget", "ipykernel"):  # the lessons need them, and would say so less clearly
        import_module(needed)
    from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]  # it publishes no types

    # labconfig/ in there: no question about news before the first lesson, unless the student wants news.
    settings = str(Path(__file__).parent / "jupyter")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        filter(None, [settings, os.environ.get("JUPYTER_CONFIG_PATH")])
    )
    fresh = bring_lessons(folder)
    print(
        f"Your lessons are in {folder.resolve()}" + (f" (new: {', '.join(fresh)})." if fresh else "."),
        flush=True,
    )
    LabApp.launch_instance(
        [
            f"--ServerApp.root_dir={folder.resolve()}",
            f"--LabApp.default_url=/lab/tree/{lessons()[0].name}",
            *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            *([] if browser else ["--no-browser"]),
            *([] if port is None else [f"--port={port}"]),
            *arguments,
        ]
    )


def bring_lessons(folder: Path) -> list[str]:
    """Copy into `folder` the lessons it does not have, and return their names. Nothing is overwritten."""
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file: name a folder for your lessons.")
    folder.mkdir(parents=True, exist_ok=True)
    fresh = []
    for lesson in lessons():
        try:
            with lesson.open("rb") as source, (folder / lesson.name).open("xb") as copy:
                shutil.copyfileobj(source, copy)
            fresh.append(lesson.name)
        except FileExistsError:
            continue
    return fresh
