"""Every shared clip comes back scored: the pictures untouched, the sound as promised."""

import json

import numpy as np
import pytest

from immersivaudio import score
from immersivaudio.values import ScoredClip
from tests import measure

FOLDER = measure.shared_folder()
CLIPS = sorted(path.name for path in FOLDER.glob("*") if path.suffix not in {".json", ".md"})

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CLIPS, reason="the shared clips are not beside this checkout (../shared/media/dev)"
    ),
]


@pytest.fixture(scope="module", params=CLIPS or ["none"])
def scored(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ScoredClip:
    folder = tmp_path_factory.mktemp("scored")
    return score(FOLDER / request.param, out=folder / "out.mp4", folder=folder, photo_duration=6.0)


def test_the_pictures_are_the_clips_own(scored: ScoredClip) -> None:
    if scored.receipt.video_copied:
        assert measure.video_packets(scored.path) == measure.video_packets(scored.clip.path)
    elif scored.clip.kind == "video":
        assert measure.video_packets(scored.path).count == measure.video_packets(scored.clip.path).count


def test_the_sound_is_as_long_as_the_pictures(scored: ScoredClip) -> None:
    shown = measure.shown_seconds(scored.path)
    heard = len(measure.sound(scored.path)) / 48_000
    frame = 1 / float(scored.clip.frame_rate)
    assert abs(heard - float(shown)) <= frame + 1e-3
    assert abs(float(shown) - float(scored.clip.duration)) <= frame + 1e-3


def test_the_loudness_is_as_promised(scored: ScoredClip) -> None:
    heard = measure.loudness(scored.path)
    if scored.clip.duration >= 1:  # BS.1770 needs 0.4 s blocks: less is not a measurement
        assert abs(heard.integrated + 14) <= 0.5
        assert abs(heard.integrated - scored.receipt.loudness_lufs) <= 0.2
    assert heard.true_peak <= -1.0 + 0.05
    assert np.abs(measure.sound(scored.path)).max() < 1.0


def test_there_is_no_hole_in_the_sound(scored: ScoredClip) -> None:
    assert measure.longest_silence(measure.sound(scored.path)) <= 0.5


def test_every_planned_hit_is_heard(scored: ScoredClip) -> None:
    assert scored.receipt.hits_hit == scored.receipt.hits_planned == len(scored.sheet.hits)


def test_it_plays_at_once_and_says_what_was_done(scored: ScoredClip) -> None:
    assert measure.is_faststart(scored.path)
    assert scored.sheet.scene
    assert scored.sheet.prompt
    assert scored.receipt.backends["generate"] == "composer"
    assert not list(scored.path.parent.glob("*.tmp*"))


@pytest.mark.parametrize("name", [name for name in CLIPS if name in measure.true_cuts()] if CLIPS else [])
def test_the_cuts_people_saw_are_found(name: str) -> None:
    from immersivaudio.pipeline import Pipeline

    pipeline = Pipeline()
    footage = pipeline.watch(pipeline.open(FOLDER / name))
    frame = 1 / float(footage.clip.frame_rate)
    found = [float(shot.start) for shot in footage.shots if shot.opening == "cut"]
    seen = measure.true_cuts()[name]
    missed = [cut for cut in seen if not any(abs(cut - time) <= frame + 2e-3 for time in found)]
    assert not missed
    allowed = json.loads((FOLDER / "cuts_soft.json").read_text()).get(name, "")
    extra = [time for time in found if not any(abs(cut - time) <= frame + 2e-3 for cut in seen)]
    assert len(extra) <= max(0.1 * len(seen), 4 if "pop on/off" in allowed else 0)
