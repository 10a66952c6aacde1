"""What the delivered file really holds, measured on its own decoded sound."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from immersivaudio.audio.layout import Sound
from immersivaudio.audio.loudness import HopMeans, KWeighting, Loudness, Meter, decibels, hops_inside
from immersivaudio.config import Settings
from immersivaudio.media import decode_audio, onsets
from immersivaudio.media.container import opened
from immersivaudio.media.timeline import measure
from immersivaudio.stages.reconstruct.levels import Stretches
from immersivaudio.values import AudioTrack, Clip, Seconds

_NOTHING_ELSE = 60.0
"""LU told where only the voice is heard."""


@dataclass(frozen=True, slots=True)
class MeasuredAudio:
    """The sound of a delivered file."""

    loudness: Loudness
    gap: float | None
    """Speech over everything else in the stretches of speech, LU; None without speech."""
    flux: onsets.Flux | None = None
    """How much new sound there is at each moment, where that was asked for."""


def sound(
    delivered: Clip,
    settings: Settings,
    known: Iterable[tuple[Sound, Sound]] | None,
    speech: Stretches,
    *,
    flux: bool = False,
) -> MeasuredAudio:
    """Measure the delivered file, its onsets too with `flux`: decoded once.

    `known` are the two halves of the mix, as they went in: the clip's own sound, and everything else. How
    much of each is in the delivered sound is found by least squares in each stretch of speech.
    """
    meter = Meter()
    fresh = onsets.FluxMeter() if flux else None
    trio = _Trio()
    halves = iter(known or ())
    for heard in decode_audio.own_sound(delivered, settings):
        meter.push(heard)
        if fresh:
            fresh.push(heard)
        if (pair := next(halves, None)) is not None:
            trio.push(heard, *pair)
    gap = trio.gap(speech) if known is not None and speech else None
    return MeasuredAudio(meter.result(), gap, fresh.result() if fresh else None)


def length_error(delivered: Clip, settings: Settings) -> Seconds:
    """Return how much longer the sound is than the pictures, s, as the container says."""
    with opened(delivered.path, delivered.demuxer, settings) as (container, stream):
        track = container.streams.audio[0]
        heard = (track.duration or 0) * (track.time_base or Fraction(0))
        return heard - measure(container, stream, delivered.demuxer, settings).duration


def as_clip(path: Path, clip: Clip, width: int = 0, height: int = 0) -> Clip:
    """Return the written MP4 as a clip, so that it can be read like any other; size in px, if it changed."""
    return Clip(
        path=path,
        kind="video",
        demuxer="mov",
        duration=clip.duration,
        width=width or clip.width,
        height=height or clip.height,
        frame_rate=clip.frame_rate,
        codec="h264",
        audio=AudioTrack("aac", 48_000, 2, (1,)),
    )


class _Trio:
    """Inner products of three K-weighted sounds, a hop: what is heard, the voice, and the rest."""

    def __init__(self) -> None:
        self._filters = KWeighting(), KWeighting(), KWeighting()
        self._sums = tuple(HopMeans() for _ in range(5))

    def push(self, heard: Sound, voice: Sound, rest: Sound) -> None:
        h, v, r = (weigh(block) for weigh, block in zip(self._filters, (heard, voice, rest), strict=True))
        for sums, product in zip(self._sums, (v * v, r * r, v * r, h * v, h * r), strict=True):
            sums.push(product.sum(axis=0))

    def gap(self, speech: Stretches) -> float | None:
        """Voice over rest, LU, in all stretches together; at most `_NOTHING_ELSE`."""
        means = [sums.means() for sums in self._sums]
        voice = rest = 0.0
        for stretch in speech:
            inside = hops_inside([stretch], means[0].size)
            vv, rr, vr, hv, hr = (float(product[inside].sum()) for product in means)
            a, b = np.linalg.lstsq(np.array([[vv, vr], [vr, rr]]), np.array([hv, hr]), rcond=1e-9)[0]
            voice += a * a * vv
            rest += b * b * rr
        if voice <= 0:
            return None
        return min(_NOTHING_ELSE, decibels(voice) - decibels(rest))
