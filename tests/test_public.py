"""The public pages: made from what the library holds, whole before Python answers, and nothing asked of others."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import urljoin

import pytest
from caucusroom import load, scenarios
from caucusroom_course.lessons import lessons
from caucusroom_course.public.pages import Host, gather, published_at, render
from caucusroom_course.public.shelf import Page, pages
from caucusroom_widgets.desk import Visit

ROOT = "https://example.org/mediate/"
HOST = Host("site.js", "default-src 'self'", ROOT)
ASSETS = gather({"site.js": b""})
EVERY_PAGE = pytest.mark.parametrize("page", pages(), ids=lambda page: page.path or "gallery")


class Read(HTMLParser):
    """What a page links to, loads, says of itself, and has in its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.says: dict[str, str] = {}
        self.ids: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attributes = dict(given)
        self.ids += [attributes["id"] or ""] if "id" in attributes else []
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        match tag:
            case "a":
                self.links.append(attributes["href"] or "")
            case "link" if attributes["rel"] != "canonical":
                self.loads.append(attributes["href"] or "")
            case "script":
                self.scripts.append(attributes)
                self.loads += [src] if (src := attributes.get("src")) else []
            case "meta":
                self.says[attributes.get("name") or attributes.get("property") or ""] = attributes.get("content") or ""


@EVERY_PAGE
def test_a_page_says_what_it_is(page: Page) -> None:
    html = render(page, HOST, ASSETS)
    said = Read(html).says
    assert f"<title>{page.title}" in html.replace("&#39;", "'").replace("&amp;", "&")
    assert said["description"] == said["og:description"] == page.description
    assert said["og:title"] == page.title and said["og:url"] == ROOT + page.path
    assert said["og:image"] == f"{ROOT}{ASSETS.place}card.png"


@pytest.mark.parametrize(
    "address", ["example.org", "ftp://example.org/", "https://", "https://example.org/ a", "https://a/?b"]
)
def test_what_is_no_address_is_said(address: str) -> None:
    with pytest.raises(ValueError, match="is no address of a site"):
        published_at(address)
    assert published_at("https://example.org") == published_at("https://example.org/") == "https://example.org/"


def test_no_two_pages_say_the_same() -> None:
    for what in ("path", "title", "description"):
        said = [getattr(page, what) for page in pages()]
        assert len(set(said)) == len(said), what


@EVERY_PAGE
def test_every_way_leads_to_a_page_or_a_file_that_is_there(page: Page) -> None:
    there = {ROOT + one.path for one in pages()}
    files = {f"{ROOT}{ASSETS.place}{name}" for name in ASSETS.files}
    read = Read(render(page, HOST, ASSETS))
    here = ROOT + page.path
    assert {urljoin(here, link).partition("#")[0] for link in read.links} <= there
    assert {urljoin(here, load) for load in read.loads} <= files
    assert len(set(read.ids)) == len(read.ids)


@EVERY_PAGE
def test_a_page_runs_nothing_that_stands_in_it(page: Page) -> None:
    for script in Read(render(page, HOST, ASSETS)).scripts:
        assert script.get("type") == "application/json" or script.get("src")


def test_the_gallery_shows_what_the_library_holds() -> None:
    wanted = {f"play/{id}/" for id in scenarios()}
    wanted |= {f"scene/{id}/{scene.id}/" for id in scenarios() for scene in load(id).scenes}
    wanted |= {f"lesson/{lesson.stem}/" for lesson in lessons()}
    gallery, *others = pages()
    assert {page.path for page in others} == wanted
    assert wanted <= set(Read(render(gallery, HOST, ASSETS)).links)


def test_a_lesson_is_read_without_a_notebook() -> None:
    for page in pages():
        if page.kind == "lesson":
            html = render(page, HOST, ASSETS)
            assert "Run All Cells" not in html and "import room" not in html and len(html) > 5_000


@EVERY_PAGE
def test_a_room_is_shown_before_python_answers_as_it_will_answer(page: Page) -> None:
    if page.kind not in ("play", "scene"):
        return
    written = re.search(r'<script type="application/json" id="page">(.*?)</script>', render(page, HOST, ASSETS))
    assert written
    data = json.loads(written[1])
    for visitor in range(20):  # each with another truth
        assert Visit().open(data["page"], "", f"visitor {visitor}")["snapshot"] == data["snapshot"]


def test_another_content_is_another_address() -> None:
    assert gather({"site.js": b"1"}).place != ASSETS.place == gather({"site.js": b""}).place
    assert PurePosixPath(ASSETS.place).parts[0] == "assets"
