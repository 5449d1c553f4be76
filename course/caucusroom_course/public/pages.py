"""The pages as HTML, from one set of templates for both hosts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple

from caucusroom import load
from caucusroom.model.dispute import Dispute
from caucusroom.record.sheet import SHEET_LIMIT
from caucusroom_widgets.desk.visit import Visit
from caucusroom_widgets.words import words as words_of_the_room
from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt

from .shelf import Page, read_lessons, shown_disputes
from .words import in_public, spoken, words

OPENING_PLAYER = "visitor"
"""Who plays in the snapshot that a page shows before Python answers. What it shows is the same for everybody."""
_WIDGET = ("room.js", "room.css", "host.js")


class Host(NamedTuple):
    """What differs between the hosts of a page.

    `script` is the module, among the assets, that brings the page to Python; `policy` the content security policy as
    a meta element, "" where the server sends one; `address` where the pages are published, for what must name them
    from outside ("" if that is not known); `graded` and `reader`: whether there are pages for graded work and for
    reading journals; `ticket`: with what a page gets its kernel, where it needs one;
    `manifest`: the file that makes the site installable, below the root ("" for none).
    """

    script: str
    policy: str = ""
    address: str = ""
    graded: tuple[str, ...] = ()
    reader: bool = False
    ticket: str = ""
    manifest: str = ""


class Assets(NamedTuple):
    """The files beside the pages, by name, and where they are below the root: a place of their own for each content."""

    place: str
    files: Mapping[str, bytes]


def published_at(address: str) -> str:
    """Where pages will be found, as it stands in them; "" where that is not known. ValueError if it is no address."""
    if not address:
        return ""
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", address):
        raise ValueError(words()["no_address"].format(address=address))
    return f"{address.rstrip('/')}/"


def gather(more: Mapping[str, bytes]) -> Assets:
    """The files that every page needs, and `more`, those of a host."""
    folder = files(__package__) / "assets"
    own = {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith(".d.ts")}
    widget = files("caucusroom_widgets") / "widget"
    found = {**own, **{name: (widget / name).read_bytes() for name in _WIDGET}, **more}
    digest = sha256(b"".join(name.encode() + b"\0" + found[name] + b"\0" for name in sorted(found)))
    return Assets(f"assets/{digest.hexdigest()[:12]}/", found)


def render(page: Page, host: Host, assets: Assets, more: Mapping[str, Any] | None = None) -> str:
    """A page as an HTML document; `more` is what its template shows besides what stands in the library."""
    facts: dict[str, Any] = {"page": page, "root": page.root, "host": host, "place": assets.place, **(more or {})}
    match page.kind:
        case "gallery":
            facts |= {"disputes": shown_disputes(), "lessons": read_lessons()}
        case "lesson":
            facts |= _lesson(page)
        case "judge":
            facts |= {"largest": SHEET_LIMIT // 1000}
        case _:
            facts |= _room(page)
    return _templates().get_template(f"{page.kind}.html").render(facts)


def notice(title: str, text: str, root: str, host: Host, assets: Assets) -> str:
    """A page that says one thing, such as that the house is full or that there is no such page."""
    page = Page("", "gallery", title, text)
    facts = {"page": page, "root": root, "host": host, "place": assets.place, "lessons": read_lessons()}
    return _templates().get_template("notice.html").render(facts)


def missing(policy: str) -> str:
    """The page for an address at which there is none, however deep: it needs no other file and links to none."""
    say = words()
    facts = {"title": say["missing.title"], "text": say["missing.text"], "policy": policy}
    return _templates().get_template("missing.html").render(facts)


def _lesson(page: Page) -> dict[str, Any]:
    lesson = next(one for one in read_lessons() if one.name == page.about)
    return {
        "lesson": lesson,
        "lead": as_html(lesson.lead),
        "cells": list(map(as_html, lesson.cells)),
        "disputes": shown_disputes(),
    }


def as_html(text: str) -> str:
    """Markdown of ours as a part of a page."""
    html = str(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
    return html.replace("<th></th>", "<td></td>")  # the empty corner of a table is no heading


def _room(page: Page) -> dict[str, Any]:
    dispute = load(page.dispute)
    scene = dispute.scene(page.about) if page.kind == "scene" else None
    return {"dispute": dispute, "scene": scene, "data": page_data(page), "others": _others(dispute, page.about)}


def page_data(page: Page) -> str:
    """What the script of a room page is told, as JSON that can stand in HTML: which page it is, the room as it is
    first seen, and the words.
    """
    names = {"scene": {"scene": page.about}, "work": {"assignment": page.about}}.get(page.kind, {})
    asked = {"kind": page.kind, "dispute": page.dispute, "scene": "", "assignment": "", **names}
    opened = Visit().open(asked, "", OPENING_PLAYER)
    data = {
        "page": asked,
        "snapshot": opened["snapshot"],
        "largest": SHEET_LIMIT,
        "words": {"room": {**words_of_the_room().PAGE, **in_public()}, "page": spoken()},
    }
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def _others(dispute: Dispute, scene: str) -> Iterable[Any]:
    """The scenes to go on with: those after this one first."""
    scenes = [one.id for one in dispute.scenes]
    here = scenes.index(scene) if scene in scenes else -1
    return [*dispute.scenes[here + 1 :], *dispute.scenes[: max(here, 0)]]


@cache
def _templates() -> Environment:
    loader = PackageLoader(__package__, "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
