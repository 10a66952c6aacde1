"""The HTTP API's: a client watches the job and fetches the result, and is called where it asked to be.

A call goes only to origins on the operator's list, follows no redirect, and has the same id at every try.
"""

from pathlib import Path

import httpx
import orjson

from immersivaudio.chat.api import ApiSettings, webhook_headers
from immersivaudio.queue.job_request import Address, JobRequest
from immersivaudio.queue.result import Failure, Result
from worker.delivery.adapters import RetryLaterError, UnreachableError
from worker.delivery.adapters.pickup import PickupAdapter

_PATIENCE = 10.0
"""s for an answer."""
_AGAIN = 5.0
_GONE = frozenset((404, 410))


class WebhookAdapter(PickupAdapter):
    """For programs that pick the result up, and may have named a webhook that is called when it is there."""

    def __init__(self, settings: ApiSettings) -> None:
        self._settings = settings
        self._client = httpx.AsyncClient(timeout=_PATIENCE, follow_redirects=False, trust_env=False)

    async def deliver(
        self, request: JobRequest, address: Address, result: Result, media: Path, job: str
    ) -> None:
        await self._call(request, job, {"state": "DELIVERED"})

    async def refuse(self, request: JobRequest, address: Address, failure: Failure, job: str) -> None:
        told = {"problem": failure.problem, "remedy": failure.remedy}
        await self._call(request, job, {"state": "DEAD", "failure": told})

    async def close(self) -> None:
        await self._client.aclose()

    async def _call(self, request: JobRequest, job: str, facts: dict[str, object]) -> None:
        url = request.reply.extra.get("webhook", "")
        client = self._settings.clients.get(request.user.partition(":")[2])
        if not url:
            return
        if client is None or not self._settings.may_call(url):  # taken off the lists meanwhile
            raise UnreachableError
        body = orjson.dumps({"type": "job.finished", "job": job, **facts})
        headers = webhook_headers(client.webhook_secret, job, body) | {"content-type": "application/json"}
        try:
            async with self._client.stream("POST", url, content=body, headers=headers) as answer:
                code = answer.status_code  # what it says beside that is not read
        except httpx.HTTPError:
            raise RetryLaterError(_AGAIN) from None
        if code in _GONE:
            raise UnreachableError
        if code >= 300:
            raise RetryLaterError(_AGAIN)


def build() -> WebhookAdapter:
    """With the settings of the environment."""
    return WebhookAdapter(ApiSettings())
