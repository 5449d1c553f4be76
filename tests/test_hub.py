"""Graded work on a JupyterHub in a real browser: handed out, played by clicking, handed in, graded and given back.

The users are users of this machine, the Hub is set up by the lines of the instructor's guide (hub/), and whatever is
done here is done by the buttons that nbgrader has for it. With CAUCUSROOM_SHOTS=FOLDER in the environment the pictures
of the guide are taken into that folder.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from caucusroom import Move, Transcript, read_journal
from caucusroom_grading import Report, judge
from caucusroom_grading.strategies import thumbs
from playwright.sync_api import Browser, Locator, Page, expect

from tests.classroom import ASSIGNMENT, JOURNAL, NOTEBOOK, played_by, skilled
from tests.conftest import PATIENCE, require
from tests.test_lab import click_move, room_in, run_all_by_menu
from tests.wheel import build_wheel

HERE = Path(__file__).parent
ROOT = HERE.parent
PROXY = HERE / "browser" / "node_modules" / ".bin" / "configurable-http-proxy"
INSTRUCTOR, SKILLED, PRESSING = "caucus-ines", "caucus-ana", "caucus-ben"
ANSWERS = (
    "I closed the door on the union first, once voices rose, and told the company how long it would be.",
    "They told me about a letter. It was theirs to show, so I asked whether I might, and in which words.",
)
BY_HAND = {SKILLED: (9.0, 8.0), PRESSING: (4.0, 3.5)}
REMARK = "You saw what the waiting cost."
SHOTS = os.environ.get("CAUCUSROOM_SHOTS")
PROGRAMS = f"{os.environ['PATH']}:/usr/sbin:/sbin"
"""Where programs are, those that make users too."""

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Each of three users has a server to start, on a machine that may have other things to do."""
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=PATIENCE)


def as_root() -> list[str]:
    """What to write before a command so that it is run as root."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    may = sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
    return [require(sudo if may else None, "A Hub's users are users of this machine: to make them takes root."), "-n"]


def free_ports(count: int) -> list[int]:
    open_ones = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in open_ones]
    for one in open_ones:
        one.close()
    return ports


class Hub(NamedTuple):
    """A running JupyterHub and the browser that its users sit at."""

    address: str
    browser: Browser

    def log_in(self, name: str) -> Page:
        """Somebody's JupyterLab in a browser of their own."""
        page = self.browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(self.address)
        page.get_by_label("Username:").fill(name)
        page.get_by_label("Password:").fill("as good as any")
        page.get_by_role("button", name="Sign in").click()
        expect(page.locator(".jp-DirListing")).to_be_visible(timeout=120_000)
        return page

    def journal(self, page: Page, name: str, folder: Path) -> Transcript:
        """What lies in a student's folder, which nobody else can read."""
        answer = page.request.get(f"{self.address}/user/{name}/api/contents/{ASSIGNMENT}/{JOURNAL}")
        assert answer.ok, answer.text()
        copy = folder / f"{name}.jsonl"
        copy.write_text(answer.json()["content"], encoding="utf-8")
        return read_journal(copy)


@pytest.fixture(scope="module")
def hub(browser: Browser, node: str) -> Iterator[Hub]:
    """A Hub in an environment that all users can read, wherever this checkout and its Python are."""
    root = as_root()
    require(shutil.which("useradd", path=PROGRAMS), "A Hub's users are made with useradd, which is not installed.")
    require(
        str(PROXY) if PROXY.exists() else None, "The Hub's proxy is not installed: run `make test`, which needs npm."
    )
    folder = Path(tempfile.mkdtemp(prefix="caucusroom-hub-"))
    try:
        folder.chmod(0o755)
        install(folder)
        with serving(folder, root) as address:
            yield Hub(address, browser)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def serving(folder: Path, root: Sequence[str]) -> Iterator[str]:
    """The Hub's address, while it runs."""
    port, inner, api = free_ports(3)
    address = f"http://127.0.0.1:{port}"
    settings = {
        "PATH": PROGRAMS,
        "HUB_FOLDER": str(folder),
        "HUB_USERS": f"{INSTRUCTOR} {SKILLED} {PRESSING}",
        "HUB_INSTRUCTOR": INSTRUCTOR,
        "HUB_ADDRESS": address,
        "HUB_PORT": str(inner),
        "HUB_PROXY": str(PROXY),
        "HUB_PROXY_API": f"http://127.0.0.1:{api}",
    }
    environment = ["env", "-i", *(f"{name}={value}" for name, value in settings.items())]
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen(
            [*root, *environment, "sh", HERE / "hub" / "serve.sh"], stdin=subprocess.PIPE, stdout=log, stderr=log
        )
        assert server.stdin
        try:
            deadline = time.monotonic() + 120
            while not answers(f"{address}/hub/login"):
                failed = server.poll() is not None or time.monotonic() > deadline
                assert not failed, log.seek(0) or log.read()
                time.sleep(0.3)
            yield address
        finally:
            server.stdin.close()  # which ends it, and leaves nothing behind
            assert server.wait(60) == 0, log.seek(0) or log.read()


def install(folder: Path) -> None:
    """JupyterHub, nbgrader and a wheel of this checkout, in an environment of the system's own Python."""
    uv, env = Path(sys.executable).with_name("uv"), folder / "env"
    pins = ROOT / "constraints" / "hub.txt"
    python = env / "bin" / "python"
    for command in (
        ["venv", "--python", readable_python(), str(env)],
        ["pip", "sync", "--python", python, "--require-hashes", "--only-binary", ":all:", "--compile-bytecode", pins],
        ["pip", "install", "--python", python, "--no-deps", build_wheel(folder)],
    ):
        done = subprocess.run([uv, *command, "--quiet"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def readable_python() -> str:
    """A Python that users other than this one can run: this one's may lie in a home."""
    mine = Path(sys.base_prefix).resolve()
    if all(folder.stat().st_mode & 0o001 for folder in (mine, *mine.parents)):
        return sys.executable
    return require(shutil.which("python3", path="/usr/local/bin:/usr/bin"), "No Python that every user can run.")


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except (urllib.error.URLError, OSError):
        return False
    return True


def photograph(page: Page, name: str) -> None:
    if SHOTS:
        page.wait_for_timeout(500)  # what moves has come to rest
        page.screenshot(path=Path(SHOTS) / f"hub-{name}.png")


def test_graded_work_on_a_hub(hub: Hub, tmp_path: Path) -> None:
    """A skilled student and one who presses: the points that they read in the end are those of `judge` and by hand."""
    plays = {SKILLED: skilled(SKILLED), PRESSING: played_by(thumbs.skilled_but_presses, PRESSING)}
    formgrader = open_formgrader(hub)
    hand_out(formgrader)
    pages, reports = {}, {}
    for student, moves in plays.items():
        page = pages[student] = hub.log_in(student)
        fetch(page)
        open_notebook(page)
        play(page, student, moves)
        answer_questions(page, student)
        submit(page, student)
        transcript = hub.journal(page, student, tmp_path)
        assert transcript.header.player == student
        assert transcript.attempts[-1].moves == tuple(moves)
        reports[student] = judge(transcript)
    assert (reports[SKILLED].total or 0) > (reports[PRESSING].total or 0)
    collect_and_autograde(formgrader, len(plays))
    grade_by_hand(hub, formgrader, reports)
    give_back(formgrader)
    for student, page in pages.items():
        read_feedback(page, student, reports[student])


# What the instructor does


def open_formgrader(hub: Hub) -> Page:
    """In a browser's tab of its own: a Hub lets no page be shown inside another."""
    page = hub.log_in(INSTRUCTOR)
    page.goto(f"{hub.address}/user/{INSTRUCTOR}/formgrader")
    expect(row_of_assignment(page)).to_be_visible()
    return page


def row_of_assignment(page: Page) -> Locator:
    return page.get_by_role("row").filter(has_text=ASSIGNMENT)


def press(page: Page, column: str) -> None:
    """Press an assignment's button in Formgrader, and read that it was done."""
    row_of_assignment(page).locator(f".{column} a").first.click()
    said = page.locator(".modal.in")
    expect(said).to_contain_text("Success", timeout=60_000)
    said.get_by_role("button", name="Close").last.click()
    expect(said).to_have_count(0)


def hand_out(page: Page) -> None:
    press(page, "assign")
    press(page, "release")
    expect(row_of_assignment(page)).to_contain_text("released")
    photograph(page, "formgrader")


def collect_and_autograde(page: Page, count: int) -> None:
    page.reload()
    press(page, "collect")
    submissions = row_of_assignment(page).locator(".num-submissions a")
    expect(submissions).to_have_text(str(count))
    submissions.click()
    for student in (SKILLED, PRESSING):
        row = page.get_by_role("row").filter(has_text=student)
        expect(row).to_contain_text("needs autograding")
        row.locator(".autograde a").click()
        said = page.locator(".modal.in")
        expect(said).to_contain_text("Successfully autograded", timeout=60_000)
        said.get_by_role("button", name="Close").last.click()
        expect(said).to_have_count(0)
        expect(row).to_contain_text("needs manual grading")
    photograph(page, "submissions")


def grade_by_hand(hub: Hub, page: Page, reports: Mapping[str, Report]) -> None:
    """Points for the two answers, beside those that the judge gave, and a remark on the first."""
    formgrader = f"{hub.address}/user/{INSTRUCTOR}/formgrader"
    page.get_by_role("link", name="Manual Grading").click()
    page.get_by_role("link", name=ASSIGNMENT, exact=True).click()
    page.get_by_role("link", name=ASSIGNMENT, exact=True).last.click()
    page.get_by_role("link", name="Submission #1").click()
    listed = page.request.get(f"{formgrader}/api/submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}").json()
    assert {one["student"] for one in listed} == reports.keys()
    for one in listed:
        student, report = one["student"], reports[one["student"]]
        page.goto(f"{formgrader}/submissions/{one['id']}/")
        expect(page.locator(".caucusroom-review").first).to_contain_text(f"{report.total} of 100")
        for score in report.criteria:
            expect(page.locator(f"#{score.id}")).to_have_attribute("placeholder", str(score.points))
        for number, (answer, points) in enumerate(zip(ANSWERS, BY_HAND[student], strict=True), 1):
            cell = page.locator(".nbgrader_cell", has=page.locator(f"#reflection-{number}-answer"))
            expect(cell).to_contain_text(answer)
            with page.expect_response(lambda answer: "/api/grade/" in answer.url and answer.request.method == "PUT"):
                cell.locator(".score").fill(str(points))
                cell.locator(".score").press("Tab")
        with page.expect_response(lambda answer: "/api/comment/" in answer.url and answer.request.method == "PUT"):
            page.locator("#reflection-1-answer-comment").fill(REMARK)
            page.locator("#reflection-1-answer-comment").press("Tab")
        photograph(page, "manual-grading")


def give_back(page: Page) -> None:
    page.get_by_role("link", name="Manual Grading").click()
    page.get_by_role("link", name="Manage Assignments").click()
    press(page, "generate-feedback")
    press(page, "release-feedback")


# What a student does


def from_menu(page: Page, menu: str, item: str) -> None:
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True).click()


def fetch(page: Page) -> None:
    from_menu(page, "Nbgrader", "Assignment List")
    page.get_by_role("button", name="Fetch", exact=True).click()
    expect(page.get_by_role("button", name="Submit", exact=True)).to_be_visible(timeout=30_000)


def open_notebook(page: Page) -> None:
    page.locator(".jp-DirListing-item").filter(has_text=ASSIGNMENT).dblclick()
    page.locator(".jp-DirListing-item").filter(has_text=NOTEBOOK).dblclick()
    expect(page.locator(".jp-Notebook")).to_contain_text("The seventh week", timeout=30_000)
    expect(page.locator(".jp-NotebookPanel-toolbar")).to_contain_text("Python 3")
    page.wait_for_function("document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'")


def play(page: Page, student: str, moves: Sequence[str]) -> None:
    run_all_by_menu(page)
    room = room_in(page)
    for number, move in enumerate(moves):
        if number == 6:
            photograph(page, "room")
        if number == len(moves) - 1:
            for thought in room.locator(".thought").all():  # asked for before the end
                thought.locator("summary").click()
                thought.get_by_role("checkbox", name="Fear").check()
                thought.get_by_role("button", name="Write it down").click()
                expect(thought.locator("p").first).to_contain_text(": Fear")
        click_move(page, Move.of(move))
    expect(room.locator(".ending")).to_be_visible()
    photograph(page, "ending")


def answer_questions(page: Page, student: str) -> None:
    """As the notebook asks for it: look what is missing, write, save, look again."""
    for cell in page.locator(".jp-Cell").all():  # which JupyterLab draws when one comes to them
        cell.evaluate("cell => cell.scrollIntoView()")
        expect(cell).to_contain_text(re.compile(r"\S"))
    check = page.locator(".jp-Cell").filter(has_text="# What is missing")
    run_cell(page, check)
    expect(check).to_contain_text("2 things are missing.")
    expect(check).to_contain_text("Your answer to question 2: there is none")
    for answer in ANSWERS:
        line = page.locator(".jp-MarkdownOutput > p").get_by_text("YOUR ANSWER HERE", exact=True).first
        line.evaluate("line => line.scrollIntoView({block: 'center'})")
        line.click()
        page.keyboard.press("Enter")
        expect(page.locator(".jp-Cell.jp-mod-active .cm-content")).to_be_focused()
        page.keyboard.press("Control+a")
        page.keyboard.type(answer)
        page.keyboard.press("Shift+Enter")
        expect(page.locator(".jp-MarkdownOutput").get_by_text(answer)).to_be_visible()
    from_menu(page, "File", "Save Notebook")
    run_cell(page, check)
    expect(check).to_contain_text("Nothing is missing")
    photograph(page, "answers")
    from_menu(page, "File", "Save Notebook")


def run_cell(page: Page, cell: Locator) -> None:
    cell.evaluate("cell => cell.scrollIntoView({block: 'center'})")
    cell.locator(".jp-OutputArea").click()
    from_menu(page, "Run", "Run Selected Cell")


def submit(page: Page, student: str) -> None:
    page.get_by_role("tab", name="Assignments").click()
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("button", name="Fetch Feedback")).to_be_visible(timeout=30_000)
    photograph(page, "assignment-list")


def read_feedback(page: Page, student: str, report: Report) -> None:
    page.locator(".fa-refresh").click()
    page.get_by_role("button", name="Fetch Feedback").click()
    page.get_by_text("(view feedback)").click()
    page.locator(".jp-DirListing-item").filter(has_text=f"{ASSIGNMENT}.html").dblclick()
    feedback = page.frame_locator(".jp-HTMLViewer iframe").locator("body")
    expect(feedback.locator("header").first).to_contain_text(
        f"{(report.total or 0) + sum(BY_HAND[student]):g} of 120 points"
    )
    photograph(page, "feedback")
    for score in report.criteria:
        row = feedback.get_by_role("listitem").filter(has=page.get_by_text(f"{score.number}. {score.name}"))
        expect(row.first).to_contain_text(f"{score.points} of {score.weight}")
        for one in score.occasions:
            if one.earned < one.weight:
                expect(row.first).to_contain_text(one.text)
    for points in BY_HAND[student]:
        expect(feedback.locator(".answer", has_text=f"{points:g} of 10")).to_have_count(1)
    expect(feedback).to_contain_text(REMARK)
    expect(feedback).not_to_contain_text("MARK SCHEME")
    expect(feedback.locator(".caucusroom-review")).to_have_count(2)
