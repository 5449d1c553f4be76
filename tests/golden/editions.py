"""What is recorded of each edition: how the golden plays went and were judged, so that no rule changes without one.

`editions.json` keeps, by edition, two hashes of each golden play: of its moves and of what happened, headings and
words left out; and by both editions (`rules.judge`) those of each golden report. The same moves must have the same
second hash as long as the edition is the same. A play that is new, or has other moves, may be recorded any time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import TypeAlias

from caucusroom import EDITION
from caucusroom_grading.judging.edition import JUDGE_EDITION

from tests.golden.plays import FOLDER, Play, golden_plays, golden_reports
from tests.golden.reported import shortened
from tests.golden.written import written

FILE = FOLDER / "editions.json"
KINDS = {
    "plays": (str(EDITION), "EDITION in scenarios/caucusroom/edition.py"),
    "reports": (
        f"{EDITION}.{JUDGE_EDITION}",
        "JUDGE_EDITION in grading/caucusroom_grading/judging/edition.py (or EDITION, if the rules of play changed)",
    ),
}
"""Of each kind the present edition, and what to raise."""
Record: TypeAlias = dict[str, dict[str, dict[str, str]]]
"""Kind, edition, name of the golden file: two hashes."""


def recorded() -> Record:
    found: Record = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def present() -> dict[str, dict[str, str]]:
    """What would be recorded now, by kind."""
    return {
        "plays": {name: _hashes(play, happened(written(*play))) for name, play in golden_plays().items()},
        "reports": {name: _hashes(play, judged(shortened(*play))) for name, play in golden_reports().items()},
    }


def happened(lines: Iterable[str]) -> list[str]:
    """Of a written play what was decided and what followed.

    Left out are its heading, what was said, and how many moves there were: a technique that is added and not used in
    a play is no other rule.
    """
    return [
        line.rpartition(" · ")[0] if line.endswith(" moves") else line
        for line in lines
        if line[:1].isdigit() or line.startswith(("   → ", "Ended: ")) or " ticks left · " in line
    ]


def judged(report: str) -> list[str]:
    """Of a golden report what was judged, without the other moves that might have been made."""
    said = json.loads(report)
    for decision in said["decisions"]:
        del decision["better"]
    return [json.dumps(said)]


def renewed(record: Record, now: dict[str, dict[str, str]]) -> Record:
    """The record with what is there now; ValueError where the same moves went otherwise under the same edition."""
    made = {kind: dict(editions) for kind, editions in record.items()}
    for kind, (edition, raised) in KINDS.items():
        before = made.setdefault(kind, {}).get(edition, {})
        for name, hashes in now[kind].items():
            old = before.get(name, hashes)
            if old != hashes and old.split()[0] == hashes.split()[0]:
                raise ValueError(f"{name} goes otherwise than edition {edition} has it on record: raise {raised}.")
        made[kind][edition] = now[kind]
    return made


def _hashes(play: Play, lines: Iterable[str]) -> str:
    return f"{_hash(' '.join((*play[:2], *play[2])))} {_hash(chr(10).join(lines))}"


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
