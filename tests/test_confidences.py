"""What is done with a confidence is judged, not how much comes out: to keep it, to ask about it and to carry it.

Mediations that differ in nothing else, side by side: once with something that need not leave the room it was told in,
once with something that answers what stands in the way next door.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import NamedTuple

import pytest
from caucusroom_grading import Report
from caucusroom_grading.judging.report import MET, MISSED, Occasion, Score
from caucusroom_grading.judging.rules.confidentiality import CRITERION

from tests.judging.judged import report
from tests.judging.variations import STRIKE


class Confidence(NamedTuple):
    """Something that is told, and the mediation before, between and after."""

    case: str
    fact: str
    told: str
    between: str
    after: str

    def line(self, way: str) -> list[str]:
        asked = ["allay_sharing"] if way in ("asked", "carried") else []
        carried = {"carried": [f"share {self.fact}"], "betrayed": [f"tell {self.fact}"]}.get(way, [])
        return [*self.told.split(" / "), *asked, *self.between.split(" / "), *carried, *self.after.split(" / ")]


BEGUN = "premeeting labor / premeeting management / open_session / explain_caucus"
NOT_NEEDED = Confidence(
    "d",
    "turn_diary",
    f"{BEGUN} / look_deeper / park hours / look_deeper / call_caucus labor / look_deeper",
    "follow_up flat_yes / remind_control / call_caucus management / follow_up one_demand / rejoin",
    "options / propose rest_rules / conclude",
)
"""The local keeps a diary of forced turns. Nothing that was found next door is answered by it."""
NEEDED = Confidence(
    "b",
    "renewal_quote",
    f"{BEGUN} / call_caucus management / hear_out / look_deeper / look_deeper",
    "call_caucus labor / hear_out / look_deeper / follow_up one_demand",
    "rejoin / close_open",
)
"""The company has a quotation, and the local reckons with figures that it would correct."""


@cache
def way(confidence: Confidence, done: str) -> Report:
    return report(STRIKE, confidence.case, confidence.line(done))


def score(one: Report) -> Score:
    return next(score for score in one.criteria if score.id == CRITERION)


def besides(one: Report) -> list[object]:
    """What is said of every other criterion."""
    return [
        (score.id, score.level, score.called, score.earned, [(o.id, o.outcome) for o in score.occasions])
        for score in one.criteria
        if score.id != CRITERION
    ]


def told(one: Report) -> list[Occasion]:
    return list(score(one).occasions)


@pytest.mark.parametrize("confidence", [NOT_NEEDED, NEEDED], ids=["not needed", "needed"])
@pytest.mark.parametrize("done", ["kept", "asked", "carried", "betrayed"])
def test_it_was_told_and_done_with_as_it_says(confidence: Confidence, done: str) -> None:
    (fact,) = (fact for fact in way(confidence, done).facts if fact.id == confidence.fact)
    assert fact.confided
    assert bool(fact.cleared) == (done in ("asked", "carried"))
    assert bool(fact.shared) == (done in ("carried", "betrayed"))
    assert bool(fact.breached) == (done == "betrayed")


def test_to_keep_what_need_not_leave_the_room_costs_nothing() -> None:
    kept, asked, carried = (way(NOT_NEEDED, done) for done in ("kept", "asked", "carried"))
    assert told(kept) == [] and score(kept).level is None
    assert [one.text for one in told(asked)] == [
        "Local 1187 had told you something in confidence, and was asked what may be carried of it, and how."
    ]
    assert [one.text for one in told(carried)] == [
        told(asked)[0].text,
        "What Local 1187 had cleared was carried, in the words agreed.",
    ]
    assert score(asked).level == score(carried).level == 4
    assert asked.total == carried.total
    tested = [one for one in kept.criteria if one.called]
    average = sum(one.weight * Fraction(one.earned, one.called) for one in tested) / sum(one.weight for one in tested)
    assert abs(score(kept).points - score(kept).weight * average) < 1, "it counts as the others do on average"
    for one in (asked, carried):
        assert besides(one) == besides(kept)
    reasons = {found.reason for decision in kept.decisions for found in decision.findings}
    assert not any("confiden" in reason for reason in reasons)


def test_to_keep_what_is_needed_next_door_is_a_chance_missed() -> None:
    kept, asked, carried = (way(NEEDED, done) for done in ("kept", "asked", "carried"))
    bears = "Harlan Forge had told you something that bears on what was found in Local 1187 (an outdated picture); "
    assert [(one.outcome, one.text) for one in told(kept)] == [
        (MISSED, f"{bears}whether it may be carried was not asked.")
    ]
    for one in (asked, carried):
        assert [(o.outcome, o.text) for o in told(one)] == [(MET, f"{bears}you asked whether it may be carried.")]
    assert (score(kept).level, score(asked).level, score(carried).level) == (0, 4, 4)
    assert (kept.total or 0) < (asked.total or 0) < (carried.total or 0)
    (shared,) = (one for one in carried.decisions if one.move == f"share {NEEDED.fact}")
    assert {found.rule for found in shared.findings} == {"carried_what_was_cleared", "shared_what_answers"}


@pytest.mark.parametrize("confidence", [NOT_NEEDED, NEEDED], ids=["not needed", "needed"])
def test_to_pass_it_on_without_leave_breaks_the_gate_whatever_it_brings(confidence: Confidence) -> None:
    betrayed = way(confidence, "betrayed")
    assert [cap.reason for cap in betrayed.caps if cap.criterion == CRITERION] == [
        "Something said in confidence was passed on without consent: the total cannot be above 40."
    ]
    assert (betrayed.total or 0) <= min(40, way(confidence, "kept").total or 0)
