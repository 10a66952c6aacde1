"""A folder that carries what was seen from one command to the next: JSON beside PNG frames.

Lossless, so that seven commands in a row give what one `score` gives.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from PIL import Image as Pictures
from pydantic import TypeAdapter, ValidationError

from immersivaudio import targets
from immersivaudio.errors import UserError
from immersivaudio.values import Clip, Curves, Description, Detection, Footage, Frame, Moment, Selection, Shot

T = TypeVar("T")

FOOTAGE, DETECTIONS, SELECTION, DESCRIPTIONS = (
    "footage.json",
    "detections.json",
    "selection.json",
    "descriptions.json",
)
_MAKERS = {FOOTAGE: "frames", DETECTIONS: "detect", SELECTION: "select", DESCRIPTIONS: "describe"}
_CURVES = ("motion", "brightness", "saturation", "warmth", "pan")


@dataclass(frozen=True, slots=True)
class _StoredFootage:
    """Footage without its arrays: what the JSON file holds."""

    clip: Clip
    frames: tuple[tuple[str, int, str], ...]
    """(time, shot, file name) of each frame."""
    shots: tuple[Shot, ...]
    moments: tuple[Moment, ...]
    speech: tuple[tuple[str, str], ...]
    rate: str
    curves: dict[str, list[float]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Footage:
    """What `footage.json` says of the clip, without the rest."""

    clip: Clip


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found in a clip's frames."""

    clip_sha256: str
    found: Any


def save_footage(footage: Footage, folder: Path) -> None:
    """Write `footage.json` and one PNG a frame into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"frame_{index:04d}.png" for index in range(len(footage.frames))]
    for frame, name in zip(footage.frames, names, strict=True):
        Pictures.fromarray(frame.image).save(folder / name, compress_level=1)
    seen = _StoredFootage(
        clip=footage.clip,
        frames=tuple(
            (str(frame.time), frame.shot, name) for frame, name in zip(footage.frames, names, strict=True)
        ),
        shots=footage.shots,
        moments=footage.moments,
        speech=tuple((str(start), str(end)) for start, end in footage.speech),
        rate=str(footage.curves.rate),
        curves={name: getattr(footage.curves, name).tolist() for name in _CURVES},
        notes=footage.notes,
    )
    plain = TypeAdapter(Any).dump_python(seen, mode="json")
    targets.write_text(folder / FOOTAGE, json.dumps(plain, indent=1, ensure_ascii=False) + "\n")


def load_footage(folder: Path) -> Footage:
    """Read back what `save_footage` wrote."""
    from fractions import Fraction

    seen = _load(_StoredFootage, folder / FOOTAGE)
    arrays = {name: np.array(seen.curves[name], dtype=np.float32) for name in _CURVES}
    return Footage(
        clip=seen.clip,
        frames=tuple(
            Frame(Fraction(time), shot, np.array(Pictures.open(folder / name)))
            for time, shot, name in seen.frames
        ),
        shots=seen.shots,
        moments=seen.moments,
        curves=Curves(rate=Fraction(seen.rate), **arrays),
        speech=tuple((Fraction(start), Fraction(end)) for start, end in seen.speech),
        notes=seen.notes,
    )


def load_detections(folder: Path) -> tuple[Detection, ...]:
    """Read `detections.json`."""
    return _found(tuple[Detection, ...], folder / DETECTIONS)


def load_selection(folder: Path) -> Selection:
    """Read `selection.json`."""
    return _found(Selection, folder / SELECTION)


def load_descriptions(folder: Path) -> tuple[Description, ...]:
    """Read `descriptions.json`."""
    return _found(tuple[Description, ...], folder / DESCRIPTIONS)


def save(value: object, path: Path) -> None:
    """Write what was found in the footage beside it, as JSON people can read, with the digest of its clip."""
    found = {"clip_sha256": _clip_of(path.parent), "found": TypeAdapter(Any).dump_python(value, mode="json")}
    targets.write_text(path, json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def _found(kind: type[T], path: Path) -> T:
    """Read a value back. Raises `UserError` where it was found in another clip than the frames beside it."""
    read = _load(_Found, path)
    if read.clip_sha256 != _clip_of(path.parent):
        raise UserError(
            f"{path.name} was made from another clip than the frames beside it",
            f"make it anew with: immersivaudio {_MAKERS[path.name]}",
        )
    return _load(kind, path, read.found)


def _clip_of(folder: Path) -> str:
    """The digest of the clip that `footage.json` was made from; empty where there is none."""
    path = folder / FOOTAGE
    return _load(_Footage, path).clip.sha256 if path.exists() else ""


def _load(kind: type[T], path: Path, value: object = None) -> T:
    """Read a file, or a part of it, or say which command makes what is missing or spoilt."""
    command = _MAKERS[path.name]
    reader = TypeAdapter(kind)
    try:
        return reader.validate_json(path.read_bytes()) if value is None else reader.validate_python(value)
    except FileNotFoundError:
        raise UserError(
            f"{path.name} is not in {path.parent.name or 'this folder'}",
            f"make it with: immersivaudio {command}",
        ) from None
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise UserError(
            f"{path.name} is not what `immersivaudio {command}` writes (at {where})", "make it anew"
        ) from None
