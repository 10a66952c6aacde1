"""A cut list of an editor on Discord: beside the clip, in reply to a result, and as an option of /score."""

from typing import Any

from tests.integration.discord.server import until
from tests.integration.discord.stage import Play, Stage

EDL = b"TITLE: A"
_USERS = iter(range(9500, 9600))


def edit(play: Play, data: bytes = EDL, name: str = "Edit_1.EDL") -> dict[str, Any]:
    return play.clip(data, name, "text/plain; charset=utf-8")


def test_a_list_beside_a_clip_in_reply_to_a_result_and_as_an_option(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        user = next(_USERS)
        await play.server.say("calm", user=user, private=True, attachments=[play.clip(b"mine"), edit(play)])
        (result,) = await until(play.world.results)
        assert "cuts TITLE: A" in result["content"]
        reference = {"message_id": result["id"], "channel_id": result["channel_id"]}
        marks = edit(play, b"time", "marks.csv")
        await play.server.say(
            "", user=user, private=True, attachments=[marks], message_reference=reference, type=19
        )
        await until(lambda: len(play.world.results()) == 2)
        assert "cuts time" in play.world.results()[-1]["content"]
        await play.server.command("score", user=next(_USERS), clip=play.clip(b"yours"), cuts=edit(play))
        await until(lambda: len(play.world.results()) == 3)
        assert "cuts TITLE: A" in play.world.results()[-1]["content"]

    stage.play(scene)


def test_what_is_no_list_for_one_video_is_told_in_one_line(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        user = next(_USERS)
        photo = play.clip(b"a photo", "p.jpg", "image/jpeg")
        await play.server.say("", user=user, private=True, attachments=[edit(play)])
        await play.server.say("", user=user, private=True, attachments=[photo, edit(play)])
        ours = await until(lambda: play.world.of_bot() if len(play.world.of_bot()) == 2 else None)
        assert all(each["content"].startswith("A cut list! Send it in reply to one video") for each in ours)
        bad = edit(play, b"\xff\xfea")
        await play.server.command("score", user=next(_USERS), clip=play.clip(b"yours"), cuts=bad)
        await until(
            lambda: any("I cannot read that as a cut list" in m["content"] for m in play.world.of_bot())
        )
        assert not play.world.results()

    stage.play(scene)
