"""The folder holds what it should not."""

from __future__ import annotations

import os
import shutil
import socket
import stat
from contextlib import chdir
from pathlib import Path

from tests.classroom import JOURNAL
from tests.hostile import Work, everything, hostile, nothing

TAKEN_OUT = (
    "The journal labor-strike.jsonl was no ordinary file and was taken out (see set-aside.txt), so nothing was judged."
)
NO_TIME = "timestamp.txt does not say a time: write the time of submission there."


def outside(work: Work) -> Path:
    """A file that is nobody's to read by way of a submission: here, the same journal, elsewhere."""
    target = work.trap.folder.with_name(f"{work.student}.jsonl")
    shutil.copy(work.journal, target)
    return target


@hostile(nothing, not_a_file=TAKEN_OUT)
def journal_linked_from_outside(work: Work) -> None:
    """A link out of the folder."""
    target = outside(work)
    work.journal.unlink()
    work.journal.symlink_to(target)


@hostile(nothing, not_a_file=TAKEN_OUT)
def journal_linked_to_nowhere(work: Work) -> None:
    """A link that leads nowhere."""
    work.journal.unlink()
    work.journal.symlink_to("nowhere")


@hostile(nothing, not_a_file=TAKEN_OUT)
def journal_without_end(work: Work) -> None:
    """A device that is never read to its end; where one may not be made, a link to it."""
    work.journal.unlink()
    try:
        os.mknod(work.journal, stat.S_IFCHR | 0o644, Path("/dev/zero").stat().st_rdev)
    except PermissionError:
        work.journal.symlink_to("/dev/zero")


@hostile(nothing, not_a_file=TAKEN_OUT)
def journal_that_is_a_pipe(work: Work) -> None:
    """A pipe, at which a reader waits for ever."""
    work.journal.unlink()
    os.mkfifo(work.journal)


@hostile(nothing, not_a_file=TAKEN_OUT)
def journal_that_is_a_socket(work: Work) -> None:
    """A socket."""
    work.journal.unlink()
    with chdir(work.folder), socket.socket(socket.AF_UNIX) as made:
        made.bind(JOURNAL)


@hostile(nothing, not_a_file="The journal labor-strike.jsonl is a folder and no ordinary file, so nothing was judged.")
def journal_that_is_a_folder(work: Work) -> None:
    """A folder of that name."""
    work.journal.unlink()
    work.journal.mkdir()
    (work.journal / "inner.jsonl").touch()


@hostile(nothing, unreadable="labor-strike.jsonl is not a caucusroom journal and was left as it is: name another file.")
def journal_that_is_the_gradebook(work: Work) -> None:
    """Another name for a file of the machine, which no link shows."""
    target = work.trap.folder.with_name("secret.db")
    target.write_bytes(b"SQLite format 3\0 and everybody's marks")
    work.journal.unlink()
    os.link(target, work.journal)


@hostile(everything)
def links_everywhere(work: Work) -> None:
    """Links to devices, to the root, to the folder itself and to a classmate's work."""
    (work.folder / "deep" / "er").mkdir(parents=True)
    for name, target in {
        "zero": "/dev/zero",
        "root": "/",
        "deep/self": "..",
        "deep/er/ann": "../../../a-honest-ann",
    }.items():
        (work.folder / name).symlink_to(target)
    os.mkfifo(work.folder / "deep" / "er" / "pipe")


@hostile(
    everything,
    notebook_unreadable="The notebook labor-strike.ipynb was no ordinary file and was taken out (see set-aside.txt): "
    "only the journal was graded.",
)
def notebook_linked_from_a_classmate(work: Work) -> None:
    """A link to what a classmate wrote."""
    work.notebook.unlink()
    work.notebook.symlink_to("../../a-honest-ann/labor-strike/labor-strike.ipynb")


@hostile(
    everything,
    notebook_unreadable="The notebook labor-strike.ipynb is a folder and no ordinary file: "
    "only the journal was graded.",
)
def notebook_that_is_a_folder(work: Work) -> None:
    """A folder of that name, with a notebook in it."""
    inner = work.notebook.read_bytes()
    work.notebook.unlink()
    work.notebook.mkdir()
    (work.notebook / "labor-strike.ipynb").write_bytes(inner)


@hostile(
    everything,
    notebook_unreadable="The notebook labor-strike.ipynb was no ordinary file and was taken out (see set-aside.txt): "
    "only the journal was graded.",
)
def notebook_that_is_a_pipe(work: Work) -> None:
    """A pipe, at which a reader waits for ever."""
    work.notebook.unlink()
    os.mkfifo(work.notebook)


@hostile(everything)
def names_that_are_tricks(work: Work) -> None:
    """Names that are commands, options, ends of lines, bytes that are no text, and as long as may be."""
    for name in (
        "$(touch ran)",
        "; touch ran",
        "-rf",
        "a\nb",
        "..\\..\\x",
        "%2e%2e%2f",
        "\x1b[31m",
        "\u202etxt.exe",
        "x" * 250,
    ):
        (work.folder / name).write_text("x")
    Path(os.fsdecode(os.fsencode(work.folder) + b"/\xff\xfe")).touch()


@hostile(everything)
def modules_in_the_way(work: Work) -> None:
    """Python that would be imported, and settings that would be read, if anything ran in this folder."""
    for name in ("json", "sitecustomize", "usercustomize", "caucusroom", "nbgrader", "nbgrader_config", "conftest"):
        (work.folder / f"{name}.py").write_text(work.code)
    (work.folder / "nbgrader_config.json").write_text('{"Autograde": {"autograde_preprocessors": []}}')


@hostile(
    nothing, no_journal="There is no journal labor-strike.jsonl in what was handed in, so there is nothing to judge."
)
def record_of_what_was_taken_out_forged(work: Work) -> None:
    """A record as long as a book, of things that never were."""
    (work.folder / "set-aside.txt").write_text("a link: x\n" * 1_000_000 + f"a link: {JOURNAL}\n")
    work.journal.unlink()


@hostile(None, failed=f"its {NO_TIME}")
def time_that_is_none(work: Work) -> None:
    """No time of submission, at which nbgrader itself would end, and grade nobody after."""
    (work.folder / "timestamp.txt").write_text("as late as I like")


@hostile(None, failed="its timestamp.txt is too large (100,000,000 bytes, at most 1,000).")
def time_without_end(work: Work) -> None:
    """A hundred megabytes of time."""
    with (work.folder / "timestamp.txt").open("ab") as file:
        file.truncate(100_000_000)


@hostile(None, failed="a file in it lies in too many folders, one within another.")
def folders_without_end(work: Work) -> None:
    """A folder in a folder, more often than Python can follow."""
    with chdir(work.folder):
        for _ in range(1500):
            Path("d").mkdir()
            os.chdir("d")
