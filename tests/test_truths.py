"""What is true is drawn for each side by itself, each truth as likely as every other; its id tells nothing."""

from __future__ import annotations

from collections import Counter
from math import prod, sqrt
from random import Random

import pytest
from caucusroom import Session, load, scenarios
from caucusroom.laws.apply import initial
from caucusroom.model.dispute import CASES_KEPT, Dispute
from caucusroom.model.sides import SIDES
from caucusroom.model.truths import drawn, read_id, with_things
from caucusroom.session import draw_case
from hypothesis import example, given
from hypothesis import strategies as st

from tests.fence import BEN, barrier, fact, quarrel
from tests.plays import RASH, THOROUGH, follow, random_play
from tests.spoilt import SOUND

DISPUTES = [load(dispute) for dispute in scenarios()]
DRAWS = 40_000 if THOROUGH else 4_000
FENCE = quarrel(
    [barrier("fear"), barrier("anger"), barrier("fear", party=BEN)], [fact("trust"), fact("trust", party=BEN)]
)


def each_dispute(test: object) -> object:
    return pytest.mark.parametrize("dispute", DISPUTES, ids=lambda dispute: dispute.id)(test)


def about_as_often(count: int, draws: int, share: float) -> bool:
    """Whether chance may well have brought something this often."""
    return abs(count - draws * share) <= 4.5 * sqrt(draws * share * (1 - share))


# the draw


def test_every_truth_of_a_side_is_as_likely_as_every_other() -> None:
    for own in FENCE.unknowns:
        counts = Counter(own.draw(f"lot {number}") for number in range(DRAWS))
        everything = prod(own.ways)
        assert len(counts) == everything
        assert all(about_as_often(count, DRAWS, 1 / everything) for count in counts.values())


@pytest.mark.parametrize("dispute", [*DISPUTES, FENCE, load(SOUND)], ids=lambda dispute: dispute.id)
def test_the_truths_of_a_side_are_counted_as_if_one_by_one(dispute: Dispute) -> None:
    each = [sum(1 for _ in own.choices) for own in dispute.unknowns]
    assert [own.how_many for own in dispute.unknowns] == each
    assert dispute.truths == prod(each)


@each_dispute
def test_what_may_be_true_is_drawn_as_often_as_there_are_truths_with_it(dispute: Dispute) -> None:
    """There are more truths than draws: so each alternative is counted, and each sign and habit."""
    for own in dispute.unknowns:
        truths, counts = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
        everything = list(own.choices)
        for choice in everything:
            truths.update(enumerate(choice))
        for number in range(DRAWS):
            choice = own.draw(f"lot {number}")
            assert own.go_together(choice)
            counts.update(enumerate(choice))
        for place, ways in enumerate(own.ways):
            for one in range(ways):
                asked = place < len(own.questions)
                share = truths[place, one] / len(everything) if asked else 1 / ways
                assert about_as_often(counts[place, one], DRAWS, share), (place, one)


@each_dispute
def test_one_side_is_drawn_without_a_look_at_the_other(dispute: Dispute) -> None:
    """Whether something is true of one side is no sign of anything on the other."""
    truths = [dispute.case(drawn(dispute, f"lot {number}")).truth for number in range(DRAWS // 4)]
    mine = [truth.choices[0][0] for truth in truths]
    yours = [truth.choices[1][0] for truth in truths]
    pairs, first, second = Counter(zip(mine, yours, strict=True)), Counter(mine), Counter(yours)
    for (one, other), count in pairs.items():
        assert about_as_often(count, len(truths), first[one] * second[other] / len(truths) ** 2)


@each_dispute
def test_a_player_draws_the_same_each_time_and_another_in_other_work(dispute: Dispute) -> None:
    players = [f"student{number}" for number in range(100)]
    first = [draw_case(dispute, player, 1) for player in players]
    assert first == [draw_case(dispute, player, 1) for player in players]
    for others in (
        [draw_case(dispute, player, 2) for player in players],
        [draw_case(dispute, player, 1, "finals") for player in players],
        [draw_case(dispute, player + "x", 1) for player in players],
    ):
        assert sum(one == other for one, other in zip(first, others, strict=True)) <= 1
        for side in SIDES:
            same = sum(a.split(".")[side] == b.split(".")[side] for a, b in zip(first, others, strict=True))
            assert same <= 3, "and so for each side"
    assert draw_case(dispute, "Ana", 1) == draw_case(dispute, "ana", 1), "one person's names draw the same"


# what is written of it


@each_dispute
def test_a_truth_is_written_and_read_and_no_two_are_written_alike(dispute: Dispute) -> None:
    for own in dispute.unknowns:
        written = {own.written(choice): choice for choice in own.choices}
        assert len(written) == sum(1 for _ in own.choices)
        assert all(own.read(text) == choice for text, choice in written.items())
        names = {thing for unknown in own.questions for one in unknown.alternatives for thing in one.things}
        assert not any(name in text for name in names for text in written), "and says nothing to a reader"


@each_dispute
def test_an_id_is_the_truth_it_was_drawn_as(dispute: Dispute) -> None:
    for number in range(200):
        id = drawn(dispute, f"lot {number}")
        truth = dispute.case(id).truth
        assert truth.id == id and read_id(dispute, id) == truth.choices
        things = {
            thing
            for own, choice in zip(dispute.unknowns, truth.choices, strict=True)
            for one in own.chosen(choice)
            for thing in one.things
        }
        plainly = dispute.case(with_things(dispute, things)).truth
        assert plainly.truth == truth.truth, "the same is true, showing by its first signs"
        assert (plainly.barriers, plainly.facts, plainly.floors) == (truth.barriers, truth.facts, truth.floors)
        assert things >= {barrier.id for bit, barrier in dispute.case(id).real}


@example("0").via("one side only")
@example("0.0.0").via("three sides")
@example("zzzzzzzz.zzzzzzzz").via("past the last")
@example("00.0").via("written otherwise")
@example("A.B")
@example("٣.١").via("digits of another script")
@given(st.one_of(st.text(max_size=80), st.from_regex(r"[0-9a-z]{0,40}\.[0-9a-z]{0,40}", fullmatch=True)))
def test_what_is_no_id_is_refused_in_words(text: str) -> None:
    for dispute in DISPUTES:
        if text in dispute.cases or read_id(dispute, text):
            assert dispute.case(text).id == text
        else:
            with pytest.raises(ValueError, match=f"The dispute {dispute.id} has no case “"):
                dispute.case(text)


@each_dispute
def test_what_is_no_truth_is_refused_in_words(dispute: Dispute) -> None:
    with pytest.raises(ValueError, match=r"No truth of .* is made of just these: nobody_knows\."):
        with_things(dispute, ["nobody_knows"])
    everything = [barrier.id for barrier in dispute.barriers]
    with pytest.raises(ValueError, match=r"No truth of .* is made of just these"):
        with_things(dispute, everything)


@each_dispute
def test_named_truths_are_truths_that_could_be_drawn(dispute: Dispute) -> None:
    for id in dispute.cases:
        truth = dispute.case(id).truth
        for own, choice in zip(dispute.unknowns, truth.choices, strict=True):
            assert own.go_together(choice)
        written = ".".join(own.written(one) for own, one in zip(dispute.unknowns, truth.choices, strict=True))
        assert dispute.case(written).truth._replace(id=id, title=truth.title) == truth


# what it is


@each_dispute
def test_the_story_after_the_end_is_all_that_was_true_and_nothing_else(dispute: Dispute) -> None:
    for number in range(50):
        truth = dispute.case(drawn(dispute, f"lot {number}")).truth
        parts = truth.truth.split("\n\n")
        assert len(parts) == len(SIDES)
        for own, choice, part in zip(dispute.unknowns, truth.choices, parts, strict=True):
            real = {thing for one in own.chosen(choice) for thing in one.things}
            assert part.startswith(own.story)
            stories = {one.id: one.story for one in dispute.barriers}
            stories |= {one.id: one.story for one in dispute.facts} | {one.id: one.story for one in dispute.limits}
            for thing, story in stories.items():
                assert (story in part) == (thing in real), thing


@each_dispute
def test_a_limit_is_how_far_a_side_can_go(dispute: Dispute) -> None:
    met = 0
    for number in range(100):
        truth = dispute.case(drawn(dispute, f"lot {number}")).truth
        for side, own in zip(SIDES, dispute.unknowns, strict=True):
            expected = list(dispute.floors[side])
            for one in own.chosen(truth.choices[side]):
                for issue, least in one.floors:
                    expected[issue] = least
                    met += 1
            assert truth.floors[side] == tuple(expected)
    assert met


@each_dispute
def test_a_drawn_truth_is_played_again_as_it_was(dispute: Dispute) -> None:
    """Also by a session that was closed, after so many others that nothing is remembered of it."""
    for number in range(10):
        id = drawn(dispute, f"lot {number}")
        played = dispute.case(id)
        steps = list(random_play(played, Random(number), RASH))
        line = [str(step.move) for step in steps]
        for other in range(CASES_KEPT + 1):
            dispute.case(drawn(dispute, f"another {other}"))
        again = dispute.case(id)
        assert again is not played and again.truth == played.truth and initial(again) == initial(played)
        assert list(follow(again, line)) == steps
        session = Session(dispute, case=id)
        assert [session.play(move).events for move in line] == [step.events for step in steps]
