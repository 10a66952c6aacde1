"""Every patch: in tune, without clicks or direct current, alive to velocity, the same every time."""

import numpy as np
import pytest

from immersivaudio.audio.layout import Sound
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.synths import PATCHES, SynthPlayer
from immersivaudio.music.synths.pads import CYCLE
from immersivaudio.music.timbre.filters import Filter

SECOND = 48_000
LOW_CUT = (Filter("highpass", 30),)
DRUMS = (
    "chip noise", "electronic kit", "lo-fi kit", "cinematic drums", "gated kit", "techno kit", "trap kit",
    "hand drums",
)  # fmt: skip
EFFECTS = ("riser", "reverse swell", "impact")
PITCHED = sorted(set(PATCHES) - {*DRUMS, *EFFECTS})


def tone(name: str, key: int, velocity: int = 92, duration: int = SECOND) -> Sound:
    player = SynthPlayer(name)
    return player.tone(key, velocity, player.size(key, velocity, duration), LOW_CUT).sound


def brightness(sound: Sound) -> float:
    power = np.abs(np.fft.rfft(sound.mean(axis=0)[:SECOND])) ** 2
    return float((np.fft.rfftfreq(min(SECOND, sound.shape[1]), 1 / SECOND) * power).sum() / power.sum())


def test_every_synth_row_has_its_patch_and_every_patch_its_row() -> None:
    assert {row.synth for row in TABLE.values() if row.program is None} == set(PATCHES)


@pytest.mark.medium
@pytest.mark.parametrize("name", sorted(PATCHES))
def test_a_tone_is_clean_and_the_same_every_time(name: str) -> None:
    row = next(row for row in TABLE.values() if row.synth == name)
    for key in (row.low, (row.low + row.high) // 2, row.high):
        sound = tone(name, key)
        assert np.isfinite(sound).all()
        assert np.array_equal(sound, tone(name, key))
        peak = float(np.abs(sound).max())
        assert 0.01 < peak < 60
        assert np.abs(sound[:, 0]).max() < 0.12 * peak, "it begins with a click"
        assert np.abs(sound.mean(axis=1)).max() < 0.02 * peak


@pytest.mark.parametrize("name", PITCHED)
@pytest.mark.parametrize("octave", [0, 1])
def test_a_tone_is_in_tune(name: str, octave: int) -> None:
    row = next(row for row in TABLE.values() if row.synth == name)
    key = min(row.low + 7 + 12 * octave, row.high)
    hertz = 440 * 2 ** ((key - 69) / 12)
    sound = tone(name, key, duration=2 * SECOND)[:, SECOND // 4 : 2 * SECOND].mean(axis=0)
    size = 1 << 19
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), size)) ** 2
    frequency = np.fft.rfftfreq(size, 1 / SECOND)
    # The partials lie on multiples of the pitch: the sum over them peaks there.
    cents = np.arange(-60, 61, 2)
    combs = [
        sum(power[round(hertz * 2 ** (c / 1200) * n * size / SECOND)] ** 0.5 / n for n in (1, 2, 3, 4))
        for c in cents
    ]
    # A pad's partial is a narrow band of noise: its middle is what is in tune, not its highest point.
    weight = np.square(combs)
    assert abs(float(cents @ weight / weight.sum())) <= 12
    assert frequency[np.argmax(power)] > 0.45 * hertz


@pytest.mark.parametrize("name", ["saw lead", "pluck", "bell synth", "saw bass", "warm pad", "saw pad"])
def test_a_harder_note_is_brighter(name: str) -> None:
    row = next(row for row in TABLE.values() if row.synth == name)
    key = (row.low + row.high) // 2
    assert brightness(tone(name, key, 120)) > 1.05 * brightness(tone(name, key, 40))


@pytest.mark.parametrize("name", ["saw lead", "chip square", "pulse arp", "square lead"])
def test_a_high_note_has_no_aliases(name: str) -> None:
    key = 91
    hertz = 440 * 2 ** ((key - 69) / 12)
    sound = tone(name, key)[:, 9600:40_000].mean(axis=0)
    power = np.abs(np.fft.rfft(sound * np.blackman(len(sound)))) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / SECOND)
    # Half multiples are the lead's octave below.
    off = np.abs((2 * frequency / hertz + 0.5) % 1 - 0.5) > 0.2
    below = (frequency > 60) & (frequency < 0.8 * hertz)
    assert 10 * np.log10(power[off & below].max() / power.max()) < -55


@pytest.mark.parametrize("name", ["riser", "reverse swell"])
@pytest.mark.parametrize("seconds", [0.8, 4.0])
def test_a_swell_fills_its_note_and_peaks_at_its_end(name: str, seconds: float) -> None:
    size = round(seconds * SECOND)
    sound = tone(name, 60, duration=size)
    assert sound.shape[1] == size
    level = np.sqrt(np.square(sound[:, : size // 8 * 8]).mean(axis=0).reshape(8, -1).mean(axis=1))
    assert level[-1] == max(level)
    assert level[-1] > 4 * level[1]


@pytest.mark.medium
@pytest.mark.parametrize("name", DRUMS)
def test_a_kit_answers_every_key_with_the_right_kind_of_drum(name: str) -> None:
    for key in range(27, 88):
        assert np.abs(tone(name, key)).max() > 0.01
    kick, snare, hat = (brightness(tone(name, key)) for key in (36, 38, 42))
    assert kick < 400 < hat
    assert kick < snare < hat


def test_pads_are_wide_yet_solid_in_mono() -> None:
    for name in ("warm pad", "glass pad", "saw pad"):
        left, right = tone(name, 60, duration=3 * SECOND)[:, SECOND : 3 * SECOND]
        correlation = float(np.corrcoef(left, right)[0, 1])
        assert 0.1 < correlation < 0.9


@pytest.mark.parametrize("name", sorted(name for name, patch in PATCHES.items() if patch.shapes_itself))
def test_a_longer_pad_begins_exactly_like_a_shorter_one(name: str) -> None:
    player = SynthPlayer(name)
    longest = player.tone(60, 92, 400_003, LOW_CUT).sound
    for size in (9600, 123_457, 300_000):
        assert np.array_equal(player.tone(60, 92, size, LOW_CUT).sound, longest[:, :size])


@pytest.mark.parametrize("name", ["warm pad", "saw pad", "pluck", "riser"])
def test_the_equaliser_is_heard_on_every_kind_of_patch(name: str) -> None:
    player = SynthPlayer(name)
    size = player.size(60, 92, 2 * SECOND)
    plain, cut = (
        np.abs(np.fft.rfft(player.tone(60, 92, size, filters).sound[0])) ** 2
        for filters in ((), (Filter("highpass", 2000), Filter("highpass", 2000)))
    )
    at = [round(hertz * size / SECOND) for hertz in (200, 700, 4000, 8000)]
    assert 10 * np.log10(cut[at[0] : at[1]].sum() / plain[at[0] : at[1]].sum()) < -24
    assert abs(10 * np.log10(cut[at[2] : at[3]].sum() / plain[at[2] : at[3]].sum())) < 1.5


@pytest.mark.medium
@pytest.mark.parametrize("name", sorted(name for name, patch in PATCHES.items() if patch.kind == "held"))
def test_nothing_clicks_while_a_note_is_held(name: str) -> None:
    """A right side whose phases met at the loop point gave a peak 16 to 43 dB over RMS there."""
    row = next(row for row in TABLE.values() if row.synth == name)
    for key in (row.low, (row.low + row.high) // 2, row.high):
        for side in tone(name, key, duration=12 * SECOND):
            for join in (CYCLE, 2 * CYCLE):
                near = side[join - 4800 : join + 4800]
                assert np.abs(near).max() <= 10 ** (14 / 20) * max(rms(near), 1e-4), f"key {key}, {join}"
            # Anywhere: no hundredth of a second stands out of the half second around it.
            highest = np.abs(side[SECOND : 11 * SECOND]).reshape(-1, 480).max(axis=1)
            around = np.lib.stride_tricks.sliding_window_view(np.pad(highest, 25, mode="edge"), 51)
            usual = np.median(around, axis=1)
            heard = usual > max(0.02 * highest.max(), 1e-4)  # a muted string is silent within a second
            assert (highest[heard] / usual[heard]).max(initial=0) <= 10 ** (11 / 20), f"key {key}"


def rms(sound: Sound) -> float:
    return float(np.sqrt(np.square(sound).mean(dtype=np.float64)))
