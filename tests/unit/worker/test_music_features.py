"""Takes of one plan, whose sheets differ in a number alone, are told apart by what is heard."""

from fractions import Fraction
from pathlib import Path

import pytest

from immersivaudio import music
from immersivaudio.chat.differences import told
from immersivaudio.music.brief import Brief, Section
from immersivaudio.music.composer import compose
from immersivaudio.music.palettes import PALETTES
from immersivaudio.queue.result import Difference, Portrait
from immersivaudio.values import Soundtrack
from worker.rendering import music_features

USUAL = Portrait(lead="violin", pitch=72.0, pace=4.0, strokes=2.0, brightness=2000.0, fullest=1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lead": "flute"}, "flute takes the lead"),
        ({"pitch": 76.0}, "a higher melody"),
        ({"pitch": 66.0}, "a lower melody"),
        ({"pace": 6.0}, "denser"),
        ({"pace": 3.0}, "airier"),
        ({"strokes": 3.0}, "busier drums"),
        ({"brightness": 1700.0}, "warmer"),
        ({"fullest": 2}, "fullest at the end"),
        ({"brightness": 2090.0}, "slightly brighter"),
        ({"pace": 6.0, "brightness": 3000.0, "pitch": 75.0}, "brighter, denser"),
    ],
)
def test_what_stands_out_is_named(change: dict[str, object], said: str) -> None:
    found = music_features.between(USUAL, USUAL.model_copy(update=change))
    assert ", ".join(told(each, "en") for each in found) == said


def test_nothing_is_named_that_nobody_would_hear() -> None:
    near = USUAL.model_copy(update={"brightness": 2010.0, "pace": 4.02})
    assert music_features.between(USUAL, near) == ()
    unknown = Portrait(brightness=2000.0)
    assert music_features.between(unknown, USUAL) == (), (
        "of a piece without notes its sound alone is compared"
    )
    assert music_features.between(unknown, Portrait(brightness=2600.0)) == (Difference(kind="brighter"),)


@pytest.mark.medium
def test_takes_of_one_plan_can_be_told_apart(tmp_path: Path) -> None:
    """Rendered by the composer, one seed after the other."""
    style, length = PALETTES["folk"], Fraction(8)
    heard = []
    for seed in (1, 2, 3):
        sections = (Section(Fraction(0), length, "A", style.valence, style.arousal, 0.7),)
        score = compose(
            Brief(length, "folk", style.tempo[0], "D", style.modes[0], style.metres[0], sections, seed=seed)
        )
        path = music.render(score, tmp_path / f"{seed}").path
        midi = music.write_midi(score, tmp_path / f"{seed}.mid")
        heard.append(music_features.portrait(Soundtrack(path, "composer", (), {}, midi)))
    first, *others = heard
    assert first.lead.replace(" ", "_") in {p.instrument.replace(" ", "_") for p in style.players}
    assert 500 < first.brightness < 8000
    assert any(music_features.between(first, other) for other in others), heard


def test_those_are_named_who_play(tmp_path: Path) -> None:
    """A sheet whose style was changed by hand may name somebody whom no seat of the new one suits."""
    style, length = PALETTES["horror"], Fraction(20)
    named = ("electric piano", "marimba", "clean guitar")
    own = tuple(player.instrument for player in style.players)
    section = (Section(Fraction(0), length, "A", style.valence, style.arousal, 0.9),)
    score = compose(
        Brief(
            length, "horror", style.tempo[0], "D", style.modes[0], style.metres[0], section,
            seed=1, instruments=named, without=own,
        )
    )  # fmt: skip
    playing = {part.instrument for part in score.parts if part.notes}
    piece = Soundtrack(
        tmp_path / "none.wav", "composer", midi=music.write_midi(score, tmp_path / "music.mid")
    )
    assert playing < set(named), "otherwise this proves nothing"
    assert set(music_features.heard_of(named, piece)) == playing
