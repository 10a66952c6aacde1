"""Starts a program of ours, its discord.py client unmodified, against the loopback: `... deliver`."""

import os
import sys

import discord
import yarl


def point_at(url: str) -> None:
    """Where discord.py finds Discord."""
    discord.http.Route.BASE = f"{url}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{url.replace('http', 'ws')}/gateway")


if __name__ == "__main__":
    point_at(os.environ["LOOPBACK"])
    if sys.argv[1] == "discord":
        from bot.__main__ import main
    else:
        from worker.__main__ import main
    sys.exit(main(sys.argv[1:]))
