"""What the delivered file really holds, measured on its own decoded sound."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from immersivaudio.config import Settings
from immersivaudio.media import audio
from immersivaudio.media.container import opened
from immersivaudio.media.loudness import (
    HopSums,
    KWeighting,
    Loudness,
    Meter,
    Sound,
    decibels,
    hops_inside,
)
from immersivaudio.media.timeline import measure
from immersivaudio.stages.reconstruct.levels import Stretches
from immersivaudio.values import AudioTrack, Clip, Seconds


@dataclass(frozen=True, slots=True)
class Measured:
    """The sound of a delivered file."""

    loudness: Loudness
    gap: float | None
    """Speech over everything else in the stretches of speech, LU; None where nobody speaks."""


def sound(delivered: Clip, settings: Settings, voice: Iterable[Sound] | None, speech: Stretches) -> Measured:
    """Measure the delivered file.

    `voice` is the clip's own sound as it went into the mix. What of it is in the delivered sound is found by
    least squares in each stretch of speech; all the rest, coding noise too, counts as "everything else".
    """
    meter = Meter()
    pair = _Pair()
    spoken = iter(voice or ())
    for heard in audio.own_sound(delivered, settings):
        meter.push(heard)
        if (own := next(spoken, None)) is not None:
            pair.push(heard, own)
    return Measured(meter.result(), pair.gap(speech) if voice is not None and speech else None)


def length_error(delivered: Clip, settings: Settings) -> Seconds:
    """Return how much longer the sound is than the pictures, s, as the container says."""
    with opened(delivered.path, delivered.demuxer, settings) as (container, stream):
        track = container.streams.audio[0]
        heard = (track.duration or 0) * (track.time_base or Fraction(0))
        return heard - measure(container, stream, delivered.demuxer, settings).duration


def as_clip(path: Path, clip: Clip, width: int = 0, height: int = 0) -> Clip:
    """Return an MP4 of ours as a clip, so that it can be read like any other; size in px, if it changed."""
    return Clip(
        path=path,
        kind="video",
        demuxer="mov",
        duration=clip.duration,
        width=width or clip.width,
        height=height or clip.height,
        frame_rate=clip.frame_rate,
        codec="h264",
        audio=AudioTrack("aac", 48_000, 2),
    )


class _Pair:
    """Inner products of two K-weighted sounds, a hop."""

    def __init__(self) -> None:
        self._filters = KWeighting(), KWeighting()
        self._sums = HopSums(), HopSums(), HopSums()

    def push(self, heard: Sound, spoken: Sound) -> None:
        h, s = self._filters[0](heard), self._filters[1](spoken)
        for sums, product in zip(self._sums, (h * h, h * s, s * s), strict=True):
            sums.push(product.sum(axis=1))

    def gap(self, speech: Stretches) -> float | None:
        hh, hs, ss = (sums.means() for sums in self._sums)
        voice = rest = 0.0
        for stretch in speech:
            inside = hops_inside([stretch], hh.size)
            whole, cross, own = (float(x[inside].sum()) for x in (hh, hs, ss))
            if own <= 0:
                continue
            share = cross / own
            voice += share * share * own
            rest += max(whole - share * cross, 1e-12)
        return decibels(voice) - decibels(rest) if voice > 0 else None
