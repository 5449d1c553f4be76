"""Golden plays: a mediation of each case written out, event by event and word by word, to be compared with.

`python -m tests.golden` writes them anew. Read the differences before you accept them.
"""
