"""Guided scenes: somebody sits down in the middle, decides a few times, and sees what those decisions were worth."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from caucusroom import Session, load
from caucusroom.authoring.compile import compile_catalogue, read_written, what_is_played
from caucusroom.authoring.shapes import SceneShape
from caucusroom.authoring.starter import STARTER
from caucusroom.model.dispute import Scene
from caucusroom_grading import Report, judge
from caucusroom_grading.judging.finding import LABELS, SOUND
from caucusroom_grading.review import review
from caucusroom_grading.review.scene import NOT_THEIRS
from caucusroom_grading.words import en
from caucusroom_widgets.desk import Desk, Snapshot, of_scene, seated

from tests.browser.types import misfits
from tests.spoilt import SOUND as SOUND_FOLDER
from tests.test_review import Reader, folded

STRIKE = Path(__file__).parents[1] / "scenarios" / "labor-strike"
FOLDERS = [STRIKE, STARTER]


def written(folder: Path) -> list[SceneShape]:
    scenes = read_written(folder, compile_catalogue(), [])
    assert scenes and scenes.scenes
    return list(scenes.scenes.parts.values())


WRITTEN = {f"{folder.name} {one.id}": (folder, one) for folder in FOLDERS for one in written(folder)}
OF_THE_STRIKE = [one for folder, one in WRITTEN.values() if folder == STRIKE]
LINES = [(one.id, kind) for one in OF_THE_STRIKE for kind in ("skilled", "mistake")]


def scene(id: str = "two-letters") -> Scene:
    return load("labor-strike").scene(id)


def line(id: str, kind: str) -> list[str]:
    moves: list[str] = getattr(next(one for one in OF_THE_STRIKE if one.id == id), kind)
    return moves


@cache
def judged(id: str, kind: str) -> Report:
    """A scene of the strike, played as it is written and judged."""
    session = seated(Session("labor-strike", case=scene(id).case), scene(id))
    for move in line(id, kind):
        session.play(move)
    return judge(session.transcript)


class Visit:
    """Somebody at the desk in a scene, with a journal where one is named."""

    def __init__(self, id: str = "two-letters", journal: Path | None = None) -> None:
        self.scene = scene(id)
        session = Session("labor-strike", case=self.scene.case, journal=journal, player="ana")
        self.desk = Desk(seated(session, self.scene), scene=self.scene)
        self.count = 0

    @property
    def session(self) -> Session:
        return self.desk.session

    def send(self, **wish: Any) -> Snapshot:
        self.count += 1
        return self.desk.answer({"id": f"m{self.count}", "seq": len(self.session.turns), **wish})

    def play(self, *moves: str) -> Snapshot:
        for move in moves:
            snapshot = self.send(move=move)
            assert snapshot["answer"] and snapshot["answer"]["error"] is None, (move, snapshot["answer"])
        return snapshot

    def refused(self, **wish: Any) -> str:
        before = self.session.transcript
        answer = self.send(**wish)["answer"]
        assert answer and answer["error"] and self.session.transcript == before
        return answer["error"]


# what an author writes


@pytest.mark.parametrize("name", WRITTEN)
def test_the_mistake_is_judged_worse_than_the_skilled_line(name: str) -> None:
    folder, one = WRITTEN[name]
    dispute, grades = load(folder), {}
    for kind in ("skilled", "mistake"):
        session = seated(Session(dispute, case=one.case), dispute.scene(one.id))
        for move in getattr(one, kind):
            session.play(move)
        own = judge(session.transcript, dispute=dispute).decisions[len(one.moves) :]
        grades[kind] = [LABELS.index(decision.label) for decision in own]
    assert set(grades["skilled"]) == {LABELS.index(SOUND)}, "what is shown as skilled is sound throughout"
    assert min(grades["mistake"]) < LABELS.index(SOUND)


def test_the_scenes_of_the_strike_end_as_differently_as_they_were_played() -> None:
    five = {kind: judged("a-quarter-past-five", kind).ending for kind in ("skilled", "mistake")}
    assert five["skilled"] and five["skilled"].holds is True
    assert five["mistake"] and five["mistake"].holds is False, "signed as well, and taken back"
    shouting = judged("everybody-is-shouting", "mistake").ending
    assert shouting and shouting.id == "walked_out"
    letters = judged("two-letters", "mistake"), judged("two-letters", "skilled")
    assert [[fact.breached > 0 for fact in report.facts] for report in letters] == [[True], [False]]


def test_each_scene_of_the_strike_stands_in_a_state_of_its_own_and_is_told_in_a_few_sentences() -> None:
    assert len({(one.case, tuple(one.moves)) for one in OF_THE_STRIKE}) == len(OF_THE_STRIKE) == 4
    for one in OF_THE_STRIKE:
        assert 3 <= len(re.findall(r"[.:](?=\s|$)", one.told)) <= 9, one.told
        assert len(one.told.split()) <= 130 and len(one.after.split()) <= 70


def test_scenes_are_no_part_of_what_a_journal_depends_on(tmp_path: Path) -> None:
    folder = tmp_path / "sound"
    shutil.copytree(SOUND_FOLDER, folder)
    catalogue = compile_catalogue()
    with_scenes = read_written(folder, catalogue, [])
    (folder / "scenes.yaml").unlink()
    without = read_written(folder, catalogue, [])
    assert with_scenes and without
    assert (len(with_scenes.data["scenes"]), without.data["scenes"]) == (1, [])
    assert with_scenes.data["content"] == without.data["content"]
    assert what_is_played(with_scenes.data, catalogue) == what_is_played(without.data, catalogue), "nor a search"
    assert load(folder).scenes == ()


def test_what_is_played_is_not_told_how_to_play_it() -> None:
    assert not {"skilled", "mistake"} & set(Scene._fields)


def test_an_unknown_scene_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"has no scene “two-leters”\. Its scenes are: everybody-is-shouting, two-"):
        load("labor-strike").scene("two-leters")


# at the desk


def test_a_scene_begins_after_its_moves_and_is_told_to_the_page() -> None:
    visit = Visit()
    assert tuple(map(str, visit.session.decisions)) == visit.scene.moves
    shown = visit.desk.snapshot()
    assert shown["scene"] == {
        "title": "Two letters in a folder",
        "told": visit.scene.told.strip(),
        "asks": visit.scene.asks,
        "after": visit.scene.after,
        "made": 0,
        "of": 6,
    }
    assert [*misfits(shown, Snapshot)] == []
    assert Desk(Session("labor-strike", case="b")).snapshot()["scene"] is None


def test_sitting_down_goes_on_where_it_was_interrupted(tmp_path: Path) -> None:
    journal, wanted = tmp_path / "scene.jsonl", scene()
    session = Session("labor-strike", case=wanted.case, journal=journal, player="ana")
    for move in wanted.moves[:5]:
        session.play(move)
    assert not of_scene(session, wanted)
    session.close()
    visit = Visit(journal=journal)
    assert of_scene(visit.session, wanted) and len(visit.session.turns) == len(wanted.moves)
    visit.play("follow_up hedges")
    visit.session.close()
    again = Visit(journal=journal).desk.snapshot()["scene"]
    assert again and again["made"] == 1


@pytest.mark.parametrize(("case", "moves"), [("a", ()), ("b", ("open_session",))])
def test_nobody_is_seated_in_what_is_not_the_scene(case: str, moves: tuple[str, ...]) -> None:
    session = Session("labor-strike", case=case)
    for move in moves:
        session.play(move)
    assert not of_scene(session, scene())
    for sit in (lambda: seated(session, scene()), lambda: Desk(session, scene=scene())):
        with pytest.raises(ValueError, match="not of the scene “Two letters in a folder”"):
            sit()
    assert tuple(map(str, session.decisions)) == moves


def test_after_the_last_decision_nothing_is_offered_or_taken() -> None:
    visit = Visit()
    for made, move in enumerate(line("two-letters", "skilled"), 1):
        shown = visit.play(move)
        assert shown["scene"] and shown["scene"]["made"] == made
        assert any(group["moves"] for group in shown["groups"]) == (made < 6) == (shown["hint"] is not None)
    assert visit.session.outcome is None
    over = "The scene is over: its last decision is made."
    assert visit.refused(move="invite_offer").startswith(over)
    assert visit.refused(hint=1).startswith(over)
    assert Desk(visit.session).snapshot()["groups"][4]["moves"], "whoever goes on to the end does so without the scene"


def test_a_scene_that_ends_the_mediation_is_over_before_its_last_decision() -> None:
    visit = Visit("everybody-is-shouting")
    shown = visit.play(*line("everybody-is-shouting", "mistake"))
    assert shown["scene"] and shown["scene"]["made"] == 2 < shown["scene"]["of"]
    assert shown["outcome"] and shown["outcome"]["ending"] == "walked_out"
    assert visit.refused(move="look_deeper") == "The mediation is over."


def test_a_supervising_mediator_can_be_asked_in_a_scene() -> None:
    visit = Visit()
    hint = visit.send(hint=1)["hint"]
    assert hint and len(hint["texts"]) == 1


def test_a_scene_can_be_played_again_from_its_beginning_at_any_time_and_all_of_it_is_kept(tmp_path: Path) -> None:
    visit = Visit(journal=tmp_path / "scene.jsonl")
    assert "no decision to look at yet" in visit.refused(again=True)
    visit.play("call_caucus labor", "tell renewal_quote")
    shown = visit.send(again=True)
    assert shown["attempt"] == 2 and shown["scene"] and shown["scene"]["made"] == 0
    assert of_scene(visit.session, visit.scene)
    visit.play(*line("two-letters", "skilled"))
    assert visit.send(again=True)["attempt"] == 3
    moves, kept = visit.scene.moves, len(visit.scene.moves)
    attempts = visit.session.transcript.attempts
    assert [one.kept for one in attempts] == [0, kept, kept]
    assert attempts[0].moves == (*moves, "call_caucus labor", "tell renewal_quote")
    assert attempts[1].moves == (*moves, *line("two-letters", "skilled"))


def test_one_goes_back_to_a_decision_of_ones_own_and_to_none_before() -> None:
    visit = Visit()
    visit.play("follow_up hedges", "allay_sharing")
    since = len(visit.scene.moves)
    assert visit.refused(back=since - 1).startswith("That was decided before you sat down.")
    shown = visit.send(back=since + 1)
    assert shown["scene"] and shown["scene"]["made"] == 1


def test_the_review_waits_for_the_first_decision_and_no_longer() -> None:
    visit = Visit()
    assert visit.refused(review=True) == "There is no decision to look at yet."
    visit.play("follow_up hedges")
    visit.send(review=True)
    assert visit.desk.page and "Two letters in a folder" in visit.desk.page["html"]


# the review


@pytest.mark.parametrize(("id", "kind"), LINES)
def test_only_what_the_visitor_decided_is_judged_and_all_of_it(id: str, kind: str) -> None:
    report, since = judged(id, kind), len(scene(id).moves)
    html = review(report, since=since, retry=True, heading=scene(id).title)
    page = Reader(html)
    own, before = report.decisions[since:], report.decisions[:since]
    for one in own:
        for text in (one.name, one.reason, *one.knowable, *(choice.reason for choice in one.better)):
            assert " ".join(text.split()) in page.text
    assert page.all("data-back") == [str(one.number - 1) for one in own]
    cards = [id for id in page.all("id") if re.fullmatch(r"review-c\d+", id)]
    assert cards == [f"review-c{one.number}" for one in own]
    said = {one.reason for one in own} | {found.reason for one in own for found in one.findings}
    said |= {choice.reason for one in own for choice in one.better}
    assert [one.reason for one in before if one.reason not in said and one.reason in unescape(html)] == []
    assert all(folded(unescape(html), one.words) for one in before if one.words not in {o.words for o in own})
    assert f"Before you sat down: {since} decisions" in page.text
    assert not re.search(r"\d of 100|points off|Level \d|[Cc]apped|Counts for", page.text)
    assert "There is no total and no level: the rest was not yours." in page.text


@pytest.mark.parametrize(("id", "kind"), LINES)
def test_it_opens_at_the_gravest_and_every_label_leads_somewhere(id: str, kind: str) -> None:
    report, since = judged(id, kind), len(scene(id).moves)
    page = Reader(review(report, since=since))
    chosen = [one["id"] for tag, one in page.elements if tag == "input" and "checked" in one]
    grades = [LABELS.index(one.label) for one in report.decisions[since:]]
    assert chosen == [f"review-d{since + 1 + grades.index(min(grades))}"]
    assert set(page.all("for")) <= set(page.all("id"))
    assert len(page.all("id")) == len(set(page.all("id")))
    assert "The seventh week" in page.text


@pytest.mark.parametrize(("id", "kind"), LINES)
def test_what_called_for_a_decision_was_the_visitors_to_meet(id: str, kind: str) -> None:
    report, since = judged(id, kind), len(scene(id).moves)
    page, last = Reader(review(report, since=since)), len(report.decisions)
    occasions = [one for score in report.criteria for one in score.occasions]
    for one in occasions:
        of_others = bool(one.decisions) and min(one.decisions) <= since
        too_late = one.outcome == "missed" and one.since >= last
        not_theirs = one.outcome == "missed" and one.since < since and one.id in NOT_THEIRS
        stood_alone = [other.text for other in occasions].count(one.text) == 1
        if (of_others or too_late or not_theirs) and stood_alone:
            assert one.text not in page.text
        elif one.outcome == "missed" and one.since >= since:
            assert one.text in page.text
    assert en.OCCASIONS.keys() >= NOT_THEIRS


def test_the_count_of_decisions_is_said_in_words() -> None:
    since = len(scene().moves)
    report = judged("two-letters", "mistake")
    assert "Six decisions: three sound, one fair, one weak, one harmful." in Reader(review(report, since=since)).text
    for made, words in ((1, "One decision: sound."), (2, "Two decisions: one sound, one harmful.")):
        part = replace(report, decisions=report.decisions[: since + made])
        assert words in Reader(review(part, since=since)).text
    assert "Six decisions: all sound." in Reader(review(judged("two-letters", "skilled"), since=since)).text
    nothing = replace(report, decisions=report.decisions[:since])
    assert "You have not decided anything yet" in Reader(review(nothing, since=since)).text


def test_what_was_true_is_folded_at_the_end_and_not_there_before() -> None:
    report = judged("a-quarter-past-five", "skilled")
    html = unescape(review(report, since=len(scene("a-quarter-past-five").moves)))
    assert report.ending and "Settlement, and it lasted" in html
    assert all(folded(html, part) for part in report.ending.truth.split("\n\n"))
    assert "gives the case away" not in review(judged("two-letters", "skilled"), since=len(scene().moves))
