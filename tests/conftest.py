"""Fixtures that every suite may use."""

import re
import signal
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import hypothesis
import pytest

from immersivaudio.config import Settings
from immersivaudio.registry import STAGES
from tests import backends, samples
from tests.backends import Case

# The same examples in every run, and no verdict on how fast a busy machine draws them.
hypothesis.settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")


_WITHOUT_TORCH = "not neural"
_WHOLE_FILE = re.compile(r"^pytestmark = (\[[^\]]*)?pytest\.mark\.neural\b", re.M)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a backend of one's own be judged by the contract suites (docs/writing-a-backend.md)."""
    words = "judge a backend of your own, too: detect=my_package.mine"
    parser.addoption("--backend", action="append", default=[], metavar="STAGE=MODULE", help=words)
    words = "of these, judge only what takes no trained model"
    parser.addoption("--untrained", action="store_true", help=words)


def pytest_configure(config: pytest.Config) -> None:
    """Read the option before the suites list their backends."""
    for named in config.getoption("--backend"):
        stage, _, module = named.partition("=")
        if stage not in STAGES or not module:
            known = ", ".join(STAGES)
            raise pytest.UsageError(f"--backend wants STAGE=MODULE; the stages: {known}")
        case = backends.Case(module, understands=not config.getoption("--untrained"))
        backends.OWN.setdefault(stage, []).append(case)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave a suite of the neural backends unread where it is not asked for: its import takes torch."""
    if _WITHOUT_TORCH not in config.option.markexpr or not collection_path.match("test_*.py"):
        return None
    return bool(_WHOLE_FILE.search(collection_path.read_text(encoding="utf-8"))) or None


@pytest.hookimpl(tryfirst=True)  # before `-m` selects
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the rows of the contract suites that run a model on torch."""
    for item in items:
        values = (
            item.callspec.params.values()
            if isinstance(item, pytest.Function) and hasattr(item, "callspec")
            else ()
        )
        if any(isinstance(value, Case) and value.neural for value in values):
            item.add_marker("neural")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Say what a bare `pytest` cannot run here."""
    if item.get_closest_marker("neural") and find_spec("torch") is None:
        pytest.skip("needs torch: make test-neural")


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say what is left out."""
    return (
        "left to `make test-neural`: all that needs torch"
        if _WITHOUT_TORCH in config.option.markexpr
        else None
    )


@pytest.fixture
def settings() -> Settings:
    """The defaults, whatever the environment says."""
    return Settings(_env_file=None)


@pytest.fixture
def terminal() -> Iterator[None]:
    """What a shell runs in its background may be deaf to Ctrl-C, and under nohup to a hang-up."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    hung_up = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGINT, before)
    signal.signal(signal.SIGHUP, hung_up)


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three shots of a second each, 320 x 180, 25 pictures a second, with a tone."""
    return samples.film(tmp_path_factory.mktemp("film") / "film.mp4", sound="sine=f=330")


@pytest.fixture(scope="session")
def shared_media() -> Callable[[str], Path]:
    """Return the path of a real clip that stands beside the checkout; skip where it does not."""

    def find(name: str) -> Path:
        path = samples.SHARED / name
        if not path.exists():
            pytest.skip(f"the shared clip {name} is not beside this checkout (../shared/media/dev)")
        return path

    return find
