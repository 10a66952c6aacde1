"""Content credentials: whole, by whom, and with those of the clip kept."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("c2pa")

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from immersivaudio.config import Settings
from immersivaudio.errors import BadSettingError, StageFailedError
from immersivaudio.options import ScoreOptions
from immersivaudio.pipeline import Pipeline
from immersivaudio.provenance import credentials, manifest, mark
from immersivaudio.provenance.credentials import certificate, identity
from immersivaudio.provenance.digests import film_digests
from immersivaudio.provenance.verification import verify
from immersivaudio.values import Clip, ScoredClip
from tests import samples

pytestmark = pytest.mark.medium

PEM = serialization.Encoding.PEM


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScoredClip]:
    folder = tmp_path_factory.mktemp("signed")
    film = samples.film(folder / "film.mp4", shots=2)
    yield Pipeline(Settings(_env_file=None)).score(
        film, ScoreOptions(seed=5), folder / "out.mp4", folder / "music"
    )


def pem(key: Any) -> bytes:
    return bytes(key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))


def operators(folder: Path, key: Any, name: str = "Film Score Service Ltd") -> tuple[Settings, str]:
    """Settings with a certificate for `key`, and its issuer as PEM."""
    issuer = ec.generate_private_key(ec.SECP256R1())
    ca = certificate("An Issuer", issuer.public_key(), "An Issuer", issuer, ca=True)
    leaf = certificate(name, key.public_key(), "An Issuer", issuer, ca=False)
    (folder / "chain.pem").write_bytes(leaf.public_bytes(PEM) + ca.public_bytes(PEM))
    (folder / "key.pem").write_bytes(pem(key))
    chosen = {"signing_certificate": folder / "chain.pem", "signing_key": folder / "key.pem"}
    return Settings(_env_file=None, sign=True, **chosen), ca.public_bytes(PEM).decode()


def signed(scored: ScoredClip, settings: Settings, out: Path, clip: Clip | None = None) -> Path:
    shutil.copy(scored.path, out)
    receipt = mark.read(out)
    assert receipt is not None
    manifest.sign(out, clip or scored.clip, receipt, identity(settings))
    return out


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP384R1()),
        ec.generate_private_key(ec.SECP521R1()),
        rsa.generate_private_key(65537, 2048),
        ed25519.Ed25519PrivateKey.generate(),
    ],
    ids=["P-256", "P-384", "P-521", "RSA", "Ed25519"],
)
def test_an_operators_certificate_signs_and_its_issuer_can_be_trusted(
    key: Any, scored: ScoredClip, tmp_path: Path
) -> None:
    settings, issuer = operators(tmp_path, key)
    film = signed(scored, settings, tmp_path / "film.mp4")
    assert film.stat().st_size - scored.path.stat().st_size < 200_000
    found = manifest.read(film)
    assert found is not None
    assert (found.name, found.state, found.local) == ("Film Score Service Ltd", "Valid", False)
    trusted = manifest.read(film, issuer)
    assert trusted is not None
    assert trusted.state == "Trusted"
    assert verify(film, settings, anchors=issuer).holds


def test_the_settings_alone_sign_and_the_film_stays_as_it_was(
    scored: ScoredClip, tmp_path: Path, home: Path
) -> None:
    settings = Settings(_env_file=None, sign=True)
    out = tmp_path / "out.mp4"
    made = Pipeline(settings).render(scored.clip, scored.sheet, ScoreOptions(seed=5), out, tmp_path)
    assert made.receipt.size_bytes == out.stat().st_size
    assert film_digests(out, settings) == film_digests(scored.path, settings)
    found = verify(out, settings)
    words = {check.what: check.words for check in found.checks}
    assert found.holds
    assert "not verified" in words["signature"]
    assert "proves no name" in words["signature"]
    key = home / ".local/share/immersivaudio/signing/certificate-and-key.pem"
    assert key.stat().st_mode & 0o077 == 0
    assert b"PRIVATE" in key.read_bytes()
    assert "PRIVATE" not in identity(settings).chain
    assert [path.name for path in tmp_path.glob(".immersivaudio-*")] == []


def test_a_changed_byte_breaks_the_signature(scored: ScoredClip, tmp_path: Path) -> None:
    film = signed(scored, Settings(_env_file=None, sign=True), tmp_path / "film.mp4")
    whole = film.read_bytes()
    for place in (whole.index(b"mdat") + 900, len(whole) - 40, whole.index(b"moov") + 60):
        changed = bytearray(whole)
        changed[place] ^= 1
        film.write_bytes(changed)
        truths = {check.what: check.truth for check in verify(film, Settings(_env_file=None)).checks}
        assert truths["signature"] == "false", place


def test_a_mark_that_was_written_anew_is_not_the_one_that_was_signed(
    scored: ScoredClip, tmp_path: Path
) -> None:
    film = signed(scored, Settings(_env_file=None, sign=True), tmp_path / "film.mp4")
    told = mark.read(film)
    assert told is not None
    size = len(mark.box(told))
    forged = told.model_copy(update={"program": "Somebody Else 1.0"})
    film.write_bytes(film.read_bytes()[:-size] + mark.box(forged))
    truths = {check.what: check.truth for check in verify(film, Settings(_env_file=None)).checks}
    assert truths["mark"] == "true"  # whole in itself
    assert truths["signature"] == "false"


def test_the_credentials_of_the_clip_are_kept_as_the_parent(scored: ScoredClip, tmp_path: Path) -> None:
    settings, _ = operators(tmp_path, ec.generate_private_key(ec.SECP256R1()), "The Camera")
    clip = signed(scored, settings, tmp_path / "clip.mp4")  # a clip that comes with credentials
    pipeline = Pipeline(Settings(_env_file=None, sign=True))
    out = tmp_path / "out.mp4"
    made = pipeline.score(clip, ScoreOptions(seed=9, max_bytes=10**6), out, tmp_path / "music")
    found = manifest.read(made.path)
    assert found is not None
    assert (found.state, found.parents) == ("Valid", 1)
    assert "earlier credentials kept: 1" in " ".join(each.words for each in verify(out, settings).checks)


@pytest.mark.parametrize("name", ["clip.mkv", "clip.mov", "clip.gif", "photo.png", "photo.jpg", "photo.webp"])
def test_clips_of_every_kind_can_be_the_parent_or_are_named_by_their_digest(
    name: str, scored: ScoredClip, tmp_path: Path
) -> None:
    clip = tmp_path / name
    samples.ffmpeg("-i", scored.clip.path, *(["-frames:v", "1"] if "photo" in name else ["-t", "0.5"]), clip)
    settings = Settings(_env_file=None, sign=True)
    opened = Pipeline(settings).open(clip)
    film = signed(scored, settings, tmp_path / "out.mp4", opened)
    found = manifest.read(film)
    assert found is not None
    assert found.state == "Valid"


def test_a_certificate_that_cannot_sign_is_refused_in_words(scored: ScoredClip, tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    settings, _ = operators(tmp_path, key)
    with pytest.raises(BadSettingError, match="one of them is not set"):
        identity(settings.model_copy(update={"signing_key": None}))
    (tmp_path / "key.pem").write_bytes(pem(ec.generate_private_key(ec.SECP256R1())))
    with pytest.raises(BadSettingError, match="not that of the certificate"):
        identity(settings)
    (tmp_path / "key.pem").write_text("no key")
    with pytest.raises(BadSettingError, match="not PEM"):
        identity(settings)
    (tmp_path / "key.pem").unlink()
    with pytest.raises(BadSettingError, match=r"key.pem cannot be read"):
        identity(settings)
    ca = certificate("An Issuer", key.public_key(), "An Issuer", key, ca=True)
    (tmp_path / "chain.pem").write_bytes(ca.public_bytes(PEM))
    (tmp_path / "key.pem").write_bytes(pem(key))
    with pytest.raises(BadSettingError, match="not one for content credentials"):
        Pipeline(settings).open(scored.clip.path)


def test_a_film_is_as_it_was_where_signing_fails(scored: ScoredClip, tmp_path: Path) -> None:
    def refuse(_data: bytes) -> bytes:
        raise OSError("the parent is gone")

    real = identity(Settings(_env_file=None, sign=True))
    film = Path(shutil.copy(scored.path, tmp_path / "film.mp4"))
    receipt = mark.read(film)
    assert receipt is not None
    with pytest.raises(StageFailedError, match="could not be signed"):
        manifest.sign(film, scored.clip, receipt, replace(real, ask=refuse))
    assert film.read_bytes() == scored.path.read_bytes()
    assert [path.name for path in tmp_path.glob(".immersivaudio-*")] == []


def test_an_expired_certificate_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, _ = operators(tmp_path, ec.generate_private_key(ec.SECP256R1()))

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime(2099, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(credentials, "datetime", Later)
    with pytest.raises(BadSettingError, match="has expired"):
        identity(settings)
