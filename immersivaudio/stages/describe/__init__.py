"""Frame description: a sentence, a feeling and scene words for the clip and every shot."""
