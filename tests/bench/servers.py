"""What a student costs whose JupyterLab runs on a machine of ours: 1, 4 and 8 of them, each with the room open."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil  # type: ignore[import-untyped]  # it publishes no types
from jupyter_client.blocking.client import BlockingKernelClient

from tests.bench import heading, row

CLASSES = (1, 4, 8)
LAB = Path(sys.executable).with_name("jupyter-lab")
ROOM = """
from caucusroom_widgets import room
display(room("labor-strike", journal="labor-strike.jsonl", mode="assessment", assignment="labor-strike"))
"""


class Server(NamedTuple):
    """A student's running server: its process, its address, and where it notes its kernels."""

    process: psutil.Process
    address: str
    runtime: Path


class Cost(NamedTuple):
    """Of a student, in the middle: seconds of CPU until the room is open, MB that are their own, and their share."""

    cpu: float
    unshared: float
    share: float


def measure() -> None:
    costs = {count: of_each(count) for count in CLASSES}
    heading("JupyterLab, kernel and room of each student, so many at once", *map(str, CLASSES))
    for what, place, digits in (
        ("CPU from nothing to the open room, s", 0, 1),
        ("memory nobody shares, MB", 1, 0),
        ("memory, with a part of what is shared, MB", 2, 0),
    ):
        row(what, *(f"{costs[count][place]:.{digits}f}" for count in CLASSES))


def of_each(count: int) -> Cost:
    """The cost of each of `count` students, whose servers run at once."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, serving(count, Path(name)) as servers:
        for server in servers:
            open_room(server)
        time.sleep(2)  # until what was put off is done
        spent, own, share = zip(*map(cost_of, servers), strict=True)
    return Cost(*(sorted(column)[len(column) // 2] for column in (spent, own, share)))


@contextmanager
def serving(count: int, folder: Path) -> Iterator[list[Server]]:
    """That many servers, each in a home of its own, started one after the other."""
    servers: list[Server] = []
    try:
        for number in range(count):
            servers.append(start(folder / str(number)))
        yield servers
    finally:
        for server in servers:
            stop(server.process)


def start(home: Path) -> Server:
    home.mkdir()
    settings = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    settings |= {"HOME": str(home), "JUPYTER_RUNTIME_DIR": str(home / "runtime"), "JUPYTER_PLATFORM_DIRS": "1"}
    quiet = ["--no-browser", "--allow-root", "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True"]
    with (home / "log.txt").open("w") as log:
        server = subprocess.Popen([LAB, *quiet, "--port=0"], cwd=home, env=settings, stdout=log, stderr=log)
    while not (found := list((home / "runtime").glob("jpserver-*.json"))):
        if server.poll() is not None:
            raise RuntimeError((home / "log.txt").read_text())
        time.sleep(0.2)
    address = json.loads(found[0].read_text())["url"]
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}api/status", timeout=5).close()
            break
        except OSError:
            time.sleep(0.2)
    urllib.request.urlopen(f"{address}lab", timeout=30).close()  # what a browser asks for first
    return Server(psutil.Process(server.pid), address, home / "runtime")


def open_room(server: Server) -> None:
    """Run the notebook's first cell in a kernel that the server has started."""
    begun = urllib.request.Request(f"{server.address}api/kernels", data=b'{"name": "python3"}', method="POST")
    with urllib.request.urlopen(begun, timeout=60) as answer:
        kernel = json.load(answer)["id"]
    client = BlockingKernelClient(connection_file=str(server.runtime / f"kernel-{kernel}.json"))
    client.load_connection_file()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        reply = client.execute_interactive(ROOM, output_hook=lambda message: None, timeout=60)
        if reply["content"]["status"] != "ok":
            raise RuntimeError("\n".join(reply["content"]["traceback"]))
    finally:
        client.stop_channels()


def cost_of(server: Server) -> Cost:
    processes = [server.process, *server.process.children(recursive=True)]
    memory = [one.memory_full_info() for one in processes]
    spent = sum(sum(one.cpu_times()[:2]) for one in processes)
    return Cost(spent, sum(one.uss for one in memory) / 2**20, sum(one.pss for one in memory) / 2**20)


def stop(process: psutil.Process) -> None:
    processes = [process, *process.children(recursive=True)]
    for one in processes:
        one.terminate()
    for one in psutil.wait_procs(processes, timeout=10)[1]:
        one.kill()
