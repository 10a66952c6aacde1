"""Sound as arrays: one sample rate, one layout, one WAV file, one meter, one limiter, one resampler.

Everything is float32 of shape (channels, samples) at `SAMPLE_RATE`, full scale 1. This room imports
no other room.
"""

SAMPLE_RATE = 48_000
"""Hz, of every sound inside the house."""
