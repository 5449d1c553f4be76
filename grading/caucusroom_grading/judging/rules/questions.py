"""Criterion 6: questions before remedies, interests before proposals, and each question after something."""

from __future__ import annotations

from caucusroom import Move
from caucusroom.model.levels import HOT
from caucusroom.model.sides import SIDES

from ..finding import FAIR, SOUND, WEAK
from ..moment import Moment
from ..threads import Thread
from .book import Applies, cause_name, cue_name, rule

CRITERION = "investigation"


@rule(CRITERION, WEAK, "look_deeper", "ask_need", sources="S3")
def asked_without_trust(moment: Moment, move: Move) -> Applies:
    """A question that needs trust, asked without any, meets a polite wall."""
    unasked = [party for party in moment.present if not moment.knows_interest(party)]
    asked = (move.technique == "look_deeper" and unasked) or moment.present
    return asked[0] if asked and not any(moment.level(party, "trust") for party in asked) else None


@rule(CRITERION, WEAK, "look_deeper", "follow_up", "ask_need", sources="S3 X9")
def asked_the_same_again(moment: Moment, move: Move) -> Applies:
    """A question that brought nothing brings nothing again while nothing has changed."""
    return moment.asked_before(move) is not None


@rule(CRITERION, WEAK, "look_deeper", sources="S3")
def asked_about_the_agreed(moment: Moment, move: Move) -> Applies:
    """What is agreed is left in peace."""
    return moment.settled


# a sign that was heard


@rule(CRITERION, SOUND, "follow_up", sources="S3 X9")
def followed_what_was_heard(moment: Moment, move: Move) -> Applies:
    """What was heard is the best thing to ask about."""
    party = next((party for party in moment.present if _open(moment, party, move.target)), None)
    return None if party is None else {"party": party, "cue": cue_name(moment, move.target)}


@rule(CRITERION, FAIR, "follow_up", sources="S3")
def followed_what_was_explained(moment: Moment, move: Move) -> Applies:
    """What has been explained may have another reason besides; nothing shows it."""
    for party in moment.present:
        thread = moment.thread(party, move.target)
        if thread is not None and thread.barrier:
            barrier = moment.dispute.barriers[moment.index("barrier", thread.barrier)]
            return {"party": party, "cue": cue_name(moment, move.target), "cause": cause_name(moment, barrier)}
    return None


@rule(CRITERION, WEAK, "follow_up", sources="S3")
def followed_what_was_done(moment: Moment, move: Move) -> Applies:
    """Where nothing lay behind a sign, nothing lies behind it now."""
    party = next((party for party in moment.present if moment.thread(party, move.target)), None)
    return None if party is None else {"party": party, "cue": cue_name(moment, move.target)}


@rule(CRITERION, WEAK, "follow_up", sources="S3 X4")
def misread_them(moment: Moment, move: Move) -> Applies:
    """Asked about what they did not show, people wonder whom you have been listening to."""
    return {"cue": cue_name(moment, move.target)}


# what lies under a position, and what somebody needs


@rule(CRITERION, SOUND, "look_deeper", sources="S3 S4")
def asked_under_the_position(moment: Moment, move: Move) -> Applies:
    """Ask which interest lies under a position before doing anything about it."""
    unasked = [party for party in moment.present if not moment.knows_interest(party)]
    return {"party": unasked[0], "unasked": " and ".join(map(moment.name, unasked))} if unasked else None


@rule(CRITERION, SOUND, "ask_need", sources="S3 X9")
def asked_on_what_was_heard(moment: Moment, move: Move) -> Applies:
    """Somebody has let something show: they can be asked what they need."""
    heard = moment.open(moment.alone) if moment.alone is not None else ()
    return _of(moment, heard[0]) if heard else None


@rule(CRITERION, FAIR, "look_deeper", sources="S3")
def asked_round_what_was_heard(moment: Moment, move: Move) -> Applies:
    """An interest that is known is not the question; what was heard is."""
    heard = next((one for party in moment.present for one in moment.open(party)), None)
    return _of(moment, heard) if heard else None


@rule(CRITERION, SOUND, "look_deeper", "ask_need", sources="S3 X9")
def asked_about_their_no(moment: Moment, move: Move) -> Applies:
    """A no has a reason, and alone it can be asked for."""
    return moment.alone if moment.alone is not None and moment.says_no(moment.alone) else None


@rule(CRITERION, FAIR, "ask_need", sources="S3")
def asked_what_is_in_the_way(moment: Moment, move: Move) -> Applies:
    """Without anything to go by, what stands in the way is a wide question."""
    return not moment.interests_known and moment.alone is not None and not moment.knows_interest(moment.alone)


@rule(CRITERION, WEAK, "look_deeper", "ask_need", sources="S3 X4")
def fished(moment: Moment, move: Move) -> Applies:
    """A question that follows nothing costs time, and people notice that it has no aim."""
    boiling = any(moment.heat(party) > HOT for party in moment.present)  # a wall for another reason
    answers_need = any(moment.fits(move, party) for party in moment.present)
    return not boiling and not answers_need


# remedies and terms


@rule(CRITERION, WEAK, "propose", "shuttle", sources="S3")
def put_a_position(moment: Moment, move: Move) -> Applies:
    """A position, or half of one, is not an option."""
    return moment.option(move).open


@rule(CRITERION, WEAK, "options", sources="S3")
def invented_without_interests(moment: Moment, move: Move) -> Applies:
    """Options are developed on interests; before these are known it is guessing."""
    if any(moment.fits(move, party) for party in moment.present):
        return None
    return next((party for party in SIDES if not moment.knows_interest(party)), None)


def _open(moment: Moment, party: int, cue: str) -> bool:
    return any(one.cue == cue for one in moment.open(party))


def _of(moment: Moment, thread: Thread) -> Applies:
    return {"party": thread.side, "cue": cue_name(moment, thread.cue)}
