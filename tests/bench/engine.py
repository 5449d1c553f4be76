"""The engine beside python-chess, and a whole mediation played again."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from random import Random

import chess
from caucusroom import Move, Session, load
from caucusroom.laws.apply import apply, initial
from caucusroom.laws.legality import legal_moves

from tests.bench import heading, row, side_by_side
from tests.golden.plays import golden_plays
from tests.plays import RASH

RUNS = 7
PLAYS = 300
GAMES = 25
LONGEST_GAME = 200


def mediations() -> tuple[float]:
    """Moves a second of random mediations: all legal moves, then one of them applied."""
    dispute = load("labor-strike")
    cases = [dispute.case(id) for id in dispute.cases]
    dispute.standings.clear()  # every run starts without what an earlier one worked out
    random, made, began = Random(1), 0, time.perf_counter()
    for number in range(PLAYS):
        case = cases[number % len(cases)]
        state = initial(case)
        while not state.ending:
            legal = legal_moves(case, state)
            move = random.choice(legal)
            if move.technique in RASH:
                move = random.choice(legal)  # think again, or the play is over too soon to measure
            state, _ = apply(case, state, move)
            made += 1
    return (made / (time.perf_counter() - began),)


def games() -> tuple[float]:
    """Moves a second of random games of chess: all legal moves, then one of them pushed."""
    random, made, began = Random(1), 0, time.perf_counter()
    for _ in range(GAMES):
        board = chess.Board()
        for _ in range(LONGEST_GAME):
            legal = list(board.legal_moves)
            if not legal:
                break
            board.push(random.choice(legal))
            made += 1
    return (made / (time.perf_counter() - began),)


class Replays:
    """A skilled mediation played again: by the bare engine, and from its journal with all that is said."""

    def __init__(self, folder: Path) -> None:
        plays = golden_plays().values()
        self.id, self.case, line = max(plays, key=lambda play: len(play[2]))
        self.line = [Move.of(text) for text in line]
        self.journal = folder / "skilled.jsonl"
        session = Session(self.id, case=self.case, journal=self.journal)
        for move in self.line:
            session.play(move)
        session.close()

    def engine(self) -> tuple[float]:
        case, began = load(self.id).case(self.case), time.perf_counter()
        state = initial(case)
        for move in self.line:
            state, _ = apply(case, state, move)
        return (time.perf_counter() - began,)

    def session(self) -> tuple[float]:
        """Opening the journal and showing every turn: what the restart of a kernel costs."""
        began = time.perf_counter()
        session = Session(self.id, journal=self.journal, read_only=True)
        took = time.perf_counter() - began
        assert len(session.turns) == len(self.line)
        return (took,)


def measure() -> None:
    mediations(), games()  # warm
    [ours], [theirs] = side_by_side(RUNS, mediations, games)
    heading("Engine: random plays, all legal moves then one of them", "caucusroom", "python-chess")
    row("moves a second", f"{ours:,.0f}", f"{theirs:,.0f}", f"{ours / theirs:.2f}×")
    with tempfile.TemporaryDirectory() as folder:
        replays = Replays(Path(folder))
        [engine], [session] = side_by_side(5 * RUNS, replays.engine, replays.session)
    count = len(replays.line)
    heading(f"A whole skilled mediation again ({count} decisions)", "bare engine", "session from journal")
    row("milliseconds", f"{1e3 * engine:.2f}", f"{1e3 * session:.1f}", f"{session / engine:.0f}×")
    row("milliseconds a decision", f"{1e3 * engine / count:.3f}", f"{1e3 * session / count:.2f}")
