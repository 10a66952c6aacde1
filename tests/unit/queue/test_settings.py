"""The password of Redis is nowhere to be seen."""

import pytest

from immersivaudio.queue import QueueSettings
from immersivaudio.queue.connection import plainly, pool

URL = "rediss://worker:hunter2@redis.example:6380/1?x=hunter2"


def test_redis_url_is_read_from_its_usual_name_and_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", URL)
    settings = QueueSettings(_env_file=None)
    assert settings.url == URL
    assert "hunter2" not in f"{settings} {settings!r} {settings.model_dump_json()}"


def test_a_log_line_names_the_server_without_the_password() -> None:
    assert plainly(URL) == "rediss://redis.example:6380/1"
    assert plainly("unix:///data/redis.sock") == "unix:///data/redis.sock"


def test_without_a_url_the_embedded_server_is_meant() -> None:
    settings = QueueSettings(_env_file=None, data="/tmp/here", redis_url=None)
    assert settings.url == "unix:///tmp/here/redis.sock"
    assert pool(settings)
