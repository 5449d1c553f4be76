"""What a trainee sees and clicks.

from caucusroom_widgets import room
room("labor-strike", journal="strike.jsonl")
"""

from .room import Room, room

__all__ = ["Room", "room"]
