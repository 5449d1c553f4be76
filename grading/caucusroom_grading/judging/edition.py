"""The edition of the judge: what a decision is worth.

Raise it when a golden report changes and the rules of play did not. It goes into every report and every mark, so that
marks given by another judge are made anew, or named.
"""

JUDGE_EDITION = 4
