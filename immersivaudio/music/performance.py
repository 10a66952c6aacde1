"""Performance: written tones become notes at samples, played by people.

Timing errors of a player are correlated: a hand that is late stays late for a while. So each part drifts by a
first-order autoregressive walk, with a little white noise on top, instead of white noise alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.notation import Tone
from immersivaudio.music.palette import Palette, Player
from immersivaudio.music.rhythm import KEYS
from immersivaudio.music.score import Note, Role
from immersivaudio.music.seeding import generator
from immersivaudio.music.tempo_map import SIXTEENTH, Grid, Metre

_DRIFT = 0.008
_JITTER = 0.0035
"""s, standard deviations at looseness 1."""
_MEMORY = 0.85
"""Share of the drift that is still there at the next note."""
_VELOCITY_DRIFT, _VELOCITY_JITTER = 3.6, 2.6
_STEADY: dict[Role, float] = {
    "drums": 0.6,
    "bass": 0.7,
    "pad": 1.0,
    "arp": 0.8,
    "lead": 1.0,
    "counter": 1.0,
    "effects": 0.0,
}
"""How loose each role may be, against the palette's looseness."""
_LEGATO: dict[Role, float] = {
    "pad": 1.0,
    "bass": 0.95,
    "lead": 1.0,
    "counter": 1.0,
    "arp": 0.95,
    "drums": 1.0,
    "effects": 1.0,
}
_INNER = (2, 3, 4)
"""Takes of a drum after its first stroke in a passage."""
_SUNG = frozenset({"strings", "woodwinds", "brass", "voices"})
_JOINED = 0.45
"""Share of the gap between notes that bows and breath close."""
_HELD, _GAP = 2, SIXTEENTH // 3
"""Beats from which a note is held, and ticks by which it ends before the next at most."""
_SHORTEST = 1_440
"""Samples: 30 ms."""


def sung(touch: float, player: Player) -> float:
    """Return a player's articulation: bows and breath join their notes where fingers part them."""
    sings = player.role in {"lead", "counter"} and TABLE[player.instrument].stem in _SUNG
    return touch + _JOINED * (1 - touch) if sings else touch


def perform(
    tones: Sequence[Tone],
    role: Role,
    title: str,
    palette: Palette,
    grid: Grid,
    keys: tuple[object, ...],
    touch: float,
) -> list[Note]:
    """Return the notes of one part in one passage. `touch` is the passage's articulation, 1 legato.

    Accents and notes with a sample of their own are played exactly; so is everything of a machine.
    """
    chance = generator("hands", title, *keys)
    swing = swing_of(palette, title, grid.tempo)
    laid_back = {KEYS[drum]: late for drum, late in palette.late.items()} if role == "drums" else {}
    looseness = palette.looseness * _STEADY[role]
    drift = velocity_drift = 0.0
    before = None
    notes: list[Note] = []
    for tone in sorted(tones, key=lambda tone: (tone.tick, tone.pitch)):
        if tone.tick != before:  # a hand drops once for all fingers
            drift = _MEMORY * drift + (1 - _MEMORY**2) ** 0.5 * chance.gauss(0, _DRIFT)
            velocity_drift = _MEMORY * velocity_drift + (1 - _MEMORY**2) ** 0.5 * chance.gauss(
                0, _VELOCITY_DRIFT
            )
            before = tone.tick
        late = (drift + chance.gauss(0, _JITTER)) * looseness + tone.delay + laid_back.get(tone.pitch, 0.0)
        velocity = tone.velocity + velocity_drift + chance.gauss(0, _VELOCITY_JITTER)
        if tone.sample is not None:
            onset = tone.sample
        else:
            onset = grid.sample(swung(tone.tick, swing, palette.swung, grid.metre)) + round(
                late * SAMPLE_RATE
            )
        sounding = _sounding(tone, role, touch, grid.metre)
        release = grid.sample(swung(tone.tick + round(sounding), swing, palette.swung, grid.metre))
        notes.append(_note(tone, onset, release, velocity if not tone.accent else tone.velocity, grid))
    return [note for note in notes if note.onset < grid.length - _SHORTEST]


_SHORT_NOTE = 0.1
"""s a ride's short note lasts at any tempo (Friberg & Sundstroem, Music Perception 2002)."""


def swing_of(palette: Palette, title: str, tempo: float) -> float:
    """Return where a player puts the second of two notes: the palette's place for it at `tempo`, less what
    the player leaves out.
    """
    swing = palette.swing
    if palette.swing_by_tempo:
        swing = min(max(1 - _SHORT_NOTE * tempo / 60, 0.5), palette.swing)
    straight = next((player.straight for player in palette.players if player.title == title), 0.0)
    return 0.5 + (swing - 0.5) * (1 - straight)


def swung(tick: int, swing: float, which: str, metre: Metre) -> float:
    """Return where a written tick is played: the second of two off-beat notes comes late.

    `which` are the notes that swing, "eighths" or "sixteenths". The three eighths of a compound beat do not.
    """
    if swing == 0.5 or (metre.compound and which == "eighths"):
        return tick
    pair = 4 * SIXTEENTH if which == "eighths" else 2 * SIXTEENTH
    whole, inside = divmod(tick, pair)
    half = pair / 2
    bent = inside * 2 * swing if inside <= half else pair - (pair - inside) * 2 * (1 - swing)
    return whole * pair + bent


def _sounding(tone: Tone, role: Role, touch: float, metre: Metre) -> float:
    """Return the ticks a tone sounds: what is short is shortened, a held note is held until the next."""
    if role in {"pad", "drums", "effects"}:
        return tone.length
    shortened = tone.length * touch * _LEGATO[role]
    held = tone.length >= _HELD * metre.beat_ticks
    gap = 0 if role == "bass" else _GAP  # a bass that holds carries the floor from note to note
    return max(shortened, tone.length - gap) if held else shortened


def alternated(notes: Sequence[Note], passage: int, *keys: object) -> list[Note]:
    """Return a drum's notes, no two strokes on end with the same take.

    The first stroke of each drum in a passage has a take by the passage's number, the others never have one
    of those: so no two on end are the same over a join, either, and a passage is still changed alone.
    """
    chance = generator("takes", *keys)
    before: dict[int, int] = {}
    taken: list[Note] = []
    for note in notes:
        last = before.get(note.pitch)
        take = passage % 2 if last is None else chance.choice([one for one in _INNER if one != last])
        before[note.pitch] = take
        taken.append(replace(note, take=take) if take != note.take else note)
    return taken


def _note(tone: Tone, onset: int, release: int, velocity: float, grid: Grid) -> Note:
    onset = min(max(onset, 0), grid.length)
    return Note(
        beat=_beats(tone.tick, grid.metre.beat_ticks),
        length=_beats(tone.length, grid.metre.beat_ticks),
        pitch=tone.pitch,
        velocity=min(max(round(velocity), 1), 127),
        onset=onset,
        duration=min(max(release - onset, _SHORTEST), grid.length - onset),
        accent=tone.accent,
        slide=tone.slide,
    )


@lru_cache(maxsize=4096)
def _beats(ticks: int, beat: int) -> Fraction:
    """Return ticks as beats, of `beat` ticks each: parts share them, and they are immutable."""
    return Fraction(ticks, beat)
