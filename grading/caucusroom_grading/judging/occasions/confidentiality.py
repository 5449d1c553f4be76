"""Criterion 3: what is done with a confidence. Keeping what need not leave the room calls for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from caucusroom.model import answers as book
from caucusroom.model.dispute import Fact

from ..play import Play
from ..report import MET, MISSED, Occasion
from ..rules import confidentiality as rules
from ..rules.confidentiality import CRITERION
from .book import cause_of, occasion


def occasions(play: Play) -> Iterator[Occasion]:
    counted: set[int] = set()
    for one in _needed(play):
        counted.update(one.decisions)
        yield one
    for number in play.where(rules.asked_what_may_be_carried):
        if number not in counted:
            yield _used(play, "leave_asked", number)
    for number in play.where(rules.carried_what_was_cleared):
        if number not in counted:
            yield _used(play, "carried", number)


def _used(play: Play, id: str, number: int) -> Occasion:
    found = next(found for found in play.judged[number - 1].findings if found.criterion == CRITERION)
    party = play.side(found.party)
    return occasion(play, CRITERION, id, MET, since=number - 1, party=party, decisions=(number,))


def _needed(play: Play) -> Iterator[Occasion]:
    """What one side confided and would answer what was found in the other."""
    for told, event in play.events("confided"):
        fact = play.dispute.facts[play.dispute.index["fact"][event.about]]
        for number, barrier in play.found:
            if barrier.party == fact.party or not book.told(play.dispute.catalogue, barrier, fact):
                continue
            since = max(told, number)
            gave_way = play.answered.get(barrier.id, 0)
            asked = _asked(play, fact, told)
            if 0 < gave_way <= since or (not asked and (gave_way or play.stopped_unready)):
                continue
            yield occasion(
                play,
                CRITERION,
                "needed_there",
                MET if asked else MISSED,
                since=told,
                party=fact.party,
                decisions=asked,
                weight=2,
                names={"cause": cause_of(play, barrier)},
            )


def _asked(play: Play, fact: Fact, told: int) -> list[int]:
    """The decisions that asked for leave to carry it, or carried it with leave."""
    asked = [
        one.number
        for one in play.judged[told:]
        if one.move.technique == "allay_sharing" and one.moment.alone == fact.party and one.moment.topic == fact.issue
    ]
    carried = [one.number for one in play.judged if one.move.technique == "share" and one.move.target == fact.id]
    return asked + carried
