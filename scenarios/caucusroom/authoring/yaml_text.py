"""YAML as authors of disputes write it: read strictly, with the line of every part.

Only what such a file needs: mappings, lists and texts. Plain words mean what the core of YAML 1.2 says (null,
true, false, numbers), so `on`, `yes` and `no` are words, 9:30 is no number and a date is no date; keys are always
texts. An alias (*), an anchor (&) and a tag (!) are refused where they stand: a text that begins so was meant to
be in quotes, and aliases let ten lines stand for a thousand million.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

LOADER = getattr(yaml, "CLoader", yaml.Loader)
"""libyaml's parser where PyYAML has it, which is nearly everywhere; the slow one says the same."""

DEEPEST = 40
"""So many brackets inside brackets are nobody's dispute."""

WORDS = {"": None, "~": None} | {
    written: value
    for word, value in (("null", None), ("true", True), ("false", False))
    for written in (word, word.capitalize(), word.upper())
}
WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
OTHER_BASE = re.compile(r"0(o[0-7]{1,18}|x[0-9a-fA-F]{1,15})")
LONGEST_NUMBER = 24
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


class YamlFault(ValueError):
    """A text that cannot be read as YAML; `line` counts from 1."""

    def __init__(self, line: int, what: str) -> None:
        self.line = line
        super().__init__(what)


@dataclass(slots=True)
class Place:
    """Where a thing stands (its key, if it has one), and where its parts do; lines count from 1."""

    line: int
    parts: dict[str | int, Place] = field(default_factory=dict)

    def at(self, *where: str | int) -> int:
        """The line of the thing at this path of keys and places, or of the last on the way that is there."""
        place = self
        for step in where:
            if step not in place.parts:
                break
            place = place.parts[step]
        return place.line


def read(text: str) -> tuple[Any, Place]:
    """What a text says, in dicts, lists, texts, numbers, booleans and None, and where. Raises YamlFault."""
    text = text.removeprefix("\ufeff")
    events = _events(text)
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            break
    else:
        return None, Place(1)
    top = Place(1)
    data = _Reading(events).part(top)
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            raise YamlFault(_line(event), "a second document begins here; take out the ---")
    return data, top


def plain_word(word: str) -> Any:
    """What a word without quotes means."""
    if word in WORDS:
        return WORDS[word]
    if len(word) > LONGEST_NUMBER:
        return word
    if WHOLE.fullmatch(word):
        return int(word)
    if OTHER_BASE.fullmatch(word):
        return int(word, 0)
    if DECIMAL.fullmatch(word):
        return float(word.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return word


class _Reading:
    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._depth = 0

    def part(self, place: Place) -> Any:
        return self._value(next(self._events), place)

    def _value(self, event: Any, place: Place) -> Any:
        _refuse_names(event)
        if isinstance(event, yaml.ScalarEvent):
            return plain_word(event.value) if event.implicit[0] else event.value
        self._depth += 1
        if self._depth > DEEPEST:
            raise YamlFault(_line(event), "this is nested too deeply to be read; write it flatter")
        made = self._list(place) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(place)
        self._depth -= 1
        return made

    def _list(self, place: Place) -> list[Any]:
        made: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            place.parts[len(made)] = part = Place(_line(event))
            made.append(self._value(event, part))
        return made

    def _mapping(self, place: Place) -> dict[str, Any]:
        made: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            _refuse_names(event)
            if not isinstance(event, yaml.ScalarEvent):
                what = "a key must be a word with a colon after it; put a text that begins with [ or { in quotes"
                raise YamlFault(_line(event), what)
            key = event.value
            if key in made:
                first = place.parts[key].line
                raise YamlFault(_line(event), f"“{key}” stands in line {first} already; take one of them out")
            place.parts[key] = part = Place(_line(event))
            made[key] = self.part(part)
        return made


def _refuse_names(event: Any) -> None:
    if isinstance(event, yaml.AliasEvent):
        what = (
            f"an alias (*{event.anchor}) cannot be used here; write it out, or put a text that begins with * in quotes"
        )
        raise YamlFault(_line(event), what)
    if event.anchor is not None:
        what = (
            f"an anchor (&{event.anchor}) cannot be used here; take it out, or put a text that begins with & in quotes"
        )
        raise YamlFault(_line(event), what)
    if event.tag is not None:
        raise YamlFault(_line(event), "a tag cannot be used here; put a text that begins with ! in quotes")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"not valid YAML: {error.problem}; look at this line and the one above"
        raise YamlFault(mark.line + 1 if mark else 1, what) from None
    except yaml.reader.ReaderError as error:
        odd = next((place for place, sign in enumerate(text) if not sign.isprintable() and sign not in "\t\n\r"), 0)
        what = f"a character that cannot be written in YAML ({error.reason}); take it out"
        raise YamlFault(text.count("\n", 0, odd) + 1, what) from None
    except (yaml.YAMLError, UnicodeError) as error:
        raise YamlFault(1, f"not valid YAML: {' '.join(str(error).split())}") from None
