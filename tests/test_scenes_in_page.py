"""Guided scenes in a browser: sat down in, clicked to the end, looked back on, played again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from caucusroom import Session, load
from caucusroom.voice.naming import heading
from caucusroom_grading.review import review
from caucusroom_widgets.desk import Desk, Entrance, seated
from playwright.sync_api import Browser, Page, expect

from tests.browser.host import visited
from tests.made_up import LANGUAGES, made_up
from tests.test_room_in_page import TEXTS, shown, untranslated
from tests.test_scenes import LINES, judged, line, scene

WIDE, NARROW = 1280, 360
LOOKS = [(WIDE, "light"), (NARROW, "dark")]

Open = Callable[..., tuple[Page, Session]]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens a page on a scene of the strike that nobody has decided in yet."""
    with ExitStack() as closing:

        def open_page(id: str, width: int = WIDE, **context: Any) -> tuple[Page, Session]:
            session = seated(Session("labor-strike", case=scene(id).case), scene(id))
            seat = Entrance(lambda: session, None, "guided", scene(id))
            return closing.enter_context(visited(browser, seat, width, **context)), session

        yield open_page


def choose(page: Page, session: Session, move: str) -> None:
    """Click a move where it is found: on the first list, or under one of the headings."""
    button, tabs = page.locator(f'.choice [data-move="{move}"]'), page.get_by_role("tab")
    technique = load("labor-strike").catalogue.techniques[move.split()[0]]
    if not button.count():
        tabs.filter(has_text=re.compile(rf"^{technique.group}", re.IGNORECASE)).click()
        if not button.count():
            page.locator(".entry", has_text=technique.name).click()
    made = len(session.decisions)
    button.first.click()
    page.wait_for_function("document.querySelector('.caucusroom').getAttribute('aria-busy') === 'false'")
    assert [str(one) for one in session.decisions[made:]] == [move]


def audited(page: Page, axe: Path, width: int) -> None:
    page.add_script_tag(path=axe)
    found = page.evaluate("axe.run()")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize(("id", "kind"), LINES)
def test_a_scene_is_played_by_clicking_and_looked_back_on(
    opened: Open, axe: Path, id: str, kind: str, width: int, scheme: str
) -> None:
    page, session = opened(id, width, color_scheme=scheme, reduced_motion="reduce")
    card, wanted = page.locator(".scene"), scene(id)
    expect(page.locator("h2")).to_contain_text(wanted.title)
    expect(card).to_contain_text(" ".join(wanted.told.split()))
    expect(card).to_contain_text("decisions are yours.")
    expect(page.get_by_role("button", name="Review so far")).to_have_count(0)
    audited(page, axe, width)
    for move in line(id, kind):
        expect(page.get_by_role("button", name="Look at your decisions")).to_have_count(0)
        choose(page, session, move)
    end = page.locator(".ending")
    expect(end).to_contain_text(wanted.after)
    expect(page.locator(".choice")).to_have_count(0)
    expect(card).not_to_contain_text("left.")
    audited(page, axe, width)
    page.get_by_role("button", name="Look at your decisions").click()
    expect(page.locator(".sheet h2")).to_have_text(wanted.title)
    expect(page.locator(".sheet .card:visible")).to_have_count(1)
    audited(page, axe, width)


def test_what_matters_of_a_review_is_on_one_screen(opened: Open) -> None:
    for id, kind in LINES:
        page, session = opened(id)
        page.set_viewport_size({"width": WIDE, "height": 800})
        for move in line(id, kind):
            choose(page, session, move)
        page.get_by_role("button", name="Look at your decisions").click()
        for part in (".summary", ".rows", ".card:visible .reason", ".card:visible .back"):
            box = page.locator(f".sheet {part}").bounding_box()
            assert box and box["y"] >= 0 and box["y"] + box["height"] <= 800, (id, kind, part, box)


def test_how_much_is_left_is_seen_and_heard_and_so_is_the_end(opened: Open) -> None:
    page, session = opened("two-letters")
    heard = page.locator(".caucusroom > .aloud")
    expect(page.locator(".aim")).to_contain_text("Six decisions are yours.")
    for left, move in zip(["Five", "Four", "Three", "Two", "One"], line("two-letters", "skilled"), strict=False):
        choose(page, session, move)
        said = f"{left} decisions are left." if left != "One" else "One decision is left."
        expect(page.locator(".aim")).to_contain_text(said)
        expect(heard).to_contain_text(said)
        expect(heard).to_contain_text(session.turns[-1].speech[0].text)
    expect(page.get_by_text("Where you are")).to_be_visible()
    choose(page, session, "share renewal_quote")
    expect(heard).to_contain_text("The scene ends here.")
    page.keyboard.press("1")
    page.keyboard.press("e")
    page.wait_for_timeout(200)
    assert len(session.decisions) == len(scene().moves) + 6


def test_by_keyboard_alone_a_scene_is_played_looked_at_and_played_again(opened: Open) -> None:
    page, session = opened("a-quarter-past-five")
    page.keyboard.press("Tab")
    for key in ("e", "c"):
        page.keyboard.press(key)
    page.locator('[data-move="press half_the_turns"]').press("Enter")
    page.wait_for_function("document.activeElement.classList.contains('now')")
    page.keyboard.press("c")
    page.locator('[data-move="conclude"]').press("Enter")
    expect(page.locator(".ending")).to_contain_text("Three weeks later")
    page.get_by_role("button", name="Look at your decisions").press("Enter")
    expect(page.locator(".sheet")).to_be_focused()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Play this scene again").press("Enter")
    expect(page.locator(".aim")).to_contain_text("Seven decisions are yours.")
    assert session.attempt == 2 and len(session.decisions) == len(scene("a-quarter-past-five").moves)
    expect(page.locator(".clock")).to_contain_text("Attempt 2")
    expect(page.locator(".clock")).not_to_contain_text("from decision")


def test_from_the_review_one_goes_back_to_a_decision_of_ones_own(opened: Open) -> None:
    page, session = opened("two-letters")
    for move in line("two-letters", "mistake")[:2]:
        choose(page, session, move)
    page.get_by_role("button", name="Review so far").click()
    page.get_by_role("button", name="Go back to before this decision").click()
    expect(page.locator(".aim")).to_contain_text("Five decisions are left.")
    assert str(session.decisions[-1]) == "call_caucus labor" and session.attempt == 2
    expect(page.get_by_role("button", name="Compare")).to_have_count(0)


def test_another_language_reaches_every_text_of_a_scene(monkeypatch: pytest.MonkeyPatch, opened: Open) -> None:
    monkeypatch.setitem(LANGUAGES, "en", made_up())
    page, session = opened("two-letters")
    seen: set[str] = set()
    for move in (*line("two-letters", "skilled"), None):
        assert untranslated(page, Desk(session, scene=scene())) == set()
        seen.update(page.evaluate(TEXTS))
        if move:
            session.play(move)
            page.evaluate("lookAgain()")
            expect(page.locator(".now h3")).to_contain_text(heading(session.dispute, session.turns[-1].move))
    said = {key: text for key, text in made_up().PAGE.items() if key.startswith("scene") and key != "scene.numbers"}
    assert [key for key, text in said.items() if not any(shown(text) in one for one in seen)] == []
    assert any("SIX DECISIONS" in one for one in seen) and any("TWO DECISIONS" in one for one in seen)


def test_what_the_host_puts_in_its_place_is_there_at_the_end_and_under_the_review(opened: Open) -> None:
    page, session = opened("everybody-is-shouting")
    page.evaluate("document.querySelector('[data-slot=ways]').innerHTML = '<a href=\"#there\">Another scene</a>'")
    link = page.get_by_role("link", name="Another scene")
    expect(link).to_have_count(0)
    for move in line("everybody-is-shouting", "mistake"):
        choose(page, session, move)
    expect(link).to_be_visible()
    page.get_by_role("button", name="Look at your decisions").click()
    expect(link).to_be_visible()
    page.get_by_role("button", name="Back to the room").click()
    expect(link).to_be_visible()
    page.get_by_role("button", name="Play this scene again").click()
    expect(link).to_have_count(0)


def test_a_review_prints_on_two_pages_at_most(browser: Browser, tmp_path: Path) -> None:
    view = browser.new_context(java_script_enabled=False)
    page = view.new_page()
    for id, kind in LINES:
        html = review(judged(id, kind), since=len(scene(id).moves), heading=scene(id).title)
        page.set_content(f"<!DOCTYPE html><meta charset=utf-8>{html}")
        printed = page.pdf(format="Letter")
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2, (id, kind)
    view.close()
