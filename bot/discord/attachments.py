"""Attachments, copied into the store at once: a command's has no message from which to fetch it again."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import aiohttp
import discord

from bot import songs
from bot.discord.context import DiscordContext
from bot.validation import (
    Kind,
    OfferedFile,
    Refusal,
    editor_cuts,
    examine,
    examine_song,
    is_cut_list,
    too_big,
)
from immersivaudio.queue import ArtifactStore, EditorCuts, Source, albums
from immersivaudio.queue.job_request import CUTS_CAP

_PATIENCE = aiohttp.ClientTimeout(total=180.0, sock_connect=10.0, sock_read=20.0)
_CHUNK = 256 * 1024
_IN_MEMORY = 16 * 2**20
"""Bytes of a clip that is held in memory on its way into the store; a few are at once (`Desk.busy`)."""


def offer(attachment: discord.Attachment) -> OfferedFile:
    """What Discord tells of an attachment before it is downloaded."""
    return OfferedFile(
        media_type=attachment.content_type or "",
        name=attachment.filename,
        size=attachment.size,
        duration=attachment.duration,
    )


def is_media(attachment: discord.Attachment, context: DiscordContext) -> bool:
    """Whether it may be a clip, too big or not."""
    verdict = examine(offer(attachment), context.limits)
    return not (isinstance(verdict, Refusal) and verdict.key == "refuse.not-media")


def is_song(attachment: discord.Attachment, context: DiscordContext) -> bool:
    """Whether it may be a song to sound like, too big or not."""
    refusal = examine_song(offer(attachment), context.limits)
    return refusal is None or refusal.key != "refuse.not-song"


async def copy(context: DiscordContext, attachment: discord.Attachment, kind: Kind) -> Source | Refusal:
    """Download at most the limit, follow no redirect, and keep the bytes."""
    limit = context.limits.fetch
    keep = _by_memory if attachment.size <= _IN_MEMORY else _by_file
    try:
        async with context.web.get(attachment.url, allow_redirects=False, timeout=_PATIENCE) as answer:
            if answer.status != 200:
                return Refusal("refuse.fetch")
            ref, size = await keep(context.queue.store, answer.content.iter_chunked(_CHUNK), limit)
    except (aiohttp.ClientError, TimeoutError):
        return Refusal("refuse.fetch")
    return Source(ref=ref, kind=kind, bytes=size) if ref else too_big(size, context.limits)


async def read_cut_list(context: DiscordContext, attachment: discord.Attachment) -> EditorCuts | Refusal:
    """Download a cut list, which is small: its text travels in the request."""
    if attachment.size > CUTS_CAP or not is_cut_list(attachment.filename):
        return Refusal("refuse.cuts")
    try:
        async with context.web.get(attachment.url, allow_redirects=False, timeout=_PATIENCE) as answer:
            if answer.status != 200:
                return Refusal("refuse.fetch")
            data = await answer.content.read(CUTS_CAP + 1)
            while len(data) <= CUTS_CAP and (more := await answer.content.read(_CHUNK)):
                data += more
    except (aiohttp.ClientError, TimeoutError):
        return Refusal("refuse.fetch")
    return editor_cuts(attachment.filename, data)


async def with_song(context: DiscordContext, source: Source, song: discord.Attachment) -> Source | Refusal:
    """Put a song beside a clip or an album of the store; another song that lay there goes."""
    heard = await copy(context, song, "video")
    if isinstance(heard, Refusal):
        return heard
    packed = await songs.beside(context.queue.store, source, heard.ref)
    await context.queue.store.drop(heard.ref)
    return packed


async def copy_album(
    context: DiscordContext, parts: Sequence[tuple[discord.Attachment, Kind]]
) -> Source | Refusal:
    """Download several, and keep them as one; what cannot be fetched is empty, and the film says so."""
    store, refusal, size = context.queue.store, Refusal("refuse.fetch"), 0
    with tempfile.TemporaryDirectory(prefix="album-") as folder:
        packed: list[tuple[Path, Kind]] = []
        for number, (attachment, kind) in enumerate(parts):
            path, source = Path(folder) / f"{number}", await copy(context, attachment, kind)
            if isinstance(source, Refusal):
                refusal = source
                path.write_bytes(b"")
            else:
                await store.get(source.ref, path)
                await store.drop(source.ref)
                size += path.stat().st_size
            packed.append((path, kind))
        if not size:
            return refusal
        await asyncio.to_thread(albums.pack, packed, Path(folder) / "album")
        return Source(ref=await store.put(Path(folder) / "album"), kind="album", bytes=size)


async def _by_memory(store: ArtifactStore, chunks: AsyncIterator[bytes], limit: int) -> tuple[str, int]:
    """Store a small file by way of memory: a temporary file would delay the acknowledgements of others.

    Stops at the first chunk beyond the limit; returns the reference ("": too big) and the bytes seen.
    """
    data = bytearray()
    async for chunk in chunks:
        data += chunk
        if len(data) > min(limit, _IN_MEMORY):
            return "", max(len(data), limit + 1)
    return await store.put_bytes(bytes(data)), len(data)


async def _by_file(store: ArtifactStore, chunks: AsyncIterator[bytes], limit: int) -> tuple[str, int]:
    """For what is large; returns what `_by_memory` does."""
    size = 0
    with tempfile.TemporaryDirectory(prefix="attachment-") as folder:
        path = Path(folder) / "clip"
        with path.open("wb") as file:
            async for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    return "", size
                file.write(chunk)
        return await store.put(path), size
