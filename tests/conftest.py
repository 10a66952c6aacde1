"""Fixtures that every suite may use."""

from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from immersivaudio.config import Settings
from tests import samples

# The same examples in every run, and no verdict on how fast a busy machine draws them.
hypothesis.settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")


@pytest.fixture
def settings() -> Settings:
    """The defaults, whatever the environment says."""
    return Settings(_env_file=None)


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
