"""What the parts of a review have in common: the names of things, and the small marks that stand beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from caucusroom import catalogue
from caucusroom.model.levels import MOODS, TICK_MINUTES
from caucusroom.voice.naming import duration, lower_first, time_of_day

from ..judging.finding import FAIR, HARMFUL, SOUND, WEAK
from ..judging.knowable import SUSPICION_WORDS, TRUST_WORDS
from ..judging.report import Decision, Look, Report
from ..words import en
from .markup import Markup, join, tag

SIGNS = {SOUND: "✓", FAIR: "◇", WEAK: "▽", HARMFUL: "✕"}
"""The mark of each label, from the best down; none is the square or the disc of a side."""

SIDES = ("first", "second")


def side(report: Report, party: str) -> int:
    """The place of a side, 0 or 1."""
    return [id for id, _ in report.parties].index(party)


def party_name(report: Report, party: str) -> Markup:
    """A side's name with its mark: a square for the first, a disc for the second."""
    place = side(report, party)
    return join((tag("i", class_=f"who {SIDES[place]}", aria_hidden="true"), report.parties[place][1]))


def sign(label: str) -> Markup:
    """The mark of a label, for the eye alone."""
    return tag("span", SIGNS[label], class_=f"sign {label}", aria_hidden="true")


def verdict(label: str) -> Markup:
    """A label as mark and word."""
    return tag("span", sign(label), " ", label, class_=f"verdict {label}")


def room(report: Report, decision: Decision) -> str:
    """Where a decision was taken, as it stands inside a sentence."""
    if decision.room == "caucus":
        return f"caucus with {report.parties[side(report, decision.party)][1]}"
    return {"joint": "joint session", "before": "before the joint session"}[decision.room]


def clock(report: Report, decision: Decision) -> str:
    """The time of day at which a decision was taken."""
    return time_of_day(report.starts + decision.minutes)


def topic(report: Report, decision: Decision) -> str:
    """The issue on the table, as it stands inside a sentence."""
    return next(lower_first(gap.name) for gap in report.gaps if gap.issue == decision.topic)


def waited(ticks: int) -> str:
    return duration(ticks * TICK_MINUTES)


def looked(look: Look) -> str:
    """How a side looked, in words."""
    words = [MOODS["heat"][look.heat], TRUST_WORDS[look.trust]]
    if look.strain:
        words.append(MOODS["strain"][look.strain])
    if look.suspicion:
        words.append(SUSPICION_WORDS[look.suspicion])
    return ", ".join(words)


def sources(ids: Iterable[str]) -> Markup:
    """Source ids, each with its title."""
    known = catalogue().sources
    return tag("span", join((tag("abbr", id, title=known[id]["title"]) for id in ids), " "), class_="sources")


def reading(ids: Collection[str]) -> Iterator[Markup]:
    """Sources in the order of the catalogue, each with its title and what it is."""
    for id, entry in catalogue().sources.items():
        if id in ids:
            yield join((tag("dt", id), tag("dd", tag("b", entry["title"]), ". ", entry["what"])))


def numeral(count: int) -> str:
    """A small number in words."""
    return en.NUMERALS[count] if count < len(en.NUMERALS) else str(count)


def counted(count: int, one: str, many: str = "") -> str:
    """`1 decision`, `3 decisions`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def at(uid: str, numbers: Iterable[int], since: int = 0) -> Markup:
    """Numbers of decisions, counted after the first `since`; each shows its card."""
    return join((tag("label", str(number - since), for_=f"{uid}-d{number}") for number in numbers), ", ")


def decisions(uid: str, numbers: Collection[int], since: int = 0) -> Markup:
    """`decision 4`, `decisions 4, 9`; `none` if there are none. They are counted after the first `since`."""
    if not numbers:
        return Markup("none")
    return join(("decision " if len(numbers) == 1 else "decisions ", at(uid, numbers, since)))
