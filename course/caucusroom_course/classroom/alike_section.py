"""The section of a class report on journals that are alike: side by side, and nobody is accused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from caucusroom_grading.review.markup import Markup, tag
from caucusroom_grading.review.words import counted

from .alike import PAUSES, Likeness, likenesses
from .sections import Work, link, section, table

SHOWN = 30


def alike_section(work: Sequence[Work]) -> Markup:
    pages = {one.marks.student: one for one in work}
    plays = [one.play for one in work if one.play]
    found = likenesses(plays)
    pairs = [_pair(like, pages) for like in found[:SHOWN]]
    more = len(found) - len(pairs)
    rest = [tag("p", f"And {counted(more, 'pair')} less alike.", class_="aside")] if more > 0 else []
    none = [] if pairs else [tag("p", "None.")]
    return section(
        "Journals that are alike",
        *pairs,
        *rest,
        *none,
        about=(
            "Worth a look, and no more than that. People who were taught the same may play the same line, or sat side "
            "by side; a journal says when and what, and not who. Ask before you conclude anything."
        ),
    )


def _pair(like: Likeness, pages: Mapping[str, Work]) -> Markup:
    one, other = (pages[play.student] for play in like.plays)
    case = "the same truth" if like.same_case else "different truths"
    said = [tag("li", words) for words in _suspicious(like)]
    return tag(
        "details",
        tag("summary", f"{one.marks.student} and {other.marks.student}: {case}, {_shortly(like)}"),
        tag("ul", *said, class_="reasons"),
        tag("p", link(one), " and ", link(other)),
        _side_by_side(like, pages),
    )


def _shortly(like: Likeness) -> str:
    words = [f"{like.length} decisions in the same order"]
    if like.same_seconds:
        words.append(f"{like.same_seconds} in the same second")
    elif like.clock:
        words.append("the same pauses")
    return ", ".join(words)


def _suspicious(like: Likeness) -> Iterator[str]:
    one, other = like.plays
    run = f"{like.length} decisions in a row are the same"
    where = f"{one.student} {like.first + 1} to {like.first + like.length}, {other.student} {like.second + 1} on"
    opening = f", of which {like.opening} open many mediations of this class" if like.opening else ""
    yield f"{run} ({where}){opening}."
    if not like.same_case:
        yield "They were told different things, for what was true in the one was not all true in the other."
    if one.moves == other.moves:
        yield "The two mediations are the same from the first decision to the last."
    if like.same_seconds:
        yield f"{counted(like.same_seconds, 'equal decision')} made in the same second in both journals."
    if like.same_pauses >= PAUSES:
        yield f"{counted(like.same_pauses, 'pause')} in a row as long in one as in the other, to the second."
    if not (one.times and other.times):
        yield "Of one of them it is not known when its decisions were made."


def _side_by_side(like: Likeness, pages: Mapping[str, Work]) -> Markup:
    rows = []
    for step in range(like.length):
        row = [like.plays[0].moves[like.first + step]]
        for play, start in zip(like.plays, (like.first, like.second), strict=True):
            row += [str(start + step + 1), _pause(play.times, start + step)]
        rows.append(row)
    names = [play.student for play in like.plays]
    return table(("Decision", f"In {names[0]}", "after", f"In {names[1]}", "after"), rows)


def _pause(times: Sequence[float], index: int) -> str:
    return f"{times[index] - times[index - 1]:.0f} s" if times and index else ""
