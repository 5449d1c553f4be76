"""Judging a class of journals, beside nbgrader's own autograding of one small notebook."""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

from caucusroom import Attempt, Transcript, load, read_journal
from caucusroom.model.truths import drawn
from caucusroom.record.journal import Journal
from caucusroom.record.transcript import Header
from caucusroom_grading import judge
from caucusroom_grading.review import review_page
from caucusroom_grading.strategies.adaptive import adaptive
from caucusroom_grading.strategies.chair import play
from caucusroom_grading.strategies.thumbs import random_legal
from nbgrader.apps.api import NbGraderAPI
from traitlets.config import Config

from tests.bench import heading, row, side_by_side

DISPUTE = "labor-strike"
RUNS = 3
CLASS = 300
TRUTHS = 20
STUDENT, ASSIGNMENT = "ana", "strike"


def transcripts(random: bool) -> list[Transcript]:
    """Skilled plays of drawn truths, or as many random ones."""
    dispute, player = load(DISPUTE), random_legal if random else adaptive
    cases = [drawn(dispute, f"student {number}") for number in range(TRUTHS)]
    lines = {case: play(dispute.case(case), player, Random(case)) for case in cases}
    return [
        Transcript(Header(DISPUTE, dispute.content, case, STUDENT, ""), (Attempt(case, line),))
        for case, line in lines.items()
    ]


def reports(judged: list[Transcript]) -> tuple[float, float]:
    """Reports a second, and decisions a second."""
    began = time.perf_counter()
    decisions = sum(len(judge(one).decisions) for one in judged)
    took = time.perf_counter() - began
    return len(judged) / took, decisions / took


def hand_in(folder: Path) -> list[Path]:
    """The journals of a class, one a student, each of a skilled play."""
    papers = []
    for number, one in enumerate(islice(cycle(transcripts(random=False)), CLASS)):
        case, path = one.header.case, folder / f"{number}.jsonl"
        with Journal.open(
            path, dispute=DISPUTE, content=one.header.content, default_case=case, default_player=f"student {number}"
        ) as journal:
            for move in one.attempts[0].moves:
                journal.record(move)
        papers.append(path)
    return papers


def marked(papers: list[Path], page: bool) -> tuple[float]:
    """Milliseconds a submission: read, judged and, with `page`, its review made."""
    began = time.perf_counter()
    for paper in papers:
        report = judge(read_journal(paper))
        if page:
            review_page(report)
    return (1e3 * (time.perf_counter() - began) / len(papers),)


def autograding(course: Path) -> Callable[[], tuple[float]]:
    """A measure of the milliseconds that nbgrader takes over one small notebook, its command's start left out."""
    config: Any = Config()
    config.CourseDirectory.root = str(course)
    nbgrader = NbGraderAPI(config=config)
    nbgrader.log.setLevel(logging.CRITICAL)
    source = course / "source" / ASSIGNMENT / "strike.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(json.dumps(_notebook()), encoding="utf-8")
    with _silence():
        _well(nbgrader.generate_assignment(ASSIGNMENT))
    shutil.copytree(course / "release" / ASSIGNMENT, course / "submitted" / STUDENT / ASSIGNMENT)

    def autograde() -> tuple[float]:
        began = time.perf_counter()
        with _silence():
            _well(nbgrader.autograde(ASSIGNMENT, STUDENT))
        return (1e3 * (time.perf_counter() - began),)

    return autograde


def _well(done: dict[str, Any]) -> None:
    if not done["success"]:
        raise RuntimeError(done.get("error") or done.get("log"))


@contextmanager
def _silence() -> Iterator[None]:
    """Keep warnings of nbgrader and its kernel off the screen."""
    screen = os.dup(sys.stderr.fileno())
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
        try:
            yield
        finally:
            os.dup2(screen, sys.stderr.fileno())
            os.close(screen)


def _notebook() -> dict[str, Any]:
    """One answer and one test of it: as little as there can be to grade."""
    answer = {"grade_id": "answer", "solution": True, "grade": False, "locked": False}
    test = {"grade_id": "test", "solution": False, "grade": True, "locked": True, "points": 1}
    cells = [
        {
            "cell_type": "code",
            "id": grading["grade_id"],
            "source": code,
            "metadata": {"nbgrader": {"schema_version": 3, "task": False, **grading}},
            "execution_count": None,
            "outputs": [],
        }
        for code, grading in (("answer = 1", answer), ("assert answer == 1", test))
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": cells}


def measure() -> None:
    skilled, random = transcripts(random=False), transcripts(random=True)
    reports(skilled), reports(random)  # warm
    [(many, decisions), (more, shorter)] = side_by_side(RUNS, lambda: reports(skilled), lambda: reports(random))
    heading("Judging", "skilled plays", "random plays")
    row("reports a second", f"{many:,.0f}", f"{more:,.0f}", f"{many / more:.2f}×")
    row("decisions a second", f"{decisions:,.0f}", f"{shorter:,.0f}", f"{decisions / shorter:.2f}×")
    with tempfile.TemporaryDirectory() as folder:
        papers = hand_in(Path(folder))
        autograde = autograding(Path(folder) / "course")
        autograde()  # warm
        [judged], [shown], [theirs] = side_by_side(
            RUNS, lambda: marked(papers, False), lambda: marked(papers, True), autograde
        )
    heading(f"A class of {CLASS} journals, from their files", "caucusroom", "nbgrader, tiny", "faster")
    row("milliseconds a submission", f"{judged:.1f}", f"{theirs:,.0f}", f"{theirs / judged:.0f}×")
    row("the same with its review as a page", f"{shown:.1f}", f"{theirs:,.0f}", f"{theirs / shown:.0f}×")
    row("seconds for the class", f"{CLASS * shown / 1e3:.1f}", f"{CLASS * theirs / 1e3:,.0f} (× {CLASS})")
