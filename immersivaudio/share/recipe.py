"""What a share code holds, and in how many bits: what was decided, never what was written.

A recipe holds what the rules made of a mood (a palette, a feeling in hundredths, a tempo, a key, a seed), so
that none of the user's words travel with the code. It is put beside what the clip shows, which is read anew
from the clip: where the cuts are, when someone speaks, which sounds the scene has.
"""

from dataclasses import dataclass

from immersivaudio.share.bit_packing import BitReader, BitWriter

FORMAT = 1
"""Raised when an old reader would misread a code."""
PALETTE, MOOD, PLAYER, CLIP, BUILD = 12, 14, 14, 12, 12
"""Bits of the tags of names."""
TONICS = tuple(letter + sign for letter in "CDEFGAB" for sign in ("", "#", "b"))
MODES = (
    "ionian", "dorian", "phrygian", "lydian", "mixolydian", "aeolian", "harmonic minor", "phrygian dominant",
)  # fmt: skip
"""As many as three bits tell apart; new ones at the end, or old codes would be misread."""
METRES = ("4/4", "3/4", "6/8", "2/4", "5/4", "7/8", "12/8")
ORIGINALS = ("auto", "keep", "mix", "replace")
_FEELING, _AWAY = 100, 400
"""Added to hundredths of a valence, from -1 to 1, and of a difference of two, to write them unsigned."""
_TAKES, _LENGTHS = range(1, 1 << 20), range(100, 60_001)
"""What a number of takes, and a length in hundredths of a second, may be."""
_TEMPOS, _GAINS, _GAPS = range(200, 4001), range(-600, 601), range(601)
"""Tenths of a beat a minute, of a dB, of an LU."""
_SEED, _LONG_SEED, _TAKE, _LENGTH, _GAIN, _MANY = 32, 63, 20, 16, 11, 6


@dataclass(frozen=True, slots=True)
class Mix:
    """How loud the parts are: tenths of a dB or LU."""

    music: int = 0
    sounds: int = 0
    original: int = 0
    gap: int = 120


@dataclass(frozen=True, slots=True)
class Changed:
    """One cue that was changed alone; holds for the clip it was made on."""

    cue: int
    """Counted from 0."""
    lean: tuple[int, int] | None = None
    """How far its valence and arousal are from the piece's, hundredths; None: only the seed is its own."""
    moods: tuple[int, ...] = ()
    """Tags."""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides a soundtrack besides the clip and the build."""

    build: int
    """Tag of the version and settings that made it."""
    clip: int | None
    """Tag of the clip it was made on; None where the seed tells, being drawn from the clip."""
    near: bool
    """More was changed by hand than a code can hold: the result comes close, and is not the same."""
    palette: int
    """Tag."""
    valence: int
    """Hundredths."""
    arousal: int
    moods: tuple[int, ...]
    """Tags of the moods that the user named; empty: the mood follows from the feeling."""
    tempo: int
    """Tenths of a beat a minute."""
    tonic: str
    mode: str
    metre: str
    seed: int
    take: int = 1
    sounds: bool = False
    original: str = "auto"
    length: int | None = None
    """How long a photo is held, hundredths of a second; None for a video."""
    mix: Mix = Mix()
    first: tuple[int, ...] = ()
    """Tags of the players asked for: they stand first."""
    without: tuple[int, ...] = ()
    """Tags of what must not play."""
    changed: tuple[Changed, ...] = ()

    def pack(self) -> BitWriter:
        """As bits. Raises `ValueError` where a value is out of range."""
        bits = BitWriter()
        bits.put(FORMAT, 3)
        bits.put(self.build, BUILD)
        bits.put(self.near, 1)
        _optional(bits, self.clip, CLIP)
        bits.put(self.palette, PALETTE)
        bits.put(self.valence + _FEELING, 8)
        bits.put(self.arousal + _FEELING, 8)
        _tags(bits, self.moods, 2, MOOD)
        bits.put(self.tempo, 12)
        bits.put(TONICS.index(self.tonic), 5)
        bits.put(MODES.index(self.mode), 3)
        bits.put(METRES.index(self.metre), 3)
        bits.put(self.sounds, 1)
        bits.put(ORIGINALS.index(self.original), 2)
        _seed(bits, self.seed)
        _optional(bits, self.take if self.take != 1 else None, _TAKE)
        _optional(bits, self.length, _LENGTH)
        bits.put(self.mix != Mix(), 1)
        if self.mix != Mix():
            for gain in (self.mix.music, self.mix.sounds, self.mix.original, self.mix.gap):
                bits.put(gain + 1000, _GAIN)
        bits.put(bool(self.first or self.without or self.changed), 1)
        if self.first or self.without or self.changed:
            _tags(bits, self.first, _MANY, PLAYER)
            _tags(bits, self.without, _MANY + 1, PLAYER)
            bits.put(len(self.changed), _MANY)
            for change in self.changed:
                _put_changed(bits, change)
        return bits


def unpack(bits: BitReader) -> Recipe:
    """Read a recipe of our format, which the caller has taken off; raises `ValueError`."""
    build, near, clip = bits.take(BUILD), bool(bits.take(1)), _taken(bits, CLIP)
    feelings = range(-_FEELING, _FEELING + 1)
    palette = bits.take(PALETTE)
    valence, arousal = (_within(feelings, bits.take(8) - _FEELING) for _ in range(2))
    moods, tempo = _taken_tags(bits, 2, MOOD), _within(_TEMPOS, bits.take(12))
    tonic, mode, metre = _of(TONICS, bits.take(5)), _of(MODES, bits.take(3)), _of(METRES, bits.take(3))
    sounds, original, seed = bool(bits.take(1)), _of(ORIGINALS, bits.take(2)), _taken_seed(bits)
    take, length, mix = _taken(bits, _TAKE, _TAKES), _taken(bits, _LENGTH, _LENGTHS), Mix()
    if bits.take(1):
        mix = Mix(*(_within(each, bits.take(_GAIN) - 1000) for each in (_GAINS, _GAINS, _GAINS, _GAPS)))
    first: tuple[int, ...] = ()
    without: tuple[int, ...] = ()
    changed: tuple[Changed, ...] = ()
    if bits.take(1):
        first, without = _taken_tags(bits, _MANY, PLAYER), _taken_tags(bits, _MANY + 1, PLAYER)
        changed = tuple(_taken_changed(bits) for _ in range(bits.take(_MANY)))
    return Recipe(
        build=build,
        clip=clip,
        near=near,
        palette=palette,
        valence=valence,
        arousal=arousal,
        moods=moods,
        tempo=tempo,
        tonic=tonic,
        mode=mode,
        metre=metre,
        seed=seed,
        take=1 if take is None else take,
        sounds=sounds,
        original=original,
        length=length,
        mix=mix,
        first=first,
        without=without,
        changed=changed,
    )


def _optional(bits: BitWriter, value: int | None, width: int) -> None:
    bits.put(value is not None, 1)
    if value is not None:
        bits.put(value, width)


def _taken(bits: BitReader, width: int, known: range | None = None) -> int | None:
    if not bits.take(1):
        return None
    value = bits.take(width)
    return value if known is None else _within(known, value)


def _within(known: range, value: int) -> int:
    """The value; raises `ValueError` where no build of ours writes it."""
    if value not in known:
        raise ValueError("out of range")
    return value


def _tags(bits: BitWriter, tags: tuple[int, ...], count: int, width: int) -> None:
    bits.put(len(tags), count)
    for tag in tags:
        bits.put(tag, width)


def _taken_tags(bits: BitReader, count: int, width: int) -> tuple[int, ...]:
    return tuple(bits.take(width) for _ in range(bits.take(count)))


def _seed(bits: BitWriter, seed: int) -> None:
    long = seed >= 1 << _SEED
    bits.put(long, 1)
    bits.put(seed, _LONG_SEED if long else _SEED)


def _taken_seed(bits: BitReader) -> int:
    return bits.take(_LONG_SEED if bits.take(1) else _SEED)


def _put_changed(bits: BitWriter, change: Changed) -> None:
    bits.put(change.cue, 10)
    bits.put(change.lean is not None, 1)
    if change.lean is not None:
        for away in change.lean:
            bits.put(away + _AWAY, 10)
        _tags(bits, change.moods, 2, MOOD)
    bits.put(change.seed != 0, 1)
    if change.seed:
        _seed(bits, change.seed)


def _taken_changed(bits: BitReader) -> Changed:
    cue, lean = bits.take(10), None
    moods: tuple[int, ...] = ()
    if bits.take(1):
        away = range(-_AWAY, _AWAY + 1)
        lean = (_within(away, bits.take(10) - _AWAY), _within(away, bits.take(10) - _AWAY))
        moods = _taken_tags(bits, 2, MOOD)
    return Changed(cue, lean, moods, _taken_seed(bits) if bits.take(1) else 0)


def _of(names: tuple[str, ...], place: int) -> str:
    if place >= len(names):
        raise ValueError("no such name")
    return names[place]
