"""The file: RIFF chunks (section 4), and the nine tables of the `pdta` list (section 7)."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from immersivaudio.music.errors import SoundFontError

Table = NDArray[np.void]

_BAG = np.dtype([("gen", "<u2"), ("mod", "<u2")])
_GEN = np.dtype([("oper", "<u2"), ("amount", "<i2")])
_MOD = np.dtype([("src", "<u2"), ("dest", "<u2"), ("amount", "<i2"), ("src2", "<u2"), ("transform", "<u2")])
RECORDS: dict[str, np.dtype[np.void]] = {
    "phdr": np.dtype(
        [
            ("name", "S20"),
            ("program", "<u2"),
            ("bank", "<u2"),
            ("bag", "<u2"),
            ("library", "<u4"),
            ("genre", "<u4"),
            ("morphology", "<u4"),
        ]
    ),
    "pbag": _BAG,
    "pmod": _MOD,
    "pgen": _GEN,
    "inst": np.dtype([("name", "S20"), ("bag", "<u2")]),
    "ibag": _BAG,
    "imod": _MOD,
    "igen": _GEN,
    "shdr": np.dtype(
        [
            ("name", "S20"),
            ("start", "<u4"),
            ("end", "<u4"),
            ("loop_start", "<u4"),
            ("loop_end", "<u4"),
            ("rate", "<u4"),
            ("root", "u1"),
            ("correction", "i1"),
            ("link", "<u2"),
            ("type", "<u2"),
        ]
    ),
}


@dataclass(frozen=True, slots=True)
class Chunks:
    """What the file holds. Every table ends with the specification's terminal record."""

    tables: dict[str, Table]
    pool: NDArray[np.uint8]
    """The bytes of `smpl`, mapped, not read: 16-bit samples, and Vorbis streams in an sf3."""


def read(path: Path) -> Chunks:
    """Map the file and check its frame; raises SoundFontError where it is not a SoundFont."""
    try:
        data = np.memmap(path, np.uint8, "r")
    except (OSError, ValueError) as error:
        raise SoundFontError(f"The SoundFont {path.name} cannot be read. Choose another one.") from error
    if len(data) < 12 or bytes(data[:4]) != b"RIFF" or bytes(data[8:12]) != b"sfbk":
        raise SoundFontError(f"{path.name} is not a SoundFont (.sf2, .sf3). Choose another one.")
    found: dict[str, NDArray[np.uint8]] = {}
    for kind, body in _walk(data[12:]):
        if kind == b"LIST" and bytes(body[:4]) in (b"sdta", b"pdta"):
            found.update((name.decode("latin-1"), part) for name, part in _walk(body[4:]))
    missing = [name for name in ("smpl", *RECORDS) if name not in found]
    if missing:
        raise SoundFontError(f"The SoundFont {path.name} is damaged: it lacks {', '.join(missing)}.")
    return Chunks({name: _table(found[name], name, path) for name in RECORDS}, found["smpl"])


def _walk(data: NDArray[np.uint8]) -> list[tuple[bytes, NDArray[np.uint8]]]:
    """Return (name, body) of each chunk; a chunk that runs past its parent is cut off there."""
    chunks, at = [], 0
    while at + 8 <= len(data):
        size = int.from_bytes(bytes(data[at + 4 : at + 8]), "little")
        chunks.append((bytes(data[at : at + 4]), data[at + 8 : at + 8 + size]))
        at += 8 + size
        # Odd chunks are padded with a zero; the common sf3 writer forgets it, and no name begins with one.
        at += size % 2 if at < len(data) and data[at] == 0 else 0
    return chunks


def _table(body: NDArray[np.uint8], name: str, path: Path) -> Table:
    record = RECORDS[name]
    count = len(body) // record.itemsize
    if count < 1:
        raise SoundFontError(f"The SoundFont {path.name} is damaged: its table {name} is empty.")
    return np.frombuffer(bytes(body[: count * record.itemsize]), record)
