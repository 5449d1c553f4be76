"""What a visitor may use up, and how many of them there may be: every number that keeps the house standing."""

from __future__ import annotations

from typing import NamedTuple

LARGEST_MESSAGE = 300_000
"""Bytes of a message from a page. `open` brings a journal of at most 256 kB, quoted as JSON."""
LARGEST_REQUEST = 16_384
"""Bytes of the head of a request. Nothing that is asked for has a body."""
TICKET_LASTS = 120.0
"""Seconds in which a page has to come for its kernel."""
PATIENCE = 20.0
"""Seconds for one answer. Longer takes only what was made to take long, and its kernel is ended."""
START = 60.0
"""Seconds for a kernel to start, on a machine that may have other things to do."""
PING = 20.0
"""Seconds between two looks whether a page is still there."""
SHARE = 4
"""A kernel that took a second for an answer rests so many seconds, less one, before it takes the next question: no
visitor has more than this part of a processor."""
LONGEST_REST = 10.0
"""Seconds of rest, at most."""
PACE = 0.05
"""Seconds between two questions of one visitor, at least."""
CPU = 120
"""Seconds of processor time after which a kernel is ended by the system. A long mediation takes a few."""
ROOM_TO_GROW = 160 * 2**20
"""Bytes of memory that a kernel may ask for once its sockets are there. Half of it goes to the stacks of its threads,
which are reserved and hardly touched; a whole mediation with its review takes seven million.
"""
FILES = 256
"""Files and sockets that a kernel may have open. It needs about sixty."""
NICENESS = 5
"""How far kernels stand back behind the server, so that nobody's connection waits for somebody's review."""


class Room(NamedTuple):
    """How many visitors there may be at once, how many kernels wait for the next ones, and who gives up a chair.

    That is whoever has not said after `arrival` seconds which page it is, or decides nothing for `idle` seconds.
    """

    kernels: int = 100
    warm: int = 4
    arrival: float = 20.0
    idle: float = 30 * 60.0
