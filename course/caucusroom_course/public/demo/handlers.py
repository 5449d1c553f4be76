"""What can be asked for over HTTP: pages, the files beside them, and how the house is. Everything else is 404."""

from __future__ import annotations

import gzip
import json
import mimetypes
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from tornado.web import HTTPError, RequestHandler

from .. import pages
from ..words import of_the_house

if TYPE_CHECKING:
    from .house import House

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
AGAIN = 300
"""Seconds after which somebody for whom there was no chair is asked to come back."""
FOR_EVER = "public, max-age=31536000, immutable"
_COMPRESSED_ALREADY = frozenset({".png"})


class Handler(RequestHandler):
    """What all answers have: headers that keep a browser to this house, no cookie, nothing of the inside."""

    def initialize(self, house: House) -> None:
        self.house = house

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> None:
        """Nothing that is not stored needs a mark."""

    def write_error(self, status_code: int, **_: Any) -> None:
        why = {404: "missing", 503: "full"}.get(status_code, "broken")
        if status_code == 503:
            self.set_header("Retry-After", str(AGAIN))
        say, house = of_the_house(), self.house
        text = say[f"{why}.text"].format(kernels=house.room.kernels)
        below = self.request.path.removeprefix(house.base_url)
        root = "../" * below.count("/") or "./"
        self.finish(pages.notice(say[f"{why}.title"], text, root, house.host, house.assets))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Says what kind of error it was: its text, and who asked, may be a visitor's."""
        if not isinstance(value, HTTPError):
            self.house.log.error("An error while answering: %s", typ.__name__)

    async def head(self, *parts: str) -> None:
        await self.get(*parts)  # type: ignore[misc]  # tornado sends the head alone


class PageHandler(Handler):
    """The pages of the shelf, each with a ticket for a kernel if it needs one."""

    async def get(self, path: str) -> None:
        house = self.house
        if (page := house.pages.get(path)) is None:  # it lacks the slash
            self.redirect(f"{path.rpartition('/')[2]}/", permanent=True)
            return
        if page.needs_kernel and house.kernels.full:
            house.counts.refused.labels("page").inc()
            raise HTTPError(503)
        house.counts.pages.labels(page.kind).inc()
        await self.finish(page.for_visitor(house.tickets.issue()))


class Asset(NamedTuple):
    """A file as it is sent: as it is, and compressed where that is shorter."""

    kind: str
    mark: str
    plain: bytes
    small: bytes | None

    @classmethod
    def of(cls, name: str, content: bytes) -> Asset:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        small = None if name.endswith(tuple(_COMPRESSED_ALREADY)) else gzip.compress(content, 9, mtime=0)
        return cls(kind, f'"{sha256(content).hexdigest()[:20]}"', content, small)


class AssetHandler(Handler):
    """The files beside the pages. Their address changes with their content, so whoever has them keeps them."""

    async def get(self, name: str) -> None:
        if (asset := self.house.files.get(name)) is None:
            raise HTTPError(404)
        self.set_header("Cache-Control", FOR_EVER)
        self.set_header("Content-Type", asset.kind)
        self.set_header("ETag", asset.mark)
        if self.check_etag_header():
            self.set_status(304)
        elif asset.small is not None and "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.write(asset.small)
        else:
            self.write(asset.plain)


class HealthHandler(Handler):
    """Whether somebody who comes now can be seated."""

    async def get(self) -> None:
        kernels = self.house.kernels
        well = kernels.well
        self.set_status(200 if well else 503)
        self.set_header("Content-Type", "application/json")
        self.write(json.dumps({"ok": well, "full": kernels.full}))


class MetricsHandler(Handler):
    """Numbers for Prometheus. None of them is about a person."""

    async def get(self) -> None:
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.write(generate_latest(self.house.counts.registry))


class MissingHandler(Handler):
    """Whatever else somebody asks for, and however."""

    def prepare(self) -> None:
        raise HTTPError(404)
