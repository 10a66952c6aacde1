"""Letters for tests."""

from immersivaudio.queue import Address, Artifact, JobRequest, Result, ScoreOptions, Source, Summary

RESULT = Result(
    media=Artifact(ref="2026010100/" + "0" * 32, name="scored.mp4"), summary=Summary(prompt="strings")
)


def request(update: str = "1", user: str = "telegram:1", **fields: object) -> JobRequest:
    given = {
        "platform": "telegram",
        "source": Source(ref="2026010100/" + "a" * 32),
        "reply": Address(platform="telegram", chat="9"),
        "options": ScoreOptions(mood="hopeful"),
    }
    return JobRequest(update=update, user=user, **(given | fields))
