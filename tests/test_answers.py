"""One place says what answers what: whatever is tried, on whomever, what happens is what that place says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from caucusroom import Move, catalogue, load, scenarios
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.events import Event
from caucusroom.laws.legality import legal_moves
from caucusroom.laws.state import State
from caucusroom.model import answers
from caucusroom.model.catalogue import NOT_READY
from caucusroom.model.dispute import Barrier, Case, Dispute
from caucusroom.model.gathering import CAUCUS, EVERYBODY, NOBODY, Gathering
from caucusroom.model.levels import TABLE
from caucusroom.model.sides import SIDES
from caucusroom.model.truths import Choice, truth_of
from caucusroom.seen.view import view
from caucusroom.voice.voice import Speech, Voice

from tests.fence import barrier, quarrel

CATALOGUE = catalogue()
CAUSES = sorted(CATALOGUE.causes)
WAYS = {cause: [id for id in CATALOGUE.techniques if answers.by_the_book(CATALOGUE, cause, id)] for cause in CAUSES}
FENCES = [
    quarrel([barrier(cause, *(WAYS[cause] if resists else ()), issue=place)], ())
    for cause in CAUSES
    for resists in (False, True)
    for place in (0, TABLE)
]
"""Every cause there can be, in somebody whom everything against it reaches, and in somebody whom nothing does."""
DISPUTES = [*map(load, scenarios()), *FENCES]


class Tried(NamedTuple):
    """One thing tried on somebody whose reason is known, at the right moment."""

    its: Case
    barrier: Barrier
    move: Move
    room: Gathering
    events: tuple[Event, ...]
    after: State

    @property
    def came_of_it(self) -> set[str]:
        """What happened to this cause."""
        return {event.kind for event in self.events if self.barrier.id in (event.about, event.why)}

    @property
    def done_wrong(self) -> bool:
        """Whether it belongs elsewhere, and hurt."""
        return any(event.kind == "hurt" for event in self.events)

    def words(self) -> tuple[Speech, ...]:
        before, after = view(self.its, ready(self.its, self.barrier, self.room)), view(self.its, self.after)
        return Voice(self.its.dispute).answer(self.move, self.events, before, after)


def with_it(dispute: Dispute, barrier: Barrier) -> Case:
    """A truth in which this barrier is real."""

    def has_it(choice: Choice) -> bool:
        return any(barrier.id in one.things for one in dispute.unknowns[barrier.party].chosen(choice))

    choices = [next(own.choices) for own in dispute.unknowns]
    choices[barrier.party] = next(filter(has_it, dispute.unknowns[barrier.party].choices))
    return Case(dispute, truth_of(dispute, (choices[0], choices[1])))


def ready(its: Case, barrier: Barrier, room: Gathering) -> State:
    """The moment for it: open, calm people, their own reason found, all else answered, something gained to look at."""
    (own,) = (bit for bit, one in its.real if one is barrier)
    topic, issues = max(barrier.issue, 0), range(len(its.dispute.issues))
    gained = next(place for place, option in enumerate(its.dispute.options) if option.issue != topic)
    agreed = tuple(gained if issue == its.dispute.options[gained].issue else -1 for issue in issues)
    everything = sum(bit for bit, _ in its.real)
    return initial(its)._replace(
        heat=(0, 0), trust=(3, 3), strain=(0, 0), suspicion=(0, 0), found=everything, answered=everything & ~own,
        topic=topic, agreed=agreed, gathered=room,
    )  # fmt: skip


def everything_tried(dispute: Dispute) -> Iterator[Tried]:
    """Every technique that can be aimed at a side, in every room in which it is possible, on every barrier."""
    for one in dispute.barriers:
        its = with_it(dispute, one)
        own = {"none": {""}, "party": {dispute.parties[one.party].id}, "person": set(dispute.people)}
        for room in (NOBODY, EVERYBODY, CAUCUS[one.party]):
            state = ready(its, one, room)
            for move in legal_moves(its, state):
                if move.target in own.get(its.techniques[move.technique].target, ()):
                    after, events = apply(its, state, move)
                    yield Tried(its, one, move, room, events, after)


@pytest.mark.parametrize("dispute", DISPUTES, ids=lambda one: one.id)
def test_what_is_tried_reaches_or_is_resisted_as_the_one_place_says(dispute: Dispute) -> None:
    for tried in everything_tried(dispute):
        technique = tried.move.technique
        expected = ""
        if answers.reaches(CATALOGUE, tried.barrier, technique):
            expected = "homework" if technique == "adjourn" else "helped"
        elif answers.resisted(CATALOGUE, tried.barrier, technique):
            expected = "resisted"
        elif technique == "close_open" and tried.barrier.cause == NOT_READY:
            expected = "helped"  # an end respects it
        came = set() if tried.done_wrong or not expected else {expected}
        assert tried.came_of_it == came, (tried.move, tried.barrier.id, tried.room)


def test_each_answer_in_the_catalogue_was_tried_where_it_belongs() -> None:
    """Nothing above is empty: each pair of cause and technique helped somebody and was resisted by somebody else."""
    came = Counter(
        (tried.barrier.cause, tried.move.technique, bool(tried.barrier.resists))
        for dispute in FENCES
        for tried in everything_tried(dispute)
        if tried.came_of_it & {"helped", "homework", "resisted"}
    )
    wanted = {(cause, way, resists) for cause in CAUSES for way in WAYS[cause] for resists in (False, True)}
    assert wanted - came.keys() == {one for one in wanted if one[1] == answers.SHARING}


@pytest.mark.parametrize("dispute", DISPUTES, ids=lambda one: one.id)
def test_who_is_not_reached_says_so_in_their_own_words(dispute: Dispute) -> None:
    for tried in everything_tried(dispute):
        if "resisted" in tried.came_of_it:
            said = [(one.who, one.text) for one in tried.words()]
            assert (tried.barrier.who, tried.barrier.resists[tried.move.technique]) in said


@pytest.mark.parametrize("dispute", [load(id) for id in scenarios()], ids=lambda one: one.id)
def test_information_answers_whoever_it_is_news_to(dispute: Dispute) -> None:
    """A fact put on the table answers the causes on its issue, or at the table, that the one place says it does."""
    helped = 0
    for one in dispute.barriers:
        its = with_it(dispute, one)
        for place, fact in enumerate(dispute.facts):
            both = Case(dispute, its.truth._replace(facts=its.truth.facts | 1 << place))
            state = ready(both, one, EVERYBODY)._replace(confided=1 << place, cleared=1 << place, topic=fact.issue)
            _, events = apply(both, state, Move("share", fact.id))
            answered = Event("helped", dispute.parties[one.party].id, "share", one.id) in events
            assert answered == answers.told(CATALOGUE, one, fact), (one.id, fact.id)
            helped += answered
    assert helped


def test_what_the_room_says_can_be_answered_can_be_answered() -> None:
    """The ways that a case keeps for its barriers are those of the one place, for each side of every dispute."""
    for dispute in DISPUTES:
        for one in dispute.barriers:
            its = with_it(dispute, one)
            (bit,) = (bit for bit, other in its.real if other is one)
            reaching = {id for id in its.techniques if answers.reaches(CATALOGUE, one, id)}
            assert its.ways[bit] - {answers.SHARING} == reaching
    assert {one.party for dispute in DISPUTES for one in dispute.barriers} == set(SIDES)
