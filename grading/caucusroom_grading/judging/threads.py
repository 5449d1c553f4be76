"""What a side let show and what became of it: threads to follow, walls met, techniques that did not reach somebody.

Made of what was perceived alone, turn by turn. A thread is a cue of a side. It is open when it was heard and nobody
went after it, walled when that met a wall and the same cue, done when it was told or when nothing lay behind it.
"""

from __future__ import annotations

from typing import NamedTuple

from caucusroom import Turn
from caucusroom.model.catalogue import Catalogue
from caucusroom.model.dispute import Barrier, Dispute
from caucusroom.model.sides import Side

OPEN, WALLED, DONE = "open", "walled", "done"

_TELLING = frozenset({"cue", "found", "nothing_more", "wall", "interest", "confided", "resisted"})


class Thread(NamedTuple):
    """A cue of a side. `since` is the decision whose answer first let it be heard, `followed` are those that went
    after it, `ended` is the one that brought it to its end (0: none has), and `barrier` what was found there or ""."""

    side: Side
    cue: str
    since: int
    standing: str = OPEN
    followed: tuple[int, ...] = ()
    ended: int = 0
    barrier: str = ""

    @property
    def unresolved(self) -> bool:
        return self.standing != DONE


class Wall(NamedTuple):
    """A question that met a wall: of which side, at which decision, whether at the table, and after which cue or ""."""

    side: Side
    number: int
    joint: bool
    cue: str
    overcome: bool = False


class Heard(NamedTuple):
    """All that has been heard so far; `resisted` holds (technique, barrier). A thread that is heard again once it is
    done is a new one."""

    threads: tuple[Thread, ...] = ()
    walls: tuple[Wall, ...] = ()
    resisted: frozenset[tuple[str, str]] = frozenset()

    def after(self, dispute: Dispute, turn: Turn) -> Heard:
        """What has been heard when this turn is over."""
        if not any(event.kind in _TELLING for event in turn.events):
            return self
        followed = turn.move.target if turn.move.technique == "follow_up" else ""
        threads, walls, resisted = list(self.threads), list(self.walls), self.resisted
        for event in turn.events:
            if event.kind not in _TELLING:
                continue
            side = dispute.side(event.party)
            match event.kind:
                case "cue":
                    if _place(threads, side, event.about) is None:
                        threads.append(Thread(side, event.about, turn.number))
                case "found":
                    barrier = dispute.barriers[dispute.index["barrier"][event.about]]
                    _end(threads, side, followed or _sign(threads, side, dispute, barrier), turn.number, barrier.id)
                    walls = [one._replace(overcome=True) if one.side == side else one for one in walls]
                case "nothing_more" | "confided" if followed:
                    _end(threads, side, followed, turn.number)
                case "wall":
                    walls.append(Wall(side, turn.number, turn.after.room == "joint", followed))
                    shown = [one.about for one in turn.events if one.kind == "cue" and one.party == event.party]
                    place = _place(threads, side, followed)
                    if shown and followed not in shown:  # it was not that: something else shows
                        _end(threads, side, followed, turn.number)
                    elif place is not None:
                        one = threads[place]
                        threads[place] = one._replace(standing=WALLED, followed=(*one.followed, turn.number))
                case "resisted":
                    resisted |= {(event.about, event.why)}
                case "interest" | "confided":
                    walls = [one._replace(overcome=True) if one.side == side else one for one in walls]
        return Heard(tuple(threads), tuple(walls), resisted)


def _place(threads: list[Thread], side: Side, cue: str) -> int | None:
    """Where the thread stands that is not done."""
    for place, one in enumerate(threads):
        if one.side == side and one.cue == cue and one.unresolved:
            return place
    return None


def _sign(threads: list[Thread], side: Side, dispute: Dispute, barrier: Barrier) -> str:
    """The sign that what was told explains: the latest of its side that the catalogue lets its cause give; or ""."""
    cues = dispute.catalogue.causes[barrier.cause]["cues"]
    return next((one.cue for one in reversed(threads) if one.side == side and one.unresolved and one.cue in cues), "")


def _end(threads: list[Thread], side: Side, cue: str, number: int, barrier: str = "") -> None:
    place = _place(threads, side, cue)
    if place is not None:
        one = threads[place]
        threads[place] = one._replace(standing=DONE, followed=(*one.followed, number), ended=number, barrier=barrier)


def causes_behind(catalogue: Catalogue, cue: str) -> frozenset[str]:
    """The causes that the catalogue lets a cue mean."""
    return frozenset(id for id, cause in catalogue.causes.items() if cue in cause["cues"])
