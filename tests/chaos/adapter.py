"""The delivery adapter to the judge: edits the placeholder where there is one."""

import asyncio
import http.client
import json
import os
from pathlib import Path

from immersivaudio.queue.job_request import Address, JobRequest, Source
from immersivaudio.queue.result import Failure, Result
from immersivaudio.queue.state import Status
from worker.delivery.adapters import RetryLaterError, UnreachableError


class JudgeCourier:
    """Speaks the judge's two calls."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def place(self, job_request: JobRequest, job: str) -> Address:
        sent = await self._call("POST", "/messages", job_request, "queued", "")
        return job_request.reply.model_copy(update={"message": sent["id"]})

    async def fetch(self, source: Source, path: Path, limit: int) -> None:
        path.write_text(source.file)

    async def show(self, job_request: JobRequest, address: Address, status: Status) -> None:
        await self._put(job_request, address, "progress", f"{status.state} {status.stage} {status.done:.1f}")

    async def deliver(
        self, job_request: JobRequest, address: Address, result: Result, media: Path, job: str
    ) -> None:
        if job_request.options.mood.startswith("later"):
            self._ask_for_patience(job_request)
        await self._put(job_request, address, "result", media.read_text())

    async def refuse(self, job_request: JobRequest, address: Address, failure: Failure, job: str) -> None:
        await self._put(job_request, address, "notice", str(failure))

    async def ping(self, job_request: JobRequest, address: Address) -> None:
        return

    async def close(self) -> None:
        return

    def _ask_for_patience(self, job_request: JobRequest) -> None:
        """Until the death that the mood asks for was died."""
        if not (Path(os.environ["DEATHS"]) / job_request.options.mood.replace(" ", "_")).exists():
            raise RetryLaterError(0.1)

    async def _put(self, job_request: JobRequest, address: Address, kind: str, body: str) -> None:
        if address.message == "none":  # the control run: nobody wrote the placeholder down
            await self._call("POST", "/messages", job_request, kind, body)
        else:
            await self._call("PUT", f"/messages/{address.message}", job_request, kind, body)

    async def _call(
        self, method: str, path: str, job_request: JobRequest, kind: str, body: str
    ) -> dict[str, str]:
        request = {"request": job_request.reply.chat, "kind": kind, "body": body}
        return await asyncio.to_thread(self._blocking, method, path, json.dumps(request))

    def _blocking(self, method: str, path: str, body: str) -> dict[str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        try:
            connection.request(method, path, body)
            response = connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, http.client.HTTPException) as error:
            raise RetryLaterError(0.1) from error
        finally:
            connection.close()
        if response.status == 404:
            raise UnreachableError
        if response.status != 200:
            raise RetryLaterError(float(answer["retry_after"]))
        return dict(answer)


def build() -> JudgeCourier:
    return JudgeCourier(int(os.environ["JUDGE_PORT"]))
