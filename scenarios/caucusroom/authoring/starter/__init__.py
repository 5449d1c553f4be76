"""The small dispute in this folder, and how an author begins with a copy of it."""

from __future__ import annotations

import re
from pathlib import Path

STARTER = Path(__file__).parent
FIT = re.compile(r"[a-z][a-z0-9-]*")
PARTS = ("scenario.yaml", "lines.yaml", "scenes.yaml", "notes.md", "walkthroughs/*.yaml")


def new_dispute(id: str, where: Path) -> Path:
    """Make the folder `where`/`id`, with a small dispute that passes `check`, and return it.

    Raises ValueError, with a sentence, for an unfit id or a folder that is there already or cannot be made.
    """
    if not FIT.fullmatch(id):
        raise ValueError(f"“{id}” cannot be an id: use small letters, digits and -, a letter first, as in two-bakers.")
    folder = where / id
    try:
        folder.mkdir(parents=True)
        for file in (file for part in PARTS for file in sorted(STARTER.glob(part))):
            text = file.read_text(encoding="utf-8")
            copy = folder / file.relative_to(STARTER)
            copy.parent.mkdir(exist_ok=True)
            copy.write_text(re.sub(r"^id: starter\b", f"id: {id}", text, flags=re.MULTILINE), encoding="utf-8")
    except FileExistsError:
        raise ValueError(f"{folder} is there already: choose another id, or move that folder away.") from None
    except OSError as error:
        raise ValueError(f"{folder} cannot be made: {error.strerror}. Choose another folder.") from None
    return folder
