"""Blind players: cards of moves, played without reading a word, written by hand and found by search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from random import Random
from statistics import mean
from typing import TypeAlias

from caucusroom.model.dispute import Dispute

from .chair import Chair, Strategy, Wishes

Script: TypeAlias = tuple[str, ...]
Worth: TypeAlias = Callable[[Sequence[Script]], Sequence[Sequence[float]]]
"""What each of some scripts is worth in each of some truths."""

LONGEST = 80
"""Lines of the longest card."""
BROOD = 12
"""Cards tried at once, each a changed copy of one of the best."""
KEPT = 4
"""Cards that are changed further."""


def blind(script: Script, chair: Chair) -> Wishes:
    """Every line of the card in turn; what is not possible is passed over."""
    yield from script


def cards(dispute: Dispute) -> tuple[Strategy, ...]:
    """The cards that a student would write who does not want to read."""
    first, second = (party.id for party in dispute.parties)
    issues = [issue.id for issue in dispute.issues]
    people = {party.id: [p.id for p in party.people if p.seat != "remote"] for party in dispute.parties}
    cues = [f"follow_up {cue}" for cue in dispute.catalogue.cues]
    options = {issue: [f"propose {o.id}" for o in dispute.options if o.issue == place and not o.open]
               for place, issue in enumerate(issues)}  # fmt: skip
    begin = (f"premeeting {first}", f"premeeting {second}", "open_session", "explain_caucus")

    def alone(side: str, *work: str) -> Script:
        return (
            f"call_caucus {side}",
            "hear_out",
            *work,
            *(f"ask_need {person}" for person in people[side]),
            "allay_sharing",
        )

    def closing(issue: str) -> Script:
        return (f"park {issue}", f"take_up {issue}", "look_deeper", "options", *options[issue])

    remedies = [t.id for t in dispute.catalogue.techniques.values() if t.is_remedy and t.target == "none"]
    every_issue = tuple(move for issue in issues for move in closing(issue))
    written = {
        "meets both, opens, asks once, leaves": (*begin[:3], "look_deeper", "close_open"),
        "asks everything in every room": (
            *begin,
            *(move for issue in issues for move in (f"park {issue}", "look_deeper", *cues)),
            *(move for side in (first, second) for move in alone(side, *cues)),
            "rejoin", *every_issue, "conclude",
        ),
        "asks everybody, tries everything": (
            *begin,
            *(move for side in (first, second) for move in alone(side, *cues, *remedies)),
            "rejoin", *every_issue, "conclude",
        ),
        "a tidy mediation": (
            *begin, "look_deeper", *alone(first, "follow_up attacks"), *alone(second, "follow_up attacks"), "rejoin",
            *every_issue, "summarize", "break", *every_issue, "conclude",
        ),
    }  # fmt: skip
    return tuple(Strategy(f"card: {name}", (partial(blind, script),)) for name, script in written.items())


def found_by_search(
    dispute: Dispute, worth: Worth, seed: int, rounds: Iterable[object], start: Sequence[Script]
) -> Script:
    """The best card that a search finds: changed copies of the best ones, round after round. The same for a seed."""
    random, words = Random(seed), [str(move) for move in dispute.moves]
    best = [(mean(of), script) for of, script in zip(worth(start), start, strict=True)]
    for _ in rounds:
        best = sorted(best, reverse=True)[:KEPT]
        brood = [_changed(random.choice(best)[1], random.choice(best)[1], words, random) for _ in range(BROOD)]
        best += [(mean(of), script) for of, script in zip(worth(brood), brood, strict=True)]
    return max(best)[1]


def _changed(script: Script, other: Script, words: Sequence[str], random: Random) -> Script:
    """A copy with one to three changes: a line more or less, another line, one moved, the end of another card."""
    lines = list(script)
    for _ in range(random.randint(1, 3)):
        place = random.randrange(len(lines) + 1)
        match random.choice(("insert", "insert", "delete", "replace", "move", "cross")):
            case "insert" if len(lines) < LONGEST:
                lines.insert(place, random.choice(words))
            case "delete" if lines and place < len(lines):
                del lines[place]
            case "replace" if place < len(lines):
                lines[place] = random.choice(words)
            case "move" if place < len(lines):
                lines.insert(random.randrange(len(lines)), lines.pop(place))
            case "cross":
                lines = (lines[:place] + list(other[place:]))[:LONGEST]
    return tuple(lines)
