"""What is accepted, what is refused, and in which words."""

import pytest

from bot.validation import OfferedFile, Refusal, UploadLimits, examine, refusal_of, seconds_in, too_often
from immersivaudio.i18n import CATALOGUES
from immersivaudio.queue import SubmitResult

LIMITS = UploadLimits(fetch=20 * 2**20, duration=600, remedy="remedy.compress")


@pytest.mark.parametrize(
    ("media_type", "name", "kind"),
    [
        ("video/mp4", "", "video"),
        ("video/quicktime", "x", "video"),
        ("VIDEO/MP4; codecs=avc1", "", "video"),
        ("image/gif", "", "video"),
        ("image/jpeg", "", "photo"),
        ("image/heic", "", "photo"),
        ("", "clip.MOV", "video"),
        ("application/octet-stream", "IMG_1.heic", "photo"),
    ],
)
def test_what_people_send_is_taken(media_type: str, name: str, kind: str) -> None:
    assert examine(OfferedFile(media_type, name, 1000, 10), LIMITS) == kind


@pytest.mark.parametrize(
    ("media_type", "name"),
    [
        ("application/pdf", "clip.mp4"),
        ("audio/mpeg", "song.mp3"),
        ("image/svg+xml", "x.svg"),
        ("application/vnd.apple.mpegurl", "list.m3u8"),
        ("video/x-mpegurl", "list.m3u8"),
        ("text/plain", "clip.mp4"),
        ("", "README"),
        ("", ""),
    ],
)
def test_what_is_no_clip_is_not(media_type: str, name: str) -> None:
    assert examine(OfferedFile(media_type, name), LIMITS) == Refusal("refuse.not-media")


def test_exactly_the_limit_is_taken() -> None:
    assert examine(OfferedFile("video/mp4", size=20 * 2**20, duration=600), LIMITS) == "video"
    assert isinstance(examine(OfferedFile("video/mp4", size=20 * 2**20 + 1), LIMITS), Refusal)
    assert isinstance(examine(OfferedFile("video/mp4", duration=600.5), LIMITS), Refusal)


@pytest.mark.parametrize("locale", sorted(CATALOGUES))
def test_every_refusal_can_be_said_in_every_language(locale: str) -> None:
    refusals = [
        examine(OfferedFile("video/mp4", size=2**30), LIMITS),
        examine(OfferedFile("video/mp4", duration=4000), LIMITS),
        examine(OfferedFile("text/plain"), LIMITS),
        refusal_of(SubmitResult("", "user-full", 3)),
        refusal_of(SubmitResult("", "full", 1000)),
        too_often(0.2),
        seconds_in("never"),
    ]
    for refusal in refusals:
        assert isinstance(refusal, Refusal)
        said = refusal.say(locale)
        assert "{" not in said
        assert len(said) > 20


def test_a_repeated_update_is_answered_by_silence() -> None:
    assert refusal_of(SubmitResult("job", "duplicate")) is None
    assert refusal_of(SubmitResult("job", "accepted")) is None


@pytest.mark.parametrize(
    ("words", "seconds"), [("12", 12.0), (" 7,5 s", 7.5), ("5", 5.0), ("60", 60.0), ("20s", 20.0)]
)
def test_a_length_is_read(words: str, seconds: float) -> None:
    assert seconds_in(words) == seconds


@pytest.mark.parametrize("words", ["", "4", "61", "-5", "1e1", "٣٠٠", "nan", "5" * 1000])
def test_what_is_no_length_is_refused(words: str) -> None:
    assert isinstance(seconds_in(words), Refusal)
