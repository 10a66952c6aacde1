"""A cue sheet of three sections, as the quick renderers answer with it."""

import json

SHEET = json.dumps(
    {
        "version": 1,
        "cues": [
            {"start": 0.0, "end": 4.0, "mood": "calm"},
            {"start": 4.0, "end": 9.0, "mood": "tense"},
            {"start": 9.0, "end": 12.0, "mood": "joyful"},
        ],
        "hits": [{"time": 4.0, "kind": "cut"}, {"time": 9.0, "kind": "cut"}],
    }
)
