"""The journal: every decision a mediator took, kept in a file beside the notebook.

One JSON object a line, UTF-8, only ever appended to, and on the disk before anyone is told "saved":

    {"caucusroom": 1, "scenario": "labor-strike", "content": "5d41…", "case": "b", "player": "ana",
     "at": "2025-03-04T10:14:12+01:00", "hash": "9c1e…"}                              (all on one line)
    {"seq": 1, "move": "call_caucus labor", "at": "2025-03-04T10:15:00+01:00", "prev": "9c1e…", "hash": "07…"}
    {"seq": 2, "attempt": 2, "case": "d", "at": "2025-03-04T10:16:40+01:00", "prev": "07aa…", "hash": "e3b0…"}

The heading begins the first attempt; an `attempt` line begins the next one. Every line ends with the hash of
what it says, and repeats in `prev` the hash of the line before, so an accident or an edit anywhere shows.
That is no signature: whoever knows this page can forge a journal. Only decisions are kept; what followed from
them is found again by replaying them. Keys that a reader does not know are ignored.
"""

from __future__ import annotations

import io
import json
import os
import re
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Self, TypeGuard
from weakref import WeakValueDictionary

from caucusroom import ledger
from caucusroom.ledger import JournalError, Ledger

__all__ = ["FORMAT", "Header", "Journal", "JournalError", "Transcript", "read_journal"]
FORMAT = 1
TEXT_LIMIT = 200  # characters of a move, a name or an id
LINE_LIMIT = 8_000  # bytes; the longest heading that the text limit allows is shorter
_MARK = b'{"caucusroom":'
_ENTRY = b'{"seq": '
_SEAL = len(', "hash": "0123456789abcdef"}')
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters, halves of surrogate pairs


@dataclass(frozen=True)
class Header:
    """What a journal is about; `at` is when it was begun (ISO 8601 with zone)."""

    scenario: str
    content: str
    case: str
    player: str
    at: str


@dataclass(frozen=True)
class Transcript:
    """What can be trusted in a journal.

    `attempts`: the move texts of each attempt, oldest first, at least one; `cases`: the case of each.
    `notices`: sentences for the person. `damage`: the first line that cannot be trusted, or None. A last line
    that was cut off while it was written is no damage, for its decision was never said to be saved.
    """

    header: Header
    attempts: tuple[tuple[str, ...], ...]
    cases: tuple[str, ...]
    notices: tuple[str, ...] = ()
    damage: int | None = None


def read_journal(path: str | os.PathLike[str]) -> Transcript:
    """Read a journal without changing or locking it. JournalError only when nothing in it can be read."""
    path = Path(path)
    data = ledger.read(path)
    if _unborn(data):
        raise JournalError(f"{path} is empty: no decision was ever recorded in it.")
    return _parse(data, path)[0]


@dataclass(frozen=True)
class _Tip:
    """Where the trusted part of a file ends: bytes, number of the last entry, hash of the last line."""

    size: int = 0
    seq: int = 0
    hash: str = ""


class Journal:
    """The journal of one player in one case. Made by `Journal.open` or `Journal.memory`."""

    def __init__(
        self,
        transcript: Transcript,
        status: str,
        tip: _Tip,
        file: Ledger | None,
        clock: Callable[[], datetime],
    ) -> None:
        self.header = transcript.header
        self.notices = transcript.notices
        self._attempts = [list(moves) for moves in transcript.attempts]
        self._cases = list(transcript.cases)
        self._status = status
        self._tip = tip
        self._file = file
        self._clock = clock
        self._refusal: str | None = None  # why nothing more can be recorded

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        scenario: str,
        content: str,
        default_case: str,
        default_player: str = "",
        case: str | None = None,
        player: str | None = None,
        read_only: bool = False,
        clock: Callable[[], datetime] = datetime.now,
    ) -> Self:
        """Begin the journal at `path`, or go on with the one that is there; JournalError if neither can be.

        An existing journal must agree with `scenario`, its `content` hash and, where given, `case` and
        `player`; where not given, the journal's own hold, and a new one takes the defaults. If this process
        has the file open already, the older Journal stops recording and this one goes on; if another process
        has, it is refused. With `read_only` the file is neither locked nor changed.
        """
        path = Path(path)
        new = Header(scenario, content, case or default_case, player or default_player, _stamp(clock))
        given = {"scenario": scenario, "content": content, "case": case, "player": player}
        if read_only:
            transcript = read_journal(path)
            _must_agree(path, transcript.header, given)
            journal = cls(transcript, "", _Tip(), None, clock)
            journal.stop(f"{path} is open for reading only, so no decision is recorded.")
            return journal
        with _one_at_a_time:
            found = ledger.find(path)
            older = _open_journals.get(found) if found else None
            file = (older._file if older else None) or Ledger(path)
            try:
                data = file.read()
                if _unborn(data):
                    transcript, tip = _begin(file, new)
                else:
                    transcript, tip = _parse(data, path)
                    _must_agree(path, transcript.header, given)
                    transcript, tip = _mend(file, data, transcript, tip)
            except BaseException:
                if older is None:
                    file.close()
                raise
            if older is not None:
                older._stop(f"{path} was opened again since: use the newer session, which records there.")
            transcript = replace(transcript, notices=file.notices + transcript.notices)
            journal = cls(transcript, f"Saved in {path}.", tip, file, clock)
            _open_journals[file.identity] = journal
            return journal

    @classmethod
    def memory(cls, *, scenario: str, content: str, case: str, player: str = "") -> Self:
        """A journal without a file, for pages where nothing may be kept."""
        status = "Decisions are kept in memory only and go when this page goes."
        begun = Transcript(Header(scenario, content, case, player, _stamp(datetime.now)), ((),), (case,))
        return cls(begun, status, _Tip(), None, datetime.now)

    @property
    def attempts(self) -> tuple[tuple[str, ...], ...]:
        """The move texts of each attempt; the last attempt is the one being played."""
        return tuple(map(tuple, self._attempts))

    @property
    def saved(self) -> bool:
        """Whether every recorded decision is on the disk and the next one will be."""
        return self._file is not None and self._refusal is None

    @property
    def status(self) -> str:
        """A sentence for the person: where decisions are saved, or why they are not."""
        return self._refusal or self._status

    def record(self, move: str) -> None:
        """Append a decision. On return it is on the disk; on JournalError the journal is as it was before."""
        if not _is_text(move) or not move:
            raise JournalError(f"Not recorded: a decision is a line of 1 to {TEXT_LIMIT} characters.")
        self._append({"move": move})

    @property
    def case(self) -> str:
        """The case of the attempt being played."""
        return self._cases[-1]

    def stop(self, refusal: str) -> None:
        """Let go of the file and record nothing more, for the reason in this sentence."""
        with _one_at_a_time:
            if self._file is not None:
                self._file.close()
            self._stop(refusal)

    def new_attempt(self, case: str) -> None:
        """Begin again in the same journal; nothing to do while the present attempt has no decision."""
        with _one_at_a_time:
            if self._attempts[-1]:
                self._append({"attempt": len(self._attempts) + 1, "case": case})

    def close(self) -> None:
        """Let other programs have the file. Every decision is on the disk already."""
        if self._file is not None:
            self.stop(f"{self._file.path} is closed: open it again to go on.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _append(self, said: dict[str, Any]) -> None:
        with _one_at_a_time:
            if self._refusal is not None:
                raise JournalError(self._refusal)
            # An interrupt below may part memory from disk; then this stands until the file is read again.
            self._refusal = "Saving was interrupted. Run the cell that opens the journal again."
            if self._file is not None:
                seq = self._tip.seq + 1
                line = _seal({"seq": seq, **said, "at": _stamp(self._clock), "prev": self._tip.hash})
                try:
                    size = self._file.append(line + b"\n", self._tip.size)
                except JournalError:
                    self._refusal = None
                    raise
                self._tip = _Tip(size, seq, _hash_in(line))
            _take(self._attempts, self._cases, said)
            self._refusal = None

    def _stop(self, refusal: str) -> None:
        if self._file is not None:
            _open_journals.pop(self._file.identity, None)
        self._file, self._refusal = None, refusal


# Cells and a widget's messages may run on different threads of a kernel.
_one_at_a_time = threading.RLock()
# By device and inode, so that links and relative paths to one file are the same journal.
_open_journals: WeakValueDictionary[tuple[int, int], Journal] = WeakValueDictionary()


def _begin(file: Ledger, header: Header) -> tuple[Transcript, _Tip]:
    """Write the heading of a new journal."""
    if not all(map(_is_text, asdict(header).values())):
        raise JournalError(f"No journal was begun: case and player are lines of up to {TEXT_LIMIT} characters.")
    line = _seal({"caucusroom": FORMAT, **asdict(header)})
    file.cut(0)
    size = file.append(line + b"\n", 0)
    file.sync_folder()
    return Transcript(header, ((),), (header.case,)), _Tip(size, 0, _hash_in(line))


def _mend(file: Ledger, data: bytes, transcript: Transcript, tip: _Tip) -> tuple[Transcript, _Tip]:
    """Make the file end where trust ends; keep a copy of a damaged one first, and say so."""
    if transcript.damage is not None:
        copy = file.keep_copy(data)
        kept = f"The damaged journal was kept as {copy.name}; {file.path} goes on from its intact part."
        transcript = replace(transcript, notices=(*transcript.notices, kept))
    if tip.size < len(data):
        file.cut(tip.size)
    if not data.endswith(b"\n", 0, tip.size):
        tip = replace(tip, size=file.append(b"\n", tip.size))
    return transcript, tip


def _parse(data: bytes, path: Path) -> tuple[Transcript, _Tip]:
    """All that can be trusted in `data`, and where that ends.

    A byte order mark and carriage returns are let pass: editors add them, and nothing is lost.
    """
    lines = io.BytesIO(data)
    first = lines.readline()
    header = _heading(line := first.removeprefix(_BYTE_ORDER_MARK).rstrip(b"\r\n"), path)
    tip = _Tip(len(first), 0, _hash_in(line))
    attempts: list[list[str]] = [[]]
    cases, damage = [header.case], None
    notices: tuple[str, ...] = ()
    for number, raw in enumerate(lines, 2):
        line = raw.rstrip(b"\r\n")
        said = _object(line)
        fault = _fault(said, line, tip, len(attempts))
        if fault is None:
            _take(attempts, cases, said)
            tip = _Tip(tip.size + len(raw), tip.seq + 1, _hash_in(line))
        elif not said and not raw.endswith(b"\n") and raw.startswith(_ENTRY[: len(raw)]):
            notices = (
                f"The last line of {path} was cut off while it was being written and was dropped; "
                "the decision in it had not been saved.",
            )
        else:
            damage = number
            notices = (
                f"Line {number} of {path} {fault}: it and all that follows are left out. "
                f"Decisions before it, which are kept: {sum(map(len, attempts))}.",
            )
            break
    return Transcript(header, tuple(map(tuple, attempts)), tuple(cases), notices, damage), tip


def _heading(line: bytes, path: Path) -> Header:
    said = _object(line)
    version = said.get("caucusroom")
    if isinstance(version, int) and version > FORMAT:
        raise JournalError(f"{path} was written by a newer caucusroom (format {version}): update caucusroom.")
    if not line.startswith(_MARK):
        raise JournalError(f"{path} is not a caucusroom journal and was left as it is: name another file.")
    texts = [text for field in fields(Header) if _is_text(text := said.get(field.name))]
    if version != FORMAT or not _sealed(line) or len(texts) < len(fields(Header)):
        raise JournalError(
            f"Line 1 of {path} is damaged, so nothing in it can be trusted: restore the file from a copy, "
            "or name another one to start afresh."
        )
    return Header(*texts)


def _fault(said: dict[str, Any], line: bytes, tip: _Tip, attempts: int) -> str | None:
    """Why the line after `tip` cannot be trusted (the rest of a sentence), or None."""
    if not said:
        return "cannot be read"
    if not _sealed(line):
        return "was changed after it was written"
    if said.get("seq") != tip.seq + 1 or said.get("prev") != tip.hash:
        return "does not follow the line before it (a line was removed, added or moved)"
    next_attempt = said.get("attempt") == attempts + 1 and _is_text(said.get("case"))
    known = next_attempt or _is_text(said.get("move"))
    return None if known else "says nothing that this version knows"


def _take(attempts: list[list[str]], cases: list[str], said: dict[str, Any]) -> None:
    if "move" in said:
        attempts[-1].append(said["move"])
    else:
        attempts.append([])
        cases.append(said["case"])


def _object(line: bytes) -> dict[str, Any]:
    """The JSON object in a line; empty when none can be read."""
    try:
        said = json.loads(line.decode("utf-8")) if len(line) <= LINE_LIMIT else None
    except (ValueError, RecursionError):
        said = None
    return said if isinstance(said, dict) else {}


def _seal(said: dict[str, Any]) -> bytes:
    """A line without its newline: JSON that ends in the hash of all before it."""
    return _with_hash(json.dumps(said, ensure_ascii=False).encode())


def _sealed(line: bytes) -> bool:
    return line == _with_hash(line[:-_SEAL] + b"}")


def _with_hash(body: bytes) -> bytes:
    return body[:-1] + b', "hash": "%s"}' % sha256(body).hexdigest()[:16].encode()


def _hash_in(line: bytes) -> str:
    return line[-18:-2].decode()


def _unborn(data: bytes) -> bool:
    """Whether this is what a process leaves that is killed before it has written the heading."""
    begun = _MARK.startswith(data) or data.startswith(_MARK)
    return begun and b"\n" not in data and b'"seq"' not in data and not _sealed(data)


def _must_agree(path: Path, header: Header, given: dict[str, str | None]) -> None:
    """Refuse the journal of something else. Its case is not named, for a player is not told it."""
    refusals = {
        "scenario": f"is the journal of another dispute ({header.scenario})",
        "content": f"was begun with another version of {header.scenario} than the one installed",
        "case": "is the journal of another case",
        "player": f"is the journal of another player ({header.player})",
    }
    for name, refusal in refusals.items():
        if given[name] not in (None, getattr(header, name)):
            raise JournalError(f"{path} {refusal}: name another file to start afresh.")


def _is_text(value: object) -> TypeGuard[str]:
    """Whether a journal can hold this and a terminal can show it: one short line."""
    return isinstance(value, str) and len(value) <= TEXT_LIMIT and not _UNFIT.search(value)


def _stamp(clock: Callable[[], datetime]) -> str:
    """The wall time with its zone, to the second."""
    return clock().astimezone().isoformat(timespec="seconds")
