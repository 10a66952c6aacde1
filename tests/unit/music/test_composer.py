"""A piece is valid, whole, its own, and the same every time."""

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise
from statistics import mean

import pytest

from benchmarks.composition import four_grams, jaccard, melody
from immersivaudio.audio import SAMPLE_RATE
from immersivaudio.music import PALETTES, Brief, Hit, Score, compose
from immersivaudio.music.harmony import loops
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.rhythm import KEYS
from immersivaudio.music.score import Note
from immersivaudio.music.theory import note_name
from tests.unit.music.briefs import brief, montage, ms

FINGERPRINT = """
from tests.unit.music.briefs import brief
from immersivaudio.music import compose
from hashlib import sha256
print(sha256(repr(compose(brief("jazz"))).encode()).hexdigest())
"""


def is_valid(score: Score) -> None:
    """Assert what every score promises to the renderer."""
    assert len({part.name for part in score.parts}) == len(score.parts)
    for part in score.parts:
        row = TABLE[part.instrument]
        assert [note.onset for note in part.notes] == sorted(note.onset for note in part.notes)
        for note in part.notes:
            assert 0 <= note.onset < score.length
            assert 0 < note.duration <= score.length - note.onset
            assert 1 <= note.velocity <= 127
            assert row.low <= note.pitch <= row.high, (part.name, note.pitch)


@pytest.mark.parametrize("palette", sorted(PALETTES))
def test_every_palette_lands_every_hit(palette: str) -> None:
    asked = brief(palette)
    score = compose(asked)
    is_valid(score)
    struck = {note.onset for part in score.parts for note in part.notes if note.accent}
    for hit, placed in zip(asked.hits, score.hits, strict=True):
        assert placed.sample == round(hit.time * SAMPLE_RATE)
        assert placed.sample in struck


@pytest.mark.parametrize("palette", sorted(PALETTES))
@pytest.mark.parametrize("seconds", [1.0, 2.5, 7.3, 18.0])
def test_short_clips_have_music_too(palette: str, seconds: float) -> None:
    score = compose(brief(palette, seconds))
    is_valid(score)
    assert score.length == round(seconds * SAMPLE_RATE)
    assert any(part.role not in {"effects", "drums"} for part in score.parts)


@pytest.mark.medium
@pytest.mark.parametrize("seconds", [2.5, 8.0, 30.0])
def test_music_begins_with_the_first_picture(seconds: float) -> None:
    """A groove's first downbeat waits up to 0.4 s for its cuts, and everybody waited with it."""
    late = {name: start for name in PALETTES if (start := _start(compose(brief(name, seconds)))) > 0.03}
    assert not late


@pytest.mark.medium
@pytest.mark.parametrize(
    ("palette", "without"),
    [
        ("reggae", ()),  # everything is off the beat
        ("deep house", ("pad", "bass")),
        ("techno", ("lead", "counter", "pad", "arp", "bass")),  # drums alone
        ("rock", ("drums",)),
    ],
)
def test_music_begins_with_the_first_picture_whoever_plays(palette: str, without: tuple[str, ...]) -> None:
    for seed in range(6):
        asked = replace(montage(seed), palette=palette, without=without)
        assert _start(compose(asked)) <= 0.03, seed


def _start(score: Score) -> float:
    """Return when the first note is heard, s; effects do not count."""
    return min(n.onset for part in score.parts if part.role != "effects" for n in part.notes) / SAMPLE_RATE


def test_drums_come_in_on_the_downbeat_over_a_chord_that_was_pushed() -> None:
    score = compose(brief("rock", 8.0))
    downbeat = score.beats[0].sample
    assert downbeat > 0.1 * SAMPLE_RATE
    assert abs(min(n.onset for p in score.parts if p.role == "drums" for n in p.notes) - downbeat) < 480
    guitars = [note for part in score.parts if part.role == "arp" for note in part.notes if note.onset < 480]
    assert guitars
    assert all(note.onset + note.duration > downbeat for note in guitars)


@pytest.mark.medium
def test_every_metre_a_palette_names_works() -> None:
    for name, palette in PALETTES.items():
        for metre in palette.metres:
            is_valid(compose(brief(name, 20.0, metre=metre)))


def test_a_dense_montage_is_struck_everywhere() -> None:
    hits = tuple(Hit(ms(0.23 * i), 0.5) for i in range(1, 80))
    score = compose(brief("rock", 20.0, hits=hits))
    is_valid(score)
    struck = {note.onset for part in score.parts for note in part.notes if note.accent}
    assert all(placed.sample in struck for placed in score.hits)


@pytest.mark.medium
def test_half_an_hour_is_composed() -> None:
    hits = tuple(Hit(ms(4.137 * i), (i % 7) / 7) for i in range(1, 430))
    is_valid(compose(brief("ambient", 1800.0, hits=hits)))


@pytest.mark.medium
def test_the_same_brief_gives_the_same_piece_in_another_process() -> None:
    runs = {
        subprocess.run([sys.executable, "-c", FINGERPRINT], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


@pytest.mark.medium
def test_no_two_of_a_hundred_seeds_sing_the_same_melody() -> None:
    songs = [four_grams(compose(brief("cinematic", seed=seed))) for seed in range(100)]
    assert all(songs)
    assert max(jaccard(a, b) for a, b in combinations(songs, 2)) <= 0.25


def test_another_take_is_another_piece_over_the_same_plan() -> None:
    first, second = compose(brief()), compose(brief(take=2))
    assert first.beats == second.beats
    assert first.hits == second.hits
    assert jaccard(four_grams(first), four_grams(second)) <= 0.25


@pytest.mark.medium
@pytest.mark.parametrize("changes", [{"seed": 77}, {"valence": -0.9, "arousal": 0.9}, {"intensity": 1.0}])
def test_changing_one_section_leaves_the_others_as_they_are(changes: dict[str, float]) -> None:
    asked = brief("hopeful", 60.0)
    sections = list(asked.sections)
    sections[1] = replace(sections[1], **changes)
    before, after = compose(asked), compose(replace(asked, sections=tuple(sections)))
    bounds = before.sections[1]
    assert bounds == after.sections[1]
    assert _outside(before, bounds.start, bounds.end) == _outside(after, bounds.start, bounds.end)
    assert before.parts != after.parts


def _outside(score: Score, start: int, end: int) -> dict[str, list[Note]]:
    """Return the notes outside a stretch."""
    kept = {part.name: [n for n in part.notes if not start <= n.onset < end] for part in score.parts}
    return {name: notes for name, notes in kept.items() if notes}


def test_a_returning_letter_brings_its_music_back() -> None:
    score = compose(brief("folk", 90.0))
    first, third = (
        [chord.name for chord in score.chords if lines[0] <= chord.beat < lines[1]]
        for lines in (_beats(score, 0), _beats(score, 2))
    )
    assert len(set(first) & set(third)) >= len(set(first)) / 2


@pytest.mark.medium
@pytest.mark.parametrize("palette", ["bossa", "epic", "jazz", "tense", "synthwave", "orchestral waltz"])
def test_what_was_sung_first_is_known_when_its_letter_returns(palette: str) -> None:
    """The theme came in on the answer's phrase and chords, and its return was the first time it was heard."""
    known = bars = 0
    for seed in range(4):
        score = compose(brief(palette, 60.0, seed=seed))
        stated, again = _theme(score, 0), _theme(score, 2)
        known += sum(a == b for a, b in zip(stated, again, strict=True))
        bars += len(again)
    assert known / bars >= 0.6


def _theme(score: Score, section: int) -> list[tuple[tuple[str, ...], tuple[Fraction, ...]]]:
    """Return roots and rhythm of the first three bars that are sung in a section."""
    found = []
    for line, after, notes in _sung(score, section)[:3]:
        roots = tuple(note_name(c.root) for c in score.chords if c.beat < after and c.beat + c.length > line)
        found.append((roots, tuple(note.beat - line for note in notes)))
    return found


@pytest.mark.medium
@pytest.mark.parametrize("name", sorted(PALETTES))
def test_a_style_that_goes_round_has_one_theme_and_the_others_have_a_second(name: str) -> None:
    """In a loop every letter begins alike, whatever it goes on with; elsewhere a new letter is a new tune."""
    alike = 0
    for seed in range(6):
        score = compose(brief(name, 60.0, seed=seed))
        alike += _gesture(score, 0) == _gesture(score, 1)
    assert alike >= 3 if loops(PALETTES[name]) else alike <= 1


def _gesture(score: Score, section: int) -> list[tuple[Fraction, int]]:
    """Return when the notes of the first bar sung in a section come, and which way each goes."""
    line, _, notes = _sung(score, section)[0]
    ways = [(b.pitch > a.pitch) - (b.pitch < a.pitch) for a, b in pairwise([notes[0], *notes])]
    return [(note.beat - line, way) for note, way in zip(notes, ways, strict=True)]


def _sung(score: Score, section: int) -> list[tuple[int, int, list[Note]]]:
    """Return beginning, end and the lead's notes of every bar from a section's first sung one on."""
    first, end = _beats(score, section)
    lead = sorted((n for n in melody(score) if first <= n.beat < end), key=lambda n: (n.beat, n.pitch))
    bars = [(a, b, [n for n in lead if a <= n.beat < b]) for a, b in pairwise(_lines(score))]
    opening = next(i for i, (_, _, notes) in enumerate(bars) if notes)
    return bars[opening:]


def _lines(score: Score) -> list[int]:
    """Return the beats on which bars begin."""
    return [i for i, beat in enumerate(score.beats) if beat.position == 0]


def test_a_clave_takes_two_bars() -> None:
    score = compose(brief("bossa", 60.0))
    bars = _struck(score, KEYS["rim"])
    three, two = {0, 3, 6}, {2, 5}
    assert sum(pair == (three, two) for pair in pairwise(bars)) >= 5
    assert not any(pair == (three, three) for pair in pairwise(bars)), "half of it again and again"


@pytest.mark.parametrize("metre", [(3, 4), (5, 4)])
def test_a_groove_that_was_not_written_for_a_metre_begins_with_every_bar(metre: tuple[int, int]) -> None:
    score = compose(brief("bossa", 60.0, metre=metre))
    bars = [bar for bar in _struck(score, KEYS["kick"]) if bar]
    assert len(bars) > 5
    assert sum(0 in bar for bar in bars) >= 0.9 * len(bars)


def _struck(score: Score, key: int) -> list[set[Fraction]]:
    """Return when a drum is struck in every bar, in eighths."""
    beats = {n.beat for p in score.parts if p.role == "drums" for n in p.notes if n.pitch == key}
    return [{2 * (beat - a) for beat in beats if a <= beat < b} for a, b in pairwise(_lines(score))]


def _beats(score: Score, section: int) -> tuple[Fraction, Fraction]:
    placed = score.sections[section]
    inside = [i for i, beat in enumerate(score.beats) if placed.start <= beat.sample < placed.end]
    return Fraction(inside[0]), Fraction(inside[-1] + 1)


def test_nobody_sings_while_someone_speaks() -> None:
    speech = ((Fraction(12), Fraction(19)), (Fraction(25), Fraction(27)))
    score = compose(brief("cinematic", speech=speech))
    assert melody(score)
    plain = compose(brief("cinematic"))
    for start, end in speech:
        inside = range(round(start * SAMPLE_RATE), round(end * SAMPLE_RATE))
        for part in score.parts:
            if part.role in {"lead", "counter"}:
                assert not any(n.onset in inside or n.onset + n.duration in inside[480:] for n in part.notes)
        assert _count(score, inside) < _count(plain, inside)


def _count(score: Score, inside: range) -> int:
    return sum(note.onset in inside for part in score.parts for note in part.notes)


@pytest.mark.medium
@pytest.mark.parametrize("banned", ["drums", "piano", "strings", "lead"])
def test_what_must_not_play_does_not(banned: str) -> None:
    for palette in ("epic", "melancholic piano", "rock"):
        score = compose(brief(palette, without=(banned,)))
        is_valid(score)
        assert score.parts
        for part in score.parts:
            assert banned not in {part.instrument, part.role, TABLE[part.instrument].stem}
            assert not (banned == "drums" and TABLE[part.instrument].stem == "percussion")


def test_a_preferred_instrument_plays() -> None:
    score = compose(brief("hopeful", instruments=("marimba", "fretless bass")))
    assert {"marimba", "fretless bass"} <= {part.instrument for part in score.parts}


def test_those_named_play_where_none_of_the_own_players_may() -> None:
    """As in a sheet whose palette was changed by hand, and its list of instruments was not."""
    own = tuple(player.instrument for player in PALETTES["lo-fi"].players)
    named = ("piano", "slow strings", "finger bass", "drum kit")
    score = compose(brief("lo-fi", 3.0, without=own, instruments=named))
    assert {part.instrument for part in score.parts if part.notes} == set(named)
    assert set(own) & {part.instrument for part in score.parts} == set()


def test_layers_enter_one_after_another() -> None:
    score = compose(brief("hopeful", 80.0))
    entries = sorted(part.notes[0].onset for part in score.parts if part.role != "effects")
    assert sum(onset < SAMPLE_RATE for onset in entries) <= 3
    assert len({onset // SAMPLE_RATE for onset in entries}) >= 5


@pytest.mark.medium
def test_the_end_is_an_ending() -> None:
    """The last chord is the tonic, struck together, held almost to the last sample, and then released."""
    for palette in PALETTES:
        score = compose(brief(palette, 33.0))
        assert score.chords[-1].root == 2
        last = max(note.onset + note.duration for part in score.parts for note in part.notes)
        assert SAMPLE_RATE * 0.2 <= score.length - last <= SAMPLE_RATE * 0.5, palette
        landing = score.beats[int(score.chords[-1].beat)].sample
        struck = [part for part in score.parts if any(abs(n.onset - landing) < 4800 for n in part.notes)]
        assert len(struck) >= 3, palette


@pytest.mark.parametrize("palette", ["epic", "house", "orchestral waltz"])
def test_somewhere_there_is_silence_on_purpose(palette: str) -> None:
    """For a moment before the last chord nobody holds a note; only a riser may be in the air."""
    score = compose(brief(palette))
    landing = score.beats[int(score.chords[-1].beat)].sample
    notes = [n for p in score.parts if p.role != "effects" for n in p.notes if n.onset < landing]
    held = silence = 0
    for note in sorted(notes, key=lambda note: note.onset):
        silence = max(silence, note.onset - held)
        held = max(held, note.onset + note.duration)
    assert max(silence, landing - held) >= 0.2 * SAMPLE_RATE


@pytest.mark.parametrize("seed", range(8))
def test_random_cut_lists_make_valid_pieces(seed: int) -> None:
    is_valid(compose(montage(seed)))


def test_loudness_follows_the_picture() -> None:
    curve = tuple(0.1 if i < 80 else 0.9 for i in range(160))
    score = compose(brief("cinematic", 40.0, dynamics=curve))
    assert len(score.dynamics) == 160
    quiet, loud = score.dynamics[20:70], score.dynamics[90:140]
    assert 6 <= sum(loud) / 50 - sum(quiet) / 50 <= 12


def test_a_hit_is_soft_under_speech_and_struck_in_full_just_before() -> None:
    hits = tuple(Hit(ms(second), 0.9) for second in (10.0, 16.0, 22.0))
    score = compose(brief("ambient", 40.0, hits=hits, speech=((ms(16.2), ms(25.0)),)))
    struck = [
        max(n.velocity for part in score.parts for n in part.notes if n.accent and n.onset == hit.sample)
        for hit in score.hits
    ]
    assert struck[0] == pytest.approx(struck[1], abs=3)
    assert struck[2] < struck[0] - 10


def test_a_chord_struck_into_one_that_rings_is_another_one() -> None:
    hits = (Hit(ms(10.0), 0.9), Hit(ms(11.2), 0.9), Hit(ms(20.0), 0.9))
    score = compose(brief("melancholic piano", 40.0, hits=hits))
    chords = [
        [n.pitch for p in score.parts if p.name == "piano accents" for n in p.notes if n.onset == hit.sample]
        for hit in score.hits
    ]
    assert all(chords)
    assert mean(chords[1]) > mean(chords[0]) + 2


def test_the_ride_is_the_pictures_and_wider_for_a_stirring_piece() -> None:
    curve = tuple(0.1 if i < 80 else 0.9 for i in range(160))
    widths = []
    for arousal in (-0.8, 0.8):
        ride = compose(brief("cinematic", 40.0, dynamics=curve, arousal=arousal)).ride
        widths.append(mean(ride[90:140]) - mean(ride[20:70]))
    assert 4 <= widths[0] < widths[1] - 1 <= 12
    assert compose(brief("cinematic", 40.0)).ride == ()
    assert compose(brief("cinematic", 40.0, dynamics=(0.5,) * 160)).ride == ()


def test_more_of_them_play_where_the_picture_moves_more() -> None:
    curve = tuple(0.05 if 60 < i < 100 else 0.6 for i in range(160))
    score = compose(brief("cinematic", 40.0, dynamics=curve))
    assert len(_playing(score, 16.5, 23.5)) < len(_playing(score, 26.5, 33.5))


def _playing(score: Score, start: float, end: float) -> set[str]:
    first, last = start * SAMPLE_RATE, end * SAMPLE_RATE
    return {p.name for p in score.parts if any(first <= n.onset < last and not n.accent for n in p.notes)}


def test_unknown_palettes_and_tonics_are_refused() -> None:
    asked: Brief = brief()
    with pytest.raises(KeyError):
        compose(replace(asked, palette="polka"))
    with pytest.raises(ValueError, match="note name"):
        compose(replace(asked, tonic="H"))
