"""The Python side of the room: what a page is shown, and what it may send."""

from __future__ import annotations

import ast
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, cast

import caucusroom_widgets
import pytest
from caucusroom import Move, Session
from caucusroom.model.dispute import Case
from caucusroom.model.levels import HOT, WORN
from caucusroom_grading import coach
from caucusroom_grading.judging.finding import FAIR, HARMFUL, SOUND
from caucusroom_grading.judging.moment import Moment
from caucusroom_grading.judging.rules import label
from caucusroom_grading.strategies.adaptive import adaptive
from caucusroom_grading.strategies.chair import play
from caucusroom_widgets.desk import Answered, Desk, Snapshot
from caucusroom_widgets.desk.differences import patched
from caucusroom_widgets.widget.room import Room, room, transcript_html
from hypothesis import given
from hypothesis import strategies as st

from tests.browser.types import misfits
from tests.plays import DRAWN, RASH, random_play, straying_play

DISPUTE = "labor-strike"
CASES = Session(DISPUTE).dispute.cases
ROOT = Path(__file__).parents[1]
WIDGETS = Path(caucusroom_widgets.__file__).parent / "widget"
WISHES = count()
ROOM_WITHOUT_WIDGET = [one for part in ("desk", "words") for one in sorted((WIDGETS.parent / part).glob("[a-z]*.py"))]


class Table(Desk):
    """A desk whose snapshots may be read without asking each time whether there is an answer or an end."""

    def answer(self, sent: object) -> Any:
        return super().answer(sent)

    def snapshot(self, earlier: bool = False) -> Any:
        return super().snapshot(earlier)


def desk(case: str = "a", mode: Any = "guided", **more: Any) -> Table:
    return Table(Session(DISPUTE, case=case, **more), mode)


def message(desk: Desk, move: str, id: str = "one") -> dict[str, Any]:
    return {"id": id, "seq": len(desk.session.turns), "move": move}


def wish(desk: Table, **what: Any) -> Any:
    """The answer to something else than a move."""
    return desk.answer({"id": f"wish {next(WISHES)}", "seq": len(desk.session.turns), **what})


def after(moves: str, **made: Any) -> Table:
    """A desk at which these moves were made."""
    table = desk(**made)
    for move in moves.split(", "):
        assert table.answer(message(table, move, move))["answer"]["ok"]
    return table


def offered(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    return [move for group in snapshot["groups"] for move in group["moves"]]


def played_at_random(desk: Table, seed: int, longest: int = 60) -> Iterator[dict[str, Any]]:
    """Snapshots of a play in which every move offered is as likely; ended only where nothing else is."""
    chance = random.Random(seed)
    snapshot = desk.snapshot()
    while snapshot["outcome"] is None and snapshot["seq"] < longest:
        yield snapshot
        moves = [one["move"] for one in offered(snapshot)]
        moves = [move for move in moves if move not in ("close_open", "conclude")] or moves
        snapshot = desk.answer(message(desk, chance.choice(moves), f"n{snapshot['seq']}"))
        assert snapshot["answer"]["ok"], snapshot["answer"]
    yield snapshot


# the snapshot


@pytest.mark.parametrize("case", CASES)
def test_a_snapshot_is_json_and_stays_small(case: str) -> None:
    for snapshot in played_at_random(desk(case), seed=7):
        assert json.loads(json.dumps(snapshot)) == snapshot
        assert len(json.dumps(snapshot, ensure_ascii=False).encode()) < 26_000


def test_script_and_style_stay_small_enough_to_be_saved_in_every_notebook() -> None:
    assert len(str(Room._esm)) + len(str(Room._css)) < 52_000
    assert len(json.dumps(Room(DISPUTE).words, ensure_ascii=False)) < 6_000


def test_the_script_that_is_saved_is_whole_without_its_comments(node: str, tmp_path: Path) -> None:
    (tmp_path / "room.mjs").write_text(str(Room._esm), encoding="utf-8")
    run = subprocess.run([node, "--check", tmp_path / "room.mjs"], capture_output=True, text=True, check=False)
    assert run.returncode == 0 and "/**" not in str(Room._esm), run.stderr


def test_on_arriving_no_case_looks_different_from_another() -> None:
    first, *others = [desk(case).snapshot() for case in CASES]
    assert all(other == first for other in others)


@pytest.mark.parametrize("case", CASES)
def test_a_snapshot_tells_no_secret(case: str) -> None:
    """No fact that was not confided, no option that nobody has thought of, no cause that was not found."""
    for seed in (1, 2, 3):
        table = desk(case)
        for _ in played_at_random(table, seed):
            if table.session.outcome:
                break  # the truth is told at the end
            shown, view, dispute = table.snapshot(earlier=True), table.session.view, table.session.dispute
            heard = dict(view.standing)
            for part in ("issues", "notebook", "groups"):
                text = json.dumps(shown[part], ensure_ascii=False)
                for fact in dispute.facts:
                    if fact.id not in heard:
                        assert fact.id not in text and fact.carried_as[:40] not in text and fact.text[:40] not in text
                for barrier in dispute.barriers:
                    assert barrier.id not in text
                    assert barrier.id in view.found or barrier.found[:40] not in text
                for option in dispute.options:
                    if not option.open and dispute.issues[option.issue].id not in view.developed:
                        assert option.text[:40] not in text


def test_the_words_on_a_button_are_the_words_then_said() -> None:
    table = desk("b")
    chance = random.Random(11)
    while table.session.outcome is None and len(table.session.turns) < 40:
        move = chance.choice(
            [one for one in offered(table.snapshot()) if one["move"] not in ("close_open", "conclude")]
        )
        snapshot = table.answer(message(table, move["move"], str(chance.random())))
        assert snapshot["turns"][-1]["speech"][0] == {"who": "You", "party": None, "text": move["words"]}


def first_screen(snapshot: dict[str, Any]) -> list[list[Move]]:
    """What stands first, place by place; where an entry that opens to its aims does, all of these in one place."""
    places: dict[int, list[Move]] = {}
    for one in offered(snapshot):
        places.setdefault(one["prominent"], []).append(Move.of(one["move"]))
    return [places[place] for place in sorted(places) if place]


def lines(case: Case, seed: int) -> Iterator[list[str]]:
    """Plays without a plan, plays that get further, and one that reads and answers."""
    for plan in (random_play, straying_play):
        yield [str(step.move) for step in plan(case, random.Random(seed), RASH)]
    yield [*play(case, adaptive, random.Random(seed))]


PLAIN = ("process", "ending", "listening")


@pytest.mark.parametrize("case", DRAWN, ids=lambda case: case.id)
def test_what_stands_first_is_never_empty_and_nothing_that_the_judge_would_call_weak(case: Case) -> None:
    """Weak only where no door, pause, end or sign to follow would be better; harmful never."""
    for seed in range(2):
        for line in lines(case, seed):
            table = Table(Session(case.dispute, case=case.id))
            moment, snapshot = Moment(case.dispute, table.session.view), table.snapshot()
            for number, text in enumerate(line):
                labels = {move: label(moment, move) for move in table.session.moves}
                good = {move for move, said in labels.items() if said in (SOUND, FAIR)}
                first = first_screen(snapshot)
                assert 1 <= len(first) <= 5
                for moves in first:
                    follows = moment.technique(moves[0]).target == "cue"
                    assert len(moves) == (11 if follows else 1)
                    assert follows or labels[moves[0]] != HARMFUL
                    if not good & {*moves}:
                        better = [moment.technique(move) for move in good]
                        assert not any(one.act in PLAIN or one.target == "cue" for one in better)
                snapshot = table.answer(message(table, text, f"{number}"))
                moment = moment.after(table.session.turns[-1])


def test_the_first_screen_brings_listening_pausing_and_adjourning_when_what_shows_invites_them() -> None:
    invited: dict[str, list[bool]] = {"step_back": [], "hear_out": [], "break": [], "adjourn": []}
    for case, line in ((one, line) for one in DRAWN for line in lines(one, 1)):
        table = Table(Session(case.dispute, case=case.id))
        for number, text in enumerate(line):
            view, first = table.session.view, {str(moves[0]) for moves in first_screen(table.snapshot())}
            hot = any(mood and mood.heat >= HOT for mood in view.moods)
            tired = any(mood and mood.strain >= WORN for mood in view.moods)
            shows = {
                "step_back": hot and view.room == "joint",
                "hear_out": hot and view.room == "caucus",
                "break": tired,
                "adjourn": view.days > 0 and view.clock <= 3 and view.room != "before",
            }
            for move, invites in shows.items():
                if invites:
                    invited[move].append(move in first)
            table.answer(message(table, text, f"{number}"))
    assert all(any(one) for one in invited.values()), invited


def test_graded_work_names_no_sign_that_was_heard() -> None:
    """Whichever was heard, the list of signs to follow is the same, and none stands out."""
    listed = set()
    for case in DRAWN:
        table = Table(Session(case.dispute, case=case.id), "assessment")
        table.answer(message(table, "open_session"))
        listed.add(json.dumps([one for one in offered(table.snapshot()) if one["move"].startswith("follow_up ")]))
    (signs,) = map(json.loads, listed)
    assert len(signs) == 11 and not any(one["prominent"] for one in signs)
    assert {one["of"] for one in signs} == {"Follow up what was heard"}


def test_every_technique_is_offered_or_refused_with_a_reason() -> None:
    table = desk("c")
    techniques = {one.name for one in table.session.dispute.catalogue.techniques.values()}
    for snapshot in played_at_random(table, seed=3):
        if snapshot["outcome"]:
            break
        refused = [one for group in snapshot["groups"] for one in group["refused"]]
        named = [one["name"] for one in offered(snapshot)] + [name for one in refused for name in one["names"]]
        assert techniques <= {name.split(":")[0] for name in named}
        assert all(one["why"].endswith(".") for one in refused)


def test_guided_names_the_cue_and_assessment_leaves_it_to_be_read() -> None:
    cues = [cue["name"] for cue in Session(DISPUTE).dispute.catalogue.cues.values()]
    shown = {}
    for mode in ("guided", "assessment"):
        table = desk("a", mode)
        table.answer(message(table, "open_session"))
        snapshot = table.snapshot()
        shown[mode] = [
            snapshot["turns"][-1]["notes"],
            snapshot["notebook"],
            [o["about"] for o in offered(snapshot)],
        ]
    assert any(name.lower() in json.dumps(shown["guided"]).lower() for name in cues)
    assert not any(name.lower() in json.dumps(shown["assessment"]).lower() for name in cues)
    assert not any(shown["assessment"][2])


def test_a_mode_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="guided or assessment"):
        desk(mode="exam")


def test_who_waits_is_shown_with_the_time() -> None:
    table = desk("a")
    for move in ("open_session", "call_caucus labor", "hear_out"):
        snapshot = table.answer(message(table, move, move))
    assert snapshot["room"] == {"where": "caucus", "with": "labor"}
    labor, management = snapshot["parties"]
    assert labor["here"] and labor["posture"] and labor["waiting"] is None
    assert (
        not management["here"] and management["posture"] is None and management["waiting"] == "30\N{NO-BREAK SPACE}min"
    )
    assert snapshot["clock"]["time"] == "9:30"


def test_adjourning_begins_another_day() -> None:
    table = desk("a")
    for move in ("open_session", "adjourn"):
        snapshot = table.answer(message(table, move, move))
    assert (snapshot["clock"]["day"], snapshot["clock"]["time"], snapshot["clock"]["spent"]) == (2, "8:30", 0)


def test_the_end_tells_what_was_hidden_and_offers_no_move() -> None:
    table = desk("e")
    table.answer(message(table, "open_session", "1"))
    snapshot = table.answer(message(table, "close_open", "2"))
    assert snapshot["outcome"]["ending"] == "stopped"
    assert snapshot["outcome"]["truth"] and snapshot["outcome"]["case"] and snapshot["outcome"]["text"]
    assert snapshot["groups"] == []


# what the page sends


def test_a_decision_is_played_once_however_often_it_is_sent() -> None:
    table = desk()
    first = table.answer(message(table, "open_session"))
    again = table.answer({"id": "one", "seq": 0, "move": "open_session"})
    assert first["answer"]["ok"] and again["answer"]["ok"]
    assert [first["seq"], again["seq"]] == [1, 1]


def test_a_refusal_that_is_sent_again_is_refused_again() -> None:
    table = desk()
    errors = [table.answer({"id": "x", "seq": 0, "move": "rejoin"})["answer"]["error"] for _ in range(2)]
    assert errors[0] and errors[0] == errors[1]


NO_DECISIONS: dict[str, object] = {
    "nothing": None,
    "a number": 7,
    "a text": "open_session",
    "a list": ["open_session"],
    "empty": {},
    "no id": {"seq": 0, "move": "open_session"},
    "no seq": {"id": "a", "move": "open_session"},
    "no move": {"id": "a", "seq": 0},
    "an empty id": {"id": "", "seq": 0, "move": "open_session"},
    "a long id": {"id": "a" * 101, "seq": 0, "move": "open_session"},
    "an id that is no text": {"id": 1, "seq": 0, "move": "open_session"},
    "a seq that is a text": {"id": "a", "seq": "0", "move": "open_session"},
    "a seq that is true": {"id": "a", "seq": False, "move": "open_session"},
    "a move that is a list": {"id": "a", "seq": 0, "move": ["open_session"]},
    "again without meaning it": {"id": "a", "seq": 0, "again": 1},
    "two wishes": {"id": "a", "seq": 0, "move": "open_session", "again": True},
    "more than a decision": {"id": "a", "seq": 0, "move": "open_session", "case": "b"},
    "what JSON cannot hold": {"id": "a", "seq": 0, "move": "open_session", "x": {1, 2}},
    "stale": {"id": "a", "seq": 1, "move": "open_session"},
    "from before the beginning": {"id": "a", "seq": -1, "move": "open_session"},
    "enormous": {"id": "a", "seq": 0, "move": "open_session" + " " * 5_000},
    "illegal": {"id": "a", "seq": 0, "move": "rejoin"},
    "unreadable": {"id": "a", "seq": 0, "move": "<script>alert(1)</script>"},
    "ambiguous": {"id": "a", "seq": 0, "move": "pre"},
    "again too early": {"id": "a", "seq": 0, "again": True},
    "a review of nothing": {"id": "a", "seq": 0, "review": True},
    "a review that is not wanted": {"id": "a", "seq": 0, "review": False},
    "a comparison with nothing": {"id": "a", "seq": 0, "compare": 1},
    "a comparison with no number": {"id": "a", "seq": 0, "compare": True},
    "back to where nobody was": {"id": "a", "seq": 0, "back": 1},
    "back before the beginning": {"id": "a", "seq": 0, "back": -1},
    "back by a half": {"id": "a", "seq": 0, "back": 0.5},
    "back from a stale page": {"id": "a", "seq": 1, "back": 0},
    "the nearest question first": {"id": "a", "seq": 0, "hint": 3},
    "a question that does not exist": {"id": "a", "seq": 0, "hint": 0},
    "a question that is a text": {"id": "a", "seq": 0, "hint": "1"},
    "a question about a decision that is made": {"id": "a", "seq": 1, "hint": 1},
    "a note of nothing": {"id": "a", "seq": 0, "note": {}},
    "a note that is a text": {"id": "a", "seq": 0, "note": "labor: anger"},
    "a note about nobody": {"id": "a", "seq": 0, "note": {"side": "union", "causes": ["fear"], "heard": []}},
    "a note of no cause": {"id": "a", "seq": 0, "note": {"side": "labor", "causes": [], "heard": []}},
    "a note of another cause": {"id": "a", "seq": 0, "note": {"side": "labor", "causes": ["greed"], "heard": []}},
    "a note of a cause that is none": {"id": "a", "seq": 0, "note": {"side": "labor", "causes": [7], "heard": []}},
    "a note of too much": {"id": "a", "seq": 0, "note": {"side": "labor", "causes": ["fear"] * 150, "heard": []}},
    "a note of what nobody said": {"id": "a", "seq": 0, "note": {"side": "labor", "causes": ["fear"], "heard": [1]}},
    "a note of a half": {"id": "a", "seq": 0, "note": {"side": "labor", "causes": ["fear"], "heard": [0.5]}},
    "a note with more": {"id": "a", "seq": 0, "note": {"side": "labor", "causes": ["fear"], "heard": [], "at": 1}},
    "a note from a stale page": {"id": "a", "seq": 1, "note": {"side": "labor", "causes": ["fear"], "heard": []}},
}


@pytest.mark.parametrize("wrong", NO_DECISIONS.values(), ids=NO_DECISIONS.keys())
def test_what_is_no_decision_of_now_is_said_in_a_sentence_and_changes_nothing(wrong: object) -> None:
    table = desk()
    before = table.snapshot()
    after = table.answer(wrong)
    error = after["answer"]["error"]
    assert not after["answer"]["ok"]
    assert error.endswith(".") and "\n" not in error and len(error) < 300
    assert after | {"answer": None} == before and table.page is None
    assert table.answer(message(table, "open_session", "b"))["answer"]["ok"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
NEARLY = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("id", "seq", "move", "again", "review", "compare", "back", "hint", "note", "more"), JSON),
)


@given(JSON | NEARLY)
def test_no_message_breaks_the_desk(wrong: object) -> None:
    table = desk()
    snapshot = table.answer(wrong)
    assert snapshot["answer"]["ok"] == (snapshot["answer"]["error"] is None)
    assert json.dumps(snapshot)


def test_a_message_nested_without_end_is_refused() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert desk().answer({"id": "a", "seq": 0, "move": deep})["answer"]["error"]


def test_a_decision_that_cannot_be_recorded_is_not_played(monkeypatch: pytest.MonkeyPatch) -> None:
    table = desk()

    def full(_move: str) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(table.session.journal, "record", full)
    snapshot = table.answer(message(table, "open_session"))
    assert snapshot["answer"]["error"] == "The disk is full."
    assert snapshot["seq"] == 0 and snapshot["room"]["where"] == "before"


def test_every_earlier_turn_comes_when_asked_for() -> None:
    table = desk()
    for move in ("premeeting labor", "open_session", "step_back"):
        snapshot = table.answer(message(table, move, move))
    assert [turn["n"] for turn in snapshot["turns"]] == [3] and not snapshot["opening"]
    snapshot = table.answer({"id": "e", "seq": 3, "earlier": True})
    assert snapshot["answer"]["ok"]
    assert [turn["n"] for turn in snapshot["turns"]] == [1, 2, 3] and snapshot["opening"]


def test_after_the_end_one_may_mediate_again_and_the_first_attempt_is_kept(tmp_path: Path) -> None:
    journal = tmp_path / "strike.jsonl"
    table = desk(journal=journal)
    table.answer(message(table, "close_open", "1"))
    over = table.answer(message(table, "open_session", "2"))
    assert "over" in over["answer"]["error"]
    snapshot = table.answer({"id": "3", "seq": 1, "again": True})
    assert (snapshot["answer"]["ok"], snapshot["attempt"], snapshot["seq"]) == (True, 2, 0)
    table.session.close()
    assert desk(journal=journal).snapshot()["attempt"] == 2


# decisions looked at, and taken otherwise

OPENING = "premeeting labor, open_session, explain_caucus, call_caucus labor"


def turning_points(page: str) -> list[int]:
    return sorted({int(kept) for kept in re.findall(r'data-back="(\d+)"', page)})


@pytest.mark.parametrize("moves", [OPENING, OPENING + ", hear_out, close_open"])
def test_a_review_comes_beside_the_snapshot_and_leads_back_to_every_decision(moves: str) -> None:
    table = after(moves)
    before = table.snapshot()
    snapshot = wish(table, review=True)
    assert table.page is not None and table.page.keys() == {"id", "html"}
    assert table.page["id"] == snapshot["answer"]["id"]
    assert turning_points(table.page["html"]) == list(range(snapshot["seq"]))
    assert "<script" not in table.page["html"]
    assert snapshot | {"answer": None} == before | {"answer": None}, "it must not be saved with the notebook"
    wish(table, earlier=True)
    assert table.page is None, "it is handed out once"


def test_a_review_that_is_asked_for_again_by_the_same_message_comes_again() -> None:
    table = after("open_session")
    asked = {"id": "r", "seq": 1, "review": True}
    pages = [table.answer(asked) and table.page for _ in range(2)]
    assert pages[0] and pages[0] == pages[1]


def test_going_back_begins_a_branch_at_that_moment() -> None:
    table = after(OPENING + ", hear_out")
    then = after("premeeting labor, open_session").snapshot()
    snapshot = wish(table, back=2)
    assert (snapshot["attempt"], snapshot["seq"], snapshot["branch"]) == (2, 2, {"parent": 1, "kept": 2})
    own = {"answer": None, "attempt": 0, "branch": None}
    assert snapshot | own == then | own
    snapshot = wish(table, back=0)
    assert (snapshot["attempt"], snapshot["seq"], snapshot["branch"]) == (3, 0, {"parent": 2, "kept": 0})
    assert snapshot["opening"]


def test_going_back_twice_by_one_message_is_one_branch() -> None:
    table = after("open_session, step_back")
    for _ in range(2):
        snapshot = table.answer({"id": "b", "seq": 2, "back": 1})
        assert snapshot["answer"]["ok"] and snapshot["attempt"] == 2


def test_after_the_end_one_may_go_back_and_on_to_another_end() -> None:
    table = after("open_session, close_open")
    assert table.snapshot()["outcome"]
    snapshot = wish(table, back=1)
    assert snapshot["outcome"] is None and snapshot["groups"] and snapshot["hint"]
    assert table.answer(message(table, "close_open", "end"))["outcome"]


def test_a_branch_is_compared_with_its_parent_once_it_has_gone_its_own_way() -> None:
    table = after("open_session, step_back, close_open")
    assert "attempt 1" in wish(table, compare=1)["answer"]["error"], "it is attempt 1"
    wish(table, back=1)
    assert "nothing yet" in wish(table, compare=1)["answer"]["error"] and table.page is None
    table.answer(message(table, "explain_caucus", "x"))
    assert wish(table, compare=1)["answer"]["ok"] and table.page
    for named in ("Attempt 1", "Attempt 2", "Explain the caucus"):
        assert named in table.page["html"]
    for other in (0, 2, 3):
        assert f"attempt {other}" in wish(table, compare=other)["answer"]["error"]


def test_a_fresh_attempt_is_no_branch() -> None:
    table = after("close_open")
    snapshot = wish(table, again=True)
    assert snapshot["attempt"] == 2 and snapshot["branch"] is None


def test_no_end_gives_the_case_away_where_no_widget_runs() -> None:
    shown = Room(DISPUTE, case="a")
    shown.desk.answer(message(shown.desk, "close_open"))
    bundle = shown._repr_mimebundle_()
    assert bundle is not None
    outside = re.sub(r"<details>.*?</details>", "", bundle[0]["text/html"])
    end = shown.desk.snapshot()["outcome"]
    assert end is not None
    truth = end["truth"]
    assert truth[:30] in bundle[0]["text/html"] and truth[:30] not in outside


# the supervising mediator


def test_three_questions_one_after_another_and_none_after_the_decision() -> None:
    table = after("open_session")
    expected = coach(table.session.transcript)
    assert table.snapshot()["hint"] == {"texts": [], "left": 3}
    for level in (1, 2, 3):
        hint = wish(table, hint=level)["hint"]
        assert hint == {"texts": list(expected[:level]), "left": 3 - level}
    for level in (1, 3, 4):
        snapshot = wish(table, hint=level)
        assert snapshot["answer"]["error"] and snapshot["hint"] == hint
    assert table.session.transcript.attempts[-1].hints == ((1, 1), (1, 2), (1, 3))
    assert table.answer(message(table, "step_back", "x"))["hint"] == {"texts": [], "left": 3}


def test_a_question_is_recorded_before_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    table = after("open_session")

    def full(_level: int) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(table.session.journal, "hint", full)
    snapshot = wish(table, hint=1)
    assert snapshot["answer"]["error"] == "The disk is full." and snapshot["hint"]["texts"] == []


def test_a_question_that_is_asked_for_twice_by_one_message_is_one() -> None:
    table = after("open_session")
    for _ in range(2):
        snapshot = table.answer({"id": "h", "seq": 1, "hint": 1})
        assert snapshot["answer"]["ok"] and snapshot["hint"]["left"] == 2


def test_after_the_end_nobody_asks() -> None:
    table = after("close_open")
    assert table.snapshot()["hint"] is None
    assert "over" in wish(table, hint=1)["answer"]["error"]


def test_branches_and_questions_outlive_the_kernel(tmp_path: Path) -> None:
    journal = tmp_path / "strike.jsonl"
    table = after("open_session, step_back", journal=journal)
    wish(table, hint=1)
    wish(table, back=1)
    wish(table, hint=1)
    wish(table, hint=2)
    left = table.snapshot()
    table.session.close()
    resumed = desk(journal=journal)
    now = resumed.snapshot()
    for part in ("attempt", "seq", "branch", "hint"):
        assert now[part] == left[part], part
    assert now["branch"] == {"parent": 1, "kept": 1} and now["hint"]["left"] == 1
    assert wish(resumed, hint=3)["hint"]["left"] == 0
    assert [one.hints for one in resumed.session.transcript.attempts] == [((2, 1),), ((1, 1), (1, 2), (1, 3))]


@pytest.mark.parametrize("wanted", [{"review": True}, {"back": 1}, {"hint": 1}, {"compare": 1}], ids=str)
def test_graded_work_has_none_of_this(wanted: dict[str, Any]) -> None:
    """Played with branches and a question first, as in practice, so that only the mode can be the reason."""
    session = Session(DISPUTE, case="a")
    for move in ("open_session", "step_back"):
        session.play(move)
    session.branch(1)
    session.play("explain_caucus")
    assert wish(Table(session), **wanted)["answer"]["ok"]
    graded = Table(session, "assessment")
    before = graded.snapshot()
    snapshot = wish(graded, **wanted)
    assert "graded work" in snapshot["answer"]["error"] and graded.page is None
    assert snapshot | {"answer": None} == before and before["hint"] is None


def test_graded_work_is_mediated_once_and_its_truth_comes_back_with_the_grade() -> None:
    table = after("close_open", mode="assessment")
    snapshot = wish(table, again=True)
    assert "one attempt" in snapshot["answer"]["error"] and snapshot["attempt"] == 1
    assert snapshot["outcome"]["text"] and not snapshot["outcome"]["truth"] and not snapshot["outcome"]["case"]


def test_a_dispute_in_a_folder_of_its_own_is_reviewed_and_asked_about(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "scenarios" / DISPUTE, tmp_path / "elsewhere")
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    text = text.replace(f"id: {DISPUTE}", "id: elsewhere", 1).replace("Harlan Forge", "Quarry Street Forge")
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    table = Table(Session(folder, case="a"))
    for move in ("open_session", "step_back"):
        table.answer(message(table, move, move))
    assert wish(table, hint=1)["answer"]["ok"]
    assert wish(table, review=True)["answer"]["ok"] and table.page
    assert "Quarry Street Forge" in table.page["html"]
    wish(table, back=1)
    table.answer(message(table, "explain_caucus", "x"))
    assert wish(table, compare=1)["answer"]["ok"]


# what the mediator thinks


def test_what_is_written_down_stands_in_the_notebook_with_its_time_and_can_be_replaced() -> None:
    table = after("open_session, call_caucus labor, hear_out")
    empty = {"party": "labor", "causes": [], "heard": [], "text": "", "day": 0, "time": ""}
    assert table.snapshot()["thoughts"] == [empty, empty | {"party": "management"}]
    for causes, text in ((["anger", "distrust"], "Unspoken anger, Distrust of promises"), (["fear"], "Fear")):
        snapshot = wish(table, note={"side": "labor", "causes": causes, "heard": [1, 3]})
        assert snapshot["answer"]["ok"] and snapshot["seq"] == 3
        written = {"party": "labor", "causes": causes, "heard": [1, 3], "text": text, "day": 1, "time": "9:30"}
        assert snapshot["thoughts"] == [written, empty | {"party": "management"}]
    assert len(table.session.beliefs) == 2
    assert table.answer(message(table, "look_deeper", "x"))["thoughts"][0] == written, "it stays until it is replaced"


def test_the_catalogue_comes_when_all_is_asked_for_and_is_no_part_of_every_snapshot() -> None:
    table = after("open_session")
    assert table.snapshot()["causes"] == []
    causes = table.answer({"id": "e", "seq": 1, "earlier": True})["causes"]
    catalogue = table.session.dispute.catalogue.causes
    assert [one["id"] for one in causes] == list(catalogue)
    assert all(one["name"] == catalogue[one["id"]]["name"] and one["sounds"] for one in causes)


def test_a_note_is_written_once_however_often_it_is_sent() -> None:
    table = after("open_session")
    for _ in range(2):
        assert table.answer({"id": "n", "seq": 1, "note": {"side": "labor", "causes": ["fear"], "heard": []}})[
            "answer"
        ]["ok"]
    assert len(table.session.beliefs) == 1


def test_a_note_that_cannot_be_recorded_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    table = after("open_session")

    def full(*_: object) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(table.session.journal, "note", full)
    snapshot = wish(table, note={"side": "labor", "causes": ["fear"], "heard": []})
    assert snapshot["answer"]["error"] == "The disk is full." and snapshot["thoughts"][0]["text"] == ""


def test_an_end_of_graded_work_is_refused_until_each_side_was_written_about_and_the_answer_says_why() -> None:
    table = after("open_session", mode="assessment", assignment="finals", player="ana")
    for side in ("labor", "management"):
        for _ in range(2):  # sent twice, refused twice
            answer = table.answer({"id": f"end {side}", "seq": 1, "move": "close_open"})["answer"]
            assert answer["owed"] and "write down what you think stands in the way of" in answer["error"]
        snapshot = wish(table, note={"side": side, "causes": ["fear"], "heard": [1]})
        assert snapshot["answer"]["ok"] and not snapshot["answer"]["owed"] and snapshot["seq"] == 1
    assert not table.answer(message(table, "rejoin", "x"))["answer"]["owed"], "another refusal"
    snapshot = table.answer(message(table, "close_open", "end"))
    assert snapshot["answer"]["ok"] and snapshot["outcome"] and snapshot["thoughts"][1]["text"] == "Fear"


def test_a_journal_that_ends_in_a_decision_of_another_dispute_still_shows_what_was_thought(tmp_path: Path) -> None:
    path = tmp_path / "strike.jsonl"
    table = after("open_session", journal=path)
    table.session.journal.record("no such thing")
    table.session.journal.note("labor", ["fear"], [2])
    table.session.close()
    assert desk(journal=path).snapshot()["thoughts"][0]["text"] == ""


# the widget


def test_one_message_up_is_one_message_down(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, sent = Room(DISPUTE, case="a"), list[dict[str, Any]]()
    page = begun(shown)
    monkeypatch.setattr(shown.comm, "send", lambda data, **_: sent.append(data))
    messages = [
        {"id": "1", "seq": 0, "move": "open_session"},
        {"id": "2", "seq": 1, "move": "open_session"},  # refused
        {"id": "2", "seq": 1, "move": "open_session"},  # repeated
        {"id": "3", "seq": 1, "review": True},
        {"id": "4", "seq": 1, "earlier": True},
    ]
    for number, one in enumerate(messages, 1):
        shown._handle_custom_msg(one, [])
        assert [data["method"] for data in sent] == ["custom"] * number
        answered = sent[-1]["content"]
        assert not list(misfits(answered, Answered)) and answered["kept"] is None
        assert (answered["page"] is not None) == ("review" in one)
        assert answered["change"]["of"] == (None if "earlier" in one else page["n"])
        before, page = page, patched(page, answered["change"]["by"])
        assert page["n"] != before["n"], "an equal snapshot would not be drawn"
        assert page["answer"]["id"] == one["id"] and page == begun(shown, "earlier" in one)
    assert page["seq"] == 1 and len(page["turns"]) == 1 and page["opening"]


def begun(shown: Room, earlier: bool = False) -> dict[str, Any]:
    """What a page begins with that is opened now, or that has asked for everything."""
    state = shown._entrance.snapshot(earlier) if earlier else shown.get_state()["snapshot"]
    return {**state}


def test_a_second_page_begins_with_the_present_and_both_go_on_with_what_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One that shows something else than what is changed, as where somebody plays in another cell, can tell."""
    shown, sent = Room(DISPUTE, case="a"), list[dict[str, Any]]()
    monkeypatch.setattr(shown.comm, "send", lambda data, **_: sent.append(data["content"]))
    first = begun(shown)
    shown._handle_custom_msg(message(shown.desk, "open_session", "1"), [])
    second = begun(shown)
    assert patched(first, sent[-1]["change"]["by"]) == second
    shown.desk.session.play("step_back")
    third = begun(shown)
    assert third["seq"] == 2 and third["n"] != second["n"]
    shown._handle_custom_msg(message(shown.desk, "break", "2"), [])
    assert sent[-1]["change"]["of"] == third["n"] != second["n"]


def test_a_review_comes_with_its_answer_and_in_no_trait(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, sent = Room(DISPUTE, case="a"), list[dict[str, Any]]()
    shown._handle_custom_msg({"id": "1", "seq": 0, "move": "open_session"}, [])
    monkeypatch.setattr(shown.comm, "send", lambda data, **_: sent.append(data))
    shown._handle_custom_msg({"id": "2", "seq": 1, "review": True}, [])
    (one,) = sent
    assert one["content"]["page"]["id"] == "2" and len(one["content"]["page"]["html"]) > 10_000
    assert len(json.dumps(one["content"]["change"])) < 200
    assert len(json.dumps(shown.get_state(), default=str)) < 82_000


def test_beside_the_widget_stands_a_transcript_for_places_that_run_none() -> None:
    shown = Room(DISPUTE, case="a")
    shown.desk.answer(message(shown.desk, "open_session"))
    bundle = shown._repr_mimebundle_()
    assert bundle is not None
    assert "application/vnd.jupyter.widget-view+json" in bundle[0]
    page = bundle[0]["text/html"]
    assert "Harlan Forge" in page and "<script" not in page
    assert shown.desk.session.turns[0].speech[-1].name in page


def test_the_transcript_escapes_what_it_is_given() -> None:
    snapshot = desk().snapshot(earlier=True)
    snapshot["dispute"]["title"] = "<b>1 & 2</b>"
    assert "&lt;b&gt;1 &amp; 2&lt;/b&gt;" in transcript_html(snapshot)


def test_a_room_goes_on_where_its_journal_stopped(tmp_path: Path) -> None:
    journal = tmp_path / "strike.jsonl"
    first = room(DISPUTE, case="a", journal=journal)
    assert isinstance(first, Room)
    for move in ("premeeting labor", "open_session"):
        first._handle_custom_msg(message(first.desk, move, move), [])
    second = room(DISPUTE, journal=journal)
    assert isinstance(second, Room)
    assert second.snapshot["seq"] == 2 and second.snapshot["saved"]["ok"]
    first._handle_custom_msg(message(first.desk, "step_back", "late"), [])
    assert not first.snapshot["answer"]["ok"], "the older room must not write beside the newer one"
    assert not first.snapshot["saved"]["ok"]


@pytest.mark.parametrize(
    "asked",
    [
        {"dispute": "no-such-dispute"},
        {"dispute": DISPUTE, "case": "no-such-case"},
        {"dispute": DISPUTE, "mode": "exam"},
        {"dispute": DISPUTE, "journal": "/no/such/folder/strike.jsonl"},
        {"dispute": DISPUTE, "journal": "/"},
    ],
    ids=lambda asked: str(asked)[:60],
)
def test_what_cannot_be_opened_is_said_in_the_place_of_the_room(asked: dict[str, Any]) -> None:
    text = refused(room(**asked))
    assert text.endswith(".") and "\n" not in text
    assert "<strong>" in transcript_html(cast(Snapshot, room(**asked).snapshot))


def refused(room: Room) -> str:
    """Why a room is not open, which is said in its place."""
    with pytest.raises(ValueError) as refusal:
        _ = room.desk
    text = room.snapshot["refusal"]["text"]
    assert str(refusal.value) == text and json.loads(json.dumps(room.snapshot)) == room.snapshot
    return str(text)


def test_a_journal_of_something_else_is_left_alone(tmp_path: Path) -> None:
    journal = tmp_path / "notes.txt"
    journal.write_text("<b>my notes</b>\n")
    notice = room(DISPUTE, journal=journal)
    assert "notes.txt" in refused(notice)
    assert "<b>my" not in transcript_html(cast(Snapshot, notice.snapshot))
    assert journal.read_text() == "<b>my notes</b>\n"


def test_a_journal_in_use_elsewhere_is_refused_in_words(tmp_path: Path) -> None:
    journal = tmp_path / "strike.jsonl"
    opens = f"from caucusroom import Session; s = Session({DISPUTE!r}, journal={str(journal)!r}); input('open')"
    pipe = subprocess.PIPE
    other = subprocess.Popen([sys.executable, "-c", opens], stdin=pipe, stdout=pipe, text=True)
    try:
        assert other.stdout is not None and other.stdout.read(4) == "open"
        notice = room(DISPUTE, journal=journal)
        assert "in use" in refused(notice) and not notice.snapshot["refusal"]["fresh"]
    finally:
        other.communicate("\n", timeout=20)


@pytest.mark.parametrize("module", ROOM_WITHOUT_WIDGET, ids=lambda module: module.name)
def test_the_desk_knows_no_widget(module: Path) -> None:
    """So that a host which is not Jupyter can use it."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    absolute = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level]
    absolute += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    relative = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]
    assert {name.split(".")[0] for name in absolute} <= sys.stdlib_module_names | {
        "caucusroom",
        "caucusroom_grading",
    }
    assert not any("widget" in (name or "") for name in relative)


def test_the_desk_needs_the_standard_library_only_and_the_page_of_a_review_when_it_is_asked_for() -> None:
    code = """
import sys
sys.path[:0] = {folders}
from caucusroom import Session
from caucusroom_widgets.desk import Desk
desk = Desk(Session({dispute!r}, case="a", player="ana"))
for number, move in enumerate(("open_session", "step_back")):
    assert desk.answer(dict(id=move, seq=number, move=move))["answer"]["ok"]
assert "caucusroom_grading.judging.report" not in sys.modules
assert desk.answer(dict(id="h", seq=2, hint=1))["hint"]["texts"]
assert "caucusroom_grading.review" not in sys.modules
desk.answer(dict(id="r", seq=2, review=True))
assert desk.page and "caucusroom_grading.review" in sys.modules
print(*sorted({{name.partition(".")[0] for name in sys.modules}}))
"""
    assert CASES  # which compiles the disputes where they have changed: that takes more
    folders = [str(ROOT / folder) for folder in ("scenarios", "grading", "widgets")]
    command = [sys.executable, "-I", "-S", "-c", code.format(folders=folders, dispute=DISPUTE)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    loaded = set(run.stdout.split()) - sys.stdlib_module_names
    assert loaded == {"__main__", "caucusroom", "caucusroom_grading", "caucusroom_widgets"}


def test_the_parts_of_the_script_that_need_no_page(node: str) -> None:
    run = subprocess.run(
        [node, "--test", "tests/browser/room.test.mjs"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "# fail 0" in run.stdout and "# pass 0" not in run.stdout
