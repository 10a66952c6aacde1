"""Kits: General MIDI percussion keys mapped to drums, one table a kit."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from immersivaudio.music.synths.drums import Drum, strike
from immersivaudio.music.synths.patch import Mono, ToneRequest
from immersivaudio.music.synths.shaping import stereo

HATS = frozenset({42, 44, 46})

_KICK = Drum(pitch=50, drop=3.4, drop_time=0.09, tone=1.0, tone_time=0.42, click=0.25, drive=1.6)
_SNARE = Drum(
    pitch=188,
    drop=0.5,
    drop_time=0.05,
    tone=0.5,
    tone_time=0.16,
    noise=0.42,
    noise_time=0.24,
    band=(900, 11_000),
    click=0.2,
)
_CLAP = Drum(noise=0.8, noise_time=0.28, band=(900, 7000), claps=4)
_HAT = Drum(metal=0.35, metal_time=0.07, noise=0.15, noise_time=0.06, band=(7000, 15_000))
_OPEN = replace(_HAT, metal_time=0.5, noise_time=0.42)
_CRASH = Drum(metal=0.3, metal_time=1.6, noise=0.4, noise_time=2.0, band=(3500, 14_000), click=0.1)
_RIDE = Drum(
    pitch=5100,
    tone=0.05,
    tone_time=0.5,
    metal=0.3,
    metal_time=0.9,
    noise=0.05,
    noise_time=0.5,
    band=(6000, 14_000),
)
_TOM = Drum(
    pitch=110,
    drop=0.9,
    drop_time=0.14,
    tone=1.0,
    tone_time=0.5,
    noise=0.08,
    noise_time=0.08,
    band=(300, 5000),
)
_RIM = Drum(pitch=1700, tone=0.5, tone_time=0.04, noise=0.2, noise_time=0.03, band=(1500, 8000), click=0.4)
_COWBELL = Drum(pitch=560, tone=0.5, tone_time=0.25, metal=0.1, metal_time=0.1, click=0.2)
_SHAKER = Drum(noise=0.5, noise_time=0.09, band=(5500, 13_000))
_CONGA = Drum(
    pitch=210,
    drop=0.25,
    drop_time=0.05,
    tone=0.9,
    tone_time=0.3,
    noise=0.1,
    noise_time=0.03,
    band=(800, 6000),
)
_WOOD = Drum(pitch=1150, tone=0.8, tone_time=0.08, click=0.3)
_TRIANGLE = Drum(pitch=4400, tone=0.3, tone_time=1.0, metal=0.12, metal_time=0.8)

_TOMS = {41: 78, 43: 92, 45: 108, 47: 128, 48: 150, 50: 176}
"""Key -> Hz."""

_ELECTRONIC: dict[int, Drum] = {
    35: _KICK,
    36: _KICK,
    37: _RIM,
    38: _SNARE,
    39: _CLAP,
    40: replace(_SNARE, pitch=205, noise_time=0.18),
    42: _HAT,
    44: replace(_HAT, metal_time=0.05, noise_time=0.04),
    46: _OPEN,
    49: _CRASH,
    51: _RIDE,
    52: replace(_CRASH, band=(2500, 12_000)),
    53: replace(_RIDE, pitch=3100, tone=0.2),
    54: replace(_SHAKER, metal=0.2, metal_time=0.15),
    55: replace(_CRASH, metal_time=0.7, noise_time=0.8),
    56: _COWBELL,
    57: _CRASH,
    59: _RIDE,
    60: replace(_CONGA, pitch=330),
    61: replace(_CONGA, pitch=245),
    62: replace(_CONGA, pitch=260, tone_time=0.12),
    63: replace(_CONGA, pitch=235),
    64: replace(_CONGA, pitch=175),
    69: _SHAKER,
    70: replace(_SHAKER, noise_time=0.05),
    75: replace(_WOOD, pitch=2500),
    76: _WOOD,
    77: replace(_WOOD, pitch=860),
    80: replace(_TRIANGLE, tone_time=0.2, metal_time=0.1),
    81: _TRIANGLE,
    65: replace(_SNARE, pitch=330, tone_time=0.25, noise=0.15),
    66: replace(_SNARE, pitch=240, tone_time=0.28, noise=0.15),
    67: replace(_COWBELL, pitch=905),
    68: replace(_COWBELL, pitch=640),
    71: Drum(pitch=2300, tone=0.6, tone_time=0.5, noise=0.1, noise_time=0.4, band=(1800, 6000)),
    73: replace(_SHAKER, noise_time=0.12, band=(2500, 9000)),
    74: replace(_SHAKER, noise_time=0.3, band=(2500, 9000)),
    82: _SHAKER,
    83: Drum(noise=0.25, noise_time=0.18, band=(5500, 15_000), metal=0.25, metal_time=0.2, claps=3),
    85: replace(_WOOD, pitch=1900, tone_time=0.03),
    **{key: replace(_TOM, pitch=pitch) for key, pitch in _TOMS.items()},
}
_LOFI: dict[int, Drum] = {
    **_ELECTRONIC,
    35: replace(
        _KICK,
        pitch=58,
        drop=2.0,
        tone_time=0.26,
        click=0.12,
        drive=2.4,
        noise=0.06,
        noise_time=0.05,
        band=(100, 2500),
    ),
    38: replace(_SNARE, pitch=172, noise_time=0.17, band=(500, 6500), drive=2.0),
    40: replace(_SNARE, pitch=185, noise_time=0.12, band=(500, 6500), drive=2.0),
    42: replace(_HAT, metal=0.2, noise=0.3, noise_time=0.045, band=(5000, 9500)),
    44: replace(_HAT, metal=0.1, noise=0.25, noise_time=0.035, band=(5000, 9000)),
    46: replace(_OPEN, metal=0.2, noise=0.3, noise_time=0.25, band=(4500, 9500)),
    37: replace(_RIM, pitch=1250, click=0.2),
}
_LOFI[36] = _LOFI[35]

_BOOM = Drum(
    pitch=42,
    drop=1.5,
    drop_time=0.16,
    tone=1.0,
    tone_time=1.5,
    noise=0.3,
    noise_time=0.3,
    band=(60, 1400),
    click=0.2,
    drive=1.8,
)
_TAIKO = Drum(
    pitch=74,
    drop=0.55,
    drop_time=0.12,
    tone=1.0,
    tone_time=0.8,
    noise=0.35,
    noise_time=0.12,
    band=(150, 3500),
    click=0.35,
    drive=1.5,
)
_CINEMATIC: dict[int, Drum] = {
    **_ELECTRONIC,
    35: _BOOM,
    36: replace(_BOOM, pitch=50, tone_time=1.1),
    38: replace(_TAIKO, pitch=150, tone_time=0.35, noise=0.6, noise_time=0.2, band=(300, 7000)),
    40: replace(_TAIKO, pitch=170, tone_time=0.3, noise=0.6, noise_time=0.16, band=(400, 8000)),
    37: replace(_RIM, pitch=900, tone_time=0.07),
    39: replace(_CLAP, noise_time=0.5, band=(500, 5000)),
    **{key: replace(_TAIKO, pitch=pitch * 0.82) for key, pitch in _TOMS.items()},
}

_GATED: dict[int, Drum] = {
    **_ELECTRONIC,
    38: replace(_SNARE, pitch=175, noise=0.55, noise_time=0.4, band=(500, 9000), gate=0.2, drive=1.6),
    **{key: replace(_TOM, pitch=pitch, tone_time=0.45, noise=0.3, noise_time=0.3, gate=0.16)
       for key, pitch in _TOMS.items()},
}  # fmt: skip
_GATED[40] = _GATED[38]
_TECHNO: dict[int, Drum] = {
    **_ELECTRONIC,
    36: replace(_KICK, pitch=47, drop=4.2, drop_time=0.11, tone_time=0.5, click=0.35, drive=4.5),
    39: replace(_CLAP, noise_time=0.22, band=(1100, 6000)),
    45: replace(_TOM, pitch=52, drop=0.3, tone_time=0.32, noise=0.0, drive=2.5),
    37: replace(_RIM, pitch=2100, tone_time=0.03),
}
_TECHNO[35] = _TECHNO[36]
_TRAP: dict[int, Drum] = {
    **_ELECTRONIC,
    36: replace(_KICK, pitch=52, drop=5.0, drop_time=0.05, tone_time=0.22, click=0.5, drive=2.2),
    38: replace(_SNARE, pitch=205, noise=0.6, noise_time=0.2, band=(1400, 14_000), click=0.4, drive=1.8),
    42: replace(_HAT, metal=0.25, metal_time=0.035, noise=0.22, noise_time=0.035, band=(8000, 16_000)),
    37: replace(_RIM, pitch=1500, tone_time=0.05),
}
_TRAP[35] = _TRAP[36]
_SKIN = Drum(pitch=190, drop=0.35, drop_time=0.04, tone=1.0, tone_time=0.35, noise=0.25, noise_time=0.03,
             band=(600, 7000), click=0.15)  # fmt: skip
_HAND: dict[int, Drum] = {
    **_ELECTRONIC,
    36: replace(_SKIN, pitch=68, drop=0.6, drop_time=0.09, tone_time=0.5, band=(150, 2500), drive=1.4),
    41: replace(_SKIN, pitch=82, drop=0.9, drop_time=0.14, tone_time=0.45, band=(150, 3000), drive=1.3),
    38: replace(_SKIN, pitch=240, tone=0.5, tone_time=0.12, noise=0.7, noise_time=0.09, band=(900, 9000)),
    37: replace(_SKIN, pitch=420, tone=0.4, tone_time=0.06, noise=0.6, noise_time=0.03, band=(2000, 12_000)),
    60: replace(_SKIN, pitch=385, tone_time=0.28),
    61: replace(_SKIN, pitch=285),
    62: replace(_SKIN, pitch=300, tone=0.5, tone_time=0.09, noise=0.5),
    63: replace(_SKIN, pitch=235),
    64: replace(_SKIN, pitch=165, tone_time=0.45),
    39: replace(_CLAP, noise_time=0.12, band=(1000, 9000), claps=2),
}  # fmt: skip
_HAND[35] = _HAND[36]

PANS = {
    42: 0.15,
    44: 0.15,
    46: 0.15,
    49: -0.3,
    57: 0.35,
    51: 0.3,
    59: 0.3,
    41: 0.25,
    43: 0.2,
    45: 0.1,
    47: -0.05,
    48: -0.15,
    50: -0.25,
}
"""Key -> place, as the drummer sits: -1 left to 1 right."""


def kit(drums: Mapping[int, Drum], looseness: float = 1.0) -> Callable[[ToneRequest], Mono]:
    """Return a patch that strikes the drum of each key, or of the nearest key that has one; strokes differ
    by `looseness`.
    """

    def make(ask: ToneRequest) -> Mono:
        key = min(drums, key=lambda one: (abs(one - ask.key), one))
        sound = strike(drums[key], ask, looseness)
        pan = PANS.get(ask.key, 0.0)
        return sound if not pan else stereo(sound * np.float32(1 - pan), sound * np.float32(1 + pan))

    return make


MACHINE = 0.4
"""Looseness of circuits: an analogue drum machine is off by so much, too."""
electronic, lofi, cinematic = kit(_ELECTRONIC, MACHINE), kit(_LOFI), kit(_CINEMATIC)
gated, techno, trap = kit(_GATED, MACHINE), kit(_TECHNO, MACHINE), kit(_TRAP, MACHINE)
hand = kit(_HAND)
