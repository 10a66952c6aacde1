"""audiocraft's own debug models: what they need to be loaded without the network."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any


def settings(**models: str) -> dict[str, Any]:
    """Return settings for a debug model.

    Its prompts are cut into words by spaCy's "en_core_web_sm", which spaCy looks for where the process
    stands and else downloads: so there is one made of spaCy's blank English. The real models read prompts by
    T5 instead.
    """
    import spacy

    folder = Path(tempfile.mkdtemp(prefix="immersivaudio-spacy-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    spacy.blank("en").to_disk(folder / "en_core_web_sm")
    os.chdir(folder)
    return {"device": "cpu", **models}
