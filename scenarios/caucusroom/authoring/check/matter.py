"""The author's checker: clock, people, unknowns, barriers, facts, options and cases. One function a rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice

from ...laws.apply import apply
from ...laws.legality import legal_moves
from ...laws.state import State
from ...model import answers
from ...model.catalogue import NOT_READY
from ...model.dispute import Case, Option
from ...model.gathering import EVERYBODY
from ...model.levels import TICK_MINUTES
from ...model.moves import Move
from ...model.truths import NOTHING, Alternative, Unknown, Unknowns
from ..names import from_to
from .subject import Finding, Rule, Subject

FEWEST_TRUTHS = 24
"""Fewer than that are a list of cases. A class needs thousands: see `MANY_TRUTHS`."""
MANY_TRUTHS = 2_000
"""With fewer, two of a class will often meet the same."""
MOST_COUNTED = 10_000
"""Truths of a side that are counted."""
MOST_TRIED = 200_000
"""Truths of a side that are looked through for what is in none."""


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


def nobody_to_bring(subject: Subject) -> Iterator[Finding]:
    """Where a decider can be brought, there must be one."""
    for barrier in subject.dispute.barriers:
        party = subject.dispute.parties[barrier.party]
        absent = all(person.seat != "remote" for person in party.people)
        if answers.reaches(subject.dispute.catalogue, barrier, "bring_decider") and absent:
            what = (
                f"bring_decider would answer it, and there is nobody to bring; give {party.id} a person whose seat is "
                "remote, or let it resist"
            )
            yield subject.fault(what, "barriers", barrier.id)


# unknowns


def unknown_without_choice(subject: Subject) -> Iterator[Finding]:
    """What can be only one way is no unknown."""
    for party, unknown in _questions(subject):
        if len(unknown.alternatives) < 2:
            what = f"{unknown.id} has fewer than two alternatives, so it is no question; add another one, or nothing"
            yield subject.fault(what, "unknowns", party, "questions", unknown.id, "one_of")


def alternatives_alike(subject: Subject) -> Iterator[Finding]:
    """Two alternatives must differ in something that a mediator can meet with."""
    for party, unknown in _questions(subject):
        met: dict[object, str] = {}
        for place, one in enumerate(unknown.alternatives):
            seen = (_met_with(subject, one), one.facts, frozenset(one.floors))
            if seen in met:
                what = (
                    f"nothing can tell {_name(one)} from {met[seen]}: place, cause, cue, depth, person and what is "
                    "resisted are the same; change one of them, or take it out"
                )
                yield subject.fault(what, "unknowns", party, "questions", unknown.id, "one_of", place)
            met.setdefault(seen, _name(one))


def _met_with(subject: Subject, alternative: Alternative) -> frozenset[object]:
    """What somebody meets with who looks for the barriers of an alternative."""
    return frozenset(
        (b.issue, b.cause, b.cues, b.depth, b.who, frozenset(b.resists))
        for place, b in enumerate(subject.dispute.barriers)
        if alternative.barriers >> place & 1
    )


def alternative_never_chosen(subject: Subject) -> Iterator[Finding]:
    """What is written has to be true for somebody."""
    for party, own in zip(subject.dispute.parties, subject.dispute.unknowns, strict=True):
        for number, place in _never_chosen(own):
            unknown = own.questions[number]
            what = (
                f"{_name(unknown.alternatives[place])} can never be the answer to {unknown.id}: with it there are "
                f"never {from_to(*own.barriers)} barriers and {from_to(*own.facts)} facts that may go together; change "
                "these numbers or what is apart, or take it out"
            )
            yield subject.fault(what, "unknowns", party.id, "questions", unknown.id, "one_of", place)


def _never_chosen(own: Unknowns) -> list[tuple[int, int]]:
    """The places of the alternatives that are in no truth; none where there are too many truths to say so."""
    sizes = [len(unknown.alternatives) for unknown in own.questions]
    missing = {(number, place) for number, size in enumerate(sizes) for place in range(size)}
    for tried, choice in enumerate(own.choices):
        missing -= set(enumerate(choice))
        if not missing or tried == MOST_TRIED:
            return []
    return sorted(missing)


def nothing_to_do(subject: Subject) -> Iterator[Finding]:
    """A side that nothing holds back needs no mediator."""
    for party, own in zip(subject.dispute.parties, subject.dispute.unknowns, strict=True):
        if not own.barriers[0]:
            what = (
                f"in some truths nothing holds {party.id} back, and there is nothing to do; let it have at least 1, as "
                f"in “barriers: [1, {max(1, own.barriers[1])}]”"
            )
            yield subject.fault(what, "unknowns", party.id, "barriers")


def too_few_truths(subject: Subject) -> Iterator[Finding]:
    count = number_of_truths(subject)
    if count < FEWEST_TRUTHS:
        what = (
            f"there are {count} truths, so a second play is like the first; "
            f"add alternatives or questions until there are at least {FEWEST_TRUTHS}"
        )
        yield subject.fault(what, "unknowns")


def number_of_truths(subject: Subject) -> int:
    """How many truths there are; of each side no more than MOST_COUNTED are counted."""
    first, second = (sum(1 for _ in islice(own.choices, MOST_COUNTED)) for own in subject.dispute.unknowns)
    return first * second


def everybody_ready(subject: Subject) -> Iterator[Finding]:
    if not any(barrier.cause == NOT_READY for barrier in subject.dispute.barriers):
        what = f"in no truth is somebody not ready; give a side a barrier whose cause is {NOT_READY}"
        yield subject.fault(what, "unknowns")


def _questions(subject: Subject) -> Iterator[tuple[str, Unknown]]:
    for party, own in zip(subject.dispute.parties, subject.dispute.unknowns, strict=True):
        for unknown in own.questions:
            yield party.id, unknown


def _name(alternative: Alternative) -> str:
    return " with ".join(alternative.things) or NOTHING


# barriers


def barrier_never_answered(subject: Subject) -> Iterator[Finding]:
    """Whoever is not unready can be reached by something."""
    for barrier in subject.dispute.barriers:
        for case, bit in subject.having(barrier):
            reached = subject.reach[case.id]
            if barrier.cause == NOT_READY or not reached.found & bit or reached.answered & bit:
                continue
            techniques = subject.dispute.catalogue.techniques.values()
            fitting = ", ".join(one.id for one in techniques if barrier.cause in one.answers)
            what = (
                f"nothing ever answers {barrier.id} {_where(case)}: {barrier.cause} is answered by {fitting}, and "
                f"{barrier.who} resists {', '.join(barrier.resists) or 'none of them'}; let one of them through, or "
                "add the fact that it takes"
            )
            yield subject.fault(what, "barriers", barrier.id)
            break


def cue_betrays_barrier(subject: Subject) -> Iterator[Finding]:
    """What is heard must leave open what is behind it: another barrier, or a habit with nothing behind."""
    dispute = subject.dispute
    behind: dict[tuple[int, int, str], set[str]] = defaultdict(set)
    for barrier in dispute.barriers:
        for cue in barrier.cues:
            behind[barrier.party, barrier.issue, cue].add(barrier.id)
    for (side, issue, cue), barriers in behind.items():
        causes = {dispute.barriers[dispute.index["barrier"][id]].cause for id in barriers}
        if len(causes) > 1 or cue in _habits(subject, side).get(issue, ()):
            continue
        party = dispute.parties[side].id
        place = "the table" if issue < 0 else dispute.issues[issue].id
        what = (
            f"{cue} from {party} on {place} gives the cause away: it is heard only with "
            f"{' and '.join(sorted(barriers))}; let a barrier of another cause there show it too, or make it a habit"
        )
        yield subject.fault(what, "barriers", min(barriers), "cue")


def _habits(subject: Subject, side: int) -> Mapping[int, Sequence[str]]:
    """The cues that a side may show by habit, by place."""
    return dict(subject.dispute.unknowns[side].habits)


def habit_betrays_truth(subject: Subject) -> Iterator[Finding]:
    """By habit a side must sound as if something could be behind it, or the habit says that nothing is."""
    for side, party in enumerate(subject.dispute.parties):
        for place, issue in enumerate(subject.dispute.issues):
            barriers = [one for one in subject.dispute.barriers if (one.party, one.issue) == (side, place)]
            cues = sorted({cue for one in barriers for cue in one.cues})
            for habit in set(_habits(subject, side).get(place, ())) - set(cues) if cues else ():
                what = (
                    f"{habit} from {party.id} on {issue.id} says that nothing is hidden there: none of its "
                    f"barriers there sounds like that; use one of: {', '.join(cues)}"
                )
                yield subject.fault(what, "surface", party.id, issue.id)


# facts


def fact_never_shared(subject: Subject) -> Iterator[Finding]:
    for place, fact in enumerate(subject.dispute.facts):
        party = subject.dispute.parties[fact.party].id
        for case in subject.cases:
            reached = subject.reach[case.id]
            if case.truth.facts >> place & 1 and not reached.shared >> place & 1:
                what = (
                    f"nobody is ever told {fact.id} {_where(case)}: its guard is {fact.guard}, and the "
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
                f"{other} has no {corrected} there in a truth that has it",
            ),
            ("credence", tips, f"no option comes within reach of {other} by it in a truth that has it"),
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
    """A position one side could accept is an option; a new idea must be acceptable to both in some truth."""
    for option in subject.dispute.options:
        accepting = [acceptance(case, subject.reach[case.id], option) for case in subject.cases]
        if any(accepting) if option.open else any(len(sides) == 2 for sides in accepting):
            continue
        who = "neither side" if not any(accepting) else "only one side"
        what = (
            f"{who} can accept {option.id} in any truth; "
            "raise its worth, lower a floor or a limit, let what it needs be true in one, or take it out"
        )
        yield subject.fault(what, "options", option.id)


def issue_never_settled(subject: Subject) -> Iterator[Finding]:
    """Where everything in the way can be answered, something on each issue can be agreed to."""
    answered = [case for case in subject.cases if not case.truth.barriers & ~subject.reach[case.id].answered]
    for place, issue in enumerate(subject.dispute.issues):
        for case in answered:
            if place in closed_issues(case, subject.reach[case.id]):
                what = (
                    f"nothing on {issue.id} can be agreed to by both {_where(case)}; add an option, lower a floor or a "
                    "limit, or let a fact that lowers it come with it"
                )
                yield subject.fault(what, "issues", issue.id)
                break


def closed_issues(case: Case, reached: State) -> tuple[int, ...]:
    """The issues on which both sides could never agree."""
    agreed = {option.issue for option in case.dispute.options if len(acceptance(case, reached, option)) == 2}
    return tuple(place for place in range(len(case.dispute.issues)) if place not in agreed)


def acceptance(case: Case, reached: State, option: Option) -> tuple[str, ...]:
    """The sides that could ever agree to an option in a case; () also where it can never be proposed."""
    state = reached._replace(gathered=EVERYBODY, topic=option.issue)
    proposal = Move("propose", option.id)
    if proposal not in legal_moves(case, state):
        return ()
    return tuple(event.party for event in apply(case, state, proposal)[1] if event.kind == "accepts")


# cases


def same_truth(subject: Subject) -> Iterator[Finding]:
    for one, other in combinations(subject.named, 2):
        if one.truth.choices == other.truth.choices:
            what = f"case {other.id} is the truth of case {one.id}; give it another, or take it out"
            yield subject.fault(what, "cases", other.id)


def _where(case: Case) -> str:
    """A case in a sentence: its letter, or what is true in it."""
    if case.id in case.dispute.named:
        return f"in case {case.id}"
    chosen = zip(case.dispute.unknowns, case.truth.choices, strict=True)
    things = [thing for own, choice in chosen for one in own.chosen(choice) for thing in one.things]
    return f"where just these are true: {', '.join(things)}"


RULES: tuple[Rule, ...] = (
    bad_clock,
    nobody_to_bring,
    unknown_without_choice,
    alternatives_alike,
    alternative_never_chosen,
    nothing_to_do,
    too_few_truths,
    everybody_ready,
    barrier_never_answered,
    cue_betrays_barrier,
    habit_betrays_truth,
    fact_never_shared,
    effect_never_matters,
    needs_not_critical,
    option_never_accepted,
    issue_never_settled,
    same_truth,
)
