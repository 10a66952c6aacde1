"""Where a note is written to be heard, it is heard: the promise that cuts and music meet."""

import random
from pathlib import Path

import numpy as np
import pytest

from immersivaudio.music import render
from immersivaudio.music.instruments import TABLE
from tests.hearing import load, misses
from tests.unit.music.scores import note, part, piece

SLOW = (
    "slow strings",
    "violins",
    "double basses",
    "choir",
    "horns",
    "flute",
    "organ",
    "warm pad",
    "glass pad",
)
QUICK = ("piano", "harp", "timpani", "marimba", "finger bass", "nylon guitar", "pluck", "saw bass", "impact")
KITS = ("drum kit", "electronic kit", "lo-fi kit", "cinematic drums", "chip noise")


@pytest.mark.medium
@pytest.mark.parametrize("instrument", [*SLOW, *QUICK, *KITS])
def test_an_accent_is_heard_where_it_is_written(tmp_path: Path, instrument: str) -> None:
    """Over a pad and an arpeggio that never stops, at moments off every grid."""
    chance = random.Random(3)
    times = [1.0 + i + chance.random() * 0.2 for i in range(7)]
    row = TABLE[instrument]
    kit = instrument in KITS
    keys = [
        chance.choice((36, 38, 49, 41)) if kit else chance.randint(row.low + 3, row.high - 6) for _ in times
    ]
    role = "drums" if kit else "bass" if row.stem == "bass" else "lead"
    hits = [note(t, key, length=0.75, velocity=110, accent=True) for t, key in zip(times, keys, strict=True)]
    pad = [note(4 * i, key, length=4, velocity=64) for i in range(2) for key in (57, 60, 64)]
    arp = [note(0.25 * i, (69, 72, 76)[i % 3], length=0.25, velocity=60) for i in range(34)]
    score = piece(
        part("hits", role, instrument, hits),
        part("pad", "pad", "saw pad", pad),
        part("arp", "arp", "music box", arp),
        seconds=9.0,
        hits=times,
    )
    missed = misses(load(render(score, tmp_path).path), [one.onset for one in hits])
    assert np.abs(missed).max() < 20, np.round(missed)


@pytest.mark.medium
def test_notes_of_a_slow_instrument_are_started_early(tmp_path: Path) -> None:
    times = [1.0, 2.5, 4.0, 5.5, 7.0]
    melody = part("strings", "lead", "violins", [note(t, 67, length=0.9) for t in times])
    missed = misses(
        load(render(piece(melody, seconds=9.0), tmp_path).path), [round(t * 48_000) for t in times]
    )
    assert np.abs(np.median(missed)) < 25


@pytest.mark.medium
def test_an_accent_at_a_sections_start_leaves_the_section_before_alone(tmp_path: Path) -> None:
    held = [note(0.0, 60, length=8)]
    hit = [note(5.0, 55, velocity=110, accent=True, length=1.0)]
    sounds = []
    for extra in ([], hit):
        score = piece(
            part("pad", "pad", "dark pad", held), part("hit", "lead", "slow strings", extra),
            seconds=9.0, sections=(0.0, 5.0),
        )  # fmt: skip
        rendering = render(score, tmp_path / str(len(extra)), stems=True)
        sounds.append(np.concatenate([load(path) for path in rendering.stems.values()], axis=1))
    assert np.array_equal(sounds[0][: 5 * 48_000], sounds[1][: 5 * 48_000])
    assert not np.array_equal(sounds[0], sounds[1])
