"""The edition of the rules: what a decision leads to.

Raise it when a golden play changes: when the same decisions, in the same dispute, lead to something else. It goes into
the content hash of every dispute, the heading of every journal, every report and every mark, so that nothing begun
or marked under other rules is taken for the same. Words that are only read may change without it.
"""

EDITION = 3
