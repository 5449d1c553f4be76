"""The static site for tests: made, served as a web host serves it, and seen by a browser that reaches nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from caucusroom_course.public.site import build
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route, expect

from tests.conftest import NODE_MODULES
from tests.static_server import Site

CACHE = NODE_MODULES / ".caucusroom"
"""Where what takes long is kept between runs, so that tests leave nothing in anybody's home."""
PLAY, WORK, JUDGE = "play/labor-strike/", "work/labor-strike/", "judge/"
PATIENCE = 120_000
"""Milliseconds for Python to be there, on a machine that may have other things to do."""


def make(folder: Path) -> Path:
    """The site, in `folder`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(CACHE))
        build(folder)
    return folder


class Seen(NamedTuple):
    """What a browser complained of, and what it wanted from elsewhere; both are to stay empty."""

    complaints: list[str]
    elsewhere: list[str]


@contextmanager
def watched(context: BrowserContext, site: Site) -> Iterator[Seen]:
    """Nothing but the site can be reached; in the end nothing was wanted from elsewhere, nothing went wrong unseen."""
    seen = Seen([], [])

    def only_here(route: Route) -> None:
        if route.request.url.startswith((site.address, "blob:", "data:")):
            route.continue_()
        else:
            seen.elsewhere.append(route.request.url)
            route.abort()

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            seen.complaints.append(message.text)

    context.route("**/*", only_here)
    context.on("console", said)
    context.on("weberror", lambda error: seen.complaints.append(str(error.error)))
    yield seen
    assert seen.complaints == [] and seen.elsewhere == []


def ready(page: Page) -> None:
    """Wait until Python has answered."""
    expect(page.locator(".caucusroom")).to_be_attached(timeout=PATIENCE)
    expect(page.locator("#standing")).to_have_text("", timeout=PATIENCE)


def go(page: Page, site: Site, path: str) -> None:
    page.goto(site.address + path)
    ready(page)


def choose(page: Page, move: str) -> None:
    """Make a decision, by its text, wherever in the room it stands, and wait for its answer."""
    room = page.locator(".caucusroom")
    button = room.locator(f'[data-move="{move}"]')
    for tab in room.get_by_role("tab").all():
        tab.click()
        entries = room.locator(".move.entry").count()
        for entry in range(-1, entries):
            if entry >= 0:
                tab.click()
                room.locator(".move.entry").nth(entry).click()
            if button.count():
                button.first.click()
                settled(page)
                return
    raise AssertionError(f"{move} is nowhere to be chosen")


def settled(page: Page) -> None:
    """Wait until the room waits for no answer."""
    expect(page.locator(".caucusroom")).to_have_attribute("aria-busy", "false")


def kept(page: Page) -> dict[str, str]:
    """What the browser keeps for this site: the text of each journal, by the end of its address."""
    found: dict[str, Any] = page.evaluate("""() => new Promise((done) => {
      indexedDB.open("caucusroom", 1).onsuccess = ({ target }) => {
        const store = target.result.transaction("mediations").objectStore("mediations");
        const keys = store.getAllKeys(), values = store.getAll();
        store.transaction.oncomplete = () => {
          target.result.close();
          done(Object.fromEntries(keys.result.map((key, place) => [key, values.result[place].text])));
        };
      };
    })""")
    return {key.partition("/caucusroom/")[2]: text for key, text in found.items()}


def download(page: Page, name: str, folder: Path) -> Path:
    """Click what is called so, and keep the file that comes under the name that the page gives it."""
    with page.expect_download() as downloading:
        page.get_by_role("button", name=name).click()
    file = folder / downloading.value.suggested_filename
    downloading.value.save_as(file)
    return file


def command(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("caucusroom")), *arguments]


ENVIRONMENT = os.environ | {"NO_COLOR": "1"}
