"""Guided scenes: a few decisions in the middle of a case, as teachers write them down in scenes.yaml.

Author time only: needs pydantic and PyYAML. A scene is teaching material and no part of what is true: it changes no
content hash. That its moves are those of the dispute, and can be made, `check/scenes.py` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .fit import read_shape
from .shapes import DisputeShape, SceneShape
from .source import Problem, Source, nearest, read_yaml


@dataclass(frozen=True)
class Scenes:
    """The scenes of a dispute that are sound in shape, by their place in the file."""

    source: Source
    parts: dict[int, SceneShape]


def read_scenes(path: Path, dispute: DisputeShape, problems: list[Problem]) -> Scenes | None:
    """Read the scenes of a dispute, noting every problem of shape or name; None if there are none."""
    source = read_yaml(path, problems) if path.exists() else None
    if source is None:
        return None
    if not isinstance(source.data, list) or not source.data:
        problems.append(Problem(path, 1, "no-scenes", "this must be a list of scenes; add one, or take the file away"))
        return None
    parts: dict[int, SceneShape] = {}
    for place, raw in enumerate(source.data):
        scene = read_shape(source, SceneShape, raw, (place,), problems)
        if scene is None:
            continue
        if any(scene.id == other.id for other in parts.values()):
            what = f"“{scene.id}” is the id of another scene already; give this one another"
            problems.append(Problem(path, source.line(place, "id"), "same-name", what))
        if scene.case not in dispute.cases:
            what = f"“{scene.case}” is no case of this dispute{nearest(scene.case, dispute.cases)}"
            problems.append(Problem(path, source.line(place, "case"), "unknown-case", what))
        else:
            parts[place] = scene
    return Scenes(source, parts)
