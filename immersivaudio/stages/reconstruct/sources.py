"""The sounds that go into the mix: found, measured, and what is to become of the clip's own one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from immersivaudio.audio import SAMPLE_RATE, wav
from immersivaudio.audio.layout import Sound
from immersivaudio.audio.loudness import SILENCE, Loudness, Meter, measure
from immersivaudio.config import Settings
from immersivaudio.media import decode_audio
from immersivaudio.options import ScoreOptions
from immersivaudio.stages.reconstruct.levels import Name, Treatment
from immersivaudio.stages.reconstruct.placing import Placing
from immersivaudio.values import SILENT_DB, Clip, CueSheet, Soundtrack

_TRACKS: tuple[Name, Name] = ("music", "sounds")
_MUTE = "the clip has no sound of its own, so there is none to keep"


@dataclass(frozen=True, slots=True)
class Sources:
    """What there is to mix."""

    files: Mapping[Name, Path]
    """48 kHz stereo WAV."""
    loudness: Mapping[Name, Loudness]
    treatment: Treatment
    """What becomes of the clip's own sound."""
    length: int
    """samples"""
    notes: tuple[str, ...] = ()
    loops: bool = False
    """The sound goes on at its beginning."""
    before: float | None = None
    """Loudness of the clip's own sound as it came, LUFS; None where it was not decoded."""


def gather(
    clip: Clip,
    sheet: CueSheet,
    tracks: Sequence[Soundtrack],
    request: ScoreOptions,
    folder: Path,
    settings: Settings,
) -> Sources:
    """Measure the soundtracks and, if it is wanted, the clip's own sound (decoded into `folder`).

    Where it is mixed under, a voice that only one loudspeaker has is brought to the middle.
    """
    length = round(clip.duration * SAMPLE_RATE)
    files = {name: track.path for name, track in zip(_TRACKS, tracks, strict=False)}
    loudness = {name: measure(decode_audio.read(path, length), peaks=False) for name, path in files.items()}
    treatment = _wanted(request, sheet)
    if treatment == "replace":
        return Sources(files, loudness, treatment, length, loops=sheet.loop)
    if clip.audio is not None and not clip.audio.streams:
        return Sources(files, loudness, "replace", length, loops=sheet.loop)  # the clip's own notes say why
    own = folder / "own.wav"
    placing = Placing(sheet.speech)
    heard = _saved(own, placing.watched(decode_audio.own_sound(clip, settings)))
    before = heard.integrated
    if before <= SILENCE:
        notes = () if request.original == "auto" else (_MUTE,)
        return Sources(files, loudness, "replace", length, notes, sheet.loop, before)
    if treatment == "mix" and placing.off_centre:
        centred = folder / "centred.wav"
        heard = _saved(centred, placing.centred(decode_audio.read(own, length)))
        own = centred
    sound = files | {"original": own}
    measured = loudness | {"original": heard}
    return Sources(sound, measured, treatment, length, loops=sheet.loop, before=before)


def _wanted(request: ScoreOptions, sheet: CueSheet) -> Treatment:
    """By default the clip's own sound stays, under the music, where someone speaks."""
    if request.original == "auto":
        if sheet.music_gain_db <= SILENT_DB and not sheet.sounds:
            return "keep"  # nothing else is heard
        return "mix" if sheet.speech else "replace"
    return request.original


def _saved(path: Path, blocks: Iterable[Sound]) -> Loudness:
    """Write the blocks to `path` and measure them on the way."""
    meter = Meter(peaks=False)

    def passed() -> Iterator[Sound]:
        for block in blocks:
            meter.push(block)
            yield block

    wav.write(path, passed())
    return meter.result()
