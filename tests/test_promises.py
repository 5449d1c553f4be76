"""What the papers promise is so: the README's examples run, its commands exist, its pictures are there."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from caucusroom import Session, catalogue

from tests.site import CACHE

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "grading/README.md")


def test_the_examples_in_the_readme_run() -> None:
    results = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert results.attempted >= 8 and not results.failed


COMMANDS = re.findall(r"^(caucusroom .+?)\s*(?:#|$)", README, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_readme_does_what_it_says(command: str, tmp_path: Path) -> None:
    with Session("labor-strike", journal=tmp_path / "strike.jsonl").journal as journal:
        journal.record("open_session")
    program, *arguments = shlex.split(command)
    cache = {"XDG_CACHE_HOME": str(CACHE)} if arguments[0] == "site" else {}
    done = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        cwd=tmp_path,
        env=os.environ | cache,
        input="quit\n",
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_every_make_target_the_papers_speak_of_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    papers = "".join((ROOT / paper).read_text(encoding="utf-8") for paper in PAPERS)
    spoken = set(re.findall(r"`make ([a-z]+)", papers))
    assert {"test", "lint", "bench", "help", "lessons"} <= spoken <= targets


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_the_papers_point_to_is_there(paper: str) -> None:
    text = (ROOT / paper).read_text(encoding="utf-8")
    linked = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    named = re.findall(r"`((?:scenarios|tests|widgets|modules|grading|course)/[\w./-]+\.\w+)`", text)
    assert not [path for path in (*linked, *named) if "NN-" not in path and not (ROOT / path).exists()]


def test_the_numbers_in_the_readme_are_those_of_the_curriculum() -> None:
    techniques = [one for one in catalogue().techniques.values() if one.kind == "technique"]
    assert (len(catalogue().causes), len(techniques)) == (20, 32)
    assert "twenty causes" in README and "thirty-two\ntechniques" in README
