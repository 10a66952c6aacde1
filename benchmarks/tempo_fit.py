"""How well do random cut lists fall on the grid? 200 lists, each with the tempo that `choose_tempo` finds."""

import random
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np

from benchmarks.report import table, write
from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music import PALETTES, Brief, Hit, Section, choose_tempo, compose, mode_for, tempo_for
from immersivaudio.music.tempo_map import Grid, lay_grid
from immersivaudio.music.tempo_map.grid import on_eighth

LISTS = 200
METRES = ((4, 4), (3, 4), (6, 8))


def cut_list(seed: int, metre: tuple[int, int], *, sections: bool) -> Brief:
    """Return 5 to 20 random cuts in 30 to 120 s, over 0.8 s apart, and perhaps sections of 12 s or more."""
    chance = random.Random(seed)
    seconds = chance.uniform(30, 120)
    count = chance.randint(5, 20)
    slack = seconds - 0.801 * (count + 1)
    places = sorted(chance.uniform(0, slack) for _ in range(count))
    cuts = [Fraction(round((place + 0.801 * (i + 1)) * 1000), 1000) for i, place in enumerate(places)]
    bounds = [Fraction(0)]
    bounds += [cut for cut in cuts if sections and seconds - cut > 6]
    kept = bounds[:1]
    for bound in bounds[1:]:
        if bound - kept[-1] > 12:
            kept.append(bound)
    kept.append(Fraction(round(seconds * 1000), 1000))
    parts = tuple(Section(a, b, "ABAC"[i % 4], 0.0, 0.0, 0.5) for i, (a, b) in enumerate(pairwise(kept)))
    hits = tuple(Hit(cut, chance.uniform(0.2, 1.0)) for cut in cuts)
    return Brief(kept[-1], "cinematic", chance.uniform(75, 130), "C", "ionian", metre, parts, hits)


def fit(asked: Brief) -> Grid:
    """Lay the grid at the best tempo within 15 % of the asked one."""
    return lay_grid(replace(asked, tempo=choose_tempo(asked, 60, 160)))


def groove(seed: int) -> Grid:
    """Lay the grid of a cut list in the next of the styles whose tempo stands, at the tempo its cuts
    ask for.
    """
    styles = [palette for palette in PALETTES.values() if palette.steady]
    own = styles[seed % len(styles)]
    tempo = tempo_for(own.valence, own.arousal, own)
    asked = replace(cut_list(seed, own.metres[0], sections=True), palette=own.name, tempo=tempo)
    return lay_grid(replace(asked, tempo=choose_tempo(asked, *own.tempo)))


def endings() -> list[tuple[str, str, str]]:
    """Return where the last note of clips begins: their length, the worst and the median, the aim."""
    found = []
    for seconds, least in ((5, 0.85), (8, 0.85), (12, 0.85), (20, 0.9), (45, 43 / 45), (150, 148 / 150)):
        shares = []
        for name, own in PALETTES.items():
            bounds = (Fraction(0), Fraction(seconds))
            sections = (Section(*bounds, "A", own.valence, own.arousal, 0.6),)
            tempo = tempo_for(own.valence, own.arousal, own)
            brief = Brief(bounds[1], name, tempo, "D", mode_for(own.valence, own), own.metres[0], sections)
            onsets = [note.onset for part in compose(brief).parts for note in part.notes]
            shares.append(max(onsets) / SAMPLE_RATE / seconds)
        cells = f"{min(shares):.1%} / {np.median(shares):.1%}", f">= {least:.1%}"
        found.append((f"{seconds} s, {len(shares)} styles", *cells))
    return found


def row(grids: list[Grid]) -> str:
    """Return one line of the table."""
    hits = [(hit, grid.metre) for grid in grids for hit in grid.hits]
    bars = [bar.beats != grid.metre.beats for grid in grids for bar in grid.bars]
    stretches = [(seconds, abs(off)) for grid in grids for seconds, off in grid.deviations()]
    off = np.repeat([d for _, d in stretches], [max(1, round(4 * s)) for s, _ in stretches])
    error = max(abs(grid.sample(h.tick) - h.sample) for grid in grids for h in grid.hits if h.gridded)
    beats = np.mean([hit.gridded and hit.tick % metre.beat_ticks == 0 for hit, metre in hits])
    eighths = np.mean([on_eighth(hit, metre) for hit, metre in hits])
    free = np.mean([not hit.gridded for hit, _ in hits])
    return (
        f"{beats:.1%} | {eighths:.1%} | {free:.1%} | {np.median(off):.2%} | {np.percentile(off, 95):.2%} | "
        f"{off.max():.2%} | {np.mean(bars):.1%} | {error / 48:.2f}"
    )


def main() -> None:
    """Write the section of docs/benchmarks.md."""
    lines = [
        "| metre | sections | on beats | on beats or eighths | free accents | deviation, median | p95 "
        "| largest | odd bars | error of a gridded hit, ms |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for metre in METRES:
        for sections in (False, True):
            grids = [fit(cut_list(seed, metre, sections=sections)) for seed in range(LISTS)]
            name = "every 12 s or more" if sections else "one"
            lines.append(f"| {metre[0]}/{metre[1]} | {name} | {row(grids)} |")
    standing = [groove(seed) for seed in range(LISTS)]
    lines.append(f"| grooves, each its own | every 12 s or more | {row(standing)} |")
    spans = [np.diff([beat.sample for beat in grid.beats()]) for grid in standing]
    spread = max(float(lengths.max() / lengths.min()) - 1 for lengths in spans)
    text = (
        f"{LISTS} random cut lists a line: 5 to 20 cuts in 30 to 120 s, every cut a hit of random strength."
    )
    text += "\n\n" + "\n".join(lines)
    text += f"\n\nLongest beat of any groove over its shortest: {spread:.2%} (aim: 1 %).\n\n"
    text += table(("length", "last note begins at, worst / median", "aim"), endings())
    write("Tempo fit", text)


if __name__ == "__main__":
    main()
