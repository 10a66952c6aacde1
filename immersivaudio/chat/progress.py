"""What a placeholder says while its clip is in the works; /status says the same."""

from immersivaudio.i18n import CATALOGUES, say
from immersivaudio.queue import State, Status

_WORKING = {State.RUNNING, State.PLANNED, State.GENERATED}
_LINES = {
    State.ACCEPTED: "received",
    State.FETCHING: "fetching",
    State.RENDERED: "sending",
    State.SENDING: "sending",
    State.DELIVERED: "ready",
    State.CANCELLED: "cancelled",
    State.FAILED: "failed.short",
    State.DEAD: "failed.short",
}


def line(locale: str | None, status: Status) -> str:
    """One line on where a job stands; of a place in line that rose, why."""
    if status.put_off:
        return say(locale, "waiting.room")
    if status.state is State.QUEUED:
        place = status.position or 1
        if place == 1:
            return say(locale, "waiting.next")
        rose = status.before is not None and place > status.before
        return say(locale, "waiting.rose" if rose else "waiting", position=place)
    if status.state in _WORKING:
        stage = f"stage.{status.stage}" if f"stage.{status.stage}" in CATALOGUES["en"] else "stage.other"
        percent = round(status.done * 10) * 10
        doing = say(locale, stage)
        return say(locale, "working", stage=doing, percent=percent) if percent else f"{doing}…"
    return say(locale, _LINES[status.state])
