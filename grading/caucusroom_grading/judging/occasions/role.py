"""Criterion 1: a table to come to, a word before the first door, and an answer to whoever wonders."""

from __future__ import annotations

from collections.abc import Iterator

from caucusroom.model.sides import SIDES, Side

from ..play import Play
from ..report import MET, MISSED, WORSE, Occasion
from ..rules.role import CRITERION
from .book import occasion


def occasions(play: Play) -> Iterator[Occasion]:
    yield from _table(play)
    yield from _first_door(play)
    for side in SIDES:
        yield from _wondering(play, side)


def _table(play: Play) -> Iterator[Occasion]:
    opened = play.used("open_session")
    yield occasion(play, CRITERION, "table", MET if opened else MISSED, decisions=opened)


def _first_door(play: Play) -> Iterator[Occasion]:
    for door in play.used("call_caucus", "shuttle")[:1]:
        explained = [number for number in play.used("explain_caucus") if number < door]
        outcome = MET if explained else WORSE
        yield occasion(play, CRITERION, "first_door", outcome, since=door, decisions=explained or (door,), weight=2)


def _wondering(play: Play, side: Side) -> Iterator[Occasion]:
    """Each time that a side was seen to wonder, until it was told or wondered no more."""
    since: int | None = None
    for number, moment in enumerate(play.moments):
        if since is not None and number > since:
            told = play.judged[number - 1]
            here = told.move.technique == "explain_caucus" and side in told.moment.present
            look = moment.view.moods[side]
            if here or (look is not None and not look.suspicion):
                id = "wondering" if here else "wondering_over"
                yield occasion(play, CRITERION, id, MET, since=since, party=side, decisions=(number,))
                since = None
                continue
        seen = moment.view.moods[side]
        if since is None and seen is not None and seen.suspicion and not _told_already(play, side, number):
            since = number
    if since is not None:
        yield occasion(play, CRITERION, "wondering", MISSED, since=since, party=side)


def _told_already(play: Play, side: Side, number: int) -> bool:
    """Whether it wondered already before and was told: nothing new shows."""
    if not number:
        return False
    before = play.moments[number - 1].level(side, "suspicion")
    return before >= play.moments[number].level(side, "suspicion")
