"""Why something cannot be aimed at now: sides, issues, facts and terms."""

from __future__ import annotations

from ...model.dispute import Dispute
from ...model.proposal import Proposal
from ..ground import Ground
from ..reasons import Reason


def not_in_the_room(dispute: Dispute, ground: Ground, target: str) -> Reason | None:
    """In a caucus only the side that is there can be spoken to or brought somebody."""
    side = dispute.side(target)
    return Reason("not_in_the_room", dispute.parties[side].name) if ground.alone not in (None, side) else None


def not_the_next(dispute: Dispute, ground: Ground, target: str) -> Reason | None:
    """An issue can be turned to if it is another one, and open."""
    issue = dispute.index["issue"][target]
    if issue == ground.topic:
        return Reason("on_the_table")
    return Reason("agreed") if ground.agreed[issue] >= 0 else None


def cannot_be_put(dispute: Dispute, ground: Ground, target: str) -> Reason | None:
    """Terms can be put if they are of the issue on the table, thought of, and rest on what is known to both."""
    for option in Proposal.of(dispute, target).options(dispute):
        if option.issue != ground.topic:
            return Reason("another_issue", dispute.issues[option.issue].name)
        if ground.agreed[option.issue] >= 0:
            return Reason("agreed")
        if not option.open and not ground.developed >> option.issue & 1:
            return Reason("not_thought_of")
        if option.needs & ~ground.shared:
            return Reason("rests_on_unsaid")
    return None


def cannot_be_said(dispute: Dispute, ground: Ground, target: str) -> Reason | None:
    """A fact can be told to who does not know it, by a mediator who does."""
    place = dispute.index["fact"][target]
    if ground.shared >> place & 1:
        return Reason("shared_already")
    if not ground.confided >> place & 1:
        return Reason("not_told")
    return Reason("told_you_so") if ground.alone == dispute.facts[place].party else None
