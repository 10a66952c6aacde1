"""A silent soundtrack, for requests without music."""

from pathlib import Path

from immersivaudio.audio import SAMPLE_RATE, wav
from immersivaudio.audio.layout import filled
from immersivaudio.values import CueSheet, Soundtrack

AS_ASKED = "No music plays, as asked."


def soundtrack(sheet: CueSheet, folder: Path, why: str = AS_ASKED) -> Soundtrack:
    """Write silence as long as `sheet` into `folder`, and return it. `why` is told to the user."""
    path = folder / "music.wav"
    wav.write(path, filled((), round(sheet.duration * SAMPLE_RATE)))
    return Soundtrack(path, "silence", notes=(why,))
