"""What happened in a play, read from moves, events and views alone: nothing here is the judge's.

The sentences of a report are held against this (tests/test_true_sentences.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from caucusroom import Move, Turn, View
from caucusroom.laws.events import Event
from caucusroom.model.dispute import Barrier, Dispute, Fact, Option
from caucusroom.seen.view import Mood
from caucusroom.voice.naming import lower_first

TABLE = -1
QUESTIONS = ("look_deeper", "follow_up", "ask_need")


class Past:
    """Everything that was perceived in the first so many decisions of a play, and the view after them."""

    def __init__(self, dispute: Dispute, first: View, turns: Sequence[Turn]) -> None:
        self.dispute = dispute
        self.turns = tuple(turns)
        self.first = first
        self.view = turns[-1].after if turns else first
        self.catalogue = dispute.catalogue
        self.sides = tuple(party.id for party in dispute.parties)

    def until(self, number: int) -> Past:
        """After so many decisions."""
        return Past(self.dispute, self.first, self.turns[:number])

    # people and rooms

    def name(self, side: str) -> str:
        return next(party.name for party in self.dispute.parties if party.id == side)

    def other(self, side: str) -> str:
        return self.sides[1 - self.sides.index(side)]

    @cached_property
    def present(self) -> tuple[str, ...]:
        return {"before": (), "joint": self.sides, "caucus": (self.view.caucus,)}[self.view.room]

    def mood(self, side: str) -> Mood | None:
        """As it was last seen."""
        place = self.sides.index(side)
        views = (self.view, *(turn.before for turn in reversed(self.turns)))
        return next((view.moods[place] for view in views if view.moods[place] is not None), None)

    def level(self, side: str, mood: str) -> int:
        seen = self.mood(side)
        return int(getattr(seen, mood)) if seen else {"trust": 1}.get(mood, 0)

    def heat(self, side: str) -> int:
        return self.level(side, "heat")

    def with_it(self, turn: Turn, side: str) -> bool:
        """Whether a side was in the room when a decision was taken."""
        return turn.before.room == "joint" or turn.before.caucus == side

    # what happened

    def events(self, *kinds: str, of: str = "") -> Iterator[tuple[int, Event]]:
        for turn in self.turns:
            for event in turn.events:
                if event.kind in kinds and of in ("", event.party):
                    yield turn.number, event

    def made(self, *techniques: str) -> list[Turn]:
        return [turn for turn in self.turns if turn.move.technique in techniques]

    def barrier(self, id: str) -> Barrier:
        return next(barrier for barrier in self.dispute.barriers if barrier.id == id)

    def party(self, thing: Barrier | Fact) -> str:
        return self.sides[thing.party]

    @cached_property
    def found(self) -> dict[str, int]:
        return {event.about: number for number, event in self.events("found")}

    @cached_property
    def gave_way(self) -> dict[str, int]:
        gone: dict[str, int] = {}
        for number, event in self.events("helped", "homework"):
            gone.setdefault(event.why if event.kind == "helped" else event.about, number)
        return gone

    @cached_property
    def resisted(self) -> set[tuple[str, str]]:
        """Of a technique and what it did not reach."""
        return {(event.about, event.why) for _, event in self.events("resisted")}

    @cached_property
    def standing(self) -> list[Barrier]:
        return [barrier for barrier in self.dispute.barriers if barrier.id in self.found.keys() - self.gave_way.keys()]

    def in_the_way(self, side: str, issue: str = "") -> list[Barrier]:
        """What is known to stand there on an issue, by default the one on the table."""
        place = self.place(issue or self.view.topic)
        return [b for b in self.standing if self.party(b) == side and b.issue in (place, TABLE)]

    def place(self, issue: str) -> int:
        return [one.id for one in self.dispute.issues].index(issue)

    def knows(self, side: str, issue: str = "") -> bool:
        """What a side wants with an issue."""
        return any(event.about == (issue or self.view.topic) for _, event in self.events("interest", of=side))

    def agreed(self) -> set[str]:
        return {event.about for _, event in self.events("agreed")}

    def told(self, side: str) -> bool:
        """What a caucus is."""
        return any(self.with_it(turn, side) for turn in self.made("explain_caucus"))

    # signs and walls

    @cached_property
    def signs(self) -> dict[tuple[str, str], int]:
        """The cues of each side that were not followed to their end, with the decision that first let them show."""
        open: dict[tuple[str, str], int] = {}
        for turn in self.turns:
            followed = turn.move.target if turn.move.technique == "follow_up" else ""
            for side in self.sides:
                said = [event for event in turn.events if event.party == side]
                shown = [event.about for event in said if event.kind == "cue"]
                kinds = {event.kind for event in said}
                for event in said:
                    if event.kind == "cue":
                        open.setdefault((side, event.about), turn.number)
                    elif event.kind == "found" and not followed:
                        cues = self.cues(self.barrier(event.about).cause)
                        fitting = [one for one in open if one[0] == side and one[1] in cues]
                        if fitting:
                            del open[fitting[-1]]
                    elif followed and (
                        event.kind in ("found", "nothing_more")
                        or (event.kind == "wall" and shown and followed not in shown)
                    ):
                        open.pop((side, followed), None)
                assert kinds or not shown
        return open

    def open(self, side: str, cue: str) -> bool:
        return (side, cue) in self.signs

    def shown(self, side: str, cue: str) -> bool:
        """At any time."""
        return any(event.about == cue for _, event in self.events("cue", of=side))

    def cues(self, cause: str) -> list[str]:
        return list(self.catalogue.causes[cause]["cues"])

    def causes(self, cue: str) -> set[str]:
        return {id for id in self.catalogue.causes if cue in self.cues(id)}

    def walls(self, side: str) -> list[int]:
        """The questions at the table that met a wall, and it has not told anything since."""
        walls: list[int] = []
        for number, event in self.events("wall", "found", "interest", "confided", of=side):
            if event.kind != "wall":
                walls = []
            elif self.turns[number - 1].after.room == "joint":
                walls.append(number)
        return walls

    # what answers what

    def by_the_book(self, technique: str, cause: str) -> bool:
        return cause in self.catalogue.techniques[technique].answers

    def answered_by(self, move: Move, side: str, anywhere: bool = False) -> list[Barrier]:
        """The known causes of a side that a move answers, as far as it is not known not to reach them."""
        known = self.standing if anywhere else self.in_the_way(side)
        return [b for b in known if self.party(b) == side and self.is_answer(move, b)]

    def is_answer(self, move: Move, barrier: Barrier) -> bool:
        if move.technique == "share":
            return self.informs(self.fact(move.target), barrier)
        return self.by_the_book(move.technique, barrier.cause) and (move.technique, barrier.id) not in self.resisted

    def informs(self, fact: Fact, barrier: Barrier) -> bool:
        news = self.catalogue.causes[barrier.cause].news
        if barrier.issue not in (fact.issue, TABLE):
            return False
        if barrier.party == fact.party:
            return not news and self.by_the_book("share", barrier.cause)
        return bool(news) and news in fact.effects

    def fact(self, id: str) -> Fact:
        return next(fact for fact in self.dispute.facts if fact.id == id)

    def option(self, id: str) -> Option:
        return next(option for option in self.dispute.options if option.id == id)

    def facts(self, standing: str, side: str = "", issue: str = "") -> list[Fact]:
        """Those that have come so far and no further: confided, cleared or shared."""
        steps = ("confided", "cleared", "shared")
        reached = {step: {event.about for _, event in self.events(step)} for step in steps}
        later = set().union(*(reached[step] for step in steps[steps.index(standing) + 1 :]))
        return [
            fact
            for fact in self.dispute.facts
            if fact.id in reached[standing] - later
            and side in ("", self.party(fact))
            and issue in ("", self.dispute.issues[fact.issue].id)
        ]

    def is_private(self, barrier: Barrier) -> bool:
        """Whether half or more of what may still answer it belongs in private."""
        may = [
            one
            for one in self.catalogue.techniques.values()
            if barrier.cause in one.answers and (one.id, barrier.id) not in self.resisted
        ]
        return 2 * sum(one.forum == "caucus" for one in may) >= len(may) > 0

    def left_to_try(self, barrier: Barrier) -> list[str]:
        """The remedies by the book for a known cause that did not come since it was found, and could now: there is
        time, and its side trusts enough, is cool enough and has been heard."""
        side, late = self.party(barrier), self.view.clock <= 3 and not self.view.days
        since = {turn.move.technique for turn in self.turns[self.found[barrier.id] :]}
        angry = any(self.catalogue.causes[b.cause].anger for b in self.standing if self.party(b) == side)
        return [
            one.id
            for one in self.catalogue.techniques.values()
            if one.is_remedy
            and barrier.cause in one.answers
            and (one.id, barrier.id) not in self.resisted
            and one.id not in since
            and not late
            and (self.view.days or one.ticks <= self.view.clock)
            and self.level(side, "trust") >= one.needs.trust
            and self.heat(side) <= one.needs.heat
            and not (one.needs.heard and angry)
        ]

    def met_in_vain(self, barrier: Barrier) -> bool:
        """Whether what was tried did not reach its side, and nothing else was left to try."""
        return barrier.id in {one for _, one in self.resisted} and not self.left_to_try(barrier)

    def harmless_at_the_table(self, technique: str) -> bool:
        levels = [[self.level(side, mood) for side in self.sides] for mood in ("trust", "heat", "suspicion")]
        trust, heat, suspicion = levels
        if technique == "hear_out":
            return min(trust) >= 2 and max(heat) < 3 and max(suspicion) < 2 and min(heat) < 2
        if technique == "cost_of_no_deal":
            return min(trust) >= 2 and max(heat) < 2
        return not self.catalogue.techniques[technique].hurts_in_joint

    # names in sentences

    def cause_named(self, name: str) -> str:
        return next(id for id, one in self.catalogue.causes.items() if lower_first(one["name"]) == lower_first(name))

    def cue_named(self, name: str) -> str:
        return next(id for id, one in self.catalogue.cues.items() if lower_first(one["name"]) == lower_first(name))

    def issue_named(self, name: str) -> str:
        return next(one.id for one in self.dispute.issues if lower_first(one.name) == lower_first(name))


def read_out(template: str, sentence: str) -> Mapping[str, str] | None:
    """What was filled in where; None if the sentence was not made of the template."""
    seen: set[str] = set()
    pattern = ""
    for part in re.split(r"(\{\w+\})", template):
        name = part[1:-1] if part.startswith("{") else ""
        pattern += (f"(?P={name})" if name in seen else f"(?P<{name}>.*?)") if name else re.escape(part)
        seen.add(name)
    found = re.fullmatch(pattern, sentence, re.DOTALL | re.IGNORECASE)
    return found.groupdict() if found else None
