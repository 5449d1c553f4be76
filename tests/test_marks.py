"""What leaves the gradebook: tables for Canvas, Moodle and spreadsheets, and the report on a class."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from caucusroom import load
from caucusroom_course.classroom.alike import RUN, Play, decision_times, likenesses
from caucusroom_course.classroom.class_report import file_name
from caucusroom_course.classroom.marks import FORMATS, Line
from caucusroom_grading.handin.assignment import Assignment
from caucusroom_grading.handin.submission import read_submission
from caucusroom_grading.judging.finding import HARMFUL, WEAK
from caucusroom_grading.strategies import chair, thumbs
from nbgrader.api import Gradebook
from playwright.sync_api import Browser

from tests.classroom import ASSIGNMENT, NOTEBOOK, Classroom, drawn
from tests.marked import ABSENT, BEGUN, ECHO, LATE, MANGLED, SILENT, TWIN, UNGRADED, journal, lines, marked_class
from tests.test_command import IN_A_CLASS, complaint, run
from tests.test_feedback import text_of

STUDENTS = sorted([*lines(), ABSENT])


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classroom]:
    with marked_class("marks", tmp_path_factory) as room:
        yield room


@pytest.fixture(scope="module")
def scores(room: Classroom) -> dict[str, float]:
    """What each has, as nbgrader reckons it."""
    with Gradebook(f"sqlite:///{room.folder / 'gradebook.db'}") as gradebook:
        return {
            one.student_id: max(0.0, one.score - (one.late_submission_penalty or 0))
            for one in gradebook.find_assignment(ASSIGNMENT).submissions
        }


def exported(room: Classroom, *arguments: str) -> tuple[list[dict[str, str]], str]:
    ran = run("export", *arguments, cwd=room.folder)
    assert ran.returncode == 0
    return list(csv.DictReader(io.StringIO(ran.stdout, newline=""))), ran.stderr


def test_a_spreadsheet_has_everybody_and_quotes_what_names_hold(room: Classroom, scores: dict[str, float]) -> None:
    rows, _ = exported(room, ASSIGNMENT)
    found = {row["student_id"]: row for row in rows}
    assert sorted(found) == STUDENTS and len(rows) == len(STUDENTS)
    assert {student: float(row["score"]) for student, row in found.items() if row["score"]} == scores
    assert found["ana"]["last_name"] == 'Weiß, "the" elder'
    assert found["ben"]["first_name"] == "'=1+1" and found["ben"]["last_name"] == "'@ben\nJunior"
    assert found[LATE]["late_submission_penalty"] == "5"
    assert float(found[LATE]["raw_score"]) == float(found[LATE]["score"]) + 5
    assert (found[ABSENT]["score"], found[ABSENT]["raw_score"], found[ABSENT]["timestamp"]) == ("", "", "")
    assert {student for student, row in found.items() if row["needs_manual_grade"] == "yes"} == {UNGRADED}


def test_the_columns_of_canvas(room: Classroom, scores: dict[str, float]) -> None:
    rows, _ = exported(room, ASSIGNMENT, "--to", "canvas")
    assert list(rows[0]) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", ASSIGNMENT]
    assert (rows[0]["Student"], rows[0][ASSIGNMENT]) == ("    Points Possible", "120")
    found = {row["SIS Login ID"]: row for row in rows[1:]}
    assert sorted(found) == STUDENTS
    assert {student: float(row[ASSIGNMENT]) for student, row in found.items() if row[ASSIGNMENT]} == scores
    assert (found["ana"]["ID"], found["ana"]["Student"]) == ("4711", 'Weiß, "the" elder, Ana María')
    assert found[TWIN]["Student"] == TWIN


def test_the_columns_of_moodle(room: Classroom, scores: dict[str, float]) -> None:
    rows, _ = exported(room, "--all", "--to", "moodle")
    assert list(rows[0]) == ["Username", "First name", "Last name", "ID number", "Email address", ASSIGNMENT]
    found = {row["Username"]: row for row in rows}
    assert sorted(found) == STUDENTS
    assert {student: float(row[ASSIGNMENT]) for student, row in found.items() if row[ASSIGNMENT]} == scores
    assert (found["ana"]["ID number"], found["ben"]["Email address"]) == ("4711", "ben@example.org")


def test_what_is_not_final_is_said_beside_the_table(room: Classroom) -> None:
    collected = room.submitted("new")
    shutil.copytree(room.submitted("ana"), collected)
    try:
        _, said = exported(room, ASSIGNMENT)
    finally:
        shutil.rmtree(collected.parent)
    assert said.splitlines() == [
        f"caucusroom: {ASSIGNMENT}: 1 submission with something still to be graded by hand: {UNGRADED}.",
        f"caucusroom: {ASSIGNMENT}: 1 submission collected and not graded yet: new.",
        f"caucusroom: {ASSIGNMENT}: 1 student without a submission, whose score is left empty: {ABSENT}.",
    ]


def test_a_table_is_written_over_a_table_only(room: Classroom, tmp_path: Path) -> None:
    table, other = tmp_path / "marks.csv", tmp_path / "thesis.txt"
    other.write_text("Chapter one\n")
    for _ in range(2):
        ran = run("export", ASSIGNMENT, "--course", room.folder, "-o", table, cwd=tmp_path)
        assert f"{table} is written: {len(STUDENTS)} students." in ran.stdout
    assert table.read_bytes().count(b"\r\n") == len(STUDENTS) + 1
    ran = run("export", ASSIGNMENT, "--course", room.folder, "-o", other, cwd=tmp_path)
    assert "thesis.txt is there already" in complaint(ran) and other.read_text() == "Chapter one\n"


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("name", ["=cmd", "+1", "-1", "@sum", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(to: str, name: str) -> None:
    named = SimpleNamespace(**dict.fromkeys(("id", "name", "first_name", "last_name", "email", "lms_user_id"), name))
    named.duedate, named.max_score = None, 10.0
    line = Line(named, named, "", 3.456, 0.0, False)
    rows = [list(row) for row in FORMATS[to]([line])]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    assert "3.46" in rows[-1]


# alike


def play(student: str, moves: Sequence[str], begun: int = 0, case: str = "a", times: bool = True) -> Play:
    random = Random(student)
    at = [float(begun)]
    while len(at) < len(moves):
        at.append(at[-1] + random.randint(15, 240))
    return Play(student, case, tuple(moves), tuple(at) if times else ())


LINE = [f"move {number}" for number in range(24)]


def test_a_line_that_two_share_is_worth_a_look_and_says_how() -> None:
    others = [play(f"s{n}", [f"{n} {move}" for move in LINE]) for n in range(20)]
    copied = play("copy", ["start", *LINE[6:]], case="b")
    (found,) = likenesses([*others, play("one", LINE), copied])
    assert [one.student for one in found.plays] == ["one", "copy"]
    assert (found.first, found.second, found.length, found.opening) == (6, 1, 18, 0)
    assert not found.same_case and not found.clock and found.same_seconds == 0


def test_an_opening_that_many_share_explains_a_likeness() -> None:
    opening = LINE[: RUN + 2]
    class_ = [play(f"s{n}", [*opening, *(f"{n} {move}" for move in LINE)]) for n in range(12)]
    assert likenesses(class_) == []
    two = [play(name, [*opening, *LINE[-RUN:]]) for name in ("one", "two")]
    (found,) = likenesses([*class_, *two])
    assert (found.length, found.opening) == (2 * RUN + 2, RUN + 2)


def test_the_clock_shows_copies_whatever_became_of_the_line() -> None:
    one = play("one", LINE)
    shifted = Play("two", "a", tuple(f"other {move}" for move in LINE), tuple(at + 3600 for at in one.times))
    (found,) = likenesses([one, shifted])
    assert found.clock and found.same_pauses == len(LINE) - 1 and found.same_seconds == 0
    part = Play("three", "b", (*LINE[:4], *(f"own {move}" for move in LINE)), play("x", range(28)).times)  # type: ignore[arg-type]
    part = part._replace(times=(*one.times[:4], *part.times[4:]))
    (found,) = likenesses([one, part])
    assert found.same_seconds == 4 and not found.same_case


def test_two_decisions_in_the_same_second_are_nothing() -> None:
    one, two = play("one", LINE), play("two", [*LINE[:2], *(f"own {move}" for move in LINE)])
    two = two._replace(times=(*one.times[:2], *two.times[2:]))
    assert likenesses([one, two]) == []
    assert likenesses([play("one", LINE, times=False), play("two", [], times=False)]) == []


def test_independent_players_are_seldom_alike() -> None:
    """So many pairs of players that go by one of five rules, each in a truth of its own, are alike by chance."""
    dispute = load(ASSIGNMENT)
    kinds = (thumbs.nice, thumbs.positions_only, thumbs.never_caucus, thumbs.always_caucus, thumbs.random_legal)
    plays = []
    for number in range(200):
        case = dispute.case(drawn(str(number)))
        moves = chair.play(case, kinds[number % 5], Random(number))
        plays.append(play(str(number), moves, Random(number).randint(0, 90_000), case.id))
    assert len(likenesses(plays)) <= 20  # of 19,900 pairs


def test_when_decisions_were_made_is_read_from_a_journal() -> None:
    said = journal("ana", ["open_session", "hear_out"], BEGUN, iter([60, 90]))
    first, second = decision_times(said, 2)
    assert first == (BEGUN + timedelta(seconds=60)).timestamp() and second - first == 90
    assert decision_times(said, 3) == () == decision_times(said.replace(b'"at"', b'"ta"'), 2)


# the class report


@pytest.fixture(scope="module")
def report(room: Classroom) -> Path:
    folder = room.folder.parent / "report"
    for _ in range(2):  # over an earlier one as well
        ran = run("class-report", ASSIGNMENT, "--course", room.folder, "-o", folder)
        assert ran.returncode == 0, ran.stderr
    assert (
        ran.stdout == f"{folder / 'index.html'} is written, and a page for each of {len(lines())} students beside it.\n"
    )
    return folder


@pytest.fixture(scope="module")
def index(report: Path) -> str:
    return (report / "index.html").read_text(encoding="utf-8")


def section(index: str, title: str) -> str:
    return text_of(index.partition(f"<h3>{title}</h3>")[2].partition("<h3>")[0])


def test_every_student_has_a_page_to_hand_out(report: Path, index: str) -> None:
    assert {page.stem for page in (report / "students").iterdir()} == set(lines())
    assert set(re.findall(r'href="([^"]+)"', index)) == {f"students/{student}.html" for student in lines()}
    page = text_of((report / "students" / f"{LATE}.html").read_text(encoding="utf-8"))
    assert "5 points are taken off" in page and "The nine criteria and what shows them" in page
    assert "Mark scheme" not in page


def test_rules_and_levels_are_counted(room: Classroom, index: str) -> None:
    reports = [
        report
        for student in lines()
        if (report := read_submission(room.submitted(student), Assignment(ASSIGNMENT, ASSIGNMENT), student).report)
    ]
    for place, score in enumerate(reports[0].criteria):
        levels = Counter(report.criteria[place].level for report in reports)
        drawn = ", ".join(f"{'–' if level is None else level}: {levels[level]}" for level in (None, *range(5)))
        assert f'aria-label="{score.number}. {score.name}: students by level. {drawn}."' in index
    broken = Counter(
        (finding.rule, report.player)
        for report in reports
        for one in report.decisions
        for finding in one.findings
        if finding.label in (WEAK, HARMFUL)
    )
    students = Counter(rule for rule, _ in broken)
    rule, most = max(students.items(), key=lambda item: (item[1], sum(broken[item[0], p.player] for p in reports)))
    times = sum(count for (broken_rule, _), count in broken.items() if broken_rule == rule)
    said = section(index, "Where it went wrong: rules")
    assert f"{most} of {len(reports)} students, {times} times." in said
    assert said.index(f"{most} of {len(reports)} students, {times} times.") < 250, "the most broken comes first"


def test_causes_and_endings_are_counted(room: Classroom, index: str) -> None:
    """Over all truths that were drawn, for hardly two students had the same."""
    dispute, histories = load(ASSIGNMENT), {}
    for student in lines():
        report = read_submission(room.submitted(student), Assignment(ASSIGNMENT, ASSIGNMENT), student).report
        if report:
            histories[student] = {one.id: one for one in report.causes}
    causes = section(index, "What was missed: causes")
    counted = 0
    for barrier in dispute.barriers:
        had = [its.get(barrier.id) for student, its in histories.items() if is_true(barrier.id, student)]
        found, answered = (sum(bool(one and getattr(one, what)) for one in had) for what in ("found", "answered"))
        counts = " ".join(f"{count} of {len(had)}" for count in (found, answered, len(had) - found))
        assert (f"{' '.join(barrier.found.split())} {counts}" in causes) == bool(had), barrier.id
        counted += bool(had)
    assert counted > 10 and "What was missed: causes" in index and index.count("<h3>") < 12
    endings = section(index, "How they ended")
    assert "Shown and not scored" in endings and "Not over when it was handed in 1 – dov" in endings


def is_true(barrier: str, student: str) -> bool:
    return any(one.id == barrier for _, one in load(ASSIGNMENT).case(drawn(student)).real)


def test_every_student_stands_there_with_what_was_true(index: str) -> None:
    students = section(index, "All students")
    for student in set(lines()) - {MANGLED}:
        assert load(ASSIGNMENT).case(drawn(student)).truth.title in students
        assert drawn(student) not in index, "an id says nothing to a reader"


def test_what_needs_a_look_is_listed(index: str) -> None:
    said = section(index, "Submissions that need a look")
    for student, why in (
        ("dov", "No points. The mediation has not ended"),
        (MANGLED, "No points. The journal was played by “ben”"),
        (LATE, "It was handed in 1 day and 1 hour after the deadline"),
        (SILENT, "reflection-2-answer was left unanswered."),
        (UNGRADED, "Something is still to be graded by hand."),
    ):
        assert re.search(rf"\b{student} {re.escape(why)}", said)
    assert "hana" not in said and f"1 student without one: {ABSENT}" in text_of(index)


def test_alike_journals_stand_side_by_side_and_nobody_is_accused(index: str) -> None:
    said = section(index, "Journals that are alike")
    assert "Worth a look, and no more than that." in said and "Ask before you conclude anything." in said
    assert not re.search(r"copied|cheat|plagia|guilt|fraud", said, re.IGNORECASE)
    pairs = dict(re.findall(r"<summary>(\S+ and \S+): (.+?) truths?,", index))
    copies = [("ana", TWIN), ("ana", ECHO), (TWIN, ECHO)]
    assert pairs == {" and ".join(pair): "different" for pair in copies} | {f"ben and {MANGLED}": "the same"}
    count = len(lines()["ben"].splitlines()) - 1
    assert f"{count} decisions in the same order, {count} in the same second" in said
    same = "The two mediations are the same from the first decision to the last."
    assert said.count(same) == 2, "those of the two who recited are, too"
    assert said.count("They were told different things") == len(copies)
    twin = said.partition(f"ana and {TWIN}: ")[2].partition(" and ")[0]
    assert "second" not in twin.partition("Decision")[0], "the same line at another pace"
    count = 2
    one, other = (decision_times(lines()[student], count) for student in ("ana", TWIN))
    steps = [f"{later - earlier:.0f} s" for times in (one, other) for earlier, later in list(pairwise(times))[:1]]
    assert f"premeeting management 2 {steps[0]} 2 {steps[1]}" in said


def test_the_report_replaces_only_a_report(room: Classroom, report: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for output, said in ((tmp_path, "holds something else"), (tmp_path / "mine.txt", "is a file")):
        ran = run("class-report", ASSIGNMENT, "--course", room.folder, "-o", output)
        assert said in complaint(ran)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_names_of_pages_are_safe_and_differ() -> None:
    students = ["ana", "Ana", "ANA", "../../etc", "con", "a b", "a/b", "ä", "日本", ".hidden", "x" * 300, "-", "a" * 61]
    names = [file_name(student) for student in students]
    assert len({name.casefold() for name in names}) == len(students) and names[0] == "ana.html"
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9._~-]{0,70}\.html", name) for name in names)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_report_fits_and_asks_nothing_of_the_network(
    report: Path, browser: Browser, axe: Path, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,  # for axe; that nothing is asked for holds without the policy
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    file = report / "index.html"
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert asked == [file.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("script, link, img, iframe").count() == 0
    page.add_script_tag(path=str(axe))
    found = page.evaluate("axe.run().then(result => result.violations.map(one => one.id + one.nodes[0].html))")
    assert found == []
    context.close()


@pytest.mark.parametrize(("command", "arguments"), [(name, one) for name, given in IN_A_CLASS.items() for one in given])
def test_what_help_offers_works(room: Classroom, tmp_path: Path, command: str, arguments: list[str]) -> None:
    course = tmp_path / "course"
    shutil.copytree(room.folder, course)
    ran = run(command, *arguments, cwd=course)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout


WRONG = {
    "no course": (["export", ASSIGNMENT, "--course", "nowhere"], "no folder nowhere"),
    "no gradebook": (["class-report", ASSIGNMENT], "There is no gradebook in ."),
    "nothing named": (["export"], "name the assignments, or take --all of them"),
    "named and all": (["export", ASSIGNMENT, "--all"], "name the assignments, or take --all of them"),
    "another platform": (["export", ASSIGNMENT, "--to", "excel"], "'--to'"),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path, arguments: list[str], said: str) -> None:
    assert said in complaint(run(*arguments, cwd=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_an_assignment_that_is_not_there_is_named(room: Classroom) -> None:
    for command in ("export", "class-report"):
        said = complaint(run(command, "labour-strike", cwd=room.folder))
        assert f"There is no assignment “labour-strike” in the gradebook. There are: {ASSIGNMENT}." in said


def test_a_notebook_lost_from_what_was_graded_leaves_the_others(room: Classroom, tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(room.folder, course)
    (course / "autograded" / "ana" / ASSIGNMENT / NOTEBOOK).unlink()
    shutil.rmtree(course / "submitted" / "ben")
    ran = run("class-report", ASSIGNMENT, "--course", course, "-o", tmp_path / "report")
    assert ran.returncode == 0, ran.stderr
    assert not (tmp_path / "report" / "students" / "ana.html").exists()
    assert "There is no journal" not in text_of((tmp_path / "report" / "students" / "ben.html").read_text("utf-8"))
