"""A share code survives chats and typing fingers, or says that it did not."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from immersivaudio.music.instruments import TABLE
from immersivaudio.music.palettes import PALETTES
from immersivaudio.share import BadShareError, Changed, Mix, NewerShareError, Recipe, find, read, write
from immersivaudio.share.bit_packing import tag
from immersivaudio.share.recipe import METRES, MODES, MOOD, ORIGINALS, PALETTE, PLAYER, TONICS
from immersivaudio.stages.enhance.vocabulary import MOODS

ORDINARY = Recipe(
    build=1234,
    clip=None,
    near=False,
    palette=77,
    valence=60,
    arousal=-12,
    moods=(99,),
    tempo=923,
    tonic="Eb",
    mode="dorian",
    metre="3/4",
    seed=3_405_691_582,
)


def number(bits: int) -> st.SearchStrategy[int]:
    return st.integers(0, 2**bits - 1)


def signed(most: int) -> st.SearchStrategy[int]:
    return st.integers(-most, most)


def tags(bits: int, most: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.lists(number(bits), max_size=most).map(tuple)


changes = st.one_of(
    st.builds(
        Changed, st.integers(0, 1023), st.tuples(signed(400), signed(400)), tags(14, 3), seed=number(53)
    ),
    st.builds(Changed, st.integers(0, 1023), seed=st.integers(1, 2**53 - 1)),
)
recipes = st.builds(
    Recipe,
    build=number(12),
    clip=st.none() | number(12),
    near=st.booleans(),
    palette=number(12),
    valence=signed(100),
    arousal=signed(100),
    moods=tags(14, 2),
    tempo=st.integers(400, 2400),
    tonic=st.sampled_from(TONICS),
    mode=st.sampled_from(MODES),
    metre=st.sampled_from(METRES),
    seed=number(32) | number(63),
    take=st.integers(1, 1_000_000),
    sounds=st.booleans(),
    original=st.sampled_from(ORIGINALS),
    length=st.none() | st.integers(100, 60_000),
    mix=st.just(Mix()) | st.builds(Mix, signed(600), signed(600), signed(600), st.integers(0, 400)),
    first=tags(14, 5),
    without=tags(14, 10),
    changed=st.lists(changes, max_size=4).map(tuple),
)


@pytest.mark.medium
@given(recipes)
def test_what_was_written_is_read(recipe: Recipe) -> None:
    code = write(recipe)
    assert read(code) == recipe
    assert find(f"please {code} thanks") == (code, "please thanks")


def test_an_ordinary_code_is_short_and_plain() -> None:
    code = write(ORDINARY)
    assert len(code) <= 40
    assert re.fullmatch(r"IV(-[0-9A-HJKMNP-TV-Z]{1,5})+", code)  # as it is in addresses, markup and forms


@pytest.mark.medium
@given(recipes)
def test_case_hyphens_and_letters_that_look_like_digits_do_not_matter(recipe: Recipe) -> None:
    code = write(recipe)
    body = code.removeprefix("IV-").replace("-", "").lower()
    told = "iv-" + body.replace("0", "o").replace("1", "l")
    assert read(told) == recipe
    assert find(told) == (told, "")
    assert read(code.replace("-", "‑")) == recipe  # as word processors write it


def slips(code: str) -> set[str]:
    """Every wrong character, two changed places, one left out, one twice, the end cut off."""
    body = code.removeprefix("IV-").replace("-", "")
    made: set[str] = set()
    for place, letter in enumerate(body):
        before, after = body[:place], body[place + 1 :]
        made |= {before + other + after for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZU" if other != letter}
        made |= {before + after, before + letter + letter + after, before}
        if after:
            made.add(before + after[0] + letter + after[1:])
    return {f"IV-{slip}" for slip in made - {body}}


def test_a_slip_is_noticed() -> None:
    known = slips(write(ORDINARY))
    unnoticed = []
    for slip in known:
        try:
            read(slip)
        except BadShareError:
            continue
        except NewerShareError:
            pass
        unnoticed.append(slip)
    assert len(known) > 900
    assert len(unnoticed) <= 1, unnoticed  # 15 bits of checksum


@pytest.mark.parametrize(
    "text", ["", "IV-", "IV-UUUUUUUUUUUU", "IV-" + "0" * 400, "hello", "IV-\0\0", "ſ" * 20]
)
def test_nonsense_is_damaged(text: str) -> None:
    with pytest.raises(BadShareError, match="damaged; copy it again"):
        read(text)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "hopeful",
        "iv-drip",
        "Henry IV-part 2",
        "ivory tower",
        "not sad, 120 bpm",
        "xiv-aaaaaaaaaaaa",
        "Rocky IV-1980s synths",
        "ii-V7-IV-V7-I6",
    ],
)
def test_moods_are_no_codes(words: str) -> None:
    assert find(words) == ("", words)


@pytest.mark.parametrize("kept", [8, 9, 11, 15])
def test_a_code_that_was_cut_off_is_damaged_and_no_mood(kept: int) -> None:
    code, rest = find(f"{write(ORDINARY)[:kept]} darker")
    assert (code, rest) == (write(ORDINARY)[:kept], "darker")
    with pytest.raises(BadShareError, match="copy it again"):
        read(code)


def test_a_code_of_a_later_format_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("immersivaudio.share.recipe.FORMAT", 2)
    later = write(ORDINARY)
    with pytest.raises(NewerShareError, match="another version"):
        read(later)


def test_no_two_names_of_a_table_share_a_tag() -> None:
    roles = {"lead", "counter", "pad", "arp", "bass", "drums", "effects"}
    players = {*TABLE, *(row.stem for row in TABLE.values()), *roles}
    for names, width in (
        (set(PALETTES), PALETTE),
        ({m.name for m in MOODS.values()}, MOOD),
        (players, PLAYER),
    ):
        assert len({tag(name, width) for name in names}) == len(names)


def test_a_number_that_does_not_fit_is_refused_rather_than_bent() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        write(replace(ORDINARY, take=2**20))


@pytest.mark.parametrize(
    "beyond",
    [
        {"take": 0}, {"length": 0}, {"length": 60_001}, {"length": 99}, {"tempo": 0}, {"valence": 120},
        {"mix": Mix(music=1000)}, {"mix": Mix(gap=-10)},
    ],
)  # fmt: skip
def test_a_code_that_no_build_writes_is_damaged(beyond: dict[str, object]) -> None:
    """Its checksum is right; read as it stands, its request could not be written down."""
    with pytest.raises(BadShareError):
        read(write(replace(ORDINARY, **beyond)))  # type: ignore[arg-type]


OLD = (
    (
        "IV-56J04-TZ9W2-B6MA0-00000-3G9VX",
        Recipe(
            build=1234, clip=None, near=False, palette=77, valence=25, arousal=-40, moods=(), tempo=1203,
            tonic="F#", mode="dorian", metre="6/8", seed=7,
        ),
    ),
    (
        "IV-400ZZ-ZZZG1-J4007-ZZRCG-00XZZ-ZZZZZ-ZZZZN-600FA-J",
        Recipe(
            build=0, clip=4095, near=True, palette=4095, valence=-100, arousal=100, moods=(1, 16383),
            tempo=200, tonic="C", mode="ionian", metre="4/4", seed=2**32 - 1, take=1048575, sounds=True,
            original="replace", length=60000,
        ),
    ),
    (
        "IV-7ZZ80-200CG-0600C-01002-ZM2KW-C0400-00000-000R0-00M06-968CG-3V741-1G010-05ZZW-100J3-008"
        "00-0005Z-ZG0CG-401Y0-00080-00000-000XJ-1J40S-GZ",
        Recipe(
            build=4095, clip=1, near=False, palette=0, valence=100, arousal=-100, moods=(3, 4, 5), tempo=4000,
            tonic="Bb", mode="phrygian dominant", metre="12/8", seed=2**53 + 1, take=2, original="keep",
            length=100, mix=Mix(music=-600, sounds=600, original=-15, gap=600), first=(1, 2, 16383),
            without=(9,),
            changed=(
                Changed(0, None, (), 5), Changed(1023, (-400, 400), (7,), 2**40), Changed(3, (0, 1), (), 0),
            ),
        ),
    ),
    (
        "IV-40900-AS348-043GJ-ER000-00005-YGZ8F-M9C40-ZG000-02008-00R02-00500-C00W0-2004G-0A00P-01G"
        "03-80700-F0100-2404G-09G0M-01A02-R05R0-C00S0-1M03C-0700E-G0Y01-Y0400-880H0-13028-04M09-G0K"
        "G1-802J0-580AR-0P01D-02W05-W0C00-RG1J0-3606G-0D80V-01Q03-G0740-EG0XG-1W03T-07R0Z-WC",
        Recipe(
            build=9, clip=None, near=False, palette=5, valence=0, arousal=0, moods=(8,), tempo=900,
            tonic="B#", mode="aeolian", metre="5/4", seed=0, mix=Mix(gap=200), without=tuple(range(63)),
        ),
    ),
)  # fmt: skip
"""Codes that builds of November 2026 wrote: whoever kept one opens it with any later build."""


@pytest.mark.parametrize(("code", "recipe"), OLD, ids=lambda value: str(value)[:14])
def test_an_old_code_opens_for_ever(code: str, recipe: Recipe) -> None:
    assert read(code) == recipe
    assert write(recipe) == code
