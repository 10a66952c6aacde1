"""The page's door: what anybody may send to it, and what of that goes any further."""

import asyncio
import json
import secrets
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.http.client_address import TrustedProxies
from bot.http.connections import ConnectionLimits
from bot.settings import BotSettings
from bot.web.call_schema import BadCallError, CallSchema
from bot.web.middleware import AccessMiddleware
from bot.web.request_body import BodyTooLongError, Pace, SlowBodyError, whole
from bot.web.settings import WebSettings
from bot.web.signed_tokens import TokenSigner
from immersivaudio.queue import Queue, QueueSettings
from tests.integration.web.guest import FORM, Guest
from tests.integration.web.site import Site
from tests.integration.web.test_scoring import CLIP, visit
from tests.patience import PATIENCE
from tests.redis_server import RedisServer
from tests.security.bodies import ADDRESS, REFERENCE, bodies

JOIN = "/gradio_api/queue/join"
CONFIG: dict[str, Any] = {
    "components": [
        {"id": 1, "type": "state", "props": {}},
        {"id": 2, "type": "textbox", "props": {"elem_id": "mood"}},
        {"id": 3, "type": "checkbox", "props": {}},
        {"id": 4, "type": "slider", "props": {}},
        {"id": 5, "type": "textbox", "props": {"elem_id": "sheet"}},
        {"id": 6, "type": "file", "props": {}},
    ],
    "dependencies": [
        {"id": 0, "inputs": [1, 2, 3, 4], "backend_fn": True},
        {"id": 1, "inputs": [5], "backend_fn": True},
        {"id": 2, "inputs": [6], "backend_fn": True},
        {"id": 3, "inputs": [2], "backend_fn": False},
    ],
}


def call(number: int, *data: Any, **more: Any) -> bytes:
    return json.dumps({"data": data, "fn_index": number, "session_hash": "abc123"} | more).encode()


def test_a_form_passes_as_a_browser_sends_it() -> None:
    schema = CallSchema.of(CONFIG)
    sent = schema.parse(JOIN, call(0, None, "sad", True, 3.5, event_data=None, trigger_id=4))
    assert sent["data"] == [None, "sad", True, 3.5]
    assert schema.parse(JOIN, call(1, "x" * 900_000))["data"] == ["x" * 900_000]
    assert schema.parse(JOIN, call(0, None, None, None, None, event_data={"job": "a1"}))["event_data"] == {
        "job": "a1"
    }
    assert schema.parse("/gradio_api/startup-events", b"") == {}


@pytest.mark.parametrize(
    "body",
    [
        call(0, "state", "sad", True, 3),
        call(0, None, REFERENCE, True, 3),
        call(0, None, "sad", 1, 3),
        call(0, None, "sad", True, True),
        call(0, None, "x" * 4_001, True, 3),
        call(0, None, "sad", True),
        call(1, "x" * 1_000_001),
        call(2, "clip.mp4"),
        call(3, "sad"),
        call(7),
        call(0, None, "sad", True, 3, event_data={"job": ADDRESS}),
        call(0, None, "sad", True, 3, oauth_token="x"),
        b"[1]",
        b'{"data": [null, "sad", true, Infinity], "fn_index": 0, "session_hash": "abc123"}',
    ],
)
def test_what_no_page_sends_does_not_pass(body: bytes) -> None:
    with pytest.raises(BadCallError):
        CallSchema.of(CONFIG).parse(JOIN, body)


def test_two_hundred_odd_bodies_for_each_function_reach_nothing(site: Site) -> None:
    async def story(guest: Guest) -> None:
        config = (await guest.client.get("/config")).json()
        functions = [each for each in config["dependencies"] if each["backend_fn"]]
        assert len(functions) >= 9
        schema = CallSchema.of(config)
        for function in functions:
            for place, body in enumerate(bodies(function["id"], 200, len(function["inputs"]))):
                with pytest.raises(BadCallError):
                    schema.parse(JOIN, body)
                if place % 25 == 0:  # benchmarks/security.py sends them all
                    answer = await guest.client.post(JOIN, content=body)
                    assert answer.status_code == 422, (function["api_name"], body[:200])
                    assert "/etc" not in answer.text

    visit(site, story)


def test_the_framework_checks_file_references_by_itself(tmp_path: Path, redis_server: RedisServer) -> None:
    """Behind the gate as well, a reference to a file that nobody uploaded is refused and copied nowhere."""
    import gradio

    from bot.web.app import application
    from bot.web.downloads import Downloads
    from bot.web.example_results import Showcase
    from bot.web.signed_tokens import TokenSigner
    from bot.web.time_left import StagePace

    secret = tmp_path / "secret.txt"
    secret.write_text("not yours")
    settings = QueueSettings(
        _env_file=None, redis_url=redis_server.url, namespace=secrets.token_hex(4), data=tmp_path
    )

    async def story() -> list[dict[str, Any]]:
        async with asyncio.timeout(60), Queue.connect(settings) as queue:
            signer = TokenSigner(b"k" * 32)
            showcase = Showcase(queue, Downloads(queue, signer), StagePace())
            gate = application(
                BotSettings(_env_file=None), WebSettings(_env_file=None), queue, signer, showcase
            )
            inner = gate._app  # type: ignore[attr-defined] # what the gate stands before
            server = uvicorn.Server(uvicorn.Config(inner, port=0, log_config=None))
            serving = asyncio.create_task(server.serve())
            while not server.started:
                await asyncio.sleep(0.01)
            port = server.servers[0].sockets[0].getsockname()[1]
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
                config = (await client.get("/config")).json()
                remix = next(each for each in config["dependencies"] if each["api_name"] == "remix")
                reference = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
                body = {"data": [None, "", "", reference], "fn_index": remix["id"], "session_hash": "s1"}
                assert (await client.post(JOIN, json=body)).status_code == 200
                stream = await client.get("/gradio_api/queue/data", params={"session_hash": "s1"})
            server.should_exit = True
            await serving
        return [json.loads(line[5:]) for line in stream.text.splitlines() if line.startswith("data:")]

    said = asyncio.run(story())
    completed = [message for message in said if message["msg"] == "process_completed"]
    assert completed and not completed[0]["success"]
    kept = Path(gradio.utils.get_upload_folder())
    assert not list(kept.rglob("secret.txt"))


async def _greeted(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("the page")(scope, receive, send)


def test_who_asks_too_fast_waits_and_nobody_else_does() -> None:
    settings = WebSettings(_env_file=None, calls_per_minute=6)
    gate = AccessMiddleware(_greeted, TokenSigner(b"s" * 32), settings, CallSchema.of(CONFIG))

    async def opened(host: str) -> int:
        transport = httpx.ASGITransport(gate, client=(host, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return (await client.get("/")).status_code

    async def story() -> None:
        assert await opened("203.0.113.5") == 200
        second = asyncio.ensure_future(opened("203.0.113.5"))
        await asyncio.sleep(0)
        assert await opened("203.0.113.6") == 200
        assert await opened("203.0.113.5") == 429
        assert not second.done(), "it stands in the queue of its address"
        second.cancel()

    asyncio.run(story())


def test_headers_without_end_are_not_waited_for(site: Site) -> None:
    address = httpx.URL(site.url)
    with socket.create_connection((address.host, address.port), timeout=PATIENCE) as stranger:
        stranger.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Much: " + b"x" * 20_000)
        assert b"400" in stranger.recv(1000).partition(b"\r\n")[0]


@pytest.fixture(scope="module")
def redis_server() -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        server = RedisServer(Path(folder))
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    chosen = {"UPLOAD_LIMIT": "3000000", "CALLS_PER_MINUTE": "1000000", "TRUSTED_PROXIES": '["127.0.0.9"]'}
    with tempfile.TemporaryDirectory(prefix="web-") as folder, Site(Path(folder), **chosen) as site:
        yield site.open()


def test_a_stranger_to_the_page_can_send_nothing(site: Site) -> None:
    async def story(guest: Guest) -> None:
        body = guest.call("score.click", *FORM.values())
        for path in (JOIN, "/gradio_api/cancel", "/gradio_api/reset", "/clips"):
            assert httpx.post(f"{site.url.rstrip('/')}{path}", json=body).status_code == 403
        other = await Guest.come(site.url)
        assert (await guest.join(body)).status_code == 200
        spied = await other.client.get("/gradio_api/queue/data", params={"session_hash": guest.session})
        assert spied.status_code == 403, "what is said to one visitor's page, another cannot read"
        assert (await other.join(body)).status_code == 403
        await other.client.aclose()

    visit(site, story)


@pytest.mark.parametrize(
    "headers",
    [{"Host": "[::1"}, {"Host": "a b"}, {"Host": "x" * 300}, {"Host": ""}, {"Host": "localhost:99999999"}],
)
def test_a_host_that_is_none_is_a_wrong_request(site: Site, headers: dict[str, str]) -> None:
    assert httpx.get(site.url, headers=headers).status_code in {400, 421}


def test_odd_origins_ranges_and_methods_are_the_asker_s_fault(site: Site) -> None:
    async def story(guest: Guest) -> None:
        answer = await guest.client.post(
            "/clips?type=video/mp4", content=CLIP, headers={"Origin": "http://[x"}
        )
        assert answer.status_code == 403
        assert (await guest.client.put("/clips", content=b"x")).status_code == 405
        far = await guest.client.get("/examples/day.mp4", headers={"Range": f"bytes={'9' * 5000}-"})
        assert far.status_code < 500

    visit(site, story)


DIGITS = "9" * 5000


@pytest.mark.parametrize(
    ("method", "path", "query"),
    [
        ("POST", "/clips", {"type": "video/mp4", "begin": "1", "size": DIGITS}),
        ("POST", "/clips", {"piece": "?", "offset": DIGITS}),
        ("POST", "/clips", {"piece": "?", "offset": "٣"}),
        ("POST", "/clips", {"album": "1"}),
        ("POST", "/clips", {"example": "../../settings"}),
        ("POST", "/clips", {"type": "video/mp4\0", "seconds": "nan", "begin": "1"}),
        ("GET", "/oembed", {"url": "http://[x"}),
        ("GET", "/oembed", {"url": "http://h/result/é"}),
        ("GET", "/showcase/x", {}),
        ("GET", f"/stems/x/{DIGITS}", {}),
    ],
    ids=lambda value: str(value)[:24],
)
def test_odd_queries_are_the_asker_s_fault(site: Site, method: str, path: str, query: dict[str, str]) -> None:
    async def story(guest: Guest) -> None:
        begun = await guest.client.post("/clips?type=video/mp4&begin=1&size=4000", content=b"")
        asked = {name: begun.json()["upload"] if value == "?" else value for name, value in query.items()}
        body = b"[" * 5000 if "album" in query else b""
        answer = await guest.client.request(
            method, path, params=asked, content=body if method == "POST" else None
        )
        assert 400 <= answer.status_code < 500, answer.text

    visit(site, story)


def test_forwarding_headers_are_believed_from_trusted_proxies_alone() -> None:
    proxies = TrustedProxies(["10.0.0.0/8", "fd00::/8"])

    def scope(peer: str, **headers: str) -> dict[str, Any]:
        named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        return {"type": "http", "scheme": "http", "client": (peer, 1), "headers": named}

    lied = scope(
        "203.0.113.5", x_forwarded_for="198.51.100.1", x_forwarded_proto="https", x_forwarded_host="evil"
    )
    assert proxies.client(lied) == "203.0.113.5"
    assert not proxies.secure(lied)
    assert proxies.cleaned(lied)["headers"] == []
    told = scope("10.0.0.2", x_forwarded_for="198.51.100.1, 203.0.113.9, 10.0.0.7", x_forwarded_proto="https")
    assert proxies.client(told) == "203.0.113.9", "what the visitor wrote before the proxy is not believed"
    assert proxies.secure(told)
    assert proxies.client(scope("2001:db8:1:2:3::4")) == proxies.client(scope("2001:db8:1:2::5"))
    assert proxies.client(scope("::ffff:203.0.113.5")) == "203.0.113.5"


def test_a_body_must_keep_its_pace_and_its_length() -> None:
    async def never() -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def three() -> dict[str, Any]:
        return {"type": "http.request", "body": b"abc", "more_body": True}

    with pytest.raises(SlowBodyError):
        asyncio.run(whole(never, 10, Pace(grace=0.01)))
    with pytest.raises(BodyTooLongError):
        asyncio.run(whole(three, 10, Pace()))
    assert Pace(rate=1000, grace=5, longest=60).due(10_000) == 15
    assert Pace(rate=1000, grace=5, longest=60).due(10**9) == 60


def test_connections_of_one_address_have_an_end() -> None:
    limits = ConnectionLimits(total=10, per_address=2, proxies=TrustedProxies(["10.0.0.1"]))
    for host, admitted in (("1.2.3.4", True), ("1.2.3.4", True), ("1.2.3.4", False), ("1.2.3.5", True)):
        assert limits.admits(host) is admitted
        if admitted:
            limits.open[host] += 1
    limits.open["10.0.0.1"] = 5
    assert limits.admits("10.0.0.1"), "a proxy's connections are many visitors'"
    limits.open["10.0.0.1"] = 7
    assert not limits.admits("1.2.3.9")
