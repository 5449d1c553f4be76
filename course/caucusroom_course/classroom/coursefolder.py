"""An instructor's course folder as nbgrader sees it: its settings and its gradebook, without nbgrader's long start."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any

_ADDRESSES: Any = "rfc3987_syntax"
"""A grammar of web addresses: every reader of notebooks builds it (seconds) in case it is asked about one."""


@contextmanager
def lightly() -> Iterator[None]:
    """Within, parts of nbgrader are imported without its server extensions, and nobody builds `_ADDRESSES`.

    Both are left to be imported by whoever wants them later.
    """
    spec = find_spec("nbgrader")
    if spec is None:
        raise ModuleNotFoundError("nbgrader is not installed", name="nbgrader")
    bare: dict[str, Any] = {"nbgrader": module_from_spec(spec), _ADDRESSES: None}  # None: cannot be imported
    ours = {name: module for name, module in bare.items() if name not in sys.modules}
    sys.modules.update(ours)
    try:
        yield
    finally:
        for name in ours:
            del sys.modules[name]


with lightly():
    from jupyter_core.application import JupyterApp
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Application, Config


def open_course(folder: Path) -> tuple[CourseDirectory, Config]:
    """The places and the settings of the course in `folder`, read from the files that nbgrader reads when run there.

    ValueError if there is no such folder or its settings cannot be used. They may name files relative to the folder,
    so be there: `contextlib.chdir`.
    """
    if not folder.is_dir():
        raise ValueError(f"There is no folder {folder}: name the folder of the course with --course.")
    root = folder.resolve()
    try:
        app = JupyterApp(config_file_name="nbgrader_config", raise_config_file_errors=True)
        app.load_config_file()
        Application.load_config_file(app, "nbgrader_config", path=str(root))
        return CourseDirectory(config=app.config, root=str(root)), app.config
    except Exception as error:  # settings are a program, in which anything can go wrong
        raise ValueError(
            f"The settings of the course, {root / 'nbgrader_config.py'} or your own for Jupyter, cannot be used "
            f"({type(error).__name__}: {error})."
        ) from error
