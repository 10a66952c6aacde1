"""Who is let in, what is taken, and what does not exist: asked over HTTP, as an attacker would."""

import asyncio
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import pytest

from bot.web.signed_tokens import TokenSigner
from immersivaudio.queue import Queue
from tests.integration.web.guest import FORM, Guest
from tests.integration.web.site import ROOT, Site
from tests.integration.web.test_scoring import CLIP, jobs, links, visit


def test_the_page_opens_with_no_token_and_fetches_nothing_from_elsewhere(site: Site) -> None:
    page = httpx.get(site.url)
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    fetched = re.findall(r'(?:src|<link[^>]*href)="(https?:)?//([^"/]+)', page.text)
    assert not fetched
    assert "fonts.googleapis" not in page.text + httpx.get(f"{site.url}theme.css").text


@pytest.mark.parametrize(
    "path",
    [
        "gradio_api/file=/etc/passwd", "gradio_api/file/etc/passwd", "file=/etc/passwd", "gradio_api/info",
        "gradio_api/proxy=http://127.0.0.1:1/", "gradio_api/call/score",
        "gradio_api/upload_progress?upload_id=1",
        "gradio_api/deep_link?session_hash=1", "monitoring", "docs", "openapi.json", "gradio_api/vibe-code",
        "examples/../../settings.py", "examples/%2e%2e/%2e%2e/settings.py", "static/../../../../etc/passwd",
        "login",
    ],
)  # fmt: skip
def test_what_the_page_does_not_need_does_not_exist(site: Site, path: str) -> None:
    with httpx.Client() as client:
        request = client.build_request("GET", site.url)
        request.url = request.url.copy_with(raw_path=f"/{path}".encode())
        answer = client.send(request)
    assert answer.status_code in {403, 404, 405}
    assert "root:" not in answer.text
    assert "import" not in answer.text


@pytest.mark.parametrize(
    "path", ["gradio_api/upload", "gradio_api/component_server", "gradio_api/run/score", "login"]
)
def test_nothing_else_can_be_sent(site: Site, path: str) -> None:
    answer = httpx.post(f"{site.url}{path}", files={"files": ("a.mp4", b"clip")})
    assert answer.status_code == 404


def test_what_is_no_clip_is_refused_before_it_is_sent(site: Site) -> None:
    async def story(guest: Guest) -> None:
        async def said(**query: str) -> tuple[int, str]:
            answer = await guest.client.post("/clips", params={"ask": "1"} | query)
            return answer.status_code, answer.json().get("refusal", "")

        assert await said(type="video/mp4", size="1000", seconds="12") == (200, "")
        assert (await said(type="application/pdf"))[0] == 415
        status, words = await said(type="", name=".txt")
        assert (status, words.startswith("That is not a video or a photo.")) == (415, True)
        status, words = await said(type="video/mp4", size="9000000")
        assert (status, words.startswith("That file is 9 MB; the limit is 2 MB.")) == (413, True)
        status, words = await said(type="video/mp4", seconds="3601")
        assert (status, words.startswith("That clip lasts 60:01; the limit is 10:00.")) == (413, True)

    visit(site, story)


def test_a_file_that_is_too_big_is_refused_whatever_it_says_of_itself(site: Site) -> None:
    async def story(guest: Guest) -> None:
        answer = await guest.upload(bytes(3_000_001), size="10")
        assert answer.status_code == 413
        endless = httpx.post(
            f"{site.url}clips?type=video/mp4",
            content=iter([b"x" * 1000] * 10),
            cookies=dict(guest.client.cookies),
        )
        assert endless.status_code == 411, "a body without a length is not begun"
        assert (await guest.upload(b"")).status_code == 415
        assert (await guest.upload(bytes(2_999_999))).status_code == 200

    visit(site, story)


def test_a_clip_belongs_to_who_sent_it(site: Site) -> None:
    async def story(guest: Guest) -> None:
        clip = await guest.clip(CLIP)
        mine = (await guest.scored(clip, mood="calm")).shown
        other = await Guest.come(site.url)
        assert "Choose a clip first" in (await other.scored(clip)).shown["progress"]
        job = jobs(mine["history"])[0]
        peeked = [each async for each in other.press("history.select", detail={"job": job})][-1].shown
        assert "no longer kept" in peeked["progress"]
        assert "result" not in peeked
        given = await other.get(links(mine["result"])["page"])
        assert given.status_code == 200, "a link is given on purpose"
        inside = links(given.text.replace("../", ""))["immersivaudio.mp4"]
        assert (await other.get(inside)).content == CLIP
        gone = [each async for each in guest.press("history.clear")][-1].shown
        assert "Deleted: everything of yours" in gone["progress"]
        for address in links(mine["result"]).values():
            assert (await other.get(address)).status_code == 404, "what is deleted, no link opens"
        await other.client.aclose()

    visit(site, story)


def test_a_link_that_is_old_forged_or_for_something_else_opens_nothing(site: Site) -> None:
    async def story(guest: Guest) -> None:
        mine = (await guest.scored(await guest.clip(CLIP), mood="calm")).shown
        found = links(mine["result"])
        film, job = found["immersivaudio.mp4"], jobs(mine["history"])[0]
        token = film.split("/")[1]
        async with Queue.connect(site.settings) as queue:
            secret = await queue.secret("web")
        late = TokenSigner(secret, clock=lambda: time.time() - 25 * 3600).write("file", job, "film", hours=24)
        forged = TokenSigner(b"guess" * 7).write("file", job, "film", hours=24)
        for bad in (
            late,
            forged,
            token[:-1] + ("A" if token[-1] != "A" else "B"),
            f"{token}A",
            ".",
            "x.y",
            "%00",
        ):
            assert (await guest.get(f"files/{bad}/immersivaudio.mp4")).status_code == 404
        assert (await guest.get(f"files/{token}/music.flac")).status_code == 404
        expired = await guest.get(f"result/{late}")
        assert (expired.status_code, "has expired" in expired.text) == (404, True)
        assert (await guest.get(film)).status_code == 200

    visit(site, story)


def test_only_this_page_may_ask(site: Site) -> None:
    async def story(guest: Guest) -> None:
        elsewhere = {"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}
        for headers in elsewhere:
            answer = await guest.client.post("/clips?type=video/mp4", content=CLIP, headers=headers)
            assert answer.status_code == 403
        lured = await guest.client.get("/", headers={"Host": "rebound.evil.example"})
        assert lured.status_code == 421
        long = await guest.client.post("/gradio_api/queue/join", content=b"x" * 5_000_000)
        assert long.status_code == 413
        nobody = httpx.post(f"{site.url}clips?type=video/mp4", content=CLIP)
        assert nobody.status_code == 403, "who never saw the page is nobody"

    visit(site, story)


def test_a_login_closes_everything_and_reaches_no_log(locked: Site) -> None:
    assert httpx.get(locked.url).status_code == 401
    for path in ("clips", "config", "examples/day.mp4", "result/x", "gradio_api/queue/data?session_hash=1"):
        assert httpx.get(f"{locked.url}{path}").status_code == 401, path
    assert httpx.get(locked.url, auth=("ann", "open sesame")).status_code == 200
    assert httpx.get(locked.url, auth=("ann", "wrong word")).status_code == 401
    tries = {httpx.get(locked.url, auth=("ann", f"try {number}")).status_code for number in range(12)}
    assert tries == {401, 429}
    assert httpx.get(locked.url, auth=("ann", "open sesame")).status_code == 200, (
        "who knows it is not shut out"
    )
    log = locked.log("web").read_text()
    assert "sesame" not in log
    assert "YW5uOm9wZW4gc2VzYW1l" not in log


def test_no_log_holds_words_tokens_or_links(site: Site) -> None:
    async def story(guest: Guest) -> None:
        clip = await guest.clip(CLIP)
        last = (await guest.scored(clip, mood="my own secret mood")).shown
        await guest.get(links(last["result"])["immersivaudio.mp4"])
        async for _ in guest.score(clip, original="a secret mood that is no choice"):
            pass
        form = FORM | {"clip": clip, "take": "secret mood"}
        assert (await guest.join(guest.call("score.click", *form.values()))).status_code == 422
        for name in ("web", "run", "deliver"):
            log = site.log(name).read_text()
            assert "secret mood" not in log
            assert clip not in log
            assert links(last["result"])["immersivaudio.mp4"].split("/")[1] not in log

    visit(site, story)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LOGIN", "ann", "write it as user:password"),
        ("LOGIN", ":secret", "write it as user:password"),
        ("LOGIN", "ann:", "write it as user:password"),
        ("PORT", "", "set IMMERSIVAUDIO_WEB_PORT to a free one"),
    ],
)
def test_a_setting_that_cannot_work_is_said_in_one_line(site: Site, name: str, value: str, said: str) -> None:
    chosen = {f"IMMERSIVAUDIO_WEB_{name}": value or str(httpx.URL(site.url).port)}
    argv = [sys.executable, "-m", "bot", "web"]
    environment = site.environment | chosen
    done = subprocess.run(
        argv, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert said in done.stderr
    assert "secret" not in done.stderr


def test_a_clip_in_pieces_goes_on_where_it_was_cut_off(site: Site) -> None:
    async def story(guest: Guest) -> None:
        data = bytes(range(256)) * 4000
        facts = {"begin": "1", "type": "video/mp4", "size": str(len(data)), "seconds": "3"}
        begun = (await guest.client.post("/clips", params=facts)).json()

        async def piece(offset: int, content: bytes, who: Guest = guest) -> httpx.Response:
            asked = {"piece": begun["upload"], "offset": str(offset)}
            return await who.client.post("/clips", params=asked, content=content)

        assert (await piece(0, data[:300_000])).json() == {"offset": 300_000}
        host, port = httpx.URL(site.url).host, httpx.URL(site.url).port
        cookie = "; ".join(f"{name}={value}" for name, value in guest.client.cookies.items())
        came = 300_000
        while came < 400_000:  # cut off within a piece; a server that had not begun to read loses it whole
            _, writer = await asyncio.open_connection(host, port)
            head = (
                f"POST /clips?piece={begun['upload']}&offset={came} HTTP/1.1\r\nHost: {host}:{port}\r\n"
                f"Cookie: {cookie}\r\nContent-Length: 500000\r\n\r\n"
            )
            writer.write(head.encode() + data[came:400_000])
            await writer.drain()
            writer.close()
            came = (await piece(len(data), b"")).json()["offset"]
        assert (await piece(300_000, b"other bytes")).json() == {"offset": came}, "nothing is taken twice"
        other = await Guest.come(site.url)
        assert (await piece(came, data[came:], other)).status_code == 410, "it is the visitor's own"
        await other.client.aclose()
        last = await piece(came, data[came:])
        film = (await guest.scored(last.json()["clip"], mood="calm")).shown
        assert (await guest.get(links(film["result"])["before"])).content == data

    visit(site, story)


def test_stalled_uploads_of_eight_addresses_hold_no_ninth_back() -> None:
    async def story(guest: Guest) -> None:
        host, port = guest.client.base_url.host, guest.client.base_url.port
        stalled = []
        for number in range(8):
            visitor = await Guest.come(str(guest.client.base_url))
            _, writer = await asyncio.open_connection(host, port)
            cookie = "; ".join(f"{name}={value}" for name, value in visitor.client.cookies.items())
            await visitor.client.aclose()
            head = (
                f"POST /clips?type=video/mp4 HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\n"
                f"X-Forwarded-For: 10.0.0.{number}\r\nContent-Length: 900000\r\n\r\n"
            )
            writer.write(head.encode() + b"x" * 1000)
            await writer.drain()
            stalled.append(writer)
        assert (await guest.upload(CLIP)).status_code == 200
        for writer in stalled:
            assert not writer.is_closing(), "they stalled all the while"
            writer.close()

    with (
        tempfile.TemporaryDirectory(prefix="stalled-") as folder,
        Site(Path(folder), TRUSTED_PROXIES='["127.0.0.1"]') as site,
    ):
        visit(site.open(), story, headers={"X-Forwarded-For": "10.0.0.99"})
