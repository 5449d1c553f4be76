"""A move is one decision of the mediator, and it has one text: `reality_test`, `call_caucus labor`."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple


class MoveError(ValueError):
    """A move that cannot be played; the message is a sentence for the person who made it."""


class MoveUnreadable(MoveError):
    """The text names no move of this dispute."""


class MoveAmbiguous(MoveError):
    """The text fits several moves."""


class MoveIllegal(MoveError):
    """The move exists but cannot be made now; the message says why."""


class Move(NamedTuple):
    """One decision: a technique of the catalogue and what it is aimed at ("" if nothing).

    `str(move)` is its text, `Move.of(text)` reads that text back without judging it.
    """

    technique: str
    target: str = ""

    def __str__(self) -> str:
        return f"{self.technique} {self.target}" if self.target else self.technique

    def __repr__(self) -> str:
        return f"Move.of({str(self)!r})"

    @classmethod
    def of(cls, text: str) -> Move:
        technique, _, target = text.partition(" ")
        return cls(technique, target)


LONGEST_TEXT = 200


def read_move(text: object, known: Iterable[Move], now: Iterable[Move]) -> Move:
    """Find the move that `text` means among the `known` ones of a dispute.

    The exact text always works; otherwise the beginning of each word is enough (`call lab`) as long
    as one move fits, a move possible `now` being preferred. Raises MoveUnreadable or MoveAmbiguous.
    """
    if not isinstance(text, str) or not text.strip():
        raise MoveUnreadable("That is not a move. Write one, such as: look_deeper")
    if len(text) > LONGEST_TEXT:
        raise MoveUnreadable(f"A move is at most {LONGEST_TEXT} characters; this text has {len(text)}.")
    words = " ".join(text.split())
    by_text = {str(move): move for move in known}
    if words in by_text:
        return by_text[words]
    fitting = _beginning_with(words, now) or _beginning_with(words, by_text.values())
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise MoveAmbiguous(f"“{words}” can mean {_listing(fitting)}. Write more of it.")
    near = get_close_matches(words, by_text, n=1)
    hint = f" Did you mean “{near[0]}”?" if near else " Write one of the moves that are listed."
    raise MoveUnreadable(f"“{words}” is not a move in this dispute.{hint}")


def _beginning_with(words: str, moves: Iterable[Move]) -> list[Move]:
    technique, _, target = words.partition(" ")
    return [move for move in moves if move.technique.startswith(technique) and move.target.startswith(target)]


def _listing(moves: list[Move]) -> str:
    texts = [f"“{move}”" for move in sorted(moves)]
    shown = texts[:5] + ([f"{len(texts) - 5} others"] if len(texts) > 5 else [])
    return ", ".join(shown[:-1]) + " or " + shown[-1]
