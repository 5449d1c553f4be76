"""The static site in Chromium, from the address to a room that answers: beside a site whose Python is Pyodide as it is
published, with our packages as they are written; and a click beside the same click in JupyterLab."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from caucusroom_course.public.site import site_of
from caucusroom_course.public.site.engine import Engine, make_engine, sources
from caucusroom_course.public.site.folder import put
from caucusroom_course.public.site.tools import compressed
from playwright.sync_api import Browser, sync_playwright

from tests.bench import heading, row, side_by_side
from tests.bench.lab import ANSWER, CLICKS, QUIET, ROOM, Clicking, jupyterlab
from tests.conftest import CHROMIUM_ARGUMENTS, NODE_MODULES
from tests.site import PLAY, ready
from tests.static_server import Site, serving

RUNS = 5
MOVE = "button.move:not([aria-disabled=true])"
NOTED = """
addEventListener("DOMContentLoaded", () => {
  const standing = document.querySelector("#standing");
  let begun = false;
  new MutationObserver(() => {
    if (standing.textContent) begun = true;
    else if (begun) window.answers ??= performance.now();
  }).observe(standing, { childList: true, characterData: true, subtree: true });
});
"""
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
FIGURES = (
    "bytes on the wire until it answers", "opening shown, ms", "ready, ms", "a second visit ready, ms",
    "first click, ms", "any click, ms",
)  # fmt: skip


def plain(python: Engine) -> Engine:
    """The same with nothing left out and nothing compiled."""
    archive = io.BytesIO()
    with (
        zipfile.ZipFile(NODE_MODULES / "pyodide" / "python_stdlib.zip") as published,
        zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as whole,
    ):
        for name in published.namelist():
            whole.writestr(name, published.read(name))
        for name, data in sources():
            whole.writestr(f"ours/{name}", data)
    return python._replace(archive=archive.getvalue())


def laid_out(python: Engine, folder: Path) -> Path:
    files = site_of(python, "")
    put(folder, dict(zip(files, compressed(files.values()), strict=True)))
    return folder


def visiting(browser: Browser, site: Site) -> Callable[[], Sequence[float]]:
    """Measures a visit of somebody who was never here, and clicks."""

    def visit() -> Sequence[float]:
        context = browser.new_context(viewport={"width": 1280, "height": 1400})
        context.add_init_script(NOTED)
        page = context.new_page()
        site.served.clear()
        page.goto(site.address + PLAY)
        ready(page)
        size = sum(one.size for one in site.served)
        shown, answers = page.evaluate(f"[{FIRST_PAINT}, window.answers]")
        page.wait_for_timeout(3_000)  # until what is kept for later is kept
        times = [page.evaluate(ANSWER, [MOVE, QUIET]) for _ in range(CLICKS)]
        again = context.new_page()
        page.close()
        again.goto(site.address + PLAY)
        ready(again)
        second = again.evaluate("window.answers")
        context.close()
        return size, shown, answers, second, times[0], sorted(times)[len(times) // 2]

    return visit


def measure() -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None or shutil.which("npm") is None:
        print("\nNot measured: the static site. `make bench` installs Chromium and npm on Debian.")
        return
    python = make_engine()
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name,
        serving(laid_out(python, Path(name) / "ours")) as ours,
        serving(laid_out(plain(python), Path(name) / "plain")) as whole,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        mine, theirs = side_by_side(RUNS, visiting(browser, ours), visiting(browser, whole))
        (Path(name) / "lab").mkdir()
        with jupyterlab(Path(name) / "lab") as address:
            clicking = Clicking(browser, address, Path(name) / "lab")
            (lab,) = side_by_side(1, lambda: clicking.run(ROOM, [MOVE] * CLICKS))
        browser.close()
    heading("A first visit to the static site", "the site", "Pyodide untrimmed")
    for what, own, other in zip(FIGURES, mine, theirs, strict=True):
        row(what, f"{own:,.0f}", f"{other:,.0f}", f"{own / other:.2f}×")
    heading("From the click to the painted answer", "the site", "JupyterLab")
    for what, own, other in (("first click, ms", mine[4], lab[0]), ("any click, ms", mine[5], lab[1])):
        row(what, f"{own:,.0f}", f"{other:,.0f}", f"{own / other:.2f}×")
