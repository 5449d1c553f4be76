"""The mediator's desk: a session in, snapshots out. It knows no widget, so that any host can show the room.

It takes every message of a page and gives the snapshot that answers it. Where there is `Desk.page` after an answer,
that belongs to the answer too: a review is far larger than a snapshot and is not to be saved with a notebook, so it is
no part of it. snapshot.py says what all of them hold, and the entrance how they come to the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from caucusroom import Session, Turn
from caucusroom.model.dispute import Party, Scene
from caucusroom.model.levels import LATE, TICK_MINUTES
from caucusroom.noting import NoteOwed, latest
from caucusroom.seen.view import alternative
from caucusroom.voice.naming import ENDINGS, duration, heading, time_of_day, times
from caucusroom_grading.judging.inviting import inviting
from caucusroom_grading.judging.moment import Moment

from ..words import words
from . import messages
from .messages import Refused
from .offers import Menu, known
from .scenes import is_over, made, of_scene
from .snapshot import (
    Answer,
    Branch,
    Clock,
    End,
    Entry,
    Group,
    Hint,
    Mode,
    Page,
    Played,
    Side,
    Snapshot,
    Thought,
    Told,
    Topic,
    Where,
)
from .telling import cue_words, notes, posture

HINTS = 3
"""Questions the supervising mediator asks about one decision, at most."""
_PAGES = ("review", "compare")


class Desk:
    """Shows one session to a page and takes its decisions. ValueError if `mode` is unknown.

    In a `scene` it takes those of the scene and no more; ValueError if the session is not of it (see scenes.py).
    `page` is what the last answer brought beside its snapshot, if anything.
    """

    def __init__(self, session: Session, mode: Mode = "guided", scene: Scene | None = None) -> None:
        self.words = words()
        if mode not in ("guided", "assessment"):
            raise ValueError(self.words.REFUSED["no_mode"].format(mode=mode))
        if scene is not None and not of_scene(session, scene):
            raise ValueError(self.words.REFUSED["other_scene"].format(scene=scene.title))
        self.session = session
        self.mode: Mode = mode
        self.scene = scene
        self.page: Page | None = None
        self._answer: Answer | None = None
        self._menu = Menu(session.dispute, self.guided, self.words)
        self._known = Moment(session.dispute, session.view)

    @property
    def guided(self) -> bool:
        return self.mode == "guided"

    def answer(self, sent: object) -> Snapshot:
        """Carry out one message of a page, if it can be, and return the snapshot that answers it.

        What cannot be done changes nothing and is said in one sentence in `answer.error`. `page` is what the
        answer brings beside the snapshot, None for most.
        """
        last: Answer = self._answer or {"id": None, "ok": True, "error": None, "owed": False}
        id, error, earlier, owed = None, None, False, False
        self.page = None
        try:
            message = messages.read(sent, self.words)
            id, earlier = message.id, message.kind == "earlier"
            if message.kind in self.words.GRADED and not self.guided:
                raise Refused(self.words.GRADED[message.kind])
            if message.kind in _PAGES:
                self.page = {"id": id, "html": str(self._page(message))}
            elif id == last["id"]:
                error, owed = last["error"], last["owed"]
            elif not earlier:
                self._decide(message)
        except (ValueError, OSError) as refusal:
            error, owed = str(refusal), isinstance(refusal, NoteOwed)
        self._answer = {"id": id, "ok": error is None, "error": error, "owed": owed}
        return self.snapshot(earlier)

    def _refused(self, why: str, **facts: object) -> Refused:
        return Refused(self.words.REFUSED[why].format(**facts))

    def _decide(self, message: messages.Message) -> None:
        session = self.session
        if message.seq != len(session.turns):
            raise self._refused("gone_on")
        match message.kind:
            case "move" if self._over and session.outcome is None:
                raise self._refused("scene_over")
            case "move":
                session.play(message.text)
            case "back" if message.number < self._since:
                raise self._refused("before_the_scene")
            case "back":
                session.branch(message.number)
            case "hint":
                self._hint(message.number)
            case "note":
                session.note(message.text, message.causes, message.heard)
            case "again" if self.scene is not None:
                self._played_something()
                session.branch(self._since)
            case "again" if session.outcome is None:
                raise self._refused("not_over")
            case "again":
                session.again()

    @property
    def _since(self) -> int:
        """How many decisions were made before the visitor sat down."""
        return len(self.scene.moves) if self.scene else 0

    @property
    def _over(self) -> bool:
        return is_over(self.session, self.scene) if self.scene else self.session.outcome is not None

    def _played_something(self) -> None:
        if len(self.session.turns) == self._since:
            raise self._refused("nothing_yet")

    def _page(self, message: messages.Message) -> str:
        """The decisions so far, judged; or those of this attempt and of the one it branched from, side by side."""
        from caucusroom_grading import judge  # what only a review or a hint needs does not hold up the room
        from caucusroom_grading.review import comparison, review

        session = self.session
        self._played_something()
        report = judge(session.transcript, dispute=session.dispute)
        if message.kind == "review":
            return review(report, retry=True, since=self._since, heading=self.scene.title if self.scene else "")
        if message.number != report.parent or len(session.turns) <= report.kept:
            raise self._refused("no_branch", parent=message.number)
        return comparison(judge(session.transcript, report.parent, session.dispute), report)

    def _hint(self, level: int) -> None:
        if self._over:
            raise self._refused("over" if self.session.outcome else "scene_over")
        asked = self._asked()
        if asked == HINTS:
            raise self._refused("all_asked")
        if level != asked + 1:
            raise self._refused("not_next", next=asked + 1)
        self.session.hint(level)

    def _asked(self) -> int:
        """How many questions were asked about the decision that is due."""
        made = len(self.session.turns)
        return max((level for when, level in self.session.transcript.attempts[-1].hints if when == made), default=0)

    def _questions(self) -> Hint | None:
        session, asked = self.session, self._asked()
        if not self.guided or self._over:
            return None
        if not asked:
            return {"texts": [], "left": HINTS}
        from caucusroom_grading import coach

        return {"texts": [*coach(session.transcript, dispute=session.dispute)[:asked]], "left": HINTS - asked}

    def _moment(self) -> Moment:
        """What can be known now: what was known when this was last asked, and the turns since."""
        known, turns = self._known, self.session.turns
        if known.past != turns[: known.number]:  # another attempt
            known = Moment(self.session.dispute, turns[0].before if turns else self.session.view)
        for turn in turns[known.number :]:
            known = known.after(turn)
        self._known = known
        return known

    def _offers(self) -> list[Group]:
        session = self.session
        if self._over:
            return []
        return self._menu.offers(session, inviting(self._moment(), session.moves))

    def _branch(self) -> Branch | None:
        attempt = self.session.transcript.attempts[-1]
        return {"parent": attempt.parent, "kept": attempt.kept} if attempt.parent else None

    def snapshot(self, earlier: bool = False) -> Snapshot:
        """Everything a page shows now; of the turns the last only, or all with the `earlier` ones."""
        session, dispute = self.session, self.session.dispute
        began = times(session.dispute, ((turn.move, turn.after) for turn in session.turns))
        turns = list(zip(session.turns, began, strict=False))[0 if earlier else -1 :]
        return {
            "v": 1,
            "n": 0,
            "seq": len(session.turns),
            "attempt": session.attempt,
            "branch": self._branch(),
            "mode": self.mode,
            "hint": self._questions(),
            "notices": list(session.notices),
            "answer": self._answer,
            "dispute": {"id": dispute.id, "title": dispute.title},
            "scene": self._played(),
            "opening": dispute.opening.strip() if earlier or not began[1:] else "",
            "saved": {"ok": session.journal.saved, "text": session.journal.status, "reopen": False},
            "clock": self._clock(*began[-1]),
            "room": {"where": cast(Where, session.view.room), "with": session.view.caucus or None},
            "topic": session.view.topic,
            "parties": [self._party(place, party) for place, party in enumerate(dispute.parties)],
            "issues": self._issues(),
            "notebook": list(self._notebook()),
            "thoughts": self._thoughts(began),
            "causes": [
                {"id": id, "name": cause["name"], "sounds": cause["sounds"]}
                for id, cause in (dispute.catalogue.causes.items() if earlier else ())
            ],
            "turns": [self._turn(turn, minutes) for turn, (_, minutes) in turns],
            "groups": self._offers(),
            "outcome": self._outcome(),
            "refusal": None,
        }

    def _played(self) -> Played | None:
        scene = self.scene
        if scene is None:
            return None
        return {
            "title": scene.title,
            "told": scene.told.strip(),
            "asks": scene.asks,
            "after": scene.after,
            "made": made(self.session, scene),
            "of": scene.decisions,
        }

    def _clock(self, day: int, spent: int) -> Clock:
        view, clock = self.session.view, self.session.dispute.clock
        left = view.clock * TICK_MINUTES
        return {
            "day": day,
            "days": day + view.days,
            "time": time_of_day(clock.starts + spent),
            "left": self.words.SHORT["left"].format(time=duration(left)),
            "spent": spent,
            "length": spent + left,
            "late": view.clock <= LATE and not view.staged,
            "staged": view.staged,
        }

    def _party(self, place: int, party: Party) -> Side:
        view, turns = self.session.view, self.session.turns
        mood, waiting = view.moods[place], view.waiting[place] * TICK_MINUTES
        came = bool(turns) and any(e.kind == "decider_came" and e.party == party.id for e in turns[-1].events)
        reckons_with = alternative(self.session.dispute, view, party)
        return {
            "id": party.id,
            "name": party.name,
            "here": mood is not None,
            "waiting": duration(waiting) if waiting else None,
            "posture": posture(mood, self.words) if mood else None,
            "alternative": {"text": party.alternatives[reckons_with], "tested": reckons_with == "real"},
            "people": [
                {"name": person.name, "role": person.role, "here": person.seat != "remote" or came}
                for person in party.people
            ],
        }

    def _issues(self) -> list[Topic]:
        view, dispute = self.session.view, self.session.dispute
        agreed, said = dict(view.agreed), self._said_to_options()
        texts = {option.id: option.text for option in dispute.options}
        spoken_of = known(dispute, view)
        shown = [option for option in dispute.options if option.id in spoken_of]
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
                if event.kind in self.words.SAID:
                    answer = self.words.SAID[event.kind].format(party=names[event.party])
                    said.setdefault(event.about, {})[event.party] = answer
        return {option: self.words.SHORT["list"].join(answers.values()) for option, answers in said.items()}

    def _notebook(self) -> Iterator[Entry]:
        view, dispute = self.session.view, self.session.dispute
        parties = [party.id for party in dispute.parties]
        for barrier in dispute.barriers:
            if barrier.id in view.found:
                answered = self.words.SHORT["answered"] if barrier.id in view.answered else None
                yield {
                    "kind": "cause",
                    "party": parties[barrier.party],
                    "text": barrier.found,
                    "standing": answered,
                }
        standing = dict(view.standing)
        for fact in dispute.facts:
            if fact.id in standing:
                text = fact.text if standing[fact.id] == "confided" else fact.carried_as
                where = self.words.STANDING[standing[fact.id]]
                yield {"kind": "fact", "party": parties[fact.party], "text": text, "standing": where}
        if self.guided:
            cues = {(e.party, e.about): None for turn in self.session.turns for e in turn.events if e.kind == "cue"}
            for party, cue in cues:
                yield {"kind": "cue", "party": party, "text": cue_words(dispute, cue), "standing": None}

    def _thoughts(self, began: list[tuple[int, int]]) -> list[Thought]:
        """What was last written about each side; `began` says when each decision was made."""
        dispute, written = self.session.dispute, latest(self.session.beliefs)
        thoughts: list[Thought] = []
        for party in dispute.parties:
            thought: Thought = {"party": party.id, "causes": [], "heard": [], "text": "", "day": 0, "time": ""}
            if party.id in written:
                after, _, causes, heard = written[party.id]
                names = (str(dispute.catalogue.causes[cause]["name"]) for cause in causes)
                thought |= {"causes": [*causes], "heard": [*heard], "text": self.words.SHORT["list"].join(names)}
                thought |= {"day": began[after][0], "time": time_of_day(dispute.clock.starts + began[after][1])}
            thoughts.append(thought)
        return thoughts

    def _turn(self, turn: Turn, minutes: int) -> Told:
        dispute = self.session.dispute
        names = {party.id: party.name for party in dispute.parties}
        return {
            "n": turn.number,
            "label": heading(dispute, turn.move),
            "room": self.words.ROOMS[turn.after.room].format(party=names.get(turn.after.caucus)),
            "time": time_of_day(dispute.clock.starts + minutes),
            "speech": [{"who": one.name, "party": one.party or None, "text": one.text} for one in turn.speech],
            "notes": list(notes(dispute, turn, self.guided, self.words)),
        }

    def _outcome(self) -> End | None:
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
            "case": dispute.case(self.session.case).truth.title if self.guided else "",
            "truth": outcome.truth if self.guided else "",
        }
