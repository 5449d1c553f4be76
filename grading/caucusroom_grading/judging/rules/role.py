"""Criterion 1: role and process are explained, in time."""

from __future__ import annotations

from caucusroom import Move
from caucusroom.model.sides import SIDES

from ..moment import Moment
from ..report import FAIR, SOUND, WEAK
from .book import Applies, rule

CRITERION = "role_and_process"


@rule(
    CRITERION, SOUND, "open_session", sources="S2 X1",
    reason="You said what you are there for and what you are not, and let each side speak first for itself.",
)  # fmt: skip
def stated_the_role(moment: Moment, move: Move) -> Applies:
    """The joint session begins with who decides: the sides do."""
    return True


@rule(
    CRITERION, SOUND, "premeeting", sources="S2 S0 X5",
    reason="You met {party} before anything was at stake, to listen; the first word they had from you was not about "
    "an offer.",
)  # fmt: skip
def met_beforehand(moment: Moment, move: Move) -> Applies:
    """An early meeting that builds trust helps; one that fishes for offers does not."""
    return not moment.done("premeeting", move.target)


@rule(
    CRITERION, SOUND, "explain_caucus", sources="S1 S4 X1",
    reason="No door had been closed yet. You said what a caucus is for, what stays private in it and that both sides "
    "have the same offer.",
)  # fmt: skip
def explained_in_time(moment: Moment, move: Move) -> Applies:
    """What a caucus is belongs before the first closed door."""
    return not moment.view.explained and moment.joint and not any(moment.caucuses)


@rule(
    CRITERION, FAIR, "explain_caucus", sources="S1 S4",
    reason="You explained the caucus after the first door had closed: better than never, but then it "
    "sounds like an excuse.",
)  # fmt: skip
def explained_late(moment: Moment, move: Move) -> Applies:
    """Said after the first caucus, an explanation sounds like an excuse."""
    return not moment.view.explained


@rule(
    CRITERION, WEAK, "explain_caucus", sources="S1",
    reason="Both sides knew already what a caucus is, and neither had shown you a doubt about it.",
)  # fmt: skip
def explained_again(moment: Moment, move: Move) -> Applies:
    """What everybody knows and nobody doubts need not be said again."""
    return not any(moment.level(party, "suspicion") for party in SIDES)


@rule(
    CRITERION, FAIR, "explain_caucus", sources="S1 S4",
    reason="{party} had begun to wonder what goes on in the other room, and was not there to hear this.",
)  # fmt: skip
def explained_to_the_wrong_side(moment: Moment, move: Move) -> Applies:
    """A doubt is met by telling the side that has it."""
    doubting = [party for party in SIDES if moment.level(party, "suspicion")]
    return doubting[0] if not set(doubting) & set(moment.present) else None


@rule(
    CRITERION, WEAK, "call_caucus", "shuttle", sources="S1 S4 X1",
    reason="A door closed before anybody had heard from you what a caucus is for and what stays private in it.",
)  # fmt: skip
def closed_an_unexplained_door(moment: Moment, move: Move) -> Applies:
    """Who was not told what a caucus is for wonders what is said behind the door."""
    return not moment.view.explained
