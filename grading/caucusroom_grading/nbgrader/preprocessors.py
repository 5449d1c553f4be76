"""The steps of `nbgrader autograde` for assignments of the course, in which nothing of the student is run.

For any other notebook each of them is exactly the steps of nbgrader that it stands for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades

from ..handin.notebook import Handout, fill, read_notebook, rebuild
from ..handin.submission import Note, read_submission
from .gradebook import find_handout, save_comments

Resources = dict[str, Any]
_VERDICT = "caucusroom_verdict"


class _Step(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader publishes no types
    def handout(self, resources: Resources) -> Handout | None:
        """The assignment of the course that is being graded, from the gradebook; None if it is none."""
        at = resources["nbgrader"]
        with Gradebook(at["db_url"]) as gradebook:
            return find_handout(gradebook, at["assignment"], at["notebook"])

    def _stock(self, steps: list[Any], nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        for step in steps:
            nb, resources = step(parent=self.parent)(nb, resources)
        return nb, resources

    def _tell(self, resources: Resources, notes: tuple[Note, ...]) -> None:
        for note in notes:
            if note.weight != "info":
                self.log.warning("%s: %s", resources["nbgrader"]["student"], note.text)


class Sanitize(_Step):
    """Make the notebook anew from its source and the text of the answers; stands for nbgrader's sanitizing."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        handout = self.handout(resources)
        if handout is None:
            return self._stock(_default_steps("sanitize_preprocessors"), nb, resources)
        place = resources["metadata"]
        made, notes = rebuild(handout, read_notebook(Path(place["path"], f"{place['name']}.ipynb")))
        self._tell(resources, notes)
        return from_dict(made), resources  # type: ignore[no-untyped-call]


class Grade(_Step):
    """Judge the journal and fill the grade cells; stands for what nbgrader does before it saves grades: to execute."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        handout = self.handout(resources)
        if handout is None:
            steps = _default_steps("autograde_preprocessors")
            return self._stock(steps[: steps.index(SaveAutoGrades)], nb, resources)
        at, course = resources["nbgrader"], self.parent.parent.coursedir
        folder = Path(course.format_path(course.submitted_directory, at["student"], at["assignment"]))
        verdict = read_submission(folder, handout.assignment, at["student"])
        if verdict.failure:  # nbgrader says so, and leaves the marks that there are
            raise ValueError(f"{at['student']} was not graded: {verdict.failure}")
        fill(nb, verdict)
        self._tell(resources, verdict.notes)
        resources[_VERDICT] = verdict
        return from_dict(nb), resources  # type: ignore[no-untyped-call]


class Comments(_Step):
    """Keep the automatic comments, after `SaveAutoGrades`, which clears them."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        verdict = resources.get(_VERDICT)
        if verdict is not None:
            at = resources["nbgrader"]
            with Gradebook(at["db_url"]) as gradebook:
                save_comments(gradebook, verdict, at["assignment"], at["notebook"], at["student"])
        return nb, resources


def _default_steps(name: str) -> list[Any]:
    """The steps that nbgrader takes when nobody says otherwise."""
    from nbgrader.converters import Autograde  # it imports the preprocessors of this module's kind

    return list(Autograde.class_traits()[name].default())
