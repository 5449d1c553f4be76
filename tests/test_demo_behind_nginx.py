"""The demo behind the nginx of `course/demo/nginx.conf`, below a base path."""

from __future__ import annotations

import asyncio
import gzip
import inspect
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from caucusroom_course.public.demo import serve
from tornado.httpclient import HTTPClientError

from tests.conftest import require
from tests.houses import LINE, PLAY, House, free_port, house, is_well, until

COURSE = Path(__file__).parents[1] / "course" / "demo"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo as the public sees it: through nginx."""
    nginx = require(
        shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin"),
        "nginx is not installed: `make test` installs it on Debian and Ubuntu, elsewhere install it yourself.",
    )
    folder = tmp_path_factory.mktemp("public")
    port = free_port()
    with house(folder, base_path="/caucusroom/", kernels=70, warm=2) as served:
        config = (COURSE / "nginx.conf").read_text()
        behind = urlsplit(served.address).port
        config = config.replace("127.0.0.1:8866", f"127.0.0.1:{behind}").replace(
            "listen 80;", f"listen 127.0.0.1:{port};"
        )
        config = config.replace("/var/log/nginx/", f"{folder}/").replace("mediate.example.org", "localhost")
        kinds = "".join(
            f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        main = folder / "main.conf"
        main.write_text(
            f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
            f"events {{ worker_connections 1024; }}\nhttp {{ {kinds}\n{config} }}\n"
        )
        proxy = subprocess.Popen([nginx, "-p", str(folder), "-c", str(main)])
        through = House(f"http://127.0.0.1:{port}/caucusroom/", served.process, served.log)
        try:
            until(lambda: is_well(through), "nginx does not bring the demo")
            yield through
        finally:
            proxy.terminate()
            proxy.wait(30)


def test_a_visitor_mediates_through_nginx(public: House) -> None:
    async def visit() -> None:
        visitor = await public.connect()
        assert "opened" in await visitor.open()
        assert await visitor.decides(LINE[0])
        with pytest.raises(HTTPClientError) as refused:
            await public.connect(Origin="https://example.org")
        assert refused.value.code == 403
        visitor.line.close()

    asyncio.run(visit())


def test_every_link_and_file_of_a_page_is_below_the_base_path(public: House) -> None:
    text = public.get(PLAY).text
    found = re.findall(r'(?:href|src)="(\.\./[^"#]*)"', text)
    assert found
    for link in set(found):
        assert public.get(link.replace("../../", "", 1)).status == 200, link
    assert public.get(PLAY.removesuffix("/")).status == 200, "without the slash one is led to it"


def test_files_are_compressed_kept_and_asked_for_once(public: House) -> None:
    name = re.search(r'"\.\./\.\./(assets/[^"]*/room\.js)"', public.get(PLAY).text)
    assert name
    plain, small = public.get(name[1]), public.get(name[1], Accept_Encoding="gzip")
    assert small.headers["Content-Encoding"] == "gzip" and gzip.decompress(small.body) == plain.body
    assert len(small.body) < len(plain.body) / 2
    assert "immutable" in small.headers["Cache-Control"] and small.headers["Vary"] == "Accept-Encoding"
    assert public.get(name[1], If_None_Match=small.headers["ETag"]).status == 304
    page = public.get(PLAY, Accept_Encoding="gzip")
    assert page.headers["Content-Encoding"] == "gzip" and page.headers["Cache-Control"] == "no-store"


def test_headers_come_through_and_nginx_does_not_name_itself(public: House) -> None:
    answer = public.get(PLAY)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Server"] == "nginx"
    assert public.get("health").status == 200


def test_nothing_is_sent_but_over_a_websocket(public: House) -> None:
    assert public.get("", "POST").status == 405
    assert public.get("", "POST", Content_Length="100000").status == 413


def test_one_address_has_no_more_than_its_share(public: House) -> None:
    async def visit() -> None:
        visitors = []
        with pytest.raises(HTTPClientError) as refused:
            while True:
                visitors.append(await public.connect())
        assert refused.value.code == 429
        assert 50 < len(visitors) <= 60
        for visitor in visitors:
            visitor.line.close()

    asyncio.run(visit())


def test_a_flood_of_requests_is_refused_by_nginx(public: House) -> None:
    with ThreadPoolExecutor(16) as many:
        answers = [answer.status for answer in many.map(lambda _: public.get("health", "HEAD"), range(900))]
    assert set(answers) == {200, 429}
    until(lambda: public.get("health").status == 200, "nobody is let in again")


def test_the_service_serves_what_nginx_asks_for() -> None:
    """The unit and the proxy agree on the port and the base path, and the command has these options."""
    unit, config = (COURSE / "caucusroom-demo.service").read_text(), (COURSE / "nginx.conf").read_text()
    (command,) = re.findall("^ExecStart=.* demo (.*)$", unit, re.MULTILINE)
    options = dict(re.findall(r"--([a-z-]+) ([^\s-]\S*)", command))
    assert f"server 127.0.0.1:{options['port']};" in config and f"location {options['base-path']} {{" in config
    assert {name.replace("-", "_") for name in options} <= set(inspect.signature(serve).parameters)
