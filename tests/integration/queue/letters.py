"""Letters for tests."""

from immersivaudio.queue import Address, Artifact, Ask, Letter, Result, Source, Summary

RESULT = Result(
    media=Artifact(ref="2026010100/" + "0" * 32, name="scored.mp4"), summary=Summary(prompt="strings")
)


def letter(update: str = "1", user: str = "telegram:1", **fields: object) -> Letter:
    given = {
        "platform": "telegram",
        "source": Source(ref="2026010100/" + "a" * 32),
        "reply": Address(platform="telegram", chat="9"),
        "ask": Ask(mood="hopeful"),
    }
    return Letter(update=update, user=user, **(given | fields))
