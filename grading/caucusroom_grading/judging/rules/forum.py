"""Criterion 2: the right room for the purpose, at the right moment, and back in time."""

from __future__ import annotations

from caucusroom import Move
from caucusroom.laws.techniques import law_of
from caucusroom.model.levels import HOT, TICK_MINUTES
from caucusroom.model.sides import SIDES
from caucusroom.voice.naming import duration

from ..finding import FAIR, HARMFUL, SOUND, WEAK
from ..moment import Moment
from .book import Applies, against_it, any_technique, cue_name, of_cause, rule

CRITERION = "forum_and_timing"
PATIENCE = 8
"""Ticks of waiting from which a side has waited long (two hours)."""
DAY_OVER = 3
"""Ticks with which nothing more can be begun today."""
MANY_PARKED = 4


@rule(CRITERION, HARMFUL, "reality_test", "human_cost", sources="S3 S4")
def tested_in_front_of_the_other(moment: Moment, move: Move) -> Applies:
    """What shames a side is asked behind a closed door."""
    return 0 if moment.hurts(moment.technique(move)) else None


@rule(CRITERION, WEAK, "cost_of_no_deal", sources="S3")
def threatened_at_the_table(moment: Moment, move: Move) -> Applies:
    """What not settling costs may be asked in any room, with care: not of the angry, and not without trust."""
    return against_it(moment) if moment.hurts(moment.technique(move)) else None


@rule(CRITERION, WEAK, any_technique, sources="S0 S4")
def kept_the_other_waiting(moment: Moment, move: Move) -> Applies:
    """Dead time behind a closed door wears a side out and makes it wonder."""
    if moment.alone is None or leaves_the_room(move.technique):
        return None
    away = moment.alone.other
    waited = moment.view.waiting[away]
    return {"party": away, "waited": duration(waited * TICK_MINUTES)} if waited >= PATIENCE else None


@rule(CRITERION, WEAK, "premeeting", sources="S2 X6")
def met_again_beforehand(moment: Moment, move: Move) -> Applies:
    """Meeting beforehand is for getting acquainted; the matter itself waits for the session."""
    return bool(moment.done("premeeting", move.target))


# doors


@rule(CRITERION, SOUND, "call_caucus", sources="S4 S3")
def closed_a_door_on_heat(moment: Moment, move: Move) -> Applies:
    """A caucus is the place for a side that is hot."""
    return moment.heat(moment.side(move.target)) >= HOT


@rule(CRITERION, SOUND, "call_caucus", sources="S3 S4")
def closed_a_door_for_a_cause(moment: Moment, move: Move) -> Applies:
    """What has been found and needs privacy is a purpose for a caucus."""
    party = moment.side(move.target)
    private = next((b for b in moment.standing if b.party == party and moment.private(b)), None)
    return of_cause(moment, private)


@rule(CRITERION, SOUND, "call_caucus", sources="S2 S4")
def closed_a_door_for_consent(moment: Moment, move: Move) -> Applies:
    """Leave to carry something is asked where it was told."""
    return bool(moment.facts("confided", moment.side(move.target)))


@rule(CRITERION, SOUND, "call_caucus", sources="S1 S4")
def closed_a_door_for_balance(moment: Moment, move: Move) -> Applies:
    """That the other side is owed a turn is a purpose by itself."""
    return moment.view.owed == move.target


@rule(CRITERION, SOUND, "call_caucus", sources="S3 S4")
def closed_a_door_on_a_wall(moment: Moment, move: Move) -> Applies:
    """What met a wall at the table can be asked alone."""
    party = moment.side(move.target)
    return any(wall.side == party and wall.joint and not wall.overcome for wall in moment.heard.walls)


@rule(CRITERION, SOUND, "call_caucus", sources="S3 S4")
def closed_a_door_to_ask(moment: Moment, move: Move) -> Applies:
    """What a side let show in front of the other can be asked about alone."""
    heard = moment.open(moment.side(move.target))
    return {"cue": cue_name(moment, heard[0].cue)} if heard else None


@rule(CRITERION, SOUND, "call_caucus", sources="S3 S4")
def closed_a_door_on_a_question(moment: Moment, move: Move) -> Applies:
    """Interests are more easily named when the other side is not listening."""
    return not moment.settled and not moment.knows_interest(moment.side(move.target))


@rule(CRITERION, SOUND, "call_caucus", sources="S3 S4")
def closed_a_door_on_a_no(moment: Moment, move: Move) -> Applies:
    """What is behind a no is more easily said when the other side is not listening."""
    return moment.says_no(moment.side(move.target))


@rule(CRITERION, FAIR, "call_caucus", sources="S2 S4")
def closed_a_door_to_carry(moment: Moment, move: Move) -> Applies:
    """What is cleared can be carried next door, or said to everybody."""
    return bool(moment.facts("cleared", moment.side(move.target).other))


@rule(CRITERION, WEAK, "call_caucus", sources="S1 S3 X7")
def closed_a_door_for_nothing(moment: Moment, move: Move) -> Applies:
    """A caucus without a purpose costs the other side's time and its trust."""
    return True


@rule(CRITERION, SOUND, "rejoin", sources="S1 S4")
def came_back_calm(moment: Moment, move: Move) -> Applies:
    """Back to the table as soon as the private work is done and tempers allow it."""
    return max(moment.heat(0), moment.heat(1)) < HOT


@rule(CRITERION, FAIR, "rejoin", sources="S1")
def came_back(moment: Moment, move: Move) -> Applies:
    """Coming back counts, whenever it is."""
    return next((party for party in SIDES if moment.heat(party) >= HOT), None)


@rule(CRITERION, SOUND, "shuttle", sources="S4 S1")
def carried_between_the_angry(moment: Moment, move: Move) -> Applies:
    """Between sides that cannot face each other yet, proposals are carried."""
    return next((party for party in SIDES if moment.heat(party) >= HOT), None)


@rule(CRITERION, FAIR, "shuttle", sources="S4 X7")
def carried_what_could_be_said(moment: Moment, move: Move) -> Applies:
    """What the sides can say to each other need not be carried."""
    return True


@rule(CRITERION, FAIR, "conclude", sources="S1 S4 X7")
def wrote_up_what_was_only_carried(moment: Moment, move: Move) -> Applies:
    """Sides that never agree to each other's face keep no agreement."""
    agreed = [step for step in moment.past if len(step.after.agreed) > len(step.before.agreed)]
    return bool(agreed) and all(step.move.technique == "shuttle" for step in agreed)


# issues


@rule(CRITERION, SOUND, "take_up", sources="S2 S3")
def took_the_next(moment: Moment, move: Move) -> Applies:
    """One issue agreed, the next is taken up."""
    return True


@rule(CRITERION, WEAK, "park", sources="S3")
def parked_at_once(moment: Moment, move: Move) -> Applies:
    """An issue that is left before anything was tried is only pushed around."""
    return moment.past[-1].move.technique in ("park", "take_up") and not moment.interests_known


@rule(CRITERION, WEAK, "park", sources="S3")
def parked_everything(moment: Moment, move: Move) -> Applies:
    """When everything is parked the hard issue is still there at the end of the day."""
    parked = moment.done("park")
    return {"times": parked} if parked >= MANY_PARKED else None


@rule(CRITERION, FAIR, "park", sources="S3 S4")
def parked_in_anger(moment: Moment, move: Move) -> Applies:
    """Anger comes along to the next issue."""
    return moment.hot[0] if moment.hot else None


@rule(CRITERION, SOUND, "park", sources="S3")
def parked_the_stuck(moment: Moment, move: Move) -> Applies:
    """An issue that is stuck is left for an easier one, to come back to."""
    stuck = next((b for b in moment.standing if b.issue == moment.topic), None)
    return of_cause(moment, stuck)


@rule(CRITERION, SOUND, "park", sources="S3")
def turned_to_the_unasked(moment: Moment, move: Move) -> Applies:
    """The order of the issues is the mediator's to try."""
    issue = moment.index("issue", move.target)
    return not (moment.knows_interest(0, issue) and moment.knows_interest(1, issue))


@rule(CRITERION, FAIR, "park", sources="S3")
def parked_the_easy(moment: Moment, move: Move) -> Applies:
    """An issue on which one can go on need not be left."""
    return True


# days


@rule(CRITERION, SOUND, "adjourn", sources="S3 S0")
def adjourned_for_a_cause(moment: Moment, move: Move) -> Applies:
    """Adjourn when what is missing today can be had by then."""
    found = next((b for party in SIDES for b in moment.fits(move, party, anywhere=True)), None)
    return of_cause(moment, found)


@rule(CRITERION, SOUND, "adjourn", sources="S3 S0")
def adjourned_for_the_unready(moment: Moment, move: Move) -> Applies:
    """A recess leaves them the time that nothing else can give."""
    return of_cause(moment, moment.unready)


@rule(CRITERION, SOUND, "adjourn", sources="S0")
def adjourned_at_the_end(moment: Moment, move: Move) -> Applies:
    """Better another day than an agreement made to go home."""
    late = moment.view.clock <= DAY_OVER
    return {"left": duration(moment.view.clock * TICK_MINUTES)} if late else None


@rule(CRITERION, SOUND, "adjourn", sources="S0 S3")
def adjourned_for_the_tired(moment: Moment, move: Move) -> Applies:
    """Nobody should decide when they are spent."""
    return next((party for party in SIDES if moment.level(party, "strain") >= 2), None)


@rule(CRITERION, WEAK, "adjourn", sources="S3")
def put_off_the_hard_talk(moment: Moment, move: Move) -> Applies:
    """An adjournment that avoids the hard conversation finds it waiting."""
    if not moment.view.days:
        return None
    return {"left": duration(moment.view.clock * TICK_MINUTES)}


@rule(CRITERION, SOUND, "stage_plan", sources="S0 X8")
def staged_for_a_cause(moment: Moment, move: Move) -> Applies:
    """Stages answer what one long day cannot: rest, the right people, faith in the process."""
    found = next((b for party in moment.heard_by for b in moment.fits(move, party, anywhere=True)), None)
    return of_cause(moment, found)


@rule(CRITERION, SOUND, "stage_plan", sources="S0 X8")
def staged_for_the_tired(moment: Moment, move: Move) -> Applies:
    """One long day wears people out; stages do not."""
    return next((party for party in moment.present if moment.level(party, "strain") >= 2), None)


@rule(CRITERION, SOUND, "stage_plan", sources="S0 X8")
def staged_with_them(moment: Moment, move: Move) -> Applies:
    """A process that is shaped with the sides, before it begins, is theirs."""
    return moment.before and all(moment.done("premeeting", party.id) for party in moment.dispute.parties)


@rule(CRITERION, FAIR, "stage_plan", sources="S0 X8")
def staged_beforehand(moment: Moment, move: Move) -> Applies:
    """Stages designed beforehand are a trade-off, and the best plan differs between disputes."""
    return all(moment.technique(turn.move).group == "open" for turn in moment.past)


@rule(CRITERION, WEAK, "stage_plan", sources="S0 X8")
def staged_for_nothing(moment: Moment, move: Move) -> Applies:
    """Stages without a reason let a dispute drift."""
    return True


def leaves_the_room(technique: str) -> bool:
    """Whether it opens a door, by its law: to the other room, to the table or to go home."""
    return bool(law_of(technique).brings & {"parted", "boiling", "homework", "ended"})
