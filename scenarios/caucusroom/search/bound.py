"""How good an end a state can still lead to at most, and roughly how far off it is.

`most` is never too low, so a search that drops what cannot beat the best end found stays exact;
`distance` only says where to look first.
"""

from __future__ import annotations

from ..laws.outcome import PART, READINESS_RESPECTED, STOP, WHOLE, days_used
from ..laws.state import State
from ..model.dispute import Case
from ..model.gathering import EVERYBODY
from ..model.plan import DAYS
from ..model.sides import SIDES


def most(case: Case, state: State, decisions: int | None = None) -> int:
    """The most that any end from here can be worth, within so many decisions (any number if None)."""
    values = [
        sum(case.dispute.options[agreed].worth) if agreed >= 0 else case.best_value[issue]
        for issue, agreed in enumerate(state.agreed)
    ]
    used = days_used(case, state)
    if min(values) >= 0:
        least = _least_decisions(case, state)
        days = _more_days(case, state, least)
        if days is not None and (decisions is None or least <= decisions):
            return WHOLE + sum(values) - used - days
    answerable = sum(bool(case.ways[bit]) for bit, _ in case.real)
    stop = STOP + min(15, 2 * (answerable + len(case.real_facts))) + 3 - used
    if case.unready:
        stop += READINESS_RESPECTED
    some = sorted(value for value in values if value >= 0)
    return max(stop, PART + sum(some[-(len(values) - 1) :]) - used) if some and len(values) > 1 else stop


def _in_the_way(case: Case, state: State) -> list[int]:
    """The barriers that must be answered before everything can be agreed."""
    return [
        bit
        for bit, barrier in case.real
        if not state.answered & bit and (barrier.issue < 0 or state.agreed[barrier.issue] < 0)
    ]


def _least_decisions(case: Case, state: State) -> int:
    """At least this many decisions before everything is agreed and written up."""
    open_issues = [issue for issue, agreed in enumerate(state.agreed) if agreed < 0]
    count, used, must_find = 1, set[str](), False
    for bit in _in_the_way(case, state):
        ways = case.ways[bit]
        count += not ways & used
        used |= ways
        must_find |= not state.found & bit and not any(case.techniques[way].can_find_what_it_answers for way in ways)
    for issue in open_issues:
        count += 1 + (issue != state.topic)
    return count + must_find


def _more_days(case: Case, state: State, decisions: int) -> int | None:
    """How many more days that many decisions take at least; None if there are not enough.

    A decision takes a tick or more, or it adjourns and a day is gone; some things only adjourning answers.
    """
    clock = case.dispute.clock
    days = int(any(case.ways[bit] == {"adjourn"} for bit in _in_the_way(case, state)))
    while decisions - days > state.clock + days * clock.longest:
        days += 1
    return days if days <= state.days + max(0, clock.more_in_stages) else None


def distance(case: Case, state: State) -> float:
    """About how many ticks from the beginning to the best end by way of this state: where to look first.

    Only a guess. It never decides what is left out.
    """
    left = (state.gathered != EVERYBODY) + (state.owed >= 0) + 1.0
    for party in SIDES:
        left += max(0, state.heat[party] - 1) + state.suspicion[party] + max(0, state.strain[party] - 1)
    for bit, barrier in case.real:
        if not state.answered & bit:
            unready = max(0, barrier.depth - state.trust[barrier.party])
            left += 1.5 if state.found & bit else 3.5 + unready
    for issue, agreed in enumerate(state.agreed):
        if agreed >= 0:
            continue
        left += 2
        if case.best_option[issue] < 0:
            continue
        option = case.dispute.options[case.best_option[issue]]
        if not option.open and not state.developed >> issue & 1:
            left += 2 + sum(not state.known >> (p * len(state.agreed) + issue) & 1 for p in SIDES)
        missing = option.needs & ~state.shared
        left += missing.bit_count() + (missing & ~state.cleared).bit_count() + (missing & ~state.confided).bit_count()
    clock = case.dispute.clock
    day = clock.plans[DAYS].length
    spent = days_used(case, state) * day + day - state.clock
    return spent + 3 * left
