"""A visitor sits down in the middle of a case: what was decided before, and how much of the scene is left.

A scene's journal is a practice journal of its case whose first decisions are the scene's moves, so whoever wants to go
on to the end plays that journal without the scene.
"""

from __future__ import annotations

from caucusroom import Session
from caucusroom.model.dispute import Scene

from ..words import words


def of_scene(session: Session, scene: Scene) -> bool:
    """Whether the session's present attempt is of this scene: its case, and begun with its moves."""
    return session.case == scene.case and tuple(map(str, session.decisions[: len(scene.moves)])) == scene.moves


def seated(session: Session, scene: Scene) -> Session:
    """Play what happens before the visitor sits down, as far as it has not been played, and return the session.

    ValueError, with a sentence, if the present attempt is of another case or has gone another way.
    """
    so_far = tuple(map(str, session.decisions))
    if session.case != scene.case or so_far[: len(scene.moves)] != scene.moves[: len(so_far)]:
        raise ValueError(words().REFUSED["other_scene"].format(scene=scene.title))
    for move in scene.moves[len(so_far) :]:
        session.play(move)
    return session


def made(session: Session, scene: Scene) -> int:
    """How many decisions of the scene the visitor has made."""
    return len(session.turns) - len(scene.moves)


def is_over(session: Session, scene: Scene) -> bool:
    """Whether the last decision of the scene is made, or the mediation has come to its end before that."""
    return session.outcome is not None or made(session, scene) >= scene.decisions
