"""Criterion 8: each cause that was found and what met it, and what the mediator thought stood in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from caucusroom.model.catalogue import NOT_READY
from caucusroom.model.dispute import Barrier
from caucusroom.model.sides import SIDES, Side
from caucusroom.record.transcript import Belief
from caucusroom.voice.naming import lower_first

from ..moment import Moment
from ..play import Play
from ..report import MET, MISSED, Occasion
from ..rules import closing
from ..rules.fit import CRITERION
from ..threads import causes_behind
from .book import cause_of, occasion

RIGHT, GUESS, WRONG = 2, 1, 0
"""What a belief earns of its weight."""


def occasions(play: Play) -> Iterator[Occasion]:
    for number, barrier in play.found:
        if barrier.cause == NOT_READY:
            yield from _not_ready(play, number, barrier)
        else:
            yield from _cause(play, number, barrier)
    for side in SIDES:
        yield from _nothing_found(play, side)
        yield from _belief(play, side)


def _cause(play: Play, number: int, barrier: Barrier) -> Iterator[Occasion]:
    """A cause is met by something that answers it; that it does not reach this person can only be seen by trying.

    What gave way in the very decision that brought it up left nothing to diagnose.
    """
    gave_way = play.answered.get(barrier.id)
    if gave_way == number:
        return
    tried = play.met(barrier, number)
    if not tried and play.excused(number):
        return
    only_resisted = not gave_way and any(id == barrier.id for _, id in play.last.heard.resisted)
    too_soon = not tried and any(play.answers_to(barrier, number))
    left = closing.untried(play.last_chance, barrier) if tried and only_resisted and _was_over(play) else None
    yield occasion(
        play,
        CRITERION,
        "cause_resisted" if tried and only_resisted else "cause_too_soon" if too_soon else "cause",
        MISSED if left or not tried else MET,
        since=number,
        party=barrier.party,
        decisions=tried,
        weight=2,
        earned=1 if tried and only_resisted and not left else None,
        names={"cause": cause_of(play, barrier), "technique": lower_first(left.name) if left else ""},
    )


def _was_over(play: Play) -> bool:
    """Whether it has ended, and not for somebody who was not ready: there nothing more is to be tried."""
    return bool(play.ending) and not play.stopped_unready


def _not_ready(play: Play, number: int, barrier: Barrier) -> Iterator[Occasion]:
    ends = [
        number
        for number in play.where(
            closing.stopped_with_respect, closing.adjourned_for_good_reason, closing.wrote_up_for_the_unready
        )
        if number == len(play.judged)
    ]
    recess = [one for one in play.used("adjourn") if one > number]
    met = ends or recess[:1]
    yield occasion(
        play, CRITERION, "not_ready", MET if met else MISSED, since=number, party=barrier.party, decisions=met, weight=2
    )


def _nothing_found(play: Play, side: Side) -> Iterator[Occasion]:
    """A side that let something show which nobody ever understood."""
    heard = [one for one in play.last.open(side) if not play.excused(one.since)]
    if heard:
        found = any(barrier.party == side for _, barrier in play.found)
        since = min(one.since for one in heard)
        id = "not_understood" if found else "nothing_found"
        yield occasion(play, CRITERION, id, MISSED, since=since, party=side, weight=2)


# what was written down


class _Held(NamedTuple):
    """A note held against what could be known: what it earns, and the causes that it leaves out or that nothing heard
    points to."""

    earned: int
    left_out: frozenset[str] = frozenset()
    unfounded: frozenset[str] = frozenset()


def _belief(play: Play, side: Side) -> Iterator[Occasion]:
    """The last thing that was noted of a side, held against what could be concluded then, and once more against what
    could be at the end: whoever saw what came of it could have written it anew."""
    noted = [one for one in play.beliefs if one.side == play.dispute.parties[side].id and one.after < len(play.moments)]
    if not noted:
        return
    last = noted[-1]
    then, since = _when_written(play, side, last), _since_written(play, side, last)
    held, overtaken = (then, False) if then.earned <= since.earned else (since, True)
    yield occasion(
        play,
        CRITERION,
        _said_of(held, overtaken),
        MET if held.earned else MISSED,
        since=last.after,
        party=side,
        weight=RIGHT,
        earned=held.earned,
        names={
            "causes": _names(play, last.causes),
            "left_out": _names(play, held.left_out),
            "unfounded": _names(play, held.unfounded),
        },
    )


def _said_of(held: _Held, overtaken: bool) -> str:
    if held.earned == WRONG:
        if held.unfounded:
            return "belief_overtaken" if overtaken else "belief_unfounded"
        return "belief_not_revised" if overtaken else "belief_incomplete"
    return "belief_guessed" if held.earned == GUESS else "belief"


def _names(play: Play, causes: Iterable[str]) -> str:
    return ", ".join(sorted(lower_first(str(play.dispute.catalogue.causes[id]["name"])) for id in causes))


def _when_written(play: Play, side: Side, belief: Belief) -> _Held:
    """Right if it names what could be concluded and all that was found and stood."""
    moment = play.moments[belief.after]
    standing = {barrier.cause for barrier in moment.standing if barrier.party == side}
    return _held(moment, side, belief, standing)


def _since_written(play: Play, side: Side, belief: Belief) -> _Held:
    """Still right if what was found since is in it as well; what gave way in the decision that found it was never in
    the way of anything."""
    end = play.last_chance
    found = {
        barrier.cause
        for number, barrier in play.found
        if barrier.party == side and belief.after < number <= end.number and play.answered.get(barrier.id) != number
    }
    return _held(end, side, belief, found)


def _held(moment: Moment, side: Side, belief: Belief, needed: set[str]) -> _Held:
    """A note is wrong if it leaves out what it needs, or names what nothing heard points to; a guess if it picks one of
    several causes that sound alike."""
    named, known = set(belief.causes), _found_in(moment, side)
    left_out, unfounded = needed - named, named - known - moment.possible(side)
    if left_out or unfounded:
        return _Held(WRONG, frozenset(left_out), frozenset(unfounded))
    unknown = named - known
    alike = [causes_behind(moment.dispute.catalogue, one.cue) - known for one in moment.open(side)]
    picked = any(len(unknown & behind) == 1 and len(behind) > 1 for behind in alike)
    return _Held(GUESS if picked and len(unknown) == 1 else RIGHT)


def _found_in(moment: Moment, side: Side) -> set[str]:
    return {b.cause for b in moment.dispute.barriers if b.party == side and b.id in moment.view.found}
