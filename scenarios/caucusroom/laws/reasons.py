"""Why a move cannot be made now: a key, and the name it speaks of. What it says in words stands in `words`."""

from __future__ import annotations

from typing import NamedTuple

from ..words import en


class Reason(NamedTuple):
    """A reason; `str()` of it is a sentence."""

    key: str
    name: str = ""

    def __str__(self) -> str:
        return en.REASONS[self.key].format(self.name)
