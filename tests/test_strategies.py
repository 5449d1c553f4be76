"""A mark means something: whoever reads, asks and adapts stands far above all who do not, in truths that were drawn.

Also what the players are: they see what a student sees, vary with their seed, and are the same with the same one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest
from caucusroom import Attempt, Transcript, catalogue, load
from caucusroom.model.dispute import Case
from caucusroom.model.truths import drawn
from caucusroom.record.transcript import Header
from caucusroom_course.judging import show_strategies
from caucusroom_grading import strategies as package
from caucusroom_grading.judging import score
from caucusroom_grading.judging.judge import marks
from caucusroom_grading.strategies.adaptive import adaptive
from caucusroom_grading.strategies.chair import Chair, Player, Strategy, play
from caucusroom_grading.strategies.measure import Measured, Row, measure, search, strategies, worth_of_card

from tests.plays import DRAWN, THOROUGH

ROOT = Path(__file__).parents[1]
README = (ROOT / "grading" / "README.md").read_text(encoding="utf-8")
DISPUTE = "labor-strike"
STRIKE = load(DISPUTE)
PLAYERS = strategies(STRIKE)

PLAYS, ROUNDS, TRUTHS = (300, 60, 24) if THOROUGH else (20, 4, 8)
NOISE = 0 if THOROUGH else 5
"""How far a number of few plays may be from that of many."""

SKILLED, LOW, BLIND, PRESSED, GATE_BROKEN, ERROR = 88, 75, 55, 55, 40, 6
READS = "reads, asks, answers, adapts"
UNREADING = [
    *(name for name in PLAYERS if name.startswith("card: ")),
    *("the button at the top", "the coach's pupil", "the checklist", "recites another's line"),
]
"""Those who go on without listening."""


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure(DISPUTE, PLAYS, seed=1)


@pytest.fixture(scope="module")
def rows(measured: Measured) -> dict[str, Row]:
    return {row.name: row for row in measured.rows}


# what marks say


def test_who_reads_asks_and_adapts_stands_high_in_nearly_every_truth(rows: dict[str, Row]) -> None:
    assert rows[READS].mean >= SKILLED - NOISE
    assert rows[READS].low >= LOW - 2 * NOISE


@pytest.mark.parametrize("name", UNREADING)
def test_who_does_not_read_gets_no_more_than_half(rows: dict[str, Row], name: str) -> None:
    assert rows[name].mean <= BLIND + NOISE


def test_no_blind_card_that_can_be_found_gets_more_than_half_where_it_was_not_tried() -> None:
    card = search(DISPUTE, 1, ROUNDS, TRUTHS)
    average, lowest, highest = worth_of_card(DISPUTE, card, PLAYS, 1)
    assert lowest <= average <= highest and average <= BLIND + NOISE


def test_what_is_never_right_caps_the_total(rows: dict[str, Row]) -> None:
    caps = {"tell": GATE_BROKEN, "rule": GATE_BROKEN, "press": PRESSED}
    spoilers = {name: one.deed for name, one in PLAYERS.items() if one.deed in caps}
    assert sorted(spoilers.values()) == ["press", "press", "rule", "tell", "tell"]
    assert (spoilers.keys() <= rows.keys()) >= THOROUGH
    for name, deed in spoilers.items():
        assert name not in rows or rows[name].highest <= caps[deed], name


def test_who_stops_early_gets_less_than_who_goes_on(rows: dict[str, Row]) -> None:
    assert rows["stops after the first proposal"].highest <= score.GIVEN_UP < rows[READS].low


def test_the_truth_that_was_drawn_makes_little_difference(measured: Measured, rows: dict[str, Row]) -> None:
    one, two = measured.sureness
    assert rows[READS].spread <= ERROR
    assert one.by_truth <= ERROR + NOISE
    assert one.by_truth <= one.by_all and one.by_truth >= two.by_truth and one.by_all > two.by_all
    assert 0 < one.reliability < two.reliability < 1


def test_criteria_do_not_say_the_same(measured: Measured) -> None:
    assert len(measured.together) >= 8 * 7 / 2
    assert all(-1 <= one < 0.95 for one in measured.together.values())


def test_everything_is_put_to_the_test_by_who_gets_far(rows: dict[str, Row]) -> None:
    tested = dict(zip(catalogue().criteria, rows[READS].tested, strict=True))
    assert all(tested.values()), tested
    assert sum(share == 1 for share in tested.values()) >= 6
    for row in rows.values():
        assert [level is None for level in row.levels] == [not share for share in row.tested]


def test_what_is_not_over_has_no_total() -> None:
    case = DRAWN[0]
    moves = play(case, adaptive, Random(1))
    for count in range(0, len(moves), 6):
        begun = Transcript(Header(DISPUTE, STRIKE.content, case.id, "", ""), (Attempt(case.id, moves[:count]),))
        assert marks(begun)[0] is None
    assert marks(Transcript(begun.header, (Attempt(case.id, moves),)))[0] is not None


# the papers


ROW = re.compile(r"^\| ([^|]+?) +\| +([\d.]+) \| +([\d.]+) \| +(\d+) \| +(\d+) \| +(\d+) \| +(\d+) \|$", re.MULTILINE)
PRINTED = {name: tuple(map(float, numbers)) for name, *numbers in ROW.findall(README)}


def test_the_table_in_the_readme_is_a_row_for_each_mediator_and_keeps_every_promise() -> None:
    assert list(PRINTED) == list(PLAYERS)
    mean, _, low, _, _, _ = PRINTED[READS]
    assert mean >= SKILLED and low >= LOW
    for name in UNREADING:
        assert PRINTED[name][0] <= BLIND, name
    for name, one in PLAYERS.items():
        if one.deed in ("tell", "rule"):
            assert PRINTED[name][4] <= GATE_BROKEN, name
        if one.deed == "press":
            assert PRINTED[name][4] <= PRESSED, name
    said = re.search(r"^\| standard error that comes of the truths drawn +\| +([\d.]+) \| +[\d.]+ \|$", README, re.M)
    assert said and float(said[1]) <= ERROR


def test_the_table_in_the_readme_is_what_is_measured(rows: dict[str, Row]) -> None:
    """The same plays begin every run, so these are among those of the table."""
    for name, row in rows.items():
        mean, spread, _, lowest, highest, plays = PRINTED[name]
        assert row.lowest >= lowest and row.highest <= highest if row.plays <= plays else True, name
        if row.plays == plays:
            assert (f"{row.mean:.1f}", f"{row.spread:.1f}") == (f"{mean:.1f}", f"{spread:.1f}"), name


def test_the_weights_and_caps_in_the_readme_are_those_that_count() -> None:
    weights = re.findall(r"^\| (\d) \| (.+?)( \(gate\))? \| (\d+) \|$", README, re.MULTILINE)
    assert [(int(number), name, bool(gate), int(weight)) for number, name, gate, weight in weights] == [
        (one["number"], one["name"], one["gate"], one["weight"]) for one in catalogue().criteria.values()
    ]
    assert sum(int(weight) for *_, weight in weights) == 100
    assert (score.GATE_BROKEN, score.PRESSED, score.HARM) == (GATE_BROKEN, PRESSED, 10)
    for most in (score.GATE_BROKEN, score.PRESSED, score.GIVEN_UP):
        assert f"at most {most}" in README
    assert "ten points off the total" in README


def test_every_table_can_be_read_in_a_hundred_columns(capsys: pytest.CaptureFixture[str]) -> None:
    show_strategies(DISPUTE, 2, 1, 0)
    tables = [table.splitlines() for table in capsys.readouterr().out.split("\n\n")]
    assert [len(table) for table in tables[:3]] == [len(table) for table in tables[:1]] * 3
    assert [len(table) for table in tables[3:]] == [2 + 8, 2 + 3]
    for table in tables:
        assert len({len(line) for line in table}) == 1 and len(table[0]) <= 100


# the players


def heard(case: Case, player: Player, seed: int, line: tuple[str, ...]) -> list[tuple[object, ...]]:
    """What a player did, each with all that it had perceived of what came of the decision before."""
    seen: list[tuple[object, ...]] = []
    chairs: list[Chair] = []

    def watched(chair: Chair) -> Iterator[str]:
        chairs.append(chair)
        return iter(player(chair))

    play(case, watched, Random(seed), line)
    (chair,) = chairs
    before: tuple[object, ...] = ()
    for turn in chair.turns:
        seen.append((before, turn.before, str(turn.move)))
        before = turn.events
    return seen


@pytest.mark.parametrize("strategy", PLAYERS.values(), ids=PLAYERS)
def test_what_is_not_seen_decides_nothing(strategy: Strategy) -> None:
    """In two truths a player does the same until they look different."""
    line = play(DRAWN[-1], adaptive, Random(0))
    same = 0
    for seed, (one, other) in enumerate(zip(DRAWN[:3], alike(), strict=True)):
        player = strategy.players[seed % len(strategy.players)]
        for (*seen, move), (*also_seen, also) in zip(
            heard(one, player, seed, line), heard(other, player, seed, line), strict=False
        ):
            if seen != also_seen:
                break
            assert move == also
            same += 1
    assert same > 3, "they look the same for a while"


def alike() -> list[Case]:
    """For each of the first drawn truths another that is the same for one side."""
    others = [drawn(STRIKE, f"another {number}") for number in range(3)]
    return [
        STRIKE.case(f"{one.id.partition('.')[0]}.{other.partition('.')[2]}")
        for one, other in zip(DRAWN[:3], others, strict=True)
    ]


SECRETS = frozenset({"case", "truth", "state", "real", "shows", "floors", "habits", "apply", "initial"})


@pytest.mark.parametrize("name", ["adaptive", "chair", "pupil", "scripts", "shortcuts", "thumbs"])
def test_no_player_reaches_for_the_truth(name: str) -> None:
    (folder,) = package.__path__
    tree = ast.parse((Path(folder) / f"{name}.py").read_text(encoding="utf-8"))
    named = {node.attr: node for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not named.keys() & SECRETS
    if name != "chair":
        assert not [attribute for attribute in named if attribute in ("_playing", "_case")]
        imported = [alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
        assert not {"Case", "Playing", "Session", "State"} & {*imported}


def test_what_a_player_is_given_holds_no_truth() -> None:
    chair = Chair(DRAWN[0], Random(0))
    for name in dir(chair):
        if not name.startswith("_"):
            assert not isinstance(getattr(chair, name), Case), name
    assert DRAWN[0].id not in repr({name: one for name, one in vars(chair).items() if name != "_playing"})


@pytest.mark.parametrize("name", PLAYERS)
def test_players_vary_and_play_to_the_end_in_every_truth(name: str) -> None:
    line = play(DRAWN[0], adaptive, Random(0))
    played = set()
    for number, case in enumerate(DRAWN[:5]):
        for player in PLAYERS[name].players:
            moves = play(case, player, Random(number), line)
            transcript = Transcript(Header(DISPUTE, STRIKE.content, case.id, "", ""), (Attempt(case.id, moves),))
            assert marks(transcript)[0] is not None
            played.add(moves)
    assert len(played) > 1 or PLAYERS[name].recites or name.startswith("card: "), "a card may do the same everywhere"


def test_equal_seeds_give_equal_plays(measured: Measured) -> None:
    for strategy in PLAYERS.values():
        line = ("open_session", "close_open")
        first, again = (play(DRAWN[0], strategy.players[0], Random(7), line) for _ in "ab")
        assert first == again
    assert measure(DISPUTE, 2, seed=3) == measure(DISPUTE, 2, seed=3) != measure(DISPUTE, 2, seed=4)
    assert search(DISPUTE, 5, 1, 2) == search(DISPUTE, 5, 1, 2)


def test_the_less_skilled_get_less() -> None:
    def average(overlooks: float) -> float:
        player = partial(adaptive, overlooks=overlooks)
        plays = [(case.id, play(case, player, Random(number))) for number, case in enumerate(DRAWN)]
        header = Header(DISPUTE, STRIKE.content, DRAWN[0].id, "", "")
        return sum(marks(Transcript(header, (Attempt(id, moves),)))[0] or 0 for id, moves in plays) / len(plays)

    assert average(0) > average(0.3) > average(0.7)
