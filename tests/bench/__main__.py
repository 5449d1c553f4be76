"""Measure, and print what was measured: `python -m tests.bench [engine] [grade] …`, or all of the parts."""

import importlib.util
import platform
import sys
from pathlib import Path

import rich

from tests.bench import decision, demo, engine, grade, judging, kernel, lab, servers, site, start

ORDER = (start, engine, decision, grade, judging, kernel, lab, site, demo, servers)
PARTS = {one.__name__.rpartition(".")[2]: one.measure for one in ORDER}

chosen = sys.argv[1:] or list(PARTS)
if unknown := [part for part in chosen if part not in PARTS]:
    sys.exit(f"There is nothing to measure called {unknown[0]}; there are: {', '.join(PARTS)}.")
print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}. Medians over several runs.")
if not Path(importlib.util.cache_from_source(rich.__file__)).exists():
    print("The environment is not compiled, so whatever starts Python starts slowly: run `make` with a new VENV.")
for part in chosen:
    PARTS[part]()
