"""The last step of a scoring: the mark on every film, and the signature where the settings want one."""

import zlib
from collections.abc import Sequence
from dataclasses import replace

from immersivaudio.config import Settings
from immersivaudio.errors import UserError
from immersivaudio.options import ScoreOptions
from immersivaudio.provenance import mark, receipt
from immersivaudio.provenance.credentials import SigningIdentity, identity
from immersivaudio.provenance.digests import film_digests
from immersivaudio.provenance.receipt import RenderReceipt
from immersivaudio.values import CueSheet, ScoredClip, Soundtrack

_MARK = 5_000
"""Bytes of a mark besides its sheet, at most."""
_SIGNATURE = 40_000
"""Bytes kept free for content credentials, the clip's own included."""


def attach(
    scored: ScoredClip, request: ScoreOptions, settings: Settings, signer: SigningIdentity | None = None
) -> ScoredClip:
    """Write mark and signature into a finished film; returns the result with its new size.

    `signer` signs instead of what the settings name. Sound that a person brought stays unmarked: who made it
    is not known here. Raises what `credentials.identity` and `manifest.sign` raise, and `UserError` where
    credentials of the clip leave no room for `request.max_bytes`.
    """
    if not _ours(scored.tracks):
        return scored
    written = _marked(scored, request, settings)
    if settings.sign:
        from immersivaudio.provenance import manifest

        manifest.sign(scored.path, scored.clip, written, signer or identity(settings))
    size = scored.path.stat().st_size
    if request.max_bytes is not None and size > request.max_bytes:
        scored.path.unlink()
        raise UserError(
            f"with the credentials of the clip the result does not fit {request.max_bytes / 1e6:.2f} MB",
            f"allow at least {size / 1e6:.2f} MB",
            stage="provenance",
        )
    return replace(scored, receipt=replace(scored.receipt, size_bytes=size))


def leaving_room(
    request: ScoreOptions, sheet: CueSheet, tracks: Sequence[Soundtrack], settings: Settings
) -> ScoreOptions:
    """The request with a size that leaves room for what `attach` writes."""
    if request.max_bytes is None or not _ours(tracks):
        return request
    packed = len(zlib.compress(receipt.public_sheet(sheet).encode(), 9)) * 3 // 2
    room = _MARK + packed + (_SIGNATURE if settings.sign else 0)
    return replace(request, max_bytes=max(1, request.max_bytes - room))


def _marked(scored: ScoredClip, request: ScoreOptions, settings: Settings) -> RenderReceipt:
    written = receipt.write(
        scored.clip,
        scored.sheet,
        request,
        scored.tracks,
        settings,
        film_digests(scored.path, settings),
    )
    mark.append(scored.path, written)
    return written


def _ours(tracks: Sequence[Soundtrack]) -> bool:
    return bool(tracks) and tracks[0].backend != receipt.BROUGHT
