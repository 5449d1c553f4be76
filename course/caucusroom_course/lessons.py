"""The lessons: text in `modules/`, and the notebooks that are built from it.

python -m caucusroom_course.lessons        builds every notebook anew
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

PACKAGE = Path(__file__).parent
MODULES = PACKAGE.parents[1] / "modules"
"""Where the lessons are written, in a checkout."""

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def lessons() -> tuple[Path, ...]:
    """The notebooks of the course in their order: a checkout's own, else those that the wheel brought."""
    in_checkout = PACKAGE.parent.name == "course" and MODULES.is_dir()
    folder = MODULES if in_checkout else PACKAGE / "lessons"
    found = tuple(sorted(folder.glob("*.ipynb")))
    if not found:
        raise ValueError(f"There are no lessons in {folder}: install caucusroom again.")
    return found


def build(source: Path) -> NotebookNode:
    """The notebook of a lesson's text (Markdown as jupytext reads it; two empty lines part two cells).

    The same text gives the same notebook: no outputs, and cell ids from the file's name and their position.
    """
    import jupytext
    from nbformat.v4 import new_notebook

    cells = jupytext.reads(source.read_text(encoding="utf-8"), fmt="md").cells
    for position, cell in enumerate(cells):
        cell.id = sha256(f"{source.name}\n{position}".encode()).hexdigest()[:12]
    return new_notebook(cells=cells, metadata={"kernelspec": KERNEL, "language_info": {"name": "python"}})


def write(notebook: NotebookNode) -> str:
    """A notebook as the text of its file."""
    import nbformat

    return nbformat.writes(notebook) + "\n"


def main() -> None:
    for source in sorted(MODULES.glob("*.md")):
        target = source.with_suffix(".ipynb")
        target.write_text(write(build(source)), encoding="utf-8")
        print(target.relative_to(MODULES.parent))


if __name__ == "__main__":
    main()
