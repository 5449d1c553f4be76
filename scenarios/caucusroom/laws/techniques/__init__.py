"""The laws of the techniques: one module a group, one small function a technique that does more than answer causes."""

from __future__ import annotations

from ..law import PLAIN, Law, laws_in
from . import build, close, explore, listen, open, process, share, test

LAWS = laws_in(open, listen, explore, test, build, share, process, close)
"""The laws by technique; one that is not here only answers the causes that the catalogue says it answers."""


def law_of(technique: str) -> Law:
    return LAWS.get(technique, PLAIN)
