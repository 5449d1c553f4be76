"""What a trainee sees and clicks.

    from caucusroom_widgets import room
    room("labor-strike", journal="strike.jsonl")

The room needs Jupyter's widgets and is imported when it is asked for; `caucusroom_widgets.desk` needs nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .widget.room import Room, room

__all__ = ["Room", "room"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from .widget import room as module

        return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
