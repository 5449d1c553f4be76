"""The nine criteria: a table that lights up the decisions of one, and the evidence for each."""

from __future__ import annotations

from collections.abc import Iterator

from caucusroom import catalogue

from ..judging.report import MET, MISSED, TOP, WORSE, Occasion, Report, Score
from ..words import en
from .markup import Markup, join, tag
from .words import decisions, sources

OUTCOMES = {MET: "met", MISSED: "missed", WORSE: "made worse"}
"""What became of an occasion, in words."""


def lights(report: Report) -> dict[int, str]:
    """The classes of each decision: `k3` where it counts for or against the third criterion."""
    return {
        one.number: " ".join(f"k{score.number}" for score in report.criteria if one.number in score.decisions)
        for one in report.decisions
    }


def lighting(report: Report, uid: str) -> str:
    """Style rules: the chosen criterion lights up its decisions."""
    chosen = ((score.number, f"#{uid}:has(#{uid}-k{score.number}:checked)") for score in report.criteria)
    lit = "--lit:var(--choice);--on-lit:var(--on-choice);--wash:var(--choice-wash)"
    return "".join(f"{root} .k{number}{{{lit}}}{root} .point:not(.k{number}){{opacity:.3}}" for number, root in chosen)


def boxes(score: Score) -> Markup:
    """A level from 0 to 4 as small boxes and a figure; a dash where nothing put it to the test."""
    if score.level is None:
        return tag("span", "–", class_="figure", title=en.UNTESTED)
    kinds = ("full" if place < score.level else None for place in range(TOP))
    drawn = tag("span", *(tag("i", class_=kind) for kind in kinds), class_="boxes", aria_hidden="true")
    return join((drawn, tag("span", str(score.level), class_="figure")))


def points(score: Score, report: Report) -> str:
    """What a criterion earned; nothing is earned before the end."""
    return "–" if report.total is None else f"{score.points} of {score.weight}"


def total(report: Report) -> Markup:
    """The total as a paragraph, or that there is none."""
    if report.total is None:
        return tag("p", "No total: it has not ended", class_="total none")
    return tag("p", tag("b", str(report.total)), " of 100", class_="total")


def table(report: Report, uid: str) -> Markup:
    """All nine with their points; choosing one lights up its decisions."""

    def chooser(number: int, name: str) -> Markup:
        return tag(
            "label",
            tag("input", type="radio", name=f"{uid}-k", id=f"{uid}-k{number}", checked=not number),
            tag("span", name),
        )

    rows = (
        tag(
            "tr",
            tag("th", chooser(score.number, f"{score.number}. {score.name}"), scope="row"),
            tag("td", boxes(score)),
            tag("td", points(score, report), class_="points"),
        )
        for score in report.criteria
    )
    whole = sum(score.weight for score in report.criteria)
    summed = tag(
        "tr",
        tag("th", chooser(0, "All nine"), scope="row"),
        tag("td"),
        tag("td", "–" if report.total is None else f"{report.total} of {whole}", class_="points"),
    )
    head = tag("tr", *(tag("th", word, scope="col") for word in ("Criterion", "Level", "Points")))
    return tag(
        "div",
        tag("table", tag("thead", head), tag("tbody", *rows), tag("tfoot", summed)),
        tag("p", "Choose a criterion: the decisions that count for or against it light up below.", class_="aside hint"),
        class_="criteria",
        role="radiogroup",
        aria_label="Light up the decisions of a criterion",
    )


def evidence(report: Report, uid: str) -> Markup:
    """Every criterion with its level, what called for a decision and what became of that."""
    return tag(
        "section",
        tag("h3", "The nine criteria and what shows them"),
        *(_evidence(score, uid) for score in report.criteria),
        class_="evidence",
    )


def _evidence(score: Score, uid: str) -> Markup:
    return tag(
        "details",
        tag("summary", tag("span", f"{score.number}. {score.name}"), boxes(score), class_=f"k{score.number}"),
        tag("p", *_account(score), class_="anchor"),
        *_occasions(score, uid),
        *_besides(score, uid),
        tag("p", *_footing(score), class_="aside"),
    )


def _account(score: Score) -> Iterator[str]:
    if score.level is not None:
        yield tag("b", f"Level {score.level}. ")
    yield score.anchor


def _occasions(score: Score, uid: str) -> Iterator[Markup]:
    if score.occasions:
        yield tag("ul", *(_occasion(one, uid) for one in score.occasions), class_="occasions")


def _occasion(one: Occasion, uid: str) -> Markup:
    """What called for a decision, since when, and which decisions met it or made it worse."""
    said = "Met in part" if 0 < one.earned < one.weight else OUTCOMES[one.outcome].capitalize()
    since = ["Since ", decisions(uid, (one.since,)), ". "] if one.since else []
    where = [": ", decisions(uid, one.decisions)] if one.decisions else []
    return tag("li", one.text, " ", tag("span", *since, said, *where, ".", class_="standing-at"), class_=one.outcome)


def _besides(score: Score, uid: str) -> Iterator[Markup]:
    """The weak and harmful decisions that count against it besides."""
    for numbers, word in ((score.harmful, "harmful"), (score.weak, "weak")):
        if numbers:
            yield tag("p", f"Against it, {word}: ", decisions(uid, numbers), ".", class_="loss")


def _footing(score: Score) -> Iterator[str]:
    entry = catalogue().criteria[score.id]
    yield f"Counts for {score.weight} of 100"
    yield "; a gate: once it is broken, the total is capped. " if score.gate else ". "
    yield sources(entry["sources"])
