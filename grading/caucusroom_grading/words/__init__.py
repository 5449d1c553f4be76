"""What people read of a judgement that the catalogue does not say: one module a language, tables and nothing else."""

from __future__ import annotations

from . import en

__all__ = ["en"]
