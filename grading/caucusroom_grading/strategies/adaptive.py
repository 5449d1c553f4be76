"""A mediator who reads, asks, answers and ends well: on any dispute, by what a student can see and the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from caucusroom.model.catalogue import Technique
from caucusroom.model.dispute import Barrier, Fact
from caucusroom.model.levels import BOILING, HOT, LATE, WORN
from caucusroom.model.sides import SIDES, Side
from caucusroom.seen.view import Mood

from ..judging.answering import harmless_in_front, techniques_for
from .chair import Chair, Wishes

PATIENCE = 5
"""Ticks of waiting after which it begins nothing new in a caucus."""
EVENING = 8
"""Ticks left of a day from which another day is thought of."""
MOST_STEPS = 150
_DONE_OTHERWISE = frozenset({"share", "premeeting", "rejoin", "close_open"})
"""What answers a cause too, and has its own time."""


def adaptive(chair: Chair, overlooks: float = 0.0) -> Wishes:
    """Meets the sides, asks, follows what is heard, answers what is found, and ends as fits.

    A less skilled one `overlooks` that often what it would be best to do, and does what comes to mind next.
    """
    mind = Mind(chair, overlooks)
    yield from mind.minded(f"premeeting {side}" for side in chair.sides)
    yield "open_session"
    yield from mind.minded(("explain_caucus",))
    for _ in range(MOST_STEPS):
        yield from islice(mind.wishes(), 1)


class Mind:
    """What it makes of the moment: the wishes, the most urgent first."""

    def __init__(self, chair: Chair, overlooks: float) -> None:
        self.chair = chair
        self._overlooks = overlooks
        self.dispute = chair.dispute
        self.catalogue = chair.dispute.catalogue

    def wishes(self) -> Iterator[str]:
        """What would be done now, possible moves only."""
        legal = set(map(str, self.chair.legal))
        rooms = {"before": self._before, "joint": self._at_the_table, "caucus": self._alone}
        return self.minded(wish for wish in rooms[self.chair.view.room]() if wish in legal)

    def minded(self, wishes: Iterable[str]) -> Iterator[str]:
        """Those of them that come to mind."""
        return (wish for wish in wishes if not (self._overlooks and self.chair.chance(self._overlooks)))

    # what is known

    def standing(self, side: Side) -> list[Barrier]:
        """What was found in a side and is not answered, on whatever issue."""
        return [barrier for barrier in self.chair.moment.standing if barrier.party == side]

    def in_the_way(self, side: Side) -> tuple[Barrier, ...]:
        return self.chair.moment.in_the_way(side)

    def is_anger(self, barrier: Barrier) -> bool:
        return self.catalogue.causes[barrier.cause].anger

    def answering(self, barrier: Barrier) -> list[Technique]:
        """What the catalogue has against it, and was not resisted."""
        known = techniques_for(self.dispute, self.chair.moment.heard, barrier)
        return [technique for technique in known if technique.id not in _DONE_OTHERWISE]

    def remedies(self, side: Side) -> Iterator[str]:
        """What answers something found in this side, here and now."""
        mood, joint = self.chair.view.moods[side], self.chair.view.room == "joint"
        if mood is None:
            return
        for barrier in sorted(self.in_the_way(side), key=lambda b: not self.is_anger(b)):
            for technique in self.answering(barrier):
                if self._can_take(side, barrier, technique, mood, joint):
                    aim = {"party": self.chair.sides[side], "person": barrier.who}.get(technique.target, "")
                    yield f"{technique.id} {aim}".rstrip()

    def _can_take(self, side: Side, barrier: Barrier, technique: Technique, mood: Mood, joint: bool) -> bool:
        needs, view = technique.needs, self.chair.view
        unheard = self.chair.unheard(side) or any(self.is_anger(one) for one in self.in_the_way(side))
        if (
            mood.trust < needs.trust
            or mood.heat > needs.heat
            or (needs.heard and unheard and not self.is_anger(barrier))
        ):
            return False
        if joint and technique.hurts_in_joint:
            return harmless_in_front(technique, view.moods)
        match technique.id:
            case "adjourn":
                return view.days > 0 and view.clock <= EVENING
            case "summarize":
                return joint and bool(view.agreed)
            case "expert":
                return joint
            case "stage_plan":
                return not any(t.id == "bring_decider" for t in self.answering(barrier))
        return True

    def private_work(self, side: Side) -> bool:
        """Whether something known of this side can be answered behind a closed door, as it was last seen."""
        mood = self.chair.moment.looks[side]
        if mood is None or self.chair.in_vain(side):
            return False
        return any(
            t.forum == "caucus" and mood.trust >= t.needs.trust for b in self.standing(side) for t in self.answering(b)
        )

    def open_threads(self, side: Side) -> list[str]:
        """What this side let show and nobody has followed; not what met a wall at no less trust."""
        mood = self.chair.moment.looks[side]
        trust = mood.trust if mood else 0
        return [cue for cue in self.chair.threads(side) if self.chair.walled.get((side, cue), -9) < trust]

    def attacks(self, side: Side) -> bool:
        """Whether it shows what anger may be behind."""
        return bool(self.catalogue.angry_cues & set(self.chair.threads(side)))

    def to_clear(self, side: Side) -> list[Fact]:
        confided = {fact for fact, now in self.chair.view.standing if now == "confided"}
        return [fact for fact in self.dispute.facts if fact.id in confided and fact.party == side]

    # what is done

    def _before(self) -> Iterator[str]:
        yield "open_session"

    def _at_the_table(self) -> Iterator[str]:
        chair, view = self.chair, self.chair.view
        agreed = dict(view.agreed)
        if len(agreed) == len(self.dispute.issues):
            yield "conclude"
        sides = sorted(SIDES, key=lambda side: (view.owed != chair.sides[side], -chair.heat(chair.sides[side])))
        hot = [side for side in sides if chair.heat(chair.sides[side]) >= HOT]
        if hot:
            for side in hot:
                if chair.heat(chair.sides[side]) >= BOILING or self.attacks(side) or self.private_work(side):
                    yield f"call_caucus {chair.sides[side]}"
            yield "step_back"
        if view.days and (view.clock <= 3 or (chair.worn and view.clock <= LATE)):
            yield "adjourn"
        if chair.worn and not chair.lately("break", 2):
            yield "break"
        if chair.moment.unready and not any(self.standing(side) and list(self.remedies(side)) for side in SIDES):
            yield "close_open"
        for side in sides:
            if self.attacks(side) and not chair.seen_alone(side):
                yield f"call_caucus {chair.sides[side]}"
        unasked = [id for id in self.open_issues if chair.interests(id) < 2]
        if unasked:
            if view.topic in unasked:
                yield "look_deeper"
            yield from (f"{'take_up' if view.topic in agreed else 'park'} {issue}" for issue in unasked)
        yield from (f"share {fact}" for fact, _ in chair.facts("cleared"))
        if view.topic in agreed:
            yield from (f"take_up {issue}" for issue in self.open_issues)
        for side in sides:
            yield from self.remedies(side)
        for side in sides:
            if self.open_threads(side) or self.private_work(side):
                yield f"call_caucus {chair.sides[side]}"
        if view.owed and chair.seen_alone(self.dispute.side(view.owed).other):
            yield f"call_caucus {view.owed}"
        if view.topic not in view.developed:
            yield "options"
        fresh = [option for option in chair.ideas() if option not in chair.said_no]
        if not any(self.in_the_way(side) for side in SIDES):
            yield from (f"propose {option}" for option in sorted(fresh, key=self._rests_on_facts, reverse=True))
        for side in sides:
            if self.stuck and not chair.asked_alone(side):
                yield f"call_caucus {chair.sides[side]}"
        others = [id for id in self.open_issues if id != view.topic and id not in chair.parked_lately]
        yield from (f"park {issue}" for issue in others)
        if view.days:
            yield "adjourn"
        yield "conclude" if agreed else "close_open"

    @property
    def stuck(self) -> bool:
        """Whether everything that was thought of on this issue has been refused."""
        return bool(self.chair.said_no) and not [one for one in self.chair.ideas() if one not in self.chair.said_no]

    @property
    def open_issues(self) -> list[str]:
        """The issues that are not agreed, the one on the table first."""
        agreed, topic = dict(self.chair.view.agreed), self.chair.view.topic
        ids = [issue.id for issue in self.dispute.issues if issue.id not in agreed]
        return sorted(ids, key=lambda id: id != topic)

    def _rests_on_facts(self, option: str) -> int:
        return self.dispute.options[self.dispute.index["option"][option]].needs.bit_count()

    def _alone(self) -> Iterator[str]:
        chair, view = self.chair, self.chair.view
        side = SIDES[chair.sides.index(view.caucus)]
        mood = view.moods[side]
        assert mood is not None
        if mood.heat >= HOT and not chair.done_here("hear_out"):
            yield "hear_out"
        if self.attacks(side) and not chair.heard_out(side):
            yield "hear_out"
        if mood.heat >= HOT or mood.strain >= WORN:
            if view.days and view.clock <= LATE:
                yield "adjourn"
            if not chair.done_here("break"):
                yield "break"
        yield from self.remedies(side)
        if view.waiting[side.other] < PATIENCE or not chair.learnt_here:
            yield from (f"follow_up {cue}" for cue in self.open_threads(side))
            topic = self.dispute.index["issue"][view.topic]
            if mood.trust >= 2 and any(fact.issue == topic for fact in self.to_clear(side)):
                yield "allay_sharing"
            if chair.no_from(side) and not chair.asked_alone(side):
                yield "look_deeper"
            if chair.no_from(side) == "barrier" and not self.in_the_way(side):
                people = chair.people(chair.sides[side])
                yield from (f"ask_need {id}" for id in people if (id, view.topic) not in chair.asked)
        for barrier in self.standing(side):
            if barrier.issue >= 0 and any(
                t.forum != "process" and t.id != "summarize" for t in self.answering(barrier)
            ):
                issue = self.dispute.issues[barrier.issue].id
                if issue != view.topic:
                    yield f"{'take_up' if view.topic in dict(view.agreed) else 'park'} {issue}"
        other = chair.sides[side.other]
        if chair.no_from(side.other) and not chair.asked_alone(side.other):
            yield f"call_caucus {other}"
        if view.owed == other or (self.attacks(side.other) and not chair.seen_alone(side.other)):
            yield f"call_caucus {other}"
        yield "rejoin"
