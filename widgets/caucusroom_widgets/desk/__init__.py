"""The mediator's desk: a session in, snapshots out, for any host that can show a page. Needs nothing but Python."""

from .desk import Desk, Json, Mode
from .entrance import Entrance

__all__ = ["Desk", "Entrance", "Json", "Mode"]
