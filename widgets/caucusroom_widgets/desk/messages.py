"""What a page may send: one message, read before anything is done with it."""

from __future__ import annotations

import json
from typing import Literal, NamedTuple, TypeAlias

from ..words import Words

Kind: TypeAlias = Literal["move", "again", "earlier", "review", "compare", "back", "hint", "note"]

LONGEST = 2_000
"""Characters of a message as JSON; a decision has about a hundred."""
LONGEST_ID = 100


class Refused(ValueError):
    """A message that cannot be carried out now; the text is a sentence for the person at the page."""


class Message(NamedTuple):
    """A message of snapshot.py, read.

    A `move` has its text, `compare` the number of an attempt, `back` how many decisions are kept, `hint` a level,
    `note` a side as its text, with causes and the numbers of decisions.
    """

    id: str
    seq: int
    kind: Kind
    text: str = ""
    number: int = 0
    causes: tuple[str, ...] = ()
    heard: tuple[int, ...] = ()


def read(sent: object, words: Words) -> Message:
    """What was sent as a message; Refused if it is none."""
    try:
        size = len(json.dumps(sent))
    except (TypeError, ValueError, RecursionError):
        raise Refused(words.REFUSED["no_decision"]) from None
    if size > LONGEST:
        raise Refused(words.REFUSED["too_long"].format(size=size, longest=LONGEST))
    match sent:
        case {"id": str(id), "seq": int(seq), **rest} if 0 < len(id) <= LONGEST_ID and type(seq) is int:
            match list(rest.items()):
                case [("move", str(text))]:
                    return Message(id, seq, "move", text=text)
                case [("again" | "earlier" | "review" as kind, True)]:
                    return Message(id, seq, kind)
                case [("compare" | "back" | "hint" as kind, int(number))] if type(number) is int:
                    return Message(id, seq, kind, number=number)
                case [("note", {"side": str(side), "causes": [*causes], "heard": [*heard], **more})] if not more:
                    if all(type(one) is str for one in causes) and all(type(one) is int for one in heard):
                        return Message(id, seq, "note", side, causes=tuple(causes), heard=tuple(heard))
    raise Refused(words.REFUSED["no_decision"])
