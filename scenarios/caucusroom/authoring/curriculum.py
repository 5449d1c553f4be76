"""The catalogue's files, checked as disputes are: shape, names and words, each fault by file and line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Literal

from pydantic import Field, model_validator

from .fit import read_shape
from .shapes import Id, Level, Prose, Shape, Text
from .source import Problem, Source, nearest


class NeedsShape(Shape):
    trust: Level = 0
    heat: Level = 3
    heard: bool = False


class TechniqueShape(Shape):
    id: Id
    name: Text
    kind: Literal["act", "technique", "temptation"]
    group: Literal["open", "listen", "explore", "build", "test", "share", "process", "close"]
    act: Literal["process", "listening", "question", "remedy", "sharing", "proposal", "ending", "temptation"] | None = (
        None
    )
    forum: Literal["joint", "caucus", "either", "process"]
    rooms: list[Literal["before", "joint", "caucus"]] | None = Field(default=None, min_length=1)
    joint: Literal["hurts", "refused"] | None = None
    ticks: int = Field(ge=0, le=8)
    target: Literal["none", "party", "person", "cue", "issue", "fact", "option"]
    answers: list[str] = Field(default=[])
    needs: NeedsShape = NeedsShape()
    miss: Literal["none", "strain", "trust"]
    finds: int | None = Field(default=None, ge=0, le=3)
    to_the_matter: bool | None = None
    calms: bool | None = None
    frame: bool | None = None
    definition: Prose
    goes_wrong: Prose | None = None
    say: list[Text] = Field(default=[])
    helped: list[Text] = Field(default=[])
    missed: list[Text] = Field(default=[])
    early: list[Text] = Field(default=[])
    sources: list[str] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_where_it_belongs(self) -> TechniqueShape:
        if self.joint and self.forum != "caucus":
            raise ValueError(
                "joint says what becomes of a private technique at the table; write forum: caucus, or take it out"
            )
        if self.rooms and self.forum != "process":
            raise ValueError("rooms says where a step of the process is possible; write forum: process, or take it out")
        if self.forum == "process" and not self.rooms:
            raise ValueError("forum: process needs the rooms it can be taken in; write, for example, rooms: [joint]")
        return self


class CauseShape(Shape):
    id: Id
    name: Text
    definition: Prose
    sounds: Prose
    cues: list[str] = Field(min_length=1)
    anger: bool | None = None
    of_law_or_fact: bool | None = None
    undermines_consent: bool | None = None
    news: str | None = None
    sources: list[str] = Field(min_length=1)


class CueShape(Shape):
    id: Id
    name: Text
    shows: Prose
    follow: list[Text] = Field(min_length=1)


class CriterionShape(Shape):
    id: Id
    number: int = Field(ge=1, le=9)
    name: Text
    gate: bool
    weight: int = Field(ge=1, le=100)
    evidence: Prose
    levels: list[Text] = Field(min_length=5, max_length=5)
    sources: list[str] = Field(min_length=1)


class SourceShape(Shape):
    id: str = Field(pattern=r"^[A-Z][0-9]+$", description="a capital letter and a number", examples=["S1"])
    title: Text
    what: Prose


SHAPES: Mapping[str, type[Shape]] = {
    "techniques": TechniqueShape,
    "causes": CauseShape,
    "cues": CueShape,
    "criteria": CriterionShape,
    "sources": SourceShape,
}


@dataclass(frozen=True)
class Words:
    """What the laws know of by name, and what a line may leave open in curly brackets."""

    moments: Collection[str]
    effects: Collection[str]
    reasons: Collection[str]
    placeholders: Collection[str]


def check_catalogue(read: Mapping[str, Source], words: Words, problems: list[Problem]) -> None:
    """Note everything that is wrong with the files of the catalogue, by their names."""
    sound = {name: _read_list(read[name], shape, problems) for name, shape in SHAPES.items()}
    ids = {name: [one["id"] for one in _entries(read[name]) if isinstance(one.get("id"), str)] for name in SHAPES}

    def need(source: Source, names: Iterable[str], known: Collection[str], what: str, *where: str | int) -> None:
        for item, name in enumerate(names):
            if name not in known:
                line = source.line(*where, item)
                said = f"“{name}” is no {what} here{nearest(name, known)}"
                problems.append(Problem(source.path, line, f"unknown-{what}", said))

    for file, parts in sound.items():
        source = read[file]
        _same_ids(source, problems)
        for place, one in parts.items():
            if isinstance(one, TechniqueShape):
                need(source, one.answers, ids["causes"], "cause", place, "answers")
                aimless = {"target"} if one.target == "none" else set()
                for key in ("say", "helped", "missed", "early"):
                    _check_slots(source, getattr(one, key), {*words.placeholders} - aimless, problems, place, key)
            if isinstance(one, CueShape):
                _check_slots(source, one.follow, words.placeholders, problems, place, "follow")
            if isinstance(one, CauseShape):
                need(source, one.cues, ids["cues"], "cue", place, "cues")
                if one.news is not None:
                    need(source, [one.news], words.effects, "effect", place, "news")
            if isinstance(one, TechniqueShape | CauseShape | CriterionShape):
                need(source, one.sources, ids["sources"], "source", place, "sources")
    _check_replies(read["replies"], ids, words, problems)


def unknown_slots(text: str, known: Collection[str]) -> list[str]:
    """What a text leaves open in curly brackets and nobody could fill in."""
    try:
        return [slot for _, slot, _, _ in Formatter().parse(text) if slot is not None and slot not in known]
    except ValueError:
        return ["{"]


def said_of_slot(slot: str, known: Iterable[str]) -> str:
    return f"“{{{slot}}}” stands for nothing here; there are: {', '.join(f'{{{one}}}' for one in known)}"


def _check_slots(
    source: Source, texts: Iterable[str], known: Collection[str], problems: list[Problem], *where: str | int
) -> None:
    for item, text in enumerate(texts):
        for slot in unknown_slots(text, known):
            line = source.line(*where, item)
            problems.append(Problem(source.path, line, "unknown-placeholder", said_of_slot(slot, sorted(known))))


def _entries(source: Source) -> list[dict[str, Any]]:
    return [one for one in source.data if isinstance(one, dict)] if isinstance(source.data, list) else []


def _read_list(source: Source, shape: type[Shape], problems: list[Problem]) -> dict[int, Any]:
    """The sound entries of a file, by their places."""
    if not isinstance(source.data, list) or not source.data:
        what = f"this must be a list; begin each entry with a dash, as in “- id: one_{source.path.stem}”"
        problems.append(Problem(source.path, 1, "bad-value", what))
        return {}
    read = {place: read_shape(source, shape, raw, (place,), problems) for place, raw in enumerate(source.data)}
    return {place: one for place, one in read.items() if one is not None}


def _same_ids(source: Source, problems: list[Problem]) -> None:
    first: dict[Any, int] = {}
    for place, one in enumerate(source.data if isinstance(source.data, list) else ()):
        id = one.get("id") if isinstance(one, dict) else None
        if isinstance(id, str) and first.setdefault(id, place) != place:
            what = f"“{id}” stands in line {source.line(first[id], 'id')} already; give this one another id"
            problems.append(Problem(source.path, source.line(place, "id"), "same-name", what))


def _check_replies(source: Source, ids: Mapping[str, list[str]], words: Words, problems: list[Problem]) -> None:
    """General lines: under a moment a list of them, or for each thing that the moment can be about."""
    about: dict[str, tuple[Collection[str], str, bool]] = {
        "cue": (ids["cues"], "cue", True),
        "found": (ids["causes"], "cause", True),
        "shared": (words.effects, "effect", True),
        "hurt": (ids["techniques"], "technique", False),
        "eased": (ids["techniques"], "technique", False),
        "refuses": (words.reasons, "reason", False),
        "not_open_to": (words.reasons, "reason", False),
    }

    def note(rule: str, what: str, *where: str | int) -> None:
        problems.append(Problem(source.path, source.line(*where), rule, what))

    if not isinstance(source.data, dict):
        note("bad-value", "this must be moments, each with its lines; begin with “wall: [No.]”")
        return
    for moment, said in source.data.items():
        if moment not in words.moments:
            note("unknown-moment", f"“{moment}” is no moment here{nearest(moment, words.moments)}", moment)
            continue
        if moment not in about:
            _check_lines(source, said, words, note, problems, moment)
            continue
        known, what, all_of_them = about[moment]
        if not isinstance(said, dict):
            note("bad-value", f"{moment}: write lines for each {what}, as in “{sorted(known)[0]}: [No.]”", moment)
            continue
        for name, texts in said.items():
            if name not in known:
                note(f"unknown-{what}", f"“{name}” is no {what} here{nearest(name, known)}", moment, name)
            _check_lines(source, texts, words, note, problems, moment, name)
        for name in sorted(set(known) - set(said)) if all_of_them else ():
            note("missing-key", f"nothing is said here for {what} “{name}”; add it", moment)


def _check_lines(
    source: Source,
    texts: Any,
    words: Words,
    note: Callable[..., None],
    problems: list[Problem],
    *where: str | int,
) -> None:
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        note("bad-value", f"{' → '.join(map(str, where))}: write a list of texts, as in “{where[-1]}: [No.]”", *where)
        return
    _check_slots(source, texts, words.placeholders, problems, *where)
