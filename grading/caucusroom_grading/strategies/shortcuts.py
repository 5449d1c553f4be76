"""Players who spare themselves the reading: the button at the top, the coach, a list, another's line, an early end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from caucusroom import Move
from caucusroom.model.levels import HOT, WORN

from .adaptive import adaptive
from .chair import Chair, Strategy, Wishes
from .pupil import button, coached

Asked: TypeAlias = Callable[[Chair], Sequence[str]]
"""What is put before a player now, the first thing first."""


def checklist(chair: Chair) -> Wishes:
    """A good list, followed to the letter, with an eye on the thermometer and none on what is said."""
    for side in chair.sides:
        yield f"premeeting {side}"
    yield from ("open_session", "explain_caucus")
    for issue in chair.dispute.issues:
        yield f"park {issue.id}"
        yield from _calm(chair)
        yield "look_deeper"
    for side in chair.sides:
        yield f"call_caucus {side}"
        yield "hear_out"
        for issue in chair.dispute.issues:
            yield f"park {issue.id}"
            yield "look_deeper"
            yield f"ask_need {chair.people(side)[0]}"
            yield "reality_test"
            yield "allay_sharing"
    yield "rejoin"
    yield from (f"share {fact}" for fact, _ in chair.facts("cleared"))
    for issue in chair.dispute.issues:
        yield from (f"park {issue.id}", f"take_up {issue.id}")
        yield from _calm(chair)
        yield from ("options", "invite_offer")
        for idea in chair.ideas():
            if not chair.agreed:
                yield f"propose {idea}"
    yield from ("summarize", "conclude")


def _calm(chair: Chair) -> Wishes:
    if any(mood is not None and mood.strain >= WORN for mood in chair.view.moods):
        yield "break"
    if chair.hottest >= HOT:
        yield "step_back"


def reciting(chair: Chair) -> Wishes:
    """The skilled line of somebody who had another truth."""
    yield from chair.line


def stops_early(chair: Chair) -> Wishes:
    """As well as it can up to the first proposal, and then goes home."""
    for wish in adaptive(chair):
        yield wish
        if Move.of(wish).technique == "propose":
            break
    yield "close_open"


def first_of(asked: Asked, chair: Chair) -> Wishes:
    """Always the first thing that is put before it."""
    while True:
        yield next(iter(asked(chair)), "close_open")


def shortcuts() -> tuple[Strategy, ...]:
    """Every one of them."""
    return (
        Strategy("the button at the top", (partial(first_of, button),)),
        Strategy("the coach's pupil", (partial(first_of, coached),)),
        Strategy("the checklist", (checklist,)),
        Strategy("recites another's line", (reciting,), recites=True),
        Strategy("stops after the first proposal", (stops_early,), "propose"),
    )
