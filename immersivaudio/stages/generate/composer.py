"""Backend "composer": the embedded composer writes the piece, its players play it; no model, no network."""

from fractions import Fraction
from pathlib import Path

from immersivaudio import music
from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError, StageFailedError
from immersivaudio.music.brief import Brief, Hit, Section
from immersivaudio.music.composer import compose
from immersivaudio.music.midi import write_midi
from immersivaudio.music.palettes import PALETTES
from immersivaudio.music.theory import signature
from immersivaudio.progress import part
from immersivaudio.soundfonts import chosen
from immersivaudio.stages import Progress
from immersivaudio.values import CueSheet, Soundtrack

_COMPOSING = 0.1
"""Share of the work that is done when the score is written."""


class Composer:
    """Turns a cue sheet into a score and the score into sound."""

    name = "composer"

    def __init__(self, *, soundfont: Path | None = None) -> None:
        self._soundfont = soundfont

    def generate(
        self, sheet: CueSheet, folder: Path, progress: Progress, *, stems: bool = False
    ) -> Soundtrack:
        """Write the mix, its MIDI and, with `stems`, each instrument group into `folder`.

        Raises `BackendUnavailableError` without a usable SoundFont, `StageFailedError` for a defect.
        """
        progress(0.0)
        try:
            score = compose(brief_of(sheet))
            progress(_COMPOSING)
            rendering = music.render(
                score,
                folder,
                soundfont=self._soundfont,
                stems=stems,
                progress=part(progress, _COMPOSING, 1.0),
            )
        except music.SoundFontError as error:
            raise BackendUnavailableError(
                str(error), "name another with IMMERSIVAUDIO_SOUNDFONT", stage="generate"
            ) from error
        except music.MusicError as error:
            raise StageFailedError(str(error), stage="generate") from error
        midi = write_midi(score, folder / "music.mid")
        hits = tuple(Fraction(placed.sample, SAMPLE_RATE) for placed in score.hits)
        return Soundtrack(rendering.path, self.name, hits, dict(rendering.stems), midi)

    def close(self) -> None:
        """Nothing is held."""


def build(settings: Settings) -> Composer:
    """For the registry."""
    return Composer(soundfont=chosen(settings))


def brief_of(sheet: CueSheet) -> Brief:
    """Return what the composer must know of a sheet; the same sheet always gives the same brief."""
    return Brief(
        duration=sheet.duration,
        palette=sheet.palette,
        tempo=sheet.tempo,
        tonic=sheet.tonic,
        mode=sheet.mode,
        metre=signature(sheet.metre),
        sections=tuple(
            Section(
                cue.start, cue.end, cue.label, cue.valence, cue.arousal, cue.intensity, cue.seed, cue.theme
            )
            for cue in sheet.cues
        ),
        hits=tuple(Hit(hit.time, hit.strength) for hit in sheet.hits),
        dynamics=sheet.dynamics,
        speech=sheet.speech,
        instruments=_guests(sheet),
        without=_silent(sheet),
        valence=sheet.feeling.valence if sheet.feeling else None,
        fade=min(sheet.fade, sheet.duration / 2),
        levels=sheet.levels,
        seed=sheet.seed,
        take=sheet.take,
    )


def _guests(sheet: CueSheet) -> tuple[str, ...]:
    """Return the instruments beyond the palette's own."""
    own = {player.instrument for player in PALETTES[sheet.palette].players}
    return tuple(name for name in sheet.instruments if name not in own)


def _silent(sheet: CueSheet) -> tuple[str, ...]:
    """Return the excluded instruments: those the sheet names, and the palette's that its list lacks."""
    if not sheet.instruments:
        return sheet.without
    own = dict.fromkeys(player.instrument for player in PALETTES[sheet.palette].players)
    return (*sheet.without, *(name for name in own if name not in sheet.instruments))
