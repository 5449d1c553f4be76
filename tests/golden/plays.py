"""Which plays are golden: for every case of the library the first skilled walkthrough that plays it.

Reports are golden of every walkthrough, of a mediation that is not over and of a random one.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from caucusroom import load, scenarios
from caucusroom.authoring.source import Problem
from caucusroom.authoring.walkthrough import read_walkthrough

from tests.plays import RASH, random_play

FOLDER = Path(__file__).parent
REPORTS = FOLDER / "reports"
SCENARIOS = FOLDER.parents[1] / "scenarios"

Play = tuple[str, str, list[str]]


@cache
def golden_plays() -> dict[str, Play]:
    """Dispute, case and moves by the name of the golden file."""
    plays: dict[str, Play] = {}
    for dispute in scenarios():
        for name, play in _walkthroughs(dispute).items():
            if name.startswith("skilled-"):
                plays.setdefault(f"{dispute}-{play[1]}.txt", play)
        missing = [case for case in load(dispute).cases if f"{dispute}-{case}.txt" not in plays]
        if missing:
            raise ValueError(f"No skilled walkthrough of {dispute} plays case {', '.join(missing)}.")
    return plays


@cache
def golden_reports() -> dict[str, Play]:
    """Dispute, case and moves by the name of the golden report."""
    plays: dict[str, Play] = {}
    for dispute in scenarios():
        walked = _walkthroughs(dispute)
        first, case, moves = next(iter(walked.values()))
        walked |= {"unfinished": (first, case, moves[: len(moves) // 2]), "random": _random(dispute)}
        plays |= {f"{dispute}-{name}.json": play for name, play in walked.items()}
    return plays


def _walkthroughs(dispute: str) -> dict[str, Play]:
    plays: dict[str, Play] = {}
    for path in sorted(SCENARIOS.glob(f"{dispute}/walkthroughs/*.yaml")):
        problems: list[Problem] = []
        one = read_walkthrough(path, problems)
        if one is None:
            raise ValueError(problems)
        plays[path.stem] = (dispute, one.parts.case, [step.choose for step in one.parts.steps if step.choose])
    return plays


def _random(dispute: str) -> Play:
    case = load(dispute).case(load(dispute).cases[0])
    return dispute, case.id, [str(step.move) for step in random_play(case, Random(7), RASH)]
