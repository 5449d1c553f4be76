"""The kernels of the demo by themselves: what bounds them, and what becomes of one that does not behave."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from caucusroom_course.public.demo import forked, kernels
from caucusroom_course.public.demo.attending import answered
from caucusroom_course.public.demo.forked import Gone
from caucusroom_course.public.demo.kernels import Full, Kernels
from caucusroom_course.public.demo.limits import ROOM_TO_GROW, Room
from caucusroom_course.public.words import of_the_house
from caucusroom_widgets.desk import Visit

OPEN: dict[str, Any] = {"page": {"kind": "play", "dispute": "labor-strike"}, "kept": "", "player": "visitor 4f2a91"}


def with_kernels(folder: Path, story: Callable[[Kernels], Awaitable[None]], room: Room) -> None:
    async def told() -> None:
        pool = Kernels(folder, room)
        await pool.open()
        try:
            await asyncio.wait_for(story(pool), 60)
        finally:
            await pool.close()

    asyncio.run(told())


def test_a_kernel_cannot_take_all_memory(tmp_path: Path) -> None:
    async def story(pool: Kernels) -> None:
        kernel = await pool.take()
        fits, too_much = ROOM_TO_GROW // 2, ROOM_TO_GROW + 2**20
        for size, status in ((fits, "ok"), (too_much, "error")):
            reply = await kernel.client.execute(f"len(bytearray({size}))", reply=True)
            assert reply["content"]["status"] == status
        assert reply["content"]["ename"] == "MemoryError"
        assert "opened" in await kernel.ask({"id": 1, "open": OPEN})

    with_kernels(tmp_path, story, Room(1, 1))


def test_a_kernel_writes_nothing(tmp_path: Path) -> None:
    async def story(pool: Kernels) -> None:
        kernel = await pool.take()
        code = f"with open({str(tmp_path / 'written')!r}, 'w') as file: file.write('x')"
        reply = await kernel.client.execute(code, reply=True)
        assert reply["content"]["ename"] == "OSError"

    with_kernels(tmp_path, story, Room(1, 1))


def test_nobody_waits_for_a_kernel_that_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "PATIENCE", 0.5)

    async def story(pool: Kernels) -> None:
        kernel = await pool.take()
        kernel.client.execute("while True: pass")
        with pytest.raises(Gone):
            await kernel.ask({"id": 1, "open": OPEN})
        pool.give_back(kernel)
        await kernel.gone
        other = await pool.take()
        assert "opened" in await other.ask({"id": 1, "open": OPEN})

    with_kernels(tmp_path, story, Room(2, 1))


def test_there_are_never_more_than_there_may_be(tmp_path: Path) -> None:
    async def story(pool: Kernels) -> None:
        taken = await asyncio.gather(*(pool.take() for _ in range(3)))
        assert len(set(taken)) == 3 and pool.full
        with pytest.raises(Full):
            await pool.take()
        os.kill(taken[0].manager.provisioner.process.number, signal.SIGKILL)
        with pytest.raises(Gone):
            await taken[0].ask({"id": 1, "open": OPEN})
        pool.give_back(taken[0])
        assert await pool.take() not in taken

    with_kernels(tmp_path, story, Room(3, 2))


def test_without_a_place_to_fork_from_there_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forked, "NURSERY", "no.such.module")
    with pytest.raises(Gone, match="did not start"):
        asyncio.run(Kernels(tmp_path, Room(1, 1)).open())


def test_what_fails_in_a_kernel_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Visit, "open", lambda *_: 1 / 0)
    assert answered(Visit(), {"id": 3, "open": OPEN}) == {"id": 3, "error": of_the_house()["went_wrong"]}


@pytest.mark.parametrize("why", ["full", "idle", "gone", "closing", "rude"])
def test_a_reason_fits_into_the_end_of_a_connection(why: str) -> None:
    assert len(of_the_house()[why].encode()) <= 123
