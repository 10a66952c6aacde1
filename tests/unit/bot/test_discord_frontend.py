"""The Discord frontend's own rules, without Discord."""

import asyncio
import subprocess
import sys

import discord
import pytest
from discord import app_commands

from bot.discord.app import ScoringCommandTree, intents
from bot.discord.submission import RequestedScore
from bot.discord.translation import CatalogueTranslator, clickable
from bot.settings import BotSettings
from immersivaudio.chat.discord import DiscordSettings
from immersivaudio.i18n import CATALOGUES
from immersivaudio.queue import Preferences
from tests.integration.discord import rules

HEAVY = (
    "numpy",
    "torch",
    "immersivaudio.pipeline",
    "immersivaudio.media",
    "immersivaudio.music",
    "worker",
    "telegram",
)


def test_what_is_said_counts_more_than_what_was_chosen() -> None:
    chosen = Preferences(sounds=True, original="keep", length=20)
    options = RequestedScore("sad", original="mix").options(chosen, 10 * 2**20, "video")
    assert (options.mood, options.sounds, options.original, options.length) == ("sad", True, "mix", 20)
    assert options.max_bytes == int(9.5 * 2**20)
    assert RequestedScore(sounds=False).options(chosen, 1000, "video").sounds is False
    assert RequestedScore().options(Preferences(), 1000, "video").original == "auto"
    assert RequestedScore().options(chosen, 1000, "photo").original == "auto", "a photo has no sound to keep"


def test_only_the_intents_that_are_needed() -> None:
    plain = intents(DiscordSettings(_env_file=None, message_content=False))
    assert {name for name, on in plain if on} == {"guilds", "guild_messages", "dm_messages"}
    assert not plain.message_content
    assert intents(DiscordSettings(_env_file=None, message_content=True)).message_content


def test_every_command_keeps_discords_limits_in_every_language() -> None:
    async def payloads() -> list[dict[str, object]]:
        client = discord.Client(intents=discord.Intents.none())
        tree = ScoringCommandTree(client)  # type: ignore[arg-type]
        return [
            await each.get_translated_payload(tree, CatalogueTranslator()) for each in tree.get_commands()
        ]

    found = asyncio.run(payloads())
    names = {each["name"] for each in found}
    assert names == {
        *("score", "remix", "status", "cancel", "settings", "forget", "privacy", "help", "Score this clip")
    }
    for each in found:
        assert rules.command(each) == ""
        assert (each["contexts"], each["integration_types"]) == ([0, 1, 2], [0, 1])
        if each["type"] == 1:
            spoken = {locale.partition("-")[0] for locale in each["description_localizations"]}  # type: ignore[attr-defined]
            assert spoken == set(CATALOGUES)
            assert {locale.partition("-")[0] for locale in each["name_localizations"]} == set(CATALOGUES)  # type: ignore[attr-defined]
    score = next(each for each in found if each["name"] == "score")
    assert score["name_localizations"]["de"] == "vertonen"  # type: ignore[index]
    mood = next(each for each in score["options"] if each["name"] == "mood")  # type: ignore[attr-defined]
    assert (mood["name_localizations"]["de"], mood["name_localizations"]["fr"]) == ("stimmung", "ambiance")


def test_a_text_names_commands_as_each_reader_sees_them() -> None:
    ids = {"score": 7, "settings": 9}
    said = clickable("Use /score, /settings mine or /other; not a/score, not </score:1>.", ids)
    assert said == "Use </score:7>, </settings mine:9> or /other; not a/score, not </score:1>."


@pytest.mark.parametrize("locale", [discord.Locale.japanese, discord.Locale.polish])
def test_a_language_we_do_not_speak_is_left_to_discord(locale: discord.Locale) -> None:
    string = app_commands.locale_str("x", key="discord.score")
    place = app_commands.TranslationContextLocation.command_description
    context = app_commands.TranslationContext(place, None)  # type: ignore[arg-type]
    assert asyncio.run(CatalogueTranslator().translate(string, locale, context)) is None


@pytest.mark.medium
def test_the_frontend_stays_light() -> None:
    code = f"import sys, bot.discord.app; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_a_token_the_program_says_what_to_do() -> None:
    from bot.discord.app import run
    from immersivaudio.errors import BadSettingError
    from immersivaudio.queue import Queue, QueueSettings

    nothing = DiscordSettings(_env_file=None, token=None)
    queue = Queue.connect(QueueSettings(_env_file=None))
    with pytest.raises(BadSettingError, match="IMMERSIVAUDIO_DISCORD_TOKEN"):
        asyncio.run(run(BotSettings(_env_file=None), nothing, queue))
