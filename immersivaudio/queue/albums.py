"""Several clips, photos or a song in one artifact of the store: an archive that only we write."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from immersivaudio.queue.job_request import PartKind

_EPOCH = (2000, 1, 1, 0, 0, 0)
"""The time of every entry: the same parts are the same bytes, and are looked at once."""
_MOST = 61
"""Entries of one album, and a song."""
_KINDS: Mapping[str, PartKind] = {"photo": "photo", "song": "song"}


def pack(parts: Sequence[tuple[Path, PartKind]], out: Path) -> None:
    """Write the parts to `out` in their order, as they are."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, (path, kind) in enumerate(parts, 1):
            entry = zipfile.ZipInfo(f"{number:02d}.{kind}", _EPOCH)
            with path.open("rb") as source, archive.open(entry, "w") as target:
                while chunk := source.read(1 << 20):
                    target.write(chunk)


def unpack(album: Path, folder: Path) -> list[tuple[Path, PartKind]]:
    """Write the parts into `folder`, and return them in order. Raises `ValueError` for another archive."""
    found: list[tuple[Path, PartKind]] = []
    try:
        with zipfile.ZipFile(album) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST or any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
                raise ValueError("not an album of ours")
            for number, entry in enumerate(entries, 1):
                kind = _KINDS.get(entry.filename.rpartition(".")[2], "video")
                path = folder / f"part-{number:02d}"
                with archive.open(entry) as source, path.open("wb") as target:
                    while chunk := source.read(1 << 20):
                        target.write(chunk)
                found.append((path, kind))
    except zipfile.BadZipFile:
        raise ValueError("not an album of ours") from None
    return found
