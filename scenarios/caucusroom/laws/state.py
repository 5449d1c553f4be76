"""Everything that changes while a mediation lasts: one frozen, hashable tuple of small integers."""

from enum import Enum, IntEnum
from typing import Annotated, Any, NamedTuple

from ..model.gathering import Gathering
from ..model.levels import Pair


class Nature(Enum):
    """What kind of thing a field of the state is: said once, beside the field, and asked by everything else."""

    SITUATION = "situation"
    """a matter of fact: neither better nor worse"""
    LESS_IS_BETTER = "less is better"
    MORE_IS_BETTER = "more is better"
    """moods and time: by the monotone law an improvement never makes the best end worse"""
    TAINT = "taint"
    """what makes an agreement unwind, whatever else was right: no search goes on from there"""
    END = "end"


SITUATION, LESS, MORE = Nature.SITUATION, Nature.LESS_IS_BETTER, Nature.MORE_IS_BETTER


class Flag:
    """What has happened once and for all: bits of `State.flags`. Plain integers, for `IntFlag` is much slower."""

    EXPLAINED = 1
    """the caucus, its confidentiality and its balance were explained"""
    FACE = 2
    """something was agreed face to face"""


class Taint:
    """What no agreement outlives: bits of `State.taint`."""

    PRESSED = 1
    """a yes was pushed out of somebody"""
    WEARY = 2
    """a yes was given only to be done with it"""
    BREACH = 4
    """something said in confidence was passed on"""


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
    `side * number_of_issues + issue`, `heard` and `followed` have `side * number_of_cues + cue`; `agreed` holds an
    option's index per issue, or -1.
    """

    gathered: Annotated[Gathering, SITUATION]
    """who sits together with the mediator"""
    topic: Annotated[int, SITUATION]
    plan: Annotated[int, SITUATION]
    """the place of the plan that the days follow"""
    days: Annotated[int, MORE]
    """sittings still to come after this one"""
    clock: Annotated[int, MORE]
    """ticks left today"""
    heat: Annotated[Pair, LESS]
    trust: Annotated[Pair, MORE]
    strain: Annotated[Pair, LESS]
    suspicion: Annotated[Pair, LESS]
    waiting: Annotated[Pair, LESS]
    """ticks each side has now been waiting"""
    owed: Annotated[int, SITUATION]
    """the side whose turn for a caucus it is, or -1"""
    flags: Annotated[int, SITUATION]
    taint: Annotated[int, Nature.TAINT]
    heard: Annotated[int, SITUATION]
    """the cues that each side has shown"""
    followed: Annotated[int, SITUATION]
    """those of them that were followed to their end"""
    found: Annotated[int, SITUATION]
    answered: Annotated[int, SITUATION]
    known: Annotated[int, SITUATION]
    confided: Annotated[int, SITUATION]
    cleared: Annotated[int, SITUATION]
    shared: Annotated[int, SITUATION]
    developed: Annotated[int, SITUATION]
    agreed: Annotated[tuple[int, ...], SITUATION]
    ending: Annotated[int, Nature.END]


_DECLARED: dict[str, Any] = State.__annotations__
PAIRS = frozenset(name for name, declared in _DECLARED.items() if declared.__origin__ == Pair)
"""The fields that hold one level for each side."""


def of_nature(*natures: Nature) -> tuple[str, ...]:
    """The names of the fields of these natures, in their order."""
    return tuple(name for name in State._fields if _DECLARED[name].__metadata__[0] in natures)
