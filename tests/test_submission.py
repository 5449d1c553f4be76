"""From what somebody handed in to a verdict: whatever lies in the folder, there is a mark and a sentence."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from caucusroom import Session, read_journal
from caucusroom_course.lessons import as_text, build
from caucusroom_grading import judge
from caucusroom_grading.cells import STUB, Sentence, points, ready
from caucusroom_grading.nbgrader.assignment import Assignment, assignment_of, weights
from caucusroom_grading.nbgrader.comments import comment
from caucusroom_grading.nbgrader.files import SET_ASIDE
from caucusroom_grading.nbgrader.notebook import ANSWER_LIMIT, Handout, Source, fill, read_notebook, rebuild
from caucusroom_grading.nbgrader.submission import JOURNAL_LIMIT, Note, read_submission
from caucusroom_grading.report import Report

from tests.classroom import ASSIGNMENT, JOURNAL, NOTEBOOK, apart, drawn, edit, id_of, play, run, skilled, write
from tests.classroom import Classroom as Room

WORK = Assignment(ASSIGNMENT, ASSIGNMENT)
LINE = skilled("ana")
SAME_CASE = next(f"ana{n}" for n in range(100) if drawn(f"ana{n}") == drawn("ana"))


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
    assert verdict.notes == () and verdict.total == report.total == 100
    assert isinstance(verdict.report, Report) and verdict.report.criteria == report.criteria
    assert verdict.points == {score.id: score.points for score in report.criteria}
    assert {type(value) for value in verdict.points.values()} == {float}
    assert (folder / JOURNAL).read_bytes() == before and list(folder.iterdir()) == [folder / JOURNAL]


# what earns nothing


def none(folder: Path) -> None:
    (folder / JOURNAL).unlink()


def renamed(folder: Path) -> None:
    (folder / JOURNAL).rename(folder / "labor-strike (1).jsonl")


def a_link(folder: Path) -> None:
    (folder / JOURNAL).rename(folder.parent / "elsewhere.jsonl")
    (folder / JOURNAL).symlink_to(folder.parent / "elsewhere.jsonl")


def a_dangling_link(folder: Path) -> None:
    none(folder)
    (folder / JOURNAL).symlink_to("nowhere")


def a_device(folder: Path) -> None:
    none(folder)
    (folder / JOURNAL).symlink_to("/dev/zero")


def a_pipe(folder: Path) -> None:
    none(folder)
    os.mkfifo(folder / JOURNAL)


def a_folder(folder: Path) -> None:
    none(folder)
    (folder / JOURNAL).mkdir()


def set_aside_before(folder: Path) -> None:
    none(folder)
    (folder / SET_ASIDE).write_text(f"a link: {JOURNAL}\n")


def huge(folder: Path) -> None:
    with (folder / JOURNAL).open("ab") as file:
        file.truncate(100_000_000)


def empty(folder: Path) -> None:
    (folder / JOURNAL).write_bytes(b"")


def binary(folder: Path) -> None:
    (folder / JOURNAL).write_bytes(bytes(range(256)) * 100)


def another_encoding(folder: Path) -> None:
    (folder / JOURNAL).write_text("".join(lines(folder)), encoding="utf-16")


def nested(folder: Path) -> None:
    rewrite(folder, ['{"caucusroom":' + "[" * 100_000 + "\n"])


def not_a_number(folder: Path) -> None:
    rewrite(folder, ['{"caucusroom": NaN}\n'])


def heading_edited(folder: Path) -> None:
    rewrite(folder, [lines(folder)[0].replace('"ana"', '"eva"'), *lines(folder)[1:]])


def played_by_another(folder: Path) -> None:
    none(folder)
    play(folder, SAME_CASE, LINE)


def another_case(folder: Path) -> None:
    none(folder)
    case = next(case for case in "abcdefg" if case != drawn("ana"))
    with_session(folder, case).play("open_session")


def nothing_decided(folder: Path) -> None:
    none(folder)
    with_session(folder, None).close()


def with_session(folder: Path, case: str | None) -> Session:
    return Session(ASSIGNMENT, case=case, journal=folder / JOURNAL, player="ana", assignment=ASSIGNMENT)


NOTHING: list[tuple[Callable[[Path], None], str, str]] = [
    (none, "no-journal", "There is no journal labor-strike.jsonl"),
    (renamed, "no-journal", "There is no journal"),
    (a_link, "not-a-file", "is a link and no ordinary file"),
    (a_dangling_link, "not-a-file", "is a link"),
    (a_device, "not-a-file", "is a link"),
    (a_pipe, "not-a-file", "is a pipe"),
    (a_folder, "not-a-file", "is a folder"),
    (set_aside_before, "not-a-file", "was no ordinary file and was taken out"),
    (huge, "too-large", r"100,000,000 bytes, at most 5,000,000"),
    (empty, "no-decision", "is empty"),
    (binary, "unreadable", "is not a caucusroom journal"),
    (another_encoding, "unreadable", "is not a caucusroom journal"),
    (nested, "unreadable", "Line 1 of labor-strike.jsonl is damaged"),
    (not_a_number, "unreadable", "Line 1 of labor-strike.jsonl is damaged"),
    (heading_edited, "unreadable", "Line 1 of labor-strike.jsonl is damaged"),
    (played_by_another, "another-player", f"was played by “{SAME_CASE}”, and “ana” handed it in"),
    (another_case, "another-case", "it was not played in the room of this assignment"),
    (nothing_decided, "no-decision", "no decision was made"),
]


@pytest.mark.parametrize(("spoil", "kind", "words"), NOTHING, ids=lambda value: getattr(value, "__name__", None))
def test_what_earns_nothing_says_why(folder: Path, spoil: Callable[[Path], None], kind: str, words: str) -> None:
    spoil(folder)
    verdict = read_submission(folder, WORK, "ana")
    assert set(verdict.points) == set(weights()) and verdict.total == 0 and verdict.report is None
    note = verdict.notes[0]
    assert (note.kind, note.weight) == (kind, "zero")
    assert words in note.text and note.text.endswith(".") and str(folder) not in note.text
    assert ("another-name" in kinds(verdict.notes)) == (spoil is renamed)
    for criterion, worth in weights().items():
        assert comment(criterion, verdict) == f"0 of {worth} points. {note.text}"


def test_a_folder_that_is_not_there_earns_nothing(tmp_path: Path) -> None:
    assert kinds(read_submission(tmp_path / "gone", WORK, "ana").notes) == {"no-journal": "zero"}


def test_a_journal_of_other_work_earns_nothing(folder: Path) -> None:
    assert kinds(read_submission(folder, Assignment(ASSIGNMENT, "no-such"), "ana").notes) == {"another-version": "zero"}


# what is judged as far as it goes


def test_what_was_edited_is_judged_up_to_the_edit(folder: Path) -> None:
    text = lines(folder)
    text[8] = text[8].replace('"move": "', '"move": "open_session')
    rewrite(folder, text)
    verdict = read_submission(folder, WORK, "ana")
    assert verdict.report is not None and len(verdict.report.decisions) == 7
    assert kinds(verdict.notes) == {"damaged": "look", "not-finished": "look"}
    assert "Line 9 of labor-strike.jsonl was changed after it was written" in verdict.notes[0].text
    assert 0 < verdict.total < 60


@pytest.mark.parametrize("order", [[0, 1, 3, 2], [0, 1, 2, 2, 3], [0, 1, 3]], ids=["reordered", "repeated", "removed"])
def test_lines_that_are_out_of_order_end_it(folder: Path, order: list[int]) -> None:
    text = lines(folder)
    rewrite(folder, [text[place] for place in order])
    verdict = read_submission(folder, WORK, "ana")
    assert kinds(verdict.notes)["damaged"] == "look"
    assert verdict.report is not None and len(verdict.report.decisions) == (2 if len(order) == 5 else 1)


def test_what_was_cut_short_is_judged_as_it_stands(folder: Path) -> None:
    rewrite(folder, lines(folder)[:10])
    verdict = read_submission(folder, WORK, "ana")
    assert kinds(verdict.notes) == {"not-finished": "look"} and "after decision 9" in verdict.notes[0].text


def test_what_an_editor_adds_is_let_pass(folder: Path) -> None:
    (folder / JOURNAL).write_bytes(b"\xef\xbb\xbf" + "".join(lines(folder)).replace("\n", "\r\n").encode())
    assert read_submission(folder, WORK, "ana").total == 100


def test_moves_that_nobody_could_have_made_end_it(tmp_path: Path) -> None:
    session = with_session(tmp_path, None)
    session.play("open_session")
    session.journal.record("share volunteer_cards")
    session.close()
    verdict = read_submission(tmp_path, WORK, "ana")
    assert kinds(verdict.notes) == {"cannot-be-played": "look", "not-finished": "look"}
    assert verdict.report is not None and len(verdict.report.decisions) == 1


def test_the_first_attempt_counts(tmp_path: Path) -> None:
    session = with_session(tmp_path, None)
    session.hint(1)
    session.play("open_session")
    session.play("close_open")
    first = judge(session.transcript, 1).total
    session.again()
    session.branch(1, 1)
    for move in LINE[1:] if LINE[0] == "open_session" else ():
        session.play(move)
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
    assert notes == () and cell(made, "q-answer")["source"] == "Because."
    assert "MARK SCHEME" in cell(made, "q")["source"]
    assert [id_of(one) for one in made["cells"]] == [source.name for source in handout().cells]


def remove(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda notebook: notebook["cells"].remove(cell(notebook, name))


def set_in(name: str, **values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda notebook: cell(notebook, name).update(values)


def settings(name: str, **values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda notebook: cell(notebook, name)["metadata"]["nbgrader"].update(values)


def add(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda notebook: notebook["cells"].insert(1, {"metadata": {}, "source": "import os", **values})


FAKED = [{"output_type": "execute_result", "data": {"text/plain": "16.0"}, "metadata": {}, "execution_count": 1}]
MANGLED: list[tuple[str, Callable[[dict[str, Any]], None], dict[str, str]]] = [
    ("a cell removed", remove("investigation"), {"cells-missing": "look"}),
    ("an answer removed", remove("q-answer"), {"cells-missing": "look", "no-answer": "look"}),
    ("a cell renamed", settings("room", grade_id="other"), {"cells-missing": "look", "cells-added": "look"}),
    ("a cell twice", lambda n: n["cells"].append(cell(n, "room")), {"cells-twice": "look"}),
    ("a cell changed", set_in("investigation", source="16.0"), {"cells-changed": "look"}),
    ("a cell unlocked", settings("investigation", locked=False), {"cells-changed": "look"}),
    ("a cell made an answer", settings("investigation", solution=True), {"cells-changed": "look"}),
    ("more points", settings("investigation", points=1000), {"cells-changed": "look"}),
    ("points that are no number", settings("investigation", points=float("nan")), {"cells-changed": "look"}),
    ("code added", add(cell_type="code", outputs=FAKED), {"cells-added": "look"}),
    ("text added", add(cell_type="markdown"), {"cells-added": "look"}),
    ("something else added", lambda n: n["cells"].extend([None, 3, {"cell_type": []}]), {}),
    ("another kernel", lambda n: n.update(metadata={"kernelspec": {"name": "bash"}}), {"another-kernel": "info"}),
    ("outputs faked", set_in("investigation", outputs=FAKED), {}),
    ("an answer left", set_in("q-answer", source=STUB), {"no-answer": "look"}),
    ("an answer emptied", set_in("q-answer", source=[" \n", "\n"]), {"no-answer": "look"}),
    ("an endless answer", set_in("q-answer", source="x" * 10 * ANSWER_LIMIT), {"long-answer": "look"}),
]


@pytest.mark.parametrize(("change", "expected"), [one[1:] for one in MANGLED], ids=[one[0] for one in MANGLED])
def test_a_mangled_notebook_is_graded_as_it_was_handed_out(
    folder: Path, change: Callable[[dict[str, Any]], None], expected: dict[str, str]
) -> None:
    theirs = handed_in()
    change(theirs)
    made, notes = rebuild(handout(), theirs)
    assert kinds(notes) == expected and all(note.text.endswith(".") for note in notes)
    whole, _ = rebuild(handout(), handed_in())
    for one, other in zip(made["cells"], whole["cells"], strict=True):
        assert one == other or id_of(one) == "q-answer"
    assert len(cell(made, "q-answer")["source"]) <= ANSWER_LIMIT + 2
    verdict = read_submission(folder, WORK, "ana")
    fill(made, verdict)
    shown = {id_of(one): one["outputs"][0]["data"]["text/plain"] for one in made["cells"] if id_of(one) in weights()}
    assert shown == {id: repr(points) for id, points in verdict.points.items()}


def test_an_answer_is_text_and_nothing_else() -> None:
    theirs = handed_in()
    wrote = "<script>x</script> ![p](//e) [l](javascript:x)\n[l]: //e\n\0\x1b a & b\u202e"
    cell(theirs, "q-answer")["source"] = wrote
    theirs["cells"].append(cell(theirs, "q-answer") | {"source": "And more."})
    made, notes = rebuild(handout(), theirs)
    text = cell(made, "q-answer")["source"]
    assert kinds(notes) == {"cells-twice": "look"} and text.endswith("And more.")
    assert "<" not in text and "](" not in text and "![" not in text and "]:" not in text
    assert "&lt;script>" in text and "a &amp; b" in text and text.replace("\n", "").isprintable() is False
    assert not set("\0\x1b\u202e") & set(text)


UNREADABLE: list[tuple[str, bytes]] = [
    ("cut off", b'{"cells": ['),
    ("nested", b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    ("binary", bytes(range(256))),
    ("another encoding", '{"cells": []}'.encode("utf-16")),
    ("no cells", b"{}"),
    ("no object", b"[1, 2]"),
    ("a huge number", b'{"cells": [], "n": ' + b"9" * 10_000 + b"}"),
    ("an old format", b'{"worksheets": [], "nbformat": 3}'),
    ("empty", b""),
]


@pytest.mark.parametrize("data", [one[1] for one in UNREADABLE], ids=[one[0] for one in UNREADABLE])
def test_a_notebook_that_cannot_be_read_is_said(tmp_path: Path, data: bytes) -> None:
    (tmp_path / NOTEBOOK).write_bytes(data)
    note = read_notebook(tmp_path / NOTEBOOK)
    assert isinstance(note, Note) and (note.kind, note.weight) == ("notebook-unreadable", "look")
    made, notes = rebuild(handout(), note)
    assert notes == (note,)
    assert cell(made, "q-answer")["source"] == STUB


def test_a_notebook_that_is_no_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "labor-strike (1).ipynb").touch()
    note = as_note(read_notebook(tmp_path / NOTEBOOK))
    assert note.kind == "notebook-missing" and "but there is labor-strike (1).ipynb: if that is it" in note.text
    os.mkfifo(tmp_path / NOTEBOOK)
    assert "is a pipe" in as_note(read_notebook(tmp_path / NOTEBOOK)).text


def as_note(read: object) -> Note:
    assert isinstance(read, Note)
    return read


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
    play(place, SAME_CASE, LINE)
    assert points("investigation", ASSIGNMENT) == 0.0, "a classmate's"
    with pytest.raises(ValueError, match="There is no criterion “charm”"):
        points("charm", ASSIGNMENT)
    assert capfd.readouterr() == ("", "")


def test_what_is_missing_is_said_before_submitting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUPYTERHUB_USER", "ana")
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
    play(tmp_path, SAME_CASE, LINE)
    write(tmp_path / NOTEBOOK, {"q-answer": "Because."})
    said = repr(ready(ASSIGNMENT))
    assert said.startswith("One thing is missing.") and f"was played by “{SAME_CASE}”, and you are “ana”" in said

    (tmp_path / JOURNAL).unlink()
    play(tmp_path, "ana", LINE)
    assert repr(ready(ASSIGNMENT)).startswith("Nothing is missing")
    edit(tmp_path / NOTEBOOK, lambda cells: cells.clear())
    assert "there is no cell to answer them in any more" in repr(ready(ASSIGNMENT))


# nbgrader itself


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A class that handed in what it should not have, marked by `nbgrader autograde` in one go."""
    folder = tmp_path_factory.mktemp("hostile")
    with apart(folder):
        room = Room(folder)
        room.instructor("generate_assignment", ASSIGNMENT)
        released = room.folder / "release" / ASSIGNMENT
        for student, spoil in SPOILT.items():
            work = folder / "work" / student
            shutil.copytree(released, work)
            play(work, student, skilled(student))
            write(work / NOTEBOOK, {"reflection-1-answer": "One.", "reflection-2-answer": "Two."})
            room.hand_in(student, work)
            spoil(room.submitted(student))
        run(room.folder, "autograde", ASSIGNMENT)
        yield room


def code_that_must_not_run(folder: Path) -> None:
    attack = f"open({str(folder.parents[2] / 'ran')!r}, 'w'); import os; os.fork(); print(16.0)\nwhile True: pass"
    edit(
        folder / NOTEBOOK,
        lambda cells: [one.update(source=attack) for one in cells if one["cell_type"] == "code"],
    )


def notebook_holds(data: bytes) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / NOTEBOOK).write_bytes(data)

    return spoil


def notebook_is_missing(folder: Path) -> None:
    (folder / NOTEBOOK).unlink()


def notebook_is_renamed(folder: Path) -> None:
    (folder / NOTEBOOK).rename(folder / "labor-strike (1).ipynb")


def notebook_is_a_pipe(folder: Path) -> None:
    (folder / NOTEBOOK).unlink()
    os.mkfifo(folder / NOTEBOOK)


SPOILT: dict[str, Callable[[Path], None]] = {
    "anton": lambda folder: None,
    "bela": notebook_holds(b"{"),
    "carl": notebook_is_missing,
    "dora": notebook_is_renamed,
    "emil": code_that_must_not_run,
    "fay": a_link,
    "gil": lambda folder: (folder / "zero.txt").symlink_to("/dev/zero"),
    "hugo": lambda folder: os.mkfifo(folder / "pipe"),
    "ida": notebook_is_a_pipe,
    "jo": lambda folder: edit(folder / NOTEBOOK, lambda cells: cells.clear()),
    "kim": notebook_holds(UNREADABLE[1][1]),
    "lou": none,
    "mia": notebook_holds(b'{"cells": [], "metadata": {}, "nbformat": 9}'),
}


def test_nothing_stops_the_marking_of_a_class(room: Room) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as gradebook:
        found = {
            one.student.id: sum(grade.auto_score or 0 for grade in one.notebooks[0].grades)
            for one in gradebook.find_assignment(ASSIGNMENT).submissions
        }
    assert found == {student: 0 if student in ("fay", "lou") else 100 for student in SPOILT}
    assert not (room.folder / "ran").exists() and not (room.folder / "submitted" / "ran").exists()
    assert not (room.submitted("gil") / "zero.txt").is_symlink()
    assert (room.submitted("gil") / SET_ASIDE).read_text() == "a link: zero.txt\n"
    notes = {student: notes_of(room, student) for student in SPOILT}
    assert notes["anton"] == set()
    assert notes["emil"] == {"cells-changed"}
    assert notes["fay"] == {"not-a-file"} and notes["lou"] == {"no-journal"}
    assert notes["carl"] == {"notebook-missing"} == notes["dora"]
    assert notes["bela"] == {"notebook-unreadable"} == notes["kim"] == notes["ida"]
    assert notes["gil"] == notes["hugo"] == set()
    assert notes["jo"] == {"cells-missing", "no-answer"} and "cells-missing" in notes["mia"]


def notes_of(room: Room, student: str) -> set[str]:
    made = json.loads((room.folder / "autograded" / student / ASSIGNMENT / NOTEBOOK).read_text(encoding="utf-8"))
    return {note["kind"] for note in made["metadata"]["caucusroom"]["notes"]}


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
