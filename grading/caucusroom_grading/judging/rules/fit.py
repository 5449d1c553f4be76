"""Criterion 8: a technique answers a cause that could be known, when the moment is ready for it."""

from __future__ import annotations

from caucusroom import Move
from caucusroom.model.catalogue import Technique
from caucusroom.model.levels import HOT, TABLE
from caucusroom.model.sides import SIDES, Side
from caucusroom.voice.naming import lower_first

from ..moment import Moment
from ..report import FAIR, SOUND, WEAK
from .book import Applies, cause_name, of_cause, remedies, rule

CRITERION = "diagnosis_and_fit"


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
    found = next((b for party in parties for b in moment.fits(technique, party, anywhere)), None)
    if found is None or (moment.joint and technique.hurts_in_joint):
        return None
    return of_cause(moment, found)


@rule(CRITERION, SOUND, "share", sources="S2 X9")
def shared_what_answers(moment: Moment, move: Move) -> Applies:
    """New information answers an old picture, a doubt or a number without reasons."""
    fact = moment.dispute.facts[moment.index("fact", move.target)]
    causes = moment.dispute.catalogue.causes
    met = (
        b
        for b in moment.standing
        if b.party != fact.party and b.issue in (fact.issue, TABLE) and causes[b.cause].news in fact.effects
    )
    return of_cause(moment, next(met, None))


@rule(CRITERION, SOUND, "close_open", sources="S3")
def saw_that_nothing_works(moment: Moment, move: Move) -> Applies:
    """In some cases nothing works today, and it takes skill to see it."""
    return next((b.party for b in moment.standing if b.cause == "not_ready"), None)


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


@rule(CRITERION, FAIR, "options", sources="S3 X10")
def built_with_one_side(moment: Moment, move: Move) -> Applies:
    """Ideas of one side alone still have to meet the other."""
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


@rule(CRITERION, FAIR, remedies, sources="S3 X9")
def answered_what_had_to_be_so(moment: Moment, move: Move) -> Applies:
    """What must be so can be known; it is still better asked than presumed."""
    if _out_of_place(moment, move):
        return None
    for party in _subjects(moment, move):
        if moment.surely(party, moment.technique(move).answers):
            return {"party": party, "causes": _causes(moment, moment.technique(move), party)}
    return None


@rule(CRITERION, WEAK, remedies, sources="S3 X9")
def guessed(moment: Moment, move: Move) -> Applies:
    """A cue has several causes; a technique that answers one of them is a guess."""
    if _out_of_place(moment, move):
        return None
    for party in _subjects(moment, move):
        causes = _causes(moment, moment.technique(move), party)
        if causes:
            return {"party": party, "causes": causes}
    return None


@rule(CRITERION, WEAK, remedies, sources="S3 X9")
def linked_to_nothing(moment: Moment, move: Move) -> Applies:
    """A technique without a cause to answer is a technique for its own sake."""
    return not _out_of_place(moment, move)


def _out_of_place(moment: Moment, move: Move) -> bool:
    """Whether another criterion has already said why this was not the place or the moment for it."""
    return (
        (moment.joint and moment.technique(move).hurts_in_joint)
        or (move.technique == "expert" and not moment.joint)
        or (move.technique == "step_back" and bool(moment.hot))
    )


def _subjects(moment: Moment, move: Move) -> tuple[Side, ...]:
    """The sides a remedy is meant for."""
    targets = moment.dispute.index["party"]
    return (SIDES[targets[move.target]],) if move.target in targets else moment.present


def _fitting(moment: Moment, move: Move) -> list[tuple[int, str]]:
    """The sides in which a cause was found that the technique answers, each with the cause's name."""
    if _out_of_place(moment, move):
        return []
    technique = moment.technique(move)
    return [
        (party, cause_name(moment, barrier))
        for party in _subjects(moment, move)
        for barrier in moment.fits(technique, party)
    ]


def _ready(moment: Moment, move: Move) -> list[tuple[int, str]]:
    """Those of them for whom the moment had come: trust and temper as the technique needs them."""
    needs = moment.technique(move).needs
    return [
        (party, cause)
        for party, cause in _fitting(moment, move)
        if moment.level(party, "trust") >= needs.trust and moment.heat(party) <= needs.heat
    ]


def _causes(moment: Moment, technique: Technique, party: int) -> str:
    """The causes that this technique answers and that may stand hidden in a side's way, in words."""
    names = sorted(technique.answers & moment.possible(party))
    return " or ".join(lower_first(str(moment.dispute.catalogue.causes[name]["name"])) for name in names)
