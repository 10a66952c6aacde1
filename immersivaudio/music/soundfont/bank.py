"""A SoundFont opened: presets by General MIDI number, samples on demand."""

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from immersivaudio.music.errors import SoundFontError
from immersivaudio.music.soundfont import riff
from immersivaudio.music.soundfont.regions import Region, preset_regions
from immersivaudio.music.soundfont.samples import Sample, read_sample

DRUM_BANK = 128
MEMORY = 20_000_000
"""Bytes of samples kept; beyond it the longest unused ones are read again."""


class SoundFont:
    """Opened cheaply: the file is mapped, a preset is read when asked for, a sample when first played."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._chunks = riff.read(path)
        self._samples: OrderedDict[int, Sample] = OrderedDict()
        self._held = 0
        self._regions: dict[int, tuple[Region, ...]] = {}
        self._lock = Lock()
        headers = self._chunks.tables["phdr"][:-1]
        self._presets = {
            (int(row["bank"]), int(row["program"])): i for i, row in reversed(list(enumerate(headers)))
        }
        if not self._presets:
            raise SoundFontError(f"The SoundFont {path.name} has no presets. Choose another one.")

    @property
    def presets(self) -> tuple[tuple[int, int], ...]:
        """(bank, program) of everything on board, in order."""
        return tuple(sorted(self._presets))

    def regions(self, bank: int, program: int) -> tuple[Region, ...]:
        """Return the zones of a preset; the bank's first kit or bank 0 stands in for a missing variation.

        Raises SoundFontError where the font has neither.
        """
        wanted = ((bank, program), (bank, 0) if bank == DRUM_BANK else (0, program))
        index = next((self._presets[key] for key in wanted if key in self._presets), None)
        if index is None:
            raise SoundFontError(
                f"The SoundFont {self.path.name} has no program {program}. Choose a General MIDI one."
            )
        with self._lock:
            if index not in self._regions:
                try:
                    self._regions[index] = preset_regions(self._chunks.tables, index)
                except IndexError as error:
                    raise self._damaged() from error
            return self._regions[index]

    def sample(self, index: int) -> Sample:
        """Return sample `index` as floats; raises SoundFontError where it lies outside the file."""
        with self._lock:
            if index in self._samples:
                self._samples.move_to_end(index)
            else:
                headers = self._chunks.tables["shdr"]
                if not 0 <= index < len(headers) - 1:
                    raise self._damaged()
                sample = read_sample(headers[index], self._chunks.pool, self.path.name)
                self._samples[index] = sample
                self._held += sample.nbytes
                while self._held > MEMORY and len(self._samples) > 1:
                    self._held -= self._samples.popitem(last=False)[1].nbytes
            return self._samples[index]

    def _damaged(self) -> SoundFontError:
        return SoundFontError(f"The SoundFont {self.path.name} is damaged: a table points nowhere.")
