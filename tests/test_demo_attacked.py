"""The demo in public: what anybody may try over HTTP and over a websocket, and what comes of it."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from caucusroom import Session
from caucusroom.record.sheet import Sheet
from caucusroom_course.public.demo.limits import LARGEST_MESSAGE
from caucusroom_course.public.demo.tickets import Tickets
from caucusroom_course.public.words import of_the_house
from tornado.httpclient import HTTPClientError
from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketClosedError

from tests.houses import LINE, PLAY, House, Visitor, children, house, memory, message, until

SAY = of_the_house()
HOSTILE = '<img src=x onerror="window.stolen=1"><script>window.stolen=1</script>{{7*7}}'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The house's working folder, its home and its folder for temporary files, all of them empty."""
    folder = tmp_path_factory.mktemp("house")
    before = {name: os.environ.get(name) for name in ("HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR")}
    here = Path.cwd()
    for name in ("home", "work"):
        (folder / name).mkdir()
    os.environ["HOME"] = str(folder / "home")
    os.chdir(folder / "work")
    yield folder
    os.chdir(here)
    os.environ.update({name: value for name, value in before.items() if value is not None})


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[House]:
    with house(folder, kernels=6, warm=2) as running:
        yield running


def told(visit: Callable[[], Awaitable[None]]) -> None:
    """Tell a story in which several come at the same time."""
    asyncio.run(asyncio.wait_for(visit(), 120))


async def seated(served: House) -> Visitor:
    """A visitor at a whole mediation of a known case, who has not decided anything."""
    sheet = Sheet()
    Session("labor-strike", case="d", journal=sheet, player="visitor 4f2a91")
    visitor = await served.connect()
    await visitor.open(kept=sheet.text)
    return visitor


async def shown_out(visitor: Visitor, why: str = "rude") -> None:
    while await visitor.hear() is not None:
        pass
    assert (visitor.line.close_code, visitor.line.close_reason) in ((4003, SAY[why]), (4000, SAY[why]))


def test_a_visitor_mediates_and_goes_on_with_another_kernel(served: House) -> None:
    async def visit() -> None:
        visitor = await seated(served)
        for move in LINE[:3]:
            assert await visitor.decides(move)
        visitor.line.close()
        later = await served.connect()
        opened = await later.open(kept=visitor.text)
        assert [turn["n"] for turn in opened["opened"]["snapshot"]["turns"]] == [1, 2, 3]
        assert await later.decides(LINE[3])
        later.line.close()

    told(visit)


DATA: dict[str, Any] = {"id": 2, "ask": {"id": "a", "seq": 0, "move": "open_session"}}
KINDS = (
    "execute_request", "inspect_request", "complete_request", "history_request", "is_complete_request", "input_reply",
    "comm_info_request", "connect_request", "kernel_info_request", "shutdown_request", "interrupt_request",
    "debug_request", "usage_request", "create_subshell_request", "comm_close", "comm_open", "status", "", None, 7,
)  # fmt: skip
NOT_FOR_A_PAGE = {
    **{f"{kind} on {channel}": message(kind, DATA, channel, code="open('/tmp/x','w')", silent=False)  # type: ignore[arg-type]
       for kind in KINDS for channel in ("shell", "control")},
    **{f"comm_msg on {channel}": message("comm_msg", DATA, channel) for channel in ("control", "stdin", "iopub", "")},
    "another's comm": message("comm_msg", DATA, comm_id="someone"),
    "data that is no object": message("comm_msg", ["open"]),
    "no content": {"channel": "shell", "header": {"msg_type": "comm_msg"}},
    "no JSON": "{",
    "a number": "7",
    "a deep list": "[" * 100_000,
    "a long number": '{"channel": ' + "9" * 10_000 + "}",
    "bytes": b"\x00\x01\x02",
    "Jupyter's binary form": bytes(8) + json.dumps(message("execute_request", DATA)).encode(),
}  # fmt: skip


def test_a_page_has_one_comm_and_nothing_else(served: House) -> None:
    async def visit() -> None:
        bystander = await seated(served)
        for name, what in NOT_FOR_A_PAGE.items():
            visitor = await seated(served)
            await visitor.send(what)
            await shown_out(visitor)
            assert visitor.line.close_code == 4003, name
        for first in (message("comm_open", DATA, target_name="jupyter.widget"), message("comm_msg", DATA)):
            visitor = await served.connect()
            await visitor.send(first)
            await shown_out(visitor)
        assert await bystander.decides(LINE[0])
        bystander.line.close()

    told(visit)


NOT_UNDERSTOOD: dict[str, Any] = {
    "nothing": {},
    "a page that is none": {"open": {"page": "../../etc/passwd", "kept": "", "player": "x"}},
    "a dispute that is none": {"open": {"page": {"kind": "play", "dispute": "../x"}, "kept": "", "player": "x"}},
    "a text that is none": {"open": {"page": {"kind": "play", "dispute": "labor-strike"}, "kept": 7, "player": "x"}},
    "half an opening": {"open": {"page": {}}},
    "an early question": {"ask": {"id": "a", "seq": 0, "move": "open_session"}},
    "a question that is none": {"ask": "review"},
    "a code": {"execute": "1/0"},
}


@pytest.mark.parametrize("what", NOT_UNDERSTOOD)
def test_a_question_that_no_page_asks_is_answered_with_a_sentence(served: House, what: str) -> None:
    async def visit() -> None:
        visitor = await served.connect()
        answer = await visitor.put(NOT_UNDERSTOOD[what])
        assert answer is not None and set(answer) == {"id", "error"}
        assert answer["error"].endswith(".") and "Traceback" not in answer["error"] and "/" not in answer["error"]
        assert "opened" in await visitor.open()  # and the page can still be opened
        visitor.line.close()

    told(visit)


def test_a_huge_message_is_refused_before_it_is_read(served: House) -> None:
    async def visit() -> None:
        bystander = await seated(served)
        before = memory(served.process.pid)
        visitor = await seated(served)
        with suppress(WebSocketClosedError, StreamClosedError):
            await visitor.send("9" * 50_000_000)
        assert await visitor.hear() is None
        assert memory(served.process.pid) - before < 20 * 2**20
        visitor = await served.connect()
        answer = await visitor.open(kept="9" * (LARGEST_MESSAGE - 1000))  # as much as fits, and too long for a journal
        assert "error" in answer
        assert await bystander.decides(LINE[0])
        for one in (visitor, bystander):
            one.line.close()

    told(visit)


def test_a_flood_of_questions_takes_nobody_elses_turn(served: House) -> None:
    async def visit() -> None:
        flood, bystander = await seated(served), await seated(served)
        for n in range(2_000):
            await flood.send(message("comm_msg", {"id": n, "ask": {"id": f"f{n}", "seq": 0, "move": "no_such_move"}}))
        for move in LINE[:5]:
            assert await bystander.decides(move)
        answered = served.number("answer_seconds_count")
        assert await bystander.decides(LINE[5])
        assert served.number("answer_seconds_count") - answered < 100, "nothing slows the flood down"
        for one in (flood, bystander):
            one.line.close()

    told(visit)


def test_a_kernel_is_had_once_by_a_page_of_this_house(served: House) -> None:
    async def visit() -> None:
        ticket = served.ticket()
        visitor = await served.connect(ticket=ticket)
        forged = ticket[:-4] + ("AAAA" if ticket[-4:] != "AAAA" else "BBBB")
        for other, headers in {
            "the same ticket": ({"ticket": ticket}, {}),
            "a forged one": ({"ticket": forged}, {}),
            "a guessed one": ({"ticket": "00000000-0000-0000-0000-000000000000"}, {}),
            "from elsewhere": ({}, {"Origin": "https://example.org"}),
            "from nowhere": ({}, {"Origin": "null"}),
        }.values():
            with pytest.raises(HTTPClientError) as refused:
                await served.connect(**other, **headers)
            assert refused.value.code == 403
        assert "opened" in await visitor.open()
        visitor.line.close()

    told(visit)


def test_a_ticket_is_for_a_short_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    tickets = Tickets()
    late, in_time = tickets.issue(), tickets.issue()
    now += 100
    assert tickets.take(in_time) and not tickets.take(in_time)
    now += 100
    assert not tickets.take(late)
    assert not Tickets().take(tickets.issue()), "another house's ticket"


def raw(served: House, method: str, path: str, body: str | None = None) -> tuple[int, str]:
    """An answer to a path that no browser would send as it is."""
    connection = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=30)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


NOTHING_THERE = (
    "/../../etc/passwd", "/..%2f..%2fetc/passwd", "/assets/../../etc/passwd", "/assets/x/room.js", "//etc/passwd",
    "/play/labor-strike/../../../x/", "/scene/labor-strike/no-such-scene/", "/play/%3Cscript%3E/", "/kernel/", "/.git/",
    "/voila/", "/voila/api/contents", "/voila/api/shutdown/x", "/voila/files/demo.ipynb", "/voila/static/voila.js",
    "/voila/templates/lab/x", "/voila/tree", "/voila/render/demo.ipynb", "/demo.ipynb", "/notebooks/demo.ipynb",
    "/api", "/api/kernels", "/api/contents", "/api/sessions", "/api/kernelspecs", "/api/terminals", "/terminals/1",
    "/files/demo.ipynb", "/nbconvert/html/demo.ipynb", "/tree", "/lab", "/login", "/static/x", "/metrics/", "/health/",
)  # fmt: skip


@pytest.mark.parametrize("path", NOTHING_THERE)
def test_there_is_nothing_but_the_pages(served: House, path: str) -> None:
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        status, text = raw(served, method, path)
        assert status == 404, method
        assert SAY["missing.title"] in text and "Traceback" not in text and "root:" not in text


def test_a_page_is_read_and_nothing_is_sent_to_it(served: House) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        status, text = raw(served, method, "/")
        assert status == 405 and "Traceback" not in text
    assert raw(served, "POST", "/", "x=1")[0] == 400
    assert served.get(PLAY, "HEAD").status == 200


@pytest.mark.parametrize("query", ["template=../../x", "theme=../../x", "template=lab&theme=dark", "x=" + "a" * 5000])
def test_nobody_chooses_how_a_page_looks(served: House, query: str) -> None:
    plain, other = served.get(PLAY).text, served.get(f"{PLAY}?{query}").text
    assert [line for line in plain.splitlines() if "ticket" not in line] == [
        line for line in other.splitlines() if "ticket" not in line
    ]


def test_an_answer_keeps_the_browser_to_this_house(served: House) -> None:
    for path, status in {"": 200, PLAY: 200, "no-such-page": 404, "health": 200, "metrics": 200}.items():
        answer = served.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert answer.status == status
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe-eval" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Server"] is None and answer.headers["Set-Cookie"] is None


def test_what_a_visitor_writes_is_text(served: House) -> None:
    """The name, a note, a move: nothing of it is looked at as HTML, here or in the page's review."""

    async def visit() -> None:
        visitor = await served.connect()
        assert "opened" in await visitor.open(player=HOSTILE[:100])
        note = {"id": "n", "seq": 0, "note": {"text": HOSTILE, "causes": [], "heard": []}}
        for question in (note, {"id": "h", "seq": 0, "move": HOSTILE}, {"id": "r", "review": True}):
            answer = await visitor.put({"ask": question})
            assert answer is not None and ("answered" in answer or "error" in answer)
            page = (answer.get("answered") or {}).get("page")
            assert "<script>window" not in json.dumps(page) and "<img src=x" not in json.dumps(page)
        visitor.line.close()

    told(visit)


def test_a_full_house_says_when_to_come_back(served: House) -> None:
    until(lambda: served.number("kernels_taken") == 0, "somebody is still here")

    async def visit() -> None:
        visitors = [await seated(served) for _ in range(6)]
        answer = served.get(PLAY)
        assert answer.status == 503 and int(answer.headers["Retry-After"]) > 0
        assert SAY["full.title"] in answer.text and 'href="../../lesson/' in answer.text
        assert served.get("").status == 200 and served.get("lesson/01-the-room/").status == 200
        assert json.loads(served.get("health").text) == {"ok": True, "full": True}
        visitors.pop().line.close()
        await asyncio.to_thread(until, lambda: served.get(PLAY).status == 200, "the chair stays taken")
        tickets = [served.ticket() for _ in range(12)]
        late = [await served.connect(ticket=ticket) for ticket in tickets]  # all that came in the same moment
        answers = await asyncio.gather(*(one.put({"open": {}}) for one in late))
        assert [answer is None for answer in answers].count(False) == 1
        assert len([one for one in late if one.line.close_reason == SAY["full"]]) == 11
        assert len(served.kernels()) <= 6
        for one in visitors:
            assert await one.decides(LINE[0])
        for one in (*visitors, *late):
            one.line.close()

    told(visit)
    until(lambda: served.number("kernels_taken") == 0 and len(served.kernels()) == 2, "kernels stay without visitors")


def test_a_kernel_that_dies_is_told_and_the_next_goes_on(served: House) -> None:
    async def visit() -> None:
        before = set(served.kernels())
        visitor, bystander = await seated(served), await seated(served)
        assert await visitor.decides(LINE[0])
        for kernel in before:
            os.kill(kernel, signal.SIGKILL)  # those that were warm then are theirs now
        await shown_out(visitor, "gone")
        await shown_out(bystander, "gone")
        later = await served.connect()
        await later.open(kept=visitor.text)
        assert await later.decides(LINE[1])
        later.line.close()

    until(lambda: served.number("kernels_warm") == 2 and len(served.kernels()) == 2, "no kernel is warm")
    told(visit)


def test_when_all_kernels_die_there_are_others(served: House) -> None:
    async def visit() -> None:
        visitor = await seated(served)
        (nursery,) = children(served.process.pid)
        kernels = served.kernels()
        os.kill(nursery, signal.SIGKILL)
        await shown_out(visitor, "gone")
        await asyncio.to_thread(until, lambda: not any(Path(f"/proc/{one}").exists() for one in kernels), "left over")
        later = await served.connect()
        assert "opened" in await later.open(kept=visitor.text)
        later.line.close()

    told(visit)


def test_a_kernel_has_bounds(served: House) -> None:
    def warm() -> bool:
        return served.number("kernels_warm") == 2 and len(served.kernels()) == 2

    until(warm, "no kernel is warm, although there was time since all died", 20)
    limits = Path(f"/proc/{served.kernels()[0]}/limits").read_text()
    bounds = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()[1:]}
    assert bounds["Max cpu time"] == "120" and bounds["Max file size"] == "0" and bounds["Max core file size"] == "0"
    assert bounds["Max data size"].isdecimal() and int(bounds["Max data size"]) < 300 * 2**20
    assert os.getpriority(os.PRIO_PROCESS, served.kernels()[0]) > os.getpriority(os.PRIO_PROCESS, served.process.pid)


def test_whoever_does_nothing_gives_up_the_chair(folder: Path) -> None:
    async def visit(small: House) -> None:
        silent = await small.connect()
        await shown_out(silent, "idle")
        visitor = await small.connect()
        await visitor.open()
        await shown_out(visitor, "idle")

    with house(folder, kernels=1, warm=1, arrival=1, idle=1) as small:
        told(lambda: visit(small))
        assert small.number('ended_total{why="idle"}') == 2


def test_a_house_that_closes_tells_everybody_and_leaves_nothing(folder: Path, served: House) -> None:
    """Comes last: nothing was written by all that went before, and nobody can be known from what was said."""

    async def visit() -> None:
        visitor = await seated(served)
        for _ in range(2):  # as who ends a group of processes does
            served.process.send_signal(signal.SIGTERM)
        await shown_out(visitor, "closing")

    log, metrics = served.log, served.get("metrics").text
    told(visit)
    assert served.process.wait(30) == 0
    assert not list((folder / "home").iterdir()) and not list((folder / "work").iterdir())
    assert [path.name for path in folder.iterdir() if path.suffix != ".log"] in (["home", "work"], ["work", "home"])
    for told_of in (metrics, log.read_text()):
        for secret in ("visitor 4f2a91", "stolen", "127.0.0.1:", "tornado", "open_session", "Traceback", "x/room.js"):
            assert secret not in told_of.replace(served.address, "")
