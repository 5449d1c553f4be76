"""Simple mediators, to see whether the judge separates: each goes about a mediation by one rule of thumb.

A player is written like a case note: what it would like to do, one thing after the other. A wish that cannot be
fulfilled just then is passed over. Within its rule each does as well as it can, and chance varies the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from random import Random
from typing import NamedTuple, TypeAlias

from caucusroom import Move, Playing, View
from caucusroom.model.dispute import Case, Dispute
from caucusroom.model.levels import HOT, TABLE, WORN

MOST_WISHES = 400
"""After so many wishes a player has come to the end of what it can do."""
NO_TIME = 2
"""Ticks with which no player begins anything more today."""
LONGEST_REPEAT = 30

Wishes: TypeAlias = Iterator[str]


class Chair:
    """What a player has before it: the dispute, the view, the legal moves, and chance. Never the case.

    `line` is a skilled line of play for those that begin with one.
    """

    def __init__(self, case: Case, random: Random, line: Sequence[str]) -> None:
        self.dispute = case.dispute
        self.random = random
        self.line = line
        self._playing = Playing(case)

    def make(self, wish: str) -> None:
        """Do what is wished, if it is possible."""
        move = Move.of(wish)
        if move in self.legal:
            self._playing.play(move)

    @property
    def made(self) -> tuple[Move, ...]:
        """What has been done so far."""
        return tuple(turn.move for turn in self._playing.turns)

    # what can be seen

    @property
    def view(self) -> View:
        return self._playing.now.view

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
        now, party = self.view, self.sides.index(side)
        standing = set(now.found) - set(now.answered)
        here = (TABLE, self.dispute.index["issue"][now.topic])
        causes = {b.cause for b in self.dispute.barriers if b.id in standing and b.party == party and b.issue in here}
        fitting = [t.id for t in self.dispute.catalogue.techniques.values() if causes & t.answers]
        return [f"{id} {side}" if self._aims(id) == "party" else id for id in self.mixed(fitting)]

    def _aims(self, technique: str) -> str:
        return self.dispute.catalogue.techniques[technique].target

    # chance

    def mixed(self, things: Sequence[str]) -> list[str]:
        """These in any order."""
        return self.random.sample(list(things), len(things))

    def chance(self, part: float) -> bool:
        return self.random.random() < part


Player: TypeAlias = Callable[[Chair], Wishes]


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
        chair.make(wish)
        if chair.view.ending:
            break
    for wish in _go_home(chair):
        chair.make(wish)
    return tuple(map(str, chair.made))


# what several of them do


def _go_home(chair: Chair) -> Wishes:
    """What is agreed is written up; without that the mediation is ended in words."""
    if chair.view.agreed:
        yield "rejoin"
        yield "conclude"
    yield "close_open"


def _welcome(chair: Chair) -> Wishes:
    """Meet the sides, open, explain: most do, some leave a part of it out."""
    if chair.chance(0.8):
        for side in chair.mixed(chair.sides):
            yield f"premeeting {side}"
    yield "open_session"
    if chair.chance(0.8):
        yield "explain_caucus"


def _each_issue(chair: Chair) -> Wishes:
    """Turn to one open issue after another; once more to what was left the first time."""
    for _ in range(2):
        for issue in chair.mixed([issue.id for issue in chair.dispute.issues]):
            if issue not in dict(chair.view.agreed):
                yield f"take_up {issue}" if chair.agreed else f"park {issue}"


def _see(chair: Chair, side: str) -> Wishes:
    if chair.view.caucus != side:
        yield f"call_caucus {side}"


def _work_alone(chair: Chair, side: str) -> Wishes:
    """In private: listen to a side, ask, and use what answers what was found."""
    yield from _see(chair, side)
    if chair.heat(side) >= HOT:
        yield "hear_out"
    if not chair.knows_interest(side) or chair.chance(0.3):
        yield "look_deeper"
    if chair.chance(0.5):
        yield "ask_need"
    yield from islice(chair.remedies(side), 3)


def _calm(chair: Chair) -> Wishes:
    """At the table: a pause for who is boiling or worn, back to the problem for who is hot."""
    if chair.worn or chair.hottest > HOT:
        yield "break"
    if chair.hottest >= HOT:
        yield "step_back"


def _put(chair: Chair, options: Sequence[str]) -> Wishes:
    """Ask for agreement to one option after another, until one is agreed."""
    for option in options:
        yield from _calm(chair)
        if not chair.agreed:
            yield f"propose {option}"


def _push(chair: Chair, options: Sequence[str]) -> Wishes:
    """Press for one option after another, twice, until one is agreed."""
    for option in (*options, *options):
        if not chair.agreed:
            yield f"press {option}"


# the players


def random_legal(chair: Chair) -> Wishes:
    """Whatever is possible; half of them do not end it of their own accord."""
    ends = ("close_open", "adjourn", "conclude") if chair.chance(0.5) else ()
    while True:
        going_on = [move for move in chair.legal if move.technique not in ends]
        yield str(chair.random.choice(going_on or chair.legal))


def always_caucus(chair: Chair) -> Wishes:
    """Everything behind closed doors: asks, treats and carries proposals from room to room."""
    yield from _welcome(chair)
    for issue in _each_issue(chair):
        yield issue
        for side in chair.mixed(chair.sides):
            yield from _work_alone(chair, side)
            if side in dict(chair.facts("confided")).values():
                yield "allay_sharing"
        for fact, owner in chair.facts("cleared"):
            yield from _see(chair, chair.other(owner))
            yield f"share {fact}"
        yield "options"
        for idea in chair.ideas():
            if not chair.agreed:
                yield f"shuttle {idea}"


def never_caucus(chair: Chair) -> Wishes:
    """Everything at the table: calms, asks, treats and proposes with both sides in the room."""
    if chair.chance(0.8):
        for side in chair.mixed(chair.sides):
            yield f"premeeting {side}"
    yield "open_session"
    harmful = {t.id for t in chair.dispute.catalogue.techniques.values() if t.hurts_in_joint}
    for issue in _each_issue(chair):
        yield issue
        yield from _calm(chair)
        yield "look_deeper"
        for side in chair.mixed(chair.sides):
            for remedy in islice((one for one in chair.remedies(side) if one not in harmful), 3):
                yield from _calm(chair)
                yield remedy
        yield from _calm(chair)
        yield chair.random.choice(("options", "invite_offer"))
        yield from _put(chair, chair.ideas())


def one_technique(technique: str, chair: Chair) -> Wishes:
    """The same technique over and over, with no more than it takes to get to use it."""
    private = chair.dispute.catalogue.techniques[technique].forum == "caucus"
    rooms = technique in ("rejoin", "call_caucus")
    targets = [move.target for move in chair.dispute.moves if move.technique == technique]
    if technique != "premeeting":
        yield from _welcome(chair)
    for _ in range(chair.random.randint(4, LONGEST_REPEAT)):
        if technique == "rejoin" or (private and not chair.view.caucus) or (not rooms and chair.chance(0.2)):
            yield from _see(chair, chair.random.choice(chair.sides))
        if technique == "share":
            yield from ("hear_out", "look_deeper", "allay_sharing", "rejoin")
        if technique == "shuttle":
            yield from ("look_deeper", "options")
        usable = [move.target for move in chair.legal if move.technique == technique]
        yield str(Move(technique, chair.random.choice(usable or targets)))
        if chair.chance(0.2):
            yield f"park {chair.random.choice(chair.dispute.issues).id}"


def nice(chair: Chair) -> Wishes:
    """Listens, explains, sums up, gives pauses, proposes gently; some ask what matters. None tests anything."""
    asks = chair.chance(0.5)
    yield from _welcome(chair)
    for side in chair.mixed(chair.sides):
        yield from _see(chair, side)
        yield "hear_out"
        if asks:
            yield "look_deeper"
    yield "rejoin"
    for issue in _each_issue(chair):
        yield issue
        yield from _calm(chair)
        if asks:
            yield "look_deeper"
        for wish in chair.mixed(("summarize", "focus_future", "remind_control", "invite_offer", "options")):
            if chair.chance(0.4):
                yield from _calm(chair)
                yield wish
        yield from _put(chair, chair.ideas() or chair.positions())


def tell_and_settle(chair: Chair) -> Wishes:
    """Listens, asks and treats well in private, passes on whatever may help, and settles."""
    yield from _welcome(chair)
    for issue in _each_issue(chair):
        yield issue
        for side in chair.mixed(chair.sides):
            yield from _work_alone(chair, side)
        at_the_table = chair.chance(0.5)
        for fact, owner in chair.facts("confided"):
            yield from iter(["rejoin"]) if at_the_table else _see(chair, chair.other(owner))
            yield f"tell {fact}"
        yield "rejoin"
        yield chair.random.choice(("options", "invite_offer"))
        yield from _put(chair, chair.ideas())


def press_at_the_end(chair: Chair) -> Wishes:
    """Opens, listens, asks and proposes like a good mediator, and pushes through what is refused."""
    yield from _welcome(chair)
    for side in chair.mixed(chair.sides):
        yield from _work_alone(chair, side)
    yield "rejoin"
    for issue in _each_issue(chair):
        yield issue
        yield "look_deeper"
        yield "options"
        yield from _put(chair, chair.ideas())
        yield from _push(chair, chair.ideas() + chair.positions()[:1])


def positions_only(chair: Chair) -> Wishes:
    """Puts what each side demands, and the middle between, again and again until somebody gives in."""
    yield from _welcome(chair)
    for _ in range(chair.random.randint(1, 4)):
        for issue in _each_issue(chair):
            yield issue
            for position in chair.positions():
                if not chair.agreed:
                    yield f"propose {position}"
            if chair.worn:
                yield "break"


def skilled(chair: Chair) -> Wishes:
    """The skilled line as it was written."""
    yield from chair.line


def skilled_but_tells(chair: Chair) -> Wishes:
    """The skilled line, but what was confided is passed on, soon or at once, instead of asking what may be carried."""
    for wish in chair.line:
        if wish != "allay_sharing":
            yield wish
        for fact, _ in chair.facts("confided"):
            if chair.chance(0.6):
                yield f"tell {fact}"


def skilled_but_rules(chair: Chair) -> Wishes:
    """The skilled line, but once, at any moment of it, the mediator says who is right."""
    place = chair.random.randrange(chair.line.index("open_session") + 1, len(chair.line))
    yield from chair.line[:place]
    yield str(chair.random.choice([move for move in chair.legal if move.technique == "rule"]))
    yield from chair.line[place:]


def skilled_but_presses(chair: Chair) -> Wishes:
    """The skilled line up to its first proposal or its stop; from there each issue is pushed through."""
    for wish in chair.line:
        if Move.of(wish).technique in ("propose", "shuttle", "close_open"):
            break
        yield wish
    yield "rejoin"
    yield from _push(chair, chair.ideas() or chair.positions())
    for issue in _each_issue(chair):
        yield issue
        yield from ("look_deeper", "options")
        yield from _push(chair, chair.ideas() or chair.positions())


class Strategy(NamedTuple):
    """A rule of thumb: the players that go by it take turns, and a play counts only if it came to the `deed`."""

    name: str
    players: tuple[Player, ...]
    deed: str = ""


def strategies(dispute: Dispute) -> Mapping[str, Strategy]:
    """Every strategy but the skilled one, by its name."""
    techniques = [one.id for one in dispute.catalogue.techniques.values() if one.kind == "technique"]
    every = (
        Strategy("random legal moves", (random_legal,)),
        Strategy("always caucus", (always_caucus,)),
        Strategy("never caucus", (never_caucus,)),
        Strategy("one technique repeated", tuple(partial(one_technique, one) for one in techniques)),
        Strategy("nice to everyone, tests nothing", (nice,)),
        Strategy("only the positions", (positions_only,)),
        Strategy("presses at the end", (press_at_the_end,), "press"),
        Strategy("skilled, but presses", (skilled_but_presses,), "press"),
        Strategy("tells everything and settles", (tell_and_settle,), "tell"),
        Strategy("skilled, but tells", (skilled_but_tells,), "tell"),
        Strategy("skilled, but says who is right", (skilled_but_rules,), "rule"),
    )
    return {one.name: one for one in every}
