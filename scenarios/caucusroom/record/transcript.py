"""What a journal says: every decision a mediator took, read from the file that keeps them.

One JSON object a line, UTF-8, only ever appended to (`journal.py` writes it):

    {"caucusroom": 3, "dispute": "labor-strike", "content": "5d41…", "edition": 3, "case": "b", "player": "ana",
     "assignment": "", "at": "2025-03-04T10:14:12+01:00", "hash": "9c1e…"}            (all on one line)
    {"seq": 1, "move": "call_caucus labor", "at": "2025-03-04T10:15:00+01:00", "prev": "9c1e…", "hash": "07…"}
    {"seq": 2, "hint": 1, "at": …, "prev": …, "hash": …}
    {"seq": 3, "attempt": 2, "case": "d", "at": …, "prev": …, "hash": …}
    {"seq": 4, "attempt": 3, "case": "b", "parent": 1, "kept": 1, "at": …, "prev": …, "hash": …}
    {"seq": 5, "belief": "labor", "causes": ["anger", "fear"], "heard": [1], "at": …, "prev": …, "hash": …}

The heading begins the first attempt. A `move` is a decision of the attempt last begun; a `hint`, of level 1 to
3, was asked for before the decision that follows. A `belief` is what the mediator thinks stands in the way of that
side: one to four causes, and the numbers of the decisions whose answers say so. The latest of a side counts, and an
attempt holds its last hundred. An `attempt` line begins the next attempt: afresh, or, with
`parent` and `kept`, as a branch that goes on after the first `kept` decisions of attempt `parent`, which are
its own first decisions and not repeated; those of a branch count in a branch of it, and the case is the same. What
was believed until then it keeps as well.

Every line ends with the hash of what it says, and repeats in `prev` the hash of the line before, so an accident
or an edit anywhere shows. That is no signature: whoever knows this page can forge a journal. Only decisions are
kept; what followed from them is found again by replaying them. Keys that a reader does not know are ignored.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from ..edition import EDITION
from . import ledger
from .ledger import JournalError, JournalForeign, JournalOutdated

FORMAT = 3
HINTS = (1, 2, 3)  # the levels, from a nudge to nearly the answer
TEXT_LIMIT = 200  # characters of a move, a name or an id
LINE_LIMIT = 8_000  # bytes; the longest heading that the text limit allows is shorter
NESTED_LIMIT = 1_000  # brackets in a line, more than its texts can hold; Python in a browser does not survive 3,000
CAUSES = 4  # that one belief names at most
HEARD = 20  # decisions that one belief rests on at most, so that its line is never too long to be read
BELIEFS = 100  # that an attempt holds: the last ones; a forged journal of branches still fits in memory
KEPT_LIMIT = 500  # decisions; ten times a mediation, and a forged journal of branches still fits in memory
_KINDS = ("move", "hint", "belief", "attempt")
_TEXTS = ("dispute", "content", "case", "player", "assignment", "at")
_MARK = b'{"caucusroom":'
_ENTRY = b'{"seq": '
_SEAL = len(', "hash": "0123456789abcdef"}')
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_written = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` would make it anew for each line
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters, halves of surrogate pairs


@dataclass(frozen=True)
class Header:
    """What a journal is about, whose it is, and under which edition of the rules it was begun.

    `assignment` is "" for practice; `at` is when it was begun (ISO 8601 with zone).
    """

    dispute: str
    content: str
    case: str
    player: str
    at: str
    assignment: str = ""
    edition: int = EDITION

    def said(self) -> dict[str, Any]:
        """What the first line says, without its hash."""
        texts = {name: getattr(self, name) for name in ("dispute", "content", "edition", *_TEXTS[2:])}
        return {"caucusroom": FORMAT, **texts}

    def unlike(self, content: str) -> str:
        """How it was begun under other rules than those installed (the rest of a sentence), "" if it was not.

        `content` is the hash of its dispute as that is installed.
        """
        if self.edition != EDITION:
            return f"was begun under edition {self.edition} of the rules, and edition {EDITION} is installed"
        if self.content != content:
            return f"was begun with another version of {self.dispute} than the one installed"
        return ""


class Belief(NamedTuple):
    """What the mediator thought stood in the way of a side, when `after` decisions were made: ids of causes, and the
    numbers of the decisions whose answers say so. Whether the dispute has such a side or cause, `noting` says.
    """

    after: int
    side: str
    causes: tuple[str, ...]
    heard: tuple[int, ...]


@dataclass(frozen=True)
class Attempt:
    """One attempt at a case: the texts of its moves, those that a branch kept of its parent included.

    `parent` is the number (from 1) of the attempt it branched from, 0 if it was begun afresh, and `kept` how many
    decisions it has from there. `hints` are those it asked for itself: (decisions made by then, level). `beliefs`
    are what was noted, oldest first, that of the decisions kept included.
    """

    case: str
    moves: tuple[str, ...]
    parent: int = 0
    kept: int = 0
    hints: tuple[tuple[int, int], ...] = ()
    beliefs: tuple[Belief, ...] = ()


@dataclass(frozen=True)
class Transcript:
    """What can be trusted in a journal.

    `attempts`: oldest first, at least one. `notices`: sentences for the person. `damage`: the first line that
    cannot be trusted, or None. A last line that was cut off while it was written is no damage, for nobody was
    told that it was saved.
    """

    header: Header
    attempts: tuple[Attempt, ...]
    notices: tuple[str, ...] = ()
    damage: int | None = None


def read_journal(path: str | os.PathLike[str]) -> Transcript:
    """Read a journal without changing or locking it. JournalError only when nothing in it can be read."""
    path = Path(path)
    data = ledger.read(path)
    if unborn(data):
        raise JournalError(f"{path} is empty: no decision was ever recorded in it.")
    return parse(data, path)[0]


class Tip(NamedTuple):
    """Where the trusted part of a file ends: bytes, number of the last entry, hash of the last line."""

    size: int = 0
    seq: int = 0
    hash: str = ""


@dataclass
class _Growing:
    """An attempt to which decisions are still added."""

    case: str
    moves: list[str]
    parent: int
    kept: int
    hints: list[tuple[int, int]] = field(default_factory=list)
    beliefs: deque[Belief] = field(default_factory=lambda: deque(maxlen=BELIEFS))

    def frozen(self) -> Attempt:
        hints, beliefs = tuple(self.hints), tuple(self.beliefs)
        return Attempt(self.case, tuple(self.moves), self.parent, self.kept, hints, beliefs)


class Attempts:
    """The attempts as the lines of a journal tell them, one after another; the last is the one being played."""

    def __init__(self, attempts: Iterable[Attempt]) -> None:
        self._all = [
            _Growing(a.case, list(a.moves), a.parent, a.kept, list(a.hints), deque(a.beliefs, BELIEFS))
            for a in attempts
        ]

    def __len__(self) -> int:
        return len(self._all)

    @property
    def last(self) -> _Growing:
        return self._all[-1]

    @property
    def decisions(self) -> int:
        """How many there are in all, each counted where it was taken."""
        return sum(len(one.moves) - one.kept for one in self._all)

    def frozen(self) -> tuple[Attempt, ...]:
        return tuple(one.frozen() for one in self._all)

    def fresh(self, case: str) -> dict[str, Any]:
        """What a line says that begins the next attempt."""
        return {"attempt": len(self) + 1, "case": case}

    def branch(self, parent: int, kept: int) -> dict[str, Any]:
        """What a line says that begins it as a branch; JournalError if there is no such decision."""
        if type(parent) is not int or not 1 <= parent <= len(self):
            raise JournalError(f"There is no attempt {parent} to go back to: they go from 1 to {len(self)}.")
        origin = self._all[parent - 1]
        most = min(len(origin.moves), KEPT_LIMIT)
        if type(kept) is not int or not 0 <= kept <= most:
            raise JournalError(f"Of attempt {parent} one can keep 0 to {most} decisions, not {kept}.")
        return {**self.fresh(origin.case), "parent": parent, "kept": kept}

    def fault(self, said: dict[str, Any]) -> str | None:
        """Why a line that says this cannot come next (the rest of a sentence), or None."""
        match [kind for kind in _KINDS if kind in said]:
            case ["move"]:
                known = is_text(said["move"])
            case ["hint"]:
                known = is_level(said["hint"])
            case ["belief"]:
                if not is_heard(said.get("heard"), len(self.last.moves)):
                    return "rests on an answer that is not there"
                known = is_id(said["belief"]) and is_causes(said.get("causes"))
            case ["attempt"] if "parent" in said or "kept" in said:
                try:
                    known = self.branch(said.get("parent", 0), said.get("kept", -1)).items() <= said.items()
                except JournalError:
                    return "goes back to a decision that is not there"
            case ["attempt"]:
                known = said["attempt"] == len(self) + 1 and is_text(said.get("case"))
            case _:
                known = False
        return None if known else "says nothing that this version knows"

    def take(self, said: dict[str, Any]) -> None:
        """Add what a line without fault says."""
        if "move" in said:
            self.last.moves.append(said["move"])
        elif "hint" in said:
            self.last.hints.append((len(self.last.moves), said["hint"]))
        elif "belief" in said:
            made, causes, heard = len(self.last.moves), tuple(said["causes"]), tuple(said["heard"])
            self.last.beliefs.append(Belief(made, said["belief"], causes, heard))
        else:
            parent, kept = said.get("parent", 0), said.get("kept", 0)
            begun = _Growing(said["case"], [], parent, kept)
            if parent:
                origin = self._all[parent - 1]
                begun.moves += origin.moves[:kept]
                begun.beliefs.extend(one for one in origin.beliefs if one.after <= kept)
            self._all.append(begun)


def parse(data: bytes, place: str | Path) -> tuple[Transcript, Tip]:
    """All that can be trusted in `data`, and where that ends; `place` begins what is said of it.

    A byte order mark and carriage returns are let pass: editors add them, and nothing is lost.
    """
    lines = io.BytesIO(data)
    first = lines.readline()
    header = _heading(line := first.removeprefix(_BYTE_ORDER_MARK).rstrip(b"\r\n"), place)
    tip = Tip(len(first), 0, hash_in(line))
    attempts, damage = Attempts([Attempt(header.case, ())]), None
    notices: tuple[str, ...] = ()
    for number, raw in enumerate(lines, 2):
        line = raw.rstrip(b"\r\n")
        said = _object(line)
        fault = _fault(said, line, tip) or attempts.fault(said)
        if fault is None:
            attempts.take(said)
            tip = Tip(tip.size + len(raw), tip.seq + 1, hash_in(line))
        elif not said and not raw.endswith(b"\n") and raw.startswith(_ENTRY[: len(raw)]):
            notices = (
                f"{place} ended in a line that was cut off while it was being written and was dropped; "
                "what it said had not been saved.",
            )
        else:
            damage = number
            notices = (
                f"{place} is damaged in line {number}, which {fault}: it and all that follows are left out. "
                f"Decisions before it, which are kept: {attempts.decisions}.",
            )
            break
    return Transcript(header, attempts.frozen(), notices, damage), tip


def _heading(line: bytes, place: str | Path) -> Header:
    said = _object(line)
    version = said.get("caucusroom")
    if type(version) is int and version > FORMAT:
        raise JournalOutdated(f"{place} was written by a newer caucusroom (format {version})", "update caucusroom")
    if not line.startswith(_MARK):
        raise JournalForeign(f"{place} is not a caucusroom journal and was left as it is", "name another file")
    if type(version) is int and 0 < version < FORMAT and _sealed(line):
        raise JournalOutdated(
            f"{place} was written by an earlier caucusroom (format {version}), whose rules were others, and cannot be "
            "gone on with",
            "begin a new journal under another name",
        )
    texts = {name: text for name in _TEXTS if is_text(text := said.get(name))}
    edition = said.get("edition")
    if version != FORMAT or not _sealed(line) or len(texts) < len(_TEXTS) or type(edition) is not int:
        raise JournalForeign(
            f"{place} is damaged in line 1, so nothing in it can be trusted",
            "restore the file from a copy, or name another one to start afresh",
        )
    return Header(**texts, edition=edition)


def _fault(said: dict[str, Any], line: bytes, tip: Tip) -> str | None:
    """Why this is not the line that was written after `tip` (the rest of a sentence), or None."""
    if not said:
        return "cannot be read"
    if not _sealed(line):
        return "was changed after it was written"
    if said.get("seq") != tip.seq + 1 or said.get("prev") != tip.hash:
        return "does not follow the line before it (a line was removed, added or moved)"
    return None


def _object(line: bytes) -> dict[str, Any]:
    """The JSON object in a line; empty when none can be read."""
    fits = len(line) <= LINE_LIMIT and line.count(b"[") + line.count(b"{") <= NESTED_LIMIT
    try:
        said = json.loads(line.decode("utf-8")) if fits else None
    except (ValueError, RecursionError):
        said = None
    return said if isinstance(said, dict) else {}


def seal(said: dict[str, Any]) -> bytes:
    """A line without its newline: JSON that ends in the hash of all before it."""
    return _with_hash(_written(said).encode())


def _sealed(line: bytes) -> bool:
    return line == _with_hash(line[:-_SEAL] + b"}")


def _with_hash(body: bytes) -> bytes:
    return body[:-1] + b', "hash": "%s"}' % sha256(body).hexdigest()[:16].encode()


def hash_in(line: bytes) -> str:
    return line[-18:-2].decode()


def unborn(data: bytes) -> bool:
    """Whether this is what a process leaves that is killed before it has written the heading."""
    begun = _MARK.startswith(data) or data.startswith(_MARK)
    return begun and b"\n" not in data and b'"seq"' not in data and not _sealed(data)


def is_text(value: object) -> TypeGuard[str]:
    """Whether a journal can hold this and a terminal can show it: one short line."""
    return isinstance(value, str) and len(value) <= TEXT_LIMIT and not _UNFIT.search(value)


def is_level(value: object) -> TypeGuard[int]:
    """Whether this is the level of a hint."""
    return type(value) is int and value in HINTS


def is_id(value: object) -> TypeGuard[str]:
    """Whether this can be the id of a side or a cause."""
    return is_text(value) and value != ""


def is_causes(value: object) -> TypeGuard[Sequence[str]]:
    """Whether a belief can name these: one to four ids, none twice."""
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= CAUSES:
        return False
    return all(map(is_id, value)) and len(set(value)) == len(value)


def is_heard(value: object, made: int) -> TypeGuard[Sequence[int]]:
    """Whether a belief can rest on these when so many decisions are made: their numbers, none twice."""
    if not isinstance(value, list | tuple) or len(value) > HEARD:
        return False
    return all(type(one) is int and 0 < one <= made for one in value) and len(set(value)) == len(value)
