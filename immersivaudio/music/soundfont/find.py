"""Which SoundFont plays: the one asked for, else the best one on the system, else the one we carry."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from immersivaudio.music.errors import SoundFontError

SYSTEM_FOLDERS = (
    "/usr/share/sounds/sf3",
    "/usr/share/sounds/sf2",
    "/usr/share/soundfonts",
    "/usr/local/share/soundfonts",
    "/usr/local/share/sounds/sf2",
    "~/.local/share/soundfonts",
    "~/.local/share/sounds/sf2",
    "/opt/homebrew/share/soundfonts",
    "~/Library/Audio/Sounds/Banks",
)
PREFERENCE = (
    "MuseScore_General",
    "MuseScore_General_Lite",
    "FluidR3_GM",
    "FluidR3Mono_GM",
    "GeneralUser",
    "default-GM",
    "TimGM6mb",
)
"""Beginnings of file names, best first. A font that is not named here plays only when asked for."""

LICENCES: dict[str, str] = {
    "MuseScore_General": "MIT",
    "FluidR3": "MIT",
    "GeneralUser": "GeneralUser GS licence: free use, also commercial",
    "TimGM6mb": "GPL-2 (data file; the rendered sound is not affected)",
    "default-GM": "whatever the system's default is",
}
"""What the usual fonts may be used for, by the beginning of the file's name."""

CARRIED_BY = "pretty_midi"
CARRIED = "TimGM6mb.sf2"


@dataclass(frozen=True, slots=True)
class FoundFont:
    """The SoundFont that will play."""

    path: Path

    @property
    def licence(self) -> str:
        """What is known of its licence: a hint for a person, not advice."""
        return next((text for name, text in LICENCES.items() if self.path.name.startswith(name)), "unknown")

    @property
    def better(self) -> bool:
        """Whether it is another one than the modest font we carry."""
        return self.path.name != CARRIED


def _fonts(folder: str) -> list[Path]:
    try:
        return sorted(Path(folder).expanduser().glob("*.sf[23]"))
    except RuntimeError:  # nobody says what "~" is
        return []


def find_soundfont(preferred: Path | None = None, *, folders: Iterable[str] = SYSTEM_FOLDERS) -> FoundFont:
    """Return the SoundFont to play.

    Raises SoundFontError where `preferred` is not a file, or nothing at all is found.
    """
    if preferred is not None:
        if not preferred.expanduser().is_file():
            raise SoundFontError(
                f"There is no SoundFont at the place asked for ({preferred.name}). Check it."
            )
        return FoundFont(preferred.expanduser())
    present = [path for folder in folders for path in _fonts(folder) if path.is_file()]
    for name in PREFERENCE:
        for path in present:
            if path.name.startswith(name):
                return FoundFont(path)
    return FoundFont(_carried())


def _carried() -> Path:
    # Found without importing pretty_midi: its import takes longer than the music.
    spec = find_spec(CARRIED_BY)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(place) / CARRIED
        if path.is_file():
            return path
    raise SoundFontError("No SoundFont was found. Install pretty_midi, or set IMMERSIVAUDIO_SOUNDFONT.")
