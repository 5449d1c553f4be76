"""Golden plays and reports: mediations written out, event by event and word by word, and how they are judged.

`python -m tests.golden` writes them anew. Read the differences before you accept them.
"""
