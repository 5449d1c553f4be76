"""What authors of disputes ask of the command. All but solving needs the `author` extra."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from caucusroom import Session
from caucusroom.library import PACKAGE
from caucusroom.model.dispute import Dispute
from caucusroom.search.solve import count_states, solve
from rich.console import Console


def check_folders(folders: Sequence[Path], thorough: bool) -> None:
    """Print every problem of these disputes (the library's if none is named); ValueError if there is any."""
    from caucusroom.authoring.check import check

    chosen = list(folders) or sorted(file.parent for file in PACKAGE.parent.glob("*/scenario.yaml"))
    if not chosen:
        raise ValueError("The library here is compiled and was checked before: name the folder of a dispute.")
    problems = 0
    for folder in chosen:
        with Console(stderr=True).status(str(folder)) as status:

            def tell(doing: str, folder: Path = folder) -> None:
                status.update(f"{folder}: {doing}")

            notes: list[str] = []
            found = check(folder, tell, notes.append, thorough)
        for problem in found:
            print(problem)
        if not found:
            print(f"{folder}: nothing wrong")
        for note in notes:
            print(f"{folder}: {note}")
        problems += len(found)
    if problems:
        raise ValueError(f"{problems} {'problem' if problems == 1 else 'problems'} found.")


def start_dispute(id: str, where: Path) -> None:
    """Make the folder `id` in `where` with a small dispute that passes `check`."""
    from caucusroom.authoring.starter import new_dispute

    folder = new_dispute(id, where)
    print(f"{folder} is made. Play it: caucusroom play {folder}/ · check it: caucusroom check {folder}")


def solve_cases(dispute: Dispute, case: str | None, within: int) -> None:
    """Print the best end of each case (or of one), the line to it, and what finding it took."""
    cases = [dispute.case(id) for id in ([case] if case else dispute.cases)]
    for one in cases:
        with Console(stderr=True).status(f"case {one.id}") as status:

            def tell(states: int, worth: int, id: str = one.id) -> None:
                status.update(f"case {id}: {states:,} states kept, best end so far {worth}")

            solution = solve(one, progress=tell)
            reachable = count_states(one, within)
        session = Session(dispute, case=one.id)
        for move in solution.line:
            session.play(move)
        ending = session.outcome.ending.replace("_", " ") if session.outcome else "no end"
        proven = "proven" if solution.proven else "not proven: there may be a better one"
        print(f"case {one.id}: best end {solution.worth} of 100, {ending} ({proven})")
        print(f"  line of {len(solution.line)}: {'; '.join(map(str, solution.line))}")
        print(
            f"  moves tried: {solution.applications:,}, states kept: {solution.states:,} "
            f"in {solution.keys:,} situations, states within {within} decisions: {reachable:,}",
            flush=True,
        )
