"""Several clips and photos in one artifact of the store: an archive that only we write, one entry a part."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

from immersivaudio.queue.job_request import MediumKind

_EPOCH = (2000, 1, 1, 0, 0, 0)
"""The time of every entry: the same parts are the same bytes, and are looked at once."""
_MOST = 60
"""Entries of one album."""


def pack(parts: Sequence[tuple[Path, MediumKind]], out: Path) -> None:
    """Write the parts to `out` in their order, as they are."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, (path, kind) in enumerate(parts, 1):
            entry = zipfile.ZipInfo(f"{number:02d}.{kind}", _EPOCH)
            with path.open("rb") as source, archive.open(entry, "w") as target:
                while chunk := source.read(1 << 20):
                    target.write(chunk)


def unpack(album: Path, folder: Path) -> list[tuple[Path, MediumKind]]:
    """Write the parts into `folder`, and return them in order. Raises `ValueError` for another archive."""
    found: list[tuple[Path, MediumKind]] = []
    try:
        with zipfile.ZipFile(album) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST or any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
                raise ValueError("not an album of ours")
            for number, entry in enumerate(entries, 1):
                kind: MediumKind = "photo" if entry.filename.endswith(".photo") else "video"
                path = folder / f"part-{number:02d}"
                with archive.open(entry) as source, path.open("wb") as target:
                    while chunk := source.read(1 << 20):
                        target.write(chunk)
                found.append((path, kind))
    except zipfile.BadZipFile:
        raise ValueError("not an album of ours") from None
    return found
