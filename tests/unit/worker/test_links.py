"""Files behind links: fetched from public addresses and from nowhere else, and never more than allowed."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from immersivaudio.chat.links import LinkSettings, find
from immersivaudio.errors import BadMediaError, ImmersivaudioError, MediaTooLargeError
from tests.web_site import CLIP, served
from worker.delivery.links import LinkFiles, is_public


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as origin:
        yield origin


def fetched(url: str, path: Path, limit: int = 10**6, **settings: object) -> bytes:
    async def run() -> None:
        files = LinkFiles(LinkSettings(_env_file=None, **settings))  # type: ignore[arg-type]
        try:
            await files.download(url, path / "clip", limit)
        finally:
            await files.close()

    asyncio.run(run())
    return (path / "clip").read_bytes()


@pytest.mark.parametrize("link", ["/clip.mp4", "/clip.mp4?a=1", "/to?/clip.mp4", "/to?/to?/clip.mp4"])
def test_a_file_comes_whole_and_over_redirects(site: str, link: str, tmp_path: Path) -> None:
    assert fetched(site + link, tmp_path, inside={site}) == CLIP


@pytest.mark.medium
@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "0", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"],
)
def test_what_is_not_public_is_never_asked(site: str, host: str, tmp_path: Path) -> None:
    port = site.rpartition(":")[2]
    for url in (f"http://{host}:{port}/clip.mp4", f"http://{host}/clip.mp4"):
        with pytest.raises(BadMediaError, match="not public"):
            fetched(url, tmp_path)


def test_a_redirect_to_what_is_not_public_is_not_followed(site: str, tmp_path: Path) -> None:
    """The first place is allowed; the second one is the same machine by another name."""
    port = site.rpartition(":")[2]
    for where in (f"http://localhost:{port}/clip.mp4", "//169.254.169.254/latest", "http://10.0.0.1/a.mp4"):
        with pytest.raises(BadMediaError, match="not public"):
            fetched(f"{site}/to?{where}", tmp_path, inside={site})
    for where in ("file:///etc/passwd", "ftp://127.0.0.1/a.mp4", "http://me:you@127.0.0.1/"):
        with pytest.raises(BadMediaError, match="cannot be read"):
            fetched(f"{site}/to?{where}", tmp_path, inside={site})


def test_a_name_is_judged_by_all_its_addresses_and_asked_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A name that answers with a public and a private address, or with another one the second time."""
    asked = []

    def answers(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in ("93.184.215.14", "10.0.0.1")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    with pytest.raises(BadMediaError, match="not public"):
        fetched("http://both.example/clip.mp4", tmp_path)
    assert asked == ["both.example"]


@pytest.mark.medium
@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("/nothing.mp4", "there is no file"),
        ("/page.mp4", "leads to a page"),
        ("/packed.mp4", "leads to a page"),
        ("/to?", "cannot be read"),
        ("/to?/to?/to?/to?/to?/to?/clip.mp4", "and nowhere"),
        ("/silent.mp4", "took too long"),
    ],
)
def test_what_is_no_file_is_told_in_one_line(site: str, link: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(BadMediaError, match=problem) as caught:
        fetched(site + link, tmp_path, inside={site}, seconds=0.5)
    assert caught.value.remedy == "send me the file itself"


@pytest.mark.parametrize("link", ["/clip.mp4", "/endless.mp4"])
def test_a_file_stops_at_the_limit(site: str, link: str, tmp_path: Path) -> None:
    for limits in ({"limit": 100}, {"max_bytes": 100}):
        with pytest.raises(MediaTooLargeError):
            fetched(site + link, tmp_path, inside={site}, **limits)  # type: ignore[arg-type]
    kept = tmp_path / "clip"
    assert not kept.exists() or kept.stat().st_size <= 100


def test_an_operator_may_switch_it_off(site: str, tmp_path: Path) -> None:
    with pytest.raises(ImmersivaudioError, match="not followed here"):
        fetched(f"{site}/clip.mp4", tmp_path, inside={site}, fetch=False)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07::1", True),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("fec0::1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::a00:1", False),
        ("2002:a00:1::", False),
        ("2001:0:a00:1::", False),
        ("::ffff:8.8.8.8", False),
    ],
)
def test_addresses(address: str, public: bool) -> None:
    assert is_public(address) == public


def test_a_link_is_found_among_words() -> None:
    link = find("calm, please: https://a.example/My%20Clip.MP4?x=1#t=3, and slow")
    assert link
    assert (link.url, link.name) == ("https://a.example/My%20Clip.MP4?x=1", "My Clip.MP4")
    assert link.words == "calm, please: , and slow"
    assert find("no link: http://, ftp://a.example/b.mp4, https://me:you@a.example/") is None
    site = find("(see https://m.youtube.com/watch?v=1)")
    assert site
    assert site.site == "YouTube"


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://a.example", True),
        ("https://a.example/films/", True),
        ("https://a.example/Film.HTML?x=1", True),
        ("https://a.example/?id=1", False),
        ("https://a.example/file", False),
        ("https://a.example/get.php?id=1", False),
        ("https://a.example/clip.mp4", False),
    ],
)
def test_only_what_is_called_a_page_is_taken_for_one(url: str, page: bool) -> None:
    link = find(url)
    assert link
    assert link.is_page == page
