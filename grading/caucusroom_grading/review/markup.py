"""Writing HTML: whatever is not markup already is escaped, so that nobody's words can break a page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

VOID = {"input", "meta"}


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: object) -> Markup:
    """An element. `class_` and `for_` stand for class and for, `data_back` for data-back; an attribute that is
    None or False is left out, one that is True has no value."""
    written = [name]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        key = key.rstrip("_").replace("_", "-")
        written.append(key if value is True else f'{key}="{escape(str(value))}"')
    opened = f"<{' '.join(written)}>"
    return Markup(opened if name in VOID else f"{opened}{join(children)}</{name}>")


def join(pieces: Iterable[str], between: str = "") -> Markup:
    """Pieces one after another."""
    return Markup(_safe(between).join(map(_safe, pieces)))


def _safe(text: str) -> str:
    return text if isinstance(text, Markup) else escape(text, quote=False)
