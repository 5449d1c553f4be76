"""One decision at the desk: answered by what it changes, beside the whole snapshot that it would take otherwise."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from caucusroom import Session
from caucusroom_widgets.desk import Desk, Entrance, Mode

from tests.bench import heading, row, side_by_side
from tests.golden.plays import golden_plays

RUNS = 9
MODES: tuple[Mode, ...] = ("guided", "assessment")


class Cost(NamedTuple):
    """Of one decision, in the middle of whole skilled mediations: milliseconds of the processor, and bytes of JSON."""

    spent: float
    size: float


def cost(mode: Mode, at: Callable[[Session, Mode], Callable[[object], Any]]) -> Cost:
    """What answering costs, from the message to the JSON of what `at` a room gives for it."""
    spent, size, decisions = 0.0, 0, 0
    for dispute, case, line in golden_plays().values():
        answer = at(Session(dispute, case=case), mode)
        for seq, move in enumerate(line):
            began = time.process_time()
            text = json.dumps(answer({"id": f"{seq}", "seq": seq, "move": move}), ensure_ascii=False)
            spent += time.process_time() - began
            size += len(text.encode())
        decisions += len(line)
    return Cost(1e3 * spent / decisions, size / decisions)


def in_changes(session: Session, mode: Mode) -> Callable[[object], Any]:
    entrance = Entrance(lambda: session, mode=mode)
    entrance.snapshot()
    return entrance.answer


def whole(session: Session, mode: Mode) -> Callable[[object], Any]:
    return Desk(session, mode).answer


def measure() -> None:
    for mode in MODES:
        ours, other = side_by_side(RUNS, lambda mode=mode: cost(mode, in_changes), lambda mode=mode: cost(mode, whole))  # type: ignore[misc]
        heading(f"A decision at the desk, {mode}", "what it changes", "whole snapshot")
        row("from message to JSON, ms of CPU", f"{ours[0]:.2f}", f"{other[0]:.2f}", f"{ours[0] / other[0]:.2f}×")
        row("the answer, bytes", f"{ours[1]:,.0f}", f"{other[1]:,.0f}", f"{ours[1] / other[1]:.2f}×")
