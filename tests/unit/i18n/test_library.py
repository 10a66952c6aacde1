"""What the library says in English reaches a user in their own language, with every fact in it."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from immersivaudio import errors
from immersivaudio.i18n import library, musical, say, translated
from immersivaudio.music.instruments import TABLE
from immersivaudio.options import ScoreOptions
from immersivaudio.share.apply import NEAR, OTHER_BUILD
from immersivaudio.sound.table import TABLE as SOUNDS
from immersivaudio.stages.enhance.mood_mapping import MODES, TONICS
from immersivaudio.stages.enhance.rules import RulesEnhancer
from immersivaudio.stages.enhance.vocabulary import MOODS
from immersivaudio.stages.enhance.wishes import read
from tests.films import film

CODES = sorted(library.TABLES)
ROOT = Path(__file__).parents[3]
ERRORS = {"Failure", "UnreadableEditError"} | {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.UserError) and kind is not errors.BadSheetError
}
HEARD_IN_CHATS = (
    *sorted((ROOT / "immersivaudio" / "media").glob("*.py")),
    *sorted((ROOT / "immersivaudio" / "queue").glob("*.py")),
    *sorted((ROOT / "worker").rglob("*.py")),
    *sorted((ROOT / "immersivaudio" / "export" / "cut_lists").glob("*.py")),
    ROOT / "immersivaudio/stages/enhance/remixing.py",
    ROOT / "immersivaudio/stages/reconstruct/fitting.py",
    ROOT / "immersivaudio/cost_estimate.py",
    ROOT / "immersivaudio/share/errors.py",
)
ONLY_AT_A_TERMINAL = {
    "worker/commands/submit.py", "worker/commands/user_deletion.py", "worker/delivery/adapters/console.py",
    "immersivaudio/media/mux.py", "immersivaudio/media/decode_audio.py",
}  # fmt: skip
TOLD_TO_NOBODY_THERE = re.compile(
    r"there is no such file|that is a folder|that is a pipe|may not be read|check the name|name one video|"
    r"save the video to a file|give yourself|the chat could not be reached|no picture of the film|"
    r"again in 7 s|7 is no cut list|bring one of|the cut list 7|name an EDL|7 is too long|keep it under 7 MB|"
    r"7 is not text|7 is no OTIO bundle"
)


def said() -> Iterator[tuple[str, str]]:
    """(where, sentence) of every problem and remedy that a user of a chat may read, 7 for each fact."""
    for path in HEARD_IN_CHATS:
        name = path.relative_to(ROOT).as_posix()
        if name in ONLY_AT_A_TERMINAL:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in ERRORS:
                words = [*node.args[:2], *(k.value for k in node.keywords if k.arg in {"problem", "remedy"})]
                module = import_module(name.removesuffix(".py").replace("/", "."))
                for part in words:
                    text = _text(part, vars(module))
                    if text and not TOLD_TO_NOBODY_THERE.search(text):
                        yield f"{name}:{node.lineno}", text


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):  # super().__init__(...) of an error
        return "UserError" if node.func.attr == "__init__" else ""
    return getattr(node.func, "id", "")


def _text(node: ast.expr, names: dict[str, object]) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.Name):
        return str(names.get(node.id, "")) if isinstance(names.get(node.id), str) else ""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        found = getattr(names.get(node.value.id), node.attr, "")
        return found if isinstance(found, str) else ""
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "7" for part in node.values)
        return "".join(map(str, parts))
    return ""


SAID = sorted(set(said()))


def test_the_sentences_are_found() -> None:
    assert len(SAID) > 50
    assert any("the clip lasts 7 s" in text for _, text in SAID)
    assert any("something broke" in text for _, text in SAID)


@pytest.mark.parametrize("code", CODES)
def test_every_failure_of_a_chat_is_known_in_every_language(code: str) -> None:
    strangers = [f"the file is {words}" for words in sorted(_strangers())]
    english = [text for _, text in SAID if text != "the file is 7"]
    missing = [text for text in (*english, *strangers) if translated(code, text) == text]
    assert missing == []


def _strangers() -> set[str]:
    from immersivaudio.media.magic import name_stranger

    heads = (b"#EXTM3U", b"ffconcat", b"ID3", b"OggS", b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"<html", b"text")
    return {name_stranger(head) for head in (*heads, b"\0\1\2", b"RIFF1234WAVE")}


@pytest.mark.parametrize("code", [*CODES, "en"])
def test_the_moods_that_are_given_as_examples_are_understood(code: str) -> None:
    first = say(code, "start").partition("…")[0].rpartition(":")[2]
    for words in (first, say(code, "remix.hint").strip("…"), say(code, "discord.option.mood").split(":")[1]):
        for part in words.split(","):
            wish = read(part.strip())
            assert wish.terms or wish.instruments, part
        wish = read(words)
        assert wish.instruments == ["piano"]
        assert wish.pace < 1, "slow"
        assert [term.factor < 0 for term in wish.terms if term.mood.name == "sad"] == [True]


@pytest.mark.parametrize("code", CODES)
def test_every_sound_has_a_name(code: str) -> None:
    assert set(musical.TABLES[code].SOUNDS) == set(SOUNDS)


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_keeps_its_facts(code: str) -> None:
    for english, other in library.TABLES[code].items():
        assert _slots(other) == _slots(english), english
        assert "  " not in other
    assert "1800" in translated(code, "the clip lasts 2000 s, more than the 1800 s allowed")
    assert "blorf {x}" in translated(
        code, "I did not understand the mood “blorf {x}”, so the music follows what is seen."
    )


def _slots(text: str) -> set[str]:
    return {name for _, name, *_ in Formatter().parse(text) if name}


def test_all_languages_know_the_same_sentences() -> None:
    assert len({tuple(library.TABLES[code]) for code in CODES}) == 1


@pytest.mark.medium
@pytest.mark.parametrize("code", CODES)
def test_notes_are_understood(code: str) -> None:
    moods = (
        "blorf",
        "house at 60 bpm",
        "waltz rock 3/4",
        "house in 3/4",
        "no drums no synths no bass no keys",
        "fast but slow",
    )
    rules = RulesEnhancer()
    sheets = [rules.enhance(film(30), (), (), ScoreOptions(mood=mood)) for mood in moods]
    sheets.append(rules.remix(sheets[0], ScoreOptions(mood="blorf")))
    notes = {note for sheet in sheets for note in sheet.notes} | {NEAR, OTHER_BUILD}
    assert len(notes) >= 5
    assert [note for note in notes if translated(code, note) == note] == []


@pytest.mark.parametrize("code", CODES)
def test_a_mood_is_understood_by_the_name_it_was_given(code: str) -> None:
    called = musical.TABLES[code].MOODS
    read_back = {mood: [(t.mood.name, t.factor) for t in read(word).terms] for mood, word in called.items()}
    assert {mood: terms for mood, terms in read_back.items() if terms != [(mood, 1.0)]} == {}
    assert len(set(called.values())) == len(called)


@pytest.mark.parametrize(
    ("words", "mood"),
    [
        ("ein ruhiger Klang", "calm"),
        ("böser", "evil"),
        ("mit ernsten Geigen", "serious"),
        ("música segura", "confident"),
        ("canciones festivas", "festive"),
        ("músicas estranhas", "strange"),
        ("uma festa de crianças felizes", "happy"),
        ("des mélodies joyeuses", "joyful"),
    ],
)
def test_a_mood_is_understood_with_the_ending_its_noun_asks_for(words: str, mood: str) -> None:
    assert mood in [term.mood.name for term in read(words).terms]


@pytest.mark.parametrize("code", CODES)
def test_every_mood_player_and_key_has_a_name(code: str) -> None:
    names = {mood.name for mood in MOODS.values()}
    table = musical.TABLES[code]
    assert set(table.MOODS) == names
    assert set(table.PLAYERS) == set(TABLE)
    for tonic in TONICS:
        for mode in MODES:
            key = musical.key(code, f"{tonic} {mode}")
            assert mode not in key.split()
            assert key != f"{tonic} {mode}"


def test_keys_are_called_what_listeners_call_them() -> None:
    called = {code: musical.key(code, "Bb ionian") for code in ("en", *CODES)}
    assert called == {
        "en": "Bb major",
        "de": "B-Dur",
        "es": "si bemol mayor",
        "fr": "si bémol majeur",
        "pt": "si bemol maior",
    }
    assert musical.key("en", "D dorian") == "D dorian"
    assert musical.mood("es", "hopeful and epic") == "esperanzado y épico"
    assert musical.mood("es", "sunny kitchen") == "sunny kitchen"


def test_words_of_a_stranger_stay_as_they_are() -> None:
    for text in ("A cat on a chair, watching.", "", "x" * 5000, "a, " * 100, "; ".join(["the file"] * 40)):
        assert translated("es", text) == text
    assert translated("ja", "the file is empty") == "the file is empty"


def test_a_sentence_that_holds_an_unknown_part_stays_english() -> None:
    text = "the clip lasts 7 s, more than the 5 s allowed; bring a cat"
    assert translated("fr", text) == text
    known = text.partition(";")[0]
    assert translated("fr", known) != known
