"""Criterion 7: somebody hot, somebody worn, an anger found."""

from __future__ import annotations

from collections.abc import Iterator

from caucusroom.model.levels import HOT, WORN
from caucusroom.model.sides import SIDES, Side

from ..finding import HARMFUL
from ..play import Judged, Play
from ..report import MET, MISSED, Occasion
from ..rules.forum import CRITERION as FORUM
from ..rules.tension import CRITERION
from .book import cause_of, occasion

SOON = 2
"""Decisions within which what shows is met."""
AT_ONCE = frozenset({"hot", "worn"})
"""The occasions that have to be met within those: what shows to one mediator is not another's to have met."""
_RESTS_HERE = ("break", "stage_plan")
"""What gives it to those in the room."""


def occasions(play: Play) -> Iterator[Occasion]:
    for side in SIDES:
        for since in _seen(play, side, "heat", HOT):
            yield from _hot(play, side, since)
        for since in _seen(play, side, "strain", WORN):
            yield from _worn(play, side, since)
    yield from _angers(play)


def _seen(play: Play, side: Side, mood: str, least: int) -> Iterator[int]:
    """Each time that a side in the room was seen to have come so far, after which decision."""
    before = 0
    for number, moment in enumerate(play.moments):
        look = moment.view.moods[side]
        if look is not None:
            level = getattr(look, mood)
            if level >= least > before:
                yield number
            before = level


def _hot(play: Play, side: Side, since: int) -> Iterator[Occasion]:
    soon = play.judged[since : since + SOON]
    met = [one.number for one in soon if _calmed(play, side, one)]
    own_doing = since > 0 and play.judged[since - 1].label == HARMFUL
    well_ended = bool(play.ending) and len(soon) < SOON and play.judged[-1].is_sound()
    if (own_doing and met) or (well_ended and not met):
        return  # to calm what one has set alight oneself earns nothing
    outcome = MET if met else MISSED
    yield occasion(play, CRITERION, "hot", outcome, since=since, party=side, decisions=met[:1], weight=2)


def _calmed(play: Play, side: Side, one: Judged) -> bool:
    """Whether a decision listened to a side, led it back to the problem, gave a pause or took it out of the quarrel."""
    party = play.dispute.parties[side].id
    meant = side in one.moment.present or one.move.target == party
    look = play.moments[one.number].view.moods[side]
    calms = one.moment.technique(one.move).calms and one.is_sound(CRITERION, FORUM)
    return meant and (calms or bool(look and look.heat < HOT))


def _worn(play: Play, side: Side, since: int) -> Iterator[Occasion]:
    if play.ending and since == len(play.judged):
        return  # the end is a rest
    soon = play.judged[since : since + SOON]
    met = [one.number for one in soon if _relieves(one, side) or _rested(play, side, one.number)]
    yield occasion(play, CRITERION, "worn", MET if met else MISSED, since=since, party=side, decisions=met[:1])


def _relieves(one: Judged, side: Side) -> bool:
    return one.technique.ends or (one.move.technique in _RESTS_HERE and side in one.moment.present)


def _rested(play: Play, side: Side, number: int) -> bool:
    look = play.moments[number].view.moods[side]
    return bool(look and look.strain < WORN)


def _angers(play: Play) -> Iterator[Occasion]:
    """An anger that was found is heard before its side is asked for reasons."""
    for number, barrier in play.found:
        if not play.last.cause(barrier).anger:
            continue
        heard = min(play.met(barrier, number), default=None)
        asked = next((one.number for one in play.judged[number:] if _reasons(one, barrier.id, barrier.party)), None)
        in_time = heard is not None and (asked is None or heard <= asked)
        if not in_time and asked is None and play.excused(number):
            continue
        yield occasion(
            play,
            CRITERION,
            "anger" if asked is None or in_time else "anger_passed_over",
            MET if in_time else MISSED,
            since=number,
            party=barrier.party,
            decisions=[heard] if in_time and heard else [asked] if asked else [],
            weight=2,
            names={"cause": cause_of(play, barrier)},
        )


def _reasons(one: Judged, barrier: str, party: Side) -> bool:
    """Whether a decision went to the matter with a side in whose way that anger was known to stand."""
    known = any(b.id == barrier for b in one.moment.in_the_way(party))
    answers = any(b.id == barrier for b in one.moment.fits(one.move, party))
    return known and not answers and party in one.moment.present and one.moment.technique(one.move).to_the_matter
