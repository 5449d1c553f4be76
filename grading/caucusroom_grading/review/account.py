"""The account beside the judgement: who knew what when, how the gaps closed, and what stayed hidden."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from caucusroom.voice.naming import lower_first

from ..judging.report import CauseHistory, FactHistory, Gap, Report
from .markup import Markup, join, tag
from .words import SIDES, at, decisions, party_name

STEPS = ("agreed", "options worked out", "both interests known", "one side’s interest known", "positions only")
"""The distance between the sides on an issue, from 0 up."""


def knowledge(report: Report, uid: str) -> Markup:
    """What each side told or showed, and when."""
    return tag(
        "section",
        tag("h3", "Who knew what when"),
        tag("div", *(_side(report, place, uid) for place in (0, 1)), class_="sides"),
        class_="knowledge",
    )


def _side(report: Report, place: int, uid: str) -> Markup:
    party = report.parties[place][0]
    facts = [tag("li", _fact(one, uid)) for one in report.facts if one.party == party]
    causes = [tag("li", _cause(report, one, uid)) for one in report.causes if one.party == party]
    return tag(
        "div",
        tag("h4", party_name(report, party)),
        tag("h5", "What they told you"),
        tag("ul", *facts) if facts else tag("p", "Nothing that they had kept to themselves.", class_="aside"),
        tag("h5", "What stood in their way"),
        tag("ul", *causes) if causes else tag("p", "Nothing was found.", class_="aside"),
        class_=SIDES[place],
    )


def _life(steps: list[tuple[str, int]], uid: str) -> Markup:
    """Stations with the decision that reached each; 0 where none did."""

    def station(words: str, number: int) -> Markup:
        if not number:
            return tag("li", f"not {words}", class_="missed")
        return tag("li", f"{words} ", at(uid, (number,)), class_="reached")

    return tag("ol", *(station(*step) for step in steps), class_="life")


def _fact(one: FactHistory, uid: str) -> Markup:
    life = _life([("confided", one.confided), ("cleared", one.cleared), ("shared", one.shared)], uid)
    if not one.breached:
        return join((tag("p", one.text), life))
    words = ("Passed on without consent at ", decisions(uid, (one.breached,)), ".")
    return join((tag("p", one.text), life, tag("p", *words, class_="loss")))


def _cause(report: Report, one: CauseHistory, uid: str) -> Markup:
    issue = next((f", on {lower_first(gap.name)}" for gap in report.gaps if gap.issue == one.issue), "")
    said = tag("p", tag("b", f"{one.cause}{issue}."), f" {one.text}")
    return join((said, _life([("found", one.found), ("answered", one.answered)], uid)))


def gaps(report: Report, uid: str) -> Markup:
    """Each issue: where the sides stood, how they came closer, what was offered."""
    return tag("section", tag("h3", "How the gap closed"), *(_gap(report, one, uid) for one in report.gaps))


def _gap(report: Report, gap: Gap, uid: str) -> Markup:
    stands = (
        tag("div", tag("p", party_name(report, party), class_="aside"), tag("p", position), class_=SIDES[place])
        for place, ((party, _), position) in enumerate(zip(report.parties, gap.positions, strict=True))
    )
    missing = "Not agreed." if report.ending else "Not agreed so far."
    offers = [
        tag("li", "At ", decisions(uid, (number,)), ": ", option, f" {answers}." * bool(answers))
        for number, option, answers in gap.offers
    ]
    return tag(
        "div",
        tag("h4", gap.name),
        tag("div", *stands, class_="sides"),
        *([tag("div", _closing(gap), tag("p", *_changes(gap, uid)), class_="closing")] if gap.steps else []),
        *([tag("h5", "Offers"), tag("ul", *offers)] if offers else []),
        tag("p", tag("b", "Agreed: "), gap.agreed) if gap.agreed else tag("p", missing, class_="aside"),
        class_="gap",
    )


def _closing(gap: Gap) -> Markup:
    """Two stepped lines that come closer, one from above and one from below."""
    column, rise = 8, 6
    middle = len(STEPS) * rise
    upper = lower = ""
    for index, apart in enumerate(gap.steps):
        to = (index + 1) * column
        for_upper, for_lower = middle - apart * rise, middle + apart * rise
        upper += f"V{for_upper}H{to}" if upper else f"M0 {for_upper}H{to}"
        lower += f"V{for_lower}H{to}" if lower else f"M0 {for_lower}H{to}"
    width = len(gap.steps) * column
    back = "".join(
        f"V{middle + apart * rise}H{index * column}" for index, apart in reversed(list(enumerate(gap.steps)))
    )
    return tag(
        "svg",
        tag("path", d=f"{upper}{back}Z", class_="between"),
        tag("path", d=upper, class_="line first"),
        tag("path", d=lower, class_="line second"),
        role="img",
        aria_label=f"The gap on {lower_first(gap.name)}: from {STEPS[gap.steps[0]]} to {STEPS[gap.steps[-1]]}",
        viewBox=f"0 0 {width} {2 * middle}",
        width=width,
        height=2 * middle,
    )


def _changes(gap: Gap, uid: str) -> Iterator[str]:
    number = 1
    for apart, stretch in groupby(gap.steps):
        words = STEPS[apart]
        if number == 1:
            yield words[:1].upper() + words[1:]
        else:
            yield f"; {words} after decision "
            yield at(uid, (number,))
        number += len(list(stretch))
    yield "."


def hidden(report: Report) -> Markup:
    """What was true, under its own heading; nothing while the mediation lasts."""
    return tag("section", tag("h3", "What was true"), truth(report)) if report.ending else Markup()


def truth(report: Report) -> Markup:
    """What was true, folded: it gives the case away to whoever wants to try again."""
    if report.ending is None:
        return Markup()
    left = [
        tag("li", party_name(report, one.party), ": ", tag("b", f"{one.name}. ") if one.name else "", one.text)
        for one in report.ending.hidden
    ]
    return tag(
        "details",
        tag("summary", "What was still hidden at the end, and what lay behind it (gives the case away)"),
        tag("h4", "Still hidden"),
        tag("ul", *left) if left else tag("p", "Nothing: all that mattered had been said."),
        tag("h4", report.ending.case),
        *(tag("p", part) for part in report.ending.truth.split("\n\n")),
        class_="truth",
    )
