"""What a player would do who takes the first screen, or the coach's question, for the answer."""

from __future__ import annotations

from collections.abc import Sequence

from caucusroom import Move
from caucusroom.model.sides import SIDES

from ..judging.coach import concerns
from ..judging.inviting import inviting
from .chair import Chair


def button(chair: Chair) -> Sequence[str]:
    """What the first screen puts forward, and where that has an aim to be found, any."""
    legal = set(chair.legal)
    return [str(move if move in legal else _any(chair, move)) for move in inviting(chair.moment, chair.legal)]


def _any(chair: Chair, move: Move) -> Move:
    return chair.random.choice([one for one in chair.legal if one.technique == move.technique])


def coached(chair: Chair) -> Sequence[str]:
    """The plain deeds that the coach's questions call to mind, the first question first; what answers a cause is tried
    at hazard."""
    moment = chair.moment
    legal = {str(move) for move in chair.legal}
    wishes: list[str] = []
    for concern, seen in concerns(moment):
        side = SIDES[int(str(seen["party"]))] if "party" in seen else None
        party = chair.sides[side] if side is not None else chair.random.choice(chair.sides)
        there = moment.view.caucus == party
        remedies = [str(m) for m in chair.legal if moment.technique(m).is_remedy]
        wishes += {
            "unmet_beforehand": [f"premeeting {party}"],
            "nobody_at_the_table": ["open_session"],
            "somebody_hot": ["hear_out", "break"] if there else [f"call_caucus {party}"],
            "not_ready": ["close_open"],
            "somebody_worn": ["break"],
            "agreed_all": ["conclude"],
            "somebody_waiting": ["rejoin"],
            "something_confided": ["allay_sharing"],
            "something_known_in_the_way": [chair.random.choice(remedies)] if remedies else [],
            "somebody_doubting": ["explain_caucus"],
            "unexplained": ["explain_caucus"],
            "something_to_carry": [f"share {fact}" for fact, _ in chair.facts("cleared")],
            "agreed_here": [f"take_up {issue.id}" for issue in chair.dispute.issues],
            "something_unspoken": [f"follow_up {cue}" for cue in chair.threads(side)] if side is not None else [],
            "wall_at_the_table": [f"call_caucus {party}"],
            "interest_unknown": ["look_deeper"],
            "turn_owed": [f"call_caucus {party}"],
            "something_left_next_door": [f"call_caucus {party}"],
            "still_apart": ["rejoin"],
            "nothing_to_weigh_yet": ["options"],
            "ready_to_weigh": [f"propose {idea}" for idea in chair.ideas()],
        }[concern]
    done = {str(Move.of(str(move))) for move in chair.made[-3:]}
    return [wish for wish in wishes if wish in legal and wish not in done] or ["adjourn", "close_open"]
