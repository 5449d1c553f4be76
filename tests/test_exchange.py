"""Graded work where servers share no disk, as on Kubernetes: ngshare hands it out, in and back, for a Hub's users.

The Hub and ngshare are the real ones, installed as the exchange's image installs them. The settings are those that
every server gets there, and the instructor's commands are those of docs/deployment.md.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from caucusroom import read_journal
from caucusroom_grading import judge
from nbgrader.api import Gradebook

from tests.classroom import ASSIGNMENT, JOURNAL, NOTEBOOK, QUIET, apart, play, run, skilled, write
from tests.conftest import require
from tests.test_guide import ANSWERS
from tests.test_hub import PROXY, answers, free_ports

ROOT = Path(__file__).parents[1]
KUBERNETES = ROOT / "course" / "deploy" / "kubernetes"
PAGE = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line, comments=True)
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]
INSTRUCTOR, ANA, BEN, STRANGER = "ines", "ana", "ben", "sam"
TOKENS = {name: f"{name:x<32}" for name in (INSTRUCTOR, ANA, BEN, STRANGER)}


class Service(NamedTuple):
    """A running ngshare, its address, and a folder with what nbgrader needs to speak with it."""

    address: str
    packages: Path

    def status(self, name: str, path: str) -> int:
        """The answer to somebody who asks for a path."""
        asked = urllib.request.Request(self.address + path, headers={"Authorization": f"token {TOKENS[name]}"})
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, node: str) -> Iterator[Service]:
    proxy = require(str(PROXY) if PROXY.exists() else None, "The Hub's proxy is not installed: run `make test`.")
    folder = tmp_path_factory.mktemp("exchange")
    install(folder)
    outer, hub, api, port = free_ports(4)
    address = f"http://127.0.0.1:{port}"
    settings = {
        "PATH": os.environ["PATH"],
        "HUB_FOLDER": str(folder),
        "HUB_TOKENS": json.dumps(TOKENS),
        "HUB_ADDRESS": f"http://127.0.0.1:{outer}",
        "HUB_PORT": str(hub),
        "HUB_PROXY": proxy,
        "HUB_PROXY_API": f"http://127.0.0.1:{api}",
        "JUPYTERHUB_API_URL": f"http://127.0.0.1:{hub}/hub/api",
        "JUPYTERHUB_SERVICE_URL": address,
        "JUPYTERHUB_SERVICE_PREFIX": "/services/ngshare/",
        "JUPYTERHUB_API_TOKEN": "unused",
        "JUPYTERHUB_CLIENT_ID": "unused",
    }
    config = str(Path(__file__).with_name("hub") / "exchange_config.py")
    work = ["--database", f"sqlite:///{folder / 'ngshare.db'}", "--storage", str(folder / "files")]
    with ExitStack() as running:
        for module, arguments, ready in (
            ("jupyterhub", ["--config", config], f"http://127.0.0.1:{hub}/hub/health"),
            ("ngshare", ["--admins", INSTRUCTOR, *work], f"{address}/healthz"),
        ):
            running.enter_context(server(folder, settings, module, arguments, ready))
        yield Service(f"{address}/services/ngshare", folder / "packages")


def install(folder: Path) -> None:
    """What the two images have of the exchange: the service by itself, and what is put beside nbgrader."""
    uv, pins = Path(sys.executable).with_name("uv"), ROOT / "constraints"
    env, packages = str(folder / "env"), str(folder / "packages")
    for command in (
        ["venv", "--python", early_python(), env],
        ["pip", "sync", "--python", env, "--require-hashes", "--only-binary", ":all:", pins / "exchange.txt"],
        ["pip", "install", "--target", packages, "--no-deps", "--require-hashes", "-r", pins / "exchange-client.txt"],
    ):
        done = subprocess.run([uv, *command, "--quiet"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def early_python() -> str:
    """A Python for which there are wheels of the SQLAlchemy that ngshare needs."""
    if sys.version_info < (3, 13):
        return sys.executable
    return require(shutil.which("python3.12") or shutil.which("python3.11"), "ngshare needs Python 3.11 or 3.12.")


@contextmanager
def server(folder: Path, settings: dict[str, str], module: str, arguments: list[str], ready: str) -> Iterator[None]:
    """A server that answers at the address `ready`, for as long as it is needed."""
    with (folder / f"{module}.log").open("w+") as log:
        process = subprocess.Popen(
            [folder / "env" / "bin" / "python", "-m", module, *arguments],
            cwd=folder, env=settings, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            deadline = time.monotonic() + 120
            while not answers(ready):
                failed = process.poll() is not None or time.monotonic() > deadline
                assert not failed, log.seek(0) or log.read()
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait(60)


class Cluster:
    """Servers with a home each, of which one at a time is used: by whoever `sits` there."""

    def __init__(self, folder: Path, service: Service, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder, patch
        settings = folder / "jupyter" / "config" / "nbgrader_config.py"
        settings.parent.mkdir(parents=True)
        text = (KUBERNETES / "nbgrader_config.py").read_text(encoding="utf-8")
        assert "http://ngshare:8080/services/ngshare" in text
        settings.write_text(text.replace("http://ngshare:8080/services/ngshare", service.address), encoding="utf-8")
        patch.syspath_prepend(str(service.packages))
        patch.setenv("PYTHONPATH", str(service.packages))
        patch.setenv("PATH", f"{service.packages / 'bin'}{os.pathsep}{os.environ['PATH']}")

    def sits(self, name: str) -> Path:
        """Be somebody from now on, in the way in which a Hub tells a server whose it is; the answer is their home."""
        home = self.folder / name
        home.mkdir(exist_ok=True)
        for variable, value in (("HOME", str(home)), ("JUPYTERHUB_USER", name), ("JUPYTERHUB_API_TOKEN", TOKENS[name])):
            self.patch.setenv(variable, value)
        self.patch.setenv("JUPYTER_DATA_DIR", str(home / "data"))
        from ngshare_exchange import Exchange  # found only now, and it looks once who it is

        self.patch.setattr(Exchange, "username", name)
        return home


@pytest.fixture
def cluster(tmp_path: Path, service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    with apart(tmp_path):
        yield Cluster(tmp_path, service, monkeypatch)


def test_graded_work_where_servers_share_no_disk(
    cluster: Cluster, service: Service, capfd: pytest.CaptureFixture[str]
) -> None:
    course = prepare(cluster)
    home = cluster.sits(ANA)
    hand_in(home)

    # Who reads what she handed in, and what a stranger reads of the class.
    hers = f"/submission/mediation/{ASSIGNMENT}/{ANA}"
    assert {service.status(who, hers) for who in (ANA, BEN, STRANGER)} == {403}
    assert service.status(STRANGER, f"/assignment/mediation/{ASSIGNMENT}") == 403
    assert service.status(INSTRUCTOR, hers) == 200

    # What was handed in cannot be lost by handing the assignment out anew, or by taking it back.
    cluster.sits(INSTRUCTOR)
    for command in (("release_assignment", ASSIGNMENT, "--force"), ("list", ASSIGNMENT, "--remove")):
        capfd.readouterr()
        with pytest.raises(RuntimeError):
            run(course, *command)
        assert "Work was handed in for labor-strike already" in capfd.readouterr().err

    # Nor does it go out played in.
    played = course / "release" / ASSIGNMENT / JOURNAL
    played.write_bytes((home / ASSIGNMENT / JOURNAL).read_bytes())
    with pytest.raises(RuntimeError):
        run(course, "release_assignment", ASSIGNMENT)
    assert f"{JOURNAL} is the journal of somebody who played" in capfd.readouterr().err
    played.unlink()

    run(course, "collect", ASSIGNMENT)
    graded = subprocess.run(
        ["caucusroom", "grade", ASSIGNMENT],
        cwd=course,
        env=os.environ | QUIET,
        capture_output=True,
        text=True,
        check=False,
    )
    assert graded.returncode == 0 and "Graded 1," in graded.stdout, (graded.stdout, graded.stderr)
    run(course, "generate_feedback", ASSIGNMENT)
    run(course, "release_feedback", ASSIGNMENT)

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        points = gradebook.find_submission(ASSIGNMENT, ANA).score
    assert points == judge(read_journal(home / ASSIGNMENT / JOURNAL)).total
    cluster.sits(ANA)
    run(home, "fetch_feedback", ASSIGNMENT)
    (page,) = (home / ASSIGNMENT / "feedback").glob(f"*/{ASSIGNMENT}.html")
    assert f"<b>{points:g}</b> of 120 points" in page.read_text(encoding="utf-8")


def prepare(cluster: Cluster) -> Path:
    """What the page tells the instructor to do; the answer is the course folder."""
    here = cluster.sits(INSTRUCTOR)
    (here / "class.csv").write_text(
        f"student_id,first_name,last_name,email\n{ANA},Ana,Alder,ana@example\n{BEN},Ben,Birch,ben@example\n"
    )
    for program, *arguments in COMMANDS:
        if program == "cd":
            here = here / arguments[0]
        elif program == "nbgrader":
            run(here, *arguments)
        else:
            done = subprocess.run([program, *arguments], cwd=here, capture_output=True, text=True, check=False)
            assert done.returncode == 0, (program, arguments, done.stdout, done.stderr)
    return here


def hand_in(home: Path) -> None:
    """Fetch, play, write and submit; JupyterLab has kept an older copy of the notebook in a folder of its own."""
    run(home, "fetch_assignment", ASSIGNMENT)
    folder = home / ASSIGNMENT
    play(folder, ANA, skilled(ANA))
    write(folder / NOTEBOOK, ANSWERS)
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / f"{ASSIGNMENT}-checkpoint.ipynb").write_text("{}")
    run(home, "submit", ASSIGNMENT)
