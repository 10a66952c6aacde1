"""What a conversation remembers between two messages: a mood before its clip, what words are about."""

from immersivaudio.queue.job_store import JobStore

MOOD_KEPT = 600
"""s that a mood waits for its clip."""


class Conversation:
    """Of every user in every chat."""

    def __init__(self, job_store: JobStore) -> None:
        self._job_store = job_store

    async def keep_mood(self, user: str, chat: str, mood: str) -> None:
        """Keep a mood for the clip that follows."""
        key = self._job_store.key("mood", user)
        await self._job_store.redis.hset(key, chat, mood)  # type: ignore[misc]
        await self._job_store.redis.expire(key, MOOD_KEPT)

    async def take_mood(self, user: str, chat: str) -> str:
        """The mood that was kept for this clip, once; "" where there is none."""
        key = self._job_store.key("mood", user)
        kept = await self._job_store.redis.hget(key, chat)  # type: ignore[misc]
        if kept is None or not await self._job_store.redis.hdel(key, chat):  # type: ignore[misc]
            return ""
        return bytes(kept).decode()

    async def return_to(self, platform: str, chat: str, user: str, job: str) -> None:
        """Let words in this chat be about an earlier job again."""
        kept = int(self._job_store.settings.keep_days * 86_400_000)
        await self._job_store.redis.set(
            self._job_store.key("last", f"{platform}:{chat}:{user}"), job, px=kept
        )

    async def first(self, deed: str, seconds: float) -> bool:
        """Whether `deed` was not asked for within the last `seconds`: fast presses are one."""
        key = self._job_store.key("deed", deed)
        return bool(await self._job_store.redis.set(key, 1, nx=True, px=int(seconds * 1000)))

    async def forget(self, user: str) -> None:
        """Keep no mood of this user."""
        await self._job_store.redis.delete(self._job_store.key("mood", user))
