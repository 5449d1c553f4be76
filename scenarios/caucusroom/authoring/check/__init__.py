"""The author's checker: everything that is wrong with a dispute, in one run.

Author time only: needs pydantic and PyYAML. First the files (shape and names, `compile.py`), then what
they mean (`matter.py`), what people say (`lines.py`) and how it plays (`plays.py`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from ...model.compiled import read_catalogue, read_dispute
from ..compile import compile_catalogue, read_written
from ..source import Problem
from ..walkthrough import read_walkthrough
from . import lines, matter
from .plays import check_play
from .subject import Subject, named


def check(folder: Path, progress: Callable[[str], None] = lambda doing: None) -> list[Problem]:
    """Every problem of the dispute in a folder, by file and line; [] if there is none.

    `progress` is told, in words, what is being looked at. What a dispute means and how it plays is looked at
    once its scenario.yaml is sound in shape and names.
    """
    if not folder.is_dir():
        return [Problem(folder, 1, "missing-folder", "there is no such folder; name one that holds scenario.yaml")]
    problems: list[Problem] = []
    progress("reading")
    raw = compile_catalogue()
    written = read_written(folder, raw, problems)
    files = sorted((folder / "walkthroughs").glob("*.yaml"))
    walkthroughs = [read_walkthrough(file, problems) for file in files]
    if written is not None:
        catalogue = read_catalogue(json.dumps(raw))
        subject = Subject(written, read_dispute(json.dumps(written.data), catalogue))
        for rule in (*matter.RULES, *lines.RULES):
            problems += named(rule, rule(subject))
        problems += check_play(subject, [one for one in walkthroughs if one is not None], progress)
    return sorted(problems)
