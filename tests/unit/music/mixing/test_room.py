"""One room: it answers late, dies away as written, opens the image and has no rumble."""

import numpy as np
import pytest

from immersivaudio.music.mixing.room import impulse_response, reverberate
from immersivaudio.music.mixing.style import Style


@pytest.mark.parametrize("seconds", [0.6, 1.6, 3.0])
def test_it_falls_by_sixty_decibels_in_its_time(seconds: float) -> None:
    answer = impulse_response(Style(reverb=seconds, damping=50_000.0))
    energy = np.cumsum(np.square(answer).sum(axis=0)[::-1])[::-1]
    fall = 10 * np.log10(energy / energy[0] + 1e-12)
    # Schroeder's backward integral, -5 to -25 dB, times three: T20.
    measured = 3 * (np.argmax(fall < -25) - np.argmax(fall < -5)) / 48_000
    assert measured == pytest.approx(seconds, rel=0.35)


def test_the_answer_waits_for_the_predelay() -> None:
    click = np.zeros((2, 4800), np.float32)
    click[:, 0] = 1.0
    heard = reverberate(click, Style(predelay=0.03))
    assert np.abs(heard[:, :1430]).max() < 1e-5
    assert np.abs(heard[:, 1440:6000]).max() > 1e-3


def test_the_sides_differ_and_the_bottom_is_dry() -> None:
    answer = impulse_response(Style())
    assert abs(np.corrcoef(answer)[0, 1]) < 0.4
    power = np.abs(np.fft.rfft(answer[0])) ** 2
    frequency = np.fft.rfftfreq(answer.shape[1], 1 / 48_000)
    low, middle = power[frequency < 90].mean(), power[(frequency > 400) & (frequency < 1500)].mean()
    assert 10 * np.log10(low / middle) < -15
