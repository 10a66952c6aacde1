"""The neural rows of the contract suites: one table.

A row is skipped, with a plain message, where its packages are not installed. Its model is tiny and random,
made when it is first needed: it proves lengths, shapes, errors and repeatability, and understands nothing,
so what asks for understanding is skipped for it (docs/neural.md says what that leaves open).
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest

from immersivaudio.config import Settings

DEVICE = os.environ.get("TEST_DEVICE", "cpu")
"""Where the suites run their models; `make test-gpu` says "cuda"."""


def _defaults() -> dict[str, Any]:
    return {}


def _tiny(**changes: Any) -> Callable[[], dict[str, Any]]:
    def settings() -> dict[str, Any]:
        from tests.neural import tiny

        return tiny.settings(**changes)

    return settings


def _debug(**changes: str) -> Callable[[], dict[str, Any]]:
    def settings() -> dict[str, Any]:
        from tests.neural import craft

        return craft.settings(**changes)

    return settings


@dataclass(frozen=True)
class Case:
    """One backend, the settings it is tested with, and what may be asked of it."""

    module: str
    settings: Callable[[], dict[str, Any]] = _defaults
    needs: tuple[str, ...] = ()
    """Packages that must be installed."""
    understands: bool = True
    """Its model has been trained."""
    music: bool = True
    """A generator of music: it places hits."""

    @property
    def id(self) -> str:
        return self.module.rpartition(".")[2]

    @property
    def neural(self) -> bool:
        """Runs on torch, which `make test` does without."""
        return not {"torch", "audiocraft"}.isdisjoint(self.needs)

    def build(self) -> Iterator[Any]:
        """Yield the backend; close it twice."""
        missing = [name for name in self.needs if find_spec(name) is None]
        if missing:
            pytest.skip(f"{self.id} needs {', '.join(missing)}, which this environment does not have")
        backend = import_module(self.module).build(Settings(_env_file=None, **self.settings()))
        yield backend
        backend.close()
        backend.close()

    def must_understand(self) -> None:
        """Skip what a random model cannot do."""
        if not self.understands:
            pytest.skip(
                f"the tiny {self.id} model has random weights and understands nothing (docs/neural.md)"
            )


OWN: dict[str, list[Case]] = {}
"""Stage -> backends named by `pytest --backend STAGE=MODULE`, to be judged with the others."""


def own(stage: str) -> list[Case]:
    """Return the backends of a stage that were named on the command line."""
    return OWN.get(stage, [])


_TORCH = ("torch", "transformers")
_STAGES = "immersivaudio.stages"
DETECT = (
    Case(f"{_STAGES}.detect.yolo", _tiny(), ("torch", "ultralytics"), understands=False),
    Case(f"{_STAGES}.detect.rfdetr", _tiny(detector_confidence=0.02), _TORCH, understands=False),
    Case(f"{_STAGES}.detect.dfine", _tiny(detector_confidence=0.02), _TORCH, understands=False),
)
SELECT = Case(f"{_STAGES}.select.neural", _tiny(), _TORCH, understands=False)
DESCRIBE = Case(f"{_STAGES}.describe.vlm", _tiny(), (*_TORCH, "llguidance"), understands=False)
ENHANCE = Case(f"{_STAGES}.enhance.llm", _tiny(), (*_TORCH, "llguidance"), understands=False)
GENERATE = (
    Case(f"{_STAGES}.generate.acestep", _tiny(), (*_TORCH, "diffusers"), understands=False),
    Case(f"{_STAGES}.generate.hybrid", _tiny(), (*_TORCH, "diffusers"), understands=False),
    Case(f"{_STAGES}.generate.musicgen", _tiny(), _TORCH, understands=False),
    Case(
        f"{_STAGES}.generate.audiocraft",
        _debug(audiocraft_model="debug"),
        ("audiocraft",),
        understands=False,
    ),
    Case(
        f"{_STAGES}.generate.audiogen",
        _debug(audiogen_model="debug"),
        ("audiocraft",),
        understands=False,
        music=False,
    ),
)
