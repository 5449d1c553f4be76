"""What the pages about a class are made of: the work of a student, and sections, tables and links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caucusroom_grading.handin.submission import Note, Verdict
from caucusroom_grading.review.markup import Markup, join, tag

from .alike import Play
from .coursefolder import lightly

with lightly():
    from caucusroom_grading.nbgrader.feedback import Marks


@dataclass(frozen=True)
class Work:
    """A student's graded work: what the gradebook says, the judgement of the journal, and what needs a look.

    `play` is None where no journal could be read, `page` the name of the student's page.
    """

    marks: Marks
    verdict: Verdict
    notes: tuple[Note, ...]
    play: Play | None
    page: str


def section(title: str, *content: str, about: str = "") -> Markup:
    return tag("section", tag("h3", title), *([tag("p", about, class_="aside about")] if about else []), *content)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """A table whose first column names its rows."""
    head = tag("tr", *(tag("th", word, scope="col") for word in heads))
    body = (tag("tr", tag("th", first, scope="row"), *(tag("td", one) for one in rest)) for first, *rest in rows)
    return tag("div", tag("table", tag("thead", head), tag("tbody", *body)), class_="wide", tabindex="0")


def link(one: Work) -> Markup:
    return tag("a", one.marks.student, href=f"students/{one.page}")


def links(work: Iterable[Work]) -> Markup:
    return join(map(link, work), ", ")
