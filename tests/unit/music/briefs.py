"""Briefs for tests of the composer: a short film's worth of sections and hits, and random cut lists."""

import random
from fractions import Fraction
from itertools import pairwise
from typing import Any

from immersivaudio.music import PALETTES, Brief, Hit, Section, mode_for, tempo_for


def ms(seconds: float) -> Fraction:
    """Return a time in whole milliseconds, as a sheet would hold it."""
    return Fraction(round(seconds * 1000), 1000)


def brief(palette: str = "cinematic", seconds: float = 40.0, **changes: Any) -> Brief:
    """Return four sections, A B A C, and seven hits, at the palette's own mood."""
    own = PALETTES[palette]
    valence, arousal = changes.pop("valence", own.valence), changes.pop("arousal", own.arousal)
    bounds = [ms(seconds * share) for share in (0, 0.27, 0.55, 0.75, 1)]
    sections = tuple(
        Section(bounds[i], bounds[i + 1], label, valence, arousal, intensity)
        for i, (label, intensity) in enumerate(zip("ABAC", (0.35, 0.55, 0.8, 0.65), strict=True))
    )
    shares = ((0.12, 0.5), (0.27, 0.9), (0.4, 0.6), (0.55, 0.8), (0.66, 0.4), (0.75, 0.7), (0.9, 0.5))
    values: dict[str, Any] = {
        "duration": ms(seconds),
        "palette": palette,
        "tempo": round(tempo_for(valence, arousal, own), 1),
        "tonic": "D",
        "mode": mode_for(valence, own),
        "metre": own.metres[0],
        "sections": sections,
        "hits": tuple(Hit(ms(seconds * share), strength) for share, strength in shares),
        "seed": 1,
    }
    return Brief(**values | changes)


def montage(seed: int, metre: tuple[int, int] = (4, 4)) -> Brief:
    """Return 5 to 20 random cuts in 30 to 120 s, more than 0.8 s apart; a new section at some of them."""
    chance = random.Random(seed)
    seconds = chance.uniform(30, 120)
    wanted = chance.randint(5, 20)
    slack = seconds - 0.8 * (wanted + 1)
    places = sorted(chance.uniform(0, slack) for _ in range(wanted))
    cuts = [ms(place + 0.8 * (i + 1) + 0.001 * i) for i, place in enumerate(places)]
    bounds = [Fraction(0)]
    for cut in cuts:
        if cut - bounds[-1] > 12 and seconds - cut > 6:
            bounds.append(cut)
    bounds.append(ms(seconds))
    return brief(
        seconds=seconds,
        duration=ms(seconds),
        tempo=chance.uniform(75, 130),
        metre=metre,
        hits=tuple(Hit(cut, chance.uniform(0.2, 1.0)) for cut in cuts),
        sections=tuple(
            Section(start, end, "ABAC"[i % 4], 0.2, 0.1, 0.5)
            for i, (start, end) in enumerate(pairwise(bounds))
        ),
    )
