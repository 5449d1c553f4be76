"""A host that is not Jupyter: the room's own page with a desk behind it, over plain HTTP.

python -m tests.browser.host labor-strike --case a --port 8765
"""

from __future__ import annotations

import argparse
import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import caucusroom_widgets
from caucusroom import Session
from caucusroom_widgets.desk import Entrance
from playwright.sync_api import Browser, Page

WIDGETS = Path(caucusroom_widgets.__file__).parent / "widget"
FILES = {
    "/": (Path(__file__).with_name("page.html"), "text/html"),
    "/room.js": (WIDGETS / "room.js", "text/javascript"),
    "/host.js": (WIDGETS / "host.js", "text/javascript"),
    "/room.css": (WIDGETS / "room.css", "text/css"),
}


class Handler(BaseHTTPRequestHandler):
    """Gives the page, its words and its snapshot, and passes what the page sends to the room."""

    room: Entrance
    one_at_a_time = threading.Lock()

    def do_GET(self) -> None:
        if self.path == "/snapshot":
            self._send(json.dumps(self.room.snapshot()).encode(), "application/json")
        elif self.path == "/words":
            self._send(json.dumps(self.room.words.PAGE).encode(), "application/json")
        elif self.path in FILES:
            file, kind = FILES[self.path]
            self._send(file.read_bytes(), f"{kind}; charset=utf-8")
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.one_at_a_time:
            answer = self.room.answer(message)
        self._send(json.dumps(answer).encode(), "application/json")

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def hosted(room: Entrance, port: int = 0) -> Iterator[str]:
    """The address of a page that shows this room, on this machine only, until the block is left."""
    server = ThreadingHTTPServer(("127.0.0.1", port), type("RoomHandler", (Handler,), {"room": room}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def visited(browser: Browser, room: Entrance, width: int, **context: Any) -> Iterator[Page]:
    """A page in a browser that shows this room, until the block is left; nothing in it may fail unseen."""
    view = browser.new_context(viewport={"width": width, "height": 900}, **context)
    with hosted(room) as address, closing(view):
        page = view.new_page()
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(address)
        page.wait_for_selector(".caucusroom")
        yield page
        assert failures == [], "in the page"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dispute")
    parser.add_argument("--case")
    parser.add_argument("--mode", default="guided")
    parser.add_argument("--port", type=int, default=8765)
    options = parser.parse_args()
    room = Entrance(lambda: Session(options.dispute, case=options.case), mode=options.mode)
    with hosted(room, options.port) as address:
        print(f"The room is at {address} (Control-C ends it).")
        threading.Event().wait()


if __name__ == "__main__":
    main()
