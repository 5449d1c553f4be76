"""Criterion 9: the sides decide, with their eyes open, and the end fits."""

from __future__ import annotations

from caucusroom import Move
from caucusroom.laws.events import GAINS
from caucusroom.model.catalogue import NOT_READY, Technique
from caucusroom.model.dispute import Barrier
from caucusroom.model.levels import DOUBTING, HOT, SPENT, TABLE, TICK_MINUTES
from caucusroom.model.sides import SIDES
from caucusroom.voice.naming import duration

from ..answering import techniques_for
from ..finding import FAIR, HARMFUL, SOUND, WEAK
from ..moment import Moment
from ..threads import WALLED
from .book import Applies, cue_name, of_cause, rule
from .forum import DAY_OVER

CRITERION = "self_determination"


@rule(CRITERION, HARMFUL, "press", sources="S0 X1 X10")
def pushed_for_a_yes(moment: Moment, move: Move) -> Applies:
    """A yes that is pushed out of somebody is not theirs."""
    return True


@rule(CRITERION, HARMFUL, "propose", "shuttle", sources="S0 X1")
def asked_the_spent(moment: Moment, move: Move) -> Applies:
    """Somebody who is spent is not taken at their word."""
    return next((party for party in moment.present if moment.level(party, "strain") >= SPENT), None)


@rule(CRITERION, WEAK, "propose", "shuttle", sources="S3 X1")
def asked_past_a_cause(moment: Moment, move: Move) -> Applies:
    """What is known to hold a side back is met before it is asked to decide."""
    parties = moment.present if move.technique == "propose" else SIDES
    standing = next((b for party in parties for b in moment.in_the_way(party)), None)
    return of_cause(moment, standing)


@rule(CRITERION, WEAK, "propose", "shuttle", sources="S1 S4")
def asked_the_doubting(moment: Moment, move: Move) -> Applies:
    """A side that doubts the mediator takes no proposal from that hand."""
    return next((party for party in moment.present if moment.level(party, "suspicion") >= DOUBTING), None)


@rule(CRITERION, WEAK, "propose", "shuttle", sources="S3 X1")
def asked_again(moment: Moment, move: Move) -> Applies:
    """A no is an answer; asking it again without anything new is pushing."""
    for step in reversed(moment.past):
        if any(event.kind in GAINS for event in step.events):
            return None
        no = next((e for e in step.events if e.kind in ("refuses", "not_open_to") and e.about == move.target), None)
        if no is not None:
            party = moment.side(no.party)
            mood = {"heat": 1, "suspicion": 1}
            over = no.why in mood and moment.level(party, no.why) <= mood[no.why]  # what the no came from is over
            return None if over else party
    return None


@rule(CRITERION, FAIR, "propose", "shuttle", sources="S3 X9")
def asked_with_something_unheard(moment: Moment, move: Move) -> Applies:
    """Where something showed that nobody has followed, terms may be put; they are put past it."""
    if moment.option(move).open:
        return None
    parties = moment.present if move.technique == "propose" else SIDES
    heard = next((one for party in parties for one in moment.open(party)), None)
    return {"party": heard.side, "cue": cue_name(moment, heard.cue)} if heard else None


@rule(CRITERION, SOUND, "propose", sources="S3 X1 X10")
def let_them_weigh_it(moment: Moment, move: Move) -> Applies:
    """Sides that know what they need and are free to say no can decide."""
    return moment.joint and moment.interests_known and not moment.option(move).open and not moment.hot


@rule(CRITERION, SOUND, "propose", sources="S3 X1")
def sounded_it_out(moment: Moment, move: Move) -> Applies:
    """In private a side can weigh an idea without committing itself."""
    return not moment.joint and moment.interests_known and not moment.option(move).open


@rule(CRITERION, SOUND, "shuttle", sources="S4 X1")
def carried_their_proposal(moment: Moment, move: Move) -> Applies:
    """What is carried is marked as the side's own."""
    return moment.interests_known and not moment.option(move).open


# ending


@rule(CRITERION, SOUND, "conclude", sources="S0 X1")
def wrote_it_up(moment: Moment, move: Move) -> Applies:
    """What is agreed is written down while everybody is there."""
    return len(moment.view.agreed) == len(moment.dispute.issues)


@rule(CRITERION, SOUND, "conclude", sources="S3 X1")
def wrote_up_for_the_unready(moment: Moment, move: Move) -> Applies:
    """A part that holds is worth writing down when somebody is not ready for more."""
    known = moment.unready
    return {"party": known.party, "open_issues": _open_issues(moment)} if known else None


@rule(CRITERION, SOUND, "conclude", sources="S3 X1")
def wrote_up_at_the_end(moment: Moment, move: Move) -> Applies:
    """A part that holds is worth writing down when there is no time for more."""
    return {"open_issues": _open_issues(moment)} if _is_late(moment) else None


@rule(CRITERION, FAIR, "conclude", sources="S3")
def wrote_up_what_could_be_had(moment: Moment, move: Move) -> Applies:
    """A part is worth writing down where each of the others was worked on and stands open for a reason."""
    return all(reason_open(moment, issue) for issue in open_issues(moment)) and {"open_issues": _open_issues(moment)}


@rule(CRITERION, WEAK, "conclude", sources="S3")
def wrote_up_too_soon(moment: Moment, move: Move) -> Applies:
    """An issue is left open when it has been worked on, not before."""
    return {"open_issues": _open_issues(moment), "left": _left(moment)}


@rule(CRITERION, WEAK, "close_open", "adjourn", sources="S0 X1")
def left_it_unwritten(moment: Moment, move: Move) -> Applies:
    """What everybody has agreed to and nobody has written down is remembered in two ways."""
    ends = move.technique == "close_open" or not moment.view.days
    return ends and not open_issues(moment)


@rule(CRITERION, SOUND, "close_open", sources="S3 X1")
def stopped_with_respect(moment: Moment, move: Move) -> Applies:
    """Where somebody is not ready, the good end is a respectful stop."""
    return of_cause(moment, moment.unready)


@rule(CRITERION, FAIR, "close_open", sources="S3 X9")
def stopped_on_what_was_heard(moment: Moment, move: Move) -> Applies:
    """That somebody may not be ready can be heard, and asked about, without being told."""
    unready = moment.dispute.catalogue.causes[NOT_READY]["cues"]
    walled = (one for one in moment.unresolved if one.cue in unready and one.standing == WALLED)
    heard = next(walled, None)
    return {"party": heard.side, "cue": cue_name(moment, heard.cue)} if heard else None


@rule(CRITERION, FAIR, "close_open", sources="S3")
def ended_before_the_door(moment: Moment, move: Move) -> Applies:
    """A stop before a walk-out keeps a way back."""
    return next((p for p in moment.present if moment.heat(p) > HOT and moment.level(p, "strain") >= 2), None)


@rule(CRITERION, SOUND, "adjourn", sources="S3 S0")
def adjourned_for_good_reason(moment: Moment, move: Move) -> Applies:
    """A later date is a good end when it is known what it is for."""
    if moment.view.days:
        return None
    found = next((b for party in SIDES for b in moment.fits(move, party, anywhere=True)), None)
    return of_cause(moment, found or moment.unready)


@rule(CRITERION, FAIR, "close_open", "adjourn", sources="S3")
def ended_before_the_clock(moment: Moment, move: Move) -> Applies:
    """An end that is spoken is better than one that happens."""
    return _is_late(moment)


@rule(CRITERION, WEAK, "close_open", sources="S3")
def gave_up_early(moment: Moment, move: Move) -> Applies:
    """Given up too early, a mediation ends where something could still have been found."""
    return {"left": _left(moment)}


@rule(CRITERION, WEAK, "adjourn", sources="S3")
def adjourned_into_nothing(moment: Moment, move: Move) -> Applies:
    """A later date with nothing to bring to it is a stop without words."""
    return None if moment.view.days else {"left": _left(moment)}


def open_issues(moment: Moment) -> list[int]:
    """The issues that are not agreed."""
    agreed = dict(moment.view.agreed)
    return [place for place, issue in enumerate(moment.dispute.issues) if issue.id not in agreed]


def reason_open(moment: Moment, issue: int) -> bool:
    """Whether there is a known reason why an issue stands open: terms that came from the work were refused, or what is
    in the way was met in vain by what answers it in others, or is answered by nothing that there is."""
    options = moment.dispute.options
    for kind in ("refuses", "not_open_to"):
        for _, event in moment.events(kind):
            option = options[moment.index("option", event.about)]
            if option.issue == issue and not option.open:
                return True
    return stuck_on(moment, issue) is not None


def stuck_on(moment: Moment, issue: int) -> Barrier | None:
    """What is known to be in the way on an issue and was met in vain by all that was open, or that nothing answers."""
    resisted = {barrier for _, barrier in moment.heard.resisted}
    here = (barrier for barrier in moment.standing if barrier.issue in (issue, TABLE))
    met = (b for b in here if b.cause == NOT_READY or (b.id in resisted and untried(moment, b) is None))
    return next(met, None)


def untried(moment: Moment, barrier: Barrier) -> Technique | None:
    """What else answers such a cause, was not used since it was found, and could be now: by trust, temper and time."""
    if _is_late(moment):
        return None
    found = next((step.number for step, event in moment.events("found") if event.about == barrier.id), 0)
    used = {step.move.technique for step in moment.past[found:]}
    open_to_them = (one for one in techniques_for(moment.dispute, moment.heard, barrier) if one.id not in used)
    return next((one for one in open_to_them if one.is_remedy and _can_be_taken(moment, barrier.party, one)), None)


def _can_be_taken(moment: Moment, party: int, technique: Technique) -> bool:
    needs = technique.needs
    unheard = needs.heard and any(moment.cause(b).anger for b in moment.standing if b.party == party)
    calm = moment.level(party, "trust") >= needs.trust and moment.heat(party) <= needs.heat
    return calm and not unheard and (moment.view.days > 0 or technique.ticks <= moment.view.clock)


def _is_late(moment: Moment) -> bool:
    """Whether the last day is nearly over."""
    return moment.view.clock <= DAY_OVER and not moment.view.days


def _open_issues(moment: Moment) -> str:
    return " and ".join(f"“{moment.dispute.issues[place].name}”" for place in open_issues(moment))


def _left(moment: Moment) -> str:
    days = moment.view.days
    today = duration(moment.view.clock * TICK_MINUTES)
    later = [] if not days else ["a day" if days == 1 else f"{days} days"]
    return " and ".join([today] * bool(moment.view.clock or not days) + later)
