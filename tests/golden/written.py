"""A play as text. Needs nothing but Python and the engine, so that any Python there is can run it:

    python3 tests/golden/written.py SCENARIOS <plays.json

where SCENARIOS is the folder that holds the package and plays.json a list of [dispute, case, [move, …]].
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator


def written(dispute: str, case: str, moves: Iterable[str]) -> Iterator[str]:
    """The lines of a play: each decision, what followed from it, and all that was said."""
    from caucusroom import load
    from caucusroom.laws.apply import apply, initial
    from caucusroom.laws.legality import legal_moves
    from caucusroom.laws.outcome import outcome
    from caucusroom.model.gathering import CAUCUS, room_of
    from caucusroom.model.levels import MOODS
    from caucusroom.seen.view import view
    from caucusroom.voice.voice import Voice

    its = load(dispute).case(case)
    state, voice = initial(its), Voice(its.dispute)
    yield f"{its.dispute.title}, case {case}: {its.truth.title}"
    for number, move in enumerate(moves, 1):
        chosen = its.dispute.by_text[move]
        before = view(its, state)
        said = voice.say(chosen, before)
        state, events = apply(its, state, chosen)
        after = view(its, state)
        answers = voice.answer(chosen, events, before, after)
        seated = (
            ["caucus_first", "caucus_second"][CAUCUS.index(state.gathered)] if after.caucus else room_of(state.gathered)
        )
        moods = " · ".join(f"{mood} {' '.join(map(str, getattr(state, mood)))}" for mood in MOODS)
        yield ""
        yield f"{number}. {move}"
        yield (
            f"   {seated} · {after.topic}"
            f" · {state.days} days, {state.clock} ticks left · {moods}"
            f" · waiting {' '.join(map(str, state.waiting))} · {len(legal_moves(its, state))} moves"
        )
        yield from (f"   → {' '.join(filter(None, event))}" for event in events)
        yield from (f"   {one.name}: {one.text}" for one in (said, *answers))
    yield ""
    end = outcome(its, state)
    if end:
        agreed = ", ".join(f"{issue}: {option}" for issue, option in end.agreed) or "nothing"
        yield f"Ended: {end.ending}, worth {end.worth}; holds: {end.holds}; agreed: {agreed}"
        yield end.text


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for play in json.load(sys.stdin):
        print("\n".join(written(*play)), end="\n\n")
