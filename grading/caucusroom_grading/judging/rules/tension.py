"""Criterion 7: people are heard before they are asked for reasons, and rest before they are asked to decide."""

from __future__ import annotations

from collections.abc import Sequence

from caucusroom import Move
from caucusroom.model.dispute import Barrier
from caucusroom.model.levels import BOILING, HEAT, HOT
from caucusroom.model.sides import SIDES

from ...words import en
from ..finding import FAIR, HARMFUL, SOUND, WEAK
from ..moment import Moment
from .book import Applies, against_it, cue_name, needs_hearing, of_cause, rule, to_the_matter

CRITERION = "empathy_and_tension"


@rule(CRITERION, WEAK, "hear_out", sources="S4 X6")
def let_them_vent_at_each_other(moment: Moment, move: Move) -> Applies:
    """Anger at the table can start a fire; whether it will, can be seen beforehand."""
    return against_it(moment) if moment.hurts(moment.technique(move)) else None


@rule(CRITERION, SOUND, "hear_out", sources="X6 S4")
def cleared_the_air(moment: Moment, move: Move) -> Applies:
    """Where both trust the mediator and one of them can listen, hard words at the table clear the air."""
    if not moment.joint:
        return None
    return moment.hot[0] if moment.hot else of_cause(moment, _met(moment, move))


@rule(CRITERION, HARMFUL, "rejoin", sources="S1 S4")
def came_back_boiling(moment: Moment, move: Move) -> Applies:
    """Somebody who is still boiling brings it along."""
    return next((party for party in SIDES if moment.heat(party) >= BOILING), None)


@rule(CRITERION, WEAK, "rejoin", sources="S1 S4")
def came_back_hot(moment: Moment, move: Move) -> Applies:
    """The sides come back together once they are calm."""
    return next((party for party in SIDES if moment.heat(party) >= HOT), None)


@rule(CRITERION, WEAK, "focus_future", sources="S3 S4")
def looked_ahead_in_anger(moment: Moment, move: Move) -> Applies:
    """The talk can turn to the future once tempers have come down."""
    return _of_heat(moment, moment.hot)


@rule(CRITERION, WEAK, "focus_future", sources="S3 S4")
def skipped_the_anger(moment: Moment, move: Move) -> Applies:
    """The talk can turn to the future once the past has been heard."""
    return None if any(moment.fits(move, party) for party in moment.present) else _unheard(moment)


@rule(CRITERION, WEAK, "step_back", sources="S4")
def reprimanded_the_boiling(moment: Moment, move: Move) -> Applies:
    """A question can be heard while tempers are short of boiling."""
    return next((party for party in moment.present if moment.heat(party) >= BOILING), None)


@rule(CRITERION, SOUND, "step_back", sources="S4 S3")
def turned_attacks_into_the_problem(moment: Moment, move: Move) -> Applies:
    """Before the boil, attacks can be turned into a question to work on."""
    return _of_heat(moment, moment.hot)


@rule(CRITERION, WEAK, to_the_matter, sources="S4 S3")
def asked_reasons_of_the_angry(moment: Moment, move: Move) -> Applies:
    """An angry side is heard before it is asked for reasons."""
    least = BOILING if move.technique in ("propose", "shuttle") and moment.alone is not None else HOT
    angry = [party for party in moment.hot if moment.heat(party) >= least]
    return _of_heat(moment, angry)


@rule(CRITERION, WEAK, needs_hearing, sources="S4 S3")
def tested_before_hearing(moment: Moment, move: Move) -> Applies:
    """Reality testing shames a side that has not been heard."""
    return _unheard(moment)


@rule(CRITERION, SOUND, "hear_out", sources="S4 S3")
def heard_the_angry(moment: Moment, move: Move) -> Applies:
    """Anger is heard first, in private."""
    return _of_heat(moment, moment.hot)


@rule(CRITERION, SOUND, "hear_out", sources="S4 S3")
def heard_what_was_known(moment: Moment, move: Move) -> Applies:
    """What was found, and wants to be heard, is heard before anything else is asked."""
    return of_cause(moment, _met(moment, move))


@rule(CRITERION, SOUND, "hear_out", sources="S4")
def listened_to_an_attack(moment: Moment, move: Move) -> Applies:
    """An attack may come from anger or from something colder; listening shows which."""
    alone = moment.alone
    if alone is None or moment.in_vain(move, alone) or _heard_before(moment, alone):
        return None
    angry = moment.dispute.catalogue.angry_cues
    heard = next((one for one in moment.open(alone) if one.cue in angry), None)
    return {"cue": cue_name(moment, heard.cue)} if heard else None


@rule(CRITERION, FAIR, "hear_out", sources="S4")
def listened_all_the_same(moment: Moment, move: Move) -> Applies:
    """Listening once without a reason costs half an hour and seldom hurts."""
    return not any(_heard_before(moment, party) for party in moment.present)


@rule(CRITERION, WEAK, "hear_out", sources="S4 S0")
def listened_again(moment: Moment, move: Move) -> Applies:
    """Who has been heard does not have to say it twice."""
    heard = [party for party in moment.present if _heard_before(moment, party)]
    return _of_heat(moment, heard)


def _of_heat(moment: Moment, parties: Sequence[int]) -> Applies:
    """What a rule gives that concerns the first of these sides and how hot it was; None if there is none."""
    return {"party": parties[0], "heat": HEAT[moment.heat(parties[0])]} if parties else None


def _met(moment: Moment, move: Move) -> Barrier | None:
    """What was found in somebody present and is answered by this."""
    return next((b for party in moment.present for b in moment.fits(move, party)), None)


def _unheard(moment: Moment) -> Applies:
    """An anger that was found in somebody present and is not answered."""
    angers = moment.dispute.catalogue.angers
    found = next((b for party in moment.present for b in moment.in_the_way(party) if b.cause in angers), None)
    return of_cause(moment, found)


def _heard_before(moment: Moment, party: int) -> bool:
    id = moment.dispute.parties[party].id
    return any(step.move.technique == "hear_out" and step.before.caucus in (id, "") for step in moment.past)


@rule(CRITERION, SOUND, "call_caucus", sources="S4 S3")
def took_the_angry_aside(moment: Moment, move: Move) -> Applies:
    """A side that is hot is taken where it can be angry without harm."""
    party = moment.side(move.target)
    return _of_heat(moment, [party] if moment.heat(party) >= HOT else [])


@rule(CRITERION, SOUND, "break", sources="S3 S0")
def paused_in_time(moment: Moment, move: Move) -> Applies:
    """Breaks come when energy is low or tempers are high."""
    if moment.hot:
        return {"party": moment.hot[0], "mood": HEAT[moment.heat(moment.hot[0])]}
    return {"party": moment.tired[0], "mood": en.WORN_OUT} if moment.tired else None


@rule(CRITERION, SOUND, "break", sources="S3 S0")
def paused_for_the_spent(moment: Moment, move: Move) -> Applies:
    """Fatigue that was found is met with rest."""
    return next((party for party in moment.present if moment.fits(move, party)), None)


@rule(CRITERION, FAIR, "break", sources="S3")
def paused_early(moment: Moment, move: Move) -> Applies:
    """A pause at the first sign of tiredness is early, and harmless."""
    return next((party for party in moment.present if moment.level(party, "strain")), None)


@rule(CRITERION, WEAK, "break", sources="S3")
def paused_without_need(moment: Moment, move: Move) -> Applies:
    """A pause for no reason may come just when somebody was about to move."""
    return True


@rule(CRITERION, SOUND, "summarize", sources="S3")
def named_the_gains(moment: Moment, move: Move) -> Applies:
    """Gains that are named give heart."""
    counts = {"agreed": 0, "shared": 0}
    for step in reversed(moment.past):
        if step.move.technique == "summarize":
            break
        if step.move.technique in ("tell", "press"):
            continue
        for event in step.events:
            if event.kind in counts:
                counts[event.kind] += 1
    if not any(counts.values()):
        return None
    return {"gain": en.GAINED["agreed" if counts["agreed"] else "shared"]}


@rule(CRITERION, WEAK, "summarize", sources="S3")
def summed_up_nothing(moment: Moment, move: Move) -> Applies:
    """With nothing gained there is nothing to sum up; what was gained may still answer something that was found."""
    gained = moment.view.agreed or moment.facts("shared")
    return not (gained and _met(moment, move))
