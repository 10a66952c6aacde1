"""A score becomes a mastered mix on disk and, if asked, its stems."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from immersivaudio.music.mastering import Aim, master
from immersivaudio.music.mixing.style import Style, style_of
from immersivaudio.music.rendering.mixdown import mixdown, stem_names
from immersivaudio.music.rendering.orchestra import Orchestra
from immersivaudio.music.rendering.stems import open_desk
from immersivaudio.music.score import Score
from immersivaudio.music.soundfont import SoundFont, find_soundfont

DULLEST = -22.5
"""8 kHz band against the strongest, dB: the least a palette may ask for."""
SHARPEST = -19.5
"""dB, the most that palette and mood may ask for together."""
MIXING_SHARE = 0.85
"""Of the work; the rest is mastering."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What `render` left on disk, and what it measures."""

    path: Path
    """The mastered mix: 48 kHz stereo float32 WAV, exactly `Score.length` samples."""
    soundfont: Path
    """The font that played."""
    loudness: float
    """Integrated, LUFS; -inf for silence."""
    loudness_range: float
    """LU."""
    true_peak: float
    """dBTP."""
    onsets: tuple[int, ...]
    """For each hit of the score, the sample of the accent nearest to it."""
    stems: Mapping[str, Path] = field(default_factory=dict)
    """Stem -> WAV like `path`; they sum to `premaster`. The shared reverb is the stem "room"."""
    premaster: Path | None = None
    """The mix before mastering; kept with the stems."""


def render(
    score: Score,
    folder: Path,
    *,
    soundfont: Path | None = None,
    stems: bool = False,
    progress: Callable[[float], None] | None = None,
) -> Rendering:
    """Render `score` into `folder` (made if missing): mix.wav, and with `stems` premaster.wav and stem-*.wav.

    The same score and font give the same bytes on every run. `progress` is told shares from 0 to 1.
    Raises UnknownInstrumentError and SoundFontError.
    """
    tell = progress or (lambda _share: None)
    names = {name: folder / f"stem-{_slug(name)}.wav" for name in stem_names(score)}
    font = find_soundfont(soundfont).path
    orchestra = Orchestra(SoundFont(font))
    folder.mkdir(parents=True, exist_ok=True)
    premaster, out = folder / "premaster.wav", folder / "mix.wav"
    with open_desk(score.length, premaster, names if stems else {}) as desk:
        mixdown(score, orchestra, desk, lambda share: tell(MIXING_SHARE * share))
    del orchestra  # its tones have up to 80 MB, and mastering needs room, too
    measured = master(premaster, out, aim_of(style_of(score.palette), score))
    if not stems:
        premaster.unlink()
    tell(1.0)
    return Rendering(
        path=out,
        soundfont=font,
        loudness=measured.loudness,
        loudness_range=measured.loudness_range,
        true_peak=measured.true_peak,
        onsets=_accents_at_hits(score),
        stems=names if stems else {},
        premaster=premaster if stems else None,
    )


def aim_of(style: Style, score: Score) -> Aim:
    """Return what the master of a piece in `style` should measure: brighter the more it stirs."""
    return Aim(
        air=min(max(-20.5 + style.brightness, DULLEST) + 1.5 * score.arousal, SHARPEST),
        slope=-2.3 + 0.07 * style.brightness + 0.42 * score.arousal,
        correlation=1.0 - 0.7 * style.width,
        crest=style.crest,
        ride=score.ride,
    )


def _slug(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower())


def _accents_at_hits(score: Score) -> tuple[int, ...]:
    accents = [note.onset for part in score.parts for note in part.notes if note.accent]
    return tuple(
        min(accents, key=lambda onset: abs(onset - hit.sample)) if accents else hit.sample
        for hit in score.hits
    )
