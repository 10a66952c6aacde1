"""What the real renderer tells a page beside the film: what is seen where, how much moves, how loud it is."""

from pathlib import Path

import pytest

from immersivaudio.config import Settings
from immersivaudio.options import ScoreOptions
from immersivaudio.progress import no_progress
from immersivaudio.queue import EditorCuts
from tests import measure, samples
from worker.rendering.pipeline_renderer import PipelineRenderer
from worker.sandbox.tasks import RenderAnswer, RenderTask

EDL = """TITLE: film
FCM: NON-DROP FRAME
001  AX       V     C        00:00:00:00 00:00:02:10 01:00:00:00 01:00:02:10
* LOC: 01:00:01:05 RED     she looks up
002  AX       V     C        00:00:02:10 00:00:04:00 01:00:02:10 01:00:04:00
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[RenderAnswer, Path, Path]:
    """A clip with an editor's cuts: still for two seconds, then moving, with a quiet tone; its result."""
    folder = tmp_path_factory.mktemp("drawn")
    pictures = [samples.scene(3, 320, 180)] * 50 + samples.pan(5, 50)
    plain = samples.write(folder / "plain.mp4", pictures, 25, preset="veryfast")
    tone = ("-f", "lavfi", "-i", "sine=f=440:r=48000:d=4", "-af", "volume=-20dB")
    samples.ffmpeg(
        "-i", plain, *tone, "-map", "0", "-map", "1", "-c:v", "copy", "-f", "mp4", folder / "input"
    )
    task = RenderTask(
        folder=str(folder), options=ScoreOptions(explain=True), cuts=EditorCuts(ending=".edl", text=EDL)
    )
    renderer = PipelineRenderer(Settings(_env_file=None))
    done = renderer.render(task, folder, no_progress)
    return done, folder / done.media, folder / "input"


def test_the_curves_of_a_timeline_are_what_is_seen_and_heard(
    told: tuple[RenderAnswer, Path, Path],
) -> None:
    done, film, clip = told
    summary = done.summary
    assert len(summary.motion) == len(summary.loudness) == 16, "four a second"
    assert max(summary.motion[:6]) < min(summary.motion[10:])
    assert summary.before_lufs == pytest.approx(measure.loudness(clip).integrated, abs=0.3)
    assert max(summary.loudness) > measure.loudness(film).integrated - 1
    assert min(summary.loudness) >= -70


def test_an_editors_cuts_decide_where_the_music_lands(told: tuple[RenderAnswer, Path, Path]) -> None:
    done, _, _ = told
    summary = done.summary
    assert [round(shot.start, 2) for shot in summary.shots] == [0.0, 2.4], "the editor's, not ours"
    assert "markers that became hit points: 1 of 1" in summary.notes
    assert done.seen == "seen.zip", "and what was seen is kept under these cuts"
