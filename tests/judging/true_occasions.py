"""For each occasion and outcome, when what is said of it is true, by all that was perceived in the play."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from caucusroom import Turn
from caucusroom.model.dispute import Barrier
from caucusroom_grading.judging.finding import HARMFUL, SOUND, WEAK
from caucusroom_grading.judging.report import Decision, Occasion

from tests.judging.transcripts import QUESTIONS, Past

LISTENED = (*QUESTIONS, "hear_out")
VISITS = ("call_caucus", "premeeting", "shuttle")
SOON = 2


class Told(NamedTuple):
    """An occasion of a play, what is filled in, and the play: what was perceived in it and how it was labelled."""

    occasion: Occasion
    named: Mapping[str, str]
    whole: Past
    decisions: tuple[Decision, ...]

    @property
    def side(self) -> str:
        return self.occasion.party

    @property
    def other(self) -> str:
        return self.whole.other(self.side)

    @property
    def place(self) -> int:
        return self.whole.sides.index(self.side)

    @property
    def met(self) -> list[Turn]:
        """The decisions that are told of."""
        return [self.whole.turns[number - 1] for number in self.occasion.decisions]

    @property
    def since(self) -> int:
        return self.occasion.since

    @property
    def issue(self) -> str:
        return self.whole.issue_named(self.named["issue"])

    @property
    def cue(self) -> str:
        return self.whole.cue_named(self.named["cue"])

    @property
    def ending(self) -> str:
        return str(self.whole.view.ending)

    def at(self, number: int) -> Past:
        return self.whole.until(number)

    def after(self, number: int) -> tuple[Turn, ...]:
        return self.whole.turns[number:]

    def sound(self, turn: Turn) -> bool:
        """Whether something sound was said of a decision and nothing against it."""
        said = [found.label for found in self.decisions[turn.number - 1].findings]
        return SOUND in said and not {WEAK, HARMFUL} & set(said)

    def alone(self, turn: Turn) -> bool:
        return turn.before.caucus == self.side

    # causes

    @property
    def of(self) -> list[Barrier]:
        """What was found then in that side and is of the cause that is named."""
        cause = self.whole.cause_named(self.named["cause"])
        return [
            barrier
            for barrier in map(self.whole.barrier, self.whole.found)
            if barrier.cause == cause and self.whole.party(barrier) == self.side
        ]

    def any_of(self, holds: Callable[[Barrier], bool]) -> bool:
        return any(self.whole.found[b.id] == self.since and holds(b) for b in self.of)

    def answers(self, barrier: Barrier, turn: Turn) -> bool:
        """Whether a decision was an answer to a cause that had been found and stood, in somebody who heard it."""
        past = self.at(turn.number - 1)
        here = (
            self.whole.with_it(turn, self.side)
            or turn.move.technique in ("share", "adjourn")
            or turn.before.room == "before"
        )
        return here and barrier in past.standing and past.is_answer(turn.move, barrier)

    def tries(self, barrier: Barrier) -> list[Turn]:
        """The decisions that answered it, in time; and the one in which it gave way."""
        return [turn for turn in self.after(self.whole.found[barrier.id]) if self.in_time(barrier, turn)] + [
            self.whole.turns[number - 1] for id, number in self.whole.gave_way.items() if id == barrier.id
        ]

    def in_time(self, barrier: Barrier, turn: Turn) -> bool:
        said = self.decisions[turn.number - 1].findings
        weak = [one for one in said if one.label in (WEAK, HARMFUL) and one.rule != "kept_the_other_waiting"]
        return self.answers(barrier, turn) and not weak and any(f.label == SOUND and f.party == self.side for f in said)

    def met_by_answers(self) -> bool:
        """Whether each decision that is told of answered it or was the one in which it gave way."""
        return bool(self.met) and self.any_of(lambda b: all(turn in self.tries(b) for turn in self.met))

    def never_met(self) -> bool:
        return self.any_of(lambda b: not self.tries(b) and not any(self.answers(b, t) for t in self.after(self.since)))

    def untried(self) -> bool:
        return self.any_of(lambda b: not self.tries(b))

    # people

    def level(self, number: int, mood: str) -> int | None:
        """Of that side, when it was in the room after so many decisions."""
        seen = self.at(number).view.moods[self.place]
        return None if seen is None else int(getattr(seen, mood))

    def seen(self, mood: str, least: int) -> bool:
        """Whether it was seen to have come so far then."""
        level = self.level(self.since, mood)
        return level is not None and level >= least

    def soon(self) -> Iterator[Turn]:
        yield from self.whole.turns[self.since : self.since + SOON]

    def cools(self, turn: Turn) -> bool:
        calms = self.whole.catalogue.techniques[turn.move.technique].calms and self.sound_there(turn)
        level = self.level(turn.number, "heat")
        meant = self.whole.with_it(turn, self.side) or turn.move.target == self.side
        return meant and (calms or (level is not None and level < 2))

    def sound_there(self, turn: Turn) -> bool:
        said = [
            found.label
            for found in self.decisions[turn.number - 1].findings
            if found.criterion in ("empathy_and_tension", "forum_and_timing")
        ]
        return SOUND in said and not {WEAK, HARMFUL} & set(said)

    def relieves(self, turn: Turn) -> bool:
        level = self.level(turn.number, "strain")
        here = turn.move.technique in ("break", "stage_plan") and self.whole.with_it(turn, self.side)
        ends = turn.move.technique in ("adjourn", "conclude", "close_open")
        return here or ends or (level is not None and level < 2)

    def reasons_asked(self, turn: Turn, barrier: Barrier) -> bool:
        """Whether the matter was gone into with that side while this was known to stand in its way."""
        past = self.at(turn.number - 1)
        return (
            self.whole.with_it(turn, self.side)
            and self.whole.catalogue.techniques[turn.move.technique].to_the_matter
            and barrier in past.in_the_way(self.side)
            and not past.is_answer(turn.move, barrier)
        )

    def unasked_before_met(self) -> bool:
        def holds(b: Barrier) -> bool:
            first = min((turn.number for turn in self.tries(b)), default=0)
            before = self.whole.turns[self.since : first - 1]
            return first > 0 and not any(self.reasons_asked(turn, b) for turn in before)

        return self.any_of(holds)

    # rooms

    @property
    def doors(self) -> list[int]:
        return [turn.number for turn in self.whole.made("call_caucus", "shuttle")]

    @property
    def returns(self) -> list[Turn]:
        return [
            turn
            for turn in self.whole.turns
            if turn.before.room == "caucus" and turn.after.room == "joint" and not turn.after.ending
        ]

    def calm(self, turn: Turn) -> bool:
        past = self.at(turn.number - 1)
        return max(map(past.heat, past.sides)) < 2

    def went_on(self, turn: Turn) -> bool:
        for one in self.after(turn.number):
            if one.before.room != "joint" or one.move.technique in ("call_caucus", "adjourn", "conclude", "close_open"):
                return False
            if self.sound(one):
                return True
        return False

    def behind(self) -> list[Turn]:
        """What was done behind the door that is told of, before it opened."""
        done = []
        for turn in self.after(self.since):
            if not self.alone(turn) or turn.move.technique in ("rejoin", "call_caucus"):
                break
            done.append(turn)
        return [turn for turn in done if self.sound(turn) and turn.move.technique not in ("park", "take_up")]

    def closed(self, label: str) -> bool:
        door = self.whole.turns[self.since - 1]
        said = [one.label for one in self.decisions[self.since - 1].findings if one.criterion == "forum_and_timing"]
        return str(door.move) == f"call_caucus {self.side}" and label in said

    def visited(self, side: str, until: int) -> bool:
        return any(
            turn.move.technique in VISITS and side in (turn.move.target, turn.after.caucus)
            for turn in self.whole.turns[:until]
        )

    def waited_long(self) -> bool:
        return bool(self.at(self.since).view.waiting[self.place] >= 8)

    # talk

    def listened(self, side: str, issue: str) -> bool:
        return any(
            turn.move.technique in LISTENED and turn.before.topic == issue and self.whole.with_it(turn, side)
            for turn in self.whole.turns
        )

    def wants(self) -> list[int]:
        return [n for n, event in self.whole.events("interest", of=self.side) if event.about == self.issue]

    def on_the_table(self) -> bool:
        views = (self.whole.first, *(turn.after for turn in self.whole.turns))
        return any(view.topic == self.issue and view.room != "before" for view in views)

    def heard(self) -> bool:
        """Whether the sign that is named showed when it is said."""
        return any(n == self.since and event.about == self.cue for n, event in self.whole.events("cue", of=self.side))

    def followed(self) -> list[Turn]:
        return [t for t in self.after(self.since) if str(t.move) == f"follow_up {self.cue}" and self.answered(t)]

    def answered(self, turn: Turn) -> bool:
        return any(event.party == self.side and event.kind != "misheard" for event in turn.events)

    def explained(self) -> bool:
        """Whether what the last of the decisions found can show by that sign."""
        return any(
            event.kind == "found"
            and event.party == self.side
            and (self.cue in self.whole.cues(self.whole.barrier(event.about).cause))
            for event in self.met[-1].events
        )

    # terms

    def put(self, issue: str) -> list[Turn]:
        return [
            turn
            for turn in self.whole.made("propose", "shuttle")
            if self.whole.dispute.issues[self.whole.option(turn.move.target).issue].id == issue
        ]

    def refused(self, issue: str) -> list[int]:
        return [
            n
            for n, event in self.whole.events("refuses", "not_open_to")
            if not (option := self.whole.option(event.about)).open
            and self.whole.dispute.issues[option.issue].id == issue
        ]

    def is_closing_reason(self) -> bool:
        """Whether what is filled in was said of the decision."""
        said = [one.reason for number in self.occasion.decisions for one in self.decisions[number - 1].findings]
        return self.named["reason"] in said

    def in_the_way(self) -> list[Barrier]:
        cause = self.whole.cause_named(self.named["cause"])
        return [b for b in self.whole.in_the_way(self.side, self.issue) if b.cause == cause]

    # what was noted

    def causes(self, key: str) -> set[str]:
        return {self.whole.cause_named(name) for name in self.named[key].split(", ")}

    @property
    def then(self) -> Past:
        """What was known when it was noted."""
        return self.at(self.since)

    @property
    def in_the_end(self) -> Past:
        """What was known when it could be noted for the last time."""
        return self.at(len(self.whole.turns) - bool(self.ending))

    def found_in(self, past: Past) -> set[str]:
        return {b.cause for b in map(past.barrier, past.found) if past.party(b) == self.side}

    def unheard(self, past: Past) -> set[str]:
        """Those noted causes that nothing pointed to which had been found or let show by then."""
        heard = {cause for side, cue in past.signs if side == self.side for cause in past.causes(cue)}
        return self.causes("causes") - heard - self.found_in(past)

    def forgotten(self) -> set[str]:
        standing = {b.cause for b in self.then.standing if self.whole.party(b) == self.side}
        return standing - self.causes("causes")

    def found_later(self) -> set[str]:
        """What is not in the note and was found after it, before the end; unless it gave way in the same breath."""
        later = {id for id, n in self.in_the_end.found.items() if n > self.since and self.whole.gave_way.get(id) != n}
        return {b.cause for b in map(self.whole.barrier, later) if self.whole.party(b) == self.side} - self.causes(
            "causes"
        )

    def was_right(self) -> bool:
        return not self.unheard(self.then) and not self.forgotten()

    def stayed_right(self) -> bool:
        return not self.unheard(self.in_the_end) and not self.found_later()

    def picked(self, past: Past) -> bool:
        """Whether one cause that was not found was picked out of several that sounded alike."""
        unknown = self.causes("causes") - self.found_in(past)
        alike = [past.causes(cue) - self.found_in(past) for side, cue in past.signs if side == self.side]
        return len(unknown) == 1 and any(unknown <= behind and len(behind) > 1 for behind in alike)

    def confided_for(self) -> bool:
        """Whether something that this side told answers what was found, of that cause, in the other one."""
        cause = self.whole.cause_named(self.named["cause"])
        facts = [self.whole.fact(e.about) for n, e in self.whole.events("confided", of=self.side) if n <= self.since]
        found = [b for b in map(self.at(self.since).barrier, self.at(self.since).found) if b.cause == cause]
        return any(
            self.whole.informs(fact, barrier) and self.whole.party(barrier) == self.other and self.as_said(fact.id)
            for fact in facts
            for barrier in found
        )

    def as_said(self, fact: str) -> bool:
        """Whether leave to carry a fact was asked by the decisions that are told of; by none if it is said so."""
        told = next(n for n, event in self.whole.events("confided") if event.about == fact)
        issue = self.whole.dispute.issues[self.whole.fact(fact).issue].id
        asked = [
            turn
            for turn in self.after(told)
            if str(turn.move) == f"share {fact}"
            or (turn.move.technique == "allay_sharing" and self.alone(turn) and turn.before.topic == issue)
        ]
        return sorted(turn.number for turn in asked) == list(self.occasion.decisions)

    def was_unready(self) -> bool:
        found = [self.whole.barrier(event.about) for n, event in self.whole.events("found") if n == self.since]
        return any(b.cause == "not_ready" and self.whole.party(b) == self.side for b in found)

    def stopped_for_the_unready(self) -> bool:
        known = any(b.cause == "not_ready" for b in self.in_the_end.standing)
        return known and self.whole.turns[-1].move.technique in ("adjourn", "close_open", "conclude")

    def undecided(self) -> bool:
        return self.issue not in self.whole.agreed()


Holds: TypeAlias = Callable[[Told], bool]

TRUE: dict[tuple[str, str], Holds] = {
    # role
    ("table", "met"): lambda t: t.met[0].move.technique == "open_session",
    ("table", "missed"): lambda t: not t.whole.made("open_session"),
    ("first_door", "met"): lambda t: all(map(t.at(t.doors[0] - 1).told, t.whole.sides)),
    ("first_door", "worse"): lambda t: not any(map(t.at(t.doors[0] - 1).told, t.whole.sides)),
    ("wondering", "met"): lambda t: (
        t.seen("suspicion", 1) and t.met[0].move.technique == "explain_caucus" and t.whole.with_it(t.met[0], t.side)
    ),
    ("wondering", "missed"): lambda t: (
        t.seen("suspicion", 1)
        and not any(
            t.whole.with_it(turn, t.side) for turn in t.after(t.since) if turn.move.technique == "explain_caucus"
        )
    ),
    ("wondering_over", "met"): lambda t: t.seen("suspicion", 1) and t.level(t.met[0].number, "suspicion") == 0,
    # forum
    ("wall", "met"): lambda t: (
        t.since in [n for n, _ in t.whole.events("wall", of=t.side)]
        and t.alone(t.met[0])
        and t.met[0].move.technique in QUESTIONS
    ),
    ("wall", "missed"): lambda t: (
        t.whole.turns[t.since - 1].after.room == "joint"
        and not any(t.alone(turn) and turn.move.technique in QUESTIONS for turn in t.after(t.since))
    ),
    ("private_matter", "met"): lambda t: (
        t.met_by_answers() and all(map(t.alone, t.met)) and t.any_of(t.at(t.since).is_private)
    ),
    ("private_matter", "missed"): lambda t: t.any_of(
        lambda b: t.at(t.since).is_private(b) and not any(map(t.alone, t.tries(b)))
    ),
    ("door", "met"): lambda t: t.closed(SOUND) and t.met[1] in t.behind(),
    ("door", "missed"): lambda t: t.closed(SOUND) and not t.behind(),
    ("door", "worse"): lambda t: t.closed(WEAK),
    ("left_alone", "missed"): lambda t: t.waited_long(),
    ("left_alone", "worse"): lambda t: (
        t.waited_long() and all(turn.before.caucus == turn.after.caucus == t.other for turn in t.met)
    ),
    ("back", "met"): lambda t: all(turn in t.returns and t.calm(turn) and t.went_on(turn) for turn in t.met),
    ("back", "missed"): lambda t: bool(t.doors) and not t.returns,
    ("back", "worse"): lambda t: bool(t.returns) and not any(map(t.calm, t.returns)),
    ("back_for_nothing", "missed"): lambda t: (
        any(map(t.calm, t.returns)) and not any(t.calm(turn) and t.went_on(turn) for turn in t.returns)
    ),
    # confidentiality
    ("needed_there", "met"): lambda t: t.confided_for() and bool(t.met),
    ("needed_there", "missed"): lambda t: t.confided_for() and not t.met,
    ("leave_asked", "met"): lambda t: (
        t.met[0].move.technique == "allay_sharing" and bool(t.at(t.met[0].number - 1).facts("confided", t.side))
    ),
    ("carried", "met"): lambda t: (
        t.whole.fact(t.met[0].move.target) in t.at(t.met[0].number - 1).facts("cleared", t.side)
    ),
    # honesty
    ("law_or_fact", "met"): lambda t: (
        t.met_by_answers()
        and t.any_of(lambda b: t.whole.catalogue.causes[b.cause].of_law_or_fact)
        and not any(turn.move.technique == "rule" for turn in t.met)
    ),
    ("law_or_fact", "missed"): lambda t: t.untried(),
    ("terms", "met"): lambda t: all(
        not t.whole.option(turn.move.target).open and turn in t.put(t.issue) for turn in t.met
    ),
    ("terms", "worse"): lambda t: all(
        t.whole.option(turn.move.target).open and turn in t.put(t.issue) for turn in t.met
    ),
    # balance
    ("turn", "met"): lambda t: (
        t.visited(t.other, t.since)
        and t.side in (t.met[0].move.target, t.met[0].after.caucus)
        and t.at(t.since).view.owed == t.side
    ),
    ("turn", "missed"): lambda t: t.visited(t.other, t.since) and t.whole.view.owed == t.side,
    ("turn", "worse"): lambda t: (
        t.visited(t.other, t.since) and all(turn.after.room == "joint" and turn.before.owed == t.side for turn in t.met)
    ),
    ("both_asked", "met"): lambda t: all(t.listened(side, t.issue) for side in t.whole.sides),
    ("both_asked", "missed"): lambda t: t.listened(t.other, t.issue) and not t.listened(t.side, t.issue),
    # questions
    ("interest", "met"): lambda t: (
        [turn.number for turn in t.met] == t.wants()[:1] and t.met[0].move.technique == "look_deeper"
    ),
    ("interest", "missed"): lambda t: not t.wants() and t.on_the_table(),
    ("interest_unopened", "missed"): lambda t: not t.wants() and not t.on_the_table(),
    ("sign", "met"): lambda t: t.heard() and t.explained(),
    ("sign", "missed"): lambda t: t.heard() and not t.followed() and t.whole.open(t.side, t.cue),
    ("sign_followed", "met"): lambda t: t.heard() and t.met[-1] in t.followed(),
    ("sign_walled", "missed"): lambda t: t.heard() and t.met == t.followed() and t.whole.open(t.side, t.cue),
    # tension
    ("hot", "met"): lambda t: t.seen("heat", 2) and t.met[0] in t.soon() and t.cools(t.met[0]),
    ("hot", "missed"): lambda t: t.seen("heat", 2) and not any(map(t.cools, t.soon())),
    ("worn", "met"): lambda t: t.seen("strain", 2) and t.met[0] in t.soon() and t.relieves(t.met[0]),
    ("worn", "missed"): lambda t: t.seen("strain", 2) and not any(map(t.relieves, t.soon())),
    ("anger", "met"): lambda t: t.unasked_before_met(),
    ("anger", "missed"): lambda t: t.untried(),
    ("anger_passed_over", "missed"): lambda t: t.any_of(
        lambda b: t.reasons_asked(t.met[0], b) and all(turn.number > t.met[0].number for turn in t.tries(b))
    ),
    # fit
    ("cause", "met"): lambda t: t.met_by_answers(),
    ("cause", "missed"): lambda t: t.never_met(),
    ("cause_too_soon", "missed"): lambda t: t.any_of(
        lambda b: not t.tries(b) and any(t.answers(b, turn) for turn in t.after(t.since))
    ),
    ("cause_resisted", "met"): lambda t: t.any_of(
        lambda b: (
            b in t.whole.standing
            and b.id in {one for _, one in t.whole.resisted}
            and bool(t.tries(b))
            and not (bool(t.ending) and not t.stopped_for_the_unready() and t.in_the_end.left_to_try(b))
        )
    ),
    ("cause_resisted", "missed"): lambda t: t.any_of(
        lambda b: (
            b in t.whole.standing
            and b.id in {one for _, one in t.whole.resisted}
            and bool(t.tries(b))
            and t.named["technique"].lower()
            in [t.whole.catalogue.techniques[id].name.lower() for id in t.in_the_end.left_to_try(b)]
        )
    ),
    ("not_ready", "met"): lambda t: (
        t.was_unready() and t.met[0].move.technique in ("adjourn", "close_open", "conclude")
    ),
    ("not_ready", "missed"): lambda t: (
        t.was_unready() and not any(turn.move.technique in ("adjourn", "close_open") for turn in t.after(t.since))
    ),
    ("nothing_found", "missed"): lambda t: (
        any(side == t.side for side, _ in t.whole.signs)
        and not any(t.whole.party(t.whole.barrier(id)) == t.side for id in t.whole.found)
    ),
    ("not_understood", "missed"): lambda t: any(side == t.side for side, _ in t.whole.signs),
    ("belief", "met"): lambda t: (
        t.was_right() and t.stayed_right() and not t.picked(t.then) and not t.picked(t.in_the_end)
    ),
    ("belief_guessed", "met"): lambda t: (
        t.was_right() and t.stayed_right() and (t.picked(t.then) or t.picked(t.in_the_end))
    ),
    ("belief_incomplete", "missed"): lambda t: t.forgotten() == t.causes("left_out") != set(),
    ("belief_unfounded", "missed"): lambda t: t.unheard(t.then) == t.causes("unfounded") != set(),
    ("belief_not_revised", "missed"): lambda t: t.was_right() and t.found_later() == t.causes("left_out") != set(),
    ("belief_overtaken", "missed"): lambda t: (
        t.was_right() and t.unheard(t.in_the_end) == t.causes("unfounded") != set()
    ),
    # closing
    ("yes", "met"): lambda t: t.met[-1] in t.put(t.issue) and t.is_closing_reason(),
    ("yes", "missed"): lambda t: t.met[-1] in t.put(t.issue) and t.is_closing_reason(),
    ("yes", "worse"): lambda t: t.met[-1] in t.put(t.issue) and t.is_closing_reason(),
    ("issue", "met"): lambda t: not t.undecided(),
    ("issue", "missed"): lambda t: (
        t.undecided() and not any(t.whole.in_the_way(side, t.issue) for side in t.whole.sides)
    ),
    ("issue_blocked", "missed"): lambda t: t.undecided() and bool(t.in_the_way()),
    ("issue_refused", "met"): lambda t: (
        t.undecided() and bool(t.met) and set(t.occasion.decisions) <= set(t.refused(t.issue))
    ),
    ("issue_stuck", "met"): lambda t: (
        t.undecided() and any(b.cause == "not_ready" or t.in_the_end.met_in_vain(b) for b in t.in_the_way())
    ),
    ("issue_unopened", "missed"): lambda t: (
        t.undecided() and not any(t.whole.knows(side, t.issue) for side in t.whole.sides)
    ),
    ("written", "met"): lambda t: t.met[0].move.technique == "conclude",
    ("written", "missed"): lambda t: bool(t.whole.agreed()) and not t.whole.made("conclude"),
    ("end", "met"): lambda t: bool(t.ending) and t.is_closing_reason(),
    ("end", "worse"): lambda t: bool(t.ending) and t.is_closing_reason(),
    ("end_walked_out", "missed"): lambda t: t.ending == "walked_out",
    ("end_out_of_time", "missed"): lambda t: t.ending == "out_of_time",
}
"""By the id of the occasion and what became of it."""
