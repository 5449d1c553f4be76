"""What the mediator thinks stands in the way of a side: what can be noted in this dispute, and when a note is owed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .model.dispute import Dispute
from .model.moves import Move, MoveError
from .record.transcript import CAUSES, HEARD, Belief
from .seen.view import View
from .words import en

LONGEST = 40
"""Characters of a name that there is not, where it is said so."""


class NoteOwed(MoveError):
    """A decision that would end graded work before something was noted for each side."""


def why_not(dispute: Dispute, side: object, causes: Sequence[object], heard: Sequence[object], made: int) -> str | None:
    """Why this cannot be noted when so many decisions are made, in a sentence; None if it can."""
    catalogue, sides = dispute.catalogue.causes, [party.id for party in dispute.parties]
    if side not in sides:
        return words("no_side", side, known=", ".join(sides))
    if not 1 <= len(causes) <= CAUSES:
        return words("how_many", most=CAUSES)
    if len(heard) > HEARD:
        return words("much_heard", most=HEARD)
    for name in causes:
        if not isinstance(name, str) or name not in catalogue:
            return words("no_cause", name)
    for number in heard:
        if type(number) is not int or not 1 <= number <= made:
            return words("not_heard", number, made=made)
    if len(set(causes)) < len(causes) or len(set(heard)) < len(heard):
        return words("twice")
    return None


def known(dispute: Dispute, beliefs: Iterable[Belief]) -> tuple[Belief, ...]:
    """Those beliefs whose side and causes this dispute has: a journal that was forged may hold others."""
    return tuple(one for one in beliefs if why_not(dispute, one.side, one.causes, one.heard, one.after) is None)


def latest(beliefs: Iterable[Belief]) -> dict[str, Belief]:
    """For each side the belief that counts: the last."""
    return {one.side: one for one in beliefs}


def ends(move: Move, view: View) -> bool:
    """Whether the mediator ends the mediation by this."""
    return move.technique in ("conclude", "close_open") or (move.technique == "adjourn" and not view.days)


def owed(dispute: Dispute, sides: Sequence[str]) -> NoteOwed:
    """The refusal of an end while these sides lack a note."""
    names = [party.name for party in dispute.parties if party.id in sides]
    return NoteOwed(words("owed", names=en.NOTING["and"].join(names)))


def words(key: str, name: object = "", **facts: object) -> str:
    """What is said about notes; a name that somebody wrote is cut short in it."""
    return en.NOTING[key].format(name=str(name)[:LONGEST], **facts)
