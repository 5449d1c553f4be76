"""What desk and page give each other, as types: this is the whole of what a host has to pass on.

`widget/snapshot.d.ts` is made of them by `python -m tests.browser.types`, and the page's script and its tests are
checked against that.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

Mode: TypeAlias = Literal["guided", "assessment"]
Where: TypeAlias = Literal["before", "joint", "caucus"]
GroupId: TypeAlias = Literal["open", "listen", "explore", "test", "build", "share", "process", "close"]


# down: what a page shows


class Answer(TypedDict):
    """What came of a message. `error` is a sentence; `owed`: an end was refused because something has to be noted
    first.
    """

    id: str | None
    ok: bool
    error: str | None
    owed: bool


class Branch(TypedDict):
    """The attempt that this one branched from, and how many decisions are kept of it."""

    parent: int
    kept: int


class Hint(TypedDict):
    """The questions asked about the decision that is due, and how many more there are."""

    texts: list[str]
    left: int


class Title(TypedDict):
    id: str
    title: str


class Played(TypedDict):
    """The guided scene that is played, and how many of its decisions are made. It is over with the last of them, or
    with the mediation; nothing is offered then.
    """

    title: str
    told: str
    asks: str
    after: str
    made: int
    of: int


class Saved(TypedDict):
    """Whether decisions are kept, and a sentence that says where, or why they are not.

    `reopen`: they are not, and opening the journal again may help.
    """

    ok: bool
    text: str
    reopen: bool


class Refusal(TypedDict):
    """What is in the way of opening the room, in a sentence; `fresh`: whether to offer a new beginning."""

    text: str
    fresh: bool


class Clock(TypedDict):
    """Which day or stage it is and of how many; `spent` and `length` of it are in minutes."""

    day: int
    days: int
    time: str
    left: str
    spent: int
    length: int
    late: bool
    staged: bool


Room = TypedDict("Room", {"where": Where, "with": str | None})
"""Where the mediator is, in a caucus with which party."""


class Alternative(TypedDict):
    """What a party reckons with if nothing is agreed, and whether that was tested."""

    text: str
    tested: bool


class Attendee(TypedDict):
    name: str
    role: str
    here: bool


class Side(TypedDict):
    """A party and its people. `posture` is a sentence for a side in the room, `waiting` a time for one that waits."""

    id: str
    name: str
    here: bool
    waiting: str | None
    posture: str | None
    alternative: Alternative
    people: list[Attendee]


class Proposal(TypedDict):
    """An option that was spoken of, and what the sides last said to it."""

    text: str
    state: str


class Topic(TypedDict):
    """An issue. Positions and interests are in the order of the parties, an interest is None until it was heard."""

    id: str
    name: str
    status: Literal["open", "topic", "agreed"]
    positions: list[str]
    interests: list[str | None]
    agreed: str | None
    options: list[Proposal]


class Entry(TypedDict):
    """A line of the mediator's notebook, of what was heard from one party."""

    kind: Literal["cause", "fact", "cue"]
    party: str
    text: str
    standing: str | None


class Cause(TypedDict):
    """A cause of the catalogue, and how it sounds."""

    id: str
    name: str
    sounds: str


class Thought(TypedDict):
    """What the mediator last wrote about a side: causes, also in words, the decisions whose answers say so, and when;
    all of it empty while nothing was written.
    """

    party: str
    causes: list[str]
    heard: list[int]
    text: str
    day: int
    time: str


class Said(TypedDict):
    """One thing said. `party` is None where the mediator speaks."""

    who: str
    party: str | None
    text: str


class Told(TypedDict):
    """A decision and what came of it; `notes` are sentences."""

    n: int
    label: str
    room: str
    time: str
    speech: list[Said]
    notes: list[str]


class Offer(TypedDict):
    """A move that can be made. `prominent` is its place among what is shown first, 0 for none.

    `of` names what has so many aims that it is shown as one entry that opens to them, "" for most; `aim` is what or
    whom the move is about.
    """

    move: str
    name: str
    of: str
    aim: str
    words: str
    about: str
    cost: str
    prominent: int


class NotNow(TypedDict):
    """What cannot be done now, by the one reason for all of it."""

    names: list[str]
    why: str


class Group(TypedDict):
    id: GroupId
    name: str
    moves: list[Offer]
    refused: list[NotNow]


class End(TypedDict):
    """How it ended. In graded work `case` and `truth` are ""."""

    ending: str
    title: str
    text: str
    held: bool | None
    agreed: list[str]
    case: str
    truth: str


class Snapshot(TypedDict):
    """All that a page shows. Of the turns the last only, and no opening once there is one, unless all were asked for.

    `n` counts those that were given to pages, so that two are never equal. Where there is a `refusal` the room is not
    open: the rest is as empty as it can be. `hint` is None in graded work and after the end; the parties are in order,
    the left one first; `topic` is the id of an issue; `notices` are sentences about the journal; `causes` come with all
    the turns.
    """

    v: Literal[1]
    n: int
    seq: int
    attempt: int
    branch: Branch | None
    mode: Mode
    hint: Hint | None
    notices: list[str]
    answer: Answer | None
    dispute: Title
    scene: Played | None
    opening: str
    saved: Saved
    clock: Clock
    room: Room
    topic: str
    parties: list[Side]
    issues: list[Topic]
    notebook: list[Entry]
    thoughts: list[Thought]
    causes: list[Cause]
    turns: list[Told]
    groups: list[Group]
    outcome: End | None
    refusal: Refusal | None


class Change(TypedDict):
    """How what is shown changes: the snapshot with the number `of`, or any where that is None, becomes by a difference
    (differences.py) what is shown now. A page that shows another asks for everything.
    """

    of: int | None
    by: object


class Page(TypedDict):
    """What an answer may bring beside its change: a part of a page that runs no script, with a
    `<button data-back="N">` for every decision that one can go back to. `id` is of the message that asked for it.
    """

    id: str
    html: str


class Kept(TypedDict):
    """What a page that keeps the journal has to do before it shows the answer: put `lines` at `size` of the text it
    has (in UTF-16 code units, as scripts count), and let it end there.
    """

    size: int
    lines: str


class Opened(TypedDict):
    """What a page begins with that keeps the journal itself: the snapshot has all the turns."""

    snapshot: Snapshot
    kept: Kept


class Answered(TypedDict):
    """The one message that answers a message of a page."""

    change: Change
    page: Page | None
    kept: Kept | None


# up: what a page may send


class Wish(TypedDict):
    """`id` names a message, so that a decision that is sent twice is played once; `seq` is the number of decisions
    that the page had seen.
    """

    id: str
    seq: int


class Decide(Wish):
    move: str


class Again(Wish):
    """A new attempt, after the end; in a scene another one from its beginning, at any time."""

    again: Literal[True]


class Earlier(Wish):
    """To be shown every turn so far."""

    earlier: Literal[True]


class Review(Wish):
    """The decisions so far, judged: a page. In practice only, as what follows here."""

    review: Literal[True]


class Compare(Wish):
    """The same beside those of the attempt this one branched from, by its number: a page."""

    compare: int


class Back(Wish):
    """To go back to after so many decisions, in a new attempt that is a branch of this one."""

    back: int


class Ask(Wish):
    """A question of the supervising mediator about the next decision, 1 to 3, one after another."""

    hint: int


class Noted(TypedDict):
    side: str
    causes: list[str]
    heard: list[int]


class Write(Wish):
    """To write down what stands in the way of a side: one to four causes, and the numbers of decisions."""

    note: Noted


class Fresh(Wish):
    """To set aside what lies in the journal's place, under another name, and begin a new journal there."""

    fresh: Literal[True]


class Reopen(Wish):
    """To open the journal again, where decisions are no longer saved."""

    reopen: Literal[True]


Sent: TypeAlias = Decide | Again | Earlier | Review | Compare | Back | Ask | Write | Fresh | Reopen
"""A message: one wish, and nothing else."""
