"""Searches that an author has paid for once: what they found is remembered, by what is played.

In a small file in the user's own cache folder, named by a hash of everything that a search depends on: the dispute
as it is played, the techniques and the rules' own source. Whatever is wrong with that file, it is as if there were
none.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..laws.outcome import worth
from ..model.dispute import Case
from ..model.moves import Move, MoveError
from ..playing import Playing
from ..search.solve import solve

PACKAGE = Path(__file__).parents[1]
RULES = ("laws", "model", "search")
"""The folders whose source decides what a search finds."""

KEPT = 40
"""Files kept; the oldest go."""


@dataclass(frozen=True)
class Search:
    """What came of looking for an end of a case worth more than `beat`, within so many tries.

    `worth` and `line` are those of the best end met; `beat` itself and () where none better was.
    """

    beat: int
    worth: int
    line: tuple[str, ...]
    tries: int
    proven: bool

    @property
    def moves(self) -> tuple[Move, ...]:
        return tuple(map(Move.of, self.line))

    def answers(self, beat: int, tries: int) -> Search | None:
        """What this says about another question, or None."""
        if self.proven and self.worth <= beat:
            return Search(beat, beat, (), self.tries, True)
        if (self.proven and self.beat <= beat) or (self.beat == beat and self.tries >= tries):
            return self
        if self.proven and self.line:
            return Search(beat, self.worth, self.line, self.tries, True)
        return None


class Searches:
    """Searches in one dispute, remembered from the last time it was checked."""

    def __init__(self, played: Any, folder: Path | None = None) -> None:
        self._file = file_for(played, folder)
        self._known: dict[str, list[Search]] = {}
        for name, searches in _read(self._file).items():
            self._known[name] = [one for raw in searches if (one := _search(raw)) is not None]

    def best(self, case: Case, tries: int, beat: int = -1, name: str = "") -> Search:
        """The best end of a case that is worth more than `beat`, looked for once.

        `name` tells apart what is searched for under the same case; the same case has to have the same name.
        """
        known = self._known.setdefault(f"{case.id} {name}".strip(), [])
        for one in known:
            answer = one.answers(beat, tries)
            if answer is not None and _holds(case, answer):
                return answer
        found = solve(case, tries=tries, beat=beat)
        search = Search(beat, found.worth, tuple(map(str, found.line)), tries, found.proven)
        known[:] = [search, *(one for one in known if one.proven or one.beat != beat)]
        self._keep()
        return search

    def _keep(self) -> None:
        """Write down what was found, if it can be: after each search, for the next may be broken off."""
        if self._file is None:
            return
        data = {name: [asdict(one) for one in searches] for name, searches in self._known.items()}
        part = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(data), encoding="utf-8")
            part.replace(self._file)
            files = sorted(self._file.parent.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
            for old in files[KEPT:]:
                old.unlink(missing_ok=True)
        except OSError:
            return


def cache_folder() -> Path | None:
    """Where this user's caches are; None where there is no such place."""
    named = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None)
    if named and Path(named).is_absolute():
        return Path(named)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache")


def file_for(played: Any, folder: Path | None = None) -> Path | None:
    """The file for a dispute that is played so, under the rules as they are here."""
    folder = folder or cache_folder()
    if folder is None:
        return None
    hashed = hashlib.sha256(json.dumps(played, sort_keys=True).encode())
    for source in _sources():
        hashed.update(source.read_bytes())
    return folder / "caucusroom" / "searches" / f"{hashed.hexdigest()[:32]}.json"


def _sources() -> Iterable[Path]:
    return sorted(file for part in RULES for file in (PACKAGE / part).rglob("*.py"))


def _read(file: Path | None) -> dict[str, list[Any]]:
    try:
        data = json.loads(file.read_text(encoding="utf-8")) if file else {}
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {str(name): searches for name, searches in data.items() if isinstance(searches, list)}


def _search(raw: Any) -> Search | None:
    try:
        one = Search(**{**raw, "line": tuple(raw["line"])})
    except (KeyError, TypeError):
        return None
    numbers = all(type(number) is int for number in (one.beat, one.worth, one.tries))
    return one if numbers and type(one.proven) is bool and all(isinstance(move, str) for move in one.line) else None


def _holds(case: Case, search: Search) -> bool:
    """Whether a remembered line is worth what it is said to be."""
    if not search.line:
        return search.worth == search.beat
    playing = Playing(case)
    try:
        for move in search.moves:
            playing.play(move)
    except MoveError:
        return False
    state = playing.now.state
    return bool(state.ending) and worth(case, state) == search.worth
