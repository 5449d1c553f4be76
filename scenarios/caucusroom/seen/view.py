"""What a role may know: the only door to information. Room, judge and debrief look through it."""

from __future__ import annotations

from typing import NamedTuple

from ..laws.draft import strained, trusts
from ..laws.state import Ending, Flag, State
from ..model.dispute import Case, Dispute, Party
from ..model.gathering import alone_in, room_of, sides_in
from ..model.plan import Plan
from ..model.sides import SIDES, Side

MEDIATOR = "mediator"
FIRST, SECOND = SIDES


class Mood(NamedTuple):
    """How a side seems to somebody in the room with it: levels 0..3 (see `levels.MOODS`)."""

    heat: int
    trust: int
    strain: int
    suspicion: int


class View(NamedTuple):
    """A moment as one role perceives it; ids of the dispute, in its order. Equal views look the same.

    `moods` has None for a side that is not in the room; `waiting` is in ticks; `clock` ticks left today;
    `standing` gives each fact the role knows of as held, confided, cleared or shared.
    """

    role: str
    room: str
    caucus: str
    topic: str
    days: int
    clock: int
    staged: bool
    explained: bool
    moods: tuple[Mood | None, Mood | None]
    waiting: tuple[int, int]
    owed: str
    found: tuple[str, ...]
    answered: tuple[str, ...]
    interests: tuple[tuple[str, str], ...]
    standing: tuple[tuple[str, str], ...]
    developed: tuple[str, ...]
    agreed: tuple[tuple[str, str], ...]
    ending: str


def view(case: Case, state: State, role: str = MEDIATOR) -> View:
    """What the mediator, or the party whose id is `role`, can know of this state."""
    if role == MEDIATOR:
        return _view(case, state, role, None)
    if role not in case.index["party"]:
        raise ValueError(f"There is no role “{role}” here; there are: mediator, {', '.join(case.index['party'])}.")
    return _view(case, state, role, case.side(role))


def _view(case: Case, state: State, role: str, side: Side | None) -> View:
    """`side` None is the mediator, who knows what was found and confided; a side knows its own."""
    dispute = case.dispute
    parties, issues = dispute.parties, dispute.issues
    mediator, plan = side is None, dispute.clock.plans[state.plan]

    here, alone = sides_in(state.gathered), alone_in(state.gathered)

    def may_see(party: Side) -> bool:
        return party in here if mediator else party == side or len(here) == len(SIDES)

    def names(mask: int) -> tuple[str, ...]:
        if not mask:
            return ()
        own = (
            barrier.id
            for place, barrier in enumerate(dispute.barriers)
            if mask >> place & 1 and (mediator or barrier.party == side)
        )
        return tuple(own)

    def standing(place: int) -> str:
        bit = 1 << place
        if state.shared & bit:
            return "shared"
        if mediator or dispute.facts[place].party == side:
            if state.cleared & bit:
                return "cleared"
            if state.confided & bit:
                return "confided"
        return "held" if dispute.facts[place].party == side and case.truth.facts & bit else ""

    return View(
        role=role,
        room=room_of(state.gathered),
        caucus=parties[alone].id if alone is not None else "",
        topic=issues[state.topic].id,
        days=state.days,
        clock=state.clock,
        staged=plan.staged,
        explained=bool(state.flags & Flag.EXPLAINED),
        moods=(
            _mood(state, plan, FIRST) if may_see(FIRST) else None,
            _mood(state, plan, SECOND) if may_see(SECOND) else None,
        ),
        waiting=state.waiting,
        owed=parties[state.owed].id if mediator and state.owed >= 0 else "",
        found=names(state.found),
        answered=names(state.answered),
        interests=tuple(
            (parties[p].id, issue.id)
            for p in SIDES
            for i, issue in enumerate(issues)
            if p == side or (mediator and state.known >> (p * len(issues) + i) & 1)
        ),
        standing=tuple((fact.id, stands) for place, fact in enumerate(dispute.facts) if (stands := standing(place))),
        developed=tuple(issue.id for i, issue in enumerate(issues) if state.developed >> i & 1),
        agreed=tuple((issues[i].id, dispute.options[o].id) for i, o in enumerate(state.agreed) if o >= 0),
        ending=Ending(state.ending).name.lower() if state.ending else "",
    )


def _mood(state: State, plan: Plan, side: Side) -> Mood:
    return Mood(state.heat[side], trusts(state, side), strained(state, plan, side), state.suspicion[side])


def alternative(dispute: Dispute, now: View, party: Party) -> str:
    """Which alternative to agreeing this side now reckons with: "perceived" or, once tested, "real"."""
    tested = any(
        barrier.cause == "unrealistic" and dispute.parties[barrier.party] is party and barrier.id in now.answered
        for barrier in dispute.barriers
    )
    return "real" if tested else "perceived"
