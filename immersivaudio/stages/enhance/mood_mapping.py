"""From a feeling to a palette, a tempo, a key: the tables of the field, applied.

Tempo is 85 + 45 A + 5 V beats a minute inside the palette's range, and the mode brightens with V from
phrygian to lydian (Eerola, Friberg & Bresin 2013; Livingstone et al. 2010; figures to start from, tuned by
measure). What the user named comes before what was seen, and what was seen before habit. The same wish
over the same pictures with the same seed always gives the same choice; the seed only breaks ties, and
picks the tonic.
"""

import random
from collections.abc import Mapping, Sequence

from immersivaudio.music.instruments import TABLE
from immersivaudio.music.palette import Palette, Player
from immersivaudio.music.palettes import PALETTES
from immersivaudio.music.theory import signature
from immersivaudio.situations import NEUTRAL, SITUATIONS
from immersivaudio.stages.enhance.genres import FITTING, SCENES, STYLES
from immersivaudio.stages.enhance.notation import FASTEST, SLOWEST
from immersivaudio.stages.enhance.text_cleaning import key
from immersivaudio.stages.enhance.wishes import Wish
from immersivaudio.terms import Feeling

MODES = ("phrygian", "aeolian", "dorian", "mixolydian", "ionian", "lydian")
"""Darkest first."""
_BETWEEN = {"phrygian dominant": 0.6, "harmonic minor": 0.8}
"""Where modes with an augmented second stand among them."""
_MODE_FLOORS = (-1.0, -0.65, -0.15, 0.15, 0.35, 0.85)
"""Valence from which each mode serves: the two everyday ones, aeolian and ionian, have the widest bands."""
TONICS = ("C", "D", "E", "F", "G", "A", "Bb", "Eb")
"""Keys in which every player of `music.instruments` is comfortable."""
_NAMED, _MEANT, _SEEN, _ALONE, _TIE = 4.0, 0.8, 0.35, 5.0, 0.01
_FILLING = frozenset({"pad", "arp"})
"""Roles whose players leave no bar out."""
_AT_ONCE = 0.1
"""Energy of a player that is there from the first bar."""
CARRIES = 0.6
"""What `carried` has to be for a palette to be kept."""


DARK = ("epic", "horror", "melancholic piano", "tense")
"""Palettes that nothing but named evidence or a wish brings up."""
OPEN = frozenset(
    (
        *NEUTRAL,
        "cinematic",
        "country",
        "hopeful",
        "house",
        "indie rock",
        "orchestral waltz",
        "pop",
        "r&b",
        "rock",
    )
)
"""Palettes that may come unasked where no situation is known: styles of a region, a feast or a scene are for
those who name them, and comedy for what is known to be funny."""
GRAVE = -0.35
"""Valence under which there is such evidence: what is measured alone never feels that bad."""
BARRED = -10.0
_NEAR = 0.3
"""Of palettes that the user did not ask for, those this close to the best serve as well: the seed picks."""


def barred(valence: float) -> tuple[str, ...]:
    """Return the palettes that nothing brings up unasked at this valence."""
    dark = () if valence > GRAVE else DARK
    return tuple(name for name in PALETTES if name not in OPEN and name not in dark)


def unasked(situation: str, feeling: Feeling, unwanted: Sequence[str], seed: int) -> Palette | None:
    """Return a palette for a situation of the table: by the seed one of the first three that exist, a third
    one half as often; None where no row says anything."""
    chance = random.Random(f"style {seed}")
    row = SITUATIONS.get(situation)
    if row:
        styles = [name for name in row.styles if name in PALETTES and name not in unwanted][:3]
        return PALETTES[chance.choice([*styles[:2], *styles])] if styles else None
    if situation != "neutral":
        return None
    ladder = [name for name in NEUTRAL if name in PALETTES and name not in unwanted]
    step = round((feeling.arousal + 0.4) / 0.9 * (len(ladder) - 1)) + chance.choice((-3, -2, -1, 0, 1, 2, 3))
    return PALETTES[ladder[max(0, min(len(ladder) - 1, step))]] if ladder else None


def bent(bpm: float, situation: str, chosen: Palette) -> float:
    """Return `bpm` within the row's range, as far as the palette's own allows."""
    row = SITUATIONS.get(situation)
    low, high = chosen.tempo
    if row:
        low, high = max(low, min(high, row.bpm[0])), min(high, max(low, row.bpm[1]))
    return round(max(low, min(high, bpm)), 1)


def named(wish: Wish) -> dict[str, float]:
    """Return how plainly each palette was asked for: by name, or by a mood that it is known to carry."""
    found = {name: _NAMED * plainness for name, plainness in wish.palettes.items()}
    for mood in wish.moods:
        for place, name in enumerate(FITTING.get(mood, ())):
            found[name] = found.get(name, 0.0) + _MEANT * (1 - 0.3 * place)
    return found


def palette(
    asked: Mapping[str, float],
    scenes: Sequence[str],
    feeling: Feeling,
    metre: str,
    seed: int,
    alone: Sequence[str] = (),
    *,
    open_: bool = False,
) -> Palette:
    """Return the palette that serves best.

    `asked` is what `named` returns (under 0: not wanted), `scenes` are scene words, most certain first,
    `metre` may be empty, `alone` are the only instruments, stems and roles that may play (empty: all);
    `open_`: the request says nothing of the music, so any of the best will do.
    """
    scores = {
        name: round(
            asked.get(name, 0.0)
            + (0.0 if asked.get(name, 0.0) else _fit(candidate, scenes, leaning=not open_ and not alone))
            - _far(candidate, feeling)
            + (1.0 if metre and signature(metre) in candidate.metres else 0.0)
            + (_ALONE * carried(candidate, alone) if alone else 0.0),
            2,
        )
        for name, candidate in PALETTES.items()
    }
    best = max(scores.values())
    near = _NEAR if open_ else _TIE
    tied = sorted(name for name, score in scores.items() if score >= best - near)
    return PALETTES[random.Random(f"palette {seed}").choice(tied)]


def _far(candidate: Palette, feeling: Feeling) -> float:
    valence, arousal = feeling
    return float(((candidate.valence - valence) ** 2 + (candidate.arousal - arousal) ** 2) ** 0.5)


def _fit(candidate: Palette, scenes: Sequence[str], *, leaning: bool) -> float:
    """Return how well a palette that was not asked for suits what is seen."""
    style = STYLES.get(candidate.name)
    score = style.leaning if style and leaning else 0.0
    own = {key(word) for word in candidate.words}
    for place, scene in enumerate(scenes[:4]):
        weight = _SEEN / (1 + 0.5 * place)
        liked = SCENES.get(scene, ())
        if candidate.name in liked:
            score += weight * (1 - 0.2 * liked.index(candidate.name))
        elif key(scene) in own:
            score += 0.6 * weight
    return score


def tempo(chosen: Palette, feeling: Feeling, pace: float = 1.0) -> float:
    """Return beats a minute for a feeling, `pace` times what the feeling alone would have."""
    valence, arousal = feeling
    low, high = chosen.tempo
    lively = 50 + 45 * arousal + 5 * valence
    # A groove is danced in the middle of its range, not at the edge that a film's formula would push it to.
    bpm = low + (high - low) * lively / 100 if chosen.steady else min(high, max(low, 35 + lively))
    return paced(bpm, pace)


def paced(bpm: float, pace: float) -> float:
    """Return `bpm` quickened by `pace`, rounded, inside what a cue sheet may hold."""
    return round(min(FASTEST, max(SLOWEST, bpm * pace)), 1)


def mode(chosen: Palette, valence: float) -> str:
    """Return the palette's mode nearest to the one that `valence` asks for."""
    wanted = max(place for place, floor in enumerate(_MODE_FLOORS) if valence >= floor or not place)
    return min(chosen.modes, key=lambda name: abs(brightness(name) - wanted))


def beside(chosen: Palette, mode: str, *, brighter: bool) -> str:
    """Return the palette's next mode on that side of `mode`, or `mode` where there is none."""
    way = 1 if brighter else -1
    further = [name for name in chosen.modes if way * (brightness(name) - brightness(mode)) > 0]
    return min(further, key=lambda name: way * brightness(name), default=mode)


def brightness(mode: str) -> float:
    """Return where a mode stands from the darkest, 0, to the brightest, 5."""
    return _BETWEEN[mode] if mode in _BETWEEN else float(MODES.index(mode))


def tonic(seed: int) -> str:
    """Return a comfortable key by chance of the seed."""
    return random.Random(f"tonic {seed}").choice(TONICS)


def metre(chosen: Palette, wanted: str) -> str:
    """Return the wanted metre where the palette can play it, else its usual one."""
    usable = [f"{beats}/{unit}" for beats, unit in chosen.metres]
    return wanted if wanted in usable else usable[0]


def cast(chosen: Palette, wanted: Sequence[str], without: Sequence[str]) -> tuple[str, ...]:
    """Return the instruments: the wanted first, then the palette's own, less those in `without`."""
    roles = {player.instrument: player.role for player in chosen.players}
    everyone = dict.fromkeys([*wanted, *(player.instrument for player in chosen.players)])
    return tuple(name for name in everyone if not {*groups(name), roles.get(name, "")} & set(without))


def carried(chosen: Palette, only: Sequence[str]) -> float:
    """Return how well the palette's players among `only` (instruments, stems, roles) carry a piece, 0 to 1:
    an instrument that fills every bar, a melody, a bass; or drums, where drums are meant.
    """
    able = [p for p in chosen.players if _among(p, only)]
    early = {player.role for player in able if player.enters <= _AT_ONCE}
    if "drums" in only:
        return 1.0 if "drums" in early else 0.7 if able else 0.0
    filled = 0.6 if early & _FILLING else 0.3 if able else 0.0
    return filled + (0.3 if "lead" in early else 0.0) + (0.1 if any(p.role == "bass" for p in able) else 0.0)


def soloists(chosen: Palette, only: Sequence[str], named: Sequence[str] = ()) -> list[str]:
    """Return the instruments of the palette's players among `only`, and those `named` whose stem it lacks."""
    own = dict.fromkeys(player.instrument for player in chosen.players if _among(player, only))
    kinds = {TABLE[name].stem for name in own}
    return [*own, *(name for name in named if own and TABLE[name].stem not in kinds)]


def others(chosen: Palette, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return every instrument that the palette plays, strikes or swells with, besides those `wanted`."""
    struck = (accent.instrument for accent in chosen.accents)
    swelling = (name for name in (chosen.riser, chosen.roll) if name)
    everyone = dict.fromkeys((*(p.instrument for p in chosen.players), *struck, *swelling))
    return tuple(name for name in everyone if name not in wanted)


def _among(player: Player, only: Sequence[str]) -> bool:
    return bool({player.instrument, TABLE[player.instrument].stem, player.role} & set(only))


def groups(instrument: str) -> tuple[str, str]:
    """Return the names by which a sheet can silence an instrument: its own and its stem's."""
    return instrument, TABLE[instrument].stem
