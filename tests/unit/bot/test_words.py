"""What people write after a result, and what is understood: the table came first."""

import pytest

from bot.words.read import CueRange, Outline, PlainWords, outline, read

FILM = Outline(cues=[(0, 9), (9, 19), (19, 30), (30, 41), (41, 48)], moods=["calm"] * 5, cuts=[9, 19, 30, 41])


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("more drums please", "wish"),
        ("darker", "wish"),
        ("Louder!", "wish"),
        ("without piano", "wish"),
        ("thanks, but darker", "wish"),
        ("mehr Schlagzeug bitte", "wish"),
        ("más alegre", "wish"),
        ("plus lent", "wish"),
        ("mais triste", "wish"),
        ("più veloce", "wish"),
        ("again", "again"),
        ("try again please", "again"),
        ("noch mal", "again"),
        ("otra vez", "again"),
        ("encore une fois", "again"),
        ("outra vez", "again"),
        ("di nuovo", "again"),
        ("the first one was better", "first"),
        ("das erste war besser", "first"),
        ("el primero era mejor", "first"),
        ("le premier était mieux", "first"),
        ("o primeiro era melhor", "first"),
        ("I want the previous one back", "back"),
        ("undo", "back"),
        ("keep my voice", "voice"),
        ("behalte meine Stimme", "voice"),
        ("deja mi voz", "voice"),
        ("garde ma voix", "voice"),
        ("without my voice", "mute"),
        ("ohne meine Stimme", "mute"),
        ("with sounds", "sounds"),
        ("mit Geräuschen", "sounds"),
        ("no sounds", "quiet"),
        ("send me the stems", "stems"),
        ("all of it for my editor please", "export"),
        ("Bitte für mein Schnittprogramm", "export"),
        ("pour mon logiciel de montage", "export"),
        ("a timeline for Premiere Pro", "export"),
        ("gib mir die Spuren", "stems"),
        ("stop", "stop"),
        ("thanks", "thanks"),
        ("Thank you so much!", "thanks"),
        ("danke", "thanks"),
        ("merci beaucoup", "thanks"),
        ("obrigado", "thanks"),
        ("I love it", "thanks"),
        ("hello there", "unknown"),
        ("what can you do?", "unknown"),
        ("wer bist du", "unknown"),
    ],
)
def test_words_ask_for_one_thing(text: str, intent: str) -> None:
    assert read(text, FILM).intent == intent


@pytest.mark.parametrize(
    ("text", "first", "last", "mood"),
    [
        ("again, only 0:12-0:20", 2, 2, ""),
        ("only from 0:12 to 0:30", 2, 3, ""),
        ("change the ending", 5, 5, ""),
        ("change the ending to something epic", 5, 5, "something epic"),
        ("same but slower at the end", 5, 5, "slower"),
        ("happier at the beginning", 1, 1, "happier"),
        ("new music from the second cut on", 3, 5, ""),
        ("section 2 epic", 2, 2, "epic"),
        ("only the third part", 3, 3, ""),
        ("dunkler am Ende", 5, 5, "dunkler"),
        ("plus lent à la fin", 5, 5, "plus lent"),
        ("más alegre al principio", 1, 1, "mas alegre"),
        ("mais calmo no fim", 5, 5, "mais calmo"),
    ],
)
def test_words_may_be_about_a_part_of_the_film(text: str, first: int, last: int, mood: str) -> None:
    intent = "wish" if mood else "again"
    assert read(text, FILM) == PlainWords(intent, CueRange(first, last), mood)


@pytest.mark.parametrize("text", ["again, only 0:50-0:59", "section 9", "only 0:20-0:12"])
def test_a_part_that_is_not_there_changes_nothing_of_the_film(text: str) -> None:
    assert read(text, FILM).section is None


@pytest.mark.parametrize("sheet", ["", "{}", "no json", '{"cues": [{"start": "x"}], "hits": []}', "[1]"])
def test_a_sheet_that_cannot_be_read_has_no_parts(sheet: str) -> None:
    assert outline(sheet) == Outline()


def test_sections_have_names_in_the_readers_language() -> None:
    assert FILM.labels("de")[1] == "0:09–0:19 ruhig"
