"""The curriculum: what a mediator can do, why people get stuck and how that sounds. One copy, read by everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from .levels import MOST

NOT_READY = "not_ready"
"""The cause that nothing answers in the days there are: it can only be respected."""

SUBSTANCE = frozenset({"explore", "test", "build", "share"})
"""The groups of techniques that go to the matter itself."""


class Needs(NamedTuple):
    """What a technique needs in the side it is used on: trust at least, heat at most, anger heard."""

    trust: int = 0
    heat: int = MOST
    heard: bool = False


class Technique(NamedTuple):
    """One thing a mediator can do: what kind of act it is, where it is possible, its words and its numbers.

    `ticks` of 15 minutes; `rooms` are those it is possible in, `joint` what becomes of a private one at the table
    (hurts, refused or ""). What follows from it stands in `laws/techniques/`; techniques.yaml explains the rest.
    """

    id: str
    name: str
    kind: str
    act: str
    group: str
    forum: str
    rooms: frozenset[str]
    joint: str
    ticks: int
    target: str
    answers: frozenset[str]
    needs: Needs
    miss: str
    finds: int
    to_the_matter: bool
    calms: bool
    frame: bool
    definition: str
    goes_wrong: str
    say: tuple[str, ...]
    helped: tuple[str, ...]
    missed: tuple[str, ...]
    early: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def hurts_in_joint(self) -> bool:
        return self.joint == "hurts"

    @property
    def is_remedy(self) -> bool:
        """Whether answering causes is what it is for."""
        return self.act == "remedy"

    @property
    def asks(self) -> bool:
        """Whether it asks, and offers nothing."""
        return self.act == "question"

    @property
    def ends(self) -> bool:
        """Whether it is an end of the mediation, or of the day."""
        return self.act == "ending" or self.id == "adjourn"

    @property
    def is_of_substance(self) -> bool:
        return self.group in SUBSTANCE

    @property
    def can_find_what_it_answers(self) -> bool:
        """Whether it can bring up a cause in the very move that answers it."""
        return self.finds > 0 or self.asks


@dataclass(frozen=True, slots=True)
class Entry:
    """A cause, cue, criterion or source: an id and its texts."""

    id: str
    texts: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.texts[name]


class Cause(Entry):
    """Why somebody is stuck, and what kind of reason that is."""

    __slots__ = ()

    @property
    def anger(self) -> bool:
        """Whether it is an anger, which has to be heard before reasons are."""
        return bool(self.texts.get("anger"))

    @property
    def news(self) -> str:
        """The effect that information from the other side must have to answer it, or ""."""
        return str(self.texts.get("news", ""))

    @property
    def of_law_or_fact(self) -> bool:
        """Whether somebody qualified has to answer it, and never the mediator."""
        return bool(self.texts.get("of_law_or_fact"))

    @property
    def undermines_consent(self) -> bool:
        """Whether a yes is worth little while it lasts."""
        return bool(self.texts.get("undermines_consent"))


@dataclass(frozen=True)
class Catalogue:
    """The curriculum as it was compiled."""

    techniques: Mapping[str, Technique]
    causes: Mapping[str, Cause]
    cues: Mapping[str, Entry]
    criteria: Mapping[str, Entry]
    sources: Mapping[str, Entry]
    replies: Mapping[str, Any]

    @cached_property
    def angers(self) -> frozenset[str]:
        """The causes that are an anger."""
        return frozenset(id for id, cause in self.causes.items() if cause.anger)

    @cached_property
    def angry_cues(self) -> frozenset[str]:
        """The cues that an anger may give."""
        return frozenset(cue for id in self.angers for cue in self.causes[id]["cues"])

    @cached_property
    def longest(self) -> int:
        """The ticks of the technique that takes longest."""
        return max((technique.ticks for technique in self.techniques.values()), default=0)
