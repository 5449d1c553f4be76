"""Criterion 2: what called for another room, what a closed door was for, and the way back."""

from __future__ import annotations

from collections.abc import Iterator

from caucusroom.model.catalogue import NOT_READY
from caucusroom.model.levels import HOT
from caucusroom.model.sides import SIDES, Side

from ..finding import SOUND, WEAK
from ..play import Play
from ..report import MET, MISSED, WORSE, Occasion
from ..rules import forum as rules
from ..rules.forum import CRITERION, PATIENCE
from .book import cause_of, occasion

_TURNING = ("park", "take_up")


def occasions(play: Play) -> Iterator[Occasion]:
    for side in SIDES:
        yield from _wall(play, side)
        yield from _left_alone(play, side)
    yield from _private_matters(play)
    yield from _doors(play)
    yield from _back(play)


def _wall(play: Play, side: Side) -> Iterator[Occasion]:
    """A side that met a question with a wall at the table may answer it alone."""
    wall = next((one for one in play.last.heard.walls if one.side == side and one.joint), None)
    if wall is None:
        return
    asked = [one.number for one in play.judged[wall.number :] if one.moment.alone == side and one.technique.asks]
    if asked or not play.excused(wall.number):
        outcome = MET if asked else MISSED
        yield occasion(play, CRITERION, "wall", outcome, since=wall.number, party=side, decisions=asked[:1])


def _private_matters(play: Play) -> Iterator[Occasion]:
    """What was found, and is better dealt with behind a closed door."""
    for number, barrier in play.found:
        if barrier.cause == NOT_READY or not play.moments[number].private(barrier):
            continue
        alone = [one for one in play.met(barrier, number) if play.moments[one - 1].alone == barrier.party]
        if alone or not (barrier.id in play.answered or play.excused(number)):
            yield occasion(
                play,
                CRITERION,
                "private_matter",
                MET if alone else MISSED,
                since=number,
                party=barrier.party,
                decisions=alone,
                names={"cause": cause_of(play, barrier)},
            )


def _doors(play: Play) -> Iterator[Occasion]:
    """Each closed door: what it was for, and whether that was done behind it."""
    for one in play.judged:
        found = next((found for found in one.findings if found.criterion == CRITERION), None)
        if one.move.technique != "call_caucus" or found is None:
            continue
        side = one.moment.side(one.move.target)
        if found.label == WEAK:
            yield occasion(play, CRITERION, "door", WORSE, since=one.number, party=side, decisions=(one.number,))
        elif found.label == SOUND and found.rule != rules.closed_a_door_for_balance.id:
            done = _behind(play, one.number, side)
            decisions = (one.number, *done[:1])
            outcome = MET if done else MISSED
            yield occasion(play, CRITERION, "door", outcome, since=one.number, party=side, decisions=decisions)


def _behind(play: Play, door: int, side: Side) -> list[int]:
    """The sound decisions taken behind a door, until it opened; to turn to another issue is none yet."""
    done = []
    for one in play.judged[door:]:
        if one.moment.alone != side or one.move.technique in ("rejoin", "call_caucus"):
            break
        if one.is_sound() and one.move.technique not in _TURNING:
            done.append(one.number)
    return done


def _left_alone(play: Play, side: Side) -> Iterator[Occasion]:
    """A side that had been left alone for two hours or more."""
    kept = set(play.where(rules.kept_the_other_waiting))
    since: int | None = None
    for number, moment in enumerate(play.moments):
        long = moment.view.waiting[side] >= PATIENCE
        if long and since is None:
            since = number
        if since is not None and (not long or number == len(play.judged)):
            stayed = [one for one in range(since + 1, number + 1) if one in kept]
            yield occasion(
                play, CRITERION, "left_alone", WORSE if stayed else MISSED, since=since, party=side, decisions=stayed
            )
            since = None


def _back(play: Play) -> Iterator[Occasion]:
    """After private work the sides come back to one table, calm, and go on there."""
    doors = play.used("call_caucus", "shuttle")
    if not doors:
        return
    back = [
        one.number
        for one, after in zip(play.judged, play.moments[1:], strict=True)
        if one.moment.alone is not None and after.joint and not after.view.ending
    ]
    calm = [number for number in back if max(play.moments[number - 1].heat(side) for side in SIDES) < HOT]
    worked = [number for number in calm if _worked_there(play, number)]
    if worked or not (play.stopped_unready or play.ending == "walked_out"):
        id = "back_for_nothing" if calm and not worked else "back"
        outcome = MET if worked else WORSE if back and not calm else MISSED
        numbers = worked or ([] if calm else back)
        yield occasion(play, CRITERION, id, outcome, since=doors[0], decisions=numbers, weight=2)


def _worked_there(play: Play, back: int) -> bool:
    """Whether anything sound was done at the table before the next door or the end."""
    for one in play.judged[back:]:
        if not one.moment.joint or one.technique.ends or one.move.technique == "call_caucus":
            return False
        if one.is_sound():
            return True
    return False
