"""A video that ends where it begins: its last half second dissolves into its first.

The result starts after that half second and ends with it, so the picture after the last one is the first one.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from immersivaudio.audio import SAMPLE_RATE, wav
from immersivaudio.audio.layout import Sound
from immersivaudio.config import Settings
from immersivaudio.media import decode, decode_audio, ffmpeg
from immersivaudio.media.encode import CRF, filters
from immersivaudio.media.probe import probe
from immersivaudio.values import Clip, Image

_DISSOLVE = Fraction(1, 2)
"""s, at most a quarter of the clip."""
_ROUND = frozenset({"gif", "apng"})
"""Demuxers of formats that loop by themselves, as their authors intended."""
_LOOKED_AT = 30
"""s up to which a clip is looked at for whether it loops already; a longer one seldom does."""
_SMALL = 160
_ALIKE = 1.5
"""Times the usual change from picture to picture, up to which the last and the first follow each other."""
_STILL = 2.0
"""Of 255: noise."""
_FASTEST = 60


def goes_round(clip: Clip) -> bool:
    """Whether the clip is an animation that is played round by itself."""
    return clip.demuxer in _ROUND


def looped(clip: Clip, out: Path, settings: Settings, told: Callable[[float], None]) -> Clip:
    """Write the clip as a loop to `out` (MP4), and return it; one that loops already is returned as it is.

    A photo is moved over and back when it is rendered, so it is as it is, too. The clip keeps its SHA-256: it
    is the same film. `told` hears the share done, 0 to 1. Raises `StageFailedError`.
    """
    rate = min(clip.frame_rate, Fraction(_FASTEST))
    count = min(round(_DISSOLVE * rate), int(clip.duration * rate / 4))
    if clip.kind == "photo" or count < 2 or goes_round(clip) or _loops(clip, settings):
        return clip
    dissolve = count / rate
    kept = clip.duration - 2 * dissolve
    chain = f"[0:{clip.stream}]{filters(clip, None)},fps={rate},settb=AVTB,split[a][b];"
    chain += f"[a]trim=end={float(dissolve):.6f},setpts=PTS-STARTPTS[first];"
    chain += f"[b]trim=start={float(dissolve):.6f}:end={float(clip.duration):.6f},setpts=PTS-STARTPTS[rest];"
    over = (count - 1) / rate  # the last picture has nothing of the old ones any more
    chain += f"[rest][first]xfade=transition=fade:duration={float(over):.6f}:offset={float(kept):.6f}[v]"
    source, sound = ffmpeg.source(clip.demuxer, clip.path), out.with_suffix(".wav")
    heard = ["-map", "1:a", "-c:a", "aac", "-b:a", "192k"] if clip.audio and clip.audio.streams else []
    if heard:
        wav.write(sound, _sound(clip, dissolve, settings))
        source += ["-f", "wav", "-i", f"file:{sound}"]
    target = ["-filter_complex", chain, "-map", "[v]", *heard, "-map_metadata", "-1", "-c:v", "libx264"]
    target += ["-preset", "veryfast", "-crf", str(CRF), "-f", "mp4", f"file:{out}"]
    length = float(clip.duration)
    ffmpeg.run([*source, *target], timeout=120 + 60 * length, told=lambda time: told(min(1.0, time / length)))
    sound.unlink(missing_ok=True)
    return replace(probe(out, settings), sha256=clip.sha256, notes=clip.notes)


def _loops(clip: Clip, settings: Settings) -> bool:
    """Whether the first picture follows the last as any other follows the one before."""
    if clip.duration > _LOOKED_AT:
        return False
    scaler = decode.FrameScaler(clip, _SMALL)
    first: Image | None = None
    last: Image | None = None
    changes: list[float] = []
    for picture in decode.pictures(clip, settings, longest=_SMALL):
        now = scaler(picture)
        first = now if first is None else first
        if last is not None:
            changes.append(_change(last, now))
        last = now
    if first is None or last is None or not changes:
        return False
    return _change(last, first) <= _ALIKE * max(float(np.median(changes)), _STILL)


def _change(before: Image, after: Image) -> float:
    """Mean difference, of 255."""
    return float(np.abs(before.astype(np.int16) - after).mean())


def _sound(clip: Clip, dissolve: Fraction, settings: Settings) -> Iterator[Sound]:
    """The clip's own sound as its pictures go: without its first stretch, into which its last one fades."""
    over, whole = round(dissolve * SAMPLE_RATE), round(clip.duration * SAMPLE_RATE)
    first = np.zeros((2, 0), np.float32)
    done = 0
    for block in decode_audio.own_sound(clip, settings):
        start, rest = done, block
        done += block.shape[1]
        if first.shape[1] < over:
            first = np.concatenate((first, rest[:, : over - first.shape[1]]), axis=1)
            rest = rest[:, max(0, over - start) :]
            start = max(start, over)
        if done > whole - over and rest.size:
            at = np.arange(start, done) - (whole - over)
            share = np.clip(at / over, 0.0, 1.0) * (np.pi / 2)
            into = first[:, np.clip(at, 0, over - 1)] * (at >= 0)
            rest = rest * np.cos(share) + into * np.sin(share)
        if rest.size:
            yield rest.astype(np.float32)
