"""A class that uses the static site: graded work without an installation, and journals read by whoever teaches."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from caucusroom import Session, load, read_journal
from caucusroom.record.sheet import Sheet
from caucusroom_grading import judge
from caucusroom_grading.strategies import chair
from caucusroom_grading.strategies.adaptive import adaptive
from caucusroom_grading.strategies.shortcuts import reciting
from caucusroom_grading.strategies.thumbs import nice, random_legal
from playwright.sync_api import Browser, Page, expect

from tests.classroom import ASSIGNMENT, JOURNAL, NOTEBOOK, Classroom, apart, skilled
from tests.golden.plays import golden_plays
from tests.gradebooks import rows, url
from tests.site import (
    ENVIRONMENT,
    JUDGE,
    WORK,
    choose,
    command,
    download,
    kept,
    make,
    ready,
    settled,
    watched,
)  # fmt: skip
from tests.static_server import Site, serving

STUDENT = "ana"
ANSWERS = ("When <b>they</b> rose:\n\n5 < 6, \\ and “so” to Łódź.", "Theirs.")
MANY = 200 if os.environ.get("CAUCUSROOM_THOROUGH") else 24


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(make(tmp_path_factory.mktemp("site") / "public")) as site:
        yield site


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    with watched(context, site):
        yield context.new_page()
        context.close()


def sit_down(page: Page, site: Site, name: str) -> None:
    page.goto(site.address + WORK)
    page.locator("#name").fill(name)
    page.get_by_role("button", name="Sit down").click()
    ready(page)


def note(page: Page, place: int, side: str) -> None:
    """Write down some cause for the side at this place."""
    page.locator(f"[data-key='fold thought {side}']").click()
    page.locator(".thought").nth(place).get_by_role("checkbox").first.check()
    page.locator(f"[data-key='note {side}']").click()
    settled(page)


def answer(page: Page, place: int, text: str) -> None:
    """Answer a question, and wait until that is kept."""
    page.locator("textarea").nth(place).fill(text)
    expect(page.locator("#answers-kept")).not_to_be_empty()


def test_graded_work_from_the_name_to_the_gradebook(page: Page, site: Site, tmp_path: Path) -> None:
    sit_down(page, site, STUDENT)
    *line, end = skilled(STUDENT)
    for count, move in enumerate(line):
        choose(page, move)
        if count == 2:  # the laptop is closed, and the answers are begun before the end
            answer(page, 0, ANSWERS[0])
            page.get_by_role("button", name="What is missing?").click()
            expect(page.locator("#missing")).to_contain_text("The end of the mediation: it goes on after decision 3")
            expect(page.locator("#missing")).to_contain_text("Your answer to question 2")
            sit_down(page, site, f"  {STUDENT.upper()}  ")
            expect(page.locator("textarea").first).to_have_value(ANSWERS[0])
    for place, party in enumerate(load(ASSIGNMENT).parties):
        note(page, place, party.id)
    choose(page, end)
    expect(page.locator(".ending")).to_be_visible()
    answer(page, 1, ANSWERS[1])
    page.get_by_role("button", name="What is missing?").click()
    expect(page.locator("#missing")).to_have_text("Nothing is missing: the mediation is over, and every question is "
                                                  "answered. You can hand in both files.")  # fmt: skip
    with apart(tmp_path):
        room = Classroom(tmp_path / "class")
        room.instructor("generate_assignment", ASSIGNMENT)
        handed_in = room.submitted(STUDENT)
        handed_in.mkdir(parents=True)
        for name in (JOURNAL, NOTEBOOK):
            assert download(page, name, handed_in).name == name
        graded = command("grade", ASSIGNMENT, "--course", str(room.folder))
        done = subprocess.run(graded, capture_output=True, text=True, check=False, env=ENVIRONMENT)
        assert done.returncode == 0, done.stderr
        assert "look" not in done.stdout
        judged = command("judge", str(handed_in / JOURNAL), "--json")
        report = json.loads(subprocess.run(judged, capture_output=True, check=True, env=ENVIRONMENT).stdout)
        points = {row[3 - 1]: row[4] for row in rows(url(room.folder))["grade"] if row[4] is not None}
        assert {one["id"]: one["points"] for one in report["criteria"]}.items() <= points.items()
        assert sum(points.values()) == report["total"] >= 88
        autograded = json.loads((room.folder / "autograded" / STUDENT / ASSIGNMENT / NOTEBOOK).read_text())
        text = ["".join(cell["source"]) for cell in autograded["cells"]]
        assert all(any(part in one for one in text) for part in ("Łódź", "Theirs."))
        assert autograded["metadata"]["caucusroom"]["notes"] == []


def test_two_students_at_one_browser_have_work_of_their_own(page: Page, site: Site) -> None:
    sit_down(page, site, "ben")
    choose(page, "open_session")
    answer(page, 0, "Ben's.")
    sit_down(page, site, "cleo")
    expect(page.locator("textarea").first).to_have_value("")
    choose(page, "premeeting labor")
    texts = {key.partition("#")[2]: text for key, text in kept(page).items()}
    assert "open_session" in texts["ben"] and "premeeting" in texts["cleo"] and "Ben's." in texts["ben\nanswers"]
    page.locator("#continue").set_input_files({"name": "x.jsonl", "mimeType": "", "buffer": texts["ben"].encode()})
    page.locator("#asks").get_by_role("button", name="Go ahead").click()
    expect(page.locator("#trouble")).to_contain_text("another player (ben)")
    sit_down(page, site, "ben")
    expect(page.locator("textarea").first).to_have_value("Ben's.")


# journals


def journals(count: int) -> Iterator[tuple[str, bytes]]:
    """Journals of every kind, by name: played well, fairly, badly; torn, altered, forged; and what is none at all."""
    random = Random(count)
    dispute = load(ASSIGNMENT)
    walks = [(case, list(moves)) for _, case, moves in golden_plays().values()]
    whole: list[bytes] = []
    for number in range(count // 2):
        case, moves = random.choice(walks)
        if number % 3:
            case = ""
        session = Session(dispute, case or None, journal=(sheet := Sheet()), player=f"player {number}")
        if not case:
            player = (adaptive, reciting, nice, random_legal)[number % 4]
            moves = list(chair.play(dispute.case(session.case), player, random, moves))
        for move in moves[: random.choice((None, None, None, len(moves) // 2, 1, 0))]:
            session.play(move)
        whole.append(sheet.text.encode())
        yield f"played-{number}.jsonl", whole[-1]
    odd = [b"", b"\n", b"{}", b"\x00" * 50, b"\xef\xbb\xbf", b"[" * 7_900, b'{"caucusroom": ' + b"[" * 7_900 + b"\n"]
    odd += [b'{"caucusroom": 99, "dispute": "x"}\n', "{“}".encode(), whole[0].replace(b"\n", b"\r\n")]
    for number in range(count - count // 2):
        data = bytearray(random.choice(whole))
        match number % 5:
            case 0:
                del data[random.randrange(len(data)) :]
            case 1:
                data[random.randrange(len(data))] = random.randrange(256)
            case 2:
                lines = bytes(data).splitlines(keepends=True)
                lines.insert(random.randrange(len(lines)), random.choice(lines))
                data = bytearray(b"".join(lines))
            case 3:
                at = random.randrange(len(data))
                data[at:at] = random.choice(odd)
            case _:
                data = bytearray(odd[number // 5 % len(odd)])
        yield f"odd-{number}.jsonl", bytes(data)


def judged_here(file: Path) -> str:
    """The report, or the sentence that says why there is none."""
    try:
        return judge(read_journal(file)).as_json()
    except ValueError as error:
        return str(error)


def test_journals_are_judged_as_here_to_the_byte(
    page: Page, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page.goto(site.address + JUDGE)
    script = next(one.path for one in site.served if one.path.endswith("/python.js"))
    page.evaluate("async (script) => { window.python = await (await import(script)).start(); }", site.address + script)
    found: dict[bool, int] = {True: 0, False: 0}
    for name, data in journals(MANY):
        Path(name).write_bytes(data)
        here = judged_here(Path(name))
        there: Any = page.evaluate(
            """([name, bytes]) => window.python.judge(name, new Uint8Array(bytes))
                 .then((judged) => judged.report, (error) => error.message)""",
            [name, list(data)],
        )
        assert there == here, name
        found[here.startswith("{")] += 1
    print(found)
    assert min(found.values()) >= MANY // 8


def test_whoever_teaches_drops_journals_and_reads_the_reviews(page: Page, site: Site, tmp_path: Path) -> None:
    chosen = []
    for number, (name, data) in enumerate(journals(8)):
        (tmp_path / name).write_bytes(data)
        chosen.append(tmp_path / name)
        if number == 3:
            break
    (tmp_path / "photo.jsonl").write_bytes(b"\x89PNG")
    (tmp_path / "long.jsonl").write_bytes(b" " * 300_000)
    page.goto(site.address + JUDGE)
    page.locator("#files").set_input_files([*chosen, tmp_path / "photo.jsonl", tmp_path / "long.jsonl"])
    table = page.locator("#rows tr")
    expect(table).to_have_count(6, timeout=120_000)
    expect(table.nth(4)).to_contain_text("photo.jsonl is not a caucusroom journal")
    expect(table.nth(5)).to_contain_text("300 kB are more")
    table.nth(0).get_by_role("button", name="Review").click()
    expect(page.get_by_role("heading", name="The nine criteria")).to_be_visible()
    saved = download(page, f"Save as JSON: {chosen[0].name}", tmp_path)
    assert saved.read_text(encoding="utf-8") == judged_here(chosen[0])
    whole = download(page, f"Save as a page: {chosen[0].name}", tmp_path)
    assert whole.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
