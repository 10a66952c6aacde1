"""HDR pictures brought down to SDR, so that a person (and every later stage) recognises them.

Sources: the PQ EOTF of SMPTE ST 2084 and the HLG inverse OETF and OOTF, both in ITU-R BT.2100; reference
white at 203 cd/m2 from BT.2408; BT.2020 to BT.709 primaries from BT.2087. Above the knee an exponential
shoulder takes highlights to white; below it, nothing changes. It works on the largest of R, G and B, so that
hues stay. Not a master grade: enough to see and to measure.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from immersivaudio.values import Image

PQ = 16
"""AVCOL_TRC_SMPTE2084"""
HLG = 18
"""AVCOL_TRC_ARIB_STD_B67"""

_WHITE = 203.0
"""cd/m2 that becomes SDR white (1.0) before the shoulder."""
_HLG_PEAK = 1000.0
"""cd/m2 of the nominal HLG display."""
_KNEE = 0.6

_BT2020_TO_BT709 = np.array(
    [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]], np.float32
)

_Floats = NDArray[np.float32]


def to_sdr(pixels: NDArray[np.uint16], transfer: int) -> Image:
    """Return SDR of BT.2020 `pixels` (shape (h, w, 3), 0-65535) coded with `transfer` (`PQ` or `HLG`)."""
    light = _linear(transfer)[pixels]
    if transfer == HLG:
        luma = light @ np.array([0.2627, 0.6780, 0.0593], np.float32)
        system = np.maximum(luma, 1e-6)[..., None] ** np.float32(0.2)
        light = (light * system * (_HLG_PEAK / _WHITE)).astype(np.float32)
    narrow = np.maximum(light @ _BT2020_TO_BT709.T, 0)
    peak = np.maximum(narrow.max(axis=-1, keepdims=True), 1e-6)
    rolled = narrow * (_shoulder(peak) / peak)
    sdr: Image = _encoded()[(rolled * 4095 + 0.5).astype(np.uint16).clip(0, 4095)]
    return sdr


def _shoulder(peak: _Floats) -> _Floats:
    over = (peak - _KNEE) / (1 - _KNEE)
    rolled = _KNEE + (1 - _KNEE) * (1 - np.exp(-np.maximum(over, 0)))
    return np.where(peak <= _KNEE, peak, rolled).astype(np.float32)


@cache
def _linear(transfer: int) -> _Floats:
    """Light for each 16-bit code: PQ in units of reference white, HLG as scene light 0 to 1."""
    code = np.arange(65536, dtype=np.float64) / 65535
    if transfer == PQ:
        m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
        root = code ** (1 / m2)
        light = 10_000 / _WHITE * (np.maximum(root - c1, 0) / (c2 - c3 * root)) ** (1 / m1)
    else:
        a, b, c = 0.17883277, 0.28466892, 0.55991073
        light = np.where(code <= 0.5, code**2 / 3, (np.exp((code - c) / a) + b) / 12)
    return light.astype(np.float32)


@cache
def _encoded() -> NDArray[np.uint8]:
    """sRGB code (IEC 61966-2-1) for 4096 steps of linear light."""
    light = np.arange(4096) / 4095
    code = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return (code * 255 + 0.5).astype(np.uint8)
