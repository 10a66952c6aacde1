"""Where the bot is a guest, where it is alone with somebody, and where it is not let in at all."""

import pytest
from pydantic import SecretStr

from tests.integration.discord.server import until
from tests.integration.discord.stage import TOKEN, Play, Stage
from worker.delivery.adapters.discord.adapter import DiscordAdapter
from worker.delivery.adapters.discord.session import DiscordSession


@pytest.mark.parametrize("where", ["abroad", "direct"])
def test_those_who_installed_it_for_themselves_use_it_anywhere(stage: Stage, where: str) -> None:
    async def scene(play: Play) -> None:
        play.world.where = where
        asked = await play.server.command("score", user=61, clip=play.clip(b"mine"))
        (result,) = await until(play.world.results)
        assert int(result["id"]) == asked.message
        await play.server.press(result, "Another take", user=61)
        await until(lambda: len(play.world.results()) == 2)
        await play.server.press(result, "Delete", user=61)
        await until(lambda: "Press once more" in play.world.said[-1])
        await play.server.press(result, "Really delete?", user=61)
        await until(lambda: len(play.world.results()) == 1)

    world = stage.play(scene)
    assert world.calls["post"] == 0, "the token is all it has"


def test_a_result_fits_what_the_place_takes(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        play.world.upload = 50 * 2**20
        await play.server.command("score", user=62, clip=play.clip())
        await until(play.world.results)
        (status,) = await play.queue.list_for_user("discord:62")
        record = await play.queue.record(status.job)
        assert record
        assert record.request.options.max_bytes == 50 * 2**20 * 95 // 100

    stage.play(scene)


def test_the_notice_that_a_clip_is_ready_comes_once_and_mentions_nobody(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        await play.server.command("score", user=63, clip=play.clip())
        (result,) = await until(play.world.results)
        (status,) = await play.queue.list_for_user("discord:63")
        record = await play.queue.record(status.job)
        assert record
        adapter = DiscordAdapter(DiscordSession(SecretStr(TOKEN)))
        try:
            for _ in range(2):
                await adapter.ping(record.request, record.request.reply)
        finally:
            await adapter.close()
        notice = play.world.of_bot()[-1]
        assert (notice["content"], notice["type"]) == ("Your clip is ready.", 19)
        assert notice["message_reference"]["message_id"] == int(result["id"])

    world = stage.play(scene)
    assert len(world.of_bot()) == 2
    assert world.pinged == []


def test_a_refused_token_and_a_refused_intent_end_the_program_with_a_remedy(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        play.world.token = "another"
        assert await ended(play, stage) == "Discord refuses the token"
        play.world.token = TOKEN
        stage.environment["IMMERSIVAUDIO_DISCORD_MESSAGE_CONTENT"] = "true"
        assert await ended(play, stage) == "Discord refuses the message content intent"

    try:
        stage.play(scene, inside=False)
    finally:
        stage.environment.pop("IMMERSIVAUDIO_DISCORD_MESSAGE_CONTENT", None)
    assert TOKEN not in stage.log("discord").read_text()


async def ended(play: Play, stage: Stage) -> str:
    """The last line of a program that gave up, up to its remedy."""
    program = stage.start("discord")
    assert await until(lambda: program.poll() is not None and program.returncode) == 2
    return stage.log("discord").read_text().strip().splitlines()[-1].partition(";")[0]
