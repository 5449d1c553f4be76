"""In a browser: a room that cannot be opened says why, and its button is a way on; so it is where nothing is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from caucusroom import Session, read_journal
from caucusroom_widgets.desk import Entrance
from playwright.sync_api import Browser, Page, expect

from tests.browser.host import visited

WIDE, NARROW = 1280, 360


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens the room of a journal, as ana; nothing in the page may fail unseen."""
    journal = tmp_path / "strike.jsonl"
    with ExitStack() as closing:

        def open_page(width: int = WIDE, scheme: str = "light") -> Page:
            entrance = Entrance(lambda: Session("labor-strike", journal=journal, player="ana"), journal)
            return closing.enter_context(visited(browser, entrance, width, color_scheme=scheme))

        yield open_page


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_anothers_journal_is_named_and_a_click_begins_ones_own(
    opened: Callable[..., Page], tmp_path: Path, axe: Path, width: int, scheme: str
) -> None:
    Session("labor-strike", journal=tmp_path / "strike.jsonl", player="ben").close()
    page = opened(width, scheme)
    expect(page.get_by_role("alert")).to_contain_text("is the journal of another player (ben)")
    expect(page.locator(".caucusroom")).not_to_contain_text("Saved")
    page.add_script_tag(path=axe)
    assert [one["id"] for one in page.evaluate("axe.run()")["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("1")  # no decision can be made in it
    page.get_by_role("button", name="Set it aside and begin afresh").click()
    expect(page.get_by_role("heading", name="What will you do?")).to_be_visible()
    expect(page.locator(".caucusroom")).to_contain_text("Saved")
    page.locator(".move").first.click()
    expect(page.locator(".now h3")).not_to_contain_text("What you know on arriving")
    assert read_journal(tmp_path / "strike.jsonl").header.player == "ana"
    assert read_journal(tmp_path / "strike.aside-1.jsonl").header.player == "ben"


def test_what_lies_there_and_cannot_be_moved_is_said_without_a_button(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    other = Session("labor-strike", journal=tmp_path / "strike.jsonl", player="ana")
    other.close()
    (tmp_path / "strike.jsonl").unlink()
    (tmp_path / "strike.jsonl").symlink_to(tmp_path / "none" / "x")
    page = opened()
    expect(page.get_by_role("alert")).to_contain_text("the folder does not exist")
    expect(page.get_by_role("button")).to_have_count(0)


def test_where_decisions_are_refused_nothing_says_saved_and_a_click_is_the_way_on(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    page = opened()
    page.locator(".move").first.click()
    expect(page.locator(".now h3")).not_to_contain_text("What you know on arriving")
    journal = tmp_path / "strike.jsonl"
    before = journal.read_bytes()
    journal.unlink()
    page.locator(".move").first.click()
    expect(page.get_by_role("alert")).to_contain_text("was moved or deleted while it was open")
    expect(page.locator(".caucusroom")).not_to_contain_text("✓")
    page.get_by_role("button", name="Open the journal again").click()
    expect(page.get_by_role("button", name="Open the journal again")).to_have_count(0)
    expect(page.locator(".caucusroom")).to_contain_text("Saved")
    assert journal.read_bytes() == before


def test_the_reason_stays_until_there_is_an_answer(opened: Callable[..., Page], tmp_path: Path) -> None:
    Session("labor-strike", journal=tmp_path / "strike.jsonl", player="ben").close()
    page = opened()
    page.clock.install()
    page.route("**/answer", lambda route: route.abort())
    page.get_by_role("button", name="Set it aside and begin afresh").click()
    assert page.locator(".refusal .notice").count() == 1, "and not only once ten seconds have gone by"
    reason, late = page.locator(".refusal .notice").first, page.get_by_role("alert").nth(1)
    expect(reason).to_contain_text("is the journal of another player (ben)")
    page.clock.fast_forward(10_500)
    expect(late).to_contain_text("No answer has come")
    expect(reason).to_contain_text("is the journal of another player (ben)")
    page.get_by_role("button", name="Try again").click()
    expect(late).to_have_count(0)
    expect(reason).to_contain_text("is the journal of another player (ben)")
