"""Judging mediations: `judge(read_journal("strike.jsonl"))` gives a `Report` of every decision.

A decision is judged only on what the mediator could have known when it was made, by rules that each have a
reason in words and a source.
"""

from .judging.coach import coach
from .judging.judge import judge
from .judging.report import Report

__all__ = ["Report", "coach", "judge"]
