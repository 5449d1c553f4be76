"""Judged mediations on the command line: one report, and the strategies that show whether the judge separates."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from random import Random
from statistics import mean
from typing import NamedTuple, TypeAlias

import typer
from caucusroom import Attempt, Transcript, load, read_journal, scenarios
from caucusroom.library import PACKAGE
from caucusroom.model.dispute import Dispute
from caucusroom.record.transcript import Header
from caucusroom_grading import Report, judge
from caucusroom_grading.judging.report import HARMFUL, Score
from caucusroom_grading.review.words import SIGNS
from caucusroom_grading.strategies.players import play, skilled, strategies
from rich.console import Console
from rich.progress import track
from rich.text import Text

from .terminal import out, say

BATCH = 20

Lines: TypeAlias = Mapping[str, Sequence[tuple[str, ...]]]
"""The skilled walkthroughs of each case, as lines of moves."""


def judge_journal(journal: Path, attempt: int | None, as_json: bool, page: Path | None) -> None:
    """Print the judgement of an attempt, or write it as a page; leaves with status 1 where not all could be judged."""
    transcript = read_journal(journal)
    report = judge(transcript, attempt)
    if page is not None:
        _write_page(page, report)
    elif as_json:
        typer.echo(report.as_json().encode())  # UTF-8, whatever the terminal speaks
    else:
        _show(report)
    for notice in report.notices:
        typer.echo(f"caucusroom: {notice}", err=True)
    if transcript.damage or len(report.notices) > len(transcript.notices):
        raise typer.Exit(1)


def _write_page(page: Path, report: Report) -> None:
    from caucusroom_grading.review import review_page

    if page.exists() and not page.read_bytes().lstrip().lower().startswith(b"<!doctype html"):
        raise ValueError(f"{page} is there already and is no page of this kind: name another file.")
    page.write_text(review_page(report), encoding="utf-8")
    print(f"{page} is written: {_so_far(report)}{report.total} of 100.")


def _so_far(report: Report) -> str:
    return "" if report.ending else "so far "


def _show(report: Report) -> None:
    out.rule(f"{report.title}: {report.player}, attempt {report.attempt} of {report.attempts}", characters="=")
    ending = (
        report.ending.title if report.ending else f"The mediation goes on; decisions so far: {len(report.decisions)}"
    )
    say(f"{ending}.")
    for one in report.decisions:
        out.print()
        say(Text.assemble((f"{one.number}. {one.name}", "bold"), (f"  {one.move}", "dim")))
        for finding in one.findings:
            sources = ", ".join(finding.sources)
            say(f"{SIGNS[finding.label]} {finding.label}: {finding.reason} ({sources})", indent=3)
    out.print()
    width = max(len(score.name) for score in report.criteria)
    say(Text(f"   {'Criterion':<{width}}  level  points", "bold"))
    for score in report.criteria:
        say(f"{score.number}. {score.name:<{width}}  {score.level} of 4  {score.points:>2} of {score.weight}")
        for reason in _why(score):
            say(Text(reason, "dim"), indent=3)
    out.print()
    if report.harm:
        harmful = [one.number for one in report.decisions if one.label == HARMFUL]
        say(f"{report.harm} points are taken off the total for what was harmful. {_at(harmful)}")
    for cap in report.caps:
        say(f"{cap.reason} {_at(cap.decisions)}")
    say(Text(f"Total {_so_far(report)}{report.total} of 100", "bold"))


def _why(score: Score) -> Iterator[str]:
    """What was earned, and what took levels off again."""
    yield score.anchor
    for loss in score.losses:
        levels = "1 level" if loss.levels == 1 else f"{loss.levels} levels"
        yield f"Less {levels} for {loss.reason}. {_at(loss.decisions)}"


def _at(decisions: Sequence[int]) -> str:
    return f"(Decision{'s' * (len(decisions) > 1)} {', '.join(map(str, decisions))})"


# strategies


class Row(NamedTuple):
    """What the plays of one strategy were worth; `plays` are those that counted."""

    name: str
    mean: float
    lowest: int
    highest: int
    plays: int


def show_strategies(dispute: str | Path, plays: int, seed: int) -> None:
    """Print, as a table that can be pasted, what the skilled lines and each strategy are worth in a dispute."""
    rows = measure(dispute, plays, seed)
    width = max(len(row.name) for row in rows)
    print(f"| {'mediator':<{width}} |  mean | lowest | highest | plays |")
    print(f"| :{'-' * (width - 1)} | ----: | -----: | ------: | ----: |")
    for row in rows:
        print(f"| {row.name:<{width}} | {row.mean:5.1f} | {row.lowest:6} | {row.highest:7} | {row.plays:5} |")


def measure(dispute: str | Path, plays: int, seed: int) -> list[Row]:
    """Judge the skilled lines of every case, and so many plays of every strategy over all cases.

    The nth play of a strategy is the same whatever their number. ValueError if a walkthrough cannot be read.
    """
    scenario, lines = load(dispute), skilled_lines(dispute)
    rows = []
    for case in scenario.cases:
        totals = [_total(scenario, case, play(scenario.case(case), skilled, Random(), line)) for line in lines[case]]
        rows.append(_row(f"skilled, case {case}", totals))
    totals_of: dict[str, list[int]] = {name: [] for name in strategies(scenario)}
    tasks = [(name, number) for name in totals_of for number in range(plays)]
    # Ctrl-C is for the process that asked, which ends the others.
    with ProcessPoolExecutor(initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)) as pool:
        judged = pool.map(partial(_nth, dispute, lines, seed), tasks, chunksize=BATCH)
        for (name, _), total in track(
            zip(tasks, judged, strict=True), "playing and judging", len(tasks), console=Console(stderr=True)
        ):
            if total is not None:
                totals_of[name].append(total)
    return rows + [_row(name, totals) for name, totals in totals_of.items() if totals]


def _row(name: str, totals: Sequence[int]) -> Row:
    return Row(name, mean(totals), min(totals), max(totals), len(totals))


def _total(dispute: Dispute, case: str, moves: tuple[str, ...]) -> int:
    header = Header(dispute.id, dispute.content, case, "", "")
    return judge(Transcript(header, (Attempt(case, moves),)), dispute=dispute).total


def _nth(dispute: str | Path, lines: Lines, seed: int, task: tuple[str, int]) -> int | None:
    """What the nth play of a strategy is worth; None if it does not count. Cases, then players, take turns."""
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
