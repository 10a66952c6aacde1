"""What rubs: a note held on a strong beat a semitone from a note of the chord, and none of it."""

from collections.abc import Sequence

from immersivaudio.music.harmony import Span
from immersivaudio.music.notation import Tone
from immersivaudio.music.tempo_map import Metre


def rubs(pitch: int, span: Span) -> bool:
    """Return whether a pitch lies a semitone from a note of a chord it does not belong to."""
    classes = span.harmony.pitches
    return pitch % 12 not in classes and any((pitch - pc) % 12 in {1, 11} for pc in classes)


def resolved(tones: list[Tone], spans: Sequence[Span], metre: Metre) -> list[Tone]:
    """Return a line without held rubs: what is struck on a beat and held moves on to the chord's note beside
    it, and what is held into a chord that it rubs against is let go where the chord changes.

    A passing note, a neighbour and an off-beat keep their bite.
    """
    for tone in tones:
        held = [span for span in spans if span.tick < tone.end and tone.tick < span.end]
        if not held:
            continue
        on_beat = (tone.tick - spans[0].tick) % metre.beat_ticks == 0
        if on_beat and tone.length >= metre.beat_ticks // 2 and rubs(tone.pitch, held[0]):
            classes = held[0].harmony.pitches
            tone.pitch += 1 if (tone.pitch + 1) % 12 in classes else -1
        change = next((s.tick for s in held[1:] if rubs(tone.pitch, s)), None)
        if change is not None and tone.end - change >= metre.beat_ticks // 2:
            tone.length = change - tone.tick
    return tones
