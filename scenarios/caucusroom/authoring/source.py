"""An author's YAML file: read it, remember which line each thing stands on, say what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError


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

    def line(self, *where: str | int) -> int:
        """The line, counted from 1, of the thing at this path of keys and places."""
        node, line = self.data, 0
        for step in where:
            marks = getattr(node, "lc", None)
            try:
                line = marks.key(step)[0] if hasattr(node, "keys") else marks.item(step)[0]  # type: ignore[union-attr]
                node = node[step]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
        return line + 1


def read_yaml(path: Path, problems: list[Problem]) -> Source | None:
    """Read one file; what cannot be read becomes a problem and None."""
    try:
        data = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
        plain(data)  # an alias inside what it names would have no end
        return Source(path, data)
    except FileNotFoundError:
        what = "this file is missing; `caucusroom new` shows what it holds"
        problems.append(Problem(path, 1, "missing-file", what))
    except (OSError, UnicodeDecodeError) as error:
        what = f"cannot be read as UTF-8 text ({error}); save it as UTF-8"
        problems.append(Problem(path, 1, "unreadable-file", what))
    except MarkedYAMLError as error:
        mark = error.problem_mark
        what = f"not valid YAML: {error.problem}; look at this line and the one above"
        problems.append(Problem(path, mark.line + 1 if mark else 1, "bad-yaml", what))
    except RecursionError:
        problems.append(
            Problem(
                path,
                1,
                "bad-yaml",
                "this is nested too deeply to be read; write it flatter, without an alias (*)",
            )
        )
    except (YAMLError, ValueError) as error:
        problems.append(Problem(path, 1, "bad-yaml", f"not valid YAML: {str(error).splitlines()[0]}"))
    return None


def read_shape(source: Source, model: type[BaseModel], data: Any, at: tuple[Any, ...], problems: list[Problem]) -> Any:
    """The data as `model`, or None after noting every problem of shape with its line."""
    try:
        return model.model_validate(plain(data))
    except ValidationError as error:
        for one in error.errors():
            where = at + tuple(one["loc"])
            problems.append(Problem(source.path, source.line(*where), *_shape_problem(one, where, model)))
        return None


def _shape_problem(one: Any, where: tuple[Any, ...], model: type[BaseModel]) -> tuple[str, str]:
    if where and where[-1] == "[key]":
        return "bad-name", f"“{where[-2]}” cannot be an id; use small letters, digits and _, a letter first"
    name = " → ".join(str(step) for step in where) or "this file"
    if one["type"] == "extra_forbidden" and " " in str(where[-1]) and one["input"] is None:
        return "unknown-key", f"{name}: this was read as a key; put a text that has a comma in it in quotes"
    if one["type"] == "extra_forbidden":
        known = sorted(_field_names(model))
        return "unknown-key", f"{name}: there is no “{where[-1]}” here{nearest(str(where[-1]), known)}"
    if one["type"] == "missing":
        return "missing-key", f"{name} is missing; add it"
    if one["type"] == "value_error":
        return "bad-value", f"{name}: {one['ctx']['error']}"
    return "bad-value", f"{name}: {one['msg'].lower()} (found {_short(one['input'])})"


def _field_names(model: type[BaseModel], seen: frozenset[type] = frozenset()) -> set[str]:
    names = {info.alias or name for name, info in model.model_fields.items()}
    for info in model.model_fields.values():
        for part in _models_in(info.annotation):
            if part not in seen:
                names |= _field_names(part, seen | {model})
    return names


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def plain(data: Any) -> Any:
    """Built-in types only, whatever the YAML reader made."""
    if isinstance(data, dict):
        return {str(key): plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    if isinstance(data, str):
        return str(data)
    if isinstance(data, bool) or data is None:
        return data
    return int(data) if isinstance(data, int) else data


def nearest(name: str, known: Iterable[str]) -> str:
    """“; did you mean …?” with the closest known name, or the list of what there is."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    if near:
        return f"; did you mean “{near[0]}”?"
    if not names:
        return "; there are none"
    return f"; there are: {', '.join(names[:12])}{' …' if len(names) > 12 else ''}"
