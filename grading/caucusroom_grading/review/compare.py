"""Two attempts at one dispute side by side: what they share, where they part, and what each led to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ..judging.report import Decision, Report, Score
from .criteria import boxes, lights, total
from .document import style
from .markup import Markup, tag
from .page import check_uid, ended
from .timeline import legend, timeline
from .words import clock, counted, room, sign, sources, verdict


def comparison(first: Report, second: Report, uid: str = "comparison") -> str:
    """A page part: two attempts side by side. `uid` begins every id.

    ValueError, with a sentence, if they are not attempts at the same case of the same dispute.
    """
    check_uid(uid)
    if (first.dispute, first.content, first.case) != (second.dispute, second.content, second.case):
        raise ValueError("These are attempts at different cases: only attempts at one case can be compared.")
    pair = (first, second)
    shared = _shared(first, second)
    return tag(
        "div",
        style(),
        tag(
            "div",
            tag(
                "header",
                tag(
                    "div",
                    tag("h2", f"{first.title}: {_name(first)} and {_name(second).lower()}"),
                    tag("p", _summary(pair, shared), class_="aside"),
                ),
            ),
            *_parting(pair, shared),
            tag(
                "section",
                tag("h3", "What each led to"),
                tag("div", *map(_end, pair), class_="sides"),
                _table(pair),
                class_="ends",
            ),
            tag("section", tag("h3", "The way there"), *_ways(pair, uid)),
            _common(first, shared),
            class_="paper",
        ),
        class_="caucusroom-review",
        id=uid,
    )


def _name(report: Report) -> str:
    return f"Attempt {report.attempt}"


def _shared(first: Report, second: Report) -> int:
    """How many decisions both begin with."""
    pairs = zip_longest((one.move for one in first.decisions), (one.move for one in second.decisions))
    return next((count for count, (one, other) in enumerate(pairs) if one != other), len(first.decisions))


def _summary(pair: Sequence[Report], shared: int) -> str:
    left, right = (len(report.decisions) for report in pair)
    if shared == left == right:
        return "They are the same, decision for decision."
    begin = f"The first {counted(shared, 'decision is', 'decisions are')} the same" if shared else "They share nothing"
    return f"{begin}; they part at decision {shared + 1}."


def _parting(pair: Sequence[Report], shared: int) -> Iterator[Markup]:
    """The first decision in which they differ, one beside the other."""
    if all(len(report.decisions) == shared for report in pair):
        return
    yield tag(
        "section",
        tag("h3", f"Where they part: decision {shared + 1}"),
        tag("div", *(_turn(report, shared) for report in pair), class_="sides"),
        class_="parting",
    )


def _turn(report: Report, index: int) -> Markup:
    if index >= len(report.decisions):
        return tag("div", tag("p", _name(report), class_="where"), tag("p", "It goes no further."))
    one = report.decisions[index]
    return tag(
        "div",
        tag("p", f"{_name(report)} · {clock(report, one)} · {room(report, one)}", class_="where"),
        tag("h4", verdict(one.label), " ", one.name),
        tag("blockquote", f"“{one.words}”"),
        tag("p", one.reason, " ", sources(one.sources)),
    )


def _end(report: Report) -> Markup:
    end = ended(report.ending) if report.ending else [tag("h3", "Not over yet")]
    caps = (tag("p", tag("b", "Capped. "), cap.reason, class_="cap") for cap in report.caps)
    return tag("div", tag("p", _name(report), class_="where"), total(report), *caps, *end)


def _table(pair: Sequence[Report]) -> Markup:
    names = [_name(report) for report in pair]
    head = tag("tr", *(tag("th", word, scope="col") for word in ("Level and points", *names)))
    rows = (
        tag(
            "tr",
            tag("th", f"{one.number}. {one.name}", scope="row"),
            *(
                tag("td", boxes(score), f" · {_earned(score, report)}")
                for score, report in zip(scores, pair, strict=True)
            ),
            class_="differs" if one.level != other.level else None,
        )
        for scores in zip(pair[0].criteria, pair[1].criteria, strict=True)
        for one, other in [scores]
    )
    totals = (tag("td", "–" if report.total is None else f"{report.total} of 100") for report in pair)
    summed = tag("tr", tag("th", "Total", scope="row"), *totals)
    table = tag("table", tag("thead", head), tag("tbody", *rows), tag("tfoot", summed))
    return tag("div", table, class_="criteria both")


def _earned(score: Score, report: Report) -> str:
    return "–" if report.total is None else str(score.points)


def _ways(pair: Sequence[Report], uid: str) -> Iterator[Markup]:
    """Both timelines, one under the other."""
    if any(report.decisions for report in pair):
        yield legend()
    for place, report in enumerate(pair, 1):
        yield tag("h4", _name(report))
        if report.decisions:
            yield timeline(report, f"{uid}-{place}", _numbers(report), lights(report))
        else:
            yield tag("p", "No decision has been made.", class_="aside")
    shared = _shared(*pair)
    if any(len(report.decisions) > shared for report in pair):
        lists = (tag("div", tag("h4", _name(report)), _list(report.decisions[shared:])) for report in pair)
        yield tag("div", *lists, class_="sides ways")


def _numbers(report: Report) -> Markup:
    columns = (tag("div", tag("b", str(one.number)), class_="column") for one in report.decisions)
    return tag("div", *columns, class_="columns", aria_hidden="true")


def _common(report: Report, shared: int) -> Markup:
    if not shared:
        return Markup()
    head = f"The {counted(shared, 'decision')} they share"
    return tag("details", tag("summary", head), _list(report.decisions[:shared]), class_="shared")


def _list(decisions: Sequence[Decision]) -> Markup:
    """Decisions with their reasons."""
    if not decisions:
        return tag("p", "It goes no further.", class_="aside")
    rows = (
        tag(
            "li",
            tag("p", tag("span", str(one.number), class_="number"), sign(one.label), " ", tag("b", one.name)),
            tag("p", f"{one.label.capitalize()}. {one.reason} ", sources(one.sources), class_="aside"),
        )
        for one in decisions
    )
    return tag("ol", *rows, class_="told", role="list")
