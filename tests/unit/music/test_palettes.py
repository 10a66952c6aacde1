"""Every palette's table is complete and consistent, so that adding one is only writing one."""

import pytest

from immersivaudio.music import PALETTES, Palette
from immersivaudio.music.harmony import PROGRESSIONS, chord
from immersivaudio.music.harmony.tables import BORROWED, CADENCE_OF, CADENCES
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.melody import CELLS
from immersivaudio.music.rhythm import BASS, COMPING, FILLS, GROOVES, KEYS
from immersivaudio.music.theory import MODES

ASKED_FOR = {
    "cinematic", "epic", "tense", "horror", "melancholic piano", "hopeful", "ambient", "lo-fi", "synthwave",
    "house", "hip-hop", "folk", "jazz", "bossa", "rock", "comedic pizzicato", "chiptune", "orchestral waltz",
}  # fmt: skip
SIXTEENTHS = {"4/4": 16, "3/4": 12, "6/8": 12}


def test_all_eighteen_are_there() -> None:
    assert set(PALETTES) >= ASKED_FOR


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_everything_a_palette_names_exists(palette: Palette) -> None:
    tables = {"pad": COMPING, "arp": COMPING, "bass": BASS, "drums": GROOVES}
    for player in palette.players:
        row = TABLE[player.instrument]
        assert player.role in {"lead", "counter"} or player.pattern in tables[player.role]
        assert player.role == "drums" or row.low <= player.centre <= row.high, player
    for accent in palette.accents:
        assert accent.instrument in TABLE
    assert palette.lead.cells in CELLS
    assert palette.harmony in PROGRESSIONS
    assert palette.harmony in CADENCE_OF
    assert set(palette.modes) <= set(MODES)
    assert all(name in TABLE for name in (palette.riser, palette.roll) if name)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=lambda palette: palette.name)
def test_a_palette_can_play_a_piece(palette: Palette) -> None:
    assert len({player.title for player in palette.players}) == len(palette.players)
    assert {"lead", "bass"} <= {player.role for player in palette.players}
    assert sum(player.enters == 0 for player in palette.players) >= 2, "someone must always play"
    assert min(accent.weakest for accent in palette.accents) == 0, "every hit must be struck"
    assert 40 <= palette.tempo[0] < palette.tempo[1] <= 180
    assert 6 <= palette.dynamic_range <= 12
    assert len(palette.words) >= 8
    assert list(palette.modes) == [mode for mode in MODES if mode in palette.modes], "darkest first"


def test_no_two_palettes_answer_to_the_same_word() -> None:
    words = [word for palette in PALETTES.values() for word in palette.words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("table", [COMPING, BASS], ids=["comping", "bass"])
def test_figures_are_one_bar_long(table: dict[str, dict[str, tuple[tuple[str, ...], ...]]]) -> None:
    for name, metres in table.items():
        for metre, grades in metres.items():
            assert len(grades) == 4, name
            assert all(len(figure) == SIXTEENTHS[metre] for grade in grades for figure in grade), name


def test_grooves_and_fills_use_drums_that_exist() -> None:
    for name, metres in GROOVES.items():
        for metre, grades in metres.items():
            assert len(grades) == 4, name
            for groove in grades:
                bars = [bar for lane in groove.values() for bar in lane.split("|")]
                assert all(len(bar) == SIXTEENTHS[metre] for bar in bars), name
                assert set(groove) <= set(KEYS)
    assert all(set(fill) <= set(KEYS) for fills in FILLS.values() for fill in fills)


def test_every_numeral_is_a_chord() -> None:
    progressions = [p for modes in PROGRESSIONS.values() for table in modes.values() for p in table]
    closes = [c for modes in CADENCES.values() for table in modes.values() for c in table]
    borrowed = [symbol for pairs in BORROWED.values() for pair in pairs for symbol in pair]
    assert all(progression.count("|") == 3 for progression in progressions)
    for text in (*progressions, *closes, *borrowed):
        for symbol in text.replace("|", " ").split():
            assert len(chord(symbol, 7).pitches) >= 3
