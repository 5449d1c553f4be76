"""An author's YAML file: read it, remember which line each thing stands on, say what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from .yaml_text import Place, YamlFault, read

ALL_SHOWN, NEAREST_SHOWN = 20, 5
"""So many names are all listed where one was not known; of more only the nearest."""


class Problem(NamedTuple):
    """One thing wrong with a file: where (line from 1), what it is and what to do; `rule` names the check."""

    file: Path
    line: int
    rule: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class DisputeError(ValueError):
    """A dispute that cannot be compiled; the message lists every problem found, one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Source:
    """One YAML file as its author wrote it, able to say on which line a thing stands."""

    path: Path
    data: Any
    place: Place

    def line(self, *where: str | int) -> int:
        """The line, counted from 1, of the thing at this path of keys and places."""
        return self.place.at(*where)


def read_yaml(path: Path, problems: list[Problem]) -> Source | None:
    """Read one file; what cannot be read becomes a problem and None."""
    try:
        return Source(path, *read(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        what = "this file is missing; `caucusroom new` shows what it holds"
        problems.append(Problem(path, 1, "missing-file", what))
    except (OSError, UnicodeDecodeError) as error:
        what = f"cannot be read as UTF-8 text ({error}); save it as UTF-8"
        problems.append(Problem(path, 1, "unreadable-file", what))
    except YamlFault as fault:
        problems.append(Problem(path, fault.line, "bad-yaml", str(fault)))
    return None


def nearest(name: str, known: Iterable[str]) -> str:
    """“; did you mean …?” with the closest known name, or what there is: all of it, or the nearest of many."""
    names = sorted(set(known))
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    if near:
        return f"; did you mean “{near[0]}”?"
    if not names:
        return "; there are none"
    if len(names) <= ALL_SHOWN:
        return f"; there are: {', '.join(names)}"
    alike = sorted(names, key=lambda one: (-SequenceMatcher(None, one, name).ratio(), one))[:NEAREST_SHOWN]
    return f"; the nearest of {len(names)}: {', '.join(alike)}"
