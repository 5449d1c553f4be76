"""The nine criteria: a table that lights up the decisions of one, and the evidence for each."""

from __future__ import annotations

from collections.abc import Iterator

from caucusroom import catalogue

from ..judging.report import TOP, Report, Score
from .markup import Markup, join, tag
from .words import counted, decisions, sources


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
    """A level from 0 to 4 as small boxes and a figure; crossed out what was earned and lost again."""
    kinds = ("full" if place < score.level else "lost" if place < score.earned else None for place in range(TOP))
    drawn = tag("span", *(tag("i", class_=kind) for kind in kinds), class_="boxes", aria_hidden="true")
    return join((drawn, tag("span", str(score.level), class_="figure")))


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
            tag("td", f"{score.points} of {score.weight}", class_="points"),
        )
        for score in report.criteria
    )
    total = tag(
        "tr",
        tag("th", chooser(0, "All nine"), scope="row"),
        tag("td"),
        tag("td", f"{report.total} of {sum(score.weight for score in report.criteria)}", class_="points"),
    )
    head = tag("tr", *(tag("th", word, scope="col") for word in ("Criterion", "Level", "Points")))
    return tag(
        "div",
        tag("table", tag("thead", head), tag("tbody", *rows), tag("tfoot", total)),
        tag("p", "Choose a criterion: the decisions that count for or against it light up below.", class_="aside hint"),
        class_="criteria",
        role="radiogroup",
        aria_label="Light up the decisions of a criterion",
    )


def evidence(report: Report, uid: str) -> Markup:
    """Every criterion with the level earned, its steps and what was taken off."""
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
        tag("ol", *_steps(score, uid), class_="ladder"),
        *_losses(score, uid),
        tag("p", "What counts here: ", decisions(uid, score.decisions), "."),
        tag("p", *_footing(score), class_="aside"),
    )


def _account(score: Score) -> Iterator[str]:
    earned = "Earned" if score.earned == score.level else f"Earned before {score.earned - score.level} was taken off"
    yield tag("b", f"{earned}: level {score.earned}. ")
    yield score.anchor


def _steps(score: Score, uid: str) -> Iterator[Markup]:
    for mark in score.marks:
        if mark.reached:
            shown = join(("Reached: ", decisions(uid, mark.decisions))) if mark.decisions else Markup("Reached")
        else:
            shown = Markup("Not reached")
        kind = "reached" if mark.reached else "missed"
        yield tag("li", mark.text, " ", tag("span", shown, ".", class_="standing-at"), class_=kind, value=mark.level)


def _losses(score: Score, uid: str) -> Iterator[Markup]:
    for loss in score.losses:
        levels = counted(loss.levels, "level")
        yield tag("p", f"{levels} taken off for {loss.reason}: ", decisions(uid, loss.decisions), ".", class_="loss")


def _footing(score: Score) -> Iterator[str]:
    entry = catalogue().criteria[score.id]
    yield f"Counts for {score.weight} of 100"
    yield "; a gate: once it is broken, the total is capped. " if score.gate else ". "
    yield sources(entry["sources"])
