"""Echoes in time with the music, written as notes: a dub's delay, a guitar's, a console's second voice.

As notes they follow the tempo map, can be seen in the MIDI file, and make room for speech like any other.
"""

from collections.abc import Sequence

from immersivaudio.music.form import Passage
from immersivaudio.music.notation import Tone
from immersivaudio.music.palette import Player
from immersivaudio.music.tempo_map import SIXTEENTH

_SOFTER = (0.62, 0.42, 0.3, 0.22)
"""Velocity of each repeat against the first: about 8 dB less each time, as loudness goes with its square."""
_USUAL = 2
"""Repeats where everything is echoed; a thrown stroke has them all."""


def echoes(tones: Sequence[Tone], player: Player, passage: Passage) -> list[Tone]:
    """Return the echoes of the tones, inside the passage; what is struck anyway is not echoed upon."""
    if not player.echo:
        return []
    sources = _thrown(tones, passage) if player.throws else tones
    taken = {(tone.tick, tone.pitch) for tone in tones}
    found: list[Tone] = []
    for tone in sources:
        for turn, share in enumerate(_SOFTER if player.throws else _SOFTER[:_USUAL], 1):
            tick = tone.tick + turn * player.echo * SIXTEENTH
            if tick >= passage.end or (tick, tone.pitch) in taken:
                continue
            length = min(tone.length, player.echo * SIXTEENTH)
            found.append(Tone(tick, length, tone.pitch, tone.velocity * share, delay=tone.delay, ghost=True))
    return sorted(found, key=lambda tone: (tone.tick, tone.pitch))


def _thrown(tones: Sequence[Tone], passage: Passage) -> list[Tone]:
    """Return the last stroke, all its notes, of every phrase."""
    found: list[Tone] = []
    for phrase in passage.phrases:
        inside = [tone for tone in tones if phrase.tick <= tone.tick < phrase.end - 2 * SIXTEENTH]
        last = max((tone.tick for tone in inside), default=-1)
        found += [tone for tone in inside if tone.tick == last]
    return found
