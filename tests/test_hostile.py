"""The corpus of broken and hostile submissions: one class, graded by `nbgrader autograde`, by `caucusroom grade` and by
the functions beneath both. Nothing of it runs, nothing stops, nobody gets points for it, and each is said in words."""

from __future__ import annotations

import json
import os
import re
import resource
import socket
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import chdir, contextmanager, redirect_stderr
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from bs4 import BeautifulSoup, Tag
from caucusroom_course.classroom.batch import Outcome, open_batch
from caucusroom_grading.handin.assignment import weights
from caucusroom_grading.handin.files import set_aside
from caucusroom_grading.handin.notebook import Handout, fill, read_notebook, rebuild
from caucusroom_grading.handin.submission import Note, read_submission
from caucusroom_grading.nbgrader.feedback import feedback_page, read_marks
from caucusroom_grading.nbgrader.gradebook import find_handout
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from nbgrader.api import Gradebook
from nbgrader.server_extensions.formgrader import handlers
from playwright.sync_api import Browser

from tests.classroom import ASSIGNMENT, NOTEBOOK, Classroom, apart, id_of, run, skilled
from tests.gradebooks import rows, url
from tests.hostile import ANSWERS, ITEMS, Item, Trap, Work, brief, earned

HONEST = {"a-honest-ann": 9, "z-honest-zoe": 12}
"""Who did nothing of the kind and ended it after so many decisions; graded before and after everybody else."""
SECONDS = 20
"""The most that reading one submission may take of a processor; measured: 3."""
MEMORY = 1_500_000_000
"""Bytes of address space for reading the whole corpus, Python and all; measured: 0.7 GB are used."""
PLAIN = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "hr", "br"}
"""What an answer may be made of."""
MACHINE = re.compile(r"Traceback|File \"|(?<![\w.])/(tmp|work|home|root|usr|var)\b")
"""What no sentence may say."""

GRADED = [item for item in ITEMS.values() if item.moves is not None]
UNGRADED = [item.name for item in ITEMS.values() if item.moves is None]
PAGES = [item.name for item in ITEMS.values() if item.page]


class Class(NamedTuple):
    """A class whose work is handed in, three times: each way of grading it has its own."""

    folder: Path
    trap: Trap
    handout: Handout
    listener: socket.socket

    def submitted(self, way: str, student: str) -> Path:
        return self.folder / way / "submitted" / student / ASSIGNMENT


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    folder = tmp_path_factory.mktemp("hostile")
    with apart(folder), socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        trap = Trap(folder / "trap", listener.getsockname()[1])
        trap.folder.mkdir()
        room = Classroom(folder)
        room.instructor("generate_assignment", ASSIGNMENT)
        for student in (*HONEST, *ITEMS):
            room.hand_in(student, room.folder / "release" / ASSIGNMENT)
            work = Work(room.submitted(student), student, trap)
            if student in HONEST:
                work.play(brief(HONEST[student])(skilled(student)))
            else:
                ITEMS[student].make(work)
        for way in ("directly", "batch"):
            copy_as_it_is(room.folder, folder / way)
        with Gradebook(url(room.folder)) as gradebook:
            handout = find_handout(gradebook, ASSIGNMENT, ASSIGNMENT)
        assert handout is not None
        yield Class(folder, trap, handout, listener)
    subprocess.run(["rm", "-rf", folder], check=True)  # Python cannot follow all of its folders


def copy_as_it_is(course: Path, to: Path) -> None:
    """With links, pipes and devices as they are, however deep."""
    subprocess.run(["cp", "-a", course, to], check=True)


# What happens in this process


class Watch:
    """What this process does, while it is watched, that grading has no need of."""

    def __init__(self) -> None:
        self.home: Path | None = None
        self.seen: list[str] = []
        sys.addaudithook(self._hook)  # which stays for good

    @contextmanager
    def over(self, home: Path) -> Iterator[None]:
        self.home = home
        try:
            yield
        finally:
            self.home = None

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.home is None:
            return
        if event in ("subprocess.Popen", "os.fork", "os.exec", "os.posix_spawn", "os.system", "socket.connect"):
            self.seen.append(f"{event} {arguments}")
        elif event == "compile" and b"CAUCUSROOM_TRAP" in _as_bytes(arguments[0]):
            self.seen.append("compiled code of a student")
        elif event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            path = Path(os.path.abspath(os.fsdecode(arguments[0])))  # noqa: PTH100  # follows no link
            writes = isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            theirs = path.is_relative_to(self.home.parent) or path.is_relative_to("/dev")
            if (writes or theirs) and not path.is_relative_to(self.home) and "jupyter" not in path.parts:
                self.seen.append(f"opened {path}")


def _as_bytes(source: object) -> bytes:
    return source.encode(errors="replace") if isinstance(source, str) else source if isinstance(source, bytes) else b""


class Stock(NamedTuple):
    said: str
    seen: list[str]
    environment: Mapping[str, str]


@pytest.fixture(scope="module")
def stock(handed_in: Class) -> Stock:
    """`nbgrader autograde` with the settings of the course, in one go, watched."""
    watch, before = Watch(), dict(os.environ)
    home = handed_in.folder / "course"
    with redirect_stderr(StringIO()) as said, watch.over(home), pytest.raises(RuntimeError, match="status 1"):
        run(home, "autograde", ASSIGNMENT)
    return Stock(said.getvalue(), watch.seen, {key: os.environ[key] for key in os.environ if key not in before})


@pytest.fixture(scope="module")
def batch(handed_in: Class) -> dict[str, Outcome]:
    """What `caucusroom grade` does."""
    with chdir(handed_in.folder / "batch"), open_batch(Path(), ASSIGNMENT, (), False) as opened:
        return {outcome.student: outcome for outcome in opened.outcomes(2)}


class Read(NamedTuple):
    sentences: dict[str, str]
    points: dict[str, float]
    shown: dict[str, float]
    handed_out: list[Any]
    seconds: float


@pytest.fixture(scope="module")
def directly(handed_in: Class) -> dict[str, Read]:
    """Each submission read, rebuilt and filled, in a process that may not have much."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=hold_short) as pool:
        graded = [*HONEST, *(item.name for item in GRADED)]
        return {name: pool.submit(read, handed_in._replace(listener=None), name).result(300) for name in graded}  # type: ignore[arg-type]


def hold_short() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))  # for the record of what was taken out


def read(handed_in: Class, student: str) -> Read:
    folder, handout = handed_in.submitted("directly", student), handed_in.handout
    began = time.process_time()
    set_aside(folder)
    verdict = read_submission(folder, handout.assignment, student)
    notebook, notes = rebuild(handout, read_notebook(folder / handout.assignment.notebook))
    fill(notebook, verdict)
    taken = time.process_time() - began
    cells = {id_of(cell): cell for cell in notebook["cells"]}
    shown = {name: float(cells[name]["outputs"][0]["data"]["text/plain"]) for name in weights()}
    for name, cell in cells.items():
        cell.pop("source" if name in ANSWERS else "outputs", None)
    return Read(by_kind((*notes, *verdict.notes)), dict(verdict.points), shown, notebook["cells"], taken)


def by_kind(notes: Iterable[Note]) -> dict[str, str]:
    said = defaultdict(list)
    for note in notes:
        said[note.kind].append(note.text)
    return {kind: " ".join(texts) for kind, texts in said.items()}


def marks(course: Path) -> dict[str, dict[str, float]]:
    """What everybody has in the gradebook, by criterion; answers have nothing, for nobody has marked them yet."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for student, _, name, _, auto, *_ in rows(url(course))["grade"]:
        if name in weights():
            found[student][name] = auto
        else:
            assert auto in (None, 0)
    return found


def everybodys(item_or_honest: str) -> Mapping[str, float]:
    if item_or_honest in HONEST:
        return earned(item_or_honest, brief(HONEST[item_or_honest])(skilled(item_or_honest)))
    points = ITEMS[item_or_honest].points
    assert points is not None
    return points


def notebook_of(handed_in: Class, way: str, student: str) -> dict[str, Any]:
    graded = handed_in.folder / way / "autograded" / student / ASSIGNMENT / NOTEBOOK
    return json.loads(graded.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


# The corpus


def test_there_are_enough_and_each_is_told_from_the_others() -> None:
    assert len(ITEMS) >= 30
    assert len({item.what for item in ITEMS.values()}) >= len(ITEMS) - 6, (
        "some break the journal and the notebook alike"
    )


@pytest.mark.parametrize("item", GRADED, ids=[item.name for item in GRADED])
def test_it_is_said_in_words_and_earns_what_was_played(item: Item, directly: dict[str, Read]) -> None:
    found = directly[item.name]
    assert found.sentences == item.sentences
    assert found.points == item.points == found.shown
    assert found.handed_out == directly["a-honest-ann"].handed_out, "every cell is as it was handed out"
    assert found.seconds < SECONDS
    for sentence in found.sentences.values():
        assert sentence.endswith(".") and len(sentence) < 500 and sentence.isprintable()
        assert not MACHINE.search(sentence), sentence


def test_whoever_did_nothing_of_the_kind_is_read_as_ever(directly: dict[str, Read]) -> None:
    for student in HONEST:
        assert directly[student].points == everybodys(student)
        assert directly[student].sentences == {}
        assert 0 < sum(everybodys(student).values()) < 100


def test_nbgrader_grades_the_whole_class(handed_in: Class, stock: Stock) -> None:
    found = marks(handed_in.folder / "course")
    assert found == {name: everybodys(name) for name in (*HONEST, *(item.name for item in GRADED))}
    for item in GRADED:
        made = notebook_of(handed_in, "course", item.name)
        notes = [Note(**note) for note in made["metadata"]["caucusroom"]["notes"]]
        assert by_kind(notes) == item.sentences, item.name
        room = next(cell for cell in made["cells"] if id_of(cell) == "room")
        told = "".join("".join(output["data"]["text/plain"]) for output in room["outputs"])
        journals = read_submission(handed_in.submitted("course", item.name), handed_in.handout.assignment, item.name)
        assert all(note.text in told for note in journals.notes if note.weight != "info"), item.name


def test_nothing_ran_where_nbgrader_grades(stock: Stock) -> None:
    assert stock.seen == []
    assert stock.environment == {}


def test_what_nbgrader_would_end_at_is_left_out_and_said(stock: Stock) -> None:
    said = [line.partition("submitted/")[2] for line in stock.said.splitlines() if "was not graded" in line]
    assert sorted(said) == sorted(
        f"{name}/{ASSIGNMENT} was not graded: {ITEMS[name].sentences['failed']}" for name in UNGRADED
    )
    assert not MACHINE.search(stock.said)


def test_the_batch_grades_the_whole_class(handed_in: Class, batch: dict[str, Outcome]) -> None:
    assert marks(handed_in.folder / "batch") == {
        name: everybodys(name) for name in (*HONEST, *(item.name for item in GRADED))
    }
    assert {name for name, outcome in batch.items() if outcome.state == "failed"} == set(UNGRADED)
    for item in GRADED:
        assert by_kind(batch[item.name].notes) == item.sentences, item.name
    for name in UNGRADED:
        (note,) = batch[name].notes
        assert note.text.endswith(".") and not MACHINE.search(note.text)


def test_both_ways_write_the_same_rows(handed_in: Class, stock: Stock, batch: dict[str, Outcome]) -> None:
    assert rows(url(handed_in.folder / "batch")) == rows(url(handed_in.folder / "course"))


def test_no_trap_was_sprung(
    handed_in: Class, stock: Stock, batch: dict[str, Outcome], directly: dict[str, Read]
) -> None:
    assert list(handed_in.trap.folder.iterdir()) == []
    with pytest.raises(BlockingIOError):
        handed_in.listener.accept()
    assert not [path for path in handed_in.folder.iterdir() if path.name.startswith("ran")]


def test_the_trap_is_sprung_by_code_that_runs(handed_in: Class, tmp_path: Path) -> None:
    """Else its silence would mean nothing."""
    trap = Trap(tmp_path / "trap", handed_in.trap.port)
    trap.folder.mkdir()
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    subprocess.run([sys.executable, "-c", trap.code("ana")], cwd=tmp_path / "a" / "b" / "c", check=False)
    assert (trap.folder / "ana").exists()
    handed_in.listener.settimeout(5)
    handed_in.listener.accept()[0].close()
    handed_in.listener.setblocking(False)


# What it looks like


def formgraders_page(notebook: Path) -> str:
    """A submission as Formgrader shows it to whoever marks the answers."""
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="formgrade", extra_template_basedirs=[handlers.template_path]
    )
    about = {"base_url": "", "index": 0, "total": 1, "submission_id": "1", "notebook_path": NOTEBOOK, "student": "ana"}
    names = {"notebook_id": ASSIGNMENT, "assignment_id": ASSIGNMENT, "first_name": "", "last_name": ""}
    return exporter.from_filename(str(notebook), resources=about | names)[0]


def pages_of(handed_in: Class, student: str) -> list[str]:
    """What the instructor sees, and what the student gets back."""
    course = handed_in.folder / "course"
    notebook = notebook_of(handed_in, "course", student)
    with Gradebook(url(course)) as gradebook:
        found = read_marks(gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student))
    return [formgraders_page(course / "autograded" / student / ASSIGNMENT / NOTEBOOK), feedback_page(found, notebook)]


def live(page: str) -> Counter[str]:
    """Everything in a page that may run, load or be found by its id."""
    found: Counter[str] = Counter()
    for tag in BeautifulSoup(page, "html.parser").find_all(True):
        assert isinstance(tag, Tag)
        if tag.name in ("script", "iframe", "object", "embed", "form", "img", "link", "base", "meta"):
            found[tag.name] += 1
        for name, value in tag.attrs.items():
            if name.startswith("on") or name == "srcdoc" or "javascript:" in str(value) or "evil" in str(value):
                found[f"{name}={value}"] += 1
            if name == "id" and not str(value).startswith("review"):
                found[f"#{value}"] += 1
    return found


@pytest.mark.parametrize("student", PAGES)
def test_reading_an_answer_is_all_that_it_does(handed_in: Class, stock: Stock, student: str) -> None:
    for page, plain in zip(pages_of(handed_in, student), pages_of(handed_in, "a-honest-ann"), strict=True):
        assert live(page) == live(plain)
        for answer in BeautifulSoup(page, "html.parser").select("div.tex2jax_ignore"):
            assert {tag.name for tag in answer.find_all(True)} <= PLAIN
            assert not [tag for tag in answer.find_all(True) if tag.attrs]


def test_no_browser_runs_any_of_it(handed_in: Class, stock: Stock, browser: Browser) -> None:
    texts = [text for student in PAGES for text in pages_of(handed_in, student)]
    assert [text for text in texts if ran(browser, text)] == []
    assert ran(browser, "<img src=x onerror='parent.ran = 1'>"), "so that it would have been seen"


def ran(browser: Browser, text: str) -> bool:
    """Whether anything of what the corpus holds runs in a page, which gets nothing from the network."""
    page = browser.new_page()
    page.route("**", lambda route: route.abort())
    page.set_content(text, wait_until="load")
    page.wait_for_timeout(50)
    found = page.evaluate("window.ran === 1")
    page.close()
    return bool(found)


def test_amounts_of_money_are_no_formulas(handed_in: Class) -> None:
    wrote = "From $20,000 to $30,000 & back\n\n1. *one*\n    * **two**\n\n> said\n\n\tindented"
    notebook, _ = rebuild(handed_in.handout, {"cells": [_written(wrote)]})
    text = next(cell["source"] for cell in notebook["cells"] if id_of(cell) == "reflection-1-answer")
    shown = BeautifulSoup(markdown2html_mistune(text), "html.parser")  # as Formgrader does
    assert "From $20,000 to $30,000 & back" in shown.get_text() and "indented" in shown.get_text()
    assert {tag.name for tag in shown.find_all(True)} == {"div", "p", "ol", "ul", "li", "em", "strong", "blockquote"}


def _written(text: str) -> dict[str, Any]:
    own = {"grade_id": "reflection-1-answer", "grade": True, "solution": True, "locked": False, "points": 10}
    return {"cell_type": "markdown", "metadata": {"nbgrader": own}, "source": text}
