"""Which plays are golden: for every case of the library the first skilled walkthrough that plays it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from caucusroom import load, scenarios
from caucusroom.source import Problem
from caucusroom.walkthrough import read_walkthrough

FOLDER = Path(__file__).parent
SCENARIOS = FOLDER.parents[1] / "scenarios"

Play = tuple[str, str, list[str]]


@cache
def golden_plays() -> dict[str, Play]:
    """Dispute, case and moves by the name of the golden file."""
    plays: dict[str, Play] = {}
    for dispute in scenarios():
        for path in sorted(SCENARIOS.glob(f"{dispute}/walkthroughs/skilled-*.yaml")):
            problems: list[Problem] = []
            one = read_walkthrough(path, problems)
            if one is None:
                raise ValueError(problems)
            moves = [step.choose for step in one.parts.steps if step.choose]
            plays.setdefault(f"{dispute}-{one.parts.case}.txt", (dispute, one.parts.case, moves))
        missing = [case for case in load(dispute).cases if f"{dispute}-{case}.txt" not in plays]
        if missing:
            raise ValueError(f"No skilled walkthrough of {dispute} plays case {', '.join(missing)}.")
    return plays
