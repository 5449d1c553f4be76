"""Criterion 5: turns that were owed, and whether both were asked."""

from __future__ import annotations

from collections.abc import Iterator

from caucusroom.model.sides import SIDES, Side

from ..finding import HARMFUL, WEAK
from ..play import Judged, Play
from ..report import MET, MISSED, WORSE, Occasion
from ..rules.balance import CRITERION
from .book import issue_name, occasion


def occasions(play: Play) -> Iterator[Occasion]:
    for side in SIDES:
        yield from _turns(play, side)
    yield from _both_asked(play)


def _turns(play: Play, side: Side) -> Iterator[Occasion]:
    """Each turn that a side was owed: given before the next table or the end, passed over, or left."""
    id, since, passed = play.dispute.parties[side].id, 0, list[int]()
    owed = False
    for number, moment in enumerate(play.moments):
        if owed and number and play.judged[number - 1].move.technique in ("rejoin", "open_session"):
            passed.append(number)
        if moment.view.owed == id and not owed:
            owed, since, passed = True, number, []
        elif owed and moment.view.owed != id:
            owed = False
            outcome, decisions = (WORSE, passed) if passed else (MET, [number])
            yield occasion(play, CRITERION, "turn", outcome, since=since, party=side, decisions=decisions)
    if owed and not (play.stopped_unready or play.ending == "walked_out"):
        outcome = WORSE if passed else MISSED
        yield occasion(play, CRITERION, "turn", outcome, since=since, party=side, decisions=passed)


def _both_asked(play: Play) -> Iterator[Occasion]:
    """On each issue on which anybody was asked, whether both were."""
    for issue in range(len(play.dispute.issues)):
        asked = [
            one
            for one in play.judged
            if _asks(one) and one.moment.topic == issue and one.moment.present and one.label not in (WEAK, HARMFUL)
        ]
        if not asked:
            continue
        of_each = [[one.number for one in asked if side in one.moment.present] for side in SIDES]
        missing = next((side for side in SIDES if not of_each[side]), None)
        if missing is not None and (play.stopped_unready or _listened(play, missing, issue)):
            continue
        yield occasion(
            play,
            CRITERION,
            "both_asked",
            MET if missing is None else MISSED,
            since=asked[0].number,
            party=missing,
            decisions=[numbers[0] for numbers in of_each if numbers],
            names={"issue": issue_name(play, issue)},
        )


def _listened(play: Play, side: Side, issue: int) -> bool:
    """Whether a side was asked or heard on an issue at all, well or not."""
    return any(_asks(one) and one.moment.topic == issue and side in one.moment.present for one in play.judged)


def _asks(one: Judged) -> bool:
    """Whether it lets somebody speak: a question, or listening."""
    return one.technique.asks or one.technique.act == "listening"
