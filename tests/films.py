"""Footage written by hand: what extraction would have found in a film that nobody has to decode."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from immersivaudio.values import Clip, Curve, Curves, Footage, Frame, Moment, Shot, Transition, exact

RATE = Fraction(8)
"""Samples a second of the curves."""


def film(
    seconds: float,
    cuts: Sequence[float | tuple[float, Transition, float]] = (),
    *,
    moments: Sequence[Moment] = (),
    motion: Curve | float = 0.3,
    brightness: Curve | float = 0.5,
    pan: Curve | float = 0.0,
    sha256: str = "5" * 64,
) -> Footage:
    """Return `seconds` of film; a cut is a time (s), or (time, how the shot opens, strength)."""
    duration = exact(seconds)
    clip = Clip(Path("film.mp4"), "video", "mov", duration, 1280, 720, Fraction(24), "h264", sha256=sha256)
    openings: list[tuple[Fraction, Transition, float]] = [(Fraction(0), "start", 1.0)]
    for cut in cuts:
        time, opening, strength = cut if isinstance(cut, tuple) else (cut, "cut", 0.7)
        openings.append((exact(time), opening, strength))
    ends = [time for time, _, _ in openings[1:]] + [duration]
    shots = tuple(
        Shot(i, start, end, opening, strength)
        for i, ((start, opening, strength), end) in enumerate(zip(openings, ends, strict=True))
    )
    frames = tuple(Frame((s.start + s.end) / 2, s.index, np.zeros((9, 16, 3), dtype=np.uint8)) for s in shots)
    size = max(1, int(np.ceil(seconds * RATE)))
    curves = Curves(
        RATE, *(np.broadcast_to(np.float32(c), size) for c in (motion, brightness, 0.3, 0.0, pan))
    )
    return Footage(clip, frames, shots, tuple(moments), curves)
