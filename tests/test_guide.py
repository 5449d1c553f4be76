"""The instructor's guide keeps its promises: its commands are executed, one after another, as it gives them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.classroom import ASSIGNMENT, NOTEBOOK, QUIET, apart, play, run, skilled, write

GUIDE = (Path(__file__).parents[1] / "course" / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line, comments=True)
    for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]
ANSWERS = {"reflection-1-answer": "When their voices rose.", "reflection-2-answer": "It was theirs to show."}


def test_the_guide_leads_from_an_empty_folder_to_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, exchange = tmp_path, tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    monkeypatch.setenv("HOME", str(tmp_path))
    with apart(tmp_path):
        for program, *arguments in COMMANDS:
            if program == "cd":
                here = here / arguments[0]
                with (here / "nbgrader_config.py").open("a") as config:  # this machine has no exchange of its own
                    config.write(f'\nc.Exchange.root = "{exchange}"\n')
                continue
            done = subprocess.run(
                [Path(sys.executable).with_name(program), *arguments],
                cwd=here, env=os.environ | QUIET, capture_output=True, text=True, timeout=280, check=False,
            )  # fmt: skip
            assert done.returncode == 0, (program, arguments, done.stdout, done.stderr)
            if arguments[0] == "release_assignment":
                _a_student_plays(tmp_path / "ana", exchange)
    rows = (here / "marks.csv").read_text(encoding="utf-8")
    assert re.search(r"^ana,.*,(9\d|100)$", rows, re.MULTILINE)
    assert "ana" in (here / "report" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", ["administrator.sh", "instructor.sh"])
def test_the_lines_for_a_hub_are_those_of_the_hub_that_is_tested(script: str) -> None:
    lines = (Path(__file__).parent / "hub" / script).read_text(encoding="utf-8").splitlines()
    body = "\n".join(line for line in lines if not line.startswith("#")).strip()
    assert body in GUIDE


def _a_student_plays(home: Path, exchange: Path) -> None:
    home.mkdir()
    (home / "nbgrader_config.py").write_text(
        f'c = get_config()\nc.CourseDirectory.course_id = "mediation"\nc.Exchange.root = "{exchange}"\n'
        f'c.Exchange.cache = "{home / "cache"}"\nc.CourseDirectory.student_id = "ana"\n'
    )
    run(home, "fetch_assignment", ASSIGNMENT)
    play(home / ASSIGNMENT, "ana", skilled("ana"))
    write(home / ASSIGNMENT / NOTEBOOK, ANSWERS)
    run(home, "submit", ASSIGNMENT, "--CourseDirectory.student_id=ana")
