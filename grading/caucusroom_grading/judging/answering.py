"""Whether a decision answers a cause, as far as a mediator can know: the one place that says so in judging.

Known is the catalogue, and which techniques were seen not to reach somebody in this play.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caucusroom import Move
from caucusroom.laws.draft import Feeling
from caucusroom.laws.techniques import law_of
from caucusroom.model import answers as book
from caucusroom.model.catalogue import Technique
from caucusroom.model.dispute import Barrier, Dispute
from caucusroom.seen.view import Mood

from .threads import Heard


def answers(dispute: Dispute, heard: Heard, move: Move, barrier: Barrier) -> bool:
    """Whether this move is an answer to that cause, in that person."""
    if move.technique == book.SHARING:
        return book.told(dispute.catalogue, barrier, dispute.facts[dispute.index["fact"][move.target]])
    by_the_book = book.by_the_book(dispute.catalogue, barrier.cause, move.technique)
    return by_the_book and (move.technique, barrier.id) not in heard.resisted


def is_resisted(dispute: Dispute, heard: Heard, move: Move, barrier: Barrier) -> bool:
    """Whether it answers that cause in others, and was seen not to reach this person."""
    return (move.technique, barrier.id) in heard.resisted


def techniques_for(dispute: Dispute, heard: Heard, barrier: Barrier) -> Iterator[Technique]:
    """The techniques that may answer that cause in that person."""
    for technique in dispute.catalogue.techniques.values():
        if barrier.cause in technique.answers and (technique.id, barrier.id) not in heard.resisted:
            yield technique


def harmless_in_front(technique: Technique, looks: Sequence[Mood | None]) -> bool:
    """Whether something private can, by what shows of both sides, be done at the table."""
    if not technique.hurts_in_joint:
        return True
    seen = [Feeling(look.heat, look.trust, look.suspicion) for look in looks if look is not None]
    return len(seen) == len(looks) and law_of(technique.id).harmless(seen)
