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
print(json.dumps([0, 0, os.getpid()]))
"""
ROOM = """
import json, os, time
began = time.perf_counter()
from caucusroom_widgets import room
imported = time.perf_counter()
display(room("labor-strike", case="a"))
print(json.dumps([imported - began, time.perf_counter() - imported, os.getpid()]))
"""


class Cost(NamedTuple):
    """What a kernel takes: seconds to import and to open the room, memory in MB, and how much of it is its own."""

    imported: float
    opened: float
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
        imported, opened, process = json.loads("".join(printed))
        memory = psutil.Process(process).memory_full_info()
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return Cost(imported, opened, memory.rss / 2**20, memory.uss / 2**20)


def measure() -> None:
    with_room, bare = side_by_side(RUNS, lambda: cost(ROOM), lambda: cost(BARE))
    heading("A kernel with the room open", "with the room", "bare kernel", "more")
    row("import caucusroom_widgets, ms", f"{1e3 * with_room[0]:.0f}", "0")
    row("open and show the room, ms", f"{1e3 * with_room[1]:.0f}", "0")
    for what, place in (("resident memory, MB", 2), ("of it unshared, MB", 3)):
        ours, theirs = with_room[place], bare[place]
        row(what, f"{ours:.1f}", f"{theirs:.1f}", f"+{ours - theirs:.1f}")
