"""What `against` asks of a checkout, in a process that has that checkout's packages before all others.

A line on its standard input names a measure; the line that answers is the measured figure. Everything is done by what
the packages show to others, so that it is the same whatever they are made of. Times are those of the processor.
"""

from __future__ import annotations

import json
import sys
import time
from random import Random

from caucusroom import Session, load
from caucusroom_grading import judge
from caucusroom_widgets.desk import Desk, Entrance

DISPUTE, CASE, LINE = json.loads(sys.argv[1])
PLAYS = 12
RASH = {"close_open", "conclude", "press", "tell", "rule"}


def played() -> Session:
    session = Session(DISPUTE, case=CASE)
    for move in LINE:
        session.play(move)
    return session


def engine() -> float:
    """Moves a second: all legal moves, then a random one of them played, with all that is said."""
    random, made = Random(1), 0
    cases = load(DISPUTE).cases
    began = time.process_time()
    for number in range(PLAYS):
        session = Session(DISPUTE, case=cases[number % len(cases)])
        while session.outcome is None:
            move = random.choice(session.moves)
            if str(move).split()[0] in RASH:
                move = random.choice(session.moves)  # think again, or the play is over too soon to measure
            session.play(str(move))
            made += 1
    return made / (time.process_time() - began)


def mediation() -> float:
    began = time.process_time()
    played()
    return 1e3 * (time.process_time() - began)


def judging() -> float:
    transcript = played().transcript
    began = time.process_time()
    judge(transcript)
    return 1e3 * (time.process_time() - began)


def snapshot() -> float:
    """Milliseconds for each decision, the snapshot alone."""
    desk, took = Desk(Session(DISPUTE, case=CASE)), 0.0
    for move in LINE:
        desk.session.play(move)
        began = time.process_time()
        desk.snapshot()
        took += time.process_time() - began
    return 1e3 * took / len(LINE)


def click() -> float:
    """Milliseconds for each decision, from the message of a page to the answer as JSON."""
    began = time.process_time()
    answers()
    return 1e3 * (time.process_time() - began) / len(LINE)


def size() -> float:
    """Bytes of the answer to each decision, as JSON."""
    return answers() / len(LINE)


def answers() -> int:
    entrance = Entrance(lambda: Session(DISPUTE, case=CASE))
    entrance.snapshot()
    sent = ({"id": str(seq), "seq": seq, "move": move} for seq, move in enumerate(LINE))
    return sum(len(json.dumps(entrance.answer(one))) for one in sent)


def total() -> float:
    return judge(played().transcript).total or 0


MEASURES = {one.__name__: one for one in (engine, mediation, judging, snapshot, click, size, total)}

if __name__ == "__main__":
    for name in sys.stdin:
        print(MEASURES[name.strip()](), flush=True)
