"""A file that one process writes, and that grows by whole lines: on the disk, or not there at all."""

from __future__ import annotations

import errno
import itertools
import os
import stat
import sys
from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FILE_LIMIT = 5_000_000  # bytes; more than 20,000 decisions

_NOT_ALLOWED = "permission is missing. Make the file and its folder writable, or use another folder"
_REASONS = {
    errno.ENOSPC: "the disk is full. Free some space and try again",
    errno.EDQUOT: "your disk quota is used up. Free some space and try again",
    errno.EFBIG: "the file may not grow any more. Go on in a new journal under another name",
    errno.ENOENT: "the folder does not exist. Create it, or use another folder",
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: "the disk is read-only. Use another folder",
}


class JournalError(ValueError):
    """What is wrong with a journal, where, and what to do, in a sentence or two."""


class JournalForeign(JournalError):
    """What lies under the name of a journal is another's, or no journal: `set_aside` makes room for a new one.

    `what` is a sentence, without the `advice` that follows in the whole.
    """

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(f"{what}: {advice}." if advice else what)
        self.what = f"{what}." if advice else what


class JournalOutdated(JournalForeign):
    """It was begun with another edition or version than the one installed, which is nobody's fault."""


def find(path: Path) -> Hashable:
    """What tells the file at `path` from every other, or None. JournalForeign for what cannot be a journal."""
    with _in_words("Cannot open", path):
        try:
            status = path.stat()
        except FileNotFoundError:
            return None
    if not stat.S_ISREG(status.st_mode):
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "no ordinary file"
        raise JournalForeign(f"{path} is {what}", "name a file for the journal, such as strike.jsonl")
    if status.st_size > FILE_LIMIT:
        raise JournalForeign(
            f"{path} is too large for a journal ({status.st_size:,} bytes, at most {FILE_LIMIT:,}) "
            "and was left as it is",
            "name another file",
        )
    return _identity(status, path)


def set_aside(path: Path) -> Path:
    """Move what lies at `path` to the first free name `<stem>.aside-<n><suffix>` beside it, and return that.

    Nothing is deleted or written over. JournalError if it cannot be moved.
    """
    with _in_words("Nothing was set aside, for it cannot be moved away:", path):
        for number in itertools.count(1):
            aside = path.with_name(f"{path.stem}.aside-{number}{path.suffix}")
            try:
                if path.is_file() and not path.is_symlink():
                    os.link(path, aside)  # which takes no name that is taken
                    path.unlink()
                    return aside
            except FileExistsError:
                continue
            except OSError:
                pass  # a file system without links
            if not os.path.lexists(aside):
                path.rename(aside)
                return aside
    raise AssertionError("numbers do not end")


def read(path: Path) -> bytes:
    """The bytes of the file at `path`, which is neither locked nor changed."""
    if find(path) is None:
        raise JournalError(f"There is no journal {path}: check the name and the folder.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise JournalError(f"{path} cannot be read: {error.strerror}. Check who may read it.") from None


class Ledger:
    """Opens the file at `path`, or creates it, and locks it; JournalError if either cannot be done.

    `identity` tells it from every other file; `path` is where it was found last; `notices` are sentences for the
    person.
    """

    advice = ""
    most_attempts = FILE_LIMIT  # as many as there is room for

    def __init__(self, path: Path) -> None:
        self.notices: tuple[str, ...] = ()
        with _in_words("Decisions cannot be saved in", path):
            self._raw = path.open("a+b", buffering=0)
        self.identity = _identity(os.fstat(self._raw.fileno()), path)
        try:
            self.found_at(path)
            self._lock()
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        return str(self.path)

    @property
    def saved(self) -> str:
        return f"Saved in {self.path}."

    def found_at(self, path: Path) -> None:
        """Take `path`, which leads to this file, for the place where it is."""
        self.path = path
        with _in_words("Decisions cannot be saved in", path):
            self._real = path.resolve()
            self._folder = _identity(self._real.parent.stat(), self._real.parent)

    def _lock(self) -> None:
        """Lock the file itself: the lock goes when this process goes, however it goes."""
        try:
            if sys.platform == "win32":
                self._raw.seek(FILE_LIMIT)  # a byte that no reader needs
                msvcrt.locking(self._raw.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._raw, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (OSError, AttributeError) as error:  # a browser's file system has no such function
            if getattr(error, "errno", None) in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                raise JournalError(
                    f"{self.path} is in use by another notebook or program, so no decision can be recorded "
                    "here. Shut that kernel or program down, then run this again."
                ) from None
            self.notices = (f"Files cannot be locked here: do not open {self.path} in two notebooks at once.",)

    def read(self) -> bytes:
        with _in_words("Cannot read", self.path):
            self._raw.seek(0)
            return self._raw.readall()

    def append(self, line: bytes, size: int) -> int:
        """Write and sync `line` after the `size` bytes there are, and return the new size.

        On JournalError the file is as it was. Should even taking the line back fail, the next call finds
        another size than it was told, and refuses.
        """
        if size + len(line) > FILE_LIMIT:
            raise JournalError(f"{self.path} is full. Go on in a new journal under another name.")
        self._must_be_as_left(size)
        with _in_words("This decision was not recorded in", self.path):
            try:
                rest = line
                while rest:
                    rest = rest[self._raw.write(rest) :]
                os.fsync(self._raw.fileno())
            except OSError:
                with suppress(OSError):
                    self._raw.truncate(size)
                    os.fsync(self._raw.fileno())
                raise
        if size == 0:
            self._sync_folder()
        return size + len(line)

    def _must_be_as_left(self, size: int) -> None:
        """JournalError unless the file is where it was or where its folder is now, and `size` bytes long."""
        if not self._is_at(self._real):
            self._follow_folder()
        with _in_words("This decision was not recorded in", self.path):
            now = self._real.stat().st_size
        if now != size:
            raise JournalError(
                f"{self.path} was changed by something else while it was open, so this decision was not recorded. "
                "Open it again to go on from what it says now."
            )

    def _is_at(self, path: Path) -> bool:
        try:
            return _identity(path.stat(), path) == self.identity
        except OSError:
            return False

    def _follow_folder(self) -> None:
        """Find the file again where its folder is now; JournalError, in words, if it is not there."""
        name = self._real.name
        for place in self._places():
            with suppress(OSError):
                if _identity(place.parent.stat(), place.parent) == self._folder and self._is_at(place):
                    self.path, self._real = place, place
                    return
        moved = next(filter(self._is_at, self._places()), None)
        if moved is not None:
            what = f"was moved while it was open: it is {moved} now. Move it back, and open it again to go on"
        elif os.path.lexists(self._real):
            what = "was replaced by another file while it was open. Open it again to see what is there now"
        else:
            what = f"was moved or deleted while it was open. Put {name} back, or open it again to write it anew"
        raise JournalError(f"{self.path} {what}. This decision was not recorded.")

    def _places(self) -> Iterator[Path]:
        """Where the file may be now, by what the system says of an open file and by where this process is."""
        with suppress(OSError):
            yield Path(os.readlink(f"/proc/self/fd/{self._raw.fileno()}"))  # noqa: PTH115  # no file of ours
        with suppress(OSError):
            yield Path.cwd() / self._real.name

    def write_back(self) -> None:
        """Where nothing is left at its path, write there all that the open file holds; JournalError if that fails."""
        data = self.read()
        with _in_words("The journal cannot be written anew:", self._real), suppress(FileExistsError):
            with self._real.open("xb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            self._sync_folder()

    def cut(self, size: int) -> None:
        """Drop all bytes after the first `size`."""
        with _in_words("Decisions cannot be saved in", self.path):
            self._raw.truncate(size)
            os.fsync(self._raw.fileno())

    def keep_damaged(self, data: bytes) -> str:
        """Write `data` to the first free name `<stem>.damaged-<n><suffix>` beside the file, and say so."""
        names = (f"{self._real.stem}.damaged-{n}{self._real.suffix}" for n in itertools.count(1))
        copy = next(path for path in map(self._real.with_name, names) if not path.exists())
        with _in_words(f"{self.path} is damaged and was left as it is, for it could not be copied to", copy):
            try:
                with copy.open("xb") as out:
                    out.write(data)
                    out.flush()
                    os.fsync(out.fileno())
            except OSError:
                copy.unlink(missing_ok=True)
                raise
        self._sync_folder()
        return f"The damaged journal was kept as {copy.name}; {self.path} goes on from its intact part."

    def _sync_folder(self) -> None:
        """Make a new name in the folder as durable as the file it names, where a folder can be synced."""
        with suppress(OSError):
            folder = os.open(self._real.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def close(self) -> None:
        self._raw.close()


@contextmanager
def _in_words(failure: str, path: Path) -> Iterator[None]:
    """Turn what the system refuses into a sentence that begins with `failure`."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or f"{error.strerror}. Use another file or folder"
        raise JournalError(f"{failure} {path}: {reason}.") from None
    except ValueError as error:  # such as a name with a null character
        raise JournalError(f"{failure} {str(path)!r}: {error}. Use another name.") from None


def _identity(status: os.stat_result, path: Path) -> Hashable:
    """Device and inode; the path where the file system has no such numbers."""
    return (status.st_dev, status.st_ino) if status.st_ino else str(path.resolve())
