"""Nobody's words do anything: not in a reply, not in a log."""

import re
import unicodedata

import pytest

from tests.hostile import moods
from tests.integration.telegram import rules
from tests.integration.telegram.server import TOKEN
from tests.integration.telegram.town import Town

_INVISIBLE = {"Cc", "Cf", "Cs"}
_ALLOWED = {"\n", "\u200d", "\u2060"}


@pytest.mark.slow
def test_two_hundred_hostile_moods_stay_words(town: Town) -> None:
    crowd = [town.person(language=("en", "de", "fr", "es", "pt")[number % 5]) for number in range(8)]
    hostile = moods(200)
    for number, (_, mood) in enumerate(hostile):
        crowd[number % 8].sends_video(f"clip {number}".encode(), mood)
    for ann in crowd:
        town.result(ann, 25)
    captions = [each["caption"] for ann in crowd for each in town.api.world.results(ann.chat)]
    assert len(captions) == 200
    for caption in captions:
        assert rules.units(caption) <= rules.CAPTION
        assert rules.entities(caption) == []
        odd = {c for c in caption if unicodedata.category(c) in _INVISIBLE} - _ALLOWED
        assert not odd
    assert not town.api.world.parse_modes
    everything = " ".join(captions)
    echoed = [marker for marker, _ in hostile if marker in everything]
    assert len(echoed) > 150, "the renderer repeats moods, else this test looks at nothing"


def test_no_log_holds_words_or_the_token(town: Town) -> None:
    ann = town.person()
    ann.sends_video(b"x", "zebra999quagga of my heart")
    town.result(ann)
    ann.writes("/remix zebra998quagga")
    ann.writes("/nonsense zebra997quagga")
    town.result(ann, 2)
    for method in ("sendMessage", "editMessageText", "editMessageMedia", "getFile", "getUpdates"):
        town.api.weather.planned[method] = ["garbled"]
    ann.sends_video(b"y", "sleep 1 zebra996quagga")
    ann.sends_video(b"y", "sleep 1 zebra995quagga")
    town.result(ann, 4)
    assert not any(town.api.weather.planned.values())
    town.settled()
    logs = town.logs()
    assert "delivered" in logs
    assert not re.search(r"zebra\d+quagga", logs)
    assert TOKEN not in logs
    assert TOKEN.partition(":")[2] not in logs
