"""The command `caucusroom`. Exit status 0 only when all is well; what is wrong is said in one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from .commands import COMMANDS
from .streams import remark
from .usage import Misused

INTERRUPTED, MISUSED = 130, 2
EXTRAS = {
    "lab": ("jupyterlab", "ipykernel", "anywidget"),
    "grade": ("nbgrader",),
    "postgres": ("psycopg",),
    "demo": ("voila", "jinja2", "markdown_it"),
    "author": ("pydantic", "yaml", "jupytext"),
}
"""The modules that each extra brings."""


def main() -> None:
    """Run the command and leave with its status."""
    # nbgrader calls alembic by its name alone: let it be found although the environment may not be active.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal that lacks a character shows “?”
    sys.exit(_run(sys.argv[1:]))


def _run(words: Sequence[str]) -> int:
    try:
        status = COMMANDS.run(words)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return _complain("Interrupted.", INTERRUPTED)
    except BrokenPipeError:  # as in `caucusroom list | head -1`: nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains on leaving
        return 1
    except Misused as error:
        return _complain(f"{error} See: caucusroom --help", MISUSED)
    except ModuleNotFoundError as error:
        return _complain(_missing(error))
    except UnicodeDecodeError as error:
        return _complain(f"A file is not text in UTF-8 ({error.reason} at byte {error.start}): save it as UTF-8.")
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        return _complain(f"{named}{error.strerror or error}.")
    except ValueError as error:
        return _complain(str(error))


def _missing(error: ModuleNotFoundError) -> str:
    """Which extra brings a module that is not installed. Any other missing module is a defect."""
    module = (error.name or "").partition(".")[0]
    for extra, modules in EXTRAS.items():
        if module in modules:
            return f'This needs {module}, which is not installed: pip install "caucusroom[{extra}]" brings it.'
    raise error


def _complain(sentence: str, status: int = 1) -> int:
    remark(sentence)
    return status


if __name__ == "__main__":
    main()
