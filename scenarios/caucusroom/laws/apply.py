"""What follows from a move.

Two kinds of things decide it. Facts of the matter (rooms, barriers, facts, issues) may decide freely. Moods and time
may only help: with less heat, strain, suspicion or waiting, with more trust or time, a move never leads to anything
worse (tests/test_laws.py). Keep every new rule within that law.
"""

from __future__ import annotations

from ..model.catalogue import Technique
from ..model.dispute import Case
from ..model.gathering import NOBODY
from ..model.levels import ACCUSING, BOILING, HOT, SPENT
from ..model.moves import Move, MoveIllegal
from ..model.plan import DAYS
from ..model.sides import SIDES
from .draft import Draft
from .events import Event
from .law import Law
from .legality import why_not
from .state import Ending, State
from .techniques import law_of

AFTERMATH = frozenset({"cue", "spiral", "asks_caucus", "walked_out", "ended"})
"""The kinds of events that may come after any move, by themselves."""


def initial(case: Case) -> State:
    """The state in which the mediator arrives: nobody has met yet."""
    dispute = case.dispute
    plan, moods = dispute.clock.plans[DAYS], dispute.moods
    return State(
        gathered=NOBODY, topic=0, plan=DAYS, days=plan.sittings - 1, clock=plan.length,
        heat=moods["heat"], trust=moods["trust"], strain=moods["strain"], suspicion=moods["suspicion"],
        waiting=(0, 0), owed=-1, flags=0, taint=0, heard=0, followed=0, found=0, answered=0, known=0, confided=0,
        cleared=0, shared=0, developed=0, agreed=(-1,) * len(dispute.issues), ending=Ending.NONE,
    )  # fmt: skip


def apply(case: Case, state: State, move: Move) -> tuple[State, tuple[Event, ...]]:
    """What follows from a move: the next state and what the mediator perceives.

    Raises MoveIllegal, with the reason in a sentence, for a move that cannot be made now.
    """
    reason = why_not(case, state, move)
    if reason is not None:
        raise MoveIllegal(str(reason))
    return carry_out(case, state, move)


def carry_out(case: Case, state: State, move: Move) -> tuple[State, tuple[Event, ...]]:
    """The same for one of the `legal_moves`, which needs no asking: a search tries them by the hundred thousand."""
    technique = case.techniques[move.technique]
    law, draft = law_of(technique.id), Draft(case, state)
    draft.pass_time(technique.ticks)
    hurts = draft.joint and technique.hurts_in_joint and not law.harmless(draft.feelings)
    if hurts:
        _in_front_of_the_other(draft, technique, law)
    else:
        law.follows(draft, technique, move.target)
    if not draft.ending:
        _aftermath(draft, technique.is_of_substance or hurts)
    return draft.freeze(), tuple(draft.events)


def _in_front_of_the_other(draft: Draft, technique: Technique, law: Law) -> None:
    """What belongs in private, done at the table: shame, threat or taking sides."""
    for side in SIDES:
        law.in_front(draft, side)
        draft.emit("hurt", side, technique.id)


# what happens in the joint session by itself


def _aftermath(draft: Draft, stirred: bool) -> None:
    """`stirred`: whether the matter itself was touched, or somebody hurt."""
    if draft.joint and stirred:
        _simmer(draft)
        _spiral(draft)
    _walk_out(draft)
    if not draft.ending and draft.clock == 0 and draft.days == 0:
        draft.end(Ending.OUT_OF_TIME)


def _simmer(draft: Draft) -> None:
    """Anger that has not been heard comes back as soon as the matter does."""
    for side in SIDES:
        if not draft.is_heard(side) and draft.heat[side] < HOT:
            draft.heat[side] = HOT
            draft.show_cue(side)


def _spiral(draft: Draft) -> None:
    """An attack draws an attack; at boiling it also wears everybody out."""
    hot = [side for side in SIDES if draft.heat[side] >= HOT]
    for side in hot:
        draft.warm(side.other)
        draft.emit("spiral", side)
    if BOILING in draft.heat:
        for side in SIDES:
            draft.tire(side)
    for side in hot:
        if draft.heat[side] == BOILING:
            draft.emit("asks_caucus", side)


def _walk_out(draft: Draft) -> None:
    """Boiling is survivable; boiling and spent, or accusing, or without any trust in the mediator, is not."""
    for side in SIDES:
        if draft.heat[side] == BOILING and (
            draft.strained(side) == SPENT or draft.suspicion[side] == ACCUSING or draft.trust[side] == 0
        ):
            draft.emit("walked_out", side)
            draft.end(Ending.WALKED_OUT)
            return
