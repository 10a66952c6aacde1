"""A bed that people play at their own pace, and the composer's accents: what is heard, and when."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import soundfile

from immersivaudio import media
from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.config import Settings
from immersivaudio.media import decode_audio, onsets
from immersivaudio.stages.generate.composer import Composer
from immersivaudio.stages.generate.neural import conform, shaping
from immersivaudio.stages.generate.neural.beats import beats
from immersivaudio.stages.generate.neural.blending import blended
from immersivaudio.stages.generate.neural.stretch import conformed
from immersivaudio.values import CueSheet, HitPoint
from tests.contracts.test_generate import sheet

RECORDINGS = ("sintel_trailer_52s.mp4", "bbb_480p_30s.mp4")
SECONDS = 24
TOLERANCE = 0.04
"""s"""


def plan(seed: int) -> CueSheet:
    """A sheet with hits where no beat has a reason to be."""
    rng = np.random.default_rng(seed)
    times = np.cumsum(rng.uniform(1.6, 3.4, 9))
    hits = tuple(
        HitPoint(Fraction(round(time * 1_000_000), 1_000_000), float(rng.uniform(0.4, 1)))
        for time in times
        if time < SECONDS - 1
    )
    return sheet(str(SECONDS), hits=hits, seed=seed)


@pytest.fixture(scope="module", params=RECORDINGS)
def recording(
    request: pytest.FixtureRequest, shared_media_path: Callable[[str], Path]
) -> Iterator[np.ndarray]:
    """Music that people played, (n, 2) at 48 kHz."""
    settings = Settings(_env_file=None)
    clip = media.probe(shared_media_path(request.param), settings)
    sound = np.concatenate(list(decode_audio.own_sound(clip, settings)), axis=1).T[
        : (SECONDS + 4) * SAMPLE_RATE
    ]
    yield sound


@pytest.fixture(scope="module")
def shared_media_path() -> Callable[[str], Path]:
    from tests.samples import SHARED

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"the shared clip {name} is not beside this checkout (../shared/media/dev)")
        return path

    return find


def as_generated(sound: np.ndarray, wanted: CueSheet) -> np.ndarray:
    """The recording as a generator's: warped as people drift, and then conformed as the product does it."""
    drift = [conform.WarpAnchor(0.0, 0.0)]
    rng = np.random.default_rng(wanted.seed)
    for _ in range(SECONDS // 4):
        before = drift[-1]
        drift.append(conform.WarpAnchor(before.source + 4 * rng.uniform(0.97, 1.03), before.target + 4))
    warped = conformed(sound, drift)
    hits = [(float(hit.time), hit.strength) for hit in wanted.hits]
    found = beats(warped, wanted.tempo)
    placed = conformed(warped, conform.held(found, hits, SECONDS)) if len(found) else warped
    return shaping.finished(placed[: SECONDS * SAMPLE_RATE].copy(), wanted)


def heard(sound: np.ndarray, wanted: CueSheet) -> list[bool]:
    accents = onsets.accents(onsets.flux([sound.T]))
    return [bool((np.abs(accents - float(hit.time)) <= TOLERANCE).any()) for hit in wanted.hits]


@pytest.mark.slow
def test_planned_hits_are_heard_where_they_were_planned(recording: np.ndarray, tmp_path: Path) -> None:
    alone, together = [], []
    for seed in (1, 2, 3):
        wanted = plan(seed)
        bed = as_generated(recording, wanted)
        folder = tmp_path / str(seed)
        folder.mkdir()
        score, _ = soundfile.read(
            Composer().generate(wanted, folder, lambda _done: None).path, dtype="float32", always_2d=True
        )
        alone += heard(bed, wanted)
        together += heard(sum(shaping.settled(*blended(bed, score, wanted.hits))), wanted)
    assert np.mean(together) >= 0.95, f"{np.mean(together):.0%} of {len(together)} with the composer"
    assert np.mean(together) > np.mean(alone), f"{np.mean(alone):.0%} without"


def test_between_hits_the_bed_is_left_alone() -> None:
    rng = np.random.default_rng(4)
    bed, score = (rng.normal(0, 0.1, (20 * SAMPLE_RATE, 2)).astype(np.float32) for _ in range(2))
    low, accents = blended(bed, score, [HitPoint(Fraction(5), 1.0)])
    between = slice(8 * SAMPLE_RATE, 14 * SAMPLE_RATE)
    assert np.array_equal(low[between], bed[between])
    assert not accents[between].any()
    at = slice(5 * SAMPLE_RATE, round(5.2 * SAMPLE_RATE))
    assert np.square(accents[at]).mean() > np.square(low[at]).mean(), "the accent leads where it lands"
    assert np.square(accents[-SAMPLE_RATE:]).mean() > np.square(low[-SAMPLE_RATE:]).mean(), "and at the end"


def test_the_parts_sum_to_a_whole_that_does_not_clip() -> None:
    rng = np.random.default_rng(5)
    bed, score = (rng.normal(0, 0.5, (4 * SAMPLE_RATE, 2)).astype(np.float32) for _ in range(2))
    whole = sum(shaping.settled(*blended(bed, score, [HitPoint(Fraction(2), 1.0)])))
    assert np.abs(whole).max() <= 0.95
    assert np.sqrt(np.mean(whole**2)) == pytest.approx(10 ** (-18 / 20), rel=0.05)


def test_silence_on_either_side_is_no_division_by_nothing() -> None:
    quiet = np.zeros((2 * SAMPLE_RATE, 2), np.float32)
    for parts in (blended(quiet, quiet, [HitPoint(Fraction(1), 1.0)]), blended(quiet + 0.1, quiet, [])):
        assert all(np.isfinite(part).all() for part in shaping.settled(*parts))
