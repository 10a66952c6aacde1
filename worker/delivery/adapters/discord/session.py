"""One client of Discord's REST API, logged in when first needed, and what its errors mean to a delivery."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import discord
from pydantic import SecretStr

from worker.delivery.adapters import RetryLaterError

_PATIENCE = 30.0
"""s to wait for a rate limit here; for longer ones the delivery is put back into its queue."""
_CALL = 90.0
"""s that one call with its retries may take."""
_AGAIN = 2.0
TOO_LARGE = 40005
"""Discord's code where a file is larger than it takes here."""


class DiscordSession:
    """Keeps the buckets of Discord's rate limits, which discord.py knows how to read."""

    def __init__(self, token: SecretStr) -> None:
        self._token = token
        self._client: discord.Client | None = None
        self._lock = asyncio.Lock()

    async def client(self) -> discord.Client:
        """Logged in."""
        async with self._lock:
            if self._client is None:
                client = discord.Client(
                    intents=discord.Intents.none(),
                    allowed_mentions=discord.AllowedMentions.none(),
                    max_messages=None,
                    max_ratelimit_timeout=_PATIENCE,
                )
                try:
                    await client.login(self._token.get_secret_value())
                except BaseException:
                    await client.close()
                    raise
                self._client = client
            return self._client

    async def close(self) -> None:
        """Hang up."""
        client, self._client = self._client, None
        if client:
            await client.close()


@asynccontextmanager
async def patiently() -> AsyncIterator[None]:
    """Turn what passes by itself into `RetryLaterError`: limits, 5xx, lost answers, a token to be mended."""
    try:
        async with asyncio.timeout(_CALL):
            yield
    except discord.RateLimited as error:
        raise RetryLaterError(error.retry_after) from None
    except discord.LoginFailure:
        raise RetryLaterError(_PATIENCE) from None
    except discord.DiscordServerError:
        raise RetryLaterError(_AGAIN) from None
    except discord.HTTPException as error:
        if error.status == 429 or error.status >= 500:
            raise RetryLaterError(_PATIENCE if error.status == 429 else _AGAIN) from None
        raise
    except (aiohttp.ClientError, OSError, TimeoutError):
        raise RetryLaterError(_AGAIN) from None


def shut(error: discord.HTTPException) -> bool:
    """Whether this way is closed for good and the next is to be tried: gone, forbidden, a dead token."""
    return error.status in {401, 403, 404} or error.code == 50027
