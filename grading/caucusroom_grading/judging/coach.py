"""The coach: what a supervising mediator would ask before a decision. Questions only, never the answer.

Like a judgement, a question is made of what could be known at the moment, and of nothing else. Each concern
below is looked at in turn; the first that the moment gives a reason for is asked about, in three questions
from wide to near. One that the last two decisions gave already steps behind the next, so that nobody is asked the
same all day. The nearest question still leaves it to the trainee what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from caucusroom import Transcript
from caucusroom.model.dispute import Dispute
from caucusroom.model.levels import HEAT, HOT, TICK_MINUTES
from caucusroom.model.sides import SIDES
from caucusroom.voice.naming import duration, lower_first

from ..words import en
from .judge import replay
from .moment import Moment
from .rules.book import cause_name, cue_name
from .rules.forum import PATIENCE
from .threads import OPEN

Seen: TypeAlias = "Mapping[str, object] | bool"

REMEMBERED = 2
"""Decisions for which a question is not asked again, unless there is nothing else to ask."""


class Asked(NamedTuple):
    """A concern, with what its questions name: another side or sign is another question, a longer wait is not."""

    concern: str
    names: tuple[tuple[str, str], ...]

    def is_new(self, asked: Sequence[Asked]) -> bool:
        return not any(one.concern == self.concern and one._about == self._about for one in asked)

    @property
    def _about(self) -> list[tuple[str, str]]:
        nearest = en.QUESTIONS[self.concern][-1]
        return [(key, name) for key, name in self.names if f"{{{key}}}" in nearest and key not in ("heat", "waited")]


Concern: TypeAlias = Callable[[Moment], Seen]
"""A reason to ask. The questions, which may name what it gives, stand under its name in `words`."""


def coach(transcript: Transcript, attempt: int | None = None, dispute: Dispute | None = None) -> tuple[str, str, str]:
    """Three questions about the decision that is due in an attempt (by default the last), from wide to near.

    Raises ValueError as `judge` does, and when the mediation is over.
    """
    played = replay(transcript, attempt, dispute)
    if played.state.ending:
        raise ValueError("The mediation is over: there is no decision left to ask about.")
    return questions([*(one.moment for one in played.judged), played.moment])


def concerns(moment: Moment) -> Iterator[tuple[str, Mapping[str, object]]]:
    """What this moment gives a reason to ask about, by name, with what it names; the most urgent first."""
    for concern in _CONCERNS:
        seen = concern(moment)
        if seen:
            yield concern.__name__.lstrip("_"), seen if isinstance(seen, Mapping) else {}


def questions(moments: Sequence[Moment]) -> tuple[str, str, str]:
    """The questions that the last of these moments gives a reason for, after those that the others gave."""
    asked: list[Asked] = []
    for moment in moments:
        mine = [Asked(concern, tuple(sorted(_names(moment, seen).items()))) for concern, seen in concerns(moment)]
        asked.append(next((one for one in mine if one.is_new(asked[-REMEMBERED:])), mine[0]))
    concern, names = asked[-1]
    first, second, third = (question.format_map(dict(names)) for question in en.QUESTIONS[concern])
    return first, second, third


def _names(moment: Moment, seen: Mapping[str, object]) -> dict[str, str]:
    names = {key: str(value) for key, value in seen.items()}
    names["issue"] = lower_first(moment.dispute.issues[moment.topic].name)
    if "party" in seen:
        party = SIDES[int(str(seen["party"]))]
        names |= {"party": moment.name(party), "other": moment.name(party.other)}
    return names


def _unmet_beforehand(moment: Moment) -> Seen:
    met = [moment.done("premeeting", party.id) for party in moment.dispute.parties]
    if not moment.before or all(met):
        return False
    return {"party": met.index(0)}


def _nobody_at_the_table(moment: Moment) -> Seen:
    return moment.before and all(moment.done("premeeting", party.id) for party in moment.dispute.parties)


def _not_ready(moment: Moment) -> Seen:
    return {"party": moment.unready.party} if moment.unready else False


def _somebody_hot(moment: Moment) -> Seen:
    party = max(SIDES, key=lambda p: (moment.heat(p), p == moment.alone))
    return {"party": party, "heat": HEAT[moment.heat(party)]} if moment.heat(party) >= HOT else False


def _somebody_waiting(moment: Moment) -> Seen:
    for party in SIDES:
        if moment.view.waiting[party] >= PATIENCE - 2:
            return {"party": party, "waited": duration(moment.view.waiting[party] * TICK_MINUTES)}
    return False


def _somebody_worn(moment: Moment) -> Seen:
    return {"party": moment.tired[0]} if moment.tired else False


def _somebody_doubting(moment: Moment) -> Seen:
    doubting = next((party for party in moment.present if moment.level(party, "suspicion")), None)
    return {"party": doubting} if doubting is not None else False


def _unexplained(moment: Moment) -> Seen:
    private = any(moment.private(barrier) for barrier in moment.standing) or bool(moment.hot)
    return moment.joint and not moment.view.explained and (private or moment.may_hide(0) or moment.may_hide(1))


def _something_known_in_the_way(moment: Moment) -> Seen:
    here = (b for party in moment.present for b in moment.in_the_way(party))
    barrier = next(here, next(iter(moment.standing), None))
    return {"party": barrier.party, "cause": cause_name(moment, barrier)} if barrier else False


def _something_confided(moment: Moment) -> Seen:
    alone = moment.alone
    return {"party": alone} if alone is not None and moment.facts("confided", alone, here=True) else False


def _something_to_carry(moment: Moment) -> Seen:
    cleared = next((fact for fact in moment.facts("cleared") if fact.party != moment.alone), None)
    return {"party": cleared.party} if cleared else False


def _interest_unknown(moment: Moment) -> Seen:
    unknown = next((party for party in moment.present if not moment.knows_interest(party)), None)
    return {"party": unknown} if unknown is not None else False


def _something_unspoken(moment: Moment) -> Seen:
    """The latest sign in this room that nobody has followed; else one that met a wall."""
    heard = [one for party in moment.present for one in moment.open(party)]
    latest = max(heard, key=lambda one: (one.standing == OPEN, one.since), default=None)
    return {"party": latest.side, "cue": cue_name(moment, latest.cue)} if latest else False


def _something_left_next_door(moment: Moment) -> Seen:
    """A sign of the side that is not in the room."""
    away = [one for one in moment.unresolved if one.side not in moment.present]
    return {"party": away[-1].side, "cue": cue_name(moment, away[-1].cue)} if away else False


def _wall_at_the_table(moment: Moment) -> Seen:
    wall = next((one for one in reversed(moment.heard.walls) if one.joint and not one.overcome), None)
    return {"party": wall.side} if wall and moment.joint else False


def _turn_owed(moment: Moment) -> Seen:
    return {"party": moment.side(moment.view.owed)} if moment.view.owed else False


def _still_apart(moment: Moment) -> Seen:
    return moment.alone is not None


def _agreed_here(moment: Moment) -> Seen:
    agreed = len(moment.view.agreed)
    return moment.view.topic in dict(moment.view.agreed) and agreed < len(moment.dispute.issues)


def _agreed_all(moment: Moment) -> Seen:
    return len(moment.view.agreed) == len(moment.dispute.issues)


def _nothing_to_weigh_yet(moment: Moment) -> Seen:
    return moment.interests_known and not moment.developed


def _ready_to_weigh(moment: Moment) -> Seen:
    return not moment.before and not moment.standing


_CONCERNS = (
    _unmet_beforehand,
    _nobody_at_the_table,
    _somebody_hot,
    _not_ready,
    _somebody_worn,
    _agreed_all,
    _somebody_waiting,
    _something_confided,
    _something_known_in_the_way,
    _somebody_doubting,
    _unexplained,
    _something_to_carry,
    _agreed_here,
    _something_unspoken,
    _wall_at_the_table,
    _interest_unknown,
    _turn_owed,
    _something_left_next_door,
    _still_apart,
    _nothing_to_weigh_yet,
    _ready_to_weigh,
)
"""What a supervisor looks at, the most urgent first."""
