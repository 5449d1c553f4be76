"""Doors: who sits where, who waits, whose turn it is, and what people think of a closed door."""

from __future__ import annotations

from ..model.catalogue import Technique
from ..model.levels import TABLE
from .draft import Draft
from .remedy import work_on
from .state import Flag, Room

HOUR = 4
"""Ticks of waiting that a side forgives."""


def open_session(draft: Draft, technique: Technique, target: str) -> None:
    draft.room = Room.JOINT
    draft.tell("opened")
    _notice_owed(draft)
    for party in (0, 1):
        draft.show_surface(party, TABLE)


def premeeting(draft: Draft, technique: Technique, target: str) -> None:
    party = draft.case.index["party"][target]
    draft.trust[party] = max(draft.trust[party], 2)
    draft.cool(party)
    _take_turn(draft, party)
    draft.tell("eased", party, technique.id)
    work_on(draft, party, technique, finds=2, anywhere=True)


def call_caucus(draft: Draft, technique: Technique, target: str) -> None:
    enter_caucus(draft, draft.case.index["party"][target])


def enter_caucus(draft: Draft, party: int) -> None:
    """A door closes. Who was not told what a caucus is for wonders what is said behind it."""
    _end_waiting(draft)
    _take_turn(draft, party)
    if not draft.flags & Flag.EXPLAINED:
        draft.doubt(1 - party)
    draft.room = Room.CAUCUS_FIRST + party
    draft.tell("parted", party)


def rejoin(draft: Draft, technique: Technique, target: str) -> None:
    """Back to the table: good for trust once calm and balanced, fuel while somebody is still hot."""
    _end_waiting(draft)
    draft.room = Room.JOINT
    _notice_owed(draft)
    hot = [party for party in (0, 1) if draft.heat[party] >= 2]
    for party in hot:
        draft.tell("boiling", party)
    for party in (0, 1):
        if hot:
            draft.warm(party)
        elif draft.owed < 0:
            draft.doubt(party, -1)
            work_on(draft, party, technique)


def _take_turn(draft: Draft, party: int) -> None:
    """Balance: the other side is owed the same, and notices a second turn before its first."""
    if draft.owed == 1 - party:
        draft.doubt(1 - party)
    draft.owed = -1 if draft.owed == party else 1 - party


def _notice_owed(draft: Draft) -> None:
    if draft.owed >= 0:
        draft.doubt(draft.owed)
        draft.tell("owed", draft.owed)


def _end_waiting(draft: Draft) -> None:
    """A long wait costs strain when the door opens, and suspicion if the caucus was never explained."""
    for party in (0, 1):
        hours = draft.waiting[party] // HOUR
        if hours:
            draft.tire(party, min(2, hours))
            if not draft.flags & Flag.EXPLAINED or hours > 1:
                draft.doubt(party)
            draft.tell("waited", party, why=str(draft.waiting[party]))
        draft.waiting[party] = 0
