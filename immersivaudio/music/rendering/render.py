"""A score becomes a mastered mix, and, if asked, its stems.

The piece is rendered in blocks that start from silence: tails overlap into what follows, nothing else crosses
from one block to the next. So memory does not grow with length, and what changes in one section stays there.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from os import cpu_count
from pathlib import Path

import numpy as np

from immersivaudio.music.mastering import Aim, master
from immersivaudio.music.mixing.automation import FOR_ACCENT, Moments, dips, drawn, dynamics, grid, pump
from immersivaudio.music.mixing.blocks import Block, between, blocks, section_starts
from immersivaudio.music.mixing.room import reverberate
from immersivaudio.music.mixing.style import Style, style_of
from immersivaudio.music.rendering.orchestra import Orchestra, instrument
from immersivaudio.music.rendering.playing import EARLIEST, play_block
from immersivaudio.music.rendering.stems import Desk, desk
from immersivaudio.music.score import Part, Score
from immersivaudio.music.soundfont import SoundFont, find_soundfont
from immersivaudio.music.timbre.tone import Sound

ROOM = "room"
"""The stem of the shared reverb."""
KICKS = frozenset({35, 36})
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
    names = {name: folder / f"stem-{_slug(name)}.wav" for name in stem_names(score)} if stems else {}
    font = find_soundfont(soundfont).path
    orchestra = Orchestra(SoundFont(font))
    folder.mkdir(parents=True, exist_ok=True)
    premaster, out = folder / "premaster.wav", folder / "mix.wav"
    with desk(score.length, premaster, names) as mixer:
        _mix(score, orchestra, mixer, lambda share: tell(MIXING_SHARE * share))
    measured = master(premaster, out, aim_of(style_of(score.palette)))
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
        stems=names,
        premaster=premaster if stems else None,
    )


def aim_of(style: Style) -> Aim:
    """Return what the master of a piece in `style` should measure."""
    return Aim(
        air=-21.0 + style.brightness,
        slope=-2.45 + 0.1 * style.brightness,
        correlation=1.0 - 0.7 * style.width,
    )


def stem_names(score: Score) -> tuple[str, ...]:
    """Return the stems of `score` in alphabetical order, the room last. Raises UnknownInstrumentError."""
    return (*sorted({stem_of(part) for part in score.parts}), ROOM)


def stem_of(part: Part) -> str:
    """Return the instrument group that `part` is mixed into."""
    return part.stem or instrument(part.instrument).stem


def _slug(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower())


def _mix(score: Score, orchestra: Orchestra, mixer: Desk, tell: Callable[[float], None]) -> None:
    rides = _Rides(score)
    with ThreadPoolExecutor(min(4, cpu_count() or 1)) as pool:
        for block in blocks(score):
            playing = [part for part in score.parts if between(part.notes, block)]
            # In the order of the parts, whoever finishes first: sums come out the same bit for bit.
            played = pool.map(lambda part, block=block: rides.ride(part, block, orchestra), playing)
            _mix_block(playing, list(played), mixer, score)
            mixer.flush(block.end if block.end in rides.section_starts else block.end - EARLIEST)
            tell(block.end / score.length)
    mixer.flush(score.length)


def _mix_block(parts: list[Part], played: list[tuple[int, Sound]], mixer: Desk, score: Score) -> None:
    if not played:
        return
    style = style_of(score.palette)
    origin = played[0][0]
    sent = np.zeros((2, max(sound.shape[1] for _, sound in played)), np.float32)
    for part, (at, sound) in zip(parts, played, strict=True):
        mixer.add(stem_of(part), at, sound)
        send = 10 ** ((instrument(part.instrument).send_db + style.wet) / 20)
        sent[:, : sound.shape[1]] += sound * np.float32(send)
    mixer.add(ROOM, origin, reverberate(sent, style))


class _Rides:
    """The faders: what each part is multiplied by over time."""

    def __init__(self, score: Score) -> None:
        self.section_starts = frozenset(section_starts(score))
        self._dynamics = score.dynamics
        self._pump_db = style_of(score.palette).pump
        starts = np.array(section_starts(score))
        self._kicks = _moments(
            starts,
            [n.onset for part in score.parts if part.role == "drums" for n in part.notes if n.pitch in KICKS],
        )
        self._accents = {
            i: _moments(starts, _others_accents(score, part)) for i, part in enumerate(score.parts)
        }
        self._index = {id(part): i for i, part in enumerate(score.parts)}

    def ride(self, part: Part, block: Block, orchestra: Orchestra) -> tuple[int, Sound]:
        """Play `part` in `block` with every fader moving."""
        origin, sound = play_block(part, between(part.notes, block), block, orchestra)
        at = grid(origin, sound.shape[1])
        faders = dynamics(self._dynamics, at) + dips(self._accents[self._index[id(part)]], FOR_ACCENT, at)
        if self._pump_db and part.role not in ("drums", "effects"):
            faders += dips(self._kicks, pump(self._pump_db), at)
        sound *= drawn(faders, sound.shape[1])
        return origin, sound


def _others_accents(score: Score, part: Part) -> list[int]:
    """Return the accents at which `part` has to step back: those it does not play itself."""
    own = [note.onset for note in part.notes if note.accent]
    everyone = sorted({note.onset for other in score.parts for note in other.notes if note.accent})
    near = np.array(own, np.int64)
    return [onset for onset in everyone if not len(near) or np.abs(near - onset).min() > EARLIEST]


def _moments(starts: np.ndarray[tuple[int, ...], np.dtype[np.int64]], onsets: list[int]) -> Moments:
    at = np.array(sorted(set(onsets)), np.int64)
    return Moments(at, starts[np.searchsorted(starts, at, side="right") - 1])


def _accents_at_hits(score: Score) -> tuple[int, ...]:
    accents = [note.onset for part in score.parts for note in part.notes if note.accent]
    return tuple(
        min(accents, key=lambda onset: abs(onset - hit.sample)) if accents else hit.sample
        for hit in score.hits
    )
