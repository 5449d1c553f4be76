"""The server's side of the nursery: it asks for kernels, and hears at once when one has gone."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase

NURSERY = "caucusroom_course.public.demo.nursery"


class Gone(Exception):
    """A process that was to do something is no longer there."""


class Process:
    """A forked process: whether it can be reached, and whether it has gone."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.number: int | None = None
        self.ready: asyncio.Future[None] = loop.create_future()
        self.gone: asyncio.Future[None] = loop.create_future()

    def leave(self) -> None:
        for future in (self.ready, self.gone):
            if not future.done():
                future.set_result(None)


class Nursery:
    """The process that forks kernels. `folder` is its own, for connection files. It is started when it is first needed,
    and again when it should ever die; then all its kernels have gone.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._listening: asyncio.Task[None] | None = None
        self._opening = asyncio.Lock()
        self._forked: dict[str, Process] = {}

    async def open(self) -> None:
        """Return when it is warm. Gone if it could not be started."""
        async with self._opening:
            if self._writer is not None:
                return
            ours, theirs = socket.socketpair()
            command = [sys.executable, "-m", NURSERY, str(theirs.fileno()), str(self.folder)]
            self._process = await asyncio.create_subprocess_exec(*command, pass_fds=[theirs.fileno()])
            theirs.close()
            reader, writer = await asyncio.open_unix_connection(sock=ours)
            try:
                if not await reader.readline():
                    raise Gone("The process that forks kernels did not start.")
            except BaseException:
                writer.close()
                raise
            self._writer = writer
            self._listening = asyncio.create_task(self._listen(reader))

    async def fork(self, file: Path) -> Process:
        """A new process that serves at this connection file; Gone if there is none."""
        await self.open()
        process = self._forked[str(file)] = Process()
        self._tell({"fork": str(file)})
        await process.ready
        if process.gone.done():
            raise Gone("A kernel did not start.")
        return process

    def end(self, process: Process) -> None:
        if process.number is not None and not process.gone.done():
            self._tell({"end": process.number})

    async def close(self) -> None:
        """End it, and with it every kernel."""
        async with self._opening:  # or it might be opened behind our back
            if self._writer is not None:
                self._writer.close()
        if self._process is not None:
            await self._process.wait()
        if self._listening is not None:
            await self._listening

    def _tell(self, wish: dict[str, Any]) -> None:
        if self._writer is not None:
            self._writer.write(json.dumps(wish).encode() + b"\n")

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        try:
            while line := await reader.readline():
                match json.loads(line):
                    case {"born": int(number), "at": file}:
                        self._forked[file].number = number
                    case {"ready": file}:
                        ready = self._forked[file].ready
                        if not ready.done():
                            ready.set_result(None)
                    case {"gone": int(number)}:
                        self._bury(number)
        except ConnectionError:
            pass
        self._writer = None
        while self._forked:
            self._forked.popitem()[1].leave()

    def _bury(self, number: int) -> None:
        for file, process in self._forked.items():
            if process.number == number:
                del self._forked[file]
                process.leave()
                return


class ForkedKernel(KernelProvisionerBase):
    """How Jupyter's kernel manager starts and ends a kernel of the nursery."""

    def __init__(self, nursery: Nursery, **traits: Any) -> None:
        super().__init__(**traits)
        self.nursery = nursery
        self.manager: Any = self.parent
        self.process: Process | None = None

    @property
    def has_process(self) -> bool:
        return self.process is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        self.manager.write_connection_file()
        self.connection_info = self.manager.get_connection_info()
        return {**kwargs, "cmd": []}  # no command and no environment: it comes as it is

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        self.process = await self.nursery.fork(Path(self.manager.connection_file))
        return self.connection_info

    async def poll(self) -> int | None:
        return None if self.process and not self.process.gone.done() else 0

    async def wait(self) -> int | None:
        if self.process:
            await asyncio.shield(self.process.gone)
        return 0

    async def send_signal(self, signum: int) -> None:
        """There is one way to end a kernel of the nursery, and nothing to interrupt in it."""
        await self.kill()

    async def kill(self, restart: bool = False) -> None:
        if self.process:
            self.nursery.end(self.process)

    async def terminate(self, restart: bool = False) -> None:
        await self.kill()

    async def cleanup(self, restart: bool = False) -> None:
        """The manager removes its files; the nursery has buried the process."""
