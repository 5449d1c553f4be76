"""The way into the room: a desk, or the reason why there is none yet, with a way on.

A host makes an `Entrance` of a function that opens a session, shows its `snapshot`, and passes it every message of the
page. Where no session can be opened the snapshot has a `refusal`. Two messages are the entrance's own, `Fresh` and
`Reopen` of snapshot.py; every other one goes to the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from caucusroom import JournalForeign, Session
from caucusroom.record.ledger import set_aside

from ..words import words
from .desk import Desk
from .snapshot import Answer, Clock, Mode, Page, Snapshot

_NO_CLOCK: Clock = {
    "day": 0, "days": 0, "time": "", "left": "", "spent": 0, "length": 0, "late": False, "staged": False,
}  # fmt: skip


class Entrance:
    """Opens a session by `enter` and shows it; raises nothing that a journal is to blame for.

    `journal` is the file that `enter` opens, None where there is none. `desk` is None while it cannot be opened.
    """

    def __init__(self, enter: Callable[[], Session], journal: Path | None = None, mode: Mode = "guided") -> None:
        self.words = words()
        self.desk: Desk | None = None
        self.mode = mode
        self._enter = enter
        self._journal = journal
        self._refusal: Exception | None = None
        self._answer: Answer = {"n": 0, "id": None, "ok": True, "error": None, "owed": False}
        self._open()

    @property
    def page(self) -> Page | None:
        """What the last answer brings beside its snapshot, if anything."""
        return self.desk.page if self.desk else None

    def answer(self, sent: object) -> Snapshot:
        """Carry out one message of a page, and return the snapshot that answers it."""
        match sent:
            case {"id": str(id), "fresh": True} | {"id": str(id), "reopen": True} if id == self._answer["id"]:
                return self._answered(id, self._answer["error"])  # sent twice, done once
            case {"id": str(id), "fresh": True} if self.desk is None:
                return self._try(id, self._begin_afresh)
            case {"id": str(id), "reopen": True} if self.desk is not None and self._to_reopen:
                return self._try(id, self._open_again)
        if self.desk is not None:
            return self._shown(self.desk.answer(sent))
        name = sent.get("id") if isinstance(sent, dict) else None
        return self._answered(name if isinstance(name, str) else None, self.words.REFUSED["not_open"])

    def snapshot(self, earlier: bool = False) -> Snapshot:
        """Everything a page shows now."""
        if self.desk is not None:
            return self._shown(self.desk.snapshot(earlier))
        refused, text = self._refusal, str(self._refusal)
        fresh = isinstance(refused, JournalForeign) and self._journal is not None
        if fresh and isinstance(refused, JournalForeign):
            text = refused.what  # its advice is to change the cell, and there is a button
        return {
            "v": 1, "seq": 0, "attempt": 0, "branch": None, "mode": self.mode, "hint": None, "notices": [],
            "answer": None, "scene": None,
            "dispute": {"id": "", "title": ""}, "opening": "", "saved": {"ok": False, "text": text, "reopen": False},
            "clock": _NO_CLOCK,
            "room": {"where": "before", "with": None}, "topic": "", "parties": [], "issues": [], "notebook": [],
            "thoughts": [], "causes": [], "turns": [], "groups": [], "outcome": None,
            "refusal": {"text": text, "fresh": fresh},
        }  # fmt: skip

    @property
    def _to_reopen(self) -> bool:
        return self.desk is not None and self._journal is not None and self.desk.session.journal.to_reopen

    def _shown(self, snapshot: Snapshot) -> Snapshot:
        snapshot["saved"]["reopen"] = self._to_reopen
        return snapshot

    def _open(self) -> None:
        try:
            session = self._enter()
            if self.desk is None:
                self.desk = Desk(session, self.mode)
            self.desk.session = session
            self._refusal = None
        except (ValueError, OSError) as refusal:
            self._refusal = refusal

    def _begin_afresh(self) -> None:
        self._open()  # by now it may be another's no longer
        if isinstance(self._refusal, JournalForeign) and self._journal is not None:
            set_aside(self._journal)
            self._open()

    def _open_again(self) -> None:
        assert self.desk is not None
        self.desk.session.journal.rescue()
        self.desk.session.close()
        self._open()
        if self._refusal is not None:
            self.desk = None

    def _try(self, id: str, do: Callable[[], None]) -> Snapshot:
        try:
            do()
        except (ValueError, OSError) as problem:
            return self._answered(id, str(problem))
        return self._answered(id, None)

    def _answered(self, id: str | None, error: str | None) -> Snapshot:
        n = self._answer["n"] + 1
        self._answer = {"n": n, "id": id, "ok": error is None, "error": error, "owed": False}
        snapshot = self.snapshot()
        snapshot["answer"] = self._answer
        return snapshot
