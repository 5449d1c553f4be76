"""The moves as a page offers them: in groups, with the mediator's words; the rest by its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, get_args

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


def offers(session: Session, first: Sequence[Move], guided: bool, words: Words) -> list[Group]:
    """What can be done now, what of it comes `first`, and what cannot. Guided, a technique is explained where it is
    first offered.
    """
    dispute, reasons = session.dispute, session.refused
    possible, refused = _by_technique(session.moves), _by_technique(_nameable(session, reasons))
    groups: list[Group] = []
    for group in get_args(GroupId):
        techniques = [one for one in dispute.catalogue.techniques.values() if one.group == group]
        moves = [offer for one in techniques for offer in _offered(session, one, possible, first, guided, words)]
        not_now = _refused(dispute, techniques, possible, refused, reasons, words)
        groups.append({"id": group, "name": words.GROUPS[group], "moves": moves, "refused": not_now})
    return groups


def _by_technique(moves: Iterable[Move]) -> _ByTechnique:
    by_technique: dict[str, list[Move]] = {}
    for move in moves:
        by_technique.setdefault(move.technique, []).append(move)
    return by_technique


def _offered(
    session: Session, technique: Technique, possible: _ByTechnique, first: Sequence[Move], guided: bool, words: Words
) -> Iterator[Offer]:
    about = technique.definition if guided else ""
    moves = possible.get(technique.id, ())
    places = {move: place for place, move in enumerate(first, 1)}
    for move in moves:
        yield {
            "move": str(move),
            "name": heading(session.dispute, move),
            "of": technique.name if len(moves) > MANY else "",
            "aim": aim_heading(session.dispute, move),
            "words": session.words(move),
            "about": about,
            "cost": _cost(technique, words),
            "prominent": places.get(move) or places.get(Move(technique.id), 0),
        }
        about = ""


def _refused(
    dispute: Dispute,
    techniques: Iterable[Technique],
    possible: _ByTechnique,
    refused: _ByTechnique,
    reasons: Mapping[Move, str],
    words: Words,
) -> list[NotNow]:
    """Of what the mediator has not been told nothing is shown, not even that it exists."""
    by_reason: dict[str, list[str]] = {}
    for technique in techniques:
        own = refused.get(technique.id, ())
        if technique.id == "share":  # what was confided and may not be carried yet is worth seeing
            for move in own:
                by_reason.setdefault(reasons[move], []).append(heading(dispute, move))
        if technique.id not in possible and not (technique.id == "share" and own):
            why = reasons[own[0]] if own else words.SHORT["nothing_told"]
            by_reason.setdefault(why, []).append(technique.name)
    return [{"names": names, "why": why} for why, names in by_reason.items()]


def _nameable(session: Session, moves: Iterable[Move]) -> Iterator[Move]:
    """The moves that name only what the mediator knows of."""
    dispute, view = session.dispute, session.view
    told = {fact for fact, standing in view.standing if standing in ("confided", "cleared")}
    options = known(dispute, view)
    for move in moves:
        thing = aim(dispute, move)
        match thing:
            case Fact(id=id) if id not in told:
                continue
            case Option(id=id) if id not in options:
                continue
        yield move


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
