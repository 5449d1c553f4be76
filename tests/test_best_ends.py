"""The best end of each case: skill reaches it, chance and habit do not, and every technique has its day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import pytest
from caucusroom import Move, load, scenarios
from caucusroom.authoring.check.plays import ends_well, only
from caucusroom.authoring.source import Problem
from caucusroom.authoring.walkthrough import Walkthrough, play, read_walkthrough
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.legality import legal_moves
from caucusroom.laws.outcome import outcome, worth
from caucusroom.laws.state import State
from caucusroom.model.dispute import Case
from caucusroom.search.bound import most
from caucusroom.search.solve import moods, no_better, solve

from tests.plays import DRAWN, NAMED, RASH, THOROUGH, follow, moment, random_play
from tests.test_laws import keeps_ahead
from tests.within import best_within

ROOT = Path(__file__).parents[1] / "scenarios"
FILES = sorted(ROOT.glob("*/walkthroughs/*.yaml"))
PLAYS = 2_000
TRIES = 60_000
"""Moves tried in looking for an end, where nothing has to be proven."""
NEAR = 3
"""What a skilled line may fall short of the best that is known: a case teaches something else than the last point."""
TECHNIQUES = [one.id for one in NAMED[0].techniques.values() if one.kind == "technique"]


def name_of(path: Path) -> str:
    return f"{path.parent.parent.name}/{path.stem}"


@cache
def walkthrough(path: Path) -> Walkthrough:
    problems: list[Problem] = []
    read = read_walkthrough(path, problems)
    assert read is not None, problems
    return read


Line = tuple[Case, tuple[Move, ...]]


@cache
def skilled_lines() -> tuple[Line, ...]:
    """The case and the moves of every skilled walkthrough."""
    read = [(path, walkthrough(path).parts) for path in FILES]
    return tuple(
        (load(path.parents[1].name).case(one.case), tuple(Move.of(step.choose) for step in one.steps if step.choose))
        for path, one in read
        if one.kind == "skilled"
    )


@cache
def best(case: Case) -> int:
    """The worth of the best end that is known of a case: by a skilled line, or by a search that looks further."""
    known = max((worth_of(case, line) or 0 for its, line in skilled_lines() if repr(its) == repr(case)), default=0)
    return solve(case, tries=TRIES, beat=known).worth


def end_of(case: Case, line: tuple[Move, ...]) -> State | None:
    """Where a line ends; None if it cannot be played or does not end."""
    try:
        last = [*follow(case, line)][-1].after
    except ValueError:
        return None
    return last if last.ending else None


def playable(case: Case, line: tuple[Move, ...]) -> bool:
    try:
        return bool([*follow(case, line)])
    except ValueError:
        return False


def worth_of(case: Case, line: tuple[Move, ...]) -> int | None:
    end = end_of(case, line)
    return None if end is None else worth(case, end)


# skill


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_walkthrough_goes_as_it_is_written(path: Path) -> None:
    problems: list[Problem] = []
    play(walkthrough(path), load(path.parents[1].name), problems)
    assert [str(problem) for problem in problems] == []


@pytest.mark.parametrize("case", NAMED, ids=repr)
def test_a_skilled_line_ends_well_and_near_the_best_that_is_known(case: Case) -> None:
    ends = [end_of(case, line) for its, line in skilled_lines() if repr(its) == repr(case)]
    assert ends and all(end is not None and ends_well(case, end) for end in ends)
    assert all(end is not None and worth(case, end) >= best(case) - NEAR for end in ends)


@pytest.mark.skipif(not THOROUGH, reason="CAUCUSROOM_THOROUGH looks for a better end of every case")
@pytest.mark.parametrize("case", NAMED, ids=repr)
def test_a_long_search_finds_no_better_end(case: Case) -> None:
    assert solve(case, beat=best(case)).line == ()


@pytest.mark.parametrize("case", DRAWN, ids=repr)
def test_a_drawn_truth_can_end_well(case: Case) -> None:
    """Whatever is drawn, it is worth a mediation."""
    solution = solve(case, tries=TRIES)
    assert solution.line, case
    *_, last = follow(case, solution.line)
    assert ends_well(case, last.after)


@pytest.mark.parametrize("path", [path for path in FILES if path.stem.startswith("mistake")], ids=name_of)
def test_a_mistake_does_not(path: Path) -> None:
    one = walkthrough(path).parts
    case = load(path.parents[1].name).case(one.case)
    reached = worth_of(case, tuple(Move.of(step.choose) for step in one.steps if step.choose))
    assert one.kind == "mistake" and reached is not None and reached < best(case)


def test_no_case_is_thought_to_end_better_than_it_can_or_worse_than_it_does() -> None:
    """What the solver takes for the most that can still be reached is never too low."""
    for case, line in skilled_lines():
        end = worth_of(case, line)
        assert end is not None
        for step in follow(case, line):
            assert step.after.ending or most(case, step.after) >= end, step.move
    for number in range(60 if not THOROUGH else 600):
        case = NAMED[number % len(NAMED)]
        state = moment(case, Random(number))
        assert most(case, state) >= best_within(case, state, 4)


# chance and habit


@pytest.mark.parametrize("well_meant", [False, True], ids=["any move", "nothing rash"])
def test_of_two_thousand_random_plays_fewer_than_one_in_twenty_reach_the_best_end(well_meant: bool) -> None:
    """Even for somebody who neither presses nor tells nor stops early: luck is no method."""
    plays, reached, settled = Counter[str](), Counter[str](), Counter[str]()
    for number in range(PLAYS):
        case = NAMED[number % len(NAMED)]
        *_, last = random_play(case, Random(number), RASH if well_meant else frozenset())
        plays[case.id] += 1
        reached[case.id] += worth(case, last.after) >= best(case)
        result = outcome(case, last.after)
        assert result is not None
        settled[result.ending if result.holds is not False else "unwound"] += 1
    print(f"best end: {reached.total()} of {PLAYS} ({dict(reached)}); {dict(settled)}")
    assert reached.total() < 0.05 * PLAYS
    assert all(reached[id] < 0.05 * plays[id] for id in plays)


@pytest.mark.parametrize("case", NAMED, ids=repr)
def test_one_technique_over_and_over_never_reaches_the_best_end(case: Case) -> None:
    """Not with all the time and the best luck: every order of one technique and of what it takes to get
    through a mediation at all (doors, topics, proposals, writing up) was tried."""
    for technique in (one.id for one in case.techniques.values()):
        alone = only(case.dispute, technique).case(case.id)
        highest = most(alone, initial(alone))
        if highest >= best(case):
            assert not solve(alone, tries=TRIES if THOROUGH else TRIES // 10, beat=best(case) - 1).line, technique


# every technique has its day


@pytest.mark.parametrize("technique", TECHNIQUES)
def test_a_technique_is_needed_in_one_case_and_brings_nothing_in_another(technique: str) -> None:
    needed = {case for case, line in skilled_lines() if any(left_out_spoils(case, line, technique))}
    assert needed, "on the best line of no case: leaving it out changes nothing anywhere"
    idle = {case for case, line in skilled_lines() if brings_nothing(case, line, technique)}
    sour = {case for case, line in skilled_lines() if only_sours(case, line, technique)}
    costly = {case for case, line in skilled_lines() if only_costs(case, line, technique)}
    for what, cases in (("needed", needed), ("brings nothing", idle), ("only sours", sour), ("only costs", costly)):
        print(f"{technique}: {what} in {' '.join(sorted(case.id for case in cases)) or 'no case'}")
    assert any(one is not other for one in needed for other in idle | sour | costly)


def left_out_spoils(case: Case, line: tuple[Move, ...], technique: str) -> Iterator[bool]:
    """For each time a line uses a technique: whether without it the rest cannot be played or ends worse."""
    for place, move in enumerate(line):
        if move.technique == technique:
            without = worth_of(case, (*line[:place], *line[place + 1 :]))
            yield without is None or without < (worth_of(case, line) or 0)


def brings_nothing(case: Case, line: tuple[Move, ...], technique: str) -> bool:
    """Whether at some point of the line the technique could be used and nothing at all would come of it.

    Nothing found, answered, told or agreed, no mood better; only the clock has moved, or a mood is worse.
    """
    return any(keeps_ahead(before, after) for before, after in trials(case, line, technique))


def only_sours(case: Case, line: tuple[Move, ...], technique: str) -> bool:
    """Whether at some point of the line the technique would gain nothing, worsen a mood and better none.

    For a door that opens too early: the room is another one then, so the moments cannot be compared whole.
    """
    gains = ("found", "answered", "known", "confided", "cleared", "shared", "developed", "agreed")
    return any(
        all(getattr(before, name) == getattr(after, name) for name in gains)
        and feelings(before) != feelings(after)
        and no_better(feelings(after), feelings(before))
        for before, after in trials(case, line, technique)
    )


def feelings(state: State) -> tuple[int, ...]:
    return (*state.heat, *state.strain, *state.suspicion, -state.trust[0], -state.trust[1])


def trials(case: Case, line: tuple[Move, ...], technique: str) -> Iterator[tuple[State, State]]:
    """Every moment of a line in which the technique could be used, and what would follow from it."""
    for step in follow(case, line):
        for move in legal_moves(case, step.before):
            if move.technique == technique:
                after, _ = apply(case, step.before, move)
                if not after.ending:
                    yield step.before, after


def only_costs(case: Case, line: tuple[Move, ...], technique: str) -> bool:
    """Whether as good an end is reached without the technique, and using it on the way only costs.

    For what always does something (a door, a topic, a plan, a meeting, a fact on the table, an end): with it
    the rest of the line cannot be played any more, or ends worse, or at least later and in no better mood.
    """
    spare = tuple(move for move in line if move.technique != technique)
    end, reached = end_of(case, spare), worth_of(case, line) or 0
    if end is None or worth(case, end) < reached:
        return False
    for place, step in enumerate(follow(case, spare)):
        for way in ways_to(case, step.before, technique):
            if not playable(case, (*spare[:place], *way)):
                continue
            detour = end_of(case, (*spare[:place], *way, *spare[place:]))
            if detour is None or worth(case, detour) < reached:
                return True
            if no_better(moods(detour), moods(end)) and moods(detour) != moods(end):
                return True
    return False


def ways_to(case: Case, state: State, technique: str) -> Iterator[tuple[Move, ...]]:
    """The technique as it can be used now; a fact can only be shared after it was told and cleared."""
    yield from ((move,) for move in legal_moves(case, state) if move.technique == technique)
    if technique == "share":
        for party in case.dispute.parties:
            for fact in case.dispute.facts:
                way = (f"call_caucus {party.id}", f"ask_need {fact.who}", "allay_sharing", "rejoin", f"share {fact.id}")
                yield tuple(map(Move.of, way))


# every ending


@pytest.mark.parametrize("dispute", scenarios())
def test_every_ending_can_be_reached(dispute: str) -> None:
    """In the walkthroughs, or by chance."""
    met = {step.ends for path in FILES if path.parents[1].name == dispute for step in walkthrough(path).parts.steps}
    for id in load(dispute).cases:
        case = load(dispute).case(id)
        for number in range(300):
            *_, last = random_play(case, Random(number), RASH)
            result = outcome(case, last.after)
            assert result is not None
            met.add(result.ending + (", unwound" if result.holds is False else ""))
    endings = {"settlement", "part_settlement", "adjourned", "stopped", "walked_out", "out_of_time"}
    assert endings | {"settlement, unwound"} <= met
