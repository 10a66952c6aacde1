"""Files by random reference."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from immersivaudio.errors import BackendUnavailableError
from immersivaudio.queue import ArtifactStore, GoneError, QueueSettings


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ArtifactStore:
    """A folder, and a bucket-like filesystem that is reached by URL as S3 is."""
    url = "" if request.param == "folder" else f"memory://bucket/{tmp_path.name}"
    return ArtifactStore(QueueSettings(_env_file=None, data=tmp_path, store=url))


def test_what_is_put_is_got_back_under_a_name_nobody_can_guess(store: ArtifactStore, tmp_path: Path) -> None:
    async def story() -> None:
        clip = tmp_path / "my holiday.mp4"
        clip.write_bytes(b"film")
        first, second = await store.put(clip, ".MP4"), await store.put_bytes(b"film", ".mp4")
        assert first != second
        assert "holiday" not in first
        assert first.endswith(".mp4")
        await store.get(first, tmp_path / "back")
        assert (tmp_path / "back").read_bytes() == b"film"
        with await store.open(second) as file:
            assert file.read() == b"film"
        assert await store.has(first)
        await store.drop(first)
        await store.drop(first)
        assert not await store.has(first)
        with pytest.raises(GoneError, match="send the clip again"):
            await store.get(first, tmp_path / "back")

    asyncio.run(story())


@pytest.mark.parametrize(
    "ref", ["", "../../etc/passwd", "2026010100/../../x", "/etc/passwd", "2026010100/" + "z" * 32]
)
def test_a_reference_leads_nowhere_but_into_the_store(store: ArtifactStore, tmp_path: Path, ref: str) -> None:
    async def story() -> None:
        await store.put_bytes(b"so that there is a store")
        with pytest.raises(GoneError):
            await store.get(ref, tmp_path / "back")
        assert not await store.has(ref)
        await store.drop(ref)

    asyncio.run(story())


def test_a_file_that_lies_beside_the_store_is_out_of_reach(tmp_path: Path) -> None:
    store = ArtifactStore(QueueSettings(_env_file=None, data=tmp_path))

    async def story() -> None:
        ref = await store.put_bytes(b"ours")
        (tmp_path / "secret").write_bytes(b"not ours")
        with pytest.raises(GoneError):
            await store.open(f"{ref.partition('/')[0]}/../../secret")

    asyncio.run(story())


def test_hours_past_their_time_are_thrown_away_and_nothing_else(tmp_path: Path) -> None:
    store = ArtifactStore(QueueSettings(_env_file=None, data=tmp_path, artifact_hours=24))

    async def story() -> None:
        young = await store.put_bytes(b"today")
        old = tmp_path / "store" / "2020010100"
        old.mkdir()
        (old / ("0" * 32)).write_bytes(b"long ago")
        (tmp_path / "store" / "not ours").mkdir()
        assert await store.purge() == 1
        assert not old.exists()
        assert (tmp_path / "store" / "not ours").exists()
        assert await store.has(young)

    asyncio.run(story())


class RememberingFileSystem(MemoryFileSystem):
    """Lists a folder as s3fs does: once, unless it is told not to remember."""

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return super()._strip_protocol(path.replace("remembering:", "memory:"))

    def ls(self, path: str, detail: bool = True, **options: Any) -> Any:
        known = self._ls_from_cache(path)
        if known is None:
            known = self.dircache[path] = super().ls(path, detail=True, **options)
        return known if detail else [each["name"] for each in known]


def test_hours_that_another_machine_filled_are_thrown_away_too(tmp_path: Path) -> None:
    fsspec.register_implementation("remembering", RememberingFileSystem, clobber=True)
    root = f"bucket/{tmp_path.name}"
    ours, theirs = (
        ArtifactStore(QueueSettings(_env_file=None, store=f"{kind}://{root}"))
        for kind in ("remembering", "memory")
    )

    async def story() -> None:
        await theirs.put_bytes(b"today")
        assert await ours.purge() == 0
        MemoryFileSystem().pipe_file(f"{root}/2020010100/{'0' * 32}", b"long ago")
        assert await ours.purge() == 1

    asyncio.run(story())


def test_a_bucket_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(BackendUnavailableError, match=r"pip install .*\[s3\]'"):
        ArtifactStore(QueueSettings(_env_file=None, store="s3://bucket/prefix"))


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ArtifactStore(QueueSettings(_env_file=None, data=tmp_path))

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(type(store._filesystem), "mv", full)
    with pytest.raises(OSError, match="no space"):
        asyncio.run(store.put_bytes(b"half"))
    whole = [path for path in (tmp_path / "store").rglob("*") if path.is_file() and path.suffix != ".part"]
    assert not whole
