"""A mediation is played, judged, handed in and graded by a Python that has nothing but itself, a browser's too."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import caucusroom_course
import caucusroom_grading
import caucusroom_widgets
import pytest
from caucusroom_grading.handin.notebook import MARK_SCHEME

from tests.bare.whole import NOTEBOOK, whole
from tests.classroom import ASSIGNMENT, JOURNAL, drawn, edit, play, skilled, write
from tests.conftest import require
from tests.test_determinism import like_a_wheel
from tests.wheel import ROOT

HERE = Path(__file__).parent / "bare"
PYODIDE = ROOT / "tests" / "browser" / "node_modules" / "pyodide"
SOURCE = ROOT / "course" / "nbgrader" / "source" / ASSIGNMENT / NOTEBOOK
FOLDERS = [str(ROOT / folder) for folder in ("scenarios", "widgets", "grading", "course")]
PLAYER = "ana"
ANSWERS = {"reflection-1-answer": "When their voices <i>rose</i>: 5 < 6.", "reflection-2-answer": "It was theirs."}

NEEDS_MORE = {
    "caucusroom.authoring": "pydantic and PyYAML: to read what authors write",
    "caucusroom_grading.nbgrader": "nbgrader: what of grading is done within it",
    "caucusroom_widgets.widget": "anywidget: the room in Jupyter",
}
"""What of the engine, the desk and grading needs more than Python. Of the course only what is named below does not."""
OF_THE_COURSE = ("caucusroom_course.classroom.paper", "caucusroom_course.classroom.alike")


def hand_in(folder: Path) -> Path:
    """Work as nbgrader collects it, beside the notebook from which it was made."""
    folder.mkdir(parents=True)
    shutil.copy(SOURCE, folder / "source.ipynb")
    shutil.copy(SOURCE, folder / NOTEBOOK)
    edit(folder / NOTEBOOK, hand_out)
    write(folder / NOTEBOOK, ANSWERS)
    play(folder, PLAYER, skilled(PLAYER))
    assert (folder / JOURNAL).exists()
    return folder


def hand_out(cells: list[dict[str, Any]]) -> None:
    for cell in cells:
        cell["source"] = MARK_SCHEME.sub("", "".join(cell["source"]))


def asked(folder: str) -> list[Any]:
    return [ASSIGNMENT, drawn(PLAYER), list(skilled(PLAYER)), PLAYER, folder]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What this Python, with all that is installed, makes of it."""
    return json.loads(json.dumps(whole(*asked(str(hand_in(tmp_path_factory.mktemp("here") / "work"))))))


def same(made: Any, here: Any) -> None:
    """Equal to the byte, the report first, for it is what counts."""
    assert made["report"] == here["report"]
    for part in here:
        assert json.dumps(made[part]) == json.dumps(here[part]), part


def test_what_is_compared_is_a_whole_mediation(here: Any) -> None:
    assert len(here["shown"]) > 20 and here["shown"][-1]["outcome"]
    assert json.loads(here["report"])["total"] == sum(here["graded"]["points"].values()) >= 88
    assert here["graded"]["notes"] == []
    assert "theirs" in json.dumps(here["graded"]["notebook"]) and "voices" in json.dumps(here["graded"]["notebook"])


def test_it_needs_nothing_but_python(here: Any, tmp_path: Path) -> None:
    work = hand_in(tmp_path / "work")
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(HERE / "whole.py"), *FOLDERS], input=json.dumps(asked(str(work))),
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert made["foreign"] == []
    same(made, here)


def modules() -> Iterator[str]:
    """All that is to work without anything installed."""
    for folder in FOLDERS[:3]:
        for path in sorted(Path(folder).rglob("*.py")):
            name = ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")
            if not any(name == more or name.startswith(f"{more}.") for more in NEEDS_MORE):
                yield name
    yield from OF_THE_COURSE


def test_every_module_of_playing_judging_and_reading_loads_the_standard_library_only() -> None:
    wanted = list(modules())
    assert {"caucusroom_widgets.desk", "caucusroom_grading.judging.judge", "caucusroom_grading.handin.submission"} <= {
        *wanted
    }
    code = (
        f"import importlib, sys\nsys.path[:0] = {[*FOLDERS, str(HERE)]!r}\nfrom whole import foreign\n"
        f"for name in {wanted!r}:\n    importlib.import_module(name)\n    assert not foreign(), (name, foreign())\n"
    )
    ran = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("package", NEEDS_MORE)
def test_what_is_said_to_need_more_does(package: str) -> None:
    """Else the list above would hide what it need not."""
    code = f"import sys, pkgutil, importlib\nsys.path[:0] = {FOLDERS!r}\n" + (
        f"import {package} as package\n"
        "for one in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "    importlib.import_module(one.name)\n"
    )
    ran = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode and "ModuleNotFoundError" in ran.stderr


def test_pyodide_plays_judges_and_grades_to_the_byte(here: Any, tmp_path: Path, node: str) -> None:
    """Python compiled for the browser, from its npm package, which asks nothing of the network."""
    require(str(PYODIDE) if PYODIDE.exists() else None, "Pyodide is not installed: run `make test`, which needs npm.")
    packages = tmp_path / "packages"
    packages.mkdir()
    like_a_wheel(packages)
    for package in (caucusroom_grading, caucusroom_widgets, caucusroom_course):
        folder = Path(package.__file__ or "").parent
        shutil.copytree(folder, packages / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HERE / "whole.py", tmp_path)
    hand_in(tmp_path / "work")
    done = subprocess.run(
        [node, str(HERE / "pyodide.mjs"), str(tmp_path)], input=json.dumps(asked("/work/work")),
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert made["platform"] == "emscripten"
    same(made, here)
