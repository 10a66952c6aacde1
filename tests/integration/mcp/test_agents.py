"""What an agent does, by the package's own client: at a pipe and by http, in both protocol generations."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client

from immersivaudio.music.palettes import PALETTES
from tests.integration.mcp.conftest import KEY, AgentService, told

WAYS = [("stdio", "auto"), ("stdio", "legacy"), ("http", "auto"), ("http", "legacy")]
TOOLS = {"score", "remix", "section", "take", "stems", "describe", "export", "wait", "status", "jobs",
         "cancel", "moods"}  # fmt: skip


async def call(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """What a tool answers; it must not fail."""
    answer = await client.call_tool(tool, arguments)
    assert not answer.is_error, answer.content
    found: dict[str, Any] = answer.structured_content or {}
    return found


async def refusal(client: Client, tool: str, **arguments: Any) -> str:
    """The sentence with which a tool refuses."""
    answer = await client.call_tool(tool, arguments)
    assert answer.is_error
    return " ".join(getattr(part, "text", "") for part in answer.content)


@pytest.mark.parametrize(("transport", "mode"), WAYS)
def test_an_agent_scores_changes_and_saves(
    agents: AgentService, transport: str, mode: str, tmp_path: Path
) -> None:
    name = f"{transport}-{mode}"
    heard: list[float] = []

    async def progress(done: float, _total: float | None, message: str | None) -> None:
        heard.append(done)
        assert message

    async def story() -> None:
        async with agents.client(transport, mode) as client:
            assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS
            first = await client.call_tool(
                "score",
                {"clip": "clip.mp4", "mood": "hopeful", "save_to": f"{name}.mp4"},
                progress_callback=progress,
            )
            made = first.structured_content or {}
            assert Path(made["film"]) == agents.clips / f"{name}.mp4"
            assert (agents.clips / f"{name}.mp4").stat().st_size > 0
            remixed = await call(client, "remix", job=made["job"], mood="tense")
            taken = await call(client, "take", job=made["job"])
            assert len({made["job"], remixed["job"], taken["job"]}) == 3
            saved = await call(
                client, "export", job=remixed["job"], what="sheet", save_to=f"{name}-sheet.json"
            )
            assert Path(saved["saved"]).read_text("utf-8").startswith("{")
            zipped = await call(client, "stems", job=made["job"], save_to=f"{name}-stems.zip")
            assert Path(zipped["stems"]).stat().st_size > 0
            listed = await call(client, "jobs")
            assert made["job"] in [each["job"] for each in listed["jobs"]]
            assert (await call(client, "status", job=made["job"]))["state"] == "delivered"

    told(story())
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def test_an_agent_looks_without_scoring_and_hands_over_to_an_editor(agents: AgentService) -> None:
    (agents.clips / "edit.edl").write_text("TITLE: mine\n" * 3, "utf-8")
    (agents.clips / "edit.otioz").write_bytes(b"PK")

    async def story() -> None:
        async with agents.client("http") as client:
            seen = await call(client, "describe", clip="clip.mp4")
            assert (seen["scene"], seen["mood"], seen["because"]) == ("a street at night", "calm", ["night"])
            assert seen["shots"] == [{"start": 0, "end": 2, "seen": "a street", "labels": ["car"]}]
            no_film = await refusal(client, "export", job=seen["job"], what="film", save_to="none.mp4")
            assert "has no film. It has: sheet." in no_film
            cut = await call(client, "score", clip="clip.mp4", cuts="edit.edl", save_to="cut.mp4")
            assert cut["scene"] == "cuts of 36 characters"
            given = await call(client, "export", job=cut["job"], what="editor", save_to="for-editor.zip")
            assert Path(given["saved"]).read_bytes() == b"PK, for an editor"
            for path in ("edit.otioz", "clip.mp4"):
                assert "no cut list" in await refusal(client, "score", clip="clip.mp4", cuts=path)
            outside = await refusal(client, "score", clip="clip.mp4", cuts="../secret.mp4")
            assert "not in a folder" in outside

    told(story())
    assert not (agents.clips / "none.mp4").exists()


def test_every_description_says_what_an_agent_has_to_know(agents: AgentService) -> None:
    async def story() -> None:
        async with agents.client("http") as client:
            for tool in (await client.list_tools()).tools:
                for word in ("Input:", "Cost:", "Limit:", "Fails:", "Next:"):
                    assert word in (tool.description or ""), (tool.name, word)

    told(story())


def test_moods_and_styles_are_those_that_are_played(agents: AgentService) -> None:
    async def story() -> None:
        async with agents.client("http") as client:
            known = await call(client, "moods")
            assert set(known["styles"]) == set(PALETTES)
            assert {"hopeful", "tense", "calm"} <= set(known["moods"])

    told(story())


@pytest.mark.parametrize(
    "path",
    [
        "../secret.mp4",
        "/etc/passwd",
        "link.mp4",
        "clip.mp4/../../secret.mp4",
        "~/secret.mp4",
        "",
        ".",
        "nul\0.mp4",
        "a" * 4096,
        "//etc/passwd",
    ],
)
def test_a_path_outside_is_refused_in_words(agents: AgentService, path: str) -> None:
    async def story() -> None:
        async with agents.client("http") as client:
            read = await refusal(client, "score", clip=path)
            said = [read]
            if path:  # without one, the film goes beside the clip
                said.append(await refusal(client, "score", clip="clip.mp4", save_to=path))
            for words in said:
                assert "not yours" not in words
                assert words.rstrip().endswith("."), words
            if path not in {"~/secret.mp4", "a" * 4096}:  # these two are inside, and are not there
                assert "not in a folder that I may use" in read

    told(story())
    assert (agents.folder / "secret.mp4").read_bytes() == b"not yours"


def test_nothing_is_overwritten_and_bad_orders_are_refused_in_words(agents: AgentService) -> None:
    (agents.clips / "notes.txt").write_text("mine")
    (agents.clips / "taken.mp4").write_text("mine")

    async def story() -> None:
        async with agents.client("http") as client:
            said = {
                "taken": await refusal(client, "score", clip="clip.mp4", save_to="taken.mp4"),
                "kind": await refusal(client, "score", clip="clip.mp4", save_to="film.mkv"),
                "text": await refusal(client, "score", clip="notes.txt"),
                "folder": await refusal(client, "score", clip="clip.mp4", save_to="nowhere/film.mp4"),
                "job": await refusal(client, "remix", job="f" * 24, mood="x"),
                "waits": await refusal(client, "wait", job="../../x"),
                "length": await refusal(client, "score", clip="clip.mp4", length=9999),
            }
        assert "nothing is overwritten" in said["taken"]
        assert "Name it film.mp4" in said["kind"]
        assert "not a video or a photo" in said["text"]
        assert "Make it first" in said["folder"]
        assert "no such job of yours" in said["job"] + said["waits"]
        assert "less than or equal to 600" in said["length"]

    told(story())
    assert (agents.clips / "taken.mp4").read_text() == "mine"


@pytest.mark.parametrize(("transport", "mode"), WAYS)
def test_an_agent_that_stops_waiting_stops_the_job(agents: AgentService, transport: str, mode: str) -> None:
    async def story() -> None:
        async with agents.client(transport, mode) as client:
            waiting = asyncio.create_task(client.call_tool("score", {"clip": "clip.mp4", "mood": "sleep 60"}))
            while not (running := await _running(client)):
                await asyncio.sleep(0.05)
            waiting.cancel()
            while (await call(client, "status", job=running))["state"] != "cancelled":
                await asyncio.sleep(0.05)

    told(story())


async def _running(client: Client) -> str:
    listed = (await call(client, "jobs"))["jobs"]
    return next((each["job"] for each in listed if each["state"] == "running"), "")


def test_a_job_that_was_not_waited_for_is_cancelled_by_its_id(agents: AgentService) -> None:
    async def story() -> None:
        async with agents.client("http") as client:
            job = (await call(client, "score", clip="clip.mp4", mood="sleep 60", wait=False))["job"]
            await call(client, "cancel", job=job)
            assert "was stopped" in await refusal(client, "wait", job=job)

    told(story())


def test_a_hundred_calls_at_once_and_none_is_lost(agents: AgentService) -> None:
    async def story() -> None:
        async with agents.client("http") as client:

            async def one(number: int) -> str:
                made = await call(client, "score", clip="clip.mp4", save_to=f"many-{number}.mp4")
                assert (agents.clips / f"many-{number}.mp4").stat().st_size > 0
                return str(made["job"])

            jobs = await asyncio.gather(*(one(number) for number in range(100)))
            assert len(set(jobs)) == 100

    told(story())


def test_by_http_the_gate_asks_for_a_key_and_bounds_bodies(agents: AgentService) -> None:
    order = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    nobody = httpx.post(agents.url, json=order)
    assert nobody.status_code == 401
    assert "Authorization: Bearer" in nobody.json()["error"]
    known = {"Authorization": f"Bearer {KEY}"}
    huge = httpx.post(agents.url, content=bytes(2_000_000), headers=known)
    assert huge.status_code == 413
    assert huge.json()["error"].endswith("Send less.")
    elsewhere = httpx.post(agents.url, json=order, headers=known | {"Host": "evil.example"})
    assert elsewhere.status_code in {403, 421}
    foreign = httpx.post(agents.url, json=order, headers=known | {"Origin": "https://evil.example"})
    assert foreign.status_code == 403
