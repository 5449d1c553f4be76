"""Criterion 6: questions before remedies, interests before proposals."""

from __future__ import annotations

from caucusroom import Move
from caucusroom.model.levels import HOT
from caucusroom.model.sides import SIDES

from ..moment import Moment
from ..report import SOUND, WEAK
from .book import Applies, rule

CRITERION = "investigation"


@rule(
    CRITERION, WEAK, "look_deeper", "ask_need", sources="S3",
    reason="{party} was closed to you; asked what lies underneath, people who do not trust you stay polite.",
)  # fmt: skip
def asked_without_trust(moment: Moment, move: Move) -> Applies:
    """A question that needs trust, asked without any, meets a polite wall."""
    closed = [party for party in moment.present if not moment.level(party, "trust")]
    return closed[0] if len(closed) == len(moment.present) and closed else None


@rule(
    CRITERION, WEAK, "look_deeper", sources="S3",
    reason="There was agreement on {issue} already; asking on about it can only undo it.",
)  # fmt: skip
def asked_about_the_agreed(moment: Moment, move: Move) -> Applies:
    """What is agreed is left in peace."""
    return moment.settled


@rule(
    CRITERION, WEAK, "look_deeper", "ask_need", sources="S3 X4",
    reason="Nothing you knew left anything that {sides} would have told you about {issue} here and now: there was no "
    "question left to ask in this room.",
)  # fmt: skip
def asked_what_was_known(moment: Moment, move: Move) -> Applies:
    """A question is worth its time while some answer to it could be new."""
    boiling = any(moment.heat(party) > HOT for party in moment.present)  # a wall for another reason
    return not boiling and not moment.learns(move)


@rule(
    CRITERION, SOUND, "look_deeper", sources="S3 S4",
    reason="You did not know yet what lay under the position of {party} on {issue}; you asked, and offered nothing.",
)  # fmt: skip
def asked_under_the_position(moment: Moment, move: Move) -> Applies:
    """Ask which interest lies under a position before doing anything about it."""
    return next((party for party in moment.present if not moment.knows_interest(party)), None)


@rule(
    CRITERION, SOUND, "look_deeper", sources="S3 X9",
    reason="What {sides} wanted with {issue} was known, but perhaps not all there was to tell; you asked on.",
)  # fmt: skip
def asked_on(moment: Moment, move: Move) -> Applies:
    """An interest is not yet the reason why somebody cannot move."""
    return True


@rule(
    CRITERION, SOUND, "ask_need", sources="S3",
    reason="You asked {party}, alone, what stands in its way at all, and left it to {party} to say on which issue.",
)  # fmt: skip
def asked_what_is_in_the_way(moment: Moment, move: Move) -> Applies:
    """What stands in the way may be on no page of the agenda."""
    return True


@rule(
    CRITERION, WEAK, "propose", "shuttle", sources="S3",
    reason="“{target}” is one of the positions, or a cut between them; it was made from no interest of anybody's.",
)  # fmt: skip
def put_a_position(moment: Moment, move: Move) -> Applies:
    """A position, or half of one, is not an option."""
    return moment.option(move).open


@rule(
    CRITERION, WEAK, "options", sources="S3",
    reason="What {party} needs on {issue} was not known yet, so there was nothing to measure an idea by.",
)  # fmt: skip
def invented_without_interests(moment: Moment, move: Move) -> Applies:
    """Options are developed on interests; before these are known it is guessing."""
    if any(moment.fits(moment.technique(move), party) for party in moment.present):
        return None
    return next((party for party in SIDES if not moment.knows_interest(party)), None)
