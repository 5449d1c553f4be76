"""The folder that a site is written into: new, empty, or a site made before. Nothing else in it is ever touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from ..words import of_making_it
from .tools import Forms

MADE = "caucusroom-site.txt"
"""Lists the files of a site; the folder that has it is one of ours."""


def must_take(out: Path) -> None:
    """ValueError, with a sentence, for what no site can be written into."""
    if out.exists() and not out.is_dir():
        raise ValueError(of_making_it()["no_folder"].format(out=out))
    if out.is_dir() and any(out.iterdir()) and not (out / MADE).is_file():
        raise ValueError(of_making_it()["not_empty"].format(out=out))


def put(out: Path, made: Mapping[str, Forms]) -> None:
    """Write the files of a site in their order, each in all its forms, then take away those of the site before.

    So whoever is served from the folder meanwhile finds what the page that they have asks for.
    """
    written = {f"{name}{suffix}": data for name, forms in made.items() for suffix, data in _forms(forms)}
    before = _made_before(out)
    for name, data in written.items():
        file = out / name
        if not file.is_file() or file.read_bytes() != data:
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_name(f"{file.name}.part")
            part.write_bytes(data)
            part.replace(file)
    (out / MADE).write_text("".join(f"{name}\n" for name in sorted(written)), encoding="utf-8")
    for name in before - written.keys():
        _remove(out, name)


def _forms(forms: Forms) -> Iterator[tuple[str, bytes]]:
    yield "", forms.plain
    if forms.br:
        yield ".br", forms.br
    if forms.gz:
        yield ".gz", forms.gz


def _made_before(out: Path) -> set[str]:
    listed = out / MADE
    names = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    return {name for name in names if name and not PurePosixPath(name).is_absolute() and ".." not in name.split("/")}


def _remove(out: Path, name: str) -> None:
    """A file, and the folders that are empty without it."""
    (out / name).unlink(missing_ok=True)
    for folder in (out / name).parents:
        if folder == out or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()
