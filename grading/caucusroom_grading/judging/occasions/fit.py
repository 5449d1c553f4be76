"""Criterion 8: each cause that was found and what met it, and what the mediator thought stood in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caucusroom.model.catalogue import NOT_READY
from caucusroom.model.dispute import Barrier
from caucusroom.model.sides import SIDES, Side
from caucusroom.record.transcript import Belief
from caucusroom.voice.naming import lower_first

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
    yield occasion(
        play,
        CRITERION,
        "cause_resisted" if tried and only_resisted else "cause_too_soon" if too_soon else "cause",
        MET if tried else MISSED,
        since=number,
        party=barrier.party,
        decisions=tried,
        weight=2,
        earned=1 if tried and only_resisted else None,
        names={"cause": cause_of(play, barrier)},
    )


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


def _belief(play: Play, side: Side) -> Iterator[Occasion]:
    """The last thing that was noted of a side, held against what could be concluded then."""
    noted = [one for one in play.beliefs if one.side == play.dispute.parties[side].id and one.after < len(play.moments)]
    if not noted:
        return
    last = noted[-1]
    earned, left_out, unfounded = _worth(play, side, last)
    id = "belief_guessed" if earned == GUESS else "belief"
    if earned == WRONG:
        id = "belief_unfounded" if unfounded else "belief_incomplete"
    yield occasion(
        play,
        CRITERION,
        id,
        MET if earned else MISSED,
        since=last.after,
        party=side,
        weight=RIGHT,
        earned=earned,
        names={
            "causes": _names(play, last.causes),
            "left_out": _names(play, left_out),
            "unfounded": _names(play, unfounded),
        },
    )


def _names(play: Play, causes: Iterable[str]) -> str:
    return ", ".join(sorted(lower_first(str(play.dispute.catalogue.causes[id]["name"])) for id in causes))


def _worth(play: Play, side: Side, belief: Belief) -> tuple[int, set[str], set[str]]:
    """Right if it names what could be concluded and all that was found and stood; a guess if it picked one of several
    causes that sounded alike. And what it leaves out, and what it names that nothing heard pointed to."""
    moment, named = play.moments[belief.after], set(belief.causes)
    found = {b.cause for b in play.dispute.barriers if b.party == side and b.id in moment.view.found}
    standing = {barrier.cause for barrier in moment.standing if barrier.party == side}
    left_out, unfounded = standing - named, named - found - moment.possible(side)
    if left_out or unfounded:
        return WRONG, left_out, unfounded
    unknown = named - found
    alike = [causes_behind(play.dispute.catalogue, one.cue) - found for one in moment.open(side)]
    picked = any(len(unknown & behind) == 1 and len(behind) > 1 for behind in alike)
    return (GUESS if picked and len(unknown) == 1 else RIGHT), left_out, unfounded
