"""The laws of judging: no hindsight, nothing left to chance, harm never pays, equally good is equally good."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import caucusroom_grading
import pytest
from caucusroom import Session, load, read_journal
from caucusroom.model.dispute import Case, Dispute
from caucusroom.model.levels import TABLE
from caucusroom.model.sides import SIDES
from caucusroom.model.truths import Alternative, Choices, drawn, truth_of
from caucusroom_grading import Report, judge
from caucusroom_grading.judging.finding import LABELS
from caucusroom_grading.judging.report import Decision
from caucusroom_grading.judging.rules import Rule, closing, confidentiality, honesty

from tests.conftest import require
from tests.golden.plays import REPORTS, golden_reports
from tests.golden.reported import shortened
from tests.judging.judged import marks, played, report, transcript
from tests.judging.variations import STRIKE, inserted_harm, line, replaced_sound
from tests.plays import THOROUGH
from tests.test_determinism import like_a_wheel, to_compare

pytestmark = pytest.mark.timeout(3600 if THOROUGH else 300)

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
        case, moves = line(number)
        kept = Random(number).randrange(len(moves) + 1) if number % 3 == 0 else len(moves)
        reports.append(report(STRIKE, case.id, moves[:kept]))
    return tuple(reports)


# no hindsight (that truths which were perceived alike are judged alike: test_occasions)


def known_by(decision: Decision) -> tuple[object, ...]:
    """All that is said of a decision but how it turned out."""
    return (
        decision.label, decision.criterion, decision.reason, decision.sources, decision.findings, decision.knowable,
        decision.better,
    )  # fmt: skip


def with_more(dispute: Dispute) -> Dispute:
    """The dispute with one alternative more for each unknown: something else in the way, of any cause, at the table."""
    causes, barriers = sorted(dispute.catalogue.causes), list(dispute.barriers)
    sides = []
    for own, side in zip(dispute.unknowns, SIDES, strict=True):
        questions, signs = [], list(own.signs)
        pattern = next(one for one in dispute.barriers if one.party == side)
        for place, unknown in enumerate(own.questions):
            cause = causes[(7 * len(barriers) + place) % len(causes)]
            cues = tuple(dispute.catalogue.causes[cause]["cues"])
            new = pattern._replace(id=f"more_{len(barriers)}", cause=cause, cues=cues, issue=TABLE, resists={})
            more = Alternative((new.id,), 1 << len(barriers), 0, ())
            signs.append((len(barriers), cues))
            barriers.append(new)
            questions.append(unknown._replace(alternatives=(*unknown.alternatives, more)))
        sides.append(own._replace(questions=tuple(questions), signs=tuple(signs)))
    return replace(dispute, barriers=tuple(barriers), unknowns=(sides[0], sides[1]))


def same_truth(dispute: Dispute, more: Dispute, choices: Choices) -> str:
    """The id, in the dispute that has more, of the truth of these choices."""
    longer = []
    for own, larger, choice in zip(dispute.unknowns, more.unknowns, choices, strict=True):
        shown = len(own.questions) + len(own.signs)
        longer.append((*choice[:shown], *(0,) * (len(larger.signs) - len(own.signs)), *choice[shown:]))
    return truth_of(more, (longer[0], longer[1])).id


def test_one_alternative_more_for_each_unknown_changes_no_judgement() -> None:
    more, decisions = with_more(STRIKE), 0
    assert len(more.barriers) > len(STRIKE.barriers)
    for number in range(500 if THOROUGH else 40):
        case, moves = line(number)
        same = same_truth(STRIKE, more, case.truth.choices)
        first, second = report(STRIKE, case.id, moves), report(more, same, moves)
        ends = [one.ending and replace(one.ending, case="") for one in (first, second)]
        assert replace(first, case="", ending=ends[0]).as_json() == replace(second, case="", ending=ends[1]).as_json()
        decisions += len(moves)
    print(f"{decisions} decisions judged with {len(more.barriers) - len(STRIKE.barriers)} barriers more")
    assert decisions > 500


def test_a_confidence_is_kept_without_a_loss() -> None:
    """Keep, ask and carry: what need not leave the room costs nothing, and what is asked and carried earns."""
    told = 0
    for number in range(300 if THOROUGH else 60):
        case = STRIKE.case(drawn(STRIKE, f"confidence {number}"))
        for side, other in (("labor", "management"), ("management", "labor")):
            told += keep_ask_and_carry(case, side, other)
    print(f"{told} confidences kept, asked about and carried")
    assert told


def keep_ask_and_carry(case: Case, side: str, other: str) -> int:
    """1 if something was confided there that need not leave the room, and its owner cleared it."""
    begun = f"premeeting {side} / premeeting {other} / open_session / explain_caucus / call_caucus {side} / look_deeper"
    line = [*begun.split(" / "), "look_deeper"]
    asked = played(case.dispute, case.id, [*line, "allay_sharing"])
    cleared = [event.about for event in asked.turns[-1].events if event.kind == "cleared"]
    if not cleared:
        return 0
    ways = {
        "kept": [*line, f"call_caucus {other}"],
        "asked": [*line, "allay_sharing", f"call_caucus {other}"],
        "carried": [*line, "allay_sharing", f"call_caucus {other}", f"share {cleared[0]}"],
    }
    levels = {way: marks(played(case.dispute, case.id, moves)).levels["confidentiality"] for way, moves in ways.items()}
    assert levels == {"kept": None, "asked": 4, "carried": 4}
    return 1


# the same today and tomorrow


def test_judged_twice_a_report_is_the_same_to_the_byte() -> None:
    for dispute, case, moves in GOLDEN.values():
        first, second = (judge(transcript(load(dispute), case, moves)).as_json() for _ in range(2))
        assert first == second
        assert (json.loads(first)["total"] or 0) == sum(score["points"] for score in json.loads(first)["criteria"])


def test_a_report_is_that_of_the_journal_alone(tmp_path: Path) -> None:
    dispute, case, moves = GOLDEN["labor-strike-unfinished.json"]
    journal = tmp_path / "strike.jsonl"
    session = Session(dispute, case=case, journal=journal)
    for move in moves:
        session.play(move)
    again = judge(read_journal(journal))
    assert [known_by(one) for one in again.decisions] == [known_by(one) for one in golden("unfinished").decisions]
    assert again.total is golden("unfinished").total is None


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


def test_a_sound_decision_in_place_of_another_costs_nothing_that_hangs_on_neither() -> None:
    """Where the rest is judged the same and looks the same, the weak and harmful ones count the same."""
    compared = 0
    for play, varied, number in replaced_sound(600 if THOROUGH else 90):
        after = [(one.findings, step.events) for one, step in zip(play.judged, play.turns, strict=True)][number:]
        same = [(one.findings, step.events) for one, step in zip(varied.judged, varied.turns, strict=True)][number:]
        if after != same:
            continue
        first, second = (report(one.dispute, one.case.id, [step.move for step in one.turns]) for one in (play, varied))
        assert first.harm == second.harm and first.caps == second.caps
        for one, other in zip(first.criteria, second.criteria, strict=True):
            assert one.harmful == other.harmful
        compared += 1
    print(f"{compared} sound decisions replaced by others")
    assert compared > 10


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
    found = []
    for play, varied, number in inserted_harm(1500 if THOROUGH else 100):
        before, after = marks(play).total, marks(varied).total
        if before is not None and after is not None:
            moves = " / ".join(str(step.move) for step in varied.turns)
            rule = varied.judged[number - 1].findings[0].rule
            last = number == len(varied.turns)
            found.append(Harmed(rule, before, after, last, f"{varied.case.id}: decision {number} of {moves}"))
    return tuple(found)


def test_a_harmful_decision_more_never_raises_the_total() -> None:
    for one in harmed():
        assert one.after <= one.before, one
    print(f"{len(harmed())} harmful decisions put into plays")
    assert len(harmed()) > (1500 if THOROUGH else 100)


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


# what is said of each decision


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
    skilled = {name: total or 0 for name, total in totals.items() if "skilled" in name}
    assert len(skilled) >= len(load("labor-strike").cases)
    assert min(skilled.values()) >= 88, skilled


def test_what_is_hidden_is_told_only_when_it_is_over() -> None:
    unfinished = golden("unfinished")
    assert unfinished.ending is None
    over = golden("skilled-e")
    assert over.ending is not None
    assert over.ending.case
