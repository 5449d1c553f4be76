"""What has changed between two values of JSON, as short as it can be said simply, and as exact.

A difference is one of these:

    {"key": difference, …}        an object of which these keys have changed
    ["=", value]                  another value in its place
    ["~", entry, …]               a list made anew of entries, each of them
          [i, j]                      the items before, from i up to and without j
          [i, difference]             the item before at i, changed
          ["=", value]                an item that was not there
    ["-"]                         a key that is gone

`patched` in widget/room.js does in the page what `patched` does here.
"""

from __future__ import annotations

import marshal
from typing import Any, TypeAlias

Difference: TypeAlias = "dict[str, Difference] | list[Any]"


def difference(before: Any, after: Any) -> Difference | None:
    """What makes `after` of `before`, None where they are the same."""
    if isinstance(before, dict) and isinstance(after, dict):
        changed: dict[str, Difference] = {key: ["-"] for key in before if key not in after}
        for key, value in after.items():
            one = difference(before[key], value) if key in before else ["=", value]
            if one is not None:
                changed[key] = one
        return changed or None
    if isinstance(before, list) and isinstance(after, list):
        entries = _entries(before, after)
        unchanged = len(before) == len(after) and entries in ([], [[0, len(after)]])
        return None if unchanged else ["~", *entries]
    return None if before is after or _form(before) == _form(after) else ["=", after]


def _entries(before: list[Any], after: list[Any]) -> list[Any]:
    """The items of a list, by those before where they are the same, or alike: objects whose first key says the same."""
    backwards = [*reversed([*enumerate(before)])]  # of several the first one counts
    places = {_form(item): place for place, item in backwards}
    found = [places.get(_form(item), -1) for item in after]
    alike = {_first(item): place for place, item in backwards if isinstance(item, dict)} if -1 in found else {}
    entries: list[Any] = []
    end = -1  # of the run of items that the last entry names
    for item, place in zip(after, found, strict=True):
        if place < 0:
            end, like = -1, alike.get(_first(item), -1) if isinstance(item, dict) else -1
            entries.append(["=", item] if like < 0 else [like, difference(before[like], item) or {}])
        elif place == end:
            entries[-1][1] = end = place + 1
        else:
            end = place + 1
            entries.append([place, end])
    return entries


def _form(value: Any) -> bytes:
    """What only an equal value has: 1, 1.0 and true are equal in Python, and three things in JSON."""
    return marshal.dumps(value, 2)  # a third of the time of JSON, and it is only compared


def _first(item: dict[str, Any]) -> tuple[str, bytes]:
    key, value = next(iter(item.items()), ("", None))
    return key, _form(value)


def patched(before: Any, by: Difference) -> Any:
    """What `before` becomes by a difference; `before` stays as it is."""
    if isinstance(by, dict):
        gone = {key for key, one in by.items() if one == ["-"]}
        changed = {key: patched(before.get(key), one) for key, one in by.items() if key not in gone}
        return {key: value for key, value in before.items() if key not in gone} | changed
    kind, *rest = by
    if kind == "=":
        return rest[0]
    after: list[Any] = []
    for start, what in rest:
        if start == "=":
            after.append(what)
        elif isinstance(what, int):
            after += before[start:what]
        else:
            after.append(patched(before[start], what))
    return after
