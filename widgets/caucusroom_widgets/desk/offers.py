"""The moves as a page offers them: in groups, with the mediator's words; the rest by its reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caucusroom import Move, Session
from caucusroom.model.catalogue import Technique
from caucusroom.model.dispute import Dispute, Fact, Option
from caucusroom.model.levels import TICK_MINUTES
from caucusroom.seen.view import View
from caucusroom.voice.naming import aim, duration, heading

from .sensible import sensible

_GROUPS = ("open", "listen", "explore", "test", "build", "share", "process", "close")
_NOTHING_TOLD = "Nobody has told you anything yet that this could be about."


def offers(session: Session, guided: bool) -> list[dict[str, Any]]:
    """The groups of desk.py's snapshot. Guided, a technique is explained where it is first offered."""
    first = sensible(session)
    return [
        {
            "id": group,
            "name": group.capitalize(),
            "moves": list(_offered(session, group, first, guided)),
            "refused": _refused(session, group),
        }
        for group in _GROUPS
    ]


def _offered(session: Session, group: str, first: tuple[Move, ...], guided: bool) -> Iterator[dict[str, Any]]:
    possible = session.moves
    for technique in _techniques(session.dispute, group):
        about = technique.definition if guided else ""
        for move in possible:
            if move.technique == technique.id:
                yield {
                    "move": str(move),
                    "name": heading(session.dispute, move),
                    "words": session.words(move),
                    "about": about,
                    "cost": _cost(technique),
                    "prominent": first.index(move) + 1 if move in first else 0,
                }
                about = ""


def _refused(session: Session, group: str) -> list[dict[str, Any]]:
    """Of what the mediator has not been told nothing is shown, not even that it exists."""
    dispute, possible = session.dispute, {move.technique for move in session.moves}
    speakable = [(move, why) for move, why in session.refused.items() if _may_be_named(session, move)]
    by_reason: dict[str, list[str]] = {}
    for technique in _techniques(dispute, group):
        own = [(move, why) for move, why in speakable if move.technique == technique.id]
        if technique.id == "share":  # what was confided and may not be carried yet is worth seeing
            for move, why in own:
                by_reason.setdefault(why, []).append(heading(dispute, move))
        if technique.id not in possible and not (technique.id == "share" and own):
            by_reason.setdefault(own[0][1] if own else _NOTHING_TOLD, []).append(technique.name)
    return [{"names": names, "why": why} for why, names in by_reason.items()]


def _techniques(dispute: Dispute, group: str) -> Iterator[Technique]:
    return (technique for technique in dispute.catalogue.techniques.values() if technique.group == group)


def _may_be_named(session: Session, move: Move) -> bool:
    """Whether a move names only what the mediator knows of."""
    thing = aim(session.dispute, move)
    if isinstance(thing, Fact):
        return dict(session.view.standing).get(thing.id) in ("confided", "cleared")
    return not isinstance(thing, Option) or known(session.dispute, session.view, thing)


def known(dispute: Dispute, view: View, option: Option) -> bool:
    """Whether an option has been spoken of: it lay open from the start, or has been developed."""
    standing, issue = dict(view.standing), dispute.issues[option.issue].id
    shared = sum(1 << k for k, fact in enumerate(dispute.facts) if standing.get(fact.id) == "shared")
    return option.open or (issue in view.developed and not option.needs & ~shared)


def _cost(technique: Technique) -> str:
    return "rest of the day" if technique.id == "adjourn" else duration(technique.ticks * TICK_MINUTES)
