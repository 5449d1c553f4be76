"""Doors: who sits where, who waits, whose turn it is, and what people think of a closed door."""

from __future__ import annotations

from ..model.gathering import CAUCUS
from ..model.sides import SIDES, Side
from .draft import Draft
from .state import Flag

HOUR = 4
"""Ticks of waiting that a side forgives."""


def enter_caucus(draft: Draft, side: Side) -> None:
    """A door closes. Who was not told what a caucus is for wonders what is said behind it."""
    end_waiting(draft)
    take_turn(draft, side)
    if not draft.flags & Flag.EXPLAINED:
        draft.doubt(side.other)
    draft.gathered = CAUCUS[side]
    draft.emit("parted", side)


def take_turn(draft: Draft, side: Side) -> None:
    """Balance: the other side is owed the same, and notices a second turn before its first."""
    if draft.owed == side.other:
        draft.doubt(side.other)
    draft.owed = -1 if draft.owed == side else side.other


def notice_owed(draft: Draft) -> None:
    if draft.owed >= 0:
        side = SIDES[draft.owed]
        draft.doubt(side)
        draft.emit("owed", side)


def end_waiting(draft: Draft) -> None:
    """A long wait costs strain when the door opens, and suspicion if the caucus was never explained."""
    for side in SIDES:
        hours = draft.waiting[side] // HOUR
        if hours:
            draft.tire(side, min(2, hours))
            if not draft.flags & Flag.EXPLAINED or hours > 1:
                draft.doubt(side)
            draft.emit("waited", side, why=str(draft.waiting[side]))
        draft.waiting[side] = 0
