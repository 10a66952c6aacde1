"""From a command to the scored clip, and everything that may be asked on the way."""

import re
from typing import Any

from immersivaudio.queue import JobRequest
from tests.integration.discord.server import Interaction, until
from tests.integration.discord.stage import Play, Stage
from tests.integration.discord.world import MANAGE_GUILD, MANAGE_MESSAGES

OTHER = 22


async def scored(play: Play, data: bytes = b"my clip", **options: object) -> dict[str, object]:
    """Send a clip, and wait for it to come back."""
    known = len(play.world.results())
    await play.server.command("score", clip=play.clip(data), **options)
    await until(lambda: len(play.world.results()) > known)
    return play.world.results()[-1]


async def answer(play: Play, asked: Interaction) -> str:
    """What an ephemeral command said in the end."""
    message = await until(lambda: play.world.messages.get(asked.message or 0))
    await until(lambda: message["content"])
    assert message["flags"] & 64, "only the user sees it"
    return str(message["content"])


def test_a_clip_is_answered_in_the_message_that_acknowledged_it(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        asked = await play.server.command("score", clip=play.clip(b"my clip"), mood="hopeful")
        await until(play.world.results)
        assert asked.answered is not None
        assert asked.answered < 3
        (message,) = play.world.of_bot()
        assert int(message["id"]) == asked.message
        assert play.world.bytes_of(message) == b"my clip"
        assert "Prompt" not in message["content"]
        labels = {each.get("label") for row in message["components"] for each in row["components"]}
        assert {"Another take", "Remix…", "Sounds", "Speech up", "Stems", "Delete"} <= labels

    assert stage.play(scene).pinged == []


def test_buttons_and_the_form_work_after_a_restart(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        first = await scored(play)
        form = await play.server.press(first, "Remix…")
        await until(lambda: form.kind == 9)
        await play.leave()
        await play.enter()
        for label in ("Another take", "Epic", "Speech up", "Stems"):
            known = len(play.world.results())
            await play.server.press(first, label, user=OTHER)
            await until(lambda known=known: len(play.world.results()) > known)
        await play.server.fill_in(form, "slow piano")
        await until(lambda: len(play.world.results()) == 6)
        assert len(play.world.of_bot()) == 6, "one message for each request"
        job_requests = [
            await play.queue.record(status.job) for status in await play.queue.list_for_user("discord:22")
        ]
        asked = {
            (each.request.action, each.request.options.mood, each.request.options.take)
            for each in job_requests
            if each
        }
        assert {("remix", "", 2), ("remix", "epic", 1), ("stems", "", 1)} <= asked

    stage.play(scene)


def test_only_the_requester_or_a_moderator_deletes(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        message = await scored(play)
        stranger = await play.server.press(message, "Delete", user=OTHER)
        await until(lambda: stranger.answered)
        await until(lambda: "Only the one who asked" in play.world.said[-1])
        assert message in play.world.results()
        await play.server.press(message, "Delete")
        await until(lambda: "Press once more" in play.world.said[-1])
        await play.server.press(message, "Really delete?")
        await until(lambda: message not in play.world.results())
        second = await scored(play)
        play.world.permissions = MANAGE_MESSAGES
        await play.server.press(second, "Delete", user=OTHER)
        await until(lambda: "Press once more" in play.world.said[-1])
        await play.server.press(second, "Really delete?", user=OTHER)
        await until(lambda: not play.world.results())
        assert all(status.state.over for status in await play.queue.list_for_user("discord:11"))

    stage.play(scene)


def test_remix_takes_the_last_clip_and_a_menu_entry_any_message(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        nothing = await play.server.command("remix", user=31, mood="sad")
        message = await until(lambda: play.world.messages.get(nothing.message or 0))
        await until(lambda: "I know no clip of yours" in message["content"])
        posted = play.world.write(OTHER, play.world.channel, attachments=[play.clip(b"theirs")])
        await play.server.menu(posted, user=31)
        await until(play.world.results)
        await play.server.command("remix", user=31, mood="sad")
        await until(lambda: len(play.world.results()) == 2)
        assert [play.world.bytes_of(each) for each in play.world.results()] == [b"theirs"] * 2

    stage.play(scene)


def test_what_is_refused_is_refused_before_a_download(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        big = play.clip() | {"size": 300 * 2**20}
        for clip, words in (
            (big, "300 MB; here I can fetch 100 MB at most"),
            (play.clip(name="a.pdf", kind="application/pdf"), "not a video or a photo I know"),
        ):
            asked = await play.server.command("score", clip=clip)
            assert words in await answer(play, asked)
        assert not [line for line in play.world.requests if "attachments" in line]
        play.world.closed.clear()
        posted = play.world.write(OTHER, play.world.channel, content="no clip")
        assert "no clip here" in await answer(play, await play.server.menu(posted))

    assert stage.play(scene).results() == []


def test_a_download_stops_at_the_limit_and_follows_no_redirect(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        lied = play.clip(b"x" * 5000) | {"size": 10}
        await play.server.command("score", clip=lied)
        await until(lambda: any("at most" in words for words in play.world.said))
        play.server.redirect = True
        await play.server.command("score", clip=play.clip())
        await until(lambda: any("could not fetch" in words for words in play.world.said))

    assert stage.play(scene, fetch_limit=2000).results() == []


def test_status_and_cancel(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        assert "Nothing of yours" in await answer(play, await play.server.command("status", user=41))
        await play.server.command("score", user=41, clip=play.clip(), mood="sleep 60")
        await until(lambda: any("Watching your clip" in words for words in play.world.said))
        told = await answer(play, await play.server.command("status", user=41))
        assert re.fullmatch(r"1\. Watching your clip… \d+ %", told)
        assert "Stopped" in await answer(play, await play.server.command("cancel", user=41))
        placeholder = next(each for each in play.world.of_bot() if not each["flags"])
        await until(lambda: "Stopped" in placeholder["content"] and not placeholder["components"])
        await play.server.command("score", user=41, clip=play.clip(), mood="sleep 60")
        second = await until(lambda: next((each for each in play.world.of_bot() if each["components"]), None))
        await play.server.press(second, "Cancel", user=41)
        await until(lambda: "Stopped" in second["content"])

    stage.play(scene)


def test_choices_of_a_user_and_their_language(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        told = await answer(play, await play.server.command("settings mine", sounds=True, language="de"))
        assert "Geräusche: an" in told
        message = await scored(play)
        record = (await play.queue.list_for_user("discord:11"))[0]
        request = (await play.queue.record(record.job)).request  # type: ignore[union-attr]
        assert (request.options.sounds, request.locale) == (True, "de")
        labels = [each.get("label") for row in message["components"] for each in row["components"]]  # type: ignore[attr-defined]
        assert "Löschen" in labels
        told = await answer(play, await play.server.command("forget"))
        assert told.startswith("Gelöscht: ")
        assert await play.queue.list_for_user("discord:11") == ()
        assert "24 hours" in await answer(play, await play.server.command("privacy"))
        assert "/score" in await answer(play, await play.server.command("help"))

    stage.play(scene)


def test_managers_choose_channels_and_shut_people_out(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        clip = play.clip(b"unasked")
        asked = await play.server.command("settings server", unasked=True)
        assert "Only people who manage" in await answer(play, asked)
        await play.server.say("", attachments=[clip])
        play.world.permissions = MANAGE_GUILD
        asked = await play.server.command("settings server", unasked=True, block=play.world.user(OTHER))
        told = await answer(play, asked)
        assert f"<#{play.world.channel}>" in told
        assert f"<@{OTHER}>" in told
        await play.server.say("gentle", attachments=[clip])
        await until(play.world.results)
        assert play.world.results()[0]["type"] == 19, "a reply to the message"
        refused = await play.server.command("score", user=OTHER, clip=clip)
        message = await until(lambda: play.world.messages.get(refused.message or 0))
        await until(lambda: "cannot use me here" in message["content"])
        await play.server.say("", user=OTHER, attachments=[clip])
        asked = await play.server.command("settings server", unblock=play.world.user(OTHER), unasked=False)
        assert "Not served: none" in await answer(play, asked)
        await play.server.say("", attachments=[clip])
        await scored(play)
        assert len(play.world.results()) == 2

    assert stage.play(scene, message_content=True).pinged == []


def test_a_mention_and_a_private_message_are_heard_without_the_intent(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        bot = f"<@{play.bot.user.id}>"  # type: ignore[union-attr]
        await play.server.say("", attachments=[play.clip()])  # not for us
        await play.server.say(f"{bot} epic", attachments=[play.clip(b"one"), play.clip(b"two")])
        (result,) = await until(play.world.results)
        await play.server.press(result, "Each on its own")
        await until(lambda: len(play.world.results()) == 3)
        assert {play.world.bytes_of(each) for each in play.world.results()[1:]} == {b"one", b"two"}
        reference = {"message_id": result["id"], "channel_id": result["channel_id"]}
        await play.server.say("a sad remix", pings=True, message_reference=reference, type=19)
        await until(lambda: len(play.world.results()) == 4)
        await play.server.say("hello", private=True)
        await until(lambda: "Send me a video or a photo" in play.world.said[-1])
        await play.server.say("calm", private=True, attachments=[play.clip(b"mine")])
        await until(lambda: len(play.world.results()) == 5)
        await play.server.say("darker", private=True)
        await until(lambda: len(play.world.results()) == 6)

    world = stage.play(scene)
    assert len(world.of_bot()) == 7
    assert world.pinged == []


def test_a_remix_that_is_refused_leaves_the_clip_that_waits_alone(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        moods = ("sleep 3.1", "sleep 3.2", "sleep 3.3")  # one is played, two wait
        for mood in moods:
            await play.server.command("score", user=81, clip=play.clip(mood.encode()), mood=mood)
        jobs = await until(lambda: _placed(play, 3))
        waiting = next(each for each in jobs if each["content"].startswith("In line"))
        bot = f"<@{play.bot.user.id}>"  # type: ignore[union-attr]
        reference = {"message_id": waiting["id"], "channel_id": waiting["channel_id"]}
        await play.server.say(f"{bot} sad", user=81, pings=True, message_reference=reference, type=19)
        await until(lambda: any("3 clips in the works" in words for words in play.world.said))
        await until(lambda: len(play.world.results()) == 3)
        assert {play.world.bytes_of(each).decode() for each in play.world.results()} == set(moods)

    stage.play(scene)


def _placed(play: Play, count: int) -> list[dict[str, Any]]:
    """The messages of the bot, once so many stand and one of them says its place in line."""
    said = play.world.of_bot()
    waits = any(each["content"].startswith("In line") for each in said)
    return said if len(said) == count and waits else []


async def latest(play: Play, user: int = 11) -> JobRequest:
    """The user's newest request."""
    status, *_ = await play.queue.list_for_user(f"discord:{user}")
    record = await play.queue.record(status.job)
    assert record
    return record.request


def test_one_form_changes_mood_sounds_and_own_sound_at_once(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        first = await scored(play)
        form = await play.server.press(first, "Remix…")
        await until(lambda: form.kind == 9)
        asked = [each["component"]["custom_id"] for each in form.data["components"]]
        assert asked == ["mood", "extras", "own", "song"], "a video has no length of its own to choose"
        await play.server.fill_in(form, "slow piano", extras=["sounds"], own="mix")
        await until(lambda: len(play.world.results()) == 2)
        made = await latest(play)
        assert (made.options.mood, made.options.sounds, made.options.original) == ("slow piano", True, "mix")
        assert made.action == "score", "sounds have to be looked for"
        again = await play.server.press(play.world.results()[-1], "Remix…")
        await until(lambda: again.kind == 9)
        await play.server.fill_in(again)  # as it was shown: another take
        await until(lambda: len(play.world.results()) == 3)
        made = await latest(play)
        assert (made.action, made.options.take, made.options.sounds) == ("remix", 2, True)

    stage.play(scene)


def test_the_form_of_a_photo_asks_how_long_it_is_held(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        photo = play.clip(b"my photo", "photo.jpg", "image/jpeg")
        await play.server.command("score", clip=photo)
        (first,) = await until(play.world.results)
        form = await play.server.press(first, "Remix…")
        await until(lambda: form.kind == 9)
        wrong = await play.server.fill_in(form, length="ages")
        told = await until(lambda: play.world.messages.get(wrong.message or 0))
        assert told["content"] == "Give a number of seconds from 5 to 60, and nothing else."
        await play.server.fill_in(form, length="14")
        await until(lambda: len(play.world.results()) == 2)
        assert (await latest(play)).options.length == 14

    stage.play(scene)


def test_results_fit_what_discord_says_of_the_place_last(stage: Stage) -> None:
    """The free limit was written down in libraries as 10 MiB; what an interaction says counts."""

    async def scene(play: Play) -> None:
        play.world.upload = 20 * 2**20
        await scored(play)
        assert (await latest(play)).options.max_bytes == 19 * 2**20
        await play.server.say("calm <@1>", attachments=[play.clip(b"more")], pings=True)
        await until(lambda: len(play.world.results()) == 2)
        assert (await latest(play)).options.max_bytes == 19 * 2**20

    stage.play(scene)
