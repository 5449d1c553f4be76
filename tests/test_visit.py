"""A visitor at a public page: the page keeps the journal, and whatever it sends may have been sent by anybody."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from caucusroom import Session, scenarios
from caucusroom.record.transcript import parse
from caucusroom_grading import judge
from caucusroom_grading.strategies.adaptive import adaptive
from caucusroom_grading.strategies.chair import play
from caucusroom_widgets.desk import Answered, Opened, Visit
from caucusroom_widgets.desk.differences import patched
from caucusroom_widgets.words import words
from hypothesis import given
from hypothesis import strategies as st

from tests.browser.types import misfits
from tests.test_sheet import Host, text_of

DISPUTE = "labor-strike"
PLAY = {"kind": "play", "dispute": DISPUTE, "scene": "", "assignment": ""}
WORK = {"kind": "work", "dispute": DISPUTE, "scene": "", "assignment": "finals"}
VISITOR = "visitor 4f2a91"


class Visitor:
    """A page in a browser: it shows what it is given, and keeps what it is told before it shows it."""

    def __init__(self, page: object = PLAY, kept: str = "", player: object = VISITOR) -> None:
        self.visit, self.host = Visit(), Host(kept)
        opened = json.loads(json.dumps(self.visit.open(page, kept, player)))
        assert not list(misfits(opened, Opened))
        self.host.put(**opened["kept"])
        self.shown: Any = opened["snapshot"]
        self.sent = 0

    def send(self, **what: Any) -> Any:
        """The page that came with the answer, if any; what there is to show is in `shown`."""
        self.sent += 1
        message = {"id": f"{id(self)} {self.sent}", "seq": self.shown["seq"], **what}
        answered = json.loads(json.dumps(self.visit.answer(message)))
        assert not list(misfits(answered, Answered))
        if answered["kept"]:
            self.host.put(**answered["kept"])
        assert answered["change"]["of"] in (None, self.shown["n"])
        self.shown = patched(self.shown, answered["change"]["by"])
        return answered["page"]


def skilled(case: Any) -> list[str]:
    return [*map(str, play(case, adaptive, Random(1)))]


def test_from_the_opening_to_the_review_and_the_journal() -> None:
    visitor = Visitor()
    assert visitor.shown["seq"] == 0 and visitor.shown["opening"] and visitor.shown["mode"] == "guided"
    assert visitor.shown["saved"] == {"ok": True, "text": "Saved in this browser.", "reopen": False}
    session = Session(DISPUTE, player=VISITOR)
    line = skilled(session.dispute.case(session.case))
    for number, move in enumerate(line):
        visitor.send(move=move)
        assert visitor.shown["answer"]["ok"] and visitor.host.text.count("\n") == number + 2
    visitor.send(note={"side": "labor", "causes": ["anger"], "heard": [1]})
    page = visitor.send(review=True)
    assert visitor.shown["outcome"] and page["html"].count("data-back") == len(line)
    transcript = parse(visitor.host.text.encode(), "It")[0]
    assert transcript.header.player == VISITOR and transcript.attempts[0].moves == tuple(line)
    assert (judge(transcript).total or 0) > 80


def test_what_was_kept_goes_on_in_another_visit() -> None:
    first = Visitor()
    for move in ("open_session", "step_back", "call_caucus labor"):
        first.send(move=move)
    first.send(hint=1)
    second = Visitor(kept=first.host.text, player="visitor 000000")
    assert second.shown["seq"] == 3 and len(second.shown["turns"]) == 3 and second.shown["hint"]["left"] == 2
    second.send(move="hear_out")
    second.send(back=1)
    second.send(move="explain_caucus")
    assert second.shown["branch"] == {"parent": 1, "kept": 1}
    transcript = parse(second.host.text.encode(), "It")[0]
    assert transcript.header.player == VISITOR, "it goes on under its own player"
    assert [len(one.moves) for one in transcript.attempts] == [4, 2] and not transcript.notices


def test_a_review_and_a_look_back_are_nothing_to_keep() -> None:
    visitor = Visitor()
    visitor.send(move="open_session")
    before = visitor.host.text
    assert visitor.send(review=True) and not visitor.send(earlier=True) and not visitor.send(move="rejoin")
    assert visitor.host.text == before


def test_graded_work_is_its_players_and_is_judged_like_any_other() -> None:
    visitor = Visitor(WORK, player="  Ana Lim ")
    assert visitor.shown["mode"] == "assessment" and visitor.shown["hint"] is None
    for move in ("open_session", "step_back"):
        visitor.send(move=move)
    assert not visitor.send(review=True) and "graded work" in visitor.shown["answer"]["error"]
    visitor.send(move="close_open")
    assert visitor.shown["answer"]["owed"]
    transcript = parse(visitor.host.text.encode(), "It")[0]
    assert (transcript.header.player, transcript.header.assignment) == ("Ana Lim", "finals")
    assert transcript.header.case == Session(DISPUTE, player="ana lim", assignment="finals").case
    assert Visitor(WORK, visitor.host.text, "ana lim").shown["seq"] == 2
    for page, player, why in (
        (WORK, "ben", "This record is the journal of another player (Ana Lim)"),
        (
            {**WORK, "assignment": "other"},
            "Ana Lim",
            "This record is the journal of another assignment (finals), and this is other",
        ),
        (PLAY, "Ana Lim", "This record is the journal of another assignment (finals), and this is practice"),
    ):
        with pytest.raises(ValueError) as refused:
            Visit().open(page, visitor.host.text, player)
        assert str(refused.value) == f"{why}: choose another one, or begin anew."


def test_a_torn_and_a_damaged_text_go_on_from_what_can_be_trusted() -> None:
    visitor = Visitor()
    for move in ("open_session", "step_back", "break"):
        visitor.send(move=move)
    torn = Visitor(kept=visitor.host.text[:-9])
    assert torn.shown["seq"] == 2 and "cut off" in torn.shown["notices"][0]
    damaged = Visitor(kept=visitor.host.text.replace("step_back", "stab_back"))
    assert damaged.shown["seq"] == 1 and "is damaged in line 3" in damaged.shown["notices"][0]
    for one in (torn, damaged):
        one.send(move="explain_caucus")
        assert one.shown["answer"]["ok"]
        again = Visitor(kept=one.host.text)
        assert again.shown["seq"] == one.shown["seq"] and not again.shown["notices"]


@pytest.mark.parametrize(
    ("page", "kept", "player", "why"),
    [
        (None, "", VISITOR, "no_page"),
        ({}, "", VISITOR, "no_page"),
        ({**PLAY, "kind": "exam"}, "", VISITOR, "no_page"),
        ({**PLAY, "kind": ["play"]}, "", VISITOR, "no_page"),
        ({**PLAY, "dispute": "water"}, "", VISITOR, "no_dispute"),
        ({**PLAY, "dispute": "../scenarios/labor-strike"}, "", VISITOR, "no_dispute"),
        ({**PLAY, "dispute": f"{DISPUTE}/"}, "", VISITOR, "no_dispute"),
        ({**PLAY, "dispute": {}}, "", VISITOR, "no_dispute"),
        ({**WORK, "assignment": ""}, "", VISITOR, "no_assignment"),
        ({**WORK, "assignment": "x" * 101}, "", VISITOR, "no_assignment"),
        ({"kind": "work", "dispute": DISPUTE}, "", VISITOR, "no_assignment"),
        (PLAY, "", "", "no_name"),
        (PLAY, "", "   ", "no_name"),
        (PLAY, "", None, "no_name"),
        (PLAY, "", "x" * 101, "no_name"),
        (PLAY, "", "a\nb", "no_name"),
        (PLAY, "", "\ud800", "no_name"),
        (PLAY, None, VISITOR, "no_text"),
        (PLAY, ["x"], VISITOR, "no_text"),
    ],
)
def test_what_no_page_asks_for_is_refused_in_a_sentence(page: object, kept: object, player: object, why: str) -> None:
    with pytest.raises(ValueError) as refused:
        Visit().open(page, kept, player)
    assert str(refused.value) == words().VISIT[why].format(longest=100)


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        ("x" * 256_001, "is too long to be gone on with here (at most 256,000 bytes)"),
        ("\N{GRINNING FACE}" * 100_000, "is too long to be gone on with here (at most 256,000 bytes)"),
        ("<script>alert(1)</script>", "is not a caucusroom journal and was left as it is"),
        ("\ud800", "is not a caucusroom journal and was left as it is"),
        (text_of(dispute="water"), "is the journal of another dispute (water)"),
    ],
    ids=lambda one: one[:20],
)
def test_a_text_that_is_not_a_journal_of_this_page_is_refused_and_what_is_open_stays_open(kept: str, why: str) -> None:
    visitor = Visitor()
    visitor.send(move="open_session")
    with pytest.raises(ValueError, match=f"^This record {why}".replace("(", r"\(").replace(")", r"\)")):
        visitor.visit.open(PLAY, kept, VISITOR)
    visitor.send(move="step_back")
    assert visitor.shown["seq"] == 2


def test_a_decision_that_cannot_be_played_again_ends_what_is_recorded_and_says_so() -> None:
    visitor = Visitor(kept=text_of({"move": "open_session"}, {"move": "<img src=x onerror=alert(1)>"}))
    assert visitor.shown["seq"] == 1 and "cannot be played" in visitor.shown["notices"][0]
    visitor.send(move="step_back")
    assert not visitor.shown["answer"]["ok"] and not visitor.shown["saved"]["ok"]
    assert visitor.shown["seq"] == 1


def test_a_message_before_anything_is_open_is_refused() -> None:
    with pytest.raises(ValueError, match="No room is open here"):
        Visit().answer({"id": "1", "seq": 0, "move": "open_session"})


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
WISHES = ("move", "again", "earlier", "review", "compare", "back", "hint", "note", "fresh", "reopen")
MESSAGES = JSON | st.fixed_dictionaries(
    {"id": st.text(max_size=3) | JSON, "seq": st.integers(-1, 3) | JSON},
    optional={wish: st.just(True) | st.sampled_from(["open_session", "step_back"]) | JSON for wish in WISHES},
)
PAGES = JSON | st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["play", "work", "scene"]) | JSON,
        "dispute": st.sampled_from(scenarios()) | JSON,
        "assignment": st.just("finals") | JSON,
    }
)


@given(PAGES, st.just("") | st.just(text_of({"move": "open_session"})) | JSON, st.just(VISITOR) | JSON)
def test_whatever_a_page_asks_to_open_it_is_opened_or_refused_in_a_sentence(page: Any, kept: Any, player: Any) -> None:
    try:
        opened = Visit().open(page, kept, player)
    except ValueError as refused:
        assert str(refused).endswith(".") and "\n" not in str(refused)
    else:
        assert not list(misfits(opened, Opened))


@given(st.lists(MESSAGES, max_size=4))
def test_whatever_a_page_sends_it_is_answered(messages: list[Any]) -> None:
    visit = Visit()
    shown: Any = visit.open(PLAY, "", VISITOR)["snapshot"]
    for one in messages:
        answered: Any = visit.answer(one)
        assert not list(misfits(answered, Answered))
        shown = patched(shown, answered["change"]["by"])
        assert shown["answer"]["ok"] or shown["answer"]["error"].endswith(".")
