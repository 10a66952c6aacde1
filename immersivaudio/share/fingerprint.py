"""Whether a cue sheet is still as the enhancer wrote it, or was edited by hand.

A recipe can hold every decision of the enhancer, and not every edit of a person: the seal tells them apart.
"""

from dataclasses import replace
from hashlib import blake2b

from immersivaudio import sheets
from immersivaudio.values import CueSheet


def fingerprinted(sheet: CueSheet) -> CueSheet:
    """Return `sheet` with the seal of what it says now."""
    return replace(sheet, seal=_seal(sheet))


def is_unedited(sheet: CueSheet) -> bool:
    """Whether nothing was changed since it was sealed."""
    return bool(sheet.seal) and sheet.seal == _seal(sheet)


def carry_fingerprint(before: CueSheet, after: CueSheet) -> CueSheet:
    """Return `after`, sealed if `before` was intact: what comes of an edited sheet is edited, too."""
    return fingerprinted(after) if is_unedited(before) else replace(after, seal="")


def _seal(sheet: CueSheet) -> str:
    text = sheets.dump(replace(sheet, seal="", notes=(), cuts=()))
    return blake2b(text.encode(), digest_size=6, person=b"seal").hexdigest()
