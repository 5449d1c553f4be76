"""What a mediator can know when a decision is due: the only thing that rules of judgement see.

A moment is made of what was perceived (moves, events, views) and of the catalogue. Two plays that looked the same
so far give equal moments, whatever is true: so nothing can be judged by hindsight, and nothing that an author has
in store and nobody has shown weighs anything. A side is a `Side`; moods are levels 0..3.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from caucusroom import Move, Turn, View
from caucusroom.laws.events import GAINS, NEWS, Event
from caucusroom.model.catalogue import NOT_READY, Cause, Technique
from caucusroom.model.dispute import Barrier, Dispute, Fact, Option
from caucusroom.model.levels import HOT, TABLE, WORN
from caucusroom.model.sides import SIDES, Side
from caucusroom.seen.view import Mood

from .answering import answers, harmless_in_front, techniques_for
from .threads import Heard, Thread, causes_behind

_NOES, _YESES = frozenset({"refuses", "not_open_to"}), frozenset({"accepts", "open_to", "pressed"})
"""What a side answers to terms."""


class Moment:
    """One moment before a decision: `past` turns, the `view` now, and all that was `heard` so far."""

    def __init__(self, dispute: Dispute, view: View, past: tuple[Turn, ...] = (), heard: Heard | None = None) -> None:
        self.dispute = dispute
        self.view = view
        self.past = past
        self.heard = heard or Heard()

    def after(self, turn: Turn) -> Moment:
        """The moment that follows upon a turn."""
        return Moment(self.dispute, turn.after, (*self.past, turn), self.heard.after(self.dispute, turn))

    @property
    def number(self) -> int:
        """How many decisions were made."""
        return len(self.past)

    # who and where

    @cached_property
    def joint(self) -> bool:
        return self.view.room == "joint"

    @cached_property
    def before(self) -> bool:
        return self.view.room == "before"

    @cached_property
    def present(self) -> tuple[Side, ...]:
        """The sides in the room with the mediator."""
        if self.before:
            return ()
        return SIDES if self.joint else (self.side(self.view.caucus),)

    @cached_property
    def alone(self) -> Side | None:
        """The side in the caucus; None outside one."""
        return self.present[0] if len(self.present) == 1 else None

    @cached_property
    def heard_by(self) -> tuple[Side, ...]:
        """The sides that hear what the mediator says; before the session both, one after the other."""
        return self.present or SIDES

    @cached_property
    def settled(self) -> bool:
        """Whether the issue on the table is agreed."""
        return self.view.topic in dict(self.view.agreed)

    @cached_property
    def topic(self) -> int:
        return self.index("issue", self.view.topic)

    def index(self, kind: str, id: str) -> int:
        return self.dispute.index[kind][id]

    def side(self, id: str) -> Side:
        return self.dispute.side(id)

    def cause(self, barrier: Barrier) -> Cause:
        return self.dispute.catalogue.causes[barrier.cause]

    def name(self, party: int) -> str:
        return self.dispute.parties[party].name

    def technique(self, move: Move) -> Technique:
        return self.dispute.catalogue.techniques[move.technique]

    # how people are

    @cached_property
    def looks(self) -> tuple[Mood | None, Mood | None]:
        """Each side as it was last seen; None if it never was."""
        seen = list(self.view.moods)
        for step in reversed(self.past):
            if None not in seen:
                break
            seen = [now or then for now, then in zip(seen, step.after.moods, strict=True)]
        return seen[0], seen[1]

    def heat(self, party: int) -> int:
        """The heat last seen. Before anybody has met it is what the dispute says of itself."""
        look = self.looks[party]
        return look.heat if look else 0

    def level(self, party: int, mood: str) -> int:
        look = self.looks[party]
        return int(getattr(look, mood)) if look else {"trust": 1}.get(mood, 0)

    @cached_property
    def hot(self) -> tuple[Side, ...]:
        """The sides in the room that are hot or boiling."""
        return tuple(party for party in self.present if self.heat(party) >= HOT)

    @cached_property
    def tired(self) -> tuple[Side, ...]:
        return tuple(party for party in self.present if self.level(party, "strain") >= WORN)

    # what is known

    @cached_property
    def standing(self) -> tuple[Barrier, ...]:
        """What was found to stand in a side's way, on any issue, and is not answered."""
        known = set(self.view.found) - set(self.view.answered)
        return tuple(barrier for barrier in self.dispute.barriers if barrier.id in known)

    @cached_property
    def unready(self) -> Barrier | None:
        """What was found of somebody who is not ready; the first, if of several."""
        return next((barrier for barrier in self.standing if barrier.cause == NOT_READY), None)

    def in_the_way(self, party: int) -> tuple[Barrier, ...]:
        """What is known to stand in a side's way on the issue on the table."""
        return self._in_the_way[party]

    @cached_property
    def _in_the_way(self) -> tuple[tuple[Barrier, ...], tuple[Barrier, ...]]:
        here = [barrier for barrier in self.standing if barrier.issue in (self.topic, TABLE)]
        return tuple(b for b in here if b.party == 0), tuple(b for b in here if b.party == 1)

    def fits(self, move: Move, party: int, anywhere: bool = False) -> tuple[Barrier, ...]:
        """The known causes of a side that this move answers, on the issue on the table or `anywhere`."""
        known = self.standing if anywhere else self.in_the_way(party)
        return tuple(b for b in known if b.party == party and answers(self.dispute, self.heard, move, b))

    def private(self, barrier: Barrier) -> bool:
        """Whether most of what may answer a cause belongs behind a closed door."""
        known = list(techniques_for(self.dispute, self.heard, barrier))
        return 2 * sum(one.forum == "caucus" for one in known) >= len(known) > 0

    def hurts(self, technique: Technique) -> bool:
        """Whether doing this here shames people or threatens them in front of each other."""
        return self.joint and not harmless_in_front(technique, self.looks)

    # what was heard and not understood yet

    @cached_property
    def unresolved(self) -> tuple[Thread, ...]:
        """The threads that nobody has followed to their end."""
        return tuple(one for one in self.heard.threads if one.unresolved)

    def open(self, party: int) -> tuple[Thread, ...]:
        return tuple(one for one in self.unresolved if one.side == party)

    def thread(self, party: int, cue: str) -> Thread | None:
        """The latest thread of this cue, whatever became of it."""
        known = (one for one in reversed(self.heard.threads) if one.side == party and one.cue == cue)
        return next(known, None)

    @cached_property
    def _possible(self) -> tuple[frozenset[str], ...]:
        catalogue = self.dispute.catalogue
        return tuple(
            frozenset().union(*(causes_behind(catalogue, one.cue) for one in self.open(party))) for party in SIDES
        )

    def possible(self, party: int) -> frozenset[str]:
        """The causes that the catalogue lets the unresolved threads of a side mean."""
        return self._possible[party]

    def may_hide(self, party: int) -> bool:
        """Whether something was heard that nobody has followed to its end, or a wall met and not overcome."""
        walls = (one for one in self.heard.walls if one.side == party)
        return bool(self.open(party)) or any(not one.overcome for one in walls)

    # what was told

    def knows_interest(self, party: int, issue: int | None = None) -> bool:
        topic = self.view.topic if issue is None else self.dispute.issues[issue].id
        return (self.dispute.parties[party].id, topic) in self.view.interests

    @cached_property
    def interests_known(self) -> bool:
        return self.knows_interest(0) and self.knows_interest(1)

    @cached_property
    def developed(self) -> bool:
        return self.view.topic in self.view.developed

    def facts(self, standing: str, party: int | None = None, here: bool = False) -> tuple[Fact, ...]:
        """The facts that are confided, cleared or shared; of one side, of the issue on the table if `here`."""
        now = dict(self.view.standing)
        return tuple(
            fact
            for fact in self.dispute.facts
            if now.get(fact.id) == standing
            and (party is None or fact.party == party)
            and (not here or fact.issue == self.topic)
        )

    def option(self, move: Move) -> Option:
        return self.dispute.options[self.index("option", move.target)]

    # what has been done

    def events(self, kind: str) -> Iterator[tuple[Turn, Event]]:
        """The events of a kind so far, the last first."""
        for step in reversed(self.past):
            for event in step.events:
                if event.kind == kind:
                    yield step, event

    def done(self, technique: str, target: str | None = None) -> int:
        """How often a technique has been used (on this target)."""
        return sum(
            step.move.technique == technique and (target is None or step.move.target == target) for step in self.past
        )

    @cached_property
    def caucuses(self) -> tuple[int, int]:
        """How often each side has been taken aside."""
        counts = [0, 0]
        for step in self.past:
            if step.after.caucus and step.after.caucus != step.before.caucus:
                counts[self.side(step.after.caucus)] += 1
        return counts[0], counts[1]

    def says_no(self, party: int) -> bool:
        """Whether the last answer of a side to terms on the issue on the table was no, and it told nothing since."""
        id = self.dispute.parties[party].id
        for step in reversed(self.past):
            for event in reversed(step.events):
                if event.party == id and event.kind in NEWS:
                    return False
                if event.party == id and event.kind in _NOES | _YESES and self._terms_here(event.about):
                    return event.kind in _NOES
        return False

    def _terms_here(self, option: str) -> bool:
        return self.dispute.options[self.index("option", option)].issue == self.topic

    def in_vain(self, move: Move, party: int) -> bool:
        """Whether this did nothing for this side on this issue, and nothing has changed in it since: nothing was learnt
        of it, and it was not heard, does not trust more and is not cooler."""
        id = self.dispute.parties[party].id
        for step in reversed(self.past):
            if any(event.party == id and event.kind in (*NEWS, "helped", "eased") for event in step.events):
                return False
            same = step.move == move and step.before.topic == self.view.topic
            if same and any(
                event.party == id and event.kind in ("missed", "early", "resisted") for event in step.events
            ):
                was, now = step.after.moods[party], self.looks[party]
                return not (was and now and (now.trust > was.trust or now.heat < was.heat))
        return False

    def asked_before(self, move: Move) -> Turn | None:
        """The turn in which this was asked in this room on this issue without anything new coming of it, if nothing has
        changed since that could bring another answer: nothing was learnt or gained, and nobody trusts more or is
        cooler."""
        ids = [self.dispute.parties[party].id for party in self.present]
        for step in reversed(self.past):
            if any(event.kind in GAINS and event.party in ids for event in step.events):
                return None
            if step.move == move and (step.before.topic, step.before.caucus) == (self.view.topic, self.view.caucus):
                if any(one.cue == move.target and one.since > step.number for one in self.unresolved):
                    return None
                then = step.after.moods
                for party in self.present:
                    was, now = then[party], self.looks[party]
                    if was and now and (now.trust > was.trust or now.heat < was.heat):
                        return None
                return step
        return None
