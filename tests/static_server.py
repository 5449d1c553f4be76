"""A small server of files, as a web host is one: under a base path, compressed where a browser takes that."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

TYPES = {
    ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}  # fmt: skip
FORMS = {"br": ".br", "gzip": ".gz"}


class Served(NamedTuple):
    """What was asked for, below the base, and how many bytes of content went out for it."""

    path: str
    status: int
    size: int


class Site:
    """A folder that is being served. `folder` may be changed while it is; with `wrong_types` whatever is not needed to
    show a page is called a stream of bytes; `index` is whether the address of a folder shows its index."""

    def __init__(self, folder: Path, base: str) -> None:
        self.folder, self.base = folder, base
        self.served: list[Served] = []
        self.wrong_types = False
        self.index = True
        self.host, self.port = "localhost", 0

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}{self.base}"

    def find(self, path: str) -> Path | None:
        """The file at an address, None where there is none."""
        path = unquote(path.partition("?")[0])
        if not path.startswith(self.base) or ".." in path:
            return None
        file = self.folder / path.removeprefix(self.base)
        if file.is_dir() and path.endswith("/") and self.index:
            file = file / "index.html"
        return file if file.is_file() else None


@contextmanager
def serving(folder: Path, base: str = "/law/caucusroom/", port: int = 0) -> Iterator[Site]:
    """Serve a folder below `base` while the context lasts; port 0 is any that is free."""
    site = Site(folder, base)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            pass

        def do_GET(self) -> None:
            file = site.find(self.path)
            status, file = (200, file) if file else (404, folder / "404.html")
            kind = TYPES.get(file.suffix, "application/octet-stream")
            if site.wrong_types and file.suffix not in (".css", ".html", ".js"):
                kind = "application/octet-stream"
            accepted = self.headers.get("Accept-Encoding", "")
            form = next((name for name in FORMS if name in accepted and Path(f"{file}{FORMS[name]}").is_file()), "")
            data = Path(f"{file}{FORMS.get(form, '')}").read_bytes() if file.is_file() else b""
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Vary", "Accept-Encoding")
            if form:
                self.send_header("Content-Encoding", form)
            self.end_headers()
            self.wfile.write(data)
            site.served.append(Served(self.path.removeprefix(site.base), status, len(data)))

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        server.daemon_threads = True
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
