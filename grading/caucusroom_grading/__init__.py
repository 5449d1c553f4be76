"""Judging mediations: `judge(read_journal("strike.jsonl"))` gives a `Report` of every decision.

A decision is judged only on what the mediator could have known when it was made, by rules that each have a
reason in words and a source. What is named here is imported when it is asked for: a room needs the rules at once, and
the rest for a review or a hint.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .judging.coach import coach
    from .judging.judge import judge
    from .judging.report import Report

__all__ = ["Report", "coach", "judge"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module(f".judging.{name.lower()}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
