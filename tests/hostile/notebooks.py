"""The notebook is not what it should be. With each comes the journal of somebody who ended it after a few decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from caucusroom_grading.handin.assignment import weights

from tests.classroom import NOTEBOOK, id_of, skilled
from tests.hostile import Work, brief, hostile

FEW = 9
UNREADABLE = "The file labor-strike.ipynb is no notebook that can be read: only the journal was graded."
ADDED = "Cells were added, {}: they are not graded, and nothing in them was run."
MISSING = "Cells are missing, and were put back: {}."
TWICE = "Cells are there more than once: {}."
CHANGED = "Locked cells were changed, and were put back: {}."
EVERY_CODE = CHANGED.format(", ".join(["room", "check", *weights()]))
UNANSWERED = "reflection-1-answer was left unanswered."
ALL_MISSING = MISSING.format(
    ", ".join(["room", "check", *(f"reflection-{part}" for part in ("1", "1-answer", "2", "2-answer")), *weights()])
)
NONE_ANSWERED = f"{UNANSWERED} reflection-2-answer was left unanswered."
FULL = [{"output_type": "execute_result", "data": {"text/plain": "16.0"}, "metadata": {}, "execution_count": 1}]


def poor(*, page: bool = False, **sentences: str) -> Callable[[Callable[[Work], None]], Callable[[Work], None]]:
    """As `hostile`, with a journal of few decisions, which is all that earns something."""

    def enter(make: Callable[[Work], None]) -> Callable[[Work], None]:
        def made(work: Work) -> None:
            work.play(brief(FEW)(skilled(work.student)))
            make(work)

        made.__name__, made.__doc__ = make.__name__, make.__doc__
        return hostile(brief(FEW), page, **sentences)(made)

    return enter


def run_in_every_cell(work: Work, code: str) -> None:
    work.cells(lambda cells: [one.update(source=code) for one in cells if one["cell_type"] == "code"])


def added(**values: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": "added",
        "metadata": {},
        "source": "",
        "outputs": [],
        "execution_count": 1,
    } | values


# There is none, or none that can be read


@poor(notebook_missing="There is no notebook labor-strike.ipynb: only the journal was graded.")
def no_notebook(work: Work) -> None:
    """Only the journal."""
    work.notebook.unlink()


@poor(
    notebook_missing="There is no notebook labor-strike.ipynb, but there is labor-strike (1).ipynb: "
    "if that is it, rename it, and grade again."
)
def notebook_under_another_name(work: Work) -> None:
    """A browser put a number behind the name; what it would run is not run."""
    run_in_every_cell(work, work.code)
    work.notebook.rename(work.folder / "labor-strike (1).ipynb")


@poor(notebook_unreadable=UNREADABLE)
def notebook_empty(work: Work) -> None:
    """A file of no bytes."""
    work.notebook.write_bytes(b"")


@poor(notebook_unreadable=UNREADABLE)
def notebook_that_is_no_json(work: Work) -> None:
    """Cut in the middle."""
    work.notebook.write_bytes(work.notebook.read_bytes()[:2000])


@poor(notebook_unreadable=UNREADABLE)
def notebook_binary(work: Work) -> None:
    """Every byte there is."""
    work.notebook.write_bytes(bytes(range(256)) * 100)


@poor(notebook_unreadable=UNREADABLE)
def notebook_in_another_encoding(work: Work) -> None:
    """Saved as UTF-16 by an editor."""
    work.notebook.write_text(work.notebook.read_text(encoding="utf-8"), encoding="utf-16")


@poor(notebook_unreadable=UNREADABLE)
def notebook_deeply_nested(work: Work) -> None:
    """Lists in lists in lists, to exhaust the reader."""
    work.notebook.write_bytes(b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}")


@poor(
    notebook_unreadable="The notebook labor-strike.ipynb is too large (100,000,000 bytes, at most 20,000,000): "
    "only the journal was graded."
)
def notebook_of_100_megabytes(work: Work) -> None:
    """It goes on in zeros."""
    with work.notebook.open("ab") as file:
        file.truncate(100_000_000)


@poor(
    cells_missing=ALL_MISSING,
    no_answer=NONE_ANSWERED,
    another_kernel="The notebook asks for the kernel “None”; none was started.",
)
def notebook_of_millions_of_cells(work: Work) -> None:
    """As large as may be, and every cell empty."""
    work.notebook.write_bytes(b'{"cells":[' + b"{}," * 6_600_000 + b"{}]}")


@poor(notebook_unreadable=UNREADABLE)
def notebook_that_is_a_list(work: Work) -> None:
    """JSON, and no notebook."""
    work.notebook.write_bytes(b"[1, 2]")


@poor(notebook_unreadable=UNREADABLE)
def notebook_with_a_number_of_ten_thousand_digits(work: Work) -> None:
    """A number that takes long to read."""
    work.whole(lambda said: said.update(number=0))
    work.notebook.write_text(
        work.notebook.read_text(encoding="utf-8").replace('"number": 0', f'"number": {"9" * 10_000}')
    )


@poor(cells_missing=ALL_MISSING, no_answer=NONE_ANSWERED)
def notebook_without_a_cell(work: Work) -> None:
    """Every cell deleted."""
    work.cells(lambda cells: cells.clear())


@poor(notebook_unreadable=UNREADABLE)
def notebook_of_another_age(work: Work) -> None:
    """A format in which cells were elsewhere."""
    work.notebook.write_bytes(b'{"worksheets": [], "metadata": {}, "nbformat": 3, "nbformat_minor": 0}')


@poor()
def notebook_of_the_future(work: Work) -> None:
    """A format, and one of nbgrader's settings, that do not exist yet."""
    work.whole(lambda said: said.update(nbformat=99, nbformat_minor=99))
    work.cells(lambda cells: [one["metadata"].get("nbgrader", {}).update(schema_version=99) for one in cells])


# Its cells are not those that were handed out


@poor(cells_missing=MISSING.format("investigation"))
def cell_deleted(work: Work) -> None:
    """A criterion is gone."""
    work.cells(lambda cells: cells.remove(next(one for one in cells if id_of(one) == "investigation")))


@poor(cells_missing=MISSING.format("reflection-1-answer"), no_answer=UNANSWERED)
def answer_deleted(work: Work) -> None:
    """The place for an answer is gone."""
    work.cells(lambda cells: cells.remove(next(one for one in cells if id_of(one) == "reflection-1-answer")))


@poor(cells_twice=TWICE.format("investigation"))
def cell_duplicated(work: Work) -> None:
    """A criterion stands there twice, the second time with full marks."""
    work.cells(
        lambda cells: cells.append(
            next(one for one in cells if id_of(one) == "investigation") | {"id": "twice", "outputs": FULL}
        )
    )


@poor(cells_twice=TWICE.format("investigation"), cells_changed=CHANGED.format("investigation"))
def cell_duplicated_and_worth_a_billion(work: Work) -> None:
    """Twice the same name, and one of them has a billion points."""
    work.cells(
        lambda cells: cells.append(next(one for one in cells if id_of(one) == "investigation") | {"id": "twice"})
    )
    work.cells(lambda cells: cells[-1]["metadata"]["nbgrader"].update(points=1e9))


@poor(cells_changed=CHANGED.format("reflection-1-answer"))
def answer_worth_a_thousand(work: Work) -> None:
    """More points for an answer."""
    work.settings("reflection-1-answer", points=1000)


@poor(cells_changed=CHANGED.format(", ".join(weights())))
def points_negative(work: Work) -> None:
    """Every criterion takes points away."""
    for name in weights():
        work.settings(name, points=-16)


@poor(cells_changed=CHANGED.format("investigation"))
def points_not_a_number(work: Work) -> None:
    """A criterion with NaN points."""
    work.settings("investigation", points=float("nan"))


@poor(cells_added=ADDED.format("1 of code"))
def cell_added(work: Work) -> None:
    """Code of one's own, before all else."""
    work.cells(lambda cells: cells.insert(0, added(source=work.code)))


@poor(cells_added=ADDED.format("1 of text"))
def text_added(work: Work) -> None:
    """A paragraph to whoever grades it."""
    work.cells(
        lambda cells: cells.append({"cell_type": "markdown", "id": "a", "metadata": {}, "source": "Full marks."})
    )


@poor(cells_added=ADDED.format("1 of code"))
def cell_added_that_claims_points(work: Work) -> None:
    """A criterion that does not exist."""
    own = {"grade_id": "charm", "grade": True, "points": 100, "locked": True, "solution": False, "schema_version": 3}
    work.cells(lambda cells: cells.append(added(metadata={"nbgrader": own}, outputs=FULL)))


@poor(cells_changed=CHANGED.format("investigation"))
def cell_unlocked(work: Work) -> None:
    """The lock is taken off, and the cell says what it should earn."""
    work.settings("investigation", locked=False)
    work.cell("investigation", source="16.0", outputs=FULL)


@poor(cells_missing=MISSING.format("investigation"), cells_added=ADDED.format("1 of code"))
def cell_renamed(work: Work) -> None:
    """A criterion goes by another name."""
    work.settings("investigation", grade_id="investigation-2")


@poor(cells_changed=CHANGED.format("investigation"))
def cell_made_an_answer(work: Work) -> None:
    """A criterion as something to be graded by hand."""
    work.settings("investigation", solution=True)


@poor()
def cells_that_are_none(work: Work) -> None:
    """Numbers, lists and nothing, among the cells."""
    work.cells(lambda cells: cells.extend([None, 3, [], {"cell_type": []}, {"cell_type": "code", "source": 1}]))  # type: ignore[list-item]


# It asks for what it should not


@poor(another_kernel="The notebook asks for the kernel “bash”; none was started.")
def kernel_that_is_a_shell(work: Work) -> None:
    """A kernel that runs commands."""
    spec = {
        "name": "bash",
        "display_name": "bash",
        "language": "bash",
        "argv": ["sh", "-c", f"touch {work.trap.folder}/sh"],
    }
    work.whole(lambda said: said["metadata"].update(kernelspec=spec))


@poor(another_kernel="The notebook asks for the kernel “../../kernel??”; none was started.")
def kernel_elsewhere(work: Work) -> None:
    """A path, and characters that are none, in place of a kernel."""
    work.whole(lambda said: said["metadata"].update(kernelspec={"name": "../../kernel\x1b\ud800"}))


@poor()
def notebook_of_another_assignment(work: Work) -> None:
    """It says that it is other work, already judged."""
    claim = {"name": "other", "dispute": "other", "notes": [], "graded": "yes"}
    work.whole(lambda said: said["metadata"].update(caucusroom=claim, nbgrader={"assignment": "other"}, title="<b>"))


@poor()
def outputs_of_full_marks(work: Work) -> None:
    """Every criterion shows what it should earn."""
    for name, points in weights().items():
        work.cell(name, outputs=[FULL[0] | {"data": {"text/plain": f"{points}.0"}}])


@poor()
def outputs_of_scripts(work: Work) -> None:
    """Scripts for the browser of whoever reads it, in every output."""
    script = "<script>parent.ran = 1</script><img src=x onerror='parent.ran = 1'>"
    data = {
        "text/html": script,
        "application/javascript": "parent.ran = 1",
        "image/svg+xml": script,
        "text/plain": script,
    }
    outputs = [{"output_type": "display_data", "data": data, "metadata": {}}]
    work.cells(lambda cells: [one.update(outputs=outputs) for one in cells if one["cell_type"] == "code"])


# It holds code


@poor(cells_changed=EVERY_CODE)
def code_of_every_kind(work: Work) -> None:
    """Leaves a file, opens a socket, starts a process, sets the environment and writes into the gradebook."""
    run_in_every_cell(work, work.code)


@poor(cells_added=ADDED.format("1 of code"))
def code_that_patches_the_formatter(work: Work) -> None:
    """Every number is shown as full marks."""
    code = "get_ipython().display_formatter.formatters['text/plain'].for_type(float, lambda n, p, c: p.text('16.0'))\n"
    work.cells(lambda cells: cells.insert(0, added(source=work.code + code)))


@poor(cells_added=ADDED.format("1 of code"))
def code_that_patches_the_judge(work: Work) -> None:
    """What the cells of the criteria call is replaced."""
    code = "import caucusroom_grading.cells as cells\ncells.points = lambda criterion, *rest: 16.0\n"
    work.cells(lambda cells: cells.insert(0, added(source=work.code + code)))


@poor(cells_changed=EVERY_CODE)
def code_that_reads_the_tests(work: Work) -> None:
    """Prints the source and everybody's work."""
    run_in_every_cell(
        work, work.code + "import glob\nprint([open(name).read() for name in glob.glob('../../*/*/*')])\n"
    )


@poor(cells_changed=EVERY_CODE)
def code_that_deletes_files(work: Work) -> None:
    """Removes the class."""
    run_in_every_cell(work, work.code + "import shutil\nshutil.rmtree('../../a-honest-ann', ignore_errors=True)\n")


@poor(cells_changed=EVERY_CODE)
def code_that_loops_for_ever(work: Work) -> None:
    """Never comes to an end."""
    run_in_every_cell(work, work.code + "while True: pass\n")


@poor(cells_changed=EVERY_CODE)
def code_that_forks(work: Work) -> None:
    """Doubles until nothing is left."""
    run_in_every_cell(work, work.code + "while True: os.fork()\n")


@poor(cells_changed=CHANGED.format("room"))
def room_of_another_mode(work: Work) -> None:
    """The room as a lesson has it, with hints and a way back, and an easier case."""
    work.cell("room", source='from caucusroom_widgets import room\nroom("labor-strike", case="a")')


# The answers


@poor(page=True)
def answer_of_scripts(work: Work) -> None:
    """Whatever might make a browser run something."""
    work.answer(
        "<script>parent.ran = 1</script> <img src=x onerror='parent.ran = 1'> <svg/onload=parent.ran=1>\n\n"
        "[click](javascript:parent.ran=1) [click][1] ![x](x 'y' onerror=parent.ran=1) <javascript:parent.ran=1>\n\n"
        "[1]: javascript:parent.ran=1\n\n"
        "<iframe srcdoc='<script>parent.ran = 1</script>'></iframe>\n\n</div></div><form action=//evil.example>\n\n"
        "&lt;script&gt;parent.ran = 1&#60;/script> \\<script>parent.ran = 1</script>\n\n"
        "$\\href{javascript:parent.ran=1}{click}$ $$</script><script>parent.ran = 1</script>$$\n\n"
        "```mermaid\nclick A href 'javascript:parent.ran=1'\n</pre><script>parent.ran = 1</script>\n```\n\n"
        "https://evil.example/ \x00\x1b[31m\u202e\ud800\n"
    )


@poor(page=True)
def answer_with_the_names_of_boxes(work: Work) -> None:
    """Headings whose ids are those by which Formgrader finds its boxes, so that a score typed here is saved there."""
    names = ["reflection-2-answer", "reflection-2-answer-comment", *weights()]
    work.answer("\n\n".join(f"# {name}\n\n{name}\n===\n\n> {name}\n> ---\n\n- {name}\n  -" for name in names))


@poor(page=True)
def answer_with_attachments(work: Work) -> None:
    """A picture that is a script, within the cell, and files of the machine."""
    script = "PHN2ZyBvbmxvYWQ9J3BhcmVudC5yYW49MScvPg=="
    work.cell(
        "reflection-1-answer",
        source="![x](attachment:x.svg) ![y](../../../gradebook.db) ![z](/etc/passwd) ![w](//evil.example/pixel.png)",
        attachments={"x.svg": {"image/svg+xml": script}},
    )


@poor(page=True, long_answer="reflection-1-answer has 3,000,000 characters; it was cut after 20,000.")
def answer_of_a_million_words(work: Work) -> None:
    """Longer than anybody reads."""
    work.answer("*a " * 1_000_000)


@poor(page=True, cells_twice=TWICE.format("reflection-1-answer"))
def answer_twice(work: Work) -> None:
    """Two cells for one answer: both are there to be read."""
    work.cells(
        lambda cells: cells.append(
            next(one for one in cells if id_of(one) == "reflection-1-answer") | {"id": "twice", "source": "And more."}
        )
    )


@poor(no_answer=UNANSWERED)
def answer_emptied(work: Work) -> None:
    """Nothing but spaces."""
    work.answer(" \n\n ")


@poor(page=True, cells_changed=CHANGED.format("reflection-1-answer"))
def answer_that_is_code(work: Work) -> None:
    """The cell of an answer made one that runs: it is there to be read."""
    work.cell("reflection-1-answer", cell_type="code", outputs=FULL, execution_count=1, source=work.code)


@poor()
def second_notebook(work: Work) -> None:
    """Another one beside it, which would run."""
    whole = work.notebook.read_bytes()
    run_in_every_cell(work, work.code)
    work.notebook.rename(work.folder / "a.ipynb")
    work.notebook.write_bytes(whole)
    assert work.notebook.name == NOTEBOOK
