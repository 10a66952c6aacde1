"""Attack lag: how long after its first sample a tone is heard to begin.

The ear, like an onset detector, marks a tone where its energy rises steeply, not at its first sample nor at
its peak (Gordon 1987, "perceptual attack time"): here, where the smoothed envelope of the first 400 ms comes
within 10 dB of its peak. Within 3 dB it has spoken: an accent of a slow instrument is entered there.
"""

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound

HOP = 48
HEARD = 10 ** (-10 / 20)
SPOKEN = 10 ** (-3 / 20)
LATEST = round(0.4 * SAMPLE_RATE)


def attack(sound: Sound) -> tuple[int, int]:
    """Return where `sound` is heard to begin and where it has fully spoken, samples; zeros for silence."""
    head = sound[:, :LATEST]
    size = head.shape[1] // HOP
    if size < 8:
        return 0, 0
    power = np.square(head[:, : size * HOP], dtype=np.float32).sum(axis=0).reshape(size, HOP).mean(axis=1)
    envelope = np.sqrt(np.convolve(power, np.full(5, 0.2, np.float32))[:size])
    peak = float(envelope.max())
    if peak <= 1e-9:
        return 0, 0
    heard, spoken = (int(np.argmax(envelope >= share * peak)) * HOP for share in (HEARD, SPOKEN))
    return heard, spoken
