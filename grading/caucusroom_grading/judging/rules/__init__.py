"""The rules of judgement: one module a criterion, one small function a rule.

Of each criterion the first rule that applies speaks of a decision. Which of its findings gives a decision its
label is said by `findings`: the gravest, and among equal ones the one of the criterion that comes first here.
"""

from __future__ import annotations

from caucusroom import Move

from ..moment import Moment
from ..report import LABELS, Finding
from . import balance, closing, confidentiality, fit, forum, honesty, questions, role, tension
from .book import ANY, Rule

__all__ = ["RULES", "Rule", "findings", "label"]

_MODULES = (confidentiality, honesty, closing, tension, fit, questions, balance, forum, role)
RULES: tuple[Rule, ...] = tuple(one for module in _MODULES for one in vars(module).values() if isinstance(one, Rule))

_FOR: dict[str, tuple[tuple[Rule, ...], ...]] = {}
"""For each technique the rules that may speak of it, criterion by criterion."""


def label(moment: Moment, move: Move) -> str:
    """The label a decision would have, without its reasons."""
    gravest = LABELS[-1]
    for rules in _rules_for(move.technique):
        for rule in rules:
            if rule.speaks(moment, move):
                gravest = min(gravest, rule.label, key=LABELS.index)
                break
    return gravest


def findings(moment: Moment, move: Move) -> tuple[Finding, ...]:
    """What the rules say of a decision at a moment, the finding that gives the label first. At least one."""
    found = []
    for rules in _rules_for(move.technique):
        for rule in rules:
            finding = rule.judge(moment, move)
            if finding is not None:
                found.append(finding)
                break
    return tuple(sorted(found, key=lambda finding: LABELS.index(finding.label)))


def _rules_for(technique: str) -> tuple[tuple[Rule, ...], ...]:
    if technique not in _FOR:
        by_criterion: dict[str, list[Rule]] = {}
        for rule in RULES:
            if technique in rule.techniques or ANY in rule.techniques:
                by_criterion.setdefault(rule.criterion, []).append(rule)
        _FOR[technique] = tuple(map(tuple, by_criterion.values()))
    return _FOR[technique]
