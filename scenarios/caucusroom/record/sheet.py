"""A journal without a file: its text, for a host that keeps it itself, such as a page in a browser."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from .ledger import JournalError, JournalForeign

SHEET_LIMIT = 256_000  # bytes; with the least that a line can say, fewer than 4,000 decisions
ATTEMPTS = 100  # whoever takes a stranger's text has to read and hold them all


class Written(NamedTuple):
    """What whoever keeps the text has to do: put `lines` at `size` of it, and let it end there.

    `size` is counted as browsers count: in UTF-16 code units.
    """

    size: int
    lines: str


class Sheet:
    """What a journal says, in memory: `text` is what was kept of it. JournalForeign if that is too long.

    `saved` says in words where the host keeps it; where it is "" nobody does.
    """

    name = "This record"
    advice = "choose another one, or begin anew"
    most_attempts = ATTEMPTS
    notices: tuple[str, ...] = ()

    def __init__(self, text: str = "", saved: str = "") -> None:
        if len(text) > SHEET_LIMIT or len(data := _bytes(text)) > SHEET_LIMIT:
            what = f"{self.name} is too long to be gone on with here (at most {SHEET_LIMIT:,} bytes)"
            raise JournalForeign(what, self.advice)
        self.saved = saved
        self._data = bytearray(data)
        self._kept = len(data)  # bytes that are with the host

    @property
    def identity(self) -> Hashable:
        return self

    @property
    def text(self) -> str:
        return self._data.decode("utf-8", "surrogatepass")

    def written(self) -> Written:
        """What has changed since this was last asked, or since the text was given."""
        before, lines = (
            part.decode("utf-8", "surrogatepass") for part in (self._data[: self._kept], self._data[self._kept :])
        )
        self._kept = len(self._data)
        return Written(len(before.encode("utf-16-le", "surrogatepass")) // 2, lines)

    def read(self) -> bytes:
        return bytes(self._data)

    def append(self, line: bytes, size: int) -> int:
        """Add `line` after the `size` bytes there are, and return the new size; JournalError if it is full."""
        if size + len(line) > SHEET_LIMIT:
            raise JournalError(f"{self.name} is full: begin a new one to go on.")
        self._data += line
        return len(self._data)

    def cut(self, size: int) -> None:
        """Drop all bytes after the first `size`."""
        del self._data[size:]
        self._kept = min(self._kept, size)

    def keep_damaged(self, data: bytes) -> str:
        """Say that what cannot be trusted is dropped: there is nowhere to put it."""
        return "What cannot be read of it is dropped, and it goes on from its intact part."

    def write_back(self) -> None:
        """There is no file that could be gone."""

    def close(self) -> None:
        """There is no file to let go of."""


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # halves of pairs, which no valid line has, are read as damage
