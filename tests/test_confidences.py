"""What is done with a confidence is judged, not how much comes out: to keep, to ask and to carry, side by side."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import pytest
from caucusroom_grading import Report
from caucusroom_grading.judging.report import MET, MISSED, Occasion
from caucusroom_grading.judging.rules.confidentiality import CRITERION

from tests.judging.judged import report
from tests.judging.variations import STRIKE


class Confidence(NamedTuple):
    """Something that was told, and one mediation in which it is kept, asked about, or carried as well."""

    case: str
    fact: str
    told: str
    between: str
    end: str

    def line(self, ask: bool, carry: bool) -> list[str]:
        asked = " / allay_sharing" if ask else ""
        carried = f" / share {self.fact}" if carry else ""
        return f"{self.told}{asked} / {self.between}{carried} / {self.end}".split(" / ")


@cache
def three(confidence: Confidence) -> tuple[Report, Report, Report]:
    """Kept, asked about, carried."""
    ways = ((False, False), (True, False), (True, True))
    kept, asked, carried = (report(STRIKE, confidence.case, confidence.line(*way)) for way in ways)
    return kept, asked, carried
