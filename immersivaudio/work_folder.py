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

from immersivaudio.errors import UserError
from immersivaudio.values import Clip, Curves, Description, Detection, Footage, Frame, Moment, Selection, Shot

T = TypeVar("T")

FOOTAGE, DETECTIONS, SELECTION, DESCRIPTIONS = (
    "footage.json",
    "detections.json",
    "selection.json",
    "descriptions.json",
)
_CURVES = ("motion", "brightness", "saturation", "warmth", "pan")


@dataclass(frozen=True, slots=True)
class _Seen:
    """Footage without its arrays: what the JSON file holds."""

    clip: Clip
    frames: tuple[tuple[str, int, str], ...]
    """(time, shot, file name) of each frame."""
    shots: tuple[Shot, ...]
    moments: tuple[Moment, ...]
    speech: tuple[tuple[str, str], ...]
    rate: str
    curves: dict[str, list[float]]


def save_footage(footage: Footage, folder: Path) -> None:
    """Write `footage.json` and one PNG a frame into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"frame_{index:04d}.png" for index in range(len(footage.frames))]
    for frame, name in zip(footage.frames, names, strict=True):
        Pictures.fromarray(frame.image).save(folder / name, compress_level=1)
    seen = _Seen(
        clip=footage.clip,
        frames=tuple(
            (str(frame.time), frame.shot, name) for frame, name in zip(footage.frames, names, strict=True)
        ),
        shots=footage.shots,
        moments=footage.moments,
        speech=tuple((str(start), str(end)) for start, end in footage.speech),
        rate=str(footage.curves.rate),
        curves={name: getattr(footage.curves, name).tolist() for name in _CURVES},
    )
    save(seen, folder / FOOTAGE)


def load_footage(folder: Path) -> Footage:
    """Read back what `save_footage` wrote."""
    from fractions import Fraction

    seen = load(_Seen, folder / FOOTAGE)
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
    )


def load_detections(folder: Path) -> tuple[Detection, ...]:
    """Read `detections.json`."""
    return load(tuple[Detection, ...], folder / DETECTIONS)


def load_selection(folder: Path) -> Selection:
    """Read `selection.json`."""
    return load(Selection, folder / SELECTION)


def load_descriptions(folder: Path) -> tuple[Description, ...]:
    """Read `descriptions.json`."""
    return load(tuple[Description, ...], folder / DESCRIPTIONS)


def save(value: object, path: Path) -> None:
    """Write a value, or a tuple of them, as JSON people can read."""
    plain = TypeAdapter(Any).dump_python(value, mode="json")
    path.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load(kind: type[T], path: Path) -> T:
    """Read a value back, or say which command makes the file that is missing."""
    maker = {FOOTAGE: "frames", DETECTIONS: "detect", SELECTION: "select", DESCRIPTIONS: "describe"}
    command = maker.get(path.name, "frames")
    try:
        return TypeAdapter(kind).validate_json(path.read_bytes())
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
