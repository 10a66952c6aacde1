"""Several clips and photos as one film: each change of picture falls on a beat of a grid known beforehand.

The grid comes before the music: its unit (2.4 or 2.5 s) is such that several tempi put a beat on every unit,
and the mood chooses among them (`tempo`). Photos are moved over, clips keep their beginning and are cut at a
unit; all pictures go through one encoder, so that nothing is joined.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from immersivaudio.audio import SAMPLE_RATE, wav
from immersivaudio.audio.layout import Sound, filled
from immersivaudio.config import Settings
from immersivaudio.errors import BadMediaError
from immersivaudio.media import canvas, decode_audio, ffmpeg, panzoom, photo
from immersivaudio.media.encode import CRF
from immersivaudio.values import Clip, CutList

Told = Callable[[float], None]

_UNITS = {24: 60, 25: 60, 30: 72}
"""Pictures a second -> pictures of a unit: 2.5 s, 2.4 s, 2.4 s."""
_FEW = 5
"""Parts up to which each photo is held for two units; among more, only the first and the last are."""
_BEATS = range(2, 9)
"""Beats a unit may have: 50 to 200 a minute."""
_FADE = SAMPLE_RATE // 100
"""Samples over which a part's own sound comes and goes: what is cut would click."""


@dataclass(frozen=True, slots=True)
class MontagePart:
    """One clip or photo, and for how long it is shown."""

    clip: Clip
    count: int
    """Pictures of the film."""


@dataclass(frozen=True, slots=True)
class Montage:
    """What is shown, in order."""

    parts: tuple[MontagePart, ...]
    size: tuple[int, int]
    """Of the film, px."""
    rate: int
    """Pictures a second."""

    @property
    def unit(self) -> Fraction:
        """s from one place where a picture may change to the next."""
        return Fraction(_UNITS[self.rate], self.rate)

    @property
    def duration(self) -> Fraction:
        """s"""
        return Fraction(sum(part.count for part in self.parts), self.rate)

    @property
    def cut_list(self) -> CutList:
        """Every change of picture."""
        ends = np.cumsum([part.count for part in self.parts])[:-1]
        return CutList(cuts=tuple((Fraction(int(end), self.rate), "cut") for end in ends))

    def tempo(self, wanted: float) -> float:
        """Return the tempo nearest to `wanted` (bpm) at which every change of picture is on a beat."""
        fits = [float(60 * beats / self.unit) for beats in _BEATS]
        return min(fits, key=lambda tempo: abs(np.log(tempo / wanted)))


def plan(clips: Sequence[Clip], settings: Settings) -> Montage:
    """Lay the clips out, in their order. Raises `BadMediaError` where they are too long together."""
    rate = _rate(clips)
    unit = _UNITS[rate]
    parts = tuple(
        MontagePart(clip, unit * _units(clip, place, clips, rate)) for place, clip in enumerate(clips)
    )
    montage = Montage(parts, canvas.size(clips), rate)
    if montage.duration > settings.max_duration:
        raise BadMediaError(
            f"together they last {float(montage.duration):.0f} s, {settings.max_duration:g} s are allowed",
            "leave out the longest clip",
        )
    return montage


def _rate(clips: Sequence[Clip]) -> int:
    """Return the rate that most of the clips have, or nearly have; 30 for photos alone."""
    near = [min(_UNITS, key=lambda rate: abs(rate - _halved(clip))) for clip in clips if clip.kind == "video"]
    return max(_UNITS, key=near.count) if near else 30


def _halved(clip: Clip) -> float:
    rate = float(clip.frame_rate)
    return rate / 2 if rate > 40 else rate


def _units(clip: Clip, place: int, clips: Sequence[Clip], rate: int) -> int:
    """Return for how many units a part is shown: a clip for all that it has, one at least."""
    if clip.kind == "photo":
        return 2 if len(clips) <= _FEW or place in {0, len(clips) - 1} else 1
    return max(1, int(clip.duration * rate) // _UNITS[rate])


def write(montage: Montage, out: Path, seed: int, settings: Settings, told: Told) -> None:
    """Write the film to `out` (MP4), with the clips' own sound where they have one.

    `told` hears the share done, 0 to 1. Raises `StageFailedError`, and `BadMediaError` for pictures that
    cannot be decoded.
    """
    width, height = montage.size
    source = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width}x{height}"]
    source += ["-r", str(montage.rate), "-i", "pipe:0"]
    sound = out.with_suffix(".wav")
    heard = any(part.clip.audio for part in montage.parts)
    if heard:
        wav.write(sound, _sound(montage, settings))
        source += ["-f", "wav", "-i", f"file:{sound}", "-c:a", "aac", "-b:a", "192k"]
    colours = "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"
    target = ["-map", "0:v", *(["-map", "1:a"] if heard else []), "-vf", colours, "-c:v", "libx264"]
    target += ["-preset", "veryfast", "-crf", str(CRF), "-color_primaries", "bt709", "-color_trc", "bt709"]
    target += ["-colorspace", "bt709", "-color_range", "tv", "-f", "mp4", f"file:{out}"]
    length = float(montage.duration)
    ffmpeg.run(
        [*source, *target],
        timeout=120 + 60 * length,
        told=lambda time: told(min(1.0, time / length)),
        feed=_pictures(montage, seed, settings),
    )
    sound.unlink(missing_ok=True)


def _pictures(montage: Montage, seed: int, settings: Settings) -> Iterator[bytes]:
    """Every picture of the film as raw bytes (4:2:0), part after part."""
    for place, part in enumerate(montage.parts):
        if part.clip.kind == "photo":
            longest = _longest(part.clip, montage.size)
            still = photo.read(part.clip.path, settings, longest=longest)
            yield from panzoom.pictures(still, montage.size, part.count, seed + place)
        else:
            yield from canvas.pictures(part.clip, montage.size, montage.rate, part.count, settings)


def _longest(clip: Clip, film: tuple[int, int]) -> int:
    """Return the longer side, px, from which a photo fills the film, and a fifth more, for the zoom."""
    fill = max(film[0] / clip.width, film[1] / clip.height)
    return min(max(film) * 12 // 5, math.ceil(max(clip.width, clip.height) * fill * 1.2))


def _sound(montage: Montage, settings: Settings) -> Iterator[Sound]:
    """The parts' own sound, each as long as its pictures; silence under photos."""
    done = 0
    pictures = 0
    for part in montage.parts:
        pictures += part.count
        end = round(Fraction(pictures * SAMPLE_RATE, montage.rate))
        yield from _faded(_cut(part.clip, end - done, settings), end - done)
        done = end


def _cut(clip: Clip, length: int, settings: Settings) -> Iterator[Sound]:
    blocks = decode_audio.own_sound(clip, settings) if clip.kind == "video" and clip.audio else iter(())
    yield from filled(blocks, length)


def _faded(blocks: Iterator[Sound], length: int) -> Iterator[Sound]:
    place = 0
    for block in blocks:
        at = place + np.arange(block.shape[1])
        gain = np.clip(np.minimum(at, length - 1 - at) / _FADE, 0, 1).astype(np.float32)
        yield block * gain
        place += block.shape[1]
