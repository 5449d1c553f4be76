"""A kernel with the room open beside a bare one: time to import, and memory."""

from __future__ import annotations

import json
import subprocess
from typing import Any, NamedTuple

import psutil  # type: ignore[import-untyped]  # it publishes no types
from jupyter_client.manager import start_new_kernel

from tests.bench import heading, row, side_by_side

RUNS = 5
BARE = """
import json, os
print(json.dumps([0, 0, 0, 0, os.getpid()]))
"""
ROOM = """
import json, os, time
took = [time.process_time()]
import anywidget
took.append(time.process_time())
from caucusroom_widgets import room
took.append(time.process_time())
display(room("labor-strike", case="a"))
took.append(time.process_time())
from caucusroom_grading import judge
from caucusroom_grading.review import review
took.append(time.process_time())
print(json.dumps([*(1e3 * (end - start) for start, end in zip(took, took[1:])), os.getpid()]))
"""


class Cost(NamedTuple):
    """What a kernel takes: ms of CPU to import what a widget needs, then the room, to open it, and to import what the
    first review needs; memory in MB, and how much of it is its own.
    """

    widgets: float
    imported: float
    opened: float
    review: float
    resident: float
    unshared: float


def cost(code: str) -> Cost:
    """Start a kernel, run the code in it, and stop it. The code prints its two times and its process."""
    manager, client = start_new_kernel(kernel_name="python3", stderr=subprocess.DEVNULL)
    printed: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])

    try:
        reply = client.execute_interactive(code, output_hook=hear, timeout=60)
        if reply["content"]["status"] != "ok":
            raise RuntimeError("\n".join(reply["content"]["traceback"]))
        widgets, imported, opened, review, process = json.loads("".join(printed))
        memory = psutil.Process(process).memory_full_info()
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return Cost(widgets, imported, opened, review, memory.rss / 2**20, memory.uss / 2**20)


def measure() -> None:
    with_room, bare = side_by_side(RUNS, lambda: cost(ROOM), lambda: cost(BARE))
    heading("A kernel with the room open", "with the room", "bare kernel", "more")
    for what, place in (
        ("import anywidget, ms of CPU", 0),
        ("import caucusroom_widgets over that", 1),
        ("open and show the room", 2),
        ("import what the first review needs", 3),
    ):
        row(what, f"{with_room[place]:.0f}", "0")
    for what, place in (("resident memory, MB", 4), ("of it unshared, MB", 5)):
        ours, theirs = with_room[place], bare[place]
        row(what, f"{ours:.1f}", f"{theirs:.1f}", f"+{ours - theirs:.1f}")
