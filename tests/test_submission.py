"""From what somebody handed in to a verdict: whatever lies in the folder, there is a mark and a sentence."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from html import unescape
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from caucusroom import Attempt, Session, Transcript, load, read_journal
from caucusroom.record.transcript import Header
from caucusroom_course.lessons import as_text, build
from caucusroom_grading import judge
from caucusroom_grading.cells import STUB, Sentence, points, ready
from caucusroom_grading.handin.assignment import Assignment, assignment_of, weights
from caucusroom_grading.handin.comments import comment
from caucusroom_grading.handin.notebook import Handout, Source, fill, rebuild
from caucusroom_grading.handin.submission import JOURNAL_LIMIT, Note, read_submission
from caucusroom_grading.judging.report import Report
from caucusroom_grading.strategies import thumbs
from caucusroom_grading.strategies.adaptive import adaptive
from caucusroom_grading.words import en

from tests.classroom import (
    ASSIGNMENT,
    JOURNAL,
    NOTEBOOK,
    apart,
    drawn,
    edit,
    id_of,
    play,
    played_by,
    run,
    skilled,
    write,
)
from tests.classroom import Classroom as Room

WORK = Assignment(ASSIGNMENT, ASSIGNMENT)
LINE = skilled("ana")
MATE = "ben"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What ana handed in: a journal of a whole mediation."""
    play(tmp_path, "ana", LINE)
    return tmp_path


def kinds(notes: tuple[Note, ...]) -> dict[str, str]:
    return {note.kind: note.weight for note in notes}


def lines(folder: Path) -> list[str]:
    return (folder / JOURNAL).read_text(encoding="utf-8").splitlines(keepends=True)


def rewrite(folder: Path, text: list[str]) -> None:
    (folder / JOURNAL).write_text("".join(text), encoding="utf-8")


def test_a_whole_journal_earns_what_judge_says_and_calls_for_no_look(folder: Path) -> None:
    before = (folder / JOURNAL).read_bytes()
    verdict = read_submission(folder, WORK, "ana")
    report = judge(read_journal(folder / JOURNAL))
    assert verdict.notes == () and verdict.total == report.total and verdict.total >= 90
    assert isinstance(verdict.report, Report) and verdict.report.criteria == report.criteria
    assert verdict.points == {score.id: score.points for score in report.criteria}
    assert {type(value) for value in verdict.points.values()} == {float}
    assert (folder / JOURNAL).read_bytes() == before and list(folder.iterdir()) == [folder / JOURNAL]


def none(folder: Path) -> None:
    (folder / JOURNAL).unlink()


def with_session(folder: Path, case: str | None) -> Session:
    return Session(ASSIGNMENT, case=case, journal=folder / JOURNAL, player="ana", assignment=ASSIGNMENT)


def test_what_earns_nothing_says_why_at_every_criterion(folder: Path) -> None:
    none(folder)
    verdict = read_submission(folder, WORK, "ana")
    (note,) = verdict.notes
    for criterion, worth in weights().items():
        assert comment(criterion, verdict, worth) == f"0 of {worth} points. {note.text}"


def test_what_did_not_end_earns_nothing_and_says_so_at_every_criterion(tmp_path: Path) -> None:
    play(tmp_path, "ana", LINE[:9])
    verdict = read_submission(tmp_path, WORK, "ana")
    assert verdict.report and verdict.report.total is None and verdict.total == 0
    assert kinds(verdict.notes) == {"not-finished": "zero"}
    for criterion, worth in weights().items():
        said = comment(criterion, verdict, worth)
        assert f" 0 of {worth} points. {en.NOT_ENDED} " in said and verdict.points[criterion] == 0.0


KINDS = (adaptive, thumbs.nice, thumbs.never_caucus, thumbs.always_caucus, thumbs.skilled_but_tells)


def test_points_add_up_to_the_total_and_what_was_not_tested_has_the_part_of_the_others() -> None:
    untested = 0
    for player, student in product(KINDS, ("ana", "ben", "cleo")):
        moves = played_by(player, student)
        journal = Header(ASSIGNMENT, load(ASSIGNMENT).content, drawn(student), student, "", ASSIGNMENT)
        report = judge(Transcript(journal, (Attempt(journal.case, moves),)))
        assert report.total == sum(score.points for score in report.criteria)
        assert all(0 <= score.points <= score.weight for score in report.criteria)
        tested = [score for score in report.criteria if score.level is not None]
        average = sum(score.points for score in tested) / sum(score.weight for score in tested)
        for score in report.criteria:
            if score.level is None:
                assert abs(score.points - average * score.weight) <= 1.1, "in whole points"
                untested += 1
    assert untested


def test_a_cell_that_is_worth_more_or_less_has_its_part_of_that(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Points and comment, by the course's settings and by nbgrader's own."""
    changed = {id: (2.0, 0.5, 1.0)[place % 3] * worth for place, (id, worth) in enumerate(weights().items())}
    given = handout()
    cells = tuple(cell._replace(points=changed.get(cell.name, cell.points)) for cell in given.cells)
    notebook, _ = rebuild(given._replace(cells=cells), handed_in())
    verdict = read_submission(folder, WORK, "ana")
    fill(notebook, verdict)
    (folder / NOTEBOOK).write_text(json.dumps(notebook), encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    for id, worth in changed.items():
        expected = round(verdict.points[id] * worth / weights()[id], 2)
        (output,) = cell(notebook, id)["outputs"]
        assert float(output["data"]["text/plain"]) == expected == points(id, ASSIGNMENT)
        assert 0 <= expected <= worth
        assert f"{expected:g} of {worth:g} points." in comment(id, verdict, worth)
        assert f"{expected:g} of {worth:g} points." in output["data"]["text/html"]


def test_a_folder_that_is_not_there_earns_nothing(tmp_path: Path) -> None:
    assert kinds(read_submission(tmp_path / "gone", WORK, "ana").notes) == {"no-journal": "zero"}


def test_a_dispute_that_is_not_installed_is_no_fault_of_the_student(folder: Path) -> None:
    assert kinds(read_submission(folder, Assignment(ASSIGNMENT, "no-such"), "ana").notes) == {
        "another-version": "failed"
    }


def test_the_first_attempt_counts(tmp_path: Path) -> None:
    session = with_session(tmp_path, None)
    session.hint(1)
    session.play("open_session")
    for side in ("labor", "management"):
        session.note(side, ["anger"])
    session.play("close_open")
    first = judge(session.transcript, 1).total
    session.again()
    session.branch(1, 1)
    session.play("look_deeper")
    session.close()
    verdict = read_submission(tmp_path, WORK, "ana")
    assert verdict.total == first and verdict.attempts > 1 and verdict.hints == 1
    assert kinds(verdict.notes) == {"several-attempts": "info", "practice": "look"}


def test_nothing_it_holds_makes_it_raise(folder: Path) -> None:
    whole = (folder / JOURNAL).read_bytes()
    for place in range(0, len(whole), 61):
        (folder / JOURNAL).write_bytes(whole[:place] + bytes([whole[place] ^ 0x15]) + whole[place + 1 :])
        assert 0 <= read_submission(folder, WORK, "ana").total <= 100
    assert len(whole) < JOURNAL_LIMIT


# what makes a notebook one of the course


def sources() -> dict[str, str]:
    call = f'from caucusroom_widgets import room\n\nroom("{ASSIGNMENT}", mode="assessment", assignment="{ASSIGNMENT}")'
    return {"room": call} | dict.fromkeys(weights(), "points(…)")


def test_an_assignment_is_known_by_its_source() -> None:
    assert assignment_of(sources()) == WORK
    assert assignment_of(sources() | {"room": 'room("x", assignment="retake")'}) == Assignment("retake", "x")
    for room in ("", "room(", 'room("x")', 'room("x", assignment=name)', 'room(name, assignment="x")', "\0"):
        assert assignment_of(sources() | {"room": room}) is None
    assert assignment_of({name: text for name, text in sources().items() if name != "investigation"}) is None


# the notebook


def handout() -> Handout:
    cells = [Source("room", "code", sources()["room"], "r", None, True)]
    cells += [Source("q", "markdown", "Why?\n\n### BEGIN MARK SCHEME\nx\n### END MARK SCHEME", "q", None, True)]
    cells += [Source("q-answer", "markdown", STUB, "a", 10.0, False)]
    cells += [Source(id, "code", "points(…)", id, float(worth), True) for id, worth in weights().items()]
    return Handout(WORK, tuple(cells), {"name": "python3"})


def handed_in(**changes: Any) -> dict[str, Any]:
    """The notebook of the handout as a student has it, with an answer."""
    made, _ = rebuild(handout(), {"cells": []})
    made["metadata"] = {"kernelspec": {"name": "python3"}}
    for cell in made["cells"]:
        cell["source"] = {"q": "Why?", "q-answer": "Because."}.get(id_of(cell), cell["source"])
    return made | changes


def cell(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    return next(cell for cell in notebook["cells"] if id_of(cell) == name)


def test_a_notebook_as_it_should_be_calls_for_no_look() -> None:
    made, notes = rebuild(handout(), handed_in())
    assert notes == () and answer_in(made) == "Because."
    assert "MARK SCHEME" in cell(made, "q")["source"]
    assert [id_of(one) for one in made["cells"]] == [source.name for source in handout().cells]


def test_an_answer_is_text_and_nothing_else() -> None:
    theirs = handed_in()
    wrote = "<script>x</script> ![p](//e) [l](javascript:x)\n[l]: //e\n# role\n\0\x1b a & b\u202e"
    cell(theirs, "q-answer")["source"] = wrote
    theirs["cells"].append(cell(theirs, "q-answer") | {"source": "And more."})
    made, notes = rebuild(handout(), theirs)
    text = answer_in(made)
    assert kinds(notes) == {"cells-twice": "look"} and text.endswith("And more.")
    assert not set(text) & set("<[]\0\x1b\u202e") and "\n#" not in text
    assert unescape(text).startswith("<script>x</script> ![p](//e) [l](javascript:x)\n[l]: //e\n# role\n   a & b")


def answer_in(made: dict[str, Any]) -> str:
    """The text of the answer, without what keeps it from being read as formulas."""
    opening, _, rest = cell(made, "q-answer")["source"].partition("\n\n")
    text, _, closing = rest.rpartition("\n\n")
    assert (opening, closing) == ('<div class="tex2jax_ignore mathjax_ignore">', "</div>")
    return str(text)


# what the cells of a notebook call


def test_points_are_given_only_while_work_is_marked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    place = folder / "autograded" / "ana" / ASSIGNMENT
    place.mkdir(parents=True)
    shutil.copy(folder / JOURNAL, place)
    monkeypatch.chdir(place)
    said = points("investigation", ASSIGNMENT)
    assert isinstance(said, Sentence) and repr(said) == "This is graded when your work is collected."
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    given = {id: points(id, ASSIGNMENT) for id in weights()}
    assert given == read_submission(folder, WORK, "ana").points and {type(one) for one in given.values()} == {float}
    (place / JOURNAL).unlink()
    assert points("investigation", ASSIGNMENT) == 0.0
    play(place, MATE, skilled(MATE))
    assert points("investigation", ASSIGNMENT) == 0.0, "a classmate's"
    with pytest.raises(ValueError, match="There is no criterion “charm”"):
        points("charm", ASSIGNMENT)
    assert capfd.readouterr() == ("", "")


def test_what_is_missing_is_said_before_submitting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("caucusroom_grading.cells.who_plays", lambda: "ana")
    said = repr(ready(ASSIGNMENT))
    assert said.startswith("2 things are missing.") and "you have not opened the room" in said
    assert "it has to be called labor-strike.ipynb" in said

    (tmp_path / NOTEBOOK).write_text(json.dumps(handed_in()))
    cell_texts = {"q-answer": STUB}
    write(tmp_path / NOTEBOOK, cell_texts)
    play(tmp_path, "ana", LINE[:5])
    said = repr(ready(ASSIGNMENT))
    assert "The end of the mediation: it goes on after decision 5." in said
    assert "Your answer to question 1: there is none in the notebook as it was saved at " in said

    (tmp_path / JOURNAL).unlink()
    play(tmp_path, MATE, skilled(MATE))
    write(tmp_path / NOTEBOOK, {"q-answer": "Because."})
    said = repr(ready(ASSIGNMENT))
    assert said.startswith("One thing is missing.") and f"was played by “{MATE}”, and you are “ana”" in said

    (tmp_path / JOURNAL).unlink()
    play(tmp_path, "ana", LINE)
    assert repr(ready(ASSIGNMENT)).startswith("Nothing is missing")
    edit(tmp_path / NOTEBOOK, lambda cells: cells.clear())
    assert "there is no cell to answer them in any more" in repr(ready(ASSIGNMENT))


# nbgrader itself


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("others")
    with apart(folder):
        yield Room(folder)


PLAIN = """\
```python nbgrader={"grade_id": "c0", "solution": true}
### BEGIN SOLUTION
x = 2
### END SOLUTION
```

```python nbgrader={"grade_id": "c1", "locked": true, "points": 3}
assert x == 2
```

<!-- #region nbgrader={"grade_id": "c2", "points": 2, "solution": true} -->
Say.
<!-- #endregion -->
"""


def test_other_assignments_of_the_course_are_graded_as_ever(room: Room) -> None:
    """The same work, marked with the course's settings and with nbgrader's own, gives the same notebook."""
    from nbgrader.api import Gradebook

    (room.folder / "source" / "plain").mkdir()
    (room.folder / "source" / "plain.md").write_text(PLAIN)
    (room.folder / "source" / "plain" / "plain.ipynb").write_text(as_text(build(room.folder / "source" / "plain.md")))
    run(room.folder, "generate_assignment", "plain")
    work = room.folder / "submitted" / "anton" / "plain"
    shutil.copytree(room.folder / "release" / "plain", work)
    edit(work / "plain.ipynb", lambda cells: [one.update(source="x = 2") for one in cells if id_of(one) == "c0"])
    (work / "link.txt").symlink_to(work / "plain.ipynb")
    stock = room.folder.parent / "stock"
    shutil.copytree(room.folder, stock, symlinks=True)
    config = (stock / "nbgrader_config.py").read_text()
    (stock / "nbgrader_config.py").write_text(config[: config.index("# Grading by replay")])
    made = []
    for folder in (room.folder, stock):
        run(folder, "autograde", "plain")
        made.append((folder / "autograded" / "anton" / "plain" / "plain.ipynb").read_text(encoding="utf-8"))
        with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
            submitted = gradebook.find_submission_notebook("plain", "plain", "anton")
            assert {grade.name: grade.auto_score for grade in submitted.grades} == {"c1": 3, "c2": 0}
        assert (folder / "submitted" / "anton" / "plain" / "link.txt").is_symlink()
    ours, theirs = (json.loads(text) for text in made)
    for notebook in (ours, theirs):
        for one in notebook["cells"]:
            one["metadata"].pop("execution", None)  # when it was run
    assert ours == theirs
