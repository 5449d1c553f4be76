"""The curriculum: what a mediator can do, why people get stuck and how that sounds. One copy, read by everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ANSWERED_BY_NEWS = {"distrust": "trust", "stale_picture": "corrected", "unrealistic": "corrected"}
"""The causes that information from the other side answers, each with the effect that a fact must have for it."""

Forum = str  # "joint", "caucus", "either", "process": see catalogue/techniques.yaml


@dataclass(frozen=True, slots=True)
class Needs:
    """What a technique needs in the side it is used on: trust at least, heat at most, anger heard."""

    trust: int = 0
    heat: int = 3
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Technique:
    """One thing a mediator can do, with its words and its numbers (`ticks` of 15 minutes)."""

    id: str
    name: str
    kind: str
    group: str
    forum: Forum
    joint: str
    ticks: int
    target: str
    answers: frozenset[str]
    needs: Needs
    miss: str
    definition: str
    precondition: str
    goes_wrong: str
    say: tuple[str, ...]
    helped: tuple[str, ...]
    missed: tuple[str, ...]
    early: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def hurts_in_joint(self) -> bool:
        return self.joint == "hurts"


@dataclass(frozen=True, slots=True)
class Entry:
    """A cause, cue, criterion or source: an id and its texts."""

    id: str
    texts: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.texts[name]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The curriculum: one copy, read by engine, room, lessons and judge."""

    techniques: Mapping[str, Technique]
    causes: Mapping[str, Entry]
    cues: Mapping[str, Entry]
    criteria: Mapping[str, Entry]
    sources: Mapping[str, Entry]
    replies: Mapping[str, Any]
