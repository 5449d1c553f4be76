"""How an occasion is written down."""

from __future__ import annotations

from collections.abc import Iterable

from caucusroom.model.dispute import Barrier
from caucusroom.voice.naming import lower_first

from ...words import en
from ..play import Play
from ..report import MET, Occasion


def occasion(
    play: Play,
    criterion: str,
    id: str,
    outcome: str,
    *,
    since: int = 0,
    party: int | None = None,
    decisions: Iterable[int] = (),
    weight: int = 1,
    earned: int | None = None,
    names: dict[str, str] | None = None,
) -> Occasion:
    """An occasion with its sentence, which stands in `words` under its id and outcome.

    `earned` where it is neither all nor nothing. What came of what a mediator never does earns nothing.
    """
    numbers = tuple(sorted(set(decisions)))
    said = {"party": "", "other": ""} if party is None else {"party": play.name(party), "other": play.name(1 - party)}
    text = en.OCCASIONS[id][outcome].format_map(said | (names or {}))
    won = (weight if outcome == MET else 0) if earned is None else earned
    if won and numbers and play.spoiling.issuperset(numbers):
        text, won = f"{text} {en.NEVER_DONE}", 0
    about = "" if party is None else play.dispute.parties[party].id
    return Occasion(id, criterion, about, since, text[:1].upper() + text[1:], outcome, numbers, weight, won)


def issue_name(play: Play, issue: int) -> str:
    return lower_first(play.dispute.issues[issue].name)


def cause_of(play: Play, barrier: Barrier) -> str:
    return lower_first(str(play.last.cause(barrier)["name"]))


def cue_of(play: Play, cue: str) -> str:
    return lower_first(str(play.dispute.catalogue.cues[cue]["name"]))
