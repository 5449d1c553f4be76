"""Build hook: a wheel carries what a checkout makes by itself, compiled disputes and built lessons."""

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CaucusroomBuildHook(BuildHookInterface[Any]):
    """Compile the disputes and gather the lessons before a wheel is packed.

    Both land inside their packages, are ignored by git and enter the wheel as artifacts
    (see `[tool.hatch.build.targets.wheel]`). An editable install takes nothing: a checkout
    compiles its disputes when they change and opens the lessons where they are.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        self._compile_disputes(root / "scenarios")
        self._gather_lessons(root / "modules", root / "course" / "caucusroom_course" / "lessons")

    def _compile_disputes(self, source: Path) -> None:
        sys.path.insert(0, str(source))  # the package is not installed yet
        from caucusroom.compile import compile_all

        compile_all(source, source / "caucusroom" / "compiled")

    def _gather_lessons(self, source: Path, target: Path) -> None:
        notebooks = sorted(source.glob("*.ipynb"))
        if not notebooks:
            raise FileNotFoundError(f"{source} holds no lesson notebook: build the lessons before the wheel.")
        shutil.rmtree(target, ignore_errors=True)  # no lesson that was since renamed
        target.mkdir(parents=True)
        for notebook in notebooks:
            shutil.copy2(notebook, target)
