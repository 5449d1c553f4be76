"""The house rules: which package may know which, how large a room may be, what is declared and what ships."""

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.house import FOLDERS, MAY_KNOW, arrows_of, circles, parts_of
from tests.house import wrong_arrows as wrong_arrows_within
from tests.wheel import ROOT, build_wheel, repository_files

PACKAGES = {package: ROOT / folder for package, folder in FOLDERS.items()}
MAY_IMPORT = {
    "caucusroom": set[str](),
    "caucusroom_widgets": {"caucusroom", "caucusroom_grading"},
    "caucusroom_grading": {"caucusroom"},
    "caucusroom_course": {"caucusroom", "caucusroom_grading", "caucusroom_widgets"},
}
LONGEST_ENGINE_MODULE = 400  # lines

# Written in halves, so that this file passes its own test.
REGISTRY_HOSTS = [
    ".".join(halves)
    for halves in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("debian", "org"),
    ]
]


def imported(source: str) -> list[tuple[int, str]]:
    """Line and top-level name of every absolute import in `source`, those inside functions too."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name.split(".")[0]) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append((node.lineno, node.module.split(".")[0]))
    return found


def wrong_arrows(package: str, folder: Path) -> list[str]:
    """Every import in `folder`, read as `package`, of a package of ours that it may not know."""
    forbidden = PACKAGES.keys() - MAY_IMPORT[package] - {package}
    return [
        f"{module.name}:{line}: {package} must not import {name}"
        for module in sorted(folder.rglob("*.py"))
        for line, name in imported(module.read_text(encoding="utf-8"))
        if name in forbidden
    ]


def pyproject() -> str:
    return (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def requirements() -> dict[str, list[str]]:
    """Every requirement that pyproject.toml declares, by the list that it stands in."""
    data = tomllib.loads(pyproject())
    project = data["project"]
    return {
        "build": data["build-system"]["requires"],
        "base": project["dependencies"],
        **project["optional-dependencies"],
    }


def name_of(requirement: str) -> str:
    """The name in a requirement, spelled as pins spell it: `zope.interface>=7` is `zope-interface`."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement.strip())[0]).lower()


@pytest.mark.parametrize("package", PACKAGES)
def test_arrows_run_one_way(package: str) -> None:
    assert (PACKAGES[package] / "__init__.py").is_file()
    assert wrong_arrows(package, PACKAGES[package]) == []


@pytest.mark.parametrize(
    ("package", "line"),
    [
        ("caucusroom", "import caucusroom_grading"),
        ("caucusroom", "def late():\n    from caucusroom_widgets.room import Room"),
        ("caucusroom_grading", "from caucusroom_widgets import Room"),
        ("caucusroom_grading", "import caucusroom_course.cli as cli"),
        ("caucusroom_widgets", "from caucusroom_course import cli"),
    ],
)
def test_a_wrong_arrow_is_found(package: str, line: str, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "module.py").write_text(f"import json\nimport caucusroom\n{line}\n", encoding="utf-8")
    assert len(wrong_arrows(package, tmp_path)) == 1


@pytest.mark.parametrize("package", MAY_KNOW)
def test_within_a_package_arrows_run_down(package: str) -> None:
    assert parts_of(PACKAGES[package]) == MAY_KNOW[package].keys(), "every part has its place"
    assert wrong_arrows_within(PACKAGES[package], MAY_KNOW[package]) == []
    assert circles(arrows_of(PACKAGES[package])) == []


def test_the_table_of_parts_allows_no_arrow_up() -> None:
    for table in MAY_KNOW.values():
        below: set[str] = set()
        for part, others in table.items():
            assert set(others.split()) <= below, f"{part} stands below what it may know"
            below.add(part)


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("from ..session import Session", "session"),
        ("from .. import session", "session"),
        ("def late():\n    import caucusroom.voice.naming", "voice"),
        ("from caucusroom import load", "__init__"),
    ],
)
def test_an_arrow_up_and_a_circle_are_found(line: str, other: str, tmp_path: Path) -> None:
    folder = tmp_path / "caucusroom"
    for name, text in (("laws", line), (other, "from caucusroom.laws import one"), ("model", "")):
        made = folder / ("__init__.py" if name == "__init__" else f"{name}/__init__.py")
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text("", encoding="utf-8")
        made.with_name("one.py" if name != "__init__" else "__init__.py").write_text(f"{text}\n", encoding="utf-8")
    (folder / "session.py").touch()
    (found,) = [one for one in wrong_arrows_within(folder, MAY_KNOW["caucusroom"]) if "laws must" in one]
    assert found.endswith(f"laws must not know {other}")
    assert circles(arrows_of(folder)) == [{"laws", other}]


def test_no_engine_module_is_too_long() -> None:
    lengths = {
        str(module.relative_to(ROOT)): len(module.read_text(encoding="utf-8").splitlines())
        for module in PACKAGES["caucusroom"].rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_ENGINE_MODULE} == {}


def test_the_engine_loads_the_standard_library_only() -> None:
    code = (
        "import sys; before = set(sys.modules); import caucusroom; "
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    fresh = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(fresh.stdout.split())
    assert "caucusroom" in loaded
    assert loaded - {"caucusroom"} - sys.stdlib_module_names == set()


def test_every_dependency_has_its_reason() -> None:
    for group, declared in requirements().items():
        for requirement in declared:
            reason = rf'^\s*"{re.escape(requirement)}", # \S+ \S+'
            assert re.search(reason, pyproject(), re.MULTILINE), f"{group}: no reason for {requirement}"
    for line in (ROOT / "constraints" / "tools.in").read_text(encoding="utf-8").splitlines():
        assert re.match(r"[\w.-]+ # \S+ \S+", line), f"constraints/tools.in: no reason in {line!r}"


def test_every_dependency_that_is_installed_is_pinned_with_hashes() -> None:
    pins = (ROOT / "constraints" / "pins.txt").read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9-]+)==\S+.*\\\n +--hash=sha256:", pins, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\w", pins, re.MULTILINE))
    extras = re.findall(r"--extra (\w+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    declared = {name_of(one) for group in ("build", "base", *extras) for one in requirements()[group]}
    assert declared - set(pinned) == set(), "run `make pins`"


def test_no_file_names_a_package_registry() -> None:
    named = []
    for file in repository_files():
        text = (ROOT / file).read_bytes().decode("utf-8", errors="ignore")
        named += [f"{file} names {host}" for host in REGISTRY_HOSTS if host in text]
    assert named == []


def test_a_wheel_plays_by_itself(tmp_path: Path) -> None:
    """Built from what is under version control, and played by an interpreter that has nothing else."""
    checkout, unpacked = tmp_path / "checkout", tmp_path / "unpacked"
    wheel = build_wheel(tmp_path)
    zipfile.ZipFile(wheel).extractall(unpacked)

    lessons = {lesson.name for lesson in (unpacked / "caucusroom_course" / "lessons").iterdir()}
    assert lessons == {lesson.name for lesson in (checkout / "modules").glob("*.ipynb")}
    course, classroom = checkout / "course" / "nbgrader", unpacked / "caucusroom_course" / "handouts"
    wanted = {"nbgrader_config.py", *(str(one.relative_to(course)) for one in course.rglob("*.ipynb"))}
    assert {str(one.relative_to(classroom)) for one in classroom.rglob("*") if one.is_file()} == wanted

    code = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r})\n"
        "import json, caucusroom\n"
        "session = caucusroom.Session('labor-strike')\n"
        "session.play(str(session.moves[0]))\n"
        "print(json.dumps([caucusroom.__file__, len(session.decisions)]))"
    )
    played = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert played.returncode == 0, played.stderr
    assert json.loads(played.stdout) == [str(unpacked / "caucusroom" / "__init__.py"), 1]
