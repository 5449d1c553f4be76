"""Everything that changes while a mediation lasts: one frozen, hashable tuple of small integers."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from ..model.levels import Pair


class Room(IntEnum):
    """Where the mediator is."""

    BEFORE = 0
    JOINT = 1
    CAUCUS_FIRST = 2
    CAUCUS_SECOND = 3


class Flag:
    """What has happened once and for all: bits of `State.flags`. Plain integers, for `IntFlag` is much slower."""

    EXPLAINED = 1
    """the caucus, its confidentiality and its balance were explained"""
    STAGED = 2
    """several shorter sessions on different days: nobody waits, no long evening"""
    FACE = 4
    """something was agreed face to face"""
    PRESSED = 8
    """a yes was pushed out of somebody"""
    WEARY = 16
    """a yes was given only to be done with it"""
    BREACH = 32
    """something said in confidence was passed on"""


TAINTED = Flag.PRESSED | Flag.WEARY | Flag.BREACH
"""What makes an agreement unwind, whatever else was right."""


class Ending(IntEnum):
    """How a mediation ends. NONE while it lasts."""

    NONE = 0
    SETTLEMENT = 1
    """every issue agreed and written up"""
    PART_SETTLEMENT = 2
    """some issues agreed and written up, the others left open"""
    ADJOURNED = 3
    """adjourned to a later date, after the days there were"""
    STOPPED = 4
    """ended by the mediator without agreement, with respect and a way back"""
    WALKED_OUT = 5
    """one side left"""
    OUT_OF_TIME = 6
    """the last day ran out with nothing written up"""


class State(NamedTuple):
    """The whole truth of a moment except what the case fixes; small integers only.

    Sets (barriers, facts, issues) are bit masks over the dispute's own order; `known` has the bit
    `party * number_of_issues + issue`; `agreed` holds an option's index per issue, or -1.
    """

    room: int
    topic: int
    days: int
    """days still to come after this one"""
    clock: int
    """ticks left today"""
    heat: Pair
    trust: Pair
    strain: Pair
    suspicion: Pair
    waiting: Pair
    """ticks each side has now been waiting"""
    owed: int
    """the party whose turn for a caucus it is, or -1"""
    flags: int
    found: int
    answered: int
    known: int
    confided: int
    cleared: int
    shared: int
    developed: int
    agreed: tuple[int, ...]
    ending: int
