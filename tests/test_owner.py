"""A journal knows whose it is, and whoever opens what is not theirs learns it in the room, with a way on."""

from __future__ import annotations

import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from caucusroom import EDITION, JournalForeign, JournalOutdated, Session, load, read_journal
from caucusroom.record import ledger
from caucusroom.record.journal import Journal
from caucusroom.record.names import same_person, who_plays
from caucusroom.record.transcript import Header, hash_in, seal
from caucusroom.session import draw_case
from caucusroom_grading.cells import ready
from caucusroom_grading.handin.assignment import Assignment
from caucusroom_grading.handin.submission import read_submission
from caucusroom_widgets.widget.room import Room, room

from tests.classroom import ASSIGNMENT, JOURNAL, NOTEBOOK, drawn, play, skilled
from tests.test_submission import handed_in

WORK = Assignment(ASSIGNMENT, ASSIGNMENT)
NFC, NFD = "José", unicodedata.normalize("NFD", "José")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a student, ana, with the notebook answered."""
    monkeypatch.chdir(tmp_path)
    be(monkeypatch, "ana")
    (tmp_path / NOTEBOOK).write_text(json.dumps(handed_in()))
    return tmp_path


def be(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("caucusroom.record.names._system_name", lambda: name)


def open_room() -> Room:
    """As the locked cell of the assignment opens it."""
    return room(ASSIGNMENT, journal=JOURNAL, mode="assessment", assignment=ASSIGNMENT)


def send(room: Room, **what: Any) -> dict[str, Any]:
    """A message of the page; what is shown afterwards."""
    sent = {"id": f"message {send.__dict__.setdefault('count', 0)}", "seq": room.snapshot["seq"], **what}
    send.__dict__["count"] += 1
    room._handle_custom_msg(sent, [])
    return dict(room.snapshot)


def journal_of(path: Path, moves: tuple[str, ...] = (), **changed: Any) -> None:
    """A journal with every hash as it should be, whatever its heading says."""
    header = Header(ASSIGNMENT, load(ASSIGNMENT).content, drawn("ana"), "ana", "2026-03-04T10:00:00+01:00", ASSIGNMENT)
    line = seal(header.said() | changed)
    lines = [line]
    for number, move in enumerate(moves, 1):
        line = seal({"seq": number, "move": move, "at": header.at, "prev": hash_in(line)})
        lines.append(line)
    path.write_bytes(b"\n".join(lines) + b"\n")


# Who plays


def test_the_player_is_who_nbgrader_says_hands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    from nbgrader import utils

    monkeypatch.setenv("JUPYTERHUB_USER", "ana")
    assert who_plays() == utils.get_username()
    for system, hub, name in (
        ("jovyan", "ana", "ana"),
        ("jupyter-ana", "ana", "jupyter-ana"),
        ("jovyan", None, "jovyan"),
        ("root", "ana", "root"),
    ):
        be(monkeypatch, system)
        monkeypatch.setattr(utils, "get_osusername", lambda system=system: system)
        if hub is None:
            monkeypatch.delenv("JUPYTERHUB_USER")
        else:
            monkeypatch.setenv("JUPYTERHUB_USER", hub)
        assert who_plays() == utils.get_username() == name


def test_where_there_are_no_users_somebody_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pwd", None)
    monkeypatch.delenv("USERNAME", raising=False)
    assert who_plays() == "somebody"


def test_one_person_has_one_case_however_the_name_is_written() -> None:
    dispute = load(ASSIGNMENT)
    for one, other in (("ana", "Ana"), (NFC, NFD), ("JOSÉ", NFD), ("straße", "STRASSE")):
        assert same_person(one, other)
        assert draw_case(dispute, one, 1, "finals") == draw_case(dispute, other, 1, "finals")
    assert not same_person("ana", "jupyter-ana") and not same_person("ana", "anа")


# Opening what is somebody else's

FOREIGN: dict[str, tuple[Callable[[Path], object], str]] = {
    "another player": (lambda path: journal_of(path, player="ben"), "is the journal of another player (ben)"),
    "practice": (lambda path: journal_of(path, assignment=""), "is the journal of practice, and this is labor-strike"),
    "another assignment": (
        lambda path: journal_of(path, assignment="finals"),
        "is the journal of another assignment (finals), and this is labor-strike",
    ),
    "another dispute": (lambda path: journal_of(path, dispute="salary"), "is the journal of another dispute (salary)"),
    "another edition": (
        lambda path: journal_of(path, edition=EDITION - 1),
        f"was begun under edition {EDITION - 1} of the rules, and edition {EDITION} is installed",
    ),
    "another version": (
        lambda path: journal_of(path, content="0" * 16),
        "was begun with another version of labor-strike",
    ),
    "format 1": (lambda path: journal_of(path, caucusroom=1), "was written by an earlier caucusroom (format 1)"),
    "format 99": (lambda path: journal_of(path, caucusroom=99), "was written by a newer caucusroom (format 99)"),
    "a damaged heading": (lambda path: path.write_bytes(b'{"caucusroom": 2, oops\n'), "is damaged"),
    "no journal": (lambda path: path.write_text("my notes\n"), "is not a caucusroom journal"),
    "a folder": (lambda path: path.mkdir(), "is a folder"),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_what_is_not_ones_own_is_said_in_the_room_and_a_button_begins_afresh(here: Path, what: str) -> None:
    make, words = FOREIGN[what]
    path = here / JOURNAL
    make(path)
    before = path.read_bytes() if path.is_file() else None
    shown = open_room()
    assert words in shown.snapshot["refusal"]["text"] and shown.snapshot["refusal"]["fresh"]
    assert not repr(ready(ASSIGNMENT)).startswith("Nothing is missing")
    assert send(shown, move="open_session")["answer"]["error"] == "The room is not open: nothing was changed."

    snapshot = send(shown, fresh=True)
    assert snapshot["answer"]["ok"] and snapshot["refusal"] is None and snapshot["saved"]["ok"]
    aside = here / "labor-strike.aside-1.jsonl"
    assert aside.exists() and (before is None or aside.read_bytes() == before), "nothing is deleted"
    for side in ("labor", "management"):
        assert send(shown, note={"side": side, "causes": ["anger"], "heard": []})["answer"]["ok"]
    for move in skilled("ana"):
        assert send(shown, move=move)["answer"]["ok"]
    assert repr(ready(ASSIGNMENT)).startswith("Nothing is missing")
    assert read_submission(here, WORK, "ana").total > 80
    header = read_journal(path).header
    assert (header.player, header.assignment, header.edition) == ("ana", ASSIGNMENT, EDITION)


def test_what_was_set_aside_before_is_not_written_over(here: Path) -> None:
    (here / "labor-strike.aside-1.jsonl").write_text("the first")
    (here / "labor-strike.aside-2.jsonl").mkdir()
    journal_of(here / JOURNAL, player="ben")
    send(open_room(), fresh=True)
    assert (here / "labor-strike.aside-1.jsonl").read_text() == "the first"
    assert read_journal(here / "labor-strike.aside-3.jsonl").header.player == "ben"


def test_a_file_system_without_links_moves_it_aside_as_well(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    (here / JOURNAL).write_text("mine")
    (here / "labor-strike.aside-1.jsonl").write_text("the first")
    assert ledger.set_aside(here / JOURNAL) == here / "labor-strike.aside-2.jsonl"
    assert (here / "labor-strike.aside-1.jsonl").read_text() == "the first"


def test_a_beginning_that_is_asked_for_twice_is_made_once(here: Path) -> None:
    journal_of(here / JOURNAL, player="ben")
    shown = open_room()
    for _ in range(2):
        shown._handle_custom_msg({"id": "x", "seq": 0, "fresh": True}, [])
        assert shown.snapshot["answer"]["ok"]
    send(shown, fresh=True)
    assert not shown.snapshot["answer"]["ok"], "an open room is not begun afresh"
    assert sorted(path.name for path in here.glob("*.jsonl")) == ["labor-strike.aside-1.jsonl", JOURNAL]


def test_an_own_journal_is_gone_on_with_however_the_name_is_written(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(open_room(), move="open_session")
    be(monkeypatch, "Ana")
    assert open_room().snapshot["seq"] == 1
    be(monkeypatch, "jupyter-ana")
    assert "another player (ana)" in open_room().snapshot["refusal"]["text"]


def test_an_earlier_edition_is_refused_as_outdated(here: Path) -> None:
    for changed in ({"edition": EDITION - 1}, {"content": "0"}, {"caucusroom": 1}):
        journal_of(here / JOURNAL, **changed)
        with pytest.raises(JournalOutdated):
            Session(ASSIGNMENT, journal=JOURNAL, assignment=ASSIGNMENT, read_only=True)
    journal_of(here / JOURNAL, edition="2")
    with pytest.raises(JournalForeign, match="is damaged"):
        read_journal(JOURNAL)


def test_a_technique_that_is_added_to_the_catalogue_locks_nobody_out() -> None:
    from caucusroom.authoring.compile import compile_catalogue, compile_dispute

    folder = Path(__file__).parents[1] / "scenarios" / ASSIGNMENT
    catalogue = compile_catalogue()
    before = compile_dispute(folder, catalogue)["content"]
    catalogue["techniques"].append({**catalogue["techniques"][0], "id": "normalize"})
    assert compile_dispute(folder, catalogue)["content"] == before == load(ASSIGNMENT).content


# The folder under an open room


def test_a_folder_renamed_under_an_open_room_is_followed(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = here / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    shown = open_room()
    assert send(shown, move="premeeting labor")["answer"]["ok"]
    moved = work.rename(here / "renamed")
    snapshot = send(shown, move="open_session")
    assert snapshot["answer"]["ok"] and snapshot["saved"] == {
        "ok": True, "text": f"Saved in {moved / JOURNAL}.", "reopen": False
    }  # fmt: skip
    assert read_journal(moved / JOURNAL).attempts[0].moves == ("premeeting labor", "open_session")
    (here / "term").mkdir()
    again = moved.rename(here / "term" / "week")
    assert send(shown, move="step_back")["answer"]["ok"]
    assert len(read_journal(again / JOURNAL).attempts[0].moves) == 3


@pytest.mark.parametrize("way", ["deleted", "moved"])
def test_a_file_that_is_gone_is_not_called_saved_and_a_button_brings_it_back(here: Path, way: str) -> None:
    shown = open_room()
    send(shown, move="premeeting labor")
    if way == "deleted":
        (here / JOURNAL).unlink()
    else:
        (here / "trash").mkdir()
        (here / JOURNAL).rename(here / "trash" / JOURNAL)
    snapshot = send(shown, move="open_session")
    assert not snapshot["answer"]["ok"] and "was not recorded" in snapshot["answer"]["error"]
    assert ("trash" in snapshot["answer"]["error"]) == (way == "moved")
    assert not snapshot["saved"]["ok"] and snapshot["saved"]["reopen"]
    assert snapshot["saved"]["text"] == snapshot["answer"]["error"], "the heading says it, too"
    snapshot = send(shown, reopen=True)
    assert snapshot["answer"]["ok"] and snapshot["saved"]["ok"] and snapshot["seq"] == 1
    assert send(shown, move="open_session")["answer"]["ok"]
    assert read_journal(here / JOURNAL).attempts[0].moves == ("premeeting labor", "open_session")


def test_a_journal_replaced_by_anothers_is_refused_with_the_same_way_on(here: Path) -> None:
    shown = open_room()
    send(shown, move="premeeting labor")
    journal_of(here / "other", player="ben")
    (here / "other").replace(here / JOURNAL)
    assert "was replaced by another file" in send(shown, move="open_session")["answer"]["error"]
    snapshot = send(shown, reopen=True)
    assert snapshot["refusal"]["fresh"] and "another player (ben)" in snapshot["refusal"]["text"]
    assert send(shown, fresh=True)["saved"]["ok"]


# Other file systems


def test_inode_numbers_that_mean_nothing_do_not_mix_two_journals(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_inodes(real: Callable[..., os.stat_result]) -> Callable[..., os.stat_result]:
        def stat(*args: Any, **more: Any) -> os.stat_result:
            found = real(*args, **more)
            return os.stat_result([found[0], 0, *found[2:10]])

        return stat

    monkeypatch.setattr(os, "stat", without_inodes(os.stat))
    monkeypatch.setattr(os, "fstat", without_inodes(os.fstat))
    monkeypatch.setattr(Path, "stat", without_inodes(Path.stat))
    first = Session(ASSIGNMENT, case="a", journal="first.jsonl")
    second = Session(ASSIGNMENT, case="b", journal="second.jsonl")
    first.play("open_session")
    second.play("premeeting labor")
    assert [read_journal(name).attempts[0].moves for name in ("first.jsonl", "second.jsonl")] == [
        ("open_session",),
        ("premeeting labor",),
    ]
    Session(ASSIGNMENT, journal=here / "first.jsonl").play("step_back")
    with pytest.raises(ValueError, match="was opened again since"):
        first.play("step_back")


def test_where_nothing_can_be_locked_it_is_said_and_played(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser's file system: there is no such function."""
    monkeypatch.delattr("caucusroom.record.ledger.fcntl.flock")
    with Journal.open("x.jsonl", dispute=ASSIGNMENT, content="0", default_case="a") as journal:
        assert journal.notices == ("Files cannot be locked here: do not open x.jsonl in two notebooks at once.",)
        journal.record("open_session")
        assert journal.saved


# What the check calls complete earns its points

SITUATIONS: dict[str, Callable[[Path], object]] = {
    "whole": lambda folder: play(folder, "ana", skilled("ana")),
    "written with a capital": lambda folder: play(folder, "Ana", skilled("ana")),
    "NFD": lambda folder: play(folder, NFD, skilled(NFD)),
    "the Hub's name": lambda folder: play(folder, "jupyter-ana", skilled("jupyter-ana")),
    "a classmate's": lambda folder: play(folder, "ben", skilled("ben")),
    "unfinished": lambda folder: play(folder, "ana", skilled("ana")[:5]),
    "not begun": lambda folder: play(folder, "ana", ()),
    "none": lambda folder: None,
    "practice": lambda folder: journal_of(folder / JOURNAL, skilled("ana"), assignment=""),
    "last month's": lambda folder: journal_of(folder / JOURNAL, skilled("ana"), assignment="labor-strike-1"),
    "another dispute's": lambda folder: journal_of(folder / JOURNAL, skilled("ana"), dispute="salary"),
    "another case": lambda folder: journal_of(folder / JOURNAL, skilled("ben"), case=drawn("ben")),
    "another edition": lambda folder: journal_of(folder / JOURNAL, skilled("ana"), edition=1),
    "format 1": lambda folder: journal_of(folder / JOURNAL, skilled("ana"), caucusroom=1),
    "notes": lambda folder: (folder / JOURNAL).write_text("my notes"),
    "unplayable": lambda folder: journal_of(folder / JOURNAL, ("open_session", "share nothing")),
    "cut": lambda folder: journal_of(folder / JOURNAL, skilled("ana")[:-1]),
}


@pytest.mark.parametrize("student", ["ana", NFC, "jupyter-ana"])
@pytest.mark.parametrize("what", SITUATIONS)
def test_what_the_check_calls_complete_earns_its_points_and_nothing_else_does(
    here: Path, monkeypatch: pytest.MonkeyPatch, what: str, student: str
) -> None:
    be(monkeypatch, student)
    SITUATIONS[what](here)
    said, verdict = repr(ready(ASSIGNMENT)), read_submission(here, WORK, student)
    assert said.startswith("Nothing is missing") == (verdict.total > 0)
    own = {"ana": ("whole", "written with a capital"), NFC: ("NFD",), "jupyter-ana": ("the Hub's name",)}
    assert (verdict.total >= 90) == (what in own[student])
    assert drawn(student) not in said, "no secret is told"


def test_the_graded_room_does_not_go_on_with_the_lessons_mediation(here: Path) -> None:
    lesson = (Path(__file__).parents[1] / "modules" / "01-the-room.md").read_text(encoding="utf-8")
    assert f'journal="practice-{JOURNAL}"' in lesson and f'"{JOURNAL}"' not in lesson
    room(ASSIGNMENT, journal=f"practice-{JOURNAL}")
    shutil.copy(f"practice-{JOURNAL}", JOURNAL)
    assert "is the journal of practice" in open_room().snapshot["refusal"]["text"]
