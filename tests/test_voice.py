"""Nothing is silent, nobody speaks who is not there, and a second play does not sound like the first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import permutations
from random import Random

import pytest
from caucusroom import Session, load, scenarios, view
from caucusroom.laws.apply import initial
from caucusroom.laws.events import SPOKEN, Event
from caucusroom.laws.legality import legal_moves
from caucusroom.model.dispute import Case
from caucusroom.seen.view import MEDIATOR, View
from caucusroom.voice.voice import Speech, Voice

from tests.plays import CASES, RASH, Step, any_play, random_play, straying_play

PLAYS = 500
Heard = tuple[Case, Step, View, View, tuple[Speech, ...]]


def mediations(plays: int = PLAYS) -> Iterator[Iterator[Heard]]:
    """Random mediations, some rash, each with what was said at every decision."""
    for number in range(plays):
        case, random = CASES[number % len(CASES)], Random(number)
        yield heard(case, any_play(case, random, RASH if random.random() < 0.7 else frozenset()))


def heard(case: Case, steps: Iterator[Step]) -> Iterator[Heard]:
    voice = Voice(case.dispute)
    for step in steps:
        before, after = view(case, step.before), view(case, step.after)
        said = voice.say(step.move, before)
        answers = voice.answer(step.move, step.events, before, after)
        yield case, step, before, after, (said, *answers)


def everything_heard(plays: int = PLAYS) -> Iterator[Heard]:
    for mediation in mediations(plays):
        yield from mediation


def worth_words(step: Step) -> list[Event]:
    """What somebody should say something about, once each.

    Not the end, not a wall where the cue behind it is heard, and not what is learnt by a breach: the breach is.
    """
    cued = {event.party for event in step.events if event.kind == "cue"}
    unspoken = {"ended", *(["shared"] if step.move.technique == "tell" else [])}
    return [
        event
        for event in dict.fromkeys(step.events)
        if event.kind not in unspoken and not (event.kind == "wall" and event.party in cued)
    ]


def test_nothing_is_silent() -> None:
    """Every decision is spoken, and everything that follows is answered, in the order in which it happened."""
    kinds = Counter[str]()
    for case, step, before, after, speech in everything_heard():
        assert speech[0].who == MEDIATOR
        assert len(speech) - 1 == len(worth_words(step)), (step.move, step.events)
        assert all(one.text for one in speech)
        for event in worth_words(step):
            kinds[event.kind] += 1
            assert Voice(case.dispute).answer(step.move, [event], before, after), (step.move, event)
    print(f"{PLAYS} plays: {dict(kinds)}")
    assert set(kinds) == SPOKEN | {"resisted"}, "everything that can happen did"


def test_no_placeholder_is_left_and_no_name_is_an_id() -> None:
    for case, step, _, _, speech in everything_heard():
        ids = {fact.id for fact in case.dispute.facts} | {option.id for option in case.dispute.options}
        for one in speech:
            assert not re.search(r"[{}]|  ", one.text), (step.move, one)
            assert one.text == one.text.strip() and one.text[-1] in ".?!”\"'’…:;—-", one
            assert not ids & set(re.findall(r"\w+", one.text)) - {"hedge"}, one


def test_nobody_speaks_who_is_not_in_the_room() -> None:
    """In a caucus only the side that is in it speaks (or was, until an offer was carried out of the door), unless the
    other walks out; who is far away only when brought in."""
    spoke_in_private, called = 0, 0
    for case, step, before, after, speech in everything_heard():
        for one in speech[1:]:
            person = case.dispute.people[one.who]
            assert (one.name, one.role, one.party) == (person.name, person.role, person.party)
            if person.seat == "remote":
                assert any(event.kind == "decider_came" and event.party == one.party for event in step.events)
                called += 1
            left = any(event.kind == "walked_out" and event.party == one.party for event in step.events)
            if after.room == "caucus" and not left:
                carried = before.caucus if step.move.technique == "shuttle" else ""
                assert one.party in (after.caucus, carried), (step.move, one)
                spoke_in_private += 1
    assert spoke_in_private > 1000 and called > 0


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_the_same_moves_are_told_in_the_same_words(case: Case) -> None:
    """Also when they are played in a session, and again after it was closed."""
    line = [step.move for step in random_play(case, Random(3), RASH)]
    first, second = Session(case.dispute, case=case.id), Session(case.dispute, case=case.id)
    assert [first.play(move).speech for move in line] == [second.play(str(move)).speech for move in line]


def test_the_words_on_the_button_are_the_words_that_are_said() -> None:
    for number in range(PLAYS // 10):
        case = CASES[number % len(CASES)]
        session = Session(case.dispute, case=case.id)
        for step in random_play(case, Random(number), RASH):
            promised = {move: session.words(move) for move in session.moves}
            assert session.play(step.move).speech[0].text == promised[step.move]


@pytest.mark.parametrize("dispute", scenarios())
def test_a_second_play_reads_differently(dispute: str) -> None:
    """Of what the sides say in one play less than half is heard again in a play of another case."""
    cases = [load(dispute).case(id) for id in load(dispute).cases]
    shares = []
    for number, (one, other) in enumerate(permutations(cases, 2)):
        first = {one.text for *_, speech in heard(one, straying_play(one, Random(number), RASH)) for one in speech[1:]}
        said = [
            one.text for *_, speech in heard(other, straying_play(other, Random(-number), RASH)) for one in speech[1:]
        ]
        shares.append(sum(text in first for text in said) / len(said))
    average = sum(shares) / len(shares)
    print(f"{dispute}: {average:.0%} of what is said in a play was said in a play of another case before")
    assert average < 0.5


@pytest.mark.parametrize("dispute", scenarios())
def test_within_one_play_a_line_is_said_again_only_when_there_is_no_other(dispute: str) -> None:
    repeated, said = 0, 0
    for number in range(60):
        case = load(dispute).case(load(dispute).cases[number % len(load(dispute).cases)])
        steps = straying_play(case, Random(number), RASH)
        texts = Counter(one.text for *_, speech in heard(case, steps) for one in speech)
        repeated += sum(count - 1 for count in texts.values())
        said += texts.total()
    print(f"{dispute}: {repeated / said:.0%} of {said} lines were said before in the same play")
    assert repeated / said < 0.25


def test_what_is_said_depends_on_what_is_perceived_alone() -> None:
    """The voice is given the move, the events and the view; it has never met the case."""
    case = CASES[0]
    now = view(case, initial(case))
    voices = [Voice(case.dispute) for _ in case.dispute.cases]
    for move in legal_moves(case, initial(case)):
        assert len({voice.words(move, now) for voice in voices}) == 1
    assert not any(isinstance(value, Case) for value in vars(voices[0]).values())
