"""Judged mediations on the command line: one report, and the strategies that show whether the judge separates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import typer
from caucusroom import read_journal
from caucusroom_grading import Report, judge
from caucusroom_grading.judging.report import HARMFUL, TOP, Score
from caucusroom_grading.review.criteria import OUTCOMES
from caucusroom_grading.review.words import SIGNS
from caucusroom_grading.strategies.measure import measure
from caucusroom_grading.words import en
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
    print(f"{page} is written. {_total(report)}")


def _total(report: Report) -> str:
    return en.NOT_ENDED if report.total is None else f"Total {report.total} of 100"


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
        level = "     –" if score.level is None else f"{score.level} of {TOP}"
        points = f"  {score.points:>2} of {score.weight}" if report.ending else ""
        say(f"{score.number}. {score.name:<{width}}  {level}{points}")
        for reason in _why(score):
            say(Text(reason, "dim"), indent=3)
    out.print()
    if report.harm:
        harmful = [one.number for one in report.decisions if one.label == HARMFUL]
        say(f"{report.harm} points are taken off the total for what was harmful. {_at(harmful)}")
    for cap in report.caps:
        say(f"{cap.reason} {_at(cap.decisions)}")
    say(Text(_total(report), "bold"))


def _why(score: Score) -> Iterator[str]:
    """What called for a decision and what became of it, and what counts against it besides."""
    yield score.anchor
    for one in score.occasions:
        yield f"{OUTCOMES[one.outcome].capitalize()}: {one.text} {_at(one.decisions)}".rstrip()
    for numbers, word in ((score.harmful, "harmful"), (score.weak, "weak")):
        if numbers:
            yield f"Against it, {word}. {_at(numbers)}"


def _at(decisions: Sequence[int]) -> str:
    if not decisions:
        return ""
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
