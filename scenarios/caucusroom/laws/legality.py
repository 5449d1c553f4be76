"""What can be done now, and why the rest cannot: decided by what the mediator knows, never by the case."""

from __future__ import annotations

from ..model.catalogue import Technique
from ..model.dispute import Case, Dispute
from ..model.moves import Move
from .ground import Ground, ground
from .law import Law
from .reasons import Reason
from .state import State
from .techniques import law_of


def legal_moves(case: Case, state: State) -> tuple[Move, ...]:
    """Every move possible now, sorted; empty at the end."""
    dispute = case.dispute
    now = ground(dispute, state)
    moves = dispute.offered.get(now)
    if moves is None:
        moves = tuple(move for move in dispute.moves if _why_not(dispute, now, move) is None)
        dispute.offered[now] = moves
    return moves


def why_not(case: Case, state: State, move: Move) -> Reason | None:
    """The reason why a move cannot be made now; None if it can."""
    return _why_not(case.dispute, ground(case.dispute, state), move)


def _why_not(dispute: Dispute, now: Ground, move: Move) -> Reason | None:
    if now.ending:
        return Reason("over")
    technique = dispute.catalogue.techniques.get(move.technique)
    if technique is None or move not in dispute.known_moves:
        return Reason("no_such_move", str(move))
    if technique.ticks > now.clock:
        return Reason("no_time")
    law = law_of(technique.id)
    return _wrong_room(technique, law, now.room) or law.why_not(dispute, now, move.target)


def _wrong_room(technique: Technique, law: Law, room: str) -> Reason | None:
    if room in technique.rooms:
        return None
    if room == "before":
        return Reason("nobody_yet")
    if law.elsewhere:
        return Reason(law.elsewhere)
    return Reason("takes_privacy" if room == "joint" else "takes_both")
