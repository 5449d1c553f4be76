"""Criterion 1: role and process are explained, in time."""

from __future__ import annotations

from caucusroom import Move
from caucusroom.model.sides import SIDES, Side

from ..finding import FAIR, SOUND, WEAK
from ..moment import Moment
from .book import Applies, rule

CRITERION = "role_and_process"


@rule(CRITERION, SOUND, "open_session", sources="S2 X1")
def stated_the_role(moment: Moment, move: Move) -> Applies:
    """The joint session begins with who decides: the sides do."""
    return True


@rule(CRITERION, SOUND, "premeeting", sources="S2 S0 X5")
def met_beforehand(moment: Moment, move: Move) -> Applies:
    """An early meeting that builds trust helps; one that fishes for offers does not."""
    return not moment.done("premeeting", move.target)


@rule(CRITERION, SOUND, "explain_caucus", sources="S1 S4 X1")
def explained_in_time(moment: Moment, move: Move) -> Applies:
    """What a caucus is belongs before the first closed door."""
    return not moment.view.explained and moment.joint and not any(moment.caucuses)


@rule(CRITERION, FAIR, "explain_caucus", sources="S1 S4")
def explained_late(moment: Moment, move: Move) -> Applies:
    """Said after the first caucus, an explanation sounds like an excuse."""
    return not all(_told(moment, party) for party in moment.present)


@rule(CRITERION, WEAK, "explain_caucus", sources="S1")
def explained_again(moment: Moment, move: Move) -> Applies:
    """What everybody knows and nobody doubts need not be said again."""
    return not any(moment.level(party, "suspicion") for party in SIDES)


@rule(CRITERION, FAIR, "explain_caucus", sources="S1 S4")
def explained_to_the_wrong_side(moment: Moment, move: Move) -> Applies:
    """A doubt is met by telling the side that has it."""
    doubting = [party for party in SIDES if moment.level(party, "suspicion")]
    return doubting[0] if not set(doubting) & set(moment.present) else None


@rule(CRITERION, WEAK, "call_caucus", "shuttle", sources="S1 S4 X1")
def closed_an_unexplained_door(moment: Moment, move: Move) -> Applies:
    """Who was not told what a caucus is for wonders what is said behind the door."""
    return not moment.view.explained


def _told(moment: Moment, party: Side) -> bool:
    """Whether a side was there when it was said what a caucus is."""
    id = moment.dispute.parties[party].id
    return any(step.move.technique == "explain_caucus" and step.before.caucus in (id, "") for step in moment.past)
