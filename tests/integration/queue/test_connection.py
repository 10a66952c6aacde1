"""Connections that are cut at the worst moments."""

import asyncio
from dataclasses import dataclass

import pytest
from redis.exceptions import ConnectionError as Cut

from immersivaudio.queue import Queue, QueueSettings
from tests.integration.queue.letters import letter


@dataclass
class Proxy:
    """Stands before Redis and cuts the first `cuts` connections after `after` bytes from the client."""

    socket: str
    cuts: int
    after: int

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        doomed, self.cuts = self.cuts > 0, self.cuts - 1
        if doomed:
            await reader.read(self.after)
            writer.transport.abort()
            return
        behind = await asyncio.open_unix_connection(self.socket)
        await asyncio.gather(_copy(reader, behind[1]), _copy(behind[0], writer))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()


@pytest.mark.parametrize("after", [1, 40, 4096], ids=["in the greeting", "in a command", "before its answer"])
def test_a_cut_is_tried_again_and_the_request_is_one_request(settings: QueueSettings, after: int) -> None:
    async def story() -> None:
        proxy = Proxy(settings.url.removeprefix("unix://"), cuts=6, after=after)
        server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        through = QueueSettings(
            _env_file=None,
            redis_url=f"redis://127.0.0.1:{port}",
            namespace=settings.namespace,
            data=settings.data,
        )
        async with Queue.connect(through) as queue:
            assert (await queue.submit(letter())).outcome == "accepted"
            assert await queue.redis.zcard(queue.ledger.queue("render")) == 1
        assert proxy.cuts <= 0
        server.close()

    asyncio.run(story())


def test_patience_ends(settings: QueueSettings) -> None:
    async def story() -> None:
        nowhere = settings.model_copy(update={"patience": 0.5, "redis_url": None})
        async with Queue.connect(nowhere) as queue:
            with pytest.raises(Cut):
                await queue.ready()

    asyncio.run(story())
