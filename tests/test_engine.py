"""Case notes: what a mediator does, and what comes of it. Each rule of the model is told here once.

Ada and Ben quarrel about a fence (tests/fence.py). Levels run from 0 to 3; a tick is a quarter of an hour.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from string import ascii_uppercase
from typing import Any

import pytest
from caucusroom import MoveIllegal
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.legality import legal_moves, refused, why_not
from caucusroom.laws.outcome import holds, outcome, worth
from caucusroom.laws.state import Ending, Flag, State, Taint
from caucusroom.laws.techniques import LAWS
from caucusroom.library import COMPILED
from caucusroom.model.compiled import read_dispute
from caucusroom.model.dispute import Barrier, Case
from caucusroom.model.gathering import EVERYBODY, NOBODY
from caucusroom.model.levels import TABLE
from caucusroom.model.moves import Move
from caucusroom.model.plan import STAGES
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fence import ADA, ALL, BEN, DAY, FENCE, TREES, WITH_ADA, WITH_BEN, at, barrier, case, do, fact, quarrel
from tests.plays import CASES, RASH, THOROUGH, Step, any_play, disturbed, follow, moment

EXPLAINED = Flag.EXPLAINED
QUIET = case()
"""Ada and Ben with nothing in their way."""


# the rooms


def test_before_anybody_has_met_there_is_little_to_do() -> None:
    legal = {move.technique for move in legal_moves(QUIET, initial(QUIET))}
    assert legal == {"premeeting", "open_session", "stage_plan", "close_open"}


def test_the_joint_session_opens_and_shows_what_stands_in_the_way() -> None:
    after = do(case(barrier("fear")), initial(QUIET), "open_session")
    assert after.state.gathered == EVERYBODY
    assert after.saw("opened") and after.saw("cue", "ada", "hedges")


def test_who_is_met_beforehand_opens_up_and_says_why_they_doubt_it() -> None:
    doubtful = case(barrier("no_buy_in", issue=TABLE, depth=2))
    after = do(doubtful, at(doubtful, NOBODY, heat=(2, 2), trust=(0, 0)), "premeeting ada")
    assert after.saw("found", "ada") and after.saw("helped", "ada", "premeeting")
    assert after.state.heat == (1, 2)
    assert after.state.trust == (3, 0), "lifted to open, and one more for what was answered"


def test_what_lies_deeper_a_first_meeting_does_not_reach() -> None:
    doubtful = case(barrier("no_buy_in", issue=TABLE, depth=3))
    assert not do(doubtful, initial(doubtful), "premeeting ada").saw("found")


def test_only_one_side_met_beforehand_is_noticed_by_the_other() -> None:
    one = do(QUIET, initial(QUIET), "premeeting ada", "open_session")
    both = do(QUIET, initial(QUIET), "premeeting ada", "premeeting ben", "open_session")
    assert one.saw("owed", "ben") and one.state.suspicion == (0, 1)
    assert not both.saw("owed") and both.state.suspicion == (0, 0)


def test_a_door_closed_without_a_word_makes_the_other_side_wonder() -> None:
    after = do(QUIET, at(QUIET), "call_caucus ada")
    assert after.state.gathered == WITH_ADA and after.saw("parted", "ada")
    assert after.state.suspicion == (0, 1)


def test_a_door_closed_after_its_purpose_was_explained_does_not() -> None:
    assert do(QUIET, at(QUIET), "explain_caucus", "call_caucus ada").state.suspicion == (0, 0)


def test_explaining_the_caucus_calms_those_who_hear_it() -> None:
    after = do(QUIET, at(QUIET, WITH_ADA, suspicion=(2, 2)), "explain_caucus")
    assert after.state.suspicion == (1, 2)
    assert after.state.flags & EXPLAINED and after.saw("eased", "ada")


def test_a_one_sided_caucus_makes_the_side_that_is_owed_one_suspicious() -> None:
    after = do(QUIET, at(QUIET, flags=EXPLAINED), "call_caucus ada", "rejoin")
    assert after.saw("owed", "ben") and after.state.suspicion == (0, 1)


def test_balanced_caucuses_do_not() -> None:
    after = do(QUIET, at(QUIET, flags=EXPLAINED, suspicion=(1, 1)), "call_caucus ada", "call_caucus ben", "rejoin")
    assert after.state.suspicion == (0, 0), "back at the table, calm and balanced, people stop wondering"


def test_a_second_turn_before_the_others_first_is_noticed() -> None:
    balanced = ("call_caucus ada", "call_caucus ben")
    twice = ("call_caucus ada", "rejoin", "call_caucus ada")
    assert do(QUIET, at(QUIET, flags=EXPLAINED), *balanced).state.suspicion == (0, 0)
    assert do(QUIET, at(QUIET, flags=EXPLAINED), *twice).state.suspicion == (0, 2)


def test_an_hour_behind_the_door_costs_the_waiting_side_strain() -> None:
    """Four quarters of an hour are forgiven in suspicion where the caucus was explained, never in strain."""
    listening = ("call_caucus ada", *["hear_out"] * 2)
    after = do(QUIET, at(QUIET, flags=EXPLAINED), *listening)
    assert after.state.waiting == (0, 4) and after.state.strain == (0, 0)
    after = do(QUIET, after.state, "rejoin")
    assert after.saw("waited", "ben", why="5") and after.state.waiting == (0, 0)
    assert after.state.strain == (0, 1)


def test_an_unexplained_hour_costs_suspicion_too() -> None:
    listening = ("call_caucus ada", *["hear_out"] * 2, "call_caucus ben")
    assert do(QUIET, at(QUIET, flags=EXPLAINED), *listening).state.suspicion == (0, 0)
    assert do(QUIET, at(QUIET), *listening).state.suspicion == (1, 2), "the closed door, and the hour behind it"


def test_two_hours_cost_twice_as_much_and_suspicion_in_any_case() -> None:
    after = do(QUIET, at(QUIET, flags=EXPLAINED), "call_caucus ada", *["hear_out"] * 4, "call_caucus ben")
    assert after.state.strain == (0, 2) and after.state.suspicion == (0, 1)


def test_between_stages_nobody_waits() -> None:
    after = do(QUIET, at(QUIET, flags=EXPLAINED, plan=STAGES), "call_caucus ada", *["hear_out"] * 4, "call_caucus ben")
    assert after.state.strain == (0, 0) and not after.saw("waited")


def test_back_to_the_table_while_somebody_is_hot_adds_fuel() -> None:
    after = do(QUIET, at(QUIET, WITH_ADA, heat=(2, 0)), "rejoin")
    assert after.state.heat == (3, 1) and after.saw("boiling", "ada")


# people


def test_who_is_heard_out_cools_and_opens_up() -> None:
    angry = case(barrier("anger", issue=TABLE))
    after = do(angry, at(angry, WITH_ADA, heat=(3, 0), trust=(0, 2)), "hear_out")
    assert after.saw("found", "ada") and after.saw("helped", "ada", "hear_out")
    assert after.state.heat == (2, 0) and after.state.trust == (2, 2)


def test_hearing_out_does_some_good_where_there_is_no_anger() -> None:
    after = do(QUIET, at(QUIET, WITH_ADA, heat=(2, 0), trust=(0, 2)), "hear_out")
    assert after.state.heat == (1, 0) and after.state.trust == (1, 2) and after.saw("eased", "ada")


@pytest.mark.parametrize(
    ("technique", "mood", "cost"),
    [
        ("reality_test", "trust", "less"),
        ("human_cost", "trust", "less"),
        ("coach", "suspicion", "more"),
    ],
)
def test_what_belongs_in_private_hurts_in_front_of_the_other_side(technique: str, mood: str, cost: str) -> None:
    start = at(QUIET)
    after = do(QUIET, start, technique)
    assert after.saw("hurt", "ada", technique) and after.saw("hurt", "ben", technique)
    change = getattr(after.state, mood)[ADA] - getattr(start, mood)[ADA]
    assert change == (-1 if cost == "less" else 1)


def test_anger_told_at_the_table_clears_the_air_where_the_other_can_listen() -> None:
    angry = case(barrier("anger", issue=TABLE))
    after = do(angry, at(angry, heat=(2, 1)), "hear_out")
    assert after.saw("found", "ada", "anger_0_-1") and after.saw("helped", "ada", "hear_out")
    assert after.state.heat == (1, 0) and not after.saw("hurt")


@pytest.mark.parametrize("moment", [{"trust": (2, 1)}, {"heat": (3, 0)}, {"heat": (2, 2)}, {"suspicion": (0, 2)}])
def test_anger_told_at_the_table_hurts_where_the_other_cannot(moment: dict[str, Any]) -> None:
    """Nobody listens who does not trust the mediator, boils, is as hot, or doubts what goes on next door."""
    after = do(QUIET, at(QUIET, **moment), "hear_out")
    assert after.saw("hurt", "ada", "hear_out") and after.saw("hurt", "ben", "hear_out")
    assert sum(after.state.heat) > sum(at(QUIET, **moment).heat)


def test_what_not_settling_costs_is_asked_in_every_room_by_who_is_trusted() -> None:
    proud = case(barrier("unrealistic", party=BEN))
    for room in (EVERYBODY, WITH_BEN):
        assert do(proud, at(proud, room, found=1), "cost_of_no_deal").saw("helped", "ben", "cost_of_no_deal")
    lackings: list[dict[str, Any]] = [{"heat": (2, 0)}, {"trust": (1, 2)}]
    for lacking in lackings:
        after = do(proud, at(proud, found=1, **lacking), "cost_of_no_deal")
        assert after.saw("hurt", "ben") and after.state.trust[BEN] == 1, "heard as a threat"


def test_what_can_only_be_asked_in_private_is_refused_at_the_table() -> None:
    for technique in ("ask_need ada", "allay_sharing", "shuttle low_fence"):
        assert "in private" in said(QUIET, at(QUIET), Move.of(technique))
    assert said(QUIET, at(QUIET, WITH_ADA), Move("ask_need", "bea")) == "Bea is not in the room."


def test_step_back_works_on_people_who_are_hot_but_not_on_who_is_boiling() -> None:
    after = do(QUIET, at(QUIET, WITH_ADA, heat=(2, 0)), "step_back")
    assert after.state.heat == (1, 0) and after.saw("eased", "ada")
    assert do(QUIET, at(QUIET, WITH_ADA, heat=(3, 0)), "step_back").state.heat == (3, 0)


def test_gains_that_are_named_give_heart() -> None:
    tired = at(QUIET, strain=(3, 2), heat=(2, 0), agreed=(-1, 3))
    after = do(QUIET, tired, "summarize")
    assert after.state.strain == (1, 1) and after.state.heat == (1, 0) and after.saw("eased", "ben")


def test_with_no_gains_to_name_a_summary_tires() -> None:
    after = do(QUIET, at(QUIET), "summarize")
    assert after.state.strain == (1, 1) and after.saw("missed", "ada", "summarize")


def test_a_break_takes_the_edge_off_and_answers_weariness() -> None:
    weary = case(barrier("fatigue", cue="weary"))
    after = do(weary, at(weary, strain=(3, 0), heat=(3, 0), trust=(1, 2), found=1), "break")
    assert after.state.strain == (1, 0) and after.state.heat == (2, 0)
    assert after.saw("helped", "ada", "break") and after.state.trust == (2, 2)


def test_anger_nobody_has_heard_comes_back_as_soon_as_the_matter_does() -> None:
    angry = case(barrier("anger", issue=TABLE))
    calm = at(angry)
    assert do(angry, calm, "summarize").state.heat == (0, 0), "not while only the process is talked about"
    after = do(angry, calm, "look_deeper")
    assert after.state.heat == (2, 1) and after.saw("cue", "ada", "attacks")
    heard = do(angry, at(angry, answered=1, found=1), "look_deeper")
    assert heard.state.heat == (0, 0)


def test_an_attack_draws_an_attack_and_boiling_wears_everybody_out() -> None:
    tense = do(QUIET, at(QUIET, heat=(2, 1)), "look_deeper")
    assert tense.state.heat == (2, 2) and tense.state.strain == (0, 0) and tense.saw("spiral", "ada")
    boiling = do(QUIET, at(QUIET, heat=(2, 2)), "look_deeper")
    assert boiling.state.heat == (3, 3) and boiling.state.strain == (1, 1)
    assert boiling.saw("asks_caucus", "ada"), "people ask for a caucus themselves"


@pytest.mark.parametrize("breaking_point", [{"strain": (3, 0)}, {"suspicion": (3, 0)}, {"trust": (0, 2)}])
def test_boiling_and_spent_or_accusing_or_closed_they_walk_out(breaking_point: dict[str, Any]) -> None:
    assert not do(QUIET, at(QUIET, heat=(3, 0)), "park trees").state.ending
    after = do(QUIET, at(QUIET, heat=(3, 0), **breaking_point), "park trees")
    assert after.saw("walked_out", "ada") and after.state.ending == Ending.WALKED_OUT


# asking


def test_the_interest_under_a_position_is_told_to_who_is_trusted() -> None:
    after = do(QUIET, at(QUIET, WITH_ADA), "look_deeper")
    assert after.saw("interest", "ada", "fence") and after.state.trust == (2, 2)


def test_without_trust_there_is_a_polite_wall() -> None:
    closed = do(QUIET, at(QUIET, WITH_ADA, trust=(0, 2)), "look_deeper")
    assert closed.saw("wall", "ada") and not closed.saw("interest")
    boiling = do(QUIET, at(QUIET, WITH_ADA, heat=(3, 0)), "look_deeper")
    assert boiling.saw("wall", "ada")
    for question in ("look_deeper", "follow_up hedges", "ask_need ada"):
        afraid = case(barrier("fear"))
        heard = do(afraid, at(afraid), "look_deeper").state
        assert do(afraid, heard._replace(gathered=WITH_ADA, heat=(3, 0)), question).saw("wall", "ada")


def test_a_question_about_the_matter_lets_a_sign_show_and_finds_nothing_itself() -> None:
    afraid = case(barrier("fear"))
    for room in (EVERYBODY, WITH_ADA):
        after = do(afraid, at(afraid, room, trust=(3, 3)), "look_deeper", "look_deeper")
        assert after.saw("cue", "ada", "hedges") and not after.saw("found")


def test_who_follows_what_was_heard_is_told_what_lies_behind_it() -> None:
    afraid = case(barrier("fear"))
    after = do(afraid, at(afraid), "look_deeper", "follow_up hedges")
    assert after.saw("found", "ada", "fear_0_0") and after.state.trust == (2, 2)
    assert not do(afraid, after.state, "follow_up hedges").saw("misheard"), "they know what is meant"


def test_in_front_of_the_other_side_it_takes_more_trust_to_say_what_stands_in_the_way() -> None:
    afraid = case(barrier("fear", depth=2))
    at_the_table = do(afraid, at(afraid), "look_deeper", "follow_up hedges")
    assert at_the_table.saw("wall", "ada") and not at_the_table.saw("found")
    assert do(afraid, at_the_table.state._replace(gathered=WITH_ADA), "follow_up hedges").saw("found", "ada")


def test_who_doubts_what_goes_on_next_door_holds_back() -> None:
    afraid = case(barrier("fear", depth=3))
    asked = do(afraid, at(afraid, WITH_ADA), "look_deeper").state
    assert do(afraid, asked, "follow_up hedges").saw("found", "ada")
    assert do(afraid, asked._replace(suspicion=(2, 0)), "follow_up hedges").saw("wall", "ada")


def test_who_asks_after_what_nobody_has_said_has_misheard() -> None:
    afraid = case(barrier("fear"))
    after = do(afraid, at(afraid), "look_deeper", "follow_up weary")
    assert after.saw("misheard", "ada", "weary") and after.saw("misheard", "ben", "weary")
    assert after.state.trust == (1, 1)
    other_room = do(afraid, at(afraid, WITH_ADA), "look_deeper", "call_caucus ben", "follow_up hedges")
    assert other_room.saw("misheard", "ben", "hedges"), "it was said next door"


def test_a_habit_has_nothing_behind_it_and_is_done_with_once_it_was_followed() -> None:
    its = quarrel((), (), habits=(((FENCE, ("one_demand",)),), ())).case(ALL)
    after = do(its, at(its, topic=TREES), "park fence", "follow_up one_demand")
    assert after.saw("cue", "ada", "one_demand") and after.saw("nothing_more", "ada", "follow_up")
    assert after.state.trust == (2, 2), "it was there to be followed"
    assert not do(its, after.state, "park trees", "park fence").saw("cue")


def test_behind_one_sign_there_may_be_more_than_one_thing() -> None:
    angry = case(barrier("anger", issue=TABLE), barrier("vindictiveness", issue=FENCE))
    first = do(angry, at(angry, WITH_ADA), "look_deeper", "follow_up attacks")
    assert first.saw("found", "ada", "vindictiveness_0_0") and not first.saw("found", "ada", "anger_0_-1")
    assert do(angry, first.state, "follow_up attacks").saw("found", "ada", "anger_0_-1"), "what is on the table first"


def test_a_person_is_asked_what_is_in_their_own_way() -> None:
    proud = case(barrier("face", issue=TABLE, depth=2, who="abel"), barrier("fear", who="ada"))
    after = do(proud, at(proud, WITH_ADA), "ask_need abel")
    assert after.saw("found", "ada", "face_0_-1") and not after.saw("found", "ada", "fear_0_0")
    wary = do(proud, at(proud, WITH_ADA, trust=(1, 2)), "ask_need abel")
    assert wary.saw("wall", "ada") and wary.saw("cue", "ada", "attacks") and not wary.saw("found")


def test_a_need_that_was_found_is_answered_by_being_asked_about() -> None:
    unmet = case(barrier("unmet_need", issue=TABLE))
    found = do(unmet, at(unmet, WITH_ADA), "ask_need ada")
    assert found.saw("found", "ada") and found.saw("helped", "ada", "ask_need")
    shrugging = case(barrier("unmet_need", "ask_need", issue=TABLE))
    assert do(shrugging, at(shrugging, WITH_ADA), "ask_need ada").saw("resisted", "ada", "ask_need")


def test_who_asks_without_anything_to_follow_is_fishing() -> None:
    """It costs trust, and where there is something it only shows."""
    for question in ("look_deeper", "ask_need ada"):
        after = do(QUIET, at(QUIET, WITH_ADA, known=1), question)
        assert after.saw("nothing_more", "ada") and after.state.trust == (1, 2)
    afraid = case(barrier("fear", who="abel"))
    after = do(afraid, at(afraid, WITH_ADA, known=1), "ask_need ada")
    assert after.saw("wall", "ada") and after.saw("cue", "ada", "hedges") and after.state.trust == (1, 2)
    assert do(afraid, after.state, "ask_need ada").state.trust == (1, 2), "now there is something to follow"


def test_one_question_brings_one_thing() -> None:
    full = case(barrier("face", issue=TABLE), barrier("fear"), facts=[fact("trust"), fact("empathy")])
    for question in ("look_deeper", "ask_need ada", "follow_up hedges"):
        state = do(full, at(full, WITH_ADA, trust=(3, 3)), "look_deeper").state
        told = [event for event in do(full, state, question).events if event.kind in ("found", "confided", "interest")]
        assert len(told) == 1, question


def test_a_barrier_nobody_has_met_yet_shows_when_its_issue_is_taken_up() -> None:
    stuck = case(barrier("no_good_options", issue=TREES))
    after = do(stuck, at(stuck), "park trees")
    assert after.saw("took_up", about="trees") and after.saw("cue", "ada", "one_demand")
    agreed = at(stuck, agreed=(0, -1))
    assert "nothing to park" in said(stuck, agreed, Move("park", "trees"))
    assert do(stuck, agreed, "take_up trees").state.topic == TREES


# remedies


def test_a_remedy_before_a_diagnosis_misses_and_costs() -> None:
    afraid = case(barrier("fear"))
    after = do(afraid, at(afraid), "trial")
    assert after.saw("missed", "ada", "trial") and after.saw("cue", "ada", "hedges")
    assert after.state.trust == (1, 1) and not after.state.answered
    assert do(afraid, at(afraid, found=1), "trial").saw("helped", "ada", "trial", "fear_0_0")


def test_what_answers_one_cause_does_nothing_for_another() -> None:
    afraid = case(barrier("fear"))
    assert do(afraid, at(afraid, found=1), "guarantee").saw("missed", "ada", "guarantee")


def test_what_helps_others_need_not_help_this_one() -> None:
    """Both `trial` and `guarantee` can answer distrust; this person says what a trial is to them, and waits."""
    burned = case(barrier("distrust", "trial"))
    after = do(burned, at(burned, found=1), "trial")
    assert after.saw("resisted", "ada", "trial", "distrust_0_0") and not after.saw("missed")
    assert after.state.strain == (1, 0) and after.state.trust == (2, 2) and not after.state.answered
    assert do(burned, after.state, "guarantee").saw("helped", "ada", "guarantee")


def test_nobody_is_brought_to_who_will_not_have_them() -> None:
    waiting = case(barrier("missing_authority", "bring_decider"))
    after = do(waiting, at(waiting, found=1), "bring_decider ada")
    assert after.saw("resisted", "ada", "bring_decider") and not after.saw("decider_came")


@pytest.mark.parametrize(
    ("lacking", "moment"), [("trust", {"trust": (1, 2)}), ("heat", {"heat": (2, 0)}), ("heard", {"found": 3})]
)
def test_the_right_remedy_too_early_only_tires(lacking: str, moment: dict[str, Any]) -> None:
    proud = case(barrier("unrealistic"), barrier("anger", issue=TABLE))
    start = at(proud, WITH_ADA, **({"found": 1, "answered": 2} if lacking != "heard" else {}) | moment)
    after = do(proud, start, "reality_test")
    assert after.saw("early", "ada", "reality_test", lacking)
    assert after.state.strain == (1, 0) and not after.state.answered & 1


def test_a_side_that_is_understood_trusts_the_mediator_more() -> None:
    afraid = case(barrier("fear"))
    assert do(afraid, at(afraid, found=1, trust=(1, 1)), "trial").state.trust == (2, 1)


# information


def test_a_fact_is_confided_then_cleared_then_shared() -> None:
    holding = case(facts=[fact("empathy")])
    asked = do(holding, at(holding, WITH_ADA), "look_deeper")
    assert not asked.saw("confided"), "nobody tells all the first time"
    told = do(holding, asked.state, "look_deeper")
    assert told.saw("confided", "ada", "empathy_0")
    assert "in confidence" in said(holding, told.state._replace(gathered=EVERYBODY), Move("share", "empathy_0"))
    assert "told you so themselves" in said(holding, told.state, Move("share", "empathy_0"))
    cleared = do(holding, told.state, "allay_sharing")
    assert cleared.saw("cleared", "ada", "empathy_0")
    assert do(holding, cleared.state, "rejoin", "share empathy_0").saw("shared", "ben", "empathy_0", "empathy")


def test_a_guarded_fact_is_told_only_to_who_is_trusted_and_never_at_the_table() -> None:
    holding = case(facts=[fact("empathy", guard=3)])
    assert not do(holding, at(holding, WITH_ADA, known=1), "look_deeper").saw("confided")
    assert do(holding, at(holding, WITH_ADA, trust=(3, 2)), "ask_need ada").saw("confided", "ada")
    assert not do(holding, at(holding, trust=(3, 3), known=1), "look_deeper").saw("confided")


def test_what_is_guarded_least_is_told_first() -> None:
    holding = case(facts=[fact("empathy", guard=3), fact("dialogue", guard=1)])
    for trust in (1, 3):
        after = do(holding, at(holding, WITH_ADA, known=1, trust=(trust, 2)), "look_deeper")
        assert after.saw("confided", "ada", "dialogue_0") and not after.saw("confided", "ada", "empathy_0")


def test_asked_too_early_what_may_be_carried_a_side_clears_nothing() -> None:
    holding = case(facts=[fact("empathy")])
    after = do(holding, at(holding, WITH_ADA, trust=(1, 2), confided=1), "allay_sharing")
    assert after.saw("early", "ada", "allay_sharing", "trust") and not after.state.cleared


def test_to_ask_what_may_be_carried_is_no_fault_where_there_is_nothing() -> None:
    after = do(QUIET, at(QUIET, WITH_ADA), "allay_sharing")
    assert after.saw("missed", "ada", "allay_sharing") and after.state.trust == (2, 2)


def shared(*effects: str, barriers: tuple[Barrier, ...] = (), **moment: Any) -> tuple[State, State, Case]:
    """Ada's cleared fact is put on the table: the state before, the state after, and the case."""
    holding = case(*barriers, facts=[fact(*effects)])
    before = at(holding, confided=1, cleared=1, **moment)
    return before, do(holding, before, f"share {'_'.join(effects)}_0").state, holding


def test_effect_trust_answers_the_others_distrust_and_allays_suspicion() -> None:
    burned = barrier("distrust", party=BEN, cue="wants_guarantees")
    _, after, _ = shared("trust", barriers=(burned,), suspicion=(0, 2))
    assert after.answered == 1 and after.found == 1 and after.suspicion == (0, 1)


def test_effect_empathy_cools_the_other_side() -> None:
    _, after, _ = shared("empathy", heat=(1, 1))
    assert after.heat == (1, 0)


def test_effect_credence_makes_the_other_accept_one_step_less() -> None:
    stern = ((2, 2), (3, 2))
    plain, believed = case(floors=stern), case(facts=[fact("credence")], floors=stern)
    assert do(plain, at(plain), "propose low_fence").saw("refuses", "ben", "low_fence", "floor")
    assert do(believed, at(believed, shared=1, confided=1), "propose low_fence").saw("agreed", "", "fence")


def test_effect_critical_opens_what_rests_on_it() -> None:
    before, after, holding = shared("critical")
    assert "not on the table" in said(holding, before, Move("propose", "gate"))
    assert do(holding, after, "propose gate").saw("agreed", "", "fence", "gate")


@pytest.mark.parametrize("cause", ["stale_picture", "unrealistic"])
def test_effect_corrected_brings_down_what_stood_on_a_wrong_picture(cause: str) -> None:
    _, after, _ = shared("corrected", barriers=(barrier(cause, "expert", party=BEN),))
    assert after.answered == 1


def test_effect_dialogue_rests_and_cools_everybody() -> None:
    _, after, _ = shared("dialogue", heat=(1, 1), strain=(1, 2))
    assert after.heat == (0, 0) and after.strain == (0, 1)


def test_a_fact_is_carried_into_the_other_room_too() -> None:
    holding = case(facts=[fact("empathy")])
    after = do(holding, at(holding, WITH_BEN, confided=1, cleared=1, heat=(0, 2)), "share empathy_0")
    assert after.state.heat == (0, 1) and after.state.shared == 1


def test_passing_on_a_confidence_breaks_trust_and_what_is_built_on_it_unwinds() -> None:
    holding = case(facts=[fact("empathy")])
    table = at(holding, confided=1)
    after = do(holding, table, "tell empathy_0")
    assert after.saw("breach", "ada", "empathy_0")
    assert after.state.trust == (0, 2) and after.state.heat == (1, 0)
    end = do(holding, after.state, "propose low_fence", "conclude").state
    assert end.ending == Ending.PART_SETTLEMENT and not holds(end) and worth(holding, end) == 10
    told = do(holding, table._replace(gathered=WITH_BEN), "tell empathy_0")
    assert told.saw("breach", "ben") and told.state.suspicion == (0, 1), "what is told to me about them…"
    assert "cleared it" in said(holding, table._replace(cleared=1), Move("tell", "empathy_0"))


# offers


def test_options_are_developed_from_both_interests() -> None:
    guessing = do(QUIET, at(QUIET, known=0b01), "options")
    assert guessing.saw("no_basis", about="fence") and guessing.state.strain == (1, 1)
    inventing = do(QUIET, at(QUIET, known=0b101), "options")
    assert inventing.saw("developed", about="fence")
    assert "Nobody has thought of that yet" in said(QUIET, at(QUIET), Move("propose", "hedge"))
    assert do(QUIET, inventing.state, "propose hedge").saw("agreed", "", "fence", "hedge")


def test_calm_people_with_nothing_in_their_way_make_offers_when_asked() -> None:
    both_known = 0b101
    assert do(QUIET, at(QUIET, known=both_known), "invite_offer").saw("developed", about="fence")
    heated = do(QUIET, at(QUIET, known=both_known, heat=(2, 0)), "invite_offer")
    assert heated.saw("missed", "ada", "invite_offer") and not heated.state.developed
    alone = do(QUIET, at(QUIET, WITH_ADA, known=both_known), "invite_offer")
    assert not alone.state.developed, "an offer needs the other side to hear it"
    afraid = case(barrier("fear", party=BEN))
    assert not do(afraid, at(afraid, known=both_known), "invite_offer").state.developed


def test_both_say_yes_face_to_face_and_it_relieves_them() -> None:
    after = do(QUIET, at(QUIET, heat=(1, 1), strain=(1, 2)), "propose low_fence")
    assert after.saw("accepts", "ada", "low_fence") and after.saw("accepts", "ben") and after.saw("agreed", "", "fence")
    assert after.state.agreed == (0, -1) and after.state.flags & Flag.FACE
    assert after.state.heat == (0, 0) and after.state.strain == (0, 1)


@pytest.mark.parametrize(
    ("why", "stuck", "moment"),
    [
        ("heat", QUIET, {"heat": (2, 0)}),
        ("suspicion", QUIET, {"suspicion": (2, 0)}),
        ("barrier", case(barrier("fear")), {}),
        ("floor", case(floors=((3, 2), (2, 2))), {}),
    ],
)
def test_a_proposal_is_refused_for_a_reason_and_that_tires(why: str, stuck: Case, moment: dict[str, Any]) -> None:
    after = do(stuck, at(stuck, **moment), "propose low_fence")
    assert after.saw("refuses", "ada", "low_fence", why) and after.saw("accepts", "ben")
    assert after.state.agreed == (-1, -1) and min(after.state.strain) >= 1


def test_a_trial_balloon_binds_nobody() -> None:
    after = do(QUIET, at(QUIET, WITH_ADA, heat=(2, 0)), "propose low_fence")
    assert after.saw("open_to", "ada", "low_fence") and after.state.agreed == (-1, -1)
    strict = case(floors=((3, 2), (2, 2)))
    assert do(strict, at(strict, WITH_ADA), "propose low_fence").saw("not_open_to", "ada", "low_fence", "floor")


def test_by_messenger_people_agree_who_could_not_to_each_others_face() -> None:
    hot = at(QUIET, WITH_ADA, heat=(2, 2), flags=EXPLAINED)
    carried = do(QUIET, hot, "shuttle low_fence")
    assert carried.state.gathered == WITH_BEN and carried.saw("accepts", "ben") and carried.state.agreed == (0, -1)
    assert not carried.state.flags & Flag.FACE
    strict = case(floors=((3, 2), (2, 2)))
    kept = do(strict, at(strict, WITH_ADA), "shuttle low_fence")
    assert kept.saw("not_open_to", "ada") and kept.state.gathered == WITH_ADA, "what the sender dislikes is not carried"
    strict = case(floors=((2, 2), (3, 2)))
    refused = do(strict, at(strict, WITH_ADA), "shuttle low_fence")
    assert refused.saw("refuses", "ben", "low_fence", "floor") and refused.state.gathered == WITH_BEN


def test_what_was_agreed_only_by_messenger_unwinds() -> None:
    carried = do(QUIET, at(QUIET, WITH_ADA, flags=EXPLAINED), "shuttle low_fence", "rejoin").state
    assert worth(QUIET, do(QUIET, carried, "conclude").state) == 10
    met = do(QUIET, carried, "take_up trees", "propose prune", "conclude").state
    assert met.ending == Ending.SETTLEMENT and holds(met), "once something is agreed face to face it holds"


def test_a_yes_late_on_a_long_day_from_people_who_are_spent_unwinds() -> None:
    """With half an hour left everybody is two levels more strained than they seem in the morning."""
    evening = do(QUIET, at(QUIET, clock=3, strain=(1, 0), agreed=(-1, 3)), "propose low_fence").state
    assert evening.taint & Taint.WEARY
    assert not holds(do(QUIET, evening, "conclude").state)
    morning = do(QUIET, at(QUIET, strain=(1, 0)), "propose low_fence").state
    assert not morning.taint & Taint.WEARY
    short_day = do(QUIET, at(QUIET, clock=3, strain=(1, 0), plan=STAGES), "propose low_fence").state
    assert not short_day.taint & Taint.WEARY, "a stage is no long day"


def test_pressing_at_the_end_of_a_long_day_gets_a_yes_that_unwinds() -> None:
    strict = case(floors=((5, 2), (5, 2)))
    evening = at(strict, clock=3)
    end = do(strict, evening, "press low_fence", "conclude")
    assert end.saw("pressed", "ada") and end.saw("agreed", "", "fence")
    assert end.state.ending == Ending.PART_SETTLEMENT and not holds(end.state)
    result = outcome(strict, end.state)
    assert result is not None and result.text == "unwound" and result.worth == 10


def test_pressing_people_who_are_fresh_only_angers_them() -> None:
    strict = case(floors=((5, 2), (2, 2)))
    after = do(strict, at(strict), "press low_fence")
    assert after.saw("refuses", "ada", "low_fence", "pressed") and after.saw("pressed", "ben")
    assert after.state.heat[ADA] == 1 and after.state.trust == (1, 2) and after.state.agreed == (-1, -1)


def test_a_mediator_who_says_who_is_right_loses_the_other_side() -> None:
    after = do(QUIET, at(QUIET), "rule ada")
    assert after.saw("ruled", "ben")
    assert (after.state.trust, after.state.heat, after.state.suspicion) == ((2, 0), (0, 1), (0, 1))
    alone = do(QUIET, at(QUIET, WITH_ADA), "rule ada")
    assert alone.state.heat == (1, 0) and alone.state.suspicion == (0, 1), "and in private digs the one in"
    assert "not in the room" in said(QUIET, at(QUIET, WITH_ADA), Move("rule", "ben"))


# the process and its time


def test_the_clock_moves_with_every_decision() -> None:
    assert at(QUIET).clock == DAY
    assert do(QUIET, at(QUIET), "options").state.clock == DAY - 2
    assert "not enough of the day left" in said(QUIET, at(QUIET, clock=1), Move("break"))


def test_stages_are_short_days_and_answer_who_wants_no_long_one() -> None:
    weary = case(barrier("fatigue", issue=TREES, cue="weary"))
    after = do(weary, at(weary, found=1), "stage_plan")
    assert after.state.plan == STAGES and after.state.days == 3 and after.state.clock == 12
    assert after.saw("helped", "ada", "stage_plan"), "whichever issue it concerns"
    assert "already planned in stages" in said(weary, after.state, Move("stage_plan"))


def test_stages_that_nobody_needs_are_only_a_plan() -> None:
    after = do(QUIET, at(QUIET), "stage_plan")
    assert after.state.strain == (0, 0) and not after.saw("missed") and not after.saw("helped")


def test_adjourning_with_homework_answers_and_costs_no_trust() -> None:
    """What was found is answered by the next morning, whichever issue it concerns."""
    waiting = case(barrier("missing_authority", party=BEN, issue=TREES, cue="one_more_thing"))
    evening = at(waiting, found=1, strain=(3, 2), heat=(1, 2), waiting=(4, 0), clock=2)
    after = do(waiting, evening, "adjourn")
    assert after.saw("homework", "ben", "missing_authority_1_1", "adjourn")
    assert after.state.trust == (2, 3) and after.state.strain == (1, 0) and after.state.heat == (0, 1)
    assert (after.state.days, after.state.clock, after.state.waiting, after.state.gathered) == (
        0,
        DAY,
        (0, 0),
        EVERYBODY,
    )


def test_adjourning_with_nothing_gained_costs_trust() -> None:
    after = do(QUIET, at(QUIET), "adjourn")
    assert after.saw("missed", "ada", "adjourn") and after.state.trust == (1, 1)
    assert do(QUIET, at(QUIET, agreed=(0, -1)), "adjourn").state.trust == (2, 2)
    assert do(QUIET, at(QUIET, plan=STAGES), "adjourn").state.trust == (2, 2), "between stages that was the plan"


def test_adjourning_on_the_last_day_is_an_end() -> None:
    assert do(QUIET, at(QUIET, days=0), "adjourn").state.ending == Ending.ADJOURNED


def test_who_can_decide_is_brought_in_where_that_was_missing() -> None:
    waiting = case(barrier("missing_authority", cue="one_more_thing"))
    after = do(waiting, at(waiting, found=1), "bring_decider ada")
    assert after.saw("decider_came", "ada") and after.state.answered == 1
    idle = do(waiting, at(waiting), "bring_decider ada")
    assert idle.saw("missed", "ada") and idle.state.strain == (1, 0)


def test_an_expert_chosen_by_both_helps_and_one_chosen_by_one_side_is_theirs() -> None:
    stale = case(barrier("stale_picture"))
    assert do(stale, at(stale, found=1), "expert").saw("helped", "ada", "expert")
    alone = do(stale, at(stale, WITH_ADA, found=1), "expert")
    assert alone.saw("hurt", "ada", "expert") and alone.state.suspicion == (0, 1) and not alone.state.answered


# how it ends


def test_everything_agreed_and_written_up_is_a_settlement() -> None:
    after = do(QUIET, at(QUIET), "propose low_fence", "take_up trees", "propose prune", "conclude")
    assert after.saw("ended", why="settlement") and after.state.ending == Ending.SETTLEMENT
    assert worth(QUIET, after.state) == 65 + 4 + 4


def test_a_part_written_up_is_a_part_settlement() -> None:
    after = do(QUIET, at(QUIET), "propose low_fence", "conclude")
    assert after.state.ending == Ending.PART_SETTLEMENT and worth(QUIET, after.state) == 40 + 4
    assert "Nothing is agreed yet" in said(QUIET, at(QUIET), Move("conclude"))


def test_a_stop_is_worth_what_was_gained() -> None:
    gained = at(QUIET, shared=1, answered=3)
    assert worth(QUIET, do(QUIET, at(QUIET, trust=(0, 0)), "close_open").state) == 20
    assert worth(QUIET, do(QUIET, gained, "close_open").state) == 20 + 6 + 3
    assert worth(QUIET, do(QUIET, gained._replace(days=0), "close_open").state) == 20 + 6 + 3 - 1


def test_a_stop_that_respects_that_somebody_is_not_ready_is_worth_more() -> None:
    grieving = case(barrier("not_ready", issue=TABLE, depth=3, cue="weary"))
    known, unknown = at(grieving, found=1), at(grieving)
    stops = [worth(grieving, do(grieving, state, "close_open").state) for state in (known, unknown)]
    assert stops == [38, 23]
    assert do(grieving, known, "propose low_fence").saw("refuses", "ada", "low_fence", "barrier"), "nothing moves it"


def test_time_runs_out_on_the_last_day_only() -> None:
    out = do(QUIET, at(QUIET, clock=1, days=0), "park trees")
    assert out.saw("ended", why="out_of_time") and worth(QUIET, out.state) == 5
    tomorrow = do(QUIET, at(QUIET, clock=1), "park trees").state
    assert not tomorrow.ending and {move.technique for move in legal_moves(QUIET, tomorrow)} == {
        "adjourn",
        "close_open",
    }


def test_a_walk_out_is_worth_nothing() -> None:
    assert worth(QUIET, do(QUIET, at(QUIET, heat=(3, 0), trust=(0, 2)), "park trees").state) == 0


def test_no_rule_is_without_its_case_note() -> None:
    notes = Path(__file__).read_text(encoding="utf-8")
    assert [technique for technique in LAWS if f'"{technique}' not in notes] == []


# what holds for every dispute in the library


PLAYS = 2_000 if THOROUGH else 200


def said(its: Case, state: State, move: Move) -> str:
    """Why a move cannot be made, as a person reads it."""
    return str(why_not(its, state, move) or "")


def plays(count: int = PLAYS) -> Iterator[tuple[Case, list[Step]]]:
    """Plays through every case of the library in turn: by chance alone, and straying from a skilled line."""
    for number in range(count):
        its = CASES[number % len(CASES)]
        yield its, list(any_play(its, Random(number), RASH))


def test_every_legal_sequence_comes_to_an_end_and_nothing_follows_it() -> None:
    """Each decision takes time or ends the day, and there are only so many days."""
    longest = 0
    for its, steps in plays():
        plans = its.dispute.clock.plans
        assert len(steps) <= sum(plan.sittings * (plan.length + 1) for plan in plans)
        for step in steps:
            days, ticks = step.before.days - step.after.days, step.before.clock - step.after.clock
            planned = step.move.technique == "stage_plan"
            assert days > 0 or ticks > 0 or planned or step.after.ending
            assert (step.after.ending == 0) == bool(legal_moves(its, step.after))
        longest = max(longest, len(steps))
    assert longest > 30


def test_what_can_be_done_is_sorted_and_the_rest_is_refused_in_a_sentence() -> None:
    for number in range(PLAYS):
        random = Random(number)
        its = CASES[number % len(CASES)]
        state = disturbed(its, moment(its, random), random)
        legal = legal_moves(its, state)
        assert list(legal) == sorted(set(legal))
        for move in set(its.dispute.moves) - set(legal):
            reason = said(its, state, move)
            assert reason[0] in ascii_uppercase and reason.endswith("."), reason
            with pytest.raises(MoveIllegal) as refusal:
                apply(its, state, move)
            assert str(refusal.value) == reason
        assert all(why_not(its, state, move) is None for move in legal)
        assert list(refused(its, state)) == [move for move in its.dispute.moves if move not in legal]


def test_what_is_remembered_of_one_case_is_so_in_another_and_in_a_dispute_read_anew() -> None:
    """It is remembered by what it depends on: the same, worked out by who has seen no other state, is the same."""
    for number in range(PLAYS // 10):
        random = Random(number)
        its = CASES[number % len(CASES)]
        state = disturbed(its, moment(its, random), random)
        other, anew = (one for one in CASES if one.dispute is its.dispute and one is not its), read_anew(its)
        for one in (next(other, its), anew):
            assert legal_moves(one, state) == legal_moves(its, state)
            assert refused(one, state) == refused(its, state)


def test_after_the_end_there_is_no_move() -> None:
    end = do(QUIET, at(QUIET), "close_open").state
    assert legal_moves(QUIET, end) == ()
    with pytest.raises(MoveIllegal, match="The mediation is over"):
        apply(QUIET, end, Move("rejoin"))
    with pytest.raises(MoveIllegal, match="“dance” is not a move in this dispute"):
        apply(QUIET, at(QUIET), Move("dance"))


def test_a_state_is_a_value() -> None:
    """Hashable, equal to what is written of it, and never changed by what is done from it."""
    for its, steps in plays(PLAYS // 4):
        for step in steps:
            state, written = step.before, json.dumps(step.before)
            assert read_state(written) == state and hash(read_state(written)) == hash(state)
            again, events = apply(its, state, step.move)
            assert (again, events) == (step.after, step.events)
            assert json.dumps(state) == written
            assert_small(state)


def test_a_state_is_rebuilt_from_its_decisions_and_from_a_dispute_read_anew() -> None:
    for its, steps in plays(PLAYS // 4):
        read_again = read_anew(its)
        line = [str(step.move) for step in steps]
        assert [step.after for step in follow(read_again, line)] == [step.after for step in steps]
        assert [step.events for step in follow(read_again, line)] == [step.events for step in steps]


@settings(max_examples=2_000 if THOROUGH else 150, deadline=None)
@given(its=st.sampled_from(CASES), choices=st.lists(st.integers(0, 60), max_size=60))
def test_whatever_is_chosen_levels_stay_levels_and_what_is_gained_is_kept(its: Case, choices: list[int]) -> None:
    """Barriers stay found and answered, facts shared, agreements agreed: only moods and time come and go."""
    state, line = initial(its), []
    for choice in choices:
        legal = legal_moves(its, state)
        if not legal:
            break
        line.append(legal[choice % len(legal)])
        after, _ = apply(its, state, line[-1])
        assert_small(after)
        for name in ("found", "answered", "known", "confided", "cleared", "shared", "developed", "flags"):
            assert not getattr(state, name) & ~getattr(after, name), (name, line)
        assert not after.answered & ~after.found
        assert not after.cleared & ~after.confided
        assert all(option in (-1, now) for option, now in zip(state.agreed, after.agreed, strict=True))
        state = after
    *_, last = [initial(its), *(step.after for step in follow(its, line))]
    assert last == state


def read_state(text: str) -> State:
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in json.loads(text)]
    return State(*values)


def read_anew(its: Case) -> Case:
    text = (COMPILED / f"{its.dispute.id}.json").read_text(encoding="utf-8")
    return read_dispute(text, its.dispute.catalogue).case(its.id)


def assert_small(state: State) -> None:
    for mood in (state.heat, state.trust, state.strain, state.suspicion):
        assert all(isinstance(level, int) and 0 <= level <= 3 for level in mood)
    assert state.clock >= 0 and state.days >= 0 and state.topic >= FENCE
