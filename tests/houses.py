"""A demo that is served for a test, and visitors who come without a browser."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError, websocket_connect

from tests.golden.plays import golden_plays

DISPUTE = "labor-strike"
PLAY = f"play/{DISPUTE}/"
LINE: list[str] = golden_plays()[f"{DISPUTE}-d.txt"][2]
"""The moves of a whole mediation."""

_SERVE = """
import sys
from caucusroom_course.public.demo import house, limits
numbers = {name: float(value) for name, value in (word.split("=") for word in sys.argv[3:])}
room = limits.Room(**{name: int(value) if name in ("kernels", "warm") else value for name, value in numbers.items()})
sys.modules.setdefault("rfc3987_syntax", None)
served = house.House(room, port=int(sys.argv[1]), open_browser=False, base_url=sys.argv[2])
served.initialize([])
served.start()
"""


class Answer(NamedTuple):
    """What came back for a request."""

    status: int
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class House(NamedTuple):
    """A running demo: where its pages are, its process, and what it has said."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, path: str = "", method: str = "GET", **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.address + path, method=method, headers=named)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def number(self, name: str) -> float:
        """One of the numbers of /metrics."""
        found = re.search(rf"^caucusroom_{re.escape(name)} (\S+)$", self.get("metrics").text, re.MULTILINE)
        return float(found[1]) if found else 0.0

    def kernels(self) -> list[int]:
        """The processes that serve somebody or wait for somebody: the children of the one that forks."""
        return [kernel for nursery in children(self.process.pid) for kernel in children(nursery)]

    def ticket(self, path: str = PLAY) -> str:
        found = re.search(r'<meta name="ticket" content="([^"]+)">', self.get(path).text)
        assert found, "the page has no ticket"
        return found[1]

    async def connect(self, path: str = PLAY, ticket: str | None = None, **headers: str) -> Visitor:
        """A visitor who has opened a page and is connected to a kernel, as the page's script does it."""
        parts = urlsplit(self.address)
        address = f"ws://{parts.netloc}{parts.path}kernel/{ticket or self.ticket(path)}"
        named = {"Origin": f"{parts.scheme}://{parts.netloc}"} | headers
        return Visitor(await websocket_connect(HTTPRequest(address, headers=named), max_message_size=2**24))


class Visitor:
    """One connection to a kernel."""

    def __init__(self, line: WebSocketClientConnection) -> None:
        self.line = line
        self.asked = 0
        self.text = ""

    async def put(self, question: dict[str, Any]) -> dict[str, Any] | None:
        """What answers a question; None if the connection was closed instead."""
        self.asked += 1
        kind = "comm_open" if self.asked == 1 else "comm_msg"
        with suppress(WebSocketClosedError):  # then it has nothing more to say
            await self.send(message(kind, {"id": self.asked, **question}))
        return await self.hear()

    async def send(self, what: object) -> None:
        await self.line.write_message(what if isinstance(what, str | bytes) else json.dumps(what))

    async def hear(self) -> dict[str, Any] | None:
        heard = await self.line.read_message()
        return None if heard is None else dict(json.loads(heard)["content"]["data"])

    async def open(self, kept: str = "", player: str = "visitor 4f2a91", **page: str) -> dict[str, Any]:
        """What is opened, or why it is not; what there is to keep is kept. ConnectionError if the line is closed."""
        asked = {"kind": "play", "dispute": DISPUTE, "scene": "", "assignment": ""} | page
        opened = await self.put({"open": {"page": asked, "kept": kept, "player": player}})
        if opened is None:
            raise ConnectionError(self.line.close_reason)
        if "opened" in opened:
            self.text = kept
            self._keep(opened["opened"]["kept"])
        return opened

    async def decides(self, move: str) -> bool:
        """Whether a move was made; what there is to keep is kept. ConnectionError if the connection is closed."""
        before = self.decided
        answer = await self.put({"ask": {"id": f"m{self.asked}", "seq": before, "move": move}})
        if answer is None:
            raise ConnectionError(self.line.close_reason)
        self._keep(answer["answered"]["kept"])
        return self.decided == before + 1

    @property
    def decided(self) -> int:
        return self.text.count('"move":')

    def _keep(self, kept: dict[str, Any] | None) -> None:
        if kept:
            self.text = self.text[: kept["size"]] + kept["lines"]


def message(kind: str, data: object, channel: str = "shell", **content: object) -> dict[str, Any]:
    """A message of Jupyter's, as it goes over the websocket."""
    told = {"comm_id": "visit", "target_name": "caucusroom", "data": data} | content
    return {"channel": channel, "header": {"msg_type": kind}, "content": told}


@contextmanager
def house(folder: Path, base_path: str = "/", port: int = 0, **room: float) -> Iterator[House]:
    """A demo with this much room, which is served until the block is left."""
    port = port or free_port()
    log = folder / f"house-{port}.log"
    numbers = [f"{name}={value}" for name, value in room.items()]
    with log.open("wb") as file:
        command = [sys.executable, "-c", _SERVE, str(port), base_path, *numbers]
        process = subprocess.Popen(command, stdout=file, stderr=file, env=os.environ | {"TMPDIR": str(folder)})
    served = House(f"http://127.0.0.1:{port}{base_path}", process, log)
    try:
        until(lambda: process.poll() is not None or is_well(served), "the house does not open")
        assert process.poll() is None, log.read_text()
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def is_well(served: House) -> bool:
    try:
        return served.get("health").status == 200
    except OSError:
        return False


def until(so: Any, otherwise: str, seconds: float = 60) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end, otherwise
        time.sleep(0.05)


def children(process: int) -> list[int]:
    """The processes that a process started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue  # it has gone meanwhile
        if int(parent) == process:
            found.append(int(stat.parent.name))
    return found


def memory(process: int) -> int:
    """Bytes of memory that a process shares with nobody."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) * 1024
