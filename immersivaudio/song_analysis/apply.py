"""What was heard becomes a sheet's: tempo, key, players as words of a wish; form and fullness by place."""

from dataclasses import replace

from immersivaudio.options import ScoreOptions
from immersivaudio.song_analysis import HeardSong
from immersivaudio.song_analysis.structure import SongPart
from immersivaudio.values import Cue, CueSheet

_DARK_MODES = frozenset({"aeolian", "dorian", "harmonic minor", "phrygian", "phrygian dominant"})
_PACES = (2.5, 5.0)
"""Onsets a second between calm, moving and busy."""
_COLOURS = (1400.0, 2600.0)
"""Hz of the spectrum's centre between dark, balanced and bright."""
_MOODS = {
    ("minor", 0): "melancholic", ("minor", 1): "wistful", ("minor", 2): "tense",
    ("major", 0): "peaceful", ("major", 1): "warm", ("major", 2): "joyful",
}  # fmt: skip
"""(third, pace) -> what such music feels like (Eerola, Friberg & Bresin 2013)."""
_TONES = {"held": "strings", "struck": "piano"}
_SHARE = 0.6
"""How far a section's fullness follows the song's."""


def wished(request: ScoreOptions, song: HeardSong) -> ScoreOptions:
    """Return the request with what was heard behind its own words, which come first."""
    words = [] if request.mood.strip() else [_MOODS[_third(song), _step(song.pace, _PACES)]]
    beats = f"{song.tempo:g} bpm " if song.tempo else ""
    words += [f"{beats}in {song.tonic} {song.mode}", f"with {_TONES[song.families[-1]]}"]
    words += [] if "drums" in song.families else ["no drums"]
    return replace(request, mood=", ".join(word for word in (request.mood.strip(), *words) if word))


def shaped(sheet: CueSheet, song: HeardSong) -> CueSheet:
    """Return the sheet in the song's form, place by place, and with a note of what was taken.

    No seal: a share code holds no song.
    """
    letters: dict[str, str] = {}
    cues = []
    for cue in sheet.cues:
        part = _at(song.parts, float((cue.start + cue.end) / 2 / sheet.duration))
        letter = letters.setdefault(part.label, chr(ord("A") + len(letters)))
        cues.append(_filled(replace(cue, label=letter), part.fullness))
    return replace(sheet, cues=tuple(cues), notes=(taken(song), *sheet.notes), seal="")


def taken(song: HeardSong) -> str:
    """Return one line that says what was taken."""
    beats = f"{song.tempo:.0f} bpm, " if song.tempo else ""
    pace = ("calm", "moving", "busy")[_step(song.pace, _PACES)]
    colour = ("dark", "balanced", "bright")[_step(song.brightness, _COLOURS)]
    rhythm = {
        (True, True): "drums and bass", (True, False): "drums", (False, True): "bass, no drums",
        (False, False): "no drums",
    }["drums" in song.families, "bass" in song.families]  # fmt: skip
    tone = "held tones" if song.families[-1] == "held" else "struck or plucked tones"
    form = " ".join(part.label for part in song.parts)
    mode = {"ionian": "major", "aeolian": "minor"}.get(song.mode, song.mode)
    return (
        f"Taken from the song: {beats}{song.tonic} {mode}, {pace}, {colour}; {rhythm}; {tone}; form {form}."
    )


def _third(song: HeardSong) -> str:
    return "minor" if song.mode in _DARK_MODES else "major"


def _step(value: float, bounds: tuple[float, float]) -> int:
    return sum(value >= bound for bound in bounds)


def _at(parts: tuple[SongPart, ...], share: float) -> SongPart:
    """The part of the song that lies where this share of the film does."""
    return [part for part in parts if part.start <= share][-1]


def _filled(cue: Cue, fullness: float) -> Cue:
    intensity = round(cue.intensity + _SHARE * (max(0.0, min(1.0, fullness)) - cue.intensity), 3)
    lean = cue.lean and (*cue.lean[:2], round(cue.lean[2] + intensity - cue.intensity, 3))
    return replace(cue, intensity=intensity, lean=lean)
