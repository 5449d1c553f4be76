"""The author's checker: scenes begin in the middle of something, and can be played as they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...laws.legality import why_not
from ...model.dispute import Dispute
from ...playing import Playing
from ..scenes import Scenes
from ..shapes import SceneShape
from ..source import Problem, nearest
from ..walkthrough import possible_now


def check_scenes(scenes: Scenes, dispute: Dispute) -> Iterator[Problem]:
    """Every problem of play in the scenes of a dispute."""
    for place, parts in scenes.parts.items():
        yield from _Scene(scenes, dispute, place, parts).problems()


class _Scene:
    """One scene, with the dispute that it is a part of."""

    def __init__(self, scenes: Scenes, dispute: Dispute, place: int, parts: SceneShape) -> None:
        self._source, self._dispute, self._place, self._parts = scenes.source, dispute, place, parts

    def _problem(self, rule: str, what: str, *where: str | int) -> Problem:
        return Problem(self._source.path, self._source.line(self._place, *where), rule, what)

    def problems(self) -> Iterator[Problem]:
        lines = {"moves": self._parts.moves, "skilled": self._parts.skilled, "mistake": self._parts.mistake}
        misnamed = [problem for name, moves in lines.items() for problem in self._misnamed(name, moves)]
        yield from misnamed
        if misnamed:
            return
        before = Playing(self._dispute.case(self._parts.case))
        stuck = list(self._played(before, "moves", self._parts.moves))
        yield from stuck
        if stuck:
            return
        if before.now.outcome:
            what = f"the scene is over before it begins: these moves end the mediation ({before.now.outcome.ending})"
            yield self._problem("scene-over", f"{what}; take the last away", "moves")
            return
        for name in ("skilled", "mistake"):
            yield from self._line(name, lines[name])

    def _misnamed(self, name: str, moves: Sequence[str]) -> Iterator[Problem]:
        known = self._dispute.by_text
        for item, text in enumerate(moves):
            if text not in known:
                what = f"“{text}” is no move of this dispute{nearest(text, known)}"
                yield self._problem("unknown-move", what, name, item)

    def _played(self, playing: Playing, name: str, moves: Sequence[str]) -> Iterator[Problem]:
        """Play these moves; the first that cannot be made ends it."""
        for item, text in enumerate(moves):
            move, state = self._dispute.by_text[text], playing.now.state
            if move not in playing.now.moves:
                reason = why_not(playing.case, state, move)
                what = f"“{text}” cannot be made here: {reason}{possible_now(playing.case, state)}"
                yield self._problem("scene-move", what, name, item)
                return
            playing.play(move)

    def _line(self, name: str, moves: Sequence[str]) -> Iterator[Problem]:
        """A way to play the scene: to its last decision, or to the end of the mediation before that."""
        playing = Playing(self._dispute.case(self._parts.case))
        for text in self._parts.moves:
            playing.play(text)
        stuck = list(self._played(playing, name, moves))
        yield from stuck
        most, made = self._parts.decisions, len(moves)
        if not stuck and (made > most or (made < most and playing.now.outcome is None)):
            what = (
                f"this is a way to play the scene and must make {most} decisions, as the scene says, or bring the "
                f"mediation to an end before that; it makes {made}"
            )
            yield self._problem("scene-length", what, name)
