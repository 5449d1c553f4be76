"""Criterion 3: what was said in confidence moves only with its owner's consent, in the form agreed."""

from __future__ import annotations

from caucusroom import Move

from ..finding import FAIR, HARMFUL, SOUND
from ..moment import Moment
from .book import Applies, cue_name, rule

CRITERION = "confidentiality"
ENOUGH_TRUST = 2
"""The trust from which a side lets something go (the need of `allay_sharing` in the catalogue)."""


@rule(CRITERION, HARMFUL, "tell", sources="S4 S1 X1")
def passed_on_a_confidence(moment: Moment, move: Move) -> Applies:
    """Whatever good it does for an hour, a confidence passed on without consent is a breach."""
    return moment.dispute.facts[moment.index("fact", move.target)].party


@rule(CRITERION, SOUND, "share", sources="S2 X1")
def carried_what_was_cleared(moment: Moment, move: Move) -> Applies:
    """What its owner has cleared may be carried, in the words agreed."""
    return moment.dispute.facts[moment.index("fact", move.target)].party


# "May I carry any of this, and how?" closes every caucus in every training: never a fault.


@rule(CRITERION, FAIR, "allay_sharing", sources="S2")
def asked_for_consent_early(moment: Moment, move: Move) -> Applies:
    """Whether something may be carried is asked in vain of people who do not trust the mediator yet."""
    return moment.alone is not None and moment.level(moment.alone, "trust") < ENOUGH_TRUST


@rule(CRITERION, SOUND, "allay_sharing", sources="S2 S1")
def asked_what_may_be_carried(moment: Moment, move: Move) -> Applies:
    """What was confided is of use only once its owner says what may be carried, and how."""
    return bool(moment.facts("confided", moment.alone, here=True))


@rule(CRITERION, SOUND, "allay_sharing", sources="S2")
def talked_through_the_fear(moment: Moment, move: Move) -> Applies:
    """Who holds information back fears its use: that fear can be talked about."""
    return moment.alone is not None and bool(moment.fits(move, moment.alone))


@rule(CRITERION, FAIR, "allay_sharing", sources="S2 S3")
def asked_about_the_unknown(moment: Moment, move: Move) -> Applies:
    """That something is being kept back can be guessed; it is better asked."""
    if moment.alone is None:
        return None
    heard = next((one for one in moment.open(moment.alone) if _may_hold_back(moment, one.cue)), None)
    return {"cue": cue_name(moment, heard.cue)} if heard else None


@rule(CRITERION, FAIR, "allay_sharing", sources="S2 S1")
def asked_at_the_door(moment: Moment, move: Move) -> Applies:
    """Whether anything may be carried can be asked at every door, also where nothing was confided."""
    return True


def _may_hold_back(moment: Moment, cue: str) -> bool:
    return cue in moment.dispute.catalogue.causes["withheld_information"]["cues"]
