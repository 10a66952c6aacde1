"""A guitar amplifier and its cabinet, made by code: a whole part goes through it, so its notes intermodulate.

Three stages, as in the valve amplifiers of the kind: a low cut before the gain keeps power chords clear; a
triode clips softly and unevenly, then a second one; a passive tone stack scoops the middle; the power stage
compresses; and a cabinet of twelve-inch cones rolls off at 5 kHz with a cone's peak below (D. Yeh, Digital
Implementation of Musical Distortion Circuits, 2009; the figures of the cabinet are typical ones).
The nonlinear stages run at twice the rate, so that what they add beyond hearing does not fold back.
"""

from dataclasses import dataclass

import numpy as np

from immersivaudio.audio.layout import Sound
from immersivaudio.music.timbre.filters import Filter
from immersivaudio.music.timbre.overlap_add import passed
from immersivaudio.music.timbre.spectra import spectrum, waveform


@dataclass(frozen=True, slots=True)
class Amplifier:
    """The settings of one amplifier."""

    gain_db: float
    """Into the first stage, for a part at the common level of all players."""
    tight: float
    """Hz of the low cut before the gain."""
    middle: float
    """dB of the tone stack at 550 Hz."""
    presence: float = 2.0
    """dB at 3.2 kHz."""
    out_db: float = 0.0
    """After everything, so that a driven part is as loud as any other player."""


AMPLIFIERS: dict[str, Amplifier] = {
    "crunch": Amplifier(22.0, 110.0, 1.0, 2.5, -25.5),
    "driven": Amplifier(36.0, 130.0, -1.5, 3.0, -29.5),
    "high gain": Amplifier(46.0, 150.0, -5.0, 4.0, -28.0),
    "lead": Amplifier(40.0, 160.0, 3.0, 2.0, -33.5),
}
"""By name: the `amp` column of `immersivaudio.music.instruments`."""

_CABINET = (
    Filter("highpass", 85, 0.8),
    Filter("peak", 120, 1.0, 3.0),
    Filter("peak", 400, 0.9, -2.5),
    Filter("peak", 2400, 1.1, 4.0),
    Filter("lowpass", 4800, 0.9),
    Filter("lowpass", 5400, 0.6),
)
_AT_A_TIME = 1 << 17
"""Samples clipped in one go."""
_OVER = 1 << 10
"""Samples of overlap: the filter of the doubled rate rings out in them."""
_BIAS = 0.22
"""How far the first triode sits from the middle of its curve: even harmonics."""


def amplified(sound: Sound, name: str) -> Sound:
    """Return one part, (channels, n), through the amplifier called `name`; KeyError for no such one."""
    amp = AMPLIFIERS[name]
    pushed = passed({(Filter("highpass", amp.tight, 0.7), Filter("peak", 900, 0.7, 4.0)): sound})
    pushed *= np.float32(10 ** (amp.gain_db / 20))
    clipped = np.zeros_like(pushed)
    for channel, row in enumerate(pushed):
        clipped[channel] = _stages(row)
    tone = (
        Filter("peak", 550, 0.7, amp.middle),
        Filter("highshelf", 3200, 0.7, amp.presence),
        *_CABINET,
    )
    out = passed({tone: clipped})
    out *= np.float32(10 ** (amp.out_db / 20))
    return out


def _stages(row: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Sound:
    """Clip one channel piece by piece, at twice the rate."""
    out = np.zeros_like(row)
    for start in range(0, len(row), _AT_A_TIME):
        first = max(start - _OVER, 0)
        piece = row[first : start + _AT_A_TIME + _OVER]
        if not piece.any():
            continue
        size = 1 << (len(piece) - 1).bit_length()
        # Orthonormal transforms of other sizes: the double rate costs a factor of the root of two each way.
        doubled = waveform(np.pad(spectrum(piece, size), (0, size // 2)), 2 * size) * np.float32(2**0.5)
        bent = _triode(_triode(doubled) * np.float32(3.0))
        found = spectrum(bent, 2 * size)[: size // 2 + 1]
        back = waveform(found, size) / np.float32(2**0.5)
        kept = slice(start - first, start - first + min(_AT_A_TIME, len(row) - start))
        out[start : start + _AT_A_TIME] = back[kept]
    return out


def _triode(x: Sound) -> Sound:
    """Return a soft and uneven clip, silence for silence."""
    bent: Sound = np.tanh(x + np.float32(_BIAS)) - np.float32(np.tanh(_BIAS))
    return bent
