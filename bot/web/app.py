"""The program: `python -m bot web`. A page on this machine, with no token: a third frontend on one queue."""

import asyncio
import os
import sys
import traceback
from contextlib import AsyncExitStack
from pathlib import Path

import structlog
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.http.connections import ConnectionLimits, descriptors
from bot.http.server import listen, server
from bot.rate_limit import RateLimiter
from bot.service import ScoringService
from bot.settings import BotSettings
from bot.web.call_schema import CallSchema
from bot.web.chunked_uploads import PieceUploads
from bot.web.controller import PageController
from bot.web.downloads import Downloads
from bot.web.example_results import Showcase
from bot.web.examples import FOLDER
from bot.web.middleware import AccessMiddleware
from bot.web.page_shell import PageShell
from bot.web.result_link import ResultLink
from bot.web.settings import WebSettings
from bot.web.signed_tokens import TokenSigner
from bot.web.studio import Studio
from bot.web.submission import PageOrders
from bot.web.time_left import StagePace
from bot.web.uploads import Uploads, UploadSlots
from immersivaudio.queue import Queue
from immersivaudio.queue.connection import AWAY
from immersivaudio.queue.health import serve_where_set

log = structlog.get_logger("bot.web")

_OPEN_PAGES = 1000
"""Open pages whose state is kept; of more, Gradio forgets the oldest."""
_POLL = 0.05
"""s between two looks of Gradio's queue at what waits; its own 1 ms takes 7 % of a core of an idle page."""
_AGAIN = 2.0
"""s until Redis is asked again at the start."""


def application(
    settings: BotSettings, chosen: WebSettings, queue: Queue, signer: TokenSigner, showcase: Showcase
) -> ASGIApp:
    """Everything behind the gate: our own few routes, and gradio's page."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported
    import gradio as gr

    from bot.web.page import STATIC, build, theme, translations

    _quiet_tracebacks()
    service = ScoringService(queue, settings)
    pace = RateLimiter(settings.requests_per_minute * 4, settings.requests_burst * 4)
    clips = Uploads(service, chosen, signer, pace, UploadSlots(chosen.uploads, chosen.uploads_per_address))
    controller = PageController(queue, PageOrders(service, clips), showcase.files, signer, showcase.pace)
    app = _routes(clips, controller, showcase)
    limits = {"size": chosen.upload_limit // 2**20, "minutes": round(settings.max_duration / 60)}
    page = build(controller, limits)
    schema = CallSchema.of(page.get_config_file())
    # Gradio checks that a file reference is of an upload only after `launch`, which is never called here.
    page.has_launched = True
    page.state_session_capacity = _OPEN_PAGES
    whole = gr.mount_gradio_app(
        app,
        page,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        max_file_size=1,
        i18n=translations(),
        theme=theme(),
        css=(STATIC / "page.css").read_text("utf-8"),
    )
    page._queue.sleep_when_free = page._queue.progress_update_sleep_when_free = _POLL
    return AccessMiddleware(PageShell(whole), signer, chosen, schema)


def _routes(clips: Uploads, controller: PageController, showcase: Showcase) -> FastAPI:
    """What the page asks for besides gradio's own."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_route("/clips", PieceUploads(clips).take, methods=["POST"])
    app.add_route("/files/{token}/{name}", controller.files.send, methods=["GET"])
    link = ResultLink(controller)
    app.add_route("/result/{token}", link.page, methods=["GET"])
    app.add_route("/oembed", link.oembed, methods=["GET"])
    studio = Studio(controller.queue, controller.files)
    app.add_route("/studio/{token}", studio.facts, methods=["GET"])
    app.add_route("/stems/{token}/{number}", studio.stem, methods=["GET"])
    app.add_route("/showcase/{name}", showcase.state, methods=["GET"])
    app.mount("/examples", StaticFiles(directory=FOLDER))
    app.mount("/scripts", StaticFiles(directory=FOLDER.parent / "scripts"))
    return app


async def run(settings: BotSettings, chosen: WebSettings, queue: Queue) -> None:
    """Serve until SIGINT or SIGTERM; raises `OperatorError` where the address is taken."""
    signer = TokenSigner(await _secret(queue))
    listener = listen(chosen.host, chosen.port, "web page", "IMMERSIVAUDIO_WEB_PORT")
    host, port = listener.getsockname()[:2]
    limits = ConnectionLimits(descriptors(), chosen.connections, chosen.proxies)
    showcase = Showcase(queue, Downloads(queue, signer), StagePace())
    page = server(application(settings, chosen, queue, signer, showcase), limits)
    async with AsyncExitStack() as stack:
        health = serve_where_set(settings.health_host, settings.health_port, queue.ready)
        await stack.enter_async_context(health)
        log.info("open", page=f"http://{host}:{port}/", login=bool(chosen.login))
        preparing = asyncio.create_task(showcase.prepare()) if chosen.examples_at_start else None
        await page.serve(sockets=[listener])
        if preparing is not None:
            preparing.cancel()
    log.info("leaves")


async def _secret(queue: Queue) -> bytes:
    """What links and cookies are sealed with; Redis may come up after us."""
    while True:
        try:
            return await queue.secret("web")
        except AWAY as error:
            log.warning("queue is away", cause=type(error).__name__)
            await asyncio.sleep(_AGAIN)


def _quiet_tracebacks() -> None:
    """Log exceptions by kind and place alone: Gradio prints them, and they quote what a browser sent."""
    traceback.print_exc = _traceback_told


def _traceback_told(*_: object, **__: object) -> None:
    kind, _error, places = sys.exc_info()
    where = [f"{Path(place.filename).name}:{place.lineno}" for place in traceback.extract_tb(places)[-4:]]
    log.warning("event refused", cause=kind.__name__ if kind else "", where=" < ".join(reversed(where)))
