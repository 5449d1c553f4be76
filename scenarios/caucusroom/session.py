"""The one object a notebook needs: a mediation being played, with its journal."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from .laws.apply import apply, initial, legal_moves
from .laws.events import Event
from .laws.legality import why_not
from .laws.outcome import Outcome, outcome
from .laws.state import State
from .library import load
from .model.dispute import Case, Dispute
from .model.moves import Move, MoveError, MoveIllegal, read_move
from .record.journal import Journal
from .record.names import plain_name, who_plays
from .record.transcript import Transcript
from .seen.fitting import Fitting
from .seen.view import View, view
from .voice.voice import Speech, Voice


class Turn(NamedTuple):
    """One decision and what came of it. `number` counts from 1; `before` and `view` are the mediator's."""

    number: int
    move: Move
    speech: tuple[Speech, ...]
    events: tuple[Event, ...]
    before: View
    view: View


class Session:
    """A mediation of one dispute, played decision by decision.

    `case` may be left to be drawn for the player (each new attempt then draws another); `journal` is the
    path of the file that keeps the decisions, an existing one is resumed; without it nothing is kept.
    `player` is who plays, by default the person logged in. `assignment` names graded work: it goes into the
    draw, so that a dispute played before is met with another case. Raises ValueError, with a sentence, for an
    unknown dispute or case and for a journal that cannot be used: that of another player, assignment, dispute or
    edition is JournalForeign. Where no `player` is given, the journal may be anybody's.
    """

    def __init__(
        self,
        dispute: str | Path | Dispute,
        case: str | None = None,
        journal: str | os.PathLike[str] | None = None,
        player: str | None = None,
        read_only: bool = False,
        assignment: str = "",
    ) -> None:
        self.dispute = dispute if isinstance(dispute, Dispute) else load(dispute)
        if case is not None:
            self.dispute.case(case)
        self._chosen = case
        self._assignment = assignment
        name = player or who_plays()
        drawn = case or draw_case(self.dispute, name, 1, assignment)
        id, content = self.dispute.id, self.dispute.content
        if journal is None:
            self.journal = Journal.memory(dispute=id, content=content, case=drawn, player=name, assignment=assignment)
        else:
            self.journal = Journal.open(
                journal,
                dispute=id,
                content=content,
                default_case=drawn,
                case=case,
                player=player,
                default_player=name,
                assignment=None if read_only and not assignment else assignment,
                read_only=read_only,
            )
        self._notices = list(self.journal.notices)
        self._begin()

    # what there is to see

    @property
    def moves(self) -> tuple[Move, ...]:
        """What the mediator may do now; `str(move)` is its text."""
        return legal_moves(self._case, self._state)

    @property
    def refused(self) -> dict[Move, str]:
        """Every move that cannot be made now, with the reason in a sentence."""
        now = set(self.moves)
        return {m: why_not(self._case, self._state, m) for m in self.dispute.moves if m not in now}

    @property
    def view(self) -> View:
        """What the mediator can know now."""
        return self._view

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The present attempt so far, with what was said."""
        return tuple(self._turns)

    @property
    def decisions(self) -> tuple[Move, ...]:
        """The moves of the present attempt."""
        return tuple(turn.move for turn in self._turns)

    @property
    def outcome(self) -> Outcome | None:
        """How it ended; None while it lasts."""
        return outcome(self._case, self._state)

    @property
    def fitting(self) -> tuple[str, ...]:
        """The cases that fit everything the mediator has perceived: what could be known."""
        return self._fitting.cases

    @property
    def attempt(self) -> int:
        """Which attempt this is, counted from 1."""
        return len(self.transcript.attempts)

    @property
    def transcript(self) -> Transcript:
        """Every attempt in the journal so far, as decisions."""
        return self.journal.transcript

    @property
    def player(self) -> str:
        return self.journal.header.player

    @property
    def case(self) -> str:
        """The id of the hidden truth being played."""
        return self._case.id

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about the journal that the player should see."""
        return tuple(self._notices)

    # what there is to do

    def play(self, move: str | Move) -> Turn:
        """Make a decision: it is recorded first, then answered.

        Raises a MoveError (ValueError) with the reason if it cannot be made, JournalError if it cannot be
        recorded; nothing has changed then.
        """
        chosen = read_move(str(move), self.dispute.moves, self.moves)
        if chosen not in self.moves:
            raise MoveIllegal(why_not(self._case, self._state, chosen))
        self.journal.record(str(chosen))
        return self._carry_out(chosen)

    def again(self) -> None:
        """Begin a new attempt in the same journal; the earlier ones are kept."""
        number = 1 + sum(not attempt.parent for attempt in self.transcript.attempts)
        drawn = draw_case(self.dispute, self.player, number, self._assignment)
        self.journal.new_attempt(self._chosen or drawn)
        self._begin()

    def branch(self, kept: int, attempt: int | None = None) -> None:
        """Go back to after the first `kept` decisions of an attempt and go on from there, in a new attempt.

        `attempt` counts from 1, by default it is the present one; the case is the same, and all attempts are
        kept. ValueError where there is no such decision, JournalError (one too) if it cannot be recorded.
        """
        self.journal.branch(self.attempt if attempt is None else attempt, kept)
        self._begin()

    def hint(self, level: int) -> None:
        """Record that a hint of this level, 1 to 3, was asked for before the next decision."""
        self.journal.hint(level)

    def words(self, move: Move) -> str:
        """What the mediator will say in making this move now."""
        return self._voice.words(move, self._view)

    def close(self) -> None:
        """Let go of the journal's file."""
        self.journal.close()

    # how it is done

    def _begin(self) -> None:
        """Take up the present attempt of the journal: play again what it holds of it."""
        attempt = self.transcript.attempts[-1]
        self._case: Case = self.dispute.case(attempt.case)
        self._state: State = initial(self._case)
        self._view = view(self._case, self._state)
        self._fitting = Fitting(self._case)
        self._voice = Voice(self.dispute)
        self._turns: list[Turn] = []
        for number, text in enumerate(attempt.moves, 1):
            try:
                chosen = read_move(text, self.dispute.moves, self.moves)
                if chosen not in self.moves:
                    raise MoveIllegal(why_not(self._case, self._state, chosen))
            except MoveError as error:
                self.journal.stop(
                    f"Decision {number} of the journal, “{text}”, cannot be played: {error} "
                    "The decisions before it are shown; nothing more is recorded in this file."
                )
                self._notices.append(self.journal.status)
                return
            self._carry_out(chosen)

    def _carry_out(self, move: Move) -> Turn:
        before = self._view
        said = self._voice.say(move, before)
        self._state, events = apply(self._case, self._state, move)
        self._view = view(self._case, self._state)
        self._fitting.follow(move, (events, self._view))
        answers = self._voice.answer(move, events, before, self._view)
        turn = Turn(len(self._turns) + 1, move, (said, *answers), events, before, self._view)
        self._turns.append(turn)
        return turn


def draw_case(dispute: Dispute, player: str, attempt: int, assignment: str = "") -> str:
    """The case of a player's nth attempt: for each player, and each assignment, another order of the cases, the
    same every time. Names that are one person's (`same_person`) draw the same."""
    player = plain_name(player)

    def lot(case: str) -> str:
        return hashlib.sha256("\n".join(filter(None, (dispute.id, assignment, player, case))).encode()).hexdigest()

    order = sorted(dispute.cases, key=lot)
    return order[(attempt - 1) % len(order)]
