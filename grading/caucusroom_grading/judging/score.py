"""From judged decisions to nine levels, caps and a total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from caucusroom.model.catalogue import Entry

from .report import HARMFUL, TOP, WEAK, Cap, Finding, Loss, Mark, Score
from .rules import closing, confidentiality, honesty
from .scale import Play, steps

GATE_BROKEN = 40
"""The most a total can be after a confidence was passed on or the mediator ruled."""
PRESSED = 55
"""The most it can be after a side was pushed for a yes: an agreement like that cannot be worth more than half."""
A_LEVEL = 2
"""Weak decisions that take a level off; the first one costs nothing."""
LEVELS_OF_HARM = 2
"""Levels that a harmful decision takes off its criterion."""
HARM = 10
"""Points that it takes off the total besides."""


def caps(play: Play) -> tuple[Cap, ...]:
    """What limits the total, whatever else went well."""
    broken = (
        (GATE_BROKEN, confidentiality.CRITERION, confidentiality.passed_on_a_confidence,
         "Something said in confidence was passed on without consent"),
        (GATE_BROKEN, honesty.CRITERION, honesty.said_who_is_right, "You said who is right"),
        (PRESSED, closing.CRITERION, closing.pushed_for_a_yes, "You pushed for a yes"),
    )  # fmt: skip
    return tuple(
        Cap(total, criterion, f"{what}. Whatever else went well, the total is at most {total}.", where)
        for total, criterion, rule, what in broken
        if (where := play.where(rule))
    )


def harm(play: Play) -> int:
    """What harmful decisions take off the total."""
    return HARM * sum(one.findings[0].label == HARMFUL for one in play.judged)


def cost(findings: Sequence[Finding]) -> int:
    """What findings take off the levels of their criteria, in halves of a level."""
    halves = {WEAK: 2 // A_LEVEL, HARMFUL: 2 * LEVELS_OF_HARM}
    return sum(halves.get(found.label, 0) for found in findings)


def scores(play: Play, limits: Sequence[Cap]) -> tuple[Score, ...]:
    """The nine criteria in their order; their points add up to the total."""
    criteria = tuple(play.dispute.catalogue.criteria.values())
    judged = [_score(play, entry) for entry in criteria]
    points = [entry["weight"] * score.level // TOP for entry, score in zip(criteria, judged, strict=True)]
    most = min((max(0, sum(points) - harm(play)), *(cap.total for cap in limits)))
    shares = _at_most(points, most)
    return tuple(replace(score, points=share) for score, share in zip(judged, shares, strict=True))


def _score(play: Play, entry: Entry) -> Score:
    shown = _reached(play, entry.id)
    before = play.unspoilt()
    if before is not play:  # a step has to be there before anything was spoilt, and still be there at the end
        shown = _reached(before, entry.id)[: len(shown)]
    earned = len(shown)
    marks = tuple(
        Mark(level, str(entry["levels"][level]), level <= earned, shown[level - 1] if level <= earned else ())
        for level in range(1, TOP + 1)
    )
    losses = _losses(play, entry.id)
    level = max(0, earned - sum(loss.levels for loss in losses))
    own = {one.number for one in play.judged if any(found.criterion == entry.id for found in one.findings)}
    own.update(number for mark in marks[:earned] for number in mark.decisions)
    return Score(
        id=entry.id,
        number=entry["number"],
        name=entry["name"],
        gate=entry["gate"],
        weight=entry["weight"],
        earned=earned,
        level=level,
        points=0,
        anchor=str(entry["levels"][earned]),
        marks=marks,
        losses=losses,
        decisions=tuple(sorted(own)),
    )


def _reached(play: Play, criterion: str) -> list[tuple[int, ...]]:
    """For each step of a scale that was reached the decisions that show it, up to the first step that was not."""
    reached = []
    for step in steps(criterion):
        shown = step(play)
        if shown is None:
            break
        reached.append(shown)
    return reached


def _losses(play: Play, criterion: str) -> tuple[Loss, ...]:
    """A harmful decision takes two levels, every second weak one takes one."""
    harmful, weak = play.labelled(criterion, HARMFUL), play.labelled(criterion, WEAK)
    losses = []
    if harmful:
        losses.append(Loss(LEVELS_OF_HARM * len(harmful), _said(len(harmful), "harmful"), harmful))
    if len(weak) >= A_LEVEL:
        losses.append(Loss(len(weak) // A_LEVEL, _said(len(weak), "weak"), weak))
    return tuple(losses)


def _said(count: int, label: str) -> str:
    return f"one {label} decision" if count == 1 else f"{count} {label} decisions"


def _at_most(points: Sequence[int], most: int) -> list[int]:
    """The points scaled down to a total, in whole points, none gaining by it; the largest remainders first."""
    total = sum(points)
    if total <= most:
        return list(points)
    shares = [divmod(one * most, total) for one in points]
    left = most - sum(share for share, _ in shares)
    by_remainder = sorted(range(len(points)), key=lambda place: (-shares[place][1], place))
    return [share + (place in by_remainder[:left]) for place, (share, _) in enumerate(shares)]
