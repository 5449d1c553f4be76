"""What the mediator perceives of a decision."""

from __future__ import annotations

from typing import NamedTuple


class Event(NamedTuple):
    """One thing the mediator perceives. `party` is an id or "", `about` and `why` depend on the kind."""

    kind: str
    party: str = ""
    about: str = ""
    why: str = ""
