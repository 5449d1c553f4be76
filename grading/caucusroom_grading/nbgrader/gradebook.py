"""What nbgrader's gradebook knows of an assignment, and the comments that are kept there."""

from __future__ import annotations

import json
from typing import Any

from nbgrader.api import Comment, Gradebook, MissingEntry

from ..handin.assignment import ROOM, assignment_of, weights
from ..handin.comments import comment
from ..handin.notebook import Handout, Source
from ..handin.submission import Verdict


def find_handout(gradebook: Gradebook, assignment: str, notebook: str) -> Handout | None:
    """A notebook as it was handed out; None if there is none of that name or it is no assignment of the course."""
    try:
        found = gradebook.find_notebook(notebook, assignment)
    except MissingEntry:
        return None
    texts = {cell.name: cell.source or "" for cell in found.source_cells}
    ours = assignment_of(texts)
    if ours is None:
        return None
    points = {cell.name: float(cell.max_score) for cell in found.grade_cells}
    cells = [
        Source(cell.name, cell.cell_type, texts[cell.name], cell.checksum, points.get(cell.name), bool(cell.locked))
        for cell in found.source_cells
    ]
    return Handout(ours, tuple(sorted(cells, key=_place)), json.loads(found.kernelspec or "{}"))


def _place(cell: Source) -> tuple[int, str]:
    """The gradebook keeps no order: the room comes first, then what is written, then the criteria in theirs."""
    criteria = list(weights())
    return (criteria.index(cell.name) + 1 if cell.name in criteria else -(cell.name == ROOM), cell.name)


def save_comments(gradebook: Gradebook, verdict: Verdict, assignment: str, notebook: str, student: str) -> None:
    """Keep the automatic comment of every criterion beside its grade.

    nbgrader makes rows for comments on answers only, so those on grade cells are made here.
    """
    submitted = gradebook.find_submission_notebook(notebook, assignment, student)
    rows: dict[str, Any] = {row.cell_id: row for row in submitted.comments}
    for grade in submitted.grades:
        if grade.name in verdict.points:
            row = rows.get(grade.cell_id) or Comment(cell_id=grade.cell_id, notebook_id=submitted.id)
            row.auto_comment = comment(grade.name, verdict, float(grade.max_score))
            gradebook.db.add(row)
    gradebook.db.commit()
