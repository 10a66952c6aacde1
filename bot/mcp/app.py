"""The program: `python -m bot mcp`. An agent at the other end of a pipe, or several by HTTP with keys."""

from contextlib import AsyncExitStack
from importlib.metadata import version
from typing import Any

import structlog
from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import ASGIApp

from bot.api.middleware import ApiGate
from bot.http import server as http_server
from bot.http.connections import ConnectionLimits, descriptors
from bot.mcp.folders import AllowedFolders
from bot.mcp.jobs import AgentJobs
from bot.mcp.settings import McpSettings
from bot.mcp.tools import AgentTools, ClientNames
from bot.service import ScoringService
from bot.settings import BotSettings
from immersivaudio.chat.api import ApiSettings
from immersivaudio.errors import OperatorError
from immersivaudio.queue import Queue
from immersivaudio.queue.health import serve_where_set

log = structlog.get_logger("bot.mcp")

_UNBOUND = 1e6
"""Requests a minute: an agent at a pipe is one person's; those by http have their rate at the gate."""
_GUIDE = """Immersivaudio makes music for videos and photos: it fits what is seen, lands on the cuts and ends
with the film. Files are read and written in these folders alone: {folders}. `score` a clip, then change it
with `remix`, `section` or `take`, and save what is wanted with `export` and `stems`."""


def server(
    settings: BotSettings, chosen: McpSettings, queue: Queue, names: ClientNames | None = None
) -> MCPServer[Any]:
    """The server with its tools; raises `OperatorError` without a folder."""
    folders = AllowedFolders(chosen.folders)
    paced = settings.model_copy(update={"requests_per_minute": _UNBOUND, "requests_burst": 1_000_000})
    agents = AgentJobs(ScoringService(queue, paced), folders, chosen.clip_limit)
    made: MCPServer[Any] = MCPServer(
        "immersivaudio",
        instructions=_GUIDE.format(folders=folders.words),
        version=version("immersivaudio"),
        log_level="WARNING",
    )
    AgentTools(agents, names or ClientNames()).register(made)
    return made


async def run(settings: BotSettings, chosen: McpSettings, queue: Queue) -> None:
    """Serve until the pipe closes, or until SIGINT or SIGTERM."""
    if chosen.transport == "stdio":
        await server(settings, chosen, queue).run_stdio_async()
        return
    clients = ApiSettings()
    if not clients.keys:
        raise OperatorError("agents by http need keys", "make one with: immersivaudio api --new-key agent")
    listener = http_server.listen(chosen.host, chosen.port, "MCP server", "IMMERSIVAUDIO_MCP_PORT")
    host, port = listener.getsockname()[:2]
    limits = ConnectionLimits(descriptors(), clients.connections)
    application = behind_gate(settings, chosen, queue, clients, port)
    async with AsyncExitStack() as stack:
        health = serve_where_set(settings.health_host, settings.health_port, queue.ready)
        await stack.enter_async_context(health)
        log.info("open", mcp=f"http://{host}:{port}/mcp", clients=len(clients.keys))
        await http_server.server(application, limits).serve(sockets=[listener])
    log.info("leaves")


def behind_gate(
    settings: BotSettings, chosen: McpSettings, queue: Queue, clients: ApiSettings, port: int
) -> ASGIApp:
    """The server by streamable HTTP, behind the gate of the API: keys, rates, bodies."""
    keys = [(client.key.get_secret_value(), name) for name, client in clients.clients.items()]
    here = [f"{name}:{port}" for name in (chosen.host, "localhost", "127.0.0.1")]
    guard = TransportSecuritySettings(allowed_hosts=here, allowed_origins=[f"http://{name}" for name in here])
    app = server(settings, chosen, queue, ClientNames(keys)).streamable_http_app(
        transport_security=guard, host=chosen.host
    )
    return ApiGate(app, clients)
