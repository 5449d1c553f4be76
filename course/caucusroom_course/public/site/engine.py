"""Python for the browser: Pyodide as npm has it, checked against its hash, and one archive of what runs in it.

The archive holds the modules of the standard library that are really used, found by using them, and our own packages
with the compiled disputes, all as bytecode that Pyodide's own Python made. Both are kept in the user's cache folder.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import caucusroom
import caucusroom_grading
import caucusroom_widgets

from ..words import of_making_it
from .tools import cache, node, npm

HERE = Path(__file__).parent
PIN: dict[str, str] = json.loads((HERE / "pin.json").read_text(encoding="utf-8"))
PARTS = {
    "pyodide.mjs": "pyodide.js",
    "pyodide.asm.mjs": "pyodide.asm.js",
    "pyodide.asm.wasm": "pyodide.asm.wasm",
}
"""Of Pyodide's package, what a page loads, and its name there: a server that was never told of `.mjs` serves it as
something that no browser runs."""
PACKAGES = (caucusroom, caucusroom_grading, caucusroom_widgets)
LEFT_OUT = ("caucusroom/authoring", "caucusroom_widgets/widget", "caucusroom_grading/nbgrader",
            "caucusroom_grading/strategies")  # fmt: skip
"""What no visitor needs of them."""
KINDS = (".py", ".json", ".css")


class Engine(NamedTuple):
    """What a page loads to have Python: Pyodide's files by name, the archive, and what Pyodide is told of itself, so
    that it asks for no list of packages."""

    pyodide: dict[str, bytes]
    archive: bytes
    lock: dict[str, Any]


def make_engine() -> Engine:
    """Pyodide and the archive. ValueError, with a sentence, where they cannot be had."""
    with tarfile.open(_published()) as package:

        def read(name: str) -> bytes:
            member = package.extractfile(f"package/{name}")
            assert member is not None
            return member.read()

        lock = {"info": json.loads(read("pyodide-lock.json"))["info"], "packages": {}}
        parts = {name: read(name) for name in (*PARTS, "pyodide-lock.json", "python_stdlib.zip")}
    return Engine({new: parts[old] for old, new in PARTS.items()}, _archive(parts), lock)


def _published() -> Path:
    """Pyodide's package as npm has it: from the cache, or fetched, and checked either way."""
    name, number = PIN["package"], PIN["version"]
    package = cache() / f"{name}-{number}.tgz"
    if not package.exists():
        print(of_making_it()["fetching"].format(package=f"{name} {number}"))
        npm(f"{name}@{number}", package)
    algorithm, _, expected = PIN["integrity"].partition("-")
    if base64.b64encode(hashlib.new(algorithm, package.read_bytes()).digest()).decode() != expected:
        raise ValueError(of_making_it()["altered"].format(file=package))
    return package


def _archive(pyodide: dict[str, bytes]) -> bytes:
    """The archive, made anew if anything that goes into it has changed."""
    makers = {name: (HERE / name).read_bytes() for name in ("making.mjs", "making.py")}
    ours = dict(sources())
    digest = hashlib.sha256(PIN["integrity"].encode())
    for name, data in sorted({**makers, **ours}.items()):
        digest.update(f"\n{name} {len(data)}\n".encode() + data)
    made = cache() / f"python-{digest.hexdigest()[:32]}.zip"
    if not made.exists():
        print(of_making_it()["making"])
        with tempfile.TemporaryDirectory(dir=cache()) as folder:
            home, stage = Path(folder) / "pyodide", Path(folder) / "stage"
            for name, data in pyodide.items():
                _write(home / name, data)
            for name, data in ours.items():
                _write(stage / "ours" / name, data)
            for name, data in makers.items():
                _write(stage / name, data)
            node(stage / "making.mjs", str(home), str(stage))
            shutil.move(stage / "python.zip", made)
    return made.read_bytes()


def sources() -> Iterator[tuple[str, bytes]]:
    """Our modules that run in a page and the data beside them, by their paths below where they are imported from."""
    caucusroom.scenarios()  # a checkout compiles its disputes
    for package in PACKAGES:
        folder = Path(package.__file__ or "").parent
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder.parent).as_posix()
            if file.suffix in KINDS and not name.startswith(LEFT_OUT):
                yield name, file.read_bytes()
    yield "answering.py", (HERE / "inside" / "answering.py").read_bytes()


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
