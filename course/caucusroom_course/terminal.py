"""A mediation in the terminal: for the curious, for authors, and to read a journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from caucusroom import Attempt, Belief, Move, MoveError, Session, Turn, load, read_journal
from caucusroom.model.dispute import Dispute
from caucusroom.model.levels import HEAT, STRAIN, SUSPICION, TICK_MINUTES, TRUST
from caucusroom.noting import known, latest
from caucusroom.seen.view import Mood, View
from caucusroom.voice.naming import target_name
from caucusroom_widgets.desk.offers import MANY
from caucusroom_widgets.desk.telling import notes
from caucusroom_widgets.words import words
from rich.console import Console
from rich.text import Text

from .streams import remark

_NARROW = 88  # characters; longer lines are hard to read
_HELP = (
    "Write the number of a move or its text (the beginning is enough); “moves” shows them again, “think” is for what "
    "you think stands in the way of a side, “quit” leaves."
)
_THINK = "Write “think”, a side, one to four causes, and the numbers of the decisions whose answers say so:"

out = Console(highlight=False, markup=False, soft_wrap=False)
out.width = min(out.width, _NARROW)


def show_disputes(disputes: Iterable[Dispute]) -> None:
    """The disputes of the library, each with what it is about."""
    for dispute in disputes:
        named = f"{len(dispute.cases)} cases with a name, {dispute.truths:,} truths"
        out.print(Text.assemble((dispute.id, "bold"), f"  {dispute.title}, {named}"))
        say(dispute.summary.strip(), indent=2)
        out.print()


def play_file(session: Session, file: Path) -> None:
    """Play the moves of a file and print the transcript; MoveError naming the line that cannot be played."""
    lines = file.read_text(encoding="utf-8").splitlines()
    _show_beginning(session)
    for number, line in enumerate(lines, 1):
        text = line.partition("#")[0].strip()
        if text:
            try:
                _show_turn(session.dispute, session.play(text))
            except MoveError as error:
                raise MoveError(f"{file}:{number}: {error}") from error
    _show_end(session)


def converse(session: Session) -> None:
    """Mediate with whoever is at the keyboard, until the end or until they leave."""
    _show_beginning(session)
    out.print()
    say(Text(_HELP, "dim"))
    while True:
        if session.outcome is not None:
            _show_end(session)
            out.print("Write “again” for another attempt, or press Enter to leave.", style="dim")
            if _ask() != "again":
                break
            session.again()
            _show_beginning(session)
        offered = _show_moves(session)
        while (written := _ask()) and not _decided(session, written, offered):
            pass
        if not written:
            break
    if session.journal.saved:
        out.print(session.journal.status, style="dim")


def show_journal(path: Path) -> int:
    """Every attempt in a journal, decision by decision; the status is 1 where it is damaged."""
    transcript = read_journal(path)
    dispute = load(transcript.header.dispute)
    # Opened as well, because that says whether the journal belongs to this version of the dispute.
    notices = Session(dispute, journal=path, read_only=True).notices
    for number, attempt in enumerate(transcript.attempts, 1):
        heading = f"{transcript.header.player}, attempt {number} of {len(transcript.attempts)}"
        out.rule(f"{heading}{_parting(attempt)}", characters="=")
        session = Session(dispute, case=attempt.case, player=transcript.header.player)
        for move in attempt.moves[: attempt.kept]:
            session.play(move)
        if attempt.parent:
            _show_parting(session, attempt)
        else:
            _show_beginning(session)
        for move in attempt.moves[attempt.kept :]:
            _show_asides(session, attempt)
            _show_turn(dispute, session.play(move))
        _show_asides(session, attempt)
        _show_end(session)
    for notice in notices:
        remark(notice)
    return int(bool(transcript.damage))


def _parting(attempt: Attempt) -> str:
    """Where a branch parted from its parent, to be added to its heading."""
    if not attempt.parent:
        return ""
    return f", from {f'decision {attempt.kept}' if attempt.kept else 'the beginning'} of attempt {attempt.parent}"


def _show_parting(session: Session, attempt: Attempt) -> None:
    where = f"as it stood after decision {attempt.kept}" if attempt.kept else "at its beginning"
    say(f"Back in attempt {attempt.parent}, {where}.")
    say(Text(_place(session.dispute, session.view), "dim"))


def _show_asides(session: Session, attempt: Attempt) -> None:
    """The hints that were asked for, and what was written down, before the next decision."""
    for made, level in attempt.hints:
        if made == len(session.turns):
            say(Text(f"A hint of level {level} was asked for.", "dim"), indent=3)
    for belief in known(session.dispute, attempt.beliefs):
        if belief.after == len(session.turns):
            say(Text(_thought(session.dispute, belief), "dim"), indent=3)


def _thought(dispute: Dispute, belief: Belief) -> str:
    """What was written down about a side, in a sentence."""
    side = dispute.parties[dispute.index["party"][belief.side]].name
    causes = ", ".join(dispute.catalogue.causes[cause]["name"] for cause in belief.causes)
    heard = f" Heard after: {', '.join(map(str, belief.heard))}." if belief.heard else ""
    return f"Written down: in the way of {side}: {causes}.{heard}"


def _think(session: Session, side: str = "", *words: str) -> None:
    """Write down what stands in the way of a side; without a side, show what can be written and what was."""
    dispute = session.dispute
    if not side:
        for id, cause in dispute.catalogue.causes.items():
            say(Text.assemble((id, "bold"), f"  {cause['sounds']}"), indent=3)
        say(Text(f"{_THINK} think {dispute.parties[0].id} anger fear 2 3", "dim"))
    else:
        causes = [word for word in words if not word.isdecimal()]
        try:
            session.note(side, causes, [int(word[:9]) for word in words if word.isdecimal()])
        except ValueError as refusal:
            say(Text(str(refusal), "bold"))
            return
    for belief in latest(session.beliefs).values():
        say(_thought(dispute, belief))


def say(words: str | Text, indent: int = 0) -> None:
    """Print a paragraph with a margin, and without spaces at the end of its lines."""
    for line in (words if isinstance(words, Text) else Text(words)).wrap(out, out.width - indent):
        line.rstrip()
        out.print(Text(" " * indent).append_text(line), no_wrap=True)


def _ask() -> str:
    """What is written at the prompt; "" to leave."""
    try:
        written = out.input("> ").strip()
    except EOFError:
        out.print()
        return ""
    return "" if written in ("quit", "exit", "q") else written or "moves"


def _decided(session: Session, written: str, offered: tuple[Move, ...]) -> bool:
    """Carry out what was written; False if it was no decision, which has been said then."""
    if written in ("moves", "help", "?"):
        return True  # they are shown again
    if written.split()[0] == "think":
        _think(session, *written.split()[1:])
        return False
    try:
        if written.isdecimal() and len(written) < 4:
            if not 0 < int(written) <= len(offered):
                raise MoveError(f"There is no move {written}: the numbers go from 1 to {len(offered)}.")
            written = str(offered[int(written) - 1])
        turn = session.play(written)
    except MoveError as error:
        say(Text(str(error), "bold"))
        return False
    _show_turn(session.dispute, turn)
    return True


def _show_beginning(session: Session) -> None:
    dispute = session.dispute
    out.print(dispute.title, style="bold")
    out.print()
    for paragraph in dispute.opening.strip().split("\n\n"):
        say(" ".join(paragraph.split()))
        out.print()
    for notice in session.notices:
        say(Text(notice, "bold"))
    for turn in session.turns:
        _show_turn(dispute, turn)
    if not session.turns:
        say(Text(_place(dispute, session.view), "dim"))


def _show_turn(dispute: Dispute, turn: Turn) -> None:
    out.print()
    say(Text.assemble((f"{turn.number}. {_heading(dispute, turn.move)}", "bold"), (f"  {turn.move}", "dim")))
    for speaker, said in groupby(turn.speech, lambda one: (one.name, one.role, one.party)):
        name, role, _ = speaker
        who = name if name == "You" else f"{name}, {role.partition(',')[0]}"
        say(Text.assemble((f"{who}: ", "italic"), " ".join(one.text for one in said)), indent=3)
    for note in (*_said_to_terms(dispute, turn), *notes(dispute, turn, guided=True, words=words())):
        say(f"· {note}", indent=3)
    if not turn.after.ending:
        say(Text(_place(dispute, turn.after), "dim"), indent=3)


def _show_moves(session: Session) -> tuple[Move, ...]:
    """The moves that can be made, in groups, and those with a number in its order; many of a kind are one line."""
    dispute, techniques = session.dispute, session.dispute.catalogue.techniques
    places = {id: place for place, id in enumerate(techniques)}
    groups = {technique.group: place for place, technique in enumerate(techniques.values())}
    ordered = sorted(
        session.moves,
        key=lambda move: (groups[techniques[move.technique].group], places[move.technique], move),
    )
    out.print()
    margin, texts = 5, max(len(str(move)) for move in ordered)
    numbered: list[Move] = []
    for group, moves in groupby(ordered, lambda move: techniques[move.technique].group):
        say(Text(group.capitalize(), "bold"), margin)
        for technique, own in groupby(moves, lambda move: move.technique):
            aims = list(own)
            if len(aims) > MANY:
                aimed = ", ".join(move.target for move in aims)
                say(Text.assemble(f"{techniques[technique].name}: ", (f"{technique} … ({aimed})", "dim")), margin)
                continue
            for move in aims:
                numbered.append(move)
                name = Text(_heading(dispute, move))
                name.truncate(out.width - margin - texts - 2, overflow="ellipsis", pad=True)
                out.print(Text.assemble(f"{len(numbered):>3}  ", name, "  ", (str(move), "dim")), no_wrap=True)
    return tuple(numbered)


def _show_end(session: Session) -> None:
    outcome, dispute = session.outcome, session.dispute
    out.print()
    if outcome is None:
        out.print(f"The mediation goes on; decisions so far: {len(session.turns)}.")
        return
    out.print(f"The end: {outcome.ending.replace('_', ' ')}", style="bold")
    for issue, option in outcome.agreed:
        agreed = dispute.options[dispute.index["option"][option]].text
        say(f"{dispute.issues[dispute.index['issue'][issue]].name}: {agreed}")
    for heading, text in (
        ("Three weeks later", outcome.text),
        (f"What was true: {dispute.case(session.case).truth.title}", outcome.truth),
    ):
        out.print()
        say(Text(heading, "bold"))
        for paragraph in text.split("\n\n"):
            say(" ".join(paragraph.split()))


def _heading(dispute: Dispute, move: Move) -> str:
    name, aim = dispute.catalogue.techniques[move.technique].name, target_name(dispute, move)
    return f"{name}: {aim}" if aim else name


def _said_to_terms(dispute: Dispute, turn: Turn) -> Iterator[str]:
    """What each side has said to what was put to it, in the fewest words."""
    names, said = {party.id: party.name for party in dispute.parties}, words().SAID
    for event in turn.events:
        if event.kind in said:
            yield f"{said[event.kind].format(party=names[event.party])}."


def _place(dispute: Dispute, view: View) -> str:
    """Where the mediator is, how those in the room seem, and how much time is left."""
    names = {party.id: party.name for party in dispute.parties}
    room = {"before": "Nobody has met", "joint": "Joint session"}.get(view.room) or f"Caucus with {names[view.caucus]}"
    hours, minutes = divmod(view.clock * TICK_MINUTES, 60)
    issue = dispute.issues[dispute.index["issue"][view.topic]].name
    more = f", {view.days} more to come" if view.days else ", the last day"
    sides = [f"{party.name}: {_seems(mood)}" for party, mood in zip(dispute.parties, view.moods, strict=True) if mood]
    return " · ".join([room, issue, f"{hours}:{minutes:02} h left today{more}", *sides])


def _seems(mood: Mood) -> str:
    words = [HEAT[mood.heat], TRUST[mood.trust], STRAIN[mood.strain]]
    return ", ".join(words + [SUSPICION[mood.suspicion]] * bool(mood.suspicion))
