"""Criterion 4: questions of law and fact go to others, and terms come from the sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..play import Play
from ..report import MET, MISSED, WORSE, Occasion
from ..rules.closing import CRITERION as CLOSING
from ..rules.honesty import CRITERION
from .book import cause_of, issue_name, occasion


def occasions(play: Play) -> Iterator[Occasion]:
    yield from _law_or_fact(play)
    yield from _terms(play)


def _law_or_fact(play: Play) -> Iterator[Occasion]:
    for number, barrier in play.found:
        if not play.last.cause(barrier).of_law_or_fact:
            continue
        sent = play.met(barrier, number)
        if sent or not play.excused(number):
            yield occasion(
                play,
                CRITERION,
                "law_or_fact",
                MET if sent else MISSED,
                since=number,
                party=barrier.party,
                decisions=sent[:1],
                weight=2,
                names={"cause": cause_of(play, barrier)},
            )


def _terms(play: Play) -> Iterator[Occasion]:
    """What was put to the sides or carried between them, issue by issue: positions, or what had been prepared."""
    put: dict[int, dict[bool, list[int]]] = defaultdict(lambda: {True: [], False: []})
    for one in play.judged:
        if one.move.technique in ("propose", "shuttle"):
            option = one.moment.option(one.move)
            if option.open or one.is_sound(CLOSING):
                put[option.issue][option.open].append(one.number)
    for issue, kinds in put.items():
        positions, ideas = kinds[True], kinds[False]
        yield occasion(
            play,
            CRITERION,
            "terms",
            WORSE if positions else MET,
            since=min(positions + ideas) - 1,
            decisions=positions or ideas,
            names={"issue": issue_name(play, issue)},
        )
