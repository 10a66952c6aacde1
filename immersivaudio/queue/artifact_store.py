"""The artifact store: bytes by random reference, through fsspec; kept for a day.

A reference is "<hour>/<random>.<suffix>": the hour makes throwing away cheap, the rest cannot be guessed, and
nothing in it comes from a user. A file appears whole or not at all.
"""

import asyncio
import re
import secrets
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import fsspec
from fsspec.implementations.local import LocalFileSystem

from immersivaudio import installation
from immersivaudio.errors import BackendUnavailableError, UserError
from immersivaudio.queue.settings import QueueSettings

_HOUR = "%Y%m%d%H"
_REF = re.compile(r"\d{10}/[0-9a-f]{32}(\.[a-z0-9]{1,8})?")


class GoneError(UserError):
    """The file was thrown away after its time, or never was."""

    def __init__(self) -> None:
        super().__init__("this file is no longer kept", "send the clip again", stage="store")


class ArtifactStore:
    """Files in a folder, or in a bucket that several machines share.

    Raises `BackendUnavailableError` where the library for such a bucket is not installed.
    """

    def __init__(self, settings: QueueSettings, now: Callable[[], float] | None = None) -> None:
        """`now` is the Unix time, s, by which hours are told; else this machine's."""
        self._now = now or time.time
        try:
            self._filesystem, self._root = fsspec.core.url_to_fs(
                settings.store_url,
                use_listings_cache=False,  # the other machines write there, too
            )
        except ImportError as error:
            remedy = f"install it with: {installation.command('s3')}" if "s3fs" in str(error) else str(error)
            raise BackendUnavailableError("the store needs a library", remedy, stage="store") from error
        self._hours = settings.artifact_hours
        self._spare = settings.free_bytes
        self._local = isinstance(self._filesystem, LocalFileSystem)

    async def put(self, path: Path, suffix: str = "") -> str:
        """Keep a copy of the file; returns its reference."""
        return await asyncio.to_thread(self._put, path, suffix)

    async def put_bytes(self, data: bytes, suffix: str = "") -> str:
        """Keep these bytes; returns their reference."""
        return await asyncio.to_thread(self._write, data, suffix)

    async def get(self, ref: str, path: Path) -> None:
        """Copy a kept file to `path`; raises `GoneError` when it is gone."""
        await asyncio.to_thread(self._get, ref, path)

    async def open(self, ref: str) -> BinaryIO:
        """A kept file, open for reading; raises `GoneError` when it is gone."""
        return await asyncio.to_thread(self._open, ref)

    async def has(self, ref: str) -> bool:
        """Whether the file is still kept."""
        return bool(_REF.fullmatch(ref)) and await asyncio.to_thread(
            self._filesystem.isfile, self._place(ref)
        )

    async def drop(self, ref: str) -> None:
        """Throw one file away; it may be gone already."""
        await asyncio.to_thread(self._drop, ref)

    async def has_room(self, size: int = 0) -> bool:
        """Whether `size` bytes more leave enough free for what was accepted. A bucket always has room."""
        return not self._local or await asyncio.to_thread(self._free) - size >= self._spare

    async def purge(self) -> int:
        """Throw away every hour that is older than the time to live; returns how many hours went."""
        return await asyncio.to_thread(self._purge)

    @property
    def folder(self) -> Path | None:
        """Where the files lie; None for a bucket."""
        return Path(self._root) if self._local else None

    def _free(self) -> int:
        """Bytes."""
        folder = Path(self._root)
        while not folder.exists():
            folder = folder.parent
        return shutil.disk_usage(folder).free

    def _put(self, path: Path, suffix: str) -> str:
        return self._whole(suffix, lambda hidden: self._filesystem.put_file(str(path), hidden))

    def _write(self, data: bytes, suffix: str) -> str:
        return self._whole(suffix, lambda hidden: self._filesystem.pipe_file(hidden, data))

    def _whole(self, suffix: str, write: Callable[[str], None]) -> str:
        """Write under a hidden name, then give it its own; nothing stays of what broke off.

        An object of a bucket appears whole or not at all by itself, and renaming it would copy it.
        """
        ref, hidden, place = self._places(suffix)
        if not self._local:
            write(place)
            return ref
        try:
            write(hidden)
            self._filesystem.mv(hidden, place)
        except BaseException:
            with suppress(OSError):
                self._filesystem.rm_file(hidden)
            raise
        return ref

    def _get(self, ref: str, path: Path) -> None:
        with self._open(ref) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)

    def _open(self, ref: str) -> Any:
        try:
            return self._filesystem.open(self._place(ref), "rb")
        except FileNotFoundError as error:
            raise GoneError from error

    def _drop(self, ref: str) -> None:
        try:
            self._filesystem.rm_file(self._place(ref))
        except (FileNotFoundError, GoneError):
            return

    def _purge(self) -> int:
        oldest = self._time() - timedelta(hours=self._hours + 1)
        if not self._filesystem.isdir(self._root):
            return 0
        old = [
            folder
            for folder in self._filesystem.ls(self._root, detail=False)
            if re.fullmatch(r"\d{10}", hour := folder.rstrip("/").rpartition("/")[2])
            and hour < oldest.strftime(_HOUR)
        ]
        for folder in old:
            self._filesystem.rm(folder, recursive=True)
        return len(old)

    def _places(self, suffix: str) -> tuple[str, str, str]:
        hour = self._time().strftime(_HOUR)
        ref = f"{hour}/{secrets.token_hex(16)}{suffix.lower()}"
        place = self._place(ref)
        self._filesystem.makedirs(f"{self._root}/{hour}", exist_ok=True)
        return ref, f"{place}.part", place

    def _time(self) -> datetime:
        return datetime.fromtimestamp(self._now(), UTC)

    def _place(self, ref: str) -> str:
        if not _REF.fullmatch(ref):
            raise GoneError
        return f"{self._root}/{ref}"
