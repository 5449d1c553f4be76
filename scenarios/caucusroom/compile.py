"""Authors' YAML, checked for shape and names, made into the JSON that is played.

Author time only: needs pydantic and ruamel.yaml. What is *good* about a dispute is judged in check.py.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .shapes import DisputeShape, LineShape
from .source import DisputeError, Problem, Source, nearest, plain, read_shape, read_yaml
from .state import MOODS, TABLE

MOMENTS = frozenset(
    "cue wall nothing_more interest found confided cleared shared helped missed early hurt accepts refuses open_to"
    " not_open_to agreed developed no_basis eased waited owed boiling spiral asks_caucus homework decider_came breach"
    " pressed ruled took_up opened parted walked_out".split()
)
"""The kinds of events that somebody may have a line for."""

EFFECTS = frozenset({"trust", "empathy", "credence", "critical", "corrected", "dialogue"})
REASONS = frozenset({"heat", "suspicion", "barrier", "floor", "pressed", "trust", "heard"})

CATALOGUE = Path(__file__).parent / "catalogue"
LISTS = ("techniques", "causes", "cues", "criteria", "sources")


def compile_catalogue(folder: Path = CATALOGUE) -> dict[str, Any]:
    """The catalogue as JSON-ready data. Raises DisputeError when a file of it cannot be read."""
    problems: list[Problem] = []
    read = {name: read_yaml(folder / f"{name}.yaml", problems) for name in (*LISTS, "replies")}
    if problems:
        raise DisputeError(problems)
    data = {name: plain(source.data) for name, source in read.items() if source}
    for technique in data["techniques"]:
        for absent in ("joint", "precondition", "goes_wrong"):
            technique.setdefault(absent, "")
        for absent in ("helped", "missed", "early", "answers"):
            technique.setdefault(absent, [])
        technique.setdefault("needs", {})
    return data


# a dispute


@dataclass
class Dispute:
    """What was read of a dispute's folder: its files, its parts, and the JSON-ready data made of them."""

    folder: Path
    scenario: Source
    lines: Source
    parts: DisputeShape
    spoken: list[LineShape]
    data: dict[str, Any]


def read_dispute(folder: Path, catalogue: dict[str, Any], problems: list[Problem]) -> Dispute | None:
    """Read and compile one dispute's folder, noting every problem of shape or name; None if there was one."""
    before = len(problems)
    scenario = read_yaml(folder / "scenario.yaml", problems)
    lines = read_yaml(folder / "lines.yaml", problems)
    if scenario is None or lines is None:
        return None
    parts = read_shape(scenario, DisputeShape, scenario.data, (), problems)
    raw_lines = lines.data if isinstance(lines.data, list) else []
    if not raw_lines:
        problems.append(Problem(lines.path, 1, "no_lines", "this file must be a list of lines; add what people say"))
    spoken = [read_shape(lines, LineShape, raw, (place,), problems) for place, raw in enumerate(raw_lines)]
    if parts is not None:
        _check_names(scenario, parts, catalogue, problems)
        for place, line in enumerate(spoken):
            if line is not None:
                _check_line(lines, place, line, parts, catalogue, problems)
    if len(problems) > before or parts is None:
        return None
    return Dispute(folder, scenario, lines, parts, spoken, _to_json(parts, spoken, catalogue))


def compile_dispute(folder: Path, catalogue: dict[str, Any]) -> dict[str, Any]:
    """One dispute as JSON-ready data. Raises DisputeError with everything that is wrong in shape or name."""
    problems: list[Problem] = []
    dispute = read_dispute(folder, catalogue, problems)
    if dispute is None:
        raise DisputeError(problems)
    return dispute.data


def _check_names(source: Source, parts: DisputeShape, catalogue: dict[str, Any], problems: list[Problem]) -> None:
    """Every name must be the name of something, and what is said for each side must be said for both."""
    techniques = {one["id"]: one for one in catalogue["techniques"]}
    causes = {one["id"]: one for one in catalogue["causes"]}
    cues = {one["id"] for one in catalogue["cues"]}

    def need(name: str, known: Iterable[str], what: str, *where: str | int) -> bool:
        if name in known:
            return True
        problems.append(
            Problem(source.path, source.line(*where), f"unknown_{what}", f"“{name}” is no {what} here{nearest(name, known)}")
        )
        return False

    def both(given: Iterable[str], known: Iterable[str], what: str, *where: str | int) -> None:
        for name in given:
            need(name, known, what, *where, name)
        for name in known:
            if name not in given:
                problems.append(
                    Problem(source.path, source.line(*where), "missing_key", f"nothing is said here for {what} “{name}”; add it")
                )

    both(parts.moods, parts.parties, "party", "moods")
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
        for effect in fact_.effects:
            need(effect, EFFECTS, "effect", "facts", id, "effects")
    for id, barrier in parts.barriers.items():
        need(barrier.party, parts.parties, "party", "barriers", id, "party")
        need(barrier.issue, [*parts.issues, "table"], "issue", "barriers", id, "issue")
        if need(barrier.cause, causes, "cause", "barriers", id, "cause"):
            shown = causes[barrier.cause]["cues"]
            if need(barrier.cue, cues, "cue", "barriers", id, "cue") and barrier.cue not in shown:
                what = f"the cause {barrier.cause} does not show as {barrier.cue}; use one of: {', '.join(shown)}"
                problems.append(Problem(source.path, source.line("barriers", id, "cue"), "wrong_cue", what))
        for technique in barrier.answered_by:
            if need(technique, techniques, "technique", "barriers", id, "answered_by"):
                if barrier.cause in causes and barrier.cause not in techniques[technique]["answers"]:
                    fitting = [t for t in techniques if barrier.cause in techniques[t]["answers"]]
                    what = f"{technique} does not answer {barrier.cause}; what does: {', '.join(fitting) or 'nothing'}"
                    problems.append(Problem(source.path, source.line("barriers", id, "answered_by"), "wrong_remedy", what))
    for id, case in parts.cases.items():
        for name in case.barriers:
            need(name, parts.barriers, "barrier", "cases", id, "barriers")
        for name in case.facts:
            need(name, parts.facts, "fact", "cases", id, "facts")
        both(case.floors, parts.parties, "party", "cases", id, "floors")
        for party, floors in case.floors.items():
            both(floors, parts.issues, "issue", "cases", id, "floors", party)


def _check_line(
    source: Source, place: int, line: LineShape, parts: DisputeShape, catalogue: dict[str, Any], problems: list[Problem]
) -> None:
    techniques = [one["id"] for one in catalogue["techniques"]]
    people = [person for party in parts.parties.values() for person in party.people]
    moments: Iterable[str] = techniques if line.who == "mediator" else MOMENTS
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

    def need(name: str, among: Iterable[str], what: str, *where: str | int) -> None:
        if name not in among:
            text = f"“{name}” is no {what} here{nearest(name, among)}"
            problems.append(Problem(source.path, source.line(place, *where), f"unknown_{what}", text))

    need(line.who, [*people, "mediator"], "person", "who")
    need(line.on, moments, "moment", "on")
    for condition, names in known.items():
        value = getattr(line.when, condition)
        if value is not None:
            need(value, names, condition, "when", condition)


def _to_json(parts: DisputeShape, spoken: list[LineShape], catalogue: dict[str, Any]) -> dict[str, Any]:
    """Names to places, lists to masks: what `scenario.read_scenario` reads."""
    parties, issues = list(parts.parties), list(parts.issues)
    facts, barriers = list(parts.facts), list(parts.barriers)
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
                "people": [{"id": p, "party": id, **person.model_dump()} for p, person in party.people.items()],
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
        "cases": [
            {
                "id": id,
                "title": case.title,
                "truth": case.truth,
                "barriers": mask(case.barriers, barriers),
                "facts": mask(case.facts, facts),
                "floors": [[case.floors[party][issue] for issue in issues] for party in parties],
            }
            for id, case in parts.cases.items()
        ],
        "endings": parts.endings.model_dump(),
        "lines": [
            {"who": line.who, "on": line.on, "when": line.when.model_dump(exclude_none=True), "say": line.say}
            for line in spoken
        ],
    }
    played = [_without_words(data), [_without_words(one) for one in catalogue["techniques"]]]
    data["content"] = hashlib.sha256(json.dumps(played, sort_keys=True).encode()).hexdigest()[:16]
    return data


WORDS = frozenset(
    "title summary opening name people alternatives positions interests text carried_as found truth endings lines"
    " definition precondition goes_wrong say helped missed early sources".split()
)
"""The parts of the data that change what is read, not what happens."""


def _without_words(data: Any) -> Any:
    """What a replay depends on: a journal outlives a mended comma, not a changed rule."""
    if isinstance(data, dict):
        return {name: _without_words(part) for name, part in data.items() if name not in WORDS}
    return [_without_words(part) for part in data] if isinstance(data, list) else data


def compile_all(source: Path, target: Path) -> None:
    """Compile the catalogue and every dispute below `source` into JSON files in `target`.

    Files of disputes that are gone are removed; each file appears whole or not at all. Raises DisputeError.
    """
    catalogue = compile_catalogue(source / "caucusroom" / "catalogue")
    wanted = {"catalogue.json": catalogue}
    for folder in sorted(path.parent for path in source.glob("*/scenario.yaml")):
        data = compile_dispute(folder, catalogue)
        if data["id"] != folder.name:
            line = Problem(folder / "scenario.yaml", 1, "wrong_id", f"the id “{data['id']}” must be the folder's name")
            raise DisputeError([line])
        wanted[f"{data['id']}.json"] = data
    target.mkdir(parents=True, exist_ok=True)
    for name, data in wanted.items():
        part = target / f".{name}.{os.getpid()}"
        part.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        part.replace(target / name)
    for old in target.glob("*.json"):
        if old.name not in wanted:
            old.unlink(missing_ok=True)
