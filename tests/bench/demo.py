"""The demo with a house full of visitors, and from the address to the usable room beside stock Voila.

`DEMO_VISITORS` and `DEMO_SECONDS` in the environment make it shorter for a try. Visitors and house share the machine.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from caucusroom import Session
from caucusroom.record.sheet import Sheet
from playwright.sync_api import Browser, expect, sync_playwright

from tests.bench import heading, row, side_by_side
from tests.bench.kernel import BARE, cost
from tests.bench.lab import notebook
from tests.conftest import CHROMIUM_ARGUMENTS
from tests.houses import DISPUTE, LINE, PLAY, House, Visitor, children, free_port, house, memory, until

VISITORS = int(os.environ.get("DEMO_VISITORS", "100"))
SECONDS = float(os.environ.get("DEMO_SECONDS", "300"))
PAUSE = 5.0  # seconds from one decision of a visitor to the next
KILLED_EVERY = 10.0  # seconds from one kernel that is killed to the next
ARRIVALS = 0.2  # seconds from one visitor to the next
RUNS = 3
ROOM = f'from caucusroom_widgets import room\nroom("{DISPUTE}", case="d")\n'


class Load:
    """Visitors who all mediate the same case, each from the beginning when they have come to the end."""

    def __init__(self, served: House) -> None:
        self.served = served
        self.answers: list[float] = []
        self.seated: list[float] = []
        self.errors = 0
        self.continued = 0

    async def run(self) -> None:
        end = time.monotonic() + VISITORS * ARRIVALS + SECONDS
        killing = asyncio.create_task(self.kill())
        await asyncio.gather(*(self.visitor(n, end) for n in range(VISITORS)))
        killing.cancel()

    async def kill(self) -> None:
        while True:
            await asyncio.sleep(KILLED_EVERY)
            with suppress(ProcessLookupError):
                os.kill(random.choice(self.served.kernels()), signal.SIGKILL)

    async def visitor(self, number: int, end: float) -> None:
        await asyncio.sleep(number * ARRIVALS)
        visitor = await self.seat(begun(number))
        while time.monotonic() < end:
            try:
                if visitor.decided == len(LINE):
                    await visitor.open(kept=begun(number))
                began = time.monotonic()
                decided = await visitor.decides(LINE[visitor.decided])
            except ConnectionError:  # the connection was closed: this page's kernel was killed
                self.continued += 1
                visitor = await self.seat(visitor.text)
                continue
            self.answers.append(time.monotonic() - began)
            self.errors += 0 if decided else 1
            await asyncio.sleep(max(0.0, PAUSE - (time.monotonic() - began)))
        visitor.line.close()

    async def seat(self, text: str) -> Visitor:
        """Open the page with what the browser kept."""
        began = time.monotonic()
        ticket = await asyncio.to_thread(self.served.ticket)
        visitor = await self.served.connect(ticket=ticket)
        try:
            opened = await visitor.open(kept=text)
        except ConnectionError:  # killed before it was open
            self.continued += 1
            return await self.seat(text)
        self.errors += 1 if "error" in opened else 0
        self.seated.append(time.monotonic() - began)
        return visitor


def begun(number: int) -> str:
    sheet = Sheet()
    Session(DISPUTE, case="d", journal=sheet, player=f"visitor {number:06x}")
    return sheet.text


def whole(served: House) -> int:
    """Bytes of memory of a house and everything it started, of which what is shared counts once."""
    house_and_nursery = [served.process.pid, *children(served.process.pid)]
    found = 0
    for process in (*house_and_nursery, *served.kernels()):
        with suppress(OSError):
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
            found += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) * 1024
    return found


def load(folder: Path) -> None:
    bare = cost(BARE).unshared
    with house(folder, kernels=VISITORS + 5, warm=4) as served:
        asyncio.run(one_visit(served))
        settled(served)
        before = whole(served)
        running = Load(served)
        watched: list[int] = []

        async def watch() -> None:
            await asyncio.sleep(VISITORS * ARRIVALS + SECONDS / 2)
            for kernel in served.kernels():
                with suppress(OSError):
                    watched.append(memory(kernel))

        async def both() -> None:
            await asyncio.gather(running.run(), watch())

        asyncio.run(both())
        settled(served)
        time.sleep(3)  # in which the house gives back what it does not need
        after = whole(served)
        left = int(served.number("kernels_taken"))
    answers = sorted(running.answers)
    heading(f"{VISITORS} visitors, a decision every {PAUSE:g} s, {SECONDS:g} s", "the demo", "")
    row("decisions, and errors", f"{len(answers):,}", f"{running.errors}")
    row(
        "to the answer, ms: median, 95th of 100",
        f"{1e3 * median(answers):.0f}",
        f"{1e3 * quantiles(answers, n=20)[-1]:.0f}",
    )
    row(
        "page to seated, ms: median, longest", f"{1e3 * median(running.seated):.0f}", f"{1e3 * max(running.seated):.0f}"
    )
    row("kernels killed under a visitor, who went on", f"{running.continued}")
    row("all have left: kernels with a visitor", f"{left}")
    row(
        "memory of the house then, MB, and before",
        f"{after / 2**20:.0f}",
        f"{before / 2**20:.0f}",
        f"{after / before:.2f}×",
    )
    heading("A visitor's kernel", "the demo", "bare ipykernel")
    each = median(watched) / 2**20
    row("memory that it shares with nobody, MB", f"{each:.1f}", f"{bare:.1f}", f"{each / bare:.2f}×")


async def one_visit(served: House) -> None:
    visitor = await served.connect()
    await visitor.open()
    visitor.line.close()


def settled(served: House) -> None:
    until(lambda: served.number("kernels_taken") == 0 and len(served.kernels()) == 4, "kernels stay without visitors")


class Usable(NamedTuple):
    """From the address to the room that answers: seconds; and what it took, requests and bytes as they are unpacked."""

    seconds: float
    requests: float
    size: float


def usable(browser: Browser, address: str, ours: bool) -> Usable:
    page = browser.new_page()
    sizes: list[int] = []

    def count(response: object) -> None:
        with suppress(Exception):
            sizes.append(len(response.body()))  # type: ignore[attr-defined]

    page.on("requestfinished", lambda request: count(request.response()))
    began = time.monotonic()
    page.goto(address, wait_until="commit")
    expect(page.locator(".caucusroom button.move").first).to_be_visible(timeout=60_000)
    if ours:
        expect(page.locator("#standing")).to_have_text("")
    took = time.monotonic() - began
    page.wait_for_load_state("load")
    page.close()
    return Usable(took, len(sizes), sum(sizes))


@contextmanager
def voila(folder: Path, *options: str) -> Iterator[str]:
    """Voila as it comes, on a notebook with the room as a widget."""
    folder.mkdir()
    notebook(folder / "room.ipynb", ROOM)
    port = free_port()
    command = [sys.executable, "-m", "voila", "room.ipynb", "--no-browser", f"--port={port}", "--Voila.port_retries=0"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([*command, *options], cwd=folder, stdout=log, stderr=log)
    try:
        until(lambda: "running at" in (folder / "log").read_text(), "Voila does not start")
        time.sleep(8 if options else 1)  # it does not say when its kernels are warm
        yield f"http://localhost:{port}/"
    finally:
        server.terminate()
        server.wait(30)


def opening(folder: Path, chromium: str) -> None:
    with (
        house(folder, kernels=20, warm=2) as warm,
        house(folder, kernels=20, warm=0) as cold,
        voila(folder / "warm", "--preheat_kernel=True", "--pool_size=4") as their_warm,
        voila(folder / "cold") as their_cold,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        measured = side_by_side(
            RUNS,
            lambda: usable(browser, warm.address + PLAY, True),
            lambda: usable(browser, their_warm, False),
            lambda: usable(browser, cold.address + PLAY, True),
            lambda: usable(browser, their_cold, False),
        )
        browser.close()
    heading("From the address to the usable room", "the demo", "stock Voila")
    for kind, ours, theirs in (("warm", measured[0], measured[1]), ("cold", measured[2], measured[3])):
        row(f"{kind}, ms", f"{1e3 * ours[0]:.0f}", f"{1e3 * theirs[0]:.0f}", f"{ours[0] / theirs[0]:.2f}×")
    row("requests", f"{measured[0][1]:.0f}", f"{measured[1][1]:.0f}")
    row("kB, unpacked", f"{measured[0][2] / 1e3:.0f}", f"{measured[1][2] / 1e3:,.0f}")


def measure() -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        load(Path(name))
        if chromium is None:
            print("\nNot measured: the room in a browser. No Chromium was found; `make bench` installs it on Debian.")
        else:
            opening(Path(name), chromium)
