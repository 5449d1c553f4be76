"""Nobody can know what they cannot know: not from what they see, not from what is offered, not from what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from caucusroom import Move, load, scenarios, view
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.events import Event
from caucusroom.laws.legality import legal_moves, why_not
from caucusroom.laws.state import State
from caucusroom.model.dispute import Case, Dispute
from caucusroom.model.gathering import CAUCUS, EVERYBODY, sides_in
from caucusroom.model.sides import SIDES
from caucusroom.seen.fitting import fitting
from caucusroom.seen.view import MEDIATOR, View
from caucusroom.voice.voice import Speech, Voice

from tests.plays import RASH, THOROUGH, disturbed, moment, random_play

DISPUTES = [load(dispute) for dispute in scenarios()]
PLAYS = 1000 if THOROUGH else 80

Perceived = tuple[View, tuple[Event, ...]]


def each_dispute(test: object) -> object:
    return pytest.mark.parametrize("dispute", DISPUTES, ids=lambda dispute: dispute.id)(test)


def lines(dispute: Dispute, plays: int = PLAYS) -> Iterator[tuple[Case, list[Move]]]:
    """Random plays, each with the case in which it was played."""
    for number in range(plays):
        case = dispute.case(dispute.cases[number % len(dispute.cases)])
        yield case, [step.move for step in random_play(case, Random(number), RASH)]


class Seat:
    """A mediator in one case, who notes what is perceived, offered, refused and said."""

    def __init__(self, case: Case) -> None:
        self.case, self.state, self.voice = case, initial(case), Voice(case.dispute)

    def offered(self) -> list[tuple[Move, str, str]]:
        """Every move, why it cannot be made now ("" if it can), and the words on its button."""
        now = view(self.case, self.state)
        moves = self.case.dispute.moves
        return [(move, str(why_not(self.case, self.state, move) or ""), self.voice.words(move, now)) for move in moves]

    def play(self, move: Move) -> tuple[Perceived, tuple[Speech, ...]]:
        before = view(self.case, self.state)
        self.state, events = apply(self.case, self.state, move)
        after = view(self.case, self.state)
        said = self.voice.say(move, before)
        return (after, events), (said, *self.voice.answer(move, events, before, after))


@each_dispute
def test_on_arrival_all_cases_are_alike(dispute: Dispute) -> None:
    seats = [Seat(dispute.case(case)) for case in dispute.cases]
    assert len({view(seat.case, seat.state) for seat in seats}) == 1
    assert all(seat.offered() == seats[0].offered() for seat in seats)
    assert fitting(seats[0].case, ()) == dispute.cases


@each_dispute
def test_what_looks_alike_is_offered_and_said_alike_until_a_move_tells_the_cases_apart(dispute: Dispute) -> None:
    told_apart = set()
    for true, line in lines(dispute):
        seats = {case: Seat(dispute.case(case)) for case in dispute.cases}
        for number, move in enumerate(line, 1):
            mine = seats[true.id]
            offered = mine.offered()
            assert all(seat.offered() == offered for seat in seats.values()), (true, line[:number])
            answers = {case: seat.play(move) for case, seat in seats.items()}
            perceived, said = answers[true.id]
            alike = {case for case, answer in answers.items() if answer[0] == perceived}
            assert all(answers[case][1] == said for case in alike), (true, line[:number])
            told_apart |= {frozenset((true.id, case)) for case in seats.keys() - alike}
            seats = {case: seat for case, seat in seats.items() if case in alike}
            if number % 7 == 0:
                assert fitting(true, line[:number]) == tuple(seats), "what could be known is kept exactly"
    assert told_apart == set(map(frozenset, combinations(dispute.cases, 2))), "any two cases can be told apart"


@each_dispute
def test_what_could_be_known_holds_the_truth_and_only_ever_narrows(dispute: Dispute) -> None:
    narrowed = 0
    for true, line in lines(dispute, PLAYS // 4):
        before = set(dispute.cases)
        for number in range(len(line) + 1):
            now = set(fitting(true, line[:number]))
            assert true.id in now
            assert now <= before
            narrowed += now < before
            before = now
    assert narrowed > PLAYS // 4


@each_dispute
def test_the_mediator_sees_only_what_was_found_and_who_is_in_the_room(dispute: Dispute) -> None:
    """Everything that is still hidden is changed at once; the mediator's view must not."""
    for number in range(4 * PLAYS):
        random = Random(number)
        case = dispute.case(dispute.cases[number % len(dispute.cases)])
        state = moment(case, random)
        absent = tuple(side for side in SIDES if side not in sides_in(state.gathered))
        other = disturbed(case, state, random)._replace(clock=state.clock, days=state.days)
        hidden = with_moods_of(other, state, absent)
        elsewhere = with_other_secrets(case, state, random, (0, 1))
        assert view(case, state) == view(elsewhere, hidden)
        assert legal_moves(case, state) == legal_moves(elsewhere, hidden)


@each_dispute
def test_a_side_sees_nothing_of_what_the_other_told_the_mediator(dispute: Dispute) -> None:
    for number in range(4 * PLAYS):
        random = Random(number)
        case = dispute.case(dispute.cases[number % len(dispute.cases)])
        state = moment(case, random)
        for side, party in enumerate(dispute.parties):
            theirs = sum(1 << place for place, one in enumerate(dispute.barriers) if one.party != side)
            told = sum(1 << place for place, one in enumerate(dispute.facts) if one.party != side) & ~state.shared
            issues = len(dispute.issues)
            interests = ((1 << issues) - 1) << ((1 - side) * issues)
            hidden = state._replace(
                found=state.found ^ theirs & random.getrandbits(40),
                answered=state.answered ^ theirs & random.getrandbits(40),
                known=state.known ^ interests & random.getrandbits(40),
                confided=state.confided ^ told & random.getrandbits(40),
                cleared=state.cleared ^ told & random.getrandbits(40),
                owed=random.choice((-1, 0, 1)),
            )
            if state.gathered != EVERYBODY:
                hidden = with_moods_of(disturbed(case, state, random), hidden, (1 - side,))
            elsewhere = with_other_secrets(case, state, random, (1 - side,), everything=True)
            assert view(case, state, party.id) == view(elsewhere, hidden, party.id)


@each_dispute
def test_behind_a_closed_door_a_side_notices_only_the_clock(dispute: Dispute) -> None:
    """Whatever is said next door, in whichever case, the side that waits perceives the same."""
    noticed = 0
    for true, line in lines(dispute):
        state = initial(true)
        for move in line:
            after, _ = apply(true, state, move)
            stays = state.gathered == after.gathered and state.gathered in CAUCUS and not after.ending
            if stays and after.shared == state.shared and move.technique not in SNUBS:
                side = SIDES[CAUCUS.index(state.gathered)].other
                party = dispute.parties[side].id
                seen_before, seen_after = view(true, state, party), view(true, after, party)
                assert noticeable(seen_before, side) == noticeable(seen_after, side), move
                noticed += 1
            state = after
    assert noticed > PLAYS


@each_dispute
def test_there_is_no_other_door(dispute: Dispute) -> None:
    case = dispute.case(dispute.cases[0])
    assert {view(case, initial(case), role).role for role in (MEDIATOR, *(p.id for p in dispute.parties))} == {
        MEDIATOR, *(p.id for p in dispute.parties)
    }  # fmt: skip
    with pytest.raises(ValueError, match="There is no role “judge” here; there are: mediator, "):
        view(case, initial(case), "judge")


SNUBS = frozenset({"expert", "rule"})
"""What is done next door and still felt: taking sides, or choosing an expert with one side alone."""


def noticeable(seen: View, side: int) -> tuple[object, ...]:
    """What a side perceives but for the time: what it knows, what was agreed, how it feels itself."""
    own = seen.moods[side]
    assert own is not None
    return (
        seen.room, seen.caucus, seen.found, seen.answered, seen.interests, seen.standing, seen.agreed,
        own.heat, own.trust, own.suspicion,
    )  # fmt: skip


def with_moods_of(other: State, state: State, sides: tuple[int, ...]) -> State:
    """A state in which these sides feel as they do in the other one."""

    def mixed(mood: str) -> tuple[int, int]:
        first, second = (getattr(other if side in sides else state, mood)[side] for side in (0, 1))
        return first, second

    return state._replace(
        heat=mixed("heat"), trust=mixed("trust"), strain=mixed("strain"), suspicion=mixed("suspicion")
    )


def with_other_secrets(
    case: Case, state: State, random: Random, sides: tuple[int, ...], everything: bool = False
) -> Case:
    """A case that differs in what these sides still hide: barriers not found, facts not told, what they would take.

    With `everything` also in what they told the mediator.
    """
    dispute = case.dispute
    open_barriers = 0 if everything else state.found | state.answered
    open_facts = state.shared if everything else state.confided | state.shared
    barriers = sum(
        1 << k for k, one in enumerate(dispute.barriers) if one.party in sides and not open_barriers >> k & 1
    )
    facts = sum(1 << k for k, one in enumerate(dispute.facts) if one.party in sides and not open_facts >> k & 1)
    floors = tuple(
        tuple(random.randint(0, 5) for _ in row) if side in sides else row for side, row in enumerate(case.truth.floors)
    )
    truth = replace(
        case.truth,
        barriers=case.truth.barriers ^ barriers & random.getrandbits(60),
        facts=case.truth.facts ^ facts & random.getrandbits(60),
        floors=(floors[0], floors[1]),
    )
    return Case(dispute, truth)
