"""A TCP proxy before one server that answers late, or falls silent without closing: it is half open then."""

import asyncio
import threading
from collections.abc import Callable


class FaultyProxy:
    """Forwards from `port` of the loopback to the port that `target` names, in a thread of its own."""

    def __init__(self, target: Callable[[], int]) -> None:
        self.delay = 0.0
        """s that every answer is late."""
        self.port = 0
        self._target = target
        self._links: set[_Link] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> "FaultyProxy":
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def silence(self) -> None:
        """Forward nothing more on the present connections, and close none; new ones are as good as ever."""
        self._loop.call_soon_threadsafe(lambda: [link.flows.clear() for link in self._links])

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        link = _Link()
        self._links.add(link)
        try:
            server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self._target())
        except OSError:
            writer.close()
            return
        ways = (
            asyncio.ensure_future(self._pump(link, reader, server_writer, late=False)),
            asyncio.ensure_future(self._pump(link, server_reader, writer, late=True)),
        )
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:  # the proxy closes
            return
        finally:
            for way in ways:
                way.cancel()
            writer.close()
            server_writer.close()
            self._links.discard(link)

    async def _pump(
        self, link: "_Link", reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, late: bool
    ) -> None:
        try:
            while data := await reader.read(1 << 16):
                if late and self.delay:
                    await asyncio.sleep(self.delay)
                await link.flows.wait()
                writer.write(data)
                await writer.drain()
        except OSError:
            return


class _Link:
    """One connection: bytes flow, or wait for ever."""

    def __init__(self) -> None:
        self.flows = asyncio.Event()
        self.flows.set()
