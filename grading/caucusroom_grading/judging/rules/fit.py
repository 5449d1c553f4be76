"""Criterion 8: a technique answers a cause that could be known, when the moment is ready for it."""

from __future__ import annotations

from caucusroom import Move
from caucusroom.model.levels import HOT
from caucusroom.model.sides import SIDES, Side

from ..answering import is_resisted
from ..finding import FAIR, SOUND, WEAK
from ..moment import Moment
from ..threads import causes_behind
from .book import Applies, cause_name, causes_named, cue_name, of_cause, remedies, rule

CRITERION = "diagnosis_and_fit"


@rule(CRITERION, WEAK, remedies, sources="S3 X9")
def tried_what_does_not_reach_them(moment: Moment, move: Move) -> Applies:
    """What did not reach somebody does not reach them the second time."""
    if _out_of_place(moment, move) or _fitting(moment, move):
        return None
    for party in _subjects(moment, move):
        for barrier in moment.in_the_way(party):
            if is_resisted(moment.dispute, moment.heard, move, barrier):
                return of_cause(moment, barrier)
    return None


@rule(CRITERION, WEAK, remedies, sources="S3 X9")
def tried_it_again(moment: Moment, move: Move) -> Applies:
    """A miss leads to a new question, not to the same answer."""
    if _out_of_place(moment, move):
        return None
    tried = [party for party in _subjects(moment, move) if moment.in_vain(move, party)]
    return tried[0] if tried and len(tried) == len(_subjects(moment, move)) else None


@rule(CRITERION, WEAK, remedies, sources="S3 X9")
def too_early_for_trust(moment: Moment, move: Move) -> Applies:
    """The right answer before there is trust is only work for later."""
    needs = moment.technique(move).needs
    for party, cause in _fitting(moment, move):
        if moment.level(party, "trust") < needs.trust and not _ready(moment, move):
            return {"party": party, "cause": cause}
    return None


@rule(CRITERION, WEAK, remedies, sources="S3 S4 X9")
def too_early_for_heat(moment: Moment, move: Move) -> Applies:
    """The right answer while a side is hot is not heard."""
    needs = moment.technique(move).needs
    for party, cause in _fitting(moment, move):
        if moment.heat(party) > needs.heat and not _ready(moment, move):
            return {"party": party, "cause": cause}
    return None


@rule(CRITERION, SOUND, remedies, sources="S3 X9")
def answered_a_known_cause(moment: Moment, move: Move) -> Applies:
    """A technique works on the cause it answers: first found, then answered."""
    ready = _ready(moment, move)
    return {"party": ready[0][0], "cause": ready[0][1]} if ready else None


@rule(CRITERION, SOUND, "hear_out", "break", "stage_plan", "adjourn", "summarize", "ask_need", sources="S3 X9")
def met_a_known_cause(moment: Moment, move: Move) -> Applies:
    """What was found may also be met by listening, by a pause or by the plan of the day."""
    technique = moment.technique(move)
    anywhere = move.technique in ("stage_plan", "adjourn")
    parties = SIDES if move.technique == "adjourn" else moment.heard_by
    found = next((b for party in parties for b in moment.fits(move, party, anywhere)), None)
    no_gains = move.technique == "summarize" and not moment.view.agreed and not moment.facts("shared")
    if found is None or no_gains or moment.hurts(technique) or (technique.asks and _closed(moment)):
        return None
    return of_cause(moment, found)


@rule(CRITERION, SOUND, "share", sources="S2 X9")
def shared_what_answers(moment: Moment, move: Move) -> Applies:
    """New information answers an old picture, a doubt or a number without reasons."""
    return of_cause(moment, next((b for party in SIDES for b in moment.fits(move, party, anywhere=True)), None))


@rule(CRITERION, SOUND, "close_open", "adjourn", sources="S3")
def saw_that_nothing_works(moment: Moment, move: Move) -> Applies:
    """In some cases nothing works today, and it takes skill to see it."""
    return of_cause(moment, moment.unready)


# building on interests


@rule(CRITERION, WEAK, "invite_offer", sources="S3 X9")
def invited_past_a_cause(moment: Moment, move: Move) -> Applies:
    """People make offers once nothing holds them back."""
    standing = next((b for party in SIDES for b in moment.in_the_way(party)), None)
    return of_cause(moment, standing)


@rule(CRITERION, WEAK, "options", "invite_offer", sources="S3")
def built_on_the_agreed(moment: Moment, move: Move) -> Applies:
    """What is agreed is left in peace."""
    return moment.settled


@rule(CRITERION, SOUND, "options", "invite_offer", sources="S3 X10")
def built_on_interests(moment: Moment, move: Move) -> Applies:
    """Once both interests are known the sides can find what serves both."""
    return moment.joint and moment.interests_known and not moment.developed


@rule(CRITERION, SOUND, "options", sources="S3 X10")
def built_with_one_side(moment: Moment, move: Move) -> Applies:
    """Alone, a side can think aloud about what serves both."""
    return moment.interests_known and not moment.developed


@rule(CRITERION, WEAK, "options", "invite_offer", sources="S3")
def collected_more_ideas(moment: Moment, move: Move) -> Applies:
    """Options that are there are to be weighed, not multiplied."""
    return moment.developed


@rule(CRITERION, FAIR, "invite_offer", sources="S3 X10")
def invited_without_interests(moment: Moment, move: Move) -> Applies:
    """An offer answers a concern, and the concern has to be known."""
    if move.technique != "invite_offer" or not moment.joint:
        return None
    unknown = next((party for party in SIDES if not moment.knows_interest(party)), None)
    return unknown if unknown is not None and max(moment.heat(0), moment.heat(1)) < HOT else None


# guesses


@rule(CRITERION, WEAK, remedies, sources="S3 X9")
def guessed(moment: Moment, move: Move) -> Applies:
    """A sign has several causes; a technique that answers one of them is a guess."""
    if _out_of_place(moment, move) or _fitting(moment, move):
        return None
    for party in _subjects(moment, move):
        for thread in moment.open(party):
            behind = causes_behind(moment.dispute.catalogue, thread.cue)
            met = behind & moment.technique(move).answers
            if met:
                return {
                    "party": party,
                    "cue": cue_name(moment, thread.cue),
                    "causes": causes_named(moment, met),
                    "others": causes_named(moment, behind - met),
                }
    return None


@rule(CRITERION, WEAK, remedies, sources="S3 X9")
def linked_to_nothing(moment: Moment, move: Move) -> Applies:
    """A technique without a cause to answer is a technique for its own sake."""
    if _out_of_place(moment, move) or _fitting(moment, move):
        return None
    return {"whom": " and ".join(map(moment.name, _subjects(moment, move)))}


def _out_of_place(moment: Moment, move: Move) -> bool:
    """Whether another criterion has already said why this was not the place or the moment for it."""
    return (
        moment.hurts(moment.technique(move))
        or (move.technique == "expert" and not moment.joint)
        or (move.technique == "step_back" and bool(moment.hot))
    )


def _closed(moment: Moment) -> bool:
    """Whether whoever is asked would meet a question with a wall, by all that shows."""
    return any(moment.heat(party) > HOT or not moment.level(party, "trust") for party in moment.present)


def _subjects(moment: Moment, move: Move) -> tuple[Side, ...]:
    """The sides a remedy is meant for."""
    targets = moment.dispute.index["party"]
    return (SIDES[targets[move.target]],) if move.target in targets else moment.present


def _fitting(moment: Moment, move: Move) -> list[tuple[int, str]]:
    """The sides in which a cause was found that this answers, each with the cause's name."""
    if _out_of_place(moment, move):
        return []
    return [
        (party, cause_name(moment, barrier))
        for party in _subjects(moment, move)
        for barrier in moment.fits(move, party)
    ]


def _ready(moment: Moment, move: Move) -> list[tuple[int, str]]:
    """Those of them for whom the moment had come: trust and temper as the technique needs them, anger heard."""
    needs = moment.technique(move).needs
    angers = moment.dispute.catalogue.angers
    return [
        (party, cause)
        for party, cause in _fitting(moment, move)
        if moment.level(party, "trust") >= needs.trust
        and moment.heat(party) <= needs.heat
        and not (needs.heard and any(b.cause in angers for b in moment.in_the_way(party)))
    ]
