"""What goes along with stems: the film's cuts and markers, exact, in files that editors read."""

import io
import zipfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pycmx
import soundfile

from immersivaudio.config import Settings
from immersivaudio.export import markers_only
from immersivaudio.media import probe
from immersivaudio.sheets import load
from immersivaudio.values import HitPoint, Soundtrack
from tests import samples
from worker.rendering.stem_archives import pack

SHEET = """{"version": 1, "duration": 4, "mood": "calm", "palette": "ambient", "tempo": 90.0, "tonic": "C",
"mode": "ionian", "metre": "4/4", "instruments": [], "hits": [], "dynamics": [], "prompt": "", "seed": 1,
"cues": [{"start": 0, "end": 4, "label": "A", "mood": "calm", "valence": 0, "arousal": 0, "intensity": 0.5,
"prompt": ""}]}"""


def test_stems_bring_cuts_and_markers_along(tmp_path: Path) -> None:
    settings = Settings()
    clip = probe(samples.film(tmp_path / "film.mp4", shots=2, seconds=2.0), settings)
    sheet = replace(load(SHEET), hits=(HitPoint(Fraction(2), 0.9),), cuts=(Fraction(2),))
    stem = tmp_path / "strings.wav"
    soundfile.write(stem, np.zeros((48_000 * 4, 2), np.float32), 48_000, subtype="FLOAT")
    tracks = (Soundtrack(stem, "composer", (Fraction(2),), {"strings": stem}),)
    work, folder = tmp_path / "work", tmp_path / "out"
    work.mkdir(), folder.mkdir()
    written = markers_only.write(clip, sheet, tracks, work, settings)
    pack(tracks, work, folder, papers=written)
    with zipfile.ZipFile(folder / "stems.zip") as archive:
        assert set(archive.namelist()) == {"strings.flac", "film.edl", "film.markers.edl", "markers.csv"}
        edl = archive.read("film.edl").decode()
    events = pycmx.parse_cmx3600(io.StringIO(edl)).events
    assert [event.edits[0].record_in for event in events] == ["00:00:00:00", "00:00:02:00"]
    assert "* LOC: 00:00:02:00 RED     hit 1 cut" in edl
