"""What people read that no dispute and no technique owns: one module a language, tables and nothing else."""

from __future__ import annotations

from . import en

__all__ = ["en"]
