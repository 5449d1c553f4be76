"""One owner for each noun: what is declared once is true of every play, and nobody keeps a list of their own."""

import ast
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from types import MappingProxyType

import pytest
from caucusroom import Move, Playing, catalogue, load, scenarios
from caucusroom.laws.apply import AFTERMATH, apply
from caucusroom.laws.draft import Draft
from caucusroom.laws.events import KINDS, NAMELESS, Event, perceived
from caucusroom.laws.legality import legal_moves, why_not
from caucusroom.laws.reasons import Reason
from caucusroom.laws.state import PAIRS, Nature, State, of_nature
from caucusroom.laws.techniques import LAWS, law_of
from caucusroom.model.dispute import Case, Dispute
from caucusroom.model.gathering import CAUCUS, EVERYBODY, NOBODY, Part, alone_in, room_of, seat, sides_in, whole
from caucusroom.model.proposal import Proposal
from caucusroom.model.sides import SIDES
from caucusroom.words import en
from caucusroom_grading.judging.finding import FAIR
from caucusroom_grading.judging.rules import UNJUDGED

from tests.fence import at, barrier, case, do, made_up
from tests.house import FOLDERS, ROOT
from tests.judging.judged import report
from tests.plays import CASES, RASH, Step, any_play

TECHNIQUES = catalogue().techniques


def plays(count: int = 420) -> list[tuple[Case, list[Step]]]:
    """Plays of every case of the library and of invented disputes."""
    found = []
    for number in range(count):
        random = Random(number)
        its = CASES[number % len(CASES)] if number % 3 else made_up(random)
        found.append((its, list(any_play(its, random, RASH if random.random() < 0.7 else frozenset()))))
    return found


PLAYS = plays()


# techniques


def test_a_technique_brings_up_only_what_its_law_says() -> None:
    met: Counter[str] = Counter()
    for _, steps in PLAYS:
        for step in steps:
            technique = TECHNIQUES[step.move.technique]
            allowed = law_of(technique.id).brings | AFTERMATH
            if technique.hurts_in_joint and step.before.gathered == EVERYBODY:
                allowed |= {"hurt"}
            met.update((technique.id, kind) for kind in {event.kind for event in step.events})  # type: ignore[misc]
            assert {event.kind for event in step.events} <= allowed, step.move
    assert len(met) > 120


def test_no_law_is_of_a_technique_that_is_not_there() -> None:
    assert LAWS.keys() <= TECHNIQUES.keys()
    assert {law.technique for law in LAWS.values()} == LAWS.keys()


def test_a_technique_is_possible_in_its_rooms_and_nowhere_else() -> None:
    """`forum` is true of every technique: what it says is where it can be used."""
    used: dict[str, set[str]] = {id: set() for id in TECHNIQUES}
    for _, steps in PLAYS:
        for step in steps:
            used[step.move.technique].add(room_of(step.before.gathered))
    for technique in TECHNIQUES.values():
        assert used[technique.id] <= technique.rooms, technique.id
        if technique.forum != "process":
            expected = {"joint"} if technique.forum == "joint" else {"joint", "caucus"}
            alone = technique.forum == "caucus" and not technique.hurts_in_joint
            assert technique.rooms == ({"caucus"} if alone else expected), technique.id


def test_what_takes_long_depends_on_the_time_there_is_and_not_on_what_was_asked_before() -> None:
    """What is remembered of legality is remembered by all it depends on, however long a technique takes."""
    slow = TECHNIQUES["look_deeper"]._replace(ticks=4)
    curriculum = replace(catalogue(), techniques=MappingProxyType({**TECHNIQUES, slow.id: slow}))
    its = replace(case(barrier("fear", "trial")).dispute, catalogue=curriculum).case("note")
    for clock in (5, 3, 4, 2, 12):
        assert (Move("look_deeper") in legal_moves(its, at(its, clock=clock))) == (clock >= 4)


def a_technique_more(dispute: Dispute) -> Dispute:
    """The dispute for mediators who know one technique more, of which no rule of judgement speaks."""
    new = TECHNIQUES["break"]._replace(id="hum", name="Hum a tune", act="interlude", answers=frozenset())
    curriculum = replace(dispute.catalogue, techniques=MappingProxyType({**TECHNIQUES, "hum": new}))
    return replace(dispute, catalogue=curriculum)


def test_a_technique_of_which_no_rule_speaks_is_neither_praised_nor_stops_the_judge() -> None:
    dispute = a_technique_more(load("labor-strike"))
    judged = report(dispute, "a", ["open_session", "hum", "look_deeper"])
    found = judged.decisions[1]
    own = [finding for finding in found.findings if finding.rule == UNJUDGED]
    assert found.label == FAIR or not own
    unjudged = TECHNIQUES["clarify_rights"]._replace(id="hum", act="interlude", to_the_matter=False)
    curriculum = replace(catalogue(), techniques=MappingProxyType({**TECHNIQUES, "hum": unjudged}))
    judged = report(replace(load("labor-strike"), catalogue=curriculum), "a", ["open_session", "hum", "look_deeper"])
    (finding,) = judged.decisions[1].findings
    assert (finding.rule, finding.label) == (UNJUDGED, FAIR) and "find out what rule applies" in finding.reason


def technique_lists(path: Path) -> list[str]:
    """Each place where a tuple, list or set of three techniques or more is written out."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            ids = [one.value for one in node.elts if isinstance(one, ast.Constant) and one.value in TECHNIQUES]
            if len(ids) > 2:
                found.append(f"{path.name}:{node.lineno}")
    return found


def test_nobody_keeps_a_list_of_techniques_of_their_own() -> None:
    """What kind of act something is, is asked of the technique. Mediators made up for tests of the judge
    have their moves written out, and nothing else has."""
    modules = [path for folder in FOLDERS.values() for path in (ROOT / folder).rglob("*.py")]
    lists = [place for path in modules if path.parent.name != "strategies" for place in technique_lists(path)]
    assert lists == []


# events


def test_every_event_is_declared_and_names_what_its_kind_says() -> None:
    seen = set()
    for its, steps in PLAYS:
        known = {
            "barrier": set(its.index["barrier"]), "cue": set(catalogue().cues), "fact": set(its.index["fact"]),
            "issue": set(its.index["issue"]), "option": set(its.index["option"]), "technique": set(TECHNIQUES),
            "effect": {"trust", "empathy", "credence", "critical", "corrected", "dialogue"},
        }  # fmt: skip
        for event in (event for step in steps for event in step.events):
            kind = KINDS[event.kind]
            seen.add(event.kind)
            for named, name in ((kind.about, event.about), (kind.why, event.why)):
                if named in known:
                    assert not name or name in known[named], event
                else:
                    assert named in NAMELESS and (named or not name), event
    assert seen == KINDS.keys(), "everything that is declared happens"


def test_a_side_perceives_its_own_room_and_nothing_of_the_other() -> None:
    first, second = SIDES
    told = (Event("confided", "labor", "fact"), Event("cue", "labor", "hedges"), Event("parted", "labor"))
    assert perceived(told, first, "labor", CAUCUS[first]) == told
    assert perceived(told, second, "management", CAUCUS[first]) == ()
    assert perceived(told, second, "management", EVERYBODY) == told, "at the table everybody hears all of it"
    carried = (Event("open_to", "labor", "x"), Event("accepts", "management", "x"), Event("agreed", "", "pay", "x"))
    assert perceived(carried, first, "labor", CAUCUS[second]) == (carried[0], carried[2]), "a yes is known to both"
    assert perceived(carried, second, "management", CAUCUS[second]) == carried
    assert perceived((Event("waited", "labor"), Event("ended")), second, "management", NOBODY) == (Event("ended"),)


# the state, the sides, the seats, proposals, reasons


def test_every_field_of_the_state_has_one_nature_and_the_draft_has_them_all() -> None:
    assert sorted(name for nature in Nature for name in of_nature(nature)) == sorted(State._fields)
    assert set(Draft.__slots__) == {*State._fields, "case", "events"}
    its = case(barrier("fear", "trial"))
    state = at(its, heat=(1, 2), waiting=(3, 0), found=1)
    assert Draft(its, state).freeze() == state
    each = {name: [place, -place] if name in PAIRS else place for place, name in enumerate(State._fields)}
    other = Draft(its, State(**each))  # type: ignore[arg-type]
    assert {name: getattr(other, name) for name in State._fields} == each, "each under its own name"


def test_a_side_has_an_other_and_seats_make_a_room() -> None:
    first, second = SIDES
    assert first.other is second and second.other is first
    assert whole(first) == seat(first, Part.CLIENT) + seat(first, Part.COUNSEL)
    assert [room_of(one) for one in (NOBODY, EVERYBODY, *CAUCUS)] == ["before", "joint", "caucus", "caucus"]
    assert (sides_in(EVERYBODY), sides_in(NOBODY), alone_in(CAUCUS[second])) == (SIDES, (), second)
    assert alone_in(seat(first, Part.COUNSEL)) is first, "counsel alone are of their side"


def test_a_proposal_has_one_text_and_stands_or_falls_as_a_whole() -> None:
    its = case()
    both = Proposal.of(its.dispute, "hedge+prune")
    assert both.text(its.dispute) == "hedge+prune"
    assert [option.id for option in both.options(its.dispute)] == ["hedge", "prune"]
    with pytest.raises(KeyError):
        Proposal.of(its.dispute, "moat")


def test_every_reason_has_its_words_and_every_word_a_reason() -> None:
    used = {reason.key for its, steps in PLAYS for step in steps[::3] for reason in refusals(its, step.before)}
    assert used <= en.REASONS.keys()
    assert en.REASONS.keys() - used <= {"over", "no_such_move"}
    assert str(Reason("not_in_the_room", "Ada")) == "Ada is not in the room."


def refusals(its: Case, state: State) -> list[Reason]:
    reasons = (why_not(its, state, move) for move in its.dispute.moves)
    return [reason for reason in reasons if reason is not None]


# lines


@pytest.mark.parametrize("id", scenarios())
def test_every_line_has_an_id_of_its_own(id: str) -> None:
    ids = Counter(line.id for line in load(id).lines)
    assert ids.most_common(1)[0][1] == 1


def test_there_is_one_way_to_play() -> None:
    """What a session, a judge and a walkthrough play is what the law says, move for move."""
    for its, steps in PLAYS[:30]:
        playing = Playing(its)
        for step in steps:
            turn = playing.play(step.move)
            assert (playing.now.state, turn.events) == (step.after, step.events) == apply(its, step.before, step.move)
    assert do(case(), at(case()), "park trees").state.topic == 1
