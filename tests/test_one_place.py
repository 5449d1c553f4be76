"""One place says what answers what: room, judge, coach and what was as good speak of each try with one voice.

For every barrier of the strike, every move and every room it can be made in: the barrier is found, everybody is calm,
trusts the mediator and is asked for what is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from caucusroom import Move, Playing, Turn
from caucusroom.laws.apply import initial
from caucusroom.laws.state import Flag, State
from caucusroom.model.answers import by_the_book, resisted, told
from caucusroom.model.dispute import Barrier, Case
from caucusroom.model.gathering import CAUCUS, EVERYBODY, NOBODY
from caucusroom.model.levels import TABLE
from caucusroom.model.sides import SIDES
from caucusroom.model.truths import drawn
from caucusroom.playing import Now
from caucusroom.seen.view import view
from caucusroom.voice.voice import Voice
from caucusroom_grading.judging.coach import concerns
from caucusroom_grading.judging.finding import SOUND, WEAK, Finding
from caucusroom_grading.judging.judge import better
from caucusroom_grading.judging.moment import Moment
from caucusroom_grading.judging.rules import findings
from caucusroom_grading.judging.rules.book import cause_name

from tests.judging.variations import STRIKE

VOICE = Voice(STRIKE)
ALL_FACTS = (1 << len(STRIKE.facts)) - 1
ALL_INTERESTS = (1 << len(SIDES) * len(STRIKE.issues)) - 1

ANSWERS = frozenset(
    {
        "answered_a_known_cause",
        "met_a_known_cause",
        "shared_what_answers",
        "heard_what_was_known",
        "sent_to_the_qualified",
        "talked_through_the_fear",
        "adjourned_for_a_cause",
        "adjourned_for_the_unready",
        "adjourned_for_good_reason",
        "staged_for_a_cause",
        "paused_for_the_spent",
        "saw_that_nothing_works",
        "stopped_with_respect",
        "cleared_the_air",
    }
)
"""The rules that say of a decision that it is an answer to what was found."""
BEFOREHAND = "premeeting"
"""A first visit is praised for itself, whatever it meets."""


class Tried(NamedTuple):
    """A move tried at a moment on somebody in whom something was found."""

    barrier: Barrier
    room: str
    move: Move
    moment: Moment
    said: tuple[Finding, ...]
    turn: Turn
    after: Moment
    again: tuple[tuple[Finding, ...], Turn] | None

    @property
    def party(self) -> str:
        return STRIKE.parties[self.barrier.party].id

    @property
    def name(self) -> str:
        return f"{self.barrier.id}: {self.move} ({self.room})"

    @property
    def answers(self) -> bool:
        """Whether it is an answer by the catalogue, or by what the fact that is shared tells."""
        if self.move.technique == "share":
            return told(STRIKE.catalogue, self.barrier, STRIKE.facts[STRIKE.index["fact"][self.move.target]])
        meant = (
            self.move.target in ("", self.party) or STRIKE.catalogue.techniques[self.move.technique].target == "person"
        )
        return meant and by_the_book(STRIKE.catalogue, self.barrier.cause, self.move.technique)

    @property
    def kinds(self) -> set[str]:
        return kinds(self.turn, self.barrier)

    @property
    def hurts(self) -> bool:
        return any(event.kind == "hurt" for event in self.turn.events)

    @property
    def praised(self) -> bool:
        """Whether it is called an answer to this cause."""
        cause = cause_name(self.moment, self.barrier)
        return any(
            one.label == SOUND
            and one.rule in ANSWERS
            and one.party == self.party
            and (cause in one.reason or self.barrier.cause in ("not_ready", "withheld_information", "fatigue"))
            for one in self.said
        )

    @property
    def speech(self) -> set[str]:
        return {speech.text for speech in self.turn.speech[1:]}


def kinds(turn: Turn, barrier: Barrier) -> set[str]:
    """What became of a barrier in a turn."""
    return {event.kind for event in turn.events if barrier.id in (event.about, event.why) and event.kind != "found"}


def fitting(barrier: Barrier) -> tuple[Case, int]:
    """A truth and an issue on which only this stands in anybody's way."""
    for lot in range(4000):
        case = STRIKE.case(drawn(STRIKE, f"pair {lot}"))
        for topic in range(len(STRIKE.issues)) if barrier.issue == TABLE else (barrier.issue,):
            here = case.on[0][topic] | case.on[1][topic]
            if here == 1 << STRIKE.index["barrier"][barrier.id]:
                return case, topic
    raise AssertionError(f"There is no truth with {barrier.id} alone.")


def moments(barrier: Barrier) -> Iterator[tuple[str, Playing, Moment]]:
    """It is found, in every room where its side is."""
    case, topic = fitting(barrier)
    other = next(issue for issue in range(len(STRIKE.issues)) if issue != topic)
    option = next(place for place, option in enumerate(STRIKE.options) if option.issue == other)
    agreed = tuple(option if issue == other else -1 for issue in range(len(STRIKE.issues)))
    rooms = {"before": NOBODY, "joint": EVERYBODY, "caucus": CAUCUS[barrier.party]}
    for room, gathered in rooms.items():
        playing = Playing(case, VOICE)
        moment = Moment(STRIKE, playing.now.view)
        if room != "before":
            moment = moment.after(playing.play("open_session"))
        state: State = initial(case)._replace(
            gathered=gathered,
            topic=topic,
            found=1 << STRIKE.index["barrier"][barrier.id],
            heat=(0, 0),
            trust=(3, 3),
            flags=int(Flag.EXPLAINED),
            known=ALL_INTERESTS,
            confided=ALL_FACTS,
            cleared=ALL_FACTS,
            agreed=(-1,) * len(STRIKE.issues) if room == "before" else agreed,
        )
        playing.now = Now(case, state)
        yield room, playing, Moment(STRIKE, view(case, state), moment.past, moment.heard)


@cache
def tries() -> tuple[Tried, ...]:
    """Every move that can be made there, and the same a second time where it is possible."""
    tried = []
    for barrier in STRIKE.barriers:
        for room, playing, moment in moments(barrier):
            now = playing.now
            for move in now.moves:
                playing.now = now
                said = findings(moment, move)
                turn = playing.play(move)
                after, again = moment.after(turn), None
                if move in playing.now.moves and not after.view.ending:
                    again = findings(after, move), playing.play(move)
                tried.append(Tried(barrier, room, move, moment, said, turn, after, again))
                playing.turns = playing.turns[: len(moment.past)]
            playing.now = now
    return tuple(tried)


def stands(moment: Moment, barrier: Barrier) -> bool:
    """Whether the coach asks about it, or would after something more urgent."""
    party, cause = barrier.party, cause_name(moment, barrier)
    about = {"not_ready": {"party": party}, "something_known_in_the_way": {"party": party, "cause": cause}}
    return any(about.get(name) == seen for name, seen in concerns(moment))


def test_every_pair_is_tried() -> None:
    pairs = {(one.barrier.id, one.move.technique) for one in tries()}
    answered = {(one.barrier.id, one.move.technique) for one in tries() if one.answers}
    possible = {
        (barrier.id, technique.id)
        for barrier in STRIKE.barriers
        for technique in STRIKE.catalogue.techniques.values()
        if barrier.cause in technique.answers and technique.id != "share"
    }
    print(f"{len(tries())} tries of {len(pairs)} pairs, {len(answered)} of them by the book")
    assert possible <= answered


def test_the_coach_asks_about_what_was_found_until_it_gives_way() -> None:
    for one in tries():
        assert stands(one.moment, one.barrier), one.name
        if not one.after.view.ending:
            assert stands(one.after, one.barrier) == (not one.kinds & {"helped", "homework"}), one.name


def test_what_answers_it_helps_and_is_called_an_answer() -> None:
    seen: Counter[str] = Counter()
    for one in tries():
        if not one.answers or one.hurts or resisted(STRIKE.catalogue, one.barrier, one.move.technique):
            continue
        seen[one.move.technique] += 1
        assert one.kinds & {"helped", "homework"}, one.name
        assert one.said[0].label == SOUND, (one.name, one.said)
        assert one.praised or one.move.technique in (BEFOREHAND, "summarize", "rejoin"), (one.name, one.said)
        technique = STRIKE.catalogue.techniques[one.move.technique]
        assert not one.speech & {*technique.missed, *technique.early}, one.name
    print(dict(seen))
    assert len(seen) > 20


def test_what_does_not_reach_them_is_sound_once_and_weak_the_second_time() -> None:
    seen: Counter[str] = Counter()
    for one in tries():
        if not one.answers or one.hurts or not resisted(STRIKE.catalogue, one.barrier, one.move.technique):
            continue
        seen[one.move.technique] += 1
        assert one.kinds == {"resisted"}, (one.name, one.turn.events)
        assert one.barrier.resists[one.move.technique] in one.speech, (one.name, one.speech)
        assert one.said[0].label == SOUND, (one.name, one.said)
        assert not any("ready" in found.reason for found in one.said), one.name
        assert (one.move.technique, one.barrier.id) in one.after.heard.resisted
        if one.again is not None:
            said, turn = one.again
            assert kinds(turn, one.barrier) <= {"resisted"}
            assert not any(found.rule in ANSWERS for found in said), (one.name, said)
            if STRIKE.catalogue.techniques[one.move.technique].is_remedy:
                assert said[0].label == WEAK, (one.name, said)
                assert any(found.rule == "tried_what_does_not_reach_them" for found in said), (one.name, said)
    print(dict(seen))
    assert len(seen) > 8


def test_what_is_no_answer_is_not_called_one() -> None:
    number = 0
    for one in tries():
        if one.answers and not one.hurts:
            continue
        number += 1
        if (one.barrier.cause, one.move.technique) == ("not_ready", "adjourn"):
            assert not any(event.kind == "missed" for event in one.turn.events)  # it answers nothing, and leaves time
            continue
        assert not one.kinds & {"helped", "homework", "resisted"}, (one.name, one.turn.events)
        assert not one.praised, (one.name, one.said)
        technique = STRIKE.catalogue.techniques[one.move.technique]
        assert not one.speech & set(technique.helped), one.name
        missed = {event.kind for event in one.turn.events} & {"missed", "hurt"}
        if missed:
            assert one.said[0].label != SOUND, (one.name, one.said)
    print(f"{number} tries")
    assert number > 1000


def test_what_is_as_good_or_better_is_what_would_be_called_so() -> None:
    """Each choice that is named has the label and the reason that it would have had, and none is left out."""
    at: dict[int, list[Tried]] = {}
    for one in tries():
        at.setdefault(id(one.moment), []).append(one)
    for together in at.values():
        said = {str(one.move): one.said[0] for one in together}
        chosen = together[0]
        choices = better(chosen.moment, tuple(one.move for one in together), chosen.move)
        assert all((one.label, one.reason) == (said[one.move].label, said[one.move].reason) for one in choices)
        best = {move for move, found in said.items() if found.label == choices[0].label} - {str(chosen.move)}
        assert best == {one.move for one in choices}
