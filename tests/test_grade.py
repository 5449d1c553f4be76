"""`caucusroom grade`: the rows of nbgrader's own autograding, however often it is killed and whoever else writes."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import chdir, closing
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random

import pytest
from caucusroom_course.classroom import rows as writing
from caucusroom_course.classroom.batch import Outcome, open_batch
from caucusroom_grading.handin.assignment import weights
from nbgrader.api import Gradebook

from tests import postgres
from tests.classroom import ASSIGNMENT, JOURNAL, NOTEBOOK, QUIET, Classroom, apart, edit, play, run, write
from tests.conftest import require
from tests.gradebooks import copy, folders, hand_in_many, rows, url
from tests.plays import THOROUGH
from tests.test_class import ANSWERS, DECISIONS, RULES, TELLS

KILLS, CLASS = (10, 40) if THOROUGH else (1, 20)
"""How often grading a class of so many, some of them in a second batch, is killed."""
LATE = """
c.LateSubmissionPlugin.penalty_method = "zero"
"""
TROUBLED = {
    "ana": {},
    "ben": {"late": "Handed in 1 day, 2:00:00 late; the penalty is "},
    "cleo": {"no-journal": "There is no journal labor-strike.jsonl"},
    "dov": {"not-finished": "It stands at decision 9"},
    "eda": {"another-player": "The journal was played by “ana”, and “eda” handed it in."},
    TELLS: {"cells-added": "Cells were added, 1 of code"},
    RULES: {"notebook-missing": "There is no notebook labor-strike.ipynb"},
    "hana": {"notebook-unreadable": "no notebook that can be read"},
    "ivo": {"damaged": "What comes before it was judged."},
    "jun": {},
    "kit": {"no-answer": "reflection-2-answer was left unanswered"},
    "lea": {"not-a-file": "taken out"},
}
"""What the command says of each, by kind."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classroom]:
    """A class of twelve, most of whom made something of it that needs a look."""
    folder = tmp_path_factory.mktemp("grade")
    with apart(folder):
        room = Classroom(folder)
        with (room.folder / "nbgrader_config.py").open("a") as config:
            config.write(LATE)
        room.instructor("generate_assignment", ASSIGNMENT)
        with Gradebook(url(room.folder)) as gradebook:
            gradebook.update_or_create_assignment(ASSIGNMENT, duedate=datetime(2026, 3, 4, 12))
        (room.folder / "source" / ASSIGNMENT / "rules").mkdir()
        (room.folder / "source" / ASSIGNMENT / "rules" / "house.txt").write_text("the rules of the house\n")
        for student in TROUBLED:
            work = folder / "work" / student
            shutil.copytree(room.folder / "release" / ASSIGNMENT, work)
            if student not in ("cleo", "eda"):
                play(work, student, DECISIONS[student])
            write(work / NOTEBOOK, ANSWERS if student != "kit" else {"reflection-1-answer": "To be heard."})
            room.hand_in(student, work)
        trouble(room)
        yield room


def trouble(room: Classroom) -> None:
    (room.submitted("ben") / "timestamp.txt").write_text("2026-03-05 14:00:00.000000 UTC")
    shutil.copy(room.submitted("ana") / JOURNAL, room.submitted("eda") / JOURNAL)
    code = {"cell_type": "code", "id": "x", "metadata": {}, "source": "1 / 0"}
    edit(room.submitted(TELLS) / NOTEBOOK, lambda cells: cells.append(code))
    (room.submitted(RULES) / NOTEBOOK).unlink()
    (room.submitted("hana") / NOTEBOOK).write_text("{")
    journal = room.submitted("ivo") / JOURNAL
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    journal.write_text("".join([*lines[:12], lines[13], *lines[15:]]), encoding="utf-8")
    (room.submitted("lea") / JOURNAL).unlink()
    (room.submitted("lea") / JOURNAL).symlink_to("/etc/hostname")
    (room.submitted("jun") / "notes" / "__pycache__").mkdir(parents=True)
    for name in ("plan.txt", ".hidden.pyc", "old.pyc", "__pycache__/x.txt"):
        (room.submitted("jun") / "notes" / name).write_text(name)
    (room.submitted("jun") / "rules").mkdir()
    (room.submitted("jun") / "rules" / "house.txt").write_text("other rules\n")


@pytest.fixture(scope="module")
def stock(room: Classroom, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same class as `nbgrader autograde` grades it with the settings of the course."""
    course = copy(room.folder, tmp_path_factory.mktemp("stock") / "course")
    run(course, "autograde", ASSIGNMENT)
    return course


@pytest.fixture
def course(room: Classroom, tmp_path: Path) -> Path:
    return copy(room.folder, tmp_path / "course")


def command(course: Path, *arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("caucusroom")), "grade", ASSIGNMENT, "--course", str(course), *arguments]


def grade(course: Path, *arguments: str) -> tuple[int, str]:
    """The exit status, and all that was said."""
    done = subprocess.run(
        command(course, *arguments), env=os.environ | QUIET, capture_output=True, text=True, timeout=240, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr + done.stdout


def batch(course: Path, *students: str, assignment: str = ASSIGNMENT, force: bool = False) -> list[Outcome]:
    """The same in this process."""
    with chdir(course), open_batch(Path(), assignment, students, force) as opened:
        return list(opened.outcomes(2))


def states(outcomes: list[Outcome]) -> dict[str, str]:
    return {one.student: one.state for one in outcomes}


def test_rows_and_files_are_those_of_nbgrader(stock: Path, course: Path) -> None:
    status, said = grade(course)
    assert status == 3
    assert said.endswith("Graded 12, skipped as already graded 0, failed 0.\n")
    assert rows(url(course)) == rows(url(stock))
    assert folders(course) == folders(stock)
    assert "autograded/jun/labor-strike/notes/plan.txt" in folders(course)
    assert [row[3] for row in rows(url(course))["notebook"] if row[3]], "somebody lost points for being late"


def test_what_needs_a_look_is_said_once_by_what_it_is(course: Path) -> None:
    _, said = grade(course)
    for student, kinds in TROUBLED.items():
        for kind, words in kinds.items():
            heading = (
                f"{kind.replace('-', ' ').capitalize()} \\(\\d+\\):\n(?:  .*\n)*?  {student}: .*{re.escape(words)}"
            )
            assert re.search(heading, said), said
    assert not re.search(r"^  ana:", said, re.MULTILINE)
    again = grade(course)
    assert again[0] == 3
    assert again[1].splitlines()[:-1] == said.splitlines()[:-1], "and when nothing is left to be graded, again"
    assert again[1].endswith("Graded 0, skipped as already graded 12, failed 0.\n")


def test_only_what_is_new_is_graded_again_and_marks_given_by_hand_stay(course: Path) -> None:
    assert grade(course, "--student", "ana", "--student", "jun") == (
        0,
        "Graded 2, skipped as already graded 0, failed 0.\n",
    )
    with Gradebook(url(course)) as gradebook:
        for student in ("ana", "jun"):
            mark = gradebook.find_grade("reflection-1-answer", ASSIGNMENT, ASSIGNMENT, student)
            mark.manual_score, mark.needs_manual_grade = 7, False
            gradebook.find_comment("reflection-1-answer", ASSIGNMENT, ASSIGNMENT, student).manual_comment = "Well put."
        gradebook.db.commit()
    before = {row for row in rows(url(course))["grade"] if row[0] == "jun"}
    write(course / "submitted" / "ana" / ASSIGNMENT / NOTEBOOK, {"reflection-1-answer": "I see it otherwise now."})
    assert states(batch(course, "ana", "jun")) == {"ana": "graded", "jun": "kept"}
    after = rows(url(course))["grade"]
    assert {row for row in after if row[0] == "jun"} == before
    (ana,) = (row for row in after if row[0] == "ana" and row[2] == "reflection-1-answer")
    assert ana[4:] == (None, 7, None, True), "the mark stands, and somebody should look at it again"
    assert "otherwise now" in (course / "autograded" / "ana" / ASSIGNMENT / NOTEBOOK).read_text(encoding="utf-8")
    assert states(batch(course, "ana", "jun", force=True)) == {"ana": "graded", "jun": "graded"}
    assert [row for row in rows(url(course))["grade"] if row[5] is not None] != []
    assert [row for row in rows(url(course))["comment"] if row[5] == "Well put."] != []


def test_what_nbgrader_has_graded_is_not_graded_again(stock: Path, tmp_path: Path) -> None:
    course = copy(stock, tmp_path / "course")
    assert {one.state for one in batch(course)} == {"kept"}
    assert rows(url(course)) == rows(url(stock))
    (course / "submitted" / "ana" / ASSIGNMENT / "timestamp.txt").write_text("2026-03-04 11:00:00.000000 UTC")
    assert {one.student for one in batch(course) if one.state == "graded"} == {"ana"}


def test_half_of_nbgraders_work_is_not_taken_for_the_whole(stock: Path, tmp_path: Path) -> None:
    """nbgrader writes the notebook before it grades it, and was killed then."""
    course = copy(stock, tmp_path / "course")
    with Gradebook(url(course)) as gradebook:
        gradebook.find_grade("investigation", ASSIGNMENT, ASSIGNMENT, "ana").auto_score = None
        gradebook.db.commit()
    assert {one.student for one in batch(course) if one.state == "graded"} == {"ana"}
    assert rows(url(course)) == rows(url(stock))


def test_one_that_cannot_be_graded_does_not_stop_the_others(course: Path) -> None:
    (course / "submitted" / "ana" / ASSIGNMENT / "timestamp.txt").write_text("some day")
    (course / "autograded" / "jun").parent.mkdir()
    (course / "autograded" / "jun").write_text("a file where a folder should be")
    status, said = grade(course)
    assert status == 1
    assert "Not graded: ana: Its timestamp.txt does not say a time" in said
    assert "Not graded: jun: " in said
    assert said.endswith("Graded 10, skipped as already graded 0, failed 2.\n")
    assert {row[0] for row in rows(url(course))["student"]} == TROUBLED.keys() - {"ana", "jun"}


def test_a_rule_for_late_work_that_fails_stops_nobody_else(course: Path) -> None:
    (course / "strict.py").write_text(
        "from nbgrader.plugins import BasePlugin\n\n\n"
        "class Strict(BasePlugin):\n"
        "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n"
        "        raise RuntimeError('nobody told me')\n"
    )
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(
            f"import sys\nsys.path.insert(0, {str(course)!r})\nc.AssignLatePenalties.plugin_class = 'strict.Strict'\n"
        )
    status, said = grade(course)
    assert status == 1
    assert "Not graded: ben: It could not be graded (RuntimeError: nobody told me)." in said
    assert said.endswith("Graded 11, skipped as already graded 0, failed 1.\n")


def test_a_process_that_dies_takes_nobody_along(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when memory runs out: the process is killed that has ana's work in hand."""
    (course / "sitecustomize.py").write_text(
        "import os, pathlib\n"
        "real = pathlib.Path.rglob\n"
        "pathlib.Path.rglob = lambda self, pattern: os._exit(9) if 'ana' in self.parts else real(self, pattern)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(course))
    status, said = grade(course)
    assert status == 1
    assert "Not graded: ana: The process that judged it was ended" in said
    assert said.endswith("Graded 11, skipped as already graded 0, failed 1.\n")


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite itself waits no five seconds for a gradebook that is in use."""
    monkeypatch.setattr("sqlite3.dbapi2.connect", partial(sqlite3.connect, timeout=0.2))


def test_a_gradebook_in_use_is_waited_for(
    stock: Path, course: Path, hasty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, refused = threading.Event(), threading.Event()

    def pause() -> float:
        refused.set()
        return 0.0

    def use() -> None:
        with closing(sqlite3.connect(course / "gradebook.db", isolation_level=None)) as gradebook:
            gradebook.execute("BEGIN IMMEDIATE")
            taken.set()
            refused.wait(60)
            gradebook.execute("ROLLBACK")

    monkeypatch.setattr(writing, "random", pause)  # which is asked for how long to wait before the next try

    with chdir(course), open_batch(Path(), ASSIGNMENT, (), False) as opened:
        user = threading.Thread(target=use)
        user.start()
        taken.wait()
        outcomes = list(opened.outcomes(2))
        user.join()
    assert refused.is_set(), "it was tried, and tried again"
    assert {one.state for one in outcomes} == {"graded"} and len(outcomes) == 12
    assert rows(url(course)) == rows(url(stock))


def test_a_gradebook_that_stays_in_use_is_said_and_nothing_is_half_done(
    stock: Path, course: Path, hasty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "PAUSES", (0.1,))
    with closing(sqlite3.connect(course / "gradebook.db", isolation_level=None)) as gradebook:
        with chdir(course), open_batch(Path(), ASSIGNMENT, (), False) as opened:
            gradebook.execute("BEGIN IMMEDIATE")
            outcomes = list(opened.outcomes(2))
        gradebook.execute("ROLLBACK")
    assert len(outcomes) == 12 and {one.state for one in outcomes} == {"failed"}
    sentence = "The gradebook could not be written (database is locked): run this again."
    assert {note.text for one in outcomes for note in one.notes} == {sentence}
    assert not list((course / "autograded").glob(f"*/{ASSIGNMENT}")) and rows(url(course))["student"] == []
    batch(course)
    assert rows(url(course)) == rows(url(stock)) and folders(course) == folders(stock)


def test_two_do_not_grade_at_once(course: Path) -> None:
    with chdir(course), open_batch(Path(), ASSIGNMENT, (), False):
        assert grade(course) == (
            1,
            "caucusroom: This course is being graded already: wait until that is done.\n",
        )


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("large")
    with apart(folder):
        room = Classroom(folder)
        room.instructor("generate_assignment", ASSIGNMENT)
        hand_in_many(room, CLASS)
        yield room.folder


def test_killed_at_any_moment_it_goes_on_and_no_mark_is_another(large: Path, tmp_path: Path) -> None:
    whole, course = copy(large, tmp_path / "whole"), copy(large, tmp_path / "course")
    grade(whole)
    expected, complete = rows(url(whole)), folders(whole)
    random = Random(str(tmp_path))
    done: dict[str, int] = {}
    for _ in range(KILLS):
        killed(course, random.randint(1, 2 * CLASS // (KILLS + 1)), random.uniform(0, 0.05))
        found = finished(course)
        assert {name: found[name] for name in done} == done, "what was graded is left alone"
        done = found
        for student in done:
            mine = [row for row in rows(url(course))["grade"] if row[0] == student]
            assert mine == [row for row in expected["grade"] if row[0] == student], "graded means graded"
    left = len(list((course / "submitted").iterdir())) - len(done)
    status, said = grade(course)
    assert status == 3
    assert said.endswith(f"Graded {left}, skipped as already graded {len(done)}, failed 0.\n")
    assert rows(url(course)) == expected and folders(course) == complete
    assert {name: when for name, when in finished(course).items() if name in done} == done


def killed(course: Path, many: int, after: float = 0) -> None:
    """Start to grade, and kill it so long after it has laid so many more submissions ready, or put them in place."""
    process = subprocess.Popen(
        command(course, "--workers", "1"), env=os.environ | QUIET, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wanted = laid(course) + many
    while process.poll() is None and laid(course) < wanted:
        time.sleep(0.01)
    time.sleep(after)
    process.kill()
    process.wait()


def laid(course: Path) -> int:
    return len({path.parent for path in (course / "autograded").glob("*/*")})


def finished(course: Path) -> dict[str, int]:
    """Who has a graded folder, and when its notebook was written."""
    made = (course / "autograded").glob(f"*/{ASSIGNMENT}/{NOTEBOOK}")
    return {path.parent.parent.name: path.stat().st_mtime_ns for path in made}


def test_processes_that_judge_end_with_the_one_that_asked(large: Path, tmp_path: Path) -> None:
    course = copy(large, tmp_path / "course")
    killed(course, 1)
    deadline = time.monotonic() + 20
    while children := [
        process.name
        for process in Path("/proc").glob("[0-9]*")
        if (process / "cwd").is_symlink() and reads(process) == course
    ]:
        assert time.monotonic() < deadline, children
        time.sleep(0.05)


def reads(process: Path) -> Path | None:
    try:
        return (process / "cwd").readlink()
    except OSError:
        return None


def test_postgresql_has_the_same_rows(room: Classroom, stock: Path, course: Path) -> None:
    bin = require(postgres.programs(), postgres.MISSING)
    with postgres.server(bin) as address:
        with (course / "nbgrader_config.py").open("a") as config:
            config.write(f"c.CourseDirectory.db_url = {address!r}\n")
        run(course, "generate_assignment", ASSIGNMENT, "--force")
        with Gradebook(address) as gradebook:
            gradebook.update_or_create_assignment(ASSIGNMENT, duedate=datetime(2026, 3, 4, 12))
        status, said = grade(course)
        assert status == 3 and said.endswith("Graded 12, skipped as already graded 0, failed 0.\n")
        assert rows(address) == rows(url(stock))
        assert "skipped as already graded 12" in grade(course)[1]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("", 'This course has no assignment "paper-mill". Make the assignment with nbgrader generate_assignment'),
        ("c.CourseDirectory.db_url = 'sqlite:///no.db'", "There is no gradebook no.db. Make the assignment with"),
        ("c.CourseDirectory.db_url = 'nothing'", "The settings name a gradebook (CourseDirectory.db_url) that cannot"),
        ("c.CourseDirectory.db_url = 3", "The settings of the course, "),
        ("1 / 0", "cannot be used (ZeroDivisionError: division by zero)."),
    ],
)
def test_what_cannot_be_graded_here_is_said_in_a_sentence(course: Path, change: str, sentence: str) -> None:
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"{change}\n")
    with pytest.raises(ValueError, match=re.escape(sentence)):
        batch(course, assignment="paper-mill")


def test_others_assignments_are_left_to_nbgrader(course: Path) -> None:
    other = course / "source" / "paper-mill"
    shutil.copytree(course / "source" / ASSIGNMENT, other)
    (other / NOTEBOOK).rename(other / "other.ipynb")
    edit(other / "other.ipynb", lambda cells: [cell.update(source="") for cell in cells])
    run(course, "generate_assignment", "paper-mill")
    with pytest.raises(ValueError, match='grade it with nbgrader autograde "paper-mill"'):
        batch(course, assignment="paper-mill")


def test_who_has_not_handed_in_is_named_and_a_journal_in_the_source_refused(course: Path) -> None:
    assert grade(course, "--student", "zoe") == (
        1,
        f"caucusroom: zoe has not handed in labor-strike: there is no {course}/submitted/zoe/labor-strike.\n",
    )
    shutil.copy(course / "submitted" / "ana" / ASSIGNMENT / JOURNAL, course / "source" / ASSIGNMENT)
    with pytest.raises(ValueError, match="is the journal of somebody who played in the source"):
        batch(course)
    shutil.rmtree(course / "submitted")
    (course / "source" / ASSIGNMENT / JOURNAL).unlink()
    with pytest.raises(ValueError, match="Nobody has handed in labor-strike"):
        batch(course)


def test_it_starts_without_what_it_does_not_need() -> None:
    code = (
        "import caucusroom_course.classroom.grade, sys; print(*sorted(name.partition('.')[0] for name in sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"rfc3987_syntax", "nbconvert", "jupyter_server", "IPython", "jupyter_client"} & set(loaded)
    code = code.replace("grade,", "paper,")
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"nbgrader", "nbformat", "sqlalchemy", "traitlets", "rich"} & set(loaded)


def test_nbgrader_itself_can_still_be_used_afterwards() -> None:
    code = (
        "import caucusroom_course.classroom.grade; from nbgrader.apps import NbGrader; "
        "import nbgrader; nbgrader.__version__"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_criterion_has_a_comment_beside_its_mark(course: Path) -> None:
    batch(course)
    commented = {row[2] for row in rows(url(course))["comment"] if row[0] == "cleo" and row[4]}
    assert commented >= weights().keys()
