"""What stands under a result: everything that matters, within the limit, whatever people write."""

from dataclasses import replace

import pytest

from immersivaudio.chat.text import length
from immersivaudio.i18n import CATALOGUES
from immersivaudio.queue import Address, Artifact, Failure, JobRequest, Result, ScoreOptions, Summary
from immersivaudio.queue.result import Difference
from immersivaudio.sentences import Telling
from immersivaudio.share import find, write
from tests.hostile import moods
from tests.integration.telegram import rules
from tests.unit.share.test_code import ORDINARY
from worker.delivery import captions

LIMIT = 1024
WORD_JOINER = "\u2060"
"""What tames a word that a messenger would make a link of."""


def request(locale: str = "en", **fields: object) -> JobRequest:
    here = Address(platform="telegram")
    return JobRequest(platform="telegram", update="1", user="telegram:1", reply=here, locale=locale, **fields)


def result(**fields: object) -> Result:
    facts = {
        "prompt": "Cinematic, hopeful strings",
        "scene": "A street at night, with people.",
        "mood": "hopeful",
        "tempo": 92.4,
        "key": "D dorian",
        "instruments": ("felt_piano", "strings"),
        "hits": 6,
        "hits_planned": 7,
    }
    return Result(media=Artifact(ref="x", name="scored.mp4"), summary=Summary(**(facts | fields)))


def test_a_caption_reads_well() -> None:
    caption = captions.caption(request(), result(), LIMIT)
    assert caption.text == (
        "Seen: A street at night, with people\n"
        "Hopeful · medium, 92 bpm · D dorian · felt piano, strings\n"
        "6 of 7 cuts on the beat\n"
        "\n"
        "Prompt: Cinematic, hopeful strings"
    )
    assert caption.text.count("92") == 1, "each fact once"
    assert caption.prompt == "Prompt: Cinematic, hopeful strings"


def test_a_take_says_which_it_is_and_how_it_differs() -> None:
    ways = (
        Difference(kind="slower"),
        Difference(kind="instead", value="strings", other="saw lead"),
        Difference(kind="key", value="D aeolian"),
    )
    second = request(options=ScoreOptions(take=2))
    told = captions.caption(second, result(differences=ways), LIMIT).told
    assert told.splitlines()[0] == "Take 2: slower, strings instead of saw lead, in D minor"
    same = captions.caption(second, result(differences=(Difference(kind="piece"),)), LIMIT).told
    assert same.splitlines()[0] == "Take 2: another tune; mood, tempo, key and players stay"
    assert captions.file_name(second, result()) == "scored-take-2.mp4"
    german = captions.caption(request("de"), result(differences=ways[:2]), LIMIT).told
    assert german.splitlines()[0] == "Geändert: langsamer, strings statt Sägezahn-Lead"


@pytest.mark.parametrize("locale", sorted(CATALOGUES))
def test_the_share_code_is_never_cut(locale: str) -> None:
    code = write(ORDINARY)
    long = result(prompt="dark strings, " * 500, scene="a wall of words " * 90, notes=("note " * 300,) * 5)
    long = long.model_copy(update={"summary": long.summary.model_copy(update={"share": code})})
    caption = captions.caption(request(locale), long, LIMIT).text
    assert find(caption)[0] == code
    assert length(caption) <= LIMIT
    assert "dark strings" in caption


@pytest.mark.parametrize("locale", sorted(CATALOGUES))
def test_who_made_the_music_is_said_and_never_cut(locale: str) -> None:
    long = {"scene": "a wall of words " * 90, "notes": ("note " * 300,) * 5, "prompt": "dark strings, " * 500}
    ours = captions.caption(request(locale), result(made_by="composer", licence="MIT", **long), LIMIT).text
    assert "Immersivaudio" in ours
    weights = {"made_by": "facebook/musicgen-small", "by_model": True, "licence": "weights: CC-BY-NC-4.0"}
    model = captions.caption(request(locale), result(**weights, **long), LIMIT).text.replace(WORD_JOINER, "")
    assert "facebook/musicgen-small" in model
    assert "CC-BY-NC-4.0" in model
    assert length(ours) <= LIMIT


def test_a_code_that_only_comes_close_says_so() -> None:
    near = captions.caption(request(), result(share=write(replace(ORDINARY, near=True))), LIMIT).text
    assert "not exact" in near
    assert "not exact" not in captions.caption(request(), result(share=write(ORDINARY)), LIMIT).text


def test_what_is_not_known_is_not_said() -> None:
    bare = Result(media=Artifact(ref="x", name="scored.mp4"))
    assert captions.caption(request(), bare, LIMIT).text == ""
    assert "beat" not in captions.caption(request(), result(hits=0, hits_planned=0), LIMIT).text


@pytest.mark.parametrize("locale", sorted(CATALOGUES))
def test_a_caption_keeps_the_limit_and_the_facts(locale: str) -> None:
    long = result(prompt="dark strings, " * 500, scene="a wall of words " * 90, notes=("note " * 300,) * 5)
    caption = captions.caption(request(locale), long, LIMIT).text
    assert length(caption) <= LIMIT
    assert "92 bpm" in caption
    assert "dark strings" in caption


def test_hostile_words_do_nothing_in_a_caption() -> None:
    for _, mood in moods():
        told = captions.caption(
            request(), result(prompt=mood, scene=mood, mood=mood, notes=(mood,)), LIMIT
        ).text
        assert rules.entities(told) == []
        assert length(told) <= LIMIT
        said = captions.notice(request(), Failure(problem=mood, remedy=mood))
        assert rules.entities(said) == []


def test_the_sounds_of_the_scene_are_named() -> None:
    told = captions.caption(request("de"), result(sounds=("birds", "night insects")), LIMIT).text
    assert told.splitlines()[2] == "Geräusche: Vögel, Insekten der Nacht"


def test_a_notice_says_what_to_do_next() -> None:
    said = captions.notice(request(), Failure(problem="the file is damaged", remedy="export it again"))
    assert said == "That did not work: the file is damaged. Export it again."
    assert "Send it again" in captions.notice(request(), Failure(problem="something broke"))


def test_a_result_too_large_for_the_platform_is_explained() -> None:
    assert "51 MB" in captions.too_big(request(), 50 * 2**20 + 1, 50 * 2**20)


def test_a_caption_and_a_notice_are_in_the_readers_language() -> None:
    told = result(
        scene="Someone plays with a dog in a garden; lots of movement.",
        telling=Telling((("person", 1),), "playing", (("dog", 1),), ("garden",), motion="lots"),
        evidence=("playing", "dog", "daylight"),
        notes=("I did not understand the mood “blorf”, so the music follows what is seen.",),
        instruments=("piano", "slow strings"),
    )
    assert captions.caption(request("es"), told, LIMIT).text.splitlines()[:4] == [
        "Visto: Alguien juega con un perro en un jardín; mucho movimiento",
        "Esperanzado (juego, perro, luz del día) · medio, 92 bpm · re dórico · piano, cuerdas lentas",
        "6 de 7 cortes en el pulso",
        "Nota: No entendí el ánimo «blorf», así que la música sigue lo que se ve.",
    ]
    failure = Failure(problem="the video is encrypted", remedy="send a copy without copy protection")
    assert captions.notice(request("de"), failure).endswith(
        "Das Video ist verschlüsselt. Schick eine Kopie ohne Kopierschutz."
    )
