"""No report says anything false: every sentence is held against what happened, by other means than the judge's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from random import Random

import pytest
from caucusroom import Attempt, Playing, Transcript
from caucusroom.laws.legality import legal_moves
from caucusroom.model.dispute import Case
from caucusroom.model.levels import HEAT, STRAIN
from caucusroom.model.truths import drawn
from caucusroom.record.transcript import Belief
from caucusroom.voice.naming import duration, lower_first, target_name
from caucusroom_grading import Report, judge
from caucusroom_grading.judging.coach import concerns, questions
from caucusroom_grading.judging.finding import HARMFUL, WEAK
from caucusroom_grading.judging.knowable import knowable
from caucusroom_grading.judging.report import MISSED, WORSE
from caucusroom_grading.judging.rules import RULES, findings
from caucusroom_grading.strategies import scripts, thumbs
from caucusroom_grading.strategies.adaptive import adaptive
from caucusroom_grading.strategies.chair import Player, play
from caucusroom_grading.words import en

from tests.judging import true_occasions
from tests.judging.judged import played, transcript
from tests.judging.transcripts import Past, read_out
from tests.judging.true_occasions import Told
from tests.judging.true_reasons import TRUE, Said
from tests.judging.variations import STRIKE, straying
from tests.plays import THOROUGH

pytestmark = pytest.mark.timeout(7200 if THOROUGH else 600)

PLAYS = 2000 if THOROUGH else 60
OTHERS = 6
"""Other moves, at each moment, of which it is also read what would have been said."""

PLAYERS: tuple[Player, ...] = (
    adaptive,
    *(partial(adaptive, overlooks=often) for often in (0.1, 0.2, 0.35, 0.5)),
    *(partial(straying, part) for part in (0.1, 0.2, 0.35)),
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
        whole = Past(STRIKE, first, replay.turns)
        header = transcript(STRIKE, case.id, ()).header
        attempt = Attempt(case.id, moves[:kept], beliefs=tuple(noted(whole, Random(number))))
        yield whole, judge(Transcript(header, (attempt,)), dispute=STRIKE)


def noted(whole: Past, random: Random) -> Iterator[Belief]:
    """What a mediator may have noted of each side: what was found, what it sounded like, anything."""
    for side in whole.sides:
        after = random.randint(0, len(whole.turns))
        then = whole.until(after)
        found = [then.barrier(id).cause for id in then.found if then.party(then.barrier(id)) == side]
        alike = sorted({cause for one, cue in then.signs if one == side for cause in then.causes(cue)})
        causes = [*found[-2:], *random.sample(alike, min(len(alike), random.randint(0, 2)))]
        causes += random.sample(list(STRIKE.catalogue.causes), random.random() < 0.2)
        if causes:
            yield Belief(after, side, tuple(dict.fromkeys(causes))[:4], ())


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


# levels and caps

PARTS = (("Hardly any", 0, 1), ("A ", 1, 3), ("About half of ", 3, 5), ("Most of ", 5, 7), ("All or nearly all ", 7, 9))
"""How a level begins, and the eighths of what was called for that it means."""

CAPPED: dict[str, Callable[[Past, tuple[int, ...]], bool]] = {
    en.CAPS["passed_on_a_confidence"]: lambda p, ns: all(p.turns[n - 1].move.technique == "tell" for n in ns),
    en.CAPS["said_who_is_right"]: lambda p, ns: all(p.turns[n - 1].move.technique == "rule" for n in ns),
    en.CAPS["pushed_for_a_yes"]: lambda p, ns: all(p.turns[n - 1].move.technique == "press" for n in ns),
    en.CAPS["gave_up_early"]: lambda p, ns: (
        ns == (len(p.turns),)
        and len(p.agreed()) < len(STRIKE.issues)
        and (p.turns[-1].before.clock > 3 or p.turns[-1].before.days > 0)
    ),
    en.CAPS["left_it_unwritten"]: lambda p, ns: ns == (len(p.turns),) and bool(p.agreed()) and not p.made("conclude"),
}


def test_levels_and_caps_say_what_was_so() -> None:
    capped: Counter[str] = Counter()
    for whole, one in reports():
        for score in one.criteria:
            if score.level is None:
                assert score.anchor == en.UNTESTED
                assert not (score.occasions or score.weak or score.harmful)
            else:
                begins, least, less = PARTS[score.level]
                assert score.anchor.startswith(begins)
                assert least * score.called <= 8 * score.earned < less * score.called or score.level == 4
        for cap in one.caps:
            what, said = cap.reason.split(": ")
            capped[what] += 1
            assert CAPPED[what](whole, cap.decisions), cap
            assert said == f"the total cannot be above {cap.total}."
            assert one.total is None or one.total <= cap.total
    print(dict(capped))
    assert set(CAPPED) == set(en.CAPS.values())


# what could be known


def holds(past: Past, sentence: str) -> bool:
    """Whether a sentence says what had been perceived."""
    names = {past.name(side): side for side in past.sides}
    who = "|".join(map(re.escape, names))
    view = past.view
    if sentence == "Nobody had sat down together yet.":
        return view.room == "before"
    if seen := re.fullmatch(rf"({who}) (looked|when last seen looked) (.*)\.", sentence):
        side = names[seen[1]]
        mood, words = past.mood(side), re.split(", | and ", seen[3])
        trust = ("closed to you", "polite to you", "open to you", "trusting you")
        doubt = ("", "wondering about the other room", "doubting that you are even-handed", "accusing you of favour")
        assert mood is not None
        right = [HEAT[mood.heat], trust[mood.trust], STRAIN[mood.strain], doubt[mood.suspicion]]
        here = (seen[2] == "looked") == (side in past.present)
        return here and words == [word for word in right if word not in ("", "fresh")]
    if seen := re.fullmatch(rf"({who}) had been waiting for (.*)\.", sentence):
        return seen[2] == duration(15 * view.waiting[past.sides.index(names[seen[1]])])
    if seen := re.match(rf"Found in ({who}): ([^.]*)\. ", sentence):
        known = past.in_the_way(names[seen[1]])
        return any(b.cause == past.cause_named(seen[2]) and sentence.endswith(b.found) for b in known)
    if seen := re.fullmatch(r"What lies under the position on (.*) had not been said by (.*)\.", sentence):
        unknown = [past.name(side) for side in past.sides if not past.knows(side)]
        return past.issue_named(seen[1]) == view.topic and seen[2].split(" or ") == unknown
    for told, standing in (("Told you in confidence: ", "confided"), ("Cleared, and not carried yet: ", "cleared")):
        if sentence.startswith(told):
            return sentence == told + " ".join(fact.carried_as for fact in past.facts(standing))
    seen = re.fullmatch(
        rf"({who}) had let something show \((.*), at decision (\d+)\), and (.*)\. It can come from (.*)\.", sentence
    )
    assert seen is not None, sentence
    side, cue = names[seen[1]], past.cue_named(seen[2])
    causes = {past.cause_named(name) for name in re.split(", | or ", seen[5])}
    since = past.signs.get((side, cue))
    met = any(
        str(turn.move) == f"follow_up {cue}"
        and turn.number > int(seen[3])
        and any(e.kind == "wall" and e.party == side for e in turn.events)
        for turn in past.turns
    )
    became = "your question about it had met a wall" if met else "nobody had followed it"
    return since == int(seen[3]) and causes == past.causes(cue) and seen[4] == became


def test_what_could_be_known_had_been_perceived() -> None:
    said: Counter[str] = Counter()
    false = []
    for number in range(PLAYS):
        case, moves = line(number)
        replay, first = played(STRIKE, case.id, moves), Playing(case).now.view
        for place, moment in enumerate(one.moment for one in replay.judged):
            past = Past(STRIKE, first, replay.turns[:place])
            for sentence in knowable(moment):
                said[sentence.split("(")[0][-20:]] += 1
                if not holds(past, sentence):
                    false.append(f"{sentence} [{' / '.join(moves[:place])}]")
    print(f"{said.total()} sentences")
    assert not false, f"{len(false)}: {false[0]}"


# what the coach says


def alone(past: Past) -> str:
    return str(past.view.caucus)


ASKED: dict[str, Callable[[Past, str, Mapping[str, str]], bool]] = {
    "unmet_beforehand": lambda p, side, _: not any(str(t.move) == f"premeeting {side}" for t in p.turns),
    "nobody_at_the_table": lambda p, *_: p.view.room == "before" and len({t.move.target for t in p.turns} - {""}) == 2,
    "somebody_hot": lambda p, side, named: HEAT[p.heat(side)] == named["heat"] in HEAT[2:],
    "not_ready": lambda p, side, _: any(b.cause == "not_ready" and p.party(b) == side for b in p.standing),
    "somebody_worn": lambda p, side, _: p.level(side, "strain") >= 2,
    "agreed_all": lambda p, *_: len(p.agreed()) == len(STRIKE.issues),
    "somebody_waiting": lambda p, side, named: (
        named["waited"] == duration(15 * p.view.waiting[p.sides.index(side)]) != duration(0)
    ),
    "something_confided": lambda p, side, _: alone(p) == side and bool(p.facts("confided", side, p.view.topic)),
    "something_known_in_the_way": lambda p, side, named: any(
        b.cause == p.cause_named(named["cause"]) and p.party(b) == side for b in p.standing
    ),
    "somebody_doubting": lambda p, side, _: p.level(side, "suspicion") > 0,
    "unexplained": lambda p, *_: not any(map(p.told, p.sides)),
    "something_to_carry": lambda p, side, _: bool(p.facts("cleared", side)),
    "agreed_here": lambda p, *_: p.view.topic in p.agreed(),
    "interest_unknown": lambda p, side, _: not p.knows(side),
    "something_unspoken": lambda p, side, named: side in p.present and p.open(side, p.cue_named(named["cue"])),
    "something_left_next_door": lambda p, side, named: (
        side not in p.present and p.open(side, p.cue_named(named["cue"]))
    ),
    "wall_at_the_table": lambda p, side, _: bool(p.walls(side)),
    "turn_owed": lambda p, side, _: p.view.owed == side,
    "still_apart": lambda p, *_: bool(alone(p)),
    "nothing_to_weigh_yet": lambda p, *_: all(map(p.knows, p.sides)),
    "ready_to_weigh": lambda p, *_: not any(map(p.in_the_way, p.sides)),
}
"""Of the coach's concerns, when what its questions take for granted is so."""


def test_the_coach_takes_nothing_for_granted_that_is_not_so() -> None:
    assert set(ASKED) == set(en.QUESTIONS)
    seen: Counter[str] = Counter()
    for number in range(PLAYS):
        random, (case, moves) = Random(number), line(number)
        replay, first = played(STRIKE, case.id, moves), Playing(case).now.view
        moments = [one.moment for one in replay.judged]
        for place in random.sample(range(len(moments)), min(5, len(moments))):
            past = Past(STRIKE, first, replay.turns[:place])
            asked = questions(moments[: place + 1])
            named = {id: read_out(" ".join(texts), " ".join(asked)) for id, texts in en.QUESTIONS.items()}
            concern, filled = next((id, filled) for id, filled in named.items() if filled is not None)
            side = next((side for side in past.sides if past.name(side) == filled.get("party")), "")
            seen[concern] += 1
            assert concern in [one for one, _ in concerns(moments[place])]
            assert ASKED[concern](past, side, filled), (concern, filled, moves[:place])
    print(dict(seen))
    assert len(seen) > 12


# nothing is left open


def test_no_sentence_accuses_of_one_thing_or_another() -> None:
    graver = {rule.id for rule in RULES if rule.label in (WEAK, HARMFUL)}
    said = [text for rule, text in en.REASONS.items() if rule in graver]
    said += [texts[outcome] for texts in en.OCCASIONS.values() for outcome in (MISSED, WORSE) if outcome in texts]
    said += list(en.CAPS.values())
    both = "Nobody in the room was hot or tired|nothing had been learnt, shared or answered|question of law or fact"
    assert [one for one in said if re.search(r"\b(or|maybe|perhaps|either)\b", re.sub(both, "", one))] == []


def test_nothing_is_said_of_what_cannot_be_known() -> None:
    claims = "no question left", "nothing more", "was ready for", "nothing else could", "anything could have"
    said = [*en.REASONS.values(), *(text for texts in en.OCCASIONS.values() for text in texts.values())]
    assert [one for one in said if any(claim in one.lower() for claim in claims)] == []
