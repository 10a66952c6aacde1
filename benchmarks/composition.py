"""How well is it composed? Measures of a score alone, without a sound. Run me for a table over every palette.

Definitions differ between papers, so figures from here compare only with figures from here. The aims are
the bands measured on 53 human-made scores, written beside each measure in `AIMS`; steps reach down to what
31 pieces of OpenMSX have (.45 by one choice of the tune among their parts, .55 by another).
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from statistics import fmean, median

from benchmarks.report import write
from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music import PALETTES, Brief, Hit, Section, compose, mode_for, tempo_for
from immersivaudio.music.score import Note, Part, Score
from immersivaudio.music.theory import MODES, pitch_class

AIMS: dict[str, tuple[float, float]] = {
    "H1": (2.0, 2.6),
    "H4": (2.65, 3.0),
    "in scale": (0.93, 0.98),
    "groove": (0.9, 0.97),
    "steps": (0.45, 0.85),
    "leaps": (0.0, 0.04),
    "range": (8.0, 24.0),
    "voice move": (0.0, 2.5),
    "rubs": (0.0, 0.03),
    "repetition": (0.5, 0.9),
    "onset spread": (5.0, 12.0),
    "velocity spread": (4.0, 10.0),
}


_MELTS = Fraction(1, 4)
"""Beats by which chords of a pad overlap."""
_SEEDS, _LIKE = 3, 16
"""Seeds of the means, and of the likeness of any two: few, for there are 68 palettes."""


@dataclass(frozen=True, slots=True)
class Measures:
    """A score in figures; `AIMS` has the bands."""

    values: dict[str, float]

    def outside(self) -> dict[str, float]:
        """Return what misses its band."""
        return {
            name: value
            for name, value in self.values.items()
            if not AIMS[name][0] - 1e-9 <= value <= AIMS[name][1] + 1e-9
        }


def measure(score: Score) -> Measures:
    """Measure everything."""
    lead = melody(score)
    return Measures(
        {
            "H1": pitch_entropy(score, 1),
            "H4": pitch_entropy(score, 4),
            "in scale": in_scale(score),
            "groove": groove(score),
            "steps": share(lead, lambda move: move <= 2),
            "leaps": share(lead, lambda move: move > 7),
            "range": float(max(n.pitch for n in lead) - min(n.pitch for n in lead)) if lead else 0.0,
            "voice move": voice_move(score),
            "rubs": rubs(score),
            "repetition": repetition(score),
            "onset spread": onset_spread(score),
            "velocity spread": velocity_spread(score),
        }
    )


def melody(score: Score) -> list[Note]:
    """Return the notes of the lead."""
    return [note for part in score.parts if part.role == "lead" for note in part.notes]


def pitched(score: Score) -> list[Part]:
    """Return the parts that play pitches: no drums, no effects."""
    return [part for part in score.parts if part.role not in {"drums", "effects"}]


def bar_lines(score: Score) -> list[Fraction]:
    """Return the beat on which every bar begins."""
    return [Fraction(index) for index, beat in enumerate(score.beats) if beat.position == 0]


def in_bars(score: Score, notes: Iterable[Note]) -> list[list[Note]]:
    """Deal notes into bars by their written beat."""
    lines = [*bar_lines(score), Fraction(len(score.beats) + 1)]
    bars: list[list[Note]] = [[] for _ in lines[1:]]
    index = 0
    for note in sorted(notes, key=lambda note: note.beat):
        while index < len(bars) - 1 and note.beat >= lines[index + 1]:
            index += 1
        bars[index].append(note)
    return bars


def entropy(counts: Counter[int]) -> float:
    """Return the Shannon entropy of a histogram, bits."""
    total = sum(counts.values())
    return -sum(n / total * math.log2(n / total) for n in counts.values()) if total else 0.0


def pitch_entropy(score: Score, window: int) -> float:
    """Return the mean entropy of pitch-class histograms over windows of bars (H1, H4 of Wu & Yang, 2020),
    bits. Windows in which nothing is struck have no histogram and are left out, as in the authors' code.
    """
    bars = in_bars(score, (note for part in pitched(score) for note in part.notes))
    windows = [
        Counter(note.pitch % 12 for bar in bars[i : i + window] for note in bar)
        for i in range(max(len(bars) - window + 1, 1))
    ]
    found = [entropy(counts) for counts in windows if counts]
    return sum(found) / max(len(found), 1)


def in_scale(score: Score) -> float:
    """Return the share of pitched notes inside the piece's scale."""
    scale = {(pitch_class(score.tonic) + step) % 12 for step in MODES[score.mode]}
    notes = [note.pitch % 12 for part in pitched(score) for note in part.notes]
    return sum(pc in scale for pc in notes) / max(len(notes), 1)


def groove(score: Score) -> float:
    """Return the mean agreement of onset patterns between all pairs of bars (grooving similarity, Wu &
    Yang, 2020).

    Patterns have 64 positions a bar of four quarters, as in the paper, and 16 a quarter in other bars; every
    part counts.
    """
    lines = bar_lines(score)
    patterns = []
    beat = 24 if score.metre[1] == 8 else 16
    for line, bar in zip(lines, in_bars(score, (n for part in score.parts for n in part.notes)), strict=True):
        patterns.append({round(float(note.beat - line) * beat) for note in bar})
    pairs = list(combinations(patterns[:60], 2))
    places = 64 * score.metre[0] // score.metre[1]
    return sum(1 - len(a ^ b) / places for a, b in pairs) / max(len(pairs), 1)


def share(notes: Sequence[Note], wanted: Callable[[int], bool]) -> float:
    """Return the share of melodic moves (semitones, repeats included) that are `wanted`."""
    moves = [abs(b.pitch - a.pitch) for a, b in pairwise(notes)]
    return sum(map(wanted, moves)) / max(len(moves), 1)


def voice_move(score: Score) -> float:
    """Return the mean move of a voice between neighbouring chords of a part, semitones.

    Of every part that plays chords, held or comped; a chord struck again is no move.
    """
    moves: list[int] = []
    for part in score.parts:
        if part.role not in {"pad", "arp"}:
            continue
        struck: dict[Fraction, list[int]] = {}
        for note in part.notes:
            struck.setdefault(note.beat, []).append(note.pitch)
        if part.role == "pad":  # what two chords share is held on
            for beat, pitches in struck.items():
                held = (n for n in part.notes if n.beat < beat and n.beat + n.length > beat + _MELTS)
                pitches += [note.pitch for note in held]
        chords = [sorted(pitches) for _, pitches in sorted(struck.items()) if len(pitches) > 1]
        for a, b in pairwise(chords):
            if len(a) == len(b) and a != b:
                moves += [abs(y - x) for x, y in zip(a, b, strict=True)]
    return sum(moves) / max(len(moves), 1)


def rubs(score: Score) -> float:
    """Return the share of the singing parts' notes on a beat, half a beat or longer, that lie a semitone
    from their chord and are none of it.
    """
    rubbed = strong = 0
    for note in (n for part in score.parts if part.role in {"lead", "counter"} for n in part.notes):
        under = next((c for c in score.chords if c.beat <= note.beat < c.beat + c.length), None)
        if under is None or note.beat.denominator != 1 or note.length < Fraction(1, 2):
            continue
        strong += 1
        near = {(note.pitch - pc) % 12 for pc in under.pitches}
        rubbed += 0 not in near and bool(near & {1, 11})
    return rubbed / max(strong, 1)


def repetition(score: Score) -> float:
    """Return the share of melodic bars whose rhythm, and two thirds of whose directions (upside down
    counts), an earlier bar had.
    """
    heard: list[tuple[tuple[Fraction, ...], tuple[int, ...]]] = []
    again = count = 0
    for line, bar in zip(bar_lines(score), in_bars(score, melody(score)), strict=True):
        if len(bar) < 2:
            continue
        rhythm = tuple(note.beat - line for note in bar)
        ways = tuple((b.pitch > a.pitch) - (b.pitch < a.pitch) for a, b in pairwise(bar))
        count += 1
        again += any(rhythm == r and _alike(ways, w) for r, w in heard)
        heard.append((rhythm, ways))
    return again / max(count, 1)


def _alike(a: Sequence[int], b: Sequence[int]) -> bool:
    same = sum(x == y for x, y in zip(a, b, strict=True))
    mirrored = sum(x == -y for x, y in zip(a, b, strict=True))
    return max(same, mirrored) >= 2 / 3 * len(a)


def onset_spread(score: Score) -> float:
    """Return how far the onsets of the humanised parts scatter about their own beat, ms (standard deviation).

    Notes written on the same beat and place are compared with each other, so swing does not count as scatter;
    of a rolled chord only the first note counts.
    """
    places: dict[Fraction, list[int]] = {}
    for part in pitched(score):
        struck: dict[Fraction, int] = {}
        for note in part.notes:
            if not note.accent:
                struck[note.beat] = min(struck.get(note.beat, note.onset), note.onset)
        for beat, onset in struck.items():
            places.setdefault(beat, []).append(onset)
    errors = [
        onset - sum(onsets) / len(onsets) for onsets in places.values() if len(onsets) > 2 for onset in onsets
    ]
    return math.sqrt(sum(e * e for e in errors) / max(len(errors), 1)) / SAMPLE_RATE * 1000


def velocity_spread(score: Score) -> float:
    """Return the mean over parts of the standard deviation of velocity inside a section."""
    spreads: list[float] = []
    for part in pitched(score):
        for section in score.sections:
            inside = [
                n.velocity for n in part.notes if section.start <= n.onset < section.end and not n.accent
            ]
            if len(inside) > 7:
                mean = sum(inside) / len(inside)
                spreads.append(math.sqrt(sum((v - mean) ** 2 for v in inside) / len(inside)))
    return sum(spreads) / max(len(spreads), 1)


def four_grams(score: Score) -> set[tuple[tuple[int, Fraction], ...]]:
    """Return every run of four melody notes as (pitch class, length in beats): what a listener would
    recognise.
    """
    tokens = [(note.pitch % 12, b.beat - note.beat) for note, b in pairwise(melody(score))]
    return {tuple(tokens[i : i + 4]) for i in range(len(tokens) - 3)}


def pitch_four_grams(score: Score) -> set[tuple[int, ...]]:
    """Return every run of four melody pitches (MIDI), rhythm aside: the stricter reading."""
    tokens = [note.pitch for note in melody(score)]
    return {tuple(tokens[i : i + 4]) for i in range(len(tokens) - 3)}


def jaccard(a: AbstractSet[object], b: AbstractSet[object]) -> float:
    """Return what two sets share, 0 to 1."""
    return len(a & b) / max(len(a | b), 1)


def _table(seeds: int) -> str:
    """Return the mean measures of every palette over a few seeds, what misses its band in bold, and how the
    leaps are spread over the pieces.
    """
    lines = ["| palette | " + " | ".join(AIMS) + " |", "|---|" + "---|" * len(AIMS)]
    leaps: list[float] = []
    lines.append("| *aim* | " + " | ".join(f"*{low:g}-{high:g}*" for low, high in AIMS.values()) + " |")
    for palette in PALETTES:
        runs = [measure(compose(a_brief(palette, seed))).values for seed in range(seeds)]
        leaps += [run["leaps"] for run in runs]
        cells = []
        for name, (low, high) in AIMS.items():
            value = sum(run[name] for run in runs) / seeds
            cells.append(f"{value:.2f}" if low <= value <= high else f"**{value:.2f}**")
        lines.append(f"| {palette} | " + " | ".join(cells) + " |")
    spread = f"{median(leaps):.3f} in the median and {fmean(leaps):.3f} in the mean"
    lines.append(f"\nLeaps over a fifth, of {len(leaps)} pieces: {spread}; of people's, .02 and .05.")
    return "\n".join(lines)


def a_brief(palette: str, seed: int, seconds: int = 60) -> Brief:
    """Return four sections, A B A C, with seven hits, at the palette's own mood."""
    own = PALETTES[palette]
    bounds = [Fraction(seconds * share, 100) for share in (0, 27, 55, 75, 100)]
    sections = tuple(
        Section(bounds[i], bounds[i + 1], label, own.valence, own.arousal, intensity)
        for i, (label, intensity) in enumerate(zip("ABAC", (0.35, 0.55, 0.8, 0.65), strict=True))
    )
    hits = ((12, 0.5), (27, 0.9), (40, 0.6), (55, 0.8), (66, 0.4), (75, 0.7), (90, 0.5))
    return Brief(
        duration=Fraction(seconds),
        palette=palette,
        tempo=round(tempo_for(own.valence, own.arousal, own), 1),
        tonic="D",
        mode=mode_for(own.valence, own),
        metre=own.metres[0],
        sections=sections,
        hits=tuple(Hit(Fraction(seconds * share, 100), strength) for share, strength in hits),
        seed=seed,
    )


def _likeness(seeds: int) -> str:
    """Return how much the melodies of any two seeds of one brief share, at most."""
    lines = ["| palette | four-grams of pitch class and length | of pitch alone |", "|---|---|---|"]
    for palette in PALETTES:
        scores = [compose(a_brief(palette, seed)) for seed in range(seeds)]
        cells = []
        for grams in (four_grams, pitch_four_grams):
            songs = [grams(score) for score in scores]
            cells.append(f"{max(jaccard(a, b) for a, b in combinations(songs, 2)):.2f}")
        lines.append(f"| {palette} | {cells[0]} | {cells[1]} |")
    return "\n".join(lines)


def main() -> None:
    """Write the section of docs/benchmarks.md."""
    text = f"""
Means over {_SEEDS} seeds of a 60 s piece with seven hits; definitions in `benchmarks/composition.py`; bold is
outside the band of human-made scores.

{_table(_SEEDS)}

The largest Jaccard likeness of the melodies of any two of {_LIKE} seeds of one brief (aim: at most 0.25):

{_likeness(_LIKE)}
"""
    write("Composition", text)


if __name__ == "__main__":
    main()
