"""Provenance of a result: the maker of its sound, the means, and how to make the same bytes again.

`receipt` is that as JSON; `mark` writes it into the film as XMP; `manifest` signs the film (C2PA, the extra
`c2pa`) with the keys of `credentials`; `verification` checks all of it. `attach` is the last step of a
scoring.
"""

from immersivaudio.provenance.attaching import attach, leaving_room
from immersivaudio.provenance.receipt import RenderReceipt, tags

__all__ = ["RenderReceipt", "attach", "leaving_room", "tags"]
