"""No report says anything false: every sentence is held against what happened, by other means than the judge's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, partial
from random import Random

import pytest
from caucusroom import Playing
from caucusroom.laws.legality import legal_moves
from caucusroom.model.dispute import Case
from caucusroom.model.truths import drawn
from caucusroom.voice.naming import lower_first, target_name
from caucusroom_grading import Report
from caucusroom_grading.judging.rules import RULES, findings
from caucusroom_grading.strategies import scripts, thumbs
from caucusroom_grading.strategies.adaptive import adaptive
from caucusroom_grading.strategies.chair import Player, play
from caucusroom_grading.strategies.measure import with_slips
from caucusroom_grading.words import en

from tests.judging import true_occasions
from tests.judging.judged import played, report
from tests.judging.transcripts import Past, read_out
from tests.judging.true_occasions import Told
from tests.judging.true_reasons import TRUE, Said
from tests.judging.variations import STRIKE
from tests.plays import THOROUGH

pytestmark = pytest.mark.timeout(7200 if THOROUGH else 600)

PLAYS = 2000 if THOROUGH else 60
OTHERS = 6
"""Other moves, at each moment, of which it is also read what would have been said."""

PLAYERS: tuple[Player, ...] = (
    adaptive,
    *(partial(with_slips, often) for often in (0.1, 0.2, 0.35, 0.5)),
    *(player for strategy in thumbs.thumbs(STRIKE) for player in strategy.players),
    *(player for strategy in scripts.cards(STRIKE) for player in strategy.players),
    thumbs.random_legal,
)


@cache
def line(number: int) -> tuple[Case, tuple[str, ...]]:
    """The nth play, in a truth of its own."""
    case = STRIKE.case(drawn(STRIKE, f"sentences {number}"))
    return case, play(case, PLAYERS[number % len(PLAYERS)], Random(f"sentences {number}"))


def first_of_each(false: Mapping[str, list[str]]) -> str:
    return "\n".join(f"{len(them)} x {kind}: {them[0]}" for kind, them in false.items())


# what is said of a decision


def reasons() -> Iterator[tuple[str, Said, str]]:
    """What is said of each decision, and of others in its place: the rule, what it was said of, the sentence."""
    for number in range(PLAYS):
        random, (case, moves) = Random(number), line(number)
        replay = played(STRIKE, case.id, ())
        first = Playing(case).now.view
        for made in moves:
            legal = legal_moves(case, replay.state)
            past = Past(STRIKE, first, replay.turns)
            for move in {STRIKE.by_text[made], *random.sample(legal, min(OTHERS, len(legal)))}:
                for found in findings(replay.moment, move):
                    if found.rule in en.REASONS:
                        named = read_out(en.REASONS[found.rule], found.reason)
                        assert named is not None, found
                        yield found.rule, Said(past, move, found.party, named), found.reason
            assert not replay.follow(made)


def rightly_named(said: Said) -> bool:
    """Whether names that mean the same in every sentence are those of this decision."""
    past, side = said.past, said.side
    sides = past.name(said.alone) if said.alone else "both sides"
    issue = STRIKE.issues[past.place(said.view.topic)].name
    right = {
        "issue": lower_first(issue),
        "sides": sides,
        "target": target_name(STRIKE, said.move),
        "technique": lower_first(said.technique.name),
    }
    right |= {"party": past.name(side), "other": past.name(past.other(side))} if side else {}
    return all(lower_first(named) == lower_first(right[key]) for key, named in said.named.items() if key in right)


def test_there_is_a_proof_for_every_rule() -> None:
    assert set(TRUE) == {rule.id for rule in RULES} == set(en.REASONS)


def test_what_is_said_of_a_decision_is_true() -> None:
    seen: Counter[str] = Counter()
    false: dict[str, list[str]] = {}
    for rule, said, sentence in reasons():
        seen[rule] += 1
        if not (rightly_named(said) and TRUE[rule](said)):
            before = " / ".join(str(turn.move) for turn in said.past.turns)
            false.setdefault(rule, []).append(f"{sentence} [{before} -> {said.move}]")
    print(f"{seen.total()} sentences in {PLAYS} plays; never said: {sorted(set(TRUE) - set(seen))}")
    assert not false, first_of_each(false)
    assert len(seen) > (len(TRUE) - 12 if THOROUGH else 70)


# what is said of what called for a decision


def reports() -> Iterator[tuple[Past, Report]]:
    """Of each play; of every third what would be said if it were broken off somewhere."""
    for number in range(PLAYS):
        case, moves = line(number)
        kept = Random(number).randrange(len(moves) + 1) if number % 3 == 0 else len(moves)
        replay = played(STRIKE, case.id, moves[:kept])
        first = Playing(case).now.view
        yield Past(STRIKE, first, replay.turns), report(STRIKE, case.id, moves[:kept])


def test_there_is_a_proof_for_every_occasion_and_outcome() -> None:
    assert set(true_occasions.TRUE) == {(id, outcome) for id, texts in en.OCCASIONS.items() for outcome in texts}


def test_what_is_said_of_an_occasion_is_true() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    false: dict[str, list[str]] = {}
    for whole, one in reports():
        for score in one.criteria:
            for occasion in score.occasions:
                kind = occasion.id, occasion.outcome
                seen[kind] += 1
                text = occasion.text.removesuffix(f" {en.NEVER_DONE}")
                named = read_out(en.OCCASIONS[occasion.id][occasion.outcome], text)
                assert named is not None, occasion
                told = Told(occasion, named, whole, one.decisions)
                right = {"party": whole.name(told.side), "other": whole.name(told.other)} if told.side else {}
                if any(named.get(key, name).lower() != name.lower() for key, name in right.items()) or not (
                    true_occasions.TRUE[kind](told)
                ):
                    moves = " / ".join(str(turn.move) for turn in whole.turns)
                    false.setdefault(" ".join(kind), []).append(f"{occasion} [{moves}]")
    never = sorted(set(true_occasions.TRUE) - set(seen))
    print(f"{seen.total()} occasions in {PLAYS} plays; never told: {never}")
    assert not false, first_of_each(false)
    assert len(seen) > (len(true_occasions.TRUE) - 12 if THOROUGH else 45)
