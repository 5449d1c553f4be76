"""The author's checker: what it finds, where, what it says to do; and sound disputes are left in peace."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from caucusroom import load
from caucusroom.authoring.check import check
from caucusroom.authoring.check.lines import move_without_words, occasions
from caucusroom.authoring.check.subject import Subject
from caucusroom.authoring.compile import REASONS, compile_catalogue, read_written
from caucusroom.authoring.source import Problem
from caucusroom.authoring.starter import STARTER, new_dispute
from caucusroom.laws.apply import apply, initial, legal_moves
from caucusroom.laws.events import Event
from caucusroom.laws.state import State
from caucusroom.model.dispute import Case
from caucusroom.model.moves import Move
from caucusroom.seen.view import View, view
from caucusroom.voice.voice import about

ROOT = Path(__file__).parents[1]
BAD = ROOT / "tests" / "bad_scenarios"
SOUND = BAD / "sound"
STRIKE = ROOT / "scenarios" / "labor-strike"

WHAT_TO_DO = {
    "bad-clock": "let it start earlier or give it fewer ticks",
    "bad-name": "use small letters, digits and _",
    "bad-value": "write a whole number from 0 to 5 (found 30)",
    "bad-yaml": "look at this line and the one above",
    "barrier-in-no-case": "add it to one, or take it out",
    "barrier-never-answered": "give the case one, or name another technique",
    "barrier-never-found": "lower its depth, or give down another barrier there that can be answered first",
    "case-without-walkthrough": "add one to walkthroughs/, kind: skilled",
    "cue-betrays-barrier": "let another barrier of down there show it too, in another case",
    "effect-never-matters": "down has no stale_picture or unrealistic there in a case that has it",
    "everybody-ready": "give one case a barrier whose cause is not_ready",
    "fact-in-no-case": "add it to one, or take it out",
    "fact-never-shared": "lower its guard",
    "habit-betrays-case": "use one of: one_demand",
    "line-betrays-barrier": "use its cue and issue instead",
    "line-never-said": "there it can be: caucus, joint",
    "line-said-twice": "write another wording, or take it out",
    "missing-file": "`caucusroom new` shows what it holds",
    "missing-key": "nothing is said here for party “down”; add it",
    "mistake-without-cost": "change its steps",
    "needs-not-critical": "add critical to its effects",
    "no-good-end": "lower a floor or add an option",
    "no-lines": "add what people say",
    "nobody-in-the-room": "give it a person whose seat is not remote",
    "nobody-to-bring": "give down a person whose seat is remote",
    "one-button-wins": "won with hear_out alone; give it a barrier that takes something else",
    "option-never-accepted": "raise its worth, lower a floor",
    "remote-speaks": "let somebody else say this",
    "same-name": "give this person another",
    "same-truth": "give it others, or take it out",
    "too-few-cases": "write at least 5",
    "unknown-barrier": "did you mean “down_burned”?",
    "unknown-case": "did you mean “b”?",
    "unknown-cause": "did you mean “unrealistic”?",
    "unknown-ending": "there are: adjourned, out_of_time,",
    "unknown-key": "did you mean “summary”?",
    "unknown-moment": "did you mean “cue”?",
    "unknown-move": "did you mean “explain_caucus”?",
    "unknown-party": "did you mean “up”?",
    "unknown-person": "did you mean “mira”?",
    "unknown-placeholder": "there are: {party}, {other}, {issue}, {target}",
    "unknown-statement": "did you mean “found up_dream”?",
    "unknown-technique": "did you mean “trial”?",
    "walkthrough-because": "the reason given is: You are all at the table already.",
    "walkthrough-ends": "but it ends as “settlement”",
    "walkthrough-follows": "what followed: answered down_burned",
    "walkthrough-not-best": "this one does: premeeting",
    "walkthrough-not-offered": "Possible now: adjourn, break,",
    "walkthrough-offered": "should not be offered here, but it is",
    "walkthrough-open": "make its last step, for example, “- ends: settlement”",
    "wrong-cue": "use one of: hedges, returns_to_it, wants_guarantees",
    "wrong-id": "write id: wrong-id, or rename the folder",
    "wrong-remedy": "what does: share, trial, guarantee",
}
UNMARKED = {"missing-file": {("lines.yaml", 1)}, "case-without-walkthrough": {("scenario.yaml", 65)}}
"""Where something is missing there is no line to mark."""
CONSEQUENCES = {
    "barrier-never-answered": {"no-good-end", "walkthrough-follows"},
    "barrier-never-found": {"no-good-end", "walkthrough-follows"},
    "everybody-ready": {"walkthrough-not-best"},
    "no-good-end": {"walkthrough-follows"},
    "nobody-in-the-room": {"remote-speaks"},
    "nobody-to-bring": {"cue-betrays-barrier", "walkthrough-follows"},
    "one-button-wins": {"walkthrough-follows"},
    "same-truth": {"walkthrough-follows"},
}
"""What else must be wrong where that is wrong."""


def marked(folder: Path) -> set[tuple[str, int]]:
    """File and line of everything in a bad scenario that is marked as wrong."""
    return {
        (file.name, number)
        for file in folder.rglob("*.yaml")
        if not file.is_symlink() and not file.parent.is_symlink()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if "# wrong" in line
    }


def test_every_rule_has_its_bad_scenario() -> None:
    folders = {folder.name for folder in BAD.iterdir()} - {"sound"}
    assert folders == WHAT_TO_DO.keys()
    assert len(folders) >= 20


@pytest.mark.parametrize("rule", sorted(WHAT_TO_DO))
def test_what_is_wrong_is_found_where_it_is(rule: str) -> None:
    problems = check(BAD / rule)
    found = [problem for problem in problems if problem.rule == rule]
    assert {(problem.file.name, problem.line) for problem in found} == (UNMARKED.get(rule) or marked(BAD / rule))
    assert all(WHAT_TO_DO[rule] in problem.what for problem in found)
    assert {problem.rule for problem in problems} - {rule} == CONSEQUENCES.get(rule, set())
    assert str(found[0]) == f"{found[0].file}:{found[0].line}: {found[0].what}"


@pytest.mark.parametrize("folder", [SOUND, STARTER, STRIKE], ids=lambda folder: folder.name)
def test_sound_disputes_are_left_in_peace(folder: Path) -> None:
    told: list[str] = []
    assert check(folder, told.append) == []
    assert told[0] == "reading"
    assert "case a: looking for its best end" in told


def test_everything_is_found_in_one_run(tmp_path: Path) -> None:
    folder = new_dispute("many", tmp_path)
    scenario, lines = folder / "scenario.yaml", folder / "lines.yaml"
    scenario.write_text(scenario.read_text("utf-8").replace("guard: 2", "guard: 9"), encoding="utf-8")
    lines.write_text(lines.read_text("utf-8").replace("who: ruth", "who: rut"), encoding="utf-8")
    walkthrough = folder / "walkthroughs" / "skilled-a.yaml"
    walkthrough.write_text(walkthrough.read_text("utf-8").replace("kind: ", "kin: "), encoding="utf-8")
    assert [problem.rule for problem in check(folder)].count("bad-value") == 2
    assert {problem.file for problem in check(folder)} == {scenario, walkthrough}
    scenario.write_text((STARTER / "scenario.yaml").read_text("utf-8").replace("id: starter", "id: many"), "utf-8")
    assert {problem.rule for problem in check(folder)} >= {
        "unknown-person",
        "missing-key",
        "case-without-walkthrough",
    }


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "bad-value"),
        (b"- a\n", "bad-value"),
        (b"id: \xff\n", "unreadable-file"),
        (b"&a [*a]", "bad-yaml"),
        (b"a: 1\na: 2\n", "bad-yaml"),
        (b"\t- a", "bad-yaml"),
        (b"id: [1, 2\n", "bad-yaml"),
        (b"id: !!python/object:os.system x\n", "bad-yaml"),
    ],
)
def test_a_file_that_is_no_dispute_is_refused_in_words(tmp_path: Path, content: bytes, rule: str) -> None:
    for name in ("scenario.yaml", "lines.yaml"):
        (tmp_path / name).write_bytes(content)
    problems = check(tmp_path)
    assert rule in {problem.rule for problem in problems if problem.file.name == "scenario.yaml"}
    assert all(problem.line >= 1 and len(problem.what.split()) > 2 for problem in problems)


def test_a_folder_that_is_missing_is_refused_in_words(tmp_path: Path) -> None:
    (problem,) = check(tmp_path / "nowhere")
    assert problem.rule == "missing-folder"


# begin with the starter


def test_a_new_dispute_passes(tmp_path: Path) -> None:
    folder = new_dispute("two-bakers", tmp_path / "drafts")
    assert folder == tmp_path / "drafts" / "two-bakers"
    assert check(folder) == []
    assert load(folder).id == "two-bakers"
    assert (folder / "notes.md").is_file()
    assert not list(folder.rglob("*.py"))


@pytest.mark.parametrize(
    ("id", "says"),
    [
        ("Two Bakers", "use small letters"),
        ("../up", "use small letters"),
        ("", "use small letters"),
        ("there", "is there already"),
    ],
)
def test_an_unfit_new_dispute_is_refused_in_words(tmp_path: Path, id: str, says: str) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(ValueError, match=says):
        new_dispute(id, tmp_path)


def test_a_new_dispute_in_an_impossible_place_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="cannot be made"):
        new_dispute("bakers", tmp_path / "file")


# what the checker believes to be possible is never too little


def plays(case: Case, count: int) -> Iterator[tuple[State, Move, tuple[Event, ...], State]]:
    """Every step of so many random plays, the same each time."""
    for seed in range(count):
        chance, state = random.Random(seed), initial(case)
        while moves := legal_moves(case, state):
            move = chance.choice([move for move in moves if move.technique != "close_open"] or moves)
            after, events = apply(case, state, move)
            yield state, move, events, after
            state = after


@pytest.fixture(scope="module", params=[STRIKE, STARTER], ids=lambda folder: folder.name)
def subject(request: pytest.FixtureRequest) -> Subject:
    problems: list[Problem] = []
    dispute = read_written(request.param, compile_catalogue(), problems)
    assert dispute is not None
    assert problems == []
    return Subject(dispute, load(request.param))


def test_no_play_gets_further_than_the_checker_believes(subject: Subject) -> None:
    for case in subject.cases:
        reached = subject.reach[case.id]
        for _, _, _, after in plays(case, 60):
            for part in ("found", "answered", "known", "developed"):
                assert not getattr(after, part) & ~getattr(reached, part), (case.id, part)
            assert all(one <= most for one, most in zip(after.trust, reached.trust, strict=True))


def test_everything_that_happens_is_believed_possible(subject: Subject) -> None:
    possible = occasions(subject)

    def believed(on: str, facts: dict[str, str], now: View) -> bool:
        asked = {name: value for name, value in facts.items() if value} | {"room": now.room}
        return any(all(v in one.get(name, ()) for name, v in asked.items()) for one in possible[on])

    for case in subject.cases:
        for before, move, events, after in plays(case, 60):
            then, now = view(case, before), view(case, after)
            target = subject.dispute.catalogue.techniques[move.technique].target
            said = {"technique": move.technique, "issue": then.topic, target: move.target}
            assert believed(move.technique, said, then), (case.id, str(move))
            for event in events:
                facts = about(subject.dispute, event, now)
                if facts["why"] not in REASONS:
                    del facts["why"]
                if event.kind in ("early", "waited"):
                    facts.pop("barrier", None)
                assert event.kind == "ended" or believed(event.kind, facts, now), (case.id, str(move), event)


def test_a_move_without_words_is_found(subject: Subject) -> None:
    assert list(move_without_words(subject)) == []
    catalogue = subject.dispute.catalogue
    mute = replace(catalogue.techniques["close_open"], say=())
    silent = replace(catalogue, techniques={**catalogue.techniques, "close_open": mute})
    lines = tuple(line for line in subject.dispute.lines if line.on != "close_open")
    kept = {place: line for place, line in subject.written.spoken.items() if line.on != "close_open"}
    found = move_without_words(
        Subject(replace(subject.written, spoken=kept), replace(subject.dispute, catalogue=silent, lines=lines))
    )
    assert [re.sub(r";.*", "", finding.what) for finding in found] == ["the mediator has no words for close_open"]
