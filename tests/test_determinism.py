"""The same moves give the same mediation: today and tomorrow, on every Python, in every process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from caucusroom import Session
from caucusroom.library import PACKAGE

from tests.conftest import require
from tests.golden import editions
from tests.golden.plays import FOLDER, Play, golden_plays
from tests.golden.written import written
from tests.plays import CASES, RASH, THOROUGH, random_play

GOLDEN = golden_plays()
OLDEST = (3, 11)


def some_plays() -> list[Play]:
    """The golden plays and random ones."""
    plays = list(GOLDEN.values())
    for number in range(8 * len(CASES)):
        case = CASES[number % len(CASES)]
        line = [str(step.move) for step in random_play(case, Random(number), RASH)]
        plays.append((case.dispute.id, case.id, line))
    return plays


@pytest.mark.parametrize("name", GOLDEN)
def test_a_golden_play_goes_as_it_went(name: str) -> None:
    path = FOLDER / name
    assert path.exists(), f"{name} is missing: write it with python -m tests.golden"
    assert "\n".join(written(*GOLDEN[name])) + "\n" == path.read_text(encoding="utf-8"), (
        "Not as it was. If that is meant: python -m tests.golden, and read the differences."
    )


def test_no_rule_changes_without_a_new_edition() -> None:
    """Journals and marks say under which edition they were made: that must mean something."""
    now, record = editions.present(), editions.recorded()
    assert editions.renewed(record, now) == record, "python -m tests.golden records what is new"
    for kind, (edition, raised) in editions.KINDS.items():
        name, hashes = next(iter(now[kind].items()))
        changed = {**now, kind: {**now[kind], name: f"{hashes.split()[0]} another"}}
        with pytest.raises(ValueError, match=f"{name} goes otherwise than edition {edition} .*: raise") as refusal:
            editions.renewed(record, changed)
        assert raised in str(refusal.value)
        longer = {**now, kind: {**now[kind], name: "other-moves another"}}
        assert editions.renewed(record, longer)[kind][edition][name] == "other-moves another"


def test_a_mended_comma_is_no_new_edition() -> None:
    lines = list(written(*next(iter(GOLDEN.values()))))
    happened = editions.happened(lines)
    assert 60 < len(happened) < len(lines)
    assert not [line for line in happened if "   Jo" in line] and lines[0] not in happened


def test_no_golden_play_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.txt")} == set(GOLDEN)


def test_a_session_says_the_same_as_the_engine_beneath_it() -> None:
    for dispute, case, moves in GOLDEN.values():
        session = Session(dispute, case=case)
        said = [f"   {one.name}: {one.text}" for move in moves for one in session.play(move).speech]
        in_order = written(dispute, case, moves)
        assert all(line in in_order for line in said)


def like_a_wheel(folder: Path) -> Path:
    """The engine and its compiled disputes as they are installed, where nothing is compiled again."""
    shutil.copytree(PACKAGE, folder / "caucusroom", ignore=shutil.ignore_patterns("__pycache__", "*.yaml"))
    return folder


def run(python: str, scenarios: Path, seed: str = "random") -> str:
    """What `written.py` prints under this Python; -S keeps every installed package out of its sight."""
    command = [python, "-S", str(FOLDER / "written.py"), str(scenarios)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        command, input=json.dumps(some_plays()), env=environment | {"PYTHONHASHSEED": seed},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def version_of(python: str) -> tuple[int, int] | None:
    """The version of this interpreter, None if it does not run."""
    try:
        done = subprocess.run(
            [python, "-ISc", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    major, minor = map(int, done.stdout.split())
    return major, minor


def other_pythons() -> dict[tuple[int, int], str]:
    """One interpreter for every other version that can be found: on the path, or installed beside this one."""
    named = [shutil.which(f"python3.{minor}") for minor in range(OLDEST[1], 20)]
    beside = Path(sys.base_prefix).parent.glob("*/bin/python3")
    found: dict[tuple[int, int], str] = {}
    for python in filter(None, [*named, *map(str, beside)]):
        version = version_of(python)
        if version and version >= OLDEST and version != sys.version_info[:2]:
            found.setdefault(version, python)
    return found


def to_compare() -> dict[tuple[int, int], str]:
    """The newest of the other versions, which differs most; where every number is the full one, all of them."""
    found = sorted(other_pythons().items())
    return dict(found if THOROUGH else found[-1:])


def test_the_same_under_other_versions_of_python(tmp_path: Path) -> None:
    pythons = to_compare()
    require(
        " ".join(pythons.values()) or None,
        "No other Python from 3.11 on was found: install one, such as python3.13, to compare plays under both.",
    )
    scenarios = like_a_wheel(tmp_path)
    here = run(sys.executable, scenarios)
    assert here.count("\n") > 5_000
    for version, python in sorted(pythons.items()):
        print(f"compared with Python {version[0]}.{version[1]}")
        assert run(python, scenarios) == here, version


def test_the_same_whatever_the_order_of_hashes(tmp_path: Path) -> None:
    scenarios = like_a_wheel(tmp_path)
    assert run(sys.executable, scenarios, seed="0") == run(sys.executable, scenarios, seed="1")
