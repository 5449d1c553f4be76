"""What desk and page give each other, for the checker of TypeScript and for tests: the types of desk/snapshot.py.

`python -m tests.browser.types` writes widget/snapshot.d.ts anew.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import caucusroom_widgets
from caucusroom_widgets.desk import snapshot
from caucusroom_widgets.words import en

PRODUCT = Path(caucusroom_widgets.__file__).parent / "widget" / "snapshot.d.ts"

_HEAD = "// Made from desk/snapshot.py and words/en.py by `python -m tests.browser.types`: do not edit."
_WORDS = """\
/** What is filled into each text that the page says by itself. */
export interface Facts {
%s
}

export type Fact = string | number;
/** A text, or for a number {n} its texts by the category of that number. */
export type Template = string | { [category: string]: string };
export type Words = Record<keyof Facts, Template>;
/** Says a text of the table. */
export type Say = <K extends keyof Facts>(key: K, ...facts: {} extends Facts[K] ? [] : [Facts[K]]) => string;"""
_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null", object: "unknown"}


def declarations() -> str:
    """The text of snapshot.d.ts."""
    named = {name: one for name, one in vars(snapshot).items() if _is_ours(one)}
    aliases = {one: name for name, one in named.items() if not is_typeddict(one)}
    parts = [_HEAD]
    for name, one in named.items():
        if is_typeddict(one):
            fields = "".join(f"  {field}: {_written(kind, aliases)};\n" for field, kind in get_type_hints(one).items())
            parts.append(f"{_comment(one)}export interface {name} {{\n{fields}}}")
        else:
            parts.append(f"export type {name} = {_written(one, {})};")
    facts = "\n".join(f"  {json.dumps(key)}: {_facts(template)};" for key, template in en.PAGE.items())
    return "\n\n".join([*parts, _WORDS % facts]) + "\n"


def misfits(value: object, kind: Any, where: str = "") -> Iterator[str]:
    """Everything in which a value is not of this type: keys missing or too many, values of another kind."""
    origin = get_origin(kind)
    if is_typeddict(kind):
        hints = get_type_hints(kind)
        if not isinstance(value, dict) or value.keys() != hints.keys():
            yield f"{where}: {value!r} has not the keys {list(hints)}"
        else:
            for field, inner in hints.items():
                yield from misfits(value[field], inner, f"{where}.{field}")
    elif origin is Literal:
        if value not in get_args(kind):
            yield f"{where}: {value!r} is none of {get_args(kind)}"
    elif origin in (Union, UnionType):
        if all(any(misfits(value, one)) for one in get_args(kind)):
            yield f"{where}: {value!r} is no {kind}"
    elif origin is list:
        if type(value) is not list:
            yield f"{where}: {value!r} is no list"
        else:
            for place, one in enumerate(value):
                yield from misfits(one, get_args(kind)[0], f"{where}[{place}]")
    elif kind is not object and type(value) is not kind:
        yield f"{where}: {value!r} is no {kind.__name__}"


def _is_ours(one: Any) -> bool:
    if is_typeddict(one):
        return True
    return get_origin(one) in (Literal, Union, UnionType)


def _written(kind: Any, aliases: Mapping[Any, str]) -> str:
    if kind in aliases:
        return aliases[kind]
    if is_typeddict(kind):
        return str(kind.__name__)
    if kind in _PLAIN:
        return _PLAIN[kind]
    inner, origin = get_args(kind), get_origin(kind)
    if origin is Literal:
        return " | ".join(json.dumps(one) for one in inner)
    if origin in (Union, UnionType):
        return " | ".join(_written(one, aliases) for one in inner)
    if origin is list:
        item = _written(inner[0], aliases)
        return f"({item})[]" if "|" in item else f"{item}[]"
    raise TypeError(f"{kind} has no counterpart in TypeScript here: add one.")


def _facts(template: str | Mapping[str, str]) -> str:
    texts = [template] if isinstance(template, str) else template.values()
    names = {} if isinstance(template, str) else {"n": None}  # it chooses among them, said or not
    names |= dict.fromkeys(name for text in texts for _, name, _, _ in Formatter().parse(text) if name)
    return "{ " + "; ".join(f"{name}: Fact" for name in names) + " }" if names else "{}"


def _comment(one: Any) -> str:
    text = inspect.cleandoc(one.__doc__ or "").replace("\n", "\n * ")
    return f"/** {text} */\n" if text and not text.startswith("dict(") else ""


if __name__ == "__main__":
    PRODUCT.write_text(declarations(), encoding="utf-8")
    print(f"written: {PRODUCT}")
