"""What the players are worth to the judge: whether judging separates skilled mediators from every rule of thumb."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any, NamedTuple, TypeAlias

from caucusroom import Attempt, Transcript, load, scenarios
from caucusroom.library import PACKAGE
from caucusroom.model.dispute import Dispute
from caucusroom.record.transcript import Header

from ..judging.judge import total
from .players import play, skilled, strategies

BATCH = 20

Lines: TypeAlias = Mapping[str, Sequence[tuple[str, ...]]]
"""The skilled walkthroughs of each case, as lines of moves."""

Watched: TypeAlias = Callable[[Iterable[Any], int], Iterable[Any]]
"""Gives what it is given, so many of them, and may show how far it has come."""


class Row(NamedTuple):
    """What the plays of one strategy were worth; `plays` are those that counted."""

    name: str
    mean: float
    lowest: int
    highest: int
    plays: int


def measure(dispute: str | Path, plays: int, seed: int, watched: Watched = lambda judged, _: judged) -> list[Row]:
    """Judge the skilled lines of every case, and so many plays of every strategy over all cases.

    The nth play of a strategy is the same whatever their number. ValueError if a walkthrough cannot be read.
    """
    scenario, lines = load(dispute), skilled_lines(dispute)
    rows = []
    for case in scenario.cases:
        ended = (_total(scenario, case, play(scenario.case(case), skilled, Random(), line)) for line in lines[case])
        rows.append(_row(f"skilled, case {case}", [one for one in ended if one is not None]))
    totals_of: dict[str, list[int]] = {name: [] for name in strategies(scenario)}
    tasks = [(name, number) for name in totals_of for number in range(plays)]
    # Ctrl-C is for the process that asked, which ends the others.
    with ProcessPoolExecutor(initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)) as pool:
        judged = pool.map(partial(_nth, dispute, lines, seed), tasks, chunksize=BATCH)
        for (name, _), one in watched(zip(tasks, judged, strict=True), len(tasks)):
            if one is not None:
                totals_of[name].append(one)
    return rows + [_row(name, totals) for name, totals in totals_of.items() if totals]


def _row(name: str, totals: Sequence[int]) -> Row:
    return Row(name, mean(totals), min(totals), max(totals), len(totals))


def _total(dispute: Dispute, case: str, moves: tuple[str, ...]) -> int | None:
    header = Header(dispute.id, dispute.content, case, "", "")
    return total(Transcript(header, (Attempt(case, moves),)), dispute=dispute)


def _nth(dispute: str | Path, lines: Lines, seed: int, task: tuple[str, int]) -> int | None:
    """What the nth play of a strategy is worth; None if it does not count or has not ended. Cases, then players, take
    turns."""
    name, number = task
    scenario, random = _loaded(dispute), Random(f"{seed} {name} {number}")
    strategy = strategies(scenario)[name]
    turn, place = divmod(number, len(scenario.cases))
    case, player = scenario.cases[place], strategy.players[turn % len(strategy.players)]
    moves = play(scenario.case(case), player, random, random.choice(lines[case]))
    if strategy.deed and not any(move.split()[0] == strategy.deed for move in moves):
        return None
    return _total(scenario, case, moves)


@cache
def _loaded(dispute: str | Path) -> Dispute:
    """A dispute, compiled once in each process."""
    return load(dispute)


def skilled_lines(dispute: str | Path) -> dict[str, list[tuple[str, ...]]]:
    """The skilled walkthroughs in the folder of a dispute, at least one for each case."""
    from caucusroom.authoring.source import Problem
    from caucusroom.authoring.walkthrough import read_walkthrough

    folder = PACKAGE.parent / dispute if dispute in scenarios() else Path(dispute)
    problems: list[Problem] = []
    read = [read_walkthrough(file, problems) for file in sorted((folder / "walkthroughs").glob("*.yaml"))]
    if problems:
        raise ValueError(str(problems[0]))
    lines: dict[str, list[tuple[str, ...]]] = {case: [] for case in load(dispute).cases}
    for one in filter(None, read):
        if one.parts.kind == "skilled" and one.parts.case in lines:
            lines[one.parts.case].append(tuple(step.choose for step in one.parts.steps if step.choose))
    missing = [case for case, found in lines.items() if not found]
    if missing:
        raise ValueError(
            f"No skilled walkthrough in {folder} plays case {', '.join(missing)}: name the folder of a dispute."
        )
    return lines
