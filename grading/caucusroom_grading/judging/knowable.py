"""What could be known at a moment, in sentences: how people looked, what was found, what might still be hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caucusroom.model.levels import MOODS, TICK_MINUTES
from caucusroom.model.sides import SIDES
from caucusroom.voice.naming import duration, lower_first

from .moment import Moment
from .threads import WALLED, causes_behind

SUSPICION_WORDS = ("", "wondering about the other room", "doubting that you are even-handed", "accusing you of favour")
TRUST_WORDS = ("closed to you", "polite to you", "open to you", "trusting you")


def knowable(moment: Moment) -> tuple[str, ...]:
    """The sentences of one moment. Of a side that is not in the room it is said how it was last seen."""
    return (*_looks(moment), *_known(moment), *_open(moment))


def _looks(moment: Moment) -> Iterator[str]:
    for party in SIDES:
        look = moment.looks[party]
        if look is None:
            continue
        words = [MOODS["heat"][look.heat], TRUST_WORDS[look.trust]]
        words += [MOODS["strain"][look.strain]] * bool(look.strain) + [SUSPICION_WORDS[look.suspicion]] * bool(
            look.suspicion
        )
        seen = "looked" if moment.view.moods[party] is not None else "when last seen looked"
        yield f"{moment.name(party)} {seen} {_listed(words, 'and')}."
        waited = moment.view.waiting[party]
        if waited:
            yield f"{moment.name(party)} had been waiting for {duration(waited * TICK_MINUTES)}."
    if not any(moment.looks):
        yield "Nobody had sat down together yet."


def _known(moment: Moment) -> Iterator[str]:
    causes = moment.dispute.catalogue.causes
    issue = lower_first(moment.dispute.issues[moment.topic].name)
    for party in SIDES:
        for barrier in moment.in_the_way(party):
            yield f"Found in {moment.name(party)}: {lower_first(str(causes[barrier.cause]['name']))}. {barrier.found}"
    unknown = [moment.name(party) for party in SIDES if not moment.knows_interest(party)]
    if unknown and not moment.before:
        yield f"What lies under the position on {issue} had not been said by {_listed(unknown, 'or')}."
    for standing, words in (("confided", "told you in confidence"), ("cleared", "cleared, and not carried yet")):
        facts = moment.facts(standing)
        if facts:
            yield f"{words.capitalize()}: {' '.join(fact.carried_as for fact in facts)}"


def _open(moment: Moment) -> Iterator[str]:
    """What was heard and not followed to its end, with what the catalogue lets it mean."""
    catalogue = moment.dispute.catalogue
    for thread in moment.unresolved:
        causes = sorted(lower_first(str(catalogue.causes[id]["name"])) for id in causes_behind(catalogue, thread.cue))
        cue = lower_first(str(catalogue.cues[thread.cue]["name"]))
        became = "your question about it had met a wall" if thread.standing == WALLED else "nobody had followed it"
        yield (
            f"{moment.name(thread.side)} had let something show ({cue}, at decision {thread.since}), and "
            f"{became}. It can come from {_listed(causes, 'or')}."
        )


def _listed(words: Iterable[str], joint: str) -> str:
    *most, last = words
    return f"{', '.join(most)} {joint} {last}" if most else last
