"""Clips from Telegram, or from the folder of a Bot API server of our own: never more than allowed."""

import asyncio
import shutil
from contextlib import suppress
from pathlib import Path

import httpx

from immersivaudio.errors import BadMediaError, MediaTooLargeError
from worker.delivery.adapters import RetryLaterError

_CHUNK = 1 << 16


class TelegramFiles:
    """Downloads with a cap, without following redirects."""

    def __init__(self) -> None:
        self._client = httpx.AsyncClient(timeout=httpx.Timeout(30.0), follow_redirects=False)

    async def download(self, url: str, path: Path, limit: int) -> None:
        """Bytes to `path` as they come, and no more than `limit` of them."""
        got = 0
        try:
            async with self._client.stream("GET", url) as response:
                if response.status_code == httpx.codes.NOT_FOUND:
                    raise BadMediaError(
                        "Telegram no longer has this file", "send the clip again", stage="fetch"
                    )
                if response.status_code != httpx.codes.OK:
                    raise RetryLaterError
                with path.open("wb") as file:
                    async for chunk in response.aiter_bytes(_CHUNK):
                        got += len(chunk)
                        if got > limit:
                            raise too_large(limit)
                        file.write(chunk)
        except httpx.HTTPError:
            raise RetryLaterError from None  # its message may quote the URL, and that holds the token

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()


async def copy(source: Path, target: Path, limit: int) -> None:
    """Copy a file from a local disk."""
    await asyncio.to_thread(_copy, source, target, limit)


def _copy(source: Path, target: Path, limit: int) -> None:
    with suppress(FileNotFoundError):
        if source.stat().st_size > limit:
            raise too_large(limit)
        shutil.copyfile(source, target)
        return
    raise BadMediaError("the Bot API server's file is not here", "send the clip again", stage="fetch")


def too_large(limit: int) -> MediaTooLargeError:
    """The refusal of a file above `limit` bytes."""
    megabytes = limit // 2**20
    return MediaTooLargeError(
        f"this file is larger than the {megabytes} MB I may fetch",
        "send it compressed, or trim it",
        stage="fetch",
    )
