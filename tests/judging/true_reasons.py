"""For each rule of judgement, when what it says of a decision is true, by what had been perceived until then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeAlias

from caucusroom import Move, View
from caucusroom.laws.events import GAINS
from caucusroom.model.catalogue import Technique
from caucusroom.model.dispute import Barrier
from caucusroom.model.levels import HEAT
from caucusroom.voice.naming import duration

from tests.judging.transcripts import QUESTIONS, Past

LATE = 3
NEWS = ("found", "interest", "confided")


class Said(NamedTuple):
    """A decision, what had been perceived until then, the side that the sentence is about and what is filled in."""

    past: Past
    move: Move
    side: str
    named: Mapping[str, str]

    @property
    def view(self) -> View:
        return self.past.view

    @property
    def other(self) -> str:
        return self.past.other(self.side)

    @property
    def present(self) -> tuple[str, ...]:
        return self.past.present

    @property
    def joint(self) -> bool:
        return self.view.room == "joint"

    @property
    def alone(self) -> str:
        return self.view.caucus

    @property
    def technique(self) -> Technique:
        return self.past.catalogue.techniques[self.move.technique]

    @property
    def subjects(self) -> tuple[str, ...]:
        return (self.move.target,) if self.move.target in self.past.sides else self.present

    @property
    def settled(self) -> bool:
        return self.view.topic in self.past.agreed()

    @property
    def late(self) -> bool:
        return self.view.clock <= LATE and not self.view.days

    @property
    def open_cue(self) -> bool:
        """Whether the sign that is named was not followed to its end."""
        return self.past.open(self.side, self.past.cue_named(self.named["cue"]))

    def of_cause(self, known: Iterable[Barrier]) -> bool:
        """Whether one of these is of the side and the cause that are named."""
        cause = self.past.cause_named(self.named["cause"])
        return any(b.cause == cause and self.past.party(b) == self.side for b in known)

    def met_before(self, side: str) -> int:
        return sum(str(turn.move) == f"premeeting {side}" for turn in self.past.turns)

    @property
    def fits(self) -> list[Barrier]:
        return self.past.answered_by(self.move, self.side)

    @property
    def fits_anywhere(self) -> list[Barrier]:
        return self.past.answered_by(self.move, self.side, anywhere=True)

    @property
    def tolerable(self) -> bool:
        """Whether side and technique go together by what can be seen."""
        needs = self.technique.needs
        return self.past.heat(self.side) <= needs.heat and self.past.level(self.side, "trust") >= needs.trust

    def undecided(self) -> bool:
        """Whether the issues that are named are those that are not agreed."""
        names = [f"“{one.name}”" for one in self.past.dispute.issues if one.id not in self.past.agreed()]
        return bool(names) and self.named["open_issues"].lower() == " and ".join(names).lower()

    @property
    def left(self) -> bool:
        """Whether so much time is left."""
        today, days = duration(self.view.clock * 15), self.view.days
        later = f"{days} days" if days > 1 else "a day" if days else ""
        parts = [today] * bool(self.view.clock or not days) + [later] * bool(later)
        return self.named["left"].lower() in (" and ".join(parts), today)

    def against(self) -> bool:
        """Whether the side looked as is said."""
        words, past = self.named["mood"], self.past
        side = next(side for side in past.sides if words.lower().startswith(past.name(side).lower()))
        return {
            "did not trust you enough for that": past.level(side, "trust") < 2,
            "was boiling": past.heat(side) == 3,
            "doubted that you are even-handed": past.level(side, "suspicion") >= 2,
            "was hot": past.heat(side) >= 2,
        }[words[len(past.name(side)) + 1 :]]

    def heated(self, least: int = 2) -> bool:
        return self.past.heat(self.side) >= least and self.named["heat"] == HEAT[self.past.heat(self.side)]

    def unasked(self) -> list[str]:
        return [side for side in self.present if not self.past.knows(side)]

    def asked_in_vain(self) -> bool:
        """Whether this was asked here before, brought nothing, and nothing has changed since."""
        here = (self.move, self.view.topic, self.view.caucus)
        earlier = [t for t in self.past.turns if (t.move, t.before.topic, t.before.caucus) == here]
        last = max(turn.number for turn in earlier)
        gained = any(n >= last and e.party in self.present for n, e in self.past.events(*GAINS))
        return not gained and all(
            self.past.level(side, "trust") <= self.past.until(last).level(side, "trust") for side in self.present
        )

    def tried_in_vain(self) -> bool:
        here, failed = (self.move, self.view.topic), {"missed", "early", "resisted"}
        last = max(
            turn.number
            for turn in self.past.turns
            if (turn.move, turn.before.topic) == here
            and any(event.party == self.side and event.kind in failed for event in turn.events)
        )
        since = [event.kind for n, event in self.past.events("helped", *NEWS, of=self.side) if n >= last]
        return not since

    def points_to_nothing(self) -> bool:
        """Whether nothing found or heard in those it is meant for has to do with what this answers."""
        answers = self.technique.answers
        return not any(b.cause in answers for side in self.subjects for b in self.past.in_the_way(side)) and not any(
            self.past.causes(cue) & answers for side, cue in self.past.signs if side in self.subjects
        )

    def guess(self) -> bool:
        cue, past = self.past.cue_named(self.named["cue"]), self.past
        met, others = (
            {past.cause_named(one) for one in self.named[key].replace(" or ", ", ").split(", ")}
            for key in ("causes", "others")
        )
        behind = past.causes(cue)
        return self.open_cue and met == behind & self.technique.answers and others == behind - met and bool(met)

    def asked_for_a_yes(self) -> bool:
        return self.side in (self.present if self.move.technique == "propose" else self.past.sides)

    def refused(self) -> bool:
        no = [n for n, e in self.past.events("refuses", "not_open_to", of=self.side) if e.about == self.move.target]
        return bool(no) and not any(n > no[-1] for n, _ in self.past.events("agreed", *GAINS))

    def said_no_here(self) -> bool:
        """Whether that side had said no to terms on this issue, and nothing was found or told in it since."""
        issue = self.past.place(self.view.topic)
        answers = self.past.events("refuses", "not_open_to", "accepts", "open_to", "pressed", of=self.side)
        here = [(n, event.kind) for n, event in answers if self.past.option(event.about).issue == issue]
        told = max((n for n, _ in self.past.events(*NEWS, of=self.side)), default=0)
        return bool(here) and here[-1][1] in ("refuses", "not_open_to") and told <= here[-1][0]

    def nothing_new_to_name(self) -> bool:
        return not self.newly("agreed") and not self.newly("shared")

    def newly(self, kind: str) -> bool:
        """Whether that has come since gains were last named, and not by pushing or telling."""
        named = max((turn.number for turn in self.past.made("summarize")), default=0)
        spoilt = {turn.number for turn in self.past.made("tell", "press")}
        return any(n > named and n not in spoilt for n, _ in self.past.events(kind))

    def heard_out(self, side: str) -> bool:
        return any(self.past.with_it(turn, side) for turn in self.past.made("hear_out"))

    def open_anger(self) -> bool:
        return self.of_cause(b for b in self.past.in_the_way(self.side) if self.past.catalogue.causes[b.cause].anger)

    def unready(self) -> bool:
        return any(b.cause == "not_ready" and self.past.party(b) == self.side for b in self.past.standing)

    def known_for(self, issue: str) -> bool:
        """Whether there is a known reason why it stands open."""
        past = self.past
        refused = any(
            past.dispute.issues[past.option(e.about).issue].id == issue and not past.option(e.about).open
            for _, e in past.events("refuses", "not_open_to")
        )
        here = [b for side in past.sides for b in past.in_the_way(side, issue)]
        return refused or any(past.met_in_vain(b) or b.cause == "not_ready" for b in here)


Holds: TypeAlias = Callable[[Said], bool]

TRUE: dict[str, Holds] = {
    # role
    "stated_the_role": lambda s: s.view.room == "before" and s.move.technique == "open_session",
    "met_beforehand": lambda s: s.view.room == "before" and not s.met_before(s.side) and not s.past.made("propose"),
    "explained_in_time": lambda s: s.joint and all(not turn.after.caucus for turn in s.past.turns),
    "explained_late": lambda s: (
        any(turn.after.caucus for turn in s.past.turns) and not all(map(s.past.told, s.present))
    ),
    "explained_again": lambda s: (
        all(map(s.past.told, s.present)) and not any(s.past.level(side, "suspicion") for side in s.past.sides)
    ),
    "explained_to_the_wrong_side": lambda s: s.past.level(s.side, "suspicion") > 0 and s.side not in s.present,
    "closed_an_unexplained_door": lambda s: not any(map(s.past.told, s.past.sides)),
    # forum
    "tested_in_front_of_the_other": lambda s: s.joint and not s.past.harmless_at_the_table(s.move.technique),
    "threatened_at_the_table": lambda s: s.joint and s.against(),
    "kept_the_other_waiting": lambda s: (
        s.alone == s.other
        and s.view.waiting[s.past.sides.index(s.side)] >= 8
        and s.named["waited"] == duration(15 * s.view.waiting[s.past.sides.index(s.side)])
    ),
    "met_again_beforehand": lambda s: s.met_before(s.side) > 0,
    "closed_a_door_on_heat": lambda s: s.past.heat(s.side) >= 2,
    "closed_a_door_for_a_cause": lambda s: s.of_cause(filter(s.past.is_private, s.past.standing)),
    "closed_a_door_for_consent": lambda s: bool(s.past.facts("confided", s.side)),
    "closed_a_door_for_balance": lambda s: s.view.owed == s.side,
    "closed_a_door_to_ask": lambda s: s.open_cue,
    "closed_a_door_on_a_wall": lambda s: bool(s.past.walls(s.side)),
    "closed_a_door_on_a_question": lambda s: not s.past.knows(s.side) and not s.settled,
    "closed_a_door_on_a_no": lambda s: s.said_no_here(),
    "closed_a_door_to_carry": lambda s: bool(s.past.facts("cleared", s.other)),
    "closed_a_door_for_nothing": lambda s: (
        s.past.heat(s.side) < 2
        and not s.said_no_here()
        and s.view.owed != s.side
        and not any(s.past.party(b) == s.side and s.past.is_private(b) for b in s.past.standing)
        and not s.past.facts("confided", s.side)
        and not any(side == s.side for side, _ in s.past.signs)
    ),
    "came_back_calm": lambda s: max(map(s.past.heat, s.past.sides)) < 2,
    "came_back": lambda s: s.past.heat(s.side) >= 2,
    "carried_between_the_angry": lambda s: s.past.heat(s.side) >= 2,
    "carried_what_could_be_said": lambda s: max(map(s.past.heat, s.past.sides)) < 2,
    "took_the_next": lambda s: s.settled and s.move.target not in s.past.agreed(),
    "parked_at_once": lambda s: (
        s.past.turns[-1].move.technique in ("park", "take_up") and s.past.turns[-1].after.topic == s.view.topic
    ),
    "parked_everything": lambda s: len(s.past.made("park")) == int(s.named["times"]) > 1,
    "parked_in_anger": lambda s: s.side in s.present and s.past.heat(s.side) >= 2,
    "parked_the_stuck": lambda s: s.of_cause(b for b in s.past.standing if b.issue == s.past.place(s.view.topic)),
    "turned_to_the_unasked": lambda s: not all(s.past.knows(side, s.move.target) for side in s.past.sides),
    "parked_the_easy": lambda s: (
        all(s.past.knows(side, s.move.target) for side in s.past.sides)
        and not any(b.issue == s.past.place(s.view.topic) for b in s.past.standing)
    ),
    "adjourned_for_a_cause": lambda s: s.of_cause(s.fits_anywhere),
    "adjourned_for_the_unready": lambda s: s.unready(),
    "adjourned_at_the_end": lambda s: s.view.clock <= LATE and s.named["left"].lower() == duration(15 * s.view.clock),
    "adjourned_for_the_tired": lambda s: s.past.level(s.side, "strain") >= 2,
    "put_off_the_hard_talk": lambda s: (
        s.view.days > 0
        and s.left
        and max(s.past.level(side, "strain") for side in s.past.sides) < 2
        and not any(s.past.answered_by(s.move, side, anywhere=True) for side in s.past.sides)
    ),
    "staged_for_a_cause": lambda s: s.of_cause(s.fits_anywhere),
    "staged_for_the_tired": lambda s: s.past.level(s.side, "strain") >= 2,
    "staged_with_them": lambda s: s.view.room == "before" and all(map(s.met_before, s.past.sides)),
    "staged_beforehand": lambda s: not s.past.made(*QUESTIONS, "hear_out", "propose", "options"),
    "staged_for_nothing": lambda s: (
        not any(
            s.past.level(side, "strain") >= 2 or s.past.answered_by(s.move, side, anywhere=True) for side in s.present
        )
    ),
    # confidentiality
    "passed_on_a_confidence": lambda s: s.past.fact(s.move.target) in s.past.facts("confided", s.side),
    "carried_what_was_cleared": lambda s: s.past.fact(s.move.target) in s.past.facts("cleared", s.side),
    "asked_for_consent_early": lambda s: s.alone == s.side and s.past.level(s.side, "trust") < 2,
    "asked_what_may_be_carried": lambda s: bool(s.past.facts("confided", s.alone, s.view.topic)),
    "talked_through_the_fear": lambda s: any(b.cause == "withheld_information" for b in s.past.in_the_way(s.alone)),
    "asked_about_the_unknown": lambda s: (
        s.open_cue
        and "withheld_information" in s.past.causes(s.past.cue_named(s.named["cue"]))
        and len(s.past.causes(s.past.cue_named(s.named["cue"]))) > 1
    ),
    "asked_at_the_door": lambda s: not s.past.facts("confided", s.alone, s.view.topic),
    # honesty
    "said_who_is_right": lambda s: s.move == Move("rule", s.side),
    "sent_to_the_qualified": lambda s: (
        any(s.past.catalogue.causes[b.cause].of_law_or_fact for b in s.past.in_the_way(s.side))
        and s.move.technique in ("expert", "clarify_rights")
    ),
    # balance
    "coached_in_front_of_the_other": lambda s: s.joint and s.move.technique == "coach",
    "met_one_side_twice": lambda s: s.met_before(s.side) > 0 and not s.met_before(s.other),
    "opened_with_one_side_met": lambda s: s.met_before(s.side) > 0 and not s.met_before(s.other),
    "expert_of_one_side": lambda s: s.alone == s.side,
    "second_turn_first": lambda s: s.view.owed == s.other and s.move.target == s.side,
    "came_back_unbalanced": lambda s: s.view.owed == s.side,
    "gave_the_same": lambda s: s.view.owed == s.side and s.move.target == s.side,
    "met_the_other_too": lambda s: s.met_before(s.other) > 0 and not s.met_before(s.side),
    "met_a_doubt": lambda s: s.side in s.present and s.past.level(s.side, "suspicion") > 0,
    # questions
    "asked_without_trust": lambda s: s.side in s.present and s.past.level(s.side, "trust") == 0,
    "asked_the_same_again": lambda s: s.asked_in_vain(),
    "asked_about_the_agreed": lambda s: s.settled,
    "followed_what_was_heard": lambda s: s.open_cue and s.past.cue_named(s.named["cue"]) == s.move.target,
    "followed_what_was_explained": lambda s: (
        s.past.shown(s.side, s.move.target)
        and not s.past.open(s.side, s.move.target)
        and s.of_cause(b for b in map(s.past.barrier, s.past.found) if s.move.target in s.past.cues(b.cause))
    ),
    "followed_what_was_done": lambda s: (
        s.past.shown(s.side, s.move.target)
        and not s.past.open(s.side, s.move.target)
        and any(turn.move == s.move and s.past.with_it(turn, s.side) for turn in s.past.turns)
    ),
    "misread_them": lambda s: not any(s.past.shown(side, s.move.target) for side in s.present),
    "fished": lambda s: (
        not any(side in s.present for side, _ in s.past.signs)
        and (not s.unasked() if s.move.technique == "look_deeper" else s.past.knows(s.alone))
    ),
    "asked_under_the_position": lambda s: (
        s.unasked() != [] and s.named["unasked"] == " and ".join(map(s.past.name, s.unasked()))
    ),
    "asked_on_what_was_heard": lambda s: s.alone == s.side and s.open_cue,
    "asked_about_their_no": lambda s: s.alone == s.side and s.said_no_here(),
    "asked_round_what_was_heard": lambda s: s.open_cue and s.past.knows(s.side),
    "asked_what_is_in_the_way": lambda s: s.alone == s.side and not any(side == s.side for side, _ in s.past.signs),
    "put_a_position": lambda s: s.past.option(s.move.target).open,
    "invented_without_interests": lambda s: not s.past.knows(s.side),
    # tension
    "let_them_vent_at_each_other": lambda s: s.joint and s.against() and not s.past.harmless_at_the_table("hear_out"),
    "cleared_the_air": lambda s: s.joint and s.past.harmless_at_the_table("hear_out"),
    "came_back_boiling": lambda s: s.past.heat(s.side) == 3,
    "came_back_hot": lambda s: s.past.heat(s.side) >= 2,
    "looked_ahead_in_anger": lambda s: s.heated(),
    "skipped_the_anger": lambda s: s.open_anger(),
    "reprimanded_the_boiling": lambda s: s.past.heat(s.side) == 3,
    "turned_attacks_into_the_problem": lambda s: s.heated(),
    "asked_reasons_of_the_angry": lambda s: s.heated() and s.technique.to_the_matter,
    "tested_before_hearing": lambda s: s.open_anger(),
    "heard_the_angry": lambda s: bool(s.alone) and s.heated(),
    "heard_what_was_known": lambda s: s.of_cause(s.fits),
    "listened_to_an_attack": lambda s: (
        s.open_cue
        and any(s.past.catalogue.causes[id].anger for id in s.past.causes(s.past.cue_named(s.named["cue"])))
        and not all(s.past.catalogue.causes[id].anger for id in s.past.causes(s.past.cue_named(s.named["cue"])))
        and not (s.joint and not s.past.harmless_at_the_table("hear_out"))
    ),
    "listened_all_the_same": lambda s: not any(map(s.heard_out, s.present)) and max(map(s.past.heat, s.present)) < 2,
    "listened_again": lambda s: s.heard_out(s.side) and s.heated(0),
    "took_the_angry_aside": lambda s: s.heated(),
    "paused_in_time": lambda s: (
        s.side in s.present
        and (
            s.past.level(s.side, "strain") >= 2
            if s.named["mood"] == "worn out"
            else s.named["mood"] == HEAT[s.past.heat(s.side)] in HEAT[2:]
        )
    ),
    "paused_for_the_spent": lambda s: any(b.cause == "fatigue" for b in s.fits),
    "paused_early": lambda s: s.past.level(s.side, "strain") == 1,
    "paused_without_need": lambda s: (
        not any(s.past.heat(side) >= 2 or s.past.level(side, "strain") for side in s.present)
    ),
    "named_the_gains": lambda s: s.newly("agreed" if "agreed" in s.named["gain"] else "shared"),
    "summed_up_nothing": lambda s: s.nothing_new_to_name(),
    # fit
    "tried_it_again": lambda s: s.tried_in_vain(),
    "tried_what_does_not_reach_them": lambda s: s.of_cause(
        b for b in s.past.in_the_way(s.side) if (s.move.technique, b.id) in s.past.resisted
    ),
    "too_early_for_trust": lambda s: s.of_cause(s.fits) and s.past.level(s.side, "trust") < s.technique.needs.trust,
    "too_early_for_heat": lambda s: s.of_cause(s.fits) and s.past.heat(s.side) > s.technique.needs.heat,
    "answered_a_known_cause": lambda s: s.of_cause(s.fits) and s.tolerable,
    "met_a_known_cause": lambda s: s.of_cause(
        s.fits_anywhere if s.move.technique in ("stage_plan", "adjourn") else s.fits
    ),
    "shared_what_answers": lambda s: s.of_cause(s.fits_anywhere),
    "saw_that_nothing_works": lambda s: s.unready(),
    "invited_past_a_cause": lambda s: s.of_cause(s.past.in_the_way(s.side)),
    "built_on_the_agreed": lambda s: s.settled,
    "built_on_interests": lambda s: s.joint and all(map(s.past.knows, s.past.sides)),
    "built_with_one_side": lambda s: bool(s.alone) and all(map(s.past.knows, s.past.sides)),
    "collected_more_ideas": lambda s: any(event.about == s.view.topic for _, event in s.past.events("developed")),
    "invited_without_interests": lambda s: s.joint and not s.past.knows(s.side),
    "guessed": lambda s: s.guess() and not s.fits,
    "linked_to_nothing": lambda s: (
        s.points_to_nothing() and s.named["whom"].lower() == " and ".join(map(s.past.name, s.subjects)).lower()
    ),
    # closing
    "pushed_for_a_yes": lambda s: s.move.technique == "press",
    "asked_the_spent": lambda s: s.side in s.present and s.past.level(s.side, "strain") == 3,
    "asked_past_a_cause": lambda s: s.asked_for_a_yes() and s.of_cause(s.past.in_the_way(s.side)),
    "asked_the_doubting": lambda s: s.asked_for_a_yes() and s.past.level(s.side, "suspicion") >= 2,
    "asked_again": lambda s: s.refused(),
    "asked_with_something_unheard": lambda s: s.asked_for_a_yes() and s.open_cue,
    "let_them_weigh_it": lambda s: (
        s.joint and all(map(s.past.knows, s.past.sides)) and not any(map(s.past.in_the_way, s.past.sides))
    ),
    "sounded_it_out": lambda s: s.alone == s.side,
    "carried_their_proposal": lambda s: not any(map(s.past.in_the_way, s.past.sides)),
    "wrote_up_what_was_only_carried": lambda s: all(
        s.past.turns[n - 1].move.technique == "shuttle" for n, _ in s.past.events("agreed")
    ),
    "wrote_it_up": lambda s: len(s.past.agreed()) == len(s.past.dispute.issues),
    "wrote_up_for_the_unready": lambda s: s.unready() and s.undecided(),
    "wrote_up_at_the_end": lambda s: s.late and s.undecided(),
    "wrote_up_what_could_be_had": lambda s: (
        s.undecided() and all(s.known_for(one.id) for one in s.past.dispute.issues if one.id not in s.past.agreed())
    ),
    "wrote_up_too_soon": lambda s: (
        s.undecided()
        and not s.late
        and s.left
        and not all(s.known_for(one.id) for one in s.past.dispute.issues if one.id not in s.past.agreed())
    ),
    "left_it_unwritten": lambda s: len(s.past.agreed()) == len(s.past.dispute.issues),
    "stopped_with_respect": lambda s: s.unready(),
    "stopped_on_what_was_heard": lambda s: (
        s.open_cue
        and "not_ready" in s.past.causes(s.past.cue_named(s.named["cue"]))
        and any(
            e.kind == "wall" and s.past.turns[n - 1].move == Move("follow_up", s.past.cue_named(s.named["cue"]))
            for n, e in s.past.events("wall", of=s.side)
        )
    ),
    "ended_before_the_clock": lambda s: s.late,
    "ended_before_the_door": lambda s: s.past.heat(s.side) == 3 and s.past.level(s.side, "strain") >= 2,
    "gave_up_early": lambda s: s.left and not s.late and not any(b.cause == "not_ready" for b in s.past.standing),
    "adjourned_for_good_reason": lambda s: (
        s.of_cause([*s.fits_anywhere, *s.past.standing]) and (bool(s.fits_anywhere) or s.unready())
    ),
    "adjourned_into_nothing": lambda s: (
        not s.view.days
        and s.left
        and not s.late
        and not any(s.past.answered_by(s.move, side, anywhere=True) for side in s.past.sides)
    ),
}
"""By the id of the rule."""
