"""The delivery adapter by itself: every verb may be told twice, and files never pass their limit."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from immersivaudio.chat.telegram import TelegramSettings
from immersivaudio.errors import BadMediaError, MediaTooLargeError
from immersivaudio.queue import Address, Artifact, Failure, JobRequest, Result, Source, State, Status, Summary
from tests.integration.telegram.people import Person
from tests.integration.telegram.server import TOKEN, BotApi
from worker.delivery.adapters import RetryLaterError, UnreachableError
from worker.delivery.adapters.telegram.adapter import TelegramAdapter, connect

JOB = "0123456789abcdef01234567"
RESULT = Result(media=Artifact(ref="x", name="scored.mp4"), summary=Summary(prompt="strings"))


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


class Stage:
    """A delivery adapter, a person, and a request of theirs."""

    def __init__(self, api: BotApi, **settings: object) -> None:
        self.api = api
        self.settings = TelegramSettings(_env_file=None, token=SecretStr(TOKEN), api=api.url, **settings)
        self.ann = Person(api)
        self.request = JobRequest(
            platform="telegram",
            update="1",
            user="telegram:42",
            reply=Address(platform="telegram", chat="42"),
        )

    def run(self, play: Callable[[TelegramAdapter], Awaitable[None]]) -> None:
        async def scene() -> None:
            adapter = connect(self.settings)
            try:
                await play(adapter)
            finally:
                await adapter.close()

        asyncio.run(scene())


def test_told_twice_it_leaves_one_message(api: BotApi, tmp_path: Path) -> None:
    stage, media = Stage(api), tmp_path / "scored.mp4"
    media.write_bytes(b"the clip")

    async def play(adapter: TelegramAdapter) -> None:
        address = await adapter.place(stage.request, JOB)
        for _ in range(2):
            await adapter.deliver(stage.request, address, RESULT, media, JOB)

    stage.run(play)
    (only,) = api.world.ours()
    assert api.world.files[only["video"]["file_id"]].data == b"the clip"


def test_late_progress_does_not_hide_the_result(api: BotApi, tmp_path: Path) -> None:
    stage, media = Stage(api), tmp_path / "scored.mp4"
    media.write_bytes(b"the clip")

    async def play(adapter: TelegramAdapter) -> None:
        address = await adapter.place(stage.request, JOB)
        await adapter.deliver(stage.request, address, RESULT, media, JOB)
        with pytest.raises(Exception, match="no text in the message"):
            await adapter.show(stage.request, address, Status(JOB, State.RUNNING, "generate", 0.5))
        await adapter.ping(stage.request, address)

    stage.run(play)
    result, ping = api.world.ours()
    assert "video" in result
    assert ping["text"] == "Your clip is ready."
    assert ping["reply_to_message"]["message_id"] == result["message_id"]


def test_progress_in_a_group_is_told_now_and_then(api: BotApi) -> None:
    stage = Stage(api)
    group = Person(api, group=-5)
    request = stage.request.model_copy(update={"reply": Address(platform="telegram", chat=str(group.chat))})

    async def play(adapter: TelegramAdapter) -> None:
        address = await adapter.place(request, JOB)
        await adapter.show(request, address, Status(JOB, State.RUNNING, "generate", 0.1))
        for tenth in range(2, 9):
            with pytest.raises(RetryLaterError) as asked:
                await adapter.show(request, address, Status(JOB, State.RUNNING, "generate", tenth / 10))
            assert 0 < asked.value.seconds <= 8, "and is shown then: nothing is lost"
        await adapter.show(request, address, Status(JOB, State.CANCELLED))

    stage.run(play)
    assert api.world.edits == 2
    assert api.world.ours()[0]["text"] == "Stopped. Nothing was made."


@pytest.mark.parametrize("fault", ["429", "502", "lost", "dropped"])
def test_what_may_pass_is_tried_later(api: BotApi, fault: str) -> None:
    stage = Stage(api)

    async def play(adapter: TelegramAdapter) -> None:
        address = await adapter.place(stage.request, JOB)
        api.weather.planned["editMessageText"] = [fault]
        with pytest.raises(RetryLaterError):
            await adapter.refuse(stage.request, address, Failure(problem="x"), JOB)
        if fault == "429":
            api.weather.planned["editMessageText"] = [fault]
            with pytest.raises(RetryLaterError, match=r"1\.1 s"):
                await adapter.refuse(stage.request, address, Failure(problem="x"), JOB)
        await adapter.refuse(stage.request, address, Failure(problem="x"), JOB)

    stage.run(play)
    assert len(api.world.ours()) == 1


def test_a_chat_that_is_gone_is_given_up(api: BotApi) -> None:
    stage = Stage(api)

    async def play(adapter: TelegramAdapter) -> None:
        address = await adapter.place(stage.request, JOB)
        with pytest.raises(UnreachableError):
            gone = address.model_copy(update={"message": "999"})
            await adapter.refuse(stage.request, gone, Failure(problem="x"), JOB)
        api.world.blocked.add("42")
        with pytest.raises(UnreachableError):
            await adapter.place(stage.request, JOB)

    stage.run(play)


def test_a_file_is_fetched_up_to_the_limit_and_no_further(api: BotApi, tmp_path: Path) -> None:
    stage, target = Stage(api), tmp_path / "clip"
    honest = api.world.keep(b"0" * 1000, "a")["file_id"]
    liar = api.world.keep(b"0" * 5000, "b", size=1000)["file_id"]
    huge = api.world.keep(b"0", "c", size=21 * 2**20)["file_id"]

    async def play(adapter: TelegramAdapter) -> None:
        await adapter.fetch(Source(file=honest), target, 1000)
        assert target.read_bytes() == b"0" * 1000
        for file in (honest, liar):
            with pytest.raises(MediaTooLargeError):
                await adapter.fetch(Source(file=file), target, 999 if file == honest else 2000)
        with pytest.raises(MediaTooLargeError, match="larger than the 20 MB"):
            await adapter.fetch(Source(file=huge), target, 2**31)
        with pytest.raises(BadMediaError, match="send the clip again"):
            await adapter.fetch(Source(file="nonsense"), target, 2**31)

    stage.run(play)


def test_a_server_of_our_own_hands_over_files_on_disk(api: BotApi, tmp_path: Path) -> None:
    stage, target = Stage(api, local_mode=True), tmp_path / "clip"
    api.world.local = tmp_path / "server"
    api.world.local.mkdir()
    big = api.world.keep(b"1" * (21 * 2**20), "big")["file_id"]

    async def play(adapter: TelegramAdapter) -> None:
        await adapter.fetch(Source(file=big), target, 2**31)
        with pytest.raises(MediaTooLargeError):
            await adapter.fetch(Source(file=big), target, 1000)

    stage.run(play)
    assert target.stat().st_size == 21 * 2**20
    assert not api.calls["download"]


def test_a_result_larger_than_telegram_takes_is_explained(api: BotApi, tmp_path: Path) -> None:
    stage, media = Stage(api), tmp_path / "stems.zip"
    with media.open("wb") as file:
        file.truncate(50 * 2**20 + 1)

    async def play(adapter: TelegramAdapter) -> None:
        address = await adapter.place(stage.request, JOB)
        await adapter.deliver(stage.request, address, RESULT, media, JOB)

    stage.run(play)
    assert api.world.ours()[0]["text"].startswith("It is ready, but at 51 MB")
    assert not api.calls["editMessageMedia"]
