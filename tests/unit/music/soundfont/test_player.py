"""What a SoundFont says, one hears: pitch, loops, stereo, envelopes, filters, ranges."""

from pathlib import Path

import numpy as np
import pytest

from immersivaudio.audio.layout import Sound
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.soundfont import SoundFont, find_soundfont
from immersivaudio.music.soundfont.player import SampledPlayer
from immersivaudio.music.timbre.filters import Filter
from immersivaudio.music.timbre.tone import RenderedTone
from tests import tiny_soundfont as tiny


def play(
    folder: Path, *zones: tiny.Zone, key: int = 69, velocity: int = 100, seconds: float = 1.0, **more: object
) -> RenderedTone:
    path = tiny.write(folder / "tiny.sf2", [tiny.Preset(0, 0, zones, **more)])  # type: ignore[arg-type]
    return SampledPlayer(SoundFont(path), 0, 0).tone(key, velocity, round(48_000 * seconds), ())


def pitch(sound: Sound) -> float:
    size = 1 << 17
    spectrum = np.abs(np.fft.rfft(sound[0] * np.hanning(sound.shape[1]), size))
    return float(np.argmax(spectrum) * 48_000 / size)


def level(sound: Sound) -> float:
    return float(np.sqrt(np.mean(np.square(sound))))


@pytest.mark.parametrize(("key", "hertz"), [(57, 220.0), (69, 440.0), (76, 659.26), (81, 880.0)])
def test_a_key_sounds_at_its_pitch(tmp_path: Path, key: int, hertz: float) -> None:
    assert pitch(play(tmp_path, tiny.steady(), key=key).sound) == pytest.approx(hertz, rel=0.002)


def test_a_loop_sustains_without_a_seam(tmp_path: Path) -> None:
    tone = play(tmp_path, tiny.steady(seconds=0.2), seconds=2.0)
    assert tone.sound.shape[1] == 96_000
    spectrum = np.abs(np.fft.rfft(tone.sound[0, 24_000:72_000] * np.hanning(48_000))) ** 2
    other = np.r_[spectrum[60:420], spectrum[460:20_000]].sum()
    assert 10 * np.log10(other / spectrum.sum()) < -55


def test_without_a_loop_it_ends_with_its_sample(tmp_path: Path) -> None:
    tone = play(tmp_path, tiny.Zone(tiny.sine(seconds=0.25)), seconds=2.0)
    assert tone.sound.shape[1] == pytest.approx(12_000, abs=8)


def test_a_pair_panned_apart_is_stereo(tmp_path: Path) -> None:
    tone = play(tmp_path, tiny.steady(((tiny.PAN, -500),)), tiny.steady(((tiny.PAN, 500),), frequency=880.0))
    left, right = tone.sound
    assert pitch(left[None]) == pytest.approx(440, rel=0.01)
    assert pitch(right[None]) == pytest.approx(880, rel=0.01)


def test_ranges_choose_the_sample(tmp_path: Path) -> None:
    zones = (
        tiny.steady(((tiny.VELOCITIES, tiny.both(0, 63)),)),
        tiny.steady(((tiny.VELOCITIES, tiny.both(64, 127)),), frequency=880.0),
    )
    assert pitch(play(tmp_path, *zones, velocity=40).sound) == pytest.approx(440, rel=0.01)
    assert pitch(play(tmp_path, *zones, velocity=90).sound) == pytest.approx(880, rel=0.01)


def test_a_key_outside_every_range_borrows_the_nearest(tmp_path: Path) -> None:
    tone = play(tmp_path, tiny.steady(((tiny.KEYS, tiny.both(60, 72)),)), key=48)
    assert pitch(tone.sound) == pytest.approx(130.81, rel=0.01)


def test_the_sustain_level_is_reached_in_the_time_written(tmp_path: Path) -> None:
    # 36: decay of one second for 100 dB; sustain 20 dB down is reached after 0.2 s.
    tone = play(tmp_path, tiny.steady(((36, 0), (tiny.SUSTAIN, 200))))
    early, late = level(tone.sound[:, :960]), level(tone.sound[:, 14_400:])
    assert 20 * np.log10(late / early) == pytest.approx(-20, abs=1.2)


def test_a_slow_attack_is_heard_late(tmp_path: Path) -> None:
    slow = round(1200 * np.log2(0.2))
    quick, slower = play(tmp_path, tiny.steady()), play(tmp_path, tiny.steady(((tiny.ATTACK, slow),)))
    assert quick.lag <= 96
    # Linear over 200 ms: within 10 dB of full after a third of it, within 3 dB after 0.7.
    assert slower.lag == pytest.approx(0.063 * 48_000, abs=480)
    assert slower.spoken == pytest.approx(0.142 * 48_000, abs=720)


def test_the_filter_darkens(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    noise = (chance.standard_normal(24_000) * 6000).clip(-32_000, 32_000).astype(np.int16)
    cents = round(1200 * np.log2(1000 / 8.176))
    bright, dark = (
        np.abs(np.fft.rfft(play(tmp_path, tiny.Zone(noise, generators=extra), velocity=127).sound[0])) ** 2
        for extra in ((), ((tiny.CUTOFF, cents),))
    )
    size = len(bright)
    at = [round(size * hertz / 24_000) for hertz in (200, 500, 4000, 8000)]
    below = 10 * np.log10(dark[at[0] : at[1]].sum() / bright[at[0] : at[1]].sum())
    above = 10 * np.log10(dark[at[2] : at[3]].sum() / bright[at[2] : at[3]].sum())
    assert abs(below) < 1.0
    assert above < -24


def test_attenuation_is_taken_at_four_tenths(tmp_path: Path) -> None:
    plain, quiet = play(tmp_path, tiny.steady()), play(tmp_path, tiny.steady(((tiny.ATTENUATION, 200),)))
    assert 20 * np.log10(level(quiet.sound) / level(plain.sound)) == pytest.approx(-8.0, abs=0.1)


def test_a_preset_adds_to_its_instrument(tmp_path: Path) -> None:
    tone = play(tmp_path, tiny.steady(((51, 12),)), generators=((51, -24),))
    assert pitch(tone.sound) == pytest.approx(220, rel=0.002)


def test_release_follows_the_font(tmp_path: Path) -> None:
    long = play(tmp_path, tiny.steady(((tiny.RELEASE, 0),)))
    assert long.release == pytest.approx(0.7 * 48_000, rel=0.01)


@pytest.mark.medium
@pytest.mark.parametrize("program", [0, 24, 44, 48, 52, 73])
@pytest.mark.parametrize("velocity", [48, 110])
def test_a_longer_tone_begins_exactly_like_a_shorter_one(program: int, velocity: int) -> None:
    # Pianos move their filters, strings bend into the note, flutes and choirs sway.
    player = SampledPlayer(SoundFont(find_soundfont(folders=()).path), 0, program)
    equaliser = (Filter("highpass", 120), Filter("peak", 2800, 0.8, 1.5))
    for key in (55, 67):
        longest = player.tone(key, velocity, 400_000, equaliser)
        for size in (5000, 40_001, 123_456, 300_000):
            shorter = player.tone(key, velocity, size, equaliser)
            assert np.array_equal(shorter.sound, longest.sound[:, : shorter.sound.shape[1]])
            assert shorter.sound.shape[1] == min(size, longest.sound.shape[1])


@pytest.mark.parametrize("loop", [(2, 5000), (900, 5217)])
@pytest.mark.parametrize("key", [45, 69])
def test_a_loop_that_a_font_left_open_is_closed(tmp_path: Path, loop: tuple[int, int], key: int) -> None:
    """TimGM6mb's strings and choir ticked at every turn, up to 50 dB out of their surroundings."""
    rough = tiny.Zone(tiny.sine(437.3, 0.3, 0.4), loop, 69, ((tiny.LOOP, 1),))
    sound = play(tmp_path, rough, key=key, seconds=3.0).sound[0]
    edges = np.abs(np.diff(sound[4800:-4800], 2))
    assert edges.max() < 2.5 * np.percentile(edges, 99)


@pytest.mark.medium
def test_every_key_that_is_written_for_is_heard() -> None:
    """The font every installation has lacks keys of some programs; what borrows them may not be silent."""
    font = SoundFont(find_soundfont(None).path)
    for row in TABLE.values():
        if row.program is None or row.program < 0:
            continue
        player = SampledPlayer(font, 0, row.program)
        keys = sorted({row.low, row.high, *range(row.low, row.high, 6)})
        levels = [20 * np.log10(level(player.tone(key, 72, 24_000, ()).sound)) for key in keys]
        assert max(levels) - min(levels) < 18, (row.name, dict(zip(keys, levels, strict=True)))
