"""caucusroom: mediate a dispute, decision by decision.

    from caucusroom import Session, load
    session = Session("labor-strike", case="b", journal="strike.jsonl")
    turn = session.play("call_caucus labor")

Playing needs nothing but Python; writing disputes needs the `author` extra.
"""

from .ledger import JournalError
from .library import catalogue, load, scenarios
from .moves import Move, MoveAmbiguous, MoveError, MoveIllegal, MoveUnreadable
from .outcome import Outcome
from .session import Session, Turn
from .transcript import Attempt, Transcript, read_journal
from .view import View, view

__all__ = [
    "Attempt",
    "JournalError",
    "Move",
    "MoveAmbiguous",
    "MoveError",
    "MoveIllegal",
    "MoveUnreadable",
    "Outcome",
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
