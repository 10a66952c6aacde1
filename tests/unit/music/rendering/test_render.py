"""What comes out of `render`, as a listener, an editor and an archivist would check it."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from immersivaudio.music import Section, UnknownInstrumentError, compose, render
from tests.hearing import load, picture
from tests.measure import loudness
from tests.unit.music.briefs import brief
from tests.unit.music.scores import RATE, note, part, piece, with_notes


def db(value: float) -> float:
    return 20 * float(np.log10(value + 1e-30))


@pytest.mark.medium
def test_the_mix_is_complete_mastered_and_exactly_as_long(tmp_path: Path) -> None:
    shares: list[float] = []
    score = piece(seconds=14.0, sections=(0.0, 6.0), hits=(6.0, 8.0))
    rendering = render(score, tmp_path / "out", progress=shares.append)
    sound = load(rendering.path)
    assert sound.shape == (score.length, 2)
    judged = loudness(rendering.path)
    assert judged.integrated == pytest.approx(-14.0, abs=0.2)
    assert judged.true_peak <= -1.0
    assert picture(sound).dc < -60
    assert np.abs(sound[-48:]).max() < 10 ** (-50 / 20)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert rendering.onsets == (6 * RATE, 8 * RATE)
    assert not list((tmp_path / "out").glob("premaster*"))


@pytest.mark.medium
def test_stems_sum_to_the_mix_before_mastering(tmp_path: Path) -> None:
    rendering = render(piece(seconds=10.0, palette="lo-fi"), tmp_path, stems=True)
    assert set(rendering.stems) == {"keys", "bass", "strings", "synths", "drums", "room", "vinyl"}
    assert rendering.premaster is not None
    total = np.sum([load(path).astype(np.float64) for path in rendering.stems.values()], axis=0)
    assert db(np.abs(total - load(rendering.premaster)).max()) < -120
    assert all(np.abs(load(path)).max() > 1e-4 for path in rendering.stems.values())


@pytest.mark.medium
def test_a_level_turns_its_stem_and_nothing_else(tmp_path: Path) -> None:
    score = piece(seconds=10.0)
    turned = replace(score, levels=(("keys", -6.0), ("room", -60.0)))
    before, after = (render(one, tmp_path / name, stems=True) for name, one in (("a", score), ("b", turned)))
    quieter = {
        stem: db(np.std(load(path)) / np.std(load(before.stems[stem]))) for stem, path in after.stems.items()
    }
    assert quieter.pop("keys") == pytest.approx(-6.0, abs=0.01)
    assert quieter.pop("room") < -55
    assert set(quieter.values()) == {0.0}, quieter


@pytest.mark.medium
def test_another_section_changes_nothing_outside_it_and_its_tail(tmp_path: Path) -> None:
    score = piece(seconds=20.0, sections=(0.0, 6.0, 12.0), hits=(6.0, 12.0))
    melody = score.parts[0].notes
    slow = next(one for one in score.parts if one.name == "strings").notes
    other = [replace(one, pitch=one.pitch + 5) if 6.0 <= one.onset / RATE < 8.0 else one for one in melody]
    swapped = [replace(one, pitch=one.pitch - 2) if 6.0 <= one.onset / RATE < 8.0 else one for one in slow]
    changed = with_notes(with_notes(score, "melody", other), "strings", swapped)
    before, after = (render(one, tmp_path / name, stems=True) for name, one in (("a", score), ("b", changed)))
    for stem in before.stems:
        a, b = load(before.stems[stem]), load(after.stems[stem])
        assert np.array_equal(a[: 6 * RATE], b[: 6 * RATE]), stem
        assert np.array_equal(a[round(16.8 * RATE) :], b[round(16.8 * RATE) :]), stem
    assert not np.array_equal(load(before.stems["keys"]), load(after.stems["keys"]))


@pytest.mark.medium
@pytest.mark.parametrize("palette", ["lo-fi", "orchestral waltz"])
def test_who_joins_in_one_section_moves_nobody_in_the_others(tmp_path: Path, palette: str) -> None:
    """A section made full brings in players of its own, who took others' seats, and struck the last chord."""
    third = Fraction(8)
    calm = tuple(Section(i * third, (i + 1) * third, "ABA"[i], 0.2, -0.3, 0.2) for i in range(3))
    full = (calm[0], replace(calm[1], intensity=1.0, arousal=0.9), calm[2])
    scores = [
        compose(brief(palette, 24.0, valence=0.2, arousal=-0.3, sections=sections, hits=()))
        for sections in (calm, full)
    ]
    start, end = scores[0].sections[1].start, scores[0].sections[1].end
    assert {one.name for one in scores[1].parts} > {one.name for one in scores[0].parts}
    before, after = (
        render(score, tmp_path / name, stems=True) for score, name in zip(scores, "ab", strict=True)
    )
    for stem, path in before.stems.items():
        a, b = load(path), load(after.stems[stem])
        assert np.array_equal(a[:start], b[:start]), stem
        late = np.abs(a - b)[end + 5 * RATE :]
        assert db(late.max()) < -120 if stem == "room" else not late.any(), stem


@pytest.mark.medium
def test_the_same_score_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from immersivaudio.music import render;"
        "from tests.unit.music.scores import piece;"
        "render(piece(seconds=8.0, palette='lo-fi', hits=(2.0,)), Path(sys.argv[1]), stems=True)"
    )
    digests = []
    for name in ("once", "again"):
        subprocess.run([sys.executable, "-c", code, str(tmp_path / name)], check=True)
        files = sorted((tmp_path / name).glob("*.wav"))
        digests.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in files])
    assert digests[0] == digests[1]
    assert len(digests[0]) == 9


@pytest.mark.medium
def test_a_new_seed_changes_the_noise_and_nothing_else(tmp_path: Path) -> None:
    first, second = (
        render(piece(seconds=6.0, palette="lo-fi", seed=seed), tmp_path / str(seed), stems=True)
        for seed in (1, 2)
    )
    same = {stem for stem in first.stems if first.stems[stem].read_bytes() == second.stems[stem].read_bytes()}
    assert set(first.stems) - same == {"vinyl"}


@pytest.mark.medium
def test_no_click_where_blocks_and_sections_join(tmp_path: Path) -> None:
    # One chord of strings held across two block joins and a section start: any step would stand out.
    held = part(
        "strings", "pad", "slow strings", [note(0.5, key, length=36, velocity=70) for key in (57, 60, 64)]
    )
    rendering = render(piece(held, seconds=40.0, sections=(0.0, 20.0)), tmp_path, stems=True)
    assert rendering.premaster is not None
    sound = load(rendering.premaster)[:, 0].astype(np.float64)
    roughness = np.abs(np.diff(sound, 3))
    usual = np.percentile(roughness[2 * RATE : 36 * RATE], 99.99)
    for join in (10, 20, 30):
        assert roughness[join * RATE - 6000 : join * RATE + 6000].max() < 4 * usual


@pytest.mark.medium
@pytest.mark.parametrize("seconds", [0.05, 1.0, 2.7])
def test_short_pieces_come_out_whole(tmp_path: Path, seconds: float) -> None:
    rendering = render(piece(seconds=seconds), tmp_path)
    assert load(rendering.path).shape == (round(seconds * RATE), 2)
    assert rendering.true_peak <= -1.0


def test_a_score_without_notes_is_silence(tmp_path: Path) -> None:
    rendering = render(piece(part("nobody", "lead", "piano", []), seconds=3.0), tmp_path, stems=True)
    assert not load(rendering.path).any()
    assert rendering.loudness == -np.inf


def test_an_unknown_instrument_is_named(tmp_path: Path) -> None:
    score = piece(part("x", "lead", "theremin", [note(0.0, 60)]), seconds=2.0)
    with pytest.raises(UnknownInstrumentError, match="theremin"):
        render(score, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_closed_hi_hat_cuts_an_open_one(tmp_path: Path) -> None:
    def ringing(*notes: object) -> float:
        score = piece(part("drums", "drums", "electronic kit", notes), seconds=3.0)  # type: ignore[arg-type]
        sound = load(render(score, tmp_path, stems=True).stems["drums"])
        return float(np.sqrt(np.mean(sound[round(0.9 * RATE) : round(1.0 * RATE)] ** 2)))

    alone = ringing(note(0.5, 46))
    cut = ringing(note(0.5, 46), note(0.7, 42, velocity=20))
    assert db(cut / alone) < -20


def test_dynamics_are_followed(tmp_path: Path) -> None:
    steady = part("pad", "pad", "warm pad", [note(0.0, 60, length=11)])
    score = replace(piece(steady, seconds=12.0), dynamics=(0.0,) * 24 + (-9.0,) * 24)
    rendering = render(score, tmp_path, stems=True)
    assert rendering.premaster is not None
    sound = load(rendering.premaster)
    loud, soft = (np.sqrt(np.mean(sound[a * RATE : b * RATE] ** 2)) for a, b in ((2, 5), (7, 10)))
    assert db(soft / loud) == pytest.approx(-9, abs=1.0)


@pytest.mark.medium
def test_bass_and_kick_stand_in_the_middle(tmp_path: Path) -> None:
    rendering = render(piece(seconds=8.0), tmp_path, stems=True)
    bass = load(rendering.stems["bass"])
    assert np.allclose(bass[:, 0], bass[:, 1], atol=1e-6)
    drums = load(rendering.stems["drums"])
    spectrum = np.abs(np.fft.rfft(drums, axis=0)) ** 2
    low = np.fft.rfftfreq(len(drums), 1 / RATE) < 110
    left, right = spectrum[low].sum(axis=0)
    assert abs(10 * np.log10(left / right)) < 0.5


@pytest.mark.medium
def test_all_but_bass_drums_and_effects_leave_the_bottom_free(tmp_path: Path) -> None:
    rendering = render(piece(seconds=10.0), tmp_path, stems=True)
    for stem in ("keys", "strings", "synths", "room"):
        power = np.abs(np.fft.rfft(load(rendering.stems[stem]).mean(axis=1))) ** 2
        frequency = np.fft.rfftfreq(2 * len(power) - 2, 1 / RATE)
        assert 10 * np.log10(power[frequency < 60].sum() / power.sum()) < -25, stem


@pytest.mark.medium
@pytest.mark.parametrize("palette", ["chiptune", "epic", "house"])
def test_the_last_chord_rings_to_the_end(tmp_path: Path, palette: str) -> None:
    score = compose(brief(palette, 6.0))
    sound = load(render(score, tmp_path).path)
    heard = np.flatnonzero(np.abs(sound).max(axis=1) > 10 ** (-60 / 20))
    assert len(sound) - heard[-1] <= 0.3 * RATE
    assert heard[0] <= 0.3 * RATE


@pytest.mark.medium
def test_a_stirring_piece_is_brighter_and_a_calm_one_darker(tmp_path: Path) -> None:
    score = piece(seconds=10.0)
    calm, stirring = (
        picture(load(render(replace(score, arousal=arousal), tmp_path).path)) for arousal in (-0.9, 0.9)
    )
    assert stirring.slope > calm.slope + 0.4
    assert stirring.air > calm.air + 1.0


@pytest.mark.medium
@pytest.mark.parametrize(("palette", "crest"), [("rock", 11.0), ("cinematic", 13.4), ("synthwave", 13.6)])
def test_styles_differ_in_their_peaks_and_survive_one_loudspeaker(
    tmp_path: Path, palette: str, crest: float
) -> None:
    """Every style had peaks 12.7 dB over its loudness; synthwave lost 4.5 dB folded down to mono."""
    rendering = render(compose(brief(palette, 14.0)), tmp_path)
    judged = loudness(rendering.path)
    assert judged.true_peak - judged.integrated == pytest.approx(crest, abs=0.35)
    assert judged.true_peak <= -1.0
    sound = load(rendering.path)
    power = np.abs(np.fft.rfft(sound, axis=0)) ** 2
    folded = np.abs(np.fft.rfft(sound.mean(axis=1))) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / RATE)
    for low in (600, 1200, 2400, 4800):
        band = (frequency >= low) & (frequency < min(2 * low, 8000))
        assert 10 * np.log10(power[band].mean(axis=1).sum() / folded[band].sum()) <= 2.1, low
