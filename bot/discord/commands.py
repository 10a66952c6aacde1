"""The slash commands, and the entry in a message's menu."""

from typing import Any, Literal, get_args

import discord
from discord import app_commands

from bot.discord.attachments import is_media, offer
from bot.discord.context import Interaction
from bot.discord.placeholder import asker, end, private, respond, whisper
from bot.discord.submission import Order, RequestedScore, opening, remix_last, score, score_link
from bot.discord.translation import text
from bot.validation import Refusal, examine, examine_song, is_cut_list
from immersivaudio.chat import links
from immersivaudio.chat.progress import line
from immersivaudio.i18n import say
from immersivaudio.queue import State, Status

Original = Literal["auto", "keep", "mix", "replace"]
ORIGINALS = [app_commands.Choice(name=text(f"choice.{name}"), value=name) for name in get_args(Original)]
Length = app_commands.Range[int, 5, 60]
Mood = app_commands.Range[str, 1, 300]
Web = app_commands.Range[str, 10, links.LONGEST]


async def ordered(interaction: Interaction, *, fetch: bool) -> Order | None:
    """Send the placeholder; None where the user was told to wait instead, or the update came twice."""
    context = interaction.client.context
    user, locale = asker(interaction)
    if not context.first(str(interaction.id)):
        return None
    if refusal := context.service.talk(user):
        await whisper(interaction, refusal.say(locale))
        return None
    placeholder = await respond(interaction, opening(locale, fetch=fetch))
    guild = str(interaction.guild_id or "")
    context.learn_upload(guild or user, interaction.filesize_limit)
    return Order(context, placeholder, user, str(interaction.id), locale, guild, interaction.filesize_limit)


async def score_attachment(
    interaction: Interaction, clip: discord.Attachment, requested: RequestedScore
) -> None:
    """Refuse what can be refused without a download; only its user sees that."""
    limits, song = interaction.client.context.limits, requested.song
    verdict = (song and examine_song(offer(song), limits)) or examine(offer(clip), limits)
    if verdict == "photo" and requested.cuts:
        verdict = Refusal("cuts.alone")
    if isinstance(verdict, Refusal):
        await whisper(interaction, verdict.say(asker(interaction)[1]))
    elif order := await ordered(interaction, fetch=True):
        await score(order, clip, verdict, requested)


@app_commands.command(name="score", description=text("discord.score"))
@app_commands.describe(
    clip=text("discord.option.clip"),
    mood=text("discord.option.mood"),
    sounds=text("discord.option.sounds"),
    original=text("discord.option.original"),
    length=text("discord.option.length"),
    song=text("form.song"),
    link=text("discord.option.link"),
    cuts=text("form.cuts"),
)
@app_commands.choices(original=ORIGINALS)
async def score_command(  # noqa: PLR0913, PLR0917 - one for each option
    interaction: Interaction,
    clip: discord.Attachment | None = None,
    mood: Mood | None = None,
    sounds: bool | None = None,
    original: app_commands.Choice[str] | None = None,
    length: Length | None = None,
    song: discord.Attachment | None = None,
    link: Web | None = None,
    cuts: discord.Attachment | None = None,
) -> None:
    """Score an attachment, or a file behind a link."""
    words = interaction.client.context.service.mood(mood)
    own = original.value if original else None
    requested = RequestedScore(words, sounds, own, length, song, cuts)
    if clip:
        await score_attachment(interaction, clip, requested)
    else:
        await _score_link(interaction, link or "", requested)


async def _score_link(interaction: Interaction, link: str, requested: RequestedScore) -> None:
    """Refuse what can be refused without a request to Discord or Redis; only the user sees the refusal."""
    found = links.find(link)
    source = interaction.client.context.service.linked(found) if found else Refusal("refuse.nothing")
    if not isinstance(source, Refusal) and (requested.song or requested.cuts):
        source = Refusal("link.song" if requested.song else "cuts.alone")
    if isinstance(source, Refusal):
        await whisper(interaction, source.say(asker(interaction)[1]))
    elif order := await ordered(interaction, fetch=True):
        await score_link(order, source, requested)


@app_commands.command(name="remix", description=text("discord.remix"))
@app_commands.describe(mood=text("discord.option.mood"))
async def remix_command(interaction: Interaction, mood: Mood) -> None:
    """Another mood over the user's last clip in this channel."""
    if (order := await ordered(interaction, fetch=False)) is None:
        return
    await remix_last(order, order.context.service.mood(mood))


@app_commands.command(name="status", description=text("discord.status"))
async def status_command(interaction: Interaction) -> None:
    """What is in the works, newest first."""

    async def look(user: str, locale: str) -> str:
        jobs = await in_works(interaction, user)
        rows = (
            say(locale, "status.line", number=number, state=line(locale, status))
            for number, status in enumerate(jobs, 1)
        )
        return "\n".join(rows) or say(locale, "status.none")

    await private(interaction, look)


@app_commands.command(name="cancel", description=text("discord.cancel"))
@app_commands.describe(number=text("discord.option.number"))
async def cancel_command(interaction: Interaction, number: app_commands.Range[int, 1, 20] = 1) -> None:
    """Stop one of the user's clips; its placeholder says so, too."""

    async def stop(user: str, locale: str) -> str:
        jobs = await in_works(interaction, user)
        if number > len(jobs):
            return say(locale, "status.none")
        state = await interaction.client.context.queue.cancel(jobs[number - 1].job, user)
        return say(locale, "cancelled" if state is State.CANCELLED else "status.none")

    await private(interaction, stop)


@app_commands.command(name="forget", description=text("discord.forget"))
async def forget_command(interaction: Interaction) -> None:
    """Delete everything of the user's."""

    async def erase(user: str, locale: str) -> str:
        queue = interaction.client.context.queue
        shown = await queue.in_works(user, "discord")
        count = await queue.forget(user)
        for address in shown:  # nobody else knows of these messages any more
            await end(interaction.client, address, say(locale, "cancelled"))
        interaction.client.context.learn(user, None)
        return say(locale, "forgotten", count=count)

    await private(interaction, erase, anybody=True)


@app_commands.command(name="privacy", description=text("discord.privacy"))
async def privacy_command(interaction: Interaction) -> None:
    """What is kept, and how long."""

    async def tell(_: str, locale: str) -> str:
        kept = interaction.client.context.queue.settings
        return say(locale, "privacy", hours=round(kept.artifact_hours), days=round(kept.keep_days))

    await private(interaction, tell, anybody=True)


@app_commands.command(name="help", description=text("discord.help"))
async def help_command(interaction: Interaction) -> None:
    """How to use this."""

    async def tell(_: str, locale: str) -> str:
        return say(locale, "discord.guide")

    await private(interaction, tell, anybody=True)


@app_commands.context_menu(name=text("discord.menu"))
async def score_message(interaction: Interaction, message: discord.Message) -> None:
    """Score the first clip of a message, by the cut list beside it."""
    context = interaction.client.context
    clip = next((each for each in message.attachments if is_media(each, context)), None)
    if clip is None:
        key = "refuse.not-media" if message.attachments else "refuse.nothing"
        await whisper(interaction, say(asker(interaction)[1], key))
        return
    cuts = next((each for each in message.attachments if is_cut_list(each.filename)), None)
    await score_attachment(interaction, clip, RequestedScore(cuts=cuts))


async def in_works(interaction: Interaction, user: str) -> list[Status]:
    """The user's requests that are not over, newest first."""
    return [
        status
        for status in await interaction.client.context.queue.list_for_user(user)
        if not status.state.over
    ]


COMMANDS: tuple[Any, ...] = (
    score_command,
    remix_command,
    status_command,
    cancel_command,
    forget_command,
    privacy_command,
    help_command,
    score_message,
)
