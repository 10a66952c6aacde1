"""Sample data: 16-bit words of an sf2, or the Ogg Vorbis streams of an sf3."""

from dataclasses import dataclass, field
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from immersivaudio.music.errors import SoundFontError
from immersivaudio.music.soundfont.resampling import FURTHER, Cubics, SampleSpan, cubics, written_out

Frames = NDArray[np.float32]
ROM, VORBIS = 0x8000, 0x10
_A_PERIOD, _FADE = 400, 192
"""Frames: the shortest loop that can tick, and over how many it is mended."""
_USUAL = 50
"""Percentile of a loop's own bends that its join may have. Sharper ones are heard as ticks, most of all where
a font plays a sample octaves below itself.
"""
LONGEST = 20_000_000
"""Frames in one sample: a compressed stream that unfolds to more is an attack, not an instrument."""


@dataclass(slots=True)
class Sample:
    """One recorded note."""

    frames: Frames
    """Shape (n,), -1 to 1."""
    rate: int
    """Hz."""
    root: int
    """MIDI key at which it was recorded."""
    correction: int
    """Cents."""
    loop: tuple[int, int]
    """Start and end, frames; equal where it has none."""
    _curves: dict[SampleSpan, Cubics] = field(default_factory=dict)

    @property
    def nbytes(self) -> int:
        """Memory it takes once it has been played."""
        return self.frames.nbytes + 16 * (len(self.frames) + (FURTHER if self.loop[1] else 0))

    def curve(self, span: SampleSpan, further: int) -> Cubics:
        """Return the curve through the frames, the loop of `span` written out for at least `further` more."""
        kept = self._curves.get(span)
        if kept is None or len(kept) < span.loop_end + further:
            if span.loop_end:
                closed = cubics(_closed(self.frames, span.loop_start, span.loop_end))
                kept = written_out(closed, span, max(further, FURTHER))
            else:
                kept = cubics(self.frames)
            self._curves = {span: kept}
        return kept


def read_sample(header: np.void, pool: NDArray[np.uint8], font: str) -> Sample:
    """Read one sample; raises SoundFontError where it lies outside the file or cannot be decoded."""
    kind, start, end = int(header["type"]), int(header["start"]), int(header["end"])
    loop_start, loop_end = int(header["loop_start"]), int(header["loop_end"])
    rate = int(header["rate"])
    if kind & VORBIS:
        frames = _vorbis(
            bytes(pool[start:end]), font
        )  # of an sf3: byte positions, loops count from the start
    else:
        frames = pool[2 * start : 2 * end].view("<i2").astype(np.float32) / np.float32(32768.0)
        loop_start, loop_end = loop_start - start, loop_end - start
    if kind & ROM or not 0 <= start < end or not 100 <= rate <= 400_000 or len(frames) < 8:
        raise SoundFontError(f"The SoundFont {font} is damaged: a sample lies outside the file.")
    if not 0 <= loop_start < loop_end <= len(frames):
        loop_start = loop_end = 0
    root = int(header["root"])
    return Sample(
        frames=frames,
        rate=rate,
        root=root if root <= 127 else 60,
        correction=int(header["correction"]),
        loop=(loop_start, loop_end),
    )


def _closed(frames: Frames, start: int, end: int) -> Frames:
    """Return `frames` with a loop that closes: where it jumps, its end fades into what leads to its start.

    A loop of a period or two is a waveform, and its edge is its sound; longer ones must not tick at each.
    """
    if end - start < _A_PERIOD:
        return frames
    around = np.concatenate((frames[end - 3 : end], frames[start : start + 3]))
    # The format wants the frames beyond the end to be those at the start: they are drawn through, too.
    gap = np.abs(frames[end : end + 2] - frames[start : start + len(frames[end : end + 2])])
    jump = max(float(np.abs(np.diff(around, 2)).max()), float(gap.max(initial=0.0)))
    if jump <= np.percentile(np.abs(np.diff(frames[start:end], 2)), _USUAL):
        return frames
    mended = frames.copy()
    fade = min(_FADE, (end - start) // 4)
    share = np.linspace(0, 1, fade, dtype=np.float32)
    if start >= fade:
        mended[end - fade : end] += share * (frames[start - fade : start] - frames[end - fade : end])
    else:  # nothing leads to it: at least both ends meet
        mended[end - fade : end] += share * (2 * frames[start] - frames[start + 1] - frames[end - 1])
    after = min(4, len(frames) - end)
    mended[end : end + after] = frames[start : start + after]
    return mended


def _vorbis(stream: bytes, font: str) -> NDArray[np.float32]:
    import soundfile

    try:
        with soundfile.SoundFile(BytesIO(stream)) as file:
            if file.frames > LONGEST:
                raise SoundFontError(f"The SoundFont {font} is damaged: a sample is longer than any note.")
            frames = file.read(dtype="float32", always_2d=True)[:, 0]
    except soundfile.LibsndfileError as error:
        raise SoundFontError(
            f"The SoundFont {font} is damaged: a compressed sample cannot be read."
        ) from error
    return np.ascontiguousarray(frames)
