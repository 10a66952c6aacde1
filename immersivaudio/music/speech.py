"""Where someone speaks: no lead, few notes, soft beginnings."""

from collections.abc import Iterable, Sequence

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music.notation import Tone
from immersivaudio.music.score import Role
from immersivaudio.music.tempo_map import Grid

BEFORE, _AFTER = 0.35, 0.15
"""s of room around a stretch of speech."""
_SOFTER: dict[Role, float] = {"drums": 0.72, "arp": 0.8, "bass": 0.9, "pad": 0.92, "effects": 0.75}
_SILENT = {"lead", "counter"}

Stretches = Sequence[tuple[int, int]]


def stretches(speech: Iterable[tuple[object, object]], length: int) -> list[tuple[int, int]]:
    """Return the stretches in samples, widened a little."""
    return [
        (
            max(round((float(start) - BEFORE) * SAMPLE_RATE), 0),  # type: ignore[arg-type]
            min(round((float(end) + _AFTER) * SAMPLE_RATE), length),  # type: ignore[arg-type]
        )
        for start, end in speech
    ]


def make_room(tones: Iterable[Tone], role: Role, spoken: Stretches, grid: Grid) -> list[Tone]:
    """Return a part's tones with room for speech."""
    if not spoken:
        return list(tones)
    kept: list[Tone] = []
    for tone in tones:
        start = grid.sample(tone.tick)
        inside = any(first <= start < last for first, last in spoken)
        if inside and (role in _SILENT or _busy(tone, role, grid)):
            continue
        if inside:
            tone.velocity *= _SOFTER.get(role, 1.0)
        elif role in _SILENT:
            _stop_in_time(tone, spoken, grid)
        kept.append(tone)
    return kept


def _busy(tone: Tone, role: Role, grid: Grid) -> bool:
    """Off-beat figures and ghost notes are what is left out first."""
    return role in {"arp", "drums"} and (tone.ghost or tone.tick % grid.metre.beat_ticks != 0)


def _stop_in_time(tone: Tone, spoken: Stretches, grid: Grid) -> None:
    """Let a note that began before someone speaks end when they begin."""
    for first, _ in spoken:
        if grid.sample(tone.tick) < first < grid.sample(tone.end):
            tone.length = max(grid.tick(first) - tone.tick, 1)
