"""What a page shows for its kernel: a text that only this server can have written, for a short time, once."""

from __future__ import annotations

import hmac
import secrets
import time
from base64 import urlsafe_b64encode

from .limits import TICKET_LASTS


class Tickets:
    """Gives tickets out and takes them back. It remembers those that were used, and none that were not."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._used: dict[str, float] = {}

    def issue(self) -> str:
        told = f"{secrets.token_urlsafe(12)}.{int(time.time() + TICKET_LASTS)}"
        return f"{told}.{self._sign(told)}"

    def take(self, ticket: str) -> bool:
        """Whether this is a ticket of ours, in time and for the first time."""
        told, _, signature = ticket.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign(told).encode()):
            return False
        now, until = time.time(), float(told.rpartition(".")[2])
        self._used = {one: end for one, end in self._used.items() if end >= now}
        if until < now or told in self._used:
            return False
        self._used[told] = until
        return True

    def _sign(self, told: str) -> str:
        return urlsafe_b64encode(hmac.digest(self._key, told.encode(), "sha256")).decode().rstrip("=")
