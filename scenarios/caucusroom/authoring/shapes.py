"""The shape of a dispute's files, as pydantic models: what an author may and must write."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _one_line(text: Any) -> Any:
    return " ".join(text.split()) if isinstance(text, str) else text


def _listed(one: Any) -> Any:
    return [one] if isinstance(one, str) else one


ID = "an id: small letters, digits and _, a letter first"
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", description=ID, examples=["two_words"])]
Text = Annotated[str, BeforeValidator(_one_line), Field(min_length=1)]
Prose = Annotated[str, Field(min_length=1)]
Slug = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9-]*$", description="small letters, digits and -, a letter first", examples=["two-bakers"]
    ),
]
Level = Annotated[int, Field(ge=0, le=3)]
Worth = Annotated[int, Field(ge=0, le=5)]
Ticks = Annotated[int, Field(ge=1, le=96)]


OneOrMore = Annotated[list[str], BeforeValidator(_listed), Field(min_length=1, description="one id, or a list of them")]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class ClockShape(Shape):
    starts: str = Field(
        pattern=r"^([01]?\d|2[0-3]):[0-5]\d$", description="a time of day, in quotes", examples=['"9:30"']
    )
    day: Ticks
    days: int = Field(ge=1, le=5)
    stage: Ticks
    stages: int = Field(ge=1, le=8)


class MoodsShape(Shape):
    heat: Level
    trust: Level
    strain: Level
    suspicion: Level


class PersonShape(Shape):
    name: Text
    role: Text
    seat: Literal["decider", "counsel", "member", "remote"]
    voice: Text


class AlternativesShape(Shape):
    perceived: Prose
    real: Prose


class PartyShape(Shape):
    name: Text
    people: dict[Id, PersonShape]
    alternatives: AlternativesShape


class IssueShape(Shape):
    name: Text
    positions: dict[str, Text]
    interests: dict[str, Text]


class OptionShape(Shape):
    issue: str
    text: Text
    open: bool = False
    needs: list[str] = []
    worth: dict[str, Worth]


class FactShape(Shape):
    party: str
    issue: str
    who: str
    name: Text
    guard: int = Field(ge=1, le=3)
    text: Text
    carried_as: Text
    effects: list[str] = Field(min_length=1)
    story: Text


class BarrierShape(Shape):
    party: str
    issue: str
    who: str
    name: Text
    cause: str
    cue: OneOrMore
    depth: int = Field(ge=1, le=3)
    resists: dict[str, Text] = {}
    found: Text
    story: Text


class LimitShape(Shape):
    party: str
    name: Text
    floors: dict[str, Worth] = Field(min_length=1)
    story: Text


Alternative = Annotated[
    list[str],
    BeforeValidator(lambda one: [one] if isinstance(one, str) else one),
    Field(description="an id, a list of ids that belong together, or nothing", examples=["some_barrier"]),
]


class QuestionShape(Shape):
    asks: Text
    one_of: list[Alternative] = Field(
        description="a list of what may be the answer", examples=["[some_barrier, another_barrier, nothing]"]
    )


FromTo = Annotated[
    list[Annotated[int, Field(ge=0, le=9)]],
    Field(min_length=2, max_length=2, description="the fewest and the most of them in a truth", examples=["[2, 3]"]),
]


class UnknownsShape(Shape):
    story: Text
    barriers: FromTo
    facts: FromTo
    apart: list[list[str]] = []
    questions: dict[Id, QuestionShape] = Field(min_length=1)


class CaseShape(Shape):
    title: Text
    truth: list[str]


class EndingsShape(Shape):
    settlement: Prose
    part_settlement: Prose
    adjourned: Prose
    stopped: Prose
    walked_out: Prose
    out_of_time: Prose
    unwound: Prose


class DisputeShape(Shape):
    id: str = Field(
        pattern=r"^[a-z][a-z0-9-]*$",
        description="the folder's name: small letters, digits and -, a letter first",
        examples=["two-bakers"],
    )
    title: Text
    summary: Text
    opening: Prose
    clock: ClockShape
    moods: dict[str, MoodsShape]
    parties: dict[Id, PartyShape] = Field(min_length=2, max_length=2)
    issues: dict[Id, IssueShape] = Field(min_length=1, max_length=4)
    options: dict[Id, OptionShape]
    facts: dict[Id, FactShape] = {}
    barriers: dict[Id, BarrierShape]
    surface: dict[str, dict[str, OneOrMore]] = {}
    floors: dict[str, dict[str, Worth]]
    limits: dict[Id, LimitShape] = {}
    unknowns: dict[str, UnknownsShape]
    cases: dict[Id, CaseShape]
    endings: EndingsShape


Range = Annotated[
    list[Level] | None,
    Field(min_length=2, max_length=2, description="the least and the most that it may be", examples=["[0, 1]"]),
]


class WhenShape(Shape):
    technique: str | None = None
    cue: str | None = None
    barrier: str | None = None
    fact: str | None = None
    option: str | None = None
    issue: str | None = None
    effect: str | None = None
    why: str | None = None
    party: str | None = None
    room: Literal["before", "joint", "caucus"] | None = None
    heat: Range = None
    trust: Range = None
    strain: Range = None
    suspicion: Range = None
    late: bool | None = None


class LineShape(Shape):
    who: str
    on: str
    when: WhenShape = WhenShape()
    say: Text


Moves = Annotated[list[Text], Field(min_length=1, description="a list of moves", examples=["[open_session]"])]


class SceneShape(Shape):
    """A guided scene. `skilled` and `mistake` are two ways to play it: as many moves as it has decisions, or fewer
    where they bring the mediation to an end."""

    id: Slug
    title: Text
    case: str
    moves: Moves
    told: Prose
    asks: Text
    decisions: int = Field(ge=4, le=8)
    after: Text
    skilled: Moves
    mistake: Moves
