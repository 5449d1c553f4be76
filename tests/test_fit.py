"""What does not fit is said in words for authors: what to write, with an example that fits."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from caucusroom.authoring import curriculum
from caucusroom.authoring.fit import Form, read_shape
from caucusroom.authoring.shapes import DisputeShape, LineShape, Shape
from caucusroom.authoring.source import Problem, Source
from caucusroom.authoring.walkthrough import WalkthroughShape
from caucusroom.authoring.yaml_text import Place, read
from pydantic import BaseModel, ValidationError

SHAPES: dict[str, type[BaseModel]] = {
    "dispute": DisputeShape,
    "line": LineShape,
    "walkthrough": WalkthroughShape,
    **curriculum.SHAPES,
}
ODD: list[Any] = [
    None, True, 0, 99, -1, 2.5, "", "  ", "Odd one, out!", [], [[]], [None], list(range(9)), {}, {"Odd One": 1},
    {f"many{n}": {} for n in range(9)},
]  # fmt: skip
MACHINES = re.compile(
    r"input|dictionary|validation|instance|string|integer|boolean|valid |at least \d+ (item|char)|pattern|pydantic",
    re.IGNORECASE,
)
SAYS_WHAT_TO_DO = re.compile(r"\bwrite\b|add it|as in “|did you mean|there are|there is no|use small letters|in quotes")

Where = tuple[str | int, ...]


def sample(form: Form) -> Any:
    """Something that fits."""
    if form.is_model:
        return {name: sample(form.at(name)) for name in form.keys}
    if form.type is dict:
        count = form.limit("min_length") or 1
        return {f"one_{number}": sample(form.at("*")) for number in range(count)}
    if form.type is list:
        count = form.limit("min_length") or 1
        return [sample(form.at(0)) for _ in range(count)]
    return read(f"- {form.example}")[0][0]


def places(data: Any, where: Where = ()) -> Iterator[Where]:
    yield where
    for step, part in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from places(part, (*where, step))


def put(data: Any, where: Where, value: Any) -> Any:
    """A copy with another value at a place; without it where the value is Ellipsis."""
    if not where:
        return value
    data = copy.deepcopy(data)
    node = data
    for step in where[:-1]:
        node = node[step]
    if value is ...:
        del node[where[-1]]
    else:
        node[where[-1]] = value
    return data


def misfits(model: type[BaseModel], data: Any) -> list[Problem]:
    problems: list[Problem] = []
    read_shape(Source(Path("odd.yaml"), data, Place(1)), model, data, (), problems)
    return problems


def sound(name: str) -> Any:
    data = sample(Form.of(SHAPES[name]))
    if name == "walkthrough":  # a step is one of several things
        data["steps"] = [
            {"choose": "x", "follows": ["y"]},
            {"offered": ["x"]},
            {"not offered": "x", "because": "y"},
            {"ends": "x", "why": "y"},
        ]
    if name == "techniques":  # joint is of private ones only, rooms of the process
        del data["joint"], data["rooms"]
    return data


@pytest.mark.parametrize("name", SHAPES)
def test_the_examples_fit(name: str) -> None:
    assert misfits(SHAPES[name], sound(name)) == []


@pytest.mark.parametrize("name", SHAPES)
def test_whatever_does_not_fit_is_said_in_words_for_authors(name: str) -> None:
    model, whole = SHAPES[name], sound(name)
    met = set()
    for where in [*places(whole)]:
        for odd in [*ODD, *([...] if where else [])]:
            data = put(whole, where, odd)
            for problem in misfits(model, data):
                met.add(problem.rule)
                said = problem.what.replace("Odd one, out!", "").replace("Odd One", "")
                assert not MACHINES.search(said), said
                assert SAYS_WHAT_TO_DO.search(said), said
        for problem in misfits(model, put(whole, (*where, "tittle"), 1)) if _holds_keys(whole, where) else ():
            assert "there is no “tittle” here" in problem.what
    assert met >= {"bad-value", "missing-key", "unknown-key"}


def _holds_keys(data: Any, where: Where) -> bool:
    for step in where:
        data = data[step]
    return isinstance(data, dict) and not any(one.startswith("one_") for one in data)


@pytest.mark.parametrize("name", SHAPES)
def test_the_example_that_is_given_is_right(name: str) -> None:
    """What stands after “as in” is put where the fault was, and the fault is gone."""
    model, whole, tried = SHAPES[name], sound(name), 0
    for where in [*places(whole)][1:]:
        for problem in misfits(model, put(whole, where, None)):
            example = re.search(r"as in “(.*)” \(found nothing\)", problem.what)
            if example is None or "…" in example[1]:
                continue
            given = read(example[1])[0]
            value = given[0] if isinstance(given, list) else given[where[-1]]
            assert misfits(model, put(whole, where, value)) == [], example[1]
            tried += 1
    assert tried >= 2


class Everything(Shape):
    """The kinds of things that a shape can have a limit on, should one of ours have it one day."""

    number: int
    word: str
    truth: bool
    several: list[str]
    named: dict[str, int]
    one_of: Literal["this", "that"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"number": "three"}, "write a whole number, as in “number: 1” (found the text “three”)"),
        ({"number": True}, "write a whole number, as in “number: 1” (found the word true)"),
        ({"word": 9.5}, "as in “word: Some words.” (found 9.5); put it in quotes if it is a text"),
        ({"word": None}, "(found nothing)"),
        ({"truth": "yes"}, "write true or false, as in “truth: true” (found the text “yes”)"),
        ({"several": "scalding"}, "write a list, as in “several: [Some words.]” (found the text “scalding”)"),
        ({"named": ["a"]}, "write keys, each with a colon and what belongs to it"),
        ({"one_of": "these"}, "write one of this, that (found the text “these”)"),
    ],
)
def test_a_misfit_says_what_to_write(data: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError):
        Everything.model_validate(data)
    wrong = [problem for problem in misfits(Everything, data) if problem.rule == "bad-value"]
    assert [says in problem.what for problem in wrong] == [True], wrong


def test_a_key_in_the_wrong_place_is_compared_with_what_belongs_there() -> None:
    data = put(sound("dispute"), ("parties", "one_0", "positions"), {})
    (problem,) = misfits(DisputeShape, data)
    assert problem.what.endswith("there is no “positions” here; there are: alternatives, name, people")
