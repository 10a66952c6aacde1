"""How a piece differs from the one it was made from, for the line by which people tell them apart."""

from collections.abc import Iterator

from immersivaudio.queue.result import Difference, Portrait
from immersivaudio.values import CueSheet
from worker.rendering import music_features

_HEARD = 1.04
"""Ratio of tempi from which a listener calls one faster."""
_PLAYERS = 5
"""Of the players, those that a caption names."""


def between(
    before: CueSheet, after: CueSheet, heard: tuple[Portrait, Portrait] | None = None
) -> tuple[Difference, ...]:
    """Return the differences that a listener would name, as `Summary.differences` holds them.

    Where the plans are alike, what is `heard` of both pieces tells them apart.
    """
    found = (*_whole(before, after), *_players(before, after)) or tuple(_sections(before, after))
    found = found or (music_features.between(*heard) if heard else ())
    return found or (Difference(kind="piece"),)


def _whole(before: CueSheet, after: CueSheet) -> Iterator[Difference]:
    if after.mood != before.mood:
        yield Difference(kind="mood", value=after.mood)
    ratio = after.tempo / before.tempo
    if not 1 / _HEARD < ratio < _HEARD:
        yield Difference(kind="faster" if ratio > 1 else "slower")
    if after.key != before.key:
        yield Difference(kind="key", value=str(after.key))


def _players(before: CueSheet, after: CueSheet) -> Iterator[Difference]:
    """The first player that came or went; both at once is one in place of the other."""
    old, new = before.instruments, after.instruments
    came = next((name for name in new[:_PLAYERS] if name not in old), "")
    left = next((name for name in old[:_PLAYERS] if name not in new), "")
    if came and left:
        yield Difference(kind="instead", value=came, other=left)
    elif came or left:
        yield Difference(kind="with" if came else "without", value=came or left)


def _sections(before: CueSheet, after: CueSheet) -> Iterator[Difference]:
    """Where only some sections are new."""
    pairs = list(zip(before.cues, after.cues, strict=False))
    new = [now for old, now in pairs if (old.seed, old.mood, old.lean) != (now.seed, now.mood, now.lean)]
    if new and (before.seed, before.take) == (after.seed, after.take):
        yield Difference(kind="section", value=f"{_clock(float(new[0].start))}–{_clock(float(new[-1].end))}")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
