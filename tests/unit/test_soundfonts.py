"""Which SoundFont plays: the one asked for, the one that was pulled, the system's; and what is said of it."""

import hashlib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from immersivaudio import models, soundfonts
from immersivaudio.cli import options
from immersivaudio.cli.doctor import _soundfont
from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError
from immersivaudio.models import catalogue
from immersivaudio.stages.generate.composer import build
from immersivaudio.values import Cue, CueSheet
from tests import tiny_soundfont as tiny
from tests.unit.models.hub import Hub

SHEET = CueSheet(
    duration=Fraction(3),
    mood="calm",
    palette="solo piano",
    tempo=90.0,
    tonic="C",
    mode="ionian",
    metre="4/4",
    instruments=("piano",),
    cues=(Cue(Fraction(0), Fraction(3), "A", "calm", 0.2, -0.2, 0.5, "piano"),),
    hits=(),
    dynamics=(0.5,) * 12,
    prompt="piano",
    seed=1,
)


def font(path: Path) -> Path:
    """Write a font of one sine, on every program a piano's score may ask for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return tiny.write(path, [tiny.Preset(0, 0, (tiny.steady(),)), tiny.Preset(128, 0, (tiny.steady(),))])


def played(settings: Settings, folder: Path) -> bytes:
    folder.mkdir()
    return build(settings).generate(SHEET, folder, lambda _share: None).path.read_bytes()


@pytest.mark.medium
def test_what_was_pulled_plays_and_what_is_asked_for_plays_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Settings(_env_file=None, models=tmp_path / "models")
    before = played(usual, tmp_path / "before")
    row = catalogue.known(soundfonts.PULLED)
    assert row is not None
    data = font(tmp_path / "served.sf2").read_bytes()
    hub = Hub("fonts", "x", {soundfonts.PULLED: data})
    with hub.serving() as address:
        url = f"{address}/fonts/resolve/x/{soundfonts.PULLED}"
        mine = replace(row, revision=hashlib.sha256(data).hexdigest(), url=url)
        monkeypatch.setattr(catalogue, "CATALOGUE", (mine,))
        models.pull(soundfonts.PULLED, usual)
    pulled = soundfonts.chosen(usual)
    assert pulled is not None
    assert pulled.read_bytes() == data
    assert _soundfont(usual).detail == soundfonts.PULLED
    assert played(usual, tmp_path / "after") != before
    own = font(tmp_path / "own.sf2")
    asked = options.settings(options.with_font(None, own))
    assert soundfonts.chosen(asked) == own


def test_a_font_that_is_not_there_is_the_askers_to_mend(tmp_path: Path) -> None:
    settings = options.settings(options.with_font(["detect=visual"], tmp_path / "none.sf2"))
    assert settings.detect == "visual"
    with pytest.raises(BackendUnavailableError, match=r"none\.sf2"):
        played(settings, tmp_path / "out")
