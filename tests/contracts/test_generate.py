"""What every generator must do, of music or of sounds. One of your own joins by `--backend`."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.stages import Generator
from immersivaudio.values import Cue, CueSheet, HitPoint, SoundCue, Soundtrack
from tests.backends import DEVICE, GENERATE, Case, own

BACKENDS = [
    Case("immersivaudio.stages.generate.composer"),
    Case("immersivaudio.stages.generate.procedural", music=False),
    *GENERATE,
    *own("generate"),
]


def sheet(seconds: Fraction | str, **changes: Any) -> CueSheet:
    duration = Fraction(seconds)
    middle = Fraction(round(duration / 2 * 1_000_000), 1_000_000)
    cues = tuple(
        Cue(start, end, label, "hopeful", 0.5, 0.1, 0.5, "warm piano and strings")
        for start, end, label in ((Fraction(0), middle, "A"), (middle, duration, "B"))
    )
    plan = CueSheet(
        duration=duration,
        mood="hopeful",
        palette="hopeful",
        tempo=100.0,
        tonic="D",
        mode="ionian",
        metre="4/4",
        instruments=(),
        cues=cues if duration >= 8 else (replace(cues[0], end=duration),),
        hits=(HitPoint(middle, 0.9),),
        dynamics=(),
        prompt="uplifting, piano and strings, 100 bpm",
        seed=7,
        sounds=(SoundCue("rain", Fraction(0), duration),),
    )
    return replace(plan, **changes)


@pytest.fixture(params=BACKENDS, ids=lambda case: case.id, scope="module")
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture(scope="module")
def generator(case: Case) -> Iterator[Generator]:
    yield from case.build()


def generate(generator: Generator, plan: CueSheet, folder: Path, *, stems: bool = False) -> Soundtrack:
    folder.mkdir(parents=True, exist_ok=True)
    return generator.generate(plan, folder, lambda _done: None, stems=stems)


def digest(track: Soundtrack) -> str:
    """Of the samples: libsndfile writes the hour into a float WAV's header."""
    sound, _ = soundfile.read(track.path, dtype="float32")
    return hashlib.sha256(sound.tobytes()).hexdigest()


@pytest.mark.medium
@pytest.mark.parametrize("seconds", ["0.3125", "1", "7.777777", "12.5"])
def test_the_sound_is_exactly_as_long_as_the_sheet(
    generator: Generator, tmp_path: Path, seconds: str
) -> None:
    track = generate(generator, sheet(seconds), tmp_path)
    info = soundfile.info(track.path)
    assert info.frames == round(Fraction(seconds) * SAMPLE_RATE)
    assert (info.samplerate, info.channels, info.format, info.subtype) == (SAMPLE_RATE, 2, "WAV", "FLOAT")


@pytest.mark.medium
def test_something_is_heard_and_nothing_clips(generator: Generator, tmp_path: Path) -> None:
    sound, _ = soundfile.read(generate(generator, sheet("12.5"), tmp_path).path)
    assert np.isfinite(sound).all()
    assert 0.005 < np.sqrt(np.mean(sound**2)) < 0.7
    assert np.abs(sound).max() <= 1.0
    assert np.abs(sound.mean(axis=0)).max() < 0.005


@pytest.mark.medium
def test_the_same_sheet_gives_the_same_samples(generator: Generator, tmp_path: Path) -> None:
    once, again = (generate(generator, sheet("9"), tmp_path / name) for name in ("once", "again"))
    assert digest(once) == digest(again)


def test_sheets_made_side_by_side_sound_as_they_do_alone(
    case: Case, generator: Generator, tmp_path: Path
) -> None:
    many = getattr(generator, "generate_many", None)
    if many is None:
        pytest.skip(f"{case.id} makes one sheet at a time, which is all it has to")
    plans = [sheet("9"), sheet("1", seed=3), sheet("12.5", take=2), sheet("9", prompt="dark, drums")]
    folders = [tmp_path / str(number) for number in range(len(plans))]
    for folder in folders:
        folder.mkdir()
    told: list[float] = []
    tracks = many(plans, folders, told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    for number, (plan, track) in enumerate(zip(plans, tracks, strict=True)):
        assert track.path.parent == folders[number]
        alone = generate(generator, plan, tmp_path / f"alone-{number}")
        assert soundfile.info(track.path).frames == soundfile.info(alone.path).frames
        if DEVICE == "cpu":  # a GPU adds up in another order for another number of rows
            assert (digest(track), track.hits, track.notes) == (digest(alone), alone.hits, alone.notes)


@pytest.mark.medium
@pytest.mark.parametrize("change", [{"seed": 8}, {"take": 2}])
def test_another_seed_or_take_is_another_piece(
    generator: Generator, tmp_path: Path, change: dict[str, int]
) -> None:
    one = generate(generator, sheet("9"), tmp_path / "one")
    other = generate(generator, sheet("9", **change), tmp_path / "other")
    assert digest(one) != digest(other)


@pytest.mark.medium
def test_hits_are_recorded_where_they_were_asked_for(
    case: Case, generator: Generator, tmp_path: Path
) -> None:
    hits = tuple(HitPoint(Fraction(time), 0.8) for time in ("2.25", "5", "8.875"))
    track = generate(generator, sheet("12.5", hits=hits), tmp_path)
    assert len(track.hits) == (len(hits) if case.music else 0)
    for placed, asked in zip(track.hits, hits, strict=case.music):
        assert abs(placed - asked.time) <= Fraction(10, 1000)


@pytest.mark.medium
def test_stems_only_when_asked(generator: Generator, tmp_path: Path) -> None:
    assert not generate(generator, sheet("9"), tmp_path / "plain").stems
    stems = generate(generator, sheet("9"), tmp_path / "stems", stems=True).stems
    assert stems
    for path in stems.values():
        assert soundfile.info(path).frames == 9 * SAMPLE_RATE
        assert path.parent == tmp_path / "stems"


@pytest.mark.medium
def test_stems_do_not_change_the_mix(generator: Generator, tmp_path: Path) -> None:
    plain = generate(generator, sheet("9"), tmp_path / "plain")
    assert digest(plain) == digest(generate(generator, sheet("9"), tmp_path / "stems", stems=True))


@pytest.mark.medium
def test_progress_never_falls_and_ends_at_one(generator: Generator, tmp_path: Path) -> None:
    told: list[float] = []
    generator.generate(sheet("9"), tmp_path, told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    assert all(0 <= done <= 1 for done in told)


@pytest.mark.medium
def test_nothing_is_written_outside_the_folder(generator: Generator, tmp_path: Path) -> None:
    folder = tmp_path / "inside"
    track = generate(generator, sheet("1"), folder, stems=True)
    written: Sequence[Path] = [track.path, *track.stems.values(), *([track.midi] if track.midi else [])]
    assert all(path.parent == folder for path in written)
    assert list(tmp_path.iterdir()) == [folder]
