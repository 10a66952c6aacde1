"""The address that a request is counted by.

Forwarding headers are believed only from the proxies that the operator names: any client can write one.
"""

import ipaddress
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.types import Scope

_IPV6_NETWORK = 64
"""Bits: one subscriber of IPv6 has a whole /64 and changes addresses at will."""
FORWARDING = frozenset(
    (
        b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-port", b"x-forwarded-prefix",
        b"x-forwarded-proto", b"x-forwarded-server", b"x-real-ip",
    )
)  # fmt: skip


class TrustedProxies:
    """Networks whose forwarding headers are believed."""

    def __init__(self, networks: Iterable[str] = ()) -> None:
        """Raises `ValueError` for what is no address or network."""
        self._networks = tuple(ipaddress.ip_network(each, strict=False) for each in networks)

    def __contains__(self, host: str) -> bool:
        address = _parsed(host)
        return address is not None and any(address in network for network in self._networks)

    def client(self, scope: Scope) -> str:
        """Return the client's address, IPv6 as its /64.

        Behind trusted proxies it is the last address in X-Forwarded-For that is not one of them.
        """
        peer = (scope.get("client") or ("",))[0]
        if peer not in self:
            return counted(peer)
        chain = [part.strip() for part in Headers(scope=scope).get("x-forwarded-for", "").split(",")]
        strangers = (part for part in reversed(chain) if part and part not in self)
        return counted(next(strangers, peer))

    def secure(self, scope: Scope) -> bool:
        """Return whether the visitor's own connection is encrypted."""
        if scope["scheme"] == "https":
            return True
        peer = (scope.get("client") or ("",))[0]
        return peer in self and Headers(scope=scope).get("x-forwarded-proto", "") == "https"

    def cleaned(self, scope: Scope) -> Scope:
        """Return the scope without forwarding headers, unless a trusted proxy wrote them."""
        peer = (scope.get("client") or ("",))[0]
        if peer in self:
            return scope
        kept = [(name, value) for name, value in scope["headers"] if name.lower() not in FORWARDING]
        return {**scope, "headers": kept}


def counted(host: str) -> str:
    """Return the address as limits count it: an IPv6 address as its /64, an IPv4 one as it is."""
    address = _parsed(host)
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, _IPV6_NETWORK), strict=False))
    return host


def _parsed(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
