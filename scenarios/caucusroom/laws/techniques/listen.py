"""Listening: anger, the way back to the problem, gains, help with speaking."""

from __future__ import annotations

from collections.abc import Sequence

from ...model.catalogue import Technique
from ...model.levels import BOILING, DOUBTING, HOT, OPEN
from ...model.sides import SIDES, Side
from ..draft import Draft, Feeling
from ..law import Law, law
from ..remedy import miss, work_on


@law("hear_out", brings="eased found helped early resisted")
def hear_out(draft: Draft, technique: Technique, target: str) -> None:
    """Being understood cools, and opens whoever had closed. The anger itself comes out on the way.

    At the table it clears the air: each says it and is heard by the other.
    """
    for side in draft.present:
        draft.cool(side)
        draft.trust[side] = max(draft.trust[side], 1)
        if not work_on(draft, side, technique):
            draft.emit("eased", side, technique.id)


@hear_out.does_no_harm_if
def the_other_can_listen(feelings: Sequence[Feeling]) -> bool:
    """Everybody trusts the mediator, nobody boils or doubts, and not both are hot at once."""
    return all(one.trust >= OPEN and one.heat < BOILING and one.suspicion < DOUBTING for one in feelings) and sum(
        one.heat >= HOT for one in feelings
    ) < len(feelings)


coach = Law(technique="coach")


@coach.in_front_of_the_other
def takes_sides(draft: Draft, side: Side) -> None:
    """Each side sees the other being helped."""
    draft.doubt(side)
    draft.lose_trust(side)


@law("step_back", brings="eased helped early resisted")
def step_back(draft: Draft, technique: Technique, target: str) -> None:
    """Works on people who are tense or hot; somebody boiling cannot hear it."""
    for side in draft.present:
        if draft.heat[side] <= HOT:
            draft.cool(side)
            draft.emit("eased", side, technique.id)
            work_on(draft, side, technique)
        elif not work_on(draft, side, technique):
            draft.emit("early", side, technique.id, "heat")


@law("summarize", brings="eased helped early resisted missed cue")
def summarize(draft: Draft, technique: Technique, target: str) -> None:
    """Gains named give heart. With nothing agreed and nothing learnt there are none to name."""
    if not draft.shared and draft.nothing_agreed:
        for side in SIDES:
            miss(draft, side, technique)
        return
    for side in SIDES:
        draft.strain[side] = min(draft.strain[side], 1)
        draft.heat[side] = min(draft.heat[side], 1)
        draft.emit("eased", side, technique.id)
        work_on(draft, side, technique)
