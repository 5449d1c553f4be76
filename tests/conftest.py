"""What tests share: the programs that pip does not install, and a browser to drive.

A test that needs one of them asks for its fixture. Where the program is missing the test is
skipped with a sentence that says what to install; where CI is set it fails with that sentence.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # it publishes no types

# nbgrader calls alembic by its name alone, so it is found only where the environment is active, or made to look so.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])

# How long an example takes says how busy the machine is.
settings.register_profile("caucusroom", deadline=None)
settings.load_profile("caucusroom")

PATIENCE = 30_000
"""Milliseconds for what a page is expected to show, on a machine that may have other things to do."""
expect.set_options(timeout=PATIENCE)

LONGEST_FIRST = (
    "test_hub", "test_site_in_page", "test_site_for_a_class", "test_demo_attacked", "test_demo_in_page", "test_lab",
    "test_exchange", "test_grade", "test_hostile", "test_best_ends", "test_review_in_page", "test_room_in_page",
    "test_guide", "test_promises", "test_laws", "test_marks", "test_command", "test_judging", "test_class",
)  # fmt: skip
"""Files whose tests begin first, so that at the end no worker waits for the other."""
ONE_BY_ONE = frozenset({"test_command", "test_laws", "test_promises", "test_voice"})
"""Files whose tests share nothing that takes long to make: each goes to whichever worker is free."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """Gives a worker the tests of a file together, in the order above, or one by one."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return nodeid if Path(file).stem in ONE_BY_ONE else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    config.option.loadscopereorder = False  # which would put the files with the most tests first
    return ByFile(config, log)


NODE_MODULES = Path(__file__).parent / "browser" / "node_modules"
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
TSC = NODE_MODULES / "typescript" / "bin" / "tsc"

# An installed Chromium that works as root, in a container, and asks nothing of the network by itself.
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def require(found: str | None, missing: str) -> str:
    """Return `found`; if there is none, skip the test with the sentence `missing`, or fail it in CI."""
    if found is not None:
        return found
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of an installed Chromium or Chrome."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return require(
        next(filter(None, map(shutil.which, names)), None),
        "No Chromium found: `make test` installs it on Debian and Ubuntu, elsewhere install it yourself.",
    )


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A running Chromium, one for each test module."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def axe() -> Path:
    """Path of axe-core's one script, to be added to a page."""
    found = str(AXE) if AXE.exists() else None
    return Path(require(found, "axe-core is not installed: run `make test`, which needs npm."))


@pytest.fixture(scope="session")
def node() -> str:
    """Path of Node.js, which runs the tests of the widget's own JavaScript."""
    return require(shutil.which("node"), "Node.js is not installed: install Node.js 18 or newer.")


@pytest.fixture(scope="session")
def tsc(node: str) -> list[str]:
    """The command of TypeScript's checker, which reads the types in the widget's JavaScript."""
    found = str(TSC) if TSC.exists() else None
    return [node, require(found, "TypeScript is not installed: run `make test`, which needs npm.")]
