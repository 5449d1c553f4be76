"""How things are named in a sentence or a heading: moves, what they are aimed at, times of the day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..model.catalogue import Entry
from ..model.dispute import Dispute, Fact, Option, Party, Person
from ..model.levels import TICK_MINUTES
from ..model.moves import Move
from ..seen.view import View

ENDINGS = {
    "settlement": "Settlement",
    "part_settlement": "Settlement of a part",
    "adjourned": "Adjourned to a later date",
    "stopped": "Ended without agreement, with respect",
    "walked_out": "A side has walked out",
    "out_of_time": "Time has run out",
}
"""The endings of a mediation as headings."""


def heading(dispute: Dispute, move: Move) -> str:
    """A move as a heading: what it is, and what or whom it is about."""
    name, about = dispute.catalogue.techniques[move.technique].name, aim_heading(dispute, move)
    return f"{name}: {about}" if about else name


def aim_heading(dispute: Dispute, move: Move) -> str:
    """What or whom a move is about, in short; "" if nothing."""
    thing = aim(dispute, move)
    match thing:
        case None:
            return ""
        case Party(name=name) | Person(name=name):
            return name
        case Entry():
            return lower_first(str(thing["name"]))
        case Option(text=text) | Fact(carried_as=text):
            return shortened(text)
        case _:
            return lower_first(str(thing.name))


def aim(dispute: Dispute, move: Move) -> Any:
    """The party, person, cue, issue, option or fact that a move is aimed at; None if at nothing."""
    kind = dispute.catalogue.techniques[move.technique].target
    if kind == "none":
        return None
    things: dict[str, tuple[Any, ...]] = {
        "party": dispute.parties,
        "issue": dispute.issues,
        "option": dispute.options,
        "fact": dispute.facts,
        "person": tuple(dispute.people.values()),
        "cue": tuple(dispute.catalogue.cues.values()),
    }
    return things[kind][dispute.index[kind][move.target]]


def target_name(dispute: Dispute, move: Move) -> str:
    """What a move is aimed at, in words that fit into a sentence; "" if at nothing."""
    match aim(dispute, move):
        case Option(text=text):
            return text.rstrip(".")
        case Fact(carried_as=text):
            return lower_first(text.rstrip("."))
        case _:
            return aim_heading(dispute, move)


def lower_first(text: str) -> str:
    """A heading as it stands inside a sentence (names that are all capitals stay)."""
    return text if text[:2].strip().isupper() and text[1:2].isalpha() else text[:1].lower() + text[1:]


def duration(minutes: int) -> str:
    """`45 min`, `2 h`, `2 h 15 min`, with spaces that do not break."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours)
    return " ".join(parts).replace(" ", "\N{NO-BREAK SPACE}")


def time_of_day(minutes: int) -> str:
    """Minutes after midnight as `9:00`."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def shortened(text: str, room: int = 44) -> str:
    """The beginning of a text that is too long for a heading, cut between words."""
    text = text.rstrip(".")
    if len(text) <= room:
        return text
    return text[:room].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def times(dispute: Dispute, played: Iterable[tuple[Move, View]]) -> list[tuple[int, int]]:
    """Day and minutes into it at the start of each decision, and at the end, for moves with the view after them."""
    began = [(1, 0)]
    for move, after in played:
        day, minutes = began[-1]
        if move.technique == "adjourn" and not after.ending:
            began.append((day + 1, 0))
        else:
            began.append((day, minutes + dispute.catalogue.techniques[move.technique].ticks * TICK_MINUTES))
    return began
