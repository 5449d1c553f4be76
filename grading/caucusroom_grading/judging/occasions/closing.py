"""Criterion 9: each yes that was asked for, each issue, what was written up, and the end."""

from __future__ import annotations

from collections.abc import Iterator

from caucusroom.model.levels import TABLE

from ..finding import FAIR, HARMFUL, SOUND, WEAK
from ..play import Play
from ..report import MET, MISSED, WORSE, Occasion
from ..rules.closing import CRITERION, stuck_on
from .book import cause_of, issue_name, occasion


def occasions(play: Play) -> Iterator[Occasion]:
    for issue in range(len(play.dispute.issues)):
        yield from _yes(play, issue)
    if play.ending:
        for issue in range(len(play.dispute.issues)):
            yield from _issue(play, issue)
        yield from _written(play)
        yield from _end(play)


def _yes(play: Play, issue: int) -> Iterator[Occasion]:
    """The last time that terms on an issue were put: whether what was known to be in the way was met first."""
    asked = [
        (one, found)
        for one in play.judged
        if one.move.technique in ("propose", "shuttle") and one.moment.option(one.move).issue == issue
        for found in one.findings
        if found.criterion == CRITERION
    ]
    for one, found in asked[-1:]:
        outcome = {SOUND: MET, FAIR: MISSED}.get(found.label, WORSE)
        yield occasion(
            play,
            CRITERION,
            "yes",
            outcome,
            since=one.number - 1,
            decisions=(one.number,),
            names={"issue": issue_name(play, issue), "reason": found.reason},
        )


def _issue(play: Play, issue: int) -> Iterator[Occasion]:
    """Each issue is brought to a decision, or left for a reason that is known."""
    id = play.dispute.issues[issue].id
    agreed = [n for n, event in play.events("agreed") if event.about == id]
    opened = play.opened(issue)
    names = {"issue": issue_name(play, issue)}
    if agreed:
        yield occasion(play, CRITERION, "issue", MET, since=opened or 0, decisions=agreed[-1:], weight=2, names=names)
    elif play.stopped_unready:
        return
    elif opened is None or not _worked_on(play, issue):
        yield occasion(play, CRITERION, "issue_unopened", MISSED, weight=2, names=names)
    elif refused := _refused(play, issue):
        yield occasion(play, CRITERION, "issue_refused", MET, since=opened, decisions=refused, names=names)
    elif stuck := stuck_on(play.last_chance, issue):
        known = names | {"cause": cause_of(play, stuck)}
        yield occasion(play, CRITERION, "issue_stuck", MET, since=opened, party=stuck.party, names=known)
    else:
        blocked = next((b for b in play.last.standing if b.issue in (issue, TABLE)), None)
        known = names | ({"cause": cause_of(play, blocked)} if blocked else {})
        id, party = ("issue_blocked", blocked.party) if blocked else ("issue", None)
        yield occasion(play, CRITERION, id, MISSED, since=opened, party=party, weight=2, names=known)


def _worked_on(play: Play, issue: int) -> bool:
    """Whether anything was asked, found or put on it."""
    id = play.dispute.issues[issue].id
    known = any(about == id for _, about in play.last.view.interests)
    found = any(barrier.issue == issue for _, barrier in play.found)
    return known or found or bool(_refused(play, issue))


def _refused(play: Play, issue: int) -> list[int]:
    """The decisions that put terms which came from the work, when nothing known stood against it, and were refused."""
    own = {one.id for one in play.dispute.options if one.issue == issue and not one.open}
    well = {
        one.number for one in play.judged if any((f.criterion, f.label) == (CRITERION, SOUND) for f in one.findings)
    }
    refused = play.events("refuses", "not_open_to")
    return [number for number, event in refused if event.about in own and number in well]


def _written(play: Play) -> Iterator[Occasion]:
    agreed = [number for number, _ in play.events("agreed")]
    if agreed:
        written = play.used("conclude")
        outcome = MET if written else MISSED
        yield occasion(play, CRITERION, "written", outcome, since=agreed[0], decisions=written, weight=2)


def _end(play: Play) -> Iterator[Occasion]:
    last = play.judged[-1]
    if play.ending in ("walked_out", "out_of_time"):
        yield occasion(play, CRITERION, f"end_{play.ending}", MISSED, since=last.number, weight=3)
        return
    found = next(found for found in last.findings if found.criterion == CRITERION)
    outcome = WORSE if found.label in (WEAK, HARMFUL) else MET
    yield occasion(
        play,
        CRITERION,
        "end",
        outcome,
        since=last.number - 1,
        decisions=(last.number,),
        weight=3,
        earned=1 if found.label == FAIR else None,
        names={"reason": found.reason},
    )
