"""Voice-leading: of all ways to place a chord, the one that moves least and offends no ear."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise, product

from immersivaudio.music.harmony.chords import Harmony
from immersivaudio.music.theory import into_range, nearest

_SPREAD = 9
"""Semitones above and below a part's centre that its voices may reach."""
_MINOR_NINTH = 13
_HARSH = 5.0
"""Price of a minor ninth between two voices, the one interval no arranger leaves in a chord by accident."""
_RUB = 9.0
"""Price of a semitone between two players."""


def lead_voices(
    harmonies: Sequence[Harmony],
    voices: int,
    centre: int,
    low: int,
    high: int,
    beside: Sequence[frozenset[int]] = (),
) -> list[tuple[int, ...]]:
    """Return a voicing for every chord: rising MIDI notes in low..high, near `centre`.

    Minimal motion with common tones held; parallel fifths and octaves, leaping tops, muddy seconds low
    down and doubled leading notes are avoided; the outer voices prefer to move against each other. `beside`
    is what others play of every chord: nobody lies a semitone from them who could lie elsewhere.
    """
    before: tuple[int, ...] | None = None
    placed: list[tuple[int, ...]] = []
    for index, harmony in enumerate(harmonies):
        others = beside[index] if beside else ()
        rubbing = frozenset(note + side for note in others for side in (-1, 1))
        before = _best(harmony.pitches, voices, centre, low, high, before, rubbing)
        placed.append(before)
    return placed


def stacked(harmony: Harmony, shape: str, voices: int, centre: int, low: int, high: int) -> tuple[int, ...]:
    """Return a chord on its root near `centre`: all of it, or for the shape "power" only root, fifth and
    octave, which is what a driven amplifier leaves clear.
    """
    root = into_range(nearest(centre, (harmony.root,)), low, max(high - 12, low + 11))
    above = [(pc - harmony.root) % 12 for pc in harmony.pitches[1:]]
    if shape == "power":
        above = [next((interval for interval in above if interval in {6, 7, 8}), 7), 12]
    return tuple(sorted(root + interval for interval in (0, *above))[:voices])


@lru_cache(maxsize=8192)
def _best(
    pitches: tuple[int, ...],
    voices: int,
    centre: int,
    low: int,
    high: int,
    before: tuple[int, ...] | None,
    rubbing: frozenset[int],
) -> tuple[int, ...]:
    options = _voicings(pitches, voices, max(low, centre - _SPREAD), min(high, centre + _SPREAD))
    if not options:
        options = _voicings(pitches, voices, low, high) or ((min(max(centre, low), high),),)

    def price(option: tuple[int, ...]) -> tuple[float, tuple[int, ...]]:
        harsh = _HARSH * _ninths(option, pitches[0]) + _RUB * len(rubbing.intersection(option))
        return _price(option, centre, before) + harsh, option

    return min(options, key=price)


def _ninths(option: tuple[int, ...], root: int) -> int:
    """Count the minor ninths, as of a root laid above its major seventh; a dominant's own over its root is
    meant.
    """
    return sum(
        upper - lower == _MINOR_NINTH and lower % 12 != root for lower, upper in combinations(option, 2)
    )


@lru_cache(maxsize=2048)
def _voicings(pitches: tuple[int, ...], voices: int, low: int, high: int) -> tuple[tuple[int, ...], ...]:
    """Return every placing of the chord's weightiest notes between `low` and `high`."""
    found: set[tuple[int, ...]] = set()
    for chosen in _choices(pitches, voices):
        ranges = [[note for note in range(low, high + 1) if note % 12 == pc] for pc in chosen]
        for notes in product(*ranges):
            ordered = tuple(sorted(notes))
            if len(set(ordered)) == len(ordered) and _clear(ordered):
                found.add(ordered)
    return tuple(sorted(found))


def _choices(pitches: tuple[int, ...], voices: int) -> list[tuple[int, ...]]:
    """Say which notes of the chord sound: the root may be left to the bass, the third and seventh may not."""
    if len(pitches) == voices:
        return [pitches]
    if len(pitches) < voices:
        return [pitches + tuple(pitches[i % len(pitches)] for i in range(voices - len(pitches)))]
    if voices == 1:
        return [(pc,) for pc in pitches[:2]]
    if len(pitches) == 3:
        return [(pitches[1], pitches[0]), (pitches[1], pitches[2])]
    weighty = (pitches[1], *pitches[3:], pitches[2], pitches[0])
    return [tuple(choice) for choice in combinations(weighty[: voices + 1], voices) if weighty[0] in choice]


def _clear(notes: tuple[int, ...]) -> bool:
    """No semitone clash, nothing closer than a third below C3, no hole of more than a tenth."""
    return all(
        upper - lower > (1 if lower >= 52 else 2) and upper - lower <= 16 for lower, upper in pairwise(notes)
    )


def _price(option: tuple[int, ...], centre: int, before: tuple[int, ...] | None) -> float:
    middle = sum(option) / len(option)
    price = 0.25 * abs(middle - centre)
    if before is None or len(before) != len(option):
        return price
    moves = [abs(now - then) for now, then in zip(option, before, strict=True)]
    price += sum(moves) + 0.6 * max(moves)
    for i, j in combinations(range(len(option)), 2):
        moved = option[i] != before[i]
        interval = (option[j] - option[i]) % 12
        if moved and interval in {0, 7} and (before[j] - before[i]) % 12 == interval:
            price += 6.0  # parallel octaves or fifths
    if len(option) > 1 and (option[0] - before[0]) * (option[-1] - before[-1]) > 0:
        price += 1.0
    return price
