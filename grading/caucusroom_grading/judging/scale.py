"""The nine scales: what each step of a criterion asks for, and where it was shown.

The words of the steps are in the catalogue (criteria.yaml), one copy for everybody; here is, step by step,
what must be so for them to be true. A step is judged like a decision: on what the mediator saw and did, never
on what was hidden. Level n of a scale is reached when steps 1 to n were all shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from caucusroom import Move
from caucusroom.model.catalogue import Cause
from caucusroom.model.dispute import Barrier, Dispute
from caucusroom.model.levels import HOT
from caucusroom.model.sides import SIDES

from .moment import Moment
from .report import FAIR, HARMFUL, SOUND, WEAK, Finding
from .rules import balance, closing, confidentiality, fit, forum, honesty, questions, role, tension
from .rules.book import Rule

SPOILING = {
    confidentiality.passed_on_a_confidence.id,
    honesty.said_who_is_right.id,
    closing.pushed_for_a_yes.id,
}
"""The rules that speak of what a mediator never does."""

Shown: TypeAlias = "tuple[int, ...] | None"
"""The numbers of the decisions that show a step (it may be shown by what was left undone); None if it was not shown."""


@dataclass(frozen=True)
class Judged:
    """A decision on the scales: when it was taken, what it was and what the rules said of it."""

    number: int
    moment: Moment
    move: Move
    findings: tuple[Finding, ...]


class Play:
    """Everything the scales look at: the judged decisions and the moment after the last of them.

    `cut` is True for a play that was cut off before something spoilt it: that nothing was called for cannot be
    shown by it any more.
    """

    def __init__(self, dispute: Dispute, judged: tuple[Judged, ...], last: Moment, cut: bool = False) -> None:
        self.dispute = dispute
        self.judged = judged
        self.last = last
        self.cut = cut

    def unspoilt(self) -> Play:
        """The play up to the first thing a mediator never does; itself if there is none.

        What is built on a broken confidence, a ruling or a yes that was pushed for is to nobody's credit.
        """
        for one in self.judged:
            if SPOILING & {found.rule for found in one.findings}:
                return Play(self.dispute, self.judged[: one.number - 1], one.moment, cut=True)
        return self

    def where(self, *rules: Rule) -> tuple[int, ...]:
        """The decisions of which one of these rules spoke."""
        ids = {rule.id for rule in rules}
        return tuple(one.number for one in self.judged if any(found.rule in ids for found in one.findings))

    def labelled(self, criterion: str, label: str) -> tuple[int, ...]:
        return tuple(
            one.number
            for one in self.judged
            if any(found.criterion == criterion and found.label == label for found in one.findings)
        )

    def cause(self, barrier: Barrier) -> Cause:
        return self.last.cause(barrier)

    def used(self, *techniques: str) -> tuple[int, ...]:
        return tuple(one.number for one in self.judged if one.move.technique in techniques)

    @cached_property
    def doors(self) -> tuple[int, ...]:
        """The decisions that closed a door."""
        return self.used("call_caucus", "shuttle")

    @cached_property
    def privately(self) -> tuple[int, int]:
        """The ticks spent alone with each side, meetings beforehand included."""
        spent = [0, 0]
        for one in self.judged:
            ticks = one.moment.technique(one.move).ticks
            if one.move.technique == "premeeting":
                spent[one.moment.side(one.move.target)] += ticks
            elif one.moment.alone is not None:
                spent[one.moment.alone] += ticks
        return spent[0], spent[1]

    @cached_property
    def needed_privacy(self) -> dict[int, int]:
        """The sides that could be seen to need a room of their own, each with the decision before which they were."""
        first: dict[int, int] = {}
        for number, moment in enumerate(self._moments[:-1], 1):
            if moment.joint:
                wanting = {b.party for b in moment.standing if forum.wants_privacy(moment, b)}
                for party in {*wanting, *moment.hot}:
                    first.setdefault(party, number)
        return first

    @cached_property
    def _moments(self) -> tuple[Moment, ...]:
        """The moments of the decisions, and last the one after all of them, which nobody could meet any more."""
        return (*(one.moment for one in self.judged), self.last)

    @cached_property
    def own_doing(self) -> frozenset[tuple[int, int]]:
        """(decision, side) where the side was hot because of a harmful decision: calming it earns nothing."""
        burning: set[int] = set()
        own: set[tuple[int, int]] = set()
        for one, after in zip(self.judged, self._moments[1:], strict=True):
            for party in SIDES:
                if after.heat(party) < HOT:
                    burning.discard(party)
                elif one.findings[0].label == HARMFUL and one.moment.heat(party) < HOT:
                    burning.add(party)
            own |= {(one.number + 1, party) for party in burning}
        return frozenset(own)

    @cached_property
    def first_hot(self) -> dict[int, int]:
        """The sides that were seen hot, not by the mediator's doing, and before which decision they first were."""
        first: dict[int, int] = {}
        for number, moment in enumerate(self._moments[:-1], 1):
            for party in moment.hot:
                if (number, party) not in self.own_doing:
                    first.setdefault(party, number)
        return first

    @cached_property
    def hot_again(self) -> dict[int, int]:
        """The sides that were seen hot a second time after having cooled, and before which decision."""
        again: dict[int, int] = {}
        cooled: set[int] = set()
        for number, moment in enumerate(self._moments[:-1], 1):
            for party in moment.present:
                if moment.heat(party) < HOT and self.first_hot.get(party, number) < number:
                    cooled.add(party)
                elif party in moment.hot and party in cooled and (number, party) not in self.own_doing:
                    again.setdefault(party, number)
        return again

    def with_alone(self, party: int) -> tuple[int, ...]:
        """The sound decisions taken in a caucus with this side."""
        return tuple(one.number for one in self.judged if one.moment.alone == party and one.findings[0].label == SOUND)

    def listened(self, party: int, since: int) -> tuple[int, ...]:
        """The decisions that listened to a side, led it back to the problem, gave a pause or took the sides apart."""
        id = self.dispute.parties[party].id
        return tuple(
            one.number
            for one in self.judged
            if one.number >= since
            and (one.number, party) not in self.own_doing
            and one.moment.technique(one.move).calms
            and (one.moment.alone in (None, party) or one.move.target == id)
            and any(found.label == SOUND for found in one.findings)
        )

    @cached_property
    def found(self) -> tuple[Barrier, ...]:
        return tuple(barrier for barrier in self.dispute.barriers if barrier.id in self.last.view.found)

    def met(self, barrier: Barrier) -> tuple[int, ...]:
        """The sound decisions by which a cause that was known was met with something that answers it."""
        fits = {fit.CRITERION, tension.CRITERION, confidentiality.CRITERION, closing.CRITERION}
        id = self.dispute.parties[barrier.party].id
        known = (one for one in self.judged if any(b.id == barrier.id for b in one.moment.standing))
        return tuple(
            one.number
            for one in known
            if any(f.label == SOUND and f.criterion in fits and f.party == id for f in one.findings)
            and (
                barrier.cause in one.moment.technique(one.move).answers
                or any(f.rule == fit.shared_what_answers.id for f in one.findings)
            )
        )

    @cached_property
    def stopped_well(self) -> tuple[int, ...]:
        return self.where(closing.stopped_with_respect)

    @cached_property
    def put_well(self) -> tuple[int, ...]:
        """The decisions that put terms to sides that were free and able to weigh them."""
        return self.where(closing.let_them_weigh_it, closing.sounded_it_out, closing.carried_their_proposal)


Step: TypeAlias = Callable[[Play], Shown]
_SCALES: dict[str, list[Step]] = {}


def step(criterion: str) -> Callable[[Step], Step]:
    """The next step of a criterion's scale."""

    def made(shown: Step) -> Step:
        _SCALES.setdefault(criterion, []).append(shown)
        return shown

    return made


def steps(criterion: str) -> tuple[Step, ...]:
    """The four steps of a scale, the lowest first."""
    return tuple(_SCALES[criterion])


def _if(condition: bool, numbers: Iterable[int] = ()) -> Shown:
    return tuple(sorted(set(numbers))) if condition else None


def _some(numbers: tuple[int, ...]) -> Shown:
    return numbers or None


# 1 role and process explained


@step(role.CRITERION)
def opened(play: Play) -> Shown:
    return _some(play.where(role.stated_the_role))


@step(role.CRITERION)
def explained_or_no_door(play: Play) -> Shown:
    explained = play.where(role.explained_in_time, role.explained_late)
    return _if(bool(explained) or not play.doors, explained)


@step(role.CRITERION)
def explained_before_the_first_door(play: Play) -> Shown:
    met = play.where(role.met_beforehand)
    if not play.doors and len(met) == 2:
        return met
    return _some(play.where(role.explained_in_time))


@step(role.CRITERION)
def prepared_with_the_sides(play: Play) -> Shown:
    met, planned = play.where(role.met_beforehand), play.used("stage_plan")
    return _if(len(met) == 2 or bool(planned), (*met, *planned))


# 2 forum and timing


@step(forum.CRITERION)
def closed_a_door_with_purpose(play: Play) -> Shown:
    closed = set(play.doors) & set(play.labelled(forum.CRITERION, SOUND))
    asked = play.labelled(questions.CRITERION, SOUND)
    return _if(bool(closed) or (not play.cut and not play.needed_privacy and bool(asked)), closed)


@step(forum.CRITERION)
def gave_privacy_where_needed(play: Play) -> Shown:
    return _if(all(play.last.caucuses[party] for party in play.needed_privacy), play.doors)


@step(forum.CRITERION)
def came_back_to_the_table(play: Play) -> Shown:
    back = play.where(forum.came_back_calm)
    closing_moves = ("conclude", "close_open", "adjourn", "press", "call_caucus")
    worked = any(
        one.number > back[0] and one.moment.joint and one.move.technique not in closing_moves
        for one in play.judged
        if back
    )
    return _if(not play.doors or worked, back)


@step(forum.CRITERION)
def left_nobody_waiting(play: Play) -> Shown:
    return _if(not play.where(forum.kept_the_other_waiting, forum.closed_a_door_for_nothing))


# 3 confidentiality and consent to carry


def _nothing_private(play: Play) -> bool:
    """Whether nothing was confided and nothing that was seen called for a room where it could have been."""
    return not play.cut and not play.last.view.standing and not play.needed_privacy


@step(confidentiality.CRITERION)
def kept_what_was_said(play: Play) -> Shown:
    asked = play.labelled(questions.CRITERION, SOUND)
    return _if(bool(asked) and not play.where(confidentiality.passed_on_a_confidence), asked)


@step(confidentiality.CRITERION)
def asked_for_consent(play: Play) -> Shown:
    asked = play.where(confidentiality.asked_what_may_be_carried)
    return _if(bool(asked) or _nothing_private(play), asked)


@step(confidentiality.CRITERION)
def carried_only_what_was_cleared(play: Play) -> Shown:
    carried = play.where(confidentiality.carried_what_was_cleared)
    return _if(bool(carried) or _nothing_private(play), carried)


@step(confidentiality.CRITERION)
def used_all_that_was_cleared(play: Play) -> Shown:
    return _if(not play.last.facts("cleared"), play.where(confidentiality.carried_what_was_cleared))


# 4 honest intermediary


@step(honesty.CRITERION)
def asked_and_did_not_rule(play: Play) -> Shown:
    asked = play.labelled(questions.CRITERION, SOUND)
    return _if(bool(asked) and not play.where(honesty.said_who_is_right), asked[:1])


@step(honesty.CRITERION)
def put_what_came_from_them(play: Play) -> Shown:
    return _some((*play.put_well, *play.stopped_well))


@step(honesty.CRITERION)
def carried_in_their_words(play: Play) -> Shown:
    carried = play.where(confidentiality.carried_what_was_cleared, closing.carried_their_proposal)
    return _if(bool(carried) or _nothing_private(play), carried)


@step(honesty.CRITERION)
def left_law_and_fact_to_others(play: Play) -> Shown:
    asked = [play.met(barrier) for barrier in play.found if play.cause(barrier).of_law_or_fact]
    return _if(all(asked), (number for numbers in asked for number in numbers))


# 5 impartiality and balance


@step(balance.CRITERION)
def asked_both(play: Play) -> Shown:
    asked = [
        one
        for one in play.judged
        if one.move.technique in ("look_deeper", "ask_need", "hear_out", "premeeting")
        and one.findings[0].label in (SOUND, FAIR)
    ]
    asked_of = {p for one in asked for p in one.moment.present or (one.moment.side(one.move.target),)}
    return _if(len(asked_of) == 2, (one.number for one in asked))


@step(balance.CRITERION)
def saw_both_alone_or_neither(play: Play) -> Shown:
    first, second = play.privately
    return _if(bool(first) == bool(second) and bool(play.last.view.interests))


@step(balance.CRITERION)
def owed_nobody_a_turn(play: Play) -> Shown:
    return _if(not play.last.view.owed and not play.where(balance.came_back_unbalanced))


@step(balance.CRITERION)
def shared_the_time(play: Play) -> Shown:
    first, second = play.privately
    return _if(max(first, second) <= 2 * min(first, second) and len({p for p, _ in play.last.view.interests}) == 2)


# 6 investigation and interests


@step(questions.CRITERION)
def asked_underneath(play: Play) -> Shown:
    return _some(play.labelled(questions.CRITERION, SOUND))


@step(questions.CRITERION)
def knew_both_interests_somewhere(play: Play) -> Shown:
    issues = range(len(play.dispute.issues))
    known = any(play.last.knows_interest(0, i) and play.last.knows_interest(1, i) for i in issues)
    return _if(known, play.where(questions.asked_under_the_position))


@step(questions.CRITERION)
def asked_before_remedies_and_terms(play: Play) -> Shown:
    asked = play.labelled(questions.CRITERION, SOUND)
    remedies = tuple(
        one.number
        for one in play.judged
        if one.moment.technique(one.move).is_remedy or one.number in play.used("propose", "shuttle", "press")
    )
    terms = play.used("propose", "shuttle", "press")
    positions = play.where(questions.put_a_position)
    in_order = not remedies or asked[0] < remedies[0]
    return _if(
        in_order and not positions and bool(terms or play.stopped_well), (*asked[:1], *terms, *play.stopped_well)
    )


@step(questions.CRITERION)
def found_what_holds_each_back(play: Play) -> Shown:
    found = {barrier.party for barrier in play.found}
    nothing = {party for party in SIDES if not play.last.may_hide(party)}
    return _if(len(found | nothing) == 2 and bool(found), play.labelled(questions.CRITERION, SOUND))


# 7 empathy and tension


@step(tension.CRITERION)
def met_tension_once(play: Play) -> Shown:
    met = tuple(
        number
        for number in play.labelled(tension.CRITERION, SOUND)
        if not any((number, party) in play.own_doing for party in SIDES)
    )
    asked = play.labelled(questions.CRITERION, SOUND)
    calm = not play.cut and not play.first_hot and bool(asked)
    return _if(bool(met) or calm, met or asked)


@step(tension.CRITERION)
def listened_to_every_hot_side(play: Play) -> Shown:
    heard = [play.listened(party, since) for party, since in play.first_hot.items()]
    alone = [play.with_alone(party) for party in play.hot_again]
    return _if(all(heard) and all(alone), (number for numbers in heard for number in numbers))


@step(tension.CRITERION)
def heard_before_asking(play: Play) -> Shown:
    asked = play.where(
        tension.asked_reasons_of_the_angry, tension.tested_before_hearing, tension.skipped_the_anger,
        forum.tested_in_front_of_the_other, tension.let_them_vent_at_each_other,
    )  # fmt: skip
    heard = [min(play.listened(party, since)) for party, since in play.first_hot.items()]
    return _if(not asked or (bool(heard) and max(heard) < asked[0]), heard)


@step(tension.CRITERION)
def met_it_early(play: Play) -> Shown:
    early = [min(play.listened(party, since)) - since <= 3 for party, since in play.first_hot.items()]
    return _if(all(early) and bool(play.last.view.interests))


# 8 diagnosis and fit at impasse


@step(fit.CRITERION)
def fitted_once(play: Play) -> Shown:
    return _some(tuple(sorted({number for barrier in play.found for number in play.met(barrier)})))


@step(fit.CRITERION)
def fitted_more_often_than_not(play: Play) -> Shown:
    sound, weak = play.labelled(fit.CRITERION, SOUND), play.labelled(fit.CRITERION, WEAK)
    return _if(len(sound) > len(weak), sound)


@step(fit.CRITERION)
def fitted_on_each_side(play: Play) -> Shown:
    by_side = [[play.met(b) for b in play.found if b.party == party and b.cause != "not_ready"] for party in SIDES]
    met = [number for side in by_side for numbers in side for number in numbers]
    return _if(all(any(side) for side in by_side if side) and bool(met), met)


@step(fit.CRITERION)
def met_everything_found(play: Play) -> Shown:
    met = [play.met(barrier) for barrier in play.found]
    answered = [barrier.id in play.last.view.answered for barrier in play.found]
    return _if(
        all(numbers or done for numbers, done in zip(met, answered, strict=True)) and len(play.found) > 1,
        (number for numbers in met for number in numbers),
    )


# 9 self-determination, testing and closure


@step(closing.CRITERION)
def ended_on_purpose(play: Play) -> Shown:
    ending = play.used("conclude", "close_open", "adjourn")
    return _if(play.last.view.ending not in ("", "walked_out", "out_of_time"), ending[-1:])


@step(closing.CRITERION)
def left_the_yes_to_them(play: Play) -> Shown:
    pushed = play.where(closing.pushed_for_a_yes, closing.asked_the_spent)
    well = (*play.where(closing.let_them_weigh_it), *play.stopped_well)
    return _if(not pushed and bool(well), well)


@step(closing.CRITERION)
def ended_as_fits(play: Play) -> Shown:
    return _some(
        (*play.where(closing.wrote_it_up, closing.wrote_up_what_there_was, closing.adjourned_for_good_reason),
         *play.stopped_well)
    )  # fmt: skip


@step(closing.CRITERION)
def weighed_with_eyes_open(play: Play) -> Shown:
    undermining = [barrier for barrier in play.found if play.cause(barrier).undermines_consent]
    clear = all(play.met(barrier) or barrier.id in play.last.view.answered for barrier in undermining)
    face_to_face = bool(play.where(closing.let_them_weigh_it)) or bool(play.stopped_well)
    return _if(clear and face_to_face, (number for barrier in undermining for number in play.met(barrier)))
