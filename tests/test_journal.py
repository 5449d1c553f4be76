"""The journal keeps every decision that was shown as saved, whatever happens to kernel, disk or file.

Told in the order in which a trainee may meet it: play, come back, run the cell twice, open a second notebook,
lose power, fill the disk, spoil the file. Files and processes are real.
"""

from __future__ import annotations

import errno
import inspect
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from caucusroom import EDITION
from caucusroom.record import ledger
from caucusroom.record.journal import Journal
from caucusroom.record.ledger import JournalError
from caucusroom.record.transcript import (
    BELIEFS,
    FORMAT,
    HEARD,
    HINTS,
    KEPT_LIMIT,
    Attempt,
    Belief,
    Transcript,
    read_journal,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.plays import THOROUGH

KILLS = 100 if THOROUGH else 20
EXAMPLES = 1_000 if THOROUGH else 200
STRIKE = {"dispute": "labor-strike", "content": "5d41402abc4b2a76", "default_case": "b"}


def strike(path: Path | str, **asked: Any) -> Journal:
    return Journal.open(path, **{**STRIKE, **asked})


def written(path: Path, *moves: str) -> Path:
    """A closed journal with these moves."""
    with strike(path) as journal:
        for move in moves:
            journal.record(move)
    return path


def moves_in(record: Journal | Transcript) -> tuple[tuple[str, ...], ...]:
    """The moves of every attempt."""
    transcript = record.transcript if isinstance(record, Journal) else record
    return tuple(attempt.moves for attempt in transcript.attempts)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "strike.jsonl"


# --- A mediation is played, left and taken up again -------------------------------------------------------


def test_what_was_decided_is_there_after_the_laptop_was_closed(path: Path) -> None:
    with strike(path, player="ana") as journal:
        journal.record("open_session")
        journal.record("call_caucus labor")
    with strike(path) as journal:
        assert moves_in(journal) == (("open_session", "call_caucus labor"),)
        assert (journal.header.player, journal.header.case) == ("ana", "b")
        assert journal.notices == ()
        assert journal.saved
        assert journal.status == f"Saved in {path}."
        journal.record("look_deeper")
    assert moves_in(read_journal(path)) == (("open_session", "call_caucus labor", "look_deeper"),)


def test_the_file_is_one_readable_line_a_decision(path: Path) -> None:
    noon = datetime(2025, 3, 4, 12, 0, tzinfo=timezone(timedelta(hours=1)))
    with strike(path, player="Zoë", clock=lambda: noon) as journal:
        journal.record("open_session")
        journal.new_attempt("b")
        journal.record("premeeting labor")
    heading, *entries = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert list(heading) == [
        "caucusroom",
        "dispute",
        "content",
        "edition",
        "case",
        "player",
        "assignment",
        "at",
        "hash",
    ]
    assert (heading["caucusroom"], heading["edition"], heading["assignment"]) == (FORMAT, EDITION, "")
    assert (heading["dispute"], heading["content"], heading["case"], heading["player"]) == (
        "labor-strike",
        "5d41402abc4b2a76",
        "b",
        "Zoë",
    )
    assert [entry["seq"] for entry in entries] == [1, 2, 3]
    assert entries[0]["move"] == "open_session"
    assert entries[1]["attempt"] == 2
    assert entries[2]["move"] == "premeeting labor"
    assert all(datetime.fromisoformat(line["at"]) == noon for line in (heading, *entries))
    assert [entry["prev"] for entry in entries] == [line["hash"] for line in (heading, *entries[:-1])]


def test_an_existing_line_is_never_rewritten(path: Path) -> None:
    seen = b""
    for move in ("open_session", "look_deeper", "break"):
        with strike(path) as journal:
            journal.record(move)
        now = path.read_bytes()
        assert now.startswith(seen)
        seen = now


def test_a_decision_is_written_and_synced_before_record_returns(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bytes] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        fsync(handle)
        synced.append(path.read_bytes())

    monkeypatch.setattr(os, "fsync", watched)
    with strike(path) as journal:
        assert len(synced) == 3, "the cut to nothing, the heading, and the folder that now names the file"
        journal.record("open_session")
        assert b'"move": "open_session"' in synced[3]


def test_all_attempts_are_kept_in_one_file(path: Path) -> None:
    with strike(path) as journal:
        journal.record("open_session")
        journal.new_attempt("b")
        assert moves_in(journal) == (("open_session",), ())
        journal.new_attempt("b")  # the cell was run twice, nothing was played in between
        journal.record("premeeting labor")
    assert moves_in(strike(path)) == (("open_session",), ("premeeting labor",))


def test_going_back_keeps_both_ways_in_one_file(path: Path) -> None:
    with strike(path) as journal:
        for move in ("open_session", "call_caucus labor", "look_deeper"):
            journal.record(move)
        journal.branch(1, 2)
        journal.record("hear_out")
    with strike(path) as journal:
        assert journal.transcript.attempts == (
            Attempt("b", ("open_session", "call_caucus labor", "look_deeper")),
            Attempt("b", ("open_session", "call_caucus labor", "hear_out"), parent=1, kept=2),
        )
        journal.record("rejoin")
    assert read_journal(path).attempts[1].moves == ("open_session", "call_caucus labor", "hear_out", "rejoin")
    said = json.loads(path.read_text("utf-8").splitlines()[4])
    assert {"seq": 4, "attempt": 2, "case": "b", "parent": 1, "kept": 2}.items() <= said.items()


def test_a_branch_can_part_from_a_branch_and_from_any_attempt(path: Path) -> None:
    with strike(path) as journal:
        journal.record("one")
        journal.branch(1, 0)
        journal.record("two")
        journal.record("three")
        journal.new_attempt("d")
        journal.record("four")
        journal.branch(2, 1)
        journal.record("five")
        journal.record("six")
        journal.branch(4, 2)
        journal.record("seven")
        journal.branch(3, 1)
    assert strike(path).transcript.attempts == (
        Attempt("b", ("one",)),
        Attempt("b", ("two", "three"), 1, 0),
        Attempt("d", ("four",)),
        Attempt("b", ("two", "five", "six"), 2, 1),
        Attempt("b", ("two", "five", "seven"), 4, 2),
        Attempt("d", ("four",), 3, 1),
    )


def test_going_back_to_where_one_stands_is_no_new_attempt(path: Path) -> None:
    journal = strike(path)
    journal.branch(1, 0)
    journal.record("one")
    journal.record("two")
    journal.branch(1, 2)
    assert len(journal.transcript.attempts) == 1
    for _ in range(2):  # the cell was run twice
        journal.branch(1, 1)
        journal.branch(2, 1)
    assert len(read_journal(path).attempts) == 2
    journal.new_attempt("c")
    assert [attempt.case for attempt in read_journal(path).attempts] == ["b", "b", "c"]
    journal.branch(1, 0)
    journal.new_attempt("d")
    assert [attempt.case for attempt in read_journal(path).attempts] == ["b", "b", "c", "b", "d"]


@pytest.mark.parametrize(
    ("parent", "kept", "words"),
    [
        (0, 0, "There is no attempt 0 to go back to: they go from 1 to 1."),
        (2, 0, "There is no attempt 2 to go back to: they go from 1 to 1."),
        ("1", 0, "There is no attempt 1 to go back to: they go from 1 to 1."),
        (1, -1, "Of attempt 1 one can keep 0 to 1 decisions, not -1."),
        (1, 2, "Of attempt 1 one can keep 0 to 1 decisions, not 2."),
        (1, None, "Of attempt 1 one can keep 0 to 1 decisions, not None."),
    ],
)
def test_there_is_no_going_back_to_what_was_never_decided(path: Path, parent: Any, kept: Any, words: str) -> None:
    written(path, "open_session")
    before = path.read_bytes()
    with strike(path) as journal, pytest.raises(JournalError) as refusal:
        journal.branch(parent, kept)
    assert str(refusal.value) == words
    assert path.read_bytes() == before


def test_a_hint_is_kept_with_the_decision_that_it_came_before(path: Path) -> None:
    with strike(path) as journal:
        journal.hint(1)
        journal.record("open_session")
        journal.hint(1)
        journal.hint(3)
        journal.record("call_caucus labor")
        journal.branch(1, 1)
        journal.hint(2)
    with strike(path) as journal:
        first, branch = journal.transcript.attempts
        assert first.hints == ((0, 1), (1, 1), (1, 3))
        assert branch.hints == ((1, 2),), "those of its parent are not its own"
    kinds = [set(json.loads(line)) & {"hint", "move", "attempt"} for line in path.read_text("utf-8").splitlines()[1:]]
    assert kinds == [{"hint"}, {"move"}, {"hint"}, {"hint"}, {"move"}, {"attempt"}, {"hint"}]


@pytest.mark.parametrize("level", [0, 4, -1, True, "1", 1.0, None])
def test_a_hint_of_no_level_is_not_recorded(path: Path, level: Any) -> None:
    journal = strike(path)
    with pytest.raises(JournalError, match="Not recorded: a hint is of level 1, 2 or 3, not "):
        journal.hint(level)
    assert read_journal(path).attempts == (Attempt("b", ()),)


def test_what_the_mediator_thinks_is_kept_with_the_decision_that_it_came_after(path: Path) -> None:
    with strike(path) as journal:
        journal.note("labor", ["fear"])
        for move in ("open_session", "call_caucus labor", "look_deeper"):
            journal.record(move)
        journal.note("labor", ("anger", "fear"), (1, 3))
        journal.note("management", ["distrust"], [2])
    with strike(path) as journal:
        (attempt,) = journal.transcript.attempts
        assert attempt.beliefs == (
            Belief(0, "labor", ("fear",), ()),
            Belief(3, "labor", ("anger", "fear"), (1, 3)),
            Belief(3, "management", ("distrust",), (2,)),
        )
    said = json.loads(path.read_text("utf-8").splitlines()[5])
    assert {"seq": 5, "belief": "labor", "causes": ["anger", "fear"], "heard": [1, 3]}.items() <= said.items()


def test_a_branch_keeps_what_was_thought_until_the_decision_that_it_goes_on_from(path: Path) -> None:
    with strike(path) as journal:
        for number in range(4):
            journal.note("labor", [f"cause {number}"])
            journal.record(f"move {number}")
        journal.branch(1, 2)
        journal.note("labor", ["another"], [2])
        journal.branch(2, 1)
        journal.new_attempt("c")
    thought = [[(one.after, *one.causes) for one in attempt.beliefs] for attempt in strike(path).transcript.attempts]
    assert thought == [
        [(number, f"cause {number}") for number in range(4)],
        [(0, "cause 0"), (1, "cause 1"), (2, "cause 2"), (2, "another")],
        [(0, "cause 0"), (1, "cause 1")],
        [],
    ]


@pytest.mark.parametrize(
    ("side", "causes", "heard"),
    [
        (None, ["fear"], []),
        ("two\nlines", ["fear"], []),
        ("labor", [], []),
        ("labor", ["one", "two", "three", "four", "five"], []),
        ("labor", ["fear", "fear"], []),
        ("labor", [""], []),
        ("labor", [7], []),
        ("labor", "fear", []),
        ("labor", ["fear"], [2]),
        ("labor", ["fear"], [0]),
        ("labor", ["fear"], [True]),
        ("labor", ["fear"], ["1"]),
        ("labor", ["fear"], [1, 1]),
        ("labor", ["fear"], None),
    ],
)
def test_a_note_of_no_kind_is_not_recorded(path: Path, side: Any, causes: Any, heard: Any) -> None:
    before = written(path, "open_session").read_bytes()
    with strike(path) as journal, pytest.raises(JournalError, match="Not recorded: a note names a side, 1 to 4 causes"):
        journal.note(side, causes, heard)
    assert path.read_bytes() == before


def test_the_longest_note_can_be_read_again(path: Path) -> None:
    longest = ["\U0001f600" * 200, "\\" * 200, '"' * 200, "x" * 200]
    with strike(path) as journal:
        for number in range(HEARD):
            journal.record(f"move {number}")
        journal.note('"' * 200, longest, [*range(1, HEARD + 1)])
    assert read_journal(path).attempts[0].beliefs == (
        Belief(HEARD, '"' * 200, tuple(longest), tuple(range(1, HEARD + 1))),
    )


def test_ten_thousand_notes_are_read_quickly_and_the_last_are_held(path: Path) -> None:
    """A hostile journal; and each of a thousand branches holds no more than that either."""
    heading = written(path).read_bytes()
    last, lines = json.loads(heading)["hash"], [heading]
    notes: list[dict[str, Any]] = [
        {"belief": f"side {number}", "causes": ["x"], "heard": []} for number in range(10_000)
    ]
    begun: list[dict[str, Any]] = [
        {"attempt": number, "case": "b", "parent": 1, "kept": 0} for number in range(2, 1_002)
    ]
    for number, said in enumerate([*notes, *begun], 1):
        lines.append(sealed({"seq": number, **said, "prev": last}))
        last = json.loads(lines[-1])["hash"]
    path.write_bytes(b"".join(lines))
    began = time.process_time()
    transcript = read_journal(path)
    assert time.process_time() - began < 3
    assert transcript.damage is None and len(transcript.attempts) == 1_001
    for attempt in transcript.attempts:
        assert [one.side for one in attempt.beliefs] == [f"side {number}" for number in range(10_000 - BELIEFS, 10_000)]


def test_on_a_page_where_nothing_may_be_kept_the_journal_says_so() -> None:
    with Journal.memory(dispute="labor-strike", content="5d41", case="c") as journal:
        journal.record("open_session")
        journal.new_attempt("b")
        assert moves_in(journal) == (("open_session",), ())
        journal.branch(1, 1)
        journal.hint(1)
        journal.note("labor", ["fear"], [1])
        thought = (Belief(1, "labor", ("fear",), (1,)),)
        assert journal.transcript.attempts[2] == Attempt("c", ("open_session",), 1, 1, ((1, 1),), thought)
        assert not journal.saved
        assert "memory only" in journal.status


def test_marking_reads_and_never_writes(path: Path) -> None:
    with strike(path) as playing:
        playing.record("open_session")
        before = path.read_bytes()
        marking = strike(path, read_only=True)  # the trainee's kernel may still be up
        assert moves_in(marking) == (("open_session",),)
        assert not marking.saved
        assert "reading only" in marking.status
        with pytest.raises(JournalError, match="open for reading only"):
            marking.record("break")
        with pytest.raises(JournalError, match="open for reading only"):
            marking.new_attempt("b")
        with pytest.raises(JournalError, match="open for reading only"):
            marking.branch(1, 0)
        with pytest.raises(JournalError, match="open for reading only"):
            marking.hint(1)
        with pytest.raises(JournalError, match="open for reading only"):
            marking.note("labor", ["fear"])
        assert moves_in(marking) == (("open_session",),)
        assert path.read_bytes() == before
        playing.record("break")


# --- Restart & Run All, and the cell that is run twice ----------------------------------------------------


def test_running_the_cell_again_hands_the_journal_to_the_newer_session(path: Path) -> None:
    first = strike(path)
    first.record("open_session")
    second = strike(path)
    with pytest.raises(JournalError, match="opened again since: use the newer session"):
        first.record("break")
    assert not first.saved
    first.close()  # must not close the file under the newer one
    second.record("look_deeper")
    assert moves_in(read_journal(path)) == (("open_session", "look_deeper"),)


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_two_names_of_one_file_are_one_journal(path: Path, link: str) -> None:
    first = strike(path)
    other = path.with_name("other.jsonl")
    getattr(other, link)(path)
    second = strike(other)
    second.record("open_session")
    with pytest.raises(JournalError, match="opened again"):
        first.record("break")
    assert read_journal(path) == read_journal(other)


def test_a_relative_name_stays_the_same_file_when_the_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    journal = strike("strike.jsonl")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    journal.record("open_session")
    assert moves_in(read_journal(tmp_path / "strike.jsonl")) == (("open_session",),)


def test_a_cell_that_fails_leaves_the_older_session_in_charge(path: Path) -> None:
    journal = strike(path)
    with pytest.raises(JournalError, match="another case"):
        strike(path, case="a")
    journal.record("open_session")
    assert moves_in(read_journal(path)) == (("open_session",),)


def test_a_session_nobody_holds_any_more_lets_go_of_the_file(path: Path) -> None:
    with pytest.raises(JournalError, match="lines of up to 200"):
        strike(path, player="x" * 201)
    strike(path).close()
    assert opened_by_another_process(path) == "opened"


def test_clicks_from_two_threads_are_all_kept(path: Path) -> None:
    journal = strike(path)

    def click(name: str) -> None:
        for number in range(100):
            journal.record(f"{name} {number}")

    threads = [threading.Thread(target=click, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    transcript = read_journal(path)
    assert transcript.notices == ()
    assert moves_in(transcript) == moves_in(journal)
    assert sorted(moves_in(transcript)[0]) == sorted(f"{name} {number}" for name in "ab" for number in range(100))


# --- A second notebook on the same file, and a kernel that is killed --------------------------------------

OPENS = """
import sys
from caucusroom.record.journal import Journal, JournalError
try:
    journal = Journal.open(sys.argv[1], dispute="labor-strike", content="5d41402abc4b2a76", default_case="b")
    print("opened", flush=True)
except JournalError as refusal:
    print(refusal, flush=True)
sys.stdin.read()
"""


def take_step(journal: Journal, number: int) -> None:
    """What a kernel saves as its line of this number: decisions, now and then a hint or a branch."""
    if number % 10 == 5:
        journal.hint(number % 3 + 1)
    elif number % 10 == 7:
        journal.note("labor", [f"cause {number}"], [1] if journal.transcript.attempts[-1].moves else [])
    elif number % 10 == 0:
        attempts = journal.transcript.attempts
        journal.branch(len(attempts), len(attempts[-1].moves) // 2)
    else:
        journal.record(f"move {number}")


PLAYS = f"""
import os, sys
from caucusroom.record.journal import Journal
{inspect.getsource(take_step)}
os.write(1, b"ready\\n")
journal = Journal.open(sys.argv[1], dispute="labor-strike", content="5d41402abc4b2a76", default_case="b")
number = open(sys.argv[1], "rb").read().count(b"\\n") - 1
while True:
    number += 1
    take_step(journal, number)
    os.write(1, b"saved %d\\n" % number)
"""


def process(code: str, path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, str(path)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def opened_by_another_process(path: Path) -> str:
    return process(OPENS, path).communicate("")[0].strip()


def test_a_second_notebook_is_refused_until_the_first_is_gone(path: Path) -> None:
    with process(OPENS, path) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "opened\n"
        with pytest.raises(JournalError) as refusal:
            strike(path)
        assert path not in map(Path.resolve, Path("/proc/self/fd").iterdir()), "nothing is held after a refusal"
        assert str(refusal.value) == (
            f"{path} is in use by another notebook or program, so no decision can be recorded here. "
            "Shut that kernel or program down, then run this again."
        )
        other.send_signal(signal.SIGKILL)
    with strike(path) as journal:
        journal.record("open_session")


def test_the_other_notebook_reads_the_same_refusal(path: Path) -> None:
    journal = strike(path)
    assert "is in use by another notebook" in opened_by_another_process(path)
    journal.close()
    assert opened_by_another_process(path) == "opened"


def test_where_files_cannot_be_locked_it_says_so_and_plays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("caucusroom.record.ledger.fcntl.flock", no_locks)
    first = strike(path)
    assert first.notices == (f"Files cannot be locked here: do not open {path} in two notebooks at once.",)
    first.record("open_session")
    with path.open("ab") as other:  # what another notebook does when nothing stops it
        other.write(b"x\n")
    with pytest.raises(JournalError, match="was changed by something else while it was open"):
        first.record("break")


def test_kills_lose_nothing_that_was_shown_as_saved(path: Path) -> None:
    """Each kernel records as fast as it can and says "saved N" after each; the kill comes at random.

    Four kernels of five are killed while they record, one while it begins the journal or takes it up again.
    """
    saved = earlier = torn = 0
    start = time.perf_counter()
    for kill in range(KILLS):
        if kill % 10 == 0:
            path.unlink(missing_ok=True)
            earlier += saved
            saved = 0
        with process(PLAYS, path) as kernel:
            assert kernel.stdout is not None
            said = kernel.stdout.readline()
            assert said == "ready\n"
            if kill % 5:
                said += kernel.stdout.readline()
                assert "saved" in said
            time.sleep(random.uniform(0, 0.02 if kill % 5 else 0.004))
            kernel.kill()
            said += kernel.stdout.read()
        last = said.splitlines()[-1]  # each was written at once, so it is whole
        if last != "ready":
            saved = int(last.removeprefix("saved "))
        with strike(path) as journal:
            steps = path.read_bytes().count(b"\n") - 1
            transcript = journal.transcript
            torn += len(journal.notices)
            assert all("cut off" in notice for notice in journal.notices)
        assert steps >= saved
        with Journal.memory(dispute="labor-strike", content="5d41", case="b") as same:
            for number in range(1, steps + 1):
                take_step(same, number)
            assert transcript.attempts == same.transcript.attempts == read_journal(path).attempts
    print(
        f"\n{KILLS} kernels killed in {time.perf_counter() - start:.1f} s, four of five while recording; "
        f"all {earlier + saved} lines shown as saved are there, {torn} torn lines were dropped"
    )


# --- The disk is full, read-only, failing -----------------------------------------------------------------


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of two pages of memory, full after some fifty decisions."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    if not shutil.which("mount") or os.geteuid() != 0:
        pytest.skip("only root can mount a tiny disk; the test of the file-size limit stands in")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8k", "none", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here; the test of the file-size limit stands in")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_on_a_full_disk_the_decision_is_refused_and_the_file_stays_good(tiny_disk: Path) -> None:
    path = tiny_disk / "strike.jsonl"
    with strike(path) as journal:
        recorded = 0
        with pytest.raises(JournalError) as refusal:
            while True:
                journal.record(f"move {recorded + 1}")
                recorded += 1
        assert str(refusal.value) == (
            f"This decision was not recorded in {path}: the disk is full. Free some space and try again."
        )
        assert recorded > 20
        moves = tuple(f"move {number}" for number in range(1, recorded + 1))
        assert moves_in(journal) == (moves,)
        whole = Transcript(journal.header, (Attempt(journal.header.case, moves),))
        assert read_journal(path) == whole, "and no word of a torn line"
        subprocess.run(["mount", "-o", "remount,size=16k", tiny_disk], check=True)
        journal.record("now there is room")
        assert moves_in(read_journal(path)) == ((*moves, "now there is room"),)


def test_a_damaged_journal_stays_as_it_is_when_no_copy_fits_on_the_disk(tiny_disk: Path) -> None:
    path = written(tiny_disk / "strike.jsonl", *(f"move {number}" for number in range(40)))
    spoiled = path.read_bytes().replace(b"move 20", b"move 99")
    path.write_bytes(spoiled)
    with pytest.raises(JournalError, match=r"is damaged and was left as it is.*the disk is full"):
        strike(path)
    assert path.read_bytes() == spoiled
    assert list(tiny_disk.iterdir()) == [path]


LIMITED = """
import resource, signal, sys
from caucusroom.record.journal import Journal, JournalError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
journal = Journal.open(sys.argv[1], dispute="labor-strike", content="5d41402abc4b2a76", default_case="b")
try:
    while True:
        journal.record("look_deeper")
except JournalError as refusal:
    print(len(journal.transcript.attempts[0].moves), refusal)
"""


def test_a_limit_on_file_size_is_told_and_no_half_line_stays(path: Path) -> None:
    number, _, refusal = process(LIMITED, path).communicate("")[0].strip().partition(" ")
    assert refusal == (
        f"This decision was not recorded in {path}: the file may not grow any more. "
        "Go on in a new journal under another name."
    )
    assert 4000 < path.stat().st_size <= 5000
    transcript = read_journal(path)
    assert moves_in(transcript) == (("look_deeper",) * int(number),)
    assert transcript.notices == ()


def test_a_disk_that_fails_once_costs_one_click(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = strike(path)
    fsync, faults = os.fsync, [OSError(errno.EIO, "Input/output error")]

    def fails_once(handle: int) -> None:
        if faults:
            raise faults.pop()
        fsync(handle)

    monkeypatch.setattr(os, "fsync", fails_once)
    with pytest.raises(JournalError, match=r"This decision was not recorded in .*: Input/output error"):
        journal.record("open_session")
    assert moves_in(journal) == ((),)
    journal.record("open_session")
    assert moves_in(read_journal(path)) == (("open_session",),)


def test_a_line_that_cannot_even_be_taken_back_stops_the_session(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk takes half a line and then neither more of it nor its removal."""
    journal = strike(path)
    journal.record("open_session")
    file = journal._place
    assert isinstance(file, ledger.Ledger)
    raw = file._raw

    class Failing:
        def write(self, data: bytes) -> int:
            raw.write(data[:20])
            raise OSError(errno.EIO, "Input/output error")

        def truncate(self, size: int) -> int:
            raise OSError(errno.EIO, "Input/output error")

        fileno = raw.fileno
        close = raw.close
        seek = raw.seek
        readall = raw.readall

    with monkeypatch.context() as failing:
        failing.setattr(file, "_raw", Failing())
        with pytest.raises(JournalError, match="not recorded"):
            journal.record("break")
    with pytest.raises(JournalError, match="Open it again to go on from what it says now"):
        journal.record("break")
    again = strike(path)
    assert moves_in(again) == (("open_session",),)
    assert "cut off" in again.notices[0]
    again.record("break")
    assert moves_in(read_journal(path)) == (("open_session", "break"),)


def test_an_interrupted_kernel_reads_the_file_again_before_it_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stop button may hit while a decision is half in memory: what the file holds decides."""
    journal = strike(path)

    def interrupted(handle: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            journal.record("open_session")
    assert not journal.saved
    with pytest.raises(JournalError, match="Saving was interrupted"):
        journal.record("break")
    again = strike(path)
    again.record("break")
    assert moves_in(read_journal(path)) == moves_in(again)
    assert moves_in(again)[0][-1] == "break"


@pytest.mark.parametrize("accident", ["deleted", "replaced", "shortened", "lengthened"])
def test_a_file_that_changes_under_an_open_session_is_noticed(path: Path, accident: str) -> None:
    journal = strike(path)
    journal.record("open_session")
    kept = path.read_bytes()
    if accident == "deleted":
        path.unlink()
    elif accident == "replaced":  # as editors save
        path.with_name("new").write_bytes(kept)
        path.with_name("new").replace(path)
    else:
        path.write_bytes(kept[:-10] if accident == "shortened" else kept + b"\n")
    what = {"deleted": "was moved or deleted", "replaced": "was replaced by another file"}
    with pytest.raises(JournalError, match=what.get(accident, "was changed by something else")) as refusal:
        journal.record("break")
    assert "decision was not recorded" in str(refusal.value).lower()
    assert not journal.saved and journal.status == str(refusal.value) and journal.to_reopen


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Root may write everywhere, so step down to nobody."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_read_only_file_or_folder_is_told_before_anything_is_played() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = written(folder / "strike.jsonl", "open_session")
        new = folder / "new.jsonl"
        path.chmod(0o444)
        folder.chmod(0o555)
        with ordinary_user():
            for target in (path, new):
                with pytest.raises(JournalError) as refusal:
                    strike(target)
                assert str(refusal.value) == (
                    f"Decisions cannot be saved in {target}: permission is missing. "
                    "Make the file and its folder writable, or use another folder."
                )
            assert moves_in(strike(path, read_only=True)) == (("open_session",),)
        path.chmod(0)
        with ordinary_user(), pytest.raises(JournalError, match="cannot be read: Permission denied"):
            read_journal(path)
        folder.chmod(0o755)
        assert not new.exists()


def test_a_journal_grows_no_larger_than_it_can_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "FILE_LIMIT", 1000)
    journal = strike(path)
    with pytest.raises(JournalError, match=r"is full\. Go on in a new journal"):
        for _ in range(20):
            journal.record("look_deeper")
    assert path.stat().st_size <= 1000
    assert moves_in(read_journal(path)) == moves_in(journal)


# --- The file is torn or damaged --------------------------------------------------------------------------


def test_a_torn_last_line_is_dropped_and_said(path: Path) -> None:
    whole = written(path, "open_session").read_bytes()
    path.write_bytes(whole + b'{"seq": 2, "move": "look_d')
    transcript = read_journal(path)
    assert moves_in(transcript) == (("open_session",),)
    assert transcript.damage is None
    assert transcript.notices == (
        f"{path} ended in a line that was cut off while it was being written and was dropped; "
        "what it said had not been saved.",
    )
    assert path.stat().st_size > len(whole), "reading changes nothing"
    with strike(path) as journal:
        assert journal.notices == transcript.notices
        assert path.read_bytes() == whole
        journal.record("break")
    assert moves_in(read_journal(path)) == (("open_session", "break"),)


def test_a_damaged_journal_plays_up_to_the_damage_and_is_kept(path: Path) -> None:
    written(path, "open_session", "call_caucus labor", "look_deeper", "break")
    for number in (1, 2):
        spoiled = path.read_bytes().replace(b"look_deeper", b"look_richer")
        path.write_bytes(spoiled)
        with strike(path) as journal:
            assert moves_in(journal) == (("open_session", "call_caucus labor"),)
            copy = path.with_name(f"strike.damaged-{number}.jsonl")
            assert copy.read_bytes() == spoiled
            assert journal.notices == (
                f"{path} is damaged in line 4, which was changed after it was written: "
                "it and all that follows are left out. Decisions before it, which are kept: 2.",
                f"The damaged journal was kept as {copy.name}; {path} goes on from its intact part.",
            )
            journal.record("look_deeper")
        assert read_journal(path).notices == ()


SPOILED: dict[str, tuple[Callable[[list[bytes]], list[bytes]], int, str]] = {
    "edited": (lambda lines: [*lines[:2], lines[2].replace(b"two", b"2wo"), *lines[3:]], 3, "was changed"),
    "edited at the end": (lambda lines: [*lines[:3], lines[3].replace(b"three", b"seven")], 4, "was changed"),
    "edited at the end, no newline": (
        lambda lines: [*lines[:3], lines[3].replace(b"three", b"3")[:-1]],
        4,
        "chang",
    ),
    "removed": (lambda lines: [*lines[:2], *lines[3:]], 3, "a line was removed, added or moved"),
    "doubled": (lambda lines: [*lines[:3], *lines[2:]], 4, "a line was removed, added or moved"),
    "swapped": (
        lambda lines: [lines[0], lines[2], lines[1], lines[3]],
        2,
        "a line was removed, added or moved",
    ),
    "no JSON": (lambda lines: [*lines[:2], b"oops\n", *lines[2:]], 3, "cannot be read"),
    "empty line": (lambda lines: [*lines[:2], b"\n", *lines[2:]], 3, "cannot be read"),
    "not an object": (lambda lines: [*lines[:2], b"[1]\n", *lines[2:]], 3, "cannot be read"),
    "binary": (lambda lines: [*lines[:2], bytes(range(128, 256)) + b"\n", *lines[2:]], 3, "cannot be read"),
    "zeros at the end": (lambda lines: [*lines, b"\0" * 4096], 5, "cannot be read"),
    "deeply nested": (lambda lines: [*lines[:2], b"[" * 7000 + b"\n", *lines[2:]], 3, "cannot be read"),
    "endless line": (
        lambda lines: [*lines[:2], b'{"a": "%s"}\n' % (b"x" * 99999), *lines[2:]],
        3,
        "cannot be read",
    ),
    "NaN": (lambda lines: [*lines[:2], b'{"seq": NaN}\n', *lines[2:]], 3, "was changed"),
    "a key twice": (lambda lines: [*lines[:2], b'{"seq": 2, "seq": 2}\n', *lines[2:]], 3, "was changed"),
    "Latin-1": (lambda lines: [*lines[:2], '{"move": "ä"}\n'.encode("latin-1")], 3, "cannot be read"),
}


@pytest.mark.parametrize("how", SPOILED)
def test_damage_names_its_line_and_its_kind(path: Path, how: str) -> None:
    spoil, line, words = SPOILED[how]
    lines = written(path, "one", "two", "three").read_bytes().splitlines(keepends=True)
    spoiled = b"".join(spoil(lines))
    path.write_bytes(spoiled)
    transcript = read_journal(path)
    assert transcript.damage == line
    assert moves_in(transcript) == (("one", "two", "three")[: line - 2],)
    assert transcript.notices[0].startswith(f"{path} is damaged in line {line}, which ")
    assert words in transcript.notices[0]
    with strike(path) as journal:
        assert moves_in(journal) == moves_in(transcript)
        assert path.with_name("strike.damaged-1.jsonl").read_bytes() == spoiled
        journal.record("go on")
    assert moves_in(read_journal(path)) == ((*moves_in(transcript)[0], "go on"),)


def sealed(said: dict[str, Any]) -> bytes:
    """A line as anyone could forge it."""
    body = json.dumps(said)
    return f'{body[:-1]}, "hash": "{sha256(body.encode()).hexdigest()[:16]}"}}\n'.encode()


@pytest.mark.parametrize(
    ("forged", "words"),
    [
        ({"seq": 5, "move": "break"}, "does not follow the line before it"),
        ({"seq": 2, "move": "break", "prev": "0" * 16}, "does not follow the line before it"),
        ({"seq": 2, "move": 7}, "says nothing that this version knows"),
        ({"seq": 2, "move": "\x1b[2J"}, "says nothing that this version knows"),
        ({"seq": 2, "attempt": 3, "case": "b"}, "says nothing that this version knows"),
        ({"seq": 2, "note": "hello"}, "says nothing that this version knows"),
        ({"seq": 2, "hint": 4}, "says nothing that this version knows"),
        ({"seq": 2, "hint": True}, "says nothing that this version knows"),
        ({"seq": 2, "hint": 1, "move": "break"}, "says nothing that this version knows"),
        (
            {"seq": 2, "belief": "labor", "causes": ["a"], "heard": [], "move": "x"},
            "says nothing that this version knows",
        ),
        *(
            ({"seq": 2, "belief": side, "causes": ["fear"], "heard": [1]}, "says nothing that this version knows")
            for side in (7, None, "", "two\nlines", ["labor"])
        ),
        *(
            ({"seq": 2, "belief": "labor", "causes": causes, "heard": [1]}, "says nothing that this version knows")
            for causes in ("fear", [], [["fear"]], [*"abcde"], ["fear", "fear"], None, {"fear": 1}, ["\x1b[2J"])
        ),
        *(
            ({"seq": 2, "belief": "labor", "causes": ["fear"], "heard": heard}, "rests on an answer that is not there")
            for heard in (None, [2], [0], [-1], [1.0], [True], ["1"], [1, 1], {"1": 1}, [10**30])
        ),
        ({"seq": 2, "belief": "labor", "causes": ["fear"], "heard": [1] * 4_000}, "cannot be read"),
        ({"seq": 2, "attempt": 2, "case": "b", "move": 7}, "says nothing that this version knows"),
        ({"seq": 2, "attempt": 3, "case": "b", "parent": 1, "kept": 1}, "says nothing that this version knows"),
        ({"seq": 2, "attempt": 2, "case": "c", "parent": 1, "kept": 1}, "says nothing that this version knows"),
        *(
            ({"seq": 2, "attempt": 2, "case": "b", **branch}, "goes back to a decision that is not there")
            for branch in (
                {"parent": 2, "kept": 0},
                {"parent": 0, "kept": 0},
                {"parent": "1", "kept": 0},
                {"parent": [1], "kept": 0},
                {"parent": True, "kept": 0},
                {"parent": 1, "kept": 2},
                {"parent": 1, "kept": -1},
                {"parent": 1, "kept": 0.0},
                {"parent": 1},
                {"kept": 1},
            )
        ),
    ],
)
def test_a_well_sealed_line_must_also_fit(path: Path, forged: dict[str, Any], words: str) -> None:
    lines = written(path, "open_session").read_bytes()
    last = json.loads(lines.splitlines()[-1])["hash"]
    path.write_bytes(lines + sealed({"prev": last, **forged}))
    transcript = read_journal(path)
    assert moves_in(transcript) == (("open_session",),)
    assert transcript.damage == 3
    assert words in transcript.notices[0]


def test_damage_in_a_branch_leaves_what_came_before_it(path: Path) -> None:
    with strike(path) as journal:
        journal.record("one")
        journal.record("two")
        journal.branch(1, 1)
        journal.hint(2)
        journal.record("three")
        journal.record("four")
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    path.write_bytes(whole.replace(b"four", b"5our"))
    assert read_journal(path).attempts[1] == Attempt("b", ("one", "three"), 1, 1, ((1, 2),))
    assert read_journal(path).notices[0].endswith("Decisions before it, which are kept: 3.")
    path.write_bytes(whole.replace(b'"kept": 1', b'"kept": 0'))
    assert moves_in(read_journal(path)) == (("one", "two"),)
    for spoiled in (whole.replace(b'"hint": 2', b'"hint": 1'), b"".join([*lines[:4], *lines[5:]])):
        path.write_bytes(spoiled)
        found = read_journal(path)
        assert (found.damage, found.attempts[1]) == (5, Attempt("b", ("one",), 1, 1))
    with strike(path) as journal:
        journal.record("go on")
    assert read_journal(path).attempts[1] == Attempt("b", ("one", "go on"), 1, 1)


def test_a_forged_journal_of_nothing_but_branches_stays_small(path: Path) -> None:
    """A line names the decisions that a branch keeps, and memory holds them: their number has a limit."""
    lines = written(path, *["look_deeper"] * (KEPT_LIMIT + 1)).read_bytes()
    with strike(path) as journal, pytest.raises(JournalError, match=f"one can keep 0 to {KEPT_LIMIT} decisions"):
        journal.branch(1, KEPT_LIMIT + 1)
    last = json.loads(lines.splitlines()[-1])["hash"]
    begun = {"seq": KEPT_LIMIT + 2, "attempt": 2, "case": "b", "prev": last}
    path.write_bytes(lines + sealed({**begun, "parent": 1, "kept": KEPT_LIMIT}))
    assert read_journal(path).damage is None
    path.write_bytes(lines + sealed({**begun, "parent": 1, "kept": KEPT_LIMIT + 1}))
    assert read_journal(path).damage == KEPT_LIMIT + 3


def test_what_later_versions_may_add_to_a_line_is_no_damage(path: Path) -> None:
    lines = written(path, "open_session").read_bytes()
    last = json.loads(lines.splitlines()[-1])["hash"]
    path.write_bytes(lines + sealed({"seq": 2, "attempt": 2, "case": "b", "mood": 1, "prev": last}))
    transcript = read_journal(path)
    assert moves_in(transcript) == (("open_session",), ())
    assert transcript.notices == ()


@pytest.mark.parametrize(
    "edit",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.removesuffix(b"\n"),
    ],
    ids=["byte order mark", "CRLF", "last newline stripped"],
)
def test_what_an_editor_adds_or_strips_loses_nothing(path: Path, edit: Any) -> None:
    path.write_bytes(edit(written(path, "open_session", "break").read_bytes()))
    with strike(path) as journal:
        assert moves_in(journal) == (("open_session", "break"),)
        assert journal.notices == ()
        journal.record("rejoin")
    assert moves_in(read_journal(path)) == (("open_session", "break", "rejoin"),)


def test_a_heading_torn_at_birth_begins_again(path: Path) -> None:
    heading = written(path).read_bytes()
    for size in range(len(heading) - 1):
        path.write_bytes(heading[:size])
        with pytest.raises(JournalError, match="is empty: no decision was ever recorded"):
            read_journal(path)
        with strike(path, case="c", player="bo") as journal:
            assert (journal.header.case, journal.header.player, moves_in(journal)) == ("c", "bo", ((),))
    assert list(path.parent.iterdir()) == [path]


def test_a_journal_run_together_into_one_line_is_not_taken_for_a_new_one(path: Path) -> None:
    joined = written(path, "open_session").read_bytes().replace(b"\n", b"")
    path.write_bytes(joined)
    with pytest.raises(JournalError, match=r"is damaged in line 1"):
        strike(path)
    assert path.read_bytes() == joined


# --- What is not a journal, or not this one ---------------------------------------------------------------

NOT_A_JOURNAL = {
    "a notebook": b'{"cells": [], "nbformat": 4}',
    "a text": b"Dear Ms Vance,\n",
    "one word": b"hello",
    "binary": bytes(range(256)) * 10,
    "UTF-16": '{"caucusroom": 1}\n'.encode("utf-16"),
    "empty lines": b"\n\n",
    "deeply nested": b"[" * 7000,
    "another order of keys": b'{"dispute": "labor-strike", "caucusroom": 2}\n',
}


@pytest.mark.parametrize("what", NOT_A_JOURNAL)
def test_another_file_is_refused_and_left_as_it_is(path: Path, what: str) -> None:
    path.write_bytes(NOT_A_JOURNAL[what])
    refusal = f"{path} is not a caucusroom journal and was left as it is: name another file."
    for open_it in (read_journal, strike):
        with pytest.raises(JournalError) as refused:
            open_it(path)
        assert str(refused.value) == refusal
    assert path.read_bytes() == NOT_A_JOURNAL[what]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        (b'{"caucusroom": 99, "anything": "else"}\n', r"newer caucusroom \(format 99\): update caucusroom"),
        (b'{"caucusroom": 0}\n', "is damaged in line 1"),
        (b'{"caucusroom": "one"}\n', "is damaged in line 1"),
        (b'{"caucusroom": 1}\n', "is damaged in line 1"),
        (b'{"caucusroom": 2}\n', "is damaged in line 1"),
        (b'{"caucusroom": NaN}\n', "is damaged in line 1"),
        (b'{"caucusroom": 1, oops\n', "is damaged in line 1"),
    ],
)
def test_a_heading_that_cannot_be_trusted(path: Path, heading: bytes, words: str) -> None:
    path.write_bytes(heading)
    for open_it in (read_journal, strike):
        with pytest.raises(JournalError, match=words):
            open_it(path)
    assert path.read_bytes() == heading


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"dispute": "salary"}, "is the journal of another dispute (labor-strike)"),
        ({"content": "0000"}, "was begun with another version of labor-strike than the one installed"),
        ({"case": "c"}, "is the journal of another case"),
        ({"player": "bo"}, "is the journal of another player (ana)"),
        ({"assignment": "finals"}, "is the journal of practice, and this is finals"),
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_the_journal_of_something_else_is_refused(
    path: Path, asked: dict[str, str], words: str, read_only: bool
) -> None:
    strike(path, player="ana").close()
    before = path.read_bytes()
    with pytest.raises(JournalError) as refusal:
        strike(path, read_only=read_only, **asked)
    assert str(refusal.value) == f"{path} {words}: name another file to start afresh."
    assert path.read_bytes() == before
    with strike(path, default_case="c") as journal:
        assert (journal.header.case, journal.header.player) == ("b", "ana"), "the journal's own hold"


def test_places_where_no_journal_can_be(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    huge = tmp_path / "huge.jsonl"
    huge.touch()
    os.truncate(huge, 100_000_000)
    for place, words in {
        tmp_path: "is a folder: name a file",
        tmp_path / "pipe": "is no ordinary file: name a file",
        huge: "is too large for a journal (100,000,000 bytes, at most 5,000,000)",
        tmp_path / "no" / "strike.jsonl": "the folder does not exist. Create it, or use another folder",
        tmp_path / "pipe" / "strike.jsonl": "Not a directory. Use another file or folder",
        tmp_path / ("x" * 300): "File name too long. Use another file or folder",
        tmp_path / "a\0b": "null",
    }.items():
        with pytest.raises(JournalError) as refusal:
            strike(place)
        assert words in str(refusal.value)
        with pytest.raises(JournalError):
            read_journal(place)
    for open_it in (read_journal, lambda path: strike(path, read_only=True)):
        with pytest.raises(JournalError) as refusal:
            open_it(tmp_path / "none.jsonl")
        assert str(refusal.value) == (f"There is no journal {tmp_path / 'none.jsonl'}: check the name and the folder.")
    assert sorted(tmp_path.iterdir()) == [huge, tmp_path / "pipe"]


@pytest.mark.parametrize("move", ["", "two\nlines", "\x1b[2J", "half \ud800", "x" * 201, 7, None])
def test_what_is_no_line_of_text_is_not_recorded(path: Path, move: Any) -> None:
    journal = strike(path)
    with pytest.raises(JournalError, match="Not recorded: a decision is a line of 1 to 200 characters"):
        journal.record(move)
    journal.record("x" * 200)
    assert moves_in(read_journal(path)) == moves_in(journal) == (("x" * 200,),)


# --- Whatever happens to one byte -------------------------------------------------------------------------

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('"\\{}'), min_size=1, max_size=200)
Step = str | int | tuple[int, int] | set[str] | None
"""A decision, a hint, a branch (of which attempt and where, somehow), a note (of causes) or a new attempt."""
STEPS: st.SearchStrategy[list[Step]] = st.lists(
    LINES
    | st.sampled_from(HINTS)
    | st.tuples(st.integers(0, 9), st.integers(0, 9))
    | st.sets(LINES, min_size=1, max_size=4)
    | st.none(),
    max_size=10,
)


def write_all(path: Path, steps: list[Step]) -> Transcript:
    path.unlink(missing_ok=True)
    with strike(path, player="ana") as journal:
        for step in steps:
            match step:
                case None:
                    journal.new_attempt("c")
                case str():
                    journal.record(step)
                case int():
                    journal.hint(step)
                case set():
                    made = len(journal.transcript.attempts[-1].moves)
                    journal.note("labor", sorted(step), [made] if made else [])
                case parent, kept:
                    attempts = journal.transcript.attempts
                    parent %= len(attempts)
                    journal.branch(parent + 1, kept % (len(attempts[parent].moves) + 1))
        return journal.transcript


def flat(transcript: Transcript) -> list[object]:
    """All that was recorded as one list of steps, each where it was taken, so that "a prefix" has a meaning."""
    steps: list[object] = []
    for attempt in transcript.attempts:
        steps.append((attempt.case, attempt.parent, attempt.kept))
        if attempt.parent:
            assert attempt.moves[: attempt.kept] == transcript.attempts[attempt.parent - 1].moves[: attempt.kept]
        for made in range(attempt.kept, len(attempt.moves) + 1):
            steps += [level for at, level in attempt.hints if at == made]
            steps += attempt.moves[made : made + 1]
    return steps


def thought(transcript: Transcript) -> list[tuple[int, Belief]]:
    """All notes, each where it was written: those that a branch keeps of its parent are not its own."""
    notes = list[tuple[int, Belief]]()
    for number, attempt in enumerate(transcript.attempts):
        origin = transcript.attempts[attempt.parent - 1].beliefs if attempt.parent else ()
        kept = tuple(one for one in origin if one.after <= attempt.kept)
        assert attempt.beliefs[: len(kept)] == kept
        notes += [(number, one) for one in attempt.beliefs[len(kept) :]]
    return notes


@pytest.fixture(scope="module")
def shared_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bytes") / "strike.jsonl"


@settings(deadline=None, max_examples=EXAMPLES // 10)
@given(steps=STEPS)
def test_what_is_written_is_read(shared_path: Path, steps: list[Step]) -> None:
    written = write_all(shared_path, steps)
    transcript = read_journal(shared_path)
    assert transcript == written
    recorded = [step for step in flat(transcript) if not isinstance(step, tuple)]
    assert recorded == [step for step in steps if isinstance(step, str | int)]
    noted = [one.causes for _, one in thought(transcript)]
    assert noted == [tuple(sorted(step)) for step in steps if isinstance(step, set)]
    assert transcript.notices == ()
    assert transcript.damage is None


@settings(deadline=None, max_examples=EXAMPLES)
@given(steps=STEPS, place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
@example(steps=["one", "two"], place=0.9999, change=ord("\n") ^ ord(" "))
@example(steps=["one", "two"], place=0.9999, change=ord("\n") ^ ord("\r"))
def test_one_changed_byte_never_invents_a_decision_nor_hides_a_loss(
    shared_path: Path, steps: list[Step], place: float, change: int
) -> None:
    write_all(shared_path, steps)
    true = read_journal(shared_path)
    data = bytearray(shared_path.read_bytes())
    data[int(place * len(data))] ^= change
    shared_path.write_bytes(data)
    assert_prefix_and_said(shared_path, true)


@settings(deadline=None, max_examples=EXAMPLES // 2)
@given(steps=STEPS, place=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_anywhere_never_invents_a_decision_nor_hides_a_loss(
    shared_path: Path, steps: list[Step], place: float
) -> None:
    """Cut exactly between two lines, a journal is what it was some decisions ago: that alone cannot show."""
    write_all(shared_path, steps)
    true = read_journal(shared_path)
    data = shared_path.read_bytes()
    cut = data[: int(place * len(data))]
    shared_path.write_bytes(cut)
    between_lines = cut.endswith(b"\n") or data[len(cut) :].startswith(b"\n")
    assert_prefix_and_said(shared_path, true, silent=between_lines)


def assert_prefix_and_said(path: Path, true: Transcript, silent: bool = False) -> None:
    for copy in path.parent.glob("*.damaged-*"):
        copy.unlink()
    spoiled = path.read_bytes()
    try:
        found = read_journal(path)
    except JournalError:
        return  # refused in a sentence, which invents nothing
    kept, whole = flat(found), flat(true)
    assert found.header == true.header
    assert kept == whole[: len(kept)]
    assert thought(found) == thought(true)[: len(thought(found))]
    if (kept, thought(found)) != (whole, thought(true)) and not silent:
        assert len(found.notices) == 1
    with strike(path) as journal:
        assert journal.transcript.attempts == found.attempts
        journal.record("go on")
    copies = [copy.read_bytes() for copy in path.parent.glob("*.damaged-*")]
    assert copies == ([] if found.damage is None else [spoiled])
    again = read_journal(path)
    assert flat(again) == [*kept, "go on"] and thought(again) == thought(found)
    assert again.notices == ()
