"""Whether every name in a dispute's files is the name of something, and of the right thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..laws.events import SPOKEN
from ..laws.techniques import law_of
from ..model.truths import NOTHING, Unknowns
from .curriculum import said_of_slot, unknown_slots
from .shapes import DisputeShape, LineShape, UnknownsShape
from .source import Problem, Source, nearest

EFFECTS = frozenset({"trust", "empathy", "credence", "critical", "corrected", "dialogue"})
REASONS = frozenset({"heat", "suspicion", "barrier", "floor", "pressed", "trust", "heard"})

AT_THE_TABLE = "table"
"""Where a barrier or a habit stands that belongs to no issue."""
PLACEHOLDERS = ("party", "other", "issue", "target")
"""What a line may leave open in curly brackets."""


def check_names(source: Source, parts: DisputeShape, catalogue: dict[str, Any], problems: list[Problem]) -> None:
    """Note every wrong name in scenario.yaml, and everything that is said for one side and not for the other."""
    names = _Names(source, parts, catalogue, problems)
    names.of_the_sides()
    names.of_the_matter()
    names.of_barriers()
    names.of_what_may_be_true()


class _Names:
    """The names of one dispute."""

    def __init__(self, source: Source, parts: DisputeShape, catalogue: dict[str, Any], problems: list[Problem]) -> None:
        self._source, self._parts, self._problems = source, parts, problems
        self._techniques = {one["id"]: one for one in catalogue["techniques"]}
        self._causes = {one["id"]: one for one in catalogue["causes"]}
        self._cues = {one["id"] for one in catalogue["cues"]}

    def _note(self, rule: str, what: str, *where: str | int) -> None:
        self._problems.append(Problem(self._source.path, self._source.line(*where), rule, what))

    def _need(self, name: str, known: Iterable[str], what: str, *where: str | int) -> bool:
        if name in known:
            return True
        self._note(f"unknown-{what}", f"“{name}” is no {what} here{nearest(name, known)}", *where)
        return False

    def _each(self, given: Iterable[str], known: Iterable[str], what: str, *where: str | int) -> None:
        """Something is said here for each of these, and for nothing else."""
        for name in given:
            self._need(name, known, what, *where, name)
        for name in sorted(set(known) - set(given)):
            self._note("missing-key", f"nothing is said here for {what} “{name}”; add it", *where)

    def _present(self, party: str) -> list[str]:
        people = self._parts.parties[party].people if party in self._parts.parties else {}
        return [id for id, one in people.items() if one.seat != "remote"]

    def _told_by(self, person: str, party: str, *where: str | int) -> None:
        """What comes out is said by somebody of that side who is in the room."""
        here = self._present(party)
        if here and person not in here:
            what = f"“{person}” is nobody of {party} who is in the room{nearest(person, here)}"
            self._note("unknown-person", what, *where, "who")

    def of_the_sides(self) -> None:
        parts = self._parts
        self._each(parts.moods, parts.parties, "party", "moods")
        self._each(parts.unknowns, parts.parties, "party", "unknowns")
        self._each(parts.floors, parts.parties, "party", "floors")
        for side, its in parts.floors.items():
            self._each(its, parts.issues, "issue", "floors", side)
        taken = {"mediator"}
        for id, party in parts.parties.items():
            for person in taken & party.people.keys():
                what = f"“{person}” is the id of somebody else already; give this person another"
                self._note("same-name", what, "parties", id, "people", person)
            taken |= party.people.keys()
            if not self._present(id):
                what = f"nobody of {id} is in the room; give it a person whose seat is not remote"
                self._note("nobody-in-the-room", what, "parties", id, "people")

    def of_the_matter(self) -> None:
        parts = self._parts
        for id, issue in parts.issues.items():
            self._each(issue.positions, parts.parties, "party", "issues", id, "positions")
            self._each(issue.interests, parts.parties, "party", "issues", id, "interests")
        for id, option in parts.options.items():
            self._need(option.issue, parts.issues, "issue", "options", id, "issue")
            self._each(option.worth, parts.parties, "party", "options", id, "worth")
            for item, fact in enumerate(option.needs):
                self._need(fact, parts.facts, "fact", "options", id, "needs", item)
        for id, its in parts.facts.items():
            self._need(its.party, parts.parties, "party", "facts", id, "party")
            self._need(its.issue, parts.issues, "issue", "facts", id, "issue")
            self._told_by(its.who, its.party, "facts", id)
            for item, effect in enumerate(its.effects):
                self._need(effect, EFFECTS, "effect", "facts", id, "effects", item)
        for id, limit in parts.limits.items():
            self._need(limit.party, parts.parties, "party", "limits", id, "party")
            for issue_id in limit.floors:
                self._need(issue_id, parts.issues, "issue", "limits", id, "floors", issue_id)

    def of_barriers(self) -> None:
        parts, places = self._parts, [*self._parts.issues, AT_THE_TABLE]
        for id, barrier in parts.barriers.items():
            self._need(barrier.party, parts.parties, "party", "barriers", id, "party")
            self._need(barrier.issue, places, "issue", "barriers", id, "issue")
            self._told_by(barrier.who, barrier.party, "barriers", id)
            if self._need(barrier.cause, self._causes, "cause", "barriers", id, "cause"):
                shown = self._causes[barrier.cause]["cues"]
                for item, cue in enumerate(barrier.cue):
                    where = ("barriers", id, "cue", item)
                    if self._need(cue, self._cues, "cue", *where) and cue not in shown:
                        what = f"the cause {barrier.cause} does not show as {cue}; use one of: {', '.join(shown)}"
                        self._note("wrong-cue", what, *where)
                for technique in barrier.resists:
                    self._resistance(technique, barrier.cause, "barriers", id, "resists", technique)
        for party, habits in parts.surface.items():
            self._need(party, parts.parties, "party", "surface", party)
            for place, cues in habits.items():
                self._need(place, places, "issue", "surface", party, place)
                for item, cue in enumerate(cues):
                    self._need(cue, self._cues, "cue", "surface", party, place, item)

    def _resistance(self, technique: str, cause: str, *where: str | int) -> None:
        """What answers the cause in others, and is tried on somebody, may not reach this person."""
        if not self._need(technique, self._techniques, "technique", *where):
            return
        fitting = [id for id, one in self._techniques.items() if cause in one["answers"] and _can_be_resisted(id)]
        if technique not in fitting:
            why = f"does not answer {cause} in anybody" if _can_be_resisted(technique) else "cannot be resisted"
            what = f"{technique} {why}, so there is nothing to say here; "
            what += f"what can be resisted: {', '.join(fitting)}" if fitting else "take it out"
            self._note("wrong-resistance", what, *where)

    def of_what_may_be_true(self) -> None:
        """What may be true of a side is its own and stands under one question."""
        parts = self._parts
        kinds: Mapping[str, Mapping[str, Any]] = {
            "barriers": parts.barriers, "facts": parts.facts, "limits": parts.limits,
        }  # fmt: skip
        whose: dict[str, str] = {}
        for kind, things in kinds.items():
            for id, thing in things.items():
                if id in whose:
                    what = f"“{id}” is the id of something else that may be true; give this another"
                    self._note("same-name", what, kind, id)
                if id == NOTHING:
                    self._note("bad-name", f"“{id}” says that there is none; give this another id", kind, id)
                whose[id] = thing.party
        asked: dict[str, str] = {}
        for party, unknowns in parts.unknowns.items():
            self._of_unknowns(party, unknowns, whose, asked)
        for kind, things in kinds.items():
            for id, thing in things.items():
                if id not in asked and thing.party in parts.unknowns:
                    what = f"{id} is no alternative of any question; add it to one under unknowns, or take it out"
                    self._note("in-no-truth", what, kind, id)
        for id, case in parts.cases.items():
            for item, thing in enumerate(case.truth):
                self._need(thing, whose, "alternative", "cases", id, "truth", item)

    def _of_unknowns(
        self, party: str, unknowns: UnknownsShape, whose: Mapping[str, str], asked: dict[str, str]
    ) -> None:
        others = self._parts.parties.keys() - {party}
        own = [id for id, side in whose.items() if side not in others]

        def need(thing: str, known: list[str], *where: str | int) -> bool:
            side = whose.get(thing, party)
            if side not in others:
                return self._need(thing, known, "alternative", *where)
            what = f"{thing} may be true of {side}, and this is about {party}; name one of its own, or move it there"
            self._note("unknown-alternative", what, *where)
            return False

        for name in ("barriers", "facts"):
            fewest, most = getattr(unknowns, name)
            if fewest > most:
                what = f"{fewest} at least and {most} at most is impossible; write the smaller number first"
                self._note("bad-value", what, "unknowns", party, name)
        for id, question in unknowns.questions.items():
            for item, alternative in enumerate(question.one_of):
                where = ("unknowns", party, "questions", id, "one_of", item)
                for thing in things_of(alternative):
                    if need(thing, [*own, NOTHING], *where) and asked.setdefault(thing, id) != id:
                        what = f"{thing} stands under {asked[thing]} already; a thing can answer one question only"
                        self._note("same-name", what, *where)
        for item, apart in enumerate(unknowns.apart):
            for thing in apart:
                need(thing, own, "unknowns", party, "apart", item)


def _can_be_resisted(technique: str) -> bool:
    """Whether it is tried on a person: what is shared, and how talks end, is not."""
    return "resisted" in law_of(technique).brings


def things_of(alternative: list[str]) -> list[str]:
    """What is true with an alternative as it is written."""
    return [thing for thing in alternative if thing != NOTHING]


def from_to(fewest: int, most: int) -> str:
    return f"{fewest}" if fewest == most else f"{fewest} to {most}"


def why_no_truth(party: str, own: Unknowns, wanted: set[str]) -> str:
    """Why just these things of a side make no truth of it, and what to do; "" if they make one."""
    for unknown in own.questions:
        answers = {thing for one in unknown.alternatives for thing in one.things} & wanted
        if all(set(one.things) != answers for one in unknown.alternatives):
            given = f"{' with '.join(sorted(answers))} is no answer" if answers else "nothing in it is an answer"
            names = ", ".join(" with ".join(one.things) or NOTHING for one in unknown.alternatives)
            return f"{given} to “{unknown.asks}”, which {party} is asked under unknowns; choose one of: {names}"
    choice = own.choice(wanted)
    if choice is None or own.go_together(choice):
        return ""
    chosen = own.chosen(choice)
    for apart in own.apart:
        if apart <= wanted:
            return f"{' and '.join(sorted(apart))} are kept apart (under unknowns); leave one of them out"
    for name, (fewest, most) in (("barriers", own.barriers), ("facts", own.facts)):
        count = sum(getattr(one, name).bit_count() for one in chosen)
        if not fewest <= count <= most:
            return f"of the {name} of {party} it has {count}, and by unknowns there must be {from_to(fewest, most)}"
    return ""


def check_line(
    source: Source,
    place: int,
    line: LineShape,
    parts: DisputeShape,
    catalogue: dict[str, Any],
    problems: list[Problem],
) -> bool:
    """Note every wrong name in a line; True if there is none."""
    techniques = [one["id"] for one in catalogue["techniques"]]
    people = [person for party in parts.parties.values() for person in party.people]
    moments: Iterable[str] = techniques if line.who == "mediator" else SPOKEN
    known: dict[str, Iterable[str]] = {
        "technique": techniques,
        "cue": [one["id"] for one in catalogue["cues"]],
        "barrier": parts.barriers,
        "fact": parts.facts,
        "option": parts.options,
        "issue": parts.issues,
        "effect": EFFECTS,
        "why": REASONS,
        "party": parts.parties,
    }
    before = len(problems)

    def note(rule: str, what: str, *where: str | int) -> None:
        problems.append(Problem(source.path, source.line(place, *where), rule, what))

    def need(name: str, among: Iterable[str], what: str, *where: str | int) -> None:
        if name not in among:
            note(f"unknown-{what}", f"“{name}” is no {what} here{nearest(name, among)}", *where)

    if line.who in people or line.who == "mediator":
        need(line.on, moments, "moment", "on")
    else:
        need(line.who, [*people, "mediator"], "person", "who")
    for condition, names in known.items():
        value = getattr(line.when, condition)
        if value is not None:
            need(value, names, condition, "when", condition)
    for slot in unknown_slots(line.say, PLACEHOLDERS):
        note("unknown-placeholder", said_of_slot(slot, PLACEHOLDERS), "say")
    return len(problems) == before
