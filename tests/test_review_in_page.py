"""The review in a browser, opened from disk with scripts off: stepped through, lit up, unfolded, printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from caucusroom_grading.review import comparison, review, review_page
from playwright.sync_api import Browser, Page, expect

from tests.plays import THOROUGH
from tests.test_review import played

WIDE, NARROW = 1280, 360
LOOKS = [(WIDE, "light"), (NARROW, "dark")]
"""Both widths and both schemes; each with each where every number is the full one."""
if THOROUGH:
    LOOKS += [(WIDE, "dark"), (NARROW, "light")]
LIT = "rgb(10, 92, 69)"
"""The light page's one strong colour."""

Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a page from disk and fails if it asks for anything else; scripts run only for a checker's sake."""
    with ExitStack() as closing:

        def open_page(written: str, width: int = WIDE, scripts: bool = False, **context: Any) -> Page:
            file = tmp_path / "review.html"
            file.write_text(written, encoding="utf-8")
            view = browser.new_context(
                viewport={"width": width, "height": 900}, java_script_enabled=scripts, bypass_csp=scripts, **context
            )
            closing.callback(view.close)
            page = view.new_page()
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            closing.callback(lambda: asked[1:] and pytest.fail(f"the page asked for {asked[1:]}"))
            page.goto(file.as_uri())
            return page

        yield open_page


def part_on_a_page(part: str) -> str:
    """A page part as a host shows it."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A host</title>'
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><main><h1>Host</h1>{part}</main></body></html>'


PAGES: dict[str, Callable[[], str]] = {
    "capped": lambda: review_page(replace(played("mistake-telling"), hints=((3, 1),), notices=("A line was torn.",))),
    "one-sided": lambda: review_page(played("mistake-one-sided")),
    "unfinished": lambda: review_page(played("mistake-testing-in-front", 12)),
    "empty": lambda: review_page(played("skilled-a", 0)),
    "retry": lambda: part_on_a_page(review(played("mistake-testing-in-front"), retry=True)),
    "compared": lambda: part_on_a_page(comparison(played("mistake-testing-in-front"), played("skilled-c"))),
}


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(opened: Open, axe: Path, kind: str, width: int, scheme: str) -> None:
    page = opened(PAGES[kind](), width=width, scripts=True, color_scheme=scheme)
    page.add_script_tag(path=axe)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    if kind not in ("empty", "compared"):
        page.locator("table input").nth(4).check()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = page.evaluate("axe.run()")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert len(found["passes"]) > 10


def test_the_arrow_keys_step_through_the_decisions(opened: Open) -> None:
    report = played("mistake-testing-in-front")
    page = opened(review_page(report))
    cards = page.locator(".card")
    page.locator("#review-d1").focus()
    for one in report.decisions:
        expect(cards.filter(visible=True)).to_have_count(1)
        card = page.locator(f"#review-c{one.number}")
        expect(card).to_be_visible()
        expect(card).to_contain_text(one.words)
        expect(card).to_contain_text(one.reason)
        page.keyboard.press("ArrowRight")
    expect(page.locator("#review-c1")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"#review-c{len(report.decisions)}")).to_be_visible()


def test_a_mark_a_row_and_a_number_in_the_text_show_their_card(opened: Open) -> None:
    report = played("mistake-telling")
    told = next(one.number for one in report.decisions if one.label == "harmful")
    page = opened(review_page(report))
    page.locator("#review-d7").click(position={"x": 10, "y": 60})
    expect(page.locator(".card").filter(visible=True)).to_have_id("review-c7")
    page.locator("#review-r12 label").click()
    expect(page.locator(".card").filter(visible=True)).to_have_id("review-c12")
    page.locator(".cap label").first.click()
    expect(page.locator(".card").filter(visible=True)).to_have_id(f"review-c{told}")
    expect(page.locator(f"#review-c{told}")).to_be_in_viewport()
    page.get_by_text("the next ›").filter(visible=True).click()
    expect(page.locator(".card").filter(visible=True)).to_have_id(f"review-c{told + 1}")


def lit(page: Page) -> tuple[set[int], set[int], set[int]]:
    """The decisions whose number, row and mark are lit."""

    def numbers(parts: str, style: str, looks: Callable[[str], bool]) -> set[int]:
        styles = page.locator(parts).evaluate_all(f"(all) => all.map((one) => getComputedStyle(one).{style})")
        return {number for number, value in enumerate(styles, 1) if looks(value)}

    return (
        numbers(".column b", "backgroundColor", lambda color: color == LIT),
        numbers(".rows li", "boxShadow", lambda shadow: LIT in shadow),
        numbers(".point", "opacity", lambda opacity: opacity == "1"),
    )


def test_choosing_a_criterion_lights_up_exactly_its_decisions(opened: Open) -> None:
    report = played("mistake-testing-in-front")
    page = opened(review_page(report), color_scheme="light")
    everything = {one.number for one in report.decisions}
    assert lit(page) == (set(), set(), everything)
    for score in report.criteria:
        page.get_by_text(f"{score.number}. {score.name}", exact=True).first.click()
        wanted = set(score.decisions)
        assert lit(page) == (wanted, wanted, wanted), score.name
    page.get_by_text("All nine", exact=True).click()
    assert lit(page) == (set(), set(), everything)


def test_what_would_have_been_better_opens_only_when_asked_for(opened: Open) -> None:
    report = played("mistake-testing-in-front")
    page = opened(review_page(report))
    page.locator("#review-r4 label").click()
    card = page.locator("#review-c4")
    better = card.get_by_text(report.decisions[3].better[0].reason)
    expect(card).to_be_visible()
    expect(better).to_be_hidden()
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(better).to_be_visible()
    assert report.ending
    truth = [page.get_by_text(one) for one in report.ending.truth.split("\n\n")]
    assert len(truth) == 2
    for one in truth:
        expect(one).to_be_hidden()
    page.locator(".truth > summary").click()
    for one in truth:
        expect(one).to_be_visible()
    page.locator(".evidence summary").nth(1).click()
    expect(page.locator(".occasions").get_by_text(report.criteria[1].occasions[0].text).first).to_be_visible()


def test_at_360_pixels_the_timeline_scrolls_in_its_own_box_and_follows_the_choice(opened: Open) -> None:
    page = opened(review_page(played("skilled-g")), width=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    box = page.locator(".scroller")
    assert box.evaluate("(one) => one.scrollWidth > one.clientWidth")
    page.locator("#review-r20 label").click()
    expect(page.locator("#review-d20")).to_be_in_viewport()
    assert box.evaluate("(one) => one.scrollLeft") > 200
    rail = page.locator(".rail").bounding_box()
    assert rail and 0 <= rail["x"] < 40, "what the lanes are stays in sight"


def test_the_theme_of_jupyterlab_decides_over_that_of_the_system(opened: Open) -> None:
    part = part_on_a_page(review(played("mistake-adjourning")))
    paper = "getComputedStyle(document.querySelector('.caucusroom-review')).backgroundColor"
    light = opened(part.replace("<body>", '<body data-jp-theme-light="true">'), color_scheme="dark").evaluate(paper)
    dark = opened(part.replace("<body>", '<body data-jp-theme-light="false">'), color_scheme="light").evaluate(paper)
    assert (light, dark) == ("rgb(255, 254, 250)", "rgb(23, 24, 27)")


def test_with_forced_colors_what_is_chosen_and_lit_is_still_seen(opened: Open) -> None:
    report = played("mistake-testing-in-front")
    page = opened(review_page(report), forced_colors="active")
    page.locator("#review-k7").check()
    back = "(one) => getComputedStyle(one).backgroundColor"
    chosen, other = (page.locator(".column b").nth(number - 1).evaluate(back) for number in (7, 1))
    assert chosen != other


def test_in_print_every_card_and_every_fold_is_open_and_no_control_is_left(opened: Open) -> None:
    report = played("mistake-testing-in-front")
    page = opened(review_page(report), width=690)
    page.emulate_media(media="print")
    expect(page.locator(".card").filter(visible=True)).to_have_count(len(report.decisions))
    for text in (report.decisions[3].better[0].reason, report.criteria[1].occasions[0].text):
        expect(page.get_by_text(text).first).to_be_visible()
    assert report.ending
    expect(page.get_by_text(report.ending.truth.split("\n\n")[1])).to_be_visible()
    for control in (".rows", ".turning", "table input", ".hint"):
        expect(page.locator(control).filter(visible=True)).to_have_count(0)
    box = page.locator(".strip").bounding_box()
    assert box and box["width"] <= 690, "the timeline fits on the paper"
