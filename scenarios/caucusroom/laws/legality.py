"""What can be done now, and why the rest cannot: decided by what the mediator knows, never by the case."""

from __future__ import annotations

from ..model.catalogue import Technique
from ..model.dispute import Case, Option
from ..model.moves import Move
from .state import Ending, Flag, Room, State


def legal_moves(case: Case, state: State) -> tuple[Move, ...]:
    """Every move possible now, sorted; empty at the end."""
    key = (
        state.room, state.topic, min(state.clock, 2), state.flags & Flag.STAGED, state.confided,
        state.cleared, state.shared, state.developed, *state.agreed, state.ending,
    )  # fmt: skip
    moves = case.moves_in.get(key)
    if moves is None:
        moves = tuple(move for move in case.dispute.moves if not why_not(case, state, move))
        case.moves_in[key] = moves
    return moves


def why_not(case: Case, state: State, move: Move) -> str:
    """The reason, in a sentence, why a move cannot be made now; "" if it can."""
    if state.ending:
        return "The mediation is over."
    technique = case.techniques.get(move.technique)
    if technique is None or move not in case.dispute.moves:
        return f"“{move}” is not a move in this dispute."
    if technique.ticks > state.clock:
        return "There is not enough of the day left for that. You can adjourn, or end here."
    return _wrong_room(state, technique) or _wrong_aim(case, state, technique, move.target)


def _wrong_room(state: State, technique: Technique) -> str:
    before, joint = state.room == Room.BEFORE, state.room == Room.JOINT
    if technique.id in ("premeeting", "open_session"):
        return "" if before else "The joint session has begun; this belongs before it."
    if before and technique.id not in ("stage_plan", "close_open"):
        return "Nobody has sat down yet. Meet the sides first, or open the joint session."
    if technique.id == "rejoin":
        return "You are all at the table already." if joint else ""
    if technique.id == "stage_plan":
        return "The mediation is already planned in stages." if state.flags & Flag.STAGED else ""
    if technique.id in ("conclude", "press", "summarize") and not joint:
        return "That takes both sides at the table. Bring them back together first."
    if technique.forum == "caucus" and joint and not technique.hurts_in_joint:
        return "That can only be asked in private. Call a caucus first."
    return ""


def _wrong_aim(case: Case, state: State, technique: Technique, target: str) -> str:
    if technique.id in ("call_caucus", "bring_decider", "rule"):
        return _wrong_party(case, state, technique, case.index["party"][target])
    if technique.id in ("park", "take_up"):
        return _wrong_topic(case, state, technique, case.index["issue"][target])
    if technique.target == "option":
        return _wrong_option(case, state, case.dispute.options[case.index["option"][target]])
    if technique.target == "fact":
        return _wrong_fact(case, state, technique, case.index["fact"][target])
    if technique.id == "conclude" and state.agreed.count(-1) == len(state.agreed):
        return "Nothing is agreed yet that could be written up."
    return ""


def _wrong_party(case: Case, state: State, technique: Technique, party: int) -> str:
    in_caucus = state.room >= Room.CAUCUS_FIRST
    here = in_caucus and state.room - Room.CAUCUS_FIRST == party
    if technique.id == "call_caucus" and here:
        return "You are in that room already."
    if technique.id != "call_caucus" and in_caucus and not here:
        return f"{case.dispute.parties[party].name} is not in the room."
    return ""


def _wrong_topic(case: Case, state: State, technique: Technique, issue: int) -> str:
    if issue == state.topic:
        return "That issue is on the table already."
    if state.agreed[issue] >= 0:
        return "That issue is agreed."
    finished = state.agreed[state.topic] >= 0
    if technique.id == "take_up" and not finished:
        return "The issue on the table is still open. You can park it and take up this one."
    if technique.id == "park" and finished:
        return "The issue on the table is agreed; there is nothing to park. Take up the next one."
    return ""


def _wrong_option(case: Case, state: State, option: Option) -> str:
    if option.issue != state.topic:
        return f"That belongs to another issue: {case.dispute.issues[option.issue].name}. Take it up first."
    if state.agreed[option.issue] >= 0:
        return "That issue is agreed."
    if not option.open and not state.developed >> option.issue & 1:
        return "Nobody has thought of that yet. Develop options once both sides' interests are known."
    if option.needs & ~state.shared:
        return "That rests on something that is not on the table."
    return ""


def _wrong_fact(case: Case, state: State, technique: Technique, place: int) -> str:
    bit, holder = 1 << place, case.dispute.facts[place].party
    if state.shared & bit:
        return "That is on the table already."
    if not state.confided & bit:
        return "You do not know of that."
    if state.room == Room.CAUCUS_FIRST + holder:
        return "They told you so themselves; it is the other side that does not know."
    if technique.id == "share" and not state.cleared & bit:
        return "That was said in confidence and is not cleared. Ask them first what may be carried, and how."
    if technique.id == "tell" and state.cleared & bit:
        return "They have cleared it, so you may share it."
    return ""


def ended(state: State) -> bool:
    return state.ending != Ending.NONE
