"""What called for a decision and whether one met it: one module a criterion, from what was perceived alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType

from ..play import Play
from ..report import Occasion
from ..rules import balance as b
from ..rules import closing as c
from ..rules import confidentiality as k
from ..rules import fit as f
from ..rules import forum as o
from ..rules import honesty as h
from ..rules import questions as q
from ..rules import role as r
from ..rules import tension as t
from . import balance, closing, confidentiality, fit, forum, honesty, questions, role, tension

__all__ = ["OCCASIONS", "occasions"]

OCCASIONS: MappingProxyType[str, Callable[[Play], Iterator[Occasion]]] = MappingProxyType(
    {
        r.CRITERION: role.occasions,
        o.CRITERION: forum.occasions,
        k.CRITERION: confidentiality.occasions,
        h.CRITERION: honesty.occasions,
        b.CRITERION: balance.occasions,
        q.CRITERION: questions.occasions,
        t.CRITERION: tension.occasions,
        f.CRITERION: fit.occasions,
        c.CRITERION: closing.occasions,
    }
)
"""By the id of the criterion."""


def occasions(play: Play, criterion: str) -> Iterator[Occasion]:
    """The occasions of a criterion, in the order in which they arose."""
    return iter(sorted(OCCASIONS[criterion](play), key=lambda one: one.since))
