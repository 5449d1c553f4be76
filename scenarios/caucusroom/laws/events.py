"""What can happen, as it is perceived: every kind of event, declared once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from ..model.gathering import Gathering, sides_in
from ..model.sides import Side

Named = Literal["", "barrier", "cue", "ending", "effect", "fact", "issue", "option", "reason", "technique", "ticks"]
"""What a name in an event is the name of."""


class Event(NamedTuple):
    """One thing that happened. `party` is an id or "", `about` and `why` depend on the kind."""

    kind: str
    party: str = ""
    about: str = ""
    why: str = ""


class Kind(NamedTuple):
    """A kind of event: what it is about, and how a walkthrough states it.

    `statement` is "" where a walkthrough cannot state it. `news` tells the mediator something about a side; a `gain`
    is one after which a question that was answered with no is a new one. `known` to both sides wherever they sit.
    `said`: the words stand in a dispute's lines, or with the barrier, or nobody says anything.
    """

    id: str
    about: Named = ""
    why: Named = ""
    statement: str = ""
    news: bool = False
    gain: bool = False
    known: bool = False
    said: Literal["lines", "barrier", "nobody"] = "lines"


_DECLARED = (
    # how a side shows itself
    Kind("cue", "cue", statement="cue {cue} from {party}"),
    Kind("wall", statement="wall {party}"),
    Kind("nothing_more", "technique", statement="nothing more {party}"),
    Kind("misheard", "cue", statement="misheard {party}"),
    Kind("interest", "issue", statement="interest {party} {issue}", news=True, gain=True),
    # what holds it back
    Kind("found", "barrier", statement="found {barrier}", news=True, gain=True),
    Kind("helped", "technique", "barrier", statement="answered {barrier}", gain=True),
    Kind("homework", "barrier", "technique", statement="answered {barrier}"),
    Kind("missed", "technique", statement="missed {party}"),
    Kind("resisted", "technique", "barrier", statement="resisted {barrier}", said="barrier"),
    Kind("early", "technique", "reason", statement="early {party}"),
    Kind("hurt", "technique", statement="hurt {party}"),
    Kind("eased", "technique"),
    Kind("decider_came"),
    # what it knows
    Kind("confided", "fact", statement="confided {fact}", news=True, gain=True),
    Kind("cleared", "fact", statement="cleared {fact}", gain=True),
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
    Kind("agreed", "issue", "option", statement="agreed {issue}", gain=True, known=True),
    # the room and the day
    Kind("opened"),
    Kind("parted"),
    Kind("took_up", "issue"),
    Kind("waited", why="ticks"),
    Kind("owed"),
    Kind("boiling"),
    Kind("spiral"),
    Kind("asks_caucus"),
    Kind("walked_out", statement="walked out {party}"),
    Kind("ended", why="ending", known=True, said="nobody"),
)
KINDS = {kind.id: kind for kind in _DECLARED}
"""Every kind of event by its id."""
NEWS = frozenset(kind.id for kind in _DECLARED if kind.news)
GAINS = frozenset(kind.id for kind in _DECLARED if kind.gain)
SPOKEN = frozenset(kind.id for kind in _DECLARED if kind.said == "lines")
"""The kinds that somebody may have a line for."""


NAMELESS = frozenset({"", "ending", "reason", "ticks"})
"""What `why` may be that names nothing of the dispute or the catalogue."""


def perceived(events: Iterable[Event], side: Side, id: str, gathered: Gathering) -> tuple[Event, ...]:
    """Those of the events that a side, of this id, perceives when these seats are taken at the end of them.

    Whoever sits there hears all that is said; who does not knows what it said and did itself, what was agreed and
    that it is over.
    """
    here = side in sides_in(gathered)
    return tuple(event for event in events if here or event.party == id or KINDS[event.kind].known)
