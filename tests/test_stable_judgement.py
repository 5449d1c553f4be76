"""A judgement stands on what was perceived: more that might have been true, or something else that is, changes none."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import pytest
from caucusroom import Move, Playing
from caucusroom.model.dispute import Barrier, Case, Dispute
from caucusroom.model.levels import TABLE
from caucusroom.model.sides import SIDES
from caucusroom.model.truths import Alternative, Choice, Choices, Unknowns, drawn
from caucusroom_grading import Report

from tests.judging.judged import report
from tests.judging.variations import STRIKE, line
from tests.plays import THOROUGH

pytestmark = pytest.mark.timeout(3600 if THOROUGH else 300)

PLAYS = 500 if THOROUGH else 30
TWINS = 4


def told(one: Report) -> str:
    """A report without the name of its truth and without what was true all along."""
    ending = one.ending and replace(one.ending, case="", truth="", hidden=(), text="", holds=None)
    return replace(one, case="", content="", ending=ending).as_json()


# more that might have been true


def one_more(dispute: Dispute, random: Random) -> Dispute:
    """The same with one alternative more to each question: something else that might stand in that side's way."""
    barriers, sides = list(dispute.barriers), []
    causes = sorted(dispute.catalogue.causes)
    for side in SIDES:
        own, signs, questions = dispute.unknowns[side], [], []
        people = dispute.parties[side].people
        for unknown in own.questions:
            cause = random.choice(causes)
            cues = dispute.catalogue.causes[cause]["cues"]
            answering = [t for t in dispute.catalogue.techniques.values() if cause in t.answers and t.act == "remedy"]
            resists = {random.choice(answering).id: "No."} if answering and random.random() < 0.5 else {}
            new = Barrier(
                id=f"new_{side}_{unknown.id}",
                party=side,
                issue=random.choice((TABLE, *range(len(dispute.issues)))),
                who=random.choice(people).id,
                name="something else",
                cause=cause,
                cues=tuple(random.sample(cues, random.randint(1, len(cues)))),
                depth=random.randint(1, 3),
                resists=resists,
                found="Something else.",
                story="It was something else.",
            )
            place = len(barriers)
            barriers.append(new)
            signs.append((place, new.cues))
            alternative = Alternative((new.id,), 1 << place, 0, ())
            questions.append(unknown._replace(alternatives=(*unknown.alternatives, alternative)))
        sides.append(own._replace(questions=tuple(questions), signs=(*own.signs, *signs)))
    carried = {
        id: one._replace(choices=_carried_over(dispute.unknowns, (sides[0], sides[1]), one.choices))
        for id, one in dispute.named.items()
    }
    return replace(dispute, barriers=tuple(barriers), unknowns=(sides[0], sides[1]), named=carried)


def _carried_over(old: tuple[Unknowns, Unknowns], new: tuple[Unknowns, Unknowns], choices: Choices) -> Choices:
    """The same things, showing by the same signs, where there are more of both to choose from."""

    def carried(side: int) -> Choice:
        before, after, choice = old[side], new[side], choices[side]
        asked, shown = len(before.questions), len(before.questions) + len(before.signs)
        more = (0,) * (len(after.signs) - len(before.signs))
        return (*choice[:asked], *choice[asked:shown], *more, *choice[shown:])

    return carried(0), carried(1)


def same_truth(case: Case, dispute: Dispute) -> Case:
    """The truth of a case in a dispute that knows more."""
    choices = _carried_over(case.dispute.unknowns, dispute.unknowns, case.truth.choices)
    return dispute.case(".".join(own.written(choice) for own, choice in zip(dispute.unknowns, choices, strict=True)))


@cache
def grown(number: int) -> Dispute:
    return one_more(STRIKE, Random(number))


def test_the_dispute_that_knows_more_has_what_the_other_has() -> None:
    more = grown(0)
    questions = [unknown for own in STRIKE.unknowns for unknown in own.questions]
    assert len(more.barriers) == len(STRIKE.barriers) + len(questions)
    for number in range(PLAYS):
        case = line(number)[0]
        same = same_truth(case, more)
        assert [barrier for _, barrier in same.real] == [barrier for _, barrier in case.real]
        assert {b.id: same.cue(b) for _, b in same.real} == {b.id: case.cue(b) for _, b in case.real}
        assert (same.truth.truth, same.truth.habits, same.truth.floors) == (
            case.truth.truth,
            case.truth.habits,
            case.truth.floors,
        )


def test_an_alternative_more_to_each_question_changes_no_judgement() -> None:
    decisions = 0
    for number in range(PLAYS):
        case, moves = line(number)
        more = grown(number % 10)
        first, second = report(STRIKE, case.id, moves), report(more, same_truth(case, more).id, moves)
        assert told(first) == told(second)
        decisions += len(moves)
    print(f"{PLAYS} plays with {decisions} decisions")


# something else that is true


def alike(case: Case, other: Case, moves: tuple[Move, ...]) -> int:
    """How many of these moves can be made in both, and look the same."""
    one, two = Playing(case), Playing(other)
    for number, move in enumerate(moves):
        if one.now.moves != two.now.moves or move not in one.now.moves or one.play(move) != two.play(move):
            return number
    return len(moves)


def test_two_truths_that_were_perceived_alike_are_judged_alike() -> None:
    """Also when it is ended at once: the total, and what limits it, do not depend on what was never perceived."""
    pairs, decisions, ended = 0, 0, 0
    for number in range(PLAYS):
        case, moves = line(number)
        for other in range(TWINS):
            twin = _twin(case, f"{number} {other}", other % 3)
            same = moves[: alike(case, twin, moves)]
            closed = (*same, Move("close_open"))
            if alike(case, twin, closed) == len(closed):
                same, ended = closed, ended + 1
            first, second = (report(STRIKE, one.id, same) for one in (case, twin))
            assert told(first) == told(second), (case.id, twin.id, same)
            assert first.total == second.total
            pairs, decisions = pairs + 1, decisions + len(same)
    print(f"{pairs} pairs of truths, alike for {decisions} decisions; {ended} ended alike")
    assert decisions > 3 * pairs


def _twin(case: Case, lot: str, changed: int) -> Case:
    """Another truth, of both sides or of one of them."""
    own, other = case.id.split("."), drawn(STRIKE, f"twin {lot}").split(".")
    sides = enumerate(zip(other, own, strict=True))
    return STRIKE.case(".".join(new if changed in (side, 2) else old for side, (new, old) in sides))
