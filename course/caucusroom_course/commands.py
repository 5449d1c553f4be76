"""What the command `caucusroom` can do, in the order in which its help lists it.

A command is a function below `@COMMANDS.add`, which says what it takes; its docstring is its help. Each imports what it
needs when it is called, so that the small ones answer at once.
"""

from __future__ import annotations

import os
from pathlib import Path

from .usage import Commands, Misused, Whole, argument

COMMANDS = Commands("Mediate disputes in Jupyter: the course, its disputes and what their authors need.")
LESSONS = Path("caucusroom-course")
ADDRESS = argument(
    "--address",
    metavar="URL",
    default="",
    help="Where it is published, such as https://example.org/mediate/, so that what names a page can show its picture.",
)
DISPUTE = argument(
    "dispute", metavar="ID", help="An id that `list` shows, or the folder of a dispute being written. [required]"
)
JOURNAL = argument(
    "journal", type=Path, metavar="JOURNAL", help="A journal, as the room and `play --journal` keep it. [required]"
)
CASE = argument("--case", metavar="CASE", help="Which hidden truth: the letter of a case, or the id of any.")
COURSE = argument(
    "--course", type=Path, metavar="DIR", default=Path(), help="The folder of the course. [default: this folder]"
)


@COMMANDS.add(
    "lab",
    argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        default=LESSONS,
        help="Where your lessons are kept. [default: %(default)s]",
    ),
    argument("arguments", nargs="*", metavar="ARGS", help="After -- : passed on to JupyterLab as they are."),
    argument("--no-browser", action="store_true", help="Open no browser, only say the address."),
    argument(
        "--port",
        type=Whole(1, 65535),
        metavar="PORT",
        help="Where JupyterLab listens; 8888 if that is free. [%(type)s]",
    ),
)
def lab(folder: Path, arguments: list[str], no_browser: bool, port: int | None) -> None:
    """Open the course in JupyterLab.

    Lessons that are not in your folder yet are copied there; nothing there is ever overwritten.
    """
    from .lab import open_lab

    if str(folder).startswith("-"):  # `lab -- --debug` names no folder
        folder, arguments = LESSONS, [str(folder), *arguments]
    open_lab(folder, not no_browser, port, arguments)


@COMMANDS.add("course", argument("folder", type=Path, metavar="FOLDER", help="Where the course is kept. [required]"))
def course(folder: Path) -> None:
    """Make an instructor's course folder for nbgrader.

    It holds the settings and the source of the graded work. What is there already is never overwritten.
    """
    from .classroom.folder import make_course

    made = make_course(folder)
    for path in made:
        print(folder / path)
    if not made:
        print(f"{folder} has all of it already; nothing was changed.")


@COMMANDS.add(
    "demo",
    argument(
        "--port",
        type=Whole(1, 65535),
        metavar="PORT",
        default=8866,
        help="Where it listens, on this machine only: a proxy brings the public. [default: %(default)s; %(type)s]",
    ),
    argument("--no-browser", action="store_true", help="Open no browser, only say the address."),
    argument(
        "--base-path",
        metavar="PATH",
        default="/",
        help="Where the pages are on their site, such as /caucusroom/. [default: %(default)s]",
    ),
    argument(
        "--kernels",
        type=Whole(1, 10_000),
        metavar="N",
        default=100,
        help="How many visitors may mediate at once, at 15 MB each. [default: %(default)s; %(type)s]",
    ),
    ADDRESS,
)
def demo(port: int, no_browser: bool, base_path: str, kernels: int, address: str) -> None:
    """Show the course to the public.

    A gallery, guided scenes, whole mediations and lessons as pages, with a kernel for each visitor. Nothing is kept
    here: each mediation stays in its visitor's browser.
    """
    from .public.demo import serve

    serve(port, no_browser, base_path, kernels, address)


@COMMANDS.add(
    "site",
    argument(
        "out",
        type=Path,
        metavar="OUT",
        help="Where it is made: a new folder, an empty one, or a site made before. [required]",
    ),
    ADDRESS,
)
def site(out: Path, address: str) -> None:
    """Make the course as files that any web host serves.

    The engine runs in each visitor's browser. To make the site, Node.js and npm are needed, and the network the first
    time; to serve and to visit it, nothing.
    """
    from .public.site import build

    build(out, address)


@COMMANDS.add("list", argument("--plain", action="store_true", help="One a line: the id, and how many truths."))
def list_disputes(plain: bool) -> None:
    """List the disputes there are."""
    from caucusroom import load, scenarios

    if plain:
        for id in scenarios():
            print(id, load(id).truths)
    else:
        from .terminal import show_disputes

        show_disputes(load(id) for id in scenarios())


@COMMANDS.add(
    "play",
    DISPUTE,
    CASE,
    argument("--moves", type=Path, metavar="FILE", help="Play these moves, one a line (# begins a comment), and stop."),
    argument(
        "--journal", type=Path, metavar="FILE", help="Keep the decisions here; an existing journal is gone on with."
    ),
)
def play(dispute: str, case: str | None, moves: Path | None, journal: Path | None) -> None:
    """Mediate in the terminal."""
    from caucusroom import Session

    from .terminal import converse, play_file

    session = Session(_by_path(dispute), case=case, journal=journal)
    if moves is None:
        converse(session)
    else:
        play_file(session, moves)


@COMMANDS.add("replay", JOURNAL)
def replay(journal: Path) -> int:
    """Print the transcript of every attempt in a journal."""
    from .terminal import show_journal

    return show_journal(journal)


@COMMANDS.add(
    "judge",
    JOURNAL,
    argument("--attempt", type=Whole(1), metavar="N", help="Which attempt. [default: the last; %(type)s]"),
    argument("--json", action="store_true", help="Print the whole report as JSON, and nothing else."),
    argument("--html", type=Path, metavar="FILE", help="Write the review as a web page, which prints well."),
)
def judge(journal: Path, attempt: int | None, json: bool, html: Path | None) -> int:
    """Judge the decisions in a journal.

    Each decision on what could be known when it was made, with the reason and its source; nine criteria; a total.
    One that is not over is judged as far as it has come.
    """
    from .judging import judge_journal

    if json and html:
        raise Misused("Invalid value: --json prints and --html writes a file: name one of them.")
    return judge_journal(journal, attempt, json, html)


@COMMANDS.add(
    "grade",
    argument("assignment", metavar="ASSIGNMENT", help="An assignment in which one mediates. [required]"),
    COURSE,
    argument(
        "--student", action="append", metavar="ID", default=[], help="Only this one; may be repeated. [default: all]"
    ),
    argument(
        "--workers", type=Whole(1), metavar="N", help="Processes that judge. [default: one a processor; %(type)s]"
    ),
    argument("--force", action="store_true", help="Grade what has been graded, too."),
)
def grade(assignment: str, course: Path, student: list[str], workers: int | None, force: bool) -> int:
    """Grade a class in nbgrader's gradebook.

    What was handed in, as nbgrader autograde does it, but at once and with nothing of the students run. Stopped at
    any moment, it goes on when it is started again; what is graded is graded anew only if something else was handed
    in since. Marks given by hand stay. Status 0: all is graded; 3: all is graded, and some of it needs a look; 1:
    something could not be graded.
    """
    from .classroom.grade import grade_class

    return grade_class(course, assignment, student, workers, force)


@COMMANDS.add(
    "export",
    argument("assignments", nargs="*", metavar="ASSIGNMENT", help="One or more of them."),
    argument("--all", action="store_true", help="All assignments there are."),
    argument(
        "--to",
        choices=("csv", "canvas", "moodle"),
        default="csv",
        help="For which platform; csv is for a spreadsheet. [default: %(default)s]",
    ),
    COURSE,
    argument("-o", "--output", type=Path, metavar="FILE", help="Where to write. [default: printed]"),
)
def export(assignments: list[str], all: bool, to: str, course: Path, output: Path | None) -> None:
    """Write the marks of a class as a table.

    For Canvas and Moodle with the columns that they import. Who handed in nothing has no score; what is not final
    is said.
    """
    from .classroom.marks import export_marks

    if bool(assignments) == all:
        raise Misused("Invalid value: name the assignments, or take --all of them.")
    export_marks(assignments, to, course, output)


@COMMANDS.add(
    "class-report",
    argument("assignment", metavar="ASSIGNMENT", help="A graded assignment of the course. [required]"),
    COURSE,
    argument(
        "-o",
        "--output",
        type=Path,
        metavar="FOLDER",
        default=Path("class-report"),
        help="Where to write. [default: %(default)s]",
    ),
)
def class_report(assignment: str, course: Path, output: Path) -> None:
    """Make pages about how a class did.

    The marks, where it went wrong, what needs a look, journals that are alike, and a page for each student to hand
    out. They need no network, and index.html is where to begin.
    """
    from .classroom.class_report import report_class

    report_class(assignment, course, output)


@COMMANDS.add(
    "strategies",
    DISPUTE,
    argument(
        "--plays",
        type=Whole(2, 100_000),
        metavar="N",
        default=300,
        help="How many of each. [default: %(default)s; %(type)s]",
    ),
    argument(
        "--seed", type=Whole(), metavar="N", default=1, help="Another number gives other plays. [default: %(default)s]"
    ),
    argument(
        "--search",
        type=Whole(0, 10_000),
        metavar="ROUNDS",
        default=0,
        help="Look so long for the best blind card. [default: %(default)s; %(type)s]",
    ),
)
def strategies(dispute: str, plays: int, seed: int, search: int) -> None:
    """Show what a mark says.

    What a skilled mediator, rules of thumb and those who do not read get in a dispute, each in truths drawn as for a
    class; how often each criterion was put to the test; and how surely one mediation and two tell mediators apart.
    Takes a few minutes.
    """
    from .judging import show_strategies

    show_strategies(_by_path(dispute), plays, seed, search)


@COMMANDS.add(
    "check",
    argument("paths", nargs="*", type=Path, metavar="PATH", help="Folders of disputes. [default: the library]"),
    argument("--thorough", action="store_true", help="Prove the best ends; many minutes for a large dispute, once."),
)
def check(paths: list[Path], thorough: bool) -> None:
    """Say everything that is wrong with disputes.

    One problem a line: `file:line: what it is, and what to do`. A few seconds for each dispute; where a best end is
    not proven in that time, that is said. What is proven is remembered until the dispute plays otherwise.
    """
    from .authoring import check_folders

    check_folders(paths, thorough)


@COMMANDS.add(
    "new",
    argument("id", metavar="ID", help="The id of the dispute, such as paper-mill. [required]"),
    argument(
        "--in",
        dest="where",
        type=Path,
        metavar="FOLDER",
        default=Path(),
        help="Where its folder is made. [default: this folder]",
    ),
)
def new(id: str, where: Path) -> None:
    """Make the folder of a new dispute.

    It holds a small dispute with comments, which passes `check`: write your own over it.
    """
    from .authoring import start_dispute

    start_dispute(id, where)


@COMMANDS.add(
    "solve",
    DISPUTE,
    CASE,
    argument(
        "--within",
        type=Whole(1, 40),
        metavar="N",
        default=7,
        help="Count the states that so many decisions reach. [default: %(default)s; %(type)s]",
    ),
)
def solve(dispute: str, case: str | None, within: int) -> None:
    """Find the best end of each case, or of any one truth.

    With a line of moves that reaches it. Some take minutes.
    """
    from caucusroom import load

    from .authoring import solve_cases

    solve_cases(load(_by_path(dispute)), case, within)


def _by_path(dispute: str) -> str | Path:
    """A dispute named with a slash is a folder, whatever ids there are."""
    return Path(dispute) if os.sep in dispute else dispute
