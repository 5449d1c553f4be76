"""What answers what: the one place that says whether a technique, or information, answers a cause.

The laws, the judge, the coach and whoever else speaks about a decision ask here. What a mediator can know of it is
the catalogue, and the resistances met so far (`resisted` events); `reaches` knows of all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .catalogue import Catalogue
from .levels import TABLE

if TYPE_CHECKING:
    from .dispute import Barrier, Fact

SHARING = "share"
"""The technique whose answer depends on what is shared."""


def by_the_book(catalogue: Catalogue, cause: str, technique: str) -> bool:
    """Whether the catalogue says that a technique answers a cause."""
    known = catalogue.techniques.get(technique)
    return known is not None and cause in known.answers


def reaches(catalogue: Catalogue, barrier: Barrier, technique: str) -> bool:
    """Whether a technique, by itself, answers this cause in this person. (An end respects one; it answers none.)"""
    if technique in (SHARING, *barrier.resists) or not by_the_book(catalogue, barrier.cause, technique):
        return False
    return bool(catalogue.techniques[technique].act != "ending")


def resisted(catalogue: Catalogue, barrier: Barrier, technique: str) -> bool:
    """Whether it answers the cause in others, and does not reach this person."""
    return technique in barrier.resists and by_the_book(catalogue, barrier.cause, technique)


def told(catalogue: Catalogue, barrier: Barrier, fact: Fact) -> bool:
    """Whether a fact that is shared answers this cause: in those who learn of it, or in those who feared to show it."""
    if barrier.issue not in (fact.issue, TABLE):
        return False
    news = catalogue.causes[barrier.cause].news
    if barrier.party == fact.party:
        return not news and by_the_book(catalogue, barrier.cause, SHARING)
    return bool(news) and news in fact.effects
