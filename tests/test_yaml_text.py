"""An author's YAML: words mean what they say, lines are known, and nothing that is written can be turned against us."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from caucusroom.authoring import yaml_text
from caucusroom.authoring.source import Problem, nearest, read_yaml
from caucusroom.authoring.yaml_text import YamlFault, read

LAUGHS = "a0: &a0 [ha, ha]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("on", "on"),
        ("yes", "yes"),
        ("No", "No"),
        ("2026-11-25", "2026-11-25"),
        ("9:30", "9:30"),
        ("1_000", "1_000"),
        ("010", 10),
        ("0o17", 15),
        ("-3", -3),
        ("2.50", 2.5),
        (".inf", float("inf")),
        ("true", True),
        ("'true'", "true"),
        ("~", None),
        ("", None),
        ("9" * 6000, "9" * 6000),
        (">-\n  one\n  two", "one two"),
    ],
)
def test_a_word_means_what_it_says(written: str, meant: Any) -> None:
    data, _ = read(f"on: {written}\n")
    assert data == {"on": meant}
    assert type(data["on"]) is type(meant)


def test_keys_are_texts() -> None:
    assert read("on: 1\nyes: 2\n3: 4\nnull: 5\n<<: 6\n")[0] == {"on": 1, "yes": 2, "3": 4, "null": 5, "<<": 6}


def test_everything_knows_its_line() -> None:
    _, place = read("a:\n  - b\n  -\n    c: {d: e,\n        f: g}\n")
    wheres: list[tuple[str | int, ...]] = [(), ("a",), ("a", 0), ("a", 1), ("a", 1, "c", "f"), ("a", 1, "no", "f")]
    assert [place.at(*where) for where in wheres] == [1, 1, 2, 4, 5, 4]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (LAUGHS, 1, "an anchor (&a0) cannot be used here"),
        ("a:\n  b: *c\n", 2, "an alias (*c) cannot be used here"),
        ("a: &a [*a]\n", 1, "an anchor"),
        ("a:\n  " + "[" * 100_000, 2, "nested too deeply"),
        ("".join(f"{' ' * n}a:\n" for n in range(500)), 41, "nested too deeply"),
        ("a: 1\nb:\n  c: 1\n  c: 2\n", 4, "“c” stands in line 3 already"),
        ("a: 1\n? [b]\n: c\n", 2, "a key must be a word"),
        ("a: 1\nb: !!python/object:os.system x\n", 2, "a tag cannot be used here"),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins here"),
        ("a: 1\nb: \x00\n", 2, "a character that cannot be written in YAML"),
        ("a: 1\n\t- b\n", 2, "not valid YAML"),
    ],
)
@pytest.mark.parametrize("loader", [yaml_text.LOADER, yaml.Loader], ids=["libyaml", "python"])
def test_what_cannot_be_read_is_refused_at_its_line(
    text: str, line: int, says: str, loader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_text, "LOADER", loader)
    began = time.process_time()
    with pytest.raises(YamlFault) as refused:
        read(text)
    assert time.process_time() - began < 1
    assert (refused.value.line, says in str(refused.value)) == (line, True), refused.value


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    (tmp_path / "marked.yaml").write_bytes(b"\xef\xbb\xbfid: piano\r\ntitle: A\r\n")
    problems: list[Problem] = []
    source = read_yaml(tmp_path / "marked.yaml", problems)
    assert source is not None and not problems
    assert (source.data, source.line("title")) == ({"id": "piano", "title": "A"}, 2)


def test_what_there_is_is_shown_whole_or_the_nearest_of_it() -> None:
    assert nearest("gues", ["guess", "zebra"]) == "; did you mean “guess”?"
    assert nearest("x", []) == "; there are none"
    few = [f"thing_{letter}" for letter in "abcdefghijklmnopqrst"]
    assert nearest("x", few) == f"; there are: {', '.join(few)}"
    many = [*few, "zoo_q", "zoo_w"]
    assert nearest("zx", many).startswith("; the nearest of 22: zoo_q, zoo_w, ")
    assert nearest("zx", many).count(",") == 4
