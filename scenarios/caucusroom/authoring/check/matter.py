"""The author's checker: clock, people, barriers, facts, options and cases. One function a rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from ...laws.apply import apply
from ...laws.legality import legal_moves
from ...laws.state import State
from ...model.dispute import Case, Option
from ...model.gathering import EVERYBODY
from ...model.levels import TICK_MINUTES
from ...model.moves import Move
from .subject import Finding, Rule, Subject

FEWEST_CASES = 5
NOT_READY = "not_ready"


def bad_clock(subject: Subject) -> Iterator[Finding]:
    """A day ends before midnight, and stages are shorter days, not fewer."""
    clock = subject.dispute.clock
    if clock.starts + clock.longest * TICK_MINUTES > 24 * 60:
        yield subject.fault("the day would last past midnight; let it start earlier or give it fewer ticks", "clock")
    days, stages = clock.plans
    if stages.sittings < days.sittings:
        yield subject.fault(
            f"{stages.sittings} stages are fewer than the {days.sittings} days they replace; raise stages",
            "clock",
            "stages",
        )


def nobody_in_the_room(subject: Subject) -> Iterator[Finding]:
    """Somebody of each side must be there to answer."""
    for party in subject.dispute.parties:
        if all(person.seat == "remote" for person in party.people):
            what = f"nobody of {party.id} is in the room; give it a person whose seat is not remote"
            yield subject.fault(what, "parties", party.id, "people")


def nobody_to_bring(subject: Subject) -> Iterator[Finding]:
    """Where a decider can be brought, there must be one."""
    for barrier in subject.dispute.barriers:
        party = subject.dispute.parties[barrier.party]
        absent = all(person.seat != "remote" for person in party.people)
        if "bring_decider" in barrier.answered_by and absent:
            what = f"bring_decider needs somebody to bring; give {party.id} a person whose seat is remote"
            yield subject.fault(what, "barriers", barrier.id, "answered_by")


# barriers


def barrier_in_no_case(subject: Subject) -> Iterator[Finding]:
    for barrier in subject.dispute.barriers:
        if not any(subject.having(barrier)):
            what = f"{barrier.id} is in no case; add it to one, or take it out"
            yield subject.fault(what, "barriers", barrier.id)


def barrier_never_found(subject: Subject) -> Iterator[Finding]:
    for barrier in subject.dispute.barriers:
        party = subject.dispute.parties[barrier.party].id
        for case, bit in subject.having(barrier):
            reached = subject.reach[case.id]
            if not reached.found & bit:
                what = (
                    f"nobody can ever find {barrier.id} in case {case.id}: that takes trust {barrier.depth}, "
                    f"and {party} comes to {reached.trust[barrier.party]} at most; lower its depth, or give "
                    f"{party} another barrier there that can be answered first"
                )
                yield subject.fault(what, "barriers", barrier.id, "depth")
                break


def barrier_never_answered(subject: Subject) -> Iterator[Finding]:
    for barrier in subject.dispute.barriers:
        for case, bit in subject.having(barrier):
            reached = subject.reach[case.id]
            if barrier.cause == NOT_READY or not reached.found & bit or reached.answered & bit:
                continue
            techniques = subject.dispute.catalogue.techniques.values()
            fitting = ", ".join(one.id for one in techniques if barrier.cause in one.answers)
            if "share" in barrier.answered_by:
                why = "no fact of the other side in that case has the effect that would"
                do = "give the case one, or name another technique"
            else:
                why = f"answered_by has {', '.join(sorted(barrier.answered_by)) or 'nothing'}"
                do = f"what can answer {barrier.cause}: {fitting}"
            what = f"nothing ever answers {barrier.id} in case {case.id}, for {why}; {do}"
            yield subject.fault(what, "barriers", barrier.id, "answered_by")
            break


def cue_betrays_barrier(subject: Subject) -> Iterator[Finding]:
    """What is heard must leave open what is behind it: another barrier, in another case."""
    behind: dict[tuple[int, int, str], dict[str, set[str]]] = defaultdict(dict)
    for barrier in subject.dispute.barriers:
        cases = {case.id for case, _ in subject.having(barrier)}
        if cases:
            behind[barrier.party, barrier.issue, barrier.cue][barrier.id] = cases
    for (side, issue, cue), barriers in behind.items():
        cases = set().union(*barriers.values())
        if len(barriers) > 1 and len(cases) > 1:
            continue
        party = subject.dispute.parties[side].id
        place = "the table" if issue < 0 else subject.dispute.issues[issue].id
        betrayed = "the barrier" if len(barriers) == 1 else "the case"
        what = (
            f"{cue} from {party} on {place} gives {betrayed} away: it is heard only with "
            f"{' and '.join(barriers)}; let another barrier of {party} there show it too, in another case"
        )
        yield subject.fault(what, "barriers", next(iter(barriers)), "cue")


def habit_betrays_case(subject: Subject) -> Iterator[Finding]:
    """By habit a side must sound as if something could be behind it, or the habit says that nothing is."""
    for side, party in enumerate(subject.dispute.parties):
        for place, issue in enumerate(subject.dispute.issues):
            habit = subject.dispute.surface[side][place]
            barriers = [one for one in subject.dispute.barriers if (one.party, one.issue) == (side, place)]
            cues = sorted({one.cue for one in barriers if any(subject.having(one))})
            if habit and cues and habit not in cues:
                what = (
                    f"{habit} from {party.id} on {issue.id} says that nothing is hidden there: none of its "
                    f"barriers there sounds like that; use one of: {', '.join(cues)}"
                )
                yield subject.fault(what, "surface", party.id, issue.id)


# facts


def fact_in_no_case(subject: Subject) -> Iterator[Finding]:
    for place, fact in enumerate(subject.dispute.facts):
        if not any(case.truth.facts >> place & 1 for case in subject.cases):
            yield subject.fault(f"{fact.id} is in no case; add it to one, or take it out", "facts", fact.id)


def fact_never_shared(subject: Subject) -> Iterator[Finding]:
    for place, fact in enumerate(subject.dispute.facts):
        party = subject.dispute.parties[fact.party].id
        for case in subject.cases:
            reached = subject.reach[case.id]
            if case.truth.facts >> place & 1 and not reached.shared >> place & 1:
                what = (
                    f"nobody is ever told {fact.id} in case {case.id}: its guard is {fact.guard}, and the "
                    f"trust of {party} comes to {reached.trust[fact.party]} at most; lower its guard"
                )
                yield subject.fault(what, "facts", fact.id, "guard")
                break


def effect_never_matters(subject: Subject) -> Iterator[Finding]:
    """An effect that touches nothing promises too much. (The three that are not asked about always do.)"""
    options, causes = subject.dispute.options, subject.dispute.catalogue.causes
    corrected = " or ".join(sorted(id for id, cause in causes.items() if cause.news == "corrected"))
    for place, fact in enumerate(subject.dispute.facts):
        receiver = fact.party.other
        other = subject.dispute.parties[receiver].id
        cases = [case for case in subject.cases if case.truth.facts >> place & 1]
        needed = any(option.needs >> place & 1 for option in options)
        corrects = any(
            causes[barrier.cause].news == "corrected" and case.on[receiver][fact.issue] & bit
            for case in cases
            for bit, barrier in case.real
        )
        tips = any(_tips(case, option, receiver) for case in cases for option in options if option.issue == fact.issue)
        for effect, matters, do in (
            ("critical", needed, "no option needs it; let one need it, or take the effect out"),
            (
                "corrected",
                corrects,
                f"{other} has no {corrected} there in a case that has it",
            ),
            ("credence", tips, f"no option comes within reach of {other} by it in a case that has it"),
        ):
            if cases and effect in fact.effects and not matters:
                what = f"the effect {effect} of {fact.id} never matters: {do}"
                yield subject.fault(what, "facts", fact.id, "effects")


def _tips(case: Case, option: Option, receiver: int) -> bool:
    """Whether an option lies below a side's floor, and not below what the other's facts can bring it to."""
    steps = (case.credence[receiver][option.issue] & case.truth.facts).bit_count()
    floor = case.truth.floors[receiver][option.issue]
    return floor - steps <= option.worth[receiver] < floor


# options


def needs_not_critical(subject: Subject) -> Iterator[Finding]:
    facts = subject.dispute.facts
    for option in subject.dispute.options:
        for place, fact in enumerate(facts):
            if option.needs >> place & 1 and "critical" not in fact.effects:
                what = f"{option.id} needs {fact.id}, which is not critical; add critical to its effects"
                yield subject.fault(what, "options", option.id, "needs")


def option_never_accepted(subject: Subject) -> Iterator[Finding]:
    """A position one side could accept is an option; a new idea must be acceptable to both in some case."""
    for option in subject.dispute.options:
        accepting = [acceptance(case, subject.reach[case.id], option) for case in subject.cases]
        if any(accepting) if option.open else any(len(sides) == 2 for sides in accepting):
            continue
        who = "neither side" if not any(accepting) else "only one side"
        what = (
            f"{who} can accept {option.id} in any case that allows it; "
            "raise its worth, lower a floor, put what it needs into one case, or take it out"
        )
        yield subject.fault(what, "options", option.id)


def acceptance(case: Case, reached: State, option: Option) -> tuple[str, ...]:
    """The sides that could ever agree to an option in a case; () also where it can never be proposed."""
    state = reached._replace(gathered=EVERYBODY, topic=option.issue)
    proposal = Move("propose", option.id)
    if proposal not in legal_moves(case, state):
        return ()
    return tuple(event.party for event in apply(case, state, proposal)[1] if event.kind == "accepts")


# cases


def too_few_cases(subject: Subject) -> Iterator[Finding]:
    count = len(subject.cases)
    if count < FEWEST_CASES:
        what = f"there are {count} cases; write at least {FEWEST_CASES}, or a second play is like the first"
        yield subject.fault(what, "cases")


def everybody_ready(subject: Subject) -> Iterator[Finding]:
    if not any(barrier.cause == NOT_READY for case in subject.cases for _, barrier in case.real):
        what = f"in no case is somebody not ready; give one case a barrier whose cause is {NOT_READY}"
        yield subject.fault(what, "cases")


def same_truth(subject: Subject) -> Iterator[Finding]:
    for one, other in combinations(subject.cases, 2):
        if (one.truth.barriers, one.truth.facts) == (other.truth.barriers, other.truth.facts):
            what = f"case {other.id} has the barriers and facts of case {one.id}; give it others, or take it out"
            yield subject.fault(what, "cases", other.id)


RULES: tuple[Rule, ...] = (
    bad_clock,
    nobody_in_the_room,
    nobody_to_bring,
    barrier_in_no_case,
    barrier_never_found,
    barrier_never_answered,
    cue_betrays_barrier,
    habit_betrays_case,
    fact_in_no_case,
    fact_never_shared,
    effect_never_matters,
    needs_not_critical,
    option_never_accepted,
    too_few_cases,
    everybody_ready,
    same_truth,
)
