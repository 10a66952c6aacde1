"""What the whole piece is like: a wish and a feeling become palette, tempo, key and players."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from immersivaudio.music.palette import Palette
from immersivaudio.music.palettes import PALETTES
from immersivaudio.stages.enhance import mood_mapping
from immersivaudio.stages.enhance.captions import caption, mood_of
from immersivaudio.stages.enhance.wishes import Wish
from immersivaudio.terms import Feeling, Key
from immersivaudio.values import SILENT_DB, CueSheet, Description

SILENT = SILENT_DB
"""Gain of music that is not to be heard, dB."""
LOUDEST = 12.0
"""Most that "louder" and "quieter" move the music, dB."""
_ASKED = 0.9
"""Plainness with which a style is named, and not only alluded to."""
_HOME = 0.5
"""How far a named style pulls the feeling towards its own, where the user named no mood."""


class PieceFields(TypedDict):
    """The fields of a cue sheet that a character decides."""

    mood: str
    palette: str
    tempo: float
    tonic: str
    mode: str
    metre: str
    instruments: tuple[str, ...]
    without: tuple[str, ...]
    notes: tuple[str, ...]
    feeling: Feeling
    music_gain_db: float


@dataclass(frozen=True, slots=True)
class Character:
    """Everything in a sheet that holds for the whole piece."""

    feeling: Feeling
    mood: str
    named: bool
    """The user said the mood."""
    palette: str
    tempo: float
    tonic: str
    mode: str
    metre: str
    instruments: tuple[str, ...]
    without: tuple[str, ...]
    notes: tuple[str, ...] = ()
    gain_db: float = 0.0
    """Of the music; `SILENT`: none plays."""
    sounds: tuple[str, ...] = ()
    """Sounds of the scene that were asked for in words."""

    def fields(self) -> PieceFields:
        """Return the fields of a sheet for a piece of this character."""
        return {
            "mood": self.mood,
            "palette": self.palette,
            "tempo": self.tempo,
            "tonic": self.tonic,
            "mode": self.mode,
            "metre": self.metre,
            "instruments": self.instruments,
            "without": self.without,
            "notes": self.notes,
            "feeling": self.feeling,
            "music_gain_db": self.gain_db,
        }

    def caption(self, mood: str, intensity: float, seen: Sequence[str] = ()) -> str:
        """Return the text prompt of a stretch with this mood and fullness, that shows `seen`."""
        players, key = (self.instruments, self.without), Key(self.tonic, self.mode)
        return caption(self.palette, mood, players, self.tempo, key, intensity, seen)


def decide(wish: Wish, seen: Description, scenes: Sequence[str], seed: int) -> Character:
    """Choose for a clip that is seen for the first time."""
    feeling = _feeling(wish, Feeling(seen.valence, seen.arousal))
    open_ = not (wish.terms or any(p > 0 for p in wish.palettes.values()) or wish.metre or wish.alone)
    unwanted = [name for name, plainness in wish.palettes.items() if plainness < 0]
    palette = mood_mapping.unasked(seen.reading.situation, feeling, unwanted, seed) if open_ else None
    fitted = palette is not None
    if palette is None:
        barred = mood_mapping.barred(feeling.valence) if open_ else ()
        asked = mood_mapping.named(wish) | dict.fromkeys(barred, mood_mapping.BARRED)
        palette = mood_mapping.palette(asked, scenes, feeling, wish.metre, seed, _alone(wish), open_=open_)
    pace = mood_mapping.tempo(palette, feeling, wish.pace)
    tempo = wish.tempo or (mood_mapping.bent(pace, seen.reading.situation, palette) if fitted else pace)
    tonic = wish.tonic or mood_mapping.tonic(seed)
    return _assembled(wish, feeling, palette, tempo, tonic, wish.without)


def redecide(wish: Wish, sheet: CueSheet, felt: Feeling, seed: int) -> Character:
    """Choose anew where the wish asks for it, and hold on to the sheet where it does not."""
    feeling = _feeling(wish, felt)
    without = [*wish.without, *(name for name in sheet.without if not _asked_back(name, wish))]
    moved = any(not term.relative for term in wish.terms) or any(p > 0 for p in wish.palettes.values())
    unfit = wish.palettes.get(sheet.palette, 0.0) < 0 or sheet.palette not in PALETTES
    alone = _alone(wish)
    if (
        moved
        or unfit
        or (alone and mood_mapping.carried(PALETTES[sheet.palette], alone) < mood_mapping.CARRIES)
    ):
        palette = mood_mapping.palette(mood_mapping.named(wish), (), feeling, wish.metre, seed, alone)
        tempo = wish.tempo or mood_mapping.tempo(palette, feeling, wish.pace)
    else:
        palette = PALETTES[sheet.palette]
        drift = (
            mood_mapping.tempo(palette, feeling) / mood_mapping.tempo(palette, felt) if wish.terms else 1.0
        )
        tempo = wish.tempo or mood_mapping.paced(sheet.tempo, wish.pace * drift)
    made = _assembled(wish, feeling, palette, tempo, wish.tonic or sheet.tonic, without)
    if not wish.no_music and sheet.music_gain_db > SILENT:
        made = replace(made, gain_db=_level(sheet.music_gain_db + wish.gain_db))
    return made


def of_sheet(sheet: CueSheet, feeling: Feeling) -> Character:
    """Return the character that a sheet has already."""
    return Character(
        feeling=feeling,
        mood=sheet.mood,
        named=False,
        palette=sheet.palette,
        tempo=sheet.tempo,
        tonic=sheet.tonic,
        mode=sheet.mode,
        metre=sheet.metre,
        instruments=sheet.instruments,
        without=sheet.without,
        gain_db=sheet.music_gain_db,
    )


def _feeling(wish: Wish, base: Feeling) -> Feeling:
    valence, arousal = base
    named = [name for name, plainness in wish.palettes.items() if plainness > 0 and name in PALETTES]
    if named and not wish.moods:
        style = PALETTES[max(named, key=lambda name: (wish.palettes[name], name))]
        valence += _HOME * (style.valence - valence)
        arousal += _HOME * (style.arousal - arousal)
    valence, arousal = wish.feeling(Feeling(valence, arousal))
    return Feeling(
        round(valence, 2) + 0.0, round(arousal, 2) + 0.0
    )  # what a share code holds, and no ear misses


def _alone(wish: Wish) -> tuple[str, ...]:
    """Return the only instruments, stems and roles that may play; empty: all may."""
    return tuple(name for name in wish.only if name not in wish.without) if wish.alone else ()


def _level(gain_db: float) -> float:
    return round(max(-LOUDEST, min(LOUDEST, gain_db)), 1) + 0.0


def _assembled(
    wish: Wish,
    feeling: Feeling,
    palette: Palette,
    tempo: float,
    tonic: str,
    without: Sequence[str],
) -> Character:
    notes = list(_notes(wish, palette, tempo))
    wanted = wish.instruments
    if alone := _alone(wish):
        wanted = mood_mapping.soloists(palette, alone, [name for name in wanted if name in alone]) or wanted
        without = [*without, *mood_mapping.others(palette, wanted)]
    players = mood_mapping.cast(palette, wanted, without)
    if not players:
        notes.append("Nobody was left to play, so the palette's own players play.")
        players, without = mood_mapping.cast(palette, wish.instruments, ()), ()
    return Character(
        feeling=feeling,
        mood=" and ".join(wish.moods[:2]) or mood_of(*feeling),
        named=bool(wish.moods),
        palette=palette.name,
        tempo=tempo,
        tonic=tonic,
        mode=wish.mode or mood_mapping.mode(palette, feeling.valence),
        metre=mood_mapping.metre(palette, wish.metre),
        instruments=players,
        without=tuple(dict.fromkeys(without)),
        notes=tuple(notes),
        gain_db=SILENT if wish.no_music else _level(wish.gain_db),
        sounds=tuple(wish.sounds),
    )


def _notes(wish: Wish, palette: Palette, tempo: float) -> list[str]:
    notes = []
    if wish.unknown:
        notes.append(f"I did not understand the mood “{wish.quote}”, so the music follows what is seen.")
    elif wish.ignored:
        notes.append(f"Not understood: {', '.join(wish.ignored)}.")
    if wish.contradicted:
        notes.append(f"The wish contradicts itself: {', '.join(wish.contradicted)}.")
    notes += [
        f"No {word} here; the nearest is {near}."
        for word, near in wish.nearest.items()
        if near == palette.name
    ]
    if wish.cut:
        notes.append("The mood was longer than what is read; its end was left out.")
    if wish.no_music:
        notes.append("No music plays, as asked.")
    asked = [name for name, plainness in wish.palettes.items() if plainness >= _ASKED]
    if wish.alone and asked and palette.name not in asked:
        notes.append(f"{asked[0].capitalize()} cannot be played like that; {palette.name} comes nearest.")
    low, high = palette.tempo
    if wish.tempo and wish.asked_tempo != wish.tempo:
        notes.append(f"{wish.asked_tempo:g} bpm cannot be played; {tempo:g} bpm comes nearest.")
    elif wish.tempo and not low <= tempo <= high:
        notes.append(f"{tempo:g} bpm, as asked; {palette.name} is usually {low:g} to {high:g}.")
    if wish.metre and mood_mapping.metre(palette, wish.metre) != wish.metre:
        notes.append(f"{palette.name.capitalize()} is not played in {wish.metre}; its usual metre is used.")
    return notes


def _asked_back(name: str, wish: Wish) -> bool:
    """Whether a player that was sent away is now asked for."""
    return any(name in mood_mapping.groups(wanted) for wanted in wish.instruments)
