"""Authors' YAML, checked for shape and names, made into the JSON that is played.

Author time only: needs pydantic and PyYAML. What is *good* about a dispute is judged in check.py.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..edition import EDITION
from ..laws.events import SPOKEN
from ..model.compiled import read_unknowns
from ..model.levels import MOODS, TABLE
from ..model.truths import choices_of
from .curriculum import Words, check_catalogue
from .fit import read_shape
from .names import EFFECTS, PLACEHOLDERS, REASONS, check_line, check_names, things_of, why_no_truth
from .scenes import Scenes, read_scenes
from .shapes import DisputeShape, LineShape
from .source import DisputeError, Problem, Source, read_yaml

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

    `spoken` holds the lines that are sound, by their place in lines.yaml; `scenes` is None where there are none.
    """

    folder: Path
    scenario: Source
    lines: Source
    parts: DisputeShape
    spoken: dict[int, LineShape]
    scenes: Scenes | None
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
            check_names(scenario, parts, catalogue, problems)
    sound = len(problems) == before
    spoken: dict[int, LineShape] = {}
    if lines is not None:
        if not isinstance(lines.data, list) or not lines.data:
            problems.append(Problem(lines.path, 1, "no-lines", "this must be a list of lines; add what people say"))
        for place, raw in enumerate(lines.data if isinstance(lines.data, list) else ()):
            line = read_shape(lines, LineShape, raw, (place,), problems)
            if line is not None and (parts is None or check_line(lines, place, line, parts, catalogue, problems)):
                spoken[place] = line
    scenes = None if parts is None else read_scenes(folder / "scenes.yaml", parts, problems)
    if scenario is None or lines is None or parts is None or not sound:
        return None
    name = scenario.path.resolve().parent.name
    if parts.id != name:
        what = f"the id “{parts.id}” must be the folder's name; write id: {name}, or rename the folder"
        problems.append(Problem(scenario.path, scenario.line("id"), "wrong-id", what))
    data = _to_json(parts, spoken.values())
    shown = scenes.parts.values() if scenes else ()
    data["scenes"] = [scene.model_dump(exclude={"skilled", "mistake"}) for scene in shown]
    if not _has_truths(scenario, parts, data, problems):
        return None
    return Written(folder, scenario, lines, parts, spoken, scenes, data)


def _has_truths(source: Source, parts: DisputeShape, data: dict[str, Any], problems: list[Problem]) -> bool:
    """Whether something can be true of each side, and each case is true of both; each fault is noted."""
    unknowns = dict(zip(parts.parties, map(read_unknowns, data["unknowns"]), strict=True))
    before = len(problems)
    for party, own in unknowns.items():
        if next(own.choices, None) is None:
            what = (
                f"nothing can be true of {party}: no choice of its alternatives has as many barriers and facts as it "
                "says and keeps apart what is to be kept apart; widen barriers or facts, or add alternatives"
            )
            problems.append(Problem(source.path, source.line("unknowns", party), "no-truth", what))
    for id, case in parts.cases.items() if len(problems) == before else ():
        for party, own in unknowns.items():
            its = {thing for unknown in own.questions for one in unknown.alternatives for thing in one.things}
            why = why_no_truth(party, own, its & set(case.truth))
            if why:
                line = source.line("cases", id, "truth")
                problems.append(Problem(source.path, line, "no-such-truth", f"case {id} cannot be true: {why}"))
    return len(problems) == before


def compile_dispute(folder: Path, catalogue: dict[str, Any]) -> dict[str, Any]:
    """One dispute as JSON-ready data. Raises DisputeError with everything that is wrong in shape or name."""
    problems: list[Problem] = []
    dispute = read_written(folder, catalogue, problems)
    if dispute is None or problems:
        raise DisputeError(problems)
    return dispute.data


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
            {"id": id, **barrier.model_dump(exclude={"cue"}), "cues": barrier.cue}
            | {"party": parties.index(barrier.party), "issue": _place(barrier.issue, issues)}
            for id, barrier in parts.barriers.items()
        ],
        "floors": [[parts.floors[party][issue] for issue in issues] for party in parties],
        "limits": [
            {"id": id, "name": limit.name, "story": limit.story, "party": parties.index(limit.party)}
            for id, limit in parts.limits.items()
        ],
        "unknowns": [_unknowns(parts, party) for party in parties],
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


def _place(issue: str, issues: list[str]) -> int:
    return TABLE if issue == "table" else issues.index(issue)


def _unknowns(parts: DisputeShape, party: str) -> dict[str, Any]:
    """What may be true of a side, names to masks."""
    facts, barriers, issues = list(parts.facts), list(parts.barriers), list(parts.issues)
    own, habits = parts.unknowns[party], parts.surface.get(party, {})

    def alternative(things: list[str]) -> dict[str, Any]:
        limits = [parts.limits[thing].floors for thing in things if thing in parts.limits]
        return {
            "things": things,
            "barriers": sum(1 << barriers.index(thing) for thing in things if thing in parts.barriers),
            "facts": sum(1 << facts.index(thing) for thing in things if thing in parts.facts),
            "floors": [[issues.index(issue), least] for floors in limits for issue, least in floors.items()],
        }

    return {
        "story": own.story,
        "barriers": own.barriers,
        "facts": own.facts,
        "apart": [sorted(apart) for apart in own.apart],
        "questions": [
            {"id": id, "asks": question.asks, "alternatives": [alternative(things_of(one)) for one in question.one_of]}
            for id, question in own.questions.items()
        ],
        "signs": [[place, one.cue] for place, one in enumerate(parts.barriers.values()) if one.party == party],
        "habits": [[_place(issue, issues), cues] for issue, cues in habits.items()],
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
    own = {name: part for name, part in data.items() if name not in ("id", "content", "scenes")}
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
