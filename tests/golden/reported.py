"""Reports as text. Needs nothing but Python, the engine and the judging, so that any Python there is can run it:

    python3 tests/golden/reported.py PACKAGES <plays.json

where PACKAGES is the folder that holds both packages and plays.json a list of [dispute, case, [move, …]].
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any


def report(dispute: str, case: str, moves: Iterable[str]) -> Any:
    from caucusroom import Attempt, Transcript, load
    from caucusroom.record.transcript import Header
    from caucusroom_grading import judge

    header = Header(dispute, load(dispute).content, case, "ana", "")
    return judge(Transcript(header, (Attempt(case, tuple(moves)),)))


def shortened(dispute: str, case: str, moves: Iterable[str]) -> str:
    """The report of a play as a golden file keeps it.

    Left out is what stands elsewhere: what was said (in the golden plays), the texts of the levels (in the
    catalogue), what could be known before already, and the reasons of moves that were not made.
    """
    judged = asdict(report(dispute, case, moves))
    del judged["content"], judged["edition"], judged["judge_edition"]
    known: list[str] = []
    for decision in judged["decisions"]:
        for repeated in ("words", "criterion", "reason", "sources"):
            del decision[repeated]
        decision["findings"] = [
            f"{found['label']}: {found['rule']} ({', '.join(filter(None, (found['criterion'], found['party'])))})"
            f": {found['reason']} [{' '.join(found['sources'])}]"
            for found in decision["findings"]
        ]
        decision["better"] = [f"{choice['label']}: {choice['move']}" for choice in decision["better"]]
        decision["looks"] = [look and list(look.values()) for look in decision["looks"]]
        decision["knowable"], known = [one for one in decision["knowable"] if one not in known], decision["knowable"]
    for score in judged["criteria"]:
        del score["name"], score["anchor"]
        score["occasions"] = [
            f"{one['outcome']} {one['earned']}/{one['weight']}: {one['id']}, since {one['since']}, {one['decisions']}: "
            f"{one['text']}"
            for one in score["occasions"]
        ]
    return _text(judged) + "\n"


def _text(value: Any, indent: str = "") -> str:
    """JSON, with everything that fits into a line in one."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list | tuple) or len(indent) + len(line) <= 120:
        return line
    deeper = indent + " "
    if isinstance(value, dict):
        parts = [f"{json.dumps(str(key))}: {_text(part, deeper)}" for key, part in value.items()]
        return f"{{\n{deeper}" + f",\n{deeper}".join(parts) + f"\n{indent}}}"
    return f"[\n{deeper}" + f",\n{deeper}".join(_text(part, deeper) for part in value) + f"\n{indent}]"


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for play in json.load(sys.stdin):
        print(report(*play).as_json())
