"""Content credentials (C2PA) of a finished film: written last, since every re-mux drops them.

The clip is the parent: what credentials it carries stay in the film. c2pa-python asserts nothing about the
truth of what it is told, so the digital source type comes from the receipt alone.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from immersivaudio.errors import StageFailedError, UserError
from immersivaudio.media import magic
from immersivaudio.provenance.credentials import LOCAL_NAME, SigningIdentity
from immersivaudio.provenance.receipt import RenderReceipt
from immersivaudio.values import Clip

RECEIPT_LABEL = "org.immersivaudio.receipt"
_TYPES = {
    "mov": "video/mp4", "avi": "video/avi", "gif": "image/gif", "JPEG": "image/jpeg", "PNG": "image/png",
    "WEBP": "image/webp", "AVIF": "image/avif", "HEIF": "image/heif", "TIFF": "image/tiff",
}  # fmt: skip
"""Containers that c2pa-python reads; in others no credentials can be."""
_NO_THUMBNAILS = {"builder": {"thumbnail": {"enabled": False}}}


@dataclass(frozen=True, slots=True)
class SignedBy:
    """What a reader finds in a film's credentials."""

    name: str
    """The signer's, as the certificate says."""
    state: str
    """"Trusted", "Valid" (whole, by an issuer that is on no list here) or "Invalid"."""
    failures: tuple[str, ...] = ()
    """C2PA's own codes of what is wrong."""
    parents: int = 0
    """Manifests of what the film was made from."""
    receipt: str = ""
    """SHA-256 of the receipt that was signed."""

    @property
    def local(self) -> bool:
        """Whether it is a certificate that this program made on the machine that signed."""
        return self.name == LOCAL_NAME


def sign(film: Path, clip: Clip, receipt: RenderReceipt, identity: SigningIdentity) -> None:
    """Write credentials into a finished film in place; it is as before where that fails.

    Raises `StageFailedError`.
    """
    import c2pa

    signed = film.with_name(f".immersivaudio-{secrets.token_hex(8)}.mp4")
    algorithm = getattr(c2pa.C2paSigningAlg, identity.algorithm)
    try:
        with c2pa.Signer.from_callback(identity.ask, algorithm, identity.chain) as signer:
            _build(c2pa, film, signed, clip, receipt, signer)
        signed.replace(film)
    except c2pa.C2paError as error:
        raise StageFailedError(
            f"the film could not be signed ({type(error).__name__.lstrip('_')})",
            "check the certificate: docs/rights.md says what it wants",
            stage="provenance",
        ) from error
    finally:
        signed.unlink(missing_ok=True)


def read(film: Path, anchors: str = "") -> SignedBy | None:
    """Return the signer of a film and whether it is unchanged; None where it has no credentials.

    `anchors` are issuers to trust, as PEM. Opens no socket. Raises `UserError` where the credentials, or the
    anchors, cannot be read.
    """
    import c2pa

    wanted: dict[str, Any] = {"verify": {"remote_manifest_fetch": False, "verify_trust": True}}
    if anchors:
        wanted["trust"] = {"user_anchors": anchors}
    try:
        context = c2pa.Context(c2pa.Settings.from_dict(wanted))
        reader = c2pa.Reader.try_create(str(film), context=context)
        if reader is None:
            return None
        with reader:
            return _told(json.loads(reader.json()), str(reader.get_validation_state()))
    except c2pa.C2paError as error:
        raise UserError(
            f"the content credentials cannot be read ({type(error).__name__.lstrip('_')})",
            "they were changed, or are of a newer kind",
            stage="verify",
        ) from None


def _build(c2pa: Any, film: Path, signed: Path, clip: Clip, receipt: RenderReceipt, signer: Any) -> None:
    context = c2pa.Context(c2pa.Settings.from_dict(_NO_THUMBNAILS))
    edited = {
        "action": "c2pa.edited",
        "digitalSourceType": receipt.source_uri,
        "softwareAgent": _agent(receipt),
        "description": _described(receipt),
    }
    for parent in (True, False):
        try:
            with c2pa.Builder(_definition(receipt, {} if parent else edited), context=context) as builder:
                if parent:
                    _add_parent(c2pa, builder, clip)
                    builder.add_action(edited)
                with film.open("rb") as source, signed.open("w+b") as target:
                    builder.sign(signer, "video/mp4", source, target)
                return
        except _NoParentError:  # of a kind without credentials: its digest stands in the receipt
            continue


class _NoParentError(Exception):
    """The clip is of a kind that cannot carry credentials, or is too damaged to read them."""


def _add_parent(c2pa: Any, builder: Any, clip: Clip) -> None:
    builder.set_intent(c2pa.C2paBuilderIntent.EDIT)
    with clip.path.open("rb") as source:
        found = magic.recognise(source.read(magic.HEAD))
        kind = _TYPES.get(found.demuxer, "") if found else ""
        if not kind:
            raise _NoParentError
        source.seek(0)
        try:
            builder.add_ingredient({"title": "the clip", "relationship": "parentOf"}, kind, source)
        except c2pa.C2paError:
            raise _NoParentError from None


def _agent(receipt: RenderReceipt) -> dict[str, str]:
    name, _, version = receipt.program.partition(" ")
    return {"name": name, "version": version}


def _definition(receipt: RenderReceipt, created: Mapping[str, Any]) -> str:
    """The manifest as JSON; with `created`, as of a film that was made from nothing that has credentials."""
    assertions: list[dict[str, Any]] = [{"label": RECEIPT_LABEL, "data": _facts(receipt)}]
    if created:
        actions = {"actions": [{**created, "action": "c2pa.created"}]}
        assertions.append({"label": "c2pa.actions.v2", "data": actions})
    told = {
        "claim_generator_info": [_agent(receipt)],
        "title": "scored film",  # ours: a file's name is the user's own
        "assertions": assertions,
    }
    return json.dumps(told)


def _described(receipt: RenderReceipt) -> str:
    how = "generated by a trained model" if receipt.by_model else "composed by rules, without a trained model"
    made = f"{receipt.music.backend} {receipt.music.model}".strip()
    return f"Music {how} ({made}) and put on the clip"


def _facts(receipt: RenderReceipt) -> Mapping[str, object]:
    return {
        "sha256": receipt.sha256,
        "build": str(receipt.build),
        "music": receipt.music.model_dump(),
        "sheet_sha256": receipt.sheet_sha256,
        "clip_sha256": receipt.clip.sha256,
    }


def _told(manifests: Mapping[str, Any], state: str) -> SignedBy:
    active = manifests["manifests"][manifests["active_manifest"]]
    failures = (manifests.get("validation_results") or {}).get("activeManifest", {}).get("failure", [])
    facts: Mapping[str, Any] = next(
        (each["data"] for each in active["assertions"] if each["label"] == RECEIPT_LABEL), {}
    )
    signature = active.get("signature_info") or {}
    return SignedBy(
        name=str(signature.get("common_name") or signature.get("issuer") or "unnamed"),
        state=state,
        failures=tuple(str(each["code"]) for each in failures),
        parents=len(manifests["manifests"]) - 1,
        receipt=str(facts.get("sha256", "")),
    )
