"""Music from a text-to-music model: the decode loop, long windows, and making the result land on the cuts.

The modules that import torch at their head (`decode_loop`, `decoder`, `delay_pattern`, `linear`, `musicgen`,
`sampling`) are themselves imported only inside a backend's functions.
"""
