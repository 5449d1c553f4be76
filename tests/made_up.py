"""A language that nobody speaks: English in capitals, so that a text which is not taken from the tables stands out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any, cast

import caucusroom_widgets.words
from caucusroom_widgets.words import Words

LANGUAGES = cast(dict[str, Words], caucusroom_widgets.words._LANGUAGES)
_AS_IT_IS = ("language", "key.")


def made_up() -> Words:
    """The tables of that language. What is filled in keeps its name."""
    given = vars(LANGUAGES["en"]).items()
    return cast(Words, SimpleNamespace(**{name: _capitals(table) for name, table in given if name.isupper()}))


def tables(words: Words) -> Iterator[list[str]]:
    """The texts of each table."""
    for name, table in vars(words).items():
        if name.isupper():
            yield list(_texts(table))


def _texts(table: Any) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    else:
        for one in table.values() if isinstance(table, Mapping) else table:
            yield from _texts(one)


def _capitals(table: Any) -> Any:
    if isinstance(table, str):
        return re.sub(r"\{[^}]*\}|[^{}]+", lambda part: part[0] if part[0][0] == "{" else part[0].upper(), table)
    if isinstance(table, Mapping):
        return {key: one if str(key).startswith(_AS_IT_IS) else _capitals(one) for key, one in table.items()}
    return tuple(_capitals(one) for one in table)
