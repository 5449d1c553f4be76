"""The rules of judgement: one module a criterion, one small function a rule.

Of each criterion the first rule that applies speaks of a decision. Which of its findings gives a decision its
label is said by `findings`: the gravest, and among equal ones the one of the criterion that comes first here.
"""

from __future__ import annotations

from caucusroom import Move
from caucusroom.model.catalogue import Technique
from caucusroom.voice.naming import lower_first

from ..finding import FAIR, LABELS, Finding
from ..moment import Moment
from . import balance, closing, confidentiality, fit, forum, honesty, questions, role, tension
from .book import Rule

__all__ = ["RULES", "Rule", "findings", "label"]

_MODULES = (confidentiality, honesty, closing, tension, fit, questions, balance, forum, role)
RULES: tuple[Rule, ...] = tuple(one for module in _MODULES for one in vars(module).values() if isinstance(one, Rule))

UNJUDGED = "unjudged"
"""The rule of a finding where no rule speaks of a decision."""

_FOR: dict[str, tuple[Technique, tuple[tuple[Rule, ...], ...]]] = {}
"""For each technique the rules that may speak of it, criterion by criterion."""


def label(moment: Moment, move: Move) -> str:
    """The label a decision would have, without its reasons."""
    gravest = LABELS[-1]
    spoken = False
    for rules in _rules_for(moment.technique(move)):
        for rule in rules:
            found = rule.applies(moment, move)
            if found is not None and found is not False:
                gravest, spoken = min(gravest, rule.label, key=LABELS.index), True
                break
    return gravest if spoken else FAIR


def findings(moment: Moment, move: Move) -> tuple[Finding, ...]:
    """What the rules say of a decision at a moment, the finding that gives the label first. At least one.

    Of what no rule speaks nothing is claimed: it is neither praised nor held against anybody.
    """
    found = []
    for rules in _rules_for(moment.technique(move)):
        for rule in rules:
            finding = rule.judge(moment, move)
            if finding is not None:
                found.append(finding)
                break
    if not found:
        name = lower_first(moment.technique(move).name)
        return (
            Finding(UNJUDGED, FAIR, forum.CRITERION, "", f"No rule of judgement speaks of “{name}” here.", ("X4",)),
        )
    return tuple(sorted(found, key=lambda finding: LABELS.index(finding.label)))


def _rules_for(technique: Technique) -> tuple[tuple[Rule, ...], ...]:
    known, rules = _FOR.get(technique.id, (None, ()))
    if known is not technique:  # never met, or of another catalogue
        by_criterion: dict[str, list[Rule]] = {}
        for rule in RULES:
            if rule.concerns(technique):
                by_criterion.setdefault(rule.criterion, []).append(rule)
        rules = tuple(map(tuple, by_criterion.values()))
        _FOR[technique.id] = technique, rules
    return rules
