"""Pulling a model: pinned, checked, whole or not at all. The hub is a small one on the loopback."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from immersivaudio import models
from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError
from immersivaudio.models import catalogue, shelf
from tests.unit.models.hub import Hub

pytest.importorskip("huggingface_hub")
NAME, REVISION = "facebook/dinov2-small", "ed25f3a31f01632728cabb09d1542f84ab7b0056"
FILES = {
    "config.json": b"{}",
    "model.safetensors": bytes(300_000),
    "README.md": b"#",
    "pytorch_model.bin": b"pickle",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, models=tmp_path / "models")


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    return Hub(NAME, REVISION, FILES)


def fetch(hub: Hub, settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str = NAME) -> list[float]:
    told: list[float] = []
    with hub.serving() as address:
        monkeypatch.setenv("HF_ENDPOINT", address)
        models.pull(name, settings, told.append)
    return told


def test_a_pull_brings_what_is_needed_and_nothing_else(
    hub: Hub, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = fetch(hub, settings, monkeypatch)
    folder = models.locate(NAME, settings, stage="select")
    assert {path.name for path in folder.iterdir()} == {"config.json", "model.safetensors", shelf.MANIFEST}
    assert (folder / "model.safetensors").read_bytes() == FILES["model.safetensors"]
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert models.verify(NAME, settings) == ()
    assert not list(settings.models.glob("*.part"))


def test_a_file_that_is_not_what_was_stated_is_refused(
    hub: Hub, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.stated["model.safetensors"] = hashlib.sha256(b"what was committed").hexdigest()
    with pytest.raises(BackendUnavailableError, match="not what its repository states"):
        fetch(hub, settings, monkeypatch)
    with pytest.raises(BackendUnavailableError, match="not on this machine"):
        models.locate(NAME, settings, stage="select")


def test_a_revision_that_is_not_there_is_one_plain_line(
    hub: Hub, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BackendUnavailableError) as caught:
        fetch(hub, settings, monkeypatch, f"{NAME}@{'c' * 40}")
    assert str(caught.value).startswith("facebook/dinov2-small@cccccccc is not ")
    assert "127.0.0.1" not in str(caught.value)


def test_a_pull_that_broke_off_is_continued(
    hub: Hub, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = hub.files["model.safetensors"]
    hub.files["model.safetensors"] = weights[:-1]
    with pytest.raises(BackendUnavailableError):
        fetch(hub, settings, monkeypatch)
    hub.files["model.safetensors"] = weights
    fetch(hub, settings, monkeypatch)
    assert models.verify(NAME, settings) == ()


def test_nothing_is_fetched_unless_it_is_allowed(
    hub: Hub, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hub.serving() as address:
        monkeypatch.setenv("HF_ENDPOINT", address)
        with pytest.raises(BackendUnavailableError):
            models.locate(NAME, settings, stage="select")
        assert hub.asked == []
        found = models.locate(NAME, settings.model_copy(update={"offline": False}), stage="select")
    assert (found / "config.json").exists()


@pytest.mark.parametrize("good", [True, False])
def test_a_single_file_is_accepted_by_its_checksum_alone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, good: bool
) -> None:
    row = catalogue.known("yolo11n.pt")
    assert row is not None
    data = b"weights"
    hub = Hub("ultralytics", "x", {"yolo11n.pt": data if good else b"something else"})
    with hub.serving() as address:
        mine = replace(
            row, revision=hashlib.sha256(data).hexdigest(), url=f"{address}/ultralytics/resolve/x/yolo11n.pt"
        )
        monkeypatch.setattr(catalogue, "CATALOGUE", (mine,))
        if not good:
            with pytest.raises(BackendUnavailableError, match="another checksum"):
                models.pull("yolo11n.pt", settings)
            return
        folder = models.pull("yolo11n.pt", settings)
    assert (folder / "yolo11n.pt").read_bytes() == data
