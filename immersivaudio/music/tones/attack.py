"""Attack lag: how long after its first sample a tone is heard to begin.

The ear, like an onset detector, marks a tone where its energy rises steeply, not at its first sample nor at
its peak (Gordon 1987, "perceptual attack time"): here, where the smoothed envelope of the first 400 ms comes
within 10 dB of its peak.
"""

import numpy as np

from immersivaudio.music.score import SAMPLE_RATE
from immersivaudio.music.tones.tone import Sound

HOP = 48
THRESHOLD = 10 ** (-10 / 20)
LATEST = round(0.4 * SAMPLE_RATE)


def attack_lag(sound: Sound) -> int:
    """Return the lag of `sound` in samples, to within 1 ms; 0 for silence."""
    head = sound[:, :LATEST]
    size = head.shape[1] // HOP
    if size < 8:
        return 0
    power = np.square(head[:, : size * HOP], dtype=np.float32).sum(axis=0).reshape(size, HOP).mean(axis=1)
    envelope = np.sqrt(np.convolve(power, np.full(5, 0.2, np.float32))[:size])
    peak = float(envelope.max())
    return int(np.argmax(envelope >= THRESHOLD * peak)) * HOP if peak > 1e-9 else 0
