"""The programs that the site is made with, Node.js and its npm, and the folder in which they leave what takes long."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from caucusroom.authoring.searches import cache_folder

from ..words import of_making_it

HERE = Path(__file__).parent
LARGE = 200_000
"""Bytes from which on compressing takes so long that it is remembered."""


class Forms(NamedTuple):
    """A file as it is, and in the two forms that servers can send in its place; None where they are no smaller."""

    plain: bytes
    br: bytes | None
    gz: bytes | None


def cache() -> Path:
    """Where what takes long is kept; made if it is not there."""
    folder = (cache_folder() or Path(tempfile.gettempdir())) / "caucusroom" / "site"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def node(script: Path, *arguments: str) -> None:
    """Run a script under Node.js. ValueError, with a sentence, if there is none or it fails."""
    if said := _run("node", str(script), *arguments):
        raise ValueError(of_making_it()["node"].format(said=said))


def npm(package: str, file: Path) -> None:
    """Fetch a package of npm, given as name@version, as that file. ValueError, with a sentence, if that fails."""
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        if said := _run("npm", "pack", package, "--silent", "--pack-destination", folder):
            facts = {"package": package, "file": file.name, "folder": file.parent, "said": said}
            raise ValueError(of_making_it()["npm"].format_map(facts))
        next(Path(folder).iterdir()).replace(file)


def _run(program: str, *arguments: str) -> str:
    """Run a program; what it said at the end where it failed, else nothing."""
    found = shutil.which(program)
    if found is None:
        raise ValueError(of_making_it()["no_program"].format(program=program))
    done = subprocess.run([found, *arguments], capture_output=True, encoding="utf-8", errors="replace", check=False)
    lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    return (lines or [f"{program} failed"])[-1] if done.returncode else ""


def compressed(contents: Iterable[bytes]) -> list[Forms]:
    """Every content with its smaller forms, in the same order; the same bytes give the same forms."""
    contents = list(contents)
    with tempfile.TemporaryDirectory(dir=cache()) as temporary:
        places = [_place(data, Path(temporary)) for data in contents]
        missing = [place for place in places if not place.with_suffix(".br").exists()]
        for place, data in zip(places, contents, strict=True):
            if place in missing:
                place.write_bytes(data)
        node(HERE / "compress.mjs", *sorted({str(place) for place in missing}))
        for place in missing:
            place.unlink(missing_ok=True)
        brotli = [place.with_suffix(".br").read_bytes() for place in places]
    gzipped = (gzip.compress(data, 9, mtime=0) for data in contents)
    return [
        Forms(data, _smaller(br, data), _smaller(gz, data))
        for data, br, gz in zip(contents, brotli, gzipped, strict=True)
    ]


def _place(data: bytes, temporary: Path) -> Path:
    return (cache() if len(data) >= LARGE else temporary) / hashlib.sha256(data).hexdigest()[:32]


def _smaller(form: bytes, data: bytes) -> bytes | None:
    return form if len(form) < len(data) else None
