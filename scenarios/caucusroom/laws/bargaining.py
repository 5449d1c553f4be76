"""What the sides say to terms: when they can invent some, when they cannot say yes, and what a yes does."""

from __future__ import annotations

from ..model.dispute import Option
from ..model.levels import DOUBTING, SPENT
from ..model.proposal import Proposal
from ..model.sides import SIDES, Side
from .draft import Draft
from .state import Flag, Taint

CALM, CALM_AT_A_DISTANCE = 1, 2
"""The most heat at which a side can say yes: to the other's face, or to a proposal that is carried to it."""


def develop(draft: Draft) -> bool:
    """Open the options of the topic, if both sides' interests in it are known; True if that was new."""
    bit = 1 << draft.topic
    if draft.developed & bit or not all(draft.knows_interest(side) for side in SIDES):
        return False
    draft.developed |= bit
    draft.emit("developed", about=draft.case.dispute.issues[draft.topic].id)
    return True


def unwilling(draft: Draft, side: Side, proposal: Proposal, most_heat: int) -> str:
    """Why this side would not agree to all of it as things are, or "" if it would."""
    if draft.heat[side] > most_heat:
        return "heat"
    if draft.suspicion[side] >= DOUBTING:
        return "suspicion"
    options = proposal.options(draft.case.dispute)
    if any(draft.case.on[side][option.issue] & ~draft.answered for option in options):
        return "barrier"
    return "floor" if any(_too_little(draft, side, option) for option in options) else ""


def _too_little(draft: Draft, side: Side, option: Option) -> bool:
    """Whether it lies below the least this side takes, which what it has learnt to believe brings down."""
    steps = (draft.case.credence[side][option.issue] & draft.shared).bit_count()
    return option.worth[side] < draft.case.truth.floors[side][option.issue] - steps


def agree(draft: Draft, proposal: Proposal, face_to_face: bool) -> None:
    """A gain: it relieves everybody. A yes from people who are spent is only a wish to go home."""
    dispute, agreed = draft.case.dispute, list(draft.agreed)
    for place in proposal.terms:
        agreed[dispute.options[place].issue] = place
    draft.agreed = tuple(agreed)
    if any(draft.strained(side) == SPENT for side in SIDES):
        draft.taint |= Taint.WEARY
    if face_to_face:
        draft.flags |= Flag.FACE
    for side in SIDES:
        draft.cool(side)
        draft.rest(side)
    for option in proposal.options(dispute):
        draft.emit("agreed", about=dispute.issues[option.issue].id, why=option.id)
