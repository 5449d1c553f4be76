"""The review as text: whole, well-formed, escaped, self-contained, and closed where it would give something away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from caucusroom import Attempt, Transcript, catalogue, load
from caucusroom.authoring.yaml_text import read
from caucusroom.record.transcript import Header
from caucusroom_grading import Report, judge
from caucusroom_grading.review import comparison, review, review_page

WALKTHROUGHS = sorted((Path(__file__).parents[1] / "scenarios" / "labor-strike" / "walkthroughs").glob("*.yaml"))
NAMES = [path.stem for path in WALKTHROUGHS]
VOID = {"input", "meta"}


@cache
def played(name: str, first: int | None = None) -> Report:
    """A walkthrough judged, or only its first decisions."""
    written = read(next(path for path in WALKTHROUGHS if path.stem == name).read_text(encoding="utf-8"))[0]
    moves = tuple(step["choose"] for step in written["steps"] if "choose" in step)[:first]
    header = Header("labor-strike", load("labor-strike").content, written["case"], "ana", "")
    return judge(Transcript(header, (Attempt(written["case"], moves),)))


def spaced(text: str) -> str:
    """A text with every stretch of space as one."""
    return " ".join(text.split())


class Reader(HTMLParser):
    """Reads a page and fails on an element that is not closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice: {tag} {attrs}"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.said.append(data)

    @property
    def text(self) -> str:
        return spaced("".join(self.said))

    def all(self, attribute: str) -> list[str]:
        return [found for _, one in self.elements if (found := one.get(attribute)) is not None]


def every_text(report: Report) -> list[str]:
    """What a review may not leave out."""
    texts = [report.title]
    for one in report.decisions:
        texts += [one.name, one.words, one.reason, *one.knowable, *(found.reason for found in one.findings)]
        texts += [choice.reason for choice in one.better]
    for score in report.criteria:
        texts += [
            score.name,
            score.anchor,
            *(occasion.text for occasion in score.occasions),
        ]
    texts += [cap.reason for cap in report.caps] + [fact.text for fact in report.facts]
    texts += [cause.text for cause in report.causes]
    for gap in report.gaps:
        texts += [gap.name, *gap.positions, *(option for _, option, _ in gap.offers), gap.agreed]
    if report.ending:
        texts += [report.ending.title, report.ending.text, *report.ending.truth.split("\n\n"), report.ending.case]
        texts += [*report.ending.agreed, *(one.text for one in report.ending.hidden)]
    return texts


@pytest.mark.parametrize("name", NAMES)
def test_all_of_a_report_is_there_once_and_well_formed(name: str) -> None:
    report = played(name)
    page = Reader(review(report))
    assert [text for text in every_text(report) if spaced(text) not in page.text] == []
    doubled = [id for id, count in Counter(page.all("id")).items() if count > 1]
    assert doubled == []
    numbers = [str(one.number) for one in report.decisions]
    for kind in "drc":
        assert [id for id in page.all("id") if re.fullmatch(rf"review-{kind}\d+", id)] == [
            f"review-{kind}{n}" for n in numbers
        ]
    assert {f"review-k{score.number}" for score in report.criteria} <= set(page.all("id"))
    assert set(page.all("for")) <= set(page.all("id")), "every label leads to something"


@pytest.mark.parametrize("name", NAMES)
def test_every_source_is_named_with_its_title(name: str) -> None:
    report = played(name)
    written = review(report)
    used = {id for one in report.decisions for found in one.findings for id in found.sources}
    for id in used:
        title = catalogue().sources[id]["title"]
        assert re.search(rf'<abbr title="[^"]+">{id}</abbr>', written)
        assert title in unescape(written)
        assert f"<dt>{id}</dt>" in written


def test_every_mark_of_the_timeline_has_the_classes_of_its_criteria() -> None:
    report = played("mistake-testing-in-front")
    elements = Reader(review(report)).elements
    points = [str(one["class"]).split()[1:] for tag, one in elements if tag == "g" and "point" in str(one.get("class"))]
    columns = [str(one["class"]).split()[1:] for _, one in elements if str(one.get("class")).startswith("column ")]
    wanted = [
        [f"k{score.number}" for score in report.criteria if one.number in score.decisions] for one in report.decisions
    ]
    assert points == columns == wanted
    assert any(wanted) and len({tuple(one) for one in wanted}) > 3


def outside(text: str, pattern: str) -> list[str]:
    return re.findall(pattern, text, re.IGNORECASE)


@pytest.mark.parametrize("name", ["skilled-a", "mistake-telling"])
def test_no_script_no_handler_and_nothing_from_outside(name: str) -> None:
    report = played(name)
    for written in (review(report, retry=True), review_page(report), comparison(report, report)):
        assert (
            outside(written, r"<script|javascript:|\son\w+\s*=|https?:|//\w|url\(|@import|<link|<img|<iframe|src=")
            == []
        )


def test_a_page_is_a_whole_document_that_may_load_nothing() -> None:
    written = review_page(played("skilled-a"))
    assert written.startswith("<!DOCTYPE html>")
    page = Reader(written.removeprefix("<!DOCTYPE html>"))
    assert ("html", {"lang": "en"}) in page.elements
    metas = [one for tag, one in page.elements if tag == "meta"]
    assert {"charset": "utf-8"} in metas
    assert any(one.get("name") == "viewport" for one in metas)
    policy = next(one["content"] for one in metas if one.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert "<title>The seventh week: attempt 1 reviewed</title>" in written


def test_what_people_wrote_is_escaped_everywhere() -> None:
    bad = '<b onclick="x">&amp; it\'s</b><script>'
    report = played("mistake-telling")
    decisions = tuple(
        replace(
            one,
            name=bad,
            words=bad,
            reason=bad,
            knowable=(bad,),
            findings=tuple(replace(found, reason=bad) for found in one.findings),
            better=tuple(replace(choice, name=bad, reason=bad) for choice in one.better),
        )
        for one in report.decisions
    )
    assert report.ending
    report = replace(
        report,
        title=bad,
        player=bad,
        notices=(bad,),
        parties=(("labor", bad), ("management", bad)),
        decisions=decisions,
        facts=tuple(replace(one, text=bad) for one in report.facts),
        causes=tuple(replace(one, text=bad, cause=bad) for one in report.causes),
        gaps=tuple(replace(one, name=bad, positions=(bad, bad), agreed=bad) for one in report.gaps),
        caps=tuple(replace(one, reason=bad) for one in report.caps),
        ending=replace(report.ending, title=bad, text=bad, truth=bad, case=bad, agreed=(bad,)),
    )
    for written in (review(report, retry=True), comparison(report, replace(report, attempt=2)), review_page(report)):
        page = Reader(written.removeprefix("<!DOCTYPE html>"))
        assert bad in page.text
        assert not {"onclick", "b onclick"} & {key for _, one in page.elements for key in one}
        assert "script" not in {tag for tag, _ in page.elements}


def folded(written: str, text: str) -> bool:
    """Whether every place where a text stands lies inside an element that is closed at first."""
    places = [found.start() for found in re.finditer(re.escape(text), written)]
    assert places, f"not there at all: {text}"
    return all(written.count("<details", 0, place) > written.count("</details>", 0, place) for place in places)


def test_what_would_have_been_better_and_what_was_true_is_closed_at_first() -> None:
    report = played("mistake-testing-in-front")
    written = unescape(review(report))
    assert "<details open" not in written and ' open="' not in written
    assert report.ending and report.ending.hidden
    secrets = [*report.ending.truth.split("\n\n"), report.ending.case, *(one.text for one in report.ending.hidden)]
    said = {one.reason for one in report.decisions} | {f.reason for one in report.decisions for f in one.findings}
    secrets += [choice.reason for one in report.decisions for choice in one.better if choice.reason not in said]
    assert len(secrets) > 20
    assert [text for text in secrets if not folded(written, text)] == []


def test_an_unfinished_mediation_shows_nothing_of_what_was_true() -> None:
    report = played("mistake-testing-in-front", 10)
    page = Reader(review(report))
    assert report.ending is None
    assert "so far" in page.text and "Not over yet" in page.text
    ended = played("mistake-testing-in-front").ending
    assert ended and ended.case not in page.text and "What was true" not in page.text
    assert len([id for id in page.all("id") if re.fullmatch(r"review-c\d+", id)]) == 10


def test_nothing_played_is_said_in_a_sentence() -> None:
    page = Reader(review(played("skilled-a", 0)))
    assert "No decision has been made, so there is nothing to judge." in page.text
    assert "svg" not in {tag for tag, _ in page.elements}


def test_notices_hints_branch_and_cap_are_said_in_words() -> None:
    report = replace(
        played("mistake-telling"),
        notices=("The last line was torn.",),
        hints=((5, 1), (5, 2)),
        attempt=3,
        attempts=4,
        parent=1,
        kept=12,
    )
    text = Reader(review(report)).text
    assert "The last line was torn." in text
    assert "before decision 6, level 1 of 3; before decision 6, level 2 of 3" in text
    assert "ana · attempt 3 of 4, branched from attempt 1 after decision 12" in text
    told = next(one.number for one in report.decisions if one.move.startswith("tell"))
    assert "the total cannot be above 40" in text and f"It was decision {told}." in text
    assert f"Passed on without consent at decision {told}." in text


def test_the_way_back_is_offered_only_where_it_is_asked_for() -> None:
    report = played("mistake-testing-in-front")
    backs = [one["data-back"] for tag, one in Reader(review(report, retry=True)).elements if tag == "button"]
    assert backs == [str(one.number - 1) for one in report.decisions]
    assert "<button" not in review(report)


def test_the_timeline_is_told_in_words() -> None:
    told = re.search(r"<desc[^>]*>(.*?)</desc>", review(played("mistake-testing-in-front")))
    assert told
    for sentence in (
        "Day 1, from 8:30.",
        "Before the joint session: decisions 1 to 3.",
        "Caucus with Local 1187: decisions 7 to 10.",
        "Heat of Local 1187 as last seen: tense after decision 3, boiling after decision 4,",
        "Harlan Forge waited for up to 1\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}15\N{NO-BREAK SPACE}min.",
    ):
        assert sentence in told[1]


def test_two_reviews_fit_on_one_page() -> None:
    report = played("mistake-adjourning")
    both = Reader(review(report, "one") + review(report, "two") + comparison(report, report, "both"))
    assert max(Counter(both.all("id")).values()) == 1
    assert max(Counter(id for id in both.all("name") if id.startswith("one")).values()) > 1


@pytest.mark.parametrize("uid", ["", "1a", "a b", "a{}", "é"])
def test_an_id_that_cannot_be_one_is_refused_in_a_sentence(uid: str) -> None:
    write: list[Callable[[], str]] = [
        lambda: review(played("mistake-adjourning"), uid),
        lambda: comparison(played("mistake-adjourning"), played("mistake-adjourning"), uid),
    ]
    for one in write:
        with pytest.raises(ValueError, match="cannot begin an id"):
            one()


def test_two_attempts_side_by_side_share_part_and_end() -> None:
    left, right = played("mistake-testing-in-front"), replace(played("skilled-c"), attempt=2, parent=1, kept=3)
    pairs = zip(left.decisions, right.decisions, strict=False)
    shared = next(number for number, (one, other) in enumerate(pairs) if one.move != other.move)
    page = Reader(comparison(left, right))
    assert f"The first {shared} decisions are the same; they part at decision {shared + 1}." in page.text
    for report in (left, right):
        assert f"{report.total} of 100" in page.text
        assert report.ending and report.ending.title in page.text and report.ending.text in page.text
        assert [one.reason for one in report.decisions if spaced(one.reason) not in page.text] == []
        assert report.ending.truth not in page.text, "a comparison does not give the case away"
    same = Reader(comparison(left, left)).text
    assert "They are the same, decision for decision." in same
    shorter = Reader(comparison(left, played("mistake-testing-in-front", 5))).text
    assert "they part at decision 6" in shorter and "It goes no further." in shorter


def test_attempts_at_different_cases_are_not_compared() -> None:
    with pytest.raises(ValueError, match="only attempts at one case can be compared"):
        comparison(played("skilled-a"), played("skilled-b"))


def test_a_review_is_small_and_the_same_every_time() -> None:
    sizes = {name: len(review_page(played(name)).encode()) for name in NAMES}
    assert max(sizes.values()) < 250_000, sizes
    assert review_page(played("skilled-g")) == review_page(played("skilled-g"))


def test_headings_step_down_one_at_a_time() -> None:
    written = review_page(played("mistake-telling"))
    levels = [int(level) for level in re.findall(r"<h(\d)", written)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
