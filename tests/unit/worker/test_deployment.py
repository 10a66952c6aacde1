"""The container files: no engine runs here, so every path, command and setting in them is looked up."""

import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import BotSettings
from bot.web.settings import WebSettings
from immersivaudio.chat.api import ApiSettings
from immersivaudio.config import Settings
from immersivaudio.queue import QueueSettings
from worker.__main__ import parser
from worker.settings import WorkerSettings
from worker.supervisor.programs import Credentials

ROOT = Path(__file__).parents[3]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "docker" / "Dockerfile").read_text()
INSTRUCTIONS = [
    line.split(maxsplit=1)
    for line in re.sub(r"\\\n", " ", DOCKERFILE).splitlines()
    if line.strip() and not line.startswith(("#", " "))
]


def said(instruction: str) -> list[str]:
    return [line[1] for line in INSTRUCTIONS if line[0] == instruction]


@pytest.mark.parametrize("line", [line for line in said("COPY") if "--from" not in line])
def test_whatever_is_copied_exists_and_reaches_the_build(line: str) -> None:
    locks = {service.get("build", {}).get("args", {}).get("LOCK", "service") for service in SERVICES.values()}
    if "${LOCK}" in line:
        for lock in locks:
            test_whatever_is_copied_exists_and_reaches_the_build(line.replace("${LOCK}", lock))
        return
    kept = (ROOT / ".dockerignore").read_text().split()
    for source in line.split()[:-1]:
        assert (ROOT / source).exists(), source
        assert f"!{source.split('/')[0]}" in kept, source


def test_the_package_has_the_extras_that_images_ask_for() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    asked = [line.partition("=")[2] for line in said("ARG") if line.startswith("EXTRAS=")]
    asked += [
        service["build"].get("args", {}).get("EXTRAS", "")
        for service in SERVICES.values()
        if "build" in service
    ]
    for name in ",".join(filter(None, asked)).split(","):
        assert name in extras, name


def commands() -> dict[str, list[str]]:
    ours = {name: service["command"] for name, service in SERVICES.items() if name != "redis"}
    inside = {"Dockerfile": said("CMD")[-1], "health": said("HEALTHCHECK")[-1].partition("CMD ")[2]}
    return ours | {name: yaml.safe_load(line) for name, line in inside.items()}


@pytest.mark.parametrize(("name", "command"), commands().items())
def test_every_command_is_one_of_ours(name: str, command: list[str]) -> None:
    assert command[:2] == ["python", "-m"]
    module, *arguments = command[2:]
    if module == "worker":
        assert parser().parse_args(arguments)
        return
    if module == "worker.healthy":
        assert not arguments
        return
    assert module == "bot"
    assert find_spec("bot.__main__") is not None


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_is_confined(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "mem_limit" in service
    assert service["restart"] == "unless-stopped"
    assert "privileged" not in service
    assert ":latest" not in service["image"]
    user = service.get("user") or said("USER")[-1]
    assert int(user.split(":")[0]) > 0, "not root"


@pytest.mark.parametrize("name", SERVICES)
def test_every_setting_in_the_environment_is_read_by_somebody(name: str) -> None:
    known = {"REDIS_URL", "TELEGRAM_TOKEN", "DISCORD_TOKEN"}
    known |= {"REDIS_PASSWORD", "REDIS_WORKER_PASSWORD", "REDIS_FRONTEND_PASSWORD"}
    for settings in (Settings, QueueSettings, WorkerSettings, BotSettings, WebSettings, ApiSettings):
        prefix = settings.model_config["env_prefix"]
        known |= {f"{prefix}{field}".upper() for field in settings.model_fields}
    written = set(SERVICES[name].get("environment", {}))
    written |= set(re.findall(r"IMMERSIVAUDIO_\w+", DOCKERFILE))
    assert written <= known, written - known


def test_every_variable_of_compose_is_explained_in_the_example() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    given = set(re.findall(r"^(\w+)=", (ROOT / "docker" / "example.env").read_text(), re.MULTILINE))
    assert asked == given


def test_a_setting_in_a_file_reaches_every_program_of_ours_and_git_does_not_take_it() -> None:
    for name, service in SERVICES.items():
        files = [each["path"] for each in service.get("env_file", [])]
        assert files == ([] if name == "redis" else ["settings.env"]), name
        assert not [each for each in service.get("env_file", []) if each["required"]]
    assert {".env", "settings.env"} <= set((ROOT / ".gitignore").read_text().split())


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "docker").glob("*Dockerfile")))
def test_every_image_of_ours_says_whether_it_is_well(name: str) -> None:
    text = (ROOT / "docker" / name).read_text()
    assert "IMMERSIVAUDIO_WORKER_HEALTH_PORT=8080" in text
    assert "IMMERSIVAUDIO_QUEUE_DATA=/data" in text
    assert (
        'HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "worker.healthy"]'
        in text
    )


def test_mounted_files_and_named_volumes_exist() -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("/"):  # one of the container's own, without a name
                assert source in said("VOLUME")[0], source
                continue
            assert (ROOT / source).exists() if source.startswith(".") else source in COMPOSE["volumes"], (
                source
            )


def test_redis_keeps_what_it_answered_and_asks_for_a_password() -> None:
    rules = dict(
        line.split(maxsplit=1)
        for line in (ROOT / "docker" / "redis.conf").read_text().splitlines()
        if line[:1].isalpha()
    )
    assert (rules["appendonly"], rules["appendfsync"]) == ("yes", "always")
    assert rules["maxmemory-policy"] == "noeviction"
    assert "--requirepass" in SERVICES["redis"]["command"][-1]
    assert "ports" not in SERVICES["redis"], "nobody outside reaches it"
    assert "healthcheck" in SERVICES["redis"]


def test_a_worker_may_finish_before_it_is_killed() -> None:
    for name in ("worker", "worker-gpu", "deliver"):
        grace = int(SERVICES[name]["stop_grace_period"].removesuffix("s"))
        assert grace > WorkerSettings(_env_file=None).drain


def test_the_image_is_pinned_built_in_two_stages_and_does_not_run_as_root() -> None:
    assert said("FROM") == ["${PYTHON} AS build", "${PYTHON}"]
    assert re.fullmatch(r"PYTHON=[\w./-]+:\d[\w.-]*@sha256:[0-9a-f]{64}", said("ARG")[0])
    assert not said("ADD")
    assert said("USER")
    assert all(yaml.safe_load(line) for line in said("CMD")), "the exec form, so that SIGTERM arrives"
    assert [line[0] for line in INSTRUCTIONS].index("USER") > [line[0] for line in INSTRUCTIONS].index("COPY")


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "docker").glob("*Dockerfile")))
def test_hadolint_has_nothing_to_say(name: str) -> None:
    linter = Path(sys.executable).with_name("hadolint")
    assert linter.exists(), "it comes with the packages for tests: make .venv/.full"
    done = subprocess.run(
        [linter, "--no-color", ROOT / "docker" / name], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_tokens_are_given_to_frontends_and_courier_only() -> None:
    assert Credentials.model_fields
    for name in ("worker", "worker-gpu", "redis"):
        assert not [key for key in SERVICES[name].get("environment", {}) if "TOKEN" in key]


def test_clips_at_work_lie_on_a_disk_and_not_in_memory() -> None:
    """A tmpfs counts as the container's memory: a large clip would kill who fetches it."""
    assert "TMPDIR=/scratch" in DOCKERFILE
    for name, service in SERVICES.items():
        if name != "redis":
            assert "/scratch" in service["volumes"], name
            assert service["tmpfs"] == ["/tmp:size=64m,mode=1777"]


def test_the_health_check_of_a_container_imports_nothing_but_the_standard_library() -> None:
    """It runs every 15 s in each container."""
    code = "import sys, worker.healthy; print(*{name.partition('.')[0] for name in sys.modules})"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    strange = set(said.split()) - sys.stdlib_module_names - {"worker", "__main__"}
    assert not {name for name in strange if not name.startswith(("_", "sitecustomize", "distutils"))}
