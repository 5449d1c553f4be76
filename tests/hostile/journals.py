"""The journal is not what it should be."""

from __future__ import annotations

import json

from caucusroom.record.transcript import seal
from caucusroom_grading.words import en

from tests.classroom import drawn, skilled
from tests.hostile import Work, everything, first, heading_of, hostile, nothing, only

NO_JOURNAL = "There is no journal labor-strike.jsonl in what was handed in, so there is nothing to judge."
NOT_A_JOURNAL = "labor-strike.jsonl is not a caucusroom journal and was left as it is: name another file."
LINE_1 = (
    "labor-strike.jsonl is damaged in line 1, so nothing in it can be trusted: restore the file from a copy, "
    "or name another one to start afresh."
)
VERSION = (
    "The journal was begun with another version of labor-strike than the one installed here: "
    "grade it with the caucusroom it was played with."
)
NEVER_BEGUN = "The room was opened, and no decision was made in it."
AGAIN = "There are 2 attempts, and the first of them counts."
MATE = "a-classmate"
ELSEWHERE = (
    "The journal is not of the truth that labor-strike draws for “{}”: "
    "it was not played in the room of this assignment."
)


def over(student: str) -> str:
    return (
        f"Decision {len(skilled(student)) + 1}, “open_session”, cannot be played: The mediation is over. It ends here. "
        "What comes before it was judged."
    )


def stopped(decisions: int) -> str:
    return f"{en.NOT_ENDED} It stands at decision {decisions}."


def damaged(line: int, fault: str, kept: int) -> str:
    return (
        f"labor-strike.jsonl is damaged in line {line}, which {fault}: it and all that follows are left out. "
        f"Decisions before it, which are kept: {kept}. What comes before it was judged."
    )


def practice(branches: int, hints: int, counted: int) -> str:
    return (
        f"The journal was also opened for practice (decisions taken back: {branches}, hints asked for: {hints}, "
        f"of these in the attempt that counts: {counted})."
    )


# There is none, or none that can be read


@hostile(nothing, no_journal=NO_JOURNAL)
def no_journal(work: Work) -> None:
    """Only the notebook."""
    work.journal.unlink()


@hostile(
    nothing,
    no_journal=NO_JOURNAL,
    another_name="There is also labor-strike (1).jsonl: if that is the journal, rename it to labor-strike.jsonl "
    "and grade again.",
)
def journal_under_another_name(work: Work) -> None:
    """A browser put a number behind the name."""
    work.journal.rename(work.folder / "labor-strike (1).jsonl")


@hostile(nothing, no_decision="The journal labor-strike.jsonl is empty: no decision was ever recorded in it.")
def journal_empty(work: Work) -> None:
    """A file of no bytes."""
    work.journal.write_bytes(b"")


@hostile(nothing, no_decision=NEVER_BEGUN)
def journal_without_decision(work: Work) -> None:
    """The room was opened, and nothing done."""
    work.play(())


@hostile(
    nothing,
    too_large="The journal labor-strike.jsonl is too large (100,000,000 bytes, at most 5,000,000), "
    "so nothing was judged.",
)
def journal_of_100_megabytes(work: Work) -> None:
    """A journal that goes on in zeros."""
    with work.journal.open("ab") as file:
        file.truncate(100_000_000)


@hostile(nothing, unreadable=NOT_A_JOURNAL)
def journal_of_five_megabytes_on_one_line(work: Work) -> None:
    """As large as may be, and without an end of line."""
    work.journal.write_bytes(b"[" * 4_999_999)


@hostile(nothing, unreadable=NOT_A_JOURNAL)
def journal_binary(work: Work) -> None:
    """Every byte there is."""
    work.journal.write_bytes(bytes(range(256)) * 1000)


@hostile(nothing, unreadable=NOT_A_JOURNAL)
def journal_in_another_encoding(work: Work) -> None:
    """Saved as UTF-16 by an editor."""
    work.journal.write_text("".join(work.lines()), encoding="utf-16")


@hostile(nothing, unreadable=LINE_1)
def journal_deeply_nested(work: Work) -> None:
    """Lists in lists in lists, to exhaust the reader."""
    work.rewrite(['{"caucusroom": ' + "[" * 3000 + "]" * 3000 + "}\n", *work.lines()[1:]])


@hostile(nothing, unreadable=LINE_1)
def journal_not_a_number(work: Work) -> None:
    """NaN where the format stands."""
    work.rewrite(['{"caucusroom": NaN}\n'])


@hostile(None, failed="labor-strike.jsonl was written by a newer caucusroom (format 99): update caucusroom.")
def journal_of_the_future(work: Work) -> None:
    """Of a format that does not exist, with a proper hash."""
    work.journal.write_bytes(seal(heading_of(work.student).said() | {"caucusroom": 99}) + b"\n")


@hostile(nothing, unreadable=LINE_1)
def player_edited(work: Work) -> None:
    """A classmate's journal, with one's own name written over theirs."""
    work.play(skilled(MATE), player=MATE)
    work.rewrite([work.lines()[0].replace(MATE, work.student), *work.lines()[1:]])


# It is somebody else's, or of something else


@hostile(
    nothing,
    another_player="The journal was played by “a-classmate”, and “journal-of-a-classmate” handed it in.",
)
def journal_of_a_classmate(work: Work) -> None:
    """Whole, skilled, of the truth that was drawn for them, and not one's own."""
    work.play(skilled(MATE), player=MATE, case=drawn(MATE))


@hostile(
    nothing,
    another_player="The journal was played by “plаyer-in-cyrillic” (written with CYRILLIC SMALL LETTER A), "
    "and “player-in-cyrillic” handed it in.",
)
def player_in_cyrillic(work: Work) -> None:
    """A name that looks the same."""
    work.play(skilled(work.student), player=work.student.replace("a", "\u0430"))


@hostile(
    nothing,
    another_player="The journal was played by “player-reversed?”, and “player-reversed” handed it in.",
)
def player_reversed(work: Work) -> None:
    """A character after the name that turns the rest of the line around."""
    work.play(skilled(work.student), player=f"{work.student}\u202e")


@hostile(nothing, unreadable=LINE_1)
def player_with_control_characters(work: Work) -> None:
    """A name that would ring the bell and color the terminal."""
    work.play(skilled(work.student), player=f"{work.student}\x1b[31m\a\n")


@hostile(
    nothing,
    another_player="The journal was played by “../../a-honest-ann/labor-strike”, and “player-elsewhere” handed it in.",
)
def player_elsewhere(work: Work) -> None:
    """A path in place of a name."""
    work.play(skilled(work.student), player="../../a-honest-ann/labor-strike")


@hostile(nothing, another_dispute="The journal is of the dispute “../../etc/passwd”, not of labor-strike.")
def dispute_elsewhere(work: Work) -> None:
    """A path in place of a dispute."""
    work.play(skilled(work.student), dispute="../../etc/passwd")


@hostile(None, failed=VERSION)
def content_replaced(work: Work) -> None:
    """The hash of another content, and every hash of the journal made to fit."""
    work.play(skilled(work.student), content="0" * 64)


@hostile(nothing, another_case=ELSEWHERE.format("case-chosen"))
def case_chosen(work: Work) -> None:
    """An easier case in the heading, with a proper hash."""
    work.play(("open_session",), case="a")


@hostile(nothing, another_case=ELSEWHERE.format("case-invented"))
def case_invented(work: Work) -> None:
    """A case that the dispute does not have."""
    work.play(("open_session",), case="zz")


# It was edited


@hostile(first(7), damaged=damaged(9, "was changed after it was written", 7), not_finished=stopped(7))
def decision_edited(work: Work) -> None:
    """One decision written over."""
    lines = work.lines()
    lines[8] = lines[8].replace(f'"move": "{skilled(work.student)[7]}"', '"move": "adjourn"')
    work.rewrite(lines)


@hostile(
    first(4),
    damaged=damaged(6, "does not follow the line before it (a line was removed, added or moved)", 4),
    not_finished=stopped(4),
)
def decision_edited_and_its_hash(work: Work) -> None:
    """One decision written over, its own hash made to fit, the next line left as it was."""
    lines = work.lines()
    said = json.loads(lines[5]) | {"prev": "0123456789abcdef"}
    del said["hash"]
    work.rewrite([*lines[:5], seal(said).decode() + "\n", *lines[6:]])


@hostile(
    first(1),
    damaged=damaged(3, "does not follow the line before it (a line was removed, added or moved)", 1),
    not_finished=stopped(1),
)
def decisions_reordered(work: Work) -> None:
    """Two lines changed places."""
    lines = work.lines()
    work.rewrite([*lines[:2], lines[3], lines[2], *lines[4:]])


@hostile(
    first(2),
    damaged=damaged(4, "does not follow the line before it (a line was removed, added or moved)", 2),
    not_finished=stopped(2),
)
def decision_repeated(work: Work) -> None:
    """A line stands there twice."""
    lines = work.lines()
    work.rewrite([*lines[:3], lines[2], *lines[3:]])


@hostile(
    first(5),
    damaged=damaged(7, "does not follow the line before it (a line was removed, added or moved)", 5),
    not_finished=stopped(5),
)
def bad_decision_taken_out(work: Work) -> None:
    """A line is gone."""
    lines = work.lines()
    work.rewrite([*lines[:6], *lines[7:]])


@hostile(first(9), not_finished=stopped(9))
def journal_truncated(work: Work) -> None:
    """Cut after a line."""
    work.rewrite(work.lines()[:10])


@hostile(first(9), not_finished=stopped(9))
def journal_truncated_within_a_line(work: Work) -> None:
    """Cut in the midst of a line, as when a computer loses power: nobody was told that it was saved."""
    lines = work.lines()
    work.rewrite([*lines[:10], lines[10][:30]])


@hostile(everything)
def journal_with_byte_order_mark(work: Work) -> None:
    """An editor put a mark before it and other ends behind its lines, and nothing is lost."""
    work.journal.write_bytes(b"\xef\xbb\xbf" + work.journal.read_bytes().replace(b"\n", b"\r\n"))


@hostile(first(3), damaged=damaged(5, "cannot be read", 3), not_finished=stopped(3))
def line_of_a_megabyte(work: Work) -> None:
    """One line is long."""
    lines = work.lines()
    work.rewrite([*lines[:4], lines[4].replace("{", "{" + " " * 1_000_000, 1), *lines[5:]])


@hostile(first(3), damaged=damaged(5, "cannot be read", 3), not_finished=stopped(3))
def line_deeply_nested(work: Work) -> None:
    """Lists in lists, in place of a decision."""
    work.rewrite([*work.lines()[:4], '{"seq": ' + "[" * 3900 + "]" * 3900 + "}\n", *work.lines()[5:]])


@hostile(first(3), damaged=damaged(5, "says nothing that this version knows", 3), not_finished=stopped(3))
def line_that_awards_points(work: Work) -> None:
    """A kind of line that does not exist, with every hash as it should be."""
    moves = [{"move": move} for move in skilled(work.student)]
    work.enter([*moves[:3], {"points": 100, "total": 100}, *moves[3:]])


@hostile(first(3), damaged=damaged(5, "says nothing that this version knows", 3), not_finished=stopped(3))
def move_that_is_a_list(work: Work) -> None:
    """A decision that is no text."""
    moves = [{"move": move} for move in skilled(work.student)]
    work.enter([*moves[:3], {"move": ["open_session"]}, *moves[3:]])


# It was forged with every hash as it should be


@hostile(
    only("open_session"),
    cannot_be_played="Decision 2, “share volunteer_cards”, cannot be played: "
    "You do not know of that. It ends here. What comes before it was judged.",
    not_finished=stopped(1),
)
def journal_fabricated(work: Work) -> None:
    """Decisions that nobody could have taken, written by hand."""
    work.play(("open_session", "share volunteer_cards", *skilled(work.student)))


@hostile(nothing, no_decision=NEVER_BEGUN)
def journal_of_points(work: Work) -> None:
    """A journal whose heading claims a report."""
    work.play((), report="100", total="100")


@hostile(
    nothing,
    page=True,
    cannot_be_played="Decision 1, “<script>parent.ran = 1</script><img src=x onerror='parent.ran = 1'>?”, "
    "cannot be played: “<script>parent.ran = 1</script><img src=x onerror='parent.ran = 1'>?” is not a move in this "
    "dispute. Write one of the moves that are listed. It ends here. What comes before it was judged.",
    not_finished=stopped(0),
)
def move_with_markup(work: Work) -> None:
    """A decision that is a script for the browser of whoever reads the review."""
    work.play(("<script>parent.ran = 1</script><img src=x onerror='parent.ran = 1'>\u202e", "open_session"))


@hostile(everything)
def times_all_equal(work: Work) -> None:
    """Every decision within the same second. Times are not looked at."""
    assert len({json.loads(line)["at"] for line in work.lines()}) == 1


@hostile(everything, cannot_be_played=over("decisions-after-the-end"))
def decisions_after_the_end(work: Work) -> None:
    """More of them when the mediation was over."""
    work.play((*skilled(work.student), "open_session", "conclude"))


@hostile(everything, cannot_be_played=over("ten-thousand-decisions"))
def ten_thousand_decisions(work: Work) -> None:
    """A mediation that never ends."""
    work.play((*skilled(work.student), *["open_session"] * 10_000))


@hostile(first(2), not_finished=stopped(2), several_attempts=AGAIN)
def restarted_after_a_bad_start(work: Work) -> None:
    """The first attempt is the one that counts."""
    moves = [{"move": move} for move in skilled(work.student)]
    work.enter([*moves[:2], {"attempt": 2, "case": drawn(work.student)}, *moves])


@hostile(nothing, no_decision=NEVER_BEGUN)
def restarted_before_the_start(work: Work) -> None:
    """An attempt as the first line: the first one has no decision."""
    work.enter([{"attempt": 2, "case": "a"}, *({"move": move} for move in skilled(work.student))])


@hostile(first(9), not_finished=stopped(9), several_attempts=AGAIN, practice=practice(1, 0, 0))
def branched_off_early(work: Work) -> None:
    """Back to the second decision, and on from there with a better one."""
    moves = [{"move": move} for move in skilled(work.student)]
    back = {"attempt": 2, "case": drawn(work.student), "parent": 1, "kept": 2}
    work.enter([*moves[:9], back, *moves[2:]])


@hostile(first(3), damaged=damaged(5, "goes back to a decision that is not there", 3), not_finished=stopped(3))
def branched_off_nowhere(work: Work) -> None:
    """Back to a decision that was never made."""
    moves = [{"move": move} for move in skilled(work.student)]
    back = {"attempt": 2, "case": drawn(work.student), "parent": 1, "kept": 20}
    work.enter([*moves[:3], back, *moves[3:]])


@hostile(
    only("open_session"),
    cannot_be_played="Decision 2, “open_session”, cannot be played: The joint session has begun; this belongs before "
    "it. It ends here. What comes before it was judged.",
    not_finished=stopped(1),
    several_attempts="There are 19999 attempts, and the first of them counts.",
    practice=practice(19998, 0, 0),
)
def branches_by_the_thousand(work: Work) -> None:
    """As many branches as the file holds, each of five hundred decisions."""
    moves = [{"move": "open_session"}, *[{"move": "open_session"}] * 500]
    back = {"case": drawn(work.student), "parent": 1, "kept": 500}
    work.enter([*moves, *({"attempt": number} | back for number in range(2, 20_000))])


@hostile(everything, practice=practice(0, 3, 3))
def hints_asked_for(work: Work) -> None:
    """Three hints, which graded work has none of."""
    moves = [{"move": move} for move in skilled(work.student)]
    work.enter([{"hint": 1}, {"hint": 2}, *moves[:3], {"hint": 3}, *moves[3:]])


@hostile(first(4), damaged=damaged(6, "says nothing that this version knows", 4), not_finished=stopped(4))
def hint_of_level_nine(work: Work) -> None:
    """A hint that does not exist."""
    moves = [{"move": move} for move in skilled(work.student)]
    work.enter([*moves[:4], {"hint": 9}, *moves[4:]])


@hostile(everything)
def ten_thousand_beliefs(work: Work) -> None:
    """Everything that could be thought, of everybody, before the first decision and after the last."""
    moves = [{"move": move} for move in skilled(work.student)]
    noise = [{"belief": f"side {number}", "causes": ["fear"], "heard": []} for number in range(10_000)]
    work.enter([*noise, *moves, *noise])


@hostile(everything)
def belief_in_nothing_known(work: Work) -> None:
    """A side and causes that do not exist."""
    moves = [{"move": move} for move in skilled(work.student)]
    work.enter([*moves[:3], {"belief": "<b>nobody</b>", "causes": ["../greed", "\u202e"], "heard": [3]}, *moves[3:]])


@hostile(first(3), damaged=damaged(5, "says nothing that this version knows", 3), not_finished=stopped(3))
def belief_of_too_many_causes(work: Work) -> None:
    """A list that goes on."""
    moves = [{"move": move} for move in skilled(work.student)]
    causes = [f"cause {number}" for number in range(400)]
    work.enter([*moves[:3], {"belief": "labor", "causes": causes, "heard": []}, *moves[3:]])


@hostile(first(3), damaged=damaged(5, "rests on an answer that is not there", 3), not_finished=stopped(3))
def belief_that_foresees(work: Work) -> None:
    """It rests on a decision that comes later."""
    moves = [{"move": move} for move in skilled(work.student)]
    work.enter([*moves[:3], {"belief": "labor", "causes": ["fear"], "heard": [4]}, *moves[3:]])


@hostile(first(9), not_finished=stopped(9))
def second_journal_beside_the_first(work: Work) -> None:
    """A better one under another name, which is not looked at while there is one under the right name."""
    work.play(skilled(work.student))
    (work.folder / "labor-strike-best.jsonl").write_bytes(work.journal.read_bytes())
    work.play(skilled(work.student)[:9])


@hostile(everything)
def better_decisions_written_by_hand(work: Work) -> None:
    """Every decision one's own and every hash as it should be, and never played: this cannot be told, and earns."""
    work.play(skilled(work.student))
