"""The moves as a page offers them: in groups, with the mediator's words; the rest by its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias, get_args

from caucusroom import Move, Session
from caucusroom.model.catalogue import Technique
from caucusroom.model.dispute import Dispute, Fact, Option
from caucusroom.model.levels import TICK_MINUTES
from caucusroom.seen.view import View
from caucusroom.voice.naming import aim, aim_heading, duration, heading

from ..words import Words
from .snapshot import Group, GroupId, NotNow, Offer

_ByTechnique: TypeAlias = Mapping[str, Sequence[Move]]

MANY = 5
"""A technique with more aims than this is one entry that opens to them."""


class _Printed(NamedTuple):
    """What of a move never changes: its text, how it and its aim are called, and the fact or option that it names."""

    text: str
    name: str
    aim: str
    fact: str
    option: str


class Menu:
    """All moves of a dispute, for one desk. Guided, a technique is explained where it is first offered."""

    def __init__(self, dispute: Dispute, guided: bool, words: Words) -> None:
        self._dispute = dispute
        self._guided = guided
        self._words = words
        techniques = dispute.catalogue.techniques.values()
        self._groups = [(group, [one for one in techniques if one.group == group]) for group in get_args(GroupId)]
        self._costs = {one.id: _cost(one, words) for one in techniques}
        self._printed: dict[Move, _Printed] = {}

    def offers(self, session: Session, first: Sequence[Move]) -> list[Group]:
        """What can be done now, what of it comes `first`, and what cannot."""
        reasons = session.refused
        possible = _by_technique(session.moves)
        refused = _by_technique(self._nameable(session.view, reasons))
        places = {move: place for place, move in enumerate(first, 1)}
        return [
            {
                "id": group,
                "name": self._words.GROUPS[group],
                "moves": [offer for one in own for offer in self._offered(session, one, possible, places)],
                "refused": self._refused(own, possible, refused, reasons),
            }
            for group, own in self._groups
        ]

    def _offered(
        self, session: Session, technique: Technique, possible: _ByTechnique, places: Mapping[Move, int]
    ) -> Iterator[Offer]:
        moves = possible.get(technique.id, ())
        of = technique.name if len(moves) > MANY else ""
        place = places.get(Move(technique.id), 0)
        about = technique.definition if self._guided else ""
        for move in moves:
            printed = self._print(move)
            yield {
                "move": printed.text,
                "name": printed.name,
                "of": of,
                "aim": printed.aim,
                "words": session.words(move),
                "about": about,
                "cost": self._costs[technique.id],
                "prominent": places.get(move) or place,
            }
            about = ""

    def _refused(
        self,
        techniques: Iterable[Technique],
        possible: _ByTechnique,
        refused: _ByTechnique,
        reasons: Mapping[Move, str],
    ) -> list[NotNow]:
        """Of what the mediator has not been told nothing is shown, not even that it exists."""
        by_reason: dict[str, list[str]] = {}
        for technique in techniques:
            own = refused.get(technique.id, ())
            if technique.id == "share":  # what was confided and may not be carried yet is worth seeing
                for move in own:
                    by_reason.setdefault(reasons[move], []).append(self._print(move).name)
            if technique.id not in possible and not (technique.id == "share" and own):
                why = reasons[own[0]] if own else self._words.SHORT["nothing_told"]
                by_reason.setdefault(why, []).append(technique.name)
        return [{"names": names, "why": why} for why, names in by_reason.items()]

    def _nameable(self, view: View, moves: Iterable[Move]) -> Iterator[Move]:
        """The moves that name only what the mediator knows of."""
        told = {"", *(fact for fact, standing in view.standing if standing in ("confided", "cleared"))}
        options = {"", *known(self._dispute, view)}
        for move in moves:
            printed = self._print(move)
            if printed.fact in told and printed.option in options:
                yield move

    def _print(self, move: Move) -> _Printed:
        if (printed := self._printed.get(move)) is None:
            dispute, thing = self._dispute, aim(self._dispute, move)
            fact = thing.id if isinstance(thing, Fact) else ""
            option = thing.id if isinstance(thing, Option) else ""
            printed = _Printed(str(move), heading(dispute, move), aim_heading(dispute, move), fact, option)
            self._printed[move] = printed
        return printed


def _by_technique(moves: Iterable[Move]) -> _ByTechnique:
    by_technique: dict[str, list[Move]] = {}
    for move in moves:
        by_technique.setdefault(move.technique, []).append(move)
    return by_technique


def known(dispute: Dispute, view: View) -> frozenset[str]:
    """The options that have been spoken of: they lay open from the start, or have been developed."""
    on_the_table = {fact for fact, standing in view.standing if standing == "shared"}
    shared = sum(1 << k for k, fact in enumerate(dispute.facts) if fact.id in on_the_table)
    developed = {dispute.index["issue"][issue] for issue in view.developed}
    return frozenset(
        option.id
        for option in dispute.options
        if option.open or (option.issue in developed and not option.needs & ~shared)
    )


def _cost(technique: Technique, words: Words) -> str:
    return words.SHORT["rest_of_the_day"] if technique.id == "adjourn" else duration(technique.ticks * TICK_MINUTES)
