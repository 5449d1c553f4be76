"""The coach: what a supervising mediator would ask before a decision. Questions only, never the answer.

Like a judgement, a question is made of what could be known at the moment, and of nothing else. Each concern
below is looked at in turn; the first that the moment gives a reason for is asked about, in three questions
from wide to near. The nearest still leaves it to the trainee what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from caucusroom import Transcript
from caucusroom.model.dispute import Dispute
from caucusroom.model.levels import HEAT, HOT, TICK_MINUTES
from caucusroom.model.sides import SIDES
from caucusroom.voice.naming import duration, lower_first

from .judge import replay
from .moment import Moment
from .rules.book import cause_name
from .rules.forum import PATIENCE, wants_privacy

Seen: TypeAlias = "Mapping[str, object] | bool"


@dataclass(frozen=True)
class Concern:
    """A reason to ask, and the three questions; these may name what `seen` gives."""

    seen: Callable[[Moment], Seen]
    questions: tuple[str, str, str]


def coach(transcript: Transcript, attempt: int | None = None, dispute: Dispute | None = None) -> tuple[str, str, str]:
    """Three questions about the decision that is due in an attempt (by default the last), from wide to near.

    Raises ValueError as `judge` does, and when the mediation is over.
    """
    played = replay(transcript, attempt, dispute)
    if played.state.ending:
        raise ValueError("The mediation is over: there is no decision left to ask about.")
    return questions(played.moment)


def questions(moment: Moment) -> tuple[str, str, str]:
    """The questions of the first concern that this moment gives a reason for."""
    for concern in _CONCERNS:
        seen = concern.seen(moment)
        if seen:
            names = _names(moment, seen if isinstance(seen, Mapping) else {})
            first, second, third = (question.format_map(names) for question in concern.questions)
            return first, second, third
    raise AssertionError("the last concern is always there")


def _names(moment: Moment, seen: Mapping[str, object]) -> dict[str, str]:
    names = {key: str(value) for key, value in seen.items()}
    names["issue"] = lower_first(moment.dispute.issues[moment.topic].name)
    if "party" in seen:
        party = SIDES[int(str(seen["party"]))]
        names |= {"party": moment.name(party), "other": moment.name(party.other)}
    return names


def _unmet_beforehand(moment: Moment) -> Seen:
    met = [moment.done("premeeting", party.id) for party in moment.dispute.parties]
    if not moment.before or all(met):
        return False
    return {"party": met.index(0)}


def _nobody_at_the_table(moment: Moment) -> Seen:
    return moment.before


def _not_ready(moment: Moment) -> Seen:
    found = next((b for b in moment.standing if b.cause == "not_ready"), None)
    return {"party": found.party} if found else False


def _somebody_hot(moment: Moment) -> Seen:
    party = max(SIDES, key=lambda p: (moment.heat(p), p == moment.alone))
    return {"party": party, "heat": HEAT[moment.heat(party)]} if moment.heat(party) >= HOT else False


def _somebody_waiting(moment: Moment) -> Seen:
    for party in SIDES:
        if moment.view.waiting[party] >= PATIENCE - 2:
            return {"party": party, "waited": duration(moment.view.waiting[party] * TICK_MINUTES)}
    return False


def _somebody_worn(moment: Moment) -> Seen:
    return {"party": moment.tired[0]} if moment.tired else False


def _somebody_doubting(moment: Moment) -> Seen:
    doubting = next((party for party in moment.present if moment.level(party, "suspicion")), None)
    return {"party": doubting} if doubting is not None else False


def _unexplained(moment: Moment) -> Seen:
    private = any(wants_privacy(moment, barrier) for barrier in moment.standing) or bool(moment.hot)
    return moment.joint and not moment.view.explained and (private or moment.may_hide(0) or moment.may_hide(1))


def _something_known_in_the_way(moment: Moment) -> Seen:
    here = (b for party in moment.present for b in moment.in_the_way(party))
    barrier = next(here, next(iter(moment.standing), None))
    return {"party": barrier.party, "cause": cause_name(moment, barrier)} if barrier else False


def _something_confided(moment: Moment) -> Seen:
    alone = moment.alone
    return {"party": alone} if alone is not None and moment.facts("confided", alone, here=True) else False


def _something_to_carry(moment: Moment) -> Seen:
    cleared = next((fact for fact in moment.facts("cleared") if fact.party != moment.alone), None)
    return {"party": cleared.party} if cleared else False


def _interest_unknown(moment: Moment) -> Seen:
    unknown = next((party for party in moment.present if not moment.knows_interest(party)), None)
    return {"party": unknown} if unknown is not None else False


def _something_unspoken(moment: Moment) -> Seen:
    party = next((party for party in moment.present if moment.may_hide(party)), None)
    if party is None:
        return False
    cues = moment.cues(party)
    heard = moment.dispute.catalogue.cues[cues[0]]["name"] if cues else "They say less than they could"
    return {"party": party, "cue": lower_first(str(heard))}


def _turn_owed(moment: Moment) -> Seen:
    return {"party": moment.side(moment.view.owed)} if moment.view.owed else False


def _still_apart(moment: Moment) -> Seen:
    return moment.alone is not None


def _agreed_here(moment: Moment) -> Seen:
    agreed = len(moment.view.agreed)
    return moment.view.topic in dict(moment.view.agreed) and agreed < len(moment.dispute.issues)


def _agreed_all(moment: Moment) -> Seen:
    return len(moment.view.agreed) == len(moment.dispute.issues)


def _nothing_to_weigh_yet(moment: Moment) -> Seen:
    return moment.interests_known and not moment.developed


def _ready_to_weigh(moment: Moment) -> Seen:
    return True


_CONCERNS = (
    Concern(
        _unmet_beforehand,
        (
            "What do people need from you before they sit down opposite each other?",
            "Who in this dispute has never heard your voice?",
            "What could {party} learn about you, and you about {party}, while nothing is at stake yet?",
        ),
    ),
    Concern(
        _nobody_at_the_table,
        (
            "What is still missing before this can begin?",
            "Who ought to hear from you, and from each other, what today is for?",
            "Both sides know you now. Where would they have to be for the talk itself to start?",
        ),
    ),
    Concern(
        _somebody_hot,
        (
            "Look at them before you look at the papers. How are they?",
            "Whose anger have you not heard yet?",
            "{party} is {heat}. What does {party} need before a reason can reach it, and who should not be listening?",
        ),
    ),
    Concern(
        _not_ready,
        (
            "Is there anything you can do today that would change this?",
            "Who has told you that it cannot be now, whatever the terms are?",
            "If {party} cannot do it today, what is the best that can be kept of what you have gained?",
        ),
    ),
    Concern(
        _somebody_worn,
        (
            "How much have they got left?",
            "Who in this room would say yes to anything, just to go home?",
            "{party} is worn. What would a yes be worth that {party} gave you now, and what would make it worth more?",
        ),
    ),
    Concern(
        _agreed_all,
        (
            "What will each of them say at home about today?",
            "Would both sides tell you the same if you asked who does what, and by when?",
            "Everything is agreed. Where is it written, and in whose words?",
        ),
    ),
    Concern(
        _somebody_waiting,
        (
            "Who is not in this room?",
            "What do you think the other side is telling itself by now?",
            "{party} has been waiting for {waited}. Is what you are doing here worth what it costs over there?",
        ),
    ),
    Concern(
        _something_confided,
        (
            "What do you know that only one room knows?",
            "To whom does the thing you were told belong?",
            "{party} has told you something on {issue}. Would it help if it were known, and who decides that?",
        ),
    ),
    Concern(
        _something_known_in_the_way,
        (
            "What is it, as far as you have found out, that holds them back?",
            "What have you been told by {party} that you have done nothing about yet?",
            "In the way of {party} stands this: {cause}. What answers that, and is this the room and the time for it?",
        ),
    ),
    Concern(
        _somebody_doubting,
        (
            "What do they think of you just now?",
            "Who might be wondering what goes on behind the other door?",
            "{party} is not sure of you. What would {party} have to hear or see to be sure again?",
        ),
    ),
    Concern(
        _unexplained,
        (
            "If you had to close a door now, what would people make of it?",
            "What do the two sides know about your talking to one of them alone?",
            "Suppose you need a private word about {issue}. What would both of them have to know before that?",
        ),
    ),
    Concern(
        _something_to_carry,
        (
            "What may leave the room it was said in?",
            "What have you been given leave to use, and not used?",
            "{party} has let you have something, in its own words. Who ought to hear it, and where?",
        ),
    ),
    Concern(
        _agreed_here,
        (
            "What is left on the list?",
            "This one is agreed. Have they noticed, and what is not agreed yet?",
            "With {issue} out of the way, which of the open issues are they readiest for?",
        ),
    ),
    Concern(
        _interest_unknown,
        (
            "Do you know what they want, or only what they ask for?",
            "Whose position on {issue} can you repeat without being able to say what it is for?",
            "If {party} got just what it asks for on {issue}, what would that do for it? Do you know, or guess?",
        ),
    ),
    Concern(
        _something_unspoken,
        (
            "Has everything been said?",
            "What did you hear from {party} that can mean more than one thing?",
            "Of {party} you noted this: {cue}. What can be behind it, how could you tell, and who should be listening?",
        ),
    ),
    Concern(
        _turn_owed,
        (
            "Has everybody had the same from you?",
            "Who is counting the minutes?",
            "{other} has had time with you alone. When does {party} get the same?",
        ),
    ),
    Concern(
        _still_apart,
        (
            "Why is this door still closed?",
            "Is there anything left in here that could not be said at the table?",
            "What you came in for is done. What would they now be better told by each other than by you?",
        ),
    ),
    Concern(
        _nothing_to_weigh_yet,
        (
            "You know what each of them needs. What follows from that?",
            "Whose ideas are on the table, and whose should be?",
            "On {issue} you can say in one sentence what each side needs. Who could say what serves both?",
        ),
    ),
    Concern(
        _ready_to_weigh,
        (
            "What have they not decided yet that they could?",
            "Which answer to {issue} would serve what both of them have told you?",
            "Nothing you know of stands in the way on {issue}. What would it take for them to say yes or no to it?",
        ),
    ),
)
"""What a supervisor looks at, the most urgent first."""
