"""The page of a class report: how the points are spread, where the class went wrong, and what needs a look."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from statistics import mean, median

from caucusroom import catalogue, load
from caucusroom.model.dispute import Barrier, Dispute
from caucusroom.model.moves import Move
from caucusroom.voice.naming import lower_first
from caucusroom_grading.handin.assignment import weights
from caucusroom_grading.judging.finding import HARMFUL, LABELS, WEAK, Finding
from caucusroom_grading.judging.report import TOP, CauseHistory, Decision, Report
from caucusroom_grading.judging.rules import RULES
from caucusroom_grading.review.document import document
from caucusroom_grading.review.markup import Markup, join, tag
from caucusroom_grading.review.words import SIGNS, counted, sign

from .alike_section import alike_section
from .coursefolder import lightly
from .marks import number
from .sections import Work, link, links, section, table

with lightly():
    from caucusroom_grading.nbgrader.feedback import late_words

RULES_SHOWN, TECHNIQUES_SHOWN, EXAMPLES = 15, 15, 3
_BINS = 10
_UNFINISHED = "Not over when it was handed in"


def index_page(name: str, work: Sequence[Work], absent: Sequence[str]) -> str:
    """A whole HTML document, without script and network. `absent`: students without graded work."""
    reports = [(one, one.verdict.report) for one in work if one.verdict.report is not None]
    judged = [(one, report) for one, report in reports if report is not None]
    parts = [
        _head(name, work, absent),
        _spread(work),
        _criteria(judged),
        _broken(judged),
        _decisions(judged),
        _causes(judged),
        _endings(judged),
        _look(work),
        alike_section(work),
        _students(work),
    ]
    return document(
        f"{name}: the class",
        "A class, marked",
        tag("div", tag("div", *parts, class_="paper"), class_="caucusroom-review caucusroom-class"),
        more_style=_sheet(),
        generator="caucusroom class-report",
    )


@cache
def _sheet() -> str:
    return (files(__package__) / "class_pages.css").read_text(encoding="utf-8")


def _head(name: str, work: Sequence[Work], absent: Sequence[str]) -> Markup:
    points, worth = [one.marks.points for one in work], max(one.marks.worth for one in work)
    waiting = sum(one.marks.waiting for one in work)
    said = [f"{counted(len(work), 'submission')} graded"]
    if absent:
        said.append(f"{counted(len(absent), 'student')} without one: {', '.join(absent)}")
    if waiting:
        said.append(f"{waiting} still to be graded by hand, so what follows is not final")
    mid = f"half of the class has {number(median(points))} or more"
    return tag(
        "header",
        tag("div", tag("h2", name), tag("p", f"{'; '.join(said)}; {mid}.", class_="aside")),
        tag("p", tag("b", number(round(mean(points), 1))), f" of {number(worth)} on average", class_="total"),
    )


def _bars(counts: Sequence[int], names: Sequence[str], label: str, wide: int) -> Markup:
    """Upright bars, each with its count above and its name below."""
    tall, room, most = 72, 16, max([*counts, 1])
    drawn = []
    for place, (count, name) in enumerate(zip(counts, names, strict=True)):
        high, left = round(tall * count / most), place * wide
        drawn.append(tag("rect", x=left + 2, y=room + tall - high, width=wide - 4, height=high, class_="bar"))
        middle = left + wide // 2
        drawn.append(tag("text", str(count) if count else "", x=middle, y=room + tall - high - 4))
        drawn.append(tag("text", name, x=middle, y=room + tall + 14))
    said = ", ".join(f"{name}: {count}" for name, count in zip(names, counts, strict=True))
    across, high = wide * len(counts), room + tall + 20
    return tag(
        "svg",
        tag("path", d=f"M0 {room + tall}H{across}", class_="grid"),
        *drawn,
        role="img",
        aria_label=f"{label}. {said}.",
        viewBox=f"0 0 {across} {high}",
        width=across,
        height=high,
    )


def _spread(work: Sequence[Work]) -> Markup:
    counts = [0] * _BINS
    for one in work:
        counts[min(_BINS - 1, int(_BINS * one.marks.points / (one.marks.worth or 1)))] += 1
    names = [f"{place * 100 // _BINS}+" for place in range(_BINS)]
    return section(
        "How the points are spread",
        _bars(counts, names, "Students by the part of all points that they have", 44),
        about="Students by the percentage of all points, answers and lateness included.",
    )


def _criteria(judged: Sequence[tuple[Work, Report]]) -> Markup:
    def chart(place: int, id: str) -> Markup:
        levels = Counter(report.criteria[place].level for _, report in judged)
        names: dict[int | None, str] = {None: "–"} | {level: str(level) for level in range(TOP + 1)}
        name = f"{place + 1}. {catalogue().criteria[id]['name']}"
        earned = mean(report.criteria[place].points for _, report in judged)
        return tag(
            "li",
            tag("h4", name),
            tag("p", f"{number(round(earned, 1))} of {weights()[id]} points on average", class_="aside"),
            _bars([levels[level] for level in names], list(names.values()), f"{name}: students by level", 26),
        )

    if not judged:
        return section("The nine criteria", tag("p", "No journal could be judged."))
    return section(
        "The nine criteria",
        tag("ul", *(chart(place, id) for place, id in enumerate(weights())), class_="charts"),
        about=(
            "Students by level, from 0 to 4, as judged from the journals, before anything was changed by hand. A dash "
            "stands for a criterion that nothing put to the test."
        ),
    )


def _broken(judged: Sequence[tuple[Work, Report]]) -> Markup:
    """The rules most often broken, each with examples."""
    notes = {rule.id: rule.note for rule in RULES}
    found: dict[str, list[tuple[Work, Decision, Finding]]] = defaultdict(list)
    for one, report in judged:
        for decision in report.decisions:
            for finding in decision.findings:
                if finding.label in (WEAK, HARMFUL):
                    found[finding.rule].append((one, decision, finding))

    def students(hits: Sequence[tuple[Work, Decision, Finding]]) -> int:
        return len({one.marks.student for one, _, _ in hits})

    def example(one: Work, decision: Decision, finding: Finding) -> Markup:
        where = (link(one), f", decision {decision.number}, {lower_first(decision.name)}: ")
        return tag("li", *where, finding.reason)

    ordered = sorted(found.items(), key=lambda item: (-students(item[1]), -len(item[1]), item[0]))
    rows = []
    for rule, hits in ordered[:RULES_SHOWN]:
        finding = hits[0][2]
        criterion = catalogue().criteria[finding.criterion]["name"]
        first = list({one.marks.student: (one, decision, found) for one, decision, found in reversed(hits)}.values())
        rows.append(
            tag(
                "li",
                tag(
                    "p",
                    tag("b", notes[rule]),
                    " ",
                    tag("span", sign(finding.label), " ", finding.label, class_=f"verdict {finding.label}"),
                ),
                tag("p", f"{criterion}. ", _often(students(hits), len(judged), len(hits)), class_="aside"),
                tag("ul", *(example(*hit) for hit in first[-EXAMPLES:][::-1])),
            )
        )
    more = len(ordered) - len(rows)
    rest = [tag("p", f"And {more} more that fewer broke.", class_="aside")] if more > 0 else []
    none = [] if rows else [tag("p", "No decision was weak or harmful.")]
    return section("Where it went wrong: rules", tag("ol", *rows, class_="broken"), *rest, *none)


def _often(students: int, of: int, times: int) -> str:
    return f"{students} of {counted(of, 'student')}, {counted(times, 'time')}."


def _decisions(judged: Sequence[tuple[Work, Report]]) -> Markup:
    """The techniques whose use went wrong most, with what became of every use."""
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for _, report in judged:
        for decision in report.decisions:
            uses[Move.of(decision.move).technique][decision.label] += 1
    ordered = sorted(uses.items(), key=lambda item: (-_wrong(item[1]), -item[1].total(), item[0]))
    most = max((labels.total() for _, labels in ordered), default=1)
    rows = [
        [catalogue().techniques[id].name, _strip(labels, most), f"{_wrong(labels)} of {labels.total()}"]
        for id, labels in ordered[:TECHNIQUES_SHOWN]
        if _wrong(labels)
    ]
    key = join((tag("span", sign(label), " ", label, class_=f"verdict {label}") for label in SIGNS), " · ")
    return section(
        "Where it went wrong: decisions",
        tag("p", key, class_="legend"),
        table(("What was chosen", "How it was judged", "Weak or harmful"), rows),
    )


def _wrong(labels: Mapping[str, int]) -> int:
    return labels[WEAK] + labels[HARMFUL]


def _strip(labels: Mapping[str, int], most: int) -> Markup:
    """One bar in up to four parts, the gravest first."""
    wide, left, parts = 260, 0, []
    for label in LABELS:
        part = wide * labels[label] // most
        parts.append(tag("rect", x=left, y=1, width=part, height=14, class_=f"part {label}"))
        left += part
    said = ", ".join(f"{labels[label]} {label}" for label in LABELS)
    return tag("svg", *parts, role="img", aria_label=said, viewBox=f"0 0 {wide} 16", width=wide, height=16)


def _causes(judged: Sequence[tuple[Work, Report]]) -> Markup:
    """What stood in the sides' way, over all truths that were drawn: who found it, who answered it."""
    met: dict[str, list[CauseHistory | None]] = defaultdict(list)
    barriers: dict[str, tuple[Dispute, Barrier]] = {}
    for _, report in judged:
        dispute = load(report.dispute)
        histories = {one.id: one for one in report.causes}
        for _, barrier in dispute.case(report.case).real:
            barriers[barrier.id] = dispute, barrier
            met[barrier.id].append(histories.get(barrier.id))
    rows = []
    for id, these in sorted(met.items(), key=lambda item: -sum(not one or not one.found for one in item[1])):
        dispute, barrier = barriers[id]
        found, answered = (sum(bool(one and getattr(one, what)) for one in these) for what in ("found", "answered"))
        name = f"{dispute.catalogue.causes[barrier.cause]['name']}: {dispute.parties[barrier.party].name}"
        counts = (_part(count, len(these)) for count in (found, answered, len(these) - found))
        rows.append([name, barrier.found, *counts])
    if not rows:
        return section("What was missed: causes", tag("p", "No journal could be judged."))
    return section(
        "What was missed: causes",
        table(("Cause", "What it was", "Found", "Answered", "Missed"), rows),
        about=(
            "Of those in whose mediation it was true; the most missed first. What only some could find is not held "
            "against anybody: a decision is judged on what could be known."
        ),
    )


def _part(count: int, of: int) -> str:
    return f"{count} of {of}"


def _endings(judged: Sequence[tuple[Work, Report]]) -> Markup:
    ends: dict[str, list[tuple[Work, Report]]] = defaultdict(list)
    for one, report in judged:
        ends[report.ending.title if report.ending else _UNFINISHED].append((one, report))
    rows = [
        [title, str(len(these)), _kept(report for _, report in these), links(one for one, _ in these)]
        for title, these in sorted(ends.items(), key=lambda item: -len(item[1]))
    ]
    return section(
        "How they ended",
        table(("Ending", "Students", "Agreement holds", "Who"), rows),
        about="Shown and not scored: how a mediation ends earns no points.",
    )


def _kept(reports: Iterable[Report]) -> str:
    agreed = [report.ending.holds for report in reports if report.ending and report.ending.holds is not None]
    return _part(sum(agreed), len(agreed)) if agreed else "–"


def _look(work: Sequence[Work]) -> Markup:
    rows = []
    for one in work:
        said = [tag("p", _kind(note.weight), note.text) for note in one.notes if note.weight != "info"]
        if one.marks.late:
            said.append(tag("p", late_words(one.marks)))
        if one.marks.waiting:
            said.append(tag("p", "Something is still to be graded by hand."))
        if said:
            rows.append([link(one), join(said)])
    if not rows:
        return section("Submissions that need a look", tag("p", "None."))
    return section("Submissions that need a look", table(("Student", "Why"), rows))


def _kind(weight: str) -> Markup:
    return tag("b", "No points. ") if weight == "zero" else Markup()


def _students(work: Sequence[Work]) -> Markup:
    def row(one: Work) -> list[str]:
        report, marks = one.verdict.report, one.marks
        judged = sum(grade.points for id, grade in marks.grades.items() if id in weights())
        written = sum(grade.points for id, grade in marks.grades.items() if id not in weights())
        ending = (report.ending.title if report.ending else _UNFINISHED) if report else "–"
        points = f"{number(marks.points)}{' so far' * marks.waiting}"
        return [link(one), marks.name, points, number(judged), number(written), _true(report), ending]

    heads = ("Student", "Name", "Points", "Mediation", "Answers", "What was true", "Ending")
    return section("All students", table(heads, map(row, work)), about="Each has a page to hand out.")


def _true(report: Report | None) -> str:
    """The truth that somebody had: its letter, if it has one, and its title."""
    if report is None:
        return "–"
    dispute = load(report.dispute)
    title = dispute.case(report.case).truth.title
    return f"{report.case}: {title}" if report.case in dispute.cases else title
