"""What a visitor gets from the page: through the real queue, a real worker and the real delivery adapter."""

import asyncio
import json
import re
import tempfile
from collections.abc import Callable, Coroutine
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from immersivaudio.queue import albums
from tests.integration.web.guest import FORM, Guest
from tests.integration.web.site import ROOT, Site
from tests.patience import PATIENCE

Story = Callable[[Guest], Coroutine[Any, Any, None]]
CLIP = b"a clip that the parrot gives back" * 50
HOSTILE = '<img src=x onerror=alert(1)> ${1+1} {{value}} "quoted"'


def visit(site: Site, story: Story, **options: Any) -> None:
    async def told() -> None:
        async with asyncio.timeout(PATIENCE):
            guest = await Guest.come(site.url, **options)
            try:
                await story(guest)
            finally:
                await guest.client.aclose()

    asyncio.run(told())


def links(html: str) -> dict[str, str]:
    """Where the files of a result are, by their names."""
    found = re.findall(r'(?:href|src|data-before)="((?:files|result)/[^"]+)"', unescape(html))
    return {"page" if each.startswith("result") else each.split("/")[2]: each for each in found}


def jobs(html: str) -> list[str]:
    return re.findall(r'data-job="(\w+)"', html)


def test_a_press_is_heard_to_the_end_though_the_page_opens_late(site: Site) -> None:
    async def story(guest: Guest) -> None:
        moments = guest.score(await guest.clip(CLIP), mood="sleep 1.5")
        shown = (await anext(moments)).shown
        late = {
            "data": [None],
            "fn_index": guest.events["opened.load"],
            "session_hash": guest.session,
        }
        assert (await guest.client.post("/gradio_api/queue/join", json=late)).status_code == 200
        async for moment in moments:
            shown = moment.shown
        assert (shown["progress"], shown["actions"]["visible"]) == ("", True)

    visit(site, story)


def test_a_clip_comes_back_with_words_all_the_way(site: Site) -> None:
    async def story(guest: Guest) -> None:
        moments = [each async for each in guest.score(await guest.clip(CLIP), mood="sleep 2.5")]
        words = [re.sub(r"<[^>]+>", " ", each.shown["progress"]) for each in moments]
        assert any("Watching your clip" in each for each in words)
        assert "0 s" in words[0]
        assert any("2 s" in each for each in words), "the clock goes on while nothing else happens"
        last = moments[-1].shown
        assert (last["progress"], last["actions"]["visible"], last["cancel"]["visible"]) == ("", True, False)
        found = links(last["result"])
        film = await guest.get(found["immersivaudio.mp4?keep=1"])
        assert film.content == CLIP
        assert film.headers["content-disposition"] == 'attachment; filename="immersivaudio.mp4"'
        before = await guest.get(found["before"])
        assert (before.content, before.headers["content-type"]) == (CLIP, "video/mp4")
        for name in ("music.flac", "music.mid", "cue-sheet.json", "cue-sheet.webp"):
            assert (await guest.get(found[f"{name}?keep=1"])).content
        assert (await guest.get(links(last["story"])["frames.webp"])).content == b"frames" * 100

    visit(site, story)


def test_an_edited_sheet_is_rendered_as_it_stands(site: Site) -> None:
    async def story(guest: Guest) -> None:
        first = await guest.scored(await guest.clip(CLIP), mood="calm")
        job = jobs(first.shown["history"])[0]
        state = [
            each
            async for each in guest.press(
                "render.click", None, "", guest.shown, '{"version": 1, "mood": "mine"}', '{"music": -3}'
            )
        ]
        assert state[-1].shown["sheet"] == '{"version": 1, "mood": "mine"}'
        assert jobs(state[-1].shown["history"])[1] == job
        for mix, own in (('{"original": -6}', "own sound mix"), ('{"original": -60}', "own sound replace")):
            pressed = guest.press("render.click", None, "", guest.shown, '{"version": 1}', mix)
            assert own in [each async for each in pressed][-1].shown["result"]
        stems = [each async for each in guest.press("stems-again.click", None, "", guest.shown)][-1].shown
        zipped = await guest.get(links(stems["progress"])["stems.zip?keep=1"])
        assert zipped.content.startswith(b"PK")
        assert "result" not in stems, "the film stays where it is"
        given = [each async for each in guest.press("export-again.click", None, "", guest.shown)][-1].shown
        assert (await guest.get(links(given["progress"])["for-editor.zip?keep=1"])).content.startswith(b"PK")
        take = [each async for each in guest.press("take-again.click", None, "", guest.shown)][-1].shown
        assert "take 2, remix" in take["result"]
        again = guest.press("remix-again.click", None, "", guest.shown, "funny")
        remix = [each async for each in again][-1].shown
        assert "funny" in remix["story"]

    visit(site, story)


def test_what_was_seen_is_drawn_and_before_and_after_are_equally_loud(site: Site) -> None:
    async def story(guest: Guest) -> None:
        last = (await guest.scored(await guest.clip(CLIP), mood="calm")).shown
        assert 'style="left:25.00%;top:50.00%;width:25.00%;height:50.00%"><b>Hund</b>' in last["story"]
        down = dict(re.findall(r'data-side="(\w+)" data-down="([\d.]+)"', last["result"]))
        assert down == {"before": "0.0", "after": "6.5"}, "the louder one comes down"

    visit(site, story, headers={"Accept-Language": "de"})


def test_several_files_become_one_album_and_only_their_owner_can_join_them(site: Site) -> None:
    async def story(guest: Guest) -> None:
        async def join(guest: Guest, tokens: object) -> httpx.Response:
            return await guest.client.post("/clips", params={"album": "1"}, json=tokens)

        parts = [await guest.clip(CLIP), await guest.clip(CLIP[:99], "image/png")]
        other = await Guest.come(site.url)
        for wrong in (parts[:1], [*parts, "nonsense"], "abc", [*parts] * 20, [[]] * 2):
            assert (await join(guest, wrong)).status_code in {403, 413}
        stolen = await join(other, parts)
        assert (stolen.status_code, "no longer kept" in stolen.json()["refusal"]) == (403, True)
        album = await join(guest, parts)
        assert album.status_code == 200, album.text
        last = (await guest.scored(album.json()["clip"], mood="calm")).shown
        made = await guest.get(links(last["result"])["immersivaudio.mp4"])
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "album").write_bytes(made.content)
            found = albums.unpack(Path(folder) / "album", Path(folder))
            assert [(path.read_bytes(), kind) for path, kind in found] == [
                (CLIP, "video"), (CLIP[:99], "photo")
            ]  # fmt: skip
        assert "data-before" not in last["result"], "an album was never one clip"
        assert (await join(guest, parts)).status_code == 403, "they are one now"
        await other.client.aclose()

    visit(site, story)


def test_a_song_and_a_loop_travel_with_the_clip(site: Site, tmp_path: Path) -> None:
    async def story(guest: Guest) -> None:
        sent = await guest.upload(b"a song", "audio/mpeg", song="1", name="song.mp3")
        clip, song = await guest.clip(CLIP), sent.json()["clip"]
        for mood in ("calm", "epic"):  # the same song again, at another press
            last = (await guest.scored(clip, mood=mood, song=song, loop=True)).shown
            assert "like True, loop True" in last["result"]
            made = await guest.get(links(last["result"])["immersivaudio.mp4"])
            (tmp_path / "packed").write_bytes(made.content)
            found = albums.unpack(tmp_path / "packed", tmp_path)
            assert [(path.read_bytes(), kind) for path, kind in found] == [
                (CLIP, "video"),
                (b"a song", "song"),
            ]
            assert "data-before" not in last["result"], "the clip lies in one file with the song"
        wrong = await guest.upload(b"%PDF", "application/pdf", song="1", name="a.pdf")
        assert (wrong.status_code, wrong.json()["refusal"][:26]) == (415, "That is not a song I know.")
        gone = await guest.scored(clip, song="forged")
        assert "no longer kept" in gone.shown["progress"]

    visit(site, story)


def test_an_editors_cuts_travel_with_the_clip(site: Site) -> None:
    async def story(guest: Guest) -> None:
        cuts = json.dumps({"ending": ".edl", "text": "x" * 50_000})
        last = (await guest.scored(await guest.clip(CLIP), mood="calm", cuts=cuts)).shown
        assert "cuts of 50000 characters" in last["result"]
        for wrong in ("{", '{"ending": ".exe", "text": ""}'):
            refused = await guest.scored(await guest.clip(CLIP), cuts=wrong)
            assert "iv-bad" in refused.shown["progress"]

    visit(site, story)


def test_the_list_of_the_session_is_never_out_of_date(site: Site) -> None:
    async def story(guest: Guest) -> None:
        listed = [
            moment.shown["history"]
            async for moment in guest.score(await guest.clip(CLIP), mood="sleep 2")
            if "history" in moment.shown
        ]
        assert "In the works" in listed[0]
        assert not re.search("In line|Watching", listed[0]), "that is true for a moment only"
        assert "In the works" not in listed[-1]
        assert jobs(listed[-1])

    visit(site, story)


def test_a_visitor_who_comes_back_finds_what_they_had_and_goes_on_watching(site: Site) -> None:
    async def story(guest: Guest) -> None:
        await guest.scored(await guest.clip(CLIP), mood="calm")
        again = Guest(guest.client, events=guest.events)
        found = [each async for each in again.press("opened.load", None)][-1].shown
        assert links(found["result"])
        job = jobs(found["history"])[0]
        async for _ in guest.press("stems-again.click", None, "", guest.shown):
            pass
        anew = Guest(guest.client, events=guest.events)
        later = [each async for each in anew.press("opened.load", None)][-1].shown
        assert links(later["result"]), "the film, though its stems were asked for since"
        running = guest.score(await guest.clip(CLIP), mood="sleep 4")
        async for moment in running:
            if "Watching" in moment.shown["progress"]:
                break
        await running.aclose()
        await asyncio.sleep(1.5)
        back = Guest(guest.client, events=guest.events)
        seen = [each async for each in back.press("opened.load", None)]
        assert links(seen[1].shown["result"]), "what there was is there meanwhile"
        assert "Watching" in seen[2].shown["progress"]
        clock = re.search(r'iv-clock">(\d+) s', seen[2].shown["progress"])
        assert clock and int(clock[1]) >= 1, "the clock runs from the order on"
        assert jobs(seen[-1].shown["history"])[-1] == job
        chosen = [each async for each in back.press("history.select", detail={"job": job})][-1].shown
        assert "calm" in chosen["story"]

    visit(site, story)


def test_a_running_job_is_stopped_at_a_press(site: Site) -> None:
    async def story(guest: Guest) -> None:
        clip = await guest.clip(CLIP)
        async for moment in guest.score(clip, mood="sleep 30"):
            if "Watching" in moment.shown["progress"] and moment.shown.get("cancel", {}).get("visible"):
                stopped = Guest(guest.client, guest.session, events=guest.events)
                pressed = asyncio.create_task(_pressed(stopped, moment.shown["running"]))
        assert "Stopped" in moment.shown["progress"]
        assert not moment.shown["cancel"]["visible"]
        await pressed

    async def _pressed(guest: Guest, job: str) -> None:
        body = {"data": [job], "fn_index": guest.events["cancel.click"], "session_hash": guest.session}
        assert (await guest.client.post("/gradio_api/queue/join", json=body)).status_code == 200

    visit(site, story)


def test_what_a_stranger_writes_is_shown_as_letters(site: Site) -> None:
    async def story(guest: Guest) -> None:
        last = (await guest.scored(await guest.clip(CLIP), mood=HOSTILE)).shown
        for html in (last["result"], last["story"], last["history"]):
            assert "<img src=x" not in html
        assert "&lt;img src=x" in last["story"]
        page = await guest.get(links(last["result"])["page"])
        assert "<img src=x" not in page.text

    visit(site, story)


def test_what_cannot_be_done_is_said_as_the_bots_say_it(site: Site) -> None:
    async def story(guest: Guest) -> None:
        nothing = await guest.scored("")
        assert "Choose a clip first" in nothing.shown["progress"]
        refused = await guest.scored(await guest.clip(CLIP), mood="refuse")
        assert "this is not a clip. Send a video." in refused.shown["progress"]
        foreign = [each async for each in guest.press("render.click", None, "", "", "{}", "")][-1]
        assert "no longer kept" in foreign.shown["progress"]
        known = len(jobs(refused.shown["history"]))
        for odd in (
            {"original": "everything"},
            {"length": 900},
            {"take": -1e9},
        ):
            async for _ in guest.score(await guest.clip(CLIP), **odd):
                pass
        for never in ({"take": "many"}, {"sounds": ["on"]}, {"press": ["a"]}):
            form = FORM | {"clip": await guest.clip(CLIP)} | never
            assert (await guest.join(guest.call("score.click", *form.values()))).status_code == 422
        last = await guest.scored(await guest.clip(CLIP), seed="a word", mood="calm")
        assert len(jobs(last.shown["history"])) <= known + 2, "a form that no browser sends starts nothing"

    visit(site, story)


def test_a_visitor_is_spoken_to_in_their_language(site: Site) -> None:
    async def story(guest: Guest) -> None:
        page = await guest.get("/")
        assert "<h1>Musik zu dem, was man sieht</h1>" in page.text
        last = (await guest.scored("")).shown
        assert "Wähle zuerst einen Clip" in last["progress"]

    visit(site, story, headers={"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"})


def test_no_path_of_the_server_reaches_a_browser(site: Site) -> None:
    async def story(guest: Guest) -> None:
        last = (await guest.scored(await guest.clip(CLIP), mood="calm")).shown
        await guest.scored(await guest.clip(CLIP), mood="raise secret")
        for address in (
            "/config",
            "/manifest.json",
            "/theme.css",
            links(last["result"])["page"],
            "/files/x/y",
        ):
            await guest.get(address)
        text = "\n".join(guest.received)
        assert len(text) > 100_000, "this looked at what a browser gets"
        homes = (site.folder, ROOT, Path(httpx.__file__).parents[1], Path.home(), Path(tempfile.gettempdir()))
        assert not [str(path) for path in homes if str(path) in text]
        assert not re.search(r"file://|/(?:usr|home|root|var|opt|tmp)/\w", text)

    visit(site, story)


@pytest.mark.parametrize(
    ("wanted", "status", "got"),
    [
        ("bytes=0-9", 206, CLIP[:10]),
        ("bytes=10-", 206, CLIP[10:]),
        ("bytes=-5", 206, CLIP[-5:]),
        ("bytes=1000000-", 416, b""),
        ("lines=1-2", 206, CLIP),
    ],
)
def test_a_player_may_seek(site: Site, wanted: str, status: int, got: bytes) -> None:
    async def story(guest: Guest) -> None:
        last = (await guest.scored(await guest.clip(CLIP), mood="calm")).shown
        part = await guest.get(links(last["result"])["immersivaudio.mp4"], headers={"Range": wanted})
        assert (part.status_code, part.content) == (status, got)

    visit(site, story)
