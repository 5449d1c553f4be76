"""Measure, and print what was measured: `python -m tests.bench [engine] [grade] …`, or all of the parts."""

import platform
import sys

from tests.bench import engine, grade, judging, kernel, lab

PARTS = {one.__name__.rpartition(".")[2]: one.measure for one in (engine, grade, judging, kernel, lab)}

chosen = sys.argv[1:] or list(PARTS)
if unknown := [part for part in chosen if part not in PARTS]:
    sys.exit(f"There is nothing to measure called {unknown[0]}; there are: {', '.join(PARTS)}.")
print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}. Medians over several runs.")
for part in chosen:
    PARTS[part]()
