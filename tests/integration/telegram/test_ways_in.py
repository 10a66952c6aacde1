"""Polling is what the town does; here: the webhook, a wrong token, and what a missing setting says."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.fleet import ROOT
from tests.integration.telegram.server import TOKEN, BotApi
from tests.integration.telegram.town import Town
from tests.patience import PATIENCE

SECRET = "a_secret-of-32-characters-or-so"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def call(port: int, update: dict[str, Any], secret: str | None) -> int:
    headers = {"Content-Type": "application/json"}
    if secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/telegram", json.dumps(update).encode(), headers, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_the_webhook_listens_to_telegram_alone() -> None:
    port = free_port()
    settings = {
        "TELEGRAM_WEBHOOK_URL": "https://bot.example/hooks",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TELEGRAM_WEBHOOK_PORT": str(port),
    }
    with tempfile.TemporaryDirectory(prefix="hook-") as folder:
        town = Town(Path(folder), **settings)
        town.ready = lambda: bool(town.api.webhook)
        with town:
            assert town.api.webhook["url"] == "https://bot.example/hooks/telegram"
            assert town.api.webhook["secret_token"] == SECRET
            assert town.api.webhook["allowed_updates"] == ["message", "callback_query"]
            ann = town.person()
            message = ann.sends(
                {"text": "/help", "entities": [{"type": "bot_command", "offset": 0, "length": 5}]}
            )
            update = {"update_id": 1, "message": message}
            town.until(lambda: call(port, update, None) == 403)
            assert call(port, update, "wrong") == 403
            assert call(port, update, SECRET) == 200
            town.answer(ann)
            town.settled()
            assert len(town.api.world.ours()) == 1


def start(api: str, **settings: str) -> subprocess.CompletedProcess[str]:
    ours = {f"IMMERSIVAUDIO_TELEGRAM_{name}": value for name, value in settings.items()}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("IMMERSIVAUDIO")}
    return subprocess.run(
        [sys.executable, "-m", "bot", "telegram"],
        env=environment | ours | {"IMMERSIVAUDIO_TELEGRAM_API": api, "PYTHONPATH": str(ROOT)},
        cwd=tempfile.gettempdir(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({}, "there is no Telegram token; set IMMERSIVAUDIO_TELEGRAM_TOKEN; @BotFather gives one."),
        (
            {"TOKEN": "1:wrong"},
            "Telegram refuses the token; set IMMERSIVAUDIO_TELEGRAM_TOKEN to one of @BotFather's.",
        ),
        (
            {"TOKEN": TOKEN, "WEBHOOK_URL": "https://bot.example", "WEBHOOK_SECRET": "a b"},
            "the webhook needs a secret token; "
            "set IMMERSIVAUDIO_TELEGRAM_WEBHOOK_SECRET to 16-256 characters of A-Z a-z 0-9 _ -.",
        ),
    ],
)
def test_a_wrong_setting_is_one_plain_line(settings: dict[str, str], line: str) -> None:
    with BotApi() as api:
        done = start(api.url, **settings)
    assert done.returncode == 2
    assert done.stderr.strip().splitlines()[-1] == line
    assert "Traceback" not in done.stderr


def test_a_flood_is_answered_like_a_drop_and_nothing_of_an_album_is_too_much() -> None:
    settings = {"BOT_TALK_PER_MINUTE": "1", "BOT_TALK_BURST": "3", "QUEUE_PER_USER": "2"}
    with tempfile.TemporaryDirectory(prefix="flood-") as folder, Town(Path(folder), **settings) as town:
        eve, ann = town.person(), town.person()
        for _ in range(5):
            eve.writes("hello")
            eve.writes("/help")
        ann.sends_album([b"one", b"two", b"three"], "calm")
        ann.presses(town.result(ann), "apart")
        town.result(ann, 4)
        assert all("video" in each for each in town.api.world.ours(ann.chat)), "none is refused"
        said = [each["text"] for each in town.api.world.ours(eve.chat)]
        assert len(said) == 4, "three answers, and one word of warning"
        assert sum("too fast" in each for each in said) == 1


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
def test_it_can_be_stopped_while_telegram_is_away(method: str, tmp_path: Path) -> None:
    with BotApi() as api:
        api.weather.planned[method] = ["502"] * 1000
        environment = {key: value for key, value in os.environ.items() if not key.startswith("IMMERSIVAUDIO")}
        environment |= {
            "IMMERSIVAUDIO_TELEGRAM_API": api.url,
            "TELEGRAM_TOKEN": TOKEN,
            "PYTHONPATH": str(ROOT),
        }
        log = tmp_path / "log"
        with log.open("wb") as out:
            bot = subprocess.Popen(
                [sys.executable, "-m", "bot", "telegram"],
                env=environment,
                cwd=tmp_path,
                stdout=out,
                stderr=out,
            )
        deadline = time.monotonic() + PATIENCE
        while log.read_text().count("telegram is away") < 2:
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        bot.terminate()
        assert bot.wait(PATIENCE) == 0
        assert "Traceback" not in log.read_text()
