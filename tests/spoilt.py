"""The bad scenarios: the sound one, each with one thing made wrong by a small patch.

A patch names a file (`= scenario.yaml`) and then says what becomes what, as a diff does: lines with `-` go, lines
with `+` come, lines with a space only show the place. Each stretch has to fit exactly once. `= lines.yaml, missing`
takes a file away. What stands before a _ in a patch's name is the rule that it breaks; the dispute gets that as its id,
unless the patch has given it another.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

BAD = Path(__file__).parent / "bad_scenarios"
SOUND = BAD / "sound"
PATCHES = {path.stem: path for path in sorted(BAD.glob("*.patch"))}


def spoilt(name: str, where: Path) -> Path:
    """Make the bad scenario of this name in a folder, and return its own folder."""
    rule = name.partition("_")[0]
    folder = where / rule
    shutil.copytree(SOUND, folder)
    for part in re.split(r"^= ", PATCHES[name].read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, stretches = part.partition("\n")
        file, _, missing = head.partition(", ")
        if missing:
            (folder / file).unlink()
            continue
        text = (folder / file).read_text(encoding="utf-8")
        for stretch in filter(None, re.split(r"\n(?=\n)", stretches.strip("\n"))):
            lines = [line for line in stretch.split("\n") if line]
            was = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
            now = "".join(f"{line[1:]}\n" for line in lines if line[0] in " +")
            assert text.count(was) == 1, f"{name}: this is in {file} {text.count(was)} times:\n{was}"
            text = text.replace(was, now)
        (folder / file).write_text(text, encoding="utf-8")
    scenario = folder / "scenario.yaml"
    named = re.sub(r"^id: sound$", f"id: {rule}", scenario.read_text(encoding="utf-8"), flags=re.MULTILINE)
    scenario.write_text(named, encoding="utf-8")
    return folder
