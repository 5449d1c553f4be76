"""The lessons: text and notebook agree, ids stay, a real kernel runs them, and what they cite exists."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from caucusroom import catalogue, read_journal
from caucusroom_course.lessons import MODULES, as_text, build
from nbclient import NotebookClient

SOURCES = sorted(MODULES.glob("*.md"))
WORDS_A_MINUTE = 200


def by_name(lesson: Path) -> str:
    return lesson.stem


def notebook_of(lesson: Path) -> Any:
    return json.loads(lesson.with_suffix(".ipynb").read_text(encoding="utf-8"))


def test_every_lesson_has_its_notebook_and_every_notebook_its_text() -> None:
    assert SOURCES
    assert {one.stem for one in SOURCES} == {one.stem for one in MODULES.glob("*.ipynb")}


@pytest.mark.parametrize("lesson", SOURCES, ids=by_name)
def test_text_and_notebook_agree(lesson: Path) -> None:
    built = as_text(build(lesson))
    assert lesson.with_suffix(".ipynb").read_text(encoding="utf-8") == built, "run `make lessons`"
    nbformat.validate(json.loads(built))


@pytest.mark.parametrize("lesson", SOURCES, ids=by_name)
def test_a_notebook_is_handed_out_clean(lesson: Path) -> None:
    notebook = notebook_of(lesson)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert 1 <= len(code) <= 2
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert all(cell["metadata"]["jupyter"]["source_hidden"] for cell in code), "no code bothers the student"
    assert all(cell["source"][0].startswith("# ") for cell in code), "what JupyterLab shows of a hidden cell"


def test_cell_ids_stay_while_words_change(tmp_path: Path) -> None:
    def ids(name: str, text: str) -> list[str]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return [cell["id"] for cell in build(tmp_path / name)["cells"]]

    first = ids("a.md", "# One\n\n\n## Two\n\n```python\n1\n```\n")
    assert len(set(first)) == 3
    assert ids("a.md", "# One\n\n\n## Two\n\n```python\n1\n```\n") == first
    assert ids("a.md", "# Other words\n\n\n## Two\n\n```python\n2\n```\n\nMore.\n")[:3] == first
    assert not set(ids("b.md", "# One\n\n\n## Two\n")) & set(first)


@pytest.mark.parametrize("lesson", SOURCES, ids=by_name)
def test_a_lesson_runs_in_a_kernel_and_shows_the_room(lesson: Path, tmp_path: Path) -> None:
    copy = shutil.copy2(lesson.with_suffix(".ipynb"), tmp_path)
    notebook = nbformat.read(copy, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [one for cell in notebook.cells if cell.cell_type == "code" for one in cell.outputs]
    assert [one.output_type for one in outputs] == ["execute_result"], "the room and nothing beside it"
    shown = outputs[0].data
    assert "application/vnd.jupyter.widget-view+json" in shown
    assert "The seventh week" in shown["text/html"]
    assert read_journal(tmp_path / "practice-labor-strike.jsonl").attempts[0].moves == ()


@pytest.mark.parametrize("lesson", SOURCES, ids=by_name)
def test_a_lesson_opens_with_time_objectives_and_questions(lesson: Path) -> None:
    opening = lesson.read_text(encoding="utf-8").split("\n\n\n")[0]
    for part in ("**Time:**", "**When you are through, you can**", "**Questions to keep in mind**"):
        assert part in opening


@pytest.mark.parametrize("lesson", SOURCES, ids=by_name)
def test_the_time_a_lesson_asks_for_is_enough_to_read_it(lesson: Path) -> None:
    text = lesson.read_text(encoding="utf-8")
    (minutes,) = map(int, re.findall(r"\*\*Time:\*\* (\d+) minutes to read", text))
    shown = re.sub(r"<!--.*?-->", "", text)
    assert len(re.findall(r"\w[\w'’-]*", shown)) <= minutes * WORDS_A_MINUTE


@pytest.mark.parametrize("lesson", SOURCES, ids=by_name)
def test_what_is_cited_is_in_the_catalogue_and_listed(lesson: Path) -> None:
    text, listed = lesson.read_text(encoding="utf-8").split("## Sources")
    cited, known = set(re.findall(r"`([SX]\d+)`", text)), set(catalogue().sources)
    assert cited and cited <= known
    assert set(re.findall(r"^- `([SX]\d+)`", listed, re.MULTILINE)) == cited


@pytest.mark.parametrize("lesson", SOURCES, ids=by_name)
def test_questions_can_be_opened(lesson: Path) -> None:
    text = lesson.read_text(encoding="utf-8")
    answers = re.findall(r"<details>\n<summary>(.+?)</summary>\n\n(.+?)\n\n</details>", text, re.DOTALL)
    assert len(answers) == text.count("<details") == 3
