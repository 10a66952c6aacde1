"""Brightness, onset density and instrument families of a song, from its spectrogram."""

import numpy as np
from scipy.ndimage import median_filter

from immersivaudio.song_analysis.spectrogram import FRAMES, Row, Spectrogram

_GATE = 0.1
"""Share of the mean level under which a frame is silence."""
_STRIKE = 0.35
"""Share of the energy that is struck, from which drums play."""
_CYMBALS = 0.05
"""Share of the magnitude above 2 kHz, without which nothing is struck there."""
_LOW = (35.0, 160.0)
"""Hz of a bass."""
_BASS = 0.12
"""Share of the magnitude up to 2 kHz."""
_TIME, _PITCH = 17, 17
"""Frames and columns of the two medians that part what is held from what is struck (Fitzgerald 2010)."""
_EVERY = 2
_HELD = 0.55


def brightness(spectra: Spectrogram) -> float:
    """Return the centre of the spectrum, Hz, in the mean over what sounds."""
    level = spectra.magnitudes.sum(axis=1)
    heard = level > _GATE * level.mean()
    centre = spectra.magnitudes[heard] @ spectra.frequencies / np.maximum(level[heard], 1e-9)
    return float(centre.mean()) if heard.any() else 0.0


def busyness(spectra: Spectrogram) -> float:
    """Return how many notes or strokes begin a second."""
    onsets = spectra.onsets
    peak = (onsets[1:-1] > onsets[:-2]) & (onsets[1:-1] >= onsets[2:])
    strong = onsets[1:-1] > onsets.mean() + 0.5 * onsets.std()
    return float((peak & strong).sum() / (len(onsets) / FRAMES))


def families(spectra: Spectrogram) -> tuple[str, ...]:
    """Return the families that play: "drums", "bass", "struck" (piano, guitar), "held" (strings, winds)."""
    magnitudes = spectra.magnitudes[::_EVERY]
    held = median_filter(magnitudes, size=(_TIME // _EVERY | 1, 1))
    struck = median_filter(magnitudes, size=(1, _PITCH))
    high = spectra.frequencies > 2000
    bright = float(magnitudes[:, high].sum() / max(float(magnitudes.sum()), 1e-9))
    strokes = struck[:, high] ** 2 / np.maximum(struck[:, high] ** 2 + held[:, high] ** 2, 1e-9)
    share = float(np.average(strokes, weights=magnitudes[:, high] + 1e-6))
    low = (spectra.frequencies > _LOW[0]) & (spectra.frequencies < _LOW[1])
    mid = spectra.frequencies < 2000
    bass = float(magnitudes[:, low].sum() / max(float(magnitudes[:, mid].sum()), 1e-9))
    found = ["drums"] if share > _STRIKE and bright > _CYMBALS else []
    found += ["bass"] if bass > _BASS else []
    return (*found, "held" if sustained(spectra) > _HELD else "struck")


def sustained(spectra: Spectrogram) -> float:
    """Return how much of its level music keeps 0.4 s after its stronger onsets, 0 to 1."""
    inside = (spectra.frequencies > 200) & (spectra.frequencies < 2000)
    level: Row = np.asarray(spectra.magnitudes[:, inside].mean(axis=1), np.float64)
    later = round(0.4 * FRAMES)
    onsets = spectra.onsets[: len(level) - later]
    strong = np.flatnonzero(onsets > np.quantile(onsets, 0.97))
    ratios = level[strong + later] / np.maximum(level[strong], level[np.minimum(strong + 4, len(level) - 1)])
    return float(np.clip(np.median(ratios), 0, 1)) if len(ratios) else 1.0
