"""Who says what: the most fitting line of the dispute for each thing that happens, else a general one.

Lines are chosen by what the mediator perceives (events and view), never by the case behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..laws.events import KINDS, NAMELESS, Event
from ..model.dispute import Barrier, Dispute, Party, Person
from ..model.levels import LATE, MOODS, TABLE
from ..model.lines import Line
from ..model.moves import Move
from ..seen.view import MEDIATOR, View
from .naming import lower_first, target_name


class Speech(NamedTuple):
    """One thing said: by whom (`who` an id, `party` an id or ""), and the words."""

    who: str
    name: str
    role: str
    party: str
    text: str


class Voice:
    """Chooses lines, and remembers which have been said so that none comes twice while another would do."""

    def __init__(self, dispute: Dispute) -> None:
        self._dispute = dispute
        self._said: Counter[tuple[str, str]] = Counter()
        """How often each side, or the mediator (""), has said each text."""
        self._spoke: Counter[str] = Counter()
        self._together = 0
        self._speaking: set[str] = set()
        self._just_said: set[str] = set()

    def words(self, move: Move, now: View) -> str:
        """What the mediator would say in making this move now: the words on its button."""
        return _fill(self._dispute, self._words(move, now), move, now)

    def say(self, move: Move, now: View) -> Speech:
        """What the mediator says in making a move."""
        text = self._words(move, now)
        self._said["", text] += 1
        return Speech(MEDIATOR, "You", "mediator", "", _fill(self._dispute, text, move, now))

    def _words(self, move: Move, now: View) -> str:
        """The mediator's words for a move: the dispute's own where it has fitting ones, else the catalogue's."""
        facts = {"issue": now.topic, "technique": move.technique, _aim(self._dispute, move): move.target}
        own = [
            (self._said["", line.say], -len(line.when), place, line.say)
            for place, line in self._lines("", move.technique, facts)
            if _met(line.when, facts, now, None)
        ]
        if own:
            return min(own)[3]
        catalogue = self._dispute.catalogue
        technique = catalogue.techniques[move.technique]
        general: Sequence[str] = catalogue.cues[move.target]["follow"] if technique.target == "cue" else technique.say
        return min(general, key=lambda one: (self._said["", one], general.index(one)))

    def answer(self, move: Move, events: Sequence[Event], before: View, after: View) -> tuple[Speech, ...]:
        """What is said in return, in the order in which things happened."""
        self._speaking.clear()
        self._just_said.clear()
        speeches = (self._voice(event, move, after) for event in _worth_words(events))
        return tuple(speech for speech in speeches if speech is not None)

    def _voice(self, event: Event, move: Move, after: View) -> Speech | None:
        facts = about(self._dispute, event, after)
        parties = self._parties(event, after)
        owner = self._owner(event, move)
        if event.kind == "resisted":
            barrier = self._barrier(event.why)
            return self._speech(self._dispute.people[barrier.who], barrier.resists[event.about], move, after)
        for party in parties:
            fitting: list[tuple[int, int, int, int, Line]] = []
            for place, line in self._lines(party.id, event.kind, facts):
                person = self._dispute.people[line.who]
                if owner not in ("", line.who) or not _present(person, event, after):
                    continue
                if _met(line.when, facts, after, self._side(party)):
                    said, turn = self._said[party.id, line.say], self._turn(person)
                    fitting.append((said, -len(line.when), turn, place, line))
            if fitting:
                line = min(fitting, key=lambda one: one[:4])[4]
                return self._speech(self._dispute.people[line.who], line.say, move, after)
        general = self._general(event)
        if not general:
            return None
        party = parties[0]
        text = min(general, key=lambda one: (one in self._just_said, self._said[party.id, one], general.index(one)))
        speaker = self._dispute.people[owner] if owner else self._speaker(party, event, after)
        return self._speech(speaker, text, move, after)

    def _lines(self, party: str, occasion: str, facts: Mapping[str, str]) -> Iterable[tuple[int, Line]]:
        """The lines of a side ("" for the mediator) that may be about this, each after its place."""
        shelf = self._dispute.shelves.get((party, occasion))
        return shelf.lines(facts) if shelf else ()

    def _parties(self, event: Event, now: View) -> list[Party]:
        """The sides that may answer, the one whose turn it is first: what concerns both is answered in turn."""
        here = event.party or now.caucus
        if here:
            return [party for party in self._dispute.parties if party.id == here]
        first, second = self._dispute.parties
        self._together += 1
        return [first, second] if self._together % 2 else [second, first]

    def _owner(self, event: Event, move: Move) -> str:
        """The person to whom what comes out belongs, or who was asked; "" if anybody may say it."""
        if event.kind == "found":
            return self._barrier(event.about).who
        if event.kind == "confided":
            return self._dispute.facts[self._dispute.index["fact"][event.about]].who
        asked = _aim(self._dispute, move) == "person" and event.kind in ("wall", "nothing_more", "cue")
        return move.target if asked and self._dispute.people[move.target].party == event.party else ""

    def _general(self, event: Event) -> Sequence[str]:
        """The catalogue's lines for a kind of event, narrowed by cue, cause, effect, reason or technique."""
        catalogue = self._dispute.catalogue
        if event.kind in ("helped", "missed", "early"):
            technique = catalogue.techniques[event.about]
            answers: Sequence[str] = getattr(technique, event.kind)
            return answers
        lines: Any = catalogue.replies.get(event.kind, ())
        if isinstance(lines, Mapping):
            cause = self._barrier(event.about).cause if event.kind == "found" else ""
            keys = (cause, event.why, event.about)
            lines = next((lines[key] for key in keys if key in lines), ())
        return list(lines)

    def _barrier(self, id: str) -> Barrier:
        return self._dispute.barriers[self._dispute.index["barrier"][id]]

    def _speaker(self, party: Party, event: Event, now: View) -> Person:
        return min((person for person in party.people if _present(person, event, now)), key=self._turn)

    def _turn(self, person: Person) -> int:
        """Whoever has not spoken in this move comes first, then whoever has spoken least."""
        return self._spoke[person.id] + 1000 * (person.id in self._speaking)

    def _speech(self, person: Person, text: str, move: Move, now: View) -> Speech:
        self._said[person.party, text] += 1
        self._just_said.add(text)
        self._spoke[person.id] += 1
        self._speaking.add(person.id)
        said = _fill(self._dispute, text, move, now, person.party)
        return Speech(person.id, person.name, person.role, person.party, said)

    def _side(self, party: Party) -> int:
        return self._dispute.index["party"][party.id]


def _worth_words(events: Sequence[Event]) -> list[Event]:
    """The events that somebody has a line for.

    Not the end; not a polite wall where what stands behind it shows in the same breath, nor the same cue
    twice; and of a confidence passed on, who learns of it says nothing but that it was one.
    """
    showing = {event.party for event in events if event.kind == "cue"}
    unspoken = {("wall", party) for party in showing}
    if any(event.kind == "breach" for event in events):
        unspoken |= {("shared", event.party) for event in events}
    events = [event for event in events if KINDS[event.kind].said != "nobody"]
    worth = (event for event in events if (event.kind, event.party) not in unspoken)
    return list(dict.fromkeys(worth))


def about(dispute: Dispute, event: Event, now: View) -> dict[str, str]:
    """What a line's conditions are compared with: the names in an event, by what they name."""
    kind = KINDS[event.kind]
    facts = {"party": event.party, "why": event.why, "issue": now.topic}
    facts |= {name: value for name, value in ((kind.about, event.about), (kind.why, event.why)) if name not in NAMELESS}
    place = dispute.index["barrier"].get(event.about) if kind.about == "barrier" else None
    if place is not None and dispute.barriers[place].issue != TABLE:
        facts["issue"] = dispute.issues[dispute.barriers[place].issue].id
    return facts


def _aim(dispute: Dispute, move: Move) -> str:
    return dispute.catalogue.techniques[move.technique].target


def _present(person: Person, event: Event, now: View) -> bool:
    """A remote decision-maker speaks on arriving, and not otherwise."""
    return (person.seat == "remote") == (event.kind == "decider_came")


def _met(when: Mapping[str, Any], facts: Mapping[str, str], now: View, side: int | None) -> bool:
    for condition, wanted in when.items():
        if condition in MOODS:
            mood = now.moods[side] if side is not None else None
            if mood is None or not wanted[0] <= getattr(mood, condition) <= wanted[1]:
                return False
        elif condition == "room":
            if now.room != wanted:
                return False
        elif condition == "late":
            if (now.clock <= LATE and not now.staged) != wanted:
                return False
        elif facts.get(condition) != wanted:
            return False
    return True


def _fill(dispute: Dispute, text: str, move: Move, now: View, speaker: str = "") -> str:
    """Put names where a line has {party}, {other}, {issue} or {target}."""
    if "{" not in text:
        return text
    names = {party.id: party.name for party in dispute.parties}
    addressed = speaker or (move.target if move.target in names else now.caucus)
    mine = names.get(addressed, "both sides")
    others = [name for id, name in names.items() if id != addressed]
    other = others[0] if len(others) == 1 else "the other side"
    issue = next(issue.name for issue in dispute.issues if issue.id == now.topic)
    return text.format(party=mine, other=other, issue=lower_first(issue), target=target_name(dispute, move))
