"""Opening the course in JupyterLab."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from .lessons import lessons


def open_lab(folder: Path, browser: bool, port: int | None, arguments: Sequence[str]) -> None:
    """Serve the lessons in `folder` with JupyterLab until it is stopped.

    Raises ModuleNotFoundError where the `lab` extra is missing, before anything is written.
    """
    for needed in ("jupyterlab", "ipykernel", "anywidget"):
        if find_spec(needed) is None:
            raise ModuleNotFoundError(name=needed)
    fresh = bring_lessons(folder)
    new = f" (new: {', '.join(fresh)})" if fresh else ""
    print(f"Your lessons are in {folder.resolve()}{new}.", flush=True)

    # In there: no question about news before the first lesson, unless the student wants news, and nothing of nbgrader,
    # which has nothing to hand out here.
    settings = str(Path(__file__).parent / "jupyter")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, [settings, os.environ.get("JUPYTER_CONFIG_PATH")]))
    from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]  # it publishes no types

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
    missing = [lesson for lesson in lessons() if not (folder / lesson.name).exists()]
    for lesson in missing:
        part = folder / f"{lesson.name}.part"  # so that a full disk leaves no half a lesson behind
        shutil.copyfile(lesson, part)
        part.rename(folder / lesson.name)
    return [lesson.name for lesson in missing]
