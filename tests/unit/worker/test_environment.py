"""What passes to a child, and how the two talk."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from immersivaudio import threads
from immersivaudio.config import Settings
from worker.delivery.adapters import TABLE, AdapterRegistry
from worker.sandbox import ipc
from worker.sandbox.environment import for_child

plain = st.dictionaries(
    st.text(max_size=20),
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
)


@pytest.mark.medium
@given(messages=st.lists(plain, max_size=5))
def test_frames_arrive_in_order_and_whole(messages: list[dict[str, object]]) -> None:
    stream = io.BytesIO(b"".join(ipc.pack(message) for message in messages))
    assert [ipc.receive(stream) for _ in messages] == messages
    assert ipc.receive(stream) is None


def test_a_frame_nobody_sends_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        ipc.length(b"\xff\xff\xff\xff")
    with pytest.raises(ValueError, match="too long"):
        ipc.pack({"sheet": "x" * ipc.LIMIT})


@pytest.mark.medium
@given(name=st.from_regex(r"[A-Z_]{0,12}(TOKEN|SECRET|PASSWORD|URL|_KEY)[A-Z_]{0,6}", fullmatch=True))
def test_nothing_that_sounds_like_a_secret_passes(name: str) -> None:
    assert "hunter2" not in for_child({name: "hunter2"}, Settings(_env_file=None)).values()


def test_the_librarys_settings_pass_as_they_were_read() -> None:
    settings = Settings(_env_file=None, generate="musicgen", photo_duration=12.0)
    passed = for_child({"PATH": "/bin", "IMMERSIVAUDIO_TELEGRAM_TOKEN": "1"}, settings)
    assert passed["PATH"] == "/bin"
    assert passed["IMMERSIVAUDIO_GENERATE"] == "musicgen"
    assert passed["IMMERSIVAUDIO_PHOTO_DURATION"] == "12.0"
    assert "IMMERSIVAUDIO_TELEGRAM_TOKEN" not in passed


def test_the_threads_an_operator_asks_for_are_the_childs() -> None:
    settings = Settings(_env_file=None)
    assert for_child({threads.BLAS: "3"}, settings)[threads.BLAS] == "3"


def test_a_courier_is_built_when_it_is_needed_and_strangers_may_join() -> None:
    adapters = AdapterRegistry({"mine": "worker.delivery.adapters.pickup:build"})
    assert adapters.of("mine") is adapters.of("mine")
    assert "console" in TABLE
    with pytest.raises(Exception, match="no adapter serves 'fax'"):
        adapters.of("fax")
