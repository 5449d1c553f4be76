"""The demo in a browser that reaches no other host: from the gallery to a review, and on when a kernel dies."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from caucusroom import Session, load
from caucusroom.record.sheet import Sheet
from playwright.sync_api import Browser, Page, Route, expect

from tests.houses import DISPUTE, LINE, PLAY, House, free_port, house, until
from tests.test_demo_attacked import HOSTILE, SAY
from tests.test_scenes import line

WIDE, NARROW = 1280, 360
SCENE = load(DISPUTE).scenes[0]
SKILLED = line(SCENE.id, "skilled")
AT_SCENE = f"scene/{DISPUTE}/{SCENE.id}/"

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house"), kernels=8, warm=2) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, served: House) -> Iterator[Visit]:
    """Opens a page of the house as somebody who was never there. No error may go unseen, no other host be asked."""
    with ExitStack() as closing:

        def opened(path: str = "", width: int = WIDE, **context: Any) -> Page:
            where = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", **context)
            closing.callback(where.close)
            page = where.new_page()
            wrong: list[str] = []
            closing.callback(lambda: wrong and pytest.fail("\n".join(wrong)))

            def only_here(route: Route) -> None:
                if route.request.url.startswith((served.address, "blob:", "data:")):
                    route.continue_()
                else:
                    wrong.append(f"asked for {route.request.url}")
                    route.abort()

            where.route("**/*", only_here)
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
            page.goto(served.address + path)
            return page

        yield opened


def at_rest(page: Page) -> None:
    """Until Python has answered everything."""
    expect(page.locator("#standing")).to_have_text("")
    expect(page.locator(".caucusroom")).to_have_attribute("aria-busy", "false")


def choose(page: Page, move: str) -> None:
    """Click a move where it is found: on the first list, or under one of the headings."""
    before = page.locator("#kept").inner_text()
    button = page.locator(f'.choice [data-move="{move}"]')
    technique = load(DISPUTE).catalogue.techniques[move.split()[0]]
    if not button.count():
        page.get_by_role("tab").filter(has_text=re.compile(rf"^{technique.group}", re.IGNORECASE)).click()
        if not button.count():
            page.locator(".entry", has_text=technique.name).click()
    button.first.click()
    expect(page.locator("#kept")).not_to_have_text(before)
    at_rest(page)


def downloaded(page: Page) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my mediation").click()
    assert download.value.suggested_filename == f"{DISPUTE}.jsonl"
    return Path(download.value.path()).read_text(encoding="utf-8")


def go_on_with(page: Page, text: str) -> None:
    """Continue a downloaded mediation."""
    file = {"name": "some.jsonl", "mimeType": "application/jsonl", "buffer": text.encode()}
    page.locator("#continue").set_input_files(file)  # type: ignore[arg-type]


def journal(player: str = "visitor 4f2a91") -> str:
    """The text of a journal of case d in which nothing is decided."""
    sheet = Sheet()
    Session(DISPUTE, case="d", journal=sheet, player=player)
    return sheet.text


def made(text: str) -> list[str]:
    return re.findall(r'"move":\s*"([^"]*)"', text)


def test_from_the_gallery_to_a_scene_and_on_to_the_whole_mediation(visit: Visit) -> None:
    page = visit()
    page.get_by_role("link", name=SCENE.title).click()
    at_rest(page)
    for move in SKILLED:
        choose(page, move)
    expect(page.locator(".ending")).to_contain_text(SCENE.after)
    page.get_by_role("button", name="Look at your decisions").click()
    expect(page.locator(".sheet h2")).to_have_text(SCENE.title)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Go on from here to the end").click()
    page.wait_for_url(f"**/{PLAY}")
    at_rest(page)
    assert made(downloaded(page)) == [*SCENE.moves, *SKILLED]


def test_a_whole_mediation_is_reviewed_downloaded_and_continued_elsewhere(visit: Visit) -> None:
    page = visit(PLAY)
    at_rest(page)
    go_on_with(page, journal())
    for move in LINE:
        choose(page, move)
    expect(page.locator(".outcome, .ending").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^(Review|Look at your decisions)")).first.click()
    expect(page.locator(".sheet")).to_contain_text("of 100")
    page.keyboard.press("Escape")
    text = downloaded(page)
    assert made(text) == LINE
    elsewhere = visit(PLAY, NARROW, color_scheme="dark")
    at_rest(elsewhere)
    go_on_with(elsewhere, text)
    expect(elsewhere.locator("#kept")).to_contain_text(str(len(LINE)))
    elsewhere.reload()
    at_rest(elsewhere)
    assert downloaded(elsewhere) == text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_axe_finds_nothing_and_nothing_sticks_out(
    visit: Visit, served: House, axe: Path, width: int, scheme: str
) -> None:
    page = visit("", width, color_scheme=scheme, bypass_csp=True)
    for path in ("", AT_SCENE, PLAY, "lesson/01-the-room/"):
        page.goto(served.address + path)
        if path in (AT_SCENE, PLAY):
            at_rest(page)
        page.add_script_tag(path=axe)
        found = page.evaluate("axe.run()")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_keyboard_is_enough(visit: Visit) -> None:
    page = visit()

    def tab_to(selector: str) -> None:
        for _ in range(100):
            page.keyboard.press("Tab")
            if page.locator(f"{selector}:focus").count():
                return
        pytest.fail(f"{selector} is not reached")

    tab_to(f'a[href="{AT_SCENE}"]')
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{AT_SCENE}")
    at_rest(page)
    tab_to("button.move:not([aria-disabled=true])")
    page.keyboard.press("Enter")
    expect(page.locator("#kept")).to_contain_text("1 decision")
    tab_to("#download")
    with page.expect_download():
        page.keyboard.press("Enter")


def test_a_visitor_goes_on_when_the_kernel_dies(visit: Visit, served: House) -> None:
    until(lambda: served.number("kernels_taken") == 0, "somebody is still here")
    page = visit(PLAY)
    at_rest(page)
    choose(page, "open_session")
    for kernel in served.kernels():
        os.kill(kernel, signal.SIGKILL)
    trouble = page.locator("#trouble")
    expect(trouble).to_contain_text("kept in this browser")
    page.locator(".caucusroom .choice").evaluate("choice => choice.scrollIntoView()")
    expect(trouble).to_be_in_viewport()  # where the eyes are
    trouble.get_by_role("button").click()
    at_rest(page)
    expect(trouble).to_be_hidden()
    expect(page.locator("#kept")).to_contain_text("1 decision")
    choose(page, "explain_caucus")
    assert made(downloaded(page)) == ["open_session", "explain_caucus"]


def test_a_kernel_ends_with_its_page(visit: Visit, served: House) -> None:
    page = visit(PLAY)
    at_rest(page)
    assert served.number("kernels_taken") >= 1
    page.goto(served.address)
    until(lambda: served.number("kernels_taken") == 0, "a kernel stays")


def test_what_a_strangers_file_says_is_text(visit: Visit) -> None:
    page = visit(PLAY)
    at_rest(page)
    trouble, whole = page.locator("#trouble"), journal(HOSTILE[:100])
    for spoilt in (HOSTILE, whole.replace(DISPUTE, HOSTILE.replace('"', "'")), whole.replace("visitor", HOSTILE)):
        go_on_with(page, spoilt)
        expect(trouble).to_be_visible()
    go_on_with(page, whole)
    choose(page, "open_session")
    page.get_by_role("button", name="Review so far").click()
    expect(page.locator(".sheet")).to_be_visible()
    assert page.evaluate("() => window.stolen") is None
    assert page.locator("img[src=x]").count() == 0


def test_a_full_house_offers_the_gallery_and_a_lesson(
    visit: Visit, served: House, tmp_path: Path, browser: Browser
) -> None:
    with house(tmp_path, kernels=1, warm=1) as small:
        page = browser.new_page()
        page.goto(small.address + PLAY)
        at_rest(page)
        late = browser.new_page()
        answer = late.goto(small.address + PLAY)
        assert answer is not None and answer.status == 503
        expect(late.get_by_role("heading", name=SAY["full.title"])).to_be_visible()
        late.get_by_role("link", name=re.compile("^Read: ")).click()
        late.wait_for_url("**/lesson/**")
        page.close()
        late.close()


def test_a_visitor_goes_on_when_the_house_was_closed(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    page = browser.new_page()
    with house(tmp_path, port=port, kernels=2, warm=1) as first:
        page.goto(first.address + PLAY)
        at_rest(page)
        choose(page, "open_session")
    trouble = page.locator("#trouble")
    expect(trouble).to_contain_text(SAY["closing"])
    with house(tmp_path, port=port, kernels=2, warm=1):
        trouble.get_by_role("button").click()
        at_rest(page)
        choose(page, "explain_caucus")
        expect(page.locator("#kept")).to_contain_text("2 decisions")
        page.close()
