"""What can happen, as it is perceived: every kind of event, declared once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from ..model.gathering import Gathering, sides_in
from ..model.sides import Side

Named = Literal["", "barrier", "cue", "ending", "effect", "fact", "issue", "option", "reason", "technique", "ticks"]
"""What a name in an event is the name of."""
Heard = Literal["room", "side", "mediator"]
"""Who perceives an event beside the mediator, who perceives all: whoever sits there, the side it belongs to if it
sits there, nobody."""


class Event(NamedTuple):
    """One thing that happened. `party` is an id or "", `about` and `why` depend on the kind."""

    kind: str
    party: str = ""
    about: str = ""
    why: str = ""


class Kind(NamedTuple):
    """A kind of event: what it is about, who perceives it, and how a walkthrough states it.

    `statement` is "" where a walkthrough cannot state it. `news` tells the mediator something about a side; a `gain`
    is one after which a question that was answered with no is a new one. Of what is `unspoken` nobody has a line.
    """

    id: str
    about: Named = ""
    why: Named = ""
    statement: str = ""
    heard: Heard = "room"
    news: bool = False
    gain: bool = False
    unspoken: bool = False


_DECLARED = (
    # how a side shows itself
    Kind("cue", "cue", statement="cue {cue} from {party}"),
    Kind("wall", statement="wall {party}"),
    Kind("nothing_more", "technique"),
    Kind("interest", "issue", statement="interest {party} {issue}", news=True, gain=True),
    # what holds it back
    Kind("found", "barrier", statement="found {barrier}", heard="side", news=True, gain=True),
    Kind("helped", "technique", "barrier", statement="answered {barrier}", heard="side", gain=True),
    Kind("homework", "barrier", "technique", statement="answered {barrier}", heard="side"),
    Kind("missed", "technique", statement="missed {party}"),
    Kind("early", "technique", "reason", statement="early {party}"),
    Kind("hurt", "technique", statement="hurt {party}"),
    Kind("eased", "technique"),
    Kind("decider_came"),
    # what it knows
    Kind("confided", "fact", statement="confided {fact}", heard="side", news=True, gain=True),
    Kind("cleared", "fact", statement="cleared {fact}", heard="side", gain=True),
    Kind("shared", "fact", "effect", statement="shared {fact}", gain=True),
    Kind("breach", "fact", statement="breach"),
    # what it says to terms
    Kind("developed", "issue", statement="developed {issue}"),
    Kind("no_basis", "issue"),
    Kind("accepts", "option", statement="{party} accepts {option}"),
    Kind("refuses", "option", "reason", statement="{party} refuses {option}"),
    Kind("open_to", "option"),
    Kind("not_open_to", "option", "reason"),
    Kind("pressed", "option"),
    Kind("ruled", "technique"),
    Kind("agreed", "issue", "option", statement="agreed {issue}", gain=True),
    # the room and the day
    Kind("opened"),
    Kind("parted", heard="side"),
    Kind("took_up", "issue"),
    Kind("waited", why="ticks", heard="side"),
    Kind("owed", heard="side"),
    Kind("boiling"),
    Kind("spiral"),
    Kind("asks_caucus"),
    Kind("walked_out", statement="walked out {party}"),
    Kind("ended", why="ending", unspoken=True),
)
KINDS = {kind.id: kind for kind in _DECLARED}
"""Every kind of event by its id."""
NEWS = frozenset(kind.id for kind in _DECLARED if kind.news)
GAINS = frozenset(kind.id for kind in _DECLARED if kind.gain)
SPOKEN = frozenset(kind.id for kind in _DECLARED if not kind.unspoken)
"""The kinds that somebody may have a line for."""


NAMELESS = frozenset({"", "ending", "reason", "ticks"})
"""What `why` may be that names nothing of the dispute or the catalogue."""


def perceived(events: Iterable[Event], side: Side, id: str, gathered: Gathering) -> tuple[Event, ...]:
    """Those of the events that a side, of this id, perceives when the people that are `gathered` sit together."""
    if side not in sides_in(gathered):
        return ()
    return tuple(
        event
        for event in events
        if KINDS[event.kind].heard == "room" or (KINDS[event.kind].heard == "side" and event.party == id)
    )
