"""Whether what an author wrote has the form it must have; if not, a sentence that says what to write instead."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from .source import Problem, Source, nearest

OUT_OF_RANGE = frozenset({"greater_than_equal", "less_than_equal"})
TOO_FEW_OR_MANY = frozenset({"too_short", "too_long"})


def read_shape(source: Source, model: type[BaseModel], data: Any, at: tuple[Any, ...], problems: list[Problem]) -> Any:
    """The data as `model`, or None after noting every problem of shape with its line."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for one in error.errors():
            where = at + tuple(one["loc"])
            problems.append(Problem(source.path, source.line(*where), *_misfit(one, where, model)))
        return None


def _misfit(one: Any, where: tuple[Any, ...], model: type[BaseModel]) -> tuple[str, str]:
    """The rule that is broken, and the sentence."""
    kind, found = one["type"], one["input"]
    if where and where[-1] == "[key]":
        return "bad-name", f"“{where[-2]}” cannot be an id; use small letters, digits and _, a letter first"
    name = " → ".join(str(step) for step in where) or "this file"
    form = Form.of(model).at(*one["loc"])
    if kind == "extra_forbidden":
        if " " in str(where[-1]) and found is None:
            return "unknown-key", f"{name}: this was read as a key; put a text that has a comma in it in quotes"
        known = Form.of(model).at(*one["loc"][:-1]).keys
        return "unknown-key", f"{name}: there is no “{where[-1]}” here{nearest(str(where[-1]), known)}"
    if kind == "missing":
        return "missing-key", f"{name} is missing; add it, as in “{_example(form, where)}”"
    if kind == "value_error":
        return "bad-value", f"{name}: {one['ctx']['error']}"
    return "bad-value", f"{name}: {_wanted(kind, found, form, where)}"


def _wanted(kind: str, found: Any, form: Form, where: tuple[Any, ...]) -> str:
    example = f", as in “{_example(form, where)}”"
    if form.choices:
        return f"write one of {', '.join(form.choices)} (found {_found(found)})"
    if kind in OUT_OF_RANGE:
        return f"write {form.kind} (found {_found(found)})"
    if kind in TOO_FEW_OR_MANY:
        fewest, most = form.limit("min_length"), form.limit("max_length")
        count = f"{fewest}" if fewest == most else f"{fewest or 0} to {most}" if most else f"at least {fewest}"
        one_only = count in ("1", "at least 1")
        return f"there must be {count} {'entry' if one_only else 'entries'} here, and there are {len(found)}{example}"
    if kind == "string_too_short":
        return f"this is empty; write {form.kind}{example}"
    quotes = "; put it in quotes if it is a text" if form.type is str and isinstance(found, bool | int | float) else ""
    return f"write {form.kind}{example} (found {_found(found)}){quotes}"


def _found(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the word {str(value).lower()}"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return f"the text “{value if len(value) <= 40 else value[:37] + '…'}”"
    return "a list" if isinstance(value, list) else "keys with values"


def _example(form: Form, where: tuple[Any, ...]) -> str:
    """The key and what could stand after it; an entry of a list with its dash."""
    written = form.example
    last = where[-1] if where else ""
    return f"{last}: {written}" if isinstance(last, str) and last else f"- {written}" if where else written


class Form:
    """What may stand at one place of a shape: the type, its limits, an example."""

    def __init__(self, annotation: Any, field: FieldInfo | None = None) -> None:
        self._limits: list[Any] = [*field.metadata] if field else []
        self._examples: list[Any] = list(field.examples or ()) if field else []
        self._said = field.description if field else None
        while True:
            if get_origin(annotation) is Annotated:
                annotation, *more = get_args(annotation)
                for one in more:
                    self._limits += one.metadata if isinstance(one, FieldInfo) else [one]
                    if isinstance(one, FieldInfo):
                        self._examples += one.examples or ()
                        self._said = self._said or one.description
            elif get_origin(annotation) in (Union, UnionType):
                (annotation,) = (one for one in get_args(annotation) if one is not NoneType)
            else:
                break
        self.annotation = annotation

    @classmethod
    def of(cls, model: type[BaseModel]) -> Form:
        return cls(model)

    @property
    def type(self) -> Any:
        return get_origin(self.annotation) or self.annotation

    @property
    def choices(self) -> tuple[str, ...]:
        return get_args(self.annotation) if self.type is Literal else ()

    @property
    def is_model(self) -> bool:
        return isinstance(self.annotation, type) and issubclass(self.annotation, BaseModel)

    @property
    def fields(self) -> dict[str, FieldInfo]:
        """The fields of a model by the keys that an author writes."""
        if not self.is_model:
            return {}
        return {info.alias or name: info for name, info in self.annotation.model_fields.items()}

    @property
    def keys(self) -> list[str]:
        return list(self.fields)

    def limit(self, name: str) -> int | None:
        return next((getattr(one, name) for one in self._limits if getattr(one, name, None) is not None), None)

    def at(self, *where: Any) -> Form:
        """The form of a part."""
        form = self
        for step in where:
            if form.is_model and step in form.fields:
                info = form.fields[step]
                form = Form(info.annotation, info)
            elif form.type is dict:
                form = Form(get_args(form.annotation)[1])
            elif form.type is list:
                form = Form(get_args(form.annotation)[0])
            else:
                return Form(str)
        return form

    @property
    def kind(self) -> str:
        """What to write, in words."""
        if self._said:
            return self._said
        if self.type is int:
            low, high = self.limit("ge"), self.limit("le")
            return "a whole number" + (f" from {low} to {high}" if low is not None and high is not None else "")
        if self.is_model:
            return f"its parts, each a key with a colon ({', '.join(self._needed())})"
        return {
            str: "a text",
            bool: "true or false",
            list: "a list",
            dict: "keys, each with a colon and what belongs to it",
        }.get(self.type, "something else")

    @property
    def example(self) -> str:
        """What could stand here."""
        if self._examples:
            return str(self._examples[0])
        if self.choices:
            return self.choices[0]
        if self.type is int:
            return str(self.limit("ge") or 1)
        if self.type is list:
            inner = Form(get_args(self.annotation)[0])
            return f"[{', '.join([inner.example] * (self.limit('min_length') or 1))}]"
        if self.type is dict:
            inner = Form(get_args(self.annotation)[1])
            return f"{{some_id: {inner.example}}}"
        if self.is_model:
            return "{" + ", ".join(f"{name}: …" for name in self._needed()) + "}"
        return {str: "Some words.", bool: "true"}.get(self.type, "…")

    def _needed(self) -> list[str]:
        return [name for name, info in self.fields.items() if info.is_required()] or self.keys
