"""Every rule of judgement has a case note: what was decided when, what is said of it, and when it is not.

The notes are in tests/judging/case_notes.yaml, to be read by people who know mediation and no Python.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from caucusroom import Move, load
from caucusroom.laws.legality import legal_moves
from caucusroom_grading.judging.finding import LABELS, Finding
from caucusroom_grading.judging.rules import RULES, findings

from tests.judging.judged import played

NOTES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("judging").joinpath("case_notes.yaml").read_text(encoding="utf-8")
)
DISPUTE = load("labor-strike")


def said(note: dict[str, Any], otherwise: dict[str, Any] | None = None) -> tuple[Finding, ...]:
    """What is said of the decision of a note; of another moment, where `otherwise` changes some of it."""
    moment = {**note, **(otherwise or {})}
    replay = played(DISPUTE, moment["case"], filter(None, moment["moves"].split(" / ")))
    decision = Move.of(moment["decision"])
    assert decision in legal_moves(replay.case, replay.state), f"{decision} is not possible there"
    return findings(replay.moment, decision)


each_note = pytest.mark.parametrize("note", NOTES, ids=lambda note: note["rule"])


def test_every_rule_has_its_note_and_every_note_its_rule() -> None:
    noted = [note["rule"] for note in NOTES]
    assert sorted(noted) == sorted(rule.id for rule in RULES)


@each_note
def test_it_is_said_of_the_decision_in_the_note(note: dict[str, Any]) -> None:
    found = said(note)
    finding = next((one for one in found if one.rule == note["rule"]), None)
    assert finding is not None, [one.rule for one in found]
    assert finding.label == note["label"]
    assert note["why"].strip().endswith(".")
    assert note["title"] == note["title"].strip()
    assert "{" not in finding.reason
    assert finding.reason[0] == finding.reason[0].upper()


@each_note
def test_it_is_not_said_of_nearly_the_same_decision(note: dict[str, Any]) -> None:
    if "never_otherwise" in note:
        return  # the technique is enough, whatever the moment: test_a_rule_without_a_counter_note_always_speaks
    found = said(note, note["but"])
    rules = [one.rule for one in found]
    assert note["rule"] not in rules
    assert note["but"]["said"] in rules, rules


def test_every_label_and_every_criterion_is_noted() -> None:
    assert {note["label"] for note in NOTES} == set(LABELS)
    assert {rule.criterion for rule in RULES} == set(DISPUTE.catalogue.criteria)
