"""The courier to the judge: edits the placeholder where there is one; without a ledger there is none."""

import asyncio
import http.client
import json
import os
from pathlib import Path

from immersivaudio.queue.letter import Address, Letter, Source
from immersivaudio.queue.result import Failure, Result
from immersivaudio.queue.state import Status
from worker.couriers import LaterError, UnreachableError


class JudgeCourier:
    """Speaks the judge's two calls."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def place(self, letter: Letter, job: str) -> Address:
        sent = await self._call("POST", "/messages", letter, "queued", "")
        return letter.reply.model_copy(update={"message": sent["id"]})

    async def fetch(self, source: Source, path: Path, limit: int) -> None:
        path.write_text(source.file)

    async def show(self, letter: Letter, address: Address, status: Status) -> None:
        await self._put(letter, address, "progress", f"{status.state} {status.stage} {status.done:.1f}")

    async def deliver(self, letter: Letter, address: Address, result: Result, media: Path, job: str) -> None:
        if letter.ask.mood.startswith("later"):
            self._ask_for_patience(letter)
        await self._put(letter, address, "result", media.read_text())

    async def refuse(self, letter: Letter, address: Address, failure: Failure, job: str) -> None:
        await self._put(letter, address, "notice", str(failure))

    async def ping(self, letter: Letter, address: Address) -> None:
        return

    async def close(self) -> None:
        return

    def _ask_for_patience(self, letter: Letter) -> None:
        """Until the death that the mood asks for was died."""
        if not (Path(os.environ["DEATHS"]) / letter.ask.mood.replace(" ", "_")).exists():
            raise LaterError(0.1)

    async def _put(self, letter: Letter, address: Address, kind: str, body: str) -> None:
        if address.message == "none":  # the control run: nobody wrote the placeholder down
            await self._call("POST", "/messages", letter, kind, body)
        else:
            await self._call("PUT", f"/messages/{address.message}", letter, kind, body)

    async def _call(self, method: str, path: str, letter: Letter, kind: str, body: str) -> dict[str, str]:
        request = {"request": letter.reply.chat, "kind": kind, "body": body}
        return await asyncio.to_thread(self._blocking, method, path, json.dumps(request))

    def _blocking(self, method: str, path: str, body: str) -> dict[str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        try:
            connection.request(method, path, body)
            response = connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, http.client.HTTPException) as error:
            raise LaterError(0.1) from error
        finally:
            connection.close()
        if response.status == 404:
            raise UnreachableError
        if response.status != 200:
            raise LaterError(float(answer["retry_after"]))
        return dict(answer)


def build() -> JudgeCourier:
    return JudgeCourier(int(os.environ["JUDGE_PORT"]))
