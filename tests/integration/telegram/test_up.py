"""What the guide promises: a token in `.env`, one command, and the bot answers."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from immersivaudio.share import find
from tests import measure
from tests.integration.telegram.people import Person
from tests.integration.telegram.server import TOKEN, BotApi
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[3]
"""s until the first clip is back, the start of everything included."""


@contextmanager
def up(home: Path, dotenv: str, log: Path, end: signal.Signals) -> Iterator["subprocess.Popen[bytes]"]:
    """`immersivaudio up` in an empty home with one `.env`, and an environment that knows nothing of us."""
    (home / ".env").write_text(dotenv)
    environment = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment |= {"HOME": str(home), "PYTHONPATH": str(ROOT)}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "immersivaudio", "up"], cwd=home, env=environment, stdout=out, stderr=out
        )
    try:
        yield process
    finally:
        process.send_signal(end)
        try:
            process.wait(PATIENCE)
        finally:
            process.kill()


@pytest.mark.slow
def test_a_token_in_dotenv_is_all_it_takes(film: Path, tmp_path: Path) -> None:
    log = tmp_path / "up.log"
    with BotApi() as api, tempfile.TemporaryDirectory(prefix="home-") as home:
        ann = Person(api, id=7, language="es")
        dotenv = f"TELEGRAM_TOKEN={TOKEN}\nIMMERSIVAUDIO_TELEGRAM_API={api.url}\nIMMERSIVAUDIO_WEB=false\n"
        with up(Path(home), dotenv, log, signal.SIGINT) as process:
            ann.sends_video(film, "hopeful")
            deadline = time.monotonic() + PATIENCE
            while not api.world.results(ann.chat):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.1)
            time.sleep(1.0)  # long enough for a second message, which would be a mistake
            (result,) = api.world.ours(ann.chat)
        assert process.returncode == 0, log.read_text()
        assert (Path(home) / ".local/share/immersivaudio").is_dir(), "where the guide says that the data lie"
    scored = tmp_path / "scored.mp4"
    scored.write_bytes(api.world.files[result["video"]["file_id"]].data)
    assert measure.shown_seconds(scored) == measure.shown_seconds(film)
    assert measure.loudness(scored).integrated == pytest.approx(-14, abs=1.5)
    assert "Prompt: " in result["caption"]
    assert "Esperanzado · " in result["caption"]
    assert find(result["caption"])[0]
    said = log.read_text()
    assert TOKEN not in said
    assert "hopeful" not in said
    assert "Traceback" not in said


def test_a_wrong_token_is_said_in_one_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "up.log"
    with BotApi() as api, tempfile.TemporaryDirectory(prefix="home-") as home:
        wrong = "123456789:AAWrongWrongWrongWrongWrongWrongWrong0"
        dotenv = f"TELEGRAM_TOKEN={wrong}\nIMMERSIVAUDIO_TELEGRAM_API={api.url}\nIMMERSIVAUDIO_WEB=false\n"
        with up(Path(home), dotenv, log, signal.SIGTERM) as process:
            deadline = time.monotonic() + PATIENCE
            while "BotFather" not in log.read_text():
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.1)
            assert process.poll() is None
        assert process.returncode == 0, "a plain kill is as clean an end as Ctrl-C"
        assert not (Path(home) / ".local/share/immersivaudio/redis.sock").exists()
    said = log.read_text()
    assert wrong not in said
    assert "Traceback" not in said
