"""What the law of a technique is: when it is not possible, what follows from it, and what that may bring up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from ..model.catalogue import Technique
from ..model.dispute import Dispute
from ..model.sides import Side
from .draft import Draft, Feeling
from .ground import Ground
from .reasons import Reason
from .remedy import BROUGHT_BY_REMEDIES, try_remedy

Follows: TypeAlias = Callable[[Draft, Technique, str], None]
WhyNot: TypeAlias = Callable[[Dispute, Ground, str], Reason | None]
Hurts: TypeAlias = Callable[[Draft, Side], None]
Harmless: TypeAlias = Callable[[Sequence[Feeling]], bool]


def _remedy(draft: Draft, technique: Technique, target: str) -> None:
    try_remedy(draft, technique)


def _nothing(dispute: Dispute, ground: Ground, target: str) -> Reason | None:
    return None


def _never(feelings: Sequence[Feeling]) -> bool:
    return False


def _shame(draft: Draft, side: Side) -> None:
    draft.warm(side)


class Law:
    """The law of one technique. Without a word about it, it answers the causes it answers, wherever it may be used.

    `follows`: what it does. `brings`: the kinds of events that this may bring up. `why_not`: why this aim cannot be
    taken now, in the right room and time. `elsewhere`: the reason outside its rooms, if it has one of its own.
    `in_front`: what it does to each side when something private is done in front of both, and `harmless` whether, by
    what can be seen of them, it does no harm there.
    """

    def __init__(
        self,
        technique: str = "",
        follows: Follows = _remedy,
        brings: frozenset[str] = BROUGHT_BY_REMEDIES,
        elsewhere: str = "",
    ) -> None:
        self.technique = technique
        self.follows = follows
        self.brings = brings
        self.elsewhere = elsewhere
        self.why_not: WhyNot = _nothing
        self.in_front: Hurts = _shame
        self.harmless: Harmless = _never

    def unless(self, why_not: WhyNot) -> WhyNot:
        """Say, by this function, when the technique is not possible."""
        self.why_not = why_not
        return why_not

    def does_no_harm_if(self, harmless: Harmless) -> Harmless:
        """Say, by this function of how the sides seem, when it can be done in front of both."""
        self.harmless = harmless
        return harmless

    def in_front_of_the_other(self, hurts: Hurts) -> Hurts:
        """Say, by this function, what it does in front of both sides."""
        self.in_front = hurts
        return hurts


def law(technique: str, *, brings: str = "", elsewhere: str = "") -> Callable[[Follows], Law]:
    """Make the law of a technique of the function below, which says what follows from it."""

    def made(follows: Follows) -> Law:
        return Law(technique, follows, frozenset(brings.split()), elsewhere)

    return made


PLAIN = Law()
"""The law of every technique that has none of its own."""


def laws_in(*modules: object) -> dict[str, Law]:
    """The laws that modules hold, by technique."""
    found: Iterable[object] = (thing for module in modules for thing in vars(module).values())
    return {one.technique: one for one in found if isinstance(one, Law)}
