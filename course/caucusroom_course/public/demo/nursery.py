"""Where kernels come from: one process that has imported and rehearsed everything once, and forks.

A kernel that is forked shares with the others what they all have, and is there in the time that its sockets take. This
process runs nothing but its own loop and has one thread. It hears and tells one JSON object a line:

    up     {"fork": connection file}, {"end": process}
    down   {"warm": true}, {"born": process, "at": file}, {"ready": file}, {"gone": process}

When the line is closed, it ends its kernels and itself.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from caucusroom import scenarios
from caucusroom_widgets.desk.visit import Visit
from IPython.core.profiledir import ProfileDir

from . import attending
from .kernel import run
from .limits import NICENESS


def rehearse() -> None:
    """Do once what every visitor does first, so that kernels share what it brings about."""
    for dispute in scenarios():
        visit = Visit()
        page = {"kind": "play", "dispute": dispute, "scene": "", "assignment": ""}
        attending.answered(visit, {"id": 0, "open": {"page": page, "kept": "", "player": "rehearsal"}})
        attending.answered(visit, {"id": 1, "ask": {"id": "rehearsal", "seq": 0, "move": "open_session"}})
        attending.answered(visit, {"id": 2, "ask": {"id": "review", "review": True}})


class Nursery:
    """The loop: forks what is asked for, and says what has gone."""

    def __init__(self, line: socket.socket, profile: ProfileDir) -> None:
        self.line, self.profile = line, profile
        self.living: set[int] = set()
        self.woken, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for sent_to_all in (signal.SIGINT, signal.SIGTERM):  # the server deals with it, and then closes the line
            signal.signal(sent_to_all, signal.SIG_IGN)

    def tend(self) -> None:
        """Until the line is closed."""
        self.tell({"warm": True})
        heard = b""
        while True:
            readable, _, _ = select.select([self.line.fileno(), self.woken], [], [])
            if self.woken in readable:
                os.read(self.woken, 4096)
                self.bury()
            if self.line.fileno() in readable:
                more = self.line.recv(65536)
                if not more:
                    return
                *lines, heard = (heard + more).split(b"\n")
                for line in lines:
                    self.obey(json.loads(line))

    def obey(self, wish: dict[str, Any]) -> None:
        match wish:
            case {"fork": str(file)}:
                if (process := os.fork()) == 0:
                    self.be_kernel(Path(file))
                self.living.add(process)
                self.tell({"born": process, "at": file})
            case {"end": int(process)} if process in self.living:
                os.kill(process, signal.SIGKILL)

    def bury(self) -> None:
        while self.living:
            process, _ = os.waitpid(-1, os.WNOHANG)
            if process == 0:
                return
            self.living.discard(process)
            self.tell({"gone": process})

    def be_kernel(self, file: Path) -> None:
        """In the forked process: never returns."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.close(self.woken)
            gc.enable()

            def ready() -> None:
                self.tell({"ready": str(file)})
                self.line.close()

            run(file, self.profile, ready)
        finally:
            os._exit(1)

    def tell(self, what: dict[str, Any]) -> None:
        self.line.sendall(json.dumps(what).encode() + b"\n")  # short enough to arrive in one piece


def main() -> None:
    os.nice(NICENESS)
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(silent, stream)
    if "--loud" not in sys.argv:
        os.dup2(silent, 2)  # what a visitor wrote must not get into a log with some traceback
    gc.disable()
    profile = ProfileDir(location=sys.argv[2])
    rehearse()
    gc.collect()
    gc.freeze()  # so that collecting in a kernel leaves shared memory shared
    nursery = Nursery(socket.socket(fileno=int(sys.argv[1])), profile)
    try:
        nursery.tend()
    finally:
        for process in nursery.living:
            os.kill(process, signal.SIGKILL)


if __name__ == "__main__":
    main()
