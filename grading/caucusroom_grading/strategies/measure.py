"""What the players are worth to the judge: whether a mark means something, and how surely.

Every player plays truths that were drawn, as a class would, and is judged. Of each it is told what it gets and how
that varies, and how often each criterion was put to the test. Mediators of five skills tell how much of the difference
between marks is one between mediators, and how much comes of the truths that they drew.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import correlation, covariance, mean, pstdev, pvariance
from typing import Any, NamedTuple, TypeAlias

from caucusroom import Attempt, Transcript, load
from caucusroom.model.dispute import Dispute
from caucusroom.model.truths import drawn
from caucusroom.record.transcript import Header

from ..judging.judge import marks
from .adaptive import adaptive
from .chair import Strategy, play
from .scripts import blind, cards, found_by_search
from .shortcuts import shortcuts
from .thumbs import thumbs

BATCH = 10
SKILLS = (0.0, 0.15, 0.3, 0.45, 0.6)
"""How often mediators of five skills overlook what it would be best to do."""

Watched: TypeAlias = Callable[[Iterable[Any], int], Iterable[Any]]
"""Gives what it is given, so many of them, and may show how far it has come."""

Levels: TypeAlias = tuple[int | None, ...]


class Played(NamedTuple):
    """One play: its total, None if it did not end, its levels, and whether it came to the deed of its strategy."""

    total: int | None
    levels: Levels
    counts: bool


class Row(NamedTuple):
    """What the plays of one strategy were worth. `tested` is the share of them in which each criterion had a level,
    `levels` the mean of it there; `low` is the total that one play in twenty stays below."""

    name: str
    mean: float
    spread: float
    low: int
    lowest: int
    highest: int
    plays: int
    tested: tuple[float, ...]
    levels: tuple[float | None, ...]


class Sureness(NamedTuple):
    """What so many mediations of a mediator say together. `by_truth` is the standard error that comes of the truths
    drawn, `by_all` that of everything by which the plays of one mediator differ; `reliability` (0 to 1) is the part of
    the difference between marks that is one between mediators."""

    by_truth: float
    by_all: float
    reliability: float


class Measured(NamedTuple):
    """`sureness` is that of one mediation and of two; `together` has, for each pair of criteria, the correlation of
    their levels in the plays of five skills."""

    rows: list[Row]
    sureness: tuple[Sureness, Sureness]
    together: dict[tuple[str, str], float]


def strategies(dispute: Dispute) -> Mapping[str, Strategy]:
    """Every way of playing, by its name."""
    skilled = Strategy("reads, asks, answers, adapts", (adaptive,))
    return {one.name: one for one in (skilled, *cards(dispute), *shortcuts(), *thumbs(dispute))}


def measure(dispute: str | Path, plays: int, seed: int, watched: Watched = lambda played, _: played) -> Measured:
    """Judge so many plays of every strategy, each in a truth of its own.

    The nth play of a strategy is the same whatever their number, and all of them meet the same truths.
    """
    names = list(strategies(_loaded(dispute)))
    twice = range(2 * plays)
    tasks = [(name, number) for name in names for number in range(plays)]
    tasks += [(str(skill), number) for skill in range(len(SKILLS)) for number in twice]
    of: dict[str, list[Played]] = {}
    with _pool() as pool:
        played = pool.map(partial(_nth, dispute, seed), tasks, chunksize=BATCH)
        for (name, _), one in watched(zip(tasks, played, strict=True), len(tasks)):
            of.setdefault(name, []).append(one)
    ended = {name: [one for one in of[name] if one.total is not None and one.counts] for name in names}
    skilled = [of[str(skill)] for skill in range(len(SKILLS))]
    return Measured(
        [_row(name, ended[name]) for name in names if ended[name]],
        _sureness([[one.total or 0 for one in its] for its in skilled]),
        dict(_together(list(_loaded(dispute).catalogue.criteria), [one.levels for its in skilled for one in its])),
    )


def search(
    dispute: str | Path, seed: int, rounds: int, truths: int, watched: Watched = lambda rounds, _: rounds
) -> tuple[str, ...]:
    """The best blind card that a bounded search finds, tried on so many truths that no play of `measure` meets."""
    scenario = _loaded(dispute)
    start = [player.args[0] for one in cards(scenario) for player in one.players if isinstance(player, partial)]
    start += [play(scenario.case(_truth(scenario, "start", n)), adaptive, Random(n)) for n in range(4)]
    with _pool() as pool:

        def worth(scripts: Sequence[tuple[str, ...]]) -> list[list[int]]:
            tasks = [(script, number) for script in scripts for number in range(truths)]
            totals = list(pool.map(partial(_of_card, dispute, f"search {seed}"), tasks, chunksize=truths))
            return [totals[k * truths : (k + 1) * truths] for k in range(len(scripts))]

        return found_by_search(scenario, worth, seed, watched(range(rounds), rounds), start)


def worth_of_card(dispute: str | Path, script: Sequence[str], plays: int, seed: int) -> tuple[float, int, int]:
    """What a blind card gets in truths that it was not searched on: mean, lowest and highest."""
    with _pool() as pool:
        tasks = [(tuple(script), number) for number in range(plays)]
        totals = list(pool.map(partial(_of_card, dispute, f"held back {seed}"), tasks, chunksize=BATCH))
    return mean(totals), min(totals), max(totals)


# one play


def _nth(dispute: str | Path, seed: int, task: tuple[str, int]) -> Played:
    """The nth play of a strategy; or of a skill, by its number, which plays every truth twice."""
    name, number = task
    scenario, random = _loaded(dispute), Random(f"{seed} {name} {number}")
    strategy = _strategies(dispute).get(name)
    if strategy is None:
        strategy = Strategy(name, (partial(adaptive, overlooks=SKILLS[int(name)]),))
        number //= 2
    case = scenario.case(_truth(scenario, f"{seed}", number))
    line: tuple[str, ...] = ()
    if strategy.recites:
        line = play(scenario.case(_truth(scenario, f"another {seed}", number)), adaptive, Random(number))
    moves = play(case, strategy.players[number % len(strategy.players)], random, line)
    total, levels = marks(_transcript(scenario, case.id, moves), dispute=scenario)
    return Played(total, levels, not strategy.deed or any(move.split()[0] == strategy.deed for move in moves))


def _of_card(dispute: str | Path, lot: str, task: tuple[tuple[str, ...], int]) -> int:
    script, number = task
    scenario = _loaded(dispute)
    case = scenario.case(_truth(scenario, lot, number))
    moves = play(case, partial(blind, script), Random(0))
    return marks(_transcript(scenario, case.id, moves), dispute=scenario)[0] or 0


def _transcript(dispute: Dispute, case: str, moves: tuple[str, ...]) -> Transcript:
    return Transcript(Header(dispute.id, dispute.content, case, "", ""), (Attempt(case, moves),))


def _truth(dispute: Dispute, lot: str, number: int) -> str:
    return drawn(dispute, f"{lot} {number}")


@cache
def _loaded(dispute: str | Path) -> Dispute:
    """A dispute, compiled once in each process."""
    return load(dispute)


@cache
def _strategies(dispute: str | Path) -> Mapping[str, Strategy]:
    return strategies(_loaded(dispute))


def _pool() -> ProcessPoolExecutor:
    """Ctrl-C is for the process that asked, which ends the others."""
    return ProcessPoolExecutor(initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))


# what comes of them


def _row(name: str, played: Sequence[Played]) -> Row:
    totals = sorted(one.total or 0 for one in played)
    by_criterion = list(zip(*(one.levels for one in played), strict=True))
    levels = [[level for level in its if level is not None] for its in by_criterion]
    return Row(
        name,
        mean(totals),
        pstdev(totals),
        totals[len(totals) // 20],
        totals[0],
        totals[-1],
        len(totals),
        tuple(len(its) / len(totals) for its in levels),
        tuple(mean(its) if its else None for its in levels),
    )


def _sureness(by_skill: Sequence[Sequence[int]]) -> tuple[Sureness, Sureness]:
    """From the totals of mediators of five skills, each of whom played every truth twice, one play after the other.

    What two plays of one truth have in common is the truth's; the rest is the mediator's own better or worse day.
    """
    truth = max(0.0, mean(covariance(totals[::2], totals[1::2]) for totals in by_skill))
    within = mean(pvariance(totals) for totals in by_skill)
    between = max(0.0, pvariance([mean(totals) for totals in by_skill]) - within / len(by_skill[0]))

    def of(mediations: int) -> Sureness:
        error = within / mediations
        reliability = between / (between + error) if between else 0.0
        return Sureness((truth / mediations) ** 0.5, error**0.5, reliability)

    return of(1), of(2)


def _together(criteria: Sequence[str], levels: Sequence[Levels]) -> Iterator[tuple[tuple[str, str], float]]:
    """Every two criteria, where plays differ in both."""
    for first, second in combinations(range(len(criteria)), 2):
        both = [(one[first], one[second]) for one in levels if one[first] is not None and one[second] is not None]
        xs, ys = [float(x or 0) for x, _ in both], [float(y or 0) for _, y in both]
        if len(set(xs)) > 1 and len(set(ys)) > 1:
            yield (criteria[first], criteria[second]), correlation(xs, ys)
