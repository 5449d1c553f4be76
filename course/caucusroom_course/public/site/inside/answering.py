"""What the worker of a page asks Python: JSON in, JSON out. It runs in the browser, with our packages and no others.

| question | answer |
|---|---|
| `{"open": {"page", "kept", "player"}}`: a visitor sits down | `{"opened": Opened}` |
| `{"ask": Sent}`: one message of theirs | `{"answered": Answered}` |
| `{"judge": {"name", "bytes"}}`: a journal, as a file's name and a letter for each byte | `{"judged": {…}}` |
| `{"check": {"assignment", "dispute", "player", "journal"}}`: graded work | `{"missing": [sentence, …]}` |

What cannot be done is `{"error": sentence}`. What is wrong with the page or with us is `{"fault": key}`, and its
sentence stands in the words of the site: after "memory" Python is not asked again.
"""

from __future__ import annotations

import json
import sys
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from caucusroom import load, read_journal
from caucusroom_widgets.desk.visit import Visit

LONGEST_NAME = 100
visit = Visit()


def answer(question: str) -> str:
    """The answer to one question."""
    return json.dumps(_answer(question))


def _answer(question: str) -> dict[str, Any]:
    try:
        match json.loads(question):
            case {"open": {"page": page, "kept": kept, "player": player}}:
                return {"opened": visit.open(page, kept, player)}
            case {"ask": sent}:
                return {"answered": visit.answer(sent)}
            case {"judge": {"name": str(name), "bytes": str(letters)}}:
                return {"judged": judged(name, letters.encode("latin-1"))}
            case {
                "check": {"assignment": str(name), "dispute": str(dispute), "player": str(player), "journal": str(text)}
            }:
                return {"missing": missing(name, dispute, player, text)}
        return {"fault": "unknown"}
    except MemoryError:
        return {"fault": "memory"}
    except ValueError as error:
        return {"error": str(error)}
    except Exception:
        sys.excepthook(*sys.exc_info())  # for whoever looks into the console of the browser
        return {"fault": "defect"}


def judged(name: str, data: bytes) -> dict[str, Any]:
    """A journal judged, as `caucusroom judge` does it: the report as JSON, the review, and what a list shows."""
    from caucusroom_grading import judge
    from caucusroom_grading.review import review, review_page

    with TemporaryDirectory() as folder, chdir(folder):
        file = Path(Path(name).name[:LONGEST_NAME] or "journal")
        file.write_bytes(data)
        report = judge(read_journal(file))
    return {
        "report": report.as_json(),
        "review": review(report),
        "page": review_page(report),
        "title": report.title,
        "player": report.player,
        "attempt": report.attempt,
        "attempts": report.attempts,
        "decisions": len(report.decisions),
        "total": report.total,
        "notices": list(report.notices),
    }


def missing(name: str, dispute: str, player: str, journal: str) -> list[str]:
    """What the mediation of graded work still lacks, as sentences that tell no secret."""
    from caucusroom_grading.cells import missing_play
    from caucusroom_grading.handin.assignment import Assignment
    from caucusroom_grading.handin.submission import read_submission

    load(dispute)
    work = Assignment(name, dispute)
    with TemporaryDirectory() as folder:
        Path(folder, work.journal).write_text(journal, encoding="utf-8", newline="")
        return list(missing_play(read_submission(Path(folder), work, player)))
