"""What a rule says of a decision; apart from the report, which nobody needs while a mediation is played."""

from __future__ import annotations

from dataclasses import dataclass

HARMFUL, WEAK, FAIR, SOUND = "harmful", "weak", "fair", "sound"
LABELS = (HARMFUL, WEAK, FAIR, SOUND)
"""The labels of a decision, from the gravest up."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule of judgement says of one decision, the criterion it counts for and the side it is about.

    All but `reason` are ids; `party` is "" where it is about no single side.
    """

    rule: str
    label: str
    criterion: str
    party: str
    reason: str
    sources: tuple[str, ...]
