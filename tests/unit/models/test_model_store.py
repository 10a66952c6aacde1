"""The folder of models: what is said when something is missing, of another revision, or damaged."""

from pathlib import Path

import pytest

from immersivaudio import models
from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError, BadSettingError
from immersivaudio.models.model_store import folder_of, resolve

NAME = "facebook/musicgen-small"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, models=tmp_path)


def shelved(settings: Settings, name: str = NAME) -> Path:
    """Put something where a pull would have put the model."""
    model = resolve(name)
    folder = folder_of(model.name, settings)
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(bytes(1000))
    models.record(folder, model)
    return folder


def test_weights_that_are_missing_are_named_with_the_command_that_fetches_them(settings: Settings) -> None:
    with pytest.raises(BackendUnavailableError) as caught:
        models.locate(NAME, settings, stage="generate")
    assert caught.value.problem == "the weights of facebook/musicgen-small are not on this machine"
    assert caught.value.remedy == "fetch them with: immersivaudio models pull facebook/musicgen-small"
    assert caught.value.stage == "generate"


def test_a_pulled_model_is_found(settings: Settings) -> None:
    folder = shelved(settings)
    assert models.locate(NAME, settings, stage="generate") == folder


def test_another_revision_is_not_taken_for_the_pinned_one(settings: Settings) -> None:
    shelved(settings, f"{NAME}@{'b' * 40}")
    with pytest.raises(BackendUnavailableError, match=r"revision bbbbbbbb, but 4c8334b0 is asked for; fetch"):
        models.locate(NAME, settings, stage="generate")
    assert {entry.name: entry.state for entry in models.listing(settings)}[NAME] == "other revision"


def test_a_model_nobody_pinned_is_refused(settings: Settings) -> None:
    with pytest.raises(BadSettingError, match=r"pin the commit you trust, as someone/else@<commit>"):
        models.locate("someone/else", settings, stage="generate")


def test_a_folder_of_ones_own_is_taken_as_it_is(settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "mine"
    own.mkdir()
    assert models.locate(str(own), settings, stage="enhance") == own
    with pytest.raises(BadSettingError, match="path does not exist") as caught:
        models.locate(str(tmp_path / "other"), settings, stage="enhance")
    assert str(tmp_path) not in str(caught.value)


def test_damage_is_found_and_named(settings: Settings) -> None:
    folder = shelved(settings)
    assert models.verify(NAME, settings) == ()
    (folder / "model.safetensors").write_bytes(bytes(999) + b"!")
    (folder / "config.json").unlink()
    assert models.verify(NAME, settings) == ("config.json is missing", "model.safetensors is damaged")
    with pytest.raises(BackendUnavailableError, match="was not pulled"):
        models.verify("facebook/dinov2-small", settings)


def test_the_list_shows_what_each_licence_asks(settings: Settings) -> None:
    entries = {entry.name: entry for entry in models.listing(settings)}
    assert "not for commercial use" in entries[NAME].licence
    assert "AGPL-3.0" in entries["yolo11n.pt"].licence
    assert {entry.state for entry in entries.values()} == {"missing"}


def test_every_model_is_pinned() -> None:
    for model in models.CATALOGUE:
        assert len(model.revision) == (64 if model.url else 40), model.name
        assert set(model.revision) <= set("0123456789abcdef")
        assert model.licence
        assert model.commercial != ("NC" in model.licence)
