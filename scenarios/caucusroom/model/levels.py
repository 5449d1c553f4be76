"""The scales everything is told on: moods in four levels, time in quarters of an hour."""

from __future__ import annotations

Pair = tuple[int, int]
"""One level for each of the two parties, in the dispute's order."""

HEAT = ("calm", "tense", "hot", "boiling")
TRUST = ("closed", "polite", "open", "trusting")
STRAIN = ("fresh", "tiring", "worn", "spent")
SUSPICION = ("none", "wondering", "doubting", "accusing")
MOODS = {"heat": HEAT, "trust": TRUST, "strain": STRAIN, "suspicion": SUSPICION}
"""The four moods and the word for each of their levels 0..3. Trust is trust in the mediator."""

TICK_MINUTES = 15
LONGEST_WAIT = 12
"""Ticks after which more waiting changes nothing (three hours)."""

TABLE = -1
"""The place of a barrier that concerns no single issue but the whole table."""
