"""What a log line may say."""

import json
import logging

import pytest
import structlog

from immersivaudio.queue.logs import BLOT, configure

TELEGRAM = "123456789:AAF-abcdefghijklmnopqrstuvwxyz01234"


@pytest.fixture(autouse=True)
def logging_is_put_back():
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def production() -> structlog.stdlib.BoundLogger:
    """Logging as in production, to the standard error of this very moment."""
    configure("DEBUG")
    return structlog.get_logger("test")


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    return json.loads(capsys.readouterr().err.strip().splitlines()[-1])


def test_a_line_is_json_with_time_level_and_facts(capsys) -> None:
    production().info("rendered", job="abc", seconds=1.5)
    line = said(capsys)
    assert (line["event"], line["job"], line["seconds"], line["level"]) == ("rendered", "abc", 1.5, "info")
    assert str(line["timestamp"]).endswith("Z")


@pytest.mark.parametrize(
    "field", ["mood", "caption", "prompt", "password", "bot_token", "redis_url", "sheet", "file_name"]
)
def test_private_fields_are_never_printed(capsys, field: str) -> None:
    production().info("something", **{field: "my grandmother's secret"})
    assert said(capsys)[field] == BLOT


@pytest.mark.parametrize(
    "secret",
    [
        f"GET https://api.telegram.org/bot{TELEGRAM}/getMe",
        "redis://worker:hunter2@redis:6379",
        "rediss://:hunter2@redis",
        "PATCH https://discord.com/api/v10/webhooks/1/hunter2-interaction/messages/@original",
        "token=hunter2",
        "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs",
    ],
)
def test_what_looks_like_a_secret_is_blotted_out_of_any_text(capsys, secret: str) -> None:
    production().warning("call failed", cause=secret, nested={"also": [secret]})
    text = json.dumps(said(capsys))
    for word in ("hunter2", "AAF-", "ZnCjm1"):
        assert word not in text


def test_libraries_are_logged_the_same_way_and_the_chatty_ones_are_quiet(capsys) -> None:
    production()
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/sendMessage", TELEGRAM)
    logging.getLogger("arq.worker").info("0.1s -> job('mood of a user')")
    logging.getLogger("some.library").error("cannot reach redis://:hunter2@redis")
    err = capsys.readouterr().err
    assert TELEGRAM not in err
    assert "mood of a user" not in err
    assert "hunter2" not in err
    assert len(err.splitlines()) == 1


def test_an_exception_is_logged_without_what_it_quotes(capsys) -> None:
    try:
        raise ValueError("redis://:hunter2@redis refused")
    except ValueError:
        production().exception("broke")
    line = said(capsys)
    assert "ValueError" in str(line["exception"])
    assert "hunter2" not in str(line)
