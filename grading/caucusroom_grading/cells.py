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

from caucusroom import JournalError, read_journal
from caucusroom.session import who_plays

from .handin.assignment import Assignment, weights
from .handin.notebook import cells_of, read_notebook
from .handin.submission import Note, read_submission
from .judging.judge import judge

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

    `dispute` where the assignment is not named after it. ValueError for what is no criterion.
    """
    if criterion not in weights():
        raise ValueError(f"There is no criterion “{criterion}”: there are {', '.join(weights())}.")
    if os.environ.get("NBGRADER_EXECUTION") != "autograde":
        return Sentence("This is graded when your work is collected.")
    folder = Path.cwd()
    verdict = read_submission(folder, Assignment(assignment, dispute or assignment), _student(folder))
    return max(0.0, min(verdict.points[criterion], float(weights()[criterion])))


def _student(folder: Path) -> str | None:
    """Whose work nbgrader marks: autograded/<student>/<assignment>, unless the course keeps its folders otherwise."""
    return folder.parent.name if folder.parent.parent.name == "autograded" else None


def ready(assignment: str, dispute: str = "") -> Sentence:
    """Everything that is missing from the work in this folder, in words."""
    work, folder = Assignment(assignment, dispute or assignment), Path.cwd()
    missing = [*_missing_play(folder, work), *_missing_words(folder, work)]
    if missing:
        count = "One thing is" if len(missing) == 1 else f"{len(missing)} things are"
        return Sentence(f"{count} missing. When you have seen to it, save, and run this cell again.", *missing)
    return Sentence("Nothing is missing: the mediation is over, and every question is answered. You can submit.")


def _missing_play(folder: Path, work: Assignment) -> Iterator[str]:
    if not (folder / work.journal).exists():
        yield f"The mediation: you have not opened the room, for there is no file {work.journal} beside this notebook."
        return
    try:
        transcript = read_journal(folder / work.journal)
        report = judge(transcript, 1)
    except (JournalError, ValueError) as problem:
        yield f"The mediation: {problem}"
        return
    player, you = transcript.header.player, who_plays()
    if player != you:
        yield (
            f"Your own mediation: {work.journal} was played by “{player}”, and you are “{you}”. "
            "What somebody else has played earns nothing; move that file away and open the room again."
        )
    for notice in report.notices:
        yield f"A whole journal: {notice}"
    if not report.decisions:
        yield "The mediation: you have made no decision yet."
    elif report.ending is None:
        yield f"The end of the mediation: it goes on after decision {len(report.decisions)}. To stop is an end, too."


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
