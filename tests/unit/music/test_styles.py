"""What a listener knows a style by is in the notes: its drums, its bass, its harmony, its scale."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise
from statistics import mean, median

import pytest

from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music import PALETTES, Score, Section, compose
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.rhythm import KEYS
from immersivaudio.music.score import Note, Part
from immersivaudio.music.tempo_map import Metre
from immersivaudio.music.theory import MODES, pitch_class
from tests.unit.music.briefs import brief, ms

FOUR = {0, 4, 8, 12}
BACK = {4, 12}
OFF = {2, 6, 10, 14}
DRUMS: list[tuple[str, str, set[int], set[int]]] = [
    # palette, drum, sixteenths it strikes in every bar, sixteenths it leaves alone
    ("house", "kick", FOUR, set()),
    ("house", "open", OFF, FOUR),
    ("deep house", "kick", FOUR, set()),
    ("techno", "kick", FOUR, set()),
    ("techno", "low tom", set(), FOUR),
    ("trance", "kick", FOUR, set()),
    ("trance", "open", OFF, FOUR),
    ("disco", "kick", FOUR, set()),
    ("disco", "open", OFF, FOUR),
    ("phonk", "kick", FOUR, set()),
    ("drum and bass", "snare", {4}, {0, 8}),
    ("drum and bass", "kick", {0, 10}, FOUR - {0}),
    ("dubstep", "snare", {8}, BACK),
    ("trap", "snare", {8}, BACK),
    ("boom bap", "snare", BACK, {0, 8}),
    ("funk", "snare", {4}, {0}),
    ("synthwave", "snare", BACK, {0, 8}),
    ("reggae", "kick", BACK, {2, 6, 10, 14}),
    ("reggae", "rim", BACK, {0, 8}),
    ("reggaeton", "kick", FOUR, set()),
    ("reggaeton", "snare", {3, 6, 11, 14}, {0, 4, 8, 12}),
    ("salsa", "claves", {2, 4, 8, 11, 14}, {0, 6, 12}),
    ("samba", "low surdo", {4, 12}, {0, 8}),
    ("samba", "shaker", set(range(16)), set()),
    ("afrobeats", "rim", {0, 3, 6, 10, 12}, {4, 8}),
    ("cumbia", "guiro", {0, 2, 3, 4, 6, 7, 8, 10, 11, 12}, {1, 5, 9, 13}),
    ("flamenco", "clap", {4, 8, 12}, {2, 6}),
    ("bollywood", "high conga", {0, 4, 6, 8, 12, 14}, {2, 10}),
    ("rock", "snare", BACK, {0, 8}),
    ("country", "brush", {2, 6, 10, 14}, set()),
    ("blues", "snare", BACK, {0, 8}),
    ("christmas", "jingle bell", {0, 2, 4, 6, 8, 10, 12, 14}, set()),
    ("military march", "kick", {0, 8}, {4, 12}),
    ("circus march", "kick", FOUR, OFF),
    ("klezmer", "snare", OFF, FOUR),
    ("big band", "pedal", BACK, {0, 8}),
    ("corporate", "clap", BACK, {0, 8}),
    ("news", "woodblock", {0, 2, 3, 4, 6, 8, 9, 11, 12, 14}, {1, 5, 7}),
]


@cache
def piece(palette: str, seconds: float = 30.0, tempo: float = 0.0, metre: tuple[int, int] = (0, 0)) -> Score:
    """One section without cuts, played as fully as its home asks."""
    own = PALETTES[palette]
    section = Section(Fraction(0), ms(seconds), "A", own.valence, max(own.arousal, 0.3), 0.6)
    asked = brief(palette, seconds, sections=(section,), hits=(), metre=metre if metre[0] else own.metres[0])
    return compose(replace(asked, tempo=tempo or asked.tempo))


def parts(score: Score, role: str) -> list[Part]:
    return [part for part in score.parts if part.role == role]


def bars(score: Score, notes: list[Note]) -> list[list[tuple[Fraction, Note]]]:
    """For every bar but the first two and the last two, (sixteenth in the bar, note)."""
    each = Metre.of(score.metre).sixteenths
    starts = [Fraction(i) for i, beat in enumerate(score.beats) if beat.position == 0]
    return [
        [((n.beat - start) * each, n) for n in notes if start <= n.beat < end]
        for start, end in pairwise(starts[2:-2])
    ]


def struck(score: Score, drum: str) -> list[set[Fraction]]:
    notes = [n for part in parts(score, "drums") for n in part.notes if n.pitch == KEYS[drum]]
    return [{place for place, _ in bar} for bar in bars(score, notes)]


@pytest.mark.parametrize(("palette", "drum", "yes", "no"), DRUMS, ids=[f"{p} {d}" for p, d, _, _ in DRUMS])
def test_the_groove_is_the_styles_own(palette: str, drum: str, yes: set[int], no: set[int]) -> None:
    heard = [bar for bar in struck(piece(palette), drum) if bar]
    assert len(heard) >= 3
    right = [yes - {0} <= bar and not no & bar for bar in heard]
    assert mean(right) >= 0.6, [sorted(map(float, bar)) for bar in heard[:6]]


def test_trap_hats_roll_and_its_bass_slides() -> None:
    score = piece("trap")
    hats = [n.beat for part in parts(score, "drums") for n in part.notes if n.pitch == KEYS["hat"]]
    gaps = {b - a for a, b in pairwise(hats) if b > a}
    assert Fraction(1, 8) in gaps
    assert any(note.slide for part in parts(score, "bass") for note in part.notes)


def test_drill_puts_its_second_snare_late_and_never_stops_sliding() -> None:
    score = piece("drill")
    places = [tuple(sorted(bar)) for bar in struck(score, "snare") if bar]
    assert {(8,), (12,)} <= set(places)
    assert sum(bool(n.slide) for part in parts(score, "bass") for n in part.notes) >= 4


def test_a_blues_is_twelve_bars() -> None:
    score = piece("blues", 70.0)
    roots = {}
    tonic = pitch_class(score.tonic)
    starts = [i for i, beat in enumerate(score.beats) if beat.position == 0]
    for chord in score.chords[:-1]:
        for number, start in enumerate(starts):
            if chord.beat <= start < chord.beat + chord.length:
                roots[number] = (chord.root - tonic) % 12
    assert len(roots) >= 24
    for bar, root in roots.items():
        allowed = [{0}, {0, 5}, {0}, {0}, {5}, {5}, {0}, {0}, {7, 8}, {5, 7}, {0}, {7}][bar % 12]
        assert root in allowed, bar


def test_a_tumbao_leaves_the_one_to_the_chord_it_anticipated() -> None:
    score = piece("salsa")
    (bass,) = parts(score, "bass")
    inside = bars(score, list(bass.notes))
    assert mean(0 in {place for place, _ in bar} for bar in inside) <= 0.2
    tied = [n for bar in inside for place, n in bar if place + n.length * 4 > 16]
    assert len(tied) >= len(inside) * 0.7


def test_marcato_is_a_tangos_drum() -> None:
    score = piece("tango")
    assert not parts(score, "drums")
    marked = [n for part in parts(score, "arp") for n in part.notes]
    places = Counter(place for bar in bars(score, marked) for place, _ in bar)
    assert sum(places[p] for p in FOUR) >= 0.7 * sum(places.values())


@pytest.mark.parametrize(
    "palette", ["tango", "mariachi", "string quartet", "solo piano", "lullaby", "baroque"]
)
def test_some_music_has_no_drums(palette: str) -> None:
    assert not parts(piece(palette), "drums")


def test_four_play_a_quartet_and_one_a_piano() -> None:
    assert {part.instrument for part in piece("string quartet").parts} <= {"violin", "viola", "solo cello"}
    assert {part.instrument for part in piece("solo piano").parts} == {"piano"}


@pytest.mark.parametrize("palette", ["flamenco", "klezmer", "balkan brass"])
def test_an_augmented_second_is_heard(palette: str) -> None:
    score = piece(palette)
    assert score.mode in {"phrygian dominant", "harmonic minor"}
    tonic = pitch_class(score.tonic)
    sung = Counter((n.pitch - tonic) % 12 for part in parts(score, "lead") for n in part.notes)
    assert sum(sung[pc] for pc in MODES[score.mode]) >= 0.9 * sum(sung.values())


def test_flamenco_rests_on_the_step_above() -> None:
    score = piece("flamenco")
    tonic = pitch_class(score.tonic)
    assert {(chord.root - tonic) % 12 for chord in score.chords} >= {0, 1}


def test_bulerias_go_round_in_twelve() -> None:
    score = piece("flamenco", 30.0, 70.0, (12, 8))
    claps = [n for part in parts(score, "drums") for n in part.notes if n.pitch == KEYS["clap"]]
    inside = [{place for place, _ in bar} for bar in bars(score, claps) if bar]
    # Twelve, three, six, eight and ten, two sixteenths a count.
    assert mean({6, 12, 16, 20} <= bar for bar in inside) >= 0.7


def test_seven_eighths_limp() -> None:
    score = piece("balkan brass")
    kicks = [n for part in parts(score, "drums") for n in part.notes if n.pitch == KEYS["kick"]]
    inside = [{place for place, _ in bar} for bar in bars(score, kicks) if bar]
    assert score.metre == (7, 8)
    assert mean({4, 8} <= bar and not bar & {2, 6, 10} for bar in inside) >= 0.6


def test_a_jig_runs_in_eighths_and_a_reel_in_sixteenths() -> None:
    for palette, wanted in (("celtic jig", 4.5), ("celtic reel", 8)):
        score = piece(palette)
        (lead,) = parts(score, "lead")
        assert mean(len(bar) for bar in bars(score, list(lead.notes)) if bar) >= wanted, palette


@pytest.mark.parametrize("palette", ["rock", "punk", "metal"])
def test_driven_guitars_lead_and_play_no_thirds(palette: str) -> None:
    score = piece(palette)
    driven = [part for part in parts(score, "arp") if TABLE[part.instrument].amp in {"driven", "high gain"}]
    assert driven
    for part in driven:
        together: dict[Fraction, set[int]] = {}
        for note in part.notes:
            together.setdefault(note.beat, set()).add(note.pitch % 12)
        intervals = {(b - a) % 12 for chord in together.values() for a in chord for b in chord}
        assert not intervals & {3, 4, 8, 9}, part.name
    assert TABLE[parts(score, "lead")[0].instrument].amp


def test_bass_and_guitars_are_silent_in_the_holes_of_funk() -> None:
    score = piece("funk")
    (bass,) = parts(score, "bass")
    inside = bars(score, list(bass.notes))
    assert mean(len(bar) for bar in inside) <= 9
    ghosts = [n for part in parts(score, "drums") for n in part.notes if n.pitch == KEYS["snare"]]
    assert min(n.velocity for n in ghosts) < max(n.velocity for n in ghosts) - 30


def test_a_snare_is_laid_back_where_the_style_is() -> None:
    for palette in ("boom bap", "lo-fi"):
        score = piece(palette)
        unit = [beat.sample for beat in score.beats]
        late = [
            (n.onset - unit[int(n.beat)]) / SAMPLE_RATE
            for part in parts(score, "drums")
            for n in part.notes
            if n.pitch == KEYS["snare"] and n.beat.denominator == 1 and n.beat < len(unit)
        ]
        assert 0.008 <= median(late) <= 0.03, palette


def test_the_faster_a_big_band_the_straighter_it_swings() -> None:
    shares = []
    for tempo in (130.0, 200.0):
        score = piece("big band", 30.0, tempo)
        rides = [n for part in parts(score, "drums") for n in part.notes if n.pitch == KEYS["ride"]]
        beats = [beat.sample for beat in score.beats]
        off = [
            (n.onset - beats[int(n.beat)]) / (beats[int(n.beat) + 1] - beats[int(n.beat)])
            for n in rides
            if n.beat % 1 == Fraction(1, 2) and int(n.beat) + 1 < len(beats)
        ]
        shares.append(median(off))
    assert shares[0] > 0.69
    assert 0.62 <= shares[1] <= 0.70
    assert shares[0] - shares[1] > 0.03


def test_christmas_has_its_minor_fourth() -> None:
    names = {chord.name for seed in range(4) for chord in _with_seed("christmas", seed).chords}
    assert any(name.endswith("m6") for name in names)


def _with_seed(palette: str, seed: int) -> Score:
    return compose(brief(palette, 40.0, seed=seed))


@pytest.mark.parametrize("palette", sorted(PALETTES))
def test_everybody_stays_where_their_instrument_sounds(palette: str) -> None:
    for part in piece(palette, 20.0).parts:
        row = TABLE[part.instrument]
        keys = set(KEYS.values()) if part.role == "drums" else set(range(row.low, row.high + 1))
        outside = {note.pitch for note in part.notes} - keys
        assert part.role == "effects" or not outside, part.name


ROOTS = ["country", "bluegrass", "cumbia", "lullaby", "string quartet"]
AT_HOME = frozenset({0, 2, 4, 5, 7, 9, 11})
"""Semitones of a major scale."""


@pytest.mark.medium
@pytest.mark.parametrize("palette", ROOTS)
def test_old_styles_leave_the_key_by_a_dominant_that_arrives(palette: str) -> None:
    """No chord of another mode stands in a song of three chords; what is foreign leads to what follows."""
    for seed in range(1, 7):
        score = compose(brief(palette, 50.0, mode="ionian", seed=seed))
        tonic = pitch_class(score.tonic)
        for foreign, following in pairwise(score.chords):
            if not {(pc - tonic) % 12 for pc in foreign.pitches} <= AT_HOME:
                assert (foreign.root - following.root) % 12 == 7, (seed, foreign.name, following.name)


@pytest.mark.medium
@pytest.mark.parametrize("palette", ["celtic jig", "celtic reel"])
def test_a_celtic_tune_stays_in_its_scale(palette: str) -> None:
    scores = [compose(brief(palette, 50.0, seed=seed)) for seed in range(1, 5)]
    names = {chord.name for score in scores for chord in score.chords}
    assert names <= {"D", "Em", "G", "A", "Bm", "C", "A7"}


@pytest.mark.medium
@pytest.mark.parametrize(
    ("palette", "low", "high"),
    [
        # From an open string to the end of the first position, a fiddler's hand stays where it is.
        ("bluegrass", 66, 77),
        ("celtic jig", 66, 77),
        ("celtic reel", 66, 77),
        ("country", 66, 77),
        ("circus march", 78, 90),
        ("ska", 64, 75),
    ],
)
def test_a_tune_lies_where_its_player_plays_tunes(palette: str, low: int, high: int) -> None:
    notes = [
        note
        for seed in (1, 2, 3)
        for part in parts(compose(brief(palette, 50.0, seed=seed)), "lead")
        for note in part.notes
    ]
    assert low <= median(note.pitch for note in notes) <= high


@pytest.mark.medium
@pytest.mark.parametrize("palette", ["house", "synthwave", "trance", "gospel", "rock", "dubstep"])
def test_who_the_style_stands_on_is_not_kept_waiting(palette: str) -> None:
    """In a minute of it, the drums are there after 5 s."""
    drums = parts(compose(brief(palette, 60.0)), "drums")[0]
    assert drums.notes[0].onset < 5 * SAMPLE_RATE


@pytest.mark.parametrize(
    ("palette", "mode"),
    [("blues", "mixolydian"), ("jazz", "ionian"), ("boom bap", "dorian"), ("synthwave", "dorian")],
)
def test_at_home_a_style_has_its_usual_mode(palette: str, mode: str) -> None:
    assert compose(brief(palette, 30.0)).mode == mode
