"""The scales everything is told on, and the levels at which something begins to matter."""

from __future__ import annotations

Pair = tuple[int, int]
"""One level for each side."""

HEAT = ("calm", "tense", "hot", "boiling")
TRUST = ("closed", "polite", "open", "trusting")
STRAIN = ("fresh", "tiring", "worn", "spent")
SUSPICION = ("none", "wondering", "doubting", "accusing")
MOODS = {"heat": HEAT, "trust": TRUST, "strain": STRAIN, "suspicion": SUSPICION}
"""The four moods and the word for each of their levels 0..3. Trust is trust in the mediator."""

MOST = 3
"""The highest level of a mood."""
HOT, BOILING = 2, 3
"""The heat from which people attack, and that at which they hear nothing any more."""
WORN, SPENT = 2, 3
"""The strain from which people should rest, and that at which a yes is only a wish to go home."""
DOUBTING, ACCUSING = 2, 3
"""The suspicion from which a side holds back, and that at which it may leave."""
OPEN = 2
"""The trust from which a side speaks of what lies deeper."""

TICK_MINUTES = 15
LATE, VERY_LATE = 6, 2
"""Ticks left in a long day from which everybody is one, then two levels more strained."""
LONGEST_WAIT = 12
"""Ticks after which more waiting changes nothing (three hours)."""

TABLE = -1
"""The place of a barrier that concerns no single issue but the whole table."""
