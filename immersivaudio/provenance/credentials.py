"""The signing certificate: the operator's, or one that is made on this machine and trusted nowhere.

A private key never enters the process that opens untrusted files: there, `SigningIdentity.ask` sends what is
to be signed to the parent, which signs and opens nothing.
"""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from immersivaudio import installation
from immersivaudio.config import Settings, at_home
from immersivaudio.errors import BackendUnavailableError, BadSettingError

LOCAL_NAME = "Immersivaudio on this machine (not verified)"
"""Common name of a certificate that is made here."""
_FOLDER = Path("~/.local/share/immersivaudio/signing")
_PURPOSES = frozenset(("1.3.6.1.5.5.7.3.4", "1.3.6.1.4.1.62558.2.1"))
"""emailProtection, and C2PA's own claim signing."""
_LASTS = timedelta(days=3650)
_ORDER = "give the file as PEM, the leaf first, then its issuers; the leaf wants emailProtection and no CA"

Sign = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class SigningIdentity:
    """A certificate chain, and a way to sign with its key."""

    chain: str
    """PEM."""
    algorithm: str
    """As C2PA names it: "ES256"."""
    ask: Sign
    """Returns the signature of some bytes."""


def check_installed() -> None:
    """Raise `BackendUnavailableError` where the extra is missing."""
    if find_spec("c2pa") is None or find_spec("cryptography") is None:
        raise BackendUnavailableError(
            "signing results needs c2pa-python", f"install it with: {installation.command('c2pa')}"
        )


def identity(settings: Settings) -> SigningIdentity:
    """The identity that the settings name, or the one of this machine, made where there is none yet.

    Raises `BackendUnavailableError` without the extra, `BadSettingError` for a certificate or a key that
    cannot be used.
    """
    check_installed()
    if bool(settings.signing_certificate) != bool(settings.signing_key):
        raise BadSettingError(
            "signing wants a certificate and its key, and one of them is not set",
            "set IMMERSIVAUDIO_SIGNING_CERTIFICATE and IMMERSIVAUDIO_SIGNING_KEY, or neither",
        )
    if settings.signing_certificate and settings.signing_key:
        paths = settings.signing_certificate, settings.signing_key
    else:
        paths = _local(at_home(_FOLDER, "IMMERSIVAUDIO_SIGNING_CERTIFICATE"))
    chain, key = (_read(at_home(path, "the path in full")) for path in paths)
    return _loaded(chain, key)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadSettingError(f"{path.name} cannot be read ({error.strerror})", _ORDER) from None


def _loaded(chain: bytes, key: bytes) -> SigningIdentity:
    from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
    from cryptography.x509 import load_pem_x509_certificates

    try:
        certificates = load_pem_x509_certificates(chain)
        leaf = certificates[0]
        private: Any = load_pem_private_key(key, None)
    except (ValueError, TypeError, IndexError):
        raise BadSettingError(
            "the certificate or the key for signing is not PEM, or has a passphrase", _ORDER
        ) from None
    if leaf.public_key() != private.public_key():
        raise BadSettingError("the key for signing is not that of the certificate", _ORDER)
    if leaf.not_valid_after_utc < datetime.now(UTC):
        raise BadSettingError("the certificate for signing has expired", "have it renewed, or unset it")
    if not _may_sign(leaf):
        raise BadSettingError("the certificate for signing is not one for content credentials", _ORDER)
    algorithm, sign = _signing(private)
    public = b"".join(each.public_bytes(Encoding.PEM) for each in certificates)  # never the key beside them
    return SigningIdentity(public.decode("ascii"), algorithm, sign)


def _may_sign(leaf: Any) -> bool:
    """Whether C2PA takes a certificate: no CA's, and with a purpose it knows (specification 14.5)."""
    from cryptography import x509

    try:
        purposes = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        constraints = leaf.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return False
    return not constraints.ca and any(each.dotted_string in _PURPOSES for each in purposes)


def _signing(private: Any) -> tuple[str, Sign]:
    """The algorithm of a key, and its verb, which gives signatures as C2PA (COSE) writes them."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

    digests = {256: hashes.SHA256(), 384: hashes.SHA384(), 521: hashes.SHA512()}
    if isinstance(private, ec.EllipticCurvePrivateKey) and private.key_size in digests:
        method = ec.ECDSA(digests[private.key_size])
        name = f"ES{512 if private.key_size == 521 else private.key_size}"
        return name, lambda data: bytes(private.sign(data, method))
    if isinstance(private, rsa.RSAPrivateKey):
        salted = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
        return "PS256", lambda data: bytes(private.sign(data, salted, hashes.SHA256()))
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return "ED25519", private.sign
    raise BadSettingError("this kind of key cannot sign", "use P-256, P-384, P-521, RSA or Ed25519")


def _local(folder: Path) -> tuple[Path, Path]:
    """Certificate and key of this machine; both are in one file, so that they always fit each other."""
    pair = folder / "certificate-and-key.pem"
    if not pair.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = folder / f".new-{secrets.token_hex(8)}"
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(_made())
        with suppress(FileExistsError):
            os.link(new, pair)  # who comes second keeps what the first one made
        new.unlink()
    return pair, pair


def _made() -> bytes:
    """A leaf, the issuer that signed it and was then forgotten, and the leaf's key, as PEM."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    issuer, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    chain = [
        certificate(LOCAL_NAME, leaf.public_key(), "Immersivaudio, made on this machine", issuer, ca=False),
        certificate(
            "Immersivaudio, made on this machine",
            issuer.public_key(),
            "Immersivaudio, made on this machine",
            issuer,
            ca=True,
        ),
    ]
    pem = serialization.Encoding.PEM
    key = leaf.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return b"".join(each.public_bytes(pem) for each in chain) + key


def certificate(name: str, public: Any, issuer: str, issuer_key: Any, *, ca: bool) -> Any:
    """An X.509 certificate as the C2PA profile wants them (specification 14.5)."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    def called(common: str) -> x509.Name:
        parts = ((NameOID.COMMON_NAME, common), (NameOID.ORGANIZATION_NAME, "Immersivaudio"))
        return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])

    now = datetime.now(UTC)
    uses = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement"), False
    ) | {"encipher_only": False, "decipher_only": False}
    builder = (
        x509.CertificateBuilder()
        .subject_name(called(name))
        .issuer_name(called(issuer))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _LASTS)
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=not ca, key_cert_sign=ca, crl_sign=ca, **uses), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    if not ca:
        purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(purposes, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())
