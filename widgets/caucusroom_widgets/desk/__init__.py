"""The mediator's desk: a session in, snapshots out, for any host that can show a page. Needs nothing but Python."""

from .desk import Desk
from .entrance import Entrance
from .scenes import of_scene, seated
from .snapshot import Answered, Mode, Opened, Page, Snapshot
from .visit import Visit

__all__ = ["Answered", "Desk", "Entrance", "Mode", "Opened", "Page", "Snapshot", "Visit", "of_scene", "seated"]
