"""Criterion 6: what each side wants with each issue, and every sign that was heard."""

from __future__ import annotations

from collections.abc import Iterator

from caucusroom.model.sides import SIDES, Side

from ..play import Play
from ..report import MET, MISSED, Occasion
from ..rules.questions import CRITERION
from ..threads import DONE, WALLED
from .book import cue_of, issue_name, occasion


def occasions(play: Play) -> Iterator[Occasion]:
    for issue in range(len(play.dispute.issues)):
        for side in SIDES:
            yield from _interest(play, side, issue)
    yield from _threads(play)


def _interest(play: Play, side: Side, issue: int) -> Iterator[Occasion]:
    id, party = play.dispute.issues[issue].id, play.dispute.parties[side].id
    told = [number for number, event in play.events("interest") if (event.party, event.about) == (party, id)]
    opened = play.opened(issue)
    if not told and play.excused(opened or 0):
        return
    yield occasion(
        play,
        CRITERION,
        "interest" if opened is not None else "interest_unopened",
        MET if told else MISSED,
        since=opened or 0,
        party=side,
        decisions=told[:1],
        names={"issue": issue_name(play, issue)},
    )


def _threads(play: Play) -> Iterator[Occasion]:
    """Each sign: followed to its end, followed into a wall, or not followed."""
    for thread in play.last.heard.threads:
        done = thread.standing == DONE
        if not done and play.excused(thread.since):
            continue
        yield occasion(
            play,
            CRITERION,
            "sign_walled" if thread.standing == WALLED else "sign_followed" if done and not thread.barrier else "sign",
            MET if done else MISSED,
            since=thread.since,
            party=thread.side,
            decisions=thread.followed,
            weight=2,
            names={"cue": cue_of(play, thread.cue)},
        )
