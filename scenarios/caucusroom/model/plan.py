"""How the days of a mediation are laid out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """So many sittings of one length, in ticks.

    Where they are `staged`, what happens apart happens on different days: nobody waits while the mediator is in the
    other room, no evening is long, and to part until the next stage is no retreat.
    """

    id: str
    sittings: int
    length: int
    staged: bool


DAYS, STAGES = 0, 1
"""The places of a dispute's two plans: its whole days, with which it begins, and shorter stages."""
