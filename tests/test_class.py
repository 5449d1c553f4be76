"""The whole path of a class of twelve, with nbgrader's own commands: the marks are exactly those of `judge`."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from caucusroom import catalogue, read_journal
from caucusroom_course.classroom.folder import make_course
from caucusroom_course.lessons import CLASSROOM, as_text, build
from caucusroom_grading import judge
from caucusroom_grading.handin.assignment import weights
from caucusroom_grading.strategies import thumbs
from nbgrader.api import Gradebook

from tests.classroom import (
    ASSIGNMENT,
    JOURNAL,
    NOTEBOOK,
    Classroom,
    apart,
    id_of,
    play,
    played_by,
    run,
    skilled,
    somebody,
    write,
)

TELLS = somebody("greta", thumbs.skilled_but_tells, "tell")
RULES = somebody("gus", thumbs.skilled_but_rules, "rule")
DECISIONS = {
    "ana": skilled("ana"),
    "ben": skilled("ben"),
    "cleo": skilled("cleo"),
    "dov": skilled("dov")[:9],  # not over
    "eda": (*skilled("eda")[:12], "close_open"),
    TELLS: played_by(thumbs.skilled_but_tells, TELLS),
    RULES: played_by(thumbs.skilled_but_rules, RULES),
    "hana": played_by(thumbs.skilled_but_presses, "hana"),
    "ivo": played_by(thumbs.never_caucus, "ivo"),
    "jun": played_by(thumbs.always_caucus, "jun"),
    "kit": played_by(thumbs.nice, "kit"),
    "lea": played_by(thumbs.positions_only, "lea"),
}
ANSWERS = {
    "reflection-1-answer": "I closed the door once their voices <i>rose</i> and kept an eye on the clock.",
    "reflection-2-answer": "They told me about a letter; it was theirs to show & I asked whether I might.",
}
SILENT = "lea"
"""Who leaves the second question unanswered."""
STOCK = "[adg]*"
"""Who is marked with nbgrader's own settings, too: that takes seconds for each."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classroom]:
    """The class when all have submitted and their work is collected."""
    folder = tmp_path_factory.mktemp("class")
    with apart(folder):
        room = Classroom(folder)
        room.instructor("generate_assignment", ASSIGNMENT)
        room.instructor("release_assignment", ASSIGNMENT)
        for student, moves in DECISIONS.items():
            home = room.home(student)
            run(home, "fetch_assignment", ASSIGNMENT)
            play(home / ASSIGNMENT, student, moves)
            answers = ANSWERS if student != SILENT else {"reflection-1-answer": ANSWERS["reflection-1-answer"]}
            write(home / ASSIGNMENT / NOTEBOOK, answers)
            run(home, "submit", ASSIGNMENT, f"--CourseDirectory.student_id={student}")
        room.instructor("collect", ASSIGNMENT)
        shutil.copytree(room.folder, folder / "stock")
        yield room


@pytest.fixture(scope="module")
def graded(room: Classroom) -> Iterator[Gradebook]:
    """The gradebook after `nbgrader autograde`."""
    done = room.command("autograde", ASSIGNMENT)
    assert done.returncode == 0, done.stderr
    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as gradebook:
        yield gradebook


def judged(room: Classroom, student: str) -> dict[str, float]:
    report = judge(read_journal(room.homes / student / ASSIGNMENT / JOURNAL))
    assert (report.total or 0) == sum(score.points for score in report.criteria)
    return {score.id: float(score.points) for score in report.criteria}


def auto_scores(gradebook: Gradebook, student: str) -> dict[str, float | None]:
    submitted = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student)
    return {grade.name: grade.auto_score for grade in submitted.grades}


def in_words(text: Path) -> str:
    return text.stem


@pytest.mark.parametrize("text", sorted((CLASSROOM / "source").rglob("*.md")), ids=in_words)
def test_the_text_of_graded_work_and_its_notebook_agree(text: Path) -> None:
    assert text.with_suffix(".ipynb").read_text(encoding="utf-8") == as_text(build(text)), "run `make lessons`"


def test_graded_work_speaks_of_the_criteria_and_sources_that_there_are() -> None:
    text = (CLASSROOM / "source" / ASSIGNMENT / f"{ASSIGNMENT}.md").read_text(encoding="utf-8")
    for id, entry in catalogue().criteria.items():
        assert f"# {entry['number']}. {entry['name']}: {entry['weight']} points\n" in text
        assert f'"grade_id": "{id}", "locked": true, "points": {entry["weight"]}}}' in text
        assert f'points("{id}", "{ASSIGNMENT}")' in text
    body, listed = text.split("## Sources")
    handed_out = re.sub(r"### BEGIN MARK SCHEME.*?### END MARK SCHEME", "", body, flags=re.DOTALL)
    cited = set(re.findall(r"`([SX]\d+)`", handed_out))
    assert cited == set(re.findall(r"^- `([SX]\d+)`", listed, re.MULTILINE)) <= set(catalogue().sources)


def test_a_course_folder_is_made_and_never_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    made = {str(path) for path in make_course(folder)}
    assert made == {"nbgrader_config.py", "source/header.ipynb", f"source/{ASSIGNMENT}/{NOTEBOOK}"}
    (folder / "nbgrader_config.py").write_text("mine")
    (folder / "source" / "header.ipynb").unlink()
    assert [str(path) for path in make_course(folder)] == ["source/header.ipynb"]
    assert (folder / "nbgrader_config.py").read_text() == "mine"
    play(folder / "source" / ASSIGNMENT, "ana", skilled("ana")[:2])
    with pytest.raises(ValueError, match="journal of somebody who played in the source"):
        make_course(folder)
    with pytest.raises(ValueError, match="is a file"):
        make_course(folder / "nbgrader_config.py")


def test_twelve_play_differently() -> None:
    assert len(DECISIONS) == 12 and len(set(DECISIONS.values())) >= 10
    deeds = {move.split()[0] for moves in DECISIONS.values() for move in moves}
    assert {"tell", "rule", "press"} <= deeds, "with all that is never right"


def test_what_is_handed_out_has_neither_mark_schemes_nor_loose_cells(room: Classroom) -> None:
    released = json.loads((room.homes / "ana" / ASSIGNMENT / NOTEBOOK).read_text(encoding="utf-8"))
    assert "MARK SCHEME" not in json.dumps(released) and "Mark scheme" not in json.dumps(released)
    for cell in released["cells"]:
        assert cell["metadata"]["deletable"] is False
        assert id_of(cell) in ANSWERS or cell["metadata"]["editable"] is False
    graded = {id_of(cell): cell["metadata"]["nbgrader"].get("points") for cell in released["cells"] if id_of(cell)}
    assert {id: graded[id] for id in weights()} == weights() and sum(weights().values()) == 100
    assert [graded[id] for id in ANSWERS] == [10, 10]


def test_marks_are_exactly_those_of_judge(room: Classroom, graded: Gradebook) -> None:
    totals = set()
    for student in DECISIONS:
        expected, found = judged(room, student), auto_scores(graded, student)
        assert {id: found[id] for id in weights()} == expected, student
        totals.add(sum(expected.values()))
    assert len(totals) >= 6, "the class tells good from bad"
    assert {student.id for student in graded.students} == set(DECISIONS)


def test_answers_wait_to_be_marked_by_hand(graded: Gradebook) -> None:
    for student in DECISIONS:
        submitted = graded.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student)
        waiting = {grade.name for grade in submitted.grades if grade.needs_manual_grade}
        assert waiting == (set(ANSWERS) if student != SILENT else {"reflection-1-answer"})
    assert auto_scores(graded, SILENT)["reflection-2-answer"] == 0


def test_every_criterion_has_its_comment(room: Classroom, graded: Gradebook) -> None:
    submitted = graded.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, TELLS)
    comments = {row.name: row.auto_comment for row in submitted.comments}
    assert comments.keys() == weights().keys() | ANSWERS.keys()
    report = judge(read_journal(room.homes / TELLS / ASSIGNMENT / JOURNAL))
    for score in report.criteria:
        comment = comments[score.id]
        level = "No level" if score.level is None else f"Level {score.level} of 4"
        assert comment.startswith(f"{level}, {score.points} of {score.weight} points. ")
        assert score.anchor in comment
        assert all(one.text in comment for one in score.occasions if one.earned < one.weight)
    assert "passed on without consent" in comments["investigation"], "why the points are fewer than the level"


def test_what_is_graded_holds_the_review_and_the_answers_as_text(room: Classroom, graded: Gradebook) -> None:
    text = (room.folder / "autograded" / "ana" / ASSIGNMENT / NOTEBOOK).read_text(encoding="utf-8")
    cells = {id_of(cell): cell for cell in json.loads(text)["cells"]}
    assert list(cells)[:5] == ["room", "check", "reflection-1", "reflection-1-answer", "reflection-2"]
    assert list(cells)[6:] == list(weights())
    assert "caucusroom-review" in "".join(cells["room"]["outputs"][-1]["data"]["text/html"])
    assert "Mark scheme, 10 points" in "".join(cells["reflection-1"]["source"])
    answer = "".join(cells["reflection-1-answer"]["source"])
    assert "&lt;i>rose&lt;/i>" in answer and "<i>" not in answer
    for id, points in judged(room, "ana").items():
        (output,) = cells[id]["outputs"]
        assert output["output_type"] == "execute_result"
        assert "".join(output["data"]["text/plain"]) == repr(points)
        assert f"of {weights()[id]} points" in "".join(output["data"]["text/html"])


def test_graded_again_marks_and_what_was_marked_by_hand_stay(room: Classroom, graded: Gradebook) -> None:
    by_hand(graded)
    before = {student: auto_scores(graded, student) for student in DECISIONS}
    room.instructor("autograde", ASSIGNMENT, "--student=a*", "--force")
    graded.db.expire_all()
    assert {student: auto_scores(graded, student) for student in DECISIONS} == before
    submitted = graded.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, "ana")
    assert {row.name for row in submitted.comments} == weights().keys() | ANSWERS.keys()
    assert submitted.score == sum(judged(room, "ana").values()) + 13


def test_feedback_goes_back_and_marks_go_out(room: Classroom, graded: Gradebook) -> None:
    by_hand(graded)
    room.instructor("generate_feedback", ASSIGNMENT)
    room.instructor("release_feedback", ASSIGNMENT)
    run(room.home("ana"), "fetch_feedback", ASSIGNMENT, "--CourseDirectory.student_id=ana")
    (page,) = (room.home("ana") / ASSIGNMENT / "feedback").rglob("*.html")
    assert "caucusroom-review" in page.read_text(encoding="utf-8")

    room.instructor("export")
    with (room.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        marks = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert marks == {
        student: sum(judged(room, student).values()) + (13 if student != SILENT else 7) for student in DECISIONS
    }


def by_hand(gradebook: Gradebook) -> None:
    """Mark the answers: 7 points for the first and 6 for the second, where there is one."""
    for student in DECISIONS:
        submitted = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student)
        for grade in submitted.grades:
            if grade.name in ANSWERS and grade.auto_score is None:
                grade.manual_score = 7 if grade.name == "reflection-1-answer" else 6
                grade.needs_manual_grade = False
    gradebook.db.commit()


def test_nbgraders_own_settings_give_the_same_points(room: Classroom, graded: Gradebook) -> None:
    folder = room.folder.parent / "stock"
    config = folder / "nbgrader_config.py"
    ours = config.read_text()
    config.write_text(ours[: ours.index("# Grading by replay")] + room.place)
    run(folder, "autograde", ASSIGNMENT, f"--student={STOCK}")
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        marked = [student.id for student in gradebook.students]
        assert marked == ["ana", "dov", TELLS, RULES]
        for student in marked:
            assert auto_scores(gradebook, student) == auto_scores(graded, student), student


def test_a_journal_in_the_source_is_refused(room: Classroom) -> None:
    left = room.folder / "source" / ASSIGNMENT / "other-name.txt"
    shutil.copy(room.homes / "ana" / ASSIGNMENT / JOURNAL, left)
    try:
        for command in ("generate_assignment", "autograde"):
            with pytest.raises(RuntimeError, match=f"{command} .* left with status 1"):
                room.instructor(command, ASSIGNMENT, "--force")
    finally:
        left.unlink()
