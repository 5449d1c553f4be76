"""What the coach asks: about this moment, from what could be known, and not the same all day."""

from __future__ import annotations

from collections import Counter

from caucusroom_grading import coach
from caucusroom_grading.judging.coach import REMEMBERED, questions
from caucusroom_grading.words import en

from tests.judging.judged import played, transcript
from tests.judging.variations import STRIKE, line
from tests.plays import THOROUGH

PLAYS = 400 if THOROUGH else 60


def test_the_same_three_questions_do_not_come_back_within_two_decisions() -> None:
    """Unless there is nothing else to ask about."""
    asked, again = 0, 0
    seen: Counter[str] = Counter()
    for number in range(PLAYS):
        case, moves = line(number)
        moments = list(played(STRIKE, case.id, moves).play.moments)[:-1]
        given = [questions(moments[: place + 1]) for place in range(len(moments))]
        for place, three in enumerate(given):
            asked += 1
            again += three in given[max(0, place - REMEMBERED) : place]
            seen[next(id for id, wide in en.QUESTIONS.items() if wide[0] == three[0])] += 1
    print(f"{asked} times asked, {again} of them again within {REMEMBERED} decisions; {seen.most_common()}")
    assert again < 0.02 * asked
    assert len(seen) > 15


def test_a_question_is_whole_and_names_what_is_new() -> None:
    for number in range(PLAYS // 4):
        case, moves = line(number)
        for kept in range(0, len(moves), 5):
            for question in coach(transcript(STRIKE, case.id, moves[:kept])):
                assert question.endswith(("?", "."))
                assert "{" not in question
