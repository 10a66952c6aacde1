"""Attachments, copied into the store at once: a command's has no message from which to fetch it again."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import discord

from bot.discord.frontend import Desk
from bot.intake import Kind, Offer, Refusal, examine, too_big
from immersivaudio.queue import Source

_PATIENCE = aiohttp.ClientTimeout(total=180.0, sock_connect=10.0, sock_read=20.0)
_CHUNK = 256 * 1024


def offer(attachment: discord.Attachment) -> Offer:
    """What Discord tells of an attachment before it is downloaded."""
    return Offer(
        media_type=attachment.content_type or "",
        name=attachment.filename,
        size=attachment.size,
        duration=attachment.duration,
    )


def is_media(attachment: discord.Attachment, desk: Desk) -> bool:
    """Whether it may be a clip, too big or not."""
    verdict = examine(offer(attachment), desk.limits)
    return not (isinstance(verdict, Refusal) and verdict.key == "refuse.not-media")


async def copy(desk: Desk, attachment: discord.Attachment, kind: Kind) -> Source | Refusal:
    """Download at most the limit, follow no redirect, and keep the bytes."""
    with tempfile.TemporaryDirectory(prefix="attachment-") as folder:
        path = Path(folder) / "clip"
        try:
            async with desk.web.get(attachment.url, allow_redirects=False, timeout=_PATIENCE) as answer:
                if answer.status != 200:
                    return Refusal("refuse.fetch")
                size = await _write(answer.content.iter_chunked(_CHUNK), path, desk.limits.fetch)
        except (aiohttp.ClientError, TimeoutError):
            return Refusal("refuse.fetch")
        if size > desk.limits.fetch:
            return too_big(size, desk.limits)
        ref = await desk.queue.store.put(path)
    return Source(ref=ref, kind=kind, bytes=size)


async def _write(chunks: AsyncIterator[bytes], path: Path, limit: int) -> int:
    """Stops at the first chunk beyond the limit; returns the bytes seen."""
    size = 0
    with path.open("wb") as file:
        async for chunk in chunks:
            size += len(chunk)
            if size > limit:
                break
            file.write(chunk)
    return size
