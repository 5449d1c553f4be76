"""Judged mediations on the command line: one report, and the strategies that show whether the judge separates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import typer
from caucusroom import read_journal
from caucusroom_grading import Report, judge
from caucusroom_grading.judging.report import HARMFUL, Score
from caucusroom_grading.review.words import SIGNS
from caucusroom_grading.strategies.measure import measure
from rich.console import Console
from rich.progress import track
from rich.text import Text

from .terminal import out, say


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


def show_strategies(dispute: str | Path, plays: int, seed: int) -> None:
    """Print, as a table that can be pasted, what the skilled lines and each strategy are worth in a dispute."""
    screen = Console(stderr=True)
    rows = measure(
        dispute, plays, seed, lambda judged, count: track(judged, "playing and judging", count, console=screen)
    )
    width = max(len(row.name) for row in rows)
    print(f"| {'mediator':<{width}} |  mean | lowest | highest | plays |")
    print(f"| :{'-' * (width - 1)} | ----: | -----: | ------: | ----: |")
    for row in rows:
        print(f"| {row.name:<{width}} | {row.mean:5.1f} | {row.lowest:6} | {row.highest:7} | {row.plays:5} |")
