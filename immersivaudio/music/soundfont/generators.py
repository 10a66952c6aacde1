"""Generators, the parameters of a sound (section 8.1): numbers, defaults and which of them add up."""

from enum import IntEnum


class G(IntEnum):
    """Generator operators that we follow."""

    START = 0
    END = 1
    LOOP_START = 2
    LOOP_END = 3
    START_COARSE = 4
    MOD_LFO_TO_PITCH = 5
    VIB_LFO_TO_PITCH = 6
    MOD_ENV_TO_PITCH = 7
    FILTER_CUTOFF = 8
    FILTER_Q = 9
    MOD_ENV_TO_FILTER = 11
    END_COARSE = 12
    PAN = 17
    VIB_LFO_DELAY = 23
    VIB_LFO_FREQUENCY = 24
    MOD_ENV_DELAY = 25
    MOD_ENV_ATTACK = 26
    MOD_ENV_HOLD = 27
    MOD_ENV_DECAY = 28
    MOD_ENV_SUSTAIN = 29
    MOD_ENV_RELEASE = 30
    VOL_ENV_DELAY = 33
    VOL_ENV_ATTACK = 34
    VOL_ENV_HOLD = 35
    VOL_ENV_DECAY = 36
    VOL_ENV_SUSTAIN = 37
    VOL_ENV_RELEASE = 38
    KEY_TO_HOLD = 39
    KEY_TO_DECAY = 40
    INSTRUMENT = 41
    KEY_RANGE = 43
    VELOCITY_RANGE = 44
    LOOP_START_COARSE = 45
    KEY = 46
    VELOCITY = 47
    ATTENUATION = 48
    LOOP_END_COARSE = 50
    COARSE_TUNE = 51
    FINE_TUNE = 52
    SAMPLE = 53
    SAMPLE_MODES = 54
    SCALE_TUNING = 56
    EXCLUSIVE_CLASS = 57
    ROOT_KEY = 58


_TIMES = (
    G.VIB_LFO_DELAY,
    *(G.MOD_ENV_DELAY, G.MOD_ENV_ATTACK, G.MOD_ENV_HOLD, G.MOD_ENV_DECAY, G.MOD_ENV_RELEASE),
    *(G.VOL_ENV_DELAY, G.VOL_ENV_ATTACK, G.VOL_ENV_HOLD, G.VOL_ENV_DECAY, G.VOL_ENV_RELEASE),
)
DEFAULTS: dict[int, int] = {
    G.FILTER_CUTOFF: 13500,
    **dict.fromkeys(_TIMES, -12000),
    G.KEY: -1,
    G.VELOCITY: -1,
    G.SCALE_TUNING: 100,
    G.ROOT_KEY: -1,
}
"""Where the default is not 0."""

RANGES = frozenset({G.KEY_RANGE, G.VELOCITY_RANGE})
INSTRUMENT_ONLY = frozenset(
    {
        G.START,
        G.END,
        G.LOOP_START,
        G.LOOP_END,
        G.START_COARSE,
        G.END_COARSE,
        G.LOOP_START_COARSE,
        G.LOOP_END_COARSE,
        G.KEY,
        G.VELOCITY,
        G.SAMPLE_MODES,
        G.EXCLUSIVE_CLASS,
        G.ROOT_KEY,
    }
)
"""Meaningless at the level of a preset (section 8.5); everything else adds up there."""


def seconds(timecents: float) -> float:
    """Return a time in s; -12000 timecents or less is taken for none at all."""
    return 0.0 if timecents <= -12000 else float(2.0 ** (min(timecents, 8000.0) / 1200.0))


def hertz(cents: float) -> float:
    """Return a frequency in Hz from absolute cents (8.176 Hz is 0)."""
    return float(8.176 * 2.0 ** (min(max(cents, -16000.0), 14000.0) / 1200.0))
