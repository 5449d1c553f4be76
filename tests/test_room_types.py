"""What desk and page give each other is a type that both sides keep, and what the room says stands in one place."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from caucusroom import Session, load
from caucusroom.words.en import REASONS
from caucusroom_widgets import Room
from caucusroom_widgets.desk import Desk, Mode, Page, Snapshot
from caucusroom_widgets.widget.room import transcript_html
from caucusroom_widgets.words import words

from tests.browser.types import PRODUCT, declarations, misfits
from tests.golden.plays import golden_plays
from tests.made_up import LANGUAGES, made_up, tables

ROOT = Path(__file__).parents[1]
BROWSER = ROOT / "tests" / "browser"
PACKAGE = ROOT / "widgets" / "caucusroom_widgets"
PUBLIC = ROOT / "course" / "caucusroom_course" / "public"
SCRIPT, STYLE = PACKAGE / "widget" / "room.js", PACKAGE / "widget" / "room.css"
PYTHON = [*sorted((PACKAGE / "desk").glob("*.py")), PACKAGE / "widget" / "room.py"]
MODES: tuple[Mode, ...] = ("guided", "assessment")
TWO_WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
KEYS_AND_TAGS = {"Home", "End", "Escape", "Tab", "BUTTON", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"}


# the types


def test_the_types_of_the_page_are_made_of_those_of_the_desk() -> None:
    assert PRODUCT.read_text(encoding="utf-8") == declarations(), "run `python -m tests.browser.types`"


def test_the_script_and_its_tests_keep_to_the_types(tsc: list[str]) -> None:
    run = subprocess.run([*tsc, "-p", "tests/browser"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout


def test_what_has_drifted_from_the_desk_is_found(tsc: list[str], tmp_path: Path) -> None:
    """As the tests of the script once had: `name` for `names`."""
    browser, widget = tmp_path / BROWSER.relative_to(ROOT), tmp_path / SCRIPT.parent.relative_to(ROOT)
    for scripts in (SCRIPT.parent, PUBLIC / "assets", PUBLIC / "demo", PUBLIC / "site" / "inside"):
        there = tmp_path / scripts.relative_to(ROOT)
        shutil.copytree(scripts, there, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    browser.mkdir(parents=True)
    (browser / "node_modules").symlink_to(BROWSER / "node_modules")
    for name in ("room.test.mjs", "tsconfig.json"):
        shutil.copy(BROWSER / name, browser)
    for file, sound, wrong in (
        (browser / "room.test.mjs", 'names: ["Summarize"]', 'name: "Summarize"'),
        (widget / "room.js", "clock.left)", "clock.rest)"),
        (widget / "room.js", 'say("saved")', 'say("safe")'),
        (widget / "room.js", "{ time: party.waiting }", "{ times: party.waiting }"),
        (widget / "room.js", "request({ back: kept })", "request({ back: true })"),
    ):
        text = file.read_text(encoding="utf-8")
        assert sound in text
        file.write_text(text.replace(sound, wrong, 1), encoding="utf-8")
    run = subprocess.run([*tsc, "-p", str(browser)], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    found = re.findall(r"([\w.]+)\(\d+,\d+\): error", run.stdout)
    assert sorted(found) == ["room.js"] * 4 + ["room.test.mjs"], run.stdout


@pytest.mark.parametrize("name", golden_plays())
def test_what_a_desk_shows_is_of_the_type(name: str) -> None:
    dispute, case, moves = golden_plays()[name]
    for mode in MODES:
        desk = Desk(Session(dispute, case=case), mode)
        shown = [desk.snapshot()]
        for number, move in enumerate(moves):
            if number % 5 == 1:
                shown.append(desk.answer({"id": f"h{number}", "seq": number, "hint": 1}))
            shown.append(desk.answer({"id": move, "seq": number, "move": move}))
        shown.append(desk.answer({"id": "e", "seq": len(moves), "earlier": True}))
        for what in ({"review": True}, {"back": 1}, {"nothing": None}):
            shown.append(desk.answer({"id": str(what), "seq": len(moves), **what}))
            assert desk.page is None or not list(misfits(desk.page, Page))
        assert [one for snapshot in shown for one in misfits(snapshot, Snapshot)] == []


def test_what_is_of_another_type_is_found() -> None:
    sound = Desk(Session("labor-strike", case="a")).snapshot()
    assert not list(misfits(sound, Snapshot))
    for wrong in ({"seq": True}, {"seq": None}, {"mode": "exam"}, {"more": 1}, {"hint": {"texts": [1], "left": 3}}):
        assert len(list(misfits(sound | wrong, Snapshot))) == 1, wrong
    assert len(list(misfits({key: value for key, value in sound.items() if key != "answer"}, Snapshot))) == 1


# the words


def literals(script: str) -> Iterator[str]:
    """The texts between quotes in a script without comments, with nothing for what is filled in."""
    for found in re.finditer(r'"((?:[^"\\\n]|\\.)*)"|`([^`]*)`', script):
        yield re.sub(r"\$\{[^}]*\}", "", found[1] if found[1] is not None else found[2])


def test_no_sentence_stands_in_the_script() -> None:
    code = re.sub(r"^\s*//.*$|(?<=\s)// .*$", "", str(Room._esm), flags=re.MULTILINE)
    code = re.sub(r"/\*.*?\*/", "", code, flags=re.DOTALL)
    classes = set(re.findall(r"\.([a-z-]+)", STYLE.read_text(encoding="utf-8")))
    spoken = [
        text
        for text in literals(code)
        if not text.startswith("<style>")
        and text not in KEYS_AND_TAGS
        and (re.search("[A-Z][a-z]", text) or (TWO_WORDS.search(text) and not set(text.split()) <= classes))
    ]
    assert spoken == []
    assert sum(1 for _ in literals(code)) > 300


@pytest.mark.parametrize("module", PYTHON, ids=lambda module: module.name)
def test_no_sentence_stands_in_the_desk(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    spoken = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents
        if TWO_WORDS.search(re.sub(r"<[^>]*(>|$)", "", node.value))
    ]
    assert spoken == []


def test_what_is_filled_in_is_named_and_nothing_else() -> None:
    """The page fills in names only: no format, no attribute, no place by number."""
    for key, template in words().PAGE.items():
        for text in [template] if isinstance(template, str) else template.values():
            for _, name, form, conversion in Formatter().parse(text):
                assert name is None or (name.isidentifier() and not form and not conversion), key


def test_each_list_of_moves_has_a_key_of_its_own_that_stands_in_its_name() -> None:
    page, groups = words().PAGE, words().GROUPS
    keys = [page[f"key.{group}"] for group in ("now", *groups)]
    assert len(set(keys)) == len(keys) == 9
    for key, name in zip(keys, (page["choice.now"], *groups.values()), strict=True):
        assert key == str(name)[0].lower(), "the first letter is underlined"


def test_nothing_of_the_desk_keeps_its_english_in_another_language(monkeypatch: pytest.MonkeyPatch) -> None:
    english = [text for table in tables(words()) for text in table]
    monkeypatch.setitem(LANGUAGES, "en", made_up())
    fragments = {part for text in english for part in re.split(r"\{[^}]*\}", text) if TWO_WORDS.search(part)}
    assert len(fragments) > 60
    shown = ""
    for dispute, case, moves in golden_plays().values():
        told = load(dispute)
        own = json.dumps([line.say for line in told.lines] + [one.text for one in told.facts] + [*REASONS.values()])
        own += str(told.catalogue.cues) + told.case(case).truth.truth
        fragments -= {part for part in fragments if part in own}
        desk = Desk(Session(dispute, case=case))
        for number, move in enumerate(moves):
            shown += json.dumps(desk.answer({"id": move, "seq": number, "move": move}), ensure_ascii=False)
        shown += json.dumps(desk.answer({}), ensure_ascii=False) + transcript_html(desk.snapshot(earlier=True))
    assert [part for part in sorted(fragments) if part in shown] == []
    assert sum(part.upper() in shown for part in fragments) > 20
