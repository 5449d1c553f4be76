"""The room as a Jupyter widget: one message up and one message down for each decision.

What comes down is what has changed, and a review where one was asked for; the page changes its `snapshot` by it. That
trait is what a page begins with, and what is saved with the notebook; a review is not.
"""

from __future__ import annotations

import os
import re
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from caucusroom import Session
from caucusroom.record.names import who_plays

from ..desk import Desk, Entrance, Mode, Snapshot
from ..words import words

_HERE = Path(__file__).parent
_COMMENT = re.compile(r"^ */\*\*(?:(?!\*/).)*\*/\n|/\*\*.*?\*/|^ +", re.DOTALL | re.MULTILINE)
"""What the script says to its readers and their checker, and how it is set out for them; it need not be saved with
every notebook."""
_PAGE = 'style="max-width: 42em; line-height: 1.5; font-family: Palatino, P052, Georgia, serif"'


class _Shown(traitlets.Dict):
    """What there is to show, worked out whenever it is asked for: by a page that is opened, not by a decision."""

    def get(self, obj: Any, cls: Any = None) -> Any:
        return obj._entrance.snapshot()


class Room(anywidget.AnyWidget):
    """The room in which one session is played. What cannot be opened is said in it, with a way on where there is one.

    `dispute` is a session or what `Session` takes as its first argument; `case` and `journal` go to that
    session and are for a dispute only, and so does `assignment`, the name of graded work. `mode` is guided
    (practice: cues are named, decisions may be reviewed and taken back) or assessment (none of that). While
    nbgrader validates or grades a notebook, the journal is only read.
    """

    _esm = _COMMENT.sub("", (_HERE / "room.js").read_text(encoding="utf-8"))
    _css = _HERE / "room.css"
    snapshot = _Shown().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        dispute: Session | str | Path,
        case: str | None = None,
        journal: str | os.PathLike[str] | None = None,
        mode: Mode = "guided",
        assignment: str = "",
    ) -> None:
        grading = bool(os.environ.get("NBGRADER_EXECUTION"))
        player = None if grading else who_plays()

        def enter() -> Session:
            if isinstance(dispute, Session):
                return dispute
            return Session(dispute, case, journal, player, grading, assignment)

        kept = None if journal is None or grading or isinstance(dispute, Session) else Path(journal)
        self._entrance = Entrance(enter, kept, mode)
        super().__init__(words=self._entrance.words.PAGE)
        self.on_msg(self._decide)

    @property
    def desk(self) -> Desk:
        """The desk that is shown. ValueError, with the reason, while the room is not open."""
        if self._entrance.desk is None:
            raise ValueError(self.snapshot["refusal"]["text"])
        return self._entrance.desk

    def _decide(self, _widget: Room, message: object, _buffers: object) -> None:
        self.send(self._entrance.answer(message))

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        shown = super()._repr_mimebundle_(**kwargs)
        if shown is None:
            return None
        data, metadata = shown
        return data | {"text/html": transcript_html(self._entrance.look(earlier=True))}, metadata


def room(
    dispute: Session | str | Path,
    case: str | None = None,
    journal: str | os.PathLike[str] | None = None,
    mode: Mode = "guided",
    assignment: str = "",
) -> Room:
    """The room for a notebook cell."""
    return Room(dispute, case, journal, mode, assignment)


def transcript_html(snapshot: Snapshot) -> str:
    """What a snapshot holds as a plain page part: for places that run no widget."""
    plain = words().PLAIN
    refusal = snapshot["refusal"]
    if refusal:
        text = f"<strong>{plain['not_opened']}</strong> {escape(refusal['text'])}"
        return f'<div role="alert" {_PAGE}><p>{text}</p></div>'
    roles = {one["name"]: party["name"] for party in snapshot["parties"] for one in party["people"]}
    parts = [f"<h2>{escape(snapshot['dispute']['title'])}</h2>"]
    parts += [f"<p>{escape(text)}</p>" for text in snapshot["opening"].split("\n\n")]
    for turn in snapshot["turns"]:
        place = f"<small>{turn['time']}, {escape(turn['room'])}</small>"
        parts.append(f"<h3>{turn['n']}. {escape(turn['label'])} {place}</h3>")
        for one in turn["speech"]:
            party = f" ({escape(roles[one['who']])})" if one["who"] in roles else ""
            parts.append(f"<p><strong>{escape(one['who'])}</strong>{party}: {escape(one['text'])}</p>")
        if turn["notes"]:
            parts.append("<ul>" + "".join(f"<li>{escape(note)}</li>" for note in turn["notes"]) + "</ul>")
    outcome = snapshot["outcome"]
    if outcome:
        parts.append(f"<h3>{escape(outcome['title'])}</h3>")
        parts += [f"<p>{escape(text)}</p>" for text in (*outcome["agreed"], outcome["text"])]
        if outcome["truth"]:
            told = "".join(f"<p>{escape(text)}</p>" for text in (outcome["case"], *outcome["truth"].split("\n\n")))
            parts.append(f"<details><summary>{plain['truth']}</summary>{told}</details>")
    else:
        parts.append(f"<p><em>{plain['goes_on']}</em></p>")
    return f"<div {_PAGE}>{''.join(parts)}</div>"
