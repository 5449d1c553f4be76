"""Who sits together with the mediator: a set of seats, as a bit mask.

Each side has two seats, its client's and its counsel's. In every room of today's rules a side sits there whole or
not at all; a room for some of its people is another mask.
"""

from __future__ import annotations

from enum import IntEnum

from .sides import SIDES, Side

Gathering = int
"""The seats that are taken: the sum of some `seat()`."""


class Part(IntEnum):
    """The people of a side who can be met apart."""

    CLIENT = 0
    COUNSEL = 1


def seat(side: Side, part: Part) -> Gathering:
    """One seat."""
    return 1 << (2 * side + part)


def whole(side: Side) -> Gathering:
    """All seats of a side: its people alone with the mediator are a caucus."""
    return sum(seat(side, part) for part in Part)


NOBODY: Gathering = 0
"""Nobody has sat down yet."""
EVERYBODY: Gathering = sum(map(whole, SIDES))
"""The joint session."""
CAUCUS = (whole(Side.FIRST), whole(Side.SECOND))
"""The caucus with each side."""

_SIDES_IN = tuple(tuple(side for side in SIDES if mask & whole(side)) for mask in range(EVERYBODY + 1))
_ROOMS = tuple("joint" if len(sides) == 2 else "caucus" if sides else "before" for sides in _SIDES_IN)


def sides_in(gathering: Gathering) -> tuple[Side, ...]:
    """The sides of which somebody sits there."""
    return _SIDES_IN[gathering]


def alone_in(gathering: Gathering) -> Side | None:
    """The side that the mediator is alone with; None at the table and before anybody has sat down."""
    sides = _SIDES_IN[gathering]
    return sides[0] if len(sides) == 1 else None


def room_of(gathering: Gathering) -> str:
    """The kind of room: before, joint or caucus."""
    return _ROOMS[gathering]
