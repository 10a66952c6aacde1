"""The program: `python -m bot telegram`."""

import asyncio
import os
import re
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.service import ScoringService
from bot.settings import BotSettings
from bot.telegram.context import Authenticator
from bot.telegram.handlers.callbacks import CallbackHandlers
from bot.telegram.handlers.commands import TABLE, CommandHandlers, menu
from bot.telegram.handlers.guests import GuestHandlers
from bot.telegram.handlers.messages import MessageHandlers
from bot.telegram.rate_limiter import RetryAfterLimiter
from bot.telegram.replies import Replies
from bot.validation import Refusal
from immersivaudio.chat.telegram import TelegramSettings
from immersivaudio.errors import BadSettingError
from immersivaudio.i18n import LANGUAGES
from immersivaudio.queue import Queue
from immersivaudio.queue.connection import AWAY
from immersivaudio.queue.health import serve_where_set

log = structlog.get_logger("bot.telegram")

UPDATES = ["message", "callback_query"]
"""All we ask for: no edits, no channels, no members."""
GUESTS = "guest_message"
"""And this, where there is a chat to upload results to."""
_AT_ONCE = 64
_PATH = "telegram"
App = Application[Any, Any, Any, Any, Any, Any]


def build(settings: BotSettings, telegram: TelegramSettings, queue: Queue) -> App:
    """The application with its handlers; nothing is sent yet. Raises `BadSettingError` without a token."""
    if telegram.token is None:
        raise BadSettingError(
            "there is no Telegram token", "set IMMERSIVAUDIO_TELEGRAM_TOKEN; @BotFather gives one"
        )
    _webhook_secret(telegram)
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # the library's coming way to give durations; else it warns
    api = telegram.api.rstrip("/")
    app: App = (
        Application.builder()
        .token(telegram.token.get_secret_value())
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .local_mode(telegram.local_mode)
        .request(HTTPXRequest(connection_pool_size=_AT_ONCE, pool_timeout=20.0, read_timeout=20.0))
        .rate_limiter(RetryAfterLimiter())
        .concurrent_updates(_AT_ONCE)
        .build()
    )
    _add_handlers(app, ScoringService(queue, settings), telegram)
    return app


def _add_handlers(app: App, service: ScoringService, telegram: TelegramSettings) -> None:
    authenticator, replies = Authenticator(service), Replies(app.bot, service)
    clips = MessageHandlers(authenticator, replies, telegram, TABLE)
    commands = CommandHandlers(authenticator, replies, clips)
    for name, verb in TABLE.items():
        app.add_handler(CommandHandler(name, commands.handler(verb), filters=filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(CallbackHandlers(authenticator, replies, commands).on_press))
    if telegram.stage_chat:
        guests = GuestHandlers(authenticator, clips)
        app.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, guests.on_guest))
    talk = filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL & ~filters.VIA_BOT
    app.add_handler(MessageHandler(talk, clips.on_message))
    app.add_error_handler(_on_error)


async def _on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log the kind of error, never its words; say so where the workshop is out of reach."""
    error = context.error
    log.error("update failed", cause=type(error).__name__)
    if isinstance(error, AWAY) and isinstance(update, Update) and update.effective_message:
        locale = update.effective_user.language_code if update.effective_user else None
        await update.effective_message.reply_text(Refusal("unreachable").say(locale))


async def run(settings: BotSettings, telegram: TelegramSettings, queue: Queue) -> None:
    """Serve until SIGINT or SIGTERM; then finish what has come in."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    app = build(settings, telegram, queue)
    async with AsyncExitStack() as stack:
        health = serve_where_set(settings.health_host, settings.health_port, queue.ready)
        await stack.enter_async_context(health)
        if await _start(app, telegram, stop, stack):
            log.info("listens", how="webhook" if telegram.webhook_url else "polling")
            await stop.wait()
    log.info("leaves")


async def _start(app: App, telegram: TelegramSettings, stop: asyncio.Event, stack: AsyncExitStack) -> bool:
    """Come to listen; False where we were told to stop first. `stack` undoes what was done."""
    try:
        if not await _insist(app.initialize, stop):
            return False
    except InvalidToken:
        raise BadSettingError(
            "Telegram refuses the token",
            "set IMMERSIVAUDIO_TELEGRAM_TOKEN to one of @BotFather's",
        ) from None
    stack.push_async_callback(app.shutdown)
    await app.start()
    stack.push_async_callback(app.stop)
    if not await _insist(partial(listen, app, telegram), stop):
        return False
    if app.updater:
        stack.push_async_callback(app.updater.stop)
    await publish(app.bot)
    return True


async def _insist(deed: Callable[[], Awaitable[None]], stop: asyncio.Event) -> bool:
    """Again and again while Telegram cannot be reached: the network may come up after us.

    The library would insist by itself, but it hears no SIGTERM meanwhile. False: we were told to stop.
    """
    pause = 1.0
    while not stop.is_set():
        try:
            await deed()
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("telegram is away", cause=type(error).__name__, again_in=pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(pause * 2, 30.0)
        else:
            return True
    return False


async def listen(app: App, telegram: TelegramSettings) -> None:
    """By webhook where there is an address for it, else by asking."""
    if app.updater is None:
        return
    updates = [*UPDATES, GUESTS] if telegram.stage_chat else UPDATES
    if not telegram.webhook_url:
        await app.updater.start_polling(allowed_updates=updates, bootstrap_retries=0, timeout=25)
        return
    await app.updater.start_webhook(
        listen=telegram.webhook_host,
        port=telegram.webhook_port,
        url_path=_PATH,
        webhook_url=f"{telegram.webhook_url.rstrip('/')}/{_PATH}",
        secret_token=_webhook_secret(telegram),
        allowed_updates=updates,
        bootstrap_retries=0,
        max_connections=100,
    )


def _webhook_secret(telegram: TelegramSettings) -> str:
    """What Telegram shows with every call; "" without a webhook. Raises `BadSettingError` for a weak one."""
    secret = telegram.webhook_secret.get_secret_value() if telegram.webhook_secret else ""
    if telegram.webhook_url and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret):
        raise BadSettingError(
            "the webhook needs a secret token",
            "set IMMERSIVAUDIO_TELEGRAM_WEBHOOK_SECRET to 16-256 characters of A-Z a-z 0-9 _ -",
        )
    return secret


async def publish(bot: Bot) -> None:
    """Tell Telegram our commands, in every language; a bot without a menu is still a bot."""
    for code in LANGUAGES:
        try:
            await bot.set_my_commands(menu(code), language_code=None if code == "en" else code)
        except TelegramError as error:
            log.warning("no menu", language=code, cause=type(error).__name__)
