"""Only what has changed goes to the page, and what the page makes of it is what is so, to the last character."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from caucusroom import Session
from caucusroom_widgets.desk import Entrance, Mode
from caucusroom_widgets.desk.differences import difference, patched
from hypothesis import given
from hypothesis import strategies as st

from tests.golden.plays import golden_plays

ROOT = Path(__file__).parents[1]
KEYS = st.sampled_from(["a", "b", "", "=", "-", "~", "0", "__proto__", "constructor", "length", "é𝄞"])
SCALARS = (
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "=", "-", "~", "a", "\ud800", "é𝄞", 0.5])
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=25
)


@st.composite
def changed(draw: st.DrawFn) -> tuple[Any, Any]:
    """A value, and what became of it: parts were changed, moved, taken out, put in, or all is different."""
    before = draw(VALUES)
    return before, draw(VALUES) if draw(st.booleans()) else _otherwise(draw, before)


def _otherwise(draw: st.DrawFn, value: Any) -> Any:
    match draw(st.sampled_from(["same", "same", "deeper", "deeper", "new", "arranged"])):
        case "new":
            return draw(VALUES)
        case "deeper" if isinstance(value, dict):
            return {key: _otherwise(draw, one) for key, one in value.items()}
        case "deeper" if isinstance(value, list):
            return [_otherwise(draw, one) for one in value]
        case "arranged" if isinstance(value, dict):
            kept = [(key, one) for key, one in draw(st.permutations([*value.items()])) if draw(st.booleans())]
            return {**dict(kept), **draw(st.dictionaries(KEYS, VALUES, max_size=1))}
        case "arranged" if isinstance(value, list):
            return draw(st.permutations([*value, *draw(st.lists(VALUES, max_size=2))]))[: draw(st.integers(0, 9))]
    return value


@given(changed())
def test_what_is_made_of_a_difference_is_what_became_of_it(both: tuple[Any, Any]) -> None:
    before, after = both
    kept = deepcopy(before)
    by = difference(before, after)
    if by is None:
        assert json.dumps(before, sort_keys=True) == json.dumps(after, sort_keys=True)
    else:
        by = json.loads(json.dumps(by))
        assert json.dumps(patched(before, by), sort_keys=True) == json.dumps(after, sort_keys=True)
    assert json.dumps(before) == json.dumps(kept), "what was before stays as it was"


def test_what_is_the_same_is_not_said_again() -> None:
    one = {"a": [1, {"id": "x", "text": "long"}, {"id": "y", "text": "longer"}], "b": None}
    assert difference(one, deepcopy(one)) is None
    other = deepcopy(one)
    other["a"] = [other["a"][2], 1, {"id": "x", "text": "short"}]  # type: ignore[index]
    assert difference(one, other) == {"a": ["~", [2, 3], [0, 1], [1, {"text": ["=", "short"]}]]}
    assert difference(True, 1) == ["=", 1] and difference(1, 1.0) == ["=", 1.0]
    assert difference([{"a": 1, "b": 2, "c": 3}], [{"a": 1, "c": 3, "b": 2}]) == ["~", [0, {}]]


def answers(mode: Mode) -> Iterator[tuple[Any, Any]]:
    """The snapshots of whole mediations, and the changes that led from each to the next."""
    for dispute, case, line in golden_plays().values():
        entrance = Entrance(lambda of=dispute, by=case: Session(of, case=by, player="ana"), mode=mode)  # type: ignore[misc]
        shown: Any = entrance.snapshot()
        for seq, move in enumerate(line):
            change: Any = entrance.answer({"id": f"{seq}", "seq": seq, "move": move})["change"]
            yield shown, change
            shown = patched(shown, change["by"])
            assert shown == entrance.snapshot()


@pytest.mark.parametrize("mode", ["guided", "assessment"])
def test_a_decision_is_answered_in_a_fraction_of_what_is_shown(mode: Mode) -> None:
    whole, changes = 0, 0
    for shown, change in answers(mode):
        assert change["of"] == shown["n"]
        whole += len(json.dumps(shown).encode())
        changes += len(json.dumps(change).encode())
    assert changes < whole / 5


def test_the_page_makes_the_same_of_it(node: str, tmp_path: Path) -> None:
    tried: list[list[Any]] = []

    @given(changed())
    def collected(both: tuple[Any, Any]) -> None:
        before, after = both
        tried.append([before, difference(before, after) or ["=", after], after])

    collected()
    tried += [[shown, change["by"], patched(shown, change["by"])] for shown, change in answers("guided")]
    (tmp_path / "tried.json").write_text(json.dumps(tried))
    script = f"""
import assert from "node:assert/strict";
import {{ readFileSync }} from "node:fs";
import {{ patched }} from {json.dumps((ROOT / "widgets/caucusroom_widgets/widget/room.js").as_uri())};
const tried = JSON.parse(readFileSync({json.dumps(str(tmp_path / "tried.json"))}, "utf8"));
for (const [before, by, after] of tried) {{
  const kept = JSON.stringify(before);
  assert.deepStrictEqual(patched(before, by), after);
  assert.equal(JSON.stringify(before), kept);
}}
console.log(tried.length);
"""
    (tmp_path / "tried.mjs").write_text(script, encoding="utf-8")
    run = subprocess.run([node, tmp_path / "tried.mjs"], capture_output=True, text=True, check=False)
    assert run.returncode == 0 and int(run.stdout) == len(tried) > 200, run.stderr
