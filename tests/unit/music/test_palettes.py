"""Every palette's table is complete and consistent, so that adding one is only writing one."""

import pytest

from docs import styles
from immersivaudio.music import PALETTES, Palette
from immersivaudio.music.harmony import PROGRESSIONS, chord
from immersivaudio.music.harmony.tables import BORROWED, CADENCE_OF, CADENCES
from immersivaudio.music.instruments import TABLE
from immersivaudio.music.melody import CELLS
from immersivaudio.music.rhythm import BASS, COMPING, FILL_OF, FILLS, GROOVES, KEYS, ROWS
from immersivaudio.music.theory import MODES, SCALES

ASKED_FOR = {
    "cinematic", "epic", "tense", "horror", "melancholic piano", "hopeful", "ambient", "lo-fi", "synthwave",
    "house", "hip-hop", "folk", "jazz", "bossa", "rock", "comedic pizzicato", "chiptune", "orchestral waltz",
}  # fmt: skip
NAMED = {
    "trap", "phonk", "boom bap", "drill", "reggaeton", "pop", "techno", "trance", "deep house",
    "drum and bass", "dubstep", "disco", "funk", "reggae", "metal", "punk", "indie rock", "country", "blues",
    "r&b",
    "gospel", "salsa", "cumbia", "samba", "tango", "mariachi", "afrobeats", "bollywood", "celtic jig",
    "celtic reel", "flamenco", "klezmer", "christmas", "circus march", "military march", "news", "corporate",
    "solo piano", "string quartet", "big band", "baroque", "lullaby", "wedding", "vaporwave",
    "japanese drama", "korean drama", "epic choir",
}  # fmt: skip


def test_every_style_that_was_asked_for_is_there() -> None:
    assert set(PALETTES) >= ASKED_FOR | NAMED


def test_the_page_of_styles_is_up_to_date() -> None:
    assert styles.PAGE.read_text() == styles.page(), "run: python -m docs.styles"


def test_no_two_styles_share_groove_bass_and_harmony() -> None:
    plans = {name: _plan(palette) for name, palette in PALETTES.items()}
    assert len(set(plans.values())) == len(plans)
    assert all(palette.source for palette in PALETTES.values())


def _plan(palette: Palette) -> tuple[object, ...]:
    """Who drums, who plays the bass, on which harmony; without drums, what the first accompanist plays."""
    by_role = {
        role: [p.pattern for p in palette.players if p.role == role] for role in ("drums", "bass", "arp")
    }
    return palette.harmony, tuple(by_role["bass"]), tuple(by_role["drums"] or by_role["arp"])


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
    assert not palette.lead.scale or palette.lead.scale in SCALES
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
    assert 40 <= palette.tempo[0] < palette.tempo[1] <= 200
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
            bars = [bar for grade in grades for figure in grade for bar in figure.split("|")]
            assert all(len(bar) == ROWS[metre] for bar in bars), name


def test_grooves_and_fills_use_drums_that_exist() -> None:
    for name, metres in GROOVES.items():
        for metre, grades in metres.items():
            assert len(grades) == 4, name
            for groove in grades:
                bars = [bar for lane in groove.values() for bar in lane.split("|")]
                # Sixteenths; or triplets, sextuplets, thirty-seconds, triplets of sixteenths.
                finest = {ROWS[metre] * share // 4 for share in (3, 4, 6, 8, 12)}
                assert all(len(bar) in finest for bar in bars), name
                assert set(groove) <= set(KEYS)
    assert all(set(fill) <= set(KEYS) for fills in FILLS.values() for fill in fills)
    assert set(FILL_OF) <= set(GROOVES)
    assert set(FILL_OF.values()) <= set(FILLS)


def test_every_numeral_is_a_chord() -> None:
    progressions = [p for modes in PROGRESSIONS.values() for table in modes.values() for p in table]
    closes = [c for modes in CADENCES.values() for table in modes.values() for c in table]
    borrowed = [symbol for pairs in BORROWED.values() for pair in pairs for symbol in pair]
    assert {progression.count("|") + 1 for progression in progressions} <= {4, 8, 12}
    for text in (*progressions, *closes, *borrowed):
        for symbol in text.replace("|", " ").split():
            assert len(chord(symbol, 7).pitches) >= 3 - symbol.endswith("5")
