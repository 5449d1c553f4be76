"""Judging a mediation: by replay alone, each decision on what could be known before it."""

from __future__ import annotations

from caucusroom import Attempt, JournalOutdated, Move, MoveError, Playing, Transcript, Turn, load
from caucusroom.laws.state import State
from caucusroom.model.dispute import Dispute
from caucusroom.model.sides import SIDES
from caucusroom.voice.naming import heading, times
from caucusroom.voice.voice import Voice

from .account import account
from .edition import JUDGE_EDITION
from .finding import LABELS
from .knowable import knowable
from .moment import Moment
from .play import Judged, Play
from .report import Choice, Decision, Look, Report
from .rules import findings, label
from .score import caps, harm, scores, total_of

FIRST, SECOND = SIDES


def judge(transcript: Transcript, attempt: int | None = None, dispute: Dispute | None = None) -> Report:
    """Judge one attempt of a journal (its number from 1, by default the last): a pure function of both.

    `dispute` is needed only for one that is not in the library. ValueError, with a sentence, if the journal is
    of another version of the dispute or has no such attempt. A decision that cannot be played ends the replay;
    `notices` of the report says so.
    """
    played = replay(transcript, attempt, dispute)
    dispute, case, own = played.dispute, played.case, played.attempt
    decisions, play = played.decisions(), played.play
    limits, criteria = caps(play), scores(play)
    parts = account(dispute, case, played.turns, played.state)
    return Report(
        dispute=dispute.id,
        title=dispute.title,
        content=dispute.content,
        edition=transcript.header.edition,
        judge_edition=JUDGE_EDITION,
        case=case.id,
        player=transcript.header.player,
        attempt=played.number,
        attempts=len(transcript.attempts),
        parent=own.parent,
        kept=own.kept,
        hints=own.hints,
        parties=tuple((party.id, party.name) for party in dispute.parties),  # type: ignore[arg-type]
        starts=dispute.clock.starts,
        decisions=decisions,
        criteria=criteria,
        caps=limits,
        harm=harm(play),
        total=total_of(play, criteria),
        causes=parts.causes,
        facts=parts.facts,
        gaps=parts.gaps,
        ending=parts.ending,
        notices=(*transcript.notices, *played.notices),
    )


def marks(
    transcript: Transcript, attempt: int | None = None, dispute: Dispute | None = None
) -> tuple[int | None, tuple[int | None, ...]]:
    """The total, None while it lasts, and the levels alone; much quicker than a report. Arguments and errors as for
    `judge`."""
    play = replay(transcript, attempt, dispute, spoken=False).play
    judged = scores(play)
    return total_of(play, judged), tuple(score.level for score in judged)


def replay(
    transcript: Transcript, attempt: int | None = None, dispute: Dispute | None = None, spoken: bool = True
) -> Replay:
    """Play an attempt again, with or without what was said; arguments and errors as for `judge`."""
    header = transcript.header
    dispute = dispute or load(header.dispute)
    if unlike := header.unlike(dispute.content):
        raise JournalOutdated(f"This journal {unlike}: judge it with the caucusroom that it was played with.")
    number = attempt or len(transcript.attempts)
    if not 0 < number <= len(transcript.attempts):
        raise ValueError(f"There is no attempt {number}: the journal has {len(transcript.attempts)}.")
    again = Replay(dispute, number, transcript.attempts[number - 1], spoken)
    for text in again.attempt.moves:
        refusal = again.follow(text)
        if refusal:
            again.notices.append(
                f"Decision {len(again.judged) + 1}, “{text}”, cannot be played: {refusal} It ends here."
            )
            break
    return again


def better(moment: Moment, moves: tuple[Move, ...], chosen: Move) -> tuple[Choice, ...]:
    """The possible moves with the best label there is, if it is better than that of the chosen one; else those
    as good as it. All of them, but for the chosen one."""
    labels = {move: label(moment, move) for move in moves}
    best = max(labels.values(), key=LABELS.index)
    return tuple(
        Choice(str(move), heading(moment.dispute, move), best, findings(moment, move)[0].reason)
        for move, one in labels.items()
        if one == best and move != chosen
    )


class Replay:
    """A mediation played again, with what could be known at each of its moments."""

    def __init__(self, dispute: Dispute, number: int, attempt: Attempt, spoken: bool = True) -> None:
        self.dispute = dispute
        self.number = number
        self.attempt = attempt
        self.notices: list[str] = []
        self.case = dispute.case(attempt.case)
        self.judged: list[Judged] = []
        self._playing = Playing(self.case, Voice(dispute) if spoken else None)
        self._legal: list[tuple[Move, ...]] = []
        self.moment = Moment(dispute, self._playing.now.view)

    @property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(self._playing.turns)

    @property
    def state(self) -> State:
        return self._playing.now.state

    @property
    def play(self) -> Play:
        """What the scores look at."""
        return Play(self.dispute, tuple(self.judged), self.moment, self.attempt.beliefs)

    def follow(self, text: str) -> str:
        """Play one decision; the reason, in a sentence, if that cannot be done."""
        try:
            move = self._playing.read(text)
        except MoveError as error:
            return str(error)
        self.judged.append(Judged(len(self.judged) + 1, self.moment, move, findings(self.moment, move)))
        self._legal.append(self._playing.now.moves)
        self.moment = self.moment.after(self._playing.play(move))
        return ""

    def decisions(self) -> tuple[Decision, ...]:
        turns = self._playing.turns
        began = times(self.dispute, ((turn.move, turn.after) for turn in turns))
        followed = [one.moment for one in self.judged[1:]] + [self.moment]
        return tuple(
            self._decision(one, after, turn.speech[0].text, legal, day, minutes)
            for one, after, turn, legal, (day, minutes) in zip(
                self.judged, followed, turns, self._legal, began, strict=False
            )
        )

    def _decision(
        self, one: Judged, after: Moment, words: str, legal: tuple[Move, ...], day: int, minutes: int
    ) -> Decision:
        moment, first = one.moment, one.findings[0]
        return Decision(
            number=one.number,
            move=str(one.move),
            name=heading(self.dispute, one.move),
            words=words,
            room=moment.view.room,
            party=moment.view.caucus,
            topic=moment.view.topic,
            day=day,
            minutes=minutes,
            label=first.label,
            criterion=first.criterion,
            reason=first.reason,
            sources=first.sources,
            findings=one.findings,
            knowable=knowable(moment),
            better=better(moment, legal, one.move),
            looks=(_look(after, FIRST), _look(after, SECOND)),
            waiting=after.view.waiting,
        )


def _look(moment: Moment, party: int) -> Look | None:
    seen = moment.looks[party]
    return Look(*seen, now=moment.view.moods[party] is not None) if seen else None
