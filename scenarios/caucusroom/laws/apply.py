"""The laws of the room: what the mediator may do, and what follows. One small function a rule.

Two kinds of things decide what a move does. Facts of the matter (rooms, barriers, facts, issues) may
decide freely. Moods and time may only help: with less heat, strain, suspicion or waiting, with more trust
or time, a move never leads to anything worse (tests/test_laws.py). Keep every new rule within that law.
"""

from __future__ import annotations

from collections.abc import Callable

from ..model.catalogue import Technique
from ..model.dispute import Case
from ..model.moves import Move, MoveIllegal
from . import bargaining, rooms
from .draft import Draft
from .events import Event
from .legality import legal_moves, why_not
from .remedy import confide, miss, try_remedy, work_on
from .state import Ending, Flag, Room, State

__all__ = ["apply", "initial", "legal_moves", "why_not"]

SUBSTANCE = frozenset({"explore", "test", "build", "share"})
"""The groups of techniques that go to the matter itself: what angry people answer with an attack."""


def initial(case: Case) -> State:
    """The state in which the mediator arrives: nobody has met yet."""
    dispute = case.dispute
    moods = dispute.moods
    return State(
        room=Room.BEFORE, topic=0, days=dispute.clock.days - 1, clock=dispute.clock.day,
        heat=moods["heat"], trust=moods["trust"], strain=moods["strain"], suspicion=moods["suspicion"],
        waiting=(0, 0), owed=-1, flags=0, found=0, answered=0, known=0, confided=0, cleared=0, shared=0,
        developed=0, agreed=(-1,) * len(dispute.issues), ending=Ending.NONE,
    )  # fmt: skip


def apply(case: Case, state: State, move: Move) -> tuple[State, tuple[Event, ...]]:
    """What follows from a move: the next state and what the mediator perceives.

    Raises MoveIllegal, with the reason in a sentence, for a move that cannot be made now.
    """
    if move not in legal_moves(case, state):
        raise MoveIllegal(why_not(case, state, move))
    technique = case.techniques[move.technique]
    draft = Draft(case, state)
    draft.pass_time(technique.ticks)
    if draft.joint and technique.hurts_in_joint:
        _hurt_in_joint(draft, technique)
    else:
        rule = _RULES.get(technique.id)
        if rule is None:
            try_remedy(draft, technique)
        else:
            rule(draft, technique, move.target)
    if not draft.ending:
        _aftermath(draft, technique)
    return draft.freeze(), tuple(draft.events)


# what happens in the joint session by itself


def _aftermath(draft: Draft, technique: Technique) -> None:
    if draft.joint and (technique.group in SUBSTANCE or technique.hurts_in_joint):
        _simmer(draft)
        _spiral(draft)
    _walk_out(draft)
    if not draft.ending and draft.clock == 0 and draft.days == 0:
        draft.end(Ending.OUT_OF_TIME)


def _simmer(draft: Draft) -> None:
    """Anger that has not been heard comes back as soon as the matter does."""
    for party in (0, 1):
        if not draft.heard(party) and draft.heat[party] < 2:
            draft.heat[party] = 2
            draft.show_cue(party)


def _spiral(draft: Draft) -> None:
    """An attack draws an attack; at boiling it also wears everybody out."""
    hot = [party for party in (0, 1) if draft.heat[party] >= 2]
    for party in hot:
        draft.warm(1 - party)
        draft.tell("spiral", party)
    if 3 in draft.heat:
        draft.tire(0)
        draft.tire(1)
    for party in hot:
        if draft.heat[party] == 3:
            draft.tell("asks_caucus", party)


def _walk_out(draft: Draft) -> None:
    """Boiling is survivable; boiling and spent, or accusing, or without any trust in the mediator, is not."""
    for party in (0, 1):
        if draft.heat[party] == 3 and (
            draft.strained(party) == 3 or draft.suspicion[party] == 3 or draft.trust[party] == 0
        ):
            draft.tell("walked_out", party)
            draft.end(Ending.WALKED_OUT)
            return


# the process


def _explain_caucus(draft: Draft, technique: Technique, target: str) -> None:
    draft.flags |= Flag.EXPLAINED
    for party in draft.present:
        draft.doubt(party, -1)
        if not work_on(draft, party, technique):
            draft.tell("eased", party, technique.id)


def _stage_plan(draft: Draft, technique: Technique, target: str) -> None:
    clock = draft.case.dispute.clock
    draft.flags |= Flag.STAGED
    draft.days += clock.stages - clock.days
    draft.clock = min(draft.clock, clock.stage)
    for party in draft.present:
        if not work_on(draft, party, technique, anywhere=True):
            draft.tell("eased", party, technique.id)


def _turn_to(draft: Draft, technique: Technique, target: str) -> None:
    draft.topic = draft.case.index["issue"][target]
    draft.tell("took_up", about=target)
    for party in draft.present:
        draft.show_surface(party, draft.topic)


def _break(draft: Draft, technique: Technique, target: str) -> None:
    """A pause takes the edge off; it does not make anybody fresh."""
    for party in draft.present:
        draft.strain[party] = min(draft.strain[party], 1)
        draft.heat[party] = min(draft.heat[party], 2)
        draft.tell("eased", party, technique.id)
        work_on(draft, party, technique)


def _adjourn(draft: Draft, technique: Technique, target: str) -> None:
    """Another day. Homework for what was found; a retreat with nothing gained costs the mediator trust."""
    if draft.days == 0:
        draft.end(Ending.ADJOURNED)
        return
    homework = [work_on(draft, party, technique, anywhere=True, say="homework") for party in (0, 1)]
    nothing_gained = draft.agreed.count(-1) == len(draft.agreed) and not any(homework)
    if nothing_gained and not draft.flags & Flag.STAGED:
        draft.lose_trust(0)
        draft.lose_trust(1)
        draft.tell("missed", 0, technique.id)
        draft.tell("missed", 1, technique.id)
    elif not any(homework):
        draft.tell("eased", 0, technique.id)
        draft.tell("eased", 1, technique.id)
    clock = draft.case.dispute.clock
    draft.days -= 1
    draft.clock = clock.stage if draft.flags & Flag.STAGED else clock.day
    draft.waiting = [0, 0]
    draft.room = Room.JOINT
    for party in (0, 1):
        draft.rest(party, 2)
        draft.cool(party)


def _bring_decider(draft: Draft, technique: Technique, target: str) -> None:
    party = draft.case.index["party"][target]
    if work_on(draft, party, technique):
        draft.tell("decider_came", party)
    else:
        draft.tire(party)
        draft.tell("missed", party, technique.id)


def _expert(draft: Draft, technique: Technique, target: str) -> None:
    """An expert whom one side chose alone is that side's expert."""
    if draft.joint:
        try_remedy(draft, technique)
    else:
        draft.doubt(1 - draft.present[0])
        draft.tell("hurt", draft.present[0], technique.id)


def _conclude(draft: Draft, technique: Technique, target: str) -> None:
    draft.end(Ending.PART_SETTLEMENT if -1 in draft.agreed else Ending.SETTLEMENT)


def _close_open(draft: Draft, technique: Technique, target: str) -> None:
    """To somebody who is known not to be ready it is a kindness; to anybody else it may be too early."""
    unready = [b for bit, b in draft.case.real if b.cause == "not_ready" and draft.found & bit]
    for barrier in unready:
        draft.tell("helped", barrier.party, technique.id, barrier.id)
    if not unready:
        for party in draft.present:
            draft.tell("missed", party, technique.id)
    draft.end(Ending.STOPPED)


# people


def _hurt_in_joint(draft: Draft, technique: Technique) -> None:
    """What belongs in private, done in front of the other side: shame, threat or taking sides."""
    for party in (0, 1):
        if technique.id == "coach":
            draft.doubt(party)
        else:
            draft.warm(party)
        if technique.group == "test" or technique.id == "coach":
            draft.lose_trust(party)
        draft.tell("hurt", party, technique.id)


def _hear_out(draft: Draft, technique: Technique, target: str) -> None:
    """Being heard cools, and opens whoever had closed. The anger itself comes out on the way."""
    (party,) = draft.present
    draft.cool(party)
    draft.trust[party] = max(draft.trust[party], 1)
    if not work_on(draft, party, technique, finds=1):
        draft.tell("eased", party, technique.id)


def _step_back(draft: Draft, technique: Technique, target: str) -> None:
    """Works on people who are tense or hot; somebody boiling cannot hear it."""
    for party in draft.present:
        if draft.heat[party] <= 2:
            draft.cool(party)
            draft.tell("eased", party, technique.id)
            work_on(draft, party, technique)
        elif not work_on(draft, party, technique):
            draft.tell("early", party, technique.id, "heat")


def _summarize(draft: Draft, technique: Technique, target: str) -> None:
    """Gains named give heart. With nothing agreed and nothing learnt there are none to name."""
    if not draft.shared and draft.agreed.count(-1) == len(draft.agreed):
        for party in (0, 1):
            miss(draft, party, technique)
        return
    for party in (0, 1):
        draft.strain[party] = min(draft.strain[party], 1)
        draft.heat[party] = min(draft.heat[party], 1)
        draft.tell("eased", party, technique.id)
        work_on(draft, party, technique)


def _look_deeper(draft: Draft, technique: Technique, target: str) -> None:
    """Under the position: the interest, the cause if trust allows, and in private what is kept back."""
    for party in draft.present:
        reach = draft.trusts(party) - draft.joint
        if reach < (0 if draft.joint else 1) or draft.heat[party] > 2:
            draft.tell("wall", party)
            draft.show_cue(party)
            continue
        news = not draft.knows_interest(party)
        if news:
            draft.known |= 1 << (party * len(draft.agreed) + draft.topic)
            draft.tell("interest", party, draft.case.dispute.issues[draft.topic].id)
        for bit, barrier in draft.case.real:
            on_topic = barrier.party == party and barrier.issue == draft.topic
            if on_topic and barrier.depth <= reach and not (draft.found | draft.answered) & bit:
                draft.find(bit, barrier)
                news = True
        news |= not draft.joint and confide(draft, party)
        if draft.hidden(party) is not None:
            draft.tell("wall", party)
            draft.show_cue(party)
        elif not news:
            draft.tell("nothing_more", party, technique.id)


def _ask_need(draft: Draft, technique: Technique, target: str) -> None:
    """What stands in the way at all: also what concerns no single issue."""
    (party,) = draft.present
    reach = draft.trusts(party)
    before = draft.found
    for bit, barrier in draft.case.real:
        if draft.standing(party) & ~draft.found & bit and barrier.depth <= reach:
            draft.find(bit, barrier)
    news = draft.found != before
    news |= work_on(draft, party, technique)
    news |= reach > 0 and confide(draft, party)
    if draft.hidden(party) is not None:
        draft.tell("wall", party)
        draft.show_cue(party)
    elif not news:
        draft.tell("nothing_more", party, technique.id)


Rule = Callable[[Draft, Technique, str], None]

_RULES: dict[str, Rule] = {
    "open_session": rooms.open_session,
    "premeeting": rooms.premeeting,
    "call_caucus": rooms.call_caucus,
    "rejoin": rooms.rejoin,
    "explain_caucus": _explain_caucus,
    "stage_plan": _stage_plan,
    "park": _turn_to,
    "take_up": _turn_to,
    "break": _break,
    "adjourn": _adjourn,
    "bring_decider": _bring_decider,
    "expert": _expert,
    "hear_out": _hear_out,
    "step_back": _step_back,
    "summarize": _summarize,
    "look_deeper": _look_deeper,
    "ask_need": _ask_need,
    "options": bargaining.options,
    "invite_offer": bargaining.invite_offer,
    "allay_sharing": bargaining.allay_sharing,
    "share": bargaining.share,
    "tell": bargaining.tell,
    "rule": bargaining.rule,
    "propose": bargaining.propose,
    "shuttle": bargaining.shuttle,
    "press": bargaining.press,
    "conclude": _conclude,
    "close_open": _close_open,
}
"""The rule of each technique that does more than answer the causes it answers."""
