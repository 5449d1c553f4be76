"""What people may say, laid out so that the lines that may fit a moment are found without a look at all the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from .levels import MOODS

OF_THE_MOMENT = frozenset({*MOODS, "room", "late"})
"""The conditions of a line that speak of how things stand; all others are names of what it is about."""

Name: TypeAlias = tuple[str, Any]
"""A condition and the name that it asks for."""


class Line(NamedTuple):
    """Something somebody may say, when every condition in `when` is met. `id` is the same in every language."""

    id: str
    who: str
    on: str
    when: Mapping[str, Any]
    say: str


class Shelf:
    """The lines that one side, or the mediator, has for one occasion, each under the rarest name that it asks for."""

    def __init__(self, lines: Sequence[Line]) -> None:
        often = Counter(name for line in lines for name in _names(line))
        self._under: dict[Name, list[tuple[int, Line]]] = {}
        self._anyway: list[tuple[int, Line]] = []
        for place, line in enumerate(lines):
            rarest = min(_names(line), key=often.__getitem__, default=None)
            (self._under.setdefault(rarest, []) if rarest else self._anyway).append((place, line))

    def lines(self, names: Mapping[str, str]) -> list[tuple[int, Line]]:
        """The lines that may be about what has these names, each after its place in the author's order."""
        found = self._anyway
        for name in names.items():
            if name in self._under:
                found = found + self._under[name]
        return found


def shelved(lines: Iterable[Line], party_of: Mapping[str, str]) -> Mapping[tuple[str, str], Shelf]:
    """The shelves by the id of the party whose people say the lines ("" for the mediator's) and by the occasion."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        found.setdefault((party_of.get(line.who, ""), line.on), []).append(line)
    return {key: Shelf(own) for key, own in found.items()}


def _names(line: Line) -> list[Name]:
    return [(name, wanted) for name, wanted in line.when.items() if name not in OF_THE_MOMENT]
