"""In the kernel: the comm `caucusroom`, by which a page has its visit. The notebook of the demo registers it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import comm
from caucusroom_widgets.desk.visit import Visit

from ..words import of_the_house

TARGET = "caucusroom"
OUT_OF_MEMORY = 77
"""With what a kernel ends itself that has no memory left, so that its page is told at once."""

Message = Mapping[str, Any]


class Line(Protocol):
    """What is needed of a comm."""

    def send(self, data: dict[str, Any]) -> None: ...
    def on_msg(self, callback: Callable[[Message], None]) -> None: ...


def register() -> None:
    """Let a page open a visit in this kernel."""
    comm.get_comm_manager().register_target(TARGET, attend)


def attend(line: Line, opening: Message) -> None:
    """Answer whatever a page asks, the message that opened the comm first. Each answer has the `id` of its question."""
    visit = Visit()

    def answer(message: Message) -> None:
        line.send(answered(visit, message["content"]["data"]))

    line.on_msg(answer)
    answer(opening)


def answered(visit: Visit, data: Any) -> dict[str, Any]:
    """What a page is sent for `{"id", "open": {…}}` or `{"id", "ask": …}`: what it asked for, or a sentence why not."""
    id = data.get("id") if isinstance(data, dict) else None
    try:
        match data:
            case {"open": {"page": page, "kept": kept, "player": player}}:
                return {"id": id, "opened": visit.open(page, kept, player)}
            case {"ask": sent}:
                return {"id": id, "answered": visit.answer(sent)}
        return {"id": id, "error": of_the_house()["not_understood"]}
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (ValueError, OSError) as refusal:
        return {"id": id, "error": str(refusal)}
    except Exception:
        return {"id": id, "error": of_the_house()["went_wrong"]}
