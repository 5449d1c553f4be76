"""Which cases still fit what the mediator has perceived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ..laws.apply import apply, initial
from ..laws.events import Event
from ..laws.state import State
from ..model.dispute import Case
from ..model.moves import Move
from .view import View, view

Perceived = tuple[tuple[Event, ...], View]


class Fitting:
    """The cases that still fit everything the mediator has perceived: the information set, kept exactly.

    All cases of the dispute are played along; one drops out when it would have looked different.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._states = {id: initial(case.dispute.case(id)) for id in case.dispute.cases}

    @property
    def cases(self) -> tuple[str, ...]:
        return tuple(self._states)

    @property
    def states(self) -> Mapping[str, State]:
        """The state that each of these cases is in, by its id; for reading only."""
        return MappingProxyType(self._states)

    def follow(self, move: Move, perceived: Perceived) -> None:
        """Play a move along and keep the cases in which it is perceived the same."""
        left: dict[str, State] = {}
        for id, state in self._states.items():
            case = self._case.dispute.case(id)
            after, events = apply(case, state, move)
            if (events, view(case, after)) == perceived:
                left[id] = after
        self._states = left


def fitting(case: Case, moves: Iterable[Move]) -> tuple[str, ...]:
    """The ids of the cases that fit what the mediator has perceived after these moves."""
    state, along = initial(case), Fitting(case)
    for move in moves:
        state, events = apply(case, state, move)
        along.follow(move, (events, view(case, state)))
    return along.cases
