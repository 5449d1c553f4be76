"""A whole HTML page that needs nothing but itself."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from .markup import Markup, tag

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What the page allows a browser to load: nothing."""


def document(title: str, heading: str, *parts: Markup, more_style: str = "", generator: str = "caucusroom") -> str:
    """A page in the look of the review, without script and network.

    `more_style` are rules beside those of the review, `generator` says in the page what made it.
    """
    head = (
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="generator", content=generator),
        tag("title", title),
        style(more_style),
    )
    body = tag("main", tag("h1", heading), *parts)
    return "<!DOCTYPE html>\n" + tag("html", tag("head", *head), tag("body", body, class_="caucusroom-page"), lang="en")


def style(more: str = "") -> Markup:
    """The style sheet, and rules for one page part."""
    return tag("style", Markup(_sheet() + more))


@cache
def _sheet() -> str:
    sheet = (files(__package__) / "review.css").read_text(encoding="utf-8")
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
