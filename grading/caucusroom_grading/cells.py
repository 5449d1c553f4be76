"""What the cells of a graded notebook call: the points of a criterion, and a look at what is missing before submitting.

    points("investigation", "labor-strike")
    ready("labor-strike")

With nbgrader's own settings these cells are run when work is marked, beside those of the student, and give the same
points as the course's settings, which run nothing. That is the less safe way: a student's code can meddle with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path

from caucusroom.record.names import who_plays

from .handin.assignment import Assignment, weights
from .handin.files import shown
from .handin.notebook import cells_of, read_notebook
from .handin.submission import Note, Verdict, read_submission

_AFRESH = "Open the room again: it offers to set that file aside and to begin a new one."

STUB = "YOUR ANSWER HERE"
"""What nbgrader puts where an answer is to be written."""


class Sentence:
    """What a cell shows in words: no number, so that no mark can be read from it, and nothing to be alarmed at."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts

    def __repr__(self) -> str:
        return "\n".join(self.texts)

    def _repr_html_(self) -> str:
        return "".join(f"<p>{escape(text)}</p>" for text in self.texts)


def points(criterion: str, assignment: str, dispute: str = "") -> float | Sentence:
    """The points that the journal in this folder earns for a criterion, while nbgrader marks it; else a sentence.

    They are out of what the cell is worth that has the criterion's name, in the notebook beside the journal.

    `dispute` where the assignment is not named after it. ValueError for what is no criterion, and where it cannot be
    judged here.
    """
    if criterion not in weights():
        raise ValueError(f"There is no criterion “{criterion}”: there are {', '.join(weights())}.")
    if os.environ.get("NBGRADER_EXECUTION") != "autograde":
        return Sentence("This is graded when your work is collected.")
    folder = Path.cwd()
    verdict = read_submission(folder, Assignment(assignment, dispute or assignment), _student(folder))
    if verdict.failure:
        raise ValueError(f"This could not be judged: {verdict.failure}")
    return verdict.earned(criterion, _worth(folder / verdict.assignment.notebook, criterion))


def _worth(path: Path, criterion: str) -> float:
    """What the cell of a criterion is worth; nbgrader has put that right before it runs the notebook."""
    notebook = read_notebook(path)
    cells = () if isinstance(notebook, Note) else cells_of(notebook)
    written = (cell.points for cell in cells if cell.name == criterion)
    return next((float(one) for one in written if isinstance(one, int | float)), float(weights()[criterion]))


def _student(folder: Path) -> str | None:
    """Whose work nbgrader marks: autograded/<student>/<assignment>, unless the course keeps its folders otherwise."""
    return folder.parent.name if folder.parent.parent.name == "autograded" else None


def ready(assignment: str, dispute: str = "") -> Sentence:
    """Everything that is missing from the work in this folder, in words.

    Of the mediation that is what the grader finds: where nothing is missing, it earns its points.
    """
    work, folder = Assignment(assignment, dispute or assignment), Path.cwd()
    verdict = read_submission(folder, work, who_plays())
    missing = [*missing_play(verdict), *_missing_words(folder, work)]
    if missing:
        count = "One thing is" if len(missing) == 1 else f"{len(missing)} things are"
        return Sentence(f"{count} missing. When you have seen to it, save, and run this cell again.", *missing)
    return Sentence("Nothing is missing: the mediation is over, and every question is answered. You can submit.")


def missing_play(verdict: Verdict) -> Iterator[str]:
    """What keeps the mediation from earning its points, as the grader sees it, in words that tell no secret."""
    journal, you = verdict.assignment.journal, verdict.student
    made = len(verdict.report.decisions) if verdict.report else 0
    for note in verdict.gaps:
        match note.kind:
            case "no-journal":
                yield (
                    f"The mediation: you have not opened the room, for there is no file {journal} beside this notebook."
                )
            case "no-decision":
                yield "The mediation: you have made no decision yet."
            case "another-player" if verdict.transcript:
                yield (
                    f"Your own mediation: {journal} was played by “{shown(verdict.transcript.header.player)}”, and you "
                    f"are “{you}”. What somebody else has played earns nothing. {_AFRESH}"
                )
            case "another-case":
                yield f"The mediation: {journal} was not played in the room of this assignment. {_AFRESH}"
            case "another-assignment" | "another-dispute" | "unreadable" | "not-a-file" | "too-large":
                yield f"The mediation: {note.text} {_AFRESH}"
            case "not-finished":
                yield f"The end of the mediation: it goes on after decision {made}. To stop is an end, too."
            case "damaged" | "cannot-be-played":
                yield f"A whole journal: {note.text.replace('was judged', 'counts')}"
            case _:
                yield f"The mediation: {note.text}"


def _missing_words(folder: Path, work: Assignment) -> Iterator[str]:
    path = folder / work.notebook
    notebook = read_notebook(path)
    if isinstance(notebook, Note):
        yield f"The notebook: it has to be called {work.notebook} and lie in this folder. Rename it back, and save it."
        return
    saved = datetime.fromtimestamp(path.stat().st_mtime)
    answers = [cell for cell in cells_of(notebook) if cell.is_answer]
    if not answers:
        yield "The questions: there is no cell to answer them in any more. Fetch the assignment again, beside this one."
    for number, answer in enumerate(answers, 1):
        if answer.text.strip() in ("", STUB):
            yield f"Your answer to question {number}: there is none in the notebook as it was saved at {saved:%H:%M}."
