"""Find the beats in sound that a model made.

Dynamic programming over an onset curve (Ellis, "Beat tracking by dynamic programming", 2007): the best chain
of onsets that are about one period apart. The period is looked for around the tempo that was asked for.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.media import onsets

_TIGHT = 100.0
"""How dear it is to leave the period, as in Ellis."""
_SPREAD = 0.35
"""Octaves around the asked tempo in which the true one is probably found."""
_LEAST = 4
"""Fewer beats than this are no pulse."""


def beats(sound: NDArray[np.float32], tempo: float) -> NDArray[np.float64]:
    """Return the times of the beats, s, of 48 kHz `sound` of shape (n, 2), or none where there is no pulse.

    `tempo` is what was asked for, beats a minute.
    """
    if len(sound) < SAMPLE_RATE:
        return np.zeros(0)
    curve = onsets.flux([sound.T])
    spread = curve.std()
    if spread < 1e-6:
        return np.zeros(0)
    curve = np.maximum(curve - curve.mean(), 0) / spread
    chain = _heard(_chain(curve, _period(curve, tempo)), curve)
    return chain / onsets.RATE if len(chain) >= _LEAST else np.zeros(0)


def _heard(chain: NDArray[np.float64], curve: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the chain without the beats before the first and after the last that something begins on."""
    if not len(chain):
        return chain
    strength = ndimage.maximum_filter1d(curve, 5)[chain.astype(int)]
    sounding = np.flatnonzero(strength > 0.3 * np.sqrt(np.mean(strength**2)))
    return chain[sounding[0] : sounding[-1] + 1] if len(sounding) else chain[:0]


def _period(curve: NDArray[np.float64], tempo: float) -> float:
    """Return the period in values of the curve: the autocorrelation's best, near the one asked for."""
    wanted = 60.0 * onsets.RATE / tempo
    size = 1 << (2 * len(curve)).bit_length()
    together = np.fft.irfft(np.abs(np.fft.rfft(curve, size)) ** 2, size)
    lags = np.arange(max(2, int(wanted / 2)), min(int(wanted * 2) + 2, len(curve)))
    if not len(lags):
        return wanted
    likely = np.exp(-0.5 * (np.log2(lags / wanted) / _SPREAD) ** 2)
    return float(lags[np.argmax(together[lags] * likely)])


def _chain(curve: NDArray[np.float64], period: float) -> NDArray[np.float64]:
    score = curve.copy()
    before = np.full(len(curve), -1)
    steps = np.arange(round(period / 2), round(period * 2) + 1)
    cost = -_TIGHT * np.log(steps / period) ** 2
    for now in range(int(steps[0]), len(curve)):
        reach = steps[steps <= now]
        values = score[now - reach] + cost[: len(reach)]
        best = int(np.argmax(values))
        if values[best] > 0:
            score[now] += values[best]
            before[now] = now - reach[best]
    last = len(curve) - round(period) + int(np.argmax(score[-round(period) :]))
    chain = []
    while last >= 0:
        chain.append(last)
        last = int(before[last])
    return np.array(chain[::-1], float)
