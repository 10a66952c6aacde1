"""What the API refuses, and in which words: nothing breaks, and nothing of ours is told."""

import socket
import tempfile
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.integration.api.service import KEY, ApiService, ended, sent
from tests.patience import PATIENCE


def words(answer: httpx.Response) -> str:
    told = answer.json()
    assert set(told) == {"error", "code"}
    assert told["error"].endswith((".", "!")), told
    return str(told["error"])


def test_without_a_key_nothing_is_read_or_said(api: ApiService) -> None:
    with api.client("") as nobody:
        answer = nobody.post("/v1/jobs", content=b"clip", headers={"Content-Type": "video/mp4"})
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert "Authorization: Bearer" in words(answer)
        seen = {
            nobody.get("/v1/jobs", headers={"Authorization": f"Bearer no-{n}"}).status_code for n in range(30)
        }
        assert seen == {401, 429}
        described = nobody.get("/v1/openapi.json").json()
    assert set(described["paths"]["/v1/jobs"]) == {"get", "post"}
    with api.client() as client:
        assert client.get("/v1/jobs").status_code == 200, "others' wrong keys shut nobody out"


@pytest.mark.parametrize(
    ("call", "status", "said"),
    [
        ({"headers": {"Content-Type": "text/html"}}, 415, "not a video or a photo"),
        (
            {"content": bytes(4_000_000)},
            413,
            "3000000 are taken here",
        ),
        ({"content": iter([b"clip"])}, 411, "Content-Length"),
        ({"params": {"seed": "x"}}, 422, "seed: "),
        ({"params": {"mood": "m" * 1001}}, 422, "mood: "),
        ({"params": {"original": "loud"}}, 422, "original: "),
        ({"params": {"webhook": "https://evil.example/"}}, 422, "not on the operator's list"),
        ({"params": {"webhook": "file:///etc/passwd"}}, 422, "not on the operator's list"),
        ({"params": {"webhook": "http://127.0.0.1:6379/"}}, 422, "not on the operator's list"),
        ({"content": b""}, 415, "not a video or a photo"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(
    api: ApiService, call: dict[str, Any], status: int, said: str
) -> None:
    usual = {"content": b"clip", "headers": {"Content-Type": "video/mp4"}}
    with api.client() as client:
        answer = client.post("/v1/jobs", **(usual | call))
        assert answer.status_code == status, answer.text
        assert said in words(answer)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/jobs/../../etc/passwd",
        "/v1/jobs/x/files/..%2f..%2f..%2fetc%2fpasswd",
        "/v1/jobs/%00/files/film",
        "/etc/passwd",
        "/docs",
        "/v1/jobs/" + "a" * 5000,
    ],
)
def test_a_path_that_is_none_leads_nowhere(api: ApiService, path: str) -> None:
    with api.client() as client:
        answer = client.get(path)
        assert answer.status_code == 404
        assert "root" not in answer.text
        words(answer)


def test_a_file_that_a_job_does_not_have_leads_nowhere(api: ApiService) -> None:
    with api.client() as client:
        job = sent(client)
        ended(client, job)
        for what in ("%2e%2e", "film/../../x", "before.mp4", "redis.password"):
            assert client.get(f"/v1/jobs/{job}/files/{what}").status_code == 404, what


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"mood": 7}', b'{"mood": "x", "more": 1}', b"\xff", b"[" * 9000]
)
def test_an_order_that_is_none_is_refused_in_words(api: ApiService, body: bytes) -> None:
    with api.client() as client:
        job = sent(client)
        answer = client.post(
            f"/v1/jobs/{job}/remix", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code in {400, 422}, answer.text
        words(answer)


def test_a_client_that_is_too_fast_is_told_to_wait() -> None:
    keys = f'{{"studio": {{"key": "{KEY}", "per_minute": 6, "burst": 3, "streams": 1}}}}'
    with tempfile.TemporaryDirectory(prefix="api-") as folder, ApiService(Path(folder), KEYS=keys) as service:
        service.open()
        with service.client() as client:
            answers = [client.get("/v1/me") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        assert int(answers[-1].headers["retry-after"]) > 0
        assert "Wait" in words(answers[-1])
        assert KEY not in service.log("api").read_text()


@pytest.mark.slow
def test_a_slow_client_is_told_and_let_go_while_others_are_served(api: ApiService) -> None:
    host, _, port = api.url.removeprefix("http://").partition(":")
    head = (
        f"POST /v1/jobs HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {KEY}\r\n"
        "Content-Type: video/mp4\r\nContent-Length: 100000\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as slow:
        slow.sendall(head.encode() + b"a few bytes")
        with api.client() as client:
            assert ended(client, sent(client))["phase"] == "done"
        assert slow.recv(4096).startswith(b"HTTP/1.1 408 ")
