"""The command `caucusroom`. Exit status 0 only when all is well; what is wrong is said in one sentence.

Each command imports what it needs when it is called, so that the small ones answer at once.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Mediate disputes in Jupyter: the course, its disputes and what their authors need.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

INTERRUPTED = 130
LESSONS = Path("caucusroom-course")
EXTRAS = {
    "lab": ("jupyterlab", "ipykernel", "anywidget"),
    "grade": ("nbgrader",),
    "postgres": ("psycopg",),
    "demo": ("voila", "jinja2", "markdown_it"),
    "author": ("pydantic", "yaml", "jupytext"),
}
"""The modules that each extra brings."""


class Format(StrEnum):
    """What `export` can write."""

    csv = "csv"
    canvas = "canvas"
    moodle = "moodle"


DisputeId = Annotated[
    str,
    typer.Argument(metavar="ID", help="An id that `list` shows, or the folder of a dispute being written."),
]
Course = Annotated[
    Path, typer.Option("--course", metavar="DIR", help="The folder of the course.", show_default="this folder")
]
CaseId = Annotated[
    str | None,
    typer.Option("--case", metavar="CASE", help="Which hidden truth: the letter of a case, or the id of any."),
]


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"caucusroom {version('caucusroom')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def caucusroom(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())


@app.command()
def lab(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where your lessons are kept.")] = LESSONS,
    arguments: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARGS", help="After -- : passed on to JupyterLab as they are."),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser, only say the address.")] = False,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Where JupyterLab listens; 8888 if that is free.")
    ] = None,
) -> None:
    """Open the course in JupyterLab.

    Lessons that are not in your folder yet are copied there; nothing there is ever overwritten.
    """
    from .lab import open_lab

    passed = arguments or []
    if str(folder).startswith("-"):  # `lab -- --debug` names no folder
        folder, passed = LESSONS, [str(folder), *passed]
    open_lab(folder, not no_browser, port, passed)


@app.command()
def course(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the course is kept.")],
) -> None:
    """Make an instructor's course folder for nbgrader.

    It holds the settings and the source of the graded work. What is there already is never overwritten.
    """
    from .classroom.folder import make_course

    made = make_course(folder)
    for path in made:
        print(folder / path)
    if not made:
        print(f"{folder} has all of it already; nothing was changed.")


@app.command("list")
def list_disputes(
    plain: Annotated[bool, typer.Option("--plain", help="One a line: the id, and how many truths.")] = False,
) -> None:
    """List the disputes there are."""
    from caucusroom import load, scenarios

    if plain:
        for id in scenarios():
            print(id, load(id).truths)
    else:
        from .terminal import show_disputes

        show_disputes(load(id) for id in scenarios())


@app.command()
def play(
    dispute: DisputeId,
    case: CaseId = None,
    moves: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Play these moves, one a line (# begins a comment), and stop."),
    ] = None,
    journal: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep the decisions here; an existing journal is gone on with."),
    ] = None,
) -> None:
    """Mediate in the terminal."""
    from caucusroom import Session

    from .terminal import converse, play_file

    session = Session(_by_path(dispute), case=case, journal=journal)
    if moves is None:
        converse(session)
    else:
        play_file(session, moves)


@app.command()
def replay(
    journal: Annotated[Path, typer.Argument(help="A journal, as the room and `play --journal` keep it.")],
) -> None:
    """Print the transcript of every attempt in a journal."""
    from .terminal import show_journal

    show_journal(journal)


@app.command()
def judge(
    journal: Annotated[Path, typer.Argument(help="A journal, as the room and `play --journal` keep it.")],
    attempt: Annotated[int | None, typer.Option(min=1, help="Which attempt.", show_default="the last")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the whole report as JSON, and nothing else.")] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the review as a web page, which prints well.")
    ] = None,
) -> None:
    """Judge the decisions in a journal.

    Each decision on what could be known when it was made, with the reason and its source; nine criteria; a total.
    One that is not over is judged as far as it has come.
    """
    from .judging import judge_journal

    if json and html:
        raise typer.BadParameter("--json prints and --html writes a file: name one of them")
    judge_journal(journal, attempt, json, html)


@app.command()
def grade(
    assignment: Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="An assignment in which one mediates.")],
    course: Course = Path(),
    student: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this one; may be repeated.", show_default="all")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that judge.", show_default="one a processor")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Grade what has been graded, too.")] = False,
) -> None:
    """Grade a class in nbgrader's gradebook.

    What was handed in, as nbgrader autograde does it, but at once and with nothing of the students run. Stopped at
    any moment, it goes on when it is started again; what is graded is graded anew only if something else was handed
    in since. Marks given by hand stay. Status 0: all is graded; 3: all is graded, and some of it needs a look; 1:
    something could not be graded.
    """
    from .classroom.grade import grade_class

    raise typer.Exit(grade_class(course, assignment, student or [], workers, force))


@app.command()
def export(
    assignments: Annotated[list[str] | None, typer.Argument(metavar="ASSIGNMENT", help="One or more of them.")] = None,
    all_of_them: Annotated[bool, typer.Option("--all", help="All assignments there are.")] = False,
    to: Annotated[Format, typer.Option(help="For which platform; csv is for a spreadsheet.")] = Format.csv,
    course: Course = Path(),
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write.", show_default="printed")
    ] = None,
) -> None:
    """Write the marks of a class as a table.

    For Canvas and Moodle with the columns that they import. Who handed in nothing has no score; what is not final
    is said.
    """
    from .classroom.marks import export_marks

    if bool(assignments) == all_of_them:
        raise typer.BadParameter("name the assignments, or take --all of them")
    export_marks(assignments or [], to.value, course, output)


@app.command("class-report")
def class_report(
    assignment: Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="A graded assignment of the course.")],
    course: Course = Path(),
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FOLDER", help="Where to write.", show_default="class-report"),
    ] = None,
) -> None:
    """Make pages about how a class did.

    The marks, where it went wrong, what needs a look, journals that are alike, and a page for each student to hand
    out. They need no network, and index.html is where to begin.
    """
    from .classroom.class_report import report_class

    report_class(assignment, course, output or Path("class-report"))


@app.command()
def strategies(
    dispute: DisputeId,
    plays: Annotated[int, typer.Option(min=2, max=100_000, help="How many of each.")] = 300,
    seed: Annotated[int, typer.Option(help="Another number gives other plays.")] = 1,
    search: Annotated[
        int, typer.Option("--search", metavar="ROUNDS", min=0, max=10_000, help="Look so long for the best blind card.")
    ] = 0,
) -> None:
    """Show what a mark says.

    What a skilled mediator, rules of thumb and those who do not read get in a dispute, each in truths drawn as for a
    class; how often each criterion was put to the test; and how surely one mediation and two tell mediators apart.
    Takes a few minutes.
    """
    from .judging import show_strategies

    show_strategies(_by_path(dispute), plays, seed, search)


@app.command()
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Folders of disputes.", show_default="the library"),
    ] = None,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Prove the best ends; many minutes for a large dispute, once.")
    ] = False,
) -> None:
    """Say everything that is wrong with disputes.

    One problem a line: `file:line: what it is, and what to do`. A few seconds for each dispute; where a best end is
    not proven in that time, that is said. What is proven is remembered until the dispute plays otherwise.
    """
    from .authoring import check_folders

    check_folders(paths or [], thorough)


@app.command()
def new(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of the dispute, such as paper-mill.")],
    where: Annotated[Path, typer.Option("--in", metavar="FOLDER", help="Where its folder is made.")] = Path(),
) -> None:
    """Make the folder of a new dispute.

    It holds a small dispute with comments, which passes `check`: write your own over it.
    """
    from .authoring import start_dispute

    start_dispute(id, where)


@app.command()
def solve(
    dispute: DisputeId,
    case: CaseId = None,
    within: Annotated[int, typer.Option(min=1, max=40, help="Count the states that so many decisions reach.")] = 7,
) -> None:
    """Find the best end of each case, or of any one truth.

    With a line of moves that reaches it. Some take minutes.
    """
    from caucusroom import load

    from .authoring import solve_cases

    solve_cases(load(_by_path(dispute)), case, within)


def _by_path(dispute: str) -> str | Path:
    """A dispute named with a slash is a folder, whatever ids there are."""
    return Path(dispute) if os.sep in dispute else dispute


def main() -> None:
    """Run the command and leave with its status."""
    # nbgrader calls alembic by its name alone: let it be found although the environment may not be active.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal that lacks a character shows “?”
    sys.exit(_run())


def _run() -> int:
    try:
        status = int(app(standalone_mode=False) or 0)
        sys.stdout.flush()
        return _complain("Interrupted.", INTERRUPTED) if status == INTERRUPTED else status
    except KeyboardInterrupt:
        return _complain("Interrupted.", INTERRUPTED)
    except BrokenPipeError:  # as in `caucusroom list | head -1`: nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains on leaving
        return 1
    except typer.TyperException as error:
        return _complain(f"{error.format_message().rstrip('.')}. See: caucusroom --help", error.exit_code)
    except ModuleNotFoundError as error:
        return _complain(_missing(error))
    except UnicodeDecodeError as error:
        return _complain(f"A file is not text in UTF-8 ({error.reason} at byte {error.start}): save it as UTF-8.")
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        return _complain(f"{named}{error.strerror or error}.")
    except ValueError as error:
        return _complain(str(error))


def _missing(error: ModuleNotFoundError) -> str:
    """Which extra brings a module that is not installed. Any other missing module is a defect."""
    module = (error.name or "").partition(".")[0]
    for extra, modules in EXTRAS.items():
        if module in modules:
            return f'This needs {module}, which is not installed: pip install "caucusroom[{extra}]" brings it.'
    raise error


def _complain(sentence: str, status: int = 1) -> int:
    print(f"caucusroom: {sentence}", file=sys.stderr)
    return status


if __name__ == "__main__":
    main()
