"""Run in Pyodide, with everything it brings: find out what a page uses, and pack that, as bytecode.

What a page uses is found by doing what it does: every module of ours is loaded, mediations of every dispute are played,
scenes too, reviewed, taken back, noted, refused, damaged, judged, looked over before they are handed in.
"""

import importlib
import json
import marshal
import sys
import zipfile
from pathlib import Path
from random import Random
from types import CodeType
from typing import Any

OURS, LIBRARY, TARGET = Path("/stage/ours"), Path("/lib/python314.zip"), Path("/stage/python.zip")
UNPACKS = "encodings/cp437.py"  # with which zipfile reads names, before anything else is there
PLAYS = 4  # of each dispute
HEAD = 16  # bytes before the code of a module


def use() -> None:
    sys.path.insert(0, str(OURS))
    for file in sorted(OURS.rglob("*.py")):
        importlib.import_module(".".join(file.relative_to(OURS).with_suffix("").parts).removesuffix(".__init__"))
    from caucusroom import load, scenarios

    for dispute in map(load, scenarios()):
        for number in range(PLAYS):
            play("play", dispute.id, number=number)
        for scene in dispute.scenes:
            play("scene", dispute.id, scene.id)
        play("work", dispute.id, assignment=dispute.id)
    for nonsense in ("{}", '{"open": 1}', "[" * 900):
        assert not ask(nonsense).keys() & {"opened", "answered"}


def ask(question: Any) -> dict[str, Any]:
    from answering import answer  # type: ignore[import-not-found]  # in a page it stands beside our packages

    answered: dict[str, Any] = json.loads(answer(question if isinstance(question, str) else json.dumps(question)))
    assert answered.get("fault") in (None, "unknown"), answered
    return answered


def play(kind: str, dispute: str, scene: str = "", assignment: str = "", number: int = 0) -> None:
    """A mediation with everything that can be asked on the way, at random but the same every time."""
    from caucusroom_widgets.desk.differences import patched

    page = {"kind": kind, "dispute": dispute, "scene": scene, "assignment": assignment}
    random, player = Random(number), f"rehearsal {number}"
    opened = ask({"open": {"page": page, "kept": "", "player": player}})["opened"]
    text, now, pages = opened["kept"]["lines"], opened["snapshot"], 0
    sides, causes = [side["id"] for side in now["parties"]], [cause["id"] for cause in now["causes"]]
    for count in range(200):
        moves = [offer["move"] for group in now["groups"] for offer in group["moves"]]
        if not moves:
            break
        wishes: list[dict[str, Any]] = [{"note": {"side": one, "causes": causes[:2], "heard": []}} for one in sides]
        wishes += [{"earlier": True}, {"hint": 1}, {"move": "nonsense"}, {"move": moves[0], "more": 1}]
        wishes += [{"move": random.choice(moves)}, {"review": True}, {"back": count}, {"compare": 1}]
        for place, wish in enumerate(wishes if count % 6 == 0 else wishes[-4:-3]):
            sent = {"id": f"{count} {place}", "seq": now["seq"], **wish}
            answered = ask({"ask": sent})["answered"]
            if answered["kept"]:
                text = text[: answered["kept"]["size"]] + answered["kept"]["lines"]
            pages += answered["page"] is not None
            now = patched(now, answered["change"]["by"]) if answered["change"]["by"] else now
    assert assignment or pages, "nothing was reviewed"
    for kept in (text, text[: len(text) // 2], text.replace("move", "more", 1), text.replace(player, "x"), "", "\x00"):
        ask({"open": {"page": page, "kept": kept, "player": player}})
        judged = ask({"judge": {"name": "one.jsonl", "bytes": kept}})
        assert "judged" in judged or kept != text, judged
        looked = ask({"check": {"assignment": assignment, "dispute": dispute, "player": player, "journal": kept}})
        assert "missing" in looked, looked


def library() -> dict[str, bytes]:
    """The sources of the modules of the standard library, and of Pyodide's own, that were loaded from it, by file."""
    loaded = [str(getattr(module.__spec__, "origin", "")) for module in sys.modules.values() if module.__spec__]
    inside = f"{LIBRARY}/"
    files = {origin.removeprefix(inside).removesuffix("c") for origin in loaded if origin.startswith(inside)}
    with zipfile.ZipFile(LIBRARY) as whole:
        return {file: whole.read(file) for file in sorted({*files, UNPACKS})}


def bytecode(name: str, source: bytes, ours: bool) -> bytes:
    """What Python makes of a module, to be trusted without a look at its source.

    Of what is not ours the docstrings are left out, and what tells the lines, which is a third of what is loaded.
    """
    import py_compile  # which no page uses

    written, made = Path("/tmp/source.py"), Path("/tmp/made.pyc")
    written.write_bytes(source)
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(written), str(made), name, doraise=True, optimize=0 if ours else 2, invalidation_mode=mode)
    whole = made.read_bytes()
    return whole if ours else whole[:HEAD] + marshal.dumps(without_lines(marshal.loads(whole[HEAD:])))


def without_lines(code: CodeType) -> CodeType:
    inner = (without_lines(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=tuple(inner))


def pack(used: dict[str, bytes]) -> None:
    """Uncompressed, for what is compressed on its way as a whole gets smaller and need not be unpacked."""
    with zipfile.ZipFile(TARGET, "w", zipfile.ZIP_STORED) as archive:

        def add(name: str, data: bytes) -> None:
            archive.writestr(zipfile.ZipInfo(name), data)  # which says nothing of the time

        for name, source in used.items():
            add(f"{name}c", bytecode(name, source, ours=False))
        for file in sorted(OURS.rglob("*")):
            name = file.relative_to(OURS).as_posix()
            if file.suffix == ".py":
                add(f"ours/{name}c", bytecode(name, file.read_bytes(), ours=True))
            elif file.is_file():
                add(f"ours/{name}", file.read_bytes())


sys.dont_write_bytecode = True
use()
pack(library())
