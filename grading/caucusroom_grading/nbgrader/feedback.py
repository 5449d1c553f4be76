"""What a student gets back: the points and the reasons, the review of the mediation, and what the grader wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from caucusroom import catalogue
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from nbgrader.api import Gradebook, SubmittedNotebook
from traitlets import Bool

from ..handin.assignment import ROOM, weights
from ..handin.notebook import MARK_SCHEME, Notebook
from ..review.document import document
from ..review.markup import Markup, tag
from ..review.words import counted
from .gradebook import find_handout

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


@dataclass(frozen=True)
class Grade:
    """What a cell earned of what it is worth, and why.

    `judged` is what was earned before anybody graded by hand, None for what is graded by hand only; `comment` comes
    with it, and `remark` is what a grader wrote. `waiting`: somebody has still to grade it.
    """

    points: float
    worth: float
    judged: float | None
    comment: str
    remark: str
    waiting: bool


@dataclass(frozen=True)
class Marks:
    """What the gradebook says of a submission. `late` is in seconds, `penalty` in points."""

    assignment: str
    student: str
    name: str
    grades: Mapping[str, Grade]
    late: float
    penalty: float

    @property
    def points(self) -> float:
        return max(0.0, sum(grade.points for grade in self.grades.values()) - self.penalty)

    @property
    def worth(self) -> float:
        return sum(grade.worth for grade in self.grades.values())

    @property
    def waiting(self) -> bool:
        return any(grade.waiting for grade in self.grades.values())


def read_marks(submitted: SubmittedNotebook) -> Marks:
    """The marks of a submitted notebook, from the gradebook."""
    comments = {row.name: row for row in submitted.comments}  # what is written is one cell to grade and one to comment
    work, student = submitted.assignment, submitted.assignment.student
    grades = {}
    for grade in submitted.grades:
        comment = comments.get(grade.name)
        grades[grade.name] = Grade(
            float(grade.score),
            float(grade.max_score),
            grade.auto_score,
            (comment and comment.auto_comment) or "",
            (comment and comment.manual_comment) or "",
            bool(grade.needs_manual_grade),
        )
    return Marks(
        work.name,
        student.id,
        " ".join(filter(None, (student.first_name, student.last_name))),
        grades,
        work.total_seconds_late,
        float(submitted.late_submission_penalty or 0),
    )


class FeedbackPage(HTMLExporter):
    """The exporter of `nbgrader generate_feedback`; work that is not of the course gets nbgrader's own page."""

    mark_schemes = Bool(False, help="Whether students read the mark schemes of what is graded by hand.").tag(
        config=True
    )

    def from_notebook_node(  # type: ignore[override]  # as HTMLExporter's
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **settings: Any
    ) -> tuple[str, dict[str, Any]]:
        at = (resources or {}).get("nbgrader", {})
        if at and "caucusroom" in nb.metadata:
            with Gradebook(at["db_url"]) as gradebook:
                if find_handout(gradebook, at["assignment"], at["notebook"]):
                    found = gradebook.find_submission_notebook(at["notebook"], at["assignment"], at["student"])
                    page = feedback_page(read_marks(found), nb, self.mark_schemes)
                    return page, self._init_resources(resources)  # type: ignore[no-untyped-call]
        return super().from_notebook_node(nb, resources, **settings)


def feedback_page(marks: Marks, notebook: Notebook, mark_schemes: bool = False) -> str:
    """A whole HTML document on a submission, without script and network. `notebook` is what was graded of it."""
    parts = [
        _head(marks),
        tag("div", *_said(marks, notebook), class_="said"),
        _criteria(marks),
        *_answers(marks, notebook, mark_schemes),
    ]
    return document(
        f"{marks.assignment}: {marks.name or marks.student}",
        "Your work, marked",
        tag("div", tag("div", *parts, class_="paper"), class_="caucusroom-review caucusroom-feedback"),
        *_reviews(notebook),
        more_style=_sheet(),
    )


@cache
def _sheet() -> str:
    return (files(__package__) / "feedback.css").read_text(encoding="utf-8")


def shown_points(points: float) -> str:
    """7 for 7.0, and at most two decimals."""
    return f"{round(points, 2):g}"


def shown_time(seconds: float) -> str:
    """A length of time in words, in its largest unit and the one after: 1 day and 2 hours."""
    words: list[str] = []
    for size, unit in _UNITS:
        count, seconds = divmod(int(seconds), size)
        if count or words:
            words.append(counted(count, unit) if count else "")
        if len(words) == 2:
            break
    return " and ".join(filter(None, words)) or "less than a second"


def late_words(marks: Marks) -> str:
    """Whether it came late, and what that costs, in a sentence; "" if it was in time."""
    if not marks.late and not marks.penalty:
        return ""
    when = f"{shown_time(marks.late)} after the deadline" if marks.late else "late"
    cost = f"{_in_points(marks.penalty)} taken off the total" if marks.penalty else "nothing is taken off for that"
    return f"It was handed in {when}: {cost}."


def _in_points(points: float) -> str:
    return "1 point is" if points == 1 else f"{shown_points(points)} points are"


def _head(marks: Marks) -> Markup:
    whose = f"{marks.name} ({marks.student})" if marks.name else marks.student
    total = tag("p", tag("b", shown_points(marks.points)), f" of {shown_points(marks.worth)} points", class_="total")
    return tag("header", tag("div", tag("h2", marks.assignment), tag("p", whose, class_="aside")), total)


def _said(marks: Marks, notebook: Notebook) -> Iterator[Markup]:
    """What has to be known before the points are read."""
    if marks.waiting:
        yield tag("p", tag("b", "Not final. "), "Something has still to be graded by hand.", class_="notice-of")
    late = late_words(marks)
    if late:
        yield tag("p", tag("b", "Late. "), late, class_="notice-of")
    for note in notebook["metadata"]["caucusroom"]["notes"]:
        if note["weight"] == "zero":
            yield tag("p", tag("b", "No points. "), note["text"], class_="cap")


def _subtotal(grades: list[Grade]) -> str:
    points, worth = (sum(getattr(grade, what) for grade in grades) for what in ("points", "worth"))
    return f"{shown_points(points)} of {shown_points(worth)}"


def _criteria(marks: Marks) -> Markup:
    names = {id: str(entry["name"]) for id, entry in catalogue().criteria.items()}
    grades = [marks.grades[id] for id in weights()]
    rows = (
        tag(
            "li",
            tag("h4", tag("span", f"{number}. {names[id]}"), _earned(marks.grades[id])),
            tag("div", *_why(marks.grades[id])),
        )
        for number, id in enumerate(weights(), 1)
    )
    return tag(
        "section",
        tag("h3", tag("span", "The mediation"), tag("span", _subtotal(grades), class_="points")),
        tag("ol", *rows, class_="graded"),
    )


def _earned(grade: Grade) -> Markup:
    if grade.waiting and grade.judged is None:
        return tag("span", f"not graded yet, of {shown_points(grade.worth)}", class_="points")
    return tag("span", f"{shown_points(grade.points)} of {shown_points(grade.worth)}", class_="points")


def _why(grade: Grade) -> Iterator[Markup]:
    if grade.comment:
        yield tag("p", grade.comment)
    if grade.judged is not None and grade.judged != grade.points:
        yield tag("p", f"Changed by hand from {shown_points(grade.judged)} points.", class_="aside")
    if grade.remark:
        yield tag("div", tag("h5", "From the grader"), _text(grade.remark), class_="remark")


def _answers(marks: Marks, notebook: Notebook, mark_schemes: bool) -> Iterator[Markup]:
    """What was written, each with the question it answers: the text before it."""
    question, found, grades = "", [], []
    for cell in notebook["cells"]:
        own = cell["metadata"]["nbgrader"]
        name, source = own["grade_id"], "".join(cell["source"])
        if cell["cell_type"] != "markdown" or name == ROOM:
            continue
        if not own["solution"]:
            question = source
        elif name in marks.grades:
            grades.append(marks.grades[name])
            found.append(tag("article", *_answer(grades[-1], question, source, mark_schemes)))
            question = ""
    if found:
        head = tag("h3", tag("span", "What you wrote"), tag("span", _subtotal(grades), class_="points"))
        yield tag("section", head, *found, class_="written")


def _answer(grade: Grade, question: str, answer: str, mark_schemes: bool) -> Iterator[Markup]:
    yield tag("div", _text(MARK_SCHEME.sub("", question)))
    head = tag("h4", tag("span", "Your answer"), _earned(grade))
    yield tag("div", head, tag("blockquote", _text(answer)), *_why(grade), class_="answer")
    scheme = MARK_SCHEME.search(question)
    if scheme and mark_schemes:
        yield tag("details", tag("summary", "How answers were marked"), _text(scheme[1]), class_="better")


def _text(markdown: str) -> Markup:
    """Markdown as HTML, its headings below those of the page. What a student wrote was made harmless when graded."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    html = MarkdownWithMath(renderer=renderer).render(markdown)
    return tag("div", Markup(re.sub(r"(</?)h[1-6]\b", r"\1h5", html)), class_="prose")


def _reviews(notebook: Notebook) -> Iterator[Markup]:
    for cell in notebook["cells"]:
        if cell["metadata"]["nbgrader"]["grade_id"] == ROOM:
            shown = ("".join(output.get("data", {}).get("text/html", "")) for output in cell["outputs"])
            yield from (Markup(html) for html in shown if 'class="caucusroom-review"' in html)
