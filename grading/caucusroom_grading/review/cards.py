"""The decisions: a list to choose from, and a card for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from caucusroom import catalogue

from ..judging.finding import LABELS, Finding
from ..judging.report import Choice, Decision, Report
from .markup import Markup, join, tag
from .words import SIDES, clock, counted, looked, party_name, room, sign, sources, topic, verdict, waited


def columns(report: Report, uid: str, lit: dict[int, str]) -> Markup:
    """The choice of a decision, one column each under the timeline."""
    return tag("div", *_columns(report, uid, lit), class_="columns", role="radiogroup", aria_label="Show a decision")


def _columns(report: Report, uid: str, lit: dict[int, str]) -> Iterator[Markup]:
    for one in report.decisions:
        chosen = tag(
            "input",
            type="radio",
            name=f"{uid}-d",
            id=f"{uid}-d{one.number}",
            checked=one.number == 1,
            aria_label=f"{one.number}. {one.name}: {one.label}",
        )
        yield tag("div", chosen, tag("b", str(one.number), aria_hidden="true"), class_=f"column {lit[one.number]}")


def rows(report: Report, uid: str, lit: dict[int, str]) -> Markup:
    """The list of all decisions; each row shows its card."""

    def row(one: Decision) -> Markup:
        return tag(
            "li",
            tag(
                "label",
                tag("span", str(one.number), class_="number"),
                sign(one.label),
                tag("span", one.name),
                tag("span", f" {one.label}", class_="unseen-word"),
                for_=f"{uid}-d{one.number}",
            ),
            id=f"{uid}-r{one.number}",
            class_=lit[one.number],
        )

    return tag("ol", *map(row, report.decisions), class_="rows", tabindex="0", aria_label="All decisions", role="list")


def cards(report: Report, uid: str, retry: bool) -> Markup:
    """A card for each decision, one of them shown at a time."""
    return tag("div", *(_card(report, one, uid, retry) for one in report.decisions), class_="cards")


def shown(report: Report, uid: str) -> str:
    """Style rules: the chosen decision shows its card and marks its row."""
    numbers = [one.number for one in report.decisions]

    def chosen(letter: str) -> str:
        return ",".join(f"#{uid}:has(#{uid}-d{n}:checked) #{uid}-{letter}{n}" for n in numbers)

    if not numbers:
        return ""
    return f"{chosen('c')}{{display:grid}}{chosen('r')}{{--chosen:var(--ink)}}"


def _card(report: Report, one: Decision, uid: str, retry: bool) -> Markup:
    id = f"{uid}-c{one.number}"
    return tag(
        "article",
        tag("p", *_where(report, one), class_="where"),
        tag("h4", verdict(one.label), " ", one.name, id=f"{id}-name"),
        tag("blockquote", f"“{one.words}”"),
        tag("p", one.reason, " ", sources(one.sources), class_="reason"),
        *others(one.findings[1:]),
        tag("p", _counts(report, one), class_="aside"),
        *known(report, one),
        *better(one),
        *_turning(report, one, uid, retry),
        class_="card",
        id=id,
        aria_labelledby=f"{id}-name",
    )


def _where(report: Report, one: Decision) -> Iterator[str]:
    days = report.decisions[-1].day
    yield f"Decision {one.number} of {len(report.decisions)} · "
    yield f"day {one.day}, {clock(report, one)} · " if days > 1 else f"{clock(report, one)} · "
    yield room(report, one)
    if one.room != "before":
        yield f" · on {topic(report, one)}"


def others(findings: Iterable[Finding]) -> Iterator[Markup]:
    """What else is to be said of a decision."""
    said = [tag("li", verdict(one.label), " ", one.reason, " ", sources(one.sources)) for one in findings]
    if said:
        yield tag("h5", "Also")
        yield tag("ul", *said, class_="others")


def _counts(report: Report, one: Decision) -> str:
    names = [f"{score.number}. {score.name}" for score in report.criteria if one.number in score.decisions]
    return f"Counts for: {'; '.join(names)}." if names else "Counts for no criterion by itself."


def known(report: Report, one: Decision) -> Iterator[Markup]:
    """What could be known before a decision, and how the sides looked after it."""
    yield tag("h5", "What could be known then")
    yield tag("ul", *(tag("li", sentence) for sentence in one.knowable))
    seen = [_seen(report, one, place) for place in (0, 1) if one.looks[place]]
    if seen:
        yield tag("h5", "How it looked afterwards")
        yield tag("ul", *seen, class_="faces")


def _seen(report: Report, one: Decision, place: int) -> Markup:
    look, ticks = one.looks[place], one.waiting[place]
    assert look is not None
    words = looked(look) if look.now else f"out of sight, last seen {looked(look)}"
    wait = f"; waiting for {waited(ticks)}" if ticks else ""
    return tag("li", party_name(report, report.parties[place][0]), f": {words}{wait}.", class_=SIDES[place])


def better(one: Decision) -> Iterator[Markup]:
    """What else could have been done, folded: whoever wants to try again first does not read it by accident."""
    if not one.better:
        yield tag("p", "Nothing else that was possible then would have been as good.", class_="aside")
        return
    gain = LABELS.index(one.better[0].label) > LABELS.index(one.label)
    head = "What would have been better" if gain else "What would have been as good"
    listed = (_grouped(list(group)) for _, group in groupby(one.better, lambda choice: choice.move.split()[0]))
    yield tag(
        "details",
        tag("summary", f"{head} ({counted(len(one.better), 'choice')})"),
        tag("ul", *listed),
        class_="better",
    )


def _grouped(choices: list[Choice]) -> Markup:
    """Choices of one technique; what they are aimed at stands below it where there are several."""
    first = choices[0]
    if len(choices) == 1:
        return tag("li", verdict(first.label), " ", tag("b", first.name, "."), f" {first.reason}")
    technique = catalogue().techniques[first.move.split()[0]].name
    aims = (tag("li", tag("b", f"{one.name.removeprefix(technique + ': ')}."), f" {one.reason}") for one in choices)
    return tag("li", verdict(first.label), " ", tag("b", technique), tag("ul", *aims))


def _turning(report: Report, one: Decision, uid: str, retry: bool) -> Iterator[Markup]:
    if retry:
        yield back(one)
    near = [(one.number - 1, "‹ the one before"), (one.number + 1, "the next ›")]
    steps = (
        tag("label", words, for_=f"{uid}-d{number}", class_="step")
        for number, words in near
        if 0 < number <= len(report.decisions)
    )
    yield tag("p", join(steps), class_="turning", aria_hidden="true")


def back(one: Decision) -> Markup:
    """The button that goes back to before a decision."""
    words = "Go back to before this decision and choose otherwise"
    return tag("button", words, type="button", class_="back", data_back=one.number - 1)
