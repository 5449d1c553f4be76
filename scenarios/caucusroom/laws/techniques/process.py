"""The process: doors, issues, pauses, days, and who else is brought in."""

from __future__ import annotations

from ...model.catalogue import Technique
from ...model.dispute import Dispute
from ...model.gathering import EVERYBODY
from ...model.levels import HOT
from ...model.sides import SIDES
from ..doors import end_waiting, enter_caucus, notice_owed
from ..draft import Draft
from ..ground import Ground
from ..law import law
from ..reasons import Reason
from ..remedy import BROUGHT_BY_REMEDIES, respect_unreadiness, try_remedy, work_on
from ..state import Ending
from .aims import not_in_the_room, not_the_next


@law("call_caucus", brings="parted waited")
def call_caucus(draft: Draft, technique: Technique, target: str) -> None:
    enter_caucus(draft, draft.case.side(target))


@call_caucus.unless
def there_already(dispute: Dispute, ground: Ground, target: str) -> Reason | None:
    return Reason("in_that_room") if ground.alone == dispute.side(target) else None


@law("rejoin", brings="owed boiling waited helped early resisted", elsewhere="at_the_table")
def rejoin(draft: Draft, technique: Technique, target: str) -> None:
    """Back to the table: good for trust once calm and balanced, fuel while somebody is still hot."""
    end_waiting(draft)
    draft.gathered = EVERYBODY
    notice_owed(draft)
    hot = [side for side in SIDES if draft.heat[side] >= HOT]
    for side in hot:
        draft.emit("boiling", side)
    for side in SIDES:
        if hot:
            draft.warm(side)
        elif draft.owed < 0:
            draft.doubt(side, -1)
            work_on(draft, side, technique)


@law("park", brings="took_up cue")
def park(draft: Draft, technique: Technique, target: str) -> None:
    _turn_to(draft, target)


@park.unless
def nothing_to_park(dispute: Dispute, ground: Ground, target: str) -> Reason | None:
    finished = ground.agreed[ground.topic] >= 0
    return not_the_next(dispute, ground, target) or (Reason("nothing_to_park") if finished else None)


@law("take_up", brings="took_up cue")
def take_up(draft: Draft, technique: Technique, target: str) -> None:
    _turn_to(draft, target)


@take_up.unless
def still_open(dispute: Dispute, ground: Ground, target: str) -> Reason | None:
    finished = ground.agreed[ground.topic] >= 0
    return not_the_next(dispute, ground, target) or (None if finished else Reason("still_open"))


def _turn_to(draft: Draft, target: str) -> None:
    draft.topic = draft.case.index["issue"][target]
    draft.emit("took_up", about=target)
    for side in draft.present:
        draft.show_surface(side, draft.topic)


@law("break", brings="eased helped early resisted")
def pause(draft: Draft, technique: Technique, target: str) -> None:
    """A pause takes the edge off; it does not make anybody fresh."""
    for side in draft.present:
        draft.strain[side] = min(draft.strain[side], 1)
        draft.heat[side] = min(draft.heat[side], HOT)
        draft.emit("eased", side, technique.id)
        work_on(draft, side, technique)


@law("adjourn", brings="homework early missed eased ended resisted helped")
def adjourn(draft: Draft, technique: Technique, target: str) -> None:
    """Another day. Homework for what was found; a retreat with nothing to show for it costs the mediator trust."""
    if draft.days == 0:
        respect_unreadiness(draft, technique)
        draft.end(Ending.ADJOURNED)
        return
    homework = [work_on(draft, side, technique, anywhere=True, say="homework") for side in SIDES]
    if not any(homework):
        gained = not draft.nothing_agreed or draft.answered or draft.shared or draft.found & draft.case.unready
        retreat = not gained and not draft.follows.staged
        for side in SIDES:
            if retreat:
                draft.lose_trust(side)
            draft.emit("missed" if retreat else "eased", side, technique.id)
    draft.days -= 1
    draft.clock = draft.follows.length
    draft.waiting = [0, 0]
    draft.gathered = EVERYBODY
    for side in SIDES:
        draft.rest(side, 2)
        draft.cool(side)


@law("bring_decider", brings="helped early decider_came missed resisted")
def bring_decider(draft: Draft, technique: Technique, target: str) -> None:
    side, answered = draft.case.side(target), draft.answered
    met = work_on(draft, side, technique)
    if draft.answered != answered:
        draft.emit("decider_came", side)
    elif not met:
        draft.tire(side)
        draft.emit("missed", side, technique.id)


bring_decider.unless(not_in_the_room)


@law("expert", brings=" ".join(BROUGHT_BY_REMEDIES | {"hurt"}))
def expert(draft: Draft, technique: Technique, target: str) -> None:
    """An expert whom one side chose alone is that side's expert."""
    if draft.alone is None:
        try_remedy(draft, technique)
    else:
        draft.doubt(draft.alone.other)
        draft.emit("hurt", draft.alone, technique.id)
