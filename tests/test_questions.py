"""Asking has a price and an aim: what was heard is followed, one thing at a time, to whom it belongs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

import pytest
from caucusroom import Move, catalogue, load, scenarios, view
from caucusroom.laws.apply import apply
from caucusroom.laws.draft import Draft
from caucusroom.laws.events import Event
from caucusroom.laws.legality import legal_moves, why_not
from caucusroom.model.dispute import Case, Dispute
from caucusroom.model.gathering import CAUCUS, EVERYBODY, sides_in
from caucusroom.model.levels import BOILING, TABLE
from caucusroom.model.sides import SIDES, Side
from caucusroom.voice.voice import Voice

from tests.fence import made_up
from tests.plays import CASES, RASH, THOROUGH, Step, any_play, disturbed, moment

TECHNIQUES = catalogue().techniques
QUESTIONS = frozenset(id for id, one in TECHNIQUES.items() if one.act == "question")
ROOMS = (EVERYBODY, *CAUCUS)
PLAYS = 3_000 if THOROUGH else 400


class Asked(NamedTuple):
    """One side that was asked something, and what it did."""

    its: Case
    side: Side
    step: Step
    told: tuple[Event, ...]

    @property
    def kinds(self) -> set[str]:
        return {event.kind for event in self.told}

    @property
    def before(self) -> Draft:
        return Draft(self.its, self.step.before)

    @property
    def trust(self) -> int:
        """What was asked did to its trust."""
        return self.step.after.trust[self.side] - self.step.before.trust[self.side]

    @property
    def followed(self) -> bool:
        """Whether it had itself given the sign that was asked after."""
        move = self.step.move
        return move.technique == "follow_up" and bool(
            self.step.before.heard & self.before.thread(self.side, move.target)
        )


def plays() -> Iterator[tuple[Case, list[Step]]]:
    for number in range(PLAYS):
        random = Random(number)
        its = random.choice(CASES) if number % 2 else made_up(random)
        yield its, list(any_play(its, random, RASH))


def all_asked() -> Iterator[Asked]:
    """Each side that is there, at every question that is possible at some moment of some play, in any room."""
    for number in range(PLAYS):
        random = Random(number)
        its = random.choice(CASES) if number % 2 else made_up(random)
        state = disturbed(its, moment(its, random), random)._replace(gathered=random.choice(ROOMS), clock=20)
        for move in legal_moves(its, state):
            if move.technique in QUESTIONS:
                step = Step(state, move, *apply(its, state, move))
                for side in sides_in(state.gathered):
                    id = its.dispute.parties[side].id
                    yield Asked(its, side, step, tuple(event for event in step.events if event.party == id))


ASKED = list(all_asked())


def test_every_question_has_an_aim_and_every_sign_can_be_followed_wherever_people_sit() -> None:
    """What is offered betrays nothing: not even which signs there were."""
    assert {TECHNIQUES[id].target for id in QUESTIONS} == {"none", "cue", "person"}, "an issue, a sign, a person"
    for its in CASES:
        for gathered in ROOMS:
            state = moment(its, Random(1))._replace(gathered=gathered, clock=20)
            assert all(why_not(its, state, Move("follow_up", cue)) is None for cue in catalogue().cues)


def test_one_question_brings_one_thing() -> None:
    met: Counter[str] = Counter()
    for asked in ASKED:
        brought = [event.kind for event in asked.told if event.kind in ("found", "confided", "interest")]
        assert len(brought) <= 1, asked.step
        met.update(brought)
    assert min(met.values()) > 20 and len(met) == 3, met


def test_whoever_is_alone_with_the_mediator_answers_and_at_the_table_somebody_does() -> None:
    for asked in ASKED:
        assert asked.told if not asked.before.joint else asked.step.events, asked.step


def test_nobody_who_hides_something_says_that_there_is_nothing_more() -> None:
    said = [asked for asked in ASKED if "nothing_more" in asked.kinds]
    assert len(said) > 50
    assert not any(asked.before.hidden(asked.side) for asked in said)


def test_only_a_sign_that_nobody_gave_is_misheard() -> None:
    for asked in ASKED:
        if asked.step.move.technique == "follow_up":
            all_told = {event.kind for event in asked.step.events}
            assert asked.followed != ("misheard" in asked.kinds) or "misheard" not in all_told, asked.step
    assert sum("misheard" in asked.kinds for asked in ASKED) > 50 < sum(asked.followed for asked in ASKED)


def test_what_was_heard_is_what_was_shown_and_what_was_said_outright() -> None:
    """No thread is open that the mediator never heard of; and one followed to its end is never shown again."""
    for its, steps in plays():
        shown, cues = 0, its.index["cue"]
        for step in steps:
            draft = Draft(its, step.before)
            for event in step.events:
                if event.kind == "cue":
                    thread = draft.thread(its.dispute.side(event.party), event.about)
                    assert not step.before.followed & thread, step
                    shown |= thread
                if event.kind in ("found", "helped", "homework"):
                    name = event.about if event.about in its.index["barrier"] else event.why
                    barrier = its.dispute.barriers[its.index["barrier"][name]]
                    shown |= draft.thread(barrier.party, its.cue(barrier))
            assert step.after.heard == shown and not step.after.followed & ~shown, step
        assert shown < 1 << len(SIDES) * len(cues)


def test_fishing_costs_trust_and_following_never_does() -> None:
    costs: Counter[str] = Counter()
    for asked in ASKED:
        technique = asked.step.move.technique
        fishing = not asked.before.is_open(asked.side) and not asked.kinds & {"interest", "found", "confided", "helped"}
        if technique == "follow_up":
            fishing = "misheard" in asked.kinds
            assert not (asked.followed and asked.trust < 0), asked.step
        if asked.trust < 0:
            assert fishing, asked.step
            costs[technique] += 1
    assert costs.keys() == QUESTIONS and min(costs.values()) > 10, costs


def test_who_has_it_opens_when_asked() -> None:
    """Asked alone, a calm person who trusts the mediator enough says what is in their way on the issue."""
    opened = 0
    for asked in ASKED:
        if asked.step.move.technique == "ask_need" and asked.before.heat[asked.side] < BOILING:
            reach, hidden = asked.before.trusts(asked.side), ~(asked.step.before.found | asked.step.before.answered)
            theirs = {
                barrier.id
                for bit, barrier in asked.its.real
                if barrier.who == asked.step.move.target and hidden & bit
                and barrier.issue in (TABLE, asked.step.before.topic) and barrier.depth <= reach
            }  # fmt: skip
            found = {event.about for event in asked.told if event.kind == "found"}
            assert len(found) == bool(theirs) and found <= theirs, asked.step
            opened += bool(found)
    assert opened > 20


def test_what_belongs_to_a_person_is_said_by_that_person() -> None:
    """What is found, what is told in confidence, and why somebody is not reached; and who was asked answers."""
    spoken: Counter[str] = Counter()
    for its, steps in plays():
        voice = Voice(its.dispute)
        for step in steps:
            before, after = view(its, step.before), view(its, step.after)
            voice.say(step.move, before)
            for event in dict.fromkeys(step.events):
                owner = its_person(its.dispute, step.move, event)
                if owner:
                    (speech,) = voice.answer(step.move, [event], before, after)
                    assert speech.who == owner, (step.move, event)
                    spoken[event.kind] += 1
    assert spoken.keys() == {"found", "confided", "resisted", "wall", "nothing_more"} and spoken.total() > PLAYS


def its_person(dispute: Dispute, move: Move, event: Event) -> str:
    """Whose it is to say this; "" where anybody may."""
    index = dispute.index
    if event.kind == "found":
        return dispute.barriers[index["barrier"][event.about]].who
    if event.kind == "resisted":
        return dispute.barriers[index["barrier"][event.why]].who
    if event.kind == "confided":
        return dispute.facts[index["fact"][event.about]].who
    asked = move.technique == "ask_need" and event.kind in ("wall", "nothing_more")
    return move.target if asked else ""


@pytest.mark.parametrize("id", scenarios())
def test_a_day_has_room_for_some_questions_and_not_for_all(id: str) -> None:
    """Not even for one question to each person about each issue; nor are there two days for all that can be asked."""
    dispute = load(id)
    here = [person for person in dispute.people.values() if person.seat != "remote"]
    ticks = {id: TECHNIQUES[id].ticks for id in QUESTIONS}
    issues, door = len(dispute.issues), TECHNIQUES["call_caucus"].ticks
    day = dispute.clock.plans[0].length
    each_person = ticks["ask_need"] * len(here) * issues + door * len(SIDES)
    each_issue = ticks["look_deeper"] * issues + TECHNIQUES["park"].ticks * (issues - 1)
    each_sign = ticks["follow_up"] * len(catalogue().cues) * len(SIDES)
    assert each_issue < day / 2 < each_person
    assert each_person + each_issue + each_sign > day
    print(f"{id}: a day has {day} ticks; everybody about everything {each_person}, every issue {each_issue}")
