"""One visitor at one page of a public host: what is open there, and what each message of the page brings about.

Nothing is kept here. The page keeps the journal: it gives its text when it opens, and each answer says what has come
to it since. Whatever comes from the page is read as what anybody may have sent.
"""

from __future__ import annotations

from typing import NamedTuple

from caucusroom import Session, load, scenarios
from caucusroom.model.dispute import Scene
from caucusroom.record.sheet import Sheet
from caucusroom.record.transcript import is_text, unborn

from ..words import Words, words
from .entrance import Entrance
from .messages import Refused
from .scenes import seated
from .snapshot import Answered, Mode, Opened

LONGEST_NAME = 100
"""Characters of a player's name and of an assignment's."""
MODES: dict[str, Mode] = {"play": "guided", "scene": "guided", "work": "assessment"}
"""How each kind of page is played: a mediation in a truth drawn for the visitor, a scene of one, or graded work."""


class Visit:
    """One visitor's room. Both methods raise ValueError, with a sentence, and then nothing has changed."""

    def __init__(self) -> None:
        self.words = words()
        self._entrance: Entrance | None = None

    def open(self, page: object, kept: object, player: object) -> Opened:
        """Open the room of a page, or go on with what the page has `kept` of it: the text of a journal, "" for none.

        `page` is `{"kind": "play", "dispute": …}`, `{"kind": "scene", "dispute": …, "scene": …}` or `{"kind": "work",
        "dispute": …, "assignment": …}`. A journal of practice may be anybody's and goes on under its own player; graded
        work is its player's only.
        """
        asked = _read(page, player, self.words)
        if not isinstance(kept, str):
            raise Refused(self.words.VISIT["no_text"])
        sheet = Sheet(kept, saved=self.words.VISIT["saved"])
        new = unborn(sheet.read())
        session = Session(
            asked.dispute,
            asked.scene.case if asked.scene else None,
            journal=sheet,
            player=asked.player if new or asked.assignment else None,
            assignment=asked.assignment,
        )
        if asked.scene:
            seated(session, asked.scene)
        entrance = Entrance(lambda: session, sheet, MODES[asked.kind], asked.scene)
        self._entrance = entrance
        size, lines = sheet.written()
        return {"snapshot": entrance.snapshot(earlier=True), "kept": {"size": size, "lines": lines}}

    def answer(self, sent: object) -> Answered:
        """Carry out one message of the page. What cannot be done is said in what is shown."""
        if self._entrance is None:
            raise Refused(self.words.VISIT["nothing_open"])
        return self._entrance.answer(sent)


class _Asked(NamedTuple):
    """What a page asks to open. `assignment` is "" where it is no graded work."""

    kind: str
    dispute: str
    scene: Scene | None
    assignment: str
    player: str


def _read(page: object, player: object, words: Words) -> _Asked:
    """What was asked for, if there is such a page; Refused, with a sentence, if there is none."""
    given = page if isinstance(page, dict) else {}
    kind, dispute, assignment = given.get("kind"), given.get("dispute"), ""
    if not isinstance(kind, str) or kind not in MODES:
        raise Refused(words.VISIT["no_page"])
    if not isinstance(dispute, str) or dispute not in scenarios():
        raise Refused(words.VISIT["no_dispute"])
    scene = None
    if kind == "scene":
        scene = next((one for one in load(dispute).scenes if one.id == given.get("scene")), None)
        if scene is None:
            raise Refused(words.VISIT["no_scene"])
    if kind == "work" and not (assignment := _name(given.get("assignment"))):
        raise Refused(words.VISIT["no_assignment"].format(longest=LONGEST_NAME))
    if not (name := _name(player)):
        raise Refused(words.VISIT["no_name"].format(longest=LONGEST_NAME))
    return _Asked(kind, dispute, scene, assignment, name)


def _name(value: object) -> str:
    """What was given as a name; "" where it is none that a journal can hold."""
    return value.strip() if is_text(value) and len(value) <= LONGEST_NAME else ""
