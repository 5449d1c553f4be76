"""What the room says in words about moods, time and events. Levels and ticks go in, sentences come out."""

from __future__ import annotations

from collections.abc import Iterator

from caucusroom import Turn
from caucusroom.laws.events import Event
from caucusroom.model.dispute import Dispute
from caucusroom.model.levels import TICK_MINUTES
from caucusroom.seen.view import Mood, View
from caucusroom.voice.naming import duration, lower_first

_POSTURE = {
    "heat": (
        "They sit back and speak evenly",
        "They sit upright and answer curtly",
        "They lean in and their voices are raised",
        "They are on their feet and shouting",
    ),
    "trust": (
        "closed to you",
        "polite with you and no more",
        "open with you",
        "frank with you, as with somebody they trust",
    ),
    "strain": ("", "a little tired", "worn, with an eye on the clock", "at the end of their strength"),
    "suspicion": (
        "",
        "wondering about the other room",
        "doubtful that you are even-handed",
        "saying aloud that you favor the other side",
    ),
}
_CHANGE = {
    "heat": ("calmer", "angrier"),
    "trust": ("more guarded with you", "more open with you"),
    "strain": ("fresher", "more tired"),
    "suspicion": ("easier about the other room", "more suspicious"),
}

_NOTES = {
    "found": "Now you know: {barrier}",
    "interest": "Under the position of {party}: {interest}",
    "confided": "{party} told you in confidence: {fact}",
    "cleared": "You may carry this: {carried}",
    "shared": "On the table now: {carried}",
    "developed": "There are new options on this issue.",
    "agreed": "Agreed: {option}",
    "homework": "{party} has something to find out before the next session.",
    "decider_came": "Whoever decides for {party} has joined.",
    "waited": "{party} had been waiting for {waited}.",
    "breach": "Something told in confidence has been passed on.",
    "walked_out": "{party} walks out.",
}
_HINTS = {
    "cue": "A cue from {party}: {cue}",
    "helped": "That met what stood in the way of {party}.",
    "missed": "That met nothing in {party}: no cause that it answers has been found.",
    "early": "Too early for {party}: {early}.",
    "hurt": "{goes_wrong}",
    "nothing_more": "There is no more under this with {party}.",
    "no_basis": "Options need an interest on each side first.",
    "spiral": "An attack draws the next one.",
    "boiling": "{party} is still heated as the door opens.",
    "owed": "{party} has not had its turn alone with you.",
    "pressed": "That yes was pushed for.",
}
"""What guided mode adds: readings of what happened, which assessment mode leaves to the trainee."""

_EARLY = {
    "trust": "they do not trust you enough yet",
    "heat": "they are too heated",
    "heard": "their anger has not been heard",
}


def posture(mood: Mood) -> str:
    """How a side sits, in a sentence."""
    sits, trusts, *more = (words[level] for words, level in zip(_POSTURE.values(), mood, strict=True))
    return f"{sits}; {', '.join([trusts, *filter(None, more)])}."


def notes(dispute: Dispute, turn: Turn, guided: bool) -> Iterator[str]:
    """What came of a turn besides what was said, a sentence each."""
    templates = _NOTES | _HINTS if guided else _NOTES
    told = (templates[e.kind].format_map(_names(dispute, e)) for e in turn.events if e.kind in templates)
    yield from dict.fromkeys(told)
    if guided:
        yield from _changes(dispute, turn.before, turn.after)


def _names(dispute: Dispute, event: Event) -> dict[str, str]:
    """The names and texts an event can be told with, by placeholder."""
    catalogue, index = dispute.catalogue, dispute.index
    names = {party.id: party.name for party in dispute.parties}
    told = {"party": names.get(event.party, ""), "early": _EARLY.get(event.why, "")}
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


def _changes(dispute: Dispute, before: View, after: View) -> Iterator[str]:
    """How the moods of those who were and are in the room have moved."""
    changed: dict[str, list[str]] = {}
    for party, was, now in zip(dispute.parties, before.moods, after.moods, strict=True):
        if was is not None and now is not None:
            levels = zip(_CHANGE.values(), was, now, strict=True)
            change = ", ".join(words[level > old] for words, old, level in levels if level != old)
            changed.setdefault(change, []).append(party.name)
    for change, names in changed.items():
        if change:
            yield f"{' and '.join(names)}: {change}."
