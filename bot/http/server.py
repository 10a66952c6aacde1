"""The socket of a frontend that speaks HTTP, and uvicorn with what it does by itself left out."""

import socket

import uvicorn
from starlette.types import ASGIApp

from bot.http.connections import ConnectionLimits, protocol
from immersivaudio.errors import OperatorError

_DRAIN = 3
"""s that open connections have when the program is told to stop; pages look again after the restart."""
_HEAD = 16 * 1024
"""Bytes of a request's headers that are still waited for."""
_IDLE = 30
"""s that a connection may wait for its next request."""


def listen(host: str, port: int, what: str, variable: str) -> socket.socket:
    """Return a socket that listens; raises `OperatorError` that names `what` and the variable of its port."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError:
        raise OperatorError(
            f"the {what} cannot listen on {host}, port {port}", f"set {variable} to a free one"
        ) from None


def server(application: ASGIApp, limits: ConnectionLimits) -> uvicorn.Server:
    """Return the server of an application; `serve(sockets=[listener])` runs it until SIGINT or SIGTERM."""
    return uvicorn.Server(
        uvicorn.Config(
            application,
            http=protocol(limits),
            ws="none",
            proxy_headers=False,  # the gates believe those of trusted proxies alone
            log_config=None,
            access_log=False,  # its lines hold the tokens of links
            server_header=False,
            h11_max_incomplete_event_size=_HEAD,
            timeout_graceful_shutdown=_DRAIN,
            timeout_keep_alive=_IDLE,
        )
    )
