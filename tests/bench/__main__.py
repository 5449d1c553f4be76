"""Measure, and print what was measured: `python -m tests.bench [engine] [judging] [kernel] [lab]`, or all of them."""

import platform
import sys

from tests.bench import engine, judging, kernel, lab

PARTS = {"engine": engine.measure, "judging": judging.measure, "kernel": kernel.measure, "lab": lab.measure}

chosen = sys.argv[1:] or list(PARTS)
if unknown := [part for part in chosen if part not in PARTS]:
    sys.exit(f"There is nothing to measure called {unknown[0]}; there are: {', '.join(PARTS)}.")
print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}. Medians over several runs.")
for part in chosen:
    PARTS[part]()
