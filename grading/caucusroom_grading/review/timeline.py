"""The timeline: rooms as bands, the heat and strain of each side as they were last seen, decisions as marks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from caucusroom.model.levels import HEAT, LONGEST_WAIT, STRAIN

from ..judging.finding import FAIR, HARMFUL, SOUND, WEAK
from ..judging.report import Decision, Report
from .markup import Markup, tag
from .words import SIDES, SIGNS, clock, counted, party_name, room, side, waited

COLUMN = 32
"""Width of a decision, in pixels; the style sheet has the same."""
RISE = 16
"""Height of a level of heat or strain."""
LANE = 28
TOPS = (24, 196)
"""Where the feelings of each side begin; between them lie the three lanes of rooms."""
ROOMS = 92
DEPTH = 3 * RISE + 6
NUMBERS = 262
TIMES = 296
HEIGHT = 304

_SHAPES = {
    SOUND: "M-5.5 0.5L-1.5 5 6-5",
    FAIR: "M0-6.5L6.5 0 0 6.5-6.5 0Z",
    WEAK: "M-6.5-5H6.5L0 6.5Z",
    HARMFUL: "M-5.5-5.5L5.5 5.5M5.5-5.5L-5.5 5.5",
}


def timeline(report: Report, uid: str, columns: Markup, marks: dict[int, str]) -> Markup:
    """The drawing in its own scrolling box; `columns` lies under it, `marks` are classes for the decisions."""
    width = len(report.decisions) * COLUMN
    drawing = tag(
        "svg",
        tag("title", "Timeline of the mediation", id=f"{uid}-title"),
        tag("desc", " ".join(_told(report)), id=f"{uid}-told"),
        *_grid(report, width),
        *(_feelings(report, place) for place in (0, 1)),
        *_bands(report),
        *(_waits(report, place) for place in (0, 1)),
        *_points(report, marks),
        role="img",
        aria_labelledby=f"{uid}-title {uid}-told",
        viewBox=f"0 0 {width} {HEIGHT}",
        width=width,
        height=HEIGHT,
    )
    return tag(
        "div",
        tag("div", _rail(report), columns, drawing, class_="strip"),
        class_="scroller",
        style=f"--count:{len(report.decisions)}",
        role="group",
        tabindex="0",
        aria_label="Timeline, scrolls sideways",
    )


def legend(report: Report | None = None) -> Markup:
    """What the marks and lines mean, and how many decisions of a report got each label."""
    labels = [one.label for one in report.decisions] if report else []
    marks = (
        tag(
            "span",
            _swatch(tag("g", _shape(label), transform="translate(9 9)"), 18),
            f" {label}, {labels.count(label)}" if report else f" {label}",
        )
        for label in SIGNS
    )
    heat = tag("path", d="M0 12V5H26V12Z", class_="area first") + tag("path", d="M0 5H26", class_="heat first")
    lines = (
        (Markup(heat), "heat"),
        (tag("path", d="M0 9H26", class_="strain"), "strain"),
        (tag("path", d="M0 9H26", class_="strain unseen"), "as last seen, now out of sight"),
        (tag("path", d="M0 14L26 5V14Z", class_="wait"), "waiting"),
    )
    drawn = (tag("span", _swatch(shape, 26), " ", words) for shape, words in lines)
    return tag("p", *marks, *drawn, class_="legend")


def _swatch(shape: Markup, width: int) -> Markup:
    return tag("svg", shape, width=width, height=18, viewBox=f"0 0 {width} 18", aria_hidden="true")


def _rail(report: Report) -> Markup:
    """What the lanes are, beside the drawing; it stays when the drawing scrolls."""

    def feelings(party: str) -> Markup:
        return tag(
            "div",
            tag("small", f"{HEAT[-1]}, {STRAIN[-1]}"),
            tag("b", party_name(report, party)),
            tag("small", f"{HEAT[0]}, {STRAIN[0]}"),
        )

    (first, _), (second, _) = report.parties
    rooms = (tag("span", word, class_=kind) for word, kind in zip(("caucus", "joint", "caucus"), _KINDS, strict=True))
    return tag("div", feelings(first), tag("div", *rooms), feelings(second), class_="rail", aria_hidden="true")


_KINDS = (SIDES[0], "joint", SIDES[1])


def _middle(index: int) -> int:
    """The middle of the column of a decision, counted from 0."""
    return index * COLUMN + COLUMN // 2


def _lane(report: Report, decision: Decision) -> int:
    """The lane of the room a decision was taken in: 0 and 2 are the caucuses, 1 the table."""
    return 2 * side(report, decision.party) if decision.room == "caucus" else 1


def _stays(report: Report) -> Iterator[tuple[int, int, Decision]]:
    """The stretches spent in one room on one day: first and last decision, counted from 0, and the first itself."""

    def where(index: int) -> tuple[int, str, str]:
        one = report.decisions[index]
        return one.day, one.room, one.party

    for _, stretch in groupby(range(len(report.decisions)), where):
        first, *rest = stretch
        yield first, (rest or [first])[-1], report.decisions[first]


def _grid(report: Report, width: int) -> Iterator[Markup]:
    for top in TOPS:
        lines = "".join(f"M0 {top + level * RISE}H{width}" for level in range(4))
        yield tag("path", d=lines, class_="grid")
    day = 0
    for index, one in enumerate(report.decisions):
        if one.day != day:
            day = one.day
            yield tag("text", f"Day {day}", x=index * COLUMN + 4, y=13, class_="day")
            if index:
                yield tag("path", d=f"M{index * COLUMN} 0V{HEIGHT}", class_="night")
        yield tag("text", clock(report, one), x=_middle(index), y=TIMES, class_="time")


def _bands(report: Report) -> Iterator[Markup]:
    way = ""
    for first, last, one in _stays(report):
        lane = _lane(report, one)
        kind = _KINDS[lane] if one.room != "before" else "before"
        yield tag(
            "rect",
            x=first * COLUMN + 1,
            y=ROOMS + lane * LANE + 1,
            width=(last - first + 1) * COLUMN - 2,
            height=LANE - 2,
            class_=f"band {kind}",
        )
        height = ROOMS + lane * LANE + LANE // 2
        way += f"V{height}H{(last + 1) * COLUMN}" if way else f"M{_middle(0)} {height}H{(last + 1) * COLUMN}"
    yield tag("path", d=way.rsplit("H", 1)[0] + f"H{_middle(len(report.decisions) - 1)}", class_="way")


def _feelings(report: Report, place: int) -> Markup:
    """Heat as a stepped area and strain as a line: solid while the side is in the room, dotted while it is not."""
    drawn = {"area": "", "heat": "", "heat unseen": "", "strain": "", "strain unseen": ""}
    floor = TOPS[place] + 3 * RISE
    previous = None
    for index, one in enumerate(report.decisions):
        look = one.looks[place]
        if look is None:
            continue
        start = _middle(index)
        end = _middle(index + 1) if index + 1 < len(report.decisions) else start + COLUMN // 2
        unseen = "" if look.now else " unseen"
        for name, level, down in (("heat", look.heat, 0), ("strain", look.strain, 3)):
            height = floor + down - level * RISE
            before = floor + down - getattr(previous, name) * RISE if previous else height
            drawn[name + unseen] += f"M{start} {before}V{height}H{end}"
        if look.now and look.heat:
            drawn["area"] += f"M{start} {floor}V{floor - look.heat * RISE}H{end}V{floor}Z"
        previous = look
    return tag("g", *(tag("path", d=path, class_=kind) for kind, path in drawn.items() if path), class_=SIDES[place])


def _waits(report: Report, place: int) -> Markup:
    """How long a side has been waiting: a wedge in its own lane, where the mediator is not."""
    floor = ROOMS + (2 * place + 1) * LANE - 2
    shape, words = "", []
    waits = [one.waiting[place] for one in report.decisions]
    for index, (ticks, following) in enumerate(pairwise((*waits, 0))):
        if ticks:
            before = waits[index - 1] if index else 0
            end = _middle(index + 1) if index + 1 < len(waits) else _middle(index) + COLUMN // 2
            shape += f"M{_middle(index)} {floor}V{_high(floor, before)}L{end} {_high(floor, ticks)}V{floor}Z"
            if not following and before:
                words.append(tag("text", waited(ticks), x=end - 3, y=floor - LANE + 12, class_="waited"))
    return tag("g", tag("path", d=shape, class_="wait"), *words) if shape else Markup()


def _high(floor: int, ticks: int) -> int:
    return floor - min(ticks, LONGEST_WAIT) * (LANE - 6) // LONGEST_WAIT


def _points(report: Report, marks: dict[int, str]) -> Iterator[Markup]:
    for index, one in enumerate(report.decisions):
        height = ROOMS + _lane(report, one) * LANE + LANE // 2
        yield tag(
            "g",
            _shape(one.label),
            class_=f"point {marks.get(one.number, '')}".strip(),
            transform=f"translate({_middle(index)} {height})",
        )


def _shape(label: str) -> Markup:
    return tag("path", d=_SHAPES[label], class_=label)


def _told(report: Report) -> Iterator[str]:
    """The drawing in sentences."""
    day = 0
    for first, last, one in _stays(report):
        if one.day != day:
            day = one.day
            yield f"Day {day}, from {clock(report, one)}."
        numbers = f"decision {first + 1}" if first == last else f"decisions {first + 1} to {last + 1}"
        where = room(report, one)
        yield f"{where[:1].upper()}{where[1:]}: {numbers}."
    for place, (_, name) in enumerate(report.parties):
        seen = [(one.number, look) for one in report.decisions if (look := one.looks[place])]
        for mood, names in (("heat", HEAT), ("strain", STRAIN)):
            levels = [(0, -1), *((number, getattr(look, mood)) for number, look in seen)]
            told = [f"{names[b]} after decision {number}" for (_, a), (number, b) in pairwise(levels) if a != b]
            if told:
                yield f"{mood.capitalize()} of {name} as last seen: {', '.join(told)}."
        longest = max(one.waiting[place] for one in report.decisions)
        if longest:
            yield f"{name} waited for up to {waited(longest)}."
    labels = [one.label for one in report.decisions]
    yield f"{counted(len(labels), 'decision')}: " + ", ".join(f"{labels.count(one)} {one}" for one in SIGNS) + "."
