"""The one object a notebook needs: played, closed, opened again, and told off in a sentence."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from caucusroom import (
    Attempt,
    Belief,
    JournalError,
    Move,
    MoveAmbiguous,
    MoveIllegal,
    MoveUnreadable,
    Session,
    load,
    read_journal,
    scenarios,
)
from caucusroom.noting import NoteOwed
from caucusroom.record.journal import Journal
from caucusroom.session import draw_case

from tests.golden.plays import golden_plays
from tests.plays import CASES, RASH, random_play

DISPUTE = "labor-strike"
LINE = ("premeeting labor", "premeeting management", "open_session", "explain_caucus", "call_caucus labor", "hear_out")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "strike.jsonl"


def played(session: Session, *moves: str) -> Session:
    for move in moves:
        session.play(move)
    return session


def noted(session: Session) -> Session:
    """With something written down about each side, as graded work asks for."""
    for party in session.dispute.parties:
        session.note(party.id, ["anger"])
    return session


def everything_shown(session: Session) -> tuple[object, ...]:
    return (
        session.case, session.player, session.attempt, session.moves, session.refused, session.view, session.turns,
        session.decisions, session.outcome,
    )  # fmt: skip


# playing


def test_a_decision_is_answered_with_what_was_said_and_what_is_known_now() -> None:
    session = Session(DISPUTE, case="a")
    turn = session.play("open_session")
    assert (turn.number, turn.move) == (1, Move("open_session"))
    assert turn.speech[0].name == "You" and len(turn.speech) > 1
    assert turn.before.room == "before" and turn.after.room == "joint" and turn.after == session.view
    assert session.turns == (turn,) and session.decisions == (turn.move,)


def test_the_beginning_of_each_word_is_enough() -> None:
    session = Session(DISPUTE, case="a")
    assert session.play("open").move == Move("open_session")
    assert session.play("call man").move == Move("call_caucus", "management")


def test_what_cannot_be_played_is_refused_and_nothing_has_changed() -> None:
    session = Session(DISPUTE, case="a")
    before = everything_shown(session)
    for text, error, words in [
        ("hear_out", MoveIllegal, "Nobody has sat down yet"),
        ("premeeting", MoveAmbiguous, "“premeeting labor” or “premeeting management”"),
        ("open_sesion", MoveUnreadable, "Did you mean “open_session”?"),
        ("", MoveUnreadable, "That is not a move"),
        ("x" * 5_000, MoveUnreadable, "A move is at most 200 characters"),
    ]:
        with pytest.raises(error, match=words):
            session.play(text)
    assert everything_shown(session) == before


def test_what_is_refused_is_everything_else_with_its_reason() -> None:
    for number in range(20):
        case = CASES[number % len(CASES)]
        session = Session(case.dispute, case=case.id)
        for step in random_play(case, Random(number), RASH):
            refused = session.refused
            assert set(refused) | set(session.moves) == set(case.dispute.moves)
            assert not set(refused) & set(session.moves)
            assert all(reason.endswith(".") for reason in refused.values())
            session.play(step.move)
        assert session.outcome is not None and session.moves == ()
        with pytest.raises(MoveIllegal, match="The mediation is over"):
            session.play("open_session")


@pytest.mark.parametrize("name", golden_plays())
def test_a_skilled_mediation_ends_well_and_the_truth_is_told_only_then(name: str) -> None:
    dispute, case, moves = golden_plays()[name]
    session = Session(dispute, case=case)
    for move in moves:
        assert session.outcome is None
        session.play(move)
    end = session.outcome
    assert end is not None and end.holds is not False and end.truth == load(dispute).case(case).truth.truth


def test_every_case_can_be_played_in_every_dispute() -> None:
    assert DISPUTE in scenarios()
    for dispute in scenarios():
        assert [Session(dispute, case=case).case for case in load(dispute).cases] == list(load(dispute).cases)


# closing the laptop


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_session_opened_again_shows_all_that_it_showed(path: Path, number: int) -> None:
    """Wherever a play is broken off: the same case, view, words and possibilities."""
    case = CASES[number]
    random = Random(number)
    line = [step.move for step in random_play(case, random, RASH)]
    for _ in range(3):
        broken_off = random.randint(0, len(line))
        file = path.with_name(f"{random.random()}.jsonl")
        first = played(Session(case.dispute, case=case.id, journal=file, player="ana"), *map(str, line[:broken_off]))
        shown = everything_shown(first)
        first.close()
        again = Session(case.dispute, journal=file)
        assert everything_shown(again) == shown
        played(again, *map(str, line[broken_off:]))
        whole = played(Session(case.dispute, case=case.id, player="ana"), *map(str, line))
        assert everything_shown(again) == everything_shown(whole)
        again.close()


def test_running_all_cells_again_resumes_and_loses_nothing(path: Path) -> None:
    first = played(Session(DISPUTE, case="a", journal=path), *LINE[:3])
    second = Session(DISPUTE, case="a", journal=path)
    played(second, *LINE[3:])
    assert list(map(str, second.decisions)) == list(LINE)
    with pytest.raises(JournalError, match="was opened again since"):
        first.play("break")
    assert read_journal(path).attempts == (Attempt("a", LINE),)


def test_once_more_draws_another_case_and_keeps_the_first_attempt(path: Path) -> None:
    session = played(Session(DISPUTE, journal=path, player="ana"), "close_open")
    cases = [session.case]
    for _ in range(6):
        session.again()
        assert session.decisions == () and session.outcome is None
        played(session, "close_open")
        cases.append(session.case)
    assert len(set(cases)) == 7, "there are so many truths that none comes twice"
    session.close()
    resumed = Session(DISPUTE, journal=path)
    assert (resumed.case, resumed.attempt, resumed.player) == (cases[-1], len(cases), "ana")
    assert [attempt.case for attempt in read_journal(path).attempts] == cases


# what if


def test_going_back_shows_what_was_shown_then_and_goes_on_another_way(path: Path) -> None:
    session = played(Session(DISPUTE, case="a", journal=path, player="ana"), *LINE)
    session.branch(3)
    then = played(Session(DISPUTE, case="a", player="ana"), *LINE[:3])
    assert session.attempt == 2
    assert everything_shown(session)[3:] == everything_shown(then)[3:]
    other = session.play("hear_out")
    assert other == then.play("hear_out") and session.turns == then.turns
    assert session.transcript.attempts == (
        Attempt("a", LINE),
        Attempt("a", (*LINE[:3], "hear_out"), parent=1, kept=3),
    )
    assert session.transcript == read_journal(path)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_branch_opened_again_shows_all_that_it_showed(path: Path, number: int) -> None:
    """Back and forth at random: branches of branches, each closed and resumed, in the same case as their parent."""
    case, random = CASES[number], Random(number)
    session = Session(case.dispute, case=case.id, journal=path, player="ana")
    for _ in range(6):
        while session.moves and random.random() < 0.9:
            session.play(random.choice(session.moves))
        attempt = random.randint(1, session.attempt)
        kept = random.randint(0, len(session.transcript.attempts[attempt - 1].moves))
        session.branch(kept, attempt)
        level = random.choice((1, 2, 3))
        session.hint(level)
        moves = session.transcript.attempts[attempt - 1].moves[:kept]
        assert tuple(map(str, session.decisions)) == moves and session.case == case.id
        assert session.transcript.attempts[-1].hints[-1] == (kept, level)
        shown, transcript = everything_shown(session), session.transcript
        session.close()
        session = Session(case.dispute, journal=path)
        assert everything_shown(session) == shown and session.transcript == transcript
    session.close()


def test_a_mediation_that_has_ended_can_still_be_tried_another_way() -> None:
    session = played(Session(DISPUTE, case="a"), "open_session", "close_open")
    assert session.outcome is not None
    session.branch(1)
    assert session.outcome is None and session.moves
    session.branch(2, 1)
    assert session.outcome is not None and session.attempt == 3


def test_a_branch_stays_on_its_case_and_draws_none(path: Path) -> None:
    plain = played(Session(DISPUTE, player="ana"), "open_session")
    drawn = [plain.case]
    for _ in range(2):
        plain.again()
        played(plain, "open_session")
        drawn.append(plain.case)
    session = played(Session(DISPUTE, journal=path, player="ana"), "open_session")
    for number in range(3):
        session.branch(0)
        played(session, "premeeting labor")
        assert session.case == drawn[0], f"branch {number} of the first attempt"
    session.branch(0)
    session.again()
    assert session.case == drawn[1]
    played(session, "open_session")
    session.branch(0, 1)
    assert session.case == drawn[0]
    session.again()
    assert session.case == drawn[2]
    session.close()
    assert Session(DISPUTE, journal=path).case == drawn[2]


@pytest.mark.parametrize(
    ("kept", "attempt", "words"),
    [
        (7, None, "Of attempt 2 one can keep 0 to 3 decisions, not 7."),
        (-1, 1, "Of attempt 1 one can keep 0 to 6 decisions, not -1."),
        (0, 0, "There is no attempt 0 to go back to: they go from 1 to 2."),
        (0, 3, "There is no attempt 3 to go back to: they go from 1 to 2."),
    ],
)
def test_there_is_no_going_back_to_what_never_was(path: Path, kept: int, attempt: int | None, words: str) -> None:
    session = played(Session(DISPUTE, case="a", journal=path), *LINE)
    session.again()
    played(session, *LINE[:3])
    before, file = everything_shown(session), path.read_bytes()
    with pytest.raises(ValueError) as refusal:
        session.branch(kept, attempt)
    assert str(refusal.value) == words
    assert everything_shown(session) == before and path.read_bytes() == file


def test_a_hint_is_recorded_and_changes_nothing_else(path: Path) -> None:
    session = played(Session(DISPUTE, case="a", journal=path), *LINE[:2])
    before = everything_shown(session)
    session.hint(2)
    assert everything_shown(session) == before
    with pytest.raises(ValueError, match="a hint is of level 1, 2 or 3, not 4"):
        session.hint(4)
    assert read_journal(path).attempts == (Attempt("a", LINE[:2], hints=((2, 2),)),)


# what the mediator thinks


def test_a_note_is_recorded_and_changes_nothing_else(path: Path) -> None:
    session = played(Session(DISPUTE, case="a", journal=path), *LINE)
    before = everything_shown(session)
    session.note("labor", ["anger", "distrust"], [3, 5])
    session.note("management", ("fear",))
    session.note("labor", ["anger"], [6])
    session.note("labor", ["anger"], [6])  # the button was pressed twice
    assert everything_shown(session) == before
    noted = (
        Belief(6, "labor", ("anger", "distrust"), (3, 5)),
        Belief(6, "management", ("fear",), ()),
        Belief(6, "labor", ("anger",), (6,)),
    )
    assert session.beliefs == noted
    session.close()
    assert read_journal(path).attempts == (Attempt("a", LINE, beliefs=noted),)
    assert Session(DISPUTE, journal=path).beliefs == noted


@pytest.mark.parametrize(
    ("side", "causes", "heard", "words"),
    [
        ("union", ["fear"], [], "There is no side “union” to write about; there are: labor, management."),
        (None, ["fear"], [], "There is no side “None” to write about; there are: labor, management."),
        ("labor", ["greed"], [], "There is no cause “greed” in the catalogue."),
        ("labor", ["x" * 9_000], [], f"There is no cause “{'x' * 40}” in the catalogue."),
        ("labor", [["fear"]], [], "There is no cause “['fear']” in the catalogue."),
        ("labor", [], [], "Name one to 4 causes that you think stand in the way."),
        ("labor", ["fear"] * 10_000, [], "Name one to 4 causes that you think stand in the way."),
        ("labor", ["fear", "fear"], [], "Name each cause and each answer once."),
        ("labor", ["fear"], [1, 1], "Name each cause and each answer once."),
        ("labor", ["fear"], [3], "There is no answer to decision 3: decisions so far are 2."),
        ("labor", ["fear"], [0], "There is no answer to decision 0: decisions so far are 2."),
        ("labor", ["fear"], [True], "There is no answer to decision True: decisions so far are 2."),
        ("labor", ["fear"], [1] * 10_000, "Name at most 20 answers that say so."),
    ],
)
def test_what_cannot_be_noted_is_said_in_a_sentence(path: Path, side: Any, causes: Any, heard: Any, words: str) -> None:
    session = played(Session(DISPUTE, case="a", journal=path), *LINE[:2])
    before = path.read_bytes()
    with pytest.raises(ValueError) as refusal:
        session.note(side, causes, heard)
    assert str(refusal.value) == words
    assert session.beliefs == () and path.read_bytes() == before


def test_after_the_end_nothing_is_noted_any_more() -> None:
    session = played(Session(DISPUTE, case="a"), "close_open")
    with pytest.raises(ValueError, match="The mediation is over, and what you thought stands as it was written"):
        session.note("labor", ["fear"])


def test_going_back_keeps_what_was_thought_until_then(path: Path) -> None:
    session = Session(DISPUTE, case="a", journal=path)
    for number, move in enumerate(LINE):
        session.note("labor", [("fear", "anger")[number % 2]])
        session.play(move)
    session.branch(2)
    assert [(one.after, *one.causes) for one in session.beliefs] == [(0, "fear"), (1, "anger"), (2, "fear")]
    session.again()
    assert session.beliefs == ()


LAST_DAY = (*LINE, "rejoin", "adjourn")


@pytest.mark.parametrize("ending", ["close_open", "adjourn"])
def test_graded_work_ends_only_when_something_was_noted_for_each_side(path: Path, ending: str) -> None:
    session = played(Session(DISPUTE, case="a", journal=path, player="ana", assignment="finals"), *LAST_DAY)
    assert session.view.days == 0, "the day before could be adjourned"
    for owing, names in (
        (("labor", "management"), "Local 1187 and of Harlan Forge"),
        (("management",), "Harlan Forge"),
    ):
        before, file = everything_shown(session), path.read_bytes()
        assert session.owes_note == owing
        with pytest.raises(NoteOwed) as refusal:
            session.play(ending)
        assert str(refusal.value) == (
            f"Before you end this, write down what you think stands in the way of {names}. It is in your notebook."
        )
        assert everything_shown(session) == before and path.read_bytes() == file, "nothing is lost"
        session.note(owing[0], ["anger"])
    assert session.owes_note == ()
    session.play(ending)
    assert session.outcome is not None and session.owes_note == ()


def test_practice_owes_nothing_and_an_ended_journal_without_notes_is_read(path: Path) -> None:
    session = played(Session(DISPUTE, case="a"), *LAST_DAY)
    assert session.owes_note == ()
    session.play("close_open")
    id, content = session.dispute.id, session.dispute.content
    with Journal.open(path, dispute=id, content=content, default_case="a", assignment="finals") as journal:
        journal.record("close_open")  # as one writes it by hand
    assert Session(DISPUTE, journal=path, assignment="finals").outcome is not None


def test_a_forged_note_about_nobody_is_left_out_and_said(path: Path) -> None:
    played(Session(DISPUTE, case="a", journal=path), *LINE).close()
    with Journal.open(path, dispute=DISPUTE, content=load(DISPUTE).content, default_case="a") as journal:
        journal.note("union", ["anger"])
        journal.note("labor", ["greed"])
        journal.note("labor", ["anger"], [6])
    session = Session(DISPUTE, journal=path)
    assert session.beliefs == (Belief(6, "labor", ("anger",), (6,)),)
    assert session.notices == (
        "A note in the journal names a side or a cause that this dispute does not have, and is left out.",
    )
    played(session, "look_deeper")


def test_notes_after_a_decision_that_cannot_be_played_are_not_shown(path: Path) -> None:
    Session(DISPUTE, case="a", journal=path).close()
    with Journal.open(path, dispute=DISPUTE, content=load(DISPUTE).content, default_case="a") as journal:
        journal.note("labor", ["fear"])
        journal.record("share volunteer_cards")
        journal.note("labor", ["anger"])
    assert Session(DISPUTE, journal=path).beliefs == (Belief(0, "labor", ("fear",), ()),)


def test_once_more_before_anything_was_decided_is_not_another_attempt() -> None:
    session = Session(DISPUTE, player="ana")
    session.again()
    assert session.attempt == 1


def test_a_chosen_case_stays_chosen() -> None:
    session = played(Session(DISPUTE, case="c"), "close_open")
    session.again()
    assert (session.case, session.attempt) == ("c", 2)


def test_a_session_draws_for_its_player_and_its_work(path: Path) -> None:
    dispute = load(DISPUTE)
    assert Session(DISPUTE, player="ana").case == draw_case(dispute, "ana", 1)
    session = played(noted(Session(DISPUTE, journal=path, player="ana", assignment="finals")), "close_open")
    assert session.case == draw_case(dispute, "ana", 1, "finals")
    session.again()
    assert session.case == draw_case(dispute, "ana", 2, "finals")


def test_the_player_is_whoever_is_logged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("caucusroom.session.who_plays", lambda: "ana")
    assert Session(DISPUTE).player == "ana"


# bad input


def test_an_unknown_dispute_or_case_is_named_with_what_there_is(path: Path) -> None:
    with pytest.raises(ValueError, match=r"There is no dispute “labour-strike”. There are: .*labor-strike"):
        Session("labour-strike")
    with pytest.raises(ValueError, match=r"has no case “z”. Its cases are: a, b, c"):
        Session(DISPUTE, case="z", journal=path)
    assert not path.exists(), "and no journal was begun"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"content": "0"}, "another version of labor-strike"),
        ({"dispute": "fence"}, "the journal of another dispute"),
    ],
)
def test_the_journal_of_another_version_or_dispute_is_refused_and_kept(
    path: Path, changed: dict[str, str], words: str
) -> None:
    of_another: dict[str, Any] = {"dispute": DISPUTE, "content": load(DISPUTE).content} | changed
    with Journal.open(path, **of_another, default_case="a") as journal:
        journal.record("open_session")
    before = path.read_bytes()
    with pytest.raises(JournalError, match=words):
        Session(DISPUTE, journal=path)
    assert path.read_bytes() == before


def test_another_case_than_the_journals_is_refused_without_naming_it(path: Path) -> None:
    Session(DISPUTE, case="b", journal=path).close()
    with pytest.raises(JournalError, match="journal of another case: name another file") as refusal:
        Session(DISPUTE, case="c", journal=path)
    assert "case b" not in str(refusal.value)


def test_a_session_for_reading_shows_everything_and_records_nothing(path: Path) -> None:
    played(Session(DISPUTE, case="a", journal=path), *LINE).close()
    before = path.read_bytes()
    reading = Session(DISPUTE, journal=path, read_only=True)
    assert list(map(str, reading.decisions)) == list(LINE)
    for attempted in (
        lambda: reading.play("rejoin"),
        lambda: reading.branch(2),
        lambda: reading.hint(1),
        lambda: reading.note("labor", ["fear"]),
    ):
        with pytest.raises(JournalError, match="open for reading only"):
            attempted()
    assert list(map(str, reading.decisions)) == list(LINE)
    assert path.read_bytes() == before
    with pytest.raises(JournalError, match=r"none\.jsonl"):
        Session(DISPUTE, journal=path.with_name("none.jsonl"), read_only=True)


@pytest.mark.parametrize("decision", ["share medicine_survey", "dance", "p"], ids=["illegal", "unknown", "ambiguous"])
def test_a_decision_that_cannot_have_been_made_stops_the_journal_there(path: Path, decision: str) -> None:
    """The ones before it are shown, the file is left as it is, and the place is named."""
    about: dict[str, Any] = {"dispute": DISPUTE, "content": load(DISPUTE).content}
    with Journal.open(path, **about, default_case="a") as journal:
        for move in ("open_session", decision, "look_deeper"):
            journal.record(move)
    before = path.read_bytes()
    session = Session(DISPUTE, journal=path)
    assert list(map(str, session.decisions)) == ["open_session"]
    assert len(session.notices) == 1
    assert session.notices[0].startswith(f"Decision 2 of the journal, “{decision}”, cannot be played: ")
    assert session.journal.status == session.notices[0] and not session.journal.saved
    with pytest.raises(JournalError, match="Decision 2 of the journal"):
        session.play("look_deeper")
    assert path.read_bytes() == before


def test_a_dispute_in_a_folder_can_be_played_while_it_is_written(path: Path) -> None:
    folder = Path(__file__).parents[1] / "scenarios" / DISPUTE
    session = played(Session(folder, case="a"), *LINE)
    assert everything_shown(session)[5:] == everything_shown(played(Session(DISPUTE, case="a"), *LINE))[5:]
