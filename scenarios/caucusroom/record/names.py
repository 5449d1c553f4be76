"""Whose a journal is: who plays, by the rule of whoever collects the work, and when two names are one person's."""

from __future__ import annotations

import os
import unicodedata

SHARED = "jovyan"
"""The system's name for whoever uses a container; who that is, the Hub says."""


def who_plays() -> str:
    """The name under which nbgrader hands in the work of this process (its `get_username`).

    That is the name of the operating system's user, unless it is `jovyan`: then the Hub's, where there is one. Where
    the system has no names, as in a browser, it is `somebody`.
    """
    name = _system_name()
    return os.environ.get("JUPYTERHUB_USER", name) if name == SHARED else name


def _system_name() -> str:
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError, OSError, AttributeError):  # there are no users here, or this one has no name
        return os.environ.get("USERNAME") or "somebody"


def plain_name(name: str) -> str:
    """A name as it is compared and drawn for: without regard to case and to how accents are encoded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def same_person(one: str, other: str) -> bool:
    """Whether two names are taken for one person's: `Ana` and `ana` are, `ana` and `jupyter-ana` are not."""
    return plain_name(one) == plain_name(other)
