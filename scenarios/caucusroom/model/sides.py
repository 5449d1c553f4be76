"""The two sides of a dispute, in its own order."""

from __future__ import annotations

from enum import IntEnum


class Side(IntEnum):
    """One of the two sides; the place of what is said for it in any pair."""

    FIRST = 0
    SECOND = 1

    @property
    def other(self) -> Side:
        return SIDES[1 - self]


SIDES = (Side.FIRST, Side.SECOND)
