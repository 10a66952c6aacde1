"""Backends are found by name, and what is missing is named with its remedy."""

import pytest

from immersivaudio import registry
from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError, BadSettingError, Fault


@pytest.mark.parametrize("stage", registry.STAGES)
def test_every_stage_has_a_default_that_is_here(stage: str, settings: Settings) -> None:
    backend = registry.load(stage, settings)
    assert backend.name == registry.chosen(stage, settings)
    backend.close()


@pytest.mark.parametrize("stage", registry.STAGES)
def test_a_name_nobody_has_is_answered_with_the_names_there_are(stage: str) -> None:
    with pytest.raises(BadSettingError, match="choose one of: ") as error:
        registry.load(stage, Settings(**{stage: "nobody"}))
    assert getattr(Settings(), stage) in error.value.remedy
    assert error.value.fault is Fault.OPERATOR


def test_a_backend_that_is_not_installed_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    row = registry.Row("detect", "owl", "owl:build", "sees at night", ("no_such_owl",), "pip install owl")
    monkeypatch.setattr(registry, "TABLE", (*registry.TABLE, row))
    with pytest.raises(BackendUnavailableError, match="needs no_such_owl; install it with: pip install owl"):
        registry.check(Settings(detect="owl"))


def test_every_name_is_told_apart_within_its_stage() -> None:
    names = [(row.stage, row.name) for row in registry.TABLE]
    assert len(names) == len(set(names))
    assert {stage for stage, _ in names} == set(registry.STAGES)
