"""A song beside a clip of the store: what the music is to be like travels in one artifact with it."""

import asyncio
import tempfile
from pathlib import Path

from immersivaudio.queue import ArtifactStore, Source, albums
from immersivaudio.queue.job_request import PartKind


async def beside(store: ArtifactStore, source: Source, song: str) -> Source:
    """Pack the song at `song` with a clip or an album, in place of one that lay there; both stay as they are.

    Raises `GoneError` where either is no longer kept.
    """
    with tempfile.TemporaryDirectory(prefix="song-") as folder:
        clip, file, packed = (Path(folder) / name for name in ("clip", "file", "packed"))
        await store.get(song, file)
        await store.get(source.ref, clip)
        kind: PartKind = "photo" if source.kind == "photo" else "video"
        parts: list[tuple[Path, PartKind]] = [(clip, kind)]
        if source.song or source.kind == "album":
            unpacked = await asyncio.to_thread(albums.unpack, clip, Path(folder))
            parts = [(path, kind) for path, kind in unpacked if kind != "song"]
        await asyncio.to_thread(albums.pack, [*parts, (file, "song")], packed)
        return source.changed(ref=await store.put(packed), song=True)
