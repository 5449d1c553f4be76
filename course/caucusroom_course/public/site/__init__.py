"""The whole course as static files, with the engine in the visitor's own browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from caucusroom.record.sheet import SHEET_LIMIT
from caucusroom_grading.handin.notebook import ANSWER_LIMIT

from .. import pages, shelf
from ..pages import Assets, Host
from ..shelf import Page
from ..words import of_making_it, of_the_site, words
from .engine import PIN, Engine, make_engine
from .folder import must_take, put
from .graded import Work, works
from .tools import Forms, compressed

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'"
)
MANIFEST, OFFLINE, NOTICE, MISSING = "site.webmanifest", "offline.js", "NOTICE.txt", "404.html"
VISITED = ("page.css", "room.css", "icon.svg", "visitor.js", "keeper.js", "save.js", "room.js", "host.js", "site.js",
           "python.js", "places.js", "worker.js")  # fmt: skip
"""The assets that a room page loads."""
_FOLDER = re.compile(r'(<a [^>]*href="[^":#]*/)(#[^"]*)?"')


def build(out: Path, address: str = "") -> None:
    """Write the site into `out`, which is new, empty, or a site made before, and say what was made.

    `address` is where it will be published, if that is known. The same course gives the same bytes.
    ValueError, with a sentence, where `out` is something else, or where Python for the browser cannot be had.
    """
    address = pages.published_at(address)
    must_take(out)
    files = site_of(make_engine(), address)
    made = dict(zip(files, compressed(files.values()), strict=True))
    put(out, made)
    _report(out, made)


def site_of(python: Engine, address: str) -> dict[str, bytes]:
    """Every file of the site, by its path: what pages need before the pages, and last what keeps them for later."""
    home, archive = f"pyodide/{_digest(*python.pyodide.values())}/", f"python/{_digest(python.archive)}.zip"
    made = {home + name: data for name, data in python.pyodide.items()} | {archive: python.archive}
    inside = {file.name: file.read_bytes() for file in (resources.files(__package__) / "inside").iterdir()}
    scripts = {name: data for name, data in inside.items() if name.endswith((".js", ".css")) and name != OFFLINE}
    scripts["places.js"] = _places(home, archive, python.lock)
    assets = pages.gather(scripts)
    made |= {assets.place + name: data for name, data in assets.files.items()}
    made |= {f"{path}index.html": text.encode() for path, text in _pages(assets, address)}
    made |= {
        MANIFEST: _manifest(assets),
        NOTICE: _notice(),
        ".nojekyll": b"",
        MISSING: pages.missing(POLICY).encode(),
    }
    return made | {OFFLINE: _offline(inside[OFFLINE], made)}


def _places(home: str, archive: str, lock: Mapping[str, Any]) -> bytes:
    """Where Python is, from the assets."""
    up = "../../"
    said = {"pyodide": up + home, "archive": up + archive, "lock": lock, "largest": SHEET_LIMIT, "words": of_the_site()}
    return "".join(f"export const {name} = {_json(value)};\n" for name, value in said.items()).encode()


def _pages(assets: Assets, address: str) -> Iterator[tuple[str, str]]:
    """Each page's place and its HTML."""
    graded = works()
    host = Host(
        "site.js",
        POLICY,
        address,
        graded=tuple(work.assignment.name for work in graded),
        reader=True,
        manifest=MANIFEST,
    )
    reading = Page("judge/", "judge", words()["judge.title"], words()["judge.description"])
    shown: list[tuple[Page, dict[str, Any]]] = [(page, {}) for page in shelf.pages()]
    shown += [(work.page, _of_work(work)) for work in graded]
    for page, more in (*shown, (reading, {})):
        yield page.path, _with_files(pages.render(page, host, assets, more))


def _of_work(work: Work) -> dict[str, Any]:
    return {
        "title": work.title,
        "cells": list(map(pages.as_html, work.cells)),
        "questions": [{"answer": one.answer, "html": pages.as_html(one.text)} for one in work.questions],
        "handout": work.handout.replace("<", "\\u003c"),
        "longest": ANSWER_LIMIT,
    }


def _with_files(page: str) -> str:
    """The page with its links to folders made links to files: not every place that keeps files looks for an index."""
    return _FOLDER.sub(lambda link: f'{link[1]}index.html{link[2] or ""}"', page)


def _manifest(assets: Assets) -> bytes:
    said = words()
    icon = {"src": f"{assets.place}icon.svg", "sizes": "any", "type": "image/svg+xml"}
    return _json(
        {
            "name": said["gallery.title"],
            "short_name": "caucusroom",
            "description": said["gallery.description"],
            "start_url": "index.html",
            "scope": "./",
            "display": "minimal-ui",
            "background_color": "#f1ede3",
            "theme_color": "#f1ede3",
            "icons": [icon],
        }
    ).encode()


def _notice() -> bytes:
    return of_making_it()["notice"].format(package=PIN["package"], version=PIN["version"]).encode()


def _offline(script: bytes, made: Mapping[str, bytes]) -> bytes:
    """The service worker: the version of the whole and its files stand at its beginning."""
    kept = [name for name in made if name not in (".nojekyll", MISSING, NOTICE)]
    whole = _digest(script, *(name.encode() + b"\0" + made[name] for name in sorted(kept)))
    return f"const VERSION = {_json(whole)};\nconst FILES = {_json(kept)};\n".encode() + script


def _digest(*parts: bytes) -> str:
    return sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).hexdigest()[:12]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _report(out: Path, made: Mapping[str, Forms]) -> None:
    paths = [path.removesuffix("index.html") for path in made if path.endswith("index.html")]
    room = next(path for path in paths if path.startswith("play/"))
    loaded = [path for path in made if path.startswith(("pyodide/", "python/")) or path == f"{room}index.html"]
    loaded += [path for path in made if path.startswith("assets/") and path.rpartition("/")[2] in VISITED]
    cost = {
        "br": sum(len(made[path].br or made[path].plain) for path in loaded),
        "gz": sum(len(made[path].gz or made[path].plain) for path in loaded),
        "plain": sum(len(made[path].plain) for path in loaded),
    }
    whole = sum(len(form) for forms in made.values() for form in forms if form)
    facts = {name: f"{size / 1e6:.2f}" for name, size in {**cost, "whole": whole}.items()}
    for path in paths:
        print(f"  {path or './'}")
    print(of_making_it()["made"].format(out=out, pages=len(paths), **facts))
