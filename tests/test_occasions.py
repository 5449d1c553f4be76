"""What scores are made of: each occasion is something that happened, and each point comes from one.

Played are drawn truths of the strike, by players of every kind.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import cache
from random import Random
from typing import NamedTuple

import pytest
from caucusroom import Attempt, Move, Transcript
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.legality import legal_moves
from caucusroom.model.dispute import Case
from caucusroom.model.truths import drawn
from caucusroom.record.transcript import Belief
from caucusroom.seen.view import view
from caucusroom_grading import Report, judge
from caucusroom_grading.judging.finding import HARMFUL, WEAK
from caucusroom_grading.judging.judge import marks as quickly
from caucusroom_grading.judging.judge import replay
from caucusroom_grading.judging.occasions import occasions
from caucusroom_grading.judging.report import MET, OUTCOMES, TOP
from caucusroom_grading.judging.score import A_HARMFUL_ONE, A_WEAK_ONE, STEPS
from caucusroom_grading.judging.threads import causes_behind
from caucusroom_grading.words import en

from tests.judging.judged import marks, played, report, transcript
from tests.judging.variations import PLAYERS, STRIKE, line
from tests.plays import THOROUGH

pytestmark = pytest.mark.timeout(3600 if THOROUGH else 300)

PLAYS = 2000 if THOROUGH else 120
WEIGHTS = {entry["id"]: entry["weight"] for entry in STRIKE.catalogue.criteria.values()}


@cache
def reports() -> tuple[Report, ...]:
    """Every third is broken off somewhere."""
    made = []
    for number in range(PLAYS):
        case, moves = line(number)
        kept = Random(number).randrange(len(moves) + 1) if number % 3 == 0 else len(moves)
        made.append(report(STRIKE, case.id, moves[:kept]))
    return tuple(made)


# each occasion happened


def test_each_occasion_is_of_this_play() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for one in reports():
        numbers = range(1, len(one.decisions) + 1)
        for score in one.criteria:
            for occasion in score.occasions:
                seen[occasion.id, occasion.outcome] += 1
                assert occasion.criterion == score.id
                assert occasion.outcome in OUTCOMES
                assert occasion.since in (0, *numbers)
                assert set(occasion.decisions) <= set(numbers)
                assert set(occasion.decisions) <= set(score.decisions)
                assert 0 <= occasion.earned <= occasion.weight > 0
                assert occasion.earned == 0 or occasion.outcome == MET
                assert occasion.party in ("", *dict(one.parties))
                assert occasion.text.endswith(".") and "{" not in occasion.text
                assert "  " not in occasion.text and occasion.text[0].isupper()
    never = {(id, outcome) for id, texts in en.OCCASIONS.items() for outcome in texts} - set(seen)
    print(f"{seen.total()} occasions in {PLAYS} plays; never seen: {sorted(never)}")
    assert len(seen) > 40


def test_what_was_met_was_met_after_it_arose() -> None:
    late = {"first_door", "terms", "yes", "end"}  # told from the decision before them, or by the door itself
    for one in reports():
        for score in one.criteria:
            for occasion in score.occasions:
                if occasion.outcome == MET and occasion.decisions and occasion.id not in late:
                    assert occasion.decisions[-1] >= occasion.since, occasion


# each point comes from one


def test_a_level_is_the_part_of_what_was_called_for_that_was_met() -> None:
    for one in reports():
        for score in one.criteria:
            called = A_WEAK_ONE * len(score.weak) + A_HARMFUL_ONE * len(score.harmful)
            called += sum(occasion.weight for occasion in score.occasions)
            earned = sum(occasion.earned for occasion in score.occasions)
            assert (score.called, score.earned) == (called, earned)
            if not called:
                assert score.level is None and score.anchor == en.UNTESTED
                continue
            assert score.level == sum(8 * earned >= step * called for step in STEPS)
            assert score.anchor == STRIKE.catalogue.criteria[score.id]["levels"][score.level]
            judged = {one.number: one for one in one.decisions}
            for label, numbers in ((WEAK, score.weak), (HARMFUL, score.harmful)):
                for number in numbers:
                    assert any(f.label == label and f.criterion == score.id for f in judged[number].findings)


def test_the_points_add_up_to_the_total_and_without_an_end_there_is_none() -> None:
    ended = Counter[bool]()
    for one in reports():
        ended[one.ending is not None] += 1
        assert [score.id for score in one.criteria] == list(WEIGHTS)
        assert sum(score.weight for score in one.criteria) == 100
        if one.ending is None:
            assert one.total is None
            assert not any(score.points for score in one.criteria)
            continue
        assert one.total == sum(score.points for score in one.criteria)
        assert 0 <= one.total <= 100
        assert all(one.total <= cap.total for cap in one.caps)
        shares = {score.id: Fraction(score.earned, score.called) for score in one.criteria if score.called}
        worth = sum(WEIGHTS[id] for id in shares)
        average = sum(WEIGHTS[id] * share for id, share in shares.items()) / worth
        whole = round(100 * average)
        assert one.total <= max(0, whole - one.harm)
        if one.total == whole:
            for score in one.criteria:
                assert abs(score.points - score.weight * shares.get(score.id, average)) < 1
    assert min(ended[True], ended[False]) > PLAYS // 10


def test_the_total_alone_is_that_of_the_report() -> None:
    for number in range(30):
        case, moves = line(number)
        alone, levels = quickly(transcript(STRIKE, case.id, moves))
        assert alone == reports()[number].total or number % 3 == 0
        assert (alone, levels) == (
            (one := marks(played(STRIKE, case.id, moves))).total,
            tuple(one.levels.values()),
        )


# nothing but what was perceived


def perceived_alike(case: Case, other: Case, moves: tuple[Move, ...]) -> int:
    """How many of these moves can be made in both, and look the same."""
    one, two = initial(case), initial(other)
    for number, move in enumerate(moves):
        if move not in legal_moves(case, one):
            return number
        (one, said), (two, heard) = apply(case, one, move), apply(other, two, move)
        if (said, view(case, one)) != (heard, view(other, two)):
            return number
    return len(moves)


def told(one: Report) -> str:
    """A report without the name of the truth and without what was true."""
    ending = one.ending and replace(one.ending, case="", truth="", hidden=(), text="", holds=None)
    return replace(one, case="", ending=ending).as_json()


def test_two_truths_that_were_perceived_alike_are_judged_alike_to_the_byte() -> None:
    compared, decisions = 0, 0
    for number in range(PLAYS // 2):
        case, moves = line(number)
        for other in range(4):
            twin = STRIKE.case(drawn(STRIKE, f"twin {number} {other}"))
            alike = perceived_alike(case, twin, moves)
            first, second = (report(STRIKE, one.id, moves[:alike]) for one in (case, twin))
            assert told(first) == told(second)
            compared, decisions = compared + 1, decisions + alike
    print(f"{compared} pairs of truths, alike for {decisions} decisions")
    assert decisions > compared


# what room and judge say of the same decision

Told = dict[str, frozenset[str]]

ONLY: Told = {
    "answered_a_known_cause": frozenset({"helped", "resisted", "early"}),
    "too_early_for_trust": frozenset({"early"}),
    "too_early_for_heat": frozenset({"early"}),
    "tried_what_does_not_reach_them": frozenset({"resisted", "early"}),
    "cleared_the_air": frozenset({"eased", "helped", "resisted", "found"}),
    "let_them_vent_at_each_other": frozenset({"hurt"}),
    "threatened_at_the_table": frozenset({"hurt"}),
    "tested_in_front_of_the_other": frozenset({"hurt"}),
    "coached_in_front_of_the_other": frozenset({"hurt"}),
    "heard_what_was_known": frozenset({"helped", "resisted", "early"}),
    "sent_to_the_qualified": frozenset({"helped", "resisted", "early"}),
}
"""What may come, from the side that a rule speaks of, of a decision of which it spoke: one of these at least."""

NEVER: Told = {
    "stopped_with_respect": frozenset({"missed"}),
    "linked_to_nothing": frozenset({"helped", "resisted", "early"}),
    "guessed": frozenset({"helped", "resisted", "early"}),
    "misread_them": frozenset({"interest"}),
    "followed_what_was_heard": frozenset({"misheard"}),
    "followed_what_was_done": frozenset({"misheard", "found"}),
    "asked_the_same_again": frozenset({"found", "interest", "confided"}),
    "fished": frozenset({"interest"}),
    "asked_about_their_no": frozenset({"interest", "misheard"}),
    "tried_it_again": frozenset({"helped"}),
    "listened_again": frozenset({"helped"}),
    "skipped_the_anger": frozenset({"helped"}),
    "asked_under_the_position": frozenset({"nothing_more", "misheard"}),
    "listened_all_the_same": frozenset({"hurt", "missed"}),
    "listened_to_an_attack": frozenset({"hurt", "missed"}),
}
"""What never comes of one."""


class Said(NamedTuple):
    rule: str
    kinds: frozenset[str]
    line: str


@cache
def said() -> tuple[Said, ...]:
    """What rules would say of moves at all kinds of moments, and what came of these in the room."""
    from caucusroom_grading.judging.rules import findings

    heard = []
    for number in range(PLAYS):
        random, (case, moves) = Random(number), line(number)
        replay = played(STRIKE, case.id, ())
        for place, made in enumerate(moves):
            legal = legal_moves(case, replay.state)
            for move in {made, *random.sample(legal, min(8, len(legal)))}:
                events = apply(case, replay.state, move)[1]
                for found in findings(replay.moment, move):
                    kinds = frozenset(one.kind for one in events if not found.party or one.party in ("", found.party))
                    before = " / ".join(map(str, moves[:place]))
                    heard.append(Said(found.rule, kinds, f"{case.id}: {before} -> {move}: {sorted(kinds)}"))
            replay.follow(str(made))
    return tuple(heard)


@pytest.mark.parametrize("rule", ONLY)
def test_what_a_rule_says_comes_about_in_the_room(rule: str) -> None:
    spoken = [one for one in said() if one.rule == rule]
    print(f"{rule}: {len(spoken)} times")
    assert spoken or not THOROUGH
    assert [one.line for one in spoken if not one.kinds & ONLY[rule]] == []


@pytest.mark.parametrize("rule", NEVER)
def test_what_a_rule_says_is_not_contradicted_by_the_room(rule: str) -> None:
    spoken = [one for one in said() if one.rule == rule]
    print(f"{rule}: {len(spoken)} times")
    assert spoken or not THOROUGH
    assert [one.line for one in spoken if one.kinds & NEVER[rule]] == []


def test_all_kinds_of_players_were_judged() -> None:
    assert 10 * len(PLAYERS) <= PLAYS
    assert {score.level for one in reports() for score in one.criteria} == {None, *range(TOP + 1)}


# what the mediator wrote down


def belief(causes: str, after: int, side: str = "labor") -> Belief:
    return Belief(after, side, tuple(causes.split()), ())


FOLLOWING = "premeeting labor / premeeting management / open_session / explain_caucus / call_caucus labor"


def noted(causes: str, moves: str = FOLLOWING, case: str = "b", later: str = "") -> tuple[int, str]:
    """What the last note on the local earns, and what is said of it; `later` is what was done after it was written."""
    made, more = moves.split(" / "), later.split(" / ") if later else []
    attempt = Attempt(case, (*made, *more), beliefs=(belief(causes, len(made)),))
    one = judge(Transcript(transcript(STRIKE, case, ()).header, (attempt,)), dispute=STRIKE)
    (found,) = [o for score in one.criteria for o in score.occasions if o.id.startswith("belief")]
    assert found.since == len(made) and found.party == "labor"
    assert len(one.decisions) == len(made) + len(more)
    return found.earned, found.id


def test_a_belief_is_held_against_what_could_be_concluded() -> None:
    """The local has attacked, and nobody has asked why: four causes of the catalogue sound like that."""
    behind = sorted(causes_behind(STRIKE.catalogue, "attacks"))
    assert noted(" ".join(behind)) == (2, "belief")
    assert noted(" ".join(behind[:2])) == (2, "belief")
    assert noted(behind[0]) == (1, "belief_guessed")
    assert noted("unclear_rights") == (0, "belief_unfounded")
    assert noted(f"{behind[0]} unclear_rights") == (0, "belief_unfounded")


def test_a_belief_names_what_was_found_and_stands() -> None:
    case = next(id for id in STRIKE.cases if found_by_following(id))
    cause = found_by_following(case)
    moves = f"{FOLLOWING} / follow_up attacks"
    assert noted(cause, moves, case) == (2, "belief")
    assert noted("unclear_rights", moves, case) == (0, "belief_unfounded")


def found_by_following(case: str) -> str:
    """The cause that stands in the way of the local once its attacks were followed; "" if none does."""
    moment = played(STRIKE, case, f"{FOLLOWING} / follow_up attacks".split(" / ")).moment
    return next((barrier.cause for barrier in moment.standing if barrier.party == 0 and not moment.open(0)), "")


def test_only_the_last_belief_of_a_side_counts() -> None:
    attempt = Attempt("b", tuple(FOLLOWING.split(" / ")), beliefs=(belief("unclear_rights", 5), belief("anger", 5)))
    one = judge(Transcript(transcript(STRIKE, "b", ()).header, (attempt,)), dispute=STRIKE)
    assert [o.id for score in one.criteria for o in score.occasions if o.id.startswith("belief")] == ["belief_guessed"]


def test_an_early_note_that_still_says_all_is_as_good_as_a_late_one() -> None:
    asked = f"{FOLLOWING} / follow_up attacks"
    assert noted("anger", asked, "b", later="hear_out / rejoin") == noted("anger", asked, "b") == (2, "belief")


def test_a_note_is_written_anew_when_more_is_found() -> None:
    """The local's picture of the money is found after its anger; a note that names the anger alone is out of date."""
    asked, more = f"{FOLLOWING} / follow_up attacks", "look_deeper / follow_up one_demand"
    assert noted("anger", asked, "b", later=more) == (0, "belief_not_revised")
    assert noted("anger stale_picture", f"{asked} / {more}", "b") == (2, "belief")


def test_what_was_heard_later_overtakes_a_note() -> None:
    """Of four causes that sound alike one is found, and in another truth nothing was behind the sign."""
    behind = " ".join(sorted(causes_behind(STRIKE.catalogue, "attacks")))
    for case in ("b", "d"):
        assert noted(behind, case=case) == (2, "belief")
        assert noted(behind, case=case, later="follow_up attacks") == (0, "belief_overtaken")


def test_a_note_that_came_true_is_worth_what_it_was_worth_when_it_was_written() -> None:
    assert noted("anger", case="b", later="follow_up attacks") == (1, "belief_guessed")
    before, rest = FOLLOWING.split(" / open_session / ")
    assert noted("anger", before, "b", later=f"open_session / {rest} / follow_up attacks") == (0, "belief_unfounded")


@pytest.mark.parametrize("cue", STRIKE.catalogue.cues)
def test_a_list_that_is_noted_blindly_and_never_revised_earns_little(cue: str) -> None:
    """All that sounds alike, of both sides, after the third decision, in plays of every kind."""
    causes = " ".join(sorted(causes_behind(STRIKE.catalogue, cue))[:4])
    earned = weight = 0
    for number in range(PLAYS):
        case, moves = line(number)
        notes = tuple(belief(causes, min(3, len(moves) - 1), party.id) for party in STRIKE.parties)
        attempt = Attempt(case.id, tuple(map(str, moves)), beliefs=notes)
        play = replay(Transcript(transcript(STRIKE, case.id, ()).header, (attempt,)), dispute=STRIKE, spoken=False).play
        for occasion in occasions(play, "diagnosis_and_fit"):
            if occasion.id.startswith("belief"):
                earned, weight = earned + occasion.earned, weight + occasion.weight
    print(f"{cue}: {earned} of {weight}")
    assert weight and 3 * earned <= weight


# what was met in vain


def on_the_old_rates(*moves: str) -> tuple[int, str, str]:
    """What is said of the local's outdated picture, which another day does not reach, when it is ended after these."""
    found = f"{FOLLOWING} / follow_up attacks / hear_out / look_deeper / follow_up one_demand".split(" / ")
    one = report(STRIKE, "b", [*found, *moves, "close_open"])
    (told,) = [
        o
        for score in one.criteria
        for o in score.occasions
        if o.id.startswith("cause") and o.since == len(found) and o.party == "labor"
    ]
    return told.earned, told.id, told.text


def test_what_was_met_once_in_vain_is_left_while_something_else_is_open() -> None:
    earned, id, text = on_the_old_rates("rejoin", "adjourn")
    assert (earned, id) == (0, "cause_resisted") and "“bring in an expert”" in text
    assert on_the_old_rates("rejoin", "adjourn", "expert")[:2] == (2, "cause")
    assert on_the_old_rates("rejoin")[:2] == (0, "cause")
