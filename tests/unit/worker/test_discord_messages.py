"""What a Discord message of ours looks like, without Discord."""

import asyncio
import time
from pathlib import Path

import pytest

from immersivaudio.chat.buttons import under_progress, under_result
from immersivaudio.chat.discord import CONTENT, TOKEN_LIFE, nonce, send_limit
from immersivaudio.i18n import CATALOGUES
from immersivaudio.queue import Address, JobRequest, ScoreOptions, Summary
from tests.integration.discord import rules
from worker.delivery.adapters.discord.rendered_message import RenderedMessage, plain, view
from worker.delivery.adapters.discord.transport import by_token

JOB = "0123456789abcdef01234567"
HERE = Address(platform="discord", chat="1")


def request(**options: object) -> JobRequest:
    return JobRequest(
        platform="discord",
        update="1",
        user="discord:1",
        reply=HERE,
        options=ScoreOptions.checked(options),
    )


@pytest.mark.parametrize("locale", sorted(CATALOGUES))
def test_buttons_keep_discords_limits_in_every_language(locale: str) -> None:
    async def rows() -> list[dict[str, object]]:
        shown = view(under_result(request(), Summary()), JOB, locale)
        assert shown
        return shown.to_components()

    drawn = asyncio.run(rows())
    assert rules.components(drawn) == ""
    ids = {each["custom_id"] for row in drawn for each in row["components"]}  # type: ignore[attr-defined]
    assert {f"take:{JOB}", f"remix:{JOB}", f"moods:{JOB}", f"stems:{JOB}", f"delete:{JOB}"} <= ids


def test_a_view_listens_to_nobody() -> None:
    """A delivery adapter sends thousands of them, and must remember none."""

    async def finished() -> bool:
        shown = view(under_progress(), JOB, "en")
        return shown is not None and shown.is_finished()

    assert asyncio.run(finished())


def test_a_face_may_be_sent_again(tmp_path: Path) -> None:
    media = tmp_path / "scored.mp4"
    media.write_bytes(b"film")
    face = RenderedMessage("words", files=[media])
    for _ in range(2):
        (file,) = face.edit()["attachments"]
        assert file.fp.read() == b"film"
        file.close()
    assert "files" not in RenderedMessage("words").send()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*a* _b_ ~c~ |d| `e`", r"\*a\* \_b\_ \~c\~ \|d\| \`e\`"),
        ("[a](b)", r"\[a\](b)"),
        ("# a\n> b\n- c\na - b > c # d", "\\# a\n\\> b\n\\- c\na - b > c # d"),
        ("\\*a", r"\\\*a"),
    ],
)
def test_text_is_shown_letter_by_letter(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_text_fits_however_much_was_escaped() -> None:
    assert len(plain("*" * 1500)) <= CONTENT


def test_nonces_tell_requests_and_purposes_apart() -> None:
    assert nonce("1", "answer") == nonce("1", "answer")
    assert len({nonce("1", "answer"), nonce("1", "ready"), nonce("2", "answer")}) == 3
    assert len(nonce("x" * 256, "placeholder")) <= rules.NONCE


def test_a_clip_is_made_a_little_smaller_than_what_may_be_sent() -> None:
    assert send_limit(10 * 2**20) == int(9.5 * 2**20)


def test_a_token_is_not_used_in_its_last_minute() -> None:
    young = HERE.model_copy(update={"extra": {"token": "t", "until": f"{time.time() + TOKEN_LIFE:.0f}"}})
    old = HERE.model_copy(update={"extra": {"token": "t", "until": f"{time.time() - 1:.0f}"}})
    assert TOKEN_LIFE < 15 * 60
    assert [by_token(each) for each in (young, old, HERE)] == [True, False, False]
