"""The laws of judging: no hindsight, nothing left to chance, harm never pays, equally good is equally good."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from typing import NamedTuple

import caucusroom_grading
import pytest
from caucusroom import Move, Session, load, read_journal, scenarios
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.events import Event
from caucusroom.laws.legality import legal_moves
from caucusroom.model.dispute import Dispute
from caucusroom.seen.view import View, view
from caucusroom_grading import Report, judge
from caucusroom_grading.judging.judge import Replay
from caucusroom_grading.judging.moment import Moment
from caucusroom_grading.judging.report import HARMFUL, LABELS, TOP, WEAK, Decision
from caucusroom_grading.judging.rules import Rule, closing, confidentiality, honesty

from tests.conftest import require
from tests.golden.plays import REPORTS, golden_reports
from tests.golden.reported import shortened
from tests.judging.judged import marks, played, report, transcript
from tests.judging.variations import inserted_harm, replaced_sound, some_play
from tests.plays import CASES, RASH, THOROUGH, random_play, straying_play
from tests.test_determinism import like_a_wheel, to_compare

pytestmark = pytest.mark.timeout(3600 if THOROUGH else 300)

STARTER = load(Path(__file__).parents[1] / "scenarios" / "caucusroom" / "authoring" / "starter")
DISPUTES = [*map(load, scenarios()), STARTER]
PLAYS_A_PAIR = 500 if THOROUGH else 8
GOLDEN = golden_reports()


@cache
def golden(name: str) -> Report:
    dispute, case, moves = GOLDEN[f"labor-strike-{name}.json"]
    return report(load(dispute), case, moves)


@cache
def some_reports() -> tuple[Report, ...]:
    """Reports of the golden plays and of plays of every kind."""
    reports = [report(load(dispute), case, moves) for dispute, case, moves in GOLDEN.values()]
    for number in range(1000 if THOROUGH else 100):
        case = CASES[number % len(CASES)]
        reports.append(report(case.dispute, case.id, some_play(case, Random(number))))
    return tuple(reports)


# no hindsight


def known_by(decision: Decision) -> tuple[object, ...]:
    """All that is said of a decision but how it turned out."""
    return (
        decision.label, decision.criterion, decision.reason, decision.sources, decision.findings, decision.fitting,
        decision.knowable, decision.better, decision.cost,
    )  # fmt: skip


def perceived(dispute: Dispute, case: str, line: list[Move]) -> Iterator[tuple[View, tuple[Event, ...]]]:
    """What the mediator perceives on arrival and after each decision, as long as these can be made."""
    its = dispute.case(case)
    state, events = initial(its), tuple[Event, ...]()
    yield view(its, state), events
    for move in line:
        state, events = apply(its, state, move)
        yield view(its, state), events


def alike(dispute: Dispute, pair: tuple[str, str], line: list[Move]) -> int:
    """How many decisions were made while two cases looked the same; the last of them may have told them apart."""
    number = 0
    for first, second in zip(*(perceived(dispute, case, line) for case in pair), strict=False):
        if first != second:
            break
        number += 1
    return min(number, len(line))


def compare_cases(dispute: Dispute, pair: tuple[str, str], plays: int) -> int:
    """Judge the same decisions in two cases that look the same; how many were compared."""
    compared = 0
    for number in range(plays):
        random, case = Random(number), dispute.case(pair[number % 2])
        straying = number % 4 < 2 and dispute is not STARTER
        line = [step.move for step in (straying_play if straying else random_play)(case, random, RASH)]
        line = line[: alike(dispute, pair, line)]
        first, second = (report(dispute, case, line).decisions for case in pair)
        assert len(first) == len(second) == len(line)
        for one, other in zip(first, second, strict=True):
            assert known_by(one) == known_by(other), (pair, [str(move) for move in line[: one.number]])
        compared += len(line)
    return compared


@pytest.mark.parametrize("dispute", DISPUTES, ids=lambda dispute: dispute.id)
def test_no_decision_is_judged_by_hindsight(dispute: Dispute) -> None:
    pairs = list(combinations(dispute.cases, 2))
    compared = {pair: compare_cases(dispute, pair, PLAYS_A_PAIR) for pair in pairs}
    print(f"{dispute.id}: {sum(compared.values())} decisions compared in {len(pairs)} pairs of cases")
    assert min(compared.values()) > PLAYS_A_PAIR


def test_a_judge_who_knows_the_case_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def knows(self: Replay) -> Moment:
        return Moment(self.dispute, self.turns, view(self.case, self.state), {self.case.id: self.state})

    monkeypatch.setattr(Replay, "_moment", knows)
    dispute = load("labor-strike")
    caught = 0
    for pair in combinations(dispute.cases, 2):
        with pytest.raises(AssertionError):
            compare_cases(dispute, pair, PLAYS_A_PAIR)
        caught += 1
    assert caught == 21


MET = "premeeting labor / premeeting management / open_session / explain_caucus / call_caucus labor / hear_out"


def test_the_answer_to_the_last_question_changes_nothing() -> None:
    """Settling earns nothing in itself: a yes and a no to the same proposal are judged the same."""
    dispute, told = load("labor-strike"), 0
    for then in ("rejoin", "call_caucus management / rejoin", "call_caucus management", "break", "coach / rejoin"):
        line = [*map(Move.of, f"{MET} / {then} / park hours".split(" / "))]
        now = played(dispute, "b", line).moment
        for move, yes, no in proposals(dispute, now):
            agreed, refused = (report(dispute, id, [*line, move]) for id in (yes, no))
            assert list(map(known_by, agreed.decisions)) == list(map(known_by, refused.decisions))
            assert [one.level for one in agreed.criteria] == [one.level for one in refused.criteria], (move, then)
            assert agreed.total == refused.total
            told += 1
    print(f"{told} proposals, each accepted in one case and refused in another that looked the same")
    assert told >= 5


def proposals(dispute: Dispute, now: Moment) -> Iterator[tuple[Move, str, str]]:
    """The proposals to which both sides would say yes in one of the cases that fit, and not in another one."""
    some, *_ = now.fitting.items()
    for move in legal_moves(dispute.case(some[0]), some[1]):
        if move.technique in ("propose", "shuttle"):
            answers: dict[bool, str] = {}
            for id, state in now.fitting.items():
                events = apply(dispute.case(id), state, move)[1]
                answers.setdefault(any(event.kind == "agreed" for event in events), id)
            if len(answers) == 2:
                yield move, answers[True], answers[False]


# the same today and tomorrow


def test_judged_twice_a_report_is_the_same_to_the_byte() -> None:
    for dispute, case, moves in GOLDEN.values():
        first, second = (judge(transcript(load(dispute), case, moves)).as_json() for _ in range(2))
        assert first == second
        assert json.loads(first)["total"] == sum(score["points"] for score in json.loads(first)["criteria"])


def test_a_report_is_that_of_the_journal_alone(tmp_path: Path) -> None:
    dispute, case, moves = GOLDEN["labor-strike-unfinished.json"]
    journal = tmp_path / "strike.jsonl"
    session = Session(dispute, case=case, journal=journal)
    for move in moves:
        session.play(move)
    again = judge(read_journal(journal))
    assert [known_by(one) for one in again.decisions] == [known_by(one) for one in golden("unfinished").decisions]
    assert again.total == golden("unfinished").total


@pytest.mark.parametrize("name", GOLDEN)
def test_a_golden_play_is_judged_as_it_was(name: str) -> None:
    path = REPORTS / name
    assert path.exists(), f"{name} is missing: write it with python -m tests.golden"
    assert shortened(*GOLDEN[name]) == path.read_text(encoding="utf-8"), (
        "Not as it was. If that is meant: python -m tests.golden, and read the differences."
    )


def test_no_golden_report_is_left_over() -> None:
    assert {path.name for path in REPORTS.glob("*.json")} == set(GOLDEN)
    assert len(GOLDEN) >= 12


def packages(folder: Path) -> Path:
    """The engine and the judging as they are installed."""
    like_a_wheel(folder)
    source = Path(caucusroom_grading.__file__).parent
    shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def run(python: str, folder: Path, seed: str) -> str:
    """What `reported.py` prints under this Python; -S keeps every installed package out of its sight."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [python, "-S", str(REPORTS.with_name("reported.py")), str(folder)], input=json.dumps(list(GOLDEN.values())),
        env=environment | {"PYTHONHASHSEED": seed}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_report_is_the_same_whatever_the_order_of_hashes_and_under_other_versions_of_python(tmp_path: Path) -> None:
    folder = packages(tmp_path)
    here = run(sys.executable, folder, "0")
    assert here.count("\n") > 5_000
    assert run(sys.executable, folder, "1") == here
    pythons = to_compare()
    require(
        " ".join(pythons.values()) or None,
        "No other Python from 3.11 on was found: install one, such as python3.13, to compare reports under both.",
    )
    for version, python in sorted(pythons.items()):
        print(f"compared with Python {version[0]}.{version[1]}")
        assert run(python, folder, "random") == here, version


# equally good is equally good


QUESTIONS = frozenset({"look_deeper", "ask_need"})
DOORS = frozenset({"call_caucus", "shuttle", "rejoin"})
ENDS = frozenset({"conclude", "close_open", "adjourn"})
BROUGHT_OUT = frozenset({"found", "helped", "homework", "interest", "confided", "cleared", "shared", "agreed"})


def may_count_anywhere(play: Replay, number: int) -> bool:
    """Steps of any scale rest on who was asked, who is owed a turn, what is over and what has come out."""
    step = play.turns[number - 1]
    technique = step.move.technique
    return technique in QUESTIONS | DOORS | ENDS or any(event.kind in BROUGHT_OUT for event in step.events)


def test_a_sound_decision_in_place_of_another_changes_only_what_hangs_on_one_of_them() -> None:
    """Where the rest is judged the same and looks the same.

    Nothing is taken off for either. What is earned changes only in a criterion for which one of the two counts,
    or by a decision that may count anywhere.
    """
    compared, kept = 0, 0
    for play, varied, number in replaced_sound(1500 if THOROUGH else 150):
        after = [(one.findings, step.events) for one, step in zip(play.judged, play.turns, strict=True)][number:]
        same = [(one.findings, step.events) for one, step in zip(varied.judged, varied.turns, strict=True)][number:]
        if after != same:
            continue
        first, second = (report(one.dispute, one.case.id, [step.move for step in one.turns]) for one in (play, varied))
        anywhere = may_count_anywhere(play, number) or may_count_anywhere(varied, number)
        for one, other in zip(first.criteria, second.criteria, strict=True):
            assert one.losses == other.losses
            counts = number in one.decisions or number in other.decisions
            if not counts and not anywhere:
                assert one.level == other.level, (one.id, number, [str(step.move) for step in play.turns])
                kept += 1
        compared += 1
    print(f"{compared} sound decisions replaced by others; {kept} criteria that neither counted for")
    assert compared > 30
    assert kept > 100


# harm


class Harmed(NamedTuple):
    """A harmful decision that was put into a play: which rule says so, the totals without and with it."""

    rule: str
    before: int
    after: int
    appended: bool
    line: str


@cache
def harmed() -> tuple[Harmed, ...]:
    return tuple(
        Harmed(
            varied.judged[number - 1].findings[0].rule, marks(play).total, marks(varied).total,
            number == len(varied.turns),
            f"{varied.case.id}: decision {number} of {' / '.join(str(step.move) for step in varied.turns)}",
        )
        for play, varied, number in inserted_harm(3000 if THOROUGH else 300)
    )  # fmt: skip


def test_a_harmful_decision_more_never_raises_the_total() -> None:
    for one in harmed():
        assert one.after <= one.before, one
    appended = sum(one.appended for one in harmed())
    print(f"{len(harmed())} harmful decisions put into plays, {appended} of them at the end")
    assert len(harmed()) > (5000 if THOROUGH else 300)
    assert appended > 10


@pytest.mark.parametrize(
    ("spoilt", "most"),
    [(closing.pushed_for_a_yes, 55), (confidentiality.passed_on_a_confidence, 40), (honesty.said_who_is_right, 40)],
    ids=lambda one: getattr(one, "id", str(one)),
)
def test_what_a_mediator_never_does_caps_the_total_whatever_else_went_well(spoilt: Rule, most: int) -> None:
    well = [one for one in harmed() if one.rule == spoilt.id and one.before > most]
    assert well
    assert max(one.after for one in well) <= most


def test_what_is_quickly_counted_is_what_the_report_says() -> None:
    for one in some_reports()[:40]:
        quick = marks(played(load(one.dispute), one.case, [decision.move for decision in one.decisions]))
        assert quick.total == one.total
        assert quick.levels == {score.id: score.level for score in one.criteria}


# the report adds up


def test_points_add_up_and_levels_and_caps_hold() -> None:
    for one in some_reports():
        weights = {entry["id"]: entry["weight"] for entry in load(one.dispute).catalogue.criteria.values()}
        assert one.total == sum(score.points for score in one.criteria)
        assert all(one.total <= cap.total for cap in one.caps)
        assert 0 <= one.total <= 100 == sum(weights.values())
        assert [score.id for score in one.criteria] == list(weights)
        for score in one.criteria:
            assert 0 <= score.level <= score.earned <= TOP
            assert score.level == max(0, score.earned - sum(loss.levels for loss in score.losses))
            assert 0 <= score.points <= score.weight * score.level // TOP
            assert score.weight == weights[score.id]
            assert [mark.level for mark in score.marks] == [1, 2, 3, 4]
            assert sum(mark.reached for mark in score.marks) == score.earned


def test_every_decision_has_findings_whose_criteria_and_sources_are_in_the_catalogue() -> None:
    labels: Counter[str] = Counter()
    for one in some_reports():
        catalogue = load(one.dispute).catalogue
        numbers = range(1, len(one.decisions) + 1)
        for number, decision in zip(numbers, one.decisions, strict=True):
            assert decision.number == number
            first = decision.findings[0]
            assert (decision.label, decision.criterion, decision.reason, decision.sources) == (
                first.label, first.criterion, first.reason, first.sources
            )  # fmt: skip
            grades = [LABELS.index(found.label) for found in decision.findings]
            assert grades == sorted(grades), "the gravest first"
            criteria = [found.criterion for found in decision.findings]
            assert len(set(criteria)) == len(criteria), "a criterion speaks once"
            for found in decision.findings:
                assert found.criterion in catalogue.criteria
                assert found.sources
                assert set(found.sources) <= set(catalogue.sources)
                assert found.reason.endswith(".")
            assert bool(decision.cost) == (decision.label in (WEAK, HARMFUL))
            assert all(LABELS.index(choice.label) >= LABELS.index(decision.label) for choice in decision.better)
            labels[decision.label] += 1
        cited = [number for score in one.criteria for number in score.decisions]
        assert set(cited) <= set(numbers)
    assert set(labels) == set(LABELS)


def test_a_respectful_stop_can_have_full_marks_and_so_can_every_case() -> None:
    stop = golden("skilled-e")
    assert stop.ending is not None
    assert (stop.ending.id, stop.total, stop.caps) == ("stopped", 100, ())
    totals = {name: golden(name.removeprefix("labor-strike-").removesuffix(".json")).total for name in GOLDEN}
    skilled = {name: total for name, total in totals.items() if "skilled" in name}
    assert len(skilled) >= len(CASES)
    assert min(skilled.values()) >= 88, skilled


def test_what_is_hidden_is_told_only_when_it_is_over() -> None:
    unfinished = golden("unfinished")
    assert unfinished.ending is None
    over = golden("skilled-e")
    assert over.ending is not None
    assert over.ending.case
