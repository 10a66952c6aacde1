"""Music from a text-to-music model: the decode loop, long windows, and making the result land on the cuts.

The modules that import torch at their head (`codes`, `decoder`, `linear`, `loop`, `sampling`, `voice`) are
themselves imported only inside a backend's functions.
"""
