"""How a mediation ends, and whether what was agreed still holds three weeks later."""

from __future__ import annotations

from typing import NamedTuple

from ..model.dispute import Case
from .state import Ending, Flag, State

LOW = {Ending.WALKED_OUT: 0, Ending.OUT_OF_TIME: 5}
UNWOUND = 10
STOP, PART, WHOLE = 20, 40, 65
READINESS_RESPECTED = 15
"""What it adds to a stop that somebody's not being ready was found and respected."""


class Outcome(NamedTuple):
    """The end of a mediation: its value, not an exception.

    `agreed` pairs issue ids with option ids; `holds` is None where nothing was agreed; `worth` is on the
    scale of `worth()`; `text` says what followed; `truth` is what had been hidden.
    """

    ending: str
    agreed: tuple[tuple[str, str], ...]
    holds: bool | None
    worth: int
    text: str
    truth: str


def outcome(case: Case, state: State) -> Outcome | None:
    """The outcome of a state, or None while the mediation lasts."""
    if not state.ending:
        return None
    dispute = case.dispute
    name = Ending(state.ending).name.lower()
    agreement = state.ending in (Ending.SETTLEMENT, Ending.PART_SETTLEMENT)
    keeps = holds(state) if agreement else None
    return Outcome(
        ending=name,
        agreed=tuple((dispute.issues[i].id, dispute.options[o].id) for i, o in enumerate(state.agreed) if o >= 0),
        holds=keeps,
        worth=worth(case, state),
        text=dispute.endings["unwound" if keeps is False else name],
        truth=case.truth.truth,
    )


def holds(state: State) -> bool:
    """Whether an agreement lasts: nothing pressed, wrung from the weary or built on a breach, and agreed at
    least once to each other's face."""
    return not state.taint and bool(state.flags & Flag.FACE)


def worth(case: Case, state: State) -> int:
    """The worth of an ending, 0 to 100, for comparing endings of one case (never a student's mark).

    0 a walk-out · 5 time ran out · 10 an agreement that unwinds, or any ending after a confidence was broken
    or a yes was forced · 20 a respectful stop or an adjournment, plus up to 18 for causes answered, facts
    shared and trust won, plus 15 where that respects that somebody is not ready · 40 part of the issues
    agreed and holding · 65 all of them; both plus what each agreed option is worth to the two sides (0 to 10
    an issue) · less one for each day used after the first.
    """
    ending = Ending(state.ending)
    if ending in LOW:
        return LOW[ending]
    if ending in (Ending.SETTLEMENT, Ending.PART_SETTLEMENT):
        if not holds(state):
            return UNWOUND
        base = (WHOLE if ending == Ending.SETTLEMENT else PART) + _value(case, state)
    elif state.taint:
        return UNWOUND
    else:
        base = STOP + _gains(state)
        if state.found & case.unready:
            base += READINESS_RESPECTED
    return base - days_used(case, state)


def _value(case: Case, state: State) -> int:
    return sum(sum(case.dispute.options[o].worth) for o in state.agreed if o >= 0)


def _gains(state: State) -> int:
    won = min(15, 2 * (state.answered.bit_count() + state.shared.bit_count()))
    return won + (3 if min(state.trust) >= 2 else 0)


def days_used(case: Case, state: State) -> int:
    """Days gone by since the first."""
    return case.dispute.clock.plans[state.plan].sittings - 1 - state.days
