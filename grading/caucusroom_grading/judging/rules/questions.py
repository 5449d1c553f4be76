"""Criterion 6: questions before remedies, interests before proposals."""

from __future__ import annotations

from caucusroom import Move
from caucusroom.model.levels import HOT
from caucusroom.model.sides import SIDES

from ..moment import Moment
from ..report import SOUND, WEAK
from .book import Applies, rule

CRITERION = "investigation"


@rule(CRITERION, WEAK, "look_deeper", "ask_need", sources="S3")
def asked_without_trust(moment: Moment, move: Move) -> Applies:
    """A question that needs trust, asked without any, meets a polite wall."""
    closed = [party for party in moment.present if not moment.level(party, "trust")]
    return closed[0] if len(closed) == len(moment.present) and closed else None


@rule(CRITERION, WEAK, "look_deeper", sources="S3")
def asked_about_the_agreed(moment: Moment, move: Move) -> Applies:
    """What is agreed is left in peace."""
    return moment.settled


@rule(CRITERION, WEAK, "look_deeper", "ask_need", sources="S3 X4")
def asked_what_was_known(moment: Moment, move: Move) -> Applies:
    """A question is worth its time while some answer to it could be new."""
    boiling = any(moment.heat(party) > HOT for party in moment.present)  # a wall for another reason
    return not boiling and not moment.learns(move)


@rule(CRITERION, SOUND, "look_deeper", sources="S3 S4")
def asked_under_the_position(moment: Moment, move: Move) -> Applies:
    """Ask which interest lies under a position before doing anything about it."""
    return next((party for party in moment.present if not moment.knows_interest(party)), None)


@rule(CRITERION, SOUND, "look_deeper", sources="S3 X9")
def asked_on(moment: Moment, move: Move) -> Applies:
    """An interest is not yet the reason why somebody cannot move."""
    return True


@rule(CRITERION, SOUND, "ask_need", sources="S3")
def asked_what_is_in_the_way(moment: Moment, move: Move) -> Applies:
    """What stands in the way may be on no page of the agenda."""
    return True


@rule(CRITERION, WEAK, "propose", "shuttle", sources="S3")
def put_a_position(moment: Moment, move: Move) -> Applies:
    """A position, or half of one, is not an option."""
    return moment.option(move).open


@rule(CRITERION, WEAK, "options", sources="S3")
def invented_without_interests(moment: Moment, move: Move) -> Applies:
    """Options are developed on interests; before these are known it is guessing."""
    if any(moment.fits(moment.technique(move), party) for party in moment.present):
        return None
    return next((party for party in SIDES if not moment.knows_interest(party)), None)
