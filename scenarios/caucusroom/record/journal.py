"""The journal: the file beside the notebook that keeps every decision, on the disk before anyone is told "saved".

What its lines say is told in `transcript.py`, which reads them. Where there is no file it is a sheet.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Self
from weakref import WeakValueDictionary

from . import ledger
from .ledger import JournalError, JournalForeign, JournalOutdated, Ledger
from .names import same_person
from .sheet import Sheet
from .transcript import (
    CAUSES,
    HEARD,
    TEXT_LIMIT,
    Attempt,
    Attempts,
    Header,
    Tip,
    Transcript,
    hash_in,
    is_causes,
    is_heard,
    is_id,
    is_level,
    is_text,
    parse,
    read_journal,
    seal,
    unborn,
)


class Place(Protocol):
    """Where the lines of a journal stand: a file or a sheet.

    `name` begins what is said of it, `saved` is a sentence that says where it is kept, "" if nobody does, and `advice`
    what to do where it cannot be gone on with, "" for what a file asks for. It holds at most so many attempts.
    """

    advice: str
    most_attempts: int
    notices: tuple[str, ...]

    @property
    def name(self) -> str: ...
    @property
    def saved(self) -> str: ...
    @property
    def identity(self) -> Hashable: ...
    def read(self) -> bytes: ...
    def append(self, line: bytes, size: int) -> int: ...
    def cut(self, size: int) -> None: ...
    def keep_damaged(self, data: bytes) -> str: ...
    def write_back(self) -> None: ...
    def close(self) -> None: ...


class Journal:
    """The journal of one player in one case. Made by `Journal.open` or `Journal.memory`."""

    def __init__(
        self,
        transcript: Transcript,
        tip: Tip,
        place: Place | None,
        clock: Callable[[], datetime],
    ) -> None:
        self.header = transcript.header
        self.notices = transcript.notices
        self._attempts = Attempts(transcript.attempts)
        self._transcript = transcript
        self._is_told = True  # whether that is all of it
        self._tip = tip
        self._place = place
        self._clock = clock
        self._refusal: str | None = None  # why nothing more can be recorded
        self._trouble: str | None = None  # why the last decision could not be, though the next one may

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str] | Sheet,
        *,
        dispute: str,
        content: str,
        default_case: str,
        default_player: str = "",
        case: str | None = None,
        player: str | None = None,
        assignment: str | None = "",
        read_only: bool = False,
        clock: Callable[[], datetime] = datetime.now,
    ) -> Self:
        """Begin the journal at `path`, or go on with the one that is there; JournalError if neither can be.

        An existing journal must agree with `dispute`, its `content` hash, `assignment` ("" for practice; None: any)
        and, where given, `case` and `player`; where not given, the journal's own hold, and a new one takes the
        defaults. JournalForeign if it does not agree or cannot be trusted: `ledger.set_aside` then makes room for
        a new one. If this process has the file open already, the older Journal stops recording and this one goes
        on; if another process has, it is refused. With `read_only` a file is neither locked nor changed.
        """
        whose = player or default_player
        new = Header(dispute, content, case or default_case, whose, _stamp(clock), assignment or "")
        given = _Given(dispute, content, assignment, player, case)
        if read_only and not isinstance(path, Sheet):
            transcript = read_journal(path)
            _must_agree(str(path), transcript.header, given)
            journal = cls(transcript, Tip(), None, clock)
            journal.stop(f"{path} is open for reading only, so no decision is recorded.")
            return journal
        with _one_at_a_time:
            place, older = _find(path)
            try:
                data = place.read()
                if unborn(data):
                    transcript, tip = _begin(place, new)
                else:
                    transcript, tip = parse(data, place.name)
                    _must_agree(place.name, transcript.header, given)
                    _must_fit(place, transcript)
                    transcript, tip = _mend(place, data, transcript, tip)
            except BaseException as problem:
                if older is None:
                    place.close()
                if isinstance(problem, JournalForeign) and place.advice:
                    raise type(problem)(problem.what.removesuffix("."), place.advice) from None
                raise
            if older is not None:
                older._stop(f"{place.name} was opened again since: use the newer session, which records there.")
            transcript = replace(transcript, notices=place.notices + transcript.notices)
            journal = cls(transcript, tip, place, clock)
            _open_journals[place.identity] = journal
            return journal

    @classmethod
    def memory(cls, *, dispute: str, content: str, case: str, player: str = "", assignment: str = "") -> Self:
        """A journal on a sheet that nobody keeps, for pages where nothing may be kept."""
        return cls.open(
            Sheet(), dispute=dispute, content=content, default_case=case, default_player=player, assignment=assignment
        )

    @property
    def transcript(self) -> Transcript:
        """What was found and what was recorded since; the last attempt is the one being played."""
        if not self._is_told:
            self._transcript = replace(self._transcript, attempts=self._attempts.frozen())
            self._is_told = True
        return self._transcript

    @property
    def saved(self) -> bool:
        """Whether every recorded decision is on the disk, or with whoever keeps the sheet, and the next one will be."""
        kept = self._place is not None and self._place.saved != ""
        return kept and self._refusal is None and self._trouble is None

    @property
    def status(self) -> str:
        """A sentence for the person: where decisions are saved, or why they are not."""
        where = self._place.saved if self._place is not None else ""
        return (
            self._refusal or self._trouble or where or "Decisions are kept in memory only and go when this page goes."
        )

    @property
    def to_reopen(self) -> bool:
        """Whether decisions are not saved, and opening the journal again is a way on."""
        return self._place is not None and self._place.saved != "" and not self.saved

    def rescue(self) -> None:
        """Before it is opened again: write the file anew where it is gone, with every decision that was saved."""
        with _one_at_a_time:
            if self._place is not None:
                self._place.write_back()

    def record(self, move: str) -> None:
        """Append a decision. On return it is on the disk; on JournalError the journal is as it was before."""
        if not is_text(move) or not move:
            raise JournalError(f"Not recorded: a decision is a line of 1 to {TEXT_LIMIT} characters.")
        self._append({"move": move})

    def hint(self, level: int) -> None:
        """Append that a hint of this level (1 to 3) was asked for, before the decision that follows."""
        if not is_level(level):
            raise JournalError(f"Not recorded: a hint is of level 1, 2 or 3, not {level}.")
        self._append({"hint": level})

    def note(self, side: str, causes: Sequence[str], heard: Sequence[int] = ()) -> None:
        """Append what the mediator thinks stands in the way of a side, and which answers of this attempt say so."""
        with _one_at_a_time:
            if not (is_id(side) and is_causes(causes) and is_heard(heard, len(self._attempts.last.moves))):
                raise JournalError(
                    f"Not recorded: a note names a side, 1 to {CAUSES} causes and at most {HEARD} decisions made."
                )
            self._append({"belief": side, "causes": list(causes), "heard": list(heard)})

    def new_attempt(self, case: str) -> None:
        """Begin again in the same journal; nothing to do while nothing was decided since the last beginning."""
        with _one_at_a_time:
            if self._attempts.last.moves or self._attempts.last.parent:
                self._append(self._attempts.fresh(case))

    def branch(self, parent: int, kept: int) -> None:
        """Go back to after the first `kept` decisions of attempt `parent` and go on from there as a new attempt.

        JournalError if there are no such decisions; nothing to do where the present attempt stands there already.
        """
        with _one_at_a_time:
            said, last = self._attempts.branch(parent, kept), self._attempts.last
            here = parent == len(self._attempts) or (parent, kept) == (last.parent, last.kept)
            if not here or kept < len(last.moves):
                self._append(said)

    def stop(self, refusal: str) -> None:
        """Let go of the file and record nothing more, for the reason in this sentence."""
        with _one_at_a_time:
            if self._place is not None:
                self._place.close()
            self._stop(refusal)

    def close(self) -> None:
        """Let other programs have the file. Every decision is on the disk already."""
        if self._place is not None:
            self.stop(f"{self._place.name} is closed: open it again to go on.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _append(self, said: dict[str, Any]) -> None:
        with _one_at_a_time:
            if self._place is None or self._refusal is not None:
                raise JournalError(self.status)
            if "attempt" in said and len(self._attempts) >= self._place.most_attempts:
                raise JournalError(
                    f"{self._place.name} holds no more than {len(self._attempts)} attempts: begin a new one."
                )
            # An interrupt below may part memory from disk; then this stands until the lines are read again.
            self._refusal = "Saving was interrupted. Open the journal again: run the cell, or load the page."
            seq = self._tip.seq + 1
            line = seal({"seq": seq, **said, "at": _stamp(self._clock), "prev": self._tip.hash})
            try:
                size = self._place.append(line + b"\n", self._tip.size)
            except JournalError as problem:
                self._refusal, self._trouble = None, str(problem)
                raise
            self._tip = Tip(size, seq, hash_in(line))
            self._attempts.take(said)
            self._is_told = False
            self._refusal = self._trouble = None

    def _stop(self, refusal: str) -> None:
        if self._place is not None:
            _open_journals.pop(self._place.identity, None)
        self._place, self._refusal = None, refusal


# Cells and a widget's messages may run on different threads of a kernel.
_one_at_a_time = threading.RLock()
# By what tells files apart, so that links and relative paths to one file are the same journal.
_open_journals: WeakValueDictionary[Hashable, Journal] = WeakValueDictionary()


def _find(path: str | os.PathLike[str] | Sheet) -> tuple[Place, Journal | None]:
    """The lines that are meant, and the journal of this process that has them open."""
    if isinstance(path, Sheet):
        return path, _open_journals.get(path.identity)
    path = Path(path)
    older = _open_journals.get(ledger.find(path))
    file = older._place if older else None
    if isinstance(file, Ledger):
        file.found_at(path)
    return file or Ledger(path), older


def _begin(place: Place, header: Header) -> tuple[Transcript, Tip]:
    """Write the heading of a new journal."""
    if not all(map(is_text, (header.case, header.player, header.assignment))):
        raise JournalError(
            f"No journal was begun: case, player and assignment are lines of up to {TEXT_LIMIT} characters."
        )
    line = seal(header.said())
    place.cut(0)
    size = place.append(line + b"\n", 0)
    return Transcript(header, (Attempt(header.case, ()),)), Tip(size, 0, hash_in(line))


def _mend(place: Place, data: bytes, transcript: Transcript, tip: Tip) -> tuple[Transcript, Tip]:
    """Make the lines end where trust ends; keep a copy of a damaged file first, and say so."""
    if transcript.damage is not None:
        transcript = replace(transcript, notices=(*transcript.notices, place.keep_damaged(data)))
    if tip.size < len(data):
        place.cut(tip.size)
    if not data.endswith(b"\n", 0, tip.size):
        tip = tip._replace(size=place.append(b"\n", tip.size))
    return transcript, tip


_ADVICE = "name another file to start afresh"


class _Given(NamedTuple):
    """What a journal must agree with; None is agreed with by every journal."""

    dispute: str
    content: str
    assignment: str | None
    player: str | None
    case: str | None


def _must_agree(name: str, header: Header, given: _Given) -> None:
    """JournalForeign for the journal of something else. Its case is not named, for a player is not told it."""
    if header.dispute != given.dispute:
        raise JournalForeign(f"{name} is the journal of another dispute ({header.dispute})", _ADVICE)
    if given.player is not None and not same_person(header.player, given.player):
        raise JournalForeign(f"{name} is the journal of another player ({header.player})", _ADVICE)
    if given.assignment not in (None, header.assignment):
        whose = f"of another assignment ({header.assignment})" if header.assignment else "of practice"
        raise JournalForeign(f"{name} is the journal {whose}, and this is {given.assignment or 'practice'}", _ADVICE)
    if unlike := header.unlike(given.content):
        raise JournalOutdated(f"{name} {unlike}", _ADVICE)
    if given.case not in (None, header.case):
        raise JournalForeign(f"{name} is the journal of another case", _ADVICE)


def _must_fit(place: Place, transcript: Transcript) -> None:
    """JournalForeign for one that holds more attempts than there may be in its place."""
    if (found := len(transcript.attempts)) > place.most_attempts:
        what = f"{place.name} holds {found:,} attempts, and here at most {place.most_attempts:,} can be gone on with"
        raise JournalForeign(what, _ADVICE)


def _stamp(clock: Callable[[], datetime]) -> str:
    """The wall time with its zone, to the second."""
    return clock().astimezone().isoformat(timespec="seconds")
