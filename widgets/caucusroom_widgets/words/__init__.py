"""What the room says in words, apart from what disputes and the catalogue say: one module of plain tables a language.

In a text `{name}` is filled in by what is called so where it is said; ids stay as they are in every language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeAlias

from . import en

Table: TypeAlias = Mapping[str, str]
Plural: TypeAlias = Mapping[str, str]
"""Texts by the category of the number {n}, as Unicode names them: one, few, many, other …"""


class Words(Protocol):
    """The tables that a language has."""

    @property
    def ROOMS(self) -> Table: ...
    @property
    def SAID(self) -> Table: ...
    @property
    def STANDING(self) -> Table: ...
    @property
    def GROUPS(self) -> Table: ...
    @property
    def POSTURES(self) -> Mapping[str, tuple[str, str, str, str]]: ...
    @property
    def CHANGES(self) -> Mapping[str, tuple[str, str]]: ...
    @property
    def NOTES(self) -> Table: ...
    @property
    def READINGS(self) -> Table: ...
    @property
    def EARLY(self) -> Table: ...
    @property
    def SHORT(self) -> Table: ...
    @property
    def REFUSED(self) -> Table: ...
    @property
    def VISIT(self) -> Table: ...
    @property
    def GRADED(self) -> Table: ...
    @property
    def PLAIN(self) -> Table: ...
    @property
    def PAGE(self) -> Mapping[str, str | Plural]: ...


_LANGUAGES: Mapping[str, Words] = {"en": en}


def words(language: str = "en") -> Words:
    """The tables of a language."""
    return _LANGUAGES[language]
