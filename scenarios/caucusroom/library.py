"""Where disputes are found: the compiled ones of the package, or a folder that an author is writing."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from .model.catalogue import Catalogue
from .model.compiled import read_catalogue, read_dispute
from .model.dispute import Dispute

PACKAGE = Path(__file__).parent
COMPILED = PACKAGE / "compiled"


def scenarios() -> tuple[str, ...]:
    """The ids of the disputes in the library, sorted."""
    _refresh()
    return tuple(sorted(path.stem for path in COMPILED.glob("*.json") if path.stem != "catalogue"))


def catalogue() -> Catalogue:
    """The curriculum: causes, cues, techniques, criteria, sources and general lines."""
    _refresh()
    return _read_catalogue()


def load(dispute: str | Path) -> Dispute:
    """A dispute by its id, or by the folder an author keeps it in (that needs the `author` extra).

    Raises ValueError, with a sentence, if there is none or it cannot be compiled.
    """
    if isinstance(dispute, str) and dispute in scenarios():
        return _read_scenario(dispute)
    folder = Path(dispute)
    if (folder / "scenario.yaml").is_file():
        from .authoring.compile import compile_catalogue, compile_dispute

        return read_dispute(json.dumps(compile_dispute(folder, compile_catalogue())), catalogue())
    raise ValueError(f"There is no dispute “{dispute}”. There are: {', '.join(scenarios())}.")


@lru_cache(maxsize=1)
def _read_catalogue() -> Catalogue:
    return read_catalogue((COMPILED / "catalogue.json").read_text(encoding="utf-8"))


@lru_cache
def _read_scenario(id: str) -> Dispute:
    return read_dispute((COMPILED / f"{id}.json").read_text(encoding="utf-8"), _read_catalogue())


@lru_cache(maxsize=1)
def _refresh() -> None:
    """In a checkout, compile again what an author has changed; once a process. A wheel is left alone."""
    sources = [*PACKAGE.parent.glob("*/scenario.yaml")]
    if PACKAGE.parent.name != "scenarios" or not sources:
        return
    written = [*sources, *(PACKAGE / "catalogue").glob("*.yaml")]
    written += [path for name in ("lines", "scenes") for path in PACKAGE.parent.glob(f"*/{name}.yaml")]
    written += [
        PACKAGE / name for name in ("edition.py", "authoring/compile.py", "authoring/shapes.py", "model/levels.py")
    ]
    made = {path.stem: path.stat().st_mtime_ns for path in COMPILED.glob("*.json")}
    wanted = {path.parent.name for path in sources} | {"catalogue"}
    if made.keys() != wanted or min(made.values()) < max(path.stat().st_mtime_ns for path in written):
        from .authoring.compile import compile_all

        compile_all(PACKAGE.parent, COMPILED)
