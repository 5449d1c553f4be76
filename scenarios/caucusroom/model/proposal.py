"""What is put to the sides for their agreement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .dispute import Dispute, Option

JOINED = "+"


class Proposal(NamedTuple):
    """Terms that stand or fall together, one for an issue: the places of options in the dispute's order."""

    terms: tuple[int, ...]

    @classmethod
    def of(cls, dispute: Dispute, text: str) -> Proposal:
        """The proposal that a move's target names. KeyError for what is no option."""
        return cls(tuple(dispute.index["option"][id] for id in text.split(JOINED)))

    def options(self, dispute: Dispute) -> Sequence[Option]:
        return [dispute.options[place] for place in self.terms]

    def text(self, dispute: Dispute) -> str:
        """Its one text, as in a move."""
        return JOINED.join(option.id for option in self.options(dispute))
