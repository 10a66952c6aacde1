"""The seven stages, each one verb. Only `immersivaudio.pipeline` knows their order.

A backend is any object of the right shape: a class of yours passes as well as ours do, and
`tests/contracts` is the suite that judges both. `name` is what the receipt says.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from immersivaudio.options import ScoreOptions
from immersivaudio.progress import Progress as Progress
from immersivaudio.values import (
    Clip,
    CueSheet,
    Description,
    Detection,
    Footage,
    Frame,
    Receipt,
    Selection,
    Soundtrack,
)


class Backend(Protocol):
    """What every backend has besides its verb."""

    @property
    def name(self) -> str:
        """The name in the registry."""
        ...

    def close(self) -> None:
        """Give back what it holds: models, processes. Calling it twice is harmless."""
        ...


class Extractor(Backend, Protocol):
    """Frame extraction: one decode pass over the clip."""

    def extract(self, clip: Clip, progress: Progress) -> Footage: ...


class Detector(Backend, Protocol):
    """Object detection: labels and boxes."""

    def detect(self, frames: Sequence[Frame], progress: Progress) -> tuple[Detection, ...]: ...


class Selector(Backend, Protocol):
    """Best-frame selection: the most representative frame of the clip and of every shot."""

    def select(self, footage: Footage) -> Selection: ...


class Describer(Backend, Protocol):
    """Frame description: the whole clip first (`shot` None), then every shot in order."""

    def describe(
        self, footage: Footage, selection: Selection, detections: Sequence[Detection], progress: Progress
    ) -> tuple[Description, ...]: ...


class Enhancer(Backend, Protocol):
    """Prompt enhancer: what was seen and what was asked become a cue sheet."""

    def enhance(
        self,
        footage: Footage,
        detections: Sequence[Detection],
        descriptions: Sequence[Description],
        request: ScoreOptions,
    ) -> CueSheet: ...

    def remix(self, sheet: CueSheet, request: ScoreOptions) -> CueSheet:
        """A new mood, seed or take over the same cues and hit points; nothing is looked at again."""
        ...


class Generator(Backend, Protocol):
    """Audio generation, of music or of the scene's sounds: a sheet becomes a soundtrack in `folder`."""

    def generate(
        self, sheet: CueSheet, folder: Path, progress: Progress, *, stems: bool = False
    ) -> Soundtrack:
        """Write the sound, and with `stems` each instrument group on its own, into `folder`."""
        ...


class BatchGenerator(Generator, Protocol):
    """A generator that makes several sheets at once for less than one after the other. Optional: without
    `generate_many`, `generate` is called for each sheet."""

    def generate_many(
        self,
        sheets: Sequence[CueSheet],
        folders: Sequence[Path],
        progress: Progress,
        *,
        stems: bool = False,
    ) -> tuple[Soundtrack, ...]:
        """As `generate`, each sheet into its folder. A sheet gives what it gives alone."""
        ...


class Reconstructor(Backend, Protocol):
    """Reconstruction: mix, duck, master, mux; writes `out` and measures what it wrote."""

    def reconstruct(
        self,
        clip: Clip,
        sheet: CueSheet,
        tracks: Sequence[Soundtrack],
        request: ScoreOptions,
        out: Path,
        progress: Progress,
    ) -> Receipt: ...
