"""What a listener would find in the rendered pieces: hits, tempo, key, mood, motion and structure.

python -m benchmarks.composer [hits keys moods motion structure] [--quick] [--renders 100] [--lists 12]

The tempo map's own figures are in `tempo_fit`, a score's in `composition`, a palette's sound in `sound`,
what a piece costs in `cost`.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain, product
from pathlib import Path
from statistics import fmean

import numpy as np
from scipy.stats import spearmanr

from benchmarks import motion, report, structure, tonality
from benchmarks.one_piece import mood
from benchmarks.tempo_fit import cut_list
from immersivaudio import music
from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.moods import MODE_VALENCE
from immersivaudio.music.score import Score
from tests import hearing

LISTS = 200
Row = tuple[str, str, str]
"""What, measured, aim."""


def settled(brief: music.Brief) -> music.Brief:
    """Return the brief at the tempo on which its hits fall best, as the pipeline would ask for it."""
    low, high = music.PALETTES[brief.palette].tempo
    return replace(brief, tempo=music.choose_tempo(brief, low, high))


def on_palette(brief: music.Brief, palette: str, seed: int) -> music.Brief:
    """Return the brief in a style, at that style's own mood."""
    own = music.PALETTES[palette]
    sections = tuple(replace(s, valence=own.valence, arousal=own.arousal) for s in brief.sections)
    tempo = music.tempo_for(own.valence, own.arousal, own)
    mode = music.mode_for(own.valence, own)
    return settled(replace(brief, palette=palette, tempo=tempo, mode=mode, sections=sections, seed=seed))


def heard(brief: music.Brief) -> tuple[Score, hearing.Sound]:
    """Compose and render; return the score and the mastered sound, shape (samples, 2)."""
    score = music.compose(brief)
    with tempfile.TemporaryDirectory() as folder:
        return score, hearing.load(music.render(score, Path(folder)).path)


def planned_hits() -> Iterator[Row]:
    """Compose every cut list, each in the next palette; look for an accent in the event list."""
    names, offs = list(music.PALETTES), []
    for seed in range(LISTS):
        palette = names[seed % len(names)]
        metre = music.PALETTES[palette].metres[0]
        score = music.compose(on_palette(cut_list(seed, metre, sections=True), palette, seed))
        onsets = np.array([note.onset for part in score.parts for note in part.notes if note.accent])
        offs += [np.abs(onsets - round(h.asked * SAMPLE_RATE)).min() / 48 for h in score.hits]
    share = 100 * np.mean(np.array(offs) <= 10)
    yield (
        f"planned hits of {LISTS} cut lists with an accent within 10 ms in the event list",
        f"{share:.1f} % of {len(offs)} (worst {max(offs):.2f} ms)",
        "100 %",
    )


def heard_hits(count: int) -> Iterator[Row]:
    """Render some of those cut lists, and look for onsets in the mix."""
    names = list(music.PALETTES)
    chosen = random.Random(3).sample(range(LISTS), count)
    offs: list[float] = []
    by_palette: dict[str, float] = {}
    for seed in chosen:
        palette = names[seed % len(names)]
        metre = music.PALETTES[palette].metres[0]
        score, found = heard(on_palette(cut_list(seed, metre, sections=True), palette, seed))
        missed = np.abs(hearing.misses(found, [hit.sample for hit in score.hits]))
        offs += missed.tolist()
        by_palette[palette] = max(by_palette.get(palette, 0.0), float(missed.max()))
    off = np.array(offs)
    worst = max(by_palette, key=lambda name: by_palette[name])
    yield (
        f"hits of {count} of them with an onset in the mix within 20 ms / 40 ms",
        f"{100 * np.mean(off <= 20):.1f} % / {100 * np.mean(off <= 40):.1f} % of {len(off)} "
        f"(worst {off.max():.0f} ms, {worst})",
        "98 % / 100 %",
    )


def short_brief(seed: int, seconds: int = 20) -> music.Brief:
    """Return a piece of two sections and two hits in the next palette, in any of its modes, on any tonic."""
    chance, palette = random.Random(seed), list(music.PALETTES)[seed % len(music.PALETTES)]
    own = music.PALETTES[palette]
    middle = Fraction(round(seconds * chance.uniform(400, 600)), 1000)
    return settled(
        music.Brief(
            duration=Fraction(seconds),
            palette=palette,
            tempo=chance.uniform(*own.tempo),
            tonic=chance.choice(("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")),
            mode=chance.choice(own.modes),
            metre=own.metres[0],
            sections=(
                music.Section(Fraction(0), middle, "A", own.valence, own.arousal, 0.5),
                music.Section(middle, Fraction(seconds), "B", own.valence, own.arousal, 0.75),
            ),
            hits=(music.Hit(middle, 0.9), music.Hit(middle / 2, 0.5)),
            valence=own.valence,
            seed=seed,
        )
    )


def tempo_and_key(count: int) -> Iterator[Row]:
    """Render short pieces, and ask librosa and the profiles what they are."""
    keys: dict[str, list[bool]] = {}
    errors: dict[str, list[float]] = {}
    for seed in range(count):
        brief = short_brief(seed)
        score, found = heard(brief)
        mono = tonality.heard(found)
        keys.setdefault(brief.palette, []).append(tonality.find_key(mono).is_kin(tonality.planned_key(score)))
        if any(player.role == "drums" for player in music.PALETTES[brief.palette].players):
            error = tonality.tempo_error(
                tonality.find_tempo(mono), tonality.planned_tempo(score), score.metre
            )
            errors.setdefault(brief.palette, []).append(error)
    every = [error for found in errors.values() for error in found]
    yield (
        f"tempo found by librosa within 2 %, {len(every)} pieces of {len(errors)} palettes with drums",
        f"{100 * np.mean(np.array(every) <= 0.02):.0f} %"
        + _worst({name: [e <= 0.02 for e in found] for name, found in errors.items()}),
        "all",
    )
    kin = [one for several in keys.values() for one in several]
    yield (
        f"key found in {count} renders (20 s, chroma of the audio; chance {tonality.chance():.0%})",
        f"{100 * np.mean(kin):.0f} %" + _worst(keys),
        "90 %",
    )


def _worst(found: dict[str, list[bool]]) -> str:
    missing = {name: one.count(False) for name, one in found.items() if not all(one)}
    told = [
        f"{name} {missing[name]} of {len(found[name])}" for name in sorted(missing, key=lambda n: -missing[n])
    ]
    return f" (missed: {', '.join(told)})" if told else ""


def mood_grid(palette: str = "cinematic", seconds: int = 20) -> Iterator[Row]:
    """Ask for 25 moods in one palette; see whether what is heard moves as asked."""
    levels = (-1.0, -0.5, 0.0, 0.5, 1.0)
    asked, found = [], []
    for valence, arousal in product(levels, levels):
        brief = mood(palette, valence, arousal, seconds)
        asked.append((valence, arousal))
        found.append(_signs(brief))
    v, a = np.array(asked).T
    got = {name: np.array([signs[name] for signs in found]) for name in found[0]}
    wanted = {
        "tempo": ("85 + 45 A + 5 V", 85 + 45 * a + 5 * v),
        "mode": ("V", v),
        "onset density": ("A", a),
        "brightness": ("A", a),
        "loudness range": ("A", a),
    }
    for name, (rule, values) in wanted.items():
        rho = spearmanr(got[name], values).statistic
        yield f"{name} against {rule}, 5 x 5 moods of {palette} (Spearman)", f"{rho:.2f}", "0.9"


def _signs(brief: music.Brief) -> dict[str, float]:
    """Return what a listener could tell the mood by."""
    score, found = heard(brief)
    onsets = fmean(
        sum(len({n.beat for n in part.notes}) for part in music.compose(replace(brief, seed=seed)).parts)
        for seed in range(5, 8)
    )
    power = np.abs(np.fft.rfft(found.mean(axis=1))) ** 2
    frequency = np.fft.rfftfreq(len(found), 1 / SAMPLE_RATE)
    return {
        "tempo": tonality.planned_tempo(score),
        "mode": MODE_VALENCE[score.mode],
        "onset density": onsets / float(brief.duration),
        "brightness": float((power * frequency).sum() / power.sum()),
        "loudness range": hearing.picture(found).level_range,
    }


NOTES = {
    "hits": "Onsets in the mix: spectral flux, its own bias measured on clicks and taken off.",
    "keys": "Krumhansl & Kessler's profiles and their modal variants; the key, its relative or its parallel "
    "count. Tempo: the mean distance of the beats; octaves, and thirds in triple metres, count.",
    "moods": "One palette, nothing but valence and arousal changed; brightness is the centroid of the power.",
    "motion": "Each shared clip of 4 s or more whose motion varies (5th to 95th percentile, 0.06), scored as "
    "it comes. Short-term loudness (EBU Tech 3341: 3 s, K-weighted; ffmpeg's meter) against the mean motion "
    "of the same 3 s, read every 100 ms, to the clip's last moment: the last chord's dying away counts.",
    "structure": "The highest fitness of a stretch as a thumbnail of the whole, by its length (Wu & Yang, "
    "2020; Mueller, Jiang & Grosche, 2013), on the sound of pieces in four sections, A B A C, five seeds a "
    "palette. What people made, by this script, as medians over a minute of each piece: 32 of Battle for "
    "Wesnoth 0.38, 0.27, 0.17 (the shortest, 10th to 90th percentile, 0.33 to 0.45), 27 of SuperTuxKart "
    "0.38, 0.26, 0.19, 30 of Warzone 2100 0.41, 0.34, 0.25, 14 of Endgame: Singularity 0.39, 0.31, 0.18.",
}


def groups(asked: argparse.Namespace) -> dict[str, tuple[str, Iterator[Row]]]:
    """Return every question: its name, the section it writes, its rows."""
    return {
        "hits": ("Hits that are heard", chain(planned_hits(), heard_hits(asked.lists))),
        "keys": ("Tempo and key that are found", tempo_and_key(asked.renders)),
        "moods": ("Moods that are found again", mood_grid(seconds=12 if asked.quick else 20)),
        "motion": ("Motion and loudness", chain(motion.clips(), motion.drawn())),
        "structure": ("Structure that is heard", structure.rows()),
    }


def main() -> None:
    """Write the sections of docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "questions", nargs="*", metavar="QUESTION", help="hits keys moods motion structure; all"
    )
    parser.add_argument("--quick", action="store_true", help="fewer pieces; writes nothing")
    parser.add_argument("--renders", type=int, default=100, help="pieces whose key and tempo are looked for")
    parser.add_argument(
        "--lists", type=int, default=12, help="cut lists whose hits are looked for in the mix"
    )
    asked = parser.parse_args()
    for name, (section, rows) in groups(asked).items():
        if not asked.questions or name in asked.questions:
            text = f"{NOTES[name]}\n\n{report.table(('what', 'measured', 'aim'), list(rows))}\n"
            print(text, flush=True) if asked.quick else report.write(section, text)


if __name__ == "__main__":
    main()
