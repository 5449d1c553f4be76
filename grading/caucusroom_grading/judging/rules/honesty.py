"""Criterion 4: the mediator asserts nothing false, vouches for nobody and does not judge."""

from __future__ import annotations

from caucusroom import Move

from ..finding import HARMFUL, SOUND
from ..moment import Moment
from .book import Applies, rule

CRITERION = "honest_intermediary"


@rule(CRITERION, HARMFUL, "rule", sources="S1 X1")
def said_who_is_right(moment: Moment, move: Move) -> Applies:
    """A mediator who rules on the merits takes the decision from the sides and a place at one of them."""
    return True


@rule(CRITERION, SOUND, "expert", "clarify_rights", sources="S3 X3")
def sent_to_the_qualified(moment: Moment, move: Move) -> Applies:
    """Questions of law and fact go to somebody qualified, whom both sides accept."""
    both = move.technique != "expert" or moment.joint
    found = (b for party in moment.present for b in moment.fits(move, party) if moment.cause(b).of_law_or_fact)
    return next((barrier.party for barrier in found), None) if both else None
