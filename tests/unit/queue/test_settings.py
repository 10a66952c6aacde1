"""Settings are read or refused by their variable's name, and the password of Redis is nowhere to be seen."""

from pathlib import Path

import pytest

from bot.settings import BotSettings
from bot.web.settings import WebSettings
from immersivaudio.config import EnvironmentSettings, Settings
from immersivaudio.errors import BadSettingError
from immersivaudio.queue import QueueSettings
from immersivaudio.queue.connection import pool
from immersivaudio.queue.redis_url import SentinelAddress, check, plainly, sentinel_address

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


@pytest.mark.parametrize(
    ("kind", "variable", "value"),
    [
        (Settings, "IMMERSIVAUDIO_DEVICE", "hunter2"),
        (Settings, "IMMERSIVAUDIO_MAX_WORK", "hunter2"),
        (QueueSettings, "IMMERSIVAUDIO_QUEUE_PER_USER", "hunter2"),
        (QueueSettings, "REDIS_URL", "http://:hunter2@redis:6379"),
        (BotSettings, "IMMERSIVAUDIO_BOT_HEALTH_PORT", "hunter2"),
        (WebSettings, "IMMERSIVAUDIO_WEB_NAMES", "hunter2"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named_and_not_quoted(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    kind: type[EnvironmentSettings],
    variable: str,
    value: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(variable, value)
    with pytest.raises(BadSettingError, match=rf"^{variable} cannot be read; .+\.$") as told:
        kind()
    assert "hunter2" not in str(told.value)
    assert told.value.__cause__ is None


@pytest.mark.parametrize(
    "url",
    [
        "redis://redis:6379/0",
        "redis://:secret@[::1]:6379",
        "rediss://user:secret@managed.example:6380/2?ssl_cert_reqs=none",
        "unix:///run/redis.sock",
        "redis+sentinel://one:26379,two,three:26380/clips/3",
    ],
)
def test_the_ways_people_run_redis_are_taken(url: str) -> None:
    check(url)
    assert pool(QueueSettings(_env_file=None, redis_url=url))


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("redis.example:6379", "write redis://"),
        ("http://redis:6379", "write redis://"),
        ("redis://", "host"),
        ("redis://redis:port", "host"),
        ("redis://redis:6379/first", "number of a database"),
        ("unix://", "path"),
        ("redis+sentinel://one:26379", "name of the service"),
        ("redis+sentinel://one:26379/clips/first", "number of a database"),
        ("redis+sentinel://one:port/clips", "host and a port"),
    ],
)
def test_a_url_that_is_none_is_refused_in_one_line(url: str, word: str) -> None:
    with pytest.raises(BadSettingError, match=f"^REDIS_URL cannot be read; .*{word}"):
        QueueSettings(_env_file=None, redis_url=url)


def test_a_sentinel_url_says_all_that_is_needed() -> None:
    url = "rediss+sentinel://app:p%40ss@one:26379,two/clips/3?sentinel_password=other"
    assert sentinel_address(url) == SentinelAddress(
        sentinels=(("one", 26379), ("two", 26379)),
        service="clips",
        database=3,
        tls=True,
        username="app",
        password="p@ss",
        sentinel_password="other",
    )
    assert plainly(url) == "rediss+sentinel://one:26379,two/clips/3"
