"""Which moves are shown first: what the moment invites, never what the hidden case needs.

Only the room, the moods that show and what the mediator has written down count here. Remedies for a cause
are never put forward: finding the cause and the remedy is what the trainee is there to learn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caucusroom import Move, Session
from caucusroom.model.levels import TABLE

FEW, MANY = 3, 5
HOT = 2


def sensible(session: Session) -> tuple[Move, ...]:
    """At most `MANY` moves possible now, the most obvious first; up to `FEW` by what was done here before."""
    possible = set(session.moves)
    lately = _since_the_door_moved(session)
    wanted = dict.fromkeys(move for move in _inviting(session) if move in possible)
    fresh = [move for move in wanted if move not in lately]
    again = [move for move in wanted if move in lately]
    return (*fresh[:MANY], *again[: max(0, FEW - len(fresh))])


def _since_the_door_moved(session: Session) -> set[Move]:
    """What has been done since the mediator came into this room: not the next thing to do again."""
    done: set[Move] = set()
    for turn in reversed(session.turns):
        if (turn.after.room, turn.after.caucus, turn.after.topic) != _place(session):
            break
        done.add(turn.move)
    return done


def _place(session: Session) -> tuple[str, str, str]:
    return session.view.room, session.view.caucus, session.view.topic


def _inviting(session: Session) -> Iterator[Move]:
    if session.view.room == "before":
        yield from _before(session)
    elif session.view.room == "joint":
        yield from _at_the_table(session)
    else:
        yield from _in_caucus(session)


def _before(session: Session) -> Iterator[Move]:
    for party in session.dispute.parties:
        yield Move("premeeting", party.id)
    yield Move("open_session")


def _at_the_table(session: Session) -> Iterator[Move]:
    view, dispute = session.view, session.dispute
    settled = dict(view.agreed)
    if len(settled) == len(dispute.issues):
        yield Move("conclude")
    if view.topic in settled:
        yield from (Move("take_up", issue.id) for issue in dispute.issues)
    hot = any(mood and mood.heat >= HOT for mood in view.moods)
    if hot:
        yield Move("step_back")
    yield from (Move("share", fact) for fact, standing in view.standing if standing == "cleared")
    if not hot:
        if len(_interests_on_topic(session)) < 2:
            yield Move("look_deeper")
        elif view.topic not in view.developed:
            yield Move("options")
        yield from _proposals(session)
    if not view.explained:
        yield Move("explain_caucus")
    owed = [view.owed] if view.owed else [party.id for party in dispute.parties]
    yield from (Move("call_caucus", party) for party in owed)
    yield Move("look_deeper")


def _in_caucus(session: Session) -> Iterator[Move]:
    view = session.view
    mood = next(mood for mood in view.moods if mood)
    if mood.heat >= HOT:
        yield Move("hear_out")
    yield Move("look_deeper")
    yield Move("ask_need")
    holder, facts = session.dispute.index["party"][view.caucus], session.dispute.facts
    confided = {fact for fact, standing in view.standing if standing == "confided"}
    if any(fact.id in confided and fact.party == holder for fact in facts):
        yield Move("allay_sharing")
    yield from (Move("share", fact) for fact, standing in view.standing if standing == "cleared")
    yield Move("rejoin")
    if view.owed:
        yield Move("call_caucus", view.owed)


def _interests_on_topic(session: Session) -> Sequence[str]:
    return [party for party, issue in session.view.interests if issue == session.view.topic]


def _proposals(session: Session) -> Iterator[Move]:
    """What was developed on this issue; with something still known to stand in the way it is not yet time."""
    view, dispute = session.view, session.dispute
    topic = dispute.index["issue"][view.topic]
    standing = set(view.found) - set(view.answered)
    if any(barrier.id in standing and barrier.issue in (topic, TABLE) for barrier in dispute.barriers):
        return
    yield from (Move("propose", option.id) for option in dispute.options if option.issue == topic and not option.open)
