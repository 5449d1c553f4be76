"""Nobody can know what they cannot know: not from what they see, not from what is offered, not from what is said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from random import Random
from typing import NamedTuple

import pytest
from caucusroom import Move, load, scenarios, view
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.events import Event, perceived
from caucusroom.laws.legality import legal_moves, why_not
from caucusroom.laws.state import State
from caucusroom.model.dispute import Case, Dispute
from caucusroom.model.gathering import CAUCUS, EVERYBODY, sides_in
from caucusroom.model.levels import MOODS
from caucusroom.model.sides import SIDES, Side
from caucusroom.model.truths import drawn, with_things
from caucusroom.seen.view import MEDIATOR, View
from caucusroom.voice.voice import Speech, Voice

from tests.fence import ADA, ALL, BEN, WITH_ADA, at, barrier, do, made_up
from tests.fence import case as case_of_note
from tests.plays import CASES, RASH, THOROUGH, ablest, any_play, disturbed, moment

DISPUTES = [load(dispute) for dispute in scenarios()]
PLAYS = 1000 if THOROUGH else 80

Perceived = tuple[View, tuple[Event, ...]]
Heard = tuple[tuple[Event, ...], tuple[str, ...]]


def each_dispute(test: object) -> object:
    return pytest.mark.parametrize("dispute", DISPUTES, ids=lambda dispute: dispute.id)(test)


def truths(dispute: Dispute) -> list[Case]:
    """The truths of this dispute that plays are of: named and drawn."""
    return [case for case in CASES if case.dispute is dispute]


def lines(dispute: Dispute, plays: int = PLAYS) -> Iterator[tuple[Case, list[Move]]]:
    """Plays, each with the truth in which it was played."""
    cases = truths(dispute)
    for number in range(plays):
        case = cases[number % len(cases)]
        yield case, [step.move for step in any_play(case, Random(number), RASH)]


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
def test_on_arrival_all_truths_are_alike(dispute: Dispute) -> None:
    seats = [Seat(case) for case in truths(dispute)]
    assert len({view(seat.case, seat.state) for seat in seats}) == 1
    assert all(seat.offered() == seats[0].offered() for seat in seats)


@each_dispute
def test_what_looks_alike_is_offered_and_said_alike_until_a_move_tells_the_truths_apart(dispute: Dispute) -> None:
    told_apart = set()
    for true, line in lines(dispute):
        seats = {case.id: Seat(case) for case in truths(dispute)}
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
    assert told_apart == set(map(frozenset, combinations([case.id for case in truths(dispute)], 2)))


# each side's own truth


class Told(NamedTuple):
    """What a side shows of itself in one move: what happens to it, how it feels, what it wants, what its people say."""

    events: tuple[Event, ...]
    moods: tuple[int, ...]
    interests: int
    words: tuple[str, ...]


class Mediation:
    """A mediation in one truth, as one side of it lives through it."""

    def __init__(self, case: Case, side: Side, start: State) -> None:
        self.case, self.side, self.state, self.voice = case, side, start, Voice(case.dispute)
        self.id = case.dispute.parties[side].id

    def play(self, move: Move) -> tuple[Told, Heard]:
        """What this side shows, and what it perceives that is not of itself: what happened, and the words."""
        before = view(self.case, self.state)
        self.voice.say(move, before)
        self.state, events = apply(self.case, self.state, move)
        speeches = self.voice.answer(move, events, before, view(self.case, self.state))
        told = Told(
            tuple(event for event in events if event.party == self.id),
            tuple(getattr(self.state, mood)[self.side] for mood in MOODS),
            self.state.known >> self.side * len(self.state.agreed) & (1 << len(self.state.agreed)) - 1,
            tuple(one.text for one in speeches if one.party == self.id),
        )
        here = self.side in sides_in(self.state.gathered)
        happened = perceived(events, self.side, self.id, self.state.gathered)
        words = tuple(one.text for one in speeches if here and one.party != self.id)
        return told, (tuple(event for event in happened if event.party != self.id), words)


@pytest.mark.parametrize("invented", [False, True], ids=["library", "invented"])
def test_a_side_lives_by_its_own_truth_and_what_it_perceives(invented: bool) -> None:
    """Two mediations, move for move the same, in truths that differ only in what holds back the other side.

    As long as a side perceives the same of the other, it feels the same, tells the same and says the same words.
    """
    moves, apart, after_other_words = 0, 0, 0
    for number in range(10 * PLAYS):
        random, side = Random(number), SIDES[number % 2]
        dispute = made_up(random).dispute if invented else random.choice(DISPUTES)
        one, other = two_truths(dispute, side.other, random)
        start = disturbed(one, initial(one), random)
        here, there = Mediation(one, side, start), Mediation(other, side, start)
        while move := a_move_of_both(here, there, random):
            (told, heard), (told_there, heard_there) = here.play(move), there.play(move)
            if heard != heard_there:
                apart += 1
                break
            if here.state.ending or there.state.ending:
                break
            assert told == told_there, (number, move, one, other)
            moves += 1
            after_other_words += here.state != there.state
    print(f"{moves} moves alike, {after_other_words} of them while it went otherwise next door, {apart} told apart")
    assert apart > PLAYS and after_other_words > PLAYS


def two_truths(dispute: Dispute, side: Side, random: Random) -> tuple[Case, Case]:
    """Two truths that differ only in what is true of this side: in one thing, where that can be, or in many."""
    ids = drawn(dispute, str(random.random())).split(".")
    others = list(ids)
    own = dispute.unknowns[side]
    choice = own.read(ids[side])
    assert choice is not None
    near = [
        other
        for place, ways in enumerate(own.ways)
        for one in range(ways)
        if one != choice[place] and own.go_together(other := (*choice[:place], one, *choice[place + 1 :]))
    ]
    others[side] = own.written(random.choice(near)) if near and random.random() < 0.7 else own.written(own.draw("lot"))
    return dispute.case(".".join(ids)), dispute.case(".".join(others))


def a_move_of_both(here: Mediation, there: Mediation, random: Random) -> Move | None:
    """A move that is possible in both; None at the end. Doors stay closed for a while, so that something may differ."""
    rash = RASH | {"rejoin"} if random.random() < 0.7 else RASH
    both = set(legal_moves(here.case, here.state)) & set(legal_moves(there.case, there.state))
    moves = sorted(move for move in both if move.technique not in rash)
    if not moves or random.random() < 0.1:
        moves = sorted(both)
    if not moves or random.random() < 0.4:
        return random.choice(moves) if moves else None
    return ablest(here.case, here.state, moves, random)


def test_a_yes_next_door_is_heard_of() -> None:
    """A yes by messenger relieves both; were only one told of it, the law above would not hold."""
    willing = case_of_note(barrier("fear", party=BEN))
    afraid, free = willing.dispute.case(ALL), willing.dispute.case(with_things(willing.dispute, ()))
    carried = [do(its, at(its, WITH_ADA, heat=(2, 2), strain=(1, 1)), "shuttle low_fence") for its in (afraid, free)]
    assert carried[0].saw("refuses", "ben") and carried[1].saw("agreed")
    assert carried[0].state.heat[ADA] != carried[1].state.heat[ADA]
    heard = [perceived(one.events, ADA, "ada", one.state.gathered) for one in carried]
    assert heard[0] != heard[1]


# what can be seen


@each_dispute
def test_the_mediator_sees_only_what_was_found_and_who_is_in_the_room(dispute: Dispute) -> None:
    """Everything that is still hidden is changed at once; the mediator's view must not."""
    for number in range(4 * PLAYS):
        random = Random(number)
        case = truths(dispute)[number % len(truths(dispute))]
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
        case = truths(dispute)[number % len(truths(dispute))]
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
    truth = case.truth._replace(
        barriers=case.truth.barriers ^ barriers & random.getrandbits(60),
        facts=case.truth.facts ^ facts & random.getrandbits(60),
        floors=(floors[0], floors[1]),
    )
    return Case(dispute, truth)
