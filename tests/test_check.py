"""The author's checker: what it finds, where, what it says to do; and sound disputes are left in peace."""

import json
import random
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from caucusroom import load
from caucusroom.authoring import searches
from caucusroom.authoring.check import check
from caucusroom.authoring.check import plays as plays_checked
from caucusroom.authoring.check.lines import move_without_words, occasions
from caucusroom.authoring.check.subject import Subject
from caucusroom.authoring.compile import compile_catalogue, read_written, what_is_played
from caucusroom.authoring.names import REASONS
from caucusroom.authoring.searches import Searches
from caucusroom.authoring.source import Problem
from caucusroom.authoring.starter import STARTER, new_dispute
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.events import SPOKEN, Event
from caucusroom.laws.legality import legal_moves
from caucusroom.laws.state import State
from caucusroom.model.dispute import Case
from caucusroom.model.moves import Move
from caucusroom.search.solve import solve
from caucusroom.seen.view import View, view
from caucusroom.voice.voice import about

from tests.plays import THOROUGH
from tests.spoilt import PATCHES, SOUND, spoilt

ROOT = Path(__file__).parents[1]
STRIKE = ROOT / "scenarios" / "labor-strike"

WHAT_TO_DO = {
    "alternative-never-chosen": "never 1 barriers and 0 to 1 facts that may go together; change these numbers",
    "alternatives-alike": "nothing can tell down_scared from down_afraid",
    "bad-clock": "let it start earlier or give it fewer ticks",
    "bad-name": "use small letters, digits and _",
    "bad-value": "write a whole number from 0 to 5 (found 30)",
    "bad-value_decisions": "write a whole number from 4 to 8 (found 3)",
    "bad-value_numbers": "write the smaller number first",
    "bad-yaml": "look at this line and the one above",
    "barrier-never-answered": "holt resists trial, guarantee; let one of them through, or add the fact that it takes",
    "case-without-walkthrough": "add one to walkthroughs/, kind: skilled",
    "cue-betrays-barrier": "let a barrier of another cause there show it too, or make it a habit",
    "effect-never-matters": "down has no stale_picture or unrealistic there in a truth that has it",
    "everybody-ready": "give a side a barrier whose cause is not_ready",
    "fact-never-shared": "nobody is ever told cat in case e: its guard is 3, and the trust of down comes to 2 at most",
    "habit-betrays-truth": "use one of: one_demand",
    "in-no-truth": "add it to one under unknowns, or take it out",
    "issue-never-settled": "add an option, lower a floor or a limit",
    "line-betrays-barrier": "use its cue and issue instead",
    "line-never-said": "there it can be: caucus, joint",
    "line-of-another": "let holt say it",
    "line-said-twice": "write another wording, or take it out",
    "missing-file": "`caucusroom new` shows what it holds",
    "missing-key": "nothing is said here for party “down”; add it",
    "missing-key_unknowns": "nothing is said here for party “up”; add it",
    "mistake-without-cost": "change its steps",
    "needs-not-critical": "add critical to its effects",
    "no-good-end": "give it more time or fewer barriers",
    "no-lines": "add what people say",
    "no-scenes": "add one, or take the file away",
    "no-such-truth": "up_dream with up_stuck is no answer to “Why the piano stays”",
    "no-such-truth_apart": "down_burned and down_sore are kept apart (under unknowns); leave one of them out",
    "no-such-truth_count": "of the barriers of down it has 1, and by unknowns there must be 2",
    "no-such-truth_unanswered": "choose one of: up_stuck, up_dream",
    "no-truth": "widen barriers or facts, or add alternatives",
    "nobody-in-the-room": "give it a person whose seat is not remote",
    "nobody-to-bring": "give down a person whose seat is remote",
    "nothing-to-do": "let it have at least 1, as in “barriers: [1, 2]”",
    "one-button-wins": "won with hear_out alone; give it a barrier that takes something else",
    "option-never-accepted": "raise its worth, lower a floor",
    "remote-speaks": "let somebody else say this",
    "same-name": "give this person another",
    "same-name_question": "up_stuck stands under way already; a thing can answer one question only",
    "same-name_scene": "is the id of another scene already; give this one another",
    "same-name_thing": "give this another",
    "same-truth": "give it another, or take it out",
    "scene-length": "as the scene says, or bring the mediation to an end before that; it makes 3",
    "scene-length_long": "before that; it makes 5",
    "scene-move": "cannot be made here: You are all at the table already. Possible now: adjourn, break,",
    "scene-move_skilled": "“share key” cannot be made here: You do not know of that. Possible now:",
    "scene-over": "these moves end the mediation (stopped); take the last away",
    "too-few-truths": "there are 20 truths, so a second play is like the first",
    "unknown-alternative": "did you mean “down_burned”?",
    "unknown-alternative_other": "name one of its own, or move it there",
    "unknown-barrier": "did you mean “down_sore”?",
    "unknown-case": "did you mean “b”?",
    "unknown-case_scene": "did you mean “a”?",
    "unknown-cause": "did you mean “unrealistic”?",
    "unknown-ending": "there are: adjourned, out_of_time,",
    "unknown-issue": "did you mean “piano”?",
    "unknown-key": "did you mean “summary”?",
    "unknown-moment": "did you mean “cue”?",
    "unknown-move": "did you mean “explain_caucus”?",
    "unknown-move_scene": "did you mean “explain_caucus”?",
    "unknown-party": "did you mean “up”?",
    "unknown-person": "did you mean “mira”?",
    "unknown-person_other": "“mira” is nobody of down who is in the room; there are: holt",
    "unknown-person_who": "did you mean “holt”?",
    "unknown-placeholder": "there are: {party}, {other}, {issue}, {target}",
    "unknown-statement": "did you mean “found up_dream”?",
    "unknown-technique": "did you mean “trial”?",
    "unknown-without-choice": "add another one, or nothing",
    "walkthrough-because": "write because: at the table (You are all at the table already.)",
    "walkthrough-ends": "but it ends as “settlement”",
    "walkthrough-ends-badly": "as this one does: premeeting",
    "walkthrough-follows": "what followed: answered down_burned",
    "walkthrough-not-offered": "Possible now: adjourn, break,",
    "walkthrough-offered": "should not be offered here, but it is",
    "walkthrough-open": "make its last step, for example, “- ends: settlement”",
    "wrong-cue": "use one of: hedges, returns_to_it, wants_guarantees",
    "wrong-id": "write id: wrong-id, or rename the folder",
    "wrong-resistance": "hear_out does not answer distrust in anybody",
    "wrong-resistance_share": "share cannot be resisted, so there is nothing to say here; what can be resisted: trial,",
}
"""By the name of a patch: the rule that it breaks, and after a _ what of it."""
UNMARKED = {"missing-file": {("lines.yaml", 1)}, "case-without-walkthrough": {("scenario.yaml", 77)}}
"""Where something is missing there is no line to mark."""
CONSEQUENCES = {
    "barrier-never-answered": {"walkthrough-follows", "walkthrough-not-offered"},
    "cue-betrays-barrier": {"walkthrough-follows", "walkthrough-not-offered"},
    "everybody-ready": {"walkthrough-ends-badly"},
    "no-good-end": {"one-button-wins", "scene-move", "walkthrough-not-offered"},
    "one-button-wins": {"walkthrough-follows", "walkthrough-not-offered"},
    "same-truth": {"walkthrough-follows", "walkthrough-not-offered"},
}
"""What else must be wrong where that is wrong."""


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where searches are remembered: in no test what another found."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


def marked(folder: Path) -> set[tuple[str, int]]:
    """File and line of everything in a bad scenario that is marked as wrong."""
    return {
        (file.name, number)
        for file in folder.rglob("*.yaml")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if "# wrong" in line
    }


def test_every_rule_has_its_bad_scenario() -> None:
    assert PATCHES.keys() == WHAT_TO_DO.keys()
    assert len(PATCHES) >= 20


@pytest.mark.parametrize("name", sorted(WHAT_TO_DO))
def test_what_is_wrong_is_found_where_it_is(name: str, tmp_path: Path) -> None:
    folder, rule = spoilt(name, tmp_path), name.partition("_")[0]
    problems = check(folder)
    found = [problem for problem in problems if problem.rule == rule]
    assert {(problem.file.name, problem.line) for problem in found} == (UNMARKED.get(name) or marked(folder))
    assert all(WHAT_TO_DO[name] in problem.what for problem in found)
    assert {problem.rule for problem in problems} - {rule} == CONSEQUENCES.get(name, set())
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
    assert {problem.rule for problem in check(folder)} >= {"unknown-person", "missing-key", "unknown-key"}


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
        (
            b"a0: &a0 [ha, ha]\n"
            + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b"*a%d, " % (n - 1) * 9) for n in range(1, 9)),
            "bad-yaml",
        ),
        (b"id: !!python/object:os.system x\n", "bad-yaml"),
    ],
)
def test_a_file_that_is_no_dispute_is_refused_in_words(tmp_path: Path, content: bytes, rule: str) -> None:
    for name in ("scenario.yaml", "lines.yaml"):
        (tmp_path / name).write_bytes(content)
    problems = check(tmp_path)
    assert rule in {problem.rule for problem in problems if problem.file.name == "scenario.yaml"}
    assert all(problem.line >= 1 and len(problem.what.split()) > 2 for problem in problems)


@pytest.mark.parametrize(
    ("file", "was", "now", "cases"),
    [
        ("a.yaml", "choose: conclude", "choose: conclud", "case a"),
        ("b.yaml", "title: ", "tittle: ", "case b"),
        ("b.yaml", "case: b", "case: bb", "cases a, b, c, d and e"),
        ("c.yaml", "steps:", "steps: [", "cases a, b, c, d and e"),
    ],
)
def test_a_slip_in_a_walkthrough_pays_for_no_search(file: str, was: str, now: str, cases: str, tmp_path: Path) -> None:
    folder = tmp_path / "sound"
    shutil.copytree(SOUND, folder)
    walkthrough = folder / "walkthroughs" / file
    walkthrough.write_text(walkthrough.read_text("utf-8").replace(was, now), encoding="utf-8")
    told, notes = list[str](), list[str]()
    problems = check(folder, told.append, notes.append)
    assert problems and {problem.file for problem in problems} == {walkthrough}
    looked = [one for one in told if one.endswith("looking for its best end")]
    assert len(looked) == 5 - (cases.count(",") + 2 if "and" in cases else 1)
    slips = "because of the slips in the walkthroughs; mend them and check again"
    assert f"{cases}: nothing was searched for, {slips}" in notes


def test_every_fault_of_a_walkthrough_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "sound"
    shutil.copytree(SOUND, folder)
    walkthrough = folder / "walkthroughs" / "b.yaml"
    text = walkthrough.read_text("utf-8")
    for was, now in (
        ("  - choose: premeeting up\n", "  - offered: [premeeting up, conclude, dance]\n  - choose: premeeting up\n"),
        ("[found down_burned]", "[found down_burned, wall down, wall upp]"),
        ("  - choose: rejoin\n", "  - {not offered: rejoin, because: too late}\n  - choose: rejoin\n"),
        ("ends: settlement", "ends: part_settlement"),
    ):
        assert was in text
        text = text.replace(was, now)
    walkthrough.write_text(text, encoding="utf-8")
    assert [(problem.rule, problem.line) for problem in check(folder)] == [
        ("unknown-move", 6),
        ("walkthrough-not-offered", 6),
        ("unknown-statement", 12),
        ("walkthrough-follows", 12),
        ("walkthrough-offered", 18),
        ("walkthrough-ends", 23),
    ]


# searches


def large(folder: Path) -> Path:
    """The starter without its walkthroughs: nothing is known of how its cases end, and some proofs take long."""
    shutil.copytree(STARTER, folder / "starter", ignore=shutil.ignore_patterns("walkthroughs", "*.py"))
    return folder / "starter"


def test_what_is_not_proven_is_said_and_what_was_found_is_remembered(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plays_checked, "TRIES", 4_000)
    folder, first, again = large(tmp_path), list[str](), list[str]()
    problems = check(folder, note=first.append)
    assert "case-without-walkthrough" in {problem.rule for problem in problems}
    (note,) = first
    assert re.fullmatch(r"cases (.*): no better end was found in 4,000 tries; --thorough proves it", note)
    monkeypatch.setattr(searches, "solve", None)  # nothing is searched for again
    assert check(folder, note=again.append) == problems
    assert again == first
    assert len([*cache.rglob("*.json")]) == 1


@pytest.mark.skipif(not THOROUGH, reason="CAUCUSROOM_THOROUGH proves every case of a dispute without walkthroughs")
def test_a_thorough_check_proves(tmp_path: Path) -> None:
    folder, notes = large(tmp_path), list[str]()
    assert {problem.rule for problem in check(folder, note=notes.append, thorough=True)} == {"case-without-walkthrough"}
    assert notes == []
    check(folder, note=notes.append)
    assert notes == [], "what was proven is remembered by the quick check too"


def test_tries_bound_every_search() -> None:
    case = load(STRIKE).case("c")
    for tries in (1, 50, 1_000, 20_000):
        solution = solve(case, tries=tries)
        assert solution.applications < tries + len(case.dispute.moves)
        assert not solution.proven


def test_only_a_better_end_is_looked_for() -> None:
    case = load(STRIKE).case("d")
    best = solve(case)
    assert best.proven and best.line
    none = solve(case, beat=best.worth)
    assert (none.worth, none.line, none.proven) == (best.worth, (), True)
    assert solve(case, beat=best.worth - 1).worth == best.worth


def remembering(case: Case, folder: Path) -> Searches:
    return Searches(["played", case.id], folder)


def test_a_proof_answers_other_questions_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = load(SOUND).case("b")
    proof = remembering(case, tmp_path)
    best = proof.best(case, 200_000)
    assert best.proven and best.line
    monkeypatch.setattr(searches, "solve", None)
    later = remembering(case, tmp_path)
    assert later.best(case, 10**9) == best
    assert later.best(case, 10, beat=best.worth - 1).line == best.line
    assert later.best(case, 10, beat=best.worth).line == ()
    assert later.best(case, 10, beat=best.worth).proven


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b"[" * 100_000, b'{"b": 1}', b'{"b": [1, {"line": 3}, {"line": [3]}]}']
    + [
        json.dumps({"b": [{"beat": -1, "worth": worth, "line": line, "tries": 9**9, "proven": True}]}).encode()
        for worth, line in ((100, []), (100, ["open_session", "close_open"]), ("x", []), (100, ["fly"]))
    ],
)
def test_a_spoilt_memory_is_as_good_as_none(content: bytes, tmp_path: Path) -> None:
    case = load(SOUND).case("b")
    fresh = remembering(case, tmp_path / "fresh").best(case, 20_000)
    file = searches.file_for(["played", "b"], tmp_path)
    assert file is not None
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert remembering(case, tmp_path).best(case, 20_000) == fresh


def test_a_memory_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    case = load(SOUND).case("b")
    (tmp_path / "caucusroom").write_text("in the way", encoding="utf-8")
    search = remembering(case, tmp_path)
    assert search.best(case, 20_000).line
    assert (tmp_path / "caucusroom").read_text("utf-8") == "in the way"


def test_another_dispute_or_other_rules_are_another_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = searches.file_for(["played", "a"], tmp_path)
    assert one != searches.file_for(["played", "b"], tmp_path)
    monkeypatch.setattr(searches, "RULES", ("laws", "model"))
    assert one != searches.file_for(["played", "a"], tmp_path)


def test_words_are_no_part_of_what_is_played() -> None:
    catalogue = compile_catalogue()
    written = read_written(STRIKE, catalogue, [])
    assert written is not None
    played = json.dumps(what_is_played(written.data, catalogue))
    assert written.parts.opening[:40] not in played and written.parts.unknowns["labor"].story[:40] not in played
    assert "resists" in played


def test_the_memory_is_in_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert searches.cache_folder() == tmp_path
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert searches.cache_folder() == Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    monkeypatch.setattr(Path, "home", classmethod(lambda cls: (_ for _ in ()).throw(RuntimeError)))
    assert searches.cache_folder() is None
    case = load(SOUND).case("b")
    assert Searches(["played"]).best(case, 20_000).line


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
                assert event.kind not in SPOKEN or believed(event.kind, facts, now), (case.id, str(move), event)


def test_a_move_without_words_is_found(subject: Subject) -> None:
    assert list(move_without_words(subject)) == []
    catalogue = subject.dispute.catalogue
    mute = catalogue.techniques["close_open"]._replace(say=())
    silent = replace(catalogue, techniques={**catalogue.techniques, "close_open": mute})
    lines = tuple(line for line in subject.dispute.lines if line.on != "close_open")
    kept = {place: line for place, line in subject.written.spoken.items() if line.on != "close_open"}
    found = move_without_words(
        Subject(replace(subject.written, spoken=kept), replace(subject.dispute, catalogue=silent, lines=lines))
    )
    assert [re.sub(r";.*", "", finding.what) for finding in found] == ["the mediator has no words for close_open"]


# truths


def test_a_limit_says_how_far_a_side_goes_where_it_is_true() -> None:
    dispute = load(STARTER)
    assert dispute.case("a").truth.floors == ((3, 3), (3, 2))
    assert dispute.case("b").truth.floors == ((3, 4), (3, 3))


def test_that_there_are_few_truths_is_said_and_is_no_problem() -> None:
    few, many = list[str](), list[str]()
    assert check(SOUND, note=few.append) == check(STARTER, note=many.append) == []
    assert few[0] == "32 truths: two of a class will often meet the same; with 2,000 they seldom do"
    assert not [note for note in many if "truths" in note]


def test_what_was_true_is_told_side_by_side_in_the_order_in_which_it_matters() -> None:
    first, second = load(STARTER).case("b").truth.truth.split("\n\n")
    assert re.fullmatch(r"Nour talked .* on the flour bin .* right wrist .* three nights .*", first)
    assert re.fullmatch(r"Tom had a figure .* his aunt's, .* nights that nobody had promised, .*", second)


def test_what_is_looked_through_has_every_alternative_in_it(subject: Subject) -> None:
    for side, own in enumerate(subject.dispute.unknowns):
        for number, unknown in enumerate(own.questions):
            met = {case.truth.choices[side][number] for case in subject.cases}
            assert met == set(range(len(unknown.alternatives))), unknown.id


def test_everything_that_may_go_together_is_counted_once() -> None:
    for own in load(STARTER).unknowns:
        every = product(*(range(len(unknown.alternatives)) for unknown in own.questions))
        assert [choice[: len(own.questions)] for choice in own.choices] == [
            one for one in every if own.go_together(one)
        ]


def test_floors_are_said_for_each_side_and_issue(tmp_path: Path) -> None:
    folder = tmp_path / "sound"
    shutil.copytree(SOUND, folder)
    scenario = folder / "scenario.yaml"
    text = scenario.read_text("utf-8")
    scenario.write_text(
        text.replace("{up: {piano: 3}, down: {piano: 3}}", "{up: {pianno: 3}, dawn: {piano: 3}}"), "utf-8"
    )
    found = [(problem.rule, re.findall("“(.*?)”", problem.what)) for problem in check(folder)]
    assert sorted(found) == [
        ("missing-key", ["down"]),
        ("missing-key", ["piano"]),
        ("unknown-issue", ["pianno", "piano"]),
        ("unknown-party", ["dawn", "down"]),
    ]


def test_a_word_that_says_that_there_is_none_is_no_id(tmp_path: Path) -> None:
    folder = tmp_path / "sound"
    shutil.copytree(SOUND, folder)
    scenario = folder / "scenario.yaml"
    scenario.write_text(scenario.read_text("utf-8").replace("\n  key:", "\n  nothing:"), encoding="utf-8")
    assert "“nothing” says that there is none; give this another id" in [problem.what for problem in check(folder)]
