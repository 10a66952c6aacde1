"""`immersivaudio api --new-key`: a line for .env, whose key the API knows."""

import subprocess
import sys
from pathlib import Path

import pytest

from immersivaudio.chat.api import ApiSettings, origin_of
from immersivaudio.errors import BadSettingError


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "immersivaudio", "api", *arguments]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)


@pytest.mark.medium
def test_a_new_key_is_a_line_that_the_settings_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, again = run("--new-key", "studio"), run("--new-key", "studio")
    assert made.stdout != again.stdout
    (tmp_path / ".env").write_text(made.stdout)
    monkeypatch.chdir(tmp_path)
    client = ApiSettings().clients["studio"]
    assert client.key.get_secret_value() in made.stdout
    assert client.key.get_secret_value() not in repr(ApiSettings())
    assert client.webhook_secret.startswith("whsec_")


@pytest.mark.medium
def test_a_name_that_is_none_is_refused_in_one_line() -> None:
    done = run("--new-key", "Not A Name")
    assert (done.returncode, done.stdout) == (3, "")
    assert "a name that is none" in done.stderr


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"keys": {"studio": "short"}}, "shorter than 24"),
        ({"webhook_hosts": ["hooks.example.org"]}, "no origin"),
        ({"webhook_hosts": ["https://hooks.example.org/path"]}, "no origin"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(settings: dict[str, object], said: str) -> None:
    with pytest.raises(BadSettingError, match=said):
        ApiSettings(_env_file=None, **settings)


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.org.evil.example/x",
        "https://hooks.example.org@evil.example/x",
        "https://evil.example/https://hooks.example.org",
        "http://hooks.example.org/x",
        "https://hooks.example.org:8443/x",
        "https://hooks.example.org\\@evil.example/",
        "https://hooks.example.org /x",
        "//hooks.example.org/x",
        "javascript:alert(1)",
        "https://hooks.example.org:99999/x",
        "https://[::1/x",
        "",
    ],
)
def test_a_webhook_goes_to_a_listed_origin_alone(url: str) -> None:
    settings = ApiSettings(_env_file=None, webhook_hosts=frozenset(("https://hooks.example.org",)))
    assert not settings.may_call(url)
    assert settings.may_call("https://hooks.example.org/done?job=1")
    assert settings.may_call("https://HOOKS.example.org:443/done")


def test_an_origin_keeps_its_port_only_where_it_is_unusual() -> None:
    assert origin_of("http://127.0.0.1:9000/x") == "http://127.0.0.1:9000"
    assert origin_of("https://[2001:db8::1]/x") == "https://[2001:db8::1]"
    assert origin_of("ftp://x/") == ""
