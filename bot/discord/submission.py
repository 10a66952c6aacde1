"""From a request to the job store: first the placeholder, then the clip, then the request."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import discord
import structlog

from bot.discord.attachments import copy, copy_album, read_cut_list, with_song
from bot.discord.context import DiscordContext
from bot.discord.placeholder import Placeholder
from bot.discord.translation import clickable
from bot.follow_up_service import ClipReference, Make, recut, remixed
from bot.follow_ups import Requester
from bot.validation import Kind, Refusal
from immersivaudio.chat.discord import files_at_once, send_limit
from immersivaudio.i18n import say
from immersivaudio.queue import JobRequest, Preferences, ScoreOptions, Source
from immersivaudio.queue.connection import AWAY

log = structlog.get_logger("bot.discord")

Prepare = Callable[[Preferences], Awaitable[JobRequest | Refusal]]


@dataclass(frozen=True, slots=True)
class RequestedScore:
    """What was said with a clip; None: not said."""

    mood: str = ""
    """Clean, as `ScoringService.mood` gives it."""
    sounds: bool | None = None
    original: str | None = None
    length: float | None = None
    song: discord.Attachment | None = None
    """To sound like."""
    cuts: discord.Attachment | None = None
    """An editor's cut list, of a video."""

    def options(self, choices: Preferences, upload: int, kind: str) -> ScoreOptions:
        """What was said over what was chosen once and for all; a photo has no sound of its own."""
        said = {"sounds": self.sounds, "original": self.original, "length": self.length}
        chosen: dict[str, object] = {name: getattr(choices, name) for name in said}
        if kind == "photo":
            chosen["original"] = None
        known = {name: value for name, value in (chosen | _given(said)).items() if value is not None}
        known |= {"like": self.song is not None}
        return ScoreOptions.checked({"mood": self.mood, "max_bytes": send_limit(upload), **known})


@dataclass(frozen=True, slots=True)
class Order:
    """One request, its placeholder sent."""

    context: DiscordContext
    placeholder: Placeholder
    user: str
    update: str
    locale: str
    guild: str
    upload: int
    """Bytes that may be uploaded where the answer goes."""

    @property
    def who(self) -> Requester:
        """For requests that start from a job."""
        return Requester(self.user, self.update, self.placeholder.address, self.locale)

    async def place(self, prepare: Prepare, *, copied: bool = False) -> None:
        """Write the request and hand it over; whatever hinders it is said in the placeholder.

        `copied`: its clip was put into the store for this order alone.
        """
        try:
            async with self.context.busy():
                refusal = await self._accepted(prepare, copied=copied)
        except AWAY:
            refusal = Refusal("unreachable")
        except Exception as error:
            log.warning("not accepted", cause=type(error).__name__)
            refusal = Refusal("unreachable")
        if refusal:
            await self._tell(refusal)

    async def _accepted(self, prepare: Prepare, *, copied: bool) -> Refusal | None:
        choices = await self.context.guest(self.user, self.guild)
        if choices is None:
            return Refusal("refuse.blocked")
        request = await prepare(choices)
        if isinstance(request, Refusal):
            return request
        request = request.changed(locale=choices.language or self.locale)
        submitted = await self.context.service.hand_in(request)
        if not isinstance(submitted, Refusal) and submitted.accepted:
            await self.context.queue.place(submitted.job, self.placeholder.address)
            log.info("accepted", action=request.action, job=submitted.job)
            return None
        if copied and request.source.ref:
            await self.context.queue.store.drop(request.source.ref)
        return submitted if isinstance(submitted, Refusal) else None

    async def _tell(self, refusal: Refusal) -> None:
        try:
            said = refusal.say(self.context.locale(self.user, self.locale))
            await self.placeholder.say(clickable(said, self.context.command_ids))
        except discord.DiscordException as error:
            log.info("not told", cause=type(error).__name__)


async def score(order: Order, attachment: discord.Attachment, kind: Kind, requested: RequestedScore) -> None:
    """A clip that was just sent."""

    await _score(order, lambda: copy(order.context, attachment, kind), requested)


async def score_album(
    order: Order, parts: Sequence[tuple[discord.Attachment, Kind]], requested: RequestedScore
) -> None:
    """Several clips and photos that were just sent together: one film of them."""
    await _score(order, lambda: copy_album(order.context, parts), requested)


async def score_link(order: Order, source: Source, requested: RequestedScore) -> None:
    """A file behind a link, which the delivery fetches."""

    async def known() -> Source:
        return source

    await _score(order, known, requested)


async def _score(
    order: Order, fetched: Callable[[], Awaitable[Source | Refusal]], requested: RequestedScore
) -> None:
    async def prepare(choices: Preferences) -> JobRequest | Refusal:
        cuts = await read_cut_list(order.context, requested.cuts) if requested.cuts else None
        if isinstance(cuts, Refusal):
            return cuts
        source = await fetched()
        if not isinstance(source, Refusal) and requested.song:
            clip, source = source, await with_song(order.context, source, requested.song)
            await order.context.queue.store.drop(clip.ref)
        if isinstance(source, Refusal):
            return source
        chat = order.placeholder.address.chat
        mood = await order.context.service.mood_of_clip(requested.mood, order.user, chat)
        options = replace(requested, mood=mood).options(choices, order.upload, source.kind)
        return JobRequest(
            platform="discord",
            update=order.update,
            user=order.user,
            source=source,
            reply=order.placeholder.address,
            options=options,
            cuts=cuts,
        )

    await order.place(prepare, copied=True)


async def again(order: Order, job: str, make: Make) -> None:
    """Something else from the clip of an earlier job."""
    await order.place(lambda _: _from(order, job, make))


async def by_cuts(order: Order, job: str, edit: discord.Attachment, mood: str) -> None:
    """The clip of an earlier job by an editor's cuts."""

    async def prepare(_: Preferences) -> JobRequest | Refusal:
        cuts = await read_cut_list(order.context, edit)
        return cuts if isinstance(cuts, Refusal) else await _from(order, job, recut(cuts, mood))

    await order.place(prepare)


async def remix_last(order: Order, mood: str) -> None:
    """Another mood over the last clip that this user had scored in this channel."""

    async def prepare(_: Preferences) -> JobRequest | Refusal:
        here = ClipReference("discord", order.placeholder.address.chat, order.user, last="scored")
        last = await order.context.service.follow_ups.meant(here)
        if last is None:
            return Refusal("refuse.no-remix")
        return await _from(order, last.job, remixed(mood))

    await order.place(prepare)


async def _from(order: Order, job: str, make: Make) -> JobRequest | Refusal:
    request = await order.context.service.follow_ups.request(job, order.who, make)
    if isinstance(request, Refusal):
        return request
    room = {"max_bytes": send_limit(order.upload), "parts": files_at_once(order.upload)}
    return request.changed(options=request.options.changed(**room))


def opening(locale: str, *, fetch: bool) -> str:
    """What a placeholder says first."""
    return say(locale, "fetching" if fetch else "received")


def _given(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value is not None}
