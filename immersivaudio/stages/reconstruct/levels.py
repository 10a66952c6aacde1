"""How loud each part of the mix is, and when: decided on its power, before any sound is touched.

The order: each part comes to its place beside the others, the voice is brought up and the rest ducked under
it, the master gain is set for what all of them make together, and the user's own gains come last, on top of
everything, so that a change of X dB is a change of X dB. Only the master may answer them: it never lets the
whole pass the delivery loudness, and never makes up for what was turned down.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.loudness import HOP, SILENCE, Loudness, Power, decibels, hops_inside

Name = Literal["music", "sounds", "original"]
Treatment = Literal["keep", "mix", "replace"]
Stretches = Sequence[tuple[Fraction, Fraction]]
Curve = NDArray[np.float64]
"""Gain, dB, `CONTROL` points a second."""

DELIVERY = -14.0
"""LUFS, integrated: what the platforms play without turning it down."""
CONTROL = 100
"""Points of a gain curve a second."""

_MUSIC = -14.0
"""LUFS to which the music is brought before anything else."""
_VOICE = -16.0
"""LUFS of a speech stretch beside music at `_MUSIC`, in a mix."""
_AMBIENCE = {True: -26.0, False: -20.0}
"""LUFS of the clip's own sound outside speech, in a mix: {with speech somewhere, without}."""
_UNDER = 9.0
"""LU by which the music stays under a clip's own sound that is kept."""
_MOST_LIFT = 30.0
"""dB: more would lift the noise of the room with the voice."""
_BEFORE, _AFTER = 0.30, 0.50
"""s by which a duck is complete before speech begins, and holds after it ends."""
_EASE = 0.50
"""s in which a gain moves from one level to the next."""
_MARGIN = 0.5
"""LU of speech gap in reserve for what mastering and coding do."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The gain of each part over time, and what the whole should measure."""

    curves: Mapping[Name, Curve]
    """Master gain included."""
    target: float
    """LUFS expected of the delivered file: `DELIVERY`, or less where the user turned parts down."""
    gap: float | None = None
    """LU that the voice should stand out by, the user's gains included; None without speech."""


def decide(
    parts: Mapping[Name, Loudness],
    treatment: Treatment,
    speech: Stretches,
    gap: float,
    user: Mapping[Name, float],
    extra: float = 0.0,
) -> Levels:
    """Return the levels for the parts that are there.

    `gap` is what must lie between the voice and everything else, LU; `user` are the gains asked for, dB;
    `extra` LU are ducked beyond what the gap needs, for what mastering will take from the voice.
    """
    count = max(part.power.size for part in parts.values())
    curves = dict(_placed(parts, treatment, speech, count))
    if "original" in parts and speech:
        _make_room(parts, curves, speech, gap + extra)
    nominal = _together(parts, curves)
    curves = {name: curve + user.get(name, 0.0) for name, curve in curves.items()}
    asked = _together(parts, curves)
    planned = None
    if "original" in parts and speech:
        loudest = max((user.get(name, 0.0) for name in parts if name != "original"), default=0.0)
        planned = gap + user.get("original", 0.0) - loudest
    master = DELIVERY - max(nominal, asked) if asked > SILENCE else 0.0
    return Levels({name: curve + master for name, curve in curves.items()}, asked + master, planned)


def gains(levels: Levels) -> dict[str, float]:
    """Return the gain of each part where nothing ducks it, dB."""
    return {name: round(float(curve.max()), 2) for name, curve in levels.curves.items()}


def _placed(
    parts: Mapping[Name, Loudness], treatment: Treatment, speech: Stretches, count: int
) -> dict[Name, Curve]:
    """Each part beside the others, before ducking."""
    flat = np.zeros(count * CONTROL * HOP // SAMPLE_RATE + 1)
    music = _MUSIC - _level(parts["music"]) if "music" in parts else 0.0
    curves: dict[Name, Curve] = {name: flat + (music if name == "music" else 0.0) for name in parts}
    if "original" not in parts:
        return curves
    original = parts["original"]
    if treatment == "keep":
        under = _level(original) - _UNDER - _MUSIC
        for name in curves.keys() - {"original"}:
            curves[name] = curves[name] + under
        return curves
    curves["original"] = _voice(original, speech, flat)
    return curves


def _voice(original: Loudness, speech: Stretches, flat: Curve) -> Curve:
    """The clip's own sound in a mix: each stretch of speech at one level, what lies between them lower."""
    outside = ~hops_inside(speech, original.power.size)
    rest = decibels(float(original.power[outside].mean())) if outside.any() else float("-inf")
    quiet = min(_AMBIENCE[bool(speech)] - rest, 6.0) if rest > SILENCE else 0.0
    steps = flat + quiet
    for stretch in speech:
        level = original.over([stretch])
        lift = float(np.clip(_VOICE - level, -_MOST_LIFT, _MOST_LIFT)) if level > SILENCE else quiet
        steps[_span(stretch, steps.size)] = lift
    return _eased(steps, louder=True)


def _make_room(
    parts: Mapping[Name, Loudness], curves: dict[Name, Curve], speech: Stretches, gap: float
) -> None:
    """Duck everything else in each stretch of speech as far as the gap needs, and no further."""
    others = [name for name in curves if name != "original"]
    depth = np.zeros_like(curves["original"])
    voice = _power(parts["original"], curves["original"])
    bed = sum((_power(parts[name], curves[name]) for name in others), np.zeros(voice.size))
    for stretch in speech:
        inside = hops_inside([stretch], voice.size)
        if not inside.any():
            continue
        above = decibels(float(bed[inside].mean())) - decibels(float(voice[inside].mean()))
        span = _span(stretch, depth.size)
        depth[span] = np.minimum(depth[span], -max(0.0, above + gap + _MARGIN))
    duck = _eased(np.maximum(depth, -60.0), louder=False)
    for name in others:
        curves[name] = curves[name] + duck


def _eased(steps: Curve, *, louder: bool) -> Curve:
    """Round the corners of a curve of steps, so that in its spans the full value (or more) is reached.

    A maximum (minimum) filter widens each span by half the width of the averaging that follows.
    """
    width = round(_EASE * CONTROL) | 1
    widen = ndimage.maximum_filter1d if louder else ndimage.minimum_filter1d
    window = np.hanning(width + 2)[1:-1]
    padded = np.pad(widen(steps, width), width, mode="edge")
    return np.convolve(padded, window / window.sum(), mode="same")[width:-width]


def _span(stretch: tuple[Fraction, Fraction], count: int) -> slice:
    """Where a curve must already, and still, be at a stretch's level."""
    start = max(0.0, float(stretch[0]) - _BEFORE) * CONTROL
    return slice(int(start), min(count, round((float(stretch[1]) + _AFTER) * CONTROL)))


def _power(part: Loudness, curve: Curve) -> Power:
    """The part's power a hop, under its curve."""
    step = CONTROL * HOP // SAMPLE_RATE
    gains = curve[step // 2 :: step][: part.power.size]
    return np.asarray(part.power * 10 ** (gains / 10))


def _together(parts: Mapping[Name, Loudness], curves: Mapping[Name, Curve]) -> float:
    """Integrated loudness of the sum, taking the parts for unrelated, LUFS."""
    return Loudness(np.sum([_power(parts[name], curves[name]) for name in parts], axis=0)).integrated


def _level(part: Loudness) -> float:
    """Integrated loudness, LUFS; silence is taken as it is."""
    level = part.integrated
    return level if level > SILENCE else _MUSIC
