"""Backend "composer": the embedded composer writes the piece, its players play it; no model, no network."""

from fractions import Fraction
from pathlib import Path

from immersivaudio import media, music
from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.config import Settings
from immersivaudio.errors import BackendUnavailableError, StageFailedError
from immersivaudio.music.brief import Brief, Hit, Section
from immersivaudio.music.composer import compose
from immersivaudio.music.midi import write_midi
from immersivaudio.music.palettes import PALETTES
from immersivaudio.music.rendering.mixdown import stem_of
from immersivaudio.music.theory import signature
from immersivaudio.progress import part
from immersivaudio.soundfonts import chosen
from immersivaudio.stages import Progress
from immersivaudio.values import SILENT_DB, CueSheet, Soundtrack

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

        A sheet in which nobody would be heard gives silence, and says why: mastering would lift what is left,
        a record's crackle or the echo of the muted, to the loudness of music. Raises
        `BackendUnavailableError` without a usable SoundFont, `StageFailedError` for a defect.
        """
        progress(0.0)
        try:
            score = compose(brief_of(sheet))
            progress(_COMPOSING)
            if why := _why_silent(score):
                return media.silence(sheet, folder, why)
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


def _why_silent(score: music.Score) -> str:
    """Return why nobody would be heard, in a line for the user; empty: somebody is."""
    if all(part.role == "effects" for part in score.parts):
        return "No music plays: the cue sheet leaves out everyone who could play."
    levels = dict(score.levels)
    if all(levels.get(stem_of(part), 0.0) <= SILENT_DB for part in score.parts):
        return "No music plays: everyone who plays is turned all the way down."
    return ""


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
