"""The program: `python -m bot api`. Programs submit clips with a key, and fetch what was made."""

import secrets
from contextlib import AsyncExitStack
from importlib.metadata import version

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from bot.api.middleware import ApiGate, refused
from bot.api.routes import ApiRoutes, away, unfit
from bot.api.submission import ApiOrders
from bot.http.client_address import TrustedProxies
from bot.http.connections import ConnectionLimits, descriptors
from bot.http.server import listen, server
from bot.rate_limit import RateLimiter
from bot.service import ScoringService
from bot.settings import BotSettings
from bot.web.downloads import Downloads
from bot.web.signed_tokens import TokenSigner
from bot.web.uploads import Uploads, UploadSlots
from immersivaudio.chat.api import ApiSettings
from immersivaudio.errors import OperatorError
from immersivaudio.queue import Queue
from immersivaudio.queue.connection import AWAY
from immersivaudio.queue.health import serve_where_set

log = structlog.get_logger("bot.api")

_WORDS = {
    400: "The body is not JSON. Send one object as UTF-8.",
    404: "There is nothing here. See /v1/openapi.json.",
    405: "That method is not for this path.",
}
_UNBOUND = 1e6
"""Calls a minute of the shared service: here, each client has a rate of its own at the gate."""


def application(settings: BotSettings, chosen: ApiSettings, queue: Queue) -> ASGIApp:
    """Everything behind the gate."""
    paced = settings.model_copy(update={"requests_per_minute": _UNBOUND, "requests_burst": 1_000_000})
    service = ScoringService(queue, paced)
    signer = TokenSigner(secrets.token_bytes(32))  # no link is ever written here: files want the key
    pace = RateLimiter(_UNBOUND, 1_000_000)
    slots = UploadSlots(chosen.uploads, chosen.uploads_per_client)
    orders = ApiOrders(service, Uploads(service, chosen, signer, pace, slots), chosen)
    app = FastAPI(
        title="Immersivaudio",
        version=version("immersivaudio"),
        description="Send a video or a photo; it comes back with music made for it.",
        openapi_url="/v1/openapi.json",
        docs_url=None,  # its page is fetched from elsewhere
        redoc_url=None,
    )
    app.include_router(ApiRoutes(orders, Downloads(queue, signer)).router())
    app.add_exception_handler(RequestValidationError, unfit)
    app.add_exception_handler(HTTPException, _unknown)
    for cause in AWAY:
        app.add_exception_handler(cause, away)
    return ApiGate(app, chosen)


async def run(settings: BotSettings, chosen: ApiSettings, queue: Queue) -> None:
    """Serve until SIGINT or SIGTERM; raises `OperatorError` without keys, or where the address is taken."""
    if not chosen.keys:
        raise OperatorError("the API has no keys", "make one with: immersivaudio api --new-key studio")
    listener = listen(chosen.host, chosen.port, "API", "IMMERSIVAUDIO_API_PORT")
    host, port = listener.getsockname()[:2]
    limits = ConnectionLimits(descriptors(), chosen.connections, TrustedProxies(chosen.trusted_proxies))
    api = server(application(settings, chosen, queue), limits)
    async with AsyncExitStack() as stack:
        health = serve_where_set(settings.health_host, settings.health_port, queue.ready)
        await stack.enter_async_context(health)
        log.info("open", api=f"http://{host}:{port}/v1", clients=len(chosen.keys))
        await api.serve(sockets=[listener])
    log.info("leaves")


async def _unknown(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return refused(status, _WORDS.get(status, "That cannot be done here."), "unknown")
