"""What students get back: points, reasons and review on one page, which they find beside their work."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from caucusroom_grading.handin.assignment import weights
from caucusroom_grading.nbgrader.feedback import Marks, feedback_page, late_words, read_marks, shown_time
from nbgrader.api import Gradebook
from playwright.sync_api import Browser

from tests.classroom import ASSIGNMENT, NOTEBOOK, Classroom, run
from tests.marked import LATE, MANGLED, REMARK, UNGRADED, marked_class

PAGE = f"{ASSIGNMENT}.html"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classroom]:
    """The class, when its feedback is made and released."""
    with marked_class("feedback", tmp_path_factory) as room:
        source = room.folder / "source" / "other"
        source.mkdir()
        (source / "other.ipynb").write_text(json.dumps(STOCK))
        room.instructor("generate_assignment", "other")
        shutil.copytree(room.folder / "release" / "other", room.folder / "submitted" / "ana" / "other")
        room.instructor("autograde", "other")
        for assignment in (ASSIGNMENT, "other"):
            room.instructor("generate_feedback", assignment)
        yield room


STOCK = {
    "cells": [
        {
            "cell_type": "markdown",
            "id": "answer",
            "metadata": {
                "caucusroom": {},
                "nbgrader": {
                    **{"grade_id": "answer", "grade": True, "solution": True, "locked": False, "task": False},
                    **{"points": 3, "schema_version": 3, "cell_type": "markdown"},
                },
            },
            "source": "YOUR ANSWER HERE",
        }
    ],
    "metadata": {
        "caucusroom": {"notes": []},
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}
"""Somebody's own assignment, that even says it is ours."""


def page_of(room: Classroom, student: str, assignment: str = ASSIGNMENT) -> str:
    return (room.folder / "feedback" / student / assignment / f"{assignment}.html").read_text(encoding="utf-8")


def text_of(html: str) -> str:
    """What a page says, on one line."""
    visible = re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(visible).split())


def marks_of(room: Classroom, student: str) -> Marks:
    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as gradebook:
        return read_marks(gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student))


def test_a_student_finds_points_reasons_review_and_remarks(room: Classroom) -> None:
    html, marks = page_of(room, "ana"), marks_of(room, "ana")
    said = text_of(html)
    judged = sum(grade.points for id, grade in marks.grades.items() if id in weights())
    assert f"{judged + 13:g} of 120 points" in said and 'Ana María Weiß, "the" elder (ana)' in said
    assert judged > 90 and f"The mediation {judged:g} of 100" in said and "What you wrote 13 of 20" in said
    for id, worth in weights().items():
        grade = marks.grades[id]
        assert f"{grade.points:g} of {worth}" in said and grade.comment in said and grade.comment
    assert 'class="caucusroom-review" id="review"' in html and 'id="review-d28"' in html
    assert (
        "1. A door. Choose one moment" in said
        and "I closed the door at decision 5 , as their voices <i>rose</i>" in said
    )
    assert 'From the grader Say which decision you mean: "5 < 6" is no answer, Ana.' in said
    assert REMARK.count("*") == 2 and said.count("From the grader") == 1


def test_mark_schemes_and_tests_stay_with_the_instructor(room: Classroom) -> None:
    graded = (room.folder / "autograded" / "ana" / ASSIGNMENT / NOTEBOOK).read_text(encoding="utf-8")
    assert "Mark scheme, 10 points" in graded
    said = page_of(room, "ana")
    assert "mark scheme" not in said.lower() and "caucusroom_grading.cells" not in said
    shown = feedback_page(marks_of(room, "ana"), json.loads(graded), mark_schemes=True)
    assert shown.count("Mark scheme, 10 points") == 2 and "BEGIN MARK SCHEME" not in shown


def test_the_setting_shows_the_mark_schemes(room: Classroom, tmp_path: Path) -> None:
    config = room.folder / "nbgrader_config.py"
    before = config.read_text()
    try:
        config.write_text(f"{before}\nc.FeedbackPage.mark_schemes = True\n")
        room.instructor("generate_feedback", ASSIGNMENT, "--student=ben", "--force")
        assert "How answers were marked" in page_of(room, "ben")
    finally:
        config.write_text(before)


def test_lateness_and_what_is_not_final_are_said_in_words(room: Classroom) -> None:
    late = text_of(page_of(room, LATE))
    assert "Late. It was handed in 1 day and 1 hour after the deadline: 5 points are taken off the total." in late
    assert f"{marks_of(room, LATE).points:g} of 120 points" in late
    waiting = text_of(page_of(room, UNGRADED))
    assert "Not final. Something has still to be graded by hand." in waiting
    assert waiting.count("not graded yet, of 10") == 2
    assert "Late." not in waiting and "Not final." not in late


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "less than a second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (3_660, "1 hour and 1 minute"),
        (86_401, "1 day"),
    ],
)
def test_lengths_of_time_in_words(seconds: float, words: str) -> None:
    assert shown_time(seconds) == words


def test_late_without_a_penalty_costs_nothing_and_says_so() -> None:
    in_time = Marks("a", "b", "", {}, 0, 0)
    assert late_words(in_time) == ""
    assert late_words(Marks("a", "b", "", {}, 7_200, 0)).endswith(
        "2 hours after the deadline: nothing is taken off for that."
    )
    assert late_words(Marks("a", "b", "", {}, 60, 1)).endswith(
        "1 minute after the deadline: 1 point is taken off the total."
    )


def test_why_nothing_was_judged_is_said(room: Classroom) -> None:
    said = text_of(page_of(room, MANGLED))
    assert "No points. The journal was played by “ben”" in said and "The mediation 0 of 100" in said
    assert 'class="caucusroom-review" id="review"' not in page_of(room, MANGLED)


def test_what_did_not_end_earns_nothing_and_says_so(room: Classroom) -> None:
    said = text_of(page_of(room, "dov"))
    assert "No points. The mediation has not ended, and therefore it has no total and no points." in said
    assert "The mediation 0 of 100" in said and "13 of 120 points" in said
    assert 'class="caucusroom-review" id="review"' in page_of(room, "dov"), "what was decided is judged"


def test_what_was_changed_by_hand_is_said(room: Classroom) -> None:
    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as gradebook:
        submitted = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, "dov")
        grade = next(grade for grade in submitted.grades if grade.name == "role_and_process")
        grade.manual_score = 2.25
        gradebook.db.flush()
        gradebook.db.refresh(grade)
        marks, judged = read_marks(submitted), grade.auto_score
        gradebook.db.rollback()
    graded = json.loads((room.folder / "autograded" / "dov" / ASSIGNMENT / NOTEBOOK).read_text(encoding="utf-8"))
    said = text_of(feedback_page(marks, graded))
    assert (
        f"1. Role and process explained 2.25 of {weights()['role_and_process']}" in said
        and f"Changed by hand from {judged:g} points." in said
    )


def test_other_peoples_assignments_keep_nbgraders_page(room: Classroom) -> None:
    page = page_of(room, "ana", "other")
    assert "Written response" in page and "caucusroom-feedback" not in page


def test_the_student_fetches_it(room: Classroom) -> None:
    room.instructor("release_assignment", ASSIGNMENT)
    home = room.home("ana")
    run(home, "fetch_assignment", ASSIGNMENT)
    run(home, "submit", ASSIGNMENT, "--CourseDirectory.student_id=ana")
    room.instructor("collect", ASSIGNMENT, "--update", "--student=ana")
    room.instructor("autograde", ASSIGNMENT, "--student=ana")
    room.instructor("generate_feedback", ASSIGNMENT, "--student=ana", "--force")
    room.instructor("release_feedback", ASSIGNMENT, "--student=ana")
    run(home, "fetch_feedback", ASSIGNMENT, "--CourseDirectory.student_id=ana")
    (fetched,) = (home / ASSIGNMENT / "feedback").rglob("*.html")
    assert fetched.name == PAGE
    assert "caucusroom-feedback" in fetched.read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_fits_asks_nothing_of_the_network_and_runs_nothing(
    room: Classroom, browser: Browser, axe: Path, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    file = room.folder / "feedback" / LATE / ASSIGNMENT / PAGE
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("script, link, img, iframe").count() == 0
    context.close()
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(file.as_uri())
    page.add_script_tag(path=str(axe))
    found = page.evaluate(
        "axe.run('.caucusroom-feedback').then(result => result.violations.map(one => one.id + one.nodes[0].html))"
    )
    assert found == []
    context.close()
