"""The static site as a folder: what is in it, where it may be written, what it needs, the same each time."""

from __future__ import annotations

import json
import os
import re
import shutil
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from caucusroom import scenarios
from caucusroom_course.public.site import build, engine, folder, tools
from caucusroom_course.public.site.inside import answering
from caucusroom_course.public.words import of_the_site

from tests.conftest import NODE_MODULES
from tests.site import CACHE, make

PUBLISHED = NODE_MODULES / "pyodide"
PLACE = "http://here/base/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("site") / "public")


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(CACHE))


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


class Addresses(HTMLParser):
    """What a page loads and links to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src")]


def test_every_address_in_it_is_relative_and_there_is_a_file(site: Path) -> None:
    looked = 0
    for page in site.rglob("*.html"):
        here = PLACE + page.relative_to(site).as_posix()
        for address in Addresses(page.read_text(encoding="utf-8")).found:
            assert not urlsplit(address).scheme and not address.startswith("/"), (here, address)
            path = urlsplit(urljoin(here, address)).path.removeprefix("/base/")
            assert (site / path).is_file(), (here, address)
            looked += 1
    assert looked > 100


def test_it_names_no_other_host(site: Path) -> None:
    """But for Pyodide, which stays as it was published: the policy of each page keeps it from asking."""
    for name, data in files_of(site).items():
        if name.endswith((".html", ".js", ".css", ".webmanifest", ".txt", ".svg")) and not name.startswith("pyodide/"):
            text = data.decode().replace("http://www.w3.org/", "")  # names of what is written, and no addresses
            assert re.findall(r"https?://\S{0,40}", text) == [], name
    for page in site.rglob("*.html"):
        assert "default-src 'none'; script-src 'self' 'wasm-unsafe-eval';" in unescape(
            page.read_text(encoding="utf-8")
        ), page


def test_there_is_a_page_for_everything_in_the_library(site: Path) -> None:
    found = {file.parent.relative_to(site).as_posix() for file in site.rglob("index.html")}
    assert {f"play/{dispute}" for dispute in scenarios()} <= found
    assert {".", "judge", "work/labor-strike", "lesson/01-the-room"} <= found
    kept = re.search(r"const FILES = (\[.*\]);", (site / "offline.js").read_text(encoding="utf-8"))
    assert kept and {f"{path}/index.html".removeprefix("./") for path in found} <= set(json.loads(kept[1]))


def test_no_student_finds_a_mark_scheme_in_it(site: Path) -> None:
    for name, data in files_of(site).items():
        if name.endswith(".html"):
            assert b"mark scheme" not in data.lower(), name


def test_what_compresses_is_there_in_its_smaller_forms(site: Path) -> None:
    for name, data in files_of(site).items():
        for suffix in (".br", ".gz"):
            if name.endswith((".html", ".js", ".wasm", ".zip")):
                assert len((site / f"{name}{suffix}").read_bytes()) < len(data), name


def test_the_same_course_gives_the_same_bytes(
    site: Path, tmp_path: Path, cache: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nothing is remembered of the archive, which is then made anew."""
    (tmp_path / "cache" / "caucusroom").mkdir(parents=True)
    for file in tools.cache().iterdir():
        if not file.name.startswith("python-"):
            (tmp_path / "cache" / "caucusroom" / "site").mkdir(exist_ok=True)
            shutil.copy(file, tmp_path / "cache" / "caucusroom" / "site")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    build(tmp_path / "again")
    assert files_of(tmp_path / "again") == files_of(site)


# where it is written


@pytest.mark.parametrize("there", ["a file", "somebody's folder"])
def test_what_is_not_ours_is_left_alone(tmp_path: Path, there: str) -> None:
    out = tmp_path / "out"
    if there == "a file":
        out.write_text("mine")
    else:
        (out / "play").mkdir(parents=True)
        (out / "play" / "notes.txt").write_text("mine")
    with pytest.raises(ValueError, match=r"is a file: name a folder|is not empty, and no site"):
        build(out)
    assert [*files_of(tmp_path).values()] == [b"mine"]


def test_a_site_of_before_is_renewed_and_what_was_added_to_it_stays(tmp_path: Path) -> None:
    def forms(text: str) -> tools.Forms:
        return tools.Forms(text.encode(), b"", None)

    out = tmp_path / "out"
    folder.put(out, {"a/one.txt": forms("1"), "b/two.txt": forms("2")})
    (out / "CNAME").write_text("mine")
    (tmp_path / "outside.txt").write_text("mine")
    with (out / folder.MADE).open("a") as listed:
        listed.write("../outside.txt\n/etc/hostname\n")
    folder.must_take(out)
    folder.put(out, {"b/two.txt": forms("3")})
    assert {name: data.decode() for name, data in files_of(tmp_path).items() if not name.endswith(folder.MADE)} == {
        "out/b/two.txt": "3", "out/CNAME": "mine", "outside.txt": "mine",
    }  # fmt: skip
    assert not (out / "a").exists() and (out / folder.MADE).read_text() == "b/two.txt\n"


# what it needs


def test_without_node_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ValueError, match=r"needs npm, which is not installed: install Node\.js"):
        build(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_where_npm_has_nothing_it_says_where_to_put_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "npm").write_text("#!/bin/sh\necho 'npm error no such host' >&2\nexit 1\n")
    (tmp_path / "bin" / "npm").chmod(0o755)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(ValueError, match=r"could not fetch pyodide@.*put the package's file pyodide-.*no such host"):
        build(tmp_path / "out")


def test_a_package_that_is_not_what_was_published_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tools.cache() / f"pyodide-{engine.PIN['version']}.tgz").write_bytes(b"something else")
    with pytest.raises(ValueError, match="is not what was published: remove it"):
        build(tmp_path / "out")


def test_the_tests_of_pyodide_are_of_the_one_that_is_shipped() -> None:
    lock = json.loads((Path(__file__).parent / "browser" / "package-lock.json").read_text(encoding="utf-8"))
    tested = lock["packages"]["node_modules/pyodide"]
    assert {name: tested[name] for name in ("version", "integrity")} == {
        name: engine.PIN[name] for name in ("version", "integrity")
    }


@pytest.mark.parametrize(
    ("trouble", "answered"),
    [
        (ValueError("Why."), {"error": "Why."}),
        (MemoryError(), {"fault": "memory"}),
        (KeyError("ours"), {"fault": "defect"}),
    ],
)
def test_what_goes_wrong_in_python_is_an_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], trouble: Exception, answered: dict[str, str]
) -> None:
    def fail(*_: object) -> None:
        raise trouble

    monkeypatch.setattr(answering.visit, "answer", fail)
    assert json.loads(answering.answer('{"ask": {}}')) == answered
    assert ("KeyError" in capsys.readouterr().err) == (answered == {"fault": "defect"})
    assert json.loads(answering.answer("{}")) == {"fault": "unknown"}


def test_every_sentence_that_a_script_says_is_there() -> None:
    inside = Path(engine.HERE) / "inside"
    used = {
        key
        for script in inside.glob("*.js")
        for key in re.findall(r'words(?:\.(\w+)|\["([\w.]+)"\])', script.read_text(encoding="utf-8"))
    }
    said = {one or other for one, other in used}
    faults = re.findall(r'"(?:fault|lost)": "(\w+)"|\{"fault": "(\w+)"\}', (inside / "answering.py").read_text())
    said |= {one or other for one, other in faults} | {"broken", "unreached"}
    assert said == set(of_the_site())
