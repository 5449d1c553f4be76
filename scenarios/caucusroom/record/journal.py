"""The journal: the file beside the notebook that keeps every decision, on the disk before anyone is told "saved".

What its lines say is told in `transcript.py`, which reads them.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Self
from weakref import WeakValueDictionary

from . import ledger
from .ledger import JournalError, JournalForeign, JournalOutdated, Ledger
from .names import same_person
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


class Journal:
    """The journal of one player in one case. Made by `Journal.open` or `Journal.memory`."""

    def __init__(
        self,
        transcript: Transcript,
        status: str,
        tip: Tip,
        file: Ledger | None,
        clock: Callable[[], datetime],
    ) -> None:
        self.header = transcript.header
        self.notices = transcript.notices
        self._damage = transcript.damage
        self._attempts = Attempts(transcript.attempts)
        self._status = status
        self._tip = tip
        self._file = file
        self._clock = clock
        self._refusal: str | None = None  # why nothing more can be recorded
        self._trouble: str | None = None  # why the last decision could not be, though the next one may

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
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
        on; if another process has, it is refused. With `read_only` the file is neither locked nor changed.
        """
        path = Path(path)
        whose = player or default_player
        new = Header(dispute, content, case or default_case, whose, _stamp(clock), assignment or "")
        given = _Given(dispute, content, assignment, player, case)
        if read_only:
            transcript = read_journal(path)
            _must_agree(path, transcript.header, given)
            journal = cls(transcript, "", Tip(), None, clock)
            journal.stop(f"{path} is open for reading only, so no decision is recorded.")
            return journal
        with _one_at_a_time:
            older = _open_journals.get(ledger.find(path))
            file = (older._file if older else None) or Ledger(path)
            try:
                file.found_at(path)
                data = file.read()
                if unborn(data):
                    transcript, tip = _begin(file, new)
                else:
                    transcript, tip = parse(data, path)
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
    def memory(cls, *, dispute: str, content: str, case: str, player: str = "", assignment: str = "") -> Self:
        """A journal without a file, for pages where nothing may be kept."""
        status = "Decisions are kept in memory only and go when this page goes."
        header = Header(dispute, content, case, player, _stamp(datetime.now), assignment)
        return cls(Transcript(header, (Attempt(case, ()),)), status, Tip(), None, datetime.now)

    @property
    def transcript(self) -> Transcript:
        """What was found and what was recorded since; the last attempt is the one being played."""
        return Transcript(self.header, self._attempts.frozen(), self.notices, self._damage)

    @property
    def saved(self) -> bool:
        """Whether every recorded decision is on the disk and the next one will be."""
        return self._file is not None and self._refusal is None and self._trouble is None

    @property
    def status(self) -> str:
        """A sentence for the person: where decisions are saved, or why they are not."""
        return self._refusal or self._trouble or self._status

    @property
    def to_reopen(self) -> bool:
        """Whether decisions are not saved, and opening the journal again is a way on."""
        return self._file is not None and not self.saved

    def rescue(self) -> None:
        """Before it is opened again: write the file anew where it is gone, with every decision that was saved."""
        with _one_at_a_time:
            if self._file is not None:
                self._file.write_back()

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
            if self._file is not None:
                self._file.close()
            self._stop(refusal)

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
                line = seal({"seq": seq, **said, "at": _stamp(self._clock), "prev": self._tip.hash})
                try:
                    size = self._file.append(line + b"\n", self._tip.size)
                except JournalError as problem:
                    self._refusal, self._trouble = None, str(problem)
                    raise
                self._tip = Tip(size, seq, hash_in(line))
                self._status = f"Saved in {self._file.path}."
            self._attempts.take(said)
            self._refusal = self._trouble = None

    def _stop(self, refusal: str) -> None:
        if self._file is not None:
            _open_journals.pop(self._file.identity, None)
        self._file, self._refusal = None, refusal


# Cells and a widget's messages may run on different threads of a kernel.
_one_at_a_time = threading.RLock()
# By what tells files apart, so that links and relative paths to one file are the same journal.
_open_journals: WeakValueDictionary[Hashable, Journal] = WeakValueDictionary()


def _begin(file: Ledger, header: Header) -> tuple[Transcript, Tip]:
    """Write the heading of a new journal."""
    if not all(map(is_text, (header.case, header.player, header.assignment))):
        raise JournalError(
            f"No journal was begun: case, player and assignment are lines of up to {TEXT_LIMIT} characters."
        )
    line = seal(header.said())
    file.cut(0)
    size = file.append(line + b"\n", 0)
    file.sync_folder()
    return Transcript(header, (Attempt(header.case, ()),)), Tip(size, 0, hash_in(line))


def _mend(file: Ledger, data: bytes, transcript: Transcript, tip: Tip) -> tuple[Transcript, Tip]:
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


_ADVICE = "name another file to start afresh"


class _Given(NamedTuple):
    """What a journal must agree with; None is agreed with by every journal."""

    dispute: str
    content: str
    assignment: str | None
    player: str | None
    case: str | None


def _must_agree(path: Path, header: Header, given: _Given) -> None:
    """JournalForeign for the journal of something else. Its case is not named, for a player is not told it."""
    if header.dispute != given.dispute:
        raise JournalForeign(f"{path} is the journal of another dispute ({header.dispute})", _ADVICE)
    if given.player is not None and not same_person(header.player, given.player):
        raise JournalForeign(f"{path} is the journal of another player ({header.player})", _ADVICE)
    if given.assignment not in (None, header.assignment):
        whose = f"of another assignment ({header.assignment})" if header.assignment else "of practice"
        raise JournalForeign(f"{path} is the journal {whose}, and this is {given.assignment or 'practice'}", _ADVICE)
    if unlike := header.unlike(given.content):
        raise JournalOutdated(f"{path} {unlike}", _ADVICE)
    if given.case not in (None, header.case):
        raise JournalForeign(f"{path} is the journal of another case", _ADVICE)


def _stamp(clock: Callable[[], datetime]) -> str:
    """The wall time with its zone, to the second."""
    return clock().astimezone().isoformat(timespec="seconds")
