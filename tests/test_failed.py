"""A defect of ours is never a student's zero: what cannot be judged here is failed, named, and keeps its marks.

And what one student hands in, however odd, costs nobody else anything.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from caucusroom import EDITION
from caucusroom_course.classroom.batch import Outcome, open_batch
from caucusroom_course.classroom.class_report import report_class
from caucusroom_course.classroom.grade import grade_class
from caucusroom_course.classroom.marks import export_marks
from caucusroom_grading.handin.assignment import Assignment, disagreements
from caucusroom_grading.handin.notebook import Handout, Source, rebuild
from caucusroom_grading.handin.submission import read_submission
from nbgrader.api import Gradebook

from tests.classroom import ASSIGNMENT, JOURNAL, NOTEBOOK, Classroom, apart, edit, play, run, skilled, write
from tests.gradebooks import copy, folders, rows, url
from tests.marked import journal
from tests.test_class import ANSWERS

STUDENTS = ("ana", "ben")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classroom]:
    """Two students, whose work is in."""
    folder = tmp_path_factory.mktemp("failed")
    with apart(folder):
        room = Classroom(folder)
        room.instructor("generate_assignment", ASSIGNMENT)
        for student in STUDENTS:
            work = folder / student
            shutil.copytree(room.folder / "release" / ASSIGNMENT, work)
            play(work, student, skilled(student))
            write(work / NOTEBOOK, ANSWERS)
            room.hand_in(student, work)
        yield room


@pytest.fixture(scope="module")
def marked(room: Classroom, tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = copy(room.folder, tmp_path_factory.mktemp("marked") / "course")
    assert {one.state for one in batch(course)} == {"graded"}
    return course


@pytest.fixture
def course(marked: Path, tmp_path: Path) -> Path:
    """The same, graded."""
    return copy(marked, tmp_path / "course")


def batch(course: Path, force: bool = False) -> list[Outcome]:
    with chdir(course), open_batch(Path(), ASSIGNMENT, (), force) as opened:
        return sorted(opened.outcomes(1))


def command(course: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        [Path(sys.executable).with_name("caucusroom"), *arguments, "--course", str(course)],
        env=os.environ | environment, capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def spoil(tmp_path: Path, code: str) -> dict[str, str]:
    """An environment in which this is run before anything else, in every process."""
    (tmp_path / "sitecustomize.py").write_text(code)
    return {"PYTHONPATH": str(tmp_path)}


OURS = {
    "another content": (
        "import caucusroom.model.compiled as c\nread = c.read_dispute\n"
        "import dataclasses\nimport caucusroom.library as l\n"
        "l.read_dispute = lambda *a: dataclasses.replace(read(*a), content='0' * 16)\n",
        "was begun with another version of labor-strike than the one installed here",
    ),
    "no such dispute": (
        "import caucusroom.library as l\nl.scenarios = lambda: ()\n",
        "This assignment cannot be judged here: There is no dispute",
    ),
    "another edition": (
        "import caucusroom.record.transcript as t\nt.EDITION = 99\n",
        f"was begun under edition {EDITION} of the rules, and edition 99 is installed here",
    ),
}
"""What may be wrong with an installation, and what is said then."""


@pytest.mark.parametrize("what", OURS)
def test_an_installation_of_another_version_leaves_every_mark(course: Path, tmp_path: Path, what: str) -> None:
    code, words = OURS[what]
    before = rows(url(course)), folders(course)
    status, said = command(course, "grade", ASSIGNMENT, "--force", **spoil(tmp_path, code))
    assert status == 1 and said.count("Not graded: ") == 2 and words in said
    assert "That is all of them: the caucusroom installed here is another than the students'" in said
    assert "Graded 0, skipped as already graded 0, failed 2." in said
    assert (rows(url(course)), folders(course)) == before


def test_nbgrader_itself_says_it_and_leaves_every_mark(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows(url(course)), folders(course)
    monkeypatch.setattr("caucusroom.record.transcript.EDITION", 99)
    with pytest.raises(RuntimeError, match="left with status 1"):
        run(course, "autograde", ASSIGNMENT, "--force")
    assert (rows(url(course)), folders(course)) == before


def test_an_exception_of_the_judge_is_no_mark_either(
    course: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code = (
        "import caucusroom_grading.handin.submission as s\n"
        "def judge(*_):\n    raise IndexError('list index out of range')\n"
        "s.judge = judge\n"
    )
    before = rows(url(course))
    status, said = command(course, "grade", ASSIGNMENT, "--force", **spoil(tmp_path, code))
    assert status == 1 and "could not be judged (IndexError: list index out of range)" in said
    assert rows(url(course)) == before

    def judge(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr("caucusroom_grading.handin.submission.judge", judge)
    with pytest.raises(RuntimeError, match="left with status 1"):
        run(course, "autograde", ASSIGNMENT, "--force")
    assert rows(url(course))["grade"] == before["grade"]


def test_one_journal_of_another_version_is_that_students_and_nobody_elses(course: Path) -> None:
    path = course / "submitted" / "ben" / ASSIGNMENT / JOURNAL
    path.write_bytes(b'{"caucusroom": 99}\n')
    before = rows(url(course))
    ana, ben = batch(course, force=True)
    assert ana.state == "graded" and ben.state == "failed"
    assert ben.notes[0].text == "labor-strike.jsonl was written by a newer caucusroom (format 99): update caucusroom."
    assert rows(url(course)) == before


# Editions in marks


def test_marks_of_other_editions_are_made_anew_and_named_until_then(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert {one.state for one in batch(course)} == {"kept"}
    place = course / "autograded" / "ana" / ASSIGNMENT / NOTEBOOK
    notebook = json.loads(place.read_text(encoding="utf-8"))
    assert notebook["metadata"]["caucusroom"]["edition"] == EDITION
    notebook["metadata"]["caucusroom"]["judge_edition"] -= 1
    place.chmod(0o644)
    place.write_text(json.dumps(notebook), encoding="utf-8")
    export_marks([ASSIGNMENT], "csv", course, tmp_path / "marks.csv")
    assert "1 submission marked under another edition of the rules or of the judge, to be graded again: ana." in (
        capsys.readouterr().err
    )
    report_class(ASSIGNMENT, course, tmp_path / "report")
    index = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert index.count("The marks were made under another edition") == 1
    assert {one.student: one.state for one in batch(course)} == {"ana": "graded", "ben": "kept"}
    export_marks([ASSIGNMENT], "csv", course, tmp_path / "marks.csv")
    assert "another edition" not in capsys.readouterr().err


# What one hands in costs the others nothing


@pytest.mark.parametrize("said", ["x" * 900, "9" * 50 + "-03-04 10:00:00 UTC", "0000-00-00", "1" * 999])
def test_a_time_that_is_none_ends_nothing(course: Path, said: str) -> None:
    (course / "submitted" / "ana" / ASSIGNMENT / "timestamp.txt").write_text(said)
    ana, ben = batch(course, force=True)
    assert (ana.state, ben.state) == ("failed", "graded")
    assert "timestamp.txt does not say a time" in ana.notes[0].text


def test_pipes_and_folders_in_the_wrong_place_break_no_pool(course: Path) -> None:
    work = course / "submitted" / "ana" / ASSIGNMENT
    for name in ("timestamp.txt", NOTEBOOK):
        (work / name).unlink()
        (work / name).mkdir()
    os.mkfifo(work / "pipe")
    ana, ben = batch(course, force=True)
    assert (ana.state, ben.state) == ("failed", "graded")
    assert ana.notes[0].text == "A file is a folder and no ordinary file."


def test_a_journal_of_what_nobody_could_play_costs_little(course: Path, tmp_path: Path) -> None:
    path = course / "submitted" / "ana" / ASSIGNMENT / JOURNAL
    path.write_bytes(journal("ana", ["open_session"] * 25_000))
    assert 3_000_000 < path.stat().st_size < 5_000_000
    began = time.process_time()
    verdict = read_submission(path.parent, Assignment(ASSIGNMENT, ASSIGNMENT), "ana")
    assert verdict.report and len(verdict.report.decisions) == 1
    report_class(ASSIGNMENT, course, tmp_path / "report")
    assert time.process_time() - began < 30
    assert (tmp_path / "report" / "index.html").is_file()


def test_letters_that_join_and_part_others_stay_in_an_answer() -> None:
    persian, hindi = "می\u200cخواهم", "क्\u200dष"
    source = Source("q-answer", "markdown", "YOUR ANSWER HERE", "a", 10.0, False)
    handout = Handout(Assignment(ASSIGNMENT, ASSIGNMENT), (source,), {"name": "python3"})
    made, _ = rebuild(handout, {"cells": []})
    made["cells"][0]["source"] = f"{persian} {hindi}\u202e"
    made, _ = rebuild(handout, made)
    assert f"{persian} {hindi} " in made["cells"][0]["source"]


def test_a_spreadsheet_reads_the_table_as_it_was_written(course: Path, tmp_path: Path) -> None:
    with Gradebook(url(course)) as gradebook:
        gradebook.update_or_create_student("ana", last_name="Weiß")
    table = tmp_path / "marks.csv"
    for _ in range(2):  # and what was saved with a mark is a table, too
        export_marks([], "csv", course, table)
        assert table.read_bytes().startswith(b"\xef\xbb\xbfassignment,") and "Weiß" in table.read_text("utf-8-sig")
    export_marks([], "moodle", course, tmp_path / "moodle.csv")
    assert (tmp_path / "moodle.csv").read_bytes().startswith(b"Username,"), "a platform would read it as a letter"
    with pytest.raises(ValueError, match="is no such table"):
        export_marks([], "moodle", course, table)


# What goes out


def test_nothing_is_released_that_somebody_has_played_in(course: Path) -> None:
    release = course / "release" / ASSIGNMENT
    run(course, "release_assignment", ASSIGNMENT)
    (release / JOURNAL).write_bytes(journal("ana", ()))
    for words in (("release_assignment", "--force"), ("generate_assignment", "--force"), ("generate_assignment",)):
        with pytest.raises(RuntimeError, match="left with status 1"):
            run(course, words[0], ASSIGNMENT, *words[1:])
        assert (release / JOURNAL).exists(), "what was played is not thrown away either"
    run(course, "autograde", ASSIGNMENT, "--force")


def test_a_copied_assignment_that_keeps_its_old_names_is_refused(course: Path) -> None:
    copied = course / "source" / "second"
    shutil.copytree(course / "source" / ASSIGNMENT, copied)
    with pytest.raises(RuntimeError, match="left with status 1"):
        run(course, "generate_assignment", "second")
    (copied / NOTEBOOK).rename(copied / "second.ipynb")
    with pytest.raises(RuntimeError, match="left with status 1"):
        run(course, "generate_assignment", "second")

    def rename(cells: list[dict[str, Any]]) -> None:
        for cell in cells:
            text = "".join(cell["source"])
            text = text.replace('assignment="labor-strike"', 'assignment="second"').replace(JOURNAL, "second.jsonl")
            cell["source"] = text.replace(', "labor-strike")', ', "second", "labor-strike")').replace(
                'ready("labor-strike")', 'ready("second", "labor-strike")'
            )

    edit(copied / "second.ipynb", rename)
    run(course, "generate_assignment", "second")
    assert (course / "release" / "second" / "second.ipynb").is_file()


def test_every_name_that_disagrees_is_named() -> None:
    cells = [
        'room("labor-strike", journal="labor-strike.jsonl", mode="assessment", assignment="labor-strike")',
        'ready("labor-strike")',
        'points("investigation", "labor-strike")',
    ]
    assert disagreements(ASSIGNMENT, NOTEBOOK, cells) == []
    assert disagreements("second", NOTEBOOK, cells) == [
        "the notebook is called labor-strike.ipynb",
        "room(…) has assignment='labor-strike'",
        "room(…) has journal='labor-strike.jsonl'",
        "ready('labor-strike') is of another",
        "points('investigation', 'labor-strike') is of another",
    ]
    lost = ['room("labour", journal="x.jsonl", assignment="x")']
    assert disagreements("x", "x.ipynb", lost) == ["there is no dispute “labour”"]
    assert disagreements("x", "y.ipynb", ['room("labor-strike")', "1 +", ""]) == [], "practice, and what is no room"


def test_archives_of_a_platform_bring_the_journal_along(course: Path) -> None:
    archive = course / "downloaded" / ASSIGNMENT / "archive"
    archive.mkdir(parents=True)
    for name in (NOTEBOOK, JOURNAL):
        shutil.copy(course / "submitted" / "ana" / ASSIGNMENT / name, archive / f"zoe_{name}")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('\nc.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>\\w+)_(?P<file_id>.*)"\n')
    run(course, "zip_collect", ASSIGNMENT)
    assert (course / "submitted" / "zoe" / ASSIGNMENT / JOURNAL).is_file()


def test_the_status_of_grading_says_that_something_failed(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "submitted" / "ben" / ASSIGNMENT / JOURNAL).write_bytes(b'{"caucusroom": 99}\n')
    assert grade_class(course, ASSIGNMENT, (), 1, False) == 1
    said = capsys.readouterr().out
    assert "Not graded: ben: labor-strike.jsonl was written by a newer caucusroom" in said and "all of them" not in said
