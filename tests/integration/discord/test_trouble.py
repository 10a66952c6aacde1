"""Exactly one result, whatever the platform, the network and our own programs do. The platform counts."""

import signal
import time

import pytest

from immersivaudio.chat.discord import TOKEN_LIFE
from immersivaudio.queue import Address, JobRequest, ScoreOptions, Source
from tests.integration.discord.server import until
from tests.integration.discord.stage import Play, Stage
from tests.integration.discord.world import APP


async def quiet(play: Play, user: int = 11) -> None:
    """Wait until nothing of this user's is in the works, and a little longer for what should not come."""
    for status in await play.queue.list_for_user(f"discord:{user}"):
        async for _ in play.queue.watch(status.job):
            pass


def test_an_interaction_told_twice_is_one_request(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        asked = await play.server.command("score", user=51, clip=play.clip())
        await play.server.gateway.dispatch("INTERACTION_CREATE", asked.payload)
        await until(play.world.results)
        await play.leave()
        await play.enter()  # a process that does not remember
        await play.server.gateway.dispatch("INTERACTION_CREATE", asked.payload)
        await until(lambda: play.world.calls["hook_get"])
        told = await play.server.say(f"<@{APP}>", user=51, attachments=[play.clip()])
        await play.server.gateway.dispatch("MESSAGE_CREATE", told)
        await until(lambda: len(play.world.results()) == 2)
        await play.leave()
        await play.enter()
        await play.server.gateway.dispatch("MESSAGE_CREATE", told)
        await until(lambda: play.world.calls["post"] == 2)
        await quiet(play, 51)
        assert len(await play.queue.list_for_user("discord:51")) == 2

    world = stage.play(scene)
    assert len(world.of_bot()) == 2


def test_a_gateway_that_hangs_up_is_resumed_and_nothing_is_missed(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        await play.server.gateway.drop()
        await play.server.command("score", clip=play.clip())
        await until(play.world.results)
        assert len(play.server.gateway.sessions) == 1
        await quiet(play)

    assert len(stage.play(scene).of_bot()) == 1


@pytest.mark.parametrize("mishap", ["429", "503", "lost"])
def test_one_result_where_calls_go_wrong(stage: Stage, mishap: str) -> None:
    async def scene(play: Play) -> None:
        for name in ("callback", "hook_edit", "hook_edit", "edit", "post", "post"):
            play.server.mishaps[name].append(mishap)
        await play.server.command("score", clip=play.clip(b"one"))
        await play.server.say(f"<@{APP}>", attachments=[play.clip(b"two")])
        await until(lambda: len(play.world.results()) == 2)
        await quiet(play)

    world = stage.play(scene)
    assert len(world.of_bot()) == 2
    assert sorted(world.bytes_of(each) for each in world.results()) == [b"one", b"two"]


def test_an_expired_token_is_no_obstacle(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        await play.server.command("score", clip=play.clip(), mood="sleep 1")
        await until(lambda: any("Watching" in words for words in play.world.said))
        play.world.skew = 16 * 60
        await until(play.world.results)
        await quiet(play)
        assert play.world.calls["edit"], "edited as the bot"

    assert len(stage.play(scene).of_bot()) == 1


def test_where_the_bot_is_not_at_home_the_result_comes_in_private(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        await play.server.command("score", clip=play.clip(), mood="sleep 1")
        await until(lambda: any("Watching" in words for words in play.world.said))
        play.world.skew = 16 * 60
        play.world.closed.add(play.world.channel)
        play.server.mishaps["post"] = ["", "lost"]
        await until(play.world.results)
        await quiet(play)
        (result,) = play.world.results()
        assert result["channel_id"] == str(play.world.private[11])

    stage.play(scene)


def test_a_placeholder_that_was_deleted_is_replaced_once(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        asked = await play.server.command("score", clip=play.clip(), mood="sleep 1")
        await until(lambda: any("Watching" in words for words in play.world.said))
        del play.world.messages[asked.message or 0]
        play.server.mishaps["post"] = ["lost", "lost", "503"]
        await until(play.world.results)
        await quiet(play)
        assert play.world.calls["post"] > 1

    assert len(stage.play(scene).of_bot()) == 1


def test_a_frontend_that_died_before_it_told_of_its_placeholder(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        asked = await play.server.command("status")
        message = await until(lambda: play.world.messages.get(asked.message or 0))
        await until(lambda: message["content"])
        message["flags"] = 0
        extra = {"app": str(APP), "token": asked.token, "until": f"{time.time() + TOKEN_LIFE:.0f}"}
        reply = Address(platform="discord", chat=str(play.world.channel), extra=extra)
        source = Source(ref=await play.queue.store.put_bytes(b"kept"))
        request = JobRequest(
            platform="discord",
            update="u1",
            user="discord:11",
            source=source,
            reply=reply,
            options=ScoreOptions(),
        )
        assert (await play.queue.submit(request)).accepted
        extra = {"app": str(APP), "token": "gone", "until": f"{time.time() + TOKEN_LIFE:.0f}"}
        other = request.model_copy(
            update={"update": "u2", "reply": reply.model_copy(update={"extra": extra})}
        )
        assert (await play.queue.submit(other)).accepted
        await until(lambda: len(play.world.results()) == 2)
        assert message in play.world.results()

    assert len(stage.play(scene).of_bot()) == 2


def test_a_worker_killed_in_the_middle_of_a_clip(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        await play.server.command("score", clip=play.clip(), mood="sleep 1.5")
        await until(lambda: any("Watching" in words for words in play.world.said))
        worker = stage.programs["run"]
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        stage.start("run")
        await until(play.world.results)
        await quiet(play)

    assert len(stage.play(scene).of_bot()) == 1


def test_a_failure_is_one_message_in_plain_words(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        await play.server.command("score", clip=play.clip(), mood="refuse")
        await until(lambda: any("this is not a clip" in words for words in play.world.said))
        play.server.mishaps["hook_edit"].append("lost")
        play.world.upload = 10
        await play.server.command("score", clip=play.clip(b"longer than ten"), mood="tense")
        await until(lambda: any("MB" in words for words in play.world.said))
        await quiet(play)

    world = stage.play(scene)
    assert len(world.of_bot()) == 2
    assert world.results() == []


def test_what_discord_does_not_take_comes_smaller_in_the_same_message(stage: Stage) -> None:
    """It had said 20 MiB, and answers 413 above 10; then nothing is small enough, and one line says so."""
    large = bytes(12 * 2**20)

    async def scene(play: Play) -> None:
        play.world.upload = 20 * 2**20
        await play.server.command("score", user=81, clip=play.clip(large))
        play.world.upload = 10 * 2**20
        (result,) = await until(play.world.results)
        assert len(play.world.bytes_of(result)) == 10 * 2**20 * 95 // 100
        await play.server.press(result, "Another take", user=81)
        await until(lambda: len(play.world.results()) == 2)
        await quiet(play, 81)
        play.world.upload = 20 * 2**20
        await play.server.command("score", user=82, clip=play.clip(large))
        play.world.upload = 2**20
        await until(lambda: any("takes no file so large" in words for words in play.world.said))
        await quiet(play, 82)

    world = stage.play(scene)
    assert len(world.of_bot()) == 3
    assert len(world.results()) == 2


def test_while_redis_is_away_the_user_is_told(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        stage.redis.stop()
        try:
            asked = await play.server.command("score", clip=play.clip())
            hidden = await play.server.command("status")
            await until(lambda: sum("cannot reach my workshop" in words for words in play.world.said) == 2)
            assert asked.answered is not None
            assert hidden.answered is not None
            assert max(asked.answered, hidden.answered) < 3
        finally:
            stage.redis.start()

    assert stage.play(scene).results() == []
