"""The mediator's desk: a session in, snapshots out. It knows no widget, so that any host can show the room.

A host shows `Desk.snapshot()`, passes every message of the page to `Desk.answer`, and gives the page the
snapshot that comes back. Where there is `Desk.page` after an answer, it gives the page that too, and first: a
review is far larger than a snapshot and is not to be saved with a notebook, so it is no part of it.

A message is `{"id": str, "seq": int, "move": str}`. `id` names it, so that a decision that is sent twice is
played once; `seq` is the number of decisions the page had seen. Instead of a move it may hold
    "again": true      a new attempt, after the end
    "earlier": true    to be shown every turn so far
and for practice, which is what the mode guided is for, but not in graded work
    "review": true     the decisions so far, judged: a page
    "compare": int     the same beside those of the attempt this one branched from, by its number: a page
    "back": int        to go back to after so many decisions, in a new attempt that is a branch of this one
    "hint": 1 to 3     a question of the supervising mediator about the next decision, one after another

A page is `{id: of the message that asked for it, html}`: a part of a page that runs no script, with a
`<button data-back="N">` for every decision that one can go back to. A snapshot holds plain JSON values:

    v 1 · seq, attempt: decisions of this attempt, number of the attempt · mode · notices: sentences
    branch: None or {parent, kept}: the attempt this one branched from, and the decisions kept of it
    hint: None (graded, or after the end) or {texts: questions asked about the next decision, left: how many more}
    answer: None or {n, id, ok, error}; n counts answers, so that two are never equal
    dispute {id, title} · opening: text, at the start or if asked · saved {ok, text}
    clock {day, days, time, left, spent, length (minutes), late, staged}
    room {where: before | joint | caucus, with: party id or None} · topic: issue id
    parties [{id, name, here, waiting, posture, alternative {text, tested}, people [{name, role, here}]}],
            left one first
    issues [{id, name, status: open | topic | agreed, positions, interests (text or None; left one first),
             agreed: text or None, options [{text, state}]}]
    notebook [{kind: cause | interest | fact | cue, party, text, standing}]
    turns [{n, label, room, time, speech [{who, party, text}], notes: sentences}]: the last, or all if asked
    groups [{id, name, moves [{move, name, words, about, cost, prominent: rank or 0}],
             refused [{names, why}]}]
    outcome: None or {ending, title, text, held, agreed: texts, case, truth} (the last two "" in graded work)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

from caucusroom import Session, Turn
from caucusroom.model.dispute import Party
from caucusroom.model.levels import LATE, TICK_MINUTES
from caucusroom.seen.view import alternative
from caucusroom.voice.naming import ENDINGS, duration, heading, time_of_day, times
from caucusroom_grading import coach, judge
from caucusroom_grading.review import comparison, review

from . import messages
from .messages import Message, Refused
from .offers import known, offers
from .telling import cue_words, notes, posture

Json: TypeAlias = dict[str, Any]
Mode: TypeAlias = Literal["guided", "assessment"]

_ROOMS = {"before": "Before the session", "joint": "Joint session", "caucus": "Caucus with {party}"}
_SAID = {
    "accepts": "said yes",
    "refuses": "said no",
    "open_to": "could see it",
    "not_open_to": "could not see it",
}
_STANDING = {"confided": "in confidence", "cleared": "may be carried", "shared": "on the table"}
HINTS = 3
"""Questions the supervising mediator asks about one decision, at most."""
_PAGES = ("review", "compare")
_GRADED = {
    "review": "This is graded work: its decisions are looked at once it has been graded.",
    "compare": "This is graded work: there are no branches to compare.",
    "back": "This is graded work: a decision once made stands.",
    "hint": "This is graded work: the supervising mediator is for practice.",
    "again": "This is graded work: there is one attempt at it.",
}


class Desk:
    """Shows one session to a page and takes its decisions. ValueError if `mode` is unknown.

    `page` is what the last answer brought beside its snapshot, if anything.
    """

    def __init__(self, session: Session, mode: Mode = "guided") -> None:
        if mode not in ("guided", "assessment"):
            raise ValueError(f"There is no mode “{mode}”: choose guided or assessment.")
        self.session = session
        self.mode = mode
        self.page: Json | None = None
        self._answer: Json | None = None

    @property
    def guided(self) -> bool:
        return self.mode == "guided"

    def answer(self, sent: object) -> Json:
        """Carry out one message of a page, if it can be, and return the snapshot that answers it.

        What cannot be done changes nothing and is said in one sentence in `answer.error`. `page` is what the
        answer brings beside the snapshot, None for most.
        """
        last = self._answer or {"n": 0, "id": None}
        id, error, earlier = None, None, False
        self.page = None
        try:
            message = messages.read(sent)
            id, earlier = message.id, message.kind == "earlier"
            if message.kind in _GRADED and not self.guided:
                raise Refused(_GRADED[message.kind])
            if message.kind in _PAGES:
                self.page = {"id": id, "html": self._page(message)}
            elif id == last["id"]:
                error = last["error"]
            elif not earlier:
                self._decide(message)
        except (ValueError, OSError) as refusal:
            error = str(refusal)
        self._answer = {"n": last["n"] + 1, "id": id, "ok": error is None, "error": error}
        return self.snapshot(earlier)

    def _decide(self, message: Message) -> None:
        session = self.session
        if message.seq != len(session.turns):
            raise Refused(
                "The mediation has gone on since that page was drawn; it is shown as it is now. Choose again."
            )
        match message.kind:
            case "move":
                session.play(message.text)
            case "back":
                session.branch(message.number)
            case "hint":
                self._hint(message.number)
            case "again" if session.outcome is None:
                raise Refused("This mediation is not over. Bring it to an end first; ending without agreement is one.")
            case "again":
                session.again()

    def _page(self, message: Message) -> str:
        """The decisions so far, judged; or those of this attempt and of the one it branched from, side by side."""
        session = self.session
        if not session.turns:
            raise Refused("There is no decision to look at yet.")
        report = judge(session.transcript, dispute=session.dispute)
        if message.kind == "review":
            return review(report, retry=True)
        if message.number != report.parent or len(session.turns) <= report.kept:
            raise Refused(f"There is nothing yet in which this attempt parts from attempt {message.number}.")
        return comparison(judge(session.transcript, report.parent, session.dispute), report)

    def _hint(self, level: int) -> None:
        if self.session.outcome is not None:
            raise Refused("This mediation is over: there is no decision left to ask about.")
        asked = self._asked()
        if asked == HINTS:
            raise Refused("Your supervisor has asked all there is to ask about this decision. It is yours now.")
        if level != asked + 1:
            raise Refused(f"The questions come one after another, from wide to near: the next is number {asked + 1}.")
        self.session.hint(level)

    def _asked(self) -> int:
        """How many questions were asked about the decision that is due."""
        made = len(self.session.turns)
        return max((level for when, level in self.session.transcript.attempts[-1].hints if when == made), default=0)

    def _questions(self) -> Json | None:
        session, asked = self.session, self._asked()
        if not self.guided or session.outcome is not None:
            return None
        texts = coach(session.transcript, dispute=session.dispute)[:asked] if asked else ()
        return {"texts": list(texts), "left": HINTS - asked}

    def _branch(self) -> Json | None:
        attempt = self.session.transcript.attempts[-1]
        return {"parent": attempt.parent, "kept": attempt.kept} if attempt.parent else None

    def snapshot(self, earlier: bool = False) -> Json:
        """Everything a page shows now; of the turns the last only, or all with the `earlier` ones."""
        session, dispute = self.session, self.session.dispute
        began = times(session.dispute, ((turn.move, turn.after) for turn in session.turns))
        turns = list(zip(session.turns, began, strict=False))[0 if earlier else -1 :]
        return {
            "v": 1,
            "seq": len(session.turns),
            "attempt": session.attempt,
            "branch": self._branch(),
            "mode": self.mode,
            "hint": self._questions(),
            "notices": list(session.notices),
            "answer": self._answer,
            "dispute": {"id": dispute.id, "title": dispute.title},
            "opening": dispute.opening.strip() if earlier or not began[1:] else "",
            "saved": {"ok": session.journal.saved, "text": session.journal.status},
            "clock": self._clock(*began[-1]),
            "room": {"where": session.view.room, "with": session.view.caucus or None},
            "topic": session.view.topic,
            "parties": [self._party(place, party) for place, party in enumerate(dispute.parties)],
            "issues": self._issues(),
            "notebook": list(self._notebook()),
            "turns": [self._turn(turn, minutes) for turn, (_, minutes) in turns],
            "groups": [] if session.outcome else offers(session, self.guided),
            "outcome": self._outcome(),
        }

    def _clock(self, day: int, spent: int) -> Json:
        view, clock = self.session.view, self.session.dispute.clock
        left = view.clock * TICK_MINUTES
        return {
            "day": day,
            "days": day + view.days,
            "time": time_of_day(clock.starts + spent),
            "left": f"{duration(left)} left today",
            "spent": spent,
            "length": spent + left,
            "late": view.clock <= LATE and not view.staged,
            "staged": view.staged,
        }

    def _party(self, place: int, party: Party) -> Json:
        view, turns = self.session.view, self.session.turns
        mood, waiting = view.moods[place], view.waiting[place] * TICK_MINUTES
        came = bool(turns) and any(e.kind == "decider_came" and e.party == party.id for e in turns[-1].events)
        reckons_with = alternative(self.session.dispute, view, party)
        return {
            "id": party.id,
            "name": party.name,
            "here": mood is not None,
            "waiting": duration(waiting) if waiting else None,
            "posture": posture(mood) if mood else None,
            "alternative": {"text": party.alternatives[reckons_with], "tested": reckons_with == "real"},
            "people": [
                {"name": person.name, "role": person.role, "here": person.seat != "remote" or came}
                for person in party.people
            ],
        }

    def _issues(self) -> list[Json]:
        view, dispute = self.session.view, self.session.dispute
        agreed, said = dict(view.agreed), self._said_to_options()
        texts = {option.id: option.text for option in dispute.options}
        shown = [option for option in dispute.options if known(dispute, view, option)]
        return [
            {
                "id": issue.id,
                "name": issue.name,
                "status": "agreed" if issue.id in agreed else "topic" if issue.id == view.topic else "open",
                "positions": [issue.positions[party.id] for party in dispute.parties],
                "interests": [
                    issue.interests[party.id] if (party.id, issue.id) in view.interests else None
                    for party in dispute.parties
                ],
                "agreed": texts[agreed[issue.id]] if issue.id in agreed else None,
                "options": [
                    {"text": option.text, "state": said.get(option.id, "")}
                    for option in shown
                    if option.issue == place and issue.id not in agreed
                ],
            }
            for place, issue in enumerate(dispute.issues)
        ]

    def _said_to_options(self) -> dict[str, str]:
        """What each side last said to each option."""
        names = {party.id: party.name for party in self.session.dispute.parties}
        said: dict[str, dict[str, str]] = {}
        for turn in self.session.turns:
            for event in turn.events:
                if event.kind in _SAID:
                    said.setdefault(event.about, {})[event.party] = f"{names[event.party]} {_SAID[event.kind]}"
        return {option: ", ".join(words.values()) for option, words in said.items()}

    def _notebook(self) -> Iterator[Json]:
        view, dispute = self.session.view, self.session.dispute
        parties = [party.id for party in dispute.parties]
        for barrier in dispute.barriers:
            if barrier.id in view.found:
                answered = "answered" if barrier.id in view.answered else None
                yield _entry("cause", parties[barrier.party], barrier.found, answered)
        standing = dict(view.standing)
        for fact in dispute.facts:
            if fact.id in standing:
                text = fact.text if standing[fact.id] == "confided" else fact.carried_as
                yield _entry("fact", parties[fact.party], text, _STANDING[standing[fact.id]])
        if self.guided:
            cues = {(e.party, e.about): None for turn in self.session.turns for e in turn.events if e.kind == "cue"}
            for party, cue in cues:
                yield _entry("cue", party, cue_words(dispute, cue), None)

    def _turn(self, turn: Turn, minutes: int) -> Json:
        dispute = self.session.dispute
        names = {party.id: party.name for party in dispute.parties}
        return {
            "n": turn.number,
            "label": heading(dispute, turn.move),
            "room": _ROOMS[turn.after.room].format(party=names.get(turn.after.caucus)),
            "time": time_of_day(dispute.clock.starts + minutes),
            "speech": [{"who": one.name, "party": one.party or None, "text": one.text} for one in turn.speech],
            "notes": list(notes(dispute, turn, self.guided)),
        }

    def _outcome(self) -> Json | None:
        outcome, dispute = self.session.outcome, self.session.dispute
        if outcome is None:
            return None
        issues = {issue.id: issue.name for issue in dispute.issues}
        texts = {option.id: option.text for option in dispute.options}
        return {
            "ending": outcome.ending,
            "title": ENDINGS[outcome.ending],
            "text": outcome.text,
            "held": outcome.holds,
            "agreed": [f"{issues[issue]}: {texts[option]}" for issue, option in outcome.agreed],
            "case": dispute.truths[self.session.case].title if self.guided else "",
            "truth": outcome.truth if self.guided else "",
        }


def _entry(kind: str, party: str, text: str, standing: str | None) -> Json:
    return {"kind": kind, "party": party, "text": text, "standing": standing}
