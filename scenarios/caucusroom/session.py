"""The one object a notebook needs: a mediation being played, with its journal."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from . import noting
from .laws.outcome import Outcome
from .library import load
from .model.dispute import Dispute
from .model.moves import Move, MoveError
from .model.truths import drawn
from .playing import Playing, Turn
from .record.journal import Journal
from .record.names import plain_name, who_plays
from .record.sheet import Sheet
from .record.transcript import Belief, Transcript
from .seen.view import View
from .voice.voice import Voice


class Session:
    """A mediation of one dispute, played decision by decision.

    `case` may be left to be drawn for the player (each new attempt then draws another); `journal` is the
    path of the file that keeps the decisions, or a sheet; an existing one is resumed; without it nothing is kept.
    `player` is who plays, by default the person logged in. `assignment` names graded work: it goes into the
    draw, so that a dispute played before is met with another case. Raises ValueError, with a sentence, for an
    unknown dispute or case and for a journal that cannot be used: that of another player, assignment, dispute or
    edition is JournalForeign. Where no `player` is given, the journal may be anybody's.
    """

    def __init__(
        self,
        dispute: str | Path | Dispute,
        case: str | None = None,
        journal: str | os.PathLike[str] | Sheet | None = None,
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
        self.journal = Journal.open(
            Sheet() if journal is None else journal,
            dispute=self.dispute.id,
            content=self.dispute.content,
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
        return self._playing.now.moves

    @property
    def refused(self) -> dict[Move, str]:
        """Every move that cannot be made now, with the reason in a sentence."""
        return {move: str(reason) for move, reason in self._playing.now.refused.items()}

    @property
    def view(self) -> View:
        """What the mediator can know now."""
        return self._playing.now.view

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The present attempt so far, with what was said."""
        return tuple(self._playing.turns)

    @property
    def decisions(self) -> tuple[Move, ...]:
        """The moves of the present attempt."""
        return tuple(turn.move for turn in self._playing.turns)

    @property
    def outcome(self) -> Outcome | None:
        """How it ended; None while it lasts."""
        return self._playing.now.outcome

    @property
    def attempt(self) -> int:
        """Which attempt this is, counted from 1."""
        return len(self.transcript.attempts)

    @property
    def transcript(self) -> Transcript:
        """Every attempt in the journal so far, as decisions."""
        return self.journal.transcript

    @property
    def beliefs(self) -> tuple[Belief, ...]:
        """What was noted in the present attempt, oldest first; the latest of each side counts."""
        noted, made = self.transcript.attempts[-1].beliefs, len(self._playing.turns)
        return noting.known(self.dispute, (one for one in noted if one.after <= made))

    @property
    def owes_note(self) -> tuple[str, ...]:
        """The sides for which graded work still lacks a note, by id: until then it cannot be ended."""
        if not self.journal.header.assignment or self.outcome is not None:
            return ()
        written = noting.latest(self.beliefs)
        return tuple(party.id for party in self.dispute.parties if party.id not in written)

    @property
    def player(self) -> str:
        return self.journal.header.player

    @property
    def case(self) -> str:
        """The id of the hidden truth being played."""
        return self._playing.case.id

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about the journal that the player should see."""
        return tuple(self._notices)

    # what there is to do

    def play(self, move: str | Move) -> Turn:
        """Make a decision: it is recorded first, then answered.

        Raises a MoveError (ValueError) with the reason if it cannot be made, JournalError if it cannot be
        recorded; nothing has changed then. An end of graded work for which a note is owed is NoteOwed.
        """
        chosen = self._playing.read(move)
        if noting.ends(chosen, self.view) and (sides := self.owes_note):
            raise noting.owed(self.dispute, sides)
        self.journal.record(str(chosen))
        return self._playing.play(chosen)

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

    def note(self, side: str, causes: Sequence[str], heard: Sequence[int] = ()) -> None:
        """Record what the mediator thinks stands in the way of a side: one to four causes of the catalogue, and the
        numbers of the decisions whose answers say so.

        It can be said anew at any time before the end. ValueError, with a sentence, if it cannot be noted or
        recorded; nothing has changed then. Nothing to do where the side's latest note says the same.
        """
        if self.outcome is not None:
            raise ValueError(noting.words("over"))
        refusal = noting.why_not(self.dispute, side, causes, heard, len(self._playing.turns))
        if refusal is not None:
            raise ValueError(refusal)
        last = noting.latest(self.beliefs).get(side)
        if last is None or last[2:] != (tuple(causes), tuple(heard)):
            self.journal.note(side, causes, heard)

    def words(self, move: Move) -> str:
        """What the mediator will say in making this move now."""
        return self._voice.words(move, self.view)

    def close(self) -> None:
        """Let go of the journal's file."""
        self.journal.close()

    # how it is done

    def _begin(self) -> None:
        """Take up the present attempt of the journal: play again what it holds of it."""
        attempt = self.transcript.attempts[-1]
        self._voice = Voice(self.dispute)
        self._playing = Playing(self.dispute.case(attempt.case), self._voice)
        if len(noting.known(self.dispute, attempt.beliefs)) < len(attempt.beliefs):
            self._notices.append(noting.words("left_out"))
        for number, text in enumerate(attempt.moves, 1):
            try:
                self._playing.play(text)
            except MoveError as error:
                self.journal.stop(
                    f"Decision {number} of the journal, “{text}”, cannot be played: {error} "
                    "The decisions before it are shown; nothing more is recorded in it."
                )
                self._notices.append(self.journal.status)
                return


def draw_case(dispute: Dispute, player: str, attempt: int, assignment: str = "") -> str:
    """The case of a player's nth attempt: a truth drawn for the player, the attempt and the assignment, the same every
    time. Names that are one person's (`same_person`) draw the same."""
    return drawn(dispute, "\n".join((dispute.id, assignment, plain_name(player), str(attempt))))
