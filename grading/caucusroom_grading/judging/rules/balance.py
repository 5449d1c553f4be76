"""Criterion 5: both sides get the same care, and can see that they do."""

from __future__ import annotations

from caucusroom import Move

from ..finding import HARMFUL, SOUND, WEAK
from ..moment import Moment
from .book import Applies, rule

CRITERION = "impartiality"


@rule(CRITERION, HARMFUL, "coach", sources="S4 X1")
def coached_in_front_of_the_other(moment: Moment, move: Move) -> Applies:
    """Help with making a case, seen by the other side, is taken for joining the opposition."""
    return moment.joint


@rule(CRITERION, WEAK, "premeeting", sources="S1 X1")
def met_one_side_twice(moment: Moment, move: Move) -> Applies:
    """A second visit to one side comes after the first to the other."""
    other = moment.dispute.parties[moment.side(move.target).other].id
    return bool(moment.done("premeeting", move.target)) and not moment.done("premeeting", other)


@rule(CRITERION, WEAK, "open_session", sources="S1 X1")
def opened_with_one_side_met(moment: Moment, move: Move) -> Applies:
    """Who meets one side before the session meets the other too."""
    met = [bool(moment.done("premeeting", party.id)) for party in moment.dispute.parties]
    return met.index(True) if any(met) and not all(met) else None


@rule(CRITERION, WEAK, "expert", sources="S3 X1")
def expert_of_one_side(moment: Moment, move: Move) -> Applies:
    """An expert whom one side chose alone is that side's expert."""
    return moment.alone


@rule(CRITERION, WEAK, "call_caucus", "shuttle", sources="S1 S4")
def second_turn_first(moment: Moment, move: Move) -> Applies:
    """Who was seen last waits until the other side has been seen."""
    if move.technique == "shuttle":
        return None
    return moment.view.owed == moment.dispute.parties[moment.side(move.target).other].id


@rule(CRITERION, WEAK, "rejoin", sources="S1 S4")
def came_back_unbalanced(moment: Moment, move: Move) -> Applies:
    """The side that was not taken aside notices, and says nothing."""
    return moment.side(moment.view.owed) if moment.view.owed else None


@rule(CRITERION, SOUND, "call_caucus", sources="S1 S4")
def gave_the_same(moment: Moment, move: Move) -> Applies:
    """A caucus with one side is matched by one with the other."""
    return moment.view.owed == move.target


@rule(CRITERION, SOUND, "premeeting", sources="S1 S2")
def met_the_other_too(moment: Moment, move: Move) -> Applies:
    """Who meets one side before the session meets the other too."""
    other = moment.dispute.parties[moment.side(move.target).other].id
    return bool(moment.done("premeeting", other)) and not moment.done("premeeting", move.target)


@rule(CRITERION, SOUND, "explain_caucus", sources="S1 S4")
def met_a_doubt(moment: Moment, move: Move) -> Applies:
    """A doubt about the other room is met by saying openly how it works."""
    return next((party for party in moment.present if moment.level(party, "suspicion")), None)
