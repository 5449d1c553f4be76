"""The room in a browser, with a desk behind it and no Jupyter: seen, clicked, typed, read aloud, cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from caucusroom import Session
from caucusroom.voice.naming import heading
from caucusroom_grading import coach
from caucusroom_widgets.desk import Desk, Entrance, Mode
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.host import hosted, visited
from tests.golden.plays import golden_plays
from tests.made_up import LANGUAGES, made_up

WIDE, NARROW = 1280, 360
MOMENTS = {
    "start": "",
    "joint": "open_session, look_deeper",
    "caucus": "premeeting labor, open_session, explain_caucus, call_caucus labor, hear_out, look_deeper",
    "end": "open_session, call_caucus labor, hear_out, close_open",
}

Opened = tuple[Page, Session]
Open = Callable[..., Opened]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens a page on a session that has come to one of the moments; nothing in it may fail unseen."""
    with ExitStack() as closing:

        def open_page(
            moment: str = "start", case: str = "a", width: int = WIDE, mode: Mode = "guided", **context: Any
        ) -> Opened:
            session = Session("labor-strike", case=case)
            for move in filter(None, MOMENTS[moment].split(", ")):
                session.play(move)
            return closing.enter_context(
                visited(browser, Entrance(lambda: session, mode=mode), width, **context)
            ), session

        yield open_page


def decisions(page: Page, session: Session, count: int) -> None:
    """Wait until the page shows the answer to that many decisions, and check that there were no more."""
    page.wait_for_function("document.querySelector('.caucusroom').getAttribute('aria-busy') === 'false'")
    assert len(session.decisions) == count


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("moment", MOMENTS)
def test_axe_finds_nothing_and_nothing_sticks_out(
    opened: Open, axe: Path, moment: str, width: int, scheme: str
) -> None:
    page, _ = opened(moment, width=width, color_scheme=scheme)
    page.add_script_tag(path=axe)
    for tab in ("Now", "Build", "Share"):
        if moment != "end":
            page.get_by_role("tab", name=tab).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = page.evaluate("axe.run()")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
        assert len(found["passes"]) > 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_axe_finds_nothing_in_a_review_and_in_a_comparison(opened: Open, axe: Path, width: int, scheme: str) -> None:
    page, session = opened("end", width=width, color_scheme=scheme)
    session.branch(2)
    session.play("step_back")
    page.reload()
    page.get_by_role("button", name="Ask a supervising mediator").click()
    expect(page.locator(".supervisor")).to_be_visible()
    page.get_by_role("button", name="Review so far").click()
    for wanted in ("The nine criteria", "Where they part"):
        expect(page.get_by_role("heading", name=wanted)).to_be_visible()
        page.add_script_tag(path=axe)
        found = page.evaluate("axe.run()")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
        assert any(one["nodes"][0]["target"][0][0] == ".sheet" for one in found["passes"]), "it looks inside"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if wanted == "The nine criteria":
            page.get_by_role("button", name="Compare with attempt 1").click()


def test_a_decision_is_one_or_two_clicks(opened: Open) -> None:
    page, session = opened()
    page.get_by_role("button", name="Open the joint session").click()
    expect(page.locator(".now")).to_contain_text("Joint session")
    decisions(page, session, 1)
    page.get_by_role("tab", name="Process").click()
    page.get_by_role("button", name="Take a break").click()
    expect(page.locator(".now")).to_contain_text("Take a break")
    decisions(page, session, 2)


def test_a_double_click_is_one_decision(opened: Open) -> None:
    page, session = opened()
    page.get_by_role("button", name="Meet one side beforehand: Local 1187").dblclick()
    expect(page.locator(".now")).to_contain_text("beforehand")
    page.wait_for_timeout(300)
    decisions(page, session, 1)


def test_by_keyboard_alone_a_mediation_reaches_its_end_two_keys_a_decision(opened: Open) -> None:
    page, session = opened()
    page.keyboard.press("Tab")
    for count, keys in enumerate(["n 3", "n 1", "p 1", "c 1"], 1):
        for key in keys.split():
            page.keyboard.press(key)
        page.wait_for_function("document.querySelector('.aloud[role=status]').textContent.length > 0")
        page.wait_for_function("document.activeElement.classList.contains('now')")
        decisions(page, session, count)
        said = session.turns[-1].speech[0].text
        expect(page.locator(".caucusroom > .aloud")).to_contain_text(said)
        expect(page.locator(".now")).to_contain_text(said)
    expect(page.locator(".ending")).to_be_visible()
    press_to(page, "Mediate again")
    page.keyboard.press("Enter")
    expect(page.locator(".ending")).to_have_count(0)
    assert session.attempt == 2 and session.decisions == ()


def test_a_key_held_down_is_one_decision(opened: Open) -> None:
    page, session = opened()
    page.keyboard.press("Tab")
    page.keyboard.down("1")
    for _ in range(20):
        page.keyboard.down("1")
    page.keyboard.up("1")
    page.wait_for_timeout(200)
    decisions(page, session, 1)


def test_arrows_move_inside_a_list_and_tab_leaves_it(opened: Open) -> None:
    page, _ = opened("joint")
    moves = page.locator(".move")
    moves.first.focus()
    page.keyboard.press("ArrowDown")
    expect(moves.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(moves.last).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(moves.first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "tab"


@pytest.mark.parametrize("mode", ["guided", "assessment"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_signs_to_follow_are_one_entry_that_opens_to_them(opened: Open, axe: Path, width: int, mode: Mode) -> None:
    page, session = opened("caucus", width=width, mode=mode)
    page.locator(".move").first.focus()
    page.keyboard.press("e")
    entry = page.get_by_role("button", name="Follow up what was heard")
    aims = page.get_by_role("group", name="Follow up what was heard").get_by_role("button")
    expect(entry).to_have_attribute("aria-expanded", "false")
    expect(aims).to_have_count(0)
    assert page.locator(".move").count() < 8, "they do not bury the rest"
    page.keyboard.press("2")
    expect(entry).to_have_attribute("aria-expanded", "true")
    expect(entry).to_be_focused()
    expect(aims).to_have_count(11)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.add_script_tag(path=axe)
    assert [(one["id"], one["nodes"][0]["html"]) for one in page.evaluate("axe.run()")["violations"]] == []
    page.keyboard.press("2")
    expect(aims).to_have_count(0)
    entry.click()
    page.keyboard.press("ArrowDown")
    expect(aims.first).to_be_focused()
    words = aims.first.locator(".words").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".now")).to_contain_text(words.strip("“”"))
    assert str(session.decisions[-1]).startswith("follow_up ")
    page.keyboard.press("e")
    expect(entry).to_have_attribute("aria-expanded", "false")


def test_escape_leads_back_to_what_makes_sense_now(opened: Open) -> None:
    page, session = opened("joint")
    page.keyboard.press("Tab")
    page.keyboard.press("b")
    expect(page.get_by_role("tab", name="Build")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("tab", name="Now")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tab", name="Now")).to_be_focused()
    assert len(session.decisions) == 2


def test_lone_keys_stay_in_the_room_and_the_hosts_shortcuts_pass(opened: Open) -> None:
    page, _ = opened()
    page.evaluate("window.heard = []; document.addEventListener('keydown', (event) => heard.push(event.key))")
    page.locator(".move").first.focus()
    for key in ("x", "d", "d", "Escape", "ArrowDown", "Control+s"):
        page.keyboard.press(key)
    assert page.evaluate("heard") == ["Control", "s"]


def test_what_cannot_be_done_is_listed_with_its_reason(opened: Open) -> None:
    page, session = opened()
    page.get_by_role("tab", name="Listen").click()
    refused = page.locator(".refused")
    expect(refused).to_contain_text("Not now")
    reason = next(why for move, why in session.refused.items() if move.technique == "hear_out")
    expect(refused).to_contain_text(reason)


def test_a_refusal_is_said_where_the_person_looks(opened: Open) -> None:
    page, session = opened()
    session.play("open_session")  # behind the page's back, as in another window
    page.get_by_role("button", name="Meet one side beforehand: Local 1187").click()
    expect(page.get_by_role("alert")).to_contain_text("The mediation has gone on")
    expect(page.locator(".now")).to_contain_text("Joint session")
    assert len(session.decisions) == 1


def test_an_answer_that_does_not_come_is_said_and_asked_for_again(opened: Open) -> None:
    page, session = opened()
    page.clock.install()
    page.route("**/answer", lambda route: route.abort())
    page.get_by_role("button", name="Open the joint session").click()
    expect(page.locator(".move").first).to_have_attribute("aria-disabled", "true")
    page.clock.fast_forward(9_000)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.clock.fast_forward(1_500)
    expect(page.get_by_role("alert")).to_contain_text("No answer has come")
    page.unroute_all(behavior="wait")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".now")).to_contain_text("Joint session")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert len(session.decisions) == 1


def test_a_decision_whose_answer_was_lost_is_not_played_twice(opened: Open) -> None:
    page, session = opened()
    page.clock.install()

    lost = 0

    def lose(route: Route) -> None:
        nonlocal lost
        route.fetch()
        route.abort()
        lost += 1

    page.route("**/answer", lose)
    page.get_by_role("button", name="Meet one side beforehand: Local 1187").click()
    while lost < 1:
        page.wait_for_timeout(20)
    page.clock.fast_forward(10_500)
    expect(page.get_by_role("alert")).to_be_visible()
    assert len(session.decisions) == 1
    page.unroute_all(behavior="wait")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".now")).to_contain_text("beforehand")
    assert len(session.decisions) == 1


def test_a_room_that_is_drawn_anew_shows_the_present_and_fetches_the_past(opened: Open) -> None:
    page, session = opened()
    page.get_by_role("button", name="Open the joint session").click()
    expect(page.locator(".now")).to_contain_text("Joint session")
    page.get_by_role("tab", name="Process").click()
    page.get_by_role("button", name="Take a break").click()
    expect(page.locator(".now")).to_contain_text("Take a break")
    page.evaluate("renderAgain()")
    expect(page.locator(".caucusroom")).to_have_count(1)
    expect(page.locator(".now")).to_contain_text("Take a break")
    page.get_by_text("Earlier: 1 turn").click()
    expect(page.locator(".transcript")).to_contain_text(session.turns[0].speech[0].text)
    expect(page.locator(".transcript")).to_contain_text("Millrace, Ohio")
    assert len(session.decisions) == 2


def press_to(page: Page, name: str) -> None:
    """Tab to the button of that name."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == name:
            return
    pytest.fail(f"no way to “{name}” by the Tab key")


def test_the_supervisor_is_asked_by_keyboard_and_is_gone_after_the_decision(opened: Open) -> None:
    page, session = opened("joint")
    aloud = page.locator(".caucusroom > .aloud")
    questions = coach(session.transcript)
    press_to(page, "Ask a supervising mediator")
    for level, question in enumerate(questions, 1):
        page.keyboard.press("Enter")
        expect(page.locator(".supervisor > p:not(.who)")).to_have_text(list(questions[:level]))
        expect(aloud).to_have_text(f"Your supervisor: {question}")
        expect(page.locator("[data-key=hint]" if level < 3 else ".supervisor")).to_be_focused()
    expect(page.locator("[data-key=hint]")).to_have_count(0)
    assert session.transcript.attempts[-1].hints == ((2, 1), (2, 2), (2, 3))
    page.keyboard.press("1")
    expect(page.locator(".supervisor")).to_have_count(0)
    expect(aloud).to_contain_text(f"You: {session.turns[-1].speech[0].text}")
    expect(page.get_by_role("button", name="Ask a supervising mediator")).to_be_visible()
    decisions(page, session, 3)


def test_a_question_that_is_clicked_for_twice_is_one(opened: Open) -> None:
    page, session = opened("joint")
    page.get_by_role("button", name="Ask a supervising mediator").dblclick()
    expect(page.locator(".supervisor")).to_be_visible()
    page.wait_for_timeout(200)
    assert session.transcript.attempts[-1].hints == ((2, 1),)


def test_looked_at_gone_back_played_otherwise_and_compared(opened: Open) -> None:
    page, session = opened("caucus")
    page.get_by_role("tab", name="Close").click()
    page.locator('[data-move="close_open"]').click()
    page.get_by_role("button", name="Look at your decisions").click()
    sheet = page.locator(".sheet")
    expect(sheet).to_be_focused()
    expect(page.locator(".choice, .ending, .now")).to_have_count(0)
    sheet.get_by_role("radio", name="Role and process explained").check()
    expect(sheet.get_by_role("radio", name="Role and process explained")).to_be_checked()
    sheet.locator("[data-back='3']").evaluate("button => button.click()")
    expect(page.locator(".now")).to_be_focused()
    expect(page.locator(".clock")).to_contain_text("Attempt 2, from decision 4 of attempt 1")
    expect(page.locator(".caucusroom > .aloud")).to_contain_text("Attempt 2, from decision 4 of attempt 1.")
    assert (session.attempt, len(session.decisions), session.outcome) == (2, 3, None)
    page.locator(".move").first.click()
    expect(page.get_by_text("Earlier: 3 turns")).to_be_visible()
    page.get_by_role("button", name="Review so far").click()
    expect(sheet).to_contain_text("so far")
    page.get_by_role("button", name="Compare with attempt 1").click()
    expect(sheet.get_by_role("heading", name="Where they part: decision 4")).to_be_visible()
    page.get_by_role("button", name="This attempt alone").click()
    expect(sheet.get_by_role("heading", name="The nine criteria")).to_be_visible()
    page.get_by_role("button", name="Back to the room").click()
    expect(page.get_by_role("button", name="Review so far")).to_be_focused()
    assert len(session.decisions) == 4


def test_an_end_keeps_the_case_to_itself_until_it_is_asked(opened: Open) -> None:
    page, session = opened("end")
    ending = page.locator(".ending")
    expect(ending).to_contain_text("Three weeks later")
    truth = session.outcome.truth[:40] if session.outcome else ""
    expect(ending.get_by_text(truth)).to_be_hidden()
    ending.get_by_text("What was true in this case").click()
    expect(ending.get_by_text(truth)).to_be_visible()


def test_from_the_end_back_to_a_decision_without_a_word_on_how_good_it_was(opened: Open) -> None:
    page, session = opened("end")
    page.get_by_text("What was true in this case").click()
    page.get_by_text("Go back to a decision").click()
    page.locator(".line").nth(2).click()
    expect(page.locator(".clock")).to_contain_text("Attempt 2, from decision 3 of attempt 1")
    assert len(session.decisions) == 2
    page.get_by_role("tab", name="Close").click()
    page.locator('[data-move="close_open"]').click()
    expect(page.locator(".ending")).to_be_visible()
    expect(page.locator(".ending details[open]")).to_have_count(0)


def test_keys_inside_a_review_play_nothing_and_stay_there(opened: Open) -> None:
    page, session = opened("caucus")
    page.evaluate("window.heard = []; document.addEventListener('keydown', (event) => heard.push(event.key))")
    page.get_by_role("button", name="Review so far").click()
    first, second = (page.locator(".sheet").get_by_role("radio").nth(place) for place in (0, 1))
    first.focus()
    first.check()
    for key in ("1", "2", "n", "x", "d", "d", "ArrowDown"):
        page.keyboard.press(key)
    expect(second).to_be_checked()
    page.wait_for_timeout(200)
    assert page.evaluate("heard") == []
    decisions(page, session, 6)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Review so far")).to_be_focused()
    assert page.evaluate("heard") == []


def test_going_back_from_a_review_that_is_stale_is_refused_where_one_looks(opened: Open) -> None:
    page, session = opened("caucus")
    page.get_by_role("button", name="Review so far").click()
    expect(page.locator(".sheet")).to_be_visible()
    session.play("rejoin")  # as in another window
    page.locator("[data-back='2']").evaluate("button => button.click()")
    expect(page.get_by_role("alert")).to_contain_text("The mediation has gone on")
    expect(page.locator(".now")).to_contain_text("Back to the joint session")
    assert session.attempt == 1


def test_a_review_that_does_not_come_is_asked_for_again(opened: Open) -> None:
    page, _ = opened("joint")
    page.clock.install()
    page.route("**/answer", lambda route: route.abort())
    page.get_by_role("button", name="Review so far").click()
    page.clock.fast_forward(10_500)
    expect(page.get_by_role("alert")).to_contain_text("No answer has come")
    page.unroute_all(behavior="wait")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".sheet")).to_be_visible()


def test_graded_work_shows_neither_review_nor_supervisor(opened: Open) -> None:
    for moment in ("joint", "end"):
        page, _ = opened(moment, mode="assessment")
        expect(page.locator(".talk")).to_be_visible()
        expect(page.get_by_text("Review so far").or_(page.get_by_text("supervising"))).to_have_count(0)
        expect(page.get_by_text("Look at your").or_(page.get_by_text("Go back to"))).to_have_count(0)
    expect(page.get_by_role("button", name="Mediate again")).to_have_count(0)
    expect(page.get_by_text("What was true in this case")).to_have_count(0)
    expect(page.get_by_text("comes back with the grade")).to_be_visible()


def test_a_review_follows_the_theme_of_jupyterlab(opened: Open) -> None:
    page, _ = opened("joint", color_scheme="dark")
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    page.get_by_role("button", name="Review so far").click()
    paper = "node => getComputedStyle(node).backgroundColor"
    assert page.locator(".caucusroom-review").evaluate(paper) == page.locator(".caucusroom").evaluate(paper)


def test_everyone_is_drawn_where_they_are(opened: Open) -> None:
    page, _ = opened("caucus")
    assert page.locator(".hall .seat.first:not(.empty)").count() == 3
    assert page.locator(".hall .seat.second.empty").count() == 3
    assert page.locator(".own.second .seat").count() == 3
    assert page.locator(".door.shut").count() == 2
    expect(page.locator(".own.second")).to_contain_text("waiting")
    expect(page.locator(".captions")).to_contain_text("waiting in their own room for")
    page, _ = opened("joint")
    assert page.locator(".hall .seat:not(.empty):not(.you)").count() == 6
    assert page.locator(".door.open").count() == 2


def test_the_theme_of_jupyterlab_decides_over_that_of_the_system(opened: Open) -> None:
    page, _ = opened(color_scheme="light")
    paper = "getComputedStyle(document.querySelector('.caucusroom')).backgroundColor"
    light = page.evaluate(paper)
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    dark = page.evaluate(paper)
    assert light != dark
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    assert page.evaluate(paper) == light


@pytest.mark.parametrize(("motion", "moving"), [("reduce", 0), ("no-preference", 1)])
def test_nothing_moves_where_that_is_not_wanted(opened: Open, motion: str, moving: int) -> None:
    page, _ = opened(reduced_motion=motion)
    page.evaluate("window.begun = 0; document.addEventListener('animationstart', () => begun++)")
    assert page.evaluate("document.getAnimations().length") == 0, "before anything has happened nothing moves"
    page.get_by_role("button", name="Meet one side beforehand: Local 1187").click()
    expect(page.locator(".now")).to_contain_text("beforehand")
    page.wait_for_timeout(350)
    assert page.evaluate("begun") == moving


# what the mediator thinks


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_what_i_think_is_written_by_keyboard_read_again_and_asked_for_before_an_end(
    browser: Browser, axe: Path, tmp_path: Path, width: int, scheme: Any
) -> None:
    journal = tmp_path / "strike.jsonl"
    entrance = Entrance(
        lambda: Session("labor-strike", journal=journal, player="ana", assignment="finals"), journal, "assessment"
    )
    session = entrance.desk.session if entrance.desk else pytest.fail("The room did not open.")
    for move in filter(None, MOMENTS["caucus"].split(", ")):
        session.play(move)
    with (
        hosted(entrance) as address,
        browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as view,
    ):
        page = view.new_page()
        page.goto(address)
        page.get_by_role("tab", name="Close").click()
        chosen = page.get_by_role("tab", name="Close")
        page.get_by_role("button", name="End without agreement").click()
        refusal = page.get_by_role("alert")
        expect(refusal).to_contain_text("write down what you think stands in the way of Local 1187 and of Harlan Forge")
        refusal.get_by_role("button", name="Write it down").press("Enter")
        labor, management = page.locator(".thought").all()
        expect(labor.locator("summary")).to_be_focused()
        expect(labor.get_by_role("checkbox", name="Unspoken anger")).to_be_visible()
        expect(chosen).to_have_attribute("aria-selected", "true")
        page.add_script_tag(path=axe)
        found = page.evaluate("axe.run()")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(labor.get_by_role("checkbox", name="No good option in sight")).to_be_focused()
        page.keyboard.press("Space")
        page.keyboard.press("p")  # the letter of a tab, which it is not here
        labor.get_by_role("checkbox", name="Unspoken anger").check()
        heard = labor.get_by_role("checkbox", name=re.compile("Hear one side out"))
        heard.check()
        write_down(labor)
        expect(labor.locator("p").first).to_contain_text("Local 1187: No good option in sight, Unspoken anger")
        expect(labor).to_contain_text("Day 1 of 2, 10:45. 1 answer says so: to decision 5.")
        expect(page.locator(".caucusroom > .aloud")).to_have_text("Written down.")
        expect(chosen).to_have_attribute("aria-selected", "true")

        labor.get_by_role("checkbox", name="No good option in sight").uncheck()
        write_down(labor)
        expect(labor.locator("p").first).to_contain_text("Local 1187: Unspoken anger")
        labor.get_by_role("checkbox", name="Unspoken anger").uncheck()
        write_down(labor)
        expect(labor.get_by_role("alert")).to_contain_text("Name one to 4 causes")
        page.get_by_role("button", name="End without agreement").click()
        expect(page.get_by_role("alert")).to_contain_text("stands in the way of Harlan Forge.")

        page.reload()
        expect(labor.locator("p").first).to_contain_text("Local 1187: Unspoken anger")
        expect(management).to_contain_text("Nothing written yet.")
        labor.locator("summary").click()
        expect(labor.get_by_role("checkbox", name="Unspoken anger")).to_be_checked()
        expect(heard).to_be_checked()
        management.locator("summary").click()
        management.get_by_role("checkbox", name="Fear").check()
        write_down(management)
        expect(management).to_contain_text("Harlan Forge: Fear")
        page.get_by_role("tab", name="Close").click()
        page.get_by_role("button", name="End without agreement").click()
        expect(page.locator(".ending")).to_be_visible()
        expect(page.locator(".notebook summary")).to_have_count(0)
        expect(labor.locator("p").first).to_contain_text("Local 1187: Unspoken anger")
    assert [(one.side, one.causes, one.heard) for one in session.beliefs] == [
        ("labor", ("no_good_options", "anger"), (5,)),
        ("labor", ("anger",), (5,)),
        ("management", ("fear",), ()),
    ]


def write_down(thought: Locator) -> None:
    button = thought.get_by_role("button", name="Write it down")
    button.click()
    expect(button).not_to_have_attribute("aria-disabled", "true")


def test_what_is_chosen_and_not_yet_written_outlives_a_review_and_a_decision(opened: Open) -> None:
    page, session = opened("joint")
    page.get_by_text("Write about Harlan Forge").click()
    fear = page.locator(".thought").nth(1).get_by_role("checkbox", name="Fear")
    fear.check()
    page.get_by_role("button", name="Review so far").click()
    page.get_by_role("button", name="Back to the room").click()
    expect(fear).to_be_checked()
    page.locator(".move").first.click()
    expect(page.locator(".now")).to_be_focused()
    decisions(page, session, 3)
    expect(fear).to_be_checked()
    assert session.beliefs == ()


# what stays when the room is drawn anew

WRITE = """(place) => {
    const field = document.createElement("textarea");
    document.querySelector(place).append(field);
    field.focus();
}"""


def typed(page: Page) -> list[Any]:
    """What stands in the text field, where its caret is, and whether it has the focus."""
    field = "document.querySelector('.caucusroom textarea')"
    return list(page.evaluate(f"[{field}.value, {field}.selectionStart, {field} === document.activeElement]"))


@pytest.mark.parametrize("place", [".notebook", ".choice", ".plan", ".talk"])
def test_what_somebody_types_outlives_a_notice_and_a_decision(opened: Open, place: str) -> None:
    page, session = opened("joint")
    page.evaluate(WRITE, place)
    page.keyboard.type("1 n dear x")
    page.keyboard.press("Home")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    kept = ["1 n dear x", 4, True]
    assert typed(page) == kept and len(session.decisions) == 2
    page.clock.install()
    page.route("**/answer", lambda route: route.abort())
    page.locator(".move").first.evaluate("button => button.click()")
    page.clock.fast_forward(10_500)
    expect(page.get_by_role("alert")).to_contain_text("No answer has come")
    assert typed(page) == kept
    session.play("step_back")
    page.evaluate("lookAgain()")
    expect(page.locator(".now")).to_contain_text(session.turns[-1].speech[0].text)
    assert typed(page)[:2] == kept[:2]
    page.locator("textarea").focus()
    session.play("call_caucus labor")
    page.evaluate("lookAgain()")
    expect(page.locator(".plan h3")).to_contain_text("Caucus with")
    assert typed(page) == kept, "a decision that was made elsewhere takes no focus"


def test_a_field_that_the_room_draws_keeps_its_text_and_caret_wherever_its_neighbours_go(opened: Open) -> None:
    page, _ = opened()
    assert page.evaluate("""async () => {
        const { h, redraw } = await import("./room.js");
        const node = document.createElement("div");
        document.body.append(node);
        const draw = (...children) => redraw(node, h("div", { class: "drawn" }, children));
        const field = h("textarea", { "data-key": "letter" });
        draw(h("p", {}, "one"), field, h("p", {}, "two"));
        const [, letter, two] = node.children;
        letter.focus();
        letter.value = "Dear";
        letter.setSelectionRange(2, 3);
        letter.scrollTop = 1;
        draw(h("ul", {}), h("p", {}, "three"), h("p", {}, "four"), field, "five", h("p", { key: "new" }));
        draw(field, "six");
        draw(h("p", {}, "two"), 0, null, false, field);
        return [
            node.className, node.textContent, node.children[1] === letter, document.activeElement === letter,
            letter.value, letter.selectionStart, letter.selectionEnd, two.isConnected,
        ];
    }""") == ["drawn", "two0", True, True, "Dear", 2, 3, False]


def test_what_has_not_changed_is_not_drawn_anew(opened: Open) -> None:
    page, _ = opened("joint")
    parts = ".head h2, .tabs button, .issues details, .notebook h3, .captions > div"
    page.evaluate("parts => document.querySelectorAll(parts).forEach((node) => { node.old = true; })", parts)
    page.locator(".move").first.click()
    expect(page.locator(".now")).to_be_focused()
    page.get_by_role("tab", name="Build").click()
    old = page.evaluate("parts => [...document.querySelectorAll(parts)].map((node) => node.old ?? false)", parts)
    assert len(old) > 12 and all(old)


def test_what_was_scrolled_and_folded_stays_until_there_is_more(opened: Open) -> None:
    page, _ = opened("caucus")
    page.get_by_text("Earlier: 5 turns").click()
    past = page.locator(".transcript")
    expect(past).not_to_contain_text("One moment.")
    at_the_end = "node => node.scrollTop > 50 && node.scrollTop + node.clientHeight > node.scrollHeight - 2"
    page.wait_for_function(f"({at_the_end})(document.querySelector('.transcript'))")
    past.evaluate("node => node.scrollTo(0, 10)")
    page.get_by_text("If nothing is agreed").click()
    page.locator(".issues summary").first.click()  # the topic, which lies open
    for tab in ("Listen", "Now"):
        page.get_by_role("tab", name=tab).click()
    assert past.evaluate("node => node.scrollTop") == 10
    folds = [one.evaluate("node => node.open") for one in page.locator(".issues details").all()]
    assert folds == [False, False, False, False, True] or folds.count(True) == 1
    page.locator(".move").first.click()
    expect(page.get_by_text("Earlier: 6 turns")).to_be_visible()
    page.wait_for_function(f"({at_the_end})(document.querySelector('.transcript'))")
    assert folds == [one.evaluate("node => node.open") for one in page.locator(".issues details").all()]


# another language

TEXTS = """() => {
    const room = document.querySelector(".caucusroom");
    const texts = [], walker = document.createTreeWalker(room, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(walker.currentNode.data);
    for (const node of [room, ...room.querySelectorAll("*")])
        for (const name of ["aria-label", "title", "placeholder", "alt"]) texts.push(node.getAttribute(name) ?? "");
    return texts.map((text) => text.trim()).filter(Boolean);
}"""


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from leaves(one)


def untranslated(page: Page, desk: Desk) -> set[str]:
    """What the page shows that is neither in capitals nor told by the desk."""
    told = list(leaves(desk.snapshot(earlier=True)))

    def own(text: str) -> str:
        """The text without what was told: a whole, a part of it, or what was filled in."""
        if any(text.strip(" ,.:“”") in one for one in told):
            return ""
        for one in sorted(told, key=len, reverse=True):
            text = text.replace(one, "") if len(one) > 1 else text
        return text

    return {text for text in page.evaluate(TEXTS) if text.upper() != text and own(text).upper() != own(text)}


def shown(template: Any) -> str:
    """The longest part of a text that stands as it is wherever it is shown."""
    text = template if isinstance(template, str) else template["other"]
    return max(re.split(r"\{[^}]*\}", text), key=len).strip()


ELSEWHERE = ("key.", "language", "list", "refusal", "reopen", "scene")
"""What is no text, and what is said on the way into the room (the test below) and in scenes (test_scenes_in_page)."""


def test_another_language_reaches_every_text_of_the_page(monkeypatch: pytest.MonkeyPatch, opened: Open) -> None:
    monkeypatch.setitem(LANGUAGES, "en", made_up())
    seen: set[str] = set()

    def read(page: Page, session: Session) -> None:
        assert untranslated(page, Desk(session)) == set()
        seen.update(page.evaluate(TEXTS))

    for moment in MOMENTS:
        for mode in ("guided", "assessment"):
            page, session = opened(moment, mode=mode)
            read(page, session)
            for tab in page.get_by_role("tab").all():
                tab.click()
                read(page, session)
    for _, case, moves in golden_plays().values():
        page, session = opened(case=case)
        for move in moves[:-1]:
            session.play(move)
        page.evaluate("lookAgain()")
        expect(page.locator(".now h3")).to_contain_text(heading(session.dispute, session.turns[-1].move))
        read(page, session)
    page, session = opened()
    page.locator("[data-key='fold thought labor']").click()
    expect(page.locator(".ticks > p").first).to_be_visible()
    read(page, session)
    page, session = opened("caucus")
    page.locator("[data-key='fold thought labor']").click()
    for place in (0, 1, 1):  # a cause, and two answers
        page.locator(".ticks").nth(place).locator("input:not(:checked)").first.check()
    page.locator("[data-key='note labor']").click()
    expect(page.locator(".caucusroom > .aloud")).not_to_be_empty()
    read(page, session)
    page.locator(".past summary").click()
    for _ in range(3):
        asked = page.locator(".supervisor p").count()
        page.locator("[data-key=hint]").click()
        expect(page.locator(".supervisor p")).to_have_count(asked + (1 if asked else 2))
        read(page, session)
    page.locator("[data-key=review]").click()
    expect(page.locator(".sheet")).to_be_focused()
    read(page, session)
    page.locator("[data-back='3']").evaluate("button => button.click()")
    expect(page.locator(".now")).to_be_focused()
    page.locator(".move").first.click()
    expect(page.locator(".past summary")).to_contain_text("3")
    read(page, session)
    page.locator("[data-key=review]").click()
    expect(page.locator("[data-key=compare]")).to_be_visible()
    read(page, session)
    page.locator("[data-key=compare]").click()
    expect(page.locator("[data-key=review]")).to_be_visible()
    read(page, session)
    page.clock.install()
    page.route("**/answer", lambda route: route.abort())
    page.locator("[data-key=review]").click()
    page.clock.fast_forward(10_500)
    expect(page.get_by_role("alert")).to_be_visible()
    read(page, session)
    of_page = {key: text for key, text in made_up().PAGE.items() if not key.startswith(ELSEWHERE)}
    said = {key for key, text in of_page.items() if any(shown(text) in one for one in seen)}
    assert of_page.keys() - said == set(), "all of them are to be seen in this test"


def test_another_language_reaches_the_way_into_the_room(
    monkeypatch: pytest.MonkeyPatch, browser: Browser, tmp_path: Path
) -> None:
    monkeypatch.setitem(LANGUAGES, "en", made_up())
    journal = tmp_path / "strike.jsonl"
    Session("labor-strike", journal=journal, player="ben").close()
    entrance = Entrance(lambda: Session("labor-strike", journal=journal, player="ana"), journal)
    refusal = entrance.snapshot()["refusal"]
    assert refusal
    with hosted(entrance) as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector(".refusal")
        said = {text.strip() for text in page.evaluate(TEXTS)} - {refusal["text"]}
        page.locator("[data-key=fresh]").click()
        page.locator(".move").first.click()
        expect(page.locator(".past summary")).to_be_visible()
        journal.unlink()
        page.locator(".move").first.click()
        expect(page.locator("[data-key=reopen]")).to_be_visible()
        said.add(page.locator("[data-key=reopen]").inner_text())
        page.close()
    own = [str(text) for key, text in made_up().PAGE.items() if key.startswith(("refusal", "reopen"))]
    assert all(any(text in one for one in said) for text in own) and all(one.upper() == one for one in said)
