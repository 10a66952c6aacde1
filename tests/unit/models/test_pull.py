"""Pulling a model: pinned, checked, whole or not at all. The hub is a small one on the loopback."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from immersivaudio import models
from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError
from immersivaudio.models import catalogue, model_store
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
    assert {path.name for path in folder.iterdir()} == {
        "config.json",
        "model.safetensors",
        model_store.MANIFEST,
    }
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


CHUNK = 10 * 1024 * 1024
"""What huggingface_hub writes at once: less is lost when the connection breaks."""


def large_hub() -> Hub:
    return Hub(NAME, REVISION, {**FILES, "model.safetensors": bytes(2 * CHUNK + 5000)})


def test_a_pull_that_broke_off_goes_on_where_it_ended(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = large_hub()
    large.cut["model.safetensors"] = CHUNK + 1000
    told = fetch(large, settings, monkeypatch)
    assert [int(asked.removeprefix("bytes=").rstrip("-")) for asked in large.ranges] == [CHUNK, 2 * CHUNK]
    assert told[-1] == 1.0
    assert models.verify(NAME, settings) == ()


def test_a_connection_that_is_no_use_is_one_plain_line_and_keeps_what_came(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.file_download.time.sleep", lambda _seconds: None)
    hub = large_hub()
    hub.gone_after = CHUNK + 1000
    with pytest.raises(BackendUnavailableError) as caught:
        fetch(hub, settings, monkeypatch)
    assert str(caught.value) == (
        "facebook/dinov2-small could not be fetched whole: the connection to the hub failed; "
        "pull it again: files that came whole are kept."
    )
    hub.gone_after, hub.asked = None, []
    fetch(hub, settings, monkeypatch)
    assert not any(file.endswith("/config.json") for file in hub.asked), "what is here is not fetched again"
    assert models.verify(NAME, settings) == ()


def test_no_connection_at_all_is_one_plain_line(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # the port of "discard": nobody listens
    with pytest.raises(BackendUnavailableError) as caught:
        models.pull(NAME, settings)
    assert str(caught.value).startswith("facebook/dinov2-small could not be fetched whole: the connection")
    assert "127.0.0.1" not in str(caught.value)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        (
            "GatedRepo",
            "facebook/dinov2-small asks you to accept its licence first; accept it on the model's page",
        ),
        (
            "RevisionNotFound",
            "facebook/dinov2-small is not there at the revision ed25f3a3 any more; name a commit",
        ),
        ("RepoNotFound", "facebook/dinov2-small@ed25f3a3 is not public, or not there; check the name"),
    ],
)
def test_what_the_hub_refuses_is_one_plain_line(
    hub: Hub, settings: Settings, monkeypatch: pytest.MonkeyPatch, code: str, line: str
) -> None:
    hub.error = code
    with pytest.raises(BackendUnavailableError) as caught:
        fetch(hub, settings, monkeypatch)
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)
    assert "127.0.0.1" not in str(caught.value)


def test_a_pipeline_comes_with_its_folders_and_with_nothing_beside_them(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = catalogue.known("ACE-Step/acestep-v15-xl-turbo-diffusers")
    assert row is not None
    files = {
        "model_index.json": b"{}",
        "vae/config.json": b"{}",
        "vae/diffusion_pytorch_model.safetensors": bytes(1000),
        "vae/diffusion_pytorch_model.bin": b"pickle",
        "assets/demo/song.json": b"{}",
        "tokenizer/merges.txt": b"",
        "README.md": b"#",
    }
    fetch(Hub(row.name, row.revision, files), settings, monkeypatch, row.name)
    folder = models.locate(row.name, settings, stage="generate")
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    wanted = {"model_index.json", "tokenizer/merges.txt", "vae/config.json"}
    assert found == wanted | {"vae/diffusion_pytorch_model.safetensors", model_store.MANIFEST}
    assert models.verify(row.name, settings) == ()


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
