"""The static site in Chromium, which can reach nothing else: played, closed, reopened, cut off, renewed, graded.

With CAUCUSROOM_SHOTS=FOLDER in the environment the pictures of the README are taken into that folder.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from caucusroom_course.public.words import en
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.classroom import JOURNAL
from tests.conftest import CHROMIUM_ARGUMENTS
from tests.site import (
    ENVIRONMENT,
    JUDGE,
    PLAY,
    WORK,
    choose,
    command,
    download,
    go,
    kept,
    make,
    ready,
    settled,
    watched,
)  # fmt: skip
from tests.static_server import Site, serving
from tests.test_scenes import line

WIDE, NARROW = 1280, 360
FIRST = ("premeeting labor", "open_session", "call_caucus labor")
STUDENT = "ana"
SHOTS = os.environ.get("CAUCUSROOM_SHOTS")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("site") / "public")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    with serving(folder) as site:
        yield site


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": WIDE, "height": 900})
    with watched(context, site):
        yield context
        context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def said(page: Page) -> str:
    """What was said last in the room."""
    return page.locator(".caucusroom .now").inner_text()


# a visitor


def test_from_the_gallery_to_a_scene_to_the_end_to_the_review_and_on_elsewhere(
    page: Page, site: Site, tmp_path: Path, browser: Browser
) -> None:
    page.goto(site.address)
    page.locator("a.card", has_text="Sit down").first.click()
    assert "/scene/labor-strike/" in page.url and page.url.endswith("index.html")
    ready(page)
    moves = page.locator(".caucusroom .move[data-move]")
    while moves.count():
        moves.first.click()
        settled(page)
    page.locator("#on").click()
    page.wait_for_url(f"**/{PLAY}index.html")
    ready(page)
    before = next(text for key, text in kept(page).items() if key == PLAY)
    choose(page, "close_open")
    expect(page.locator(".ending")).to_be_visible()
    page.locator("[data-key=review]").first.click()
    expect(page.get_by_role("heading", name="The nine criteria")).to_be_visible()
    file = download(page, "Download my mediation", tmp_path)
    assert file.name == JOURNAL and file.read_text(encoding="utf-8").startswith(before)
    elsewhere = browser.new_context()
    with watched(elsewhere, site):
        other = elsewhere.new_page()
        go(other, site, PLAY)
        other.locator("#continue").set_input_files(file)
        expect(other.locator(".ending")).to_be_visible()
        assert kept(other)[PLAY] == file.read_text(encoding="utf-8")
        elsewhere.close()
    judged = subprocess.run(command("judge", str(file), "--json"), capture_output=True, check=False, env=ENVIRONMENT)
    assert judged.returncode == 0 and json.loads(judged.stdout)["ending"]


def test_what_is_chosen_before_python_is_there_is_answered_when_it_is(page: Page, site: Site) -> None:
    page.goto(site.address + PLAY)
    page.locator(".caucusroom .move[data-move]").first.click()
    expect(page.locator("#standing")).not_to_have_text("")
    ready(page)
    settled(page)
    expect(page.locator("#kept")).to_contain_text("1 decision is kept")


def test_a_decision_is_kept_before_its_answer_is_shown(context: BrowserContext, page: Page, site: Site) -> None:
    """The page stands still, and is closed, at the moment at which the decision has been kept."""
    page.add_init_script("""
      const transaction = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (...how) {
        const made = transaction.apply(this, how);
        made.addEventListener("complete", (event) => {
          if (!window.stops || how[1] !== "readwrite") return;
          window.stopped = true;
          event.stopImmediatePropagation();
        });
        return made;
      };
    """)
    go(page, site, PLAY)
    choose(page, FIRST[0])
    before, text = said(page), kept(page)[PLAY]
    page.evaluate("window.stops = true")
    page.locator(".caucusroom .move[data-move]").first.click()
    until(page, "window.stopped")
    assert said(page) == before
    page.close()
    again = context.new_page()
    go(again, site, PLAY)
    after = kept(again)[PLAY]
    assert after.startswith(text) and after.count('"move"') == 2 and said(again) != before


def test_a_closed_tab_is_gone_on_with_and_a_second_one_is_told(context: BrowserContext, page: Page, site: Site) -> None:
    go(page, site, PLAY)
    for move in FIRST:
        choose(page, move)
    seen = said(page)
    page.close()
    again, second = context.new_page(), context.new_page()
    go(again, site, PLAY)
    assert said(again) == seen
    second.goto(site.address + PLAY)
    trouble = second.locator("#trouble")
    expect(trouble).to_contain_text("open in another tab")
    trouble.get_by_role("button").click()
    ready(second)
    assert said(second) == seen
    expect(again.locator("#trouble")).to_contain_text("goes on in another tab")


def test_offline_after_a_visit_also_when_the_browser_was_ended_since(
    browser: Browser, chromium: str, folder: Path, tmp_path: Path
) -> None:
    with serving(folder) as site:
        with visitor(browser, chromium, tmp_path) as page:
            go(page, site, PLAY)
            choose(page, FIRST[0])
            until(page, "navigator.serviceWorker.getRegistration().then((one) => one?.active?.state === 'activated')")
            paid = sum(one.size for one in site.served)
            large = [one.path for one in site.served if one.size > 50_000]
            assert len(large) >= 3 and len(large) == len({*large}), "nothing that is large is paid for twice"
            assert paid <= 4_500_000
        count = len(site.served)
        site.folder = tmp_path / "gone"
        with visitor(browser, chromium, tmp_path) as page:
            go(page, site, PLAY)
            expect(page.locator(".caucusroom .now")).to_contain_text("beforehand")
            choose(page, FIRST[1])
            page.goto(site.address)
            page.locator("a.card", has_text="Sit down").first.click()
            ready(page)
            page.goto(site.address + JUDGE + "index.html")
            expect(page.get_by_role("heading", name="Read journals")).to_be_visible()
        # A browser may look whether there is a newer service worker, and ask for a page while the one it has wakes up.
        asked = {one.path for one in site.served[count:] if not one.path.endswith(("/", "/index.html"))}
        assert asked <= {"", "offline.js"}


@contextmanager
def visitor(browser: Browser, chromium: str, folder: Path) -> Iterator[Page]:
    """A browser with a profile on the disk, which is ended in the end."""
    context = browser.browser_type.launch_persistent_context(
        folder / "profile", executable_path=chromium, args=CHROMIUM_ARGUMENTS
    )
    yield context.new_page()
    context.close()


def until(page: Page, wanted: str) -> None:
    """Wait until this is so in the page. Its policy allows no text to be run, so it is looked for again and again."""
    for _ in range(600):
        if page.evaluate(wanted):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it never came to be that {wanted}")


def test_a_new_version_takes_its_place_at_the_next_start_whole(
    browser: Browser, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = tmp_path / "served"
    shutil.copytree(folder, served)
    renewed = {**en.PAGES, "play.title": "{title}, renewed"}
    active = "navigator.serviceWorker.getRegistration().then((one) => Boolean(one?.{}))"
    with serving(served) as site:
        context = browser.new_context()
        with watched(context, site):
            page = context.new_page()
            go(page, site, PLAY)
            choose(page, FIRST[0])
            until(page, active.format("active"))
            monkeypatch.setattr(en, "PAGES", renewed)
            make(served)
            count = len(site.served)
            page.reload()
            ready(page)
            assert "renewed" not in page.title()
            page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
            until(page, active.format("waiting"))
            page.reload()
            ready(page)
            assert "renewed" not in page.title(), "the page that is open stays what it was"
            page.close()
            page = context.new_page()
            go(page, site, PLAY)
            assert "renewed" in page.title()
            assert page.locator(".caucusroom .now h3").is_visible(), "and goes on with what was kept"
            assert not [one for one in site.served[count:] if one.path.startswith(("pyodide/", "python/"))]
            assert page.evaluate("caches.keys().then((names) => names.length)") == 1
            context.close()


# what can go wrong


def test_files_that_are_refused_are_refused_in_a_sentence(page: Page, site: Site, tmp_path: Path) -> None:
    go(page, site, PLAY)
    choose(page, FIRST[0])
    text = kept(page)[PLAY]
    (tmp_path / "photo.jsonl").write_bytes(b"\x89PNG" * 100)
    (tmp_path / "long.jsonl").write_bytes(b" " * 300_000)
    nested = b'{"caucusroom": ' + b"[" * 7_900 + b"\n"
    (tmp_path / "nested.jsonl").write_bytes(nested)
    for name, why in (("photo", "is not a caucusroom journal"), ("long", "at most 256"), ("nested", "")):
        page.locator("#continue").set_input_files(tmp_path / f"{name}.jsonl")
        if page.locator("#asks").is_visible() or name != "long":
            page.locator("#asks").get_by_role("button", name="Go ahead").click()
        expect(page.locator("#trouble")).to_contain_text(why)
        expect(page.locator("#trouble")).not_to_be_empty()
    assert kept(page)[PLAY] == text
    choose(page, FIRST[1])


def test_a_server_that_knows_no_types_and_shows_no_index_does_too(browser: Browser, folder: Path) -> None:
    """As the file area of a learning platform may be."""
    with serving(folder, "/pluginfile.php/7/caucusroom/") as site:
        site.wrong_types, site.index = True, False
        context = browser.new_context()
        with watched(context, site):
            page = context.new_page()
            page.goto(site.address + "index.html")
            page.locator("a.card", has_text="Open the door").click()
            ready(page)
            choose(page, FIRST[0])
            page.get_by_role("link", name="caucusroom").click()
            expect(page.get_by_role("heading", name="Sit in the mediator’s chair")).to_be_visible()
            assert all(one.status == 200 for one in site.served)
            context.close()


def test_in_a_house_without_certificates_the_page_works_and_a_second_tab_is_told(
    browser: Browser, chromium: str, folder: Path
) -> None:
    """Over plain http from another machine a browser has neither service workers nor locks."""
    name = "teacher.house"
    arguments = [*CHROMIUM_ARGUMENTS, f"--host-resolver-rules=MAP {name} 127.0.0.1"]
    with serving(folder) as site:
        site.host = name
        house = browser.browser_type.launch(executable_path=chromium, args=arguments)
        context = house.new_context()
        with watched(context, site):
            page, second = context.new_page(), context.new_page()
            go(page, site, PLAY)
            assert page.evaluate("[isSecureContext, 'serviceWorker' in navigator]") == [False, False]
            choose(page, FIRST[0])
            go(second, site, PLAY)
            choose(second, FIRST[1])
            page.locator(".caucusroom .move[data-move]").first.click()
            expect(page.locator("#trouble")).to_contain_text("goes on in another tab")
            context.close()
        house.close()


def test_where_a_part_cannot_be_had_the_page_says_so(browser: Browser, folder: Path, tmp_path: Path) -> None:
    served = tmp_path / "served"
    shutil.copytree(folder, served)
    for part in ("pyodide/*/pyodide.asm.wasm*", "python/*", "pyodide/*/pyodide.asm.js*"):
        for file in served.glob(part):
            file.rename(f"{file}.away")
        with serving(served) as site:
            page = browser.new_context().new_page()
            page.goto(site.address + PLAY)
            expect(page.locator("#trouble")).to_contain_text("could not be loaded")
            page.context.close()
        for file in served.glob(f"{part.rstrip('*')}*.away"):
            file.rename(str(file).removesuffix(".away"))


def test_where_python_comes_to_its_end_the_decisions_stay(browser: Browser, site: Site) -> None:
    page = browser.new_context().new_page()
    go(page, site, PLAY)
    choose(page, FIRST[0])
    seen = said(page)
    page.workers[0].evaluate("setTimeout(() => { throw new Error('out of memory'); })")
    trouble = page.locator("#trouble")
    expect(trouble).to_contain_text("Python stopped in this browser. What you decided is kept")
    trouble.get_by_role("button").click()
    ready(page)
    assert said(page) == seen
    page.context.close()


def test_an_address_at_which_there_is_nothing(browser: Browser, site: Site) -> None:
    page = browser.new_page()  # the browser itself complains of it, which is no fault of the page
    answer = page.goto(site.address + "play/nothing/here")
    assert answer and answer.status == 404
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    page.close()


# how it looks


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_axe_finds_nothing_on_any_page_and_nothing_sticks_out(
    browser: Browser, site: Site, axe: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    paths = sorted(str(file.parent.relative_to(site.folder)) for file in site.folder.rglob("index.html"))
    assert len(paths) >= 8
    for path in paths:
        page.goto(f"{site.address}{path}/".replace("/./", "/"))
        if path == WORK.rstrip("/"):
            page.locator("#name").fill(STUDENT)
            page.get_by_role("button", name="Sit down").click()
        if page.locator("#room").count():
            ready(page)
        page.add_script_tag(path=axe)
        found = page.evaluate("axe.run()")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


@pytest.mark.skipif(not SHOTS, reason="pictures are taken where CAUCUSROOM_SHOTS names a folder")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_pictures_of_the_public_pages(
    browser: Browser, site: Site, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()

    def picture(name: str) -> None:
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=Path(SHOTS or "") / f"{name}-{width}-{scheme}.png")

    page.goto(site.address)
    picture("gallery")
    go(page, site, "scene/labor-strike/two-letters/")
    picture("scene")
    for move in line("two-letters", "skilled"):
        choose(page, move)
    page.locator("[data-key=review]").first.click()
    expect(page.get_by_role("heading", name="Your decisions")).to_be_visible()
    picture("scene-review")
    context.close()
