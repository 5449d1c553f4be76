"""caucusroom: mediate a dispute, decision by decision.

    from caucusroom import Session, load
    session = Session("labor-strike", case="b", journal="strike.jsonl")
    turn = session.play("call_caucus labor")

Playing needs nothing but Python; writing disputes needs the `author` extra.
"""

from .edition import EDITION
from .laws.outcome import Outcome
from .library import catalogue, load, scenarios
from .model.moves import Move, MoveAmbiguous, MoveError, MoveIllegal, MoveUnreadable
from .playing import Playing, Turn
from .record.ledger import JournalError, JournalForeign, JournalOutdated
from .record.transcript import Attempt, Belief, Transcript, read_journal
from .seen.view import View, view
from .session import Session

__all__ = [
    "EDITION",
    "Attempt",
    "Belief",
    "JournalError",
    "JournalForeign",
    "JournalOutdated",
    "Move",
    "MoveAmbiguous",
    "MoveError",
    "MoveIllegal",
    "MoveUnreadable",
    "Outcome",
    "Playing",
    "Session",
    "Transcript",
    "Turn",
    "View",
    "catalogue",
    "load",
    "read_journal",
    "scenarios",
    "view",
]
