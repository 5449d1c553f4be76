"""From occasions to nine levels, caps and a total.

Points follow the share of what called for a decision that was met; the level is the word for that share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from caucusroom.model.catalogue import Entry

from ..words import en
from .finding import HARMFUL, WEAK
from .occasions import occasions
from .play import Play
from .report import WORSE, Cap, Score
from .rules import closing, confidentiality, honesty

GATE_BROKEN = 40
"""The most a total can be after a confidence was passed on or the mediator ruled."""
PRESSED = 55
"""The most it can be after a side was pushed for a yes: an agreement like that cannot be worth more than half."""
GIVEN_UP = 70
"""The most it can be where it was ended with time left and not everything decided, or what was agreed not written."""
STEPS = (1, 3, 5, 7)
"""The eighths of all that was called for from which each level is reached."""
A_WEAK_ONE, A_HARMFUL_ONE = 1, 2
"""What a weak and a harmful decision weigh against a criterion, beside its occasions."""
HARM = 10
"""Points that a harmful decision takes off the total besides."""


def caps(play: Play) -> tuple[Cap, ...]:
    """What limits the total, whatever else went well."""
    broken = (
        (GATE_BROKEN, confidentiality.passed_on_a_confidence),
        (GATE_BROKEN, honesty.said_who_is_right),
        (PRESSED, closing.pushed_for_a_yes),
        (GIVEN_UP, closing.gave_up_early),
        (GIVEN_UP, closing.wrote_up_too_soon),
        (GIVEN_UP, closing.adjourned_into_nothing),
        (GIVEN_UP, closing.left_it_unwritten),
    )
    return tuple(
        Cap(total, rule.criterion, en.CAPPED.format(what=en.CAPS[rule.id], total=total), where)
        for total, rule in broken
        if (where := play.where(rule))
    )


def harm(play: Play) -> int:
    """What harmful decisions take off the total."""
    return HARM * sum(one.label == HARMFUL for one in play.judged)


def total_of(play: Play, criteria: Sequence[Score]) -> int | None:
    """The total, None while the mediation lasts."""
    return sum(score.points for score in criteria) if play.ending else None


def scores(play: Play) -> tuple[Score, ...]:
    """The nine criteria in their order; once it is over their points add up to the total."""
    entries = tuple(play.dispute.catalogue.criteria.values())
    judged = [_score(play, entry) for entry in entries]
    if not play.ending:
        return tuple(judged)
    tested = [score for score in judged if score.called]
    worth = sum(score.weight for score in tested)
    earned = sum((score.weight * _share(score) for score in tested), Fraction(0))
    average = earned / worth if worth else Fraction(0)
    shares = [score.weight * (_share(score) if score.called else average) for score in judged]
    most = min(max(0, round(sum(shares)) - harm(play)), *(cap.total for cap in caps(play)), 100)
    return tuple(replace(score, points=points) for score, points in zip(judged, _whole(shares, most), strict=True))


def _score(play: Play, entry: Entry) -> Score:
    own = tuple(occasions(play, entry.id))
    counted = {number for one in own for number in one.decisions}
    spoilt = {number for one in own if one.outcome == WORSE for number in one.decisions}
    weak = tuple(number for number in play.labelled(entry.id, WEAK) if number not in spoilt)
    harmful = tuple(number for number in play.labelled(entry.id, HARMFUL) if number not in spoilt)
    called = sum(one.weight for one in own) + A_WEAK_ONE * len(weak) + A_HARMFUL_ONE * len(harmful)
    earned = sum(one.earned for one in own)
    level = sum(8 * earned >= step * called for step in STEPS) if called else None
    spoken = {one.number for one in play.judged if any(found.criterion == entry.id for found in one.findings)}
    return Score(
        id=entry.id,
        number=entry["number"],
        name=entry["name"],
        gate=entry["gate"],
        weight=entry["weight"],
        called=called,
        earned=earned,
        level=level,
        points=0,
        anchor=en.UNTESTED if level is None else str(entry["levels"][level]),
        occasions=own,
        weak=weak,
        harmful=harmful,
        decisions=tuple(sorted(spoken | counted)),
    )


def _share(score: Score) -> Fraction:
    return Fraction(score.earned, score.called)


def _whole(shares: Sequence[Fraction], most: int) -> list[int]:
    """The shares brought to a total, in whole points, the largest remainders first; none gains a point by it."""
    total = sum(shares)
    if not total:
        return [0] * len(shares)
    exact = [share * most / total for share in shares]
    points = [int(one) for one in exact]
    left = most - sum(points)
    by_remainder = sorted(range(len(points)), key=lambda place: (points[place] - exact[place], place))
    return [one + (place in by_remainder[:left]) for place, one in enumerate(points)]
