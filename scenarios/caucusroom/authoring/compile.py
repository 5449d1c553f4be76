"""Authors' YAML, checked for shape and names, made into the JSON that is played.

Author time only: needs pydantic and PyYAML. What is *good* about a dispute is judged in check.py.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..edition import EDITION
from ..laws.events import SPOKEN
from ..model.compiled import read_unknowns
from ..model.levels import MOODS, TABLE
from ..model.truths import NOTHING, choices_of
from .curriculum import Words, check_catalogue, said_of_slot, unknown_slots
from .fit import read_shape
from .shapes import DisputeShape, LineShape, UnknownsShape
from .source import DisputeError, Problem, Source, nearest, read_yaml

EFFECTS = frozenset({"trust", "empathy", "credence", "critical", "corrected", "dialogue"})
REASONS = frozenset({"heat", "suspicion", "barrier", "floor", "pressed", "trust", "heard"})

PLACEHOLDERS = ("party", "other", "issue", "target")
"""What a line may leave open in curly brackets."""

CATALOGUE = Path(__file__).parents[1] / "catalogue"
LISTS = ("techniques", "causes", "cues", "criteria", "sources")


def compile_catalogue(folder: Path = CATALOGUE) -> dict[str, Any]:
    """The catalogue as JSON-ready data. Raises DisputeError with everything that is wrong in shape or name."""
    problems: list[Problem] = []
    files = {name: read_yaml(folder / f"{name}.yaml", problems) for name in (*LISTS, "replies")}
    read = {name: source for name, source in files.items() if source is not None}
    if not problems:
        check_catalogue(read, Words(SPOKEN, EFFECTS, REASONS, PLACEHOLDERS), problems)
    if problems:
        raise DisputeError(sorted(problems))
    data = {name: source.data for name, source in read.items()}
    for technique in data["techniques"]:
        for absent in ("joint", "goes_wrong"):
            technique.setdefault(absent, "")
        for absent in ("to_the_matter", "calms", "frame"):
            technique.setdefault(absent, False)
        technique.setdefault("finds", 0)
        technique.setdefault("rooms", rooms_of(technique["forum"], technique["joint"]))
        for absent in ("helped", "missed", "early", "answers"):
            technique.setdefault(absent, [])
        technique.setdefault("needs", {})
    return data


def rooms_of(forum: str, joint: str) -> list[str]:
    """The rooms that a technique is possible in, unless it is of the process and says so itself."""
    if forum == "caucus":
        return ["caucus", "joint"] if joint == "hurts" else ["caucus"]
    return ["joint"] if forum == "joint" else ["caucus", "joint"]


# a dispute


@dataclass(frozen=True)
class Written:
    """What was read of a dispute's folder: its files, its parts, and the JSON-ready data made of them.

    `spoken` holds the lines that are sound, by their place in lines.yaml.
    """

    folder: Path
    scenario: Source
    lines: Source
    parts: DisputeShape
    spoken: dict[int, LineShape]
    data: dict[str, Any]


def read_written(folder: Path, catalogue: dict[str, Any], problems: list[Problem]) -> Written | None:
    """Read one dispute's folder, noting every problem of shape or name; None if its scenario.yaml has one."""
    scenario = read_yaml(folder / "scenario.yaml", problems)
    lines = read_yaml(folder / "lines.yaml", problems)
    before = len(problems)
    parts = None
    if scenario is not None:
        parts = read_shape(scenario, DisputeShape, scenario.data, (), problems)
        if parts is not None:
            _check_names(scenario, parts, catalogue, problems)
    sound = len(problems) == before
    spoken: dict[int, LineShape] = {}
    if lines is not None:
        if not isinstance(lines.data, list) or not lines.data:
            problems.append(Problem(lines.path, 1, "no-lines", "this must be a list of lines; add what people say"))
        for place, raw in enumerate(lines.data if isinstance(lines.data, list) else ()):
            line = read_shape(lines, LineShape, raw, (place,), problems)
            if line is not None and (parts is None or _check_line(lines, place, line, parts, catalogue, problems)):
                spoken[place] = line
    if scenario is None or lines is None or parts is None or not sound:
        return None
    name = scenario.path.resolve().parent.name
    if parts.id != name:
        what = f"the id “{parts.id}” must be the folder's name; write id: {name}, or rename the folder"
        problems.append(Problem(scenario.path, scenario.line("id"), "wrong-id", what))
    data = _to_json(parts, spoken.values())
    for case in data["cases"]:
        if case["choices"] is None:
            what = (
                f"case {case['id']} is no truth of this dispute: it takes one alternative of each question, as many "
                "barriers and facts as each side may have, and nothing that may not go together"
            )
            problems.append(Problem(scenario.path, scenario.line("cases", case["id"], "truth"), "no-such-truth", what))
            return None
    return Written(folder, scenario, lines, parts, spoken, data)


def compile_dispute(folder: Path, catalogue: dict[str, Any]) -> dict[str, Any]:
    """One dispute as JSON-ready data. Raises DisputeError with everything that is wrong in shape or name."""
    problems: list[Problem] = []
    dispute = read_written(folder, catalogue, problems)
    if dispute is None or problems:
        raise DisputeError(problems)
    return dispute.data


def _check_names(source: Source, parts: DisputeShape, catalogue: dict[str, Any], problems: list[Problem]) -> None:
    """Every name must be the name of something, and what is said for each side must be said for both."""
    techniques = {one["id"]: one for one in catalogue["techniques"]}
    causes = {one["id"]: one for one in catalogue["causes"]}
    cues = {one["id"] for one in catalogue["cues"]}

    def note(rule: str, what: str, *where: str | int) -> None:
        problems.append(Problem(source.path, source.line(*where), rule, what))

    def need(name: str, known: Iterable[str], what: str, *where: str | int) -> bool:
        if name in known:
            return True
        note(f"unknown-{what}", f"“{name}” is no {what} here{nearest(name, known)}", *where)
        return False

    def both(given: Iterable[str], known: Iterable[str], what: str, *where: str | int) -> None:
        for name in given:
            need(name, known, what, *where, name)
        for name in set(known) - set(given):
            note("missing-key", f"nothing is said here for {what} “{name}”; add it", *where)

    def somebody(person: str, party: str, *where: str | int) -> None:
        if party in parts.parties:
            here = {id for id, one in parts.parties[party].people.items() if one.seat != "remote"}
            need(person, here, "person", *where)

    both(parts.moods, parts.parties, "party", "moods")
    both(parts.floors, parts.parties, "party", "floors")
    for side, its in parts.floors.items():
        both(its, parts.issues, "issue", "floors", side)
    taken = {"mediator"}
    for id, members in parts.parties.items():
        for person in taken & members.people.keys():
            what = f"“{person}” is the id of somebody else already; give this person another"
            note("same-name", what, "parties", id, "people", person)
        taken |= members.people.keys()
    for id, issue in parts.issues.items():
        both(issue.positions, parts.parties, "party", "issues", id, "positions")
        both(issue.interests, parts.parties, "party", "issues", id, "interests")
    for id, option in parts.options.items():
        need(option.issue, parts.issues, "issue", "options", id, "issue")
        both(option.worth, parts.parties, "party", "options", id, "worth")
        for fact in option.needs:
            need(fact, parts.facts, "fact", "options", id, "needs")
    for id, fact_ in parts.facts.items():
        need(fact_.party, parts.parties, "party", "facts", id, "party")
        need(fact_.issue, parts.issues, "issue", "facts", id, "issue")
        somebody(fact_.who, fact_.party, "facts", id, "who")
        for effect in fact_.effects:
            need(effect, EFFECTS, "effect", "facts", id, "effects")
    for id, barrier in parts.barriers.items():
        need(barrier.party, parts.parties, "party", "barriers", id, "party")
        need(barrier.issue, [*parts.issues, "table"], "issue", "barriers", id, "issue")
        somebody(barrier.who, barrier.party, "barriers", id, "who")
        if not need(barrier.cause, causes, "cause", "barriers", id, "cause"):
            continue
        shown = causes[barrier.cause]["cues"]
        if need(barrier.cue, cues, "cue", "barriers", id, "cue") and barrier.cue not in shown:
            what = f"the cause {barrier.cause} does not show as {barrier.cue}; use one of: {', '.join(shown)}"
            note("wrong-cue", what, "barriers", id, "cue")
        for technique in barrier.resists:
            where = ("barriers", id, "resists", technique)
            known = need(technique, techniques, "technique", *where)
            if known and barrier.cause not in techniques[technique]["answers"]:
                fitting = ", ".join(one for one in techniques if barrier.cause in techniques[one]["answers"])
                note(
                    "wrong-resistance",
                    f"{technique} does not answer {barrier.cause} in anybody, so there is nothing to resist; "
                    f"what does: {fitting or 'nothing'}",
                    *where,
                )
    for id, limit in parts.limits.items():
        need(limit.party, parts.parties, "party", "limits", id, "party")
        for place in limit.floors:
            need(place, parts.issues, "issue", "limits", id, "floors", place)
    for party, habits in parts.surface.items():
        need(party, parts.parties, "party", "surface", party)
        for place, cue_id in habits.items():
            need(place, [*parts.issues, "table"], "issue", "surface", party, place)
            need(cue_id, cues, "cue", "surface", party, place)
    _check_unknowns(source, parts, note, need, both)


def _check_unknowns(
    source: Source,
    parts: DisputeShape,
    note: Callable[..., None],
    need: Callable[..., bool],
    both: Callable[..., None],
) -> None:
    """What may be true of a side is its own, stands under one question, and may be nothing."""
    both(parts.unknowns, parts.parties, "party", "unknowns")
    kinds: Mapping[str, Mapping[str, Any]] = {"barriers": parts.barriers, "facts": parts.facts, "limits": parts.limits}
    everything: dict[str, Any] = {id: one for kind in kinds.values() for id, one in kind.items()}
    asked: dict[str, str] = {}
    for party, unknowns in parts.unknowns.items():
        own = {id for id, one in everything.items() if one.party == party}
        for id, question in unknowns.questions.items():
            for item, alternative in enumerate(question.one_of):
                where = ("unknowns", party, "questions", id, "one_of", item)
                for thing in [alternative] if isinstance(alternative, str) else alternative:
                    if (
                        thing != NOTHING
                        and need(thing, {*own, NOTHING}, "alternative", *where)
                        and asked.setdefault(thing, id) != id
                    ):
                        what = f"{thing} stands under {asked[thing]} already; one thing answers one question"
                        note("same-name", what, *where)
        for item, apart in enumerate(unknowns.apart):
            for thing in apart:
                need(thing, own, "alternative", "unknowns", party, "apart", item)
    for kind, things in kinds.items():
        for id in things:
            if id not in asked:
                note("in-no-truth", f"{id} is no alternative of any question; add it to one, or take it out", kind, id)
    for id, case in parts.cases.items():
        for thing in case.truth:
            need(thing, everything, "alternative", "cases", id, "truth")


def _check_line(
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


def _to_json(parts: DisputeShape, spoken: Iterable[LineShape]) -> dict[str, Any]:
    """Names to places, lists to masks: what `scenario.read_dispute` reads."""
    parties, issues = list(parts.parties), list(parts.issues)
    facts = list(parts.facts)
    hours, minutes = parts.clock.starts.split(":")

    def mask(names: Iterable[str], order: list[str]) -> int:
        return sum({1 << order.index(name) for name in names})

    data: dict[str, Any] = {
        "id": parts.id,
        "title": parts.title,
        "summary": parts.summary,
        "opening": parts.opening,
        "clock": parts.clock.model_dump() | {"starts": int(hours) * 60 + int(minutes)},
        "moods": {mood: [getattr(parts.moods[party], mood) for party in parties] for mood in MOODS},
        "parties": [
            {
                "id": id,
                "name": party.name,
                "people": [{"id": p, "party": id, **one.model_dump()} for p, one in party.people.items()],
                "alternatives": party.alternatives.model_dump(),
            }
            for id, party in parts.parties.items()
        ],
        "issues": [{"id": id, **issue.model_dump()} for id, issue in parts.issues.items()],
        "options": [
            {
                "id": id,
                "issue": issues.index(option.issue),
                "text": option.text,
                "worth": [option.worth[party] for party in parties],
                "open": option.open,
                "needs": mask(option.needs, facts),
            }
            for id, option in parts.options.items()
        ],
        "facts": [
            {"id": id, **fact.model_dump()} | {"party": parties.index(fact.party), "issue": issues.index(fact.issue)}
            for id, fact in parts.facts.items()
        ],
        "barriers": [
            {"id": id, **barrier.model_dump()}
            | {
                "party": parties.index(barrier.party),
                "issue": TABLE if barrier.issue == "table" else issues.index(barrier.issue),
            }
            for id, barrier in parts.barriers.items()
        ],
        "surface": [[parts.surface.get(party, {}).get(place, "") for place in (*issues, "table")] for party in parties],
        "floors": [[parts.floors[party][issue] for issue in issues] for party in parties],
        "limits": [
            {"id": id, "name": limit.name, "story": limit.story, "party": parties.index(limit.party)}
            for id, limit in parts.limits.items()
        ],
        "unknowns": [_unknowns(parts, parts.unknowns[party]) for party in parties],
        "endings": parts.endings.model_dump(),
        "lines": list(_lines(spoken)),
    }
    unknowns = [read_unknowns(own) for own in data["unknowns"]]
    data["cases"] = [
        {"id": id, "title": case.title, "choices": choices_of(unknowns, case.truth)} for id, case in parts.cases.items()
    ]
    # Its own matter and the edition of the rules, of which a technique's numbers are a part: a technique that is
    # added to the catalogue locks nobody out of a journal.
    played = [_without_words(data), EDITION]
    data["content"] = hashlib.sha256(json.dumps(played, sort_keys=True).encode()).hexdigest()[:16]
    return data


def _unknowns(parts: DisputeShape, own: UnknownsShape) -> dict[str, Any]:
    """What may be true of a side, names to masks."""
    facts, barriers, issues = list(parts.facts), list(parts.barriers), list(parts.issues)

    def alternative(things: list[str]) -> dict[str, Any]:
        limits = [parts.limits[thing].floors for thing in things if thing in parts.limits]
        return {
            "things": things,
            "barriers": sum(1 << barriers.index(thing) for thing in things if thing in parts.barriers),
            "facts": sum(1 << facts.index(thing) for thing in things if thing in parts.facts),
            "floors": [[issues.index(issue), least] for floors in limits for issue, least in floors.items()],
        }

    def things(alternative: str | list[str]) -> list[str]:
        named = [alternative] if isinstance(alternative, str) else alternative
        return [thing for thing in named if thing != NOTHING]

    return {
        "story": own.story,
        "barriers": own.barriers,
        "facts": own.facts,
        "apart": [sorted(apart) for apart in own.apart],
        "questions": [
            {"id": id, "asks": question.asks, "alternatives": [alternative(things(one)) for one in question.one_of]}
            for id, question in own.questions.items()
        ],
    }


def _lines(spoken: Iterable[LineShape]) -> Iterator[dict[str, Any]]:
    """The lines, each with an id made of who says it, on what and under which conditions, so that it keeps it."""
    used: Counter[str] = Counter()
    for line in spoken:
        when = line.when.model_dump(exclude_none=True)
        id = " ".join([line.who, line.on, *(f"{name}={when[name]}" for name in sorted(when))]).replace(", ", "-")
        used[id] += 1
        yield {"id": f"{id} #{used[id]}", "who": line.who, "on": line.on, "when": when, "say": line.say}


WORDS = frozenset({
    "title", "summary", "opening", "name", "people", "alternatives", "positions", "interests", "text",
    "carried_as", "found", "story", "asks", "endings", "lines", "definition", "goes_wrong",
    "say", "helped", "missed", "early", "sources",
})  # fmt: skip
"""The parts of the data that change what is read, not what happens."""


def _without_words(data: Any) -> Any:
    """What a replay depends on: a journal outlives a mended comma, not a changed rule."""
    if isinstance(data, dict):
        return {name: _without_words(part) for name, part in data.items() if name not in WORDS}
    return [_without_words(part) for part in data] if isinstance(data, list) else data


def what_is_played(data: dict[str, Any], catalogue: dict[str, Any]) -> Any:
    """All that how a dispute plays depends on, without words: the dispute's own part and every technique."""
    own = {name: part for name, part in data.items() if name not in ("id", "content")}
    return [_without_words(own), [_without_words(one) for one in catalogue["techniques"]]]


def compile_all(source: Path, target: Path) -> None:
    """Compile the catalogue and every dispute below `source` into JSON files in `target`.

    Files of disputes that are gone are removed; each file appears whole or not at all. Raises DisputeError.
    """
    catalogue = compile_catalogue(source / "caucusroom" / "catalogue")
    wanted = {"catalogue.json": catalogue}
    for folder in sorted(path.parent for path in source.glob("*/scenario.yaml")):
        wanted[f"{folder.name}.json"] = compile_dispute(folder, catalogue)
    target.mkdir(parents=True, exist_ok=True)
    for name, data in wanted.items():
        part = target / f".{name}.{os.getpid()}"
        part.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        part.replace(target / name)
    for old in target.glob("*.json"):
        if old.name not in wanted:
            old.unlink(missing_ok=True)
