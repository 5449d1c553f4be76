"""A whole mediation, played at the desk, reviewed, judged, handed in and graded. Any Python there is can run it:

    python3 -I -S tests/bare/whole.py PACKAGES… <asked.json

where PACKAGES are the folders that hold our packages, and asked.json says what `whole` is to be given.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

NOTEBOOK = "labor-strike.ipynb"


def whole(dispute: str, case: str, moves: list[str], player: str, folder: str) -> dict[str, Any]:
    """What was shown after each decision, the review, the report; and what becomes of the work in `folder`."""
    from caucusroom import Session
    from caucusroom_grading import judge
    from caucusroom_widgets.desk import Desk

    desk = Desk(Session(dispute, case=case, player=player))
    shown = [desk.snapshot()]
    shown += [desk.answer({"id": f"{seq}", "seq": seq, "move": move}) for seq, move in enumerate(moves)]
    refused = [one["answer"] for one in shown[1:] if not (one["answer"] and one["answer"]["ok"])]
    desk.answer({"id": "review", "seq": len(moves), "review": True})
    assert desk.page and not refused, refused
    report = judge(desk.session.transcript).as_json()
    return {"shown": shown, "review": desk.page["html"], "report": report, "graded": graded(Path(folder), player)}


def graded(folder: Path, student: str) -> dict[str, Any]:
    """The work in a folder that was handed in: read, judged and put into the notebook that it was made from."""
    from caucusroom_grading.handin.assignment import assignment_of
    from caucusroom_grading.handin.comments import comment
    from caucusroom_grading.handin.files import set_aside
    from caucusroom_grading.handin.notebook import Handout, Source, fill, read_notebook, rebuild
    from caucusroom_grading.handin.submission import read_submission

    cells = [
        Source(own["grade_id"], cell["cell_type"], "".join(cell["source"]), None, own.get("points"), own["locked"])
        for cell in json.loads((folder / "source.ipynb").read_text(encoding="utf-8"))["cells"]
        if (own := cell["metadata"].get("nbgrader"))
    ]
    assignment = assignment_of({cell.name: cell.text for cell in cells})
    assert assignment
    set_aside(folder)
    verdict = read_submission(folder, assignment, student)
    notebook, notes = rebuild(Handout(assignment, tuple(cells), {"name": "python3"}), read_notebook(folder / NOTEBOOK))
    fill(notebook, verdict)
    return {
        "points": verdict.points,
        "notes": [note.text for note in (*notes, *verdict.notes)],
        "comments": {criterion: comment(criterion, verdict, 10) for criterion in verdict.points},
        "notebook": notebook,
    }


def foreign() -> list[str]:
    """The packages that were imported and are neither Python's nor, by their name, ours or the program that runs."""
    names = {name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names - {__name__}
    return sorted(name for name in names if not name.startswith(("caucusroom", "__m")))


if __name__ == "__main__":
    sys.path[:0] = sys.argv[1:]
    done = whole(*json.load(sys.stdin))
    print(json.dumps(done | {"foreign": foreign()}))
