"""The author's checker: everything that is wrong with a dispute, in one run.

Author time only: needs pydantic and PyYAML. First the files (shape and names, `compile.py`), then what
they mean (`matter.py`), what people say (`lines.py`), the scenes (`scenes.py`) and how it plays (`plays.py`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from ...model.compiled import read_catalogue, read_dispute
from ..compile import compile_catalogue, read_written, what_is_played
from ..searches import Searches
from ..source import DisputeError, Problem
from ..walkthrough import Walkthrough, case_named_in, read_walkthrough
from . import lines, matter
from .plays import Plays
from .scenes import check_scenes
from .subject import Subject, named


def check(
    folder: Path,
    progress: Callable[[str], None] = lambda doing: None,
    note: Callable[[str], None] = lambda what: None,
    thorough: bool = False,
) -> list[Problem]:
    """Every problem of the dispute in a folder, by file and line; [] if there is none.

    `progress` is told, in words, what is being looked at, and `note` what is worth knowing and no problem. What a
    dispute means and how it plays is looked at once its scenario.yaml is sound in shape and names. With `thorough`
    best ends are proven, which can take many minutes; otherwise they are looked for, which takes seconds.
    """
    if not folder.is_dir():
        return [Problem(folder, 1, "missing-folder", "there is no such folder; name one that holds scenario.yaml")]
    problems: list[Problem] = []
    progress("reading")
    try:
        raw = compile_catalogue()
    except DisputeError as error:  # whoever adds a technique checks too
        return list(error.problems)
    written = read_written(folder, raw, problems)
    walkthroughs, unread = list[Walkthrough](), list[str]()
    for file in sorted((folder / "walkthroughs").glob("*.yaml")):
        one = read_walkthrough(file, problems)
        if one is None:
            unread.append(case_named_in(file))
        else:
            walkthroughs.append(one)
    if written is not None:
        catalogue = read_catalogue(json.dumps(raw))
        subject = Subject(written, read_dispute(json.dumps(written.data), catalogue))
        for rule in (*matter.RULES, *lines.RULES):
            problems += named(rule, rule(subject))
        if written.scenes is not None:
            problems += check_scenes(written.scenes, subject.dispute)
        count = matter.number_of_truths(subject)
        if count < matter.MANY_TRUTHS:
            note(f"{count} truths: two of a class will often meet the same; with {matter.MANY_TRUTHS:,} they seldom do")
        plays = Plays(subject, Searches(what_is_played(written.data, raw)), thorough, progress, note)
        cases = set(subject.dispute.cases)
        problems += plays.check(walkthroughs, set(unread) if set(unread) <= cases else cases)
    return sorted(problems)
