"""Lengths at which tones are rendered.

A tone depends on nothing but its key, its strength and its length class, so a note elsewhere in the piece
can never change it by a bit; the classes are friendly to the FFT, padding included.
"""

from bisect import bisect_left

PADDING = 4096
"""Samples after a tone, for filters to ring out in."""

CLASSES: tuple[int, ...] = tuple(n - PADDING for k in range(13, 23) for n in (2**k, 3 * 2 ** (k - 1)))


def length_class(samples: int) -> int:
    """Return the smallest class that holds `samples`; the longest (131 s) for anything beyond."""
    return CLASSES[min(bisect_left(CLASSES, samples), len(CLASSES) - 1)]
