"""What a player has before it: the dispute, the view, what happened, the legal moves, and chance. Never the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, takewhile
from random import Random
from typing import NamedTuple, TypeAlias

from caucusroom import Move, Playing, Turn, View
from caucusroom.laws.events import GAINS, NEWS
from caucusroom.model import answers
from caucusroom.model.dispute import Case
from caucusroom.model.levels import HOT, WORN
from caucusroom.model.sides import SIDES, Side

from ..judging.moment import Moment

MOST_WISHES = 400
"""After so many wishes a player has come to the end of what it can do."""
NO_TIME = 2
"""Ticks with which no player begins anything more today."""

Wishes: TypeAlias = Iterator[str]


class Chair:
    """`line` is a skilled line of play in another truth, for those that recite one."""

    def __init__(self, case: Case, random: Random, line: Sequence[str] = ()) -> None:
        self.dispute = case.dispute
        self.random = random
        self.line = line
        self._playing = Playing(case)
        self.moment = Moment(self.dispute, self.view)
        """what a judge would know too"""
        self.walled: dict[tuple[Side, str], int] = {}
        """the trust at which following a thread met a wall"""
        self.said_no: set[str] = set()
        """options that were refused since anything was learnt"""
        self.asked: set[tuple[str, str]] = set()
        """(person, issue): who was asked what they need while which issue was on the table"""
        self._threads: dict[tuple[Side, str], None] = {}
        self._no: dict[Side, tuple[str, str]] = {}

    def make(self, wish: str) -> None:
        """Do what is wished, if it is possible."""
        move = Move.of(wish)
        if move in self.legal:
            turn = self._playing.play(move)
            self.moment = self.moment.after(turn)
            self._notice(turn)

    def _notice(self, turn: Turn) -> None:
        """Keep in mind what was heard."""
        move, barriers = turn.move, self.dispute.index["barrier"]
        if move.technique == "ask_need":
            self.asked.add((move.target, turn.before.topic))
        followed = move.target if move.technique == "follow_up" else ""
        for event in turn.events:
            side = SIDES[self.sides.index(event.party)] if event.party else None
            if side is None:
                if event.kind in ("agreed", "developed"):
                    self.said_no.clear()
                continue
            if event.kind == "cue":
                self._threads[side, event.about] = None
            elif event.kind == "found":
                cause = self.dispute.barriers[barriers[event.about]].cause
                cues = [followed] if followed else self.dispute.catalogue.causes[cause]["cues"]
                sign = next((cue for cue in self.threads(side) if cue in cues), "")
                self._threads.pop((side, sign), None)
                self._no.pop(side, None)
            elif event.kind in ("refuses", "not_open_to"):
                self.said_no.add(event.about)
                self._no[side] = event.why, turn.before.topic
            if event.kind in ("helped", "shared", "found", "homework"):
                self.said_no.clear()
        self._follow(turn, followed)

    def _follow(self, turn: Turn, followed: str) -> None:
        """A thread that was followed is done, unless the same sign showed again."""
        for side in (side for side, cue in list(self._threads) if cue == followed):
            mood, party = turn.after.moods[side], self.sides[side]
            if mood is None:
                continue
            if any(e.kind == "cue" and e.party == party and e.about == followed for e in turn.events):
                joint = turn.after.room == "joint"
                self.walled[side, followed] = mood.trust - joint - (mood.heat > HOT)
            else:
                self._threads.pop((side, followed), None)

    @property
    def made(self) -> tuple[Move, ...]:
        """What has been done so far."""
        return tuple(turn.move for turn in self._playing.turns)

    # what can be seen

    @property
    def view(self) -> View:
        return self._playing.now.view

    @property
    def turns(self) -> Sequence[Turn]:
        return self._playing.turns

    @property
    def legal(self) -> tuple[Move, ...]:
        return self._playing.now.moves

    @property
    def sides(self) -> tuple[str, str]:
        first, second = self.dispute.parties
        return first.id, second.id

    def other(self, side: str) -> str:
        first, second = self.sides
        return second if side == first else first

    def heat(self, side: str) -> int:
        """0 to 3; 0 for a side that is not in the room."""
        mood = self.view.moods[self.sides.index(side)]
        return mood.heat if mood else 0

    @property
    def hottest(self) -> int:
        return max(map(self.heat, self.sides))

    @property
    def worn(self) -> bool:
        """Whether anybody in the room is."""
        return any(mood is not None and mood.strain >= WORN for mood in self.view.moods)

    @property
    def late(self) -> bool:
        return self.view.clock <= NO_TIME

    @property
    def agreed(self) -> bool:
        """Whether the issue on the table is agreed."""
        return self.view.topic in dict(self.view.agreed)

    def knows_interest(self, side: str) -> bool:
        """Whether it is known what lies under this side's position on the issue on the table."""
        return (side, self.view.topic) in self.view.interests

    def interests(self, issue: str) -> int:
        """Of how many sides it is known what lies under their position on an issue."""
        return sum(known == issue for _, known in self.view.interests)

    def threads(self, side: Side) -> list[str]:
        """The cues that this side has shown and nobody has followed to their end, the latest first."""
        return [cue for one, cue in reversed(self._threads) if one == side]

    def no_from(self, side: Side) -> str:
        """Why it last said no on the issue on the table, if nothing was found in it since; "" if it did not."""
        why, topic = self._no.get(side, ("", ""))
        return why if topic == self.view.topic else ""

    def times(self, technique: str) -> int:
        return sum(move.technique == technique for move in self.made)

    def lately(self, technique: str, decisions: int) -> bool:
        """Whether this was done within the last decisions."""
        return any(move.technique == technique for move in self.made[-decisions:])

    def seen_alone(self, side: Side) -> bool:
        """Whether this side has been in a caucus."""
        return any(turn.after.caucus == self.sides[side] for turn in self.turns)

    @property
    def _here(self) -> Iterator[Turn]:
        """The decisions taken since the door of this room closed, the last first."""
        room = (self.view.room, self.view.caucus)
        return takewhile(lambda turn: (turn.before.room, turn.before.caucus) == room, reversed(self.turns))

    def heard_out(self, side: Side) -> bool:
        """Whether this side has been heard out in private."""
        return any(t.move.technique == "hear_out" and t.before.caucus == self.sides[side] for t in self.turns)

    def unheard(self, side: Side) -> bool:
        """Whether this side has said that something has to be heard first, and no anger of it has been since."""
        id, angers, places = self.sides[side], self.dispute.catalogue.angers, self.dispute.index["barrier"]
        for turn in reversed(self.turns):
            for event in (event for event in turn.events if event.party == id):
                if event.kind == "helped" and self.dispute.barriers[places[event.why]].cause in angers:
                    return False
                if event.kind == "early" and event.why == "heard":
                    return True
        return False

    def done_here(self, technique: str) -> bool:
        """Whether this was done since the door closed."""
        return any(turn.move.technique == technique for turn in self._here)

    @property
    def learnt_here(self) -> bool:
        """Whether anything was learnt since the door closed."""
        return any(event.kind in NEWS for turn in self._here for event in turn.events)

    def asked_alone(self, side: Side) -> bool:
        """Whether it has been asked in private, on the issue on the table, what lies under its position."""
        here = (self.sides[side], self.view.topic)
        return any(t.move.technique == "look_deeper" and (t.before.caucus, t.before.topic) == here for t in self.turns)

    def in_vain(self, side: Side) -> bool:
        """Whether nothing has been gained since this side was last left alone."""
        for turn in reversed(self.turns):
            if any(event.kind in GAINS for event in turn.events):
                return False
            if turn.before.caucus == self.sides[side]:
                return True
        return False

    @property
    def parked_lately(self) -> set[str]:
        """The issues turned to since anything was gained."""
        turned: set[str] = set()
        for turn in reversed(self.turns):
            if any(event.kind in ("agreed", "found", "helped", "interest", "developed") for event in turn.events):
                break
            if turn.move.technique in ("park", "take_up"):
                turned |= {turn.move.target, turn.before.topic}
        return turned

    def people(self, side: str) -> list[str]:
        """The ids of the people of a side who are there."""
        party = self.dispute.parties[self.sides.index(side)]
        return [person.id for person in party.people if person.seat != "remote"]

    def facts(self, standing: str) -> list[tuple[str, str]]:
        """The facts that are confided or cleared, each with the side that told them."""
        owners = {fact.id: self.sides[fact.party] for fact in self.dispute.facts}
        return [(fact, owners[fact]) for fact, now in self.view.standing if now == standing]

    def positions(self) -> list[str]:
        """The demands on the issue on the table and the middle between them, in any order."""
        return self._options(True)

    def ideas(self) -> list[str]:
        """What was thought of beyond them, in any order."""
        return self._options(False)

    def _options(self, open: bool) -> list[str]:
        known = {move.target for move in self.legal if move.technique == "propose"}
        return self.mixed([option.id for option in self.dispute.options if option.id in known and option.open == open])

    def remedies(self, side: str) -> list[str]:
        """What answers the causes that are known to stand in this side's way here, in any order."""
        known, catalogue = self.moment.in_the_way(self.sides.index(side)), self.dispute.catalogue
        fitting = {t: b for b in known for t in catalogue.techniques if answers.by_the_book(catalogue, b.cause, t)}
        return [self._aimed(technique, fitting[technique].who, side) for technique in self.mixed(list(fitting))]

    def _aimed(self, technique: str, person: str, side: str) -> str:
        aims = {"party": side, "person": person}
        aim = aims.get(self.dispute.catalogue.techniques[technique].target, "")
        return f"{technique} {aim}".rstrip()

    # chance

    def mixed(self, things: Sequence[str]) -> list[str]:
        """These in any order."""
        return self.random.sample(list(things), len(things))

    def chance(self, part: float) -> bool:
        return self.random.random() < part


Player: TypeAlias = Callable[[Chair], Wishes]


class Strategy(NamedTuple):
    """A way of playing: the players that go by it take turns, and a play counts only if it came to the `deed`.

    `recites`: its players have a skilled line before them, of a play in another truth.
    """

    name: str
    players: tuple[Player, ...]
    deed: str = ""
    recites: bool = False


def play(case: Case, player: Player, random: Random, line: Sequence[str] = ()) -> tuple[str, ...]:
    """The moves of this player in this case, to the end of the mediation.

    When a day is nearly over it goes on tomorrow, and where there is no tomorrow it ends in words.
    """
    chair = Chair(case, random, line)
    for wish in islice(player(chair), MOST_WISHES):
        if chair.late and not chair.view.days:
            break
        if chair.late:
            chair.make("adjourn")
            continue  # what was wished for yesterday is thought over
        chair.make(wish)
        if chair.view.ending:
            break
    for wish in _go_home(chair):
        chair.make(wish)
    return tuple(map(str, chair.made))


def _go_home(chair: Chair) -> Wishes:
    """What is agreed is written up; without that the mediation is ended in words."""
    if chair.view.agreed:
        yield "rejoin"
        yield "conclude"
    yield "close_open"
