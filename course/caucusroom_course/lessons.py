"""The notebooks of the course: lessons from the text in `modules/`, graded work from that in `course/nbgrader/source/`.

python -m caucusroom_course.lessons        builds every notebook anew
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

Notebook: TypeAlias = dict[str, Any]
"""A notebook as the JSON of its file (nbformat 4.5)."""

PACKAGE = Path(__file__).parent
MODULES = PACKAGE.parents[1] / "modules"
"""Where the lessons are written, in a checkout."""

CLASSROOM = PACKAGE.parent / "nbgrader"
"""What an instructor's course folder starts as, in a checkout."""

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def lessons() -> tuple[Path, ...]:
    """The notebooks of the course in their order: a checkout's own, else those that the wheel brought."""
    in_checkout = PACKAGE.parent.name == "course" and MODULES.is_dir()
    folder = MODULES if in_checkout else PACKAGE / "lessons"
    found = tuple(sorted(folder.glob("*.ipynb")))
    if not found:
        raise ValueError(f"There are no lessons in {folder}: install caucusroom again.")
    return found


def texts() -> list[Path]:
    """Every text of a checkout from which a notebook is built, which stands beside it."""
    return [*sorted(MODULES.glob("*.md")), *sorted((CLASSROOM / "source").rglob("*.md"))]


def build(source: Path) -> Notebook:
    """The notebook of a lesson's text (Markdown as jupytext reads it; two empty lines part two cells).

    The same text gives the same notebook: no outputs, and cell ids from the file's name and their position. In
    graded work, known by cells with `nbgrader={…}`, the text that is nobody's answer can be neither edited nor deleted.
    """
    import jupytext

    written = jupytext.reads(source.read_text(encoding="utf-8"), fmt="md").cells
    cells = [_cell(cell, f"{source.name}\n{position}") for position, cell in enumerate(written)]
    if any("nbgrader" in cell["metadata"] for cell in cells):
        for cell in cells:
            cell["metadata"] |= _handed_out(cell)
    return {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def _handed_out(cell: dict[str, Any]) -> dict[str, Any]:
    """What nbgrader has to know of a cell: all of its settings, of which the text says those that matter."""
    said = cell["metadata"].get("nbgrader")
    if said is None:
        return {"deletable": False, "editable": False}
    settings = {"grade": "points" in said, "locked": False, "schema_version": 3, "solution": False, "task": False}
    return {"nbgrader": settings | {"cell_type": cell["cell_type"]} | said}


def _cell(written: Any, place: str) -> dict[str, Any]:
    """A cell as jupytext reads it, made ready for the file."""
    cell = {
        "cell_type": written.cell_type,
        "id": sha256(place.encode()).hexdigest()[:12],
        "metadata": {name: value for name, value in written.metadata.items() if name != "lines_to_next_cell"},
        "source": written.source.splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if written.cell_type == "code" else {})


def as_text(notebook: Notebook) -> str:
    """A notebook as the text of its file, laid out as JupyterLab does it."""
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> None:
    for source in texts():
        target = source.with_suffix(".ipynb")
        target.write_text(as_text(build(source)), encoding="utf-8")
        print(target.relative_to(MODULES.parent))


if __name__ == "__main__":
    main()
