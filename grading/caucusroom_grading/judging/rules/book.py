"""What a rule of judgement is: readable data and one small function, and how its sentence is filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from caucusroom import Move
from caucusroom.model.catalogue import Technique
from caucusroom.model.dispute import Barrier
from caucusroom.model.levels import BOILING, DOUBTING, HOT, MOST, OPEN
from caucusroom.model.sides import SIDES, Side
from caucusroom.voice.naming import lower_first, target_name

from ...words import en
from ..finding import Finding
from ..moment import Moment

Applies: TypeAlias = "bool | int | Mapping[str, object] | None"
"""What a rule's function gives: False or None if it does not apply; else True, the side it concerns, or what
its sentence names besides (with `party` for the side)."""

Chosen: TypeAlias = "str | Callable[[Technique], bool]"
"""Which techniques a rule speaks of: one by its id, or all of which something is so."""


def any_technique(technique: Technique) -> bool:
    return True


def remedies(technique: Technique) -> bool:
    """Techniques that answer causes and little else."""
    return technique.is_remedy


def needs_hearing(technique: Technique) -> bool:
    """Techniques that only reach people whose anger was heard."""
    return technique.needs.heard


def to_the_matter(technique: Technique) -> bool:
    """Techniques that go to the matter itself, which angry people answer with an attack."""
    return technique.to_the_matter


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: for which techniques, what it says of a decision, where that is written, and when it applies."""

    id: str
    criterion: str
    label: str
    techniques: tuple[Chosen, ...]
    reason: str
    sources: tuple[str, ...]
    note: str
    applies: Callable[[Moment, Move], Applies]

    def concerns(self, technique: Technique) -> bool:
        """Whether it is a rule about this technique."""
        return any(one == technique.id if isinstance(one, str) else one(technique) for one in self.techniques)

    def judge(self, moment: Moment, move: Move) -> Finding | None:
        found = self.applies(moment, move)
        if found is None or found is False:
            return None
        party = _party(moment, move, found)
        reason = _filled(self.reason, moment, move, party, found if isinstance(found, Mapping) else {})
        about = "" if party is None else moment.dispute.parties[party].id
        return Finding(self.id, self.label, self.criterion, about, reason, self.sources)


def rule(
    criterion: str, label: str, *techniques: Chosen, sources: str
) -> Callable[[Callable[[Moment, Move], Applies]], Rule]:
    """Make a rule of the function below it, whose name is the rule's id and whose docstring says it in a line.

    What it says to the mediator stands under its id in `words`.
    """

    def made(applies: Callable[[Moment, Move], Applies]) -> Rule:
        note = " ".join((applies.__doc__ or "").split())
        reason = en.REASONS[applies.__name__]
        return Rule(applies.__name__, criterion, label, techniques, reason, tuple(sources.split()), note, applies)

    return made


def _party(moment: Moment, move: Move, found: Applies) -> Side | None:
    """The side a finding is about: the one the rule gives, else the one aimed at or in the room alone."""
    given = found.get("party") if isinstance(found, Mapping) else found
    if isinstance(given, int) and not isinstance(given, bool):
        return SIDES[given]
    target = moment.dispute.index["party"].get(move.target)
    return moment.alone if target is None else SIDES[target]


def _filled(reason: str, moment: Moment, move: Move, party: Side | None, given: Mapping[str, object]) -> str:
    names = {
        "party": moment.name(party) if party is not None else "one side",
        "other": moment.name(party.other) if party is not None else "the other side",
        "sides": moment.name(moment.alone) if moment.alone is not None else "both sides",
        "issue": lower_first(moment.dispute.issues[moment.topic].name),
        "target": target_name(moment.dispute, move),
        "technique": lower_first(moment.technique(move).name),
    }
    filled = reason.format_map(names | {key: str(value) for key, value in given.items() if key != "party"})
    return filled[:1].upper() + filled[1:]


def cause_name(moment: Moment, barrier: Barrier) -> str:
    return lower_first(str(moment.cause(barrier)["name"]))


def cue_name(moment: Moment, cue: str) -> str:
    return lower_first(str(moment.dispute.catalogue.cues[cue]["name"]))


def causes_named(moment: Moment, causes: Iterable[str]) -> str:
    """Causes in words, as alternatives."""
    names = sorted(lower_first(str(moment.dispute.catalogue.causes[id]["name"])) for id in causes)
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


_AGAINST = (
    ("trust", range(OPEN), "trust"),
    ("heat", range(BOILING, MOST + 1), "boiling"),
    ("suspicion", range(DOUBTING, MOST + 1), "suspicion"),
    ("heat", range(HOT, MOST + 1), "heat"),
)


def against_it(moment: Moment) -> Applies:
    """What shows of the sides that speaks against doing something private in front of both."""
    for mood, levels, words in _AGAINST:
        party = next((party for party in SIDES if moment.level(party, mood) in levels), None)
        if party is not None:
            return {"party": party, "mood": en.AGAINST[words].format(name=moment.name(party))}
    return {"party": 0, "mood": "it belongs in private"}


def of_cause(moment: Moment, barrier: Barrier | None) -> Applies:
    """What a rule gives that concerns a cause and the side in which it was found; None if there is none."""
    return {"party": barrier.party, "cause": cause_name(moment, barrier)} if barrier else None
