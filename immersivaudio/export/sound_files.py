"""The sounds of a scored clip as broadcast WAV files."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.audio.layout import Sound
from immersivaudio.config import Settings
from immersivaudio.export.timeline import Role, SoundClip
from immersivaudio.media import broadcast_wave, decode_audio
from immersivaudio.values import ScoredClip

_FULL = 0.999


class SoundFiles:
    """Writes music, stems, sounds of the scene and the film's own sound, all as long as the film."""

    def __init__(self, scored: ScoredClip, folder: Path, settings: Settings, time_reference: int) -> None:
        self._scored, self._folder, self._settings = scored, folder, settings
        self._reference = time_reference
        self._length = round(scored.clip.duration * SAMPLE_RATE)

    def write(self) -> list[SoundClip]:
        """Write the files and return them in the order of their tracks."""
        return [*self._own(), *self._music(), *self._stems()]

    def _own(self) -> Iterator[SoundClip]:
        """The film's own sound, for programs that show no film; muted, since the film's clip has it."""
        clip = self._scored.clip
        if clip.audio and clip.audio.streams:
            sound = decode_audio.own_sound(clip, self._settings)
            receipt = self._scored.receipt
            muted, gain = receipt.original == "replace", receipt.gains_db.get("original", 0.0)
            yield self._file("Film sound", "film-sound.wav", "film", sound, gain_db=gain, muted=muted)

    def _music(self) -> Iterator[SoundClip]:
        gains = self._scored.receipt.gains_db
        names: tuple[tuple[str, Role], ...] = (("music", "music"), ("sounds", "sounds"))
        for (name, role), track in zip(names, self._scored.tracks, strict=False):
            sound = decode_audio.read(track.path, self._length)
            yield self._file(name.title(), f"{name}.wav", role, sound, gain_db=gains.get(name, 0.0))

    def _stems(self) -> Iterator[SoundClip]:
        """Stems may pass full scale, since only their sum is mastered: all are turned down alike, and their
        tracks up again."""
        stems = {name: path for track in self._scored.tracks for name, path in track.stems.items()}
        peak = max((self._peak(path) for path in stems.values()), default=0.0)
        down = float(np.floor(20 * np.log10(_FULL / peak) * 10) / 10) if peak > _FULL else 0.0
        gain = self._scored.receipt.gains_db.get("music", 0.0)
        for name, path in stems.items():
            sound = decode_audio.read(path, self._length)
            file = f"stems/{name.replace(' ', '-')}.wav"
            yield self._file(name, file, "stem", sound, gain_db=gain - down, turned=down, muted=True)

    def _peak(self, path: Path) -> float:
        return max(
            (float(np.abs(block).max()) for block in decode_audio.read(path, self._length)), default=0.0
        )

    def _file(
        self,
        name: str,
        file: str,
        role: Role,
        sound: Iterator[Sound],
        *,
        gain_db: float = 0.0,
        turned: float = 0.0,
        muted: bool = False,
    ) -> SoundClip:
        target = self._folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        broadcast_wave.write(
            target,
            sound,
            time_reference=self._reference,
            description=f"{self._scored.clip.path.stem}: {name}",
            gain_db=turned,
        )
        return SoundClip(name, file, role, self._length, round(gain_db, 2), muted)
