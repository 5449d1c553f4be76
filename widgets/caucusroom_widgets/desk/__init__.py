"""The mediator's desk: a session in, snapshots out, for any host that can show a page. Needs nothing but Python."""

from .desk import Desk
from .entrance import Entrance
<<<<<<< HEAD
from .snapshot import Answered, Mode, Opened, Page, Snapshot
from .visit import Visit

__all__ = ["Answered", "Desk", "Entrance", "Mode", "Opened", "Page", "Snapshot", "Visit"]
=======
from .scenes import of_scene, seated
from .snapshot import Mode, Page, Snapshot

__all__ = ["Desk", "Entrance", "Mode", "Page", "Snapshot", "of_scene", "seated"]
>>>>>>> scenes
