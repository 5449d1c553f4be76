"""A journal without a file: the same lines and the same rules on a sheet, which its host keeps."""

from __future__ import annotations

import gc
import json
import tracemalloc
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from caucusroom import JournalError, JournalForeign, JournalOutdated, Session
from caucusroom.record.sheet import ATTEMPTS, SHEET_LIMIT, Sheet
from caucusroom.record.transcript import hash_in, seal
from hypothesis import given
from hypothesis import strategies as st

from tests.golden.plays import golden_plays

LINE = golden_plays()["labor-strike-a.txt"][2]
SAVED = "Saved in this browser."


def opened(sheet: Sheet, **asked: Any) -> Session:
    return Session("labor-strike", case=asked.pop("case", "a"), journal=sheet, **asked)


def text_of(*said: dict[str, Any], **heading: Any) -> str:
    """The text of a journal that somebody forged: its heading and what its lines say."""
    first = {**json.loads(begun().splitlines()[0]), **heading}
    del first["hash"]
    lines = [seal(first)]
    for seq, one in enumerate(said, 1):
        lines.append(seal({"seq": seq, **one, "prev": hash_in(lines[-1])}))
    return "".join(f"{line.decode()}\n" for line in lines)


def begun(*moves: str, player: str = "ana") -> str:
    """The text that somebody has who made these moves."""
    sheet = Sheet()
    session = opened(sheet, player=player)
    for move in moves:
        session.play(move)
    return sheet.text


class Host:
    """Keeps the text of a sheet as a browser does: in UTF-16, and by what the sheet says has changed."""

    def __init__(self, text: str = "") -> None:
        self.units = text.encode("utf-16-le", "surrogatepass")

    @property
    def text(self) -> str:
        return self.units.decode("utf-16-le", "surrogatepass")

    def keep(self, sheet: Sheet) -> None:
        self.put(*sheet.written())
        assert self.text == sheet.text

    def put(self, size: int, lines: str) -> None:
        assert 2 * size <= len(self.units)
        self.units = self.units[: 2 * size] + lines.encode("utf-16-le", "surrogatepass")


def test_a_sheet_says_what_the_file_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mediation goes from the browser to the laptop and back, and each goes on with what the other wrote."""
    monkeypatch.setattr("caucusroom.record.journal._stamp", lambda clock: "2026-03-04T10:00:00+01:00")
    sheet, path = Sheet(), tmp_path / "strike.jsonl"
    for journal in (sheet, path):
        session = Session("labor-strike", case="a", journal=journal, player="ana")
        for move in LINE[:6]:
            session.play(move)
        session.hint(1)
        session.note("labor", ["anger"], [1])
        session.branch(2)
        session.play(LINE[2])
        session.close()
    assert sheet.text == path.read_text(encoding="utf-8")
    on_the_page = opened(Sheet(path.read_text(encoding="utf-8")), player="ana")
    assert on_the_page.attempt == 2 and [str(move) for move in on_the_page.decisions] == LINE[:3]


def test_the_host_is_told_what_to_keep_before_anything_is_shown() -> None:
    """Whoever plays may have a name outside the first plane of Unicode, which a browser counts as two."""
    sheet, host = Sheet(), Host()
    session = opened(sheet, player="Ána 𝔄 ibn Sīnā")
    host.keep(sheet)
    for move in LINE[:5]:
        session.play(move)
        host.keep(sheet)
    assert sheet.written() == (len(host.units) // 2, ""), "nothing is new"
    again = opened(Sheet(host.text))
    assert again.player == "Ána 𝔄 ibn Sīnā" and len(again.turns) == 5


def test_it_is_saved_where_the_host_says_it_is() -> None:
    kept, memory = opened(Sheet(saved=SAVED)), Session("labor-strike", case="a")
    assert kept.journal.saved and kept.journal.status == SAVED
    assert not memory.journal.saved
    assert memory.journal.status == "Decisions are kept in memory only and go when this page goes."
    assert not memory.journal.to_reopen


def test_a_torn_last_line_is_dropped_and_said() -> None:
    whole = begun(*LINE[:3])
    torn = whole[:-30]
    sheet, host = Sheet(torn), Host(torn)
    session = opened(sheet)
    host.keep(sheet)
    assert session.notices == (
        "This record ended in a line that was cut off while it was being written and was dropped; "
        "what it said had not been saved.",
    )
    assert len(session.turns) == 2
    session.play(LINE[2])
    host.keep(sheet)
    assert len(opened(Sheet(host.text)).turns) == 3


def test_damage_is_named_by_its_line() -> None:
    lines = begun(*LINE[:4]).splitlines(keepends=True)
    lines[3] = lines[3].replace("move", "mave")
    sheet, host = Sheet("".join(lines)), Host("".join(lines))
    session = opened(sheet)
    host.keep(sheet)
    assert session.notices == (
        "This record is damaged in line 4, which was changed after it was written: "
        "it and all that follows are left out. Decisions before it, which are kept: 2.",
        "What cannot be read of it is dropped, and it goes on from its intact part.",
    )
    assert host.text == "".join(lines[:3])


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("no journal", JournalForeign, "This record is not a caucusroom journal and was left as it is"),
        (text_of(dispute="water"), JournalForeign, "This record is the journal of another dispute (water)"),
        (text_of(edition=1), JournalOutdated, "This record was begun under edition 1 of the rules, and edition"),
        (text_of(caucusroom=9), JournalOutdated, "This record was written by a newer caucusroom (format 9)"),
        (text_of(caucusroom=2), JournalOutdated, "This record was written by an earlier caucusroom (format 2)"),
        (text_of(assignment="finals"), JournalForeign, "This record is the journal of another assignment (finals)"),
        (begun()[:-9] + "x\n", JournalForeign, "This record is damaged in line 1, so nothing in it can be trusted"),
        ("x" * (SHEET_LIMIT + 1), JournalForeign, "This record is too long to be gone on with here (at most 256,000"),
        ("ä" * SHEET_LIMIT, JournalForeign, "This record is too long to be gone on with here (at most 256,000"),
    ],
)
def test_what_is_not_its_journal_is_refused_in_words(text: str, kind: type[JournalForeign], what: str) -> None:
    with pytest.raises(kind) as refused:
        opened(Sheet(text))
    assert str(refused.value).startswith(what)
    assert str(refused.value).endswith(": choose another one, or begin anew.")


def test_of_two_sessions_on_one_sheet_the_newer_records() -> None:
    sheet = Sheet()
    older, newer = opened(sheet), opened(sheet)
    with pytest.raises(JournalError, match=r"^This record was opened again since"):
        older.play(LINE[0])
    newer.play(LINE[0])
    assert sheet.text.count("\n") == 2


def test_a_full_sheet_refuses_and_stays_as_it_is() -> None:
    notes: list[dict[str, Any]] = [{"belief": "labor", "causes": ["x" * 200] * 1, "heard": []}] * 700
    sheet = Sheet(text_of(*notes))
    session = opened(sheet)
    while SHEET_LIMIT - len(sheet.text) > 250:
        session.hint(1)
    before = sheet.text
    with pytest.raises(JournalError, match=r"^This record is full: begin a new one to go on\.$"):
        session.note("labor", ["anger", "fear"], [])
        session.note("labor", ["fear", "anger"], [])
    assert sheet.text.startswith(before) and len(sheet.text) <= SHEET_LIMIT
    assert not session.journal.saved


def test_a_sheet_holds_no_more_attempts_than_can_be_played_again() -> None:
    branches: list[dict[str, Any]] = [
        {"attempt": number, "case": "a", "parent": 1, "kept": 1} for number in range(2, ATTEMPTS + 1)
    ]
    full: list[dict[str, Any]] = [{"move": "open_session"}, *branches]
    session = opened(Sheet(text_of(*full)))
    with pytest.raises(JournalError, match=f"^This record holds no more than {ATTEMPTS} attempts"):
        session.branch(0)
    more = [*full, {"attempt": ATTEMPTS + 1, "case": "a"}]
    with pytest.raises(JournalForeign, match=f"^This record holds {ATTEMPTS + 1} attempts, and here at most"):
        opened(Sheet(text_of(*more)))


def test_a_hostile_text_takes_little_time_and_memory() -> None:
    """Thousands of branches of the longest attempt that there can be, in as few letters as a line needs."""
    moves: list[dict[str, Any]] = [{"move": "break"}] * 500
    lines = [*moves, *({"attempt": number, "case": "a", "parent": 1, "kept": 500} for number in range(2, 1_700))]
    sheet = Sheet(text_of(*lines)[:SHEET_LIMIT])
    tracemalloc.start()
    with pytest.raises(JournalForeign, match=r"^This record holds 1,\d\d\d attempts"):
        opened(sheet)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 60e6


@given(st.text() | st.builds(lambda cut, put: begun(*LINE[:2])[:cut] + put, st.integers(0, 700), st.text()))
def test_any_text_is_a_journal_or_refused_in_words(text: str) -> None:
    sheet, host = Sheet(text), Host(text)
    try:
        session = opened(sheet)
    except JournalError as refused:
        assert str(refused).startswith("This record ")
        return
    host.keep(sheet)
    session.play(LINE[len(session.turns)])
    host.keep(sheet)
    assert opened(Sheet(host.text)).transcript.attempts == session.transcript.attempts


def test_a_sheet_that_nobody_holds_is_gone() -> None:
    sheet = Sheet()
    session, seen = opened(sheet), ref(sheet)
    session.play(LINE[0])
    del session, sheet
    gc.collect()
    assert seen() is None
