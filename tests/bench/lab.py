"""From the click to the painted answer in JupyterLab in Chromium: our room beside a board of stock ipywidgets."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.bench import heading, row, side_by_side
from tests.conftest import CHROMIUM_ARGUMENTS
from tests.golden.plays import golden_plays

COMMAND = Path(sys.executable).with_name("caucusroom")
RUNS = 3
CLICKS = 12
DISPUTE, CASE = "labor-strike", "d"
QUIET = 400  # milliseconds without a change after which an answer is taken to be complete

ROOM = f"""\
from caucusroom_widgets import room
room("{DISPUTE}", case="{CASE}", journal="room.jsonl")
"""
BOARD = f"""\
from caucusroom import Session
from ipywidgets import HTML, Button, GridBox, IntProgress, VBox

LINE = {json.dumps(golden_plays()[f"{DISPUTE}-{CASE}.txt"][2][: CLICKS + 1])}
session = Session("{DISPUTE}", case="{CASE}", journal="board.jsonl")
buttons = [Button() for _ in range(12)]
texts = [HTML() for _ in range(6)]
bars = [IntProgress(max=3) for _ in range(6)]

def show():
    view, turns = session.view, session.turns
    wanted = LINE[len(turns)]
    others = [str(move) for move in session.moves if str(move) != wanted]
    for button, move in zip(buttons, [wanted, *others, *[""] * 12]):
        button.description, button.tooltip, button.disabled = move, move, not move
    said = "".join(f"<p><b>{{one.name}}</b>: {{one.text}}</p>" for one in turns[-1].speech) if turns else "…"
    notes = (view.room + view.caucus, said, view.topic, view.found, view.standing, f"{{view.days}} {{view.clock}}")
    for text, note in zip(texts, notes):
        text.value = f"{{note}} ({{len(turns)}})"
    moods = [level for mood in view.moods for level in (mood or (0, 0, 0))[:3]]
    for bar, level in zip(bars, moods):
        bar.value = level

def decide(button):
    session.play(button.description)
    show()

for button in buttons:
    button.on_click(decide)
show()
board = VBox([*texts, *bars, GridBox(buttons)])
board.add_class("caucusroom")
board
"""

# Milliseconds from the click to the frame that shows the last change it brought about.
ANSWER = """([selector, quiet]) => new Promise((done, fail) => {
  const board = document.querySelector('.caucusroom');
  const button = [...board.querySelectorAll(selector)].find((one) => !one.disabled);
  let began, painted, timer;
  const watch = new MutationObserver(() => {
    requestAnimationFrame(() => setTimeout(() => { painted = performance.now(); }));
    clearTimeout(timer);
    timer = setTimeout(() => { watch.disconnect(); done(painted - began); }, quiet);
  });
  watch.observe(board, { subtree: true, childList: true, characterData: true, attributes: true });
  setTimeout(() => fail(new Error('no answer came')), 20000);
  began = performance.now();
  button.click();
})"""


class Traffic:
    """The websocket messages of a page, counted from the last look on: all of them, and those of widgets."""

    def __init__(self, page: Page) -> None:
        self.sent: list[bytes] = []
        self.received: list[bytes] = []
        page.on("websocket", lambda socket: self._listen(socket))

    def _listen(self, socket) -> None:  # type: ignore[no-untyped-def]
        if "/channels" not in socket.url:  # the server's own news, not the kernel's
            return
        socket.on("framesent", lambda frame: self.sent.append(as_bytes(frame)))
        socket.on("framereceived", lambda frame: self.received.append(as_bytes(frame)))

    def counted(self) -> tuple[int, int, int]:
        """Widget messages up, widget messages down, and bytes of everything both ways."""
        up, down = (sum(kind_of(frame) == "comm_msg" for frame in frames) for frames in (self.sent, self.received))
        size = sum(map(len, (*self.sent, *self.received)))
        self.sent.clear()
        self.received.clear()
        return up, down, size


def kind_of(frame: bytes) -> str:
    """The type of a message in Jupyter's binary form: a count, that many offsets, channel, header, and the rest."""
    header, parent = (int.from_bytes(frame[place : place + 8], "little") for place in (16, 24))
    return str(json.loads(frame[header:parent])["msg_type"])


def as_bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


class Answered(NamedTuple):
    """A run of clicks: milliseconds to the first answer and, in the middle, to each; messages and bytes for one."""

    first: float
    each: float
    up: float
    down: float
    size: float


@contextmanager
def jupyterlab(folder: Path) -> Iterator[str]:
    """The address of a JupyterLab that serves this folder, with settings of its own."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    settings = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    command = [
        str(COMMAND), "lab", str(folder), "--no-browser", "--port", str(port),
        "--", "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True",
    ]  # fmt: skip
    with (folder / "log.txt").open("w") as log:
        server = subprocess.Popen(command, env=settings | {"HOME": str(folder / "home")}, stdout=log, stderr=log)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/api/status", timeout=5).close()
                break
            except OSError:
                if server.poll() is not None:
                    raise RuntimeError((folder / "log.txt").read_text()) from None
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def notebook(path: Path, code: str) -> None:
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "one",
        "metadata": {},
        "source": code,
        "outputs": [],
        "execution_count": None,
    }
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path.write_text(json.dumps({"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}))


class Clicking:
    """Opens a notebook in a fresh page with a fresh kernel and clicks in what it shows."""

    def __init__(self, browser: Browser, address: str, folder: Path) -> None:
        self.browser, self.address, self.folder, self.count = browser, address, folder, 0

    def run(self, code: str, selectors: list[str]) -> Answered:
        self.count += 1
        name = f"run{self.count}"
        (self.folder / name).mkdir()
        notebook(self.folder / name / "board.ipynb", code)
        context = self.browser.new_context(viewport={"width": 1280, "height": 1400})
        page = context.new_page()
        traffic = Traffic(page)
        try:
            page.goto(f"{self.address}/lab/workspaces/{name}/tree/{name}/board.ipynb")
            expect(page.locator(".jp-NotebookPanel-toolbar")).to_contain_text("Python 3", timeout=60_000)
            page.wait_for_function(
                "document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'"
            )
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
            page.wait_for_selector(".caucusroom", timeout=30_000)
            page.wait_for_timeout(1_500)  # until the page is at rest
            times, counts = [], []
            for selector in selectors:
                traffic.counted()
                times.append(page.evaluate(ANSWER, [selector, QUIET]))
                counts.append(traffic.counted())
            middle = [sorted(column)[len(column) // 2] for column in zip(*counts, strict=True)]
            return Answered(times[0], sorted(times)[len(times) // 2], *middle)
        finally:
            context.close()
            self._shut_down()

    def _shut_down(self) -> None:
        """Stop the kernel, so that the next run does not share the machine with it."""
        with urllib.request.urlopen(f"{self.address}/api/sessions", timeout=5) as answer:
            for session in json.load(answer):
                request = urllib.request.Request(f"{self.address}/api/sessions/{session['id']}", method="DELETE")
                urllib.request.urlopen(request, timeout=10).close()


def measure() -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        print("\nNot measured: the click in JupyterLab. No Chromium was found; `make bench` installs it on Debian.")
        return
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name,
        jupyterlab(Path(name)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        clicking = Clicking(browser, address, Path(name))
        ours, theirs = side_by_side(
            RUNS,
            lambda: clicking.run(ROOM, ["button.move:not([aria-disabled=true])"] * CLICKS),
            lambda: clicking.run(BOARD, ["button.jupyter-button"] * CLICKS),
        )
        browser.close()
    heading("From the click to the painted answer in JupyterLab", "the room", "24 stock widgets")
    for what, place, digits in [
        ("first click, ms", 0, 0),
        ("any click, ms", 1, 0),
        ("widget messages up", 2, 0),
        ("widget messages down", 3, 0),
        ("bytes on the websocket, both ways", 4, 0),
    ]:
        mine, other = ours[place], theirs[place]
        row(what, f"{mine:,.{digits}f}", f"{other:,.{digits}f}", f"{mine / other:.2f}×" if other else "")
