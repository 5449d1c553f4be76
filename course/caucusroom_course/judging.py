"""Judged mediations on the command line: one report, and the strategies that show whether the judge separates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from caucusroom import catalogue, read_journal
from caucusroom_grading import Report, judge
from caucusroom_grading.judging.finding import HARMFUL
from caucusroom_grading.judging.report import TOP, Score
from caucusroom_grading.review.criteria import OUTCOMES
from caucusroom_grading.review.words import SIGNS
from caucusroom_grading.strategies.measure import Row, Sureness, measure, search, worth_of_card
from caucusroom_grading.words import en
from rich.console import Console
from rich.progress import track
from rich.text import Text

from .streams import put, remark
from .terminal import out, say

TRUTHS = 24
"""On so many truths every card of a search is tried."""


def judge_journal(journal: Path, attempt: int | None, as_json: bool, page: Path | None) -> int:
    """Print the judgement of an attempt, or write it as a page; the status is 1 where not all could be judged."""
    transcript = read_journal(journal)
    report = judge(transcript, attempt)
    if page is not None:
        _write_page(page, report)
    elif as_json:
        put(f"{report.as_json()}\n")
    else:
        _show(report)
    for notice in report.notices:
        remark(notice)
    return int(bool(transcript.damage) or len(report.notices) > len(transcript.notices))


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


def show_strategies(dispute: str | Path, plays: int, seed: int, rounds: int) -> None:
    """Print, as tables that can be pasted, what every player is worth in a dispute and how surely a mark says it.

    With `rounds`, also what the best blind card gets that a search of so many rounds finds.
    """

    def judging(played: Iterable[Any], count: int) -> Iterable[Any]:
        return track(played, "playing and judging", count, console=Console(stderr=True))

    def searching(steps: Iterable[Any], count: int) -> Iterable[Any]:
        return track(steps, "searching for a card", count, console=Console(stderr=True))

    measured = measure(dispute, plays, seed, judging)
    criteria = {id: f"{entry['number']} {entry['name']}" for id, entry in catalogue().criteria.items()}
    numbers = [name.partition(" ")[0] for name in criteria.values()]
    tables = [
        _table(("mediator", "mean", "spread", "low 5%", "lowest", "highest", "plays"), map(_worth, measured.rows)),
        _table(("level", *numbers), ([row.name, *map(_level, row.levels)] for row in measured.rows)),
        _table(("tested, %", *numbers), ([row.name, *map(_percent, row.tested)] for row in measured.rows)),
        _table(("correlation", *numbers[:-1]), _lower_half(criteria, measured.together)),
        _table(("mediations of one mediator", "1", "2"), _surely(*measured.sureness)),
    ]
    print("\n\n".join(tables))
    if rounds:
        card = search(dispute, seed, rounds, TRUTHS, searching)
        average, lowest, highest = worth_of_card(dispute, card, plays, seed)
        print(
            f"\nThe best card found, on {plays} other truths: mean {average:.1f}, lowest {lowest}, highest {highest}."
        )
        say("; ".join(card))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown that can also be read as it is: the first column to the left, the others to the right."""
    lines = [list(heads), *map(list, rows)]
    first, *others = (max(2, *map(len, column)) for column in zip(*lines, strict=True))

    def line(name: str, cells: Iterable[str]) -> str:
        return (
            " | ".join((f"| {name:<{first}}", *(f"{cell:>{wide}}" for cell, wide in zip(cells, others, strict=True))))
            + " |"
        )

    head, *body = (line(name, cells) for name, *cells in lines)
    return "\n".join((head, line(":" + "-" * (first - 1), ("-" * (wide - 1) + ":" for wide in others)), *body))


def _worth(row: Row) -> Sequence[str]:
    totals = (row.low, row.lowest, row.highest, row.plays)
    return (row.name, f"{row.mean:.1f}", f"{row.spread:.1f}", *map(str, totals))


def _level(level: float | None) -> str:
    return "–" if level is None else f"{level:.1f}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _lower_half(criteria: Mapping[str, str], together: Mapping[tuple[str, str], float]) -> Iterator[Sequence[str]]:
    """How every criterion goes with those before it."""
    ids = list(criteria)
    for place, id in enumerate(ids[1:], 1):
        found = (together.get((earlier, id)) for earlier in ids[:place])
        cells = ["–" if one is None else f"{one:.2f}".replace("0.", ".") for one in found]
        yield (criteria[id], *cells, *[""] * (len(ids) - 1 - place))


def _surely(*sureness: Sureness) -> Iterator[Sequence[str]]:
    yield ("standard error that comes of the truths drawn", *(f"{one.by_truth:.1f}" for one in sureness))
    yield ("standard error, better and worse days included", *(f"{one.by_all:.1f}" for one in sureness))
    yield ("reliability of the total, days included", *(f"{one.reliability:.2f}" for one in sureness))
