"""The process that serves one visitor: a Jupyter kernel without what only a person at a notebook needs."""

from __future__ import annotations

import logging
import os
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import comm
from ipykernel._version import kernel_protocol_version
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from IPython.core.profiledir import ProfileDir

from .limits import CPU, FILES, ROOM_TO_GROW


class RoomKernel(Kernel):
    """Runs the cells of the demo's notebook as plain Python and carries comms: no shell of IPython's, so no history,
    no debugger, no completion, no magics.
    """

    implementation = "caucusroom"
    implementation_version = "1"
    banner = ""
    language_info = {"name": "python", "mimetype": "text/x-python", "file_extension": ".py"}  # noqa: RUF012

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)  # type: ignore[no-untyped-call]
        self.names: dict[str, Any] = {}
        comms = comm.get_comm_manager()
        self.shell_handlers |= {kind: getattr(comms, kind) for kind in ("comm_open", "comm_msg", "comm_close")}

    @property
    def kernel_info(self) -> dict[str, Any]:
        """What it is, without the question whether it can be debugged, which costs 12 MB."""
        return {
            "protocol_version": kernel_protocol_version,
            "implementation": self.implementation,
            "implementation_version": self.implementation_version,
            "language_info": self.language_info,
            "banner": self.banner,
            "help_links": [],
            "supported_features": [],
        }

    async def do_execute(self, code: str, *_: Any, **__: Any) -> dict[str, Any]:
        try:
            exec(compile(code, "<notebook>", "exec"), self.names)
        except Exception as error:
            return {"status": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": []}
        return {"status": "ok", "execution_count": 0, "payload": [], "user_expressions": {}}


class RoomKernelApp(IPKernelApp):
    """A kernel's sockets and threads, and nothing that reads or writes a user's settings."""

    def init_profile_dir(self) -> None:
        """The folder of the connection files serves: nobody's profile is looked for, none is made."""

    def init_pdb(self) -> None: ...
    def init_gui_pylab(self) -> None: ...
    def init_extensions(self) -> None: ...
    def init_code(self) -> None: ...


def run(connection: Path, profile: ProfileDir, ready: Callable[[], object]) -> None:
    """Serve as a kernel at this connection file, until it is ended. Calls `ready` when it can be reached."""
    app: Any = RoomKernelApp.instance(
        kernel_class=RoomKernel,
        connection_file=str(connection),
        profile_dir=profile,
        parent_handle=os.getppid(),  # it ends when the process ends that it came from
        capture_fd_output=False,
        log_level=logging.CRITICAL,
    )
    app.initialize([])
    bound()
    ready()
    app.start()


def bound() -> None:
    """Set what the system lets this process use from here on."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # nothing is written
    if (now := data_in_use()) is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (now + ROOM_TO_GROW, now + ROOM_TO_GROW))


def data_in_use() -> int | None:
    """Bytes that count against RLIMIT_DATA; None where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[5])
    except OSError:
        return None
    return pages * resource.getpagesize()
