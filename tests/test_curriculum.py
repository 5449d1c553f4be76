"""The catalogue is checked as disputes are: whatever is wrong in it is told by file and line, with what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from caucusroom.authoring import compile as compiling
from caucusroom.authoring.check import check
from caucusroom.authoring.compile import CATALOGUE, compile_catalogue
from caucusroom.authoring.source import DisputeError

from tests.spoilt import SOUND


def test_the_catalogue_is_sound() -> None:
    compile_catalogue()


WRONG = [
    ("techniques", "  ticks: 2\n", "  tics: 2\n", "unknown-key", "there is no “tics” here; did you mean “ticks”?"),
    ("techniques", "  ticks: 2\n", "", "missing-key", "ticks is missing; add it, as in “ticks: "),
    ("techniques", "  ticks: 2\n", "  ticks: two\n", "bad-value", "write a whole number from 0 to 8"),
    (
        "techniques",
        "  target: party\n",
        "  target: partie\n",
        "bad-value",
        "write one of none, party, person, cue, issue",
    ),
    ("techniques", "  forum: joint\n", "  forum: jiont\n", "bad-value", "write one of joint, caucus, either, process"),
    ("techniques", "  forum: either\n", "  forum: either\n  joint: hurts\n", "bad-value", "write forum: caucus"),
    ("techniques", "  joint: hurts\n", "  joint: burns\n", "bad-value", "write one of hurts, refused"),
    ("techniques", "  forum: either\n", "  forum: either\n  rooms: [joint]\n", "bad-value", "write forum: process"),
    (
        "techniques",
        "  forum: process\n  rooms: [before]\n",
        "  forum: process\n",
        "bad-value",
        "write, for example, rooms:",
    ),
    (
        "techniques",
        "  act: process\n",
        "  act: proces\n",
        "bad-value",
        "write one of process, listening",
    ),
    (
        "techniques",
        "  finds: 2\n",
        "  finds: 4\n",
        "bad-value",
        "write a whole number from 0 to 3",
    ),
    (
        "techniques",
        "[anger, escalation, face]",
        "[anger, escalations, face]",
        "unknown-cause",
        "did you mean “escalation”?",
    ),
    ("techniques", "[S4, S3]", "[S4, S33]", "unknown-source", "did you mean “S3”?"),
    ("techniques", "- id: hear_out\n", "- id: Hear-Out\n", "bad-value", "small letters, digits and _"),
    ("techniques", "- id: hear_out\n", "- id: ask_need\n", "same-name", "give this one another id"),
    (
        "techniques",
        "Tell me what happened,",
        "Tell me, {who},",
        "unknown-placeholder",
        "there are: {issue}, {other}, {party}",
    ),
    ("techniques", "Tell me what happened,", "Tell me of {target},", "unknown-placeholder", "“{target}” stands for"),
    ("techniques", "  needs: {}\n", "  needs: {trusts: 1}\n", "unknown-key", "did you mean “trust”?"),
    (
        "causes",
        "cues: [one_demand, hedges]",
        "cues: [one_demands, hedges]",
        "unknown-cue",
        "did you mean “one_demand”?",
    ),
    ("causes", "- id: fear\n", "- id: fear\n  news: credenc\n", "unknown-effect", "did you mean “credence”?"),
    ("causes", "- id: fear\n", "- id: fear\n  anger: yes\n", "bad-value", "write true or false"),
    ("cues", "  shows: They give", "  show: They give", "unknown-key", "did you mean “shows”?"),
    ("cues", "What is it?", "What is it, {who}?", "unknown-placeholder", "“{who}” stands for nothing here"),
    ("criteria", "  gate: false\n", "  gate: maybe\n", "bad-value", "write true or false"),
    (
        "criteria",
        "    - Hardly anything of what the sides needed to hear about the role and the process was said in time.\n",
        "",
        "bad-value",
        "there must be 5 entries here, and there are 4",
    ),
    ("sources", "- id: S0\n", "- id: null\n", "bad-value", "a capital letter and a number, as in “id: S1”"),
    ("replies", "  hedges:\n", "  hedge:\n", "unknown-cue", "did you mean “hedges”?"),
    ("replies", "  hedges:\n", "  hedge:\n", "missing-key", "nothing is said here for cue “hedges”"),
    ("replies", "\nwall:\n", "\nwalls:\n", "unknown-moment", "did you mean “wall”?"),
    ("replies", "\nwall:\n", "\nwall: No.\nmore:\n", "bad-value", "write a list of texts, as in “wall: [No.]”"),
    (
        "replies",
        "What time is it?",
        "What time is it in {room}?",
        "unknown-placeholder",
        "“{room}” stands for nothing here",
    ),
]


@pytest.mark.parametrize(("file", "was", "now", "rule", "says"), WRONG)
def test_what_is_wrong_in_it_is_found_where_it_is(
    file: str, was: str, now: str, rule: str, says: str, tmp_path: Path
) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, folder)
    text = (folder / f"{file}.yaml").read_text("utf-8")
    assert was in text
    (folder / f"{file}.yaml").write_text(text.replace(was, now, 1), encoding="utf-8")
    with pytest.raises(DisputeError) as refused:
        compile_catalogue(folder)
    problems = [one for one in refused.value.problems if one.rule == rule and says in one.what]
    assert problems, refused.value
    assert {problem.file.name for problem in problems} == {f"{file}.yaml"}
    place = text.index(was) + was.startswith("\n")
    entry = text.rfind("\n- id", 0, place) + 1
    first, last = (text.count("\n", 0, where) + 1 for where in (entry, place))
    assert first <= problems[0].line <= last + now.strip().count("\n") or rule == "same-name"


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, folder)
    for name in ("techniques", "replies"):
        (folder / f"{name}.yaml").write_text("only words", encoding="utf-8")
    with pytest.raises(DisputeError, match="this must be a list; begin each entry with a dash") as refused:
        compile_catalogue(folder)
    assert "this must be moments, each with its lines" in str(refused.value)


def test_check_tells_what_is_wrong_with_the_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, folder)
    text = (folder / "techniques.yaml").read_text("utf-8")
    (folder / "techniques.yaml").write_text(text.replace("ticks:", "tics:", 1), encoding="utf-8")
    monkeypatch.setattr(compiling.compile_catalogue, "__defaults__", (folder,))
    assert [problem.rule for problem in check(SOUND)] == ["missing-key", "unknown-key"]
