"""A PostgreSQL server of one's own, for as long as it is needed: no network, a socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "No PostgreSQL found: `CI=1 make test` installs it on Debian and Ubuntu, elsewhere install it yourself."


def programs() -> str | None:
    """The folder of PostgreSQL's programs; None if it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    path = found[-1] if found else shutil.which("initdb")
    return str(Path(path).resolve().parent) if path else None


@contextmanager
def server(bin: str) -> Iterator[str]:
    """The address of an empty database."""
    folder = tempfile.mkdtemp(prefix="postgres-")  # a socket's path must be short
    as_user = []
    if os.getuid() == 0:  # which PostgreSQL refuses to be
        shutil.chown(folder, "postgres")
        as_user = ["/usr/sbin/runuser", "-u", "postgres", "--"]

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, f"{bin}/{program}", *arguments]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    try:
        run("initdb", "--pgdata=data", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C")
        options = f"-c listen_addresses= -c unix_socket_directories={folder}"
        run("pg_ctl", "start", "--pgdata=data", "--log=log", "--wait", f"--options={options}")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            run("pg_ctl", "stop", "--pgdata=data", "--mode=immediate")
    finally:
        shutil.rmtree(folder)
