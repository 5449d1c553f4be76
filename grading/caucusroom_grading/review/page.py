"""The review of a judged mediation, as a part of a page and as a page of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caucusroom import catalogue

from ..judging.finding import HARMFUL
from ..judging.report import Ending, Report
from ..words import en
from . import account, cards, criteria, scene
from .document import document, style
from .markup import Markup, tag
from .timeline import legend, timeline
from .words import counted, decisions, reading


def review(report: Report, uid: str = "review", retry: bool = False, since: int = 0, heading: str = "") -> str:
    """A page part: HTML with its own style and drawings, without script, network or anything from outside.

    `uid` begins every id, so that several fit on one page; `retry` gives each decision a button with
    `data-back`, the number of decisions kept when one goes back to before it. Where somebody sat down `since` so many
    decisions only the later ones are judged, on one screen, under the `heading` of their scene. ValueError if `uid` is
    no name.
    """
    check_uid(uid)
    if since:
        return scene.scene_review(report, since, uid, retry, heading)
    return tag(
        "div",
        style(cards.shown(report, uid) + criteria.lighting(report, uid)),
        tag("div", _head(report), *_body(report, uid, retry), class_="paper"),
        class_="caucusroom-review",
        id=uid,
    )


def _body(report: Report, uid: str, retry: bool) -> Iterator[Markup]:
    end = tag("div", *_end(report, uid), class_="end")
    if not report.decisions:
        yield end
        return
    lit = criteria.lights(report)
    yield tag("div", end, criteria.table(report, uid), class_="overview")
    yield tag(
        "section",
        tag("h3", "The decisions"),
        legend(report),
        timeline(report, uid, cards.columns(report, uid, lit), lit),
        tag("p", "Choose a decision above or in the list; the arrow keys step through them.", class_="aside hint"),
        tag("div", cards.rows(report, uid, lit), cards.cards(report, uid, retry), class_="desk"),
    )
    yield criteria.evidence(report, uid)
    yield account.knowledge(report, uid)
    yield account.gaps(report, uid)
    yield account.hidden(report)
    used = {id for one in report.decisions for found in one.findings for id in found.sources}
    used.update(id for score in report.criteria for id in catalogue().criteria[score.id]["sources"])
    yield tag("section", tag("h3", "Sources"), tag("dl", *reading(used)), class_="reading")


def review_page(report: Report) -> str:
    """The review as a whole HTML document that needs nothing else and prints well."""
    title = f"{report.title}: attempt {report.attempt} reviewed"
    return document(title, "A mediation reviewed", Markup(review(report)))


def check_uid(uid: str) -> None:
    """ValueError unless `uid` can begin an id."""
    if not re.fullmatch(r"[A-Za-z][\w-]*", uid, re.ASCII):
        raise ValueError(f"“{uid}” cannot begin an id: take a letter, then letters, digits, - or _.")


def _head(report: Report) -> Markup:
    return tag(
        "header",
        tag("div", tag("h2", report.title), tag("p", *_whose(report), class_="aside")),
        criteria.total(report),
    )


def _whose(report: Report) -> Iterator[str]:
    if report.player:
        yield f"{report.player} · "
    yield f"attempt {report.attempt} of {report.attempts}"
    if report.parent:
        kept = f"after decision {report.kept}" if report.kept else "at its beginning"
        yield f", branched from attempt {report.parent} {kept}"
    yield f" · {counted(len(report.decisions), 'decision')}"


def _end(report: Report, uid: str) -> Iterator[Markup]:
    for notice in report.notices:
        yield tag("p", tag("b", "Note. "), notice, class_="notice-of")
    for cap in report.caps:
        yield tag("p", tag("b", "Capped. "), cap.reason, " It was ", decisions(uid, cap.decisions), ".", class_="cap")
    if report.harm:
        harmful = tuple(one.number for one in report.decisions if one.label == HARMFUL)
        took = f"{report.harm} points off the total for "
        yield tag("p", tag("b", "Harm. "), took, decisions(uid, harmful), ".", class_="cap")
    if report.total is not None and (report.caps or report.harm):
        yield tag("p", "The points of all criteria are lowered in proportion, to add up to the total.", class_="aside")
    if report.ending:
        yield from ended(report.ending)
    elif report.decisions:
        yield tag("h3", "Not over yet")
        yield tag("p", f"{en.NOT_ENDED} The levels show how it stands so far.")
    else:
        yield tag("h3", "Not begun yet")
        yield tag("p", "No decision has been made, so there is nothing to judge.")
    if report.hints:
        used = "; ".join(f"before decision {made + 1}, level {level} of 3" for made, level in report.hints)
        yield tag("p", tag("b", "Hints asked for: "), f"{used}.")


def ended(ending: Ending) -> Iterator[Markup]:
    """How a mediation ended, in words."""
    yield tag("h3", ending.title)
    yield tag("p", ending.text)
    if ending.agreed:
        yield tag("ul", *(tag("li", one) for one in ending.agreed))
    if ending.holds is not None:
        yield tag("p", "What was agreed lasted." if ending.holds else "What was agreed did not last.")
    yield tag(
        "p",
        "An agreement earns no points by itself, and the lack of one costs none: the decisions count.",
        class_="aside",
    )
