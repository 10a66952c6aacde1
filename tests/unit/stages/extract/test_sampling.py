"""Which pictures are kept, what the curves say, and how much memory it takes."""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from immersivaudio.config import Settings
from immersivaudio.media import probe
from immersivaudio.stages.extract import frame_sampling
from immersivaudio.stages.extract.frame_difference import prepare
from immersivaudio.stages.extract.frame_sampling import Stills, wanted
from immersivaudio.stages.extract.pyav import build
from immersivaudio.values import Footage, Shot
from tests import samples


def _extract(path: Path, settings: Settings) -> Footage:
    return build(settings).extract(probe(path, settings), lambda _: None)


@pytest.mark.parametrize(("seconds", "count"), [(0.3, 2), (2, 3), (10, 10), (60, 17), (600, 27), (1800, 32)])
def test_the_number_of_frames_grows_slowly(seconds: float, count: int) -> None:
    assert wanted(Fraction(seconds)) == count


@pytest.mark.medium
def test_frames_come_from_all_over_the_clip(tmp_path: Path, settings: Settings) -> None:
    footage = _extract(samples.film(tmp_path / "film.mp4", shots=1, seconds=12, rate=10), settings)
    times = [float(frame.time) for frame in footage.frames]
    assert len(times) == 10
    assert max(np.diff([0, *times, 12])) < 1.5


@pytest.mark.medium
def test_every_shot_has_a_frame_of_its_own(tmp_path: Path, settings: Settings) -> None:
    lengths = [8, 30, 5, 6, 40, 9]
    frames = [f for seed, n in enumerate(lengths) for f in samples.pan(seed + 1, n)]
    footage = _extract(samples.write(tmp_path / "film.mp4", frames), settings)
    assert len(footage.shots) == len(lengths)
    for frame in footage.frames:
        wide = np.array(samples.scene(frame.shot + 1, 480, 180)).astype(float)
        ours, others = frame.image.mean(axis=(0, 1)), wide.mean(axis=(0, 1))
        assert np.abs(ours - others).max() < 25, frame.shot
    assert {frame.shot for frame in footage.frames} == set(range(len(lengths)))


@pytest.mark.medium
def test_a_slow_dissolve_in_a_long_clip_has_a_frame_of_its_own(tmp_path: Path, settings: Settings) -> None:
    one, two = samples.pan(1, 400, step=0.2), samples.pan(2, 400, step=0.2)
    share = [min(1.0, max(0.0, (i - 200) / 10)) - min(1.0, max(0.0, (i - 230) / 10)) for i in range(400)]
    frames = [(a * (1 - s) + b * s).astype(np.uint8) for a, b, s in zip(one, two, share, strict=True)]
    footage = _extract(samples.write(tmp_path / "film.mp4", frames, 10), settings)
    assert [shot.opening for shot in footage.shots] == ["start", "dissolve", "dissolve"]
    inside = [frame.image for frame in footage.frames if frame.shot == 1]
    assert inside
    assert np.abs(inside[0].mean(axis=(0, 1)) - two[0].mean(axis=(0, 1))).max() < 12


@pytest.mark.medium
def test_very_many_shots_share_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame_sampling, "_FRAME_BYTES", 3_000_000)
    keeper = Stills(Fraction(600))
    shots = tuple(Shot(i, Fraction(i), Fraction(i + 1)) for i in range(600))
    for shot in shots:
        image = np.array(samples.scene(shot.index % 5, 640, 360))
        look = prepare(image[::4, ::4])
        for time, jumped in ((shot.start, True), (shot.start + Fraction(1, 2), False)):
            if keeper.wants(time, look, jumped=jumped):
                keeper.keep(time, image)
    frames = keeper.frames(shots)
    assert {frame.shot for frame in frames} == set(range(600))
    assert sum(frame.image.nbytes for frame in frames) <= 3_000_000
    assert len({frame.image.shape for frame in frames}) == 1


def test_frames_of_a_turned_clip_are_upright(tmp_path: Path, settings: Settings) -> None:
    sky = np.full((180, 320, 3), 40, np.uint8)
    sky[:, :160] = 230  # bright on the left: on top once it is turned clockwise
    samples.write(tmp_path / "flat.mp4", [sky] * 20)
    samples.ffmpeg("-display_rotation", "-90", "-i", tmp_path / "flat.mp4", "-c", "copy", tmp_path / "up.mp4")
    image = _extract(tmp_path / "up.mp4", settings).frames[0].image
    assert image.shape == (320, 180, 3)
    assert image[:140].mean() > 200
    assert image[180:].mean() < 60


def test_curves_say_what_was_painted(tmp_path: Path, settings: Settings) -> None:
    orange, blue, grey = (230, 130, 40), (40, 70, 210), (128, 128, 128)
    frames = [np.full((90, 160, 3), colour, np.uint8) for colour in (orange, blue, grey) for _ in range(50)]
    curves = _extract(samples.write(tmp_path / "film.mp4", frames), settings).curves
    thirds = [slice(1, 15), slice(17, 31), slice(33, 47)]
    warm, saturated, bright = (
        [float(curve[third].mean()) for third in thirds]
        for curve in (curves.warmth, curves.saturation, curves.brightness)
    )
    assert warm[0] > 0.8 and warm[1] < -0.8 and abs(warm[2]) < 0.05
    assert min(saturated[:2]) > 0.7 and saturated[2] < 0.05
    assert bright == pytest.approx([0.58, 0.30, 0.50], abs=0.03)
    assert curves.motion.max() < 0.02  # cuts are left out


def test_curves_mean_what_is_shown_however_unequal_the_delays(tmp_path: Path, settings: Settings) -> None:
    times = [Fraction(t, 1000) for t in (0, 250, 300, 1000, 2000)]
    frames = [np.full((90, 160, 3), level, np.uint8) for level in (0, 255, 0, 255, 0)]
    curves = _extract(samples.write(tmp_path / "vfr.mkv", frames, times=times), settings).curves
    white = float(curves.brightness[:16].mean()) * 2.0  # seconds of white in the first two
    assert white == pytest.approx(1.05, abs=0.03)


@pytest.mark.medium
def test_motion_does_not_depend_on_the_frame_rate(tmp_path: Path, settings: Settings) -> None:
    wide = np.array(samples.scene(6, 900, 180))
    means = []
    for rate in (12, 48):
        places = [int(i * 96 / rate) for i in range(3 * rate)]
        frames = [np.ascontiguousarray(wide[:, x : x + 320]) for x in places]
        path = samples.write(tmp_path / f"{rate}.mp4", frames, rate, crf="18")
        means.append(float(_extract(path, settings).curves.motion.mean()))
    assert means[0] == pytest.approx(means[1], rel=0.25)


def test_a_photo_is_one_frame_held(tmp_path: Path, settings: Settings) -> None:
    from PIL import Image

    Image.fromarray(np.asarray(samples.scene(5, 1200, 700))).save(tmp_path / "photo.jpg")
    clip = probe(tmp_path / "photo.jpg", settings, photo_duration=6)
    footage = build(settings).extract(clip, lambda _: None)
    ((frame,), (shot,)) = footage.frames, footage.shots
    assert frame.image.shape == (373, 640, 3)
    assert (shot.start, shot.end, shot.opening, footage.moments) == (0, 6, "start", ())
    assert footage.curves.motion.max() == 0
    assert len(footage.curves.motion) == 48


@pytest.mark.slow
def test_memory_does_not_grow_with_the_length(tmp_path: Path) -> None:
    """1080p, twenty seconds against five: a fresh process each, since the peak never falls."""
    short = tmp_path / "short.mp4"
    source = "testsrc2=s=1920x1080:r=25:d=5"
    samples.ffmpeg("-f", "lavfi", "-i", source, "-c:v", "libx264", "-preset", "ultrafast", short)
    samples.ffmpeg("-stream_loop", "3", "-i", short, "-c", "copy", tmp_path / "long.mp4")
    code = (
        "import re, sys; from pathlib import Path; from immersivaudio.config import Settings\n"
        "from immersivaudio.media import probe; from immersivaudio.stages.extract.pyav import build\n"
        "s = Settings(); build(s).extract(probe(Path(sys.argv[1]), s), lambda _: None)\n"
        # Not getrusage: that peak starts at the size of the process that forked.
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    peaks = []
    for path in (short, tmp_path / "long.mp4"):
        done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout) / 1024)
    assert peaks[1] < 400
    assert peaks[1] - peaks[0] < 60
