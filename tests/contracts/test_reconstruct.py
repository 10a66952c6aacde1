"""What every reconstructor must do. One of your own joins by `--backend`."""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from immersivaudio.config import Settings
from immersivaudio.errors import ImmersivaudioError, StageFailedError, UserError
from immersivaudio.media import probe
from immersivaudio.options import ScoreOptions
from immersivaudio.stages import Reconstructor
from immersivaudio.values import CueSheet, HitPoint, Receipt, Soundtrack, exact
from tests import measure, samples, voices
from tests.backends import own
from tests.voices import RATE, Sound

BACKENDS = ["immersivaudio.stages.reconstruct.ffmpeg", *(case.module for case in own("reconstruct"))]
SECONDS = 8
SPEECH = ((Fraction(2), Fraction(5)),)


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest, settings: Settings) -> Reconstructor:
    built: Reconstructor = import_module(request.param).build(settings)
    return built


@pytest.fixture(scope="session")
def talk() -> Sound:
    """A quiet voice from 2 s to 5 s, over a faint hiss."""
    sound = np.random.default_rng(4).normal(0, 0.0003, (SECONDS * RATE, 2)).astype(np.float32)
    sound[2 * RATE : 5 * RATE] += 0.1 * voices.voice(3)
    return sound


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory, talk: Sound) -> Path:
    """Eight seconds of H.264 in which someone talks."""
    folder = tmp_path_factory.mktemp("clip")
    silent = samples.film(folder / "silent.mp4", shots=4, seconds=SECONDS / 4, size=(160, 90))
    wav = voices.save(folder / "talk.wav", talk)
    samples.ffmpeg(
        "-i", silent, "-i", wav, "-c:v", "copy", "-c:a", "aac", "-b:a", "192k", folder / "clip.mp4"
    )
    return folder / "clip.mp4"


@pytest.fixture(scope="session")
def score(tmp_path_factory: pytest.TempPathFactory) -> Soundtrack:
    """Music with an accent on every half second."""
    path = tmp_path_factory.mktemp("score") / "music.wav"
    return Soundtrack(voices.save(path, voices.music(SECONDS)), "test")


def sheet(seconds: Fraction | float = SECONDS, **changes: Any) -> CueSheet:
    plan = CueSheet(
        duration=exact(seconds),
        mood="calm",
        palette="calm",
        tempo=120.0,
        tonic="C",
        mode="ionian",
        metre="4/4",
        instruments=(),
        cues=(),
        hits=(HitPoint(Fraction(2), 1.0), HitPoint(Fraction(4), 1.0), HitPoint(Fraction(6), 1.0)),
        dynamics=(),
        prompt="",
        seed=5,
    )
    return replace(plan, **changes)


def run(
    backend: Reconstructor,
    path: Path,
    tracks: Sequence[Soundtrack],
    out: Path,
    *,
    request: ScoreOptions | None = None,
    plan: CueSheet | None = None,
) -> Receipt:
    clip = probe(path, Settings(_env_file=None), photo_duration=3)
    heard: list[float] = []
    receipt = backend.reconstruct(
        clip, plan or sheet(clip.duration), tracks, request or ScoreOptions(), out, heard.append
    )
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    return receipt


def check(out: Path, receipt: Receipt, frame: float = 1 / 24) -> None:
    """What holds for every delivered file, measured by others, and what its receipt says of it."""
    heard = measure.loudness(out)
    if measure.shown_seconds(out) >= Fraction(2, 5):  # BS.1770 has no loudness for less than one block
        assert heard.integrated == pytest.approx(-14.0, abs=0.5)
        assert receipt.loudness_lufs == pytest.approx(heard.integrated, abs=0.2)
    assert heard.true_peak <= -1.0
    assert np.abs(measure.sound(out)).max() < 1.0
    assert receipt.true_peak_dbtp == pytest.approx(heard.true_peak, abs=0.3)
    assert abs(receipt.length_error) < frame
    assert receipt.size_bytes == out.stat().st_size
    assert measure.is_faststart(out)


def strength(out: Path, part: Sound, start: float, end: float) -> float:
    """How loud one known part is in a stretch (s) of the delivered sound: its least-squares gain, dB."""
    here = slice(round(start * RATE), round(end * RATE))
    heard = measure.sound(out)[here].astype(float)
    known = part[here].astype(float)
    return 20 * float(np.log10(max(1e-9, (heard * known).sum() / (known * known).sum())))


@pytest.mark.medium
def test_pictures_are_copied_and_the_sound_is_finished(
    backend: Reconstructor, clip: Path, score: Soundtrack, tmp_path: Path
) -> None:
    before = hashlib.sha256(clip.read_bytes()).hexdigest()
    out = tmp_path / "out.mp4"
    receipt = run(backend, clip, [score], out)
    check(out, receipt)
    assert measure.video_packets(out) == measure.video_packets(clip)
    assert receipt.video_copied
    assert receipt.original == "replace"
    assert receipt.speech_gap_lu is None
    assert (receipt.hits_planned, receipt.hits_hit) == (3, 3)
    assert hashlib.sha256(clip.read_bytes()).hexdigest() == before
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.medium
def test_hits_that_are_not_heard_are_not_counted(
    backend: Reconstructor, clip: Path, score: Soundtrack, tmp_path: Path
) -> None:
    missed = sheet(hits=(HitPoint(exact("2.25"), 1.0), HitPoint(Fraction(4), 1.0)))
    receipt = run(backend, clip, [score], tmp_path / "out.mp4", plan=missed)
    assert (receipt.hits_planned, receipt.hits_hit) == (2, 1)


@pytest.mark.medium
def test_hits_are_heard_when_they_are_seen(
    backend: Reconstructor, clip: Path, score: Soundtrack, tmp_path: Path
) -> None:
    """Neither the coder's delay nor the container shifts the sound: sample-exact against the soundtrack."""
    run(backend, clip, [score], tmp_path / "out.mp4")
    heard, made = measure.sound(tmp_path / "out.mp4"), voices.music(SECONDS)
    a, b = heard[RATE : 3 * RATE, 0].astype(float), made[RATE : 3 * RATE, 0].astype(float)
    shifts = range(-200, 201)
    best = max(shifts, key=lambda lag: float((np.roll(a, lag) * b).sum()))
    assert abs(best) <= 1


@pytest.mark.medium
def test_same_input_same_bytes(backend: Reconstructor, clip: Path, score: Soundtrack, tmp_path: Path) -> None:
    for name in ("a.mp4", "b.mp4"):
        run(backend, clip, [score], tmp_path / name, plan=sheet(speech=SPEECH))
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


@pytest.mark.medium
@pytest.mark.parametrize("gap", [12.0, 20.0])
@pytest.mark.parametrize("original", ["auto", "keep"])
def test_speech_stands_out_by_the_gap(
    backend: Reconstructor,
    clip: Path,
    score: Soundtrack,
    talk: Sound,
    tmp_path: Path,
    gap: float,
    original: Any,
) -> None:
    out = tmp_path / "out.mp4"
    request = ScoreOptions(original=original, speech_gap_lu=gap)
    receipt = run(backend, clip, [score], out, request=request, plan=sheet(speech=SPEECH))
    check(out, receipt)
    assert receipt.original == ("mix" if original == "auto" else "keep")
    assert receipt.speech_gap_lu is not None
    assert gap - 1 <= receipt.speech_gap_lu
    # A judge of its own: the two known parts fitted to what is heard while someone speaks.
    here = slice(round(2.2 * RATE), round(4.8 * RATE))
    heard = measure.sound(out)[here].astype(float).ravel()
    parts = np.stack([talk[here].ravel(), voices.music(SECONDS)[here].ravel()], axis=1).astype(float)
    gains = np.linalg.lstsq(parts, heard, rcond=None)[0]
    voice, music = (measure_level(part * gain) for part, gain in zip(parts.T, gains, strict=True))
    assert voice - music >= gap - 1.5
    # Outside speech the music plays on.
    assert strength(out, voices.music(SECONDS), 6.5, 7.9) > strength(out, voices.music(SECONDS), 2.2, 4.8) + 3


def measure_level(sound: np.ndarray) -> float:
    """K-weighted level of interleaved stereo, LU."""
    import pyloudnorm

    return float(pyloudnorm.Meter(RATE).integrated_loudness(sound.reshape(-1, 2)))


@pytest.mark.medium
def test_a_clip_without_speech_is_not_ducked(
    backend: Reconstructor, clip: Path, score: Soundtrack, tmp_path: Path
) -> None:
    run(backend, clip, [score], tmp_path / "out.mp4", request=ScoreOptions(original="mix"))
    gains = [strength(tmp_path / "out.mp4", voices.music(SECONDS), s, s + 1.5) for s in (0.2, 2.2, 3.3, 6)]
    assert max(gains) - min(gains) < 1.0


@pytest.mark.medium
@pytest.mark.parametrize(
    ("part", "by"), [("music", -6.0), ("sounds", -8.0), ("original", -5.0), ("sounds", 4.0)]
)
def test_gains_mean_what_they_say(
    backend: Reconstructor, clip: Path, score: Soundtrack, talk: Sound, tmp_path: Path, part: str, by: float
) -> None:
    noise = np.random.default_rng(1).normal(0, 0.02, (SECONDS * RATE, 2)).astype(np.float32)
    sounds = Soundtrack(voices.save(tmp_path / "sounds.wav", noise), "test")
    known = {"music": voices.music(SECONDS), "sounds": noise, "original": talk}
    stretch = (2.2, 4.8) if part == "original" else (6.0, 7.9)
    others = [name for name in known if name != part]
    levels = []
    for name, request in (("a", ScoreOptions()), ("b", replace(ScoreOptions(), **{f"{part}_gain_db": by}))):
        out = tmp_path / f"{name}.mp4"
        run(backend, clip, [score, sounds], out, request=request, plan=sheet(speech=SPEECH))
        levels.append(
            {k: strength(out, v, *(stretch if k != "original" else (2.2, 4.8))) for k, v in known.items()}
        )
    change = {k: levels[1][k] - levels[0][k] for k in known}
    assert change[part] - change[others[0]] == pytest.approx(by, abs=1.0)
    if by < 0:
        assert change[part] == pytest.approx(by, abs=1.0)


@pytest.mark.medium
def test_music_alone_can_be_turned_down(
    backend: Reconstructor, clip: Path, score: Soundtrack, tmp_path: Path
) -> None:
    receipt = run(backend, clip, [score], tmp_path / "out.mp4", request=ScoreOptions(music_gain_db=-6))
    assert measure.loudness(tmp_path / "out.mp4").integrated == pytest.approx(-20.0, abs=0.5)
    assert any("-20" in note for note in receipt.notes)


@pytest.mark.medium
@pytest.mark.parametrize("original", ["keep", "mix"])
def test_a_silent_clip_has_nothing_to_keep_and_says_so(
    backend: Reconstructor, film: Path, tmp_path: Path, original: Any
) -> None:
    silent = samples.film(tmp_path / "silent.mp4", sound="anullsrc=r=44100:cl=stereo")
    music = Soundtrack(voices.save(tmp_path / "m.wav", voices.music(3)), "test")
    receipt = run(backend, silent, [music], tmp_path / "out.mp4", request=ScoreOptions(original=original))
    check(tmp_path / "out.mp4", receipt)
    assert receipt.original == "replace"
    assert any("no sound of its own" in note for note in receipt.notes)


@pytest.mark.medium
@pytest.mark.parametrize("size", [(1600, 900), (600, 900)])
def test_a_photo_becomes_a_film(backend: Reconstructor, tmp_path: Path, size: tuple[int, int]) -> None:
    photo = tmp_path / "photo.jpg"
    Image.fromarray(samples.scene(3, *size)).save(photo)
    music = Soundtrack(voices.save(tmp_path / "m.wav", voices.music(3)), "test")
    out = tmp_path / "out.mp4"
    receipt = run(backend, photo, [music], out)
    check(out, receipt)
    made = probe(out, Settings(_env_file=None))
    assert (made.width > made.height) == (size[0] > size[1])
    assert made.duration == 3
    assert measure.video_packets(out).count == 90
    assert not receipt.video_copied


@pytest.mark.medium
@pytest.mark.parametrize("name", ["a.gif", "a.png", "a.webp"])
def test_an_animation_keeps_its_delays_to_the_last(backend: Reconstructor, tmp_path: Path, name: str) -> None:
    still = [np.ascontiguousarray(samples.scene(seed, 121, 81)) for seed in range(4)]
    pictures = [Image.fromarray(pixels) for pixels in still]
    gif, out = tmp_path / name, tmp_path / "out.mp4"
    pictures[0].save(gif, save_all=True, append_images=pictures[1:], duration=[100, 900, 300, 1700])
    music = Soundtrack(voices.save(tmp_path / "m.wav", voices.music(3)), "test")
    receipt = run(backend, gif, [music], out)
    check(out, receipt)
    assert float(measure.shown_seconds(out)) == pytest.approx(3.0, abs=0.02)


def _tagged(clip: Path, out: Path) -> Path:
    """The clip as a phone would write it: when and where it was taken, by what, and what is said in it."""
    subtitles = out.with_suffix(".srt")
    subtitles.write_text("1\n00:00:01,000 --> 00:00:02,000\nhello\n")
    tags = (
        "creation_time=2021-07-08T09:10:11Z",
        "title=Our  holiday",
        "location=+48.1371+011.5754/",
    )
    written = [part for tag in tags for part in ("-metadata", tag)]
    own = ("-c", "copy", "-c:s", "mov_text", "-metadata:s:a:0", "language=deu")
    samples.ffmpeg("-i", clip, "-i", subtitles, "-map", "0", "-map", "1", *own, *written, out)
    return out


@pytest.mark.medium
@pytest.mark.parametrize("original", ["mix", "replace"])
def test_when_and_what_stay_and_where_does_not(
    backend: Reconstructor, clip: Path, score: Soundtrack, tmp_path: Path, original: str
) -> None:
    """Galleries sort by the capture date; the language is that of what is said, so it goes with the voice."""
    tagged = _tagged(clip, tmp_path / "tagged.mp4")
    out = tmp_path / "out.mp4"
    receipt = run(backend, tagged, [score], out, request=ScoreOptions(original=original))
    with av.open(str(out)) as film:
        told, sound = dict(film.metadata), film.streams.audio[0].metadata.get("language", "und")
    assert told["creation_time"].startswith("2021-07-08T09:10:11")
    assert told["title"] == "Our  holiday"
    assert sound == ("deu" if original == "mix" else "und")
    assert not any("location" in name for name in told)
    assert b"+48.1371" not in out.read_bytes()
    assert set(receipt.dropped) == {"place", "subtitles"}


@pytest.mark.medium
def test_a_result_says_nothing_of_its_clip_where_that_is_not_wanted(
    clip: Path, score: Soundtrack, tmp_path: Path
) -> None:
    silent = import_module(BACKENDS[0]).build(Settings(_env_file=None, keep_tags=False))
    out = tmp_path / "out.mp4"
    run(silent, _tagged(clip, tmp_path / "tagged.mp4"), [score], out)
    with av.open(str(out)) as film:
        assert not {"creation_time", "title"} & set(film.metadata)


@pytest.mark.medium
@pytest.mark.parametrize("share", [0.97, 0.8, 0.4])
def test_it_fits_the_size_asked_for(
    backend: Reconstructor, score: Soundtrack, tmp_path: Path, share: float
) -> None:
    clip = samples.film(tmp_path / "big.mp4", shots=4, seconds=2, size=(480, 270))
    whole = run(backend, clip, [score], tmp_path / "whole.mp4")
    limit = int(whole.size_bytes * share)
    out = tmp_path / "out.mp4"
    receipt = run(backend, clip, [score], out, request=ScoreOptions(max_bytes=limit))
    check(out, receipt)
    assert out.stat().st_size <= limit
    assert any("to fit" in note for note in receipt.notes)
    assert not any("to fit" in note for note in whole.notes)


@pytest.mark.medium
def test_a_size_that_is_large_enough_changes_nothing(
    backend: Reconstructor, clip: Path, score: Soundtrack, tmp_path: Path
) -> None:
    run(backend, clip, [score], tmp_path / "a.mp4")
    receipt = run(backend, clip, [score], tmp_path / "b.mp4", request=ScoreOptions(max_bytes=10**8))
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()
    assert receipt.notes == ()


def test_an_impossible_size_is_refused_in_one_line(
    backend: Reconstructor, clip: Path, score: Soundtrack, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=r"does not fit 0\.02 MB; allow at least"):
        run(backend, clip, [score], tmp_path / "out.mp4", request=ScoreOptions(max_bytes=20_000))
    assert list(tmp_path.iterdir()) == []


def test_the_clip_itself_is_never_overwritten(
    backend: Reconstructor, clip: Path, score: Soundtrack, tmp_path: Path
) -> None:
    copy, link = tmp_path / "copy.mp4", tmp_path / "link.mp4"
    copy.write_bytes(clip.read_bytes())
    os.link(copy, link)
    for out in (copy, link, tmp_path / "." / "copy.mp4"):
        with pytest.raises(UserError, match="overwrite the clip"):
            run(backend, copy, [score], out)
    assert copy.read_bytes() == clip.read_bytes()


@pytest.mark.parametrize(
    ("out", "said"), [("missing/out.mp4", "the folder of out.mp4 does not exist"), (".", "is a folder")]
)
def test_a_place_that_cannot_be_written_is_refused(
    backend: Reconstructor, clip: Path, score: Soundtrack, tmp_path: Path, out: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        run(backend, clip, [score], tmp_path / out)


def test_failure_leaves_what_was_there(
    backend: Reconstructor, clip: Path, score: Soundtrack, tmp_path: Path
) -> None:
    """An earlier result survives a run that fails, and nothing half-written stays."""
    out = tmp_path / "out.mp4"
    out.write_bytes(b"an earlier result")
    with pytest.raises(StageFailedError):
        run(backend, clip, [Soundtrack(tmp_path / "gone.wav", "test")], out)
    assert out.read_bytes() == b"an earlier result"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.medium
def test_a_full_disk_is_one_plain_line(
    backend: Reconstructor, clip: Path, score: Soundtrack, tmp_path: Path
) -> None:
    """The limit on the size of files stands in for a full disk: writes fail in the middle."""
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(ImmersivaudioError) as caught:
            run(backend, clip, [score], tmp_path / "out.mp4")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert str(tmp_path) not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_third_of_a_second_is_long_enough(backend: Reconstructor, tmp_path: Path) -> None:
    clip = samples.write(tmp_path / "short.mp4", samples.pan(1, 8, (160, 90)))
    music = Soundtrack(voices.save(tmp_path / "m.wav", voices.music(1)), "test")
    receipt = run(backend, clip, [music], tmp_path / "out.mp4", plan=sheet(0.32, hits=()))
    assert receipt.loudness_lufs == pytest.approx(-14, abs=1)
    assert abs(receipt.length_error) < Fraction(1, 25)


def test_a_single_picture_is_too_short_to_measure_and_nobody_asked_for_gains(
    backend: Reconstructor, tmp_path: Path
) -> None:
    clip = samples.write(tmp_path / "one.mp4", samples.pan(1, 1, (160, 90)))
    music = Soundtrack(voices.save(tmp_path / "m.wav", voices.music(1)), "test")
    receipt = run(backend, clip, [music], tmp_path / "out.mp4", plan=sheet(0.04, hits=()))
    assert not [note for note in receipt.notes if "gains" in note]


@pytest.mark.medium
def test_silent_music_stays_silent(backend: Reconstructor, clip: Path, tmp_path: Path) -> None:
    silence = np.zeros((SECONDS * RATE, 2), np.float32)
    track = Soundtrack(voices.save(tmp_path / "m.wav", silence), "test")
    receipt = run(backend, clip, [track], tmp_path / "out.mp4")
    assert receipt.loudness_lufs == float("-inf")
    assert receipt.hits_hit == 0
    assert not measure.sound(tmp_path / "out.mp4").any()


_SPOKEN = {"friday_dialogue.mp4": ((Fraction(0), Fraction(6)),)}


@pytest.mark.medium
@pytest.mark.parametrize(
    ("name", "copied"),
    [
        ("bbb_480p_30s.mp4", True),
        ("city_night.mpg", False),
        ("earth_night.avi", False),
        ("flower_bloom.webm", False),
        ("friday_dialogue.mp4", True),
        ("gopro_walk.mp4", True),
        ("phone_dog_rot270.mp4", True),
        ("portrait_4k60_0.3s.mp4", True),
        ("screen_recording.gif", False),
        ("iphone_photo.heic", False),
        ("exif_rotated_portrait_6.jpg", False),
        ("logo_alpha.png", False),
    ],
)
def test_real_clips(
    backend: Reconstructor, shared_media: Callable[[str], Path], tmp_path: Path, name: str, copied: bool
) -> None:
    path = shared_media(name)
    clip = probe(path, Settings(_env_file=None), photo_duration=3)
    music = Soundtrack(voices.save(tmp_path / "m.wav", voices.music(float(clip.duration))), "test")
    out = tmp_path / "out.mp4"
    receipt = run(
        backend, path, [music], out, plan=sheet(clip.duration, hits=(), speech=_SPOKEN.get(name, ()))
    )
    check(out, receipt, frame=1 / float(clip.frame_rate))
    assert receipt.video_copied is copied
    if copied:
        assert measure.video_packets(out) == measure.video_packets(path)
    if name in _SPOKEN:
        assert receipt.speech_gap_lu is not None
        assert receipt.speech_gap_lu >= 11
