"""Disputes and the catalogue, read from the JSON that `authoring/compile.py` makes of what authors write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from .catalogue import Catalogue, Cause, Entry, Needs, Technique
from .dispute import Barrier, Clock, Dispute, Fact, Issue, Limit, Named, Option, Party, Person, Scene
from .lines import Line
from .plan import Plan
from .sides import Side
from .truths import Alternative, Unknown, Unknowns


def read_catalogue(text: str) -> Catalogue:
    """The catalogue from its compiled JSON."""
    raw = json.loads(text)

    def entries(kind: str) -> Mapping[str, Entry]:
        return MappingProxyType({one["id"]: Entry(one["id"], MappingProxyType(one)) for one in raw[kind]})

    def technique(one: dict[str, Any]) -> Technique:
        lists = {name: tuple(value) for name, value in one.items() if isinstance(value, list)}
        own: dict[str, Any] = {
            "answers": frozenset(one["answers"]),
            "rooms": frozenset(one["rooms"]),
            "needs": Needs(**one["needs"]),
        }
        return Technique(**(one | lists | own))

    techniques = {one["id"]: technique(one) for one in raw["techniques"]}
    return Catalogue(
        MappingProxyType(techniques),
        MappingProxyType({one["id"]: Cause(one["id"], MappingProxyType(one)) for one in raw["causes"]}),
        entries("cues"),
        entries("criteria"),
        entries("sources"),
        MappingProxyType(raw["replies"]),
    )


def read_dispute(text: str, catalogue: Catalogue) -> Dispute:
    """A dispute from its compiled JSON, in which every name is already checked and every set a mask."""
    raw = json.loads(text)
    parties = tuple(
        Party(p["id"], p["name"], tuple(Person(**person) for person in p["people"]), p["alternatives"])
        for p in raw["parties"]
    )
    return Dispute(
        id=raw["id"],
        title=raw["title"],
        summary=raw["summary"],
        opening=raw["opening"],
        content=raw["content"],
        clock=_clock(raw["clock"]),
        moods={mood: (levels[0], levels[1]) for mood, levels in raw["moods"].items()},
        parties=(parties[0], parties[1]),
        issues=tuple(Issue(**issue) for issue in raw["issues"]),
        options=tuple(Option(**{**one, "worth": tuple(one["worth"])}) for one in raw["options"]),
        facts=tuple(
            Fact(**{**one, "party": Side(one["party"]), "effects": frozenset(one["effects"])}) for one in raw["facts"]
        ),
        barriers=tuple(
            Barrier(**{**one, "party": Side(one["party"]), "cues": tuple(one["cues"])}) for one in raw["barriers"]
        ),
        floors=(tuple(raw["floors"][0]), tuple(raw["floors"][1])),
        limits=tuple(Limit(**{**one, "party": Side(one["party"])}) for one in raw["limits"]),
        unknowns=(read_unknowns(raw["unknowns"][0]), read_unknowns(raw["unknowns"][1])),
        named={
            one["id"]: Named(one["title"], (tuple(one["choices"][0]), tuple(one["choices"][1]))) for one in raw["cases"]
        },
        endings=raw["endings"],
        lines=tuple(Line(**line) for line in raw["lines"]),
        catalogue=catalogue,
        scenes=tuple(Scene(**{**one, "moves": tuple(one["moves"])}) for one in raw["scenes"]),
    )


def _clock(raw: dict[str, Any]) -> Clock:
    days = Plan("days", raw["days"], raw["day"], staged=False)
    stages = Plan("stages", raw["stages"], raw["stage"], staged=True)
    return Clock(raw["starts"], (days, stages))


def read_unknowns(raw: dict[str, Any]) -> Unknowns:
    """What may be true of a side, from its part of a compiled dispute."""
    questions = (
        Unknown(
            one["id"],
            one["asks"],
            tuple(
                Alternative(**{**a, "things": tuple(a["things"]), "floors": tuple(map(tuple, a["floors"]))})
                for a in one["alternatives"]
            ),
        )
        for one in raw["questions"]
    )
    barriers, facts = tuple(raw["barriers"]), tuple(raw["facts"])
    signs, habits = (tuple((place, tuple(cues)) for place, cues in raw[kind]) for kind in ("signs", "habits"))
    apart = tuple(map(frozenset, raw["apart"]))
    return Unknowns(raw["story"], barriers, facts, apart, tuple(questions), signs, habits)
