"""What goes out of the command, whatever the terminal speaks."""

from __future__ import annotations

import sys


def remark(sentence: str) -> None:
    """Say something beside what is printed: one line on the error stream."""
    print(f"caucusroom: {sentence}", file=sys.stderr)


def put(text: str) -> None:
    """Print a text as UTF-8, and nothing else."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
