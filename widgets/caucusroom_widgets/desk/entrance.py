"""The way into the room: a desk, or the reason why there is none yet, with a way on.

A host makes an `Entrance` of a function that opens a session, shows its `snapshot`, and passes it every message of the
page. Where no session can be opened there is a snapshot of a few keys only:

    v 1 · seq, attempt: 0 · mode · answer: as the desk's · opening, turns, groups, hint, outcome: empty
    refusal {text: a sentence, what is in the way; fresh: whether the page is to offer a new beginning}

A desk's snapshot has `saved.reopen` besides: whether decisions are not saved, and opening the journal again may help.

Two messages are the entrance's own; every other one goes to the desk:

    "fresh": true      set aside what lies in the journal's place, under another name, and begin a new journal there
    "reopen": true     open the journal again, where decisions are no longer saved
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from caucusroom import JournalForeign, Session
from caucusroom.record.ledger import set_aside

from .desk import Desk, Json, Mode


class Entrance:
    """Opens a session by `enter` and shows it; raises nothing that a journal is to blame for.

    `journal` is the file that `enter` opens, None where there is none. `desk` is None while it cannot be opened.
    """

    def __init__(self, enter: Callable[[], Session], journal: Path | None = None, mode: Mode = "guided") -> None:
        self.desk: Desk | None = None
        self.mode = mode
        self._enter = enter
        self._journal = journal
        self._refusal: Exception | None = None
        self._answer: Json = {"n": 0, "id": None, "ok": True, "error": None}
        self._open()

    @property
    def page(self) -> Json | None:
        """What the last answer brings beside its snapshot, if anything."""
        return self.desk.page if self.desk else None

    def answer(self, sent: object) -> Json:
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
        return self._answered(name if isinstance(name, str) else None, "The room is not open: nothing was changed.")

    def snapshot(self, earlier: bool = False) -> Json:
        """Everything a page shows now."""
        if self.desk is not None:
            return self._shown(self.desk.snapshot(earlier))
        empty: Json = {"opening": "", "turns": [], "groups": [], "hint": None, "outcome": None}
        refused, text = self._refusal, str(self._refusal)
        fresh = isinstance(refused, JournalForeign) and self._journal is not None
        if fresh and isinstance(refused, JournalForeign):
            text = refused.what  # its advice is to change the cell, and there is a button
        refusal = {"text": text, "fresh": fresh}
        return {"v": 1, "seq": 0, "attempt": 0, "mode": self.mode, "answer": None, **empty, "refusal": refusal}

    @property
    def _to_reopen(self) -> bool:
        return self.desk is not None and self._journal is not None and self.desk.session.journal.to_reopen

    def _shown(self, snapshot: Json) -> Json:
        return snapshot | {"saved": snapshot["saved"] | {"reopen": self._to_reopen}}

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

    def _try(self, id: str, do: Callable[[], None]) -> Json:
        try:
            do()
        except (ValueError, OSError) as problem:
            return self._answered(id, str(problem))
        return self._answered(id, None)

    def _answered(self, id: str | None, error: str | None) -> Json:
        self._answer = {"n": self._answer["n"] + 1, "id": id, "ok": error is None, "error": error}
        return self.snapshot() | {"answer": self._answer}
