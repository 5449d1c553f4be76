"""What can be done now, and why the rest cannot: decided by what the mediator knows, never by the case.

So it is worked out once for a dispute and a ground, for all moves together, and remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from ..model.catalogue import Technique
from ..model.dispute import Case, Dispute
from ..model.moves import Move
from .ground import Ground, ground
from .law import Law
from .reasons import Reason
from .state import State
from .techniques import law_of


class Standing(NamedTuple):
    """What can be done on some ground, sorted, and for each move of the dispute the reason why not, or None."""

    possible: tuple[Move, ...]
    reasons: tuple[Reason | None, ...]


def legal_moves(case: Case, state: State) -> tuple[Move, ...]:
    """Every move possible now, sorted; empty at the end."""
    return _standing(case.dispute, state).possible


def refused(case: Case, state: State) -> dict[Move, Reason]:
    """Every move that cannot be made now, sorted, with the reason."""
    reasons = zip(case.dispute.moves, _standing(case.dispute, state).reasons, strict=True)
    return {move: reason for move, reason in reasons if reason is not None}


def why_not(case: Case, state: State, move: Move) -> Reason | None:
    """The reason why a move cannot be made now; None if it can."""
    place = case.dispute.places.get(move)
    if place is None:
        return Reason("over") if state.ending else Reason("no_such_move", str(move))
    return _standing(case.dispute, state).reasons[place]


def _standing(dispute: Dispute, state: State) -> Standing:
    now = ground(dispute, state)
    standing: Standing | None = dispute.standings.get(now)
    if standing is None:
        reasons = tuple(_reasons(dispute, now))
        possible = (move for move, reason in zip(dispute.moves, reasons, strict=True) if reason is None)
        standing = dispute.standings[now] = Standing(tuple(possible), reasons)
    return standing


def _reasons(dispute: Dispute, now: Ground) -> Iterator[Reason | None]:
    """For each move of the dispute, in its order, why not."""
    room = now.room
    for id, moves in groupby(dispute.moves, lambda move: move.technique):
        technique, law = dispute.catalogue.techniques[id], law_of(id)
        never = _whatever_the_aim(technique, law, now, room)
        for move in moves:
            yield _one(never or law.why_not(dispute, now, move.target))


@cache
def _one(reason: Reason | None) -> Reason | None:
    """One object for all that are equal: there are few, and each ground remembers a hundred."""
    return reason


def _whatever_the_aim(technique: Technique, law: Law, now: Ground, room: str) -> Reason | None:
    if now.ending:
        return Reason("over")
    if technique.ticks > now.clock:
        return Reason("no_time")
    if room in technique.rooms:
        return None
    if room == "before":
        return Reason("nobody_yet")
    if law.elsewhere:
        return Reason(law.elsewhere)
    return Reason("takes_privacy" if room == "joint" else "takes_both")
