"""Connections that are cut at the worst moments."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

import pytest
from redis.exceptions import ConnectionError as Cut

from immersivaudio.queue import Queue, QueueSettings
from tests.integration.queue.requests import request
from tests.patience import PATIENCE


@dataclass
class Proxy:
    """Stands before Redis, and cuts `cuts` connections at a chosen moment."""

    socket: str
    moment: str
    cuts: int = 6
    open: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        try:
            await self._pass(reader, writer)
        finally:
            self.open -= 1

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_unix_connection(self.socket)
        answers = asyncio.ensure_future(_copy(back, writer))
        while data := await reader.read(65536):
            if self.cuts > 0 and (self.moment == "greeting" or b"EVAL" in data):
                self.cuts -= 1
                if self.moment == "answer":
                    answers.cancel()
                    await asyncio.wait({answers})
                    forth.write(data)
                    await forth.drain()
                    await back.read(1)  # Redis did it; nobody will hear
                writer.transport.abort()
                break
            forth.write(data)
        answers.cancel()
        for each in (forth, writer):
            each.close()
            with suppress(OSError):
                await each.wait_closed()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)


@pytest.mark.parametrize("moment", ["greeting", "command", "answer"])
def test_a_cut_is_tried_again_and_the_request_is_one_request(settings: QueueSettings, moment: str) -> None:
    async def story() -> None:
        proxy = Proxy(settings.url.removeprefix("unix://"), moment)
        server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        through = QueueSettings(
            _env_file=None,
            redis_url=f"redis://127.0.0.1:{port}",
            namespace=settings.namespace,
            data=settings.data,
        )
        async with Queue.connect(through) as queue:
            assert (await queue.submit(request())).outcome == "accepted"
            assert await queue.redis.zcard(queue.job_store.queue("render")) == 1
        assert proxy.cuts == 0
        server.close()
        async with asyncio.timeout(PATIENCE):
            while proxy.open:
                await asyncio.sleep(0.01)

    asyncio.run(story())


def test_whoever_is_told_to_stop_does_not_wait_on(settings: QueueSettings) -> None:
    """However many turns of the event loop later the order comes."""

    async def story() -> None:
        async with Queue.connect(settings) as queue:
            await queue.ping()
            for turns in range(12):
                waiting = asyncio.ensure_future(queue.redis.xread({"nothing": "0"}, block=8000))
                for _ in range(turns):
                    await asyncio.sleep(0)
                waiting.cancel()
                await asyncio.wait({waiting}, timeout=6)
                assert waiting.done(), f"the order was lost after {turns} turns"
                assert waiting.cancelled()
            assert await queue.redis.echo("hello") == b"hello", "an answer is for who asked"

    asyncio.run(story())


def test_patience_ends(settings: QueueSettings) -> None:
    async def story() -> None:
        nowhere = settings.model_copy(update={"patience": 0.5, "redis_url": None})
        async with Queue.connect(nowhere) as queue:
            with pytest.raises(Cut):
                await queue.ping()

    asyncio.run(story())
