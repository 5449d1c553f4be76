"""The picture that is shown where a public page is named: `python -m tests.browser.card` draws it anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import caucusroom_course.public
from playwright.sync_api import sync_playwright

from tests.conftest import CHROMIUM_ARGUMENTS

PUBLIC = Path(caucusroom_course.public.__file__).parent
CARD = PUBLIC / "assets" / "card.png"
STYLE = """
html { color-scheme: light; }
body { display: grid; grid-template-columns: 1fr 470px; gap: 60px; align-items: center; height: 630px; }
body { padding: 0 70px; }
h1 { font-size: 74px; line-height: 1.08; }
p { margin-top: 26px; font-size: 29px; line-height: 1.4; }
.drawing { max-width: none; }
"""
SAYS = """<div><h1>Sit in the mediator’s chair</h1>
<p>Close a door. Hear what nobody says at the table. Carry out only what you may.</p></div>"""


def main() -> None:
    sheet = (PUBLIC / "assets" / "page.css").read_text(encoding="utf-8")
    drawing = (PUBLIC / "templates" / "drawing.html").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS)
        page = browser.new_page(viewport={"width": 1200, "height": 630})
        page.set_content(f"<!DOCTYPE html><style>{sheet}{STYLE}</style>{SAYS}{drawing}")
        page.screenshot(path=CARD)


if __name__ == "__main__":
    main()
