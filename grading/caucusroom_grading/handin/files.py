"""Reading what somebody else has put into a folder: ordinary files only, of a size that fits, and nothing else."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

SET_ASIDE = "set-aside.txt"
JOURNAL_MARK = b'{"caucusroom":'
_LONGEST_RECORD = 100_000


class Unfit(Exception):
    """Why a file was not read: a `kind` (missing, not-a-file, too-large, unreadable) and the rest of a sentence."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(kind, words)  # both, for it is sent from one process to another
        self.kind = kind
        self.words = words

    def __str__(self) -> str:
        return self.words


def read_file(path: Path, limit: int) -> bytes:
    """The bytes of an ordinary file, at most `limit` of them; Unfit for whatever else is there.

    No link is followed, no device or pipe is waited for: it is looked at before it is opened, and again after.
    """
    try:
        _must_fit(path.lstat(), limit)
        safely = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, os.O_RDONLY | safely), "rb") as file:
            _must_fit(os.fstat(file.fileno()), limit)
            data = file.read(limit + 1)
    except FileNotFoundError:
        if _was_set_aside(path):
            raise Unfit("not-a-file", f"was no ordinary file and was taken out (see {SET_ASIDE})") from None
        raise Unfit("missing", "is not there") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Unfit("unreadable", f"cannot be read ({reason})") from None
    if len(data) > limit:
        raise Unfit("too-large", f"is larger than {limit:,} bytes")
    return data


def _must_fit(status: os.stat_result, limit: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise Unfit("not-a-file", f"is {_what(status.st_mode)} and no ordinary file")
    if status.st_size > limit:
        raise Unfit("too-large", f"is too large ({status.st_size:,} bytes, at most {limit:,})")


def _what(mode: int) -> str:
    for is_one, name in (
        (stat.S_ISLNK, "a link"),
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
    ):
        if is_one(mode):
            return name
    return "a device"


def set_aside(folder: Path) -> None:
    """Take links, devices, pipes and sockets out of a submission, and write down in `set-aside.txt` which they were.

    nbgrader copies the folder before anything else can be done: it would follow a link to wherever it leads, fail at
    a pipe, and never come to the end of a device. Unfit for what cannot be looked through.
    """
    found = []
    try:
        for place, folders, files in os.walk(folder):
            for path in (Path(place, name) for name in sorted(folders + files)):
                mode = path.lstat().st_mode
                if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                    path.unlink()
                    found.append(f"{_what(mode)}: {shown(path.name)}\n")
    except RecursionError:
        raise Unfit("unreadable", "in it lies in too many folders, one within another") from None
    except OSError as error:
        raise Unfit("unreadable", f"in it cannot be looked at ({error.strerror})") from None
    if found:
        with suppress(OSError), (folder / SET_ASIDE).open("a", encoding="utf-8") as record:
            record.writelines(found)


def _was_set_aside(path: Path) -> bool:
    if path.name == SET_ASIDE:
        return False
    try:
        record = read_file(path.with_name(SET_ASIDE), _LONGEST_RECORD).decode()
    except (Unfit, ValueError):
        return False
    return any(line.endswith(f": {path.name}") for line in record.splitlines())


def shown(text: str, most: int = 80) -> str:
    """What somebody else wrote, fit for a sentence: no control characters, not too long."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in text)
    return plain if len(plain) <= most else f"{plain[:most]}…"


def journals_in(folder: Path) -> list[Path]:
    """The journals in a folder and below, by what they say, whatever they are called."""
    found = []
    for path in sorted(folder.rglob("*")):
        with suppress(OSError):
            if path.is_file() and path.open("rb").read(len(JOURNAL_MARK)) == JOURNAL_MARK:
                found.append(path)
    return found
