"""The review of a guided scene: the visitor's own decisions on one screen, opened at the gravest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..judging.finding import LABELS
from ..judging.occasions.tension import AT_ONCE
from ..judging.report import MET, WORSE, Decision, Ending, Occasion, Report
from ..words import en
from . import account, cards
from .document import style
from .markup import Markup, tag
from .words import clock, counted, decisions, numeral, reading, room, sign, sources, verdict

SHOWN = 3
"""So many occasions are shown, met and left open; more of them are folded."""

NOT_THEIRS = AT_ONCE | {"issue"}
"""Occasions that are not the visitor's if they were raised before: they had to be met at once, or take a mediation."""

_WORDS = en.SCENE


def scene_review(report: Report, since: int, uid: str, retry: bool, heading: str) -> str:
    """A page part about the decisions after the first `since`, which somebody else had made. See `page.review`."""
    yours = replace(report, decisions=report.decisions[since:])
    met, left = _called(yours, since)
    head = tag("header", tag("div", *_head(yours, heading, left)))
    body = [tag("p", _WORDS["none"])]
    if yours.decisions:
        body = [*_body(yours, report.decisions[:since], {"met": met, "open": left}, uid, retry)]
    return tag(
        "div",
        style(cards.shown(yours, uid)),
        tag("div", head, *body, class_="paper scene"),
        class_="caucusroom-review",
        id=uid,
    )


def _head(yours: Report, heading: str, left: Sequence[Occasion]) -> Iterator[Markup]:
    yield tag("p", yours.title, class_="aside") if heading else Markup()
    yield tag("h2", heading or yours.title)
    if yours.decisions:
        yield tag("p", _summary(yours.decisions), _left_open(len(left)), class_="summary")
        yield tag("p", _WORDS["judged"], class_="aside")


def _summary(made: Sequence[Decision]) -> str:
    """`Five decisions: four sound, one harmful.`"""
    labels = Counter(one.label for one in made)
    each = ", ".join(f"{numeral(labels[label])} {label}" for label in reversed(LABELS) if labels[label])
    alike = {1: "{label}", 2: _WORDS["both"]}.get(len(made), _WORDS["all"])
    kinds = alike.format(label=made[0].label) if len(labels) == 1 else each
    noun = _WORDS["decision" if len(made) == 1 else "decisions"]
    return f"{numeral(len(made)).capitalize()} {noun}: {kinds}."


def _left_open(count: int) -> str:
    """That it is not enough to do nothing wrong."""
    if not count:
        return ""
    return " " + _WORDS["left" if count > 1 else "left_one"].format(count=numeral(count).capitalize())


def _body(
    yours: Report, before: Sequence[Decision], called: Mapping[str, Sequence[Occasion]], uid: str, retry: bool
) -> Iterator[Markup]:
    since = len(before)
    if yours.ending:
        yield tag("section", *_ended(yours.ending), class_="end")
    gravest = min(yours.decisions, key=lambda one: (LABELS.index(one.label), one.number))
    rows = (_row(one, since, uid, one is gravest) for one in yours.decisions)
    listed = tag("div", tag("ol", *rows, class_="rows", role="list"), role="radiogroup", aria_label=_WORDS["yours"])
    shown = tag("div", *(_card(yours, one, since, uid, retry) for one in yours.decisions), class_="cards")
    yield tag("section", tag("h3", _WORDS["yours"]), tag("div", listed, shown, class_="desk"), class_="own")
    yield tag("section", tag("h3", _WORDS["called"]), tag("div", *_sides(called, since, uid), class_="sides"))
    yield tag("div", account.truth(yours), _before(before), _reading(yours), class_="folded")


def _ended(ending: Ending) -> Iterator[Markup]:
    lasted = {True: _WORDS["lasted"], False: _WORDS["did_not_last"], None: "{ending}"}[ending.holds]
    yield tag("h3", lasted.format(ending=ending.title))
    yield tag("p", ending.text)


def _row(one: Decision, since: int, uid: str, chosen: bool) -> Markup:
    number = one.number - since
    button = tag(
        "input", type="radio", name=f"{uid}-d", id=f"{uid}-d{one.number}", checked=chosen,
        aria_label=f"{number}. {one.name}: {one.label}",
    )  # fmt: skip
    said = tag("span", one.label, class_=f"label {one.label}")
    words = (tag("span", str(number), class_="number"), sign(one.label), tag("span", one.name), said)
    return tag("li", tag("label", button, *words, for_=f"{uid}-d{one.number}"), id=f"{uid}-r{one.number}")


def _card(yours: Report, one: Decision, since: int, uid: str, retry: bool) -> Markup:
    id = f"{uid}-c{one.number}"
    which = _WORDS["which"].format(number=one.number - since, made=len(yours.decisions))
    return tag(
        "article",
        tag("p", f"{which} · {clock(yours, one)} · {room(yours, one)}", class_="where"),
        tag("h4", verdict(one.label), " ", one.name, id=f"{id}-name"),
        tag("blockquote", f"“{one.words}”"),
        tag("p", one.reason, " ", sources(one.sources), class_="reason"),
        *cards.others(one.findings[1:]),
        *cards.better(one),
        tag("details", tag("summary", _WORDS["known"]), *cards.known(yours, one), class_="better"),
        cards.back(one) if retry else Markup(),
        class_="card",
        id=id,
        aria_labelledby=f"{id}-name",
    )


def _called(yours: Report, since: int) -> tuple[list[Occasion], list[Occasion]]:
    """What these decisions met, and what they could have met and left open or made worse."""
    last = since + len(yours.decisions)
    every = [one for score in yours.criteria for one in score.occasions]
    own = [one for one in every if min(one.decisions, default=last) > since]
    met = [one for one in own if one.outcome == MET and one.earned]
    return met, [one for one in own if one.outcome != MET and _was_theirs(one, since, last)]


def _sides(called: Mapping[str, Sequence[Occasion]], since: int, uid: str) -> Iterator[Markup]:
    for kind, occasions in called.items():
        listed = [_occasion(one, since, uid) for one in _gravest(occasions)]
        yield tag(
            "div",
            tag("h4", _WORDS[kind]),
            tag("ul", *listed[:SHOWN], class_="occasions")
            if listed
            else tag("p", _WORDS[f"nothing_{kind}"], class_="aside"),
            *_folded(listed[SHOWN:]),
        )


def _gravest(occasions: Sequence[Occasion]) -> list[Occasion]:
    """The gravest first, and of what was raised by one answer of one side the rest last."""
    ordered = sorted(occasions, key=lambda one: (one.outcome != WORSE, -one.weight))
    first = {(one.party, one.since): one for one in reversed(ordered)}
    return sorted(ordered, key=lambda one: first[one.party, one.since] is not one)


def _was_theirs(one: Occasion, since: int, last: int) -> bool:
    """Whether what was not met was theirs to meet: what they did, or what stood open while they could still decide."""
    raised = one.since < last and (one.since >= since or (one.since > 0 and one.id not in NOT_THEIRS))
    return one.outcome == WORSE or raised


def _occasion(one: Occasion, since: int, uid: str) -> Markup:
    numbers = tag("span", decisions(uid, one.decisions, since), class_="standing-at") if one.decisions else Markup()
    return tag("li", tag("span", one.text, " ", numbers), class_=one.outcome)


def _folded(listed: Sequence[Markup]) -> Iterator[Markup]:
    if listed:
        more = _WORDS["more"].format(count=numeral(len(listed)))
        yield tag("details", tag("summary", more), tag("ul", *listed, class_="occasions"))


def _before(before: Sequence[Decision]) -> Markup:
    said = (
        tag("li", tag("span", str(one.number), class_="number"), " ", tag("b", one.name), f" “{one.words}”")
        for one in before
    )
    title = _WORDS["before"].format(count=counted(len(before), _WORDS["decision"], _WORDS["decisions"]))
    note = tag("p", _WORDS["not_yours"], class_="aside")
    return tag("details", tag("summary", title), note, tag("ol", *said, class_="told", role="list"))


def _reading(yours: Report) -> Markup:
    used = {id for one in yours.decisions for found in one.findings for id in found.sources}
    listed = tag("dl", *reading(used))
    return tag("details", tag("summary", _WORDS["sources"]), listed, class_="reading")
