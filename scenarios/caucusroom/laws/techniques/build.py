"""Building: options, offers, and terms that are put to the sides."""

from __future__ import annotations

from ...model.catalogue import Technique
from ...model.proposal import Proposal
from ...model.sides import SIDES
from ..bargaining import CALM, CALM_AT_A_DISTANCE, agree, develop, unwilling
from ..doors import enter_caucus
from ..draft import Draft
from ..law import law
from ..remedy import BROUGHT_BY_REMEDIES, miss, work_on
from .aims import cannot_be_put


@law("options", brings="found helped early developed no_basis resisted")
def options(draft: Draft, technique: Technique, target: str) -> None:
    """Inventing works on interests. Without both sides' interests it is guessing, and shows."""
    met = [work_on(draft, side, technique) for side in draft.present]
    if develop(draft):
        return
    if not any(met):
        for side in draft.present:
            draft.tire(side)
        draft.emit("no_basis", about=draft.case.dispute.issues[draft.topic].id)


@law("invite_offer", brings=" ".join(BROUGHT_BY_REMEDIES | {"developed"}))
def invite_offer(draft: Draft, technique: Technique, target: str) -> None:
    """Asked for an offer instead of a concession, calm people with nothing in their way make one."""
    met = {side: work_on(draft, side, technique) for side in draft.present}
    able = all(draft.heat[side] <= CALM and not draft.standing(side) for side in SIDES)
    if draft.joint and able and develop(draft):
        return
    for side in draft.present:
        if not met[side]:
            miss(draft, side, technique)


@law("propose", brings="accepts refuses open_to not_open_to agreed")
def propose(draft: Draft, technique: Technique, target: str) -> None:
    """At the table: would both of you agree to this? In a caucus: what if they offered this?"""
    proposal = Proposal.of(draft.case.dispute, target)
    if not draft.joint:
        (side,) = draft.present
        why = unwilling(draft, side, proposal, CALM_AT_A_DISTANCE)
        draft.emit("not_open_to" if why else "open_to", side, target, why)
        return
    refused = False
    for side in SIDES:
        why = unwilling(draft, side, proposal, CALM)
        draft.emit("refuses" if why else "accepts", side, target, why)
        refused |= bool(why)
    if refused:
        for side in SIDES:
            draft.tire(side)
    else:
        agree(draft, proposal, face_to_face=True)


@law("shuttle", brings="open_to not_open_to accepts refuses agreed parted waited")
def shuttle(draft: Draft, technique: Technique, target: str) -> None:
    """Carry a proposal next door: people can say yes to it who could not say it to each other."""
    proposal = Proposal.of(draft.case.dispute, target)
    (sender,) = draft.present
    why = unwilling(draft, sender, proposal, CALM_AT_A_DISTANCE)
    if why:
        draft.emit("not_open_to", sender, target, why)
        return
    draft.emit("open_to", sender, target)
    enter_caucus(draft, sender.other)
    why = unwilling(draft, sender.other, proposal, CALM_AT_A_DISTANCE)
    draft.emit("refuses" if why else "accepts", sender.other, target, why)
    if not why:
        agree(draft, proposal, face_to_face=False)


propose.unless(cannot_be_put)
shuttle.unless(cannot_be_put)
