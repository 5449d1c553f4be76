"""What decides what can be done now: all that the mediator knows of it, and nothing of the case."""

from __future__ import annotations

from operator import attrgetter
from typing import NamedTuple

from ..model.dispute import Dispute
from ..model.gathering import Gathering, alone_in, room_of
from ..model.sides import Side
from .state import State


class Ground(NamedTuple):
    """The part of a state that legality stands on; the fields are those of `State`, time as far as it matters.

    A technique's `why_not` is given this and no state, so what it is worked out for can be remembered by it.
    """

    gathered: Gathering
    topic: int
    plan: int
    clock: int
    confided: int
    cleared: int
    shared: int
    developed: int
    agreed: tuple[int, ...]
    ending: int

    @property
    def room(self) -> str:
        return room_of(self.gathered)

    @property
    def alone(self) -> Side | None:
        """The side that the mediator is alone with."""
        return alone_in(self.gathered)

    @property
    def nothing_agreed(self) -> bool:
        return self.agreed.count(-1) == len(self.agreed)


_TAKEN = attrgetter(*Ground._fields)


def ground(dispute: Dispute, state: State) -> Ground:
    """What legality stands on; more time than the longest technique takes is all the same to it."""
    found = Ground._make(_TAKEN(state))
    longest = dispute.catalogue.longest
    return found if found.clock <= longest else found._replace(clock=longest)
