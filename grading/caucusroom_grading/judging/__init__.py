"""Judging a mediation: the moment, the rules, the scales, the report. Needs nothing but Python."""
