"""The judge separates: skilled mediators stand far above every rule of thumb, and what spoils a play caps it."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from caucusroom import catalogue, load
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.legality import legal_moves
from caucusroom_grading.judging import score
from caucusroom_grading.strategies.measure import Row, measure
from caucusroom_grading.strategies.players import play, strategies

from tests.golden.plays import golden_plays
from tests.plays import CASES, THOROUGH

ROOT = Path(__file__).parents[1]
README = (ROOT / "grading" / "README.md").read_text(encoding="utf-8")
DISPUTE = "labor-strike"
PLAYS = 500 if THOROUGH else 35
SKILLED, SIMPLE, GATE_BROKEN, PRESSED = 88, 55, 40, 55
NOISE = 5
"""How far the mean of few plays may be from that of many."""

ROW = re.compile(r"^\| (.+?) +\| +([\d.]+) \| +(\d+) \| +(\d+) \| +(\d+) \|$", re.MULTILINE)
PRINTED = {
    name: Row(name, float(mean), int(lowest), int(highest), int(plays))
    for name, mean, lowest, highest, plays in ROW.findall(README)
}


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    return {row.name: row for row in measure(DISPUTE, PLAYS, seed=1)}


def gate_breakers() -> set[str]:
    return {one.name for one in strategies(load(DISPUTE)).values() if one.deed in ("tell", "rule")}


def test_the_table_in_the_readme_is_one_row_for_each_mediator() -> None:
    dispute = load(DISPUTE)
    assert list(PRINTED) == [f"skilled, case {case}" for case in dispute.cases] + list(strategies(dispute))


def separates(rows: dict[str, Row], noise: int = 0) -> None:
    assert len(gate_breakers()) == 3
    for name, row in rows.items():
        if name.startswith("skilled, case"):
            assert row.lowest >= SKILLED, name
        else:
            assert row.mean <= SIMPLE + noise, name
        if name in gate_breakers():
            assert row.highest <= GATE_BROKEN, name
        if "presses" in name:
            assert row.highest <= PRESSED, name


def test_the_judge_separates(rows: dict[str, Row]) -> None:
    separates(rows, noise=0 if THOROUGH else NOISE)


def test_the_table_in_the_readme_shows_that_it_does() -> None:
    separates(PRINTED)


def test_the_table_in_the_readme_is_what_is_measured(rows: dict[str, Row]) -> None:
    """The same plays begin every run, so these are among those of the table."""
    assert rows.keys() == PRINTED.keys()
    for name, row in rows.items():
        printed = PRINTED[name]
        assert printed.lowest <= row.lowest <= row.highest <= printed.highest, name
        if row.plays == printed.plays:
            assert f"{row.mean:.1f}" == f"{printed.mean:.1f}", name


def test_the_weights_and_caps_in_the_readme_are_those_that_count() -> None:
    weights = re.findall(r"^\| (\d) \| (.+?)( \(gate\))? \| (\d+) \|$", README, re.MULTILINE)
    assert [(int(number), name, bool(gate), int(weight)) for number, name, gate, weight in weights] == [
        (one["number"], one["name"], one["gate"], one["weight"]) for one in catalogue().criteria.values()
    ]
    assert sum(int(weight) for *_, weight in weights) == 100
    assert (score.GATE_BROKEN, score.PRESSED, score.A_LEVEL) == (GATE_BROKEN, PRESSED, 2)
    assert (score.LEVELS_OF_HARM, score.HARM) == (2, 10)
    for said in ("at most 40", "at most 55", "two levels of its criterion, and ten points of the total"):
        assert said in README


@pytest.mark.parametrize("name", strategies(load(DISPUTE)))
def test_players_vary_and_play_to_the_end_in_every_case(name: str) -> None:
    players, played = strategies(load(DISPUTE))[name].players, set()
    for case in CASES:
        line = golden_plays()[f"{DISPUTE}-{case.id}.txt"][2]
        lines = {play(case, player, Random(f"{case.id} {seed}"), line) for player in players for seed in range(4)}
        played |= lines
        for moves in lines:
            state = initial(case)
            for text in moves:
                (move,) = (one for one in legal_moves(case, state) if str(one) == text)
                state, _ = apply(case, state, move)
            assert state.ending
    assert len(played) > len(CASES)


def test_equal_seeds_give_equal_plays() -> None:
    for strategy in strategies(load(DISPUTE)).values():
        first, again = (play(CASES[0], strategy.players[0], Random(7), ("open_session", "close_open")) for _ in "ab")
        assert first == again
