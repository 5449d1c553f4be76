"""The laws of the model: calmer, fresher, more trusting people and more time never make the best end worse."""

from __future__ import annotations

import time
from collections import Counter
from random import Random

import pytest
from caucusroom import Move
from caucusroom.laws.apply import apply
from caucusroom.laws.law import Law
from caucusroom.laws.legality import legal_moves
from caucusroom.laws.outcome import worth
from caucusroom.laws.state import SITUATION, State, of_nature
from caucusroom.laws.techniques import LAWS
from caucusroom.model.dispute import Case
from caucusroom.search.solve import moods, no_better, solve

from tests.fence import made_up
from tests.plays import CASES, THOROUGH, disturbed, moment, relieved
from tests.within import best_within

DECISIONS = 6
STARTS = 10_000 if THOROUGH else 30
LONGEST_CHECK = 3600  # seconds
PAIRS = 20_000 if THOROUGH else 800
"""Pairs of states in which every legal move is compared: about twenty moves each."""


def a_pair(number: int, invented: bool = False) -> tuple[Case, State, State]:
    """The numberth worse moment and a better one: the same but for moods and time.

    In a case of the library or, where `invented`, in one with any causes, remedies and facts there can be.
    """
    random = Random(number)
    case = made_up(random) if invented else CASES[number % len(CASES)]
    worse = disturbed(case, moment(case, random), random)
    return case, worse, relieved(case, worse, random)


@pytest.mark.timeout(LONGEST_CHECK)
def test_better_moods_or_more_time_never_lower_the_best_end_within_six_decisions() -> None:
    began = time.process_time()
    lowered = []
    higher = 0
    for number in range(STARTS):
        case, worse, better = a_pair(number)
        least = best_within(case, worse, DECISIONS)
        most = best_within(case, better, DECISIONS, enough=least + 1)
        higher += most > least
        if most < least:
            lowered.append((number, case, worse, better, least, most))
    seconds = time.process_time() - began
    print(f"{STARTS} states, {higher} led further when relieved, {len(lowered)} less far; {seconds:.0f} s")
    assert lowered == []
    assert higher > STARTS / 20, "moods that change nothing would make this law empty"


@pytest.mark.parametrize("decisions", range(1, DECISIONS + 1))
def test_the_yardstick_agrees_with_the_solver(decisions: int) -> None:
    """Two searches, each with its own idea of what may be left out, find the same."""
    for number in range((120 if THOROUGH else 60) // decisions**2):
        case, worse, _ = a_pair(number)
        solution = solve(case, worse, decisions=decisions)
        assert solution.proven
        assert solution.worth == best_within(case, worse, decisions), number


@pytest.mark.parametrize("invented", [False, True], ids=["library", "invented"])
def test_what_a_worse_moment_allows_a_better_one_allows_to_no_worse_effect(invented: bool) -> None:
    """The law, one decision at a time."""
    how: Counter[str] = Counter()
    for number in range(PAIRS):
        case, worse, better = a_pair(number, invented)
        for move in legal_moves(case, worse):
            how[consequence(case, worse, better, move)] += 1
    print(dict(how))
    assert how["worse"] == 0
    assert how["the same move"] > 10_000
    assert how["the same move"] > 50 * (how["no move"] + how["another move"])


@pytest.mark.parametrize("invented", [False, True], ids=["library", "invented"])
def test_a_better_moment_stays_better_while_the_mediation_goes_on(invented: bool) -> None:
    """Two mediations side by side: whatever is done in the worse one, the better one can keep ahead."""
    steps = 0
    for number in range(PAIRS):
        case, worse, better = a_pair(number, invented)
        random = Random(number)
        while moves := legal_moves(case, worse):
            move = random.choice(moves)
            assert consequence(case, worse, better, move) != "worse", (number, move)
            followed = next_pair(case, worse, better, move)
            if followed is None:
                break
            worse, better = followed
            steps += 1
    assert steps > 2 * PAIRS


def test_a_rule_that_breaks_the_law_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were calm people angered by being calmed, both tests above would say so."""

    def provoke(draft, technique, target):  # type: ignore[no-untyped-def]
        for party in draft.present:
            draft.heat[party] = 3 if draft.heat[party] == 0 else 0

    monkeypatch.setitem(LAWS, "step_back", Law("step_back", provoke))
    pairs = map(a_pair, range(200))
    assert any(
        consequence(case, worse, better, Move("step_back")) == "worse"
        for case, worse, better in pairs
        if Move("step_back") in legal_moves(case, worse)
    )


def consequence(case: Case, worse: State, better: State, move: Move) -> str:
    """How the better moment keeps ahead of this move in the worse one; "worse" if it does not."""
    if move not in legal_moves(case, better):
        return "worse"
    after, _ = apply(case, worse, move)
    if after.taint:
        return "spoilt"
    if after.ending:
        return "an end" if worth(case, after) <= best_end_now(case, better) else "worse"
    if keeps_ahead(apply(case, better, move)[0], after):
        return "the same move"
    if keeps_ahead(better, after):
        return "no move"
    others = (apply(case, better, other)[0] for other in legal_moves(case, better))
    return "another move" if any(keeps_ahead(other, after) for other in others) else "worse"


def next_pair(case: Case, worse: State, better: State, move: Move) -> tuple[State, State] | None:
    """Both moments after a move that goes on; the better mediator leaves out what would be a mistake."""
    after, _ = apply(case, worse, move)
    same, _ = apply(case, better, move)
    if after.ending or after.taint:
        return None
    if keeps_ahead(same, after):
        return after, same
    return (after, better) if keeps_ahead(better, after) else None


def keeps_ahead(better: State, worse: State) -> bool:
    """Whether a state is at least as good in everything: as much found and done, moods and time no worse."""
    if better.ending or better.taint:
        return False
    gained = ("heard", "found", "answered", "known", "confided", "cleared", "developed", "flags")
    others = set(of_nature(SITUATION)) - {*gained, "followed"}  # what was followed to its end was found, or nothing
    same_place = all(getattr(better, name) == getattr(worse, name) for name in others)
    as_much = all(not getattr(worse, name) & ~getattr(better, name) for name in gained)
    return same_place and as_much and no_better(moods(worse), moods(better))


def best_end_now(case: Case, state: State) -> int:
    """The best end that a single move makes."""
    ends = (apply(case, state, move)[0] for move in legal_moves(case, state))
    return max((worth(case, end) for end in ends if end.ending), default=0)
