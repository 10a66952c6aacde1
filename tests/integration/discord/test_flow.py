"""From a command to the scored clip, and everything that may be asked on the way."""

from tests.integration.discord.server import until
from tests.integration.discord.stage import Play, Stage


def test_a_clip_is_answered_in_the_message_that_acknowledged_it(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        asked = await play.server.command("score", clip=play.clip(b"my clip"), mood="hopeful")
        await until(play.world.results)
        assert asked.answered is not None
        assert asked.answered < 3
        (message,) = play.world.of_bot()
        assert int(message["id"]) == asked.message
        assert play.world.bytes_of(message) == b"my clip"
        assert "Prompt: a copy" in message["content"]
        labels = [each.get("label") for row in message["components"] for each in row["components"]]
        assert {"Another take", "Remix…", "Sounds", "Speech up", "Stems", "Delete"} <= set(labels)

    assert stage.play(scene).pinged == []
