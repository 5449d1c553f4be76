"""Which moves are put forward first: what the moment invites, never what is hidden, and no answer to a cause.

Only what shows counts here: the room, how people look, what was told and agreed. Nothing is put forward that the judge
would call weak or harmful; whom to ask, which sign to follow, which cause stands in the way and what answers it are
what the trainee is there to find.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caucusroom import Move
from caucusroom.model.levels import LATE

from .finding import FAIR, HARMFUL, SOUND
from .moment import Moment
from .rules import label
from .rules.forum import DAY_OVER

FEW, MANY = 3, 5


def inviting(moment: Moment, possible: Sequence[Move]) -> tuple[Move, ...]:
    """At most `MANY` of the possible moves, the most obvious first; up to `FEW` by what was done here before.

    Empty only when nothing is possible. A move whose aim would give away what was heard comes without it.
    """
    offered = set(possible)
    wanted = dict.fromkeys(move for move in _invited(moment) if move in offered)
    good = [move for move in wanted if _is_good(moment, move)]
    lately = _since_the_door_moved(moment)
    fresh = [move for move in good if move not in lately]
    again = [move for move in good if move in lately]
    chosen = (*fresh[:MANY], *again[: max(0, FEW - len(fresh))])
    return chosen or tuple(_least_bad(moment, possible))[:FEW]


def _is_good(moment: Moment, move: Move) -> bool:
    return label(moment, move) in (SOUND, FAIR)


def _least_bad(moment: Moment, possible: Sequence[Move]) -> Iterator[Move]:
    """Where nothing invites: doors, pauses and ends; else going after what was heard; what is weak only if nothing else
    is left."""
    plain = [move for move in possible if moment.technique(move).act in ("process", "ending", "listening")]
    good = [move for move in plain if _is_good(moment, move)]
    following = (move for move in possible if moment.technique(move).target == "cue" and _is_good(moment, move))
    if good:
        yield from good
    elif heard := next(following, None):
        yield Move(heard.technique)
    else:
        yield from (move for move in plain or possible if label(moment, move) != HARMFUL)


def _since_the_door_moved(moment: Moment) -> set[Move]:
    """What has been done since the mediator came into this room: not the next thing to do again."""
    done: set[Move] = set()
    here = (moment.view.room, moment.view.caucus, moment.view.topic)
    for turn in reversed(moment.past):
        if (turn.after.room, turn.after.caucus, turn.after.topic) != here:
            break
        done.add(turn.move)
    return done


def _invited(moment: Moment) -> Iterator[Move]:
    view = moment.view
    if view.days and view.clock <= DAY_OVER and not moment.before:
        yield Move("adjourn")
    if moment.before:
        yield from (Move("premeeting", party.id) for party in moment.dispute.parties)
        yield Move("open_session")
    elif moment.joint:
        yield from _at_the_table(moment)
    else:
        yield from _alone(moment)
    if not moment.before:
        yield Move("adjourn")


def _at_the_table(moment: Moment) -> Iterator[Move]:
    view, dispute = moment.view, moment.dispute
    agreed = dict(view.agreed)
    if len(agreed) == len(dispute.issues):
        yield Move("conclude")
    yield from _if_tired(moment)
    for side in sorted(moment.hot, key=moment.heat, reverse=True):
        yield Move("call_caucus", dispute.parties[side].id)
        yield Move("step_back")
        yield Move("break")
    if not view.explained:
        yield Move("explain_caucus")
    yield from (Move("share", fact.id) for fact in moment.facts("cleared"))
    if moment.settled:
        yield from (Move("take_up", issue.id) for issue in dispute.issues)
    if not moment.interests_known:
        yield Move("look_deeper")
    if view.owed:
        yield Move("call_caucus", view.owed)
    if moment.interests_known and not moment.developed:
        yield Move("options")
    here = [option for option in dispute.options if option.issue == moment.topic and not option.open]
    yield from (Move("propose", option.id) for option in here)
    yield from (Move("call_caucus", party.id) for party in dispute.parties)
    yield from (Move("park", issue.id) for issue in dispute.issues)
    yield Move("summarize")
    if view.clock <= LATE and not view.days:
        yield Move("conclude" if agreed else "close_open")


def _alone(moment: Moment) -> Iterator[Move]:
    side = moment.alone
    assert side is not None
    yield from _if_tired(moment)
    yield Move("hear_out")
    yield Move("look_deeper")
    yield Move("allay_sharing")
    yield from (Move("share", fact.id) for fact in moment.facts("cleared", side.other))
    if moment.view.owed:
        yield Move("call_caucus", moment.view.owed)
    yield Move("rejoin")


def _if_tired(moment: Moment) -> Iterator[Move]:
    if moment.tired:
        if moment.view.days and moment.view.clock <= LATE:
            yield Move("adjourn")
        yield Move("break")
