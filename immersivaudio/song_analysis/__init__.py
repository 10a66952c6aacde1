"""Measure a song: tempo, key, pace, brightness, instruments, form. No notes are transcribed.

heard = listen(Path("song.mp3"), settings)
"""

from dataclasses import dataclass
from pathlib import Path

from immersivaudio.config import Settings
from immersivaudio.media import song
from immersivaudio.song_analysis import timbre
from immersivaudio.song_analysis.key_detection import key
from immersivaudio.song_analysis.spectrogram import Spectrogram
from immersivaudio.song_analysis.structure import SongPart, form
from immersivaudio.song_analysis.tempo import tempo


@dataclass(frozen=True, slots=True)
class HeardSong:
    """What was measured of one song."""

    tempo: float
    """Beats a minute; 0 where nothing recurs. It may be off by a factor of two."""
    tonic: str
    mode: str
    """Of `immersivaudio.music.theory.MODES`."""
    pace: float
    """Onsets a second."""
    brightness: float
    """Centre of the spectrum, Hz."""
    families: tuple[str, ...]
    """Of "drums", "bass", "struck" and "held"."""
    parts: tuple[SongPart, ...]


def listen(path: Path, settings: Settings) -> HeardSong:
    """Measure a song. Raises `BadMediaError` for what is none, `MediaTooLargeError` for a large file."""
    sound = song.read(path, settings)
    spectra = Spectrogram(sound)
    tonic, mode = key(sound)
    return HeardSong(
        tempo=tempo(spectra.onsets),
        tonic=tonic,
        mode=mode,
        pace=timbre.busyness(spectra),
        brightness=timbre.brightness(spectra),
        families=timbre.families(spectra),
        parts=form(spectra),
    )
