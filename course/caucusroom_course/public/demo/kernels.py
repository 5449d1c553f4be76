"""The kernels of the house: those that have a visitor, and a few warm ones that wait for the next."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import ctypes
import logging
from collections import deque
from collections.abc import Coroutine
from itertools import count
from pathlib import Path
from queue import Empty
from typing import Any, TypeVar

import nbformat
import zmq.asyncio
from jupyter_client.manager import AsyncKernelManager
from voila.execute import VoilaExecutor

from .attending import TARGET
from .forked import ForkedKernel, Gone, Nursery
from .limits import PATIENCE, START, Room

T = TypeVar("T")
LOG = logging.getLogger("caucusroom.demo")
NOTEBOOK = Path(__file__).with_name("demo.ipynb")
AT_A_TIME = 2
"""Kernels that start side by side: more would only wait for each other."""


class Full(Exception):
    """Every kernel there may be has its visitor."""


async def _unless_gone(gone: asyncio.Future[None], doing: Coroutine[Any, Any, T], seconds: float) -> T:
    """What comes of it. Gone, at once, if the kernel has gone meanwhile, or if it takes longer than so many seconds."""
    task = asyncio.ensure_future(doing)
    task.add_done_callback(lambda _: task.cancelled() or task.exception())  # nobody asks how what was given up ended
    first: set[asyncio.Future[Any]] = {task, gone}
    try:
        await asyncio.wait(first, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise Gone("The kernel did not answer.")
        return task.result()
    finally:
        task.cancel()


class Kernel:
    """A kernel in which the notebook has run: it answers one question after another."""

    def __init__(self, manager: Any, client: Any) -> None:
        self.manager, self.client = manager, client
        self.gone: asyncio.Future[None] = manager.provisioner.process.gone
        self._opened = False

    async def ask(self, data: dict[str, Any]) -> dict[str, Any]:
        """What the comm answers. Gone if the kernel died over it, or took longer than anybody waits."""
        client = self.client
        content = {"comm_id": TARGET, "data": data} | ({} if self._opened else {"target_name": TARGET})
        kind, self._opened = "comm_msg" if self._opened else "comm_open", True
        client.shell_channel.send(client.session.msg(kind, content))
        return await _unless_gone(self.gone, self._heard(), PATIENCE)

    async def _heard(self) -> dict[str, Any]:
        while True:
            message = await self.client.iopub_channel.get_msg()
            if message["msg_type"] == "comm_msg":
                return dict(message["content"]["data"])

    async def end(self) -> None:
        await self.manager.provisioner.kill()
        await asyncio.shield(self.gone)  # first, so that whoever waits for an answer hears that there will be none
        self.client.stop_channels()
        await self.manager._async_cleanup_resources()


async def _reached(client: Any) -> None:
    """Until the kernel's news arrive here. The client's own way to wait takes a fifth of a second more."""
    while True:
        client.kernel_info()
        with contextlib.suppress(Empty):
            await client.iopub_channel.get_msg(timeout=0.1)
            return


def give_memory_back() -> None:
    """Let the system have what many visitors left behind; where the C library has no such call, it keeps it."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


class Kernels:
    """Takes care that there are warm kernels, and that there are never more than `room.kernels`."""

    def __init__(self, folder: Path, room: Room) -> None:
        self.room, self.folder = room, folder
        self.nursery = Nursery(folder)
        self.notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
        self.warm: deque[Kernel] = deque()
        self.taken: set[Kernel] = set()
        self._context = zmq.asyncio.Context()
        self._numbers = count(1)
        self._starting: set[asyncio.Task[None]] = set()
        self._waiting: deque[asyncio.Future[Kernel]] = deque()
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False
        self.well = False  # whether kernels start

    async def open(self) -> None:
        """Begin to warm kernels."""
        await self.nursery.open()
        self.well = True
        self._fill()

    @property
    def full(self) -> bool:
        return len(self.taken) + len(self._waiting) >= self.room.kernels

    async def take(self) -> Kernel:
        """A kernel for a visitor, who has to give it back. Full if there is none and cannot be."""
        if self.full:
            raise Full
        if self.warm:
            kernel = self.warm.popleft()
            self.taken.add(kernel)
            self._fill()
            return kernel
        place: asyncio.Future[Kernel] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        self._fill()
        try:
            return await asyncio.wait_for(place, START)
        finally:
            if place in self._waiting:
                self._waiting.remove(place)

    def give_back(self, kernel: Kernel) -> None:
        """A visitor has left: nobody else gets what was theirs."""
        self.taken.discard(kernel)
        self._end(kernel)
        self._fill()
        if not self.taken:
            asyncio.get_running_loop().call_later(1, give_memory_back)

    async def close(self) -> None:
        self._closed = True
        for task in (*self._starting, *self._ending):
            task.cancel()
        for kernel in (*self.warm, *self.taken):
            kernel.client.stop_channels()
        await self.nursery.close()
        self._context.destroy(linger=0)

    def _end(self, kernel: Kernel) -> None:
        task = asyncio.create_task(kernel.end())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    def _fill(self) -> None:
        """Start as many kernels as are missing, a few at a time."""
        ahead = len(self.warm) + len(self._starting)
        missing = min(self.room.warm + len(self._waiting), self.room.kernels - len(self.taken)) - ahead
        for _ in range(min(missing, AT_A_TIME - len(self._starting))):
            if self._closed:
                return
            task = asyncio.create_task(self._add())
            self._starting.add(task)
            task.add_done_callback(self._added)

    def _added(self, task: asyncio.Task[None]) -> None:
        self._starting.discard(task)
        self.well = not task.cancelled() and task.exception() is None
        if self.well:
            self._fill()
        elif not task.cancelled():
            LOG.error("A kernel did not start: %s", type(task.exception()).__name__)
            asyncio.get_running_loop().call_later(1, self._fill)

    async def _add(self) -> None:
        kernel = await self._start()
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                self.taken.add(kernel)
                place.set_result(kernel)
                return
        self.warm.append(kernel)
        kernel.gone.add_done_callback(lambda _: self._died(kernel))

    def _died(self, kernel: Kernel) -> None:
        """Replace a kernel that did not live to see its visitor."""
        if kernel in self.warm and not self._closed:
            self.warm.remove(kernel)
            self._end(kernel)
            self._fill()

    async def _start(self) -> Kernel:
        """A kernel in which the notebook has run."""
        file = self.folder / f"{next(self._numbers)}.json"
        manager: Any = AsyncKernelManager(transport="ipc", connection_file=str(file), context=self._context)
        manager.provisioner = ForkedKernel(self.nursery, parent=manager)
        client = None
        try:
            await manager.start_kernel()
            client = manager.client()
            client.start_channels(stdin=False, hb=False, control=False)
            await _unless_gone(manager.provisioner.process.gone, self._prepare(manager, client), START)
            return Kernel(manager, client)
        except BaseException:
            if client is not None:
                client.stop_channels()
            with contextlib.suppress(Gone, OSError):
                await manager.provisioner.kill()
                await manager._async_cleanup_resources()
            raise

    async def _prepare(self, manager: Any, client: Any) -> None:
        """Until the notebook has run in a kernel."""
        await _reached(client)
        executor = VoilaExecutor(copy.deepcopy(self.notebook), km=manager, timeout=START)
        executor.kc = client
        for place, cell in enumerate(executor.nb.cells):
            await executor.execute_cell(cell, None, place, store_history=False)
