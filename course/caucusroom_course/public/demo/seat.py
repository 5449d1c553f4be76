"""A visitor's line to their kernel: a websocket that carries one comm and nothing else.

What goes up is a message of Jupyter's for the shell channel: `comm_open` with our target first and once, `comm_msg`
then. Of it only the data reaches the kernel, in a message that this server makes. What comes down is the data of the
comm. Whoever sends anything else is shown out.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from ..words import of_the_house
from .attending import TARGET
from .forked import Gone
from .handlers import Handler
from .kernels import Full, Kernel
from .limits import LONGEST_REST, PACE, SHARE

if TYPE_CHECKING:
    from .house import House

REFUSED, OVER = 4003, 4000
"""Codes of a closed connection: nothing to be had, and nothing more to be had. The reason is a sentence."""


class Seat(WebSocketHandler, Handler):
    """One page and its kernel. When the connection ends the kernel does, and the other way round."""

    def initialize(self, house: House) -> None:
        super().initialize(house)
        self.kernel: Kernel | None = None
        self.comm: str | None = None
        self.why = "left"
        self.left = False
        self.rested = 0.0
        self.waiting: asyncio.TimerHandle | None = None

    def check_origin(self, origin: str) -> bool:
        return urlsplit(origin).netloc.lower() == self.request.host.lower()

    async def get(self, ticket: str) -> None:
        """Only a page of this house gets in: it has a ticket, and its browser says where it is from."""
        if "Origin" not in self.request.headers or not self.house.tickets.take(ticket):
            self.house.counts.refused.labels("ticket").inc()
            raise HTTPError(403)
        await super().get(ticket)

    async def open(self, *_: str) -> None:
        self.house.seats.add(self)
        self.expect(self.house.room.arrival)
        try:
            kernel = await self.house.kernels.take()
        except (Full, TimeoutError):
            self.house.counts.refused.labels("kernel").inc()
            self.show_out("full", REFUSED)
            return
        if self.left:
            self.house.kernels.give_back(kernel)
            return
        self.kernel = kernel
        self.house.counts.visits.inc()
        kernel.gone.add_done_callback(self.kernel_gone)

    async def on_message(self, message: str | bytes) -> None:
        """Answer a question. The next is read after this one's answer, and after a rest."""
        if (data := self.understood(message)) is None or self.kernel is None:
            self.house.counts.refused.labels("message").inc()
            self.show_out("rude", REFUSED)
            return
        self.expect(None)
        await asyncio.sleep(self.rested - time.monotonic())
        began = time.monotonic()
        try:
            answer = await self.kernel.ask(data)
            await self.write_message(enveloped(self.comm, answer))
        except WebSocketClosedError:
            return
        except Gone:
            self.show_out("gone")
            return
        took = time.monotonic() - began
        self.house.counts.answer.observe(took)
        self.rested = began + min(max(PACE, SHARE * took), LONGEST_REST)
        self.expect(self.house.room.idle)

    def understood(self, message: str | bytes) -> dict[str, Any] | None:
        """The data of a message that a page of ours could have sent; None for any other."""
        if isinstance(message, bytes):
            return None
        try:
            sent: Any = json.loads(message)
        except (ValueError, RecursionError):
            return None
        match sent:
            case {
                "channel": "shell",
                "header": {"msg_type": "comm_open"},
                "content": {"comm_id": str(comm), "target_name": target, "data": dict(data)},
            } if target == TARGET and self.comm is None and len(comm) <= 64:
                self.comm = comm
                return data
            case {
                "channel": "shell",
                "header": {"msg_type": "comm_msg"},
                "content": {"comm_id": str(comm), "data": dict(data)},
            } if comm == self.comm:
                return data
        return None

    def expect(self, seconds: float | None) -> None:
        """Show the visitor out if nothing comes within so many seconds; None: as long as it takes."""
        if self.waiting is not None:
            self.waiting.cancel()
        loop = asyncio.get_running_loop()
        self.waiting = None if seconds is None else loop.call_later(seconds, self.show_out, "idle")

    def show_out(self, why: str, code: int = OVER) -> None:
        self.why = why
        self.close(code, of_the_house()[why])

    def kernel_gone(self, _: object) -> None:
        if not self.left:
            self.show_out("gone")

    def on_close(self) -> None:
        self.left = True
        self.expect(None)
        self.house.seats.discard(self)
        if self.kernel is not None:
            self.house.counts.ended.labels(self.why).inc()
            self.kernel.gone.remove_done_callback(self.kernel_gone)
            self.house.kernels.give_back(self.kernel)
            self.kernel = None


def enveloped(comm: str | None, data: dict[str, Any]) -> str:
    """A comm's message as Jupyter's websocket would bring it."""
    message = {"channel": "iopub", "header": {"msg_type": "comm_msg"}, "content": {"comm_id": comm, "data": data}}
    return json.dumps(message, ensure_ascii=False)
