"""Build hook: a wheel carries what a checkout has beside its packages, compiled disputes, lessons and graded work."""

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CaucusroomBuildHook(BuildHookInterface[Any]):
    """Compile the disputes and gather the notebooks before a wheel is packed.

    Both land inside their packages, are ignored by git and enter the wheel as artifacts
    (see `[tool.hatch.build.targets.wheel]`). An editable install takes nothing: a checkout
    compiles its disputes when they change and opens the lessons where they are.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        self._compile_disputes(root / "scenarios")
        package = root / "course" / "caucusroom_course"
        self._gather(root / "modules", "*.ipynb", package / "lessons")
        self._gather(root / "course" / "nbgrader", "**/*.ipynb", package / "handouts")
        shutil.copy2(root / "course" / "nbgrader" / "nbgrader_config.py", package / "handouts")

    def _compile_disputes(self, source: Path) -> None:
        sys.path.insert(0, str(source))  # the package is not installed yet
        from caucusroom.authoring.compile import compile_all

        compile_all(source, source / "caucusroom" / "compiled")

    def _gather(self, source: Path, pattern: str, target: Path) -> None:
        notebooks = sorted(source.glob(pattern))
        if not notebooks:
            raise FileNotFoundError(f"{source} holds no notebook: build the lessons before the wheel.")
        shutil.rmtree(target, ignore_errors=True)  # no notebook that was since renamed
        for notebook in notebooks:
            copy = target / notebook.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(notebook, copy)
