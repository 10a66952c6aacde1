"""The last step: mixed, limited, coded, then measured as delivered, and done again if the codec moved it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path

from immersivaudio.audio.layout import Sound
from immersivaudio.audio.limiter import Grid, GridLevels, grid_levels, limiter_gain
from immersivaudio.config import Settings
from immersivaudio.media import mux
from immersivaudio.stages.reconstruct import measuring, mixing
from immersivaudio.stages.reconstruct.levels import Levels, Stretches
from immersivaudio.stages.reconstruct.measuring import MeasuredAudio, as_clip
from immersivaudio.stages.reconstruct.picture import Film
from immersivaudio.stages.reconstruct.sources import Sources

PEAK = -1.0
"""dBTP that the delivered sound must not pass."""
_CEILING = -2.0
"""dBTP before coding: AAC moves peaks by up to a decibel at these rates."""
_CLOSE = 0.3
"""LU from the target that are left alone."""
_CLEAR = 0.5
"""LU of speech gap that may be missing."""
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Delivered:
    """A finished file."""

    path: Path
    sound: MeasuredAudio


@dataclass(slots=True)
class MasteringChain:
    """Where the sound of one clip is finished; what it learns about the codec, it keeps for the next try."""

    sources: Sources
    plan: Callable[[float], Levels]
    """The levels for so many LU of ducking beyond what is needed."""
    speech: Stretches
    settings: Settings
    tags: Mapping[str, str]
    """Of the container."""
    language: str = ""
    """Of the sound, ISO 639-2; empty: not told."""
    flux: bool = False
    """Whether the onsets of what is delivered are measured, too."""
    levels: Levels = field(init=False)
    _gain: float = field(default=0.0, init=False)
    _ceiling: float = field(default=_CEILING, init=False)
    _extra: float = field(default=0.0, init=False)
    _mix: GridLevels | None = field(default=None, init=False)
    """The sum of the parts under `levels`, measured."""

    def __post_init__(self) -> None:
        self.levels = self.plan(0.0)

    def deliver(self, film: Film, bit_rate: int, out: Path, told: Callable[[float], None]) -> Delivered:
        """Write pictures and sound to `out` and measure it. `told` hears the share done, 0 to 1.

        If the loudness is not close to the target, or a true peak passes `PEAK`, gain and ceiling are
        corrected and it is done again: where the limiter has much to do, or the codec moved a peak.
        """
        seconds = float(film.clip.duration)
        for attempt in range(_TRIES):
            mux.write(
                out,
                film.pictures,
                self._sound(),
                self.settings,
                coding=mux.SoundCoding(bit_rate, self.language),
                tags=self.tags,
                told=_heard(told, attempt, seconds),
            )
            measured = self._measure(film, out)
            if self._settled(measured):
                break
            self._rehearse()
        told(1.0)
        return Delivered(out, measured)

    def _sound(self) -> Iterator[Sound]:
        fades = not self.sources.loops
        gain = self._master_gain()
        return mixing.mastered(self.sources.files, self.levels, self.sources.length, gain, fades=fades)

    def _master_gain(self) -> Grid:
        """Return the linear gain of each millisecond: the make-up gain, then the limiter."""
        gain = 10 ** (self._gain / 20)
        return gain * limiter_gain(gain * self._sum().peaks, 10 ** (self._ceiling / 20))

    def _sum(self) -> GridLevels:
        """Return how loud the sum of the parts is, measured once for each set of levels."""
        if self._mix is None:
            fades = not self.sources.loops
            mix = mixing.mixed(self.sources.files, self.levels, self.sources.length, fades=fades)
            self._mix = grid_levels(mix)
        return self._mix

    def _rehearse(self) -> None:
        """Find the gain that meets the target through the limiter, on the grid alone: no sound is touched."""
        for _ in range(_TRIES):
            missing = self.levels.target - self._sum().loudness(self._master_gain())
            if abs(missing) <= _CLOSE / 3 or not isfinite(missing):
                return
            self._gain += missing

    def _measure(self, film: Film, out: Path) -> MeasuredAudio:
        known = None
        if self.speech:
            known = mixing.halves(self.sources.files, self.levels, self.sources.length)
        return measuring.sound(as_clip(out, film.clip), self.settings, known, self.speech, flux=self.flux)

    def _settled(self, measured: MeasuredAudio) -> bool:
        """Whether the file may go out; else learn from it."""
        missing = self.levels.target - measured.loudness.integrated
        over = measured.loudness.peak_dbtp - (PEAK - 0.05)
        close = abs(missing) <= _CLOSE or not isfinite(missing)
        clear = self._clear(measured.gap)
        self._gain += 0.0 if close else missing
        self._ceiling -= 0.0 if over <= 0 else over + 0.1
        return close and over <= 0 and clear

    def _clear(self, gap: float | None) -> bool:
        """Whether the voice stands out as planned: the limiter may have taken more of it than of the rest."""
        if gap is None or self.levels.gap is None or gap >= self.levels.gap - _CLEAR:
            return True
        self._extra += self.levels.gap - gap
        self.levels = self.plan(self._extra)
        self._mix = None
        return False


def _heard(told: Callable[[float], None], attempt: int, seconds: float) -> Callable[[float], None]:
    """Turn seconds written into a share: each further try has half of what is left."""
    begun = 1 - 0.5**attempt
    return lambda time: told(begun + (1 - begun) * 0.5 * min(1.0, time / seconds))
