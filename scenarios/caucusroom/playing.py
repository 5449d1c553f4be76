"""A mediation as it is played, move by move, with everything that a mediator perceives of it. No file, no judgement.

There is this one way to play: a session adds a journal, the judge what could be known, a walkthrough what follows.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from .laws.apply import carry_out, initial
from .laws.events import Event
from .laws.legality import legal_moves, refused, why_not
from .laws.outcome import Outcome, outcome
from .laws.reasons import Reason
from .laws.state import State
from .model.dispute import Case
from .model.moves import Move, MoveIllegal, read_move
from .seen.view import View, view
from .voice.voice import Speech, Voice


class Turn(NamedTuple):
    """One decision and what came of it. `number` counts from 1; `before` and `after` are the mediator's views."""

    number: int
    move: Move
    speech: tuple[Speech, ...]
    events: tuple[Event, ...]
    before: View
    after: View


class Now:
    """A moment of a mediation that is played: the state, and what is worked out from it once, when it is asked for."""

    def __init__(self, case: Case, state: State) -> None:
        self.case = case
        self.state = state

    @cached_property
    def view(self) -> View:
        """What the mediator can know."""
        return view(self.case, self.state)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What can be done, sorted; empty at the end."""
        return legal_moves(self.case, self.state)

    @cached_property
    def refused(self) -> dict[Move, Reason]:
        """Everything that cannot be done, with the reason."""
        return refused(self.case, self.state)

    @cached_property
    def outcome(self) -> Outcome | None:
        """How it ended; None while it lasts."""
        return outcome(self.case, self.state)


class Playing:
    """A mediation in one case, from the beginning. Without a voice nothing is said: that is quicker."""

    def __init__(self, case: Case, voice: Voice | None = None) -> None:
        self.case = case
        self.voice = voice
        self.now = Now(case, initial(case))
        self.turns: list[Turn] = []

    def read(self, text: str | Move) -> Move:
        """The move that is meant; MoveError, with a sentence, if there is none or it cannot be made now."""
        dispute = self.case.dispute
        move = text if isinstance(text, Move) else dispute.by_text.get(text)
        if move is None:
            move = read_move(text, dispute.moves, self.now.moves)
        if move not in self.now.moves:
            raise MoveIllegal(str(why_not(self.case, self.now.state, move)))
        return move

    def play(self, move: str | Move) -> Turn:
        """Make a decision; MoveError as for `read`, and then nothing has changed."""
        chosen, before = self.read(move), self.now.view
        said = (self.voice.say(chosen, before),) if self.voice else ()
        state, events = carry_out(self.case, self.now.state, chosen)
        self.now = Now(self.case, state)
        after = self.now.view
        answers = self.voice.answer(chosen, events, before, after) if self.voice else ()
        turn = Turn(len(self.turns) + 1, chosen, (*said, *answers), events, before, after)
        self.turns.append(turn)
        return turn
