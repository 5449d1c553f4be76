"""How nbgrader hands an assignment out: not with a journal in it."""

from __future__ import annotations

from pathlib import Path

from nbgrader.exchange import abc
from nbgrader.exchange.default import ExchangeReleaseAssignment

from ..handin.files import journals_in
from .exporter import PLAYED


class Unplayed(abc.ExchangeReleaseAssignment):  # type: ignore[misc]  # nbgrader publishes no types
    """To be put before the release of any exchange, as in `Release`.

    ExchangeError if somebody has played in the release: everybody's room would go on with their mediation.
    """

    def init_src(self) -> None:
        super().init_src()
        left = journals_in(Path(self.src_path))
        if left:
            place = self.coursedir.release_directory
            self.fail(f"{left[0]} is {PLAYED.format(place=place)}: move it away, then release again.")


class Release(Unplayed, ExchangeReleaseAssignment):  # type: ignore[misc]  # nbgrader publishes no types
    """The exchange of `nbgrader release_assignment` and of Formgrader's button."""
