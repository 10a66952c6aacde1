"""Sixty turns of a conversation on Discord: every one gets exactly the answer that a person expects."""

from pathlib import Path
from typing import Any

import pytest

from immersivaudio.queue import albums
from tests.integration import turns
from tests.integration.discord.server import until
from tests.integration.discord.stage import Play, Stage
from tests.web_site import CLIP

_USERS = iter(range(5000, 9000))


async def told(play: Play, user: int, language: str) -> None:
    """In a private chat Discord does not say which language somebody speaks: they chose it."""
    if language != "it":
        await play.queue.preferences.change(f"user:discord:{user}", language=language)
        play.context.learn(f"discord:{user}", language)


async def scored(play: Play, user: int, mood: str = "calm") -> dict[str, Any]:
    """Send a clip in private, and wait for it to come back."""
    await play.server.say(mood, user=user, private=True, attachments=[play.clip(b"mine")])
    return (await until(lambda: results(play, user)))[-1]


def results(play: Play, user: int) -> list[dict[str, Any]]:
    """Those in the private chat with this user."""
    return [each for each in ours(play, user) if each["attachments"]]


def ours(play: Play, user: int) -> list[dict[str, Any]]:
    """The bot's messages in the private chat with this user."""
    return [each for each in play.world.of_bot() if each["channel_id"] == str(play.world.private.get(user))]


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pt", "it"])
def test_words_after_a_result(stage: Stage, language: str) -> None:
    async def scene(play: Play) -> None:
        for _, words, kind, fact in (row for row in turns.AFTER_A_RESULT if row[0] == language):
            user = next(_USERS)
            await told(play, user, language)
            await scored(play, user)
            await play.server.say(words, user=user, private=True)
            if kind == "makes":
                await until(lambda user=user: len(results(play, user)) == 2)
                assert fact in results(play, user)[-1]["content"], words
            else:
                await until(lambda user=user: len(ours(play, user)) == 2)
                assert ours(play, user)[-1]["content"].startswith(fact), words
            assert len(ours(play, user)) == 2, words

    stage.play(scene)


def test_a_link_in_place_of_a_clip(stage: Stage, site: str) -> None:
    async def scene(play: Play) -> None:
        for language, words, kind, fact in turns.LINKS:
            user = next(_USERS)
            await told(play, user, language)
            await play.server.say(words.format(site=site), user=user, private=True)
            if kind == "makes":
                (result,) = await until(lambda user=user: results(play, user))
                assert fact in result["content"]
                assert play.world.bytes_of(result) == CLIP
            else:
                await until(
                    lambda user=user, fact=fact: any(
                        each["content"].startswith(fact) for each in ours(play, user)
                    )
                )
            assert len(ours(play, user)) == 1, words

    stage.play(scene)


def test_a_link_is_an_option_of_the_command(stage: Stage, site: str) -> None:
    async def scene(play: Play) -> None:
        await play.server.command("score", user=next(_USERS), link=f"{site}/clip.mp4", mood="darker")
        (result,) = await until(play.world.results)
        assert "darker" in result["content"]
        for link, line in (
            ("https://vimeo.com/1", "I cannot fetch films from Vimeo"),
            ("not-a-link", "There is no clip here."),
        ):
            asked = await play.server.command("score", user=next(_USERS), link=link)
            told = await until(lambda asked=asked: play.world.messages.get(asked.message or 0))
            assert told["content"].startswith(line)
            assert told["flags"] & 64, "only the user sees it"

    stage.play(scene)


def test_lines_that_answer_words(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        for language, words, line in (*turns.THANKS, *turns.NO_CLIP_NO_MOOD):
            user, thanks = next(_USERS), (language, words, line) in turns.THANKS
            await told(play, user, language)
            if thanks:
                await scored(play, user)
            await play.server.say(words, user=user, private=True)
            await until(lambda user=user, count=1 + thanks: len(ours(play, user)) == count)
            assert ours(play, user)[-1]["content"].startswith(line), words

    stage.play(scene)


def test_a_mood_may_come_before_its_clip(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        for language, mood, line in turns.BEFORE_A_CLIP:
            user = next(_USERS)
            await told(play, user, language)
            await play.server.say(mood, user=user, private=True)
            await until(lambda user=user: ours(play, user))
            assert ours(play, user)[0]["content"].startswith(line)
            await scored(play, user, "")
            assert mood in results(play, user)[-1]["content"]

    stage.play(scene)


def test_in_a_channel_a_reply_is_the_next_wish_and_a_thank_you_gets_a_sign(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        user = next(_USERS)
        await play.server.command("score", user=user, clip=play.clip(b"mine"))
        (result,) = await until(play.world.results)
        reference = {"message_id": result["id"], "channel_id": result["channel_id"]}
        await play.server.say(
            "again, only the ending", user=user, pings=True, message_reference=reference, type=19
        )
        await until(lambda: len(play.world.results()) == 2)
        assert "section 3-3" in play.world.results()[-1]["content"]
        thanks = await play.server.say("thanks!", user=user, pings=True, message_reference=reference, type=19)
        await until(lambda: play.world.reactions.get(int(thanks["id"])) == "❤")
        assert len(play.world.of_bot()) == 2

    stage.play(scene)


def test_a_section_is_chosen_by_its_button(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        user = next(_USERS)
        result = await scored(play, user)
        asked = await play.server.press(result, "One section…", user=user)
        question = await until(lambda: play.world.messages.get(asked.message or 0))
        await until(lambda: question["components"])
        assert question["flags"] & 64, "only the user sees it"
        await play.server.press(question, "0:04–0:09 tense", user=user)
        await until(lambda: len(play.world.results()) == 2)
        assert "section 2-2" in play.world.results()[-1]["content"]

    stage.play(scene)


def test_the_prompt_for_machines_stands_behind_a_button(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        user = next(_USERS)
        result = await scored(play, user, "calm")
        assert "Prompt" not in result["content"]
        asked = await play.server.press(result, "Prompt", user=user)
        shown = await until(lambda: play.world.messages.get(asked.message or 0))
        await until(lambda: shown["content"] == "calm")
        assert shown["flags"] & 64, "only the user sees it"

    stage.play(scene)


def test_five_fast_presses_make_one_job(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        user = next(_USERS)
        result = await scored(play, user)
        for _ in range(5):
            await play.server.press(result, "Another take", user=user)
        await until(lambda: len(play.world.results()) == 2)
        await until(lambda: play.world.said.count("That one is being made already.") == 4)
        assert len(await play.queue.list_for_user(f"discord:{user}")) == 2

    stage.play(scene)


def test_a_deleted_placeholder_cancels_the_job(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        user = next(_USERS)
        await play.server.command("score", user=user, clip=play.clip(b"slow"), mood="sleep 30")
        (status,) = await until_listed(play, user)
        placeholder = play.world.of_bot()[0]
        await until(lambda: "…" in placeholder["content"] and "Fetching" not in placeholder["content"])
        await play.server.delete(placeholder)
        await play.queue.watch(status.job).__anext__()
        async for seen in play.queue.watch(status.job):
            if seen.state.over:
                break
        assert seen.state == "CANCELLED"

    stage.play(scene)


async def until_listed(play: Play, user: int) -> Any:
    """The user's jobs, once there is one."""
    while not (jobs := await play.queue.list_for_user(f"discord:{user}")):
        await until(lambda: True)
    return jobs


def test_ten_attachments_become_one_film_and_none_is_lost(stage: Stage, tmp_path: Path) -> None:
    clips = [f"clip {number}".encode() for number in range(10)]

    async def scene(play: Play) -> None:
        user = next(_USERS)
        attached = [play.clip(data, f"{number}.mp4") for number, data in enumerate(clips)]
        await play.server.say("calm", user=user, private=True, attachments=attached)
        (film,) = await until(lambda: results(play, user))
        (tmp_path / "album").write_bytes(play.world.bytes_of(film))
        parts = albums.unpack(tmp_path / "album", tmp_path)
        assert [path.read_bytes() for path, _ in parts] == clips
        assert len(ours(play, user)) == 1
        await play.server.press(film, "Each on its own", user=user)
        await until(lambda: len(results(play, user)) == 11)
        assert sorted(play.world.bytes_of(each) for each in results(play, user)[1:]) == clips

    stage.play(scene)


def test_three_takes_to_choose_from_and_one_is_kept(stage: Stage) -> None:
    async def scene(play: Play) -> None:
        user = next(_USERS)
        first = await scored(play, user)
        await play.server.press(first, "Three takes", user=user)
        await until(lambda: len(results(play, user)) == 4)
        best = results(play, user)[2]
        await play.server.press(best, "Keep this one", user=user)
        await until(lambda: "Really remove the others?" in str(best["components"]))
        await play.server.press(best, "Really remove the others?", user=user)
        await until(lambda: results(play, user) == [best])

    stage.play(scene)


def packed(play: Play, result: dict[str, Any], folder: Path) -> list[tuple[bytes, str]]:
    """What was rendered: the clip, and the song beside it."""
    (folder / "packed").write_bytes(play.world.bytes_of(result))
    return [(path.read_bytes(), kind) for path, kind in albums.unpack(folder / "packed", folder)]


def test_a_song_in_the_form_is_what_it_sounds_like(stage: Stage, tmp_path: Path) -> None:
    async def scene(play: Play) -> None:
        user = next(_USERS)
        result = await scored(play, user)
        form = await play.server.press(result, "Remix…", user=user)
        await until(lambda: form.kind == 9)
        song = play.clip(b"a song", "song.mp3", "audio/mpeg")
        await play.server.fill_in(form, user=user, song=[song], extras=["loop"])
        await until(lambda: len(results(play, user)) == 2 or len(play.world.results()) == 2)
        again = play.world.results()[-1]
        assert "like True" in again["content"]
        assert "loop True" in again["content"]
        assert packed(play, again, tmp_path) == [(b"mine", "video"), (b"a song", "song")]
        wrong = await play.server.press(result, "Remix…", user=user)
        await until(lambda: wrong.kind == 9)
        asked = await play.server.fill_in(
            wrong, user=user, song=[play.clip(b"%PDF", "a.pdf", "application/pdf")]
        )
        told = await until(lambda: play.world.messages.get(asked.message or 0))
        assert told["content"].startswith("That is not a song I know.")

    stage.play(scene)


def test_a_song_beside_the_clip_of_a_command(stage: Stage, tmp_path: Path) -> None:
    async def scene(play: Play) -> None:
        song = play.clip(b"a song", "song.ogg", "audio/ogg")
        await play.server.command("score", user=next(_USERS), clip=play.clip(b"mine"), song=song)
        (result,) = await until(play.world.results)
        assert "like True" in result["content"]
        assert packed(play, result, tmp_path) == [(b"mine", "video"), (b"a song", "song")]

    stage.play(scene)


def test_a_song_in_reply_to_a_result_and_one_sent_with_the_clip(stage: Stage, tmp_path: Path) -> None:
    async def scene(play: Play) -> None:
        user = next(_USERS)
        song = play.clip(b"a song", "song.m4a", "audio/mp4")
        alone = await play.server.say("", user=user, private=True, attachments=[song])
        ours = await until(play.world.of_bot)
        assert ours[0]["content"].startswith("A song! Send it in reply to a clip"), alone
        await play.server.say("slow", user=user, private=True, attachments=[play.clip(b"mine"), song])
        (first,) = await until(play.world.results)
        assert "like True" in first["content"]
        assert packed(play, first, tmp_path) == [(b"mine", "video"), (b"a song", "song")]
        other = play.clip(b"another", "other.mp3", "audio/mpeg")
        reference = {"message_id": first["id"], "channel_id": first["channel_id"]}
        await play.server.say(
            "", user=user, private=True, attachments=[other], message_reference=reference, type=19
        )
        await until(lambda: len(play.world.results()) == 2)
        again = play.world.results()[-1]
        assert "like True" in again["content"]
        assert packed(play, again, tmp_path) == [(b"mine", "video"), (b"another", "song")]

    stage.play(scene)
