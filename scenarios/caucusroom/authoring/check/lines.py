"""The author's checker: what people say, and whether they ever can. One function a rule, named for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from ...laws.events import KINDS, SPOKEN
from ...laws.techniques import law_of
from ...model.catalogue import NOT_READY, Technique
from ...model.dispute import Barrier, Case
from ...model.levels import MOODS, TABLE
from ...model.lines import Line
from ...seen.view import MEDIATOR
from .matter import acceptance
from .subject import Finding, Rule, Subject

BARRIER_IS_KNOWN = tuple(id for id in KINDS if id in SPOKEN and "barrier" in (KINDS[id].about, KINDS[id].why))
"""The moments that name a barrier. On any other the mediator does not know of it, and must not hear of it."""

ROOMS = ("joint", "caucus")
ANYWHERE = ("before", *ROOMS)

Occasion = dict[str, Collection[str]]
"""A way in which something can happen: the values that each condition can then have. A condition it lacks
never holds; without `party` an event belongs to nobody, and either side may speak."""


def line_betrays_barrier(subject: Subject) -> Iterator[Finding]:
    for place, line in _lines(subject):
        if "barrier" in line.when and line.on not in BARRIER_IS_KNOWN:
            what = (
                f"on {line.on} nobody knows of {line.when['barrier']} yet, so the line would betray it; "
                f"only {', '.join(BARRIER_IS_KNOWN)} may name a barrier; use its cue and issue instead"
            )
            yield subject.line_fault(what, place, "when", "barrier")


def remote_speaks(subject: Subject) -> Iterator[Finding]:
    for place, line in _lines(subject):
        if line.who == MEDIATOR:
            continue
        person = subject.dispute.people[line.who]
        if person.seat == "remote" and line.on != "decider_came":
            what = f"{person.id} is not in the room and speaks only on decider_came; let somebody else say this"
            yield subject.line_fault(what, place, "who")
        if person.seat != "remote" and line.on == "decider_came":
            what = f"on decider_came only the one who came speaks, and {person.id} is not remote; name another"
            yield subject.line_fault(what, place, "who")


def line_of_another(subject: Subject) -> Iterator[Finding]:
    """What comes out is said by the person to whom it belongs."""
    dispute = subject.dispute
    for place, line in _lines(subject):
        for on, kind, things in (("found", "barrier", dispute.barriers), ("confided", "fact", dispute.facts)):
            owner = next((one.who for one in things if line.on == on and one.id == line.when.get(kind)), line.who)
            if owner != line.who:
                what = f"{line.when[kind]} belongs to {owner}, and {line.who} would say it; let {owner} say it"
                yield subject.line_fault(what, place, "who")


def line_said_twice(subject: Subject) -> Iterator[Finding]:
    first: dict[tuple[str, str], int] = {}
    for place, line in _lines(subject):
        before = first.setdefault((line.who, line.say), place)
        if before != place:
            number = subject.written.lines.line(before, "who")
            what = f"{line.who} says the same in line {number}; write another wording, or take it out"
            yield subject.line_fault(what, place, "say")


def move_without_words(subject: Subject) -> Iterator[Finding]:
    always = {line.on for _, line in _lines(subject) if line.who == MEDIATOR and not line.when}
    for technique in subject.dispute.catalogue.techniques.values():
        if not technique.say and technique.target != "cue" and technique.id not in always:
            what = f"the mediator has no words for {technique.id}; add a line of the mediator's, without when"
            yield subject.line_fault(what)


def line_never_said(subject: Subject) -> Iterator[Finding]:
    possible = occasions(subject)
    for place, line in _lines(subject):
        side = "" if line.who == MEDIATOR else subject.dispute.people[line.who].party
        if "barrier" in line.when and line.on not in BARRIER_IS_KNOWN:
            continue  # line_betrays_barrier
        what = _impossible_mood(line, side) or _impossible(line, side, possible[line.on])
        if what:
            yield subject.line_fault(f"this can never be said: {what}", place, "when" if line.when else "on")


def _impossible_mood(line: Line, side: str) -> str:
    for mood in MOODS.keys() & line.when.keys():
        low, high = line.when[mood]
        if low > high:
            return f"{mood} [{low}, {high}] begins above its end; turn it round"
        if not side or line.when.get("room") == "before":
            return f"{mood} is that of a side in the room with the mediator; take it out"
    return ""


def _impossible(line: Line, side: str, possible: list[Occasion]) -> str:
    """Why no occasion has all that a line asks for, or ""."""
    wanted = {name: value for name, value in line.when.items() if name not in MOODS and name != "late"}
    own = [occasion for occasion in possible if not side or side in occasion.get("party", [side])]
    if any(_fits(occasion, wanted) for occasion in own):
        return ""
    if not own:
        return f"{line.on} never happens to {side}, whatever is true; take the line out"
    for name, value in wanted.items():
        rest = {other: wanted[other] for other in wanted if other != name}
        instead = {one for occasion in own if _fits(occasion, rest) for one in occasion.get(name, ())}
        if any(_fits(occasion, rest) for occasion in own):
            given = f" with {', '.join(f'{key} {one}' for key, one in rest.items())}" if rest else ""
            there = f"there it can be: {', '.join(sorted(instead))}" if instead else f"take {name} out"
            return f"{line.on}{given} never comes with {name} {value}; {there}"
    return "its conditions never hold together; take one of them out"


def _fits(occasion: Occasion, wanted: Mapping[str, Any]) -> bool:
    return all(value in occasion.get(name, ()) for name, value in wanted.items())


def _lines(subject: Subject) -> Iterator[tuple[int, Line]]:
    """The sound lines with their places in lines.yaml."""
    return zip(subject.written.spoken, subject.dispute.lines, strict=True)


# when what can happen


def occasions(subject: Subject) -> Mapping[str, list[Occasion]]:
    """The ways in which each event can come, and each technique be used, whatever is true.

    Rather too many than too few: a line that fits none of them can never be said.
    """
    possible: dict[str, list[Occasion]] = defaultdict(list)
    for kind, occasion in _in_general(subject):
        possible[kind].append({"room": ROOMS, **occasion})
    for case in subject.cases:
        for bit, barrier in case.real:
            for kind, occasion in _of_barrier(subject, case, bit, barrier):
                possible[kind].append({"room": ROOMS, **occasion})
        for kind, occasion in (*_of_facts(subject, case), *_of_options(subject, case)):
            possible[kind].append({"room": ROOMS, **occasion})
    for technique, occasion in _of_moves(subject):
        possible[technique].append(occasion)
    return possible


def _in_general(subject: Subject) -> Iterator[tuple[str, Occasion]]:
    """What depends on nothing hidden: habits, doors, moods, questions, remedies that miss."""
    dispute = subject.dispute
    issues = [issue.id for issue in dispute.issues]
    techniques = dispute.catalogue.techniques.values()
    here: Occasion = {"party": [party.id for party in dispute.parties], "issue": issues}
    for party, own in zip(dispute.parties, dispute.unknowns, strict=True):
        for place, cues in own.habits:
            yield (
                "cue",
                {"party": [party.id], "cue": list(cues), "issue": issues if place == TABLE else [issues[place]]},
            )
    for kind in ("interest", "wall", "waited", "walked_out"):
        yield kind, here
    for kind in ("owed", "boiling", "spiral", "asks_caucus"):
        yield kind, here | {"room": ["joint"]}
    yield "parted", here | {"room": ["caucus"]}
    for kind in ("took_up", "developed", "no_basis"):
        yield kind, {"issue": issues}
    yield "opened", {"issue": issues[:1], "room": ["joint"]}
    yield "ruled", here | {"technique": _bringing(techniques, "ruled")}
    yield "nothing_more", here | {"technique": _bringing(techniques, "nothing_more")}
    yield "misheard", here | {"cue": list(dispute.catalogue.cues)}
    yield "missed", here | {"technique": [one.id for one in techniques if one.missed], "room": ANYWHERE}
    calming = [one.id for one in techniques if one.calms and "early" in law_of(one.id).brings]
    yield "early", here | {"technique": calming, "why": ["heat"]}  # whoever is past hearing, whatever the cause
    yield (
        "hurt",
        here | {"technique": [one.id for one in techniques if one.hurts_in_joint], "room": ["joint"]},
    )
    yield "hurt", here | {"technique": _bringing(techniques, "hurt"), "room": ["caucus"]}
    eased = set(dispute.catalogue.replies["eased"])
    early = {one.id for one in techniques if "before" in one.rooms}
    yield "eased", here | {"technique": eased - early}
    yield "eased", here | {"technique": eased & early, "room": ANYWHERE}


def _bringing(techniques: Iterable[Technique], kind: str) -> list[str]:
    """The techniques whose own laws may bring up this kind of event."""
    return [one.id for one in techniques if kind in law_of(one.id).brings]


def _of_barrier(subject: Subject, case: Case, bit: int, barrier: Barrier) -> Iterator[tuple[str, Occasion]]:
    dispute, reached = subject.dispute, subject.reach[case.id]
    issues = [issue.id for issue in dispute.issues]
    topics = issues if barrier.issue == TABLE else [issues[barrier.issue]]
    here: Occasion = {"party": [dispute.parties[barrier.party].id], "issue": topics}
    # a sign that is followed up shows again on any issue
    yield "cue", here | {"cue": list(barrier.cues), "issue": issues}
    known = here | {"barrier": [barrier.id]}
    if not reached.found & bit:
        return
    yield "found", known | {"room": ANYWHERE}
    if barrier.cause == NOT_READY:
        yield "helped", known | {"technique": ["adjourn", "close_open"], "issue": issues, "room": ANYWHERE}
    for technique in dispute.catalogue.techniques.values():
        needs = technique.needs
        lacking = [("trust", needs.trust > 0), ("heat", needs.heat < 3), ("heard", needs.heard)]
        why = [name for name, needed in lacking if needed]
        if why and barrier.cause in technique.answers:
            yield "early", here | {"technique": [technique.id], "why": why, "issue": issues}
    for way in case.ways[bit]:
        brings = law_of(way).brings
        if reached.answered & bit and "homework" in brings:
            yield "homework", known | {"technique": [way], "room": ["joint"]}
        elif reached.answered & bit:
            helped = known | {"technique": [way]}
            if "before" in dispute.catalogue.techniques[way].rooms or way == "share":
                helped |= {"issue": issues, "room": ANYWHERE}
            yield "helped", helped
        if "decider_came" in brings:
            yield "decider_came", here


def _of_facts(subject: Subject, case: Case) -> Iterator[tuple[str, Occasion]]:
    dispute, reached = subject.dispute, subject.reach[case.id]
    issues, parties = [issue.id for issue in dispute.issues], [party.id for party in dispute.parties]
    for bit, fact in case.real_facts:
        if not reached.confided & bit:
            continue
        own: Occasion = {"party": [parties[fact.party]], "issue": [issues[fact.issue]], "room": ["caucus"]}
        yield "confided", own | {"fact": [fact.id]}
        yield "early", own | {"technique": ["allay_sharing"], "why": ["trust"]}
        if reached.cleared & bit:
            yield "cleared", own | {"fact": [fact.id]}
        anywhere: Occasion = {"fact": [fact.id], "issue": issues}
        for effect in fact.effects:
            receiver: Occasion = {"party": [parties[fact.party.other]], "effect": [effect], "why": [effect]}
            yield "shared", anywhere | receiver
        yield "breach", anywhere | {"party": parties}


def _of_options(subject: Subject, case: Case) -> Iterator[tuple[str, Occasion]]:
    dispute, reached = subject.dispute, subject.reach[case.id]
    for option in dispute.options:
        if option.needs & ~reached.confided:
            continue
        here: Occasion = {"option": [option.id], "issue": [dispute.issues[option.issue].id]}
        willing = acceptance(case, reached, option)
        for side, party in enumerate(dispute.parties):
            own = here | {"party": [party.id]}
            why = ["heat", "suspicion"]
            if case.on[side][option.issue]:
                why.append("barrier")
            if option.worth[side] < case.truth.floors[side][option.issue]:
                why.append("floor")
            yield "refuses", own | {"why": [*why, "pressed"]}
            yield "not_open_to", own | {"why": why, "room": ["caucus"]}
            yield "pressed", own | {"room": ["joint"]}
            if party.id in willing:
                yield "accepts", own
                yield "open_to", own | {"room": ["caucus"]}
        yield "agreed", here


def _of_moves(subject: Subject) -> Iterator[tuple[str, Occasion]]:
    """What the mediator may do, and in which room."""
    dispute = subject.dispute
    issues = [issue.id for issue in dispute.issues]
    for move in dispute.moves:
        technique = dispute.catalogue.techniques[move.technique]
        topics = issues
        if technique.target == "option":
            topics = [issues[dispute.options[dispute.index["option"][move.target]].issue]]
        occasion: Occasion = {"technique": [technique.id], "room": technique.rooms, "issue": topics}
        if move.target:
            occasion[technique.target] = [move.target]
        yield technique.id, occasion


RULES: tuple[Rule, ...] = (
    line_betrays_barrier,
    remote_speaks,
    line_of_another,
    line_said_twice,
    line_never_said,
    move_without_words,
)
