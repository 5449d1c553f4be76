"""The server of the demo: Voila's application with our pages, our pool of kernels, and no other door."""

from __future__ import annotations

import contextlib
import logging
import re
import shutil
import signal
import webbrowser
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from traitlets import List, Unicode
from voila.app import Voila

from .. import pages, shelf
from ..words import of_the_house
from .counts import Counts
from .handlers import Asset, AssetHandler, HealthHandler, MetricsHandler, MissingHandler, PageHandler
from .kernels import Kernels
from .limits import LARGEST_MESSAGE, LARGEST_REQUEST, PING, Room
from .seat import Seat
from .tickets import Tickets

SCRIPT = "demo.js"
_TICKET = "the ticket stands here"


class Drawn(NamedTuple):
    """A page as HTML, in two parts where a ticket stands between them."""

    kind: str
    parts: list[str]

    @property
    def needs_kernel(self) -> bool:
        return len(self.parts) > 1

    def for_visitor(self, ticket: str) -> str:
        return ticket.join(self.parts)


class House(Voila):  # type: ignore[misc]  # it publishes no types
    """Voila without what the public does not need: of its handlers none, of its configuration files none.

    Its executor runs the notebook in every kernel. What it would render per request is rendered once: the page is the
    same for everybody and complete before there is a kernel, which is taken when the page's script asks for it.
    """

    config_file_paths = List(Unicode(), [])

    def __init__(self, room: Room, address: str = "", **traits: Any) -> None:
        super().__init__(log_level=logging.WARNING, **traits)
        self.room = room
        self.ioloop = IOLoop.current()
        self.seats: set[Seat] = set()
        self.tickets = Tickets()
        self.host = pages.Host(SCRIPT, address=pages.published_at(address), ticket=_TICKET)
        self.assets = pages.gather({SCRIPT: files(__package__).joinpath(SCRIPT).read_bytes()})
        self.files = {name: Asset.of(name, content) for name, content in self.assets.files.items()}
        self.pages = {page.path: self._draw(page) for page in shelf.pages()}

    def _draw(self, page: shelf.Page) -> Drawn:
        return Drawn(page.kind, pages.render(page, self.host, self.assets).split(_TICKET))

    @cached_property
    def kernels(self) -> Kernels:
        return Kernels(Path(self.connection_dir), self.room)

    @cached_property
    def counts(self) -> Counts:
        return Counts(self.kernels)

    def setup_template_dirs(self) -> None:
        """The pages have templates of their own; nobody can ask for others."""
        self.template_paths: list[str] = []
        self.static_paths: list[str] = []

    def init_settings(self) -> dict[str, Any]:
        return {
            "compress_response": True,
            "default_handler_class": MissingHandler,
            "default_handler_args": {"house": self},
            "log_function": lambda _: None,  # what it would log is who asked for what
            "websocket_max_message_size": LARGEST_MESSAGE,
            "websocket_ping_interval": PING,
            "websocket_ping_timeout": PING,
        }

    def init_handlers(self) -> list[Any]:
        base, house = re.escape(self.base_url), {"house": self}
        named = "|".join(re.escape(path.removesuffix("/")) for path in self.pages if path)
        return [
            (rf"{base}kernel/([\w.-]+)", Seat, house),
            (rf"{base}{self.assets.place}([\w.-]+)", AssetHandler, house),
            (rf"{base}health", HealthHandler, house),
            (rf"{base}metrics", MetricsHandler, house),
            (rf"{base}((?:(?:{named})/?)?)", PageHandler, house),
        ]

    def listen(self) -> None:
        """Serve until told to stop."""
        for name in ("tornado.access", "tornado.general"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # they name addresses
        server = HTTPServer(self.app, max_body_size=0, max_header_size=LARGEST_REQUEST, idle_connection_timeout=75)
        say = of_the_house()
        try:
            server.listen(self.port, self.ip)
        except OSError:
            shutil.rmtree(self.connection_dir)
            raise ValueError(say["port_taken"].format(port=self.port, other=self.port + 1)) from None
        self.ioloop.add_callback(self.kernels.open)
        print(say["open"].format(address=self.connection_url, kernels=self.room.kernels), flush=True)
        if self.open_browser:
            webbrowser.open(self.connection_url)
        with contextlib.suppress(KeyboardInterrupt):
            self.ioloop.start()
        server.stop()
        self.stop()

    def _handle_signal_stop(self, sig: int, frame: object) -> None:
        """Once: whoever manages this process may say it to each of its group, and so twice to it."""
        signal.signal(sig, signal.SIG_IGN)
        self.ioloop.add_callback_from_signal(self.ioloop.stop)

    def stop(self) -> None:
        """Tell everybody, end every kernel, leave nothing behind."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self.ioloop.run_sync(self._clear)
        shutil.rmtree(self.connection_dir)

    async def _clear(self) -> None:
        for seat in list(self.seats):
            seat.show_out("closing")
        await self.kernels.close()
