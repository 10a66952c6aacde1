"""Sounds of the scene, synthesised: ambience and effects where the cue sheet places them."""

from pathlib import Path

from immersivaudio import sound
from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.config import Settings
from immersivaudio.errors import BadSheetError
from immersivaudio.stages import Progress
from immersivaudio.values import CueSheet, Soundtrack


class ProceduralSounds:
    """Plays `CueSheet.sounds`; needs no sample and no weights."""

    name = "procedural"

    def generate(
        self, sheet: CueSheet, folder: Path, progress: Progress, *, stems: bool = False
    ) -> Soundtrack:
        """Write `sounds.wav`, as long as the sheet; with `stems`, each sound on its own as well."""
        unknown = {cue.name for cue in sheet.sounds} - set(sound.NAMES)
        if unknown:
            raise BadSheetError(
                f"the cue sheet asks for a sound called {min(unknown)!r}",
                f"choose of: {', '.join(sound.NAMES)}",
                stage="sounds",
            )
        events = [
            sound.Event(
                cue.name,
                round(cue.start * SAMPLE_RATE),
                round(cue.end * SAMPLE_RATE),
                gain_db=cue.gain_db,
                pan=cue.pan,
            )
            for cue in sheet.sounds
        ]
        path = folder / "sounds.wav"
        written = sound.render(
            events,
            round(sheet.duration * SAMPLE_RATE),
            path,
            seed=sheet.seed + sheet.take - 1,
            stems=folder if stems else None,
            progress=progress,
        )
        notes = () if events else ("no sound suits this scene, so none was added",)
        return Soundtrack(path, self.name, stems=written, notes=notes)

    def close(self) -> None:
        """Nothing is held."""


def build(_settings: Settings) -> ProceduralSounds:
    """For the registry."""
    return ProceduralSounds()
