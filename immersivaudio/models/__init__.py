"""Neural models on disk: where they are, which revision, what their licence asks.

Imported only when a neural backend is chosen or `immersivaudio models` is called. Nothing but `pull` reaches
for the network.
"""

from immersivaudio.models.catalogue import CATALOGUE, Model, known
from immersivaudio.models.locating import absent, locate
from immersivaudio.models.model_store import Entry, listing, record, verify
from immersivaudio.models.pull import pull

__all__ = ["CATALOGUE", "Entry", "Model", "absent", "known", "listing", "locate", "pull", "record", "verify"]
