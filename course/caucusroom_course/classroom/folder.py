"""An instructor's course folder for nbgrader: its settings and the source of the graded work."""

from __future__ import annotations

import shutil
from pathlib import Path

from caucusroom_grading.handin.files import journals_in

from ..lessons import CLASSROOM, PACKAGE


def handouts() -> Path:
    """What a course folder starts as: a checkout's own, else what the wheel brought."""
    in_checkout = PACKAGE.parent.name == "course" and CLASSROOM.is_dir()
    folder = CLASSROOM if in_checkout else PACKAGE / "handouts"
    if not (folder / "nbgrader_config.py").is_file():
        raise ValueError(f"There is no course in {folder}: install caucusroom again.")
    return folder


def files() -> list[Path]:
    """The files that a course folder gets, as paths in it. The texts are the authors', notebooks are what is used."""
    folder = handouts()
    notebooks = sorted(path.relative_to(folder) for path in (folder / "source").rglob("*.ipynb"))
    return [Path("nbgrader_config.py"), *(path for path in notebooks if ".ipynb_checkpoints" not in path.parts)]


def make_course(folder: Path) -> list[Path]:
    """Put into `folder` what it does not have of a course, and return that. Nothing is overwritten.

    ValueError if `folder` is a file, or somebody has played in its source.
    """
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file: name a folder for the course.")
    left = journals_in(folder / "source")
    if left:
        raise ValueError(
            f"{left[0]} is the journal of somebody who played in the source: it would be handed out. Move it away."
        )
    made = [path for path in files() if not (folder / path).exists()]
    for path in made:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        part = folder / f"{path}.part"  # so that a full disk leaves no half a notebook behind
        shutil.copyfile(handouts() / path, part)
        part.rename(folder / path)
    return made
