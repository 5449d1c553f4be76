"""Mediators who go by one rule of thumb: each does one thing well, or badly, whatever it hears.

A player is written like a case note: what it would like to do, one thing after the other. A wish that cannot be
fulfilled just then is passed over. Within its rule each does as well as it can, and chance varies the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice

from caucusroom import Move
from caucusroom.model.dispute import Dispute
from caucusroom.model.levels import HOT
from caucusroom.model.sides import SIDES

from .adaptive import adaptive
from .chair import Chair, Strategy, Wishes

LONGEST_REPEAT = 30

# what several of them do


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
    for cue in chair.threads(SIDES[chair.sides.index(side)]):
        yield f"follow_up {cue}"
    if chair.chance(0.5):
        yield f"ask_need {chair.random.choice(chair.people(side))}"
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


def skilled_but_tells(chair: Chair) -> Wishes:
    """As the adaptive one, but what was confided is passed on, instead of asking what may be carried."""
    for wish in adaptive(chair):
        yield "rejoin" if wish == "allay_sharing" else wish
        for fact, _ in chair.facts("confided"):
            if chair.chance(0.6):
                yield f"tell {fact}"


def skilled_but_rules(chair: Chair) -> Wishes:
    """As the adaptive one, but once the mediator says who is right."""
    place = chair.random.randint(3, 12)
    for number, wish in enumerate(adaptive(chair)):
        yield wish
        if number == place:
            yield f"rule {chair.random.choice(chair.sides)}"


def skilled_but_presses(chair: Chair) -> Wishes:
    """As the adaptive one up to the first proposal or stop; from there each issue is pushed through."""
    for wish in adaptive(chair):
        if Move.of(wish).technique in ("propose", "shuttle", "close_open"):
            break
        yield wish
    yield "rejoin"
    yield from _push(chair, chair.ideas() or chair.positions())
    for issue in _each_issue(chair):
        yield issue
        yield from ("look_deeper", "options")
        yield from _push(chair, chair.ideas() or chair.positions())


def thumbs(dispute: Dispute) -> tuple[Strategy, ...]:
    """Every rule of thumb."""
    techniques = [one.id for one in dispute.catalogue.techniques.values() if one.kind == "technique"]
    return (
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
