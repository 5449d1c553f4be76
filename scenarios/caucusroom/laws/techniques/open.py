"""Opening: meeting the sides, the first session, what a caucus is, the plan of the days."""

from __future__ import annotations

from ...model.catalogue import Technique
from ...model.dispute import Dispute
from ...model.gathering import EVERYBODY
from ...model.levels import OPEN, TABLE
from ...model.plan import STAGES
from ...model.sides import SIDES
from ..doors import notice_owed, take_turn
from ..draft import Draft
from ..ground import Ground
from ..law import law
from ..reasons import Reason
from ..remedy import work_on
from ..state import Flag


@law("open_session", brings="opened owed cue", elsewhere="begun")
def open_session(draft: Draft, technique: Technique, target: str) -> None:
    draft.gathered = EVERYBODY
    draft.emit("opened")
    notice_owed(draft)
    for side in SIDES:
        draft.show_surface(side, TABLE)


@law("premeeting", brings="eased found helped early resisted", elsewhere="begun")
def premeeting(draft: Draft, technique: Technique, target: str) -> None:
    """Somebody who was met beforehand, by a mediator who came to listen, is open; and balance is counted from here."""
    side = draft.case.side(target)
    draft.trust[side] = max(draft.trust[side], OPEN)
    draft.cool(side)
    take_turn(draft, side)
    draft.emit("eased", side, technique.id)
    work_on(draft, side, technique, anywhere=True)


@law("explain_caucus", brings="eased helped early resisted")
def explain_caucus(draft: Draft, technique: Technique, target: str) -> None:
    draft.flags |= Flag.EXPLAINED
    for side in draft.present:
        draft.doubt(side, -1)
        if not work_on(draft, side, technique):
            draft.emit("eased", side, technique.id)


@law("stage_plan", brings="eased helped early resisted")
def stage_plan(draft: Draft, technique: Technique, target: str) -> None:
    """What is left of the days becomes stages; more of them, and shorter."""
    clock = draft.case.dispute.clock
    draft.plan = STAGES
    draft.days += clock.more_in_stages
    draft.clock = min(draft.clock, draft.follows.length)
    for side in draft.present:
        if not work_on(draft, side, technique, anywhere=True):
            draft.emit("eased", side, technique.id)


@stage_plan.unless
def planned_already(dispute: Dispute, ground: Ground, target: str) -> Reason | None:
    return Reason("planned") if dispute.clock.plans[ground.plan].staged else None
