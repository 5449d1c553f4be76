"""The way into the room: a desk, or the reason why there is none yet, with a way on.

A host makes an `Entrance` of a function that opens a session, gives its `snapshot` to a page that is opened, passes it
every message of the page, and gives the page what is answered: what has changed since, and what else there is. Where no
session can be opened the snapshot has a `refusal`. Two messages are the entrance's own, `Fresh` and `Reopen` of
snapshot.py; every other one goes to the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from caucusroom import JournalForeign, Session
from caucusroom.model.dispute import Scene
from caucusroom.record.ledger import set_aside
from caucusroom.record.sheet import Sheet

from ..words import words
from .desk import Desk
from .differences import difference
from .snapshot import Answer, Answered, Change, Clock, Kept, Mode, Snapshot

_NO_CLOCK: Clock = {
    "day": 0, "days": 0, "time": "", "left": "", "spent": 0, "length": 0, "late": False, "staged": False,
}  # fmt: skip


class Entrance:
    """Opens a session by `enter` and shows it; raises nothing that a journal is to blame for.

    `journal` is the file or the sheet that `enter` opens, None where there is none; `scene` is what is played of the
    mediation, None for all of it. `desk` is None while it cannot be opened.
    """

    def __init__(
        self,
        enter: Callable[[], Session],
        journal: Path | Sheet | None = None,
        mode: Mode = "guided",
        scene: Scene | None = None,
    ) -> None:
        self.words = words()
        self.desk: Desk | None = None
        self.mode = mode
        self._scene = scene
        self._enter = enter
        self._file = journal if isinstance(journal, Path) else None
        self._sheet = journal if isinstance(journal, Sheet) else None
        self._refusal: Exception | None = None
        self._answer: Answer = {"id": None, "ok": True, "error": None, "owed": False}
        self._given: Snapshot | None = None  # to a page, by the last answer or when one was opened
        self._count = 0
        self._open()

    def answer(self, sent: object) -> Answered:
        """Carry out one message of a page, and tell what that changes in what was given last."""
        before, page = self._given, None
        if (own := self._own(sent)) is not None:
            now = own
        elif self.desk is not None:
            now, page = self._shown(self.desk.answer(sent)), self.desk.page
        else:
            id = sent.get("id") if isinstance(sent, dict) else None
            now = self._answered(id if isinstance(id, str) else None, self.words.REFUSED["not_open"])
        self._give(now)
        whole = before is None or (isinstance(sent, dict) and sent.get("earlier") is True)
        return {"change": _change(None if whole else before, now), "page": page, "kept": self._kept()}

    def snapshot(self, earlier: bool = False) -> Snapshot:
        """Everything there is to show, for a page that is opened now."""
        now = self.look(earlier)
        if self._given is not None:
            now["answer"] = self._given["answer"]
        if self._given is None or {**now, "n": self._count} != self._given:
            self._give(now)
        return self._given or now

    def look(self, earlier: bool = False) -> Snapshot:
        """The same, for something that is no page."""
        if self.desk is not None:
            return self._shown(self.desk.snapshot(earlier))
        refused, text = self._refusal, str(self._refusal)
        fresh = isinstance(refused, JournalForeign) and self._file is not None
        if fresh and isinstance(refused, JournalForeign):
            text = refused.what  # its advice is to change the cell, and there is a button
        return {
            "v": 1, "n": 0, "seq": 0, "attempt": 0, "branch": None, "mode": self.mode, "hint": None, "notices": [],
            "answer": None, "scene": None,
            "dispute": {"id": "", "title": ""}, "opening": "", "saved": {"ok": False, "text": text, "reopen": False},
            "clock": _NO_CLOCK,
            "room": {"where": "before", "with": None}, "topic": "", "parties": [], "issues": [], "notebook": [],
            "thoughts": [], "causes": [], "turns": [], "groups": [], "outcome": None,
            "refusal": {"text": text, "fresh": fresh},
        }  # fmt: skip

    @property
    def _to_reopen(self) -> bool:
        return self.desk is not None and self._file is not None and self.desk.session.journal.to_reopen

    def _give(self, snapshot: Snapshot) -> None:
        self._count += 1
        snapshot["n"] = self._count
        self._given = snapshot

    def _kept(self) -> Kept | None:
        if self._sheet is None:
            return None
        size, lines = self._sheet.written()
        return {"size": size, "lines": lines} if lines else None

    def _own(self, sent: object) -> Snapshot | None:
        """What answers a message that is the entrance's own, None if it is not."""
        match sent:
            case {"id": str(id), "fresh": True} | {"id": str(id), "reopen": True} if id == self._answer["id"]:
                return self._answered(id, self._answer["error"])  # sent twice, done once
            case {"id": str(id), "fresh": True} if self.desk is None:
                return self._try(id, self._begin_afresh)
            case {"id": str(id), "reopen": True} if self._to_reopen:
                return self._try(id, self._open_again)
        return None

    def _shown(self, snapshot: Snapshot) -> Snapshot:
        snapshot["saved"]["reopen"] = self._to_reopen
        return snapshot

    def _open(self) -> None:
        try:
            session = self._enter()
            if self.desk is None:
                self.desk = Desk(session, self.mode, self._scene)
            self.desk.session = session
            self._refusal = None
        except (ValueError, OSError) as refusal:
            self._refusal = refusal

    def _begin_afresh(self) -> None:
        self._open()  # by now it may be another's no longer
        if isinstance(self._refusal, JournalForeign) and self._file is not None:
            set_aside(self._file)
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
        self._answer = {"id": id, "ok": error is None, "error": error, "owed": False}
        snapshot = self.look()
        snapshot["answer"] = self._answer
        return snapshot


def _change(before: Snapshot | None, now: Snapshot) -> Change:
    """What is to change in a page that shows what was `before`, or in any."""
    if before is None:
        return {"of": None, "by": ["=", now]}
    return {"of": before["n"], "by": difference(before, now)}
