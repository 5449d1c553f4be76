"""How moods, time and events are told. Levels and ticks go in, sentences come out."""

from __future__ import annotations

from collections.abc import Iterator

from caucusroom import Turn
from caucusroom.laws.events import Event
from caucusroom.model.dispute import Dispute
from caucusroom.model.levels import TICK_MINUTES
from caucusroom.seen.view import Mood, View
from caucusroom.voice.naming import duration, lower_first

from ..words import Words


def posture(mood: Mood, words: Words) -> str:
    """How a side sits, in a sentence."""
    sits, *seems = (levels[level] for levels, level in zip(words.POSTURES.values(), mood, strict=True))
    return words.SHORT["posture"].format(sits=sits, seems=words.SHORT["list"].join(filter(None, seems)))


def notes(dispute: Dispute, turn: Turn, guided: bool, words: Words) -> Iterator[str]:
    """What came of a turn besides what was said, a sentence each; guided, how that may be read as well."""
    templates = {**words.NOTES, **words.READINGS} if guided else words.NOTES
    told = (templates[e.kind].format_map(_names(dispute, e, words)) for e in turn.events if e.kind in templates)
    yield from dict.fromkeys(told)
    if guided:
        yield from _changes(dispute, turn.before, turn.after, words)


def _names(dispute: Dispute, event: Event, words: Words) -> dict[str, str]:
    """The names and texts an event can be told with, by placeholder."""
    catalogue, index = dispute.catalogue, dispute.index
    names = {party.id: party.name for party in dispute.parties}
    told = {"party": names.get(event.party, ""), "early": words.EARLY.get(event.why, "")}
    if event.kind == "waited":
        told["waited"] = duration(int(event.why) * TICK_MINUTES)
    if event.about in catalogue.techniques:
        told["goes_wrong"] = catalogue.techniques[event.about].goes_wrong
    if event.kind == "cue":
        told["cue"] = lower_first(cue_words(dispute, event.about))
    for option in (event.about, event.why):
        if option in index["option"]:
            told["option"] = dispute.options[index["option"][option]].text
    if event.about in index["barrier"]:
        told["barrier"] = dispute.barriers[index["barrier"][event.about]].found
    if event.about in index["fact"]:
        fact = dispute.facts[index["fact"][event.about]]
        told |= {"fact": fact.text, "carried": fact.carried_as}
    if event.kind == "interest":
        told["interest"] = dispute.issues[index["issue"][event.about]].interests[event.party]
    return told


def cue_words(dispute: Dispute, cue: str) -> str:
    entry = dispute.catalogue.cues[cue]
    return f"{entry['name']}. {entry['shows']}"


def _changes(dispute: Dispute, before: View, after: View, words: Words) -> Iterator[str]:
    """How the moods of those who were and are in the room have moved."""
    changed: dict[str, list[str]] = {}
    for party, was, now in zip(dispute.parties, before.moods, after.moods, strict=True):
        if was is not None and now is not None:
            levels = zip(words.CHANGES.values(), was, now, strict=True)
            change = words.SHORT["list"].join(called[level > old] for called, old, level in levels if level != old)
            changed.setdefault(change, []).append(party.name)
    for change, names in changed.items():
        if change:
            yield words.SHORT["changed"].format(who=words.SHORT["and"].join(names), how=change)
