"""The command `caucusroom` as a shell runs it: what its help promises, and one sentence for what is wrong."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from importlib.metadata import requires, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import urlopen

import pytest
from caucusroom import Session, load, read_journal, scenarios
from caucusroom.authoring import check as checker
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.legality import legal_moves
from caucusroom.model.truths import drawn
from caucusroom.record.journal import Journal
from caucusroom.record.transcript import hash_in, seal
from caucusroom.search.solve import Front, count_states
from caucusroom_course.authoring import check_folders
from caucusroom_course.lab import bring_lessons
from caucusroom_course.lessons import lessons
from caucusroom_grading import judge
from caucusroom_grading.review import review_page
from caucusroom_grading.strategies.measure import strategies
from caucusroom_grading.words import en
from caucusroom_grading.words.en import NOT_ENDED
from packaging.requirements import Requirement

from tests.spoilt import SOUND, spoilt

COMMAND = Path(sys.executable).with_name("caucusroom")
SPOILT = TemporaryDirectory()
BROKEN = spoilt("bad-yaml", Path(SPOILT.name))

Ran = subprocess.CompletedProcess[str]


def run(*arguments: str | Path, cwd: Path | None = None, **more: Any) -> Ran:
    """Run the command to its end."""
    return subprocess.run(
        [COMMAND, *arguments], cwd=cwd, capture_output=True, text=True, timeout=120, check=False, **more
    )


def well(ran: Ran) -> str:
    """What a command printed that found nothing wrong."""
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def complaint(ran: Ran) -> str:
    """The one sentence with which a command failed."""
    assert ran.returncode not in (0, -signal.SIGABRT, -signal.SIGSEGV)
    lines = ran.stderr.splitlines()
    assert len(lines) == 1, ran.stderr
    assert lines[0].startswith("caucusroom: ")
    return lines[0]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with the files that the commands below are given."""
    (tmp_path / "skilled.moves").write_text(
        "# a beginning\npremeeting labor\nopen # the joint session\n\nlook_deeper\n"
    )
    (tmp_path / "illegal.moves").write_text("open_session\nhear_out\nconclude\n")
    (tmp_path / "unreadable.moves").write_text("open_session\n\nsing\n")
    (tmp_path / "latin.moves").write_bytes("# caf\xe9\n".encode("latin-1"))
    (tmp_path / "text.txt").write_text("Not a journal.\n")
    (tmp_path / "empty.jsonl").touch()
    session = Session("labor-strike", case="b", journal=tmp_path / "b.jsonl", player="ana")
    for move in ("open_session", "call_caucus labor", "close_open"):
        session.play(move)
    session.again()
    session.play("premeeting labor")
    session.close()
    lines = (tmp_path / "b.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "torn.jsonl").write_text("".join(lines[:-1]) + lines[-1][:40])
    (tmp_path / "damaged.jsonl").write_text("".join([lines[0], lines[1].replace("open", "0pen"), *lines[2:]]))
    return tmp_path


EXAMPLES: dict[str, list[list[str]]] = {
    "course": [["mine"]],
    "lab": [["mine", "--no-browser", "--port", "8899", "--", "--version"]],
    "list": [[], ["--plain"]],
    "play": [["labor-strike", "--case", "b", "--moves", "skilled.moves", "--journal", "new.jsonl"]],
    "replay": [["b.jsonl"]],
    "judge": [["b.jsonl"], ["b.jsonl", "--attempt", "1", "--json"], ["b.jsonl", "--html", "b.html"]],
    "strategies": [[str(SOUND), "--plays", "2", "--seed", "3", "--search", "1"]],
    "check": [[str(SOUND)], [str(SOUND), str(SOUND)], [str(SOUND), "--thorough"]],
    "new": [["paper-mill"], ["paper-mill", "--in", "disputes"]],
    "solve": [[str(SOUND), "--case", "c", "--within", "3"]],
}
"""For each command what a reader of its help would write; run in the folder `here`."""

IN_A_CLASS: dict[str, list[list[str]]] = {
    "grade": [["labor-strike", "--course", ".", "--student", "ana", "--workers", "1", "--force"]],
    "export": [["labor-strike"], ["--all", "--to", "canvas", "--course", ".", "--output", "marks.csv"]],
    "class-report": [["labor-strike", "--course", ".", "--output", "pages"]],
}
"""The same for commands that need a graded class; run in `test_marks.py`."""

PUBLISHED = "https://example.org/mediate/"
FOR_THE_PUBLIC: dict[str, list[list[str]]] = {
    "demo": [["--no-browser", "--base-path", "/mediate/", "--kernels", "2", "--address", PUBLISHED, "--port"]],
    "site": [["public", "--address", PUBLISHED]],
}
"""The same for the public pages: the first is run below, the other in `test_promises.py`."""


@pytest.mark.parametrize(("command", "arguments"), [(name, one) for name, given in EXAMPLES.items() for one in given])
def test_what_help_offers_works(here: Path, command: str, arguments: list[str]) -> None:
    (here / "disputes").mkdir()
    ran = run(command, *arguments, cwd=here)
    assert ran.returncode == 0 and ran.stdout
    assert not ran.stderr or command == "strategies"  # which shows how far it is


def test_help_names_every_command_and_option_that_is_tried_here() -> None:
    examples = EXAMPLES | IN_A_CLASS | FOR_THE_PUBLIC
    commands = re.findall(r"^  ([a-z-]+)  ", well(run("--help")).partition("Commands:")[2], re.MULTILINE)
    assert sorted(commands) == sorted(examples)
    for command in commands:
        offered = set(re.findall(r"--[a-z-]+", well(run(command, "--help")).partition("Options:")[2])) - {"--help"}
        assert offered == {word for one in examples[command] for word in one if re.match(r"--\w", word)} - {"--version"}


def test_the_demo_opens_says_where_it_is_and_closes_when_it_is_told_to(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [str(COMMAND), "demo", *FOR_THE_PUBLIC["demo"][0], port]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as demo:
        assert demo.stdout and demo.stderr
        try:
            said = demo.stdout.readline()
            (address,) = re.findall(r"http://\S+", said)
            assert address.endswith(f":{port}/mediate/") and "2 visitors" in said
            page = urlopen(address).read()
            assert b"mediator" in page and f'content="{PUBLISHED}assets/'.encode() in page
            assert f"Port {port} is taken" in complaint(run("demo", "--no-browser", "--port", port))
            demo.terminate()  # a shell that runs this unseen has its programs ignore Control-C
            assert (demo.wait(30), demo.stderr.read()) == (0, "")
        finally:
            demo.kill()
    assert not list(tmp_path.iterdir())


def test_without_a_command_the_help_is_shown() -> None:
    assert well(run()) == well(run("--help"))


def test_the_help_of_a_command_is_shown_whatever_else_is_written() -> None:
    assert well(run("play", "-h")) == well(run("play", "--help", "a", "b")) == well(run("play", "--case", "b", "-h"))


def test_options_may_stand_anywhere(here: Path) -> None:
    first = ["--case", "b", "labor-strike", "--moves=skilled.moves"]
    assert well(run("play", *first, cwd=here)) == well(run("play", first[2], *first[3:], *first[:2], cwd=here))
    assert well(run("check", SOUND, "--thorough", SOUND)).count("nothing wrong") == 2
    assert "There is no journal -x" in complaint(run("judge", "--json", "--", "-x"))


def test_version() -> None:
    assert well(run("--version")) == f"caucusroom {version('caucusroom')}\n"


WRONG: dict[str, tuple[list[str], str]] = {
    "no such command": (["nope"], "No such command 'nope'"),
    "nearly a command": (["lists"], "Did you mean 'list'?"),
    "no such option": (["list", "--plian"], "--plain"),
    "no such option of the program": (["--verson"], "--version"),
    "a value where none belongs": (["list", "--plain=no"], "Option '--plain' does not take a value"),
    "no value where one belongs": (["play", "labor-strike", "--case"], "Option '--case' requires an argument"),
    "too many words": (["list", "labor-strike"], "unexpected extra argument"),
    "nothing to play": (["play"], "Missing argument 'ID'"),
    "unknown dispute": (["play", "labour-strike"], "There are: labor-strike"),
    "unknown folder": (["play", "./nowhere"], "There is no dispute “nowhere”"),
    "unknown case": (["play", "labor-strike", "--case", "z"], "Its cases are: a, b"),
    "broken dispute": (["play", str(BROKEN)], "scenario.yaml:12: not valid YAML"),
    "no file of moves": (["play", "labor-strike", "--moves", "none.moves"], "none.moves: No such file"),
    "folder of moves": (["play", "labor-strike", "--moves", "."], ".: Is a directory"),
    "moves in Latin-1": (["play", "labor-strike", "--moves", "latin.moves"], "not text in UTF-8"),
    "impossible move": (
        ["play", "labor-strike", "--moves", "illegal.moves"],
        "illegal.moves:3: Nothing is agreed",
    ),
    "unknown move": (
        ["play", "labor-strike", "--moves", "unreadable.moves"],
        "unreadable.moves:3: “sing” is not",
    ),
    "journal in no folder": (["play", "labor-strike", "--journal", "none/x.jsonl"], "none"),
    "not a journal": (
        ["play", "labor-strike", "--journal", "text.txt"],
        "text.txt is not a caucusroom journal",
    ),
    "other case": (["play", "labor-strike", "--journal", "b.jsonl", "--case", "a"], "b.jsonl"),
    "no journal": (["replay", "none.jsonl"], "none.jsonl"),
    "empty journal": (["replay", "empty.jsonl"], "empty.jsonl is empty"),
    "replay of text": (["replay", "text.txt"], "text.txt is not a caucusroom journal"),
    "judgement of text": (["judge", "text.txt"], "text.txt is not a caucusroom journal"),
    "judgement of nothing": (["judge", "none.jsonl"], "There is no journal none.jsonl"),
    "no such attempt": (["judge", "b.jsonl", "--attempt", "3"], "There is no attempt 3: the journal has 2."),
    "attempt of letters": (["judge", "b.jsonl", "--attempt", "last"], "'--attempt'"),
    "two forms at once": (["judge", "b.jsonl", "--json", "--html", "b.html"], "name one of them"),
    "page over a journal": (["judge", "b.jsonl", "--html", "b.jsonl"], "b.jsonl is there already"),
    "page in no folder": (["judge", "b.jsonl", "--html", "none/b.html"], "none/b.html: No such file"),
    "strategies unknown": (["strategies", "labour-strike"], "There are: labor-strike"),
    "no plays": (
        ["strategies", "labor-strike", "--plays", "0"],
        "'--plays': '0' is not a whole number from 2 to 100000",
    ),
    "no such platform": (["export", "labor-strike", "--to", "nowhere"], "'--to': 'nowhere' (choose from"),
    "check of nothing": (["check", "nowhere"], "1 problem found"),
    "check of a broken one": (["check", str(BROKEN)], "1 problem found"),
    "an id that is none": (["new", "Paper Mill!"], "Paper Mill!"),
    "new in a file": (["new", "paper-mill", "--in", "text.txt"], "text.txt"),
    "solve unknown": (["solve", "labour-strike"], "There are: labor-strike"),
    "solve unknown case": (["solve", "labor-strike", "--case", "z"], "Its cases are: a, b"),
    "within nothing": (["solve", "labor-strike", "--within", "0"], "'--within'"),
    "lessons in a file": (["lab", "text.txt"], "text.txt is a file"),
    "port of letters": (["lab", "--port", "eight"], "'--port'"),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_one_sentence(here: Path, arguments: list[str], said: str) -> None:
    assert said in complaint(run(*arguments, cwd=here))


def test_list_plain_is_a_line_each() -> None:
    assert well(run("list", "--plain")).splitlines() == [f"{id} {load(id).truths}" for id in scenarios()]


HEAVY = {"rich", "pydantic", "typer", "yaml", "jupyterlab", "anywidget", "asyncio", "caucusroom_grading"}


@pytest.mark.parametrize(
    ("arguments", "more"),
    [(["--help"], {"caucusroom"}), (["play", "--help"], {"caucusroom"}), (["list", "--plain"], set())],
)
def test_what_answers_at_once_loads_nothing_heavy(arguments: list[str], more: set[str]) -> None:
    scenarios()  # compiled by now
    code = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
    code += "from caucusroom_course.cli import main; main()"
    ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert ran.stdout and "caucusroom_course.cli" in ran.stderr.split()
    assert not (HEAVY | more) & set(ran.stderr.split())


def test_list_tells_of_each_dispute() -> None:
    printed = " ".join(well(run("list")).split())
    for dispute in map(load, scenarios()):
        named = f"{len(dispute.cases)} cases with a name, {dispute.truths:,} truths"
        assert f"{dispute.id} {dispute.title}, {named}" in printed
        assert " ".join(dispute.summary.split()) in printed


def test_a_file_of_moves_becomes_a_transcript_and_a_journal(here: Path) -> None:
    arguments = ["play", "labor-strike", "--case", "d", "--moves", "skilled.moves", "--journal", "d.jsonl"]
    printed = " ".join(well(run(*arguments, cwd=here)).split())
    session = Session("labor-strike", case="d")
    for move in ("premeeting labor", "open_session"):
        for speech in session.play(move).speech:
            assert speech.text in printed
    assert "decisions so far: 3." in printed
    (attempt,) = read_journal(here / "d.jsonl").attempts
    assert attempt.moves[:2] == ("premeeting labor", "open_session")
    assert not re.search(r"[ \t]$", well(run(*arguments[:6], cwd=here)), re.MULTILINE)


def test_a_move_that_fails_keeps_those_before_it(here: Path) -> None:
    ran = run("play", "labor-strike", "--moves", "illegal.moves", "--journal", "new.jsonl", cwd=here)
    assert "illegal.moves:3: " in complaint(ran)
    assert "2. " in ran.stdout
    assert read_journal(here / "new.jsonl").attempts[0].moves == ("open_session", "hear_out")


def test_play_to_an_end_and_again(here: Path) -> None:
    written = f"1\n99\n{'9' * 5000}\nsing\nhear_out\n\nclose_open\nagain\nopen_session\nquit\n"
    arguments = ["play", "labor-strike", "--case", "a", "--journal", "talk.jsonl"]
    printed = " ".join(well(run(*arguments, cwd=here, input=written)).split())
    for said in (
        "The end: stopped",
        "There is no move 99: the numbers go from 1 to",
        "A move is at most 200 characters; this text has 5000.",
        "“sing” is not a move",
        "What was true:",
        "Saved in talk.jsonl.",
    ):
        assert said in printed
    attempts = read_journal(here / "talk.jsonl").attempts
    assert [one.moves[-1] for one in attempts] == ["close_open", "open_session"]
    resumed = well(run(*arguments, cwd=here, input=""))
    assert "1. Open the joint session" in resumed


def test_what_you_think_is_written_down_in_the_terminal_and_printed_again(here: Path) -> None:
    written = (
        "open_session\nthink\nthink union fear\nthink labor fear 9\nthink labor anger fear 1\n"
        "think management distrust\nthink labor anger 1\nlook_deeper\nquit\n"
    )
    arguments = ["play", "labor-strike", "--case", "a", "--journal", "think.jsonl"]
    printed = " ".join(well(run(*arguments, cwd=here, input=written)).split())
    for said in (
        "foot_dragging There is always one more thing to look up",
        "Write “think”, a side, one to four causes, and the numbers of the decisions whose answers say so: think labor",
        "There is no side “union” to write about; there are: labor, management.",
        "There is no answer to decision 9: decisions so far are 1.",
        "Written down: in the way of Local 1187: Unspoken anger, Fear. Heard after: 1.",
        "Written down: in the way of Harlan Forge: Distrust of promises.",
    ):
        assert said in printed
    beliefs = read_journal(here / "think.jsonl").attempts[0].beliefs
    assert [(one.after, one.side, one.causes, one.heard) for one in beliefs] == [
        (1, "labor", ("anger", "fear"), (1,)),
        (1, "management", ("distrust",), ()),
        (1, "labor", ("anger",), (1,)),
    ]
    again = well(run("replay", "think.jsonl", cwd=here))
    assert again.count("Written down: ") == 3
    assert again.index("\n1. ") < again.index("Written down: ") < again.index("\n2. ")


def test_the_move_behind_a_number_is_the_one_shown_beside_it(here: Path) -> None:
    printed = well(run("play", "labor-strike", "--case", "a", "--journal", "n.jsonl", cwd=here, input="2\n"))
    shown = re.search(r"^ +2  \S.*?  +(\S.*)$", printed, re.MULTILINE)
    assert shown
    assert read_journal(here / "n.jsonl").attempts[0].moves == (shown[1],)


def test_replay_prints_every_attempt(here: Path) -> None:
    printed = well(run("replay", "b.jsonl", cwd=here))
    assert "ana, attempt 1 of 2" in printed and "ana, attempt 2 of 2" in printed
    assert "The end: stopped" in printed and "The mediation goes on" in printed
    assert printed.count("1. ") == 2


def test_replay_says_where_a_branch_parted_and_shows_only_what_is_its_own(here: Path) -> None:
    session = Session("labor-strike", journal=here / "b.jsonl")
    session.branch(2, 1)
    session.hint(2)
    session.play("rejoin")
    session.branch(0)
    session.close()
    first, _, third, fourth = re.split("ana, attempt ", well(run("replay", "b.jsonl", cwd=here)))[1:]
    assert third.startswith("3 of 4, from decision 2 of attempt 1 =")
    assert "Back in attempt 1, as it stood after decision 2." in third
    assert re.findall(r"^(\d+)\. ", third, re.MULTILINE) == ["3"]
    assert re.findall(r"^(\d+)\. ", first, re.MULTILINE) == ["1", "2", "3"]
    assert third.index("A hint of level 2 was asked for.") < third.index("\n3. ")
    assert fourth.startswith("4 of 4, from the beginning of attempt 3 =")
    assert "Back in attempt 3, at its beginning." in fourth
    assert "decisions so far: 0." in fourth


def test_replay_drops_a_torn_line_and_says_so(here: Path) -> None:
    ran = run("replay", "torn.jsonl", cwd=here)
    assert ran.returncode == 0
    assert "was cut off" in ran.stderr and len(ran.stderr.splitlines()) == 1
    assert "The end: stopped" in ran.stdout


def test_replay_of_a_damaged_journal_goes_up_to_the_damage(here: Path) -> None:
    ran = run("replay", "damaged.jsonl", cwd=here)
    assert "damaged.jsonl is damaged in line 2, which was changed" in complaint(ran)
    assert "The mediation goes on" in ran.stdout


def test_judge_says_what_each_decision_was_worth(here: Path) -> None:
    report = judge(read_journal(here / "b.jsonl"), 1)
    printed = " ".join(well(run("judge", "b.jsonl", "--attempt", "1", cwd=here)).split())
    for decision in report.decisions:
        for finding in decision.findings:
            said = f"{finding.label}: {finding.reason} ({', '.join(finding.sources)})"
            assert " ".join(said.split()) in printed
    for score in report.criteria:
        level = "–" if score.level is None else f"{score.level} of 4"
        assert f"{score.name} {level} {score.points} of {score.weight} {score.anchor}" in printed
        assert all(" ".join(one.text.split()) in printed for one in score.occasions)
    assert f"Total {report.total} of 100" in printed
    so_far = well(run("judge", "b.jsonl", cwd=here))
    assert NOT_ENDED in " ".join(so_far.split()) and "attempt 2 of 2" in so_far
    assert not re.search(r"[ \t]$", so_far, re.MULTILINE)


def test_judge_prints_json_and_nothing_else(here: Path) -> None:
    ascii_only = os.environ | {"PYTHONIOENCODING": "ascii"}
    ran = subprocess.run(
        [COMMAND, "judge", "b.jsonl", "--json"], cwd=here, capture_output=True, env=ascii_only, check=True
    )
    assert ran.stdout.decode("utf-8") == judge(read_journal(here / "b.jsonl")).as_json() + "\n"


def test_judge_writes_a_page_and_only_over_a_page(here: Path) -> None:
    for _ in range(2):
        assert "b.html is written" in well(run("judge", "b.jsonl", "--html", "b.html", cwd=here))
    page = (here / "b.html").read_text(encoding="utf-8")
    assert page == review_page(judge(read_journal(here / "b.jsonl")))
    before = (here / "b.jsonl").read_bytes()
    for kept in ("b.jsonl", "text.txt", "damaged.jsonl"):
        assert kept in complaint(run("judge", "b.jsonl", "--html", kept, cwd=here))
    assert (here / "b.jsonl").read_bytes() == before


def test_judge_of_a_damaged_journal_goes_up_to_the_damage(here: Path) -> None:
    for form in ([], ["--json"], ["--html", "d.html"]):
        ran = run("judge", "damaged.jsonl", *form, cwd=here)
        assert "damaged.jsonl is damaged in line 2, which was changed" in complaint(ran)
        assert ran.stdout
    torn = run("judge", "torn.jsonl", cwd=here)
    assert torn.returncode == 0 and "was cut off" in torn.stderr
    unplayable = here / "unplayable.jsonl"
    lines = (here / "b.jsonl").read_bytes().splitlines(keepends=True)
    said = {"seq": 1, "move": "hear_out", "at": "", "prev": hash_in(lines[0].rstrip())}
    unplayable.write_bytes(lines[0] + seal(said) + b"\n")
    ran = run("judge", "unplayable.jsonl", cwd=here)
    assert "Decision 1, “hear_out”, cannot be played" in complaint(ran)
    assert NOT_ENDED in " ".join(ran.stdout.split())


def test_judge_refuses_another_version(here: Path) -> None:
    path = here / "old.jsonl"
    journal = Journal.open(path, dispute="labor-strike", content="0" * 16, default_case="a", default_player="ana")
    journal.close()
    assert "another version of labor-strike" in complaint(run("judge", "old.jsonl", cwd=here))


def test_strategies_prints_a_table_that_is_the_same_every_time(here: Path) -> None:
    first, again = (run("strategies", SOUND, "--plays", "2", cwd=here).stdout for _ in range(2))
    assert first == again
    other = run("strategies", SOUND, "--plays", "2", "--seed", "2", cwd=here).stdout
    worth, *_ = first.split("\n\n")
    names = re.findall(r"^\| (\S.*?) +\| ", worth, re.MULTILINE)[2:]
    assert names == [name for name in strategies(load(SOUND)) if name in names] and len(names) > 15
    assert other != first and other.splitlines()[:2] == first.splitlines()[:2]


def test_any_truth_can_be_played_read_judged_and_solved_by_its_id(here: Path) -> None:
    id = drawn(load("labor-strike"), "somebody")
    arguments = ["play", "labor-strike", "--case", id, "--moves", "skilled.moves", "--journal", "own.jsonl"]
    assert "The mediation goes on" in well(run(*arguments, cwd=here))
    assert read_journal(here / "own.jsonl").header.case == id
    assert "attempt 1 of 1" in well(run("replay", "own.jsonl", cwd=here))
    assert en.NOT_ENDED in " ".join(well(run("judge", "own.jsonl", cwd=here)).split())
    assert f"“{id[:-1]}”" in complaint(run("play", "labor-strike", "--case", id[:-1], cwd=here))
    small = drawn(load(SOUND), "somebody")
    assert f"case {small}: best end" in well(run("solve", SOUND, "--case", small, "--within", "1"))


def test_a_journal_in_use_is_refused(here: Path) -> None:
    session = Session("labor-strike", journal=here / "b.jsonl")
    assert "b.jsonl" in complaint(run("play", "labor-strike", "--journal", "b.jsonl", cwd=here, input=""))
    session.close()


def test_check_names_file_and_line() -> None:
    ran = run("check", SOUND, BROKEN)
    assert complaint(ran) == "caucusroom: 1 problem found."
    assert ran.stdout.splitlines()[0] == f"{SOUND}: nothing wrong"
    assert any(line.startswith(f"{BROKEN / 'scenario.yaml'}:12: ") for line in ran.stdout.splitlines())


def test_what_check_could_not_prove_is_said_and_is_no_problem(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unproven(folder: Path, progress: Any, note: Any, thorough: bool) -> list[Any]:
        note(f"case c: no better end was found ({thorough=})")
        return []

    monkeypatch.setattr(checker, "check", unproven)
    check_folders([SOUND], thorough=False)
    assert capsys.readouterr().out.splitlines() == [
        f"{SOUND}: nothing wrong",
        f"{SOUND}: case c: no better end was found (thorough=False)",
    ]


def test_check_looks_at_the_library_by_default() -> None:
    assert well(run("check")).count("nothing wrong") == len(scenarios())


def test_a_new_dispute_passes_check_and_plays(here: Path) -> None:
    assert "paper-mill" in well(run("new", "paper-mill", cwd=here))
    assert "nothing wrong" in well(run("check", "paper-mill", cwd=here))
    well(run("play", "paper-mill", "--journal", "p.jsonl", cwd=here, input="1\n"))
    assert "attempt 1 of 1" in well(run("replay", "p.jsonl", cwd=here))
    assert "paper-mill" in complaint(run("new", "paper-mill", cwd=here))


def test_solve_prints_a_line_that_reaches_what_it_says() -> None:
    printed = well(run("solve", SOUND, "--within", "3"))
    found = re.findall(
        r"^case (\w+): best end (\d+) of 100, (.+) \((.+)\)\n  line of (\d+): (.+)$", printed, re.MULTILINE
    )
    assert [one[0] for one in found] == list(load(SOUND).cases)
    for case, worth, ending, proven, length, line in found:
        session = Session(SOUND, case=case)
        for move in line.split("; "):
            session.play(move)
        assert session.outcome
        assert (session.outcome.worth, session.outcome.ending.replace("_", " ")) == (int(worth), ending)
        assert len(session.decisions) == int(length) and proven == "proven"
    assert len(re.findall(r"moves tried: [\d,]+, states kept: [\d,]+ in [\d,]+ situations", printed)) == len(found)
    assert all(int(one) > 1 for one in re.findall(r"states within 3 decisions: (\d+)", printed))


def test_lab_copies_what_is_missing_and_overwrites_nothing(tmp_path: Path) -> None:
    first = lessons()[0].name
    assert bring_lessons(tmp_path / "mine") == [one.name for one in lessons()]
    (tmp_path / "mine" / first).write_text("my own notes")
    assert bring_lessons(tmp_path / "mine") == []
    assert (tmp_path / "mine" / first).read_text() == "my own notes"


@pytest.mark.parametrize(
    ("missing", "extra", "arguments"),
    [
        ("jupyterlab", "lab", ["lab"]),
        ("anywidget", "lab", ["lab"]),
        ("yaml", "author", ["check", str(SOUND)]),
        ("yaml", "author", ["play", str(SOUND)]),
    ],
)
def test_a_missing_extra_is_named(tmp_path: Path, missing: str, extra: str, arguments: list[str]) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; from caucusroom_course.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert f'pip install "caucusroom[{extra}]"' in complaint(ran)
    assert list(tmp_path.iterdir()) == []


def brought_by(package: str) -> set[str]:
    """What is installed with a package, without any extra."""
    wanted = [Requirement(line) for line in requires(package) or ()]
    own = {one.name.lower() for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})}
    return own.union(*map(brought_by, own))


def test_the_plain_package_brings_nothing_but_what_sets_out_a_text() -> None:
    assert brought_by("caucusroom") == {"rich", *brought_by("rich")}
    assert not {"pydantic", "pyyaml", "typer"} & brought_by("caucusroom")


def test_playing_needs_no_extra(here: Path) -> None:
    blocked = dict.fromkeys(["pydantic", "jupyterlab", "ipykernel", "anywidget", "yaml", "jupytext"])
    code = f"import sys; sys.modules.update({blocked}); from caucusroom_course.cli import main; main()"
    arguments = ["play", "labor-strike", "--moves", "skilled.moves"]
    scenarios()  # compiled by now
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=here, capture_output=True, text=True, check=False
    )
    assert "The mediation goes on" in well(ran)


def test_control_c_is_no_traceback(here: Path) -> None:
    arguments = [str(COMMAND), "play", "labor-strike", "--journal", "c.jsonl"]
    pipe = subprocess.PIPE

    def heed_interrupts() -> None:  # a shell's background job, as on a build server, begins deaf to them
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    with subprocess.Popen(
        arguments, cwd=here, stdin=pipe, stdout=pipe, stderr=pipe, text=True, preexec_fn=heed_interrupts
    ) as playing:
        assert playing.stdin and playing.stdout and playing.stderr
        playing.stdin.write("open_session\n")
        playing.stdin.flush()
        while "Joint session" not in playing.stdout.readline():
            pass
        playing.send_signal(signal.SIGINT)
        assert playing.wait(60) == 130
        assert playing.stderr.read() == "caucusroom: Interrupted.\n"
    assert read_journal(here / "c.jsonl").attempts[0].moves == ("open_session",)


@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize("arguments", [["list"], ["list", "--plain"], ["play", "labor-strike"]])
def test_a_closed_pipe_is_quiet(arguments: list[str], buffered: bool) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "" if buffered else "1"},
        check=False,
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (1, b"")


def test_a_terminal_that_lacks_characters_shows_something(here: Path) -> None:
    ascii_only = os.environ | {"PYTHONIOENCODING": "ascii"}
    printed = well(run("play", "labor-strike", "--moves", "skilled.moves", cwd=here, env=ascii_only))
    assert "The seventh week" in printed


@pytest.mark.parametrize("case", "acd")
def test_the_states_that_solve_counts_are_those_no_other_is_as_good_as(case: str) -> None:
    played = load(SOUND).case(case)
    reached, layer = {initial(played)}, {initial(played)}
    for _ in range(3):
        layer = {apply(played, state, move)[0] for state in layer for move in legal_moves(played, state)}
        layer = {state for state in layer if not state.ending and not state.taint}
        reached |= layer
    front = Front()
    for state in reached:
        front.add(state, 0)
    assert count_states(played, 3) == len(front) < len(reached)
