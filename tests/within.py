"""The best end within a few decisions, found exactly: the yardstick of the monotone law.

Every line of play is followed, but for what cannot matter: a state that another one reached in no more
decisions is at least as good as, and a state from which nothing better than what is known can come in
the decisions left. The first rests on the law itself, and so is no proof by itself; but were the law
broken, then somewhere for the smallest number of decisions, and there nothing is left out wrongly.
"""

from __future__ import annotations

from functools import cache
from heapq import heappop, heappush
from itertools import combinations

from caucusroom.laws.apply import apply
from caucusroom.laws.legality import legal_moves
from caucusroom.laws.outcome import PART, READINESS_RESPECTED, STOP, WHOLE, days_used, worth
from caucusroom.laws.state import State
from caucusroom.model.dispute import Case
from caucusroom.search.solve import Front

CLOSING = frozenset({"conclude", "close_open", "adjourn"})
"""The moves that may end a mediation in anything but ruin."""


def best_within(case: Case, start: State, decisions: int, enough: int = 100) -> int:
    """The most that an end can be worth which so many decisions from `start` may reach.

    Once an end worth `enough` is known, it is as good as the best.
    """
    best = _closed_now(case, start)
    front = Front(counting=True)
    front.add(start, 0)
    number = 0
    waiting = [(-_promise(case, start, decisions), 0, number, start)]  # the most promising, then deepest, first
    while waiting and -waiting[0][0] > best and best < enough:
        _, undone, _, state = heappop(waiting)
        made = -undone
        left = decisions - made - 1
        if left == 0 or not front.keeps(state, made):
            continue
        for move in legal_moves(case, state):
            after, _ = apply(case, state, move)
            if after.ending or after.taint:
                continue
            promise = _promise(case, after, left)
            if promise > best and front.add(after, made + 1):
                best = max(best, _closed_now(case, after))
                number -= 1
                heappush(waiting, (-promise, -made - 1, number, after))
    return best


def _closed_now(case: Case, state: State) -> int:
    """The best end that one move from here makes."""
    closing = (move for move in legal_moves(case, state) if move.technique in CLOSING)
    return max((worth(case, end) for end, _ in (apply(case, state, move) for move in closing) if end.ending), default=0)


def _promise(case: Case, state: State, left: int) -> int:
    """No end is worth more that `left` decisions from here reach, the last of which ends the mediation."""
    spare, used = left - 1, days_used(case, state)
    gains = _most_gains(case, state.found, state.answered, state.confided, state.cleared, state.shared, spare)
    most = STOP + min(15, 2 * gains) + (3 if spare or min(state.trust) >= 2 else 0) - used
    unready = [bit for bit, barrier in case.real if barrier.cause == "not_ready"]
    if unready and (spare or state.found & unready[0]):
        most += READINESS_RESPECTED
    already = sum(sum(case.dispute.options[option].worth) for option in state.agreed if option >= 0)
    open_issues = [issue for issue, option in enumerate(state.agreed) if option < 0]
    for count in range(len(open_issues) + 1):
        for chosen in combinations(open_issues, count):
            if count == 0 and not already:
                continue
            proposing = 2 * count - (state.topic in chosen)
            if proposing + _fewest_to_clear(case, state.found, state.answered, chosen) <= spare:
                base = WHOLE if count == len(open_issues) else PART
                most = max(most, base + already + sum(case.best_value[issue] for issue in chosen) - used)
    return most


@cache
def _most_gains(case: Case, found: int, answered: int, confided: int, cleared: int, shared: int, moves: int) -> int:
    """At most so many barriers answered and facts shared, those of the past included, after so many moves."""
    facts = [bit for bit, _ in case.real_facts if not shared & bit]
    barriers = [bit for bit, _ in case.real if not answered & bit and case.ways[bit]]
    most = 0
    for some_facts in (chosen for count in range(len(facts) + 1) for chosen in combinations(facts, count)):
        unconfided = any(not confided & bit for bit in some_facts)
        uncleared = any(not cleared & bit for bit in some_facts)
        needed = len(some_facts) + 2 * uncleared + unconfided  # hear of it, have it cleared, leave that room, share it
        for some in (chosen for count in range(len(barriers) + 1) for chosen in combinations(barriers, count)):
            by_itself = [bit for bit in some if not (some_facts and {"share", "allay_sharing"} & case.ways[bit])]
            looked = 0 if unconfided else _fewest_looks(case, found, by_itself)
            if needed + _fewest_techniques(case, by_itself) + looked <= moves:
                most = max(most, len(some_facts) + len(some))
    return answered.bit_count() + shared.bit_count() + most


@cache
def _fewest_to_clear(case: Case, found: int, answered: int, issues: tuple[int, ...]) -> int:
    """At least so many moves answer all that stands in the way of these issues."""
    standing = [bit for bit, b in case.real if not answered & bit and issues and b.issue in (-1, *issues)]
    if any(not case.ways[bit] for bit in standing) or any(case.best_value[issue] < 0 for issue in issues):
        return 99
    return _fewest_techniques(case, standing) + _fewest_looks(case, found, standing)


def _fewest_techniques(case: Case, barriers: list[int]) -> int:
    """Barriers of which no two share a remedy take a move each."""
    used: frozenset[str] = frozenset()
    count = 0
    for ways in sorted((case.ways[bit] for bit in barriers), key=lambda ways: (len(ways), sorted(ways))):
        count += not ways & used
        used |= ways
    return count


def _fewest_looks(case: Case, found: int, barriers: list[int]) -> int:
    """1 if something must be found by a move that answers nothing."""
    both = {id for id, technique in case.techniques.items() if technique.can_find_what_it_answers}
    return any(not found & bit and not case.ways[bit] & both for bit in barriers)
