"""The review of judged mediations: HTML with drawings, without script and without network."""

from .compare import comparison
from .page import review, review_page

__all__ = ["comparison", "review", "review_page"]
