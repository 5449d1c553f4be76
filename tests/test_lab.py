"""The first lesson in a real JupyterLab in a real browser: played by mouse and by keys, cut off, resumed.

With CAUCUSROOM_SHOTS=FOLDER in the environment the pictures of the README are taken into that folder.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from caucusroom import Move, Session, load, read_journal
from caucusroom.authoring.walkthrough import read_walkthrough
from caucusroom.session import draw_case
from caucusroom_grading.strategies.adaptive import adaptive
from caucusroom_grading.strategies.chair import play
from playwright.sync_api import Browser, Locator, Page, expect

COMMAND = Path(sys.executable).with_name("caucusroom")
LESSON = "01-the-room.ipynb"
DISPUTE = "labor-strike"
PLAYER = "noor"
MOMENT = [
    "premeeting labor",
    "open_session",
    "explain_caucus",
    "call_caucus labor",
    "hear_out",
    "look_deeper",
]
WALKTHROUGH = Path(__file__).parents[1] / "scenarios" / DISPUTE / "walkthroughs" / "mistake-testing-in-front.yaml"
SHOTS = os.environ.get("CAUCUSROOM_SHOTS")

Open = Callable[[str], Page]


class Lab(NamedTuple):
    """A running JupyterLab: its address, the folder it serves, and where its settings are."""

    address: str
    folder: Path
    home: Path

    def ask(self, path: str) -> Any:
        with urllib.request.urlopen(f"{self.address}/{path}", timeout=30) as answer:
            return json.load(answer)

    def choose_theme(self, theme: str) -> None:
        """As in the menu Settings, before a page is opened."""
        settings = self.home / ".jupyter" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
        settings.mkdir(parents=True, exist_ok=True)
        (settings / "themes.jupyterlab-settings").write_text(json.dumps({"theme": theme}))

    def own_lesson(self, name: str) -> Path:
        """A folder with the lesson for one test, so that it has a journal of its own; its journal's path."""
        (self.folder / name).mkdir()
        shutil.copy2(self.folder / LESSON, self.folder / name / LESSON)
        return self.folder / name / f"practice-{DISPUTE}.jsonl"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """`caucusroom lab` as somebody starts it for the first time, without a password."""
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("student") / "lessons"
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    running = Lab(f"http://127.0.0.1:{port}", folder, home)
    jupyter = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    kernels_begin_with = home / ".ipython" / "profile_default" / "startup" / "player.py"
    kernels_begin_with.parent.mkdir(parents=True)
    kernels_begin_with.write_text(f"import caucusroom.record.names as names\nnames._system_name = lambda: {PLAYER!r}\n")
    with (home / "log.txt").open("w") as log:
        server = subprocess.Popen(
            [COMMAND, "lab", folder, "--no-browser", "--port", str(port), "--", "--IdentityProvider.token="],
            env=jupyter | {"HOME": str(home)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                running.ask("api/status")
                break
            except OSError:
                failed = server.poll() is not None or time.monotonic() > deadline
                assert not failed, (home / "log.txt").read_text()
                time.sleep(0.2)
        yield running
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture
def opened(lab: Lab, browser: Browser) -> Iterator[Open]:
    """Opens a test's own copy of the lesson."""
    with ExitStack() as closing:

        def open_lesson(name: str) -> Page:
            view = browser.new_context(viewport={"width": 1280, "height": 900})
            closing.callback(view.close)
            page = view.new_page()
            page.goto(f"{lab.address}/lab/workspaces/{name}/tree/{name}/{LESSON}")
            expect(page.locator(".jp-Notebook")).to_contain_text("What a mediation is", timeout=30_000)
            expect(page.locator(".jp-NotebookPanel-toolbar")).to_contain_text("Python 3")
            page.wait_for_function(
                "document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'"
            )
            return page

        yield open_lesson


@pytest.fixture(scope="module")
def skilled() -> tuple[Move, ...]:
    """A line that reads and answers, in the truth that is drawn for the player, to a settlement."""
    case = load(DISPUTE).case(draw_case(load(DISPUTE), PLAYER, 1))
    line = tuple(map(Move.of, play(case, adaptive, Random(PLAYER))))
    assert line[-1].technique == "conclude" and any(is_aimed_at_a_sign(move) for move in line)
    return line


def run_all_by_menu(page: Page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def room_in(page: Page) -> Locator:
    room = page.locator(".caucusroom")
    expect(room).to_be_visible(timeout=30_000)
    return room


def tab_of(move: Move) -> str:
    return load(DISPUTE).catalogue.techniques[move.technique].group.capitalize()


def is_aimed_at_a_sign(move: Move) -> bool:
    """Whether it stands below an entry that has to be opened first."""
    return load(DISPUTE).catalogue.techniques[move.technique].target == "cue"


def click_move(page: Page, move: Move) -> None:
    before = page.locator(".now h3").inner_text()
    choose(page.locator(".caucusroom"), move)
    expect(page.locator(".now h3")).not_to_have_text(before)


def choose(room: Locator, move: Move) -> None:
    room.get_by_role("tab", name=tab_of(move)).click()
    if is_aimed_at_a_sign(move):
        room.locator(".move.entry").click()
    room.locator(f'[data-move="{move}"]').click()


def type_move(page: Page, move: Move) -> None:
    before = page.locator(".now h3").inner_text()
    key = page.get_by_role("tab", name=tab_of(move)).get_attribute("aria-keyshortcuts")
    assert key
    page.keyboard.press(key)
    if is_aimed_at_a_sign(move):
        key = page.locator(".move.entry").get_attribute("aria-keyshortcuts")
        assert key
        page.keyboard.press(key)
    key = page.locator(f'[data-move="{move}"]').get_attribute("aria-keyshortcuts")
    assert key, f"no key for {move}"
    page.keyboard.press(key)
    expect(page.locator(".now h3")).not_to_have_text(before)


def saved(journal: Path) -> tuple[str, ...]:
    return read_journal(journal).attempts[-1].moves


def test_the_lesson_is_found_read_and_played_to_the_end_by_clicking(
    lab: Lab, opened: Open, axe: Path, skilled: tuple[Move, ...]
) -> None:
    journal = lab.own_lesson("clicks")
    page = opened("clicks")
    expect(page.get_by_role("menuitem", name="Run", exact=True)).to_be_visible()
    expect(page.get_by_role("menuitem", name="Nbgrader")).to_have_count(0)
    page.get_by_text("2. Everybody is back at the table").click()
    expect(page.get_by_role("paragraph").filter(has_text="that would be false")).to_be_visible()
    run_all_by_menu(page)
    room = room_in(page)
    for move in skilled[:-1]:
        click_move(page, move)
    assert saved(journal) == tuple(map(str, skilled[:-1]))
    assert serious(page, axe) == []
    click_move(page, skilled[-1])
    expect(room.locator(".ending")).to_contain_text("Three weeks later")
    expect(room.get_by_role("heading", name="Settlement", exact=True)).to_be_visible()
    assert saved(journal) == tuple(map(str, skilled))
    assert serious(page, axe) == []


def serious(page: Page, axe: Path) -> list[Any]:
    """What axe-core holds to be serious or critical in the room."""
    page.add_script_tag(path=axe)
    found = page.evaluate("axe.run('.caucusroom')")
    assert len(found["passes"]) > 15
    return [
        (one["id"], one["nodes"][0]["html"]) for one in found["violations"] if one["impact"] in ("serious", "critical")
    ]


def test_by_keyboard_alone(lab: Lab, opened: Open, skilled: tuple[Move, ...]) -> None:
    journal = lab.own_lesson("keys")
    page = opened("keys")
    page.keyboard.press("Control+Shift+C")
    page.keyboard.type("run all cells", delay=10)
    expect(page.locator(".lm-CommandPalette-item.lm-mod-active")).to_contain_text("Run All Cells")
    page.keyboard.press("Enter")
    room = room_in(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.caucusroom') !== null")
    for move in skilled:
        type_move(page, move)
    expect(room.locator(".ending")).to_contain_text("Three weeks later")
    assert saved(journal) == tuple(map(str, skilled))
    assert page.locator(".jp-Cell").count() == len(json.loads((lab.folder / LESSON).read_text())["cells"])


def test_decisions_are_looked_at_and_taken_otherwise(
    lab: Lab, opened: Open, axe: Path, skilled: tuple[Move, ...]
) -> None:
    """After a settlement, by keyboard where it matters: a key that JupyterLab heard would add or cut a cell."""
    journal = lab.own_lesson("review")
    already_played(journal, map(str, skilled))
    page = opened("review")
    run_all_by_menu(page)
    room = room_in(page)
    room.get_by_role("button", name="Look at your decisions").click()
    sheet = room.locator(".sheet")
    expect(sheet).to_be_focused()
    steps = sheet.get_by_role("radiogroup", name="Show a decision").get_by_role("radio")
    expect(steps).to_have_count(len(skilled))
    steps.first.focus()
    for place in range(1, 5):
        page.keyboard.press("ArrowRight")
        expect(steps.nth(place)).to_be_checked()
    expect(sheet.get_by_text(f"Decision 5 of {len(skilled)}")).to_be_visible()
    for key in ("a", "b", "x", "d", "d", "1"):
        page.keyboard.press(key)
    page.keyboard.press("ArrowLeft")
    expect(steps.nth(3)).to_be_checked()
    criterion = sheet.get_by_role("radio", name="Empathy and tension")
    criterion.check()
    expect(criterion).to_be_checked()
    assert serious(page, axe) == []
    sheet.get_by_role("button", name="Go back to before this decision").locator("visible=true").click()
    expect(room.locator(".clock")).to_contain_text("Attempt 2, from decision 4 of attempt 1")
    expect(room.locator(".now")).to_be_focused()
    assert saved(journal) == tuple(map(str, skilled[:3]))
    otherwise = room.locator(f'.move:not([data-move="{skilled[3]}"])').first
    chosen = otherwise.get_attribute("data-move") or ""
    otherwise.click()
    expect(page.get_by_text("Earlier: 3 turns")).to_be_visible()
    assert saved(journal) == (*map(str, skilled[:3]), chosen)
    room.get_by_role("button", name="Review so far").click()
    room.get_by_role("button", name="Compare with attempt 1").click()
    expect(sheet.get_by_role("heading", name="Where they part: decision 4")).to_be_visible()
    assert serious(page, axe) == []
    assert [(one.parent, one.kept) for one in read_journal(journal).attempts] == [(0, 0), (1, 3)]
    assert page.locator(".jp-Cell").count() == len(json.loads((lab.folder / LESSON).read_text())["cells"])


def already_played(journal: Path, moves: Iterable[str], case: str | None = None) -> None:
    """A journal as it is left by somebody who closed the lesson."""
    session = Session(DISPUTE, case=case, journal=journal, player=PLAYER)
    for move in moves:
        session.play(move)
    session.close()


def test_a_room_below_the_fold_is_drawn(lab: Lab, opened: Open) -> None:
    lab.own_lesson("fold")
    page = opened("fold")
    run_all_by_menu(page)
    page.locator(".jp-WindowedPanel-outer").evaluate("panel => { panel.scrollTop = 0 }")
    expect(page.get_by_role("heading", name="The room", exact=True)).to_be_in_viewport()
    floor = page.locator(".caucusroom .floor")
    expect(floor).to_be_attached(timeout=30_000)
    expect(floor).not_to_be_in_viewport()
    page.get_by_role("heading", name="The room", exact=True).hover()
    for _ in range(30):
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(50)
        if floor.evaluate("floor => floor.getBoundingClientRect().top < innerHeight - 300"):
            break
    expect(floor).to_be_in_viewport(ratio=1)
    box = floor.bounding_box()
    assert box and box["width"] > 400 and box["height"] > 80


def test_a_killed_kernel_loses_no_decision(lab: Lab, opened: Open, skilled: tuple[Move, ...]) -> None:
    journal = lab.own_lesson("killed")
    page = opened("killed")
    run_all_by_menu(page)
    room_in(page)
    for move in skilled[:10]:
        click_move(page, move)
    assert saved(journal) == tuple(map(str, skilled[:10]))
    os.kill(kernel_process(lab, "killed"), signal.SIGKILL)
    page.get_by_role("button", name="Ok", exact=True).click(timeout=30_000)
    page.wait_for_function("document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'")
    run_all_by_menu(page)
    expect(page.get_by_text("Earlier: 9 turns")).to_be_visible(timeout=30_000)
    page.get_by_text("Earlier: 9 turns").click()
    expect(page.locator(".caucusroom .transcript h4")).to_have_count(10)
    click_move(page, skilled[10])
    assert saved(journal) == tuple(map(str, skilled[:11]))


def test_a_page_that_is_loaded_again_a_second_view_and_a_second_page_go_on_together(
    lab: Lab, opened: Open, skilled: tuple[Move, ...]
) -> None:
    """What comes down is only what has changed, so each of them must know what it is a change of."""
    journal = lab.own_lesson("views")
    page = opened("views")
    run_all_by_menu(page)
    room_in(page)
    for move in skilled[:3]:
        click_move(page, move)
    page.get_by_role("button", name="Review so far").click()
    expect(page.locator(".sheet")).to_be_focused()
    page.get_by_role("button", name="Back to the room").click()
    page.keyboard.press("Control+s")
    saved_page = lab.folder / "views" / LESSON
    page.wait_for_function("!document.querySelector('.jp-mod-dirty')")
    assert "widget-view" in saved_page.read_text() and "data-back" not in saved_page.read_text()
    page.reload()
    expect(page.get_by_text("Earlier: 2 turns")).to_be_visible(timeout=60_000)
    click_move(page, skilled[3])
    page.get_by_text("Earlier: 3 turns").click()
    expect(page.locator(".caucusroom .transcript h4")).to_have_count(4)
    page.locator(".jp-OutputArea-output:has(.caucusroom)").click(button="right", position={"x": 5, "y": 5})
    page.get_by_role("menuitem", name="Create New View for Cell Output").click()
    expect(page.locator(".caucusroom")).to_have_count(2, timeout=30_000)
    other = opened("views")
    expect(other.get_by_text("Earlier: 3 turns")).to_be_visible(timeout=60_000)
    for number, move in enumerate(skilled[4:8], 4):
        by = other if number % 2 else page
        choose(by.locator(".caucusroom").last, move)
        for room in (*page.locator(".caucusroom").all(), other.locator(".caucusroom")):
            expect(room.get_by_text(f"Earlier: {number} turns")).to_be_visible()
    assert saved(journal) == tuple(map(str, skilled[:8]))


def kernel_process(lab: Lab, name: str) -> int:
    """The process id of the kernel that runs a test's copy of the lesson."""
    kernel = next(one["kernel"]["id"] for one in lab.ask("api/sessions") if one["path"].startswith(f"{name}/"))
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,args="], capture_output=True, text=True, check=True).stdout
    (process,) = (line.split()[0] for line in listed.splitlines() if f"kernel-{kernel}" in line)
    return int(process)


def lesson_in_theme(lab: Lab, opened: Open, name: str, theme: str) -> Page:
    """The lesson opened for a picture and run, with nothing beside it."""
    lab.choose_theme(f"JupyterLab {theme.capitalize()}")
    page = opened(name)
    page.keyboard.press("Control+b")  # the file browser
    run_all_by_menu(page)
    room_in(page)
    return page


def take_picture(page: Page, name: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(500)  # it is laid out anew, and the door has closed
    page.locator(".caucusroom").evaluate("room => room.scrollIntoView()")
    page.wait_for_timeout(200)
    page.screenshot(path=Path(SHOTS or "") / f"{name}.png")


pictures = pytest.mark.skipif(not SHOTS, reason="pictures are taken where CAUCUSROOM_SHOTS names a folder")


@pictures
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_picture_of_the_room(lab: Lab, opened: Open, width: int, theme: str) -> None:
    name = f"room-{width}-{theme}"
    lab.own_lesson(name)
    page = lesson_in_theme(lab, opened, name, theme)
    for move in MOMENT:
        click_move(page, Move.of(move))
    take_picture(page, name, width, 900)


@pictures
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_picture_of_the_review(lab: Lab, opened: Open, width: int, theme: str) -> None:
    """A good question that was asked in the wrong room, and the criterion that it counts against."""
    name = f"review-{width}-{theme}"
    played = read_walkthrough(WALKTHROUGH, [])
    assert played
    moves = (step.choose for step in played.parts.steps if step.choose)
    already_played(lab.own_lesson(name), moves, played.parts.case)
    page = lesson_in_theme(lab, opened, name, theme)
    page.get_by_role("button", name="Look at your decisions").click()
    sheet = page.locator(".sheet")
    sheet.get_by_role("radio", name="Forum and timing").check()
    sheet.get_by_role("radiogroup", name="Show a decision").get_by_role("radio").nth(3).check()
    take_picture(page, name, width, 1300)
